// SPDX-License-Identifier: MIT
//
// Vectors are published in hexadecimal.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace oauthpp_test {

template <std::size_t Size>
std::string hex(const std::array<std::byte, Size>& bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte >> 4)];
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte & std::byte{15})];
    }
    return text;
}

}  // namespace oauthpp_test
