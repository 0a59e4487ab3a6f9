// SPDX-License-Identifier: MIT
//
// Comparison of secrets that takes the same time wherever they differ. The lengths are not secret.
#pragma once

#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0::detail {

constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

}  // namespace oauthpp::inline v0::detail
