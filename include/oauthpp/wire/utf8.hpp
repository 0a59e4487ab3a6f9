// SPDX-License-Identifier: MIT
//
// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/detail/plain_run.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0 {

/// The length of the well-formed sequence at `at`, 1 to 4 bytes; 0 if there is none.
[[nodiscard]] constexpr std::size_t utf8_sequence(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) return 1;
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || text.size() - at < size) return 0;
    std::uint32_t code_point = lead & (0xFFU >> size);   // with the zero after the leading ones, set from 0xF8 on
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return 0;
        code_point = (code_point << 6) | (byte(at + i) & 0x3F);
    }
    const bool overlong = code_point >> (5 * size - 4) == 0;
    const bool surrogate = code_point >> 11 == 0xD800 >> 11;
    return overlong || surrogate || code_point > 0x10FFFF ? 0 : size;
}

/// The offset of the first byte that is not well-formed, or the size.
[[nodiscard]] constexpr std::size_t utf8_error(std::string_view text) noexcept {
    std::size_t at = detail::plain_run(text);
    while (at < text.size()) {
        const std::size_t size = utf8_sequence(text, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

/// Writes one code point, at most 4 bytes, and gives their number.
constexpr std::size_t write_utf8(std::uint32_t code_point, char* out) noexcept {
    char* to = out;
    if (code_point < 0x80) {
        *to++ = static_cast<char>(code_point);
    } else {
        unsigned shift = 0;
        std::uint32_t limit = 0x40;      // what the first byte has room for
        do {
            shift += 6;
            limit >>= 1;
        } while (code_point >> shift >= limit);
        *to++ = static_cast<char>((code_point >> shift) - 2 * limit);
        do {
            shift -= 6;
            *to++ = static_cast<char>(((code_point >> shift) & 0x3F) + 0x80);
        } while (shift != 0);
    }
    return static_cast<std::size_t>(to - out);
}

}  // namespace oauthpp::inline v0
