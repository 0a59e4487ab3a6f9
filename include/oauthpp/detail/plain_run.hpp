// SPDX-License-Identifier: MIT
//
// Many bytes at once, for speed alone: the one room for code that knows what a processor can do. What it passes over, a
// loop byte by byte would pass over as well; where it stops, that loop goes on. Builds for size and for small processors
// have none of it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"   // GCC 12 at -O3 follows paths for short literals that sizes rule out
#endif

namespace oauthpp::inline v0::detail {

#if defined(__OPTIMIZE_SIZE__)
inline constexpr bool has_wide_words = false;
#else
inline constexpr bool has_wide_words = sizeof(std::size_t) >= 8;
#endif

/// Of the next eight bytes, how many are printable ASCII and neither `a` nor `b`.
constexpr std::size_t plain_run_of_8(const char* p, char a, char b) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    const auto byte = [p](unsigned i) { return std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i); };
    const std::uint64_t word = byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
    const auto is = [&](char c) { return (word ^ static_cast<unsigned char>(c) * each) - each; };
    // The lowest top bit that comes out set is that of the first byte below a space, above `~`, or equal to a or b.
    const std::uint64_t special = word | (word + each) | (word - ' ' * each) | is(a) | is(b);
    return static_cast<std::size_t>(std::countr_zero(special & 0x80 * each)) / 8;
}

// Without optimisation a vector is spilled to the stack, and with it a piece of what may be a secret.
#if defined(__SSE2__) && defined(__GNUC__) && defined(__OPTIMIZE__)
inline constexpr bool has_vectors = has_wide_words;

using bytes_of_16 [[gnu::vector_size(16)]] = unsigned char;
using signed_of_16 [[gnu::vector_size(16)]] = signed char;
using mask_of_16 [[gnu::vector_size(16)]] = char;

inline bytes_of_16 load_16(const char* p) noexcept {
    bytes_of_16 bytes;
    __builtin_memcpy(&bytes, p, sizeof bytes);
    return bytes;
}
/// A bit for each of sixteen.
template <class Vector>
unsigned bits_of(const Vector& set) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(std::bit_cast<mask_of_16>(set)));
}

/// Those of sixteen that end a plain run.
inline unsigned not_plain_of_16(const char* p, char a, char b) noexcept {
    const auto bytes = std::bit_cast<signed_of_16>(load_16(p));
    const auto excluded = (bytes == static_cast<signed char>(a)) | (bytes == static_cast<signed char>(b));
    return bits_of((bytes < ' ') | (bytes == '\x7F') | excluded);
}
/// Those of sixteen that are no letters, digits, `-`, `.` or `_`.
inline unsigned not_name_of_16(const char* p) noexcept {
    const bytes_of_16 bytes = load_16(p);
    const auto letter = (bytes | 0x20) - 'a' < 26;
    const auto dash_to_nine = (bytes - '-' < 13) & (bytes != '/');
    return bits_of(~(letter | dash_to_nine | (bytes == '_')));
}
#else
inline constexpr bool has_vectors = false;
inline unsigned not_plain_of_16(const char*, char, char) noexcept { return 1; }
inline unsigned not_name_of_16(const char*) noexcept { return 1; }
#endif

/// How many bytes at the front are printable ASCII, %x20-7E, and neither `a` nor `b`: all, or fewer than there are.
constexpr std::size_t plain_run(std::string_view text, char a = '\x7F', char b = '\x7F') noexcept {
    std::size_t at = 0;
    if (!has_wide_words) return at;
    const char* const p = text.data();
    if (has_vectors && !std::is_constant_evaluated()) {
        for (; text.size() - at >= 16; at += 16) {
            if (const unsigned found = not_plain_of_16(p + at, a, b)) return at + static_cast<std::size_t>(std::countr_zero(found));
        }
    }
    for (std::size_t run = 8; run == 8 && text.size() - at >= 8; at += run) run = plain_run_of_8(p + at, a, b);
    return at;
}

/// How many bytes at the front are letters, digits, `-`, `.` or `_`, which no encoding of a URL or form changes: all, or
/// fewer than there are.
constexpr std::size_t name_run(std::string_view text) noexcept {
    std::size_t at = 0;
    if (!has_vectors || std::is_constant_evaluated()) return at;
    for (; text.size() - at >= 16; at += 16) {
        if (const unsigned found = not_name_of_16(text.data() + at)) return at + static_cast<std::size_t>(std::countr_zero(found));
    }
    return at;
}

}  // namespace oauthpp::inline v0::detail

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
