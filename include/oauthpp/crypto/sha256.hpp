// SPDX-License-Identifier: MIT
//
// SHA-256 (FIPS 180-4): what PKCE hashes with.
//
//   std::array<std::byte, 32> digest = oauthpp::sha256("abc");
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/detail/plain_run.hpp>
#include <oauthpp/detail/sha256_instructions.hpp>
#include <oauthpp/detail/wipe.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0 {

/// Bytes in, in any portions; the digest out.
///
/// Security: what it was fed may be a secret (a code verifier, a key), so it is wiped when it dies.
class sha256_stream {
 public:
    constexpr sha256_stream() = default;
    constexpr sha256_stream(const sha256_stream&) = default;
    constexpr sha256_stream& operator=(const sha256_stream&) = default;
    constexpr ~sha256_stream() {
        detail::wipe(state_.data(), state_.size());
        detail::wipe(block_.data(), block_.size());
    }

    constexpr void update(std::string_view bytes) noexcept;
    /// Ends the stream.
    [[nodiscard]] constexpr std::array<std::byte, 32> digest() noexcept;

 private:
    constexpr void put(char byte) noexcept {
        std::uint32_t& word = block_[filled_ >> 2];
        word = (word << 8) | static_cast<unsigned char>(byte);
        if (++filled_ == 64) compress();
    }
    constexpr void put_word(std::uint32_t word) noexcept {
        block_[filled_ >> 2] = word;
        filled_ += 4;
        if (filled_ == 64) compress();
    }
    /// Takes the block, which is full, into the state.
    constexpr void compress() noexcept;

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint32_t, 16> block_{};
    std::size_t filled_ = 0;   // bytes of the block
    std::uint64_t size_ = 0;
};

[[nodiscard]] constexpr std::array<std::byte, 32> sha256(std::string_view bytes) noexcept {
    sha256_stream stream;
    stream.update(bytes);
    return stream.digest();
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
inline constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

}  // namespace detail

constexpr void sha256_stream::update(std::string_view bytes) noexcept {
    size_ += bytes.size();
    if (detail::has_wide_words) {
        for (; filled_ % 4 == 0 && bytes.size() >= 4; bytes.remove_prefix(4)) {
            const auto byte = [bytes](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
            put_word(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
        }
    }
    for (const char byte : bytes) put(byte);
}

constexpr std::array<std::byte, 32> sha256_stream::digest() noexcept {
    put('\x80');
    while (filled_ % 4 != 0) put('\0');
    while (filled_ != 56) put_word(0);
    put_word(static_cast<std::uint32_t>(size_ >> 29));   // in bits
    put_word(static_cast<std::uint32_t>(size_ << 3));
    std::array<std::byte, 32> out{};
    for (std::size_t i = 0; i < 32; ++i) out[i] = static_cast<std::byte>((state_[i / 4] >> (24 - 8 * (i % 4))) & 0xFF);
    return out;
}

constexpr void sha256_stream::compress() noexcept {
    if (detail::has_sha256_instructions && !std::is_constant_evaluated()) {
        detail::sha256_block(state_.data(), block_.data(), detail::sha256_constants.data());
        filled_ = 0;
        return;
    }
    const auto round = [this](std::size_t i, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d,
                              std::uint32_t e, std::uint32_t f, std::uint32_t g, std::uint32_t& h) {
        // It looks back on 16 words of the message schedule, so it replaces the block: no copy stays on the stack.
        std::uint32_t& word = block_[i & 15];
        if (i >= 16) {
            const std::uint32_t old = block_[(i + 1) & 15];
            const std::uint32_t recent = block_[(i + 14) & 15];
            word += (std::rotr(old, 7) ^ std::rotr(old, 18) ^ (old >> 3)) + block_[(i + 9) & 15] +
                    (std::rotr(recent, 17) ^ std::rotr(recent, 19) ^ (recent >> 10));
        }
        h += (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + detail::sha256_constants[i] + word;
        d += h;
        h += (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
    };
    auto [a, b, c, d, e, f, g, h] = state_;
    if (detail::has_wide_words) {   // for speed: the names go round, and no value is moved
        for (std::size_t i = 0; i < 64; i += 8) {
            round(i + 0, a, b, c, d, e, f, g, h);
            round(i + 1, h, a, b, c, d, e, f, g);
            round(i + 2, g, h, a, b, c, d, e, f);
            round(i + 3, f, g, h, a, b, c, d, e);
            round(i + 4, e, f, g, h, a, b, c, d);
            round(i + 5, d, e, f, g, h, a, b, c);
            round(i + 6, c, d, e, f, g, h, a, b);
            round(i + 7, b, c, d, e, f, g, h, a);
        }
    } else {
        for (std::size_t i = 0; i < 64; ++i) {
            round(i, a, b, c, d, e, f, g, h);
            const std::uint32_t last = h;
            h = g;
            g = f;
            f = e;
            e = d;
            d = c;
            c = b;
            b = a;
            a = last;
        }
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += added[i];
    filled_ = 0;
}

}  // namespace oauthpp::inline v0
