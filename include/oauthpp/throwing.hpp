// SPDX-License-Identifier: MIT
//
// Exceptions, for programs that prefer them.
//
//   auto tokens = oauthpp::or_throw(oauthpp::run(login->exchange(callback), http));      // succeed, or throw
#pragma once

#ifndef __cpp_exceptions
#error "oauthpp: <oauthpp/throwing.hpp> needs exceptions: compile without -fno-exceptions, or look at the result"
#endif

#include <oauthpp/oauthpp.hpp>

#include <stdexcept>
#include <utility>

namespace oauthpp::inline v0 {

/// An error in flight. `what()` is what `describe` says of it.
class exception : public std::runtime_error {
 public:
    explicit exception(oauthpp::error what) : std::runtime_error(describe(what.view())), error_(std::move(what)) {}

    [[nodiscard]] const oauthpp::error& error() const noexcept { return error_; }

 private:
    oauthpp::error error_;
};

template <class T, class E>
T or_throw(result<T, E>&& outcome) {
    if (!outcome) throw exception(std::move(outcome).error());
    return *std::move(outcome);
}

}  // namespace oauthpp::inline v0
