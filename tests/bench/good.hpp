// SPDX-License-Identifier: MIT
#pragma once

#include <oauthpp/base/describe.hpp>
#include <oauthpp/base/result.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace bench {

/// The value. What is measured must be right: a failure ends the program.
template <class T>
T good(oauthpp::result<T> made) {
    if (made) return *std::move(made);
    std::fprintf(stderr, "%s\n", describe(made.error()).c_str());
    std::exit(1);
}

}  // namespace bench
