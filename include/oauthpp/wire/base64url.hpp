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
#include <span>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

namespace detail {

/// A third, rounded up. A division would pull library into a processor that has none, so this multiplies with the
/// inverse of 3 modulo the range: of multiples of 3, and of nothing else, the product is in the range's lower third.
constexpr std::size_t third_of(std::size_t n) noexcept {
    constexpr std::size_t lower_third = SIZE_MAX / 3;
    constexpr std::size_t inverse = 2 * lower_third + 1;
    while (n * inverse > lower_third) ++n;
    return n * inverse;
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

/// Bytes of any number, as a string.
[[nodiscard]] inline std::string base64url_encode(std::span<const std::byte> bytes) {
    std::string text(base64url_size(bytes.size()), '\0');
    buffer_writer out(text);
    append_base64url(out, bytes);
    return text;
}

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Security: strict, so that one value has one encoding (RFC 4648 3.3, 3.5): no padding, no white space, no other
/// alphabet, no bits left over in the last character.
/// Errors: invalid_value with the offset of the character, or of the end where bits are left over; buffer_too_small
///   with the size needed.
constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr char base64url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of a base64url character, or 64.
constexpr std::uint32_t base64url_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/// Bytes that a text becomes; an upper bound if it is malformed.
constexpr std::size_t base64url_decoded_size(std::string_view text) noexcept { return text.size() - (text.size() + 3) / 4; }

/// Bytes in, characters out as soon as there are six bits; what remains is written by `finish`.
class base64_stream {
 public:
    constexpr base64_stream(buffer_writer& out, const char* alphabet) noexcept : out_(out), alphabet_(alphabet) {}

    constexpr void append(char byte) noexcept {
        bits_ = (bits_ << 8) | static_cast<unsigned char>(byte);
        for (held_ += 8; held_ >= 6;) {
            held_ -= 6;
            write(bits_ >> held_);
        }
    }
    constexpr void append(std::string_view text) noexcept {
        for (const char c : text) append(c);
    }
    constexpr void finish(bool padded) noexcept {
        if (held_ == 0) return;
        write(bits_ << (6 - held_));
        for (; padded && held_ < 6; held_ += 2) out_.append('=');
    }

 private:
    constexpr void write(std::uint32_t bits) noexcept { out_.append(alphabet_[bits & 63]); }

    buffer_writer& out_;
    const char* alphabet_;
    std::uint32_t bits_ = 0;
    unsigned held_ = 0;   // bits that are not written yet
};

}  // namespace detail

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept {
    detail::base64_stream stream(out, detail::base64url_alphabet);
    for (const std::byte byte : bytes) stream.append(static_cast<char>(byte));
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
    const std::size_t size = detail::base64url_decoded_size(text);
    if (out.size() < size) {
        error_view full(errc::buffer_too_small);
        full.needed = size;
        return full;
    }
    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const std::uint32_t value = detail::base64url_value(text[at]);
        if (value == 64) break;
        bits = (bits << 6) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[written++] = static_cast<char>((bits >> held) & 0xFF);
            bits &= (1U << held) - 1;
        }
    }
    // Six bits left over are no byte; others must be zero.
    if (at != text.size() || held == 6 || bits != 0) return detail::failure{errc::invalid_value, {}, at};
    return written;
}

}  // namespace oauthpp::inline v0
