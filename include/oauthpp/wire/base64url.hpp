// SPDX-License-Identifier: MIT
//
// base64url without padding (RFC 4648 5, RFC 7515 2), as PKCE and JOSE write it, and the padded base64 of HTTP Basic.
//
//   auto text = oauthpp::base64url_encode(oauthpp::sha256(verifier));      // 43 characters
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace oauthpp::inline v0 {

namespace detail {

/// A third, rounded up. By shifts: a division pulls half a kilobyte of library into a processor without one.
constexpr std::size_t third_of(std::size_t n) noexcept {
    std::size_t third = (n >> 2) + (n >> 4);
    for (int shift = 4; shift < std::numeric_limits<std::size_t>::digits; shift *= 2) third += third >> shift;
    while (third * 3 < n) ++third;   // what the shifts dropped
    return third;
}

}  // namespace detail

/// Characters that `bytes` bytes become, without padding.
[[nodiscard]] constexpr std::size_t base64url_size(std::size_t bytes) noexcept {
    return bytes + detail::third_of(bytes);
}

template <std::size_t Size>
[[nodiscard]] constexpr std::array<char, base64url_size(Size)> base64url_encode(
    const std::array<std::byte, Size>& bytes) noexcept;

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept;

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Security: strict, so that one value has one encoding (RFC 4648 3.3, 3.5): no padding, no white space, no other
/// alphabet, no bits left over in the last character.
/// Errors: invalid_value with the offset, buffer_too_small with the size needed.
constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr char base64_digit(std::uint32_t six_bits, char digit62, char digit63) noexcept {
    return six_bits == 62 ? digit62 : six_bits == 63 ? digit63 : base64_alphabet[six_bits];
}

/// The value of a base64url character, or 64.
constexpr std::uint32_t base64url_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/// Three bytes at a time into four characters; what remains is written by `finish`.
class base64_stream {
 public:
    constexpr base64_stream(buffer_writer& out, char digit62, char digit63) noexcept
        : out_(out), digit62_(digit62), digit63_(digit63) {}

    constexpr void put(unsigned char byte) noexcept {
        bits_ = (bits_ << 8) | byte;
        if (++count_ == 3) flush(4);
    }
    constexpr void append(std::string_view text) noexcept {
        for (const char c : text) put(static_cast<unsigned char>(c));
    }
    constexpr void append(char c) noexcept { put(static_cast<unsigned char>(c)); }
    constexpr void finish(bool padded) noexcept {
        if (count_ == 0) return;
        const std::size_t characters = count_ + 1;
        bits_ <<= 8 * (3 - count_);
        flush(characters);
        for (std::size_t i = characters; padded && i < 4; ++i) out_.append('=');
    }

 private:
    constexpr void flush(std::size_t characters) noexcept {
        for (std::size_t i = 0; i < characters; ++i) {
            out_.append(base64_digit((bits_ >> (18 - 6 * i)) & 63, digit62_, digit63_));
        }
        bits_ = 0;
        count_ = 0;
    }

    buffer_writer& out_;
    std::uint32_t bits_ = 0;
    std::size_t count_ = 0;
    char digit62_;
    char digit63_;
};

}  // namespace detail

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept {
    detail::base64_stream stream(out, '-', '_');
    for (const std::byte byte : bytes) stream.put(std::to_integer<unsigned char>(byte));
    stream.finish(false);
}

template <std::size_t Size>
constexpr std::array<char, base64url_size(Size)> base64url_encode(const std::array<std::byte, Size>& bytes) noexcept {
    std::array<char, base64url_size(Size)> text{};
    buffer_writer out{text};
    append_base64url(out, bytes);
    return text;
}

constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept {
    if (text.size() % 4 == 1) return error_view(errc::invalid_value, {}, text.size());
    const std::size_t size = text.size() / 4 * 3 + (text.size() % 4 == 0 ? 0 : text.size() % 4 - 1);
    if (out.size() < size) {
        error_view full(errc::buffer_too_small);
        full.needed = size;
        return full;
    }
    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t value = detail::base64url_value(text[i]);
        if (value == 64) return error_view(errc::invalid_value, {}, i);
        bits = (bits << 6) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[written++] = static_cast<char>((bits >> held) & 0xFF);
            bits &= (1U << held) - 1;
        }
    }
    if (bits != 0) return error_view(errc::invalid_value, {}, text.size() - 1);
    return written;
}

}  // namespace oauthpp::inline v0
