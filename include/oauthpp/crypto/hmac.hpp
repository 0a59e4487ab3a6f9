// SPDX-License-Identifier: MIT
//
// HMAC-SHA-256 (RFC 2104, RFC 4231): a tag that only who knows the key can make.
#pragma once

#include <oauthpp/base/secret.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/detail/wipe.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0 {

/// Bytes. Security: whoever sees one tag of a shorter key could try all short ones (RFC 2104 3, RFC 7518 3.2).
inline constexpr std::size_t min_hmac_key_size = 32;

/// Security: compare two tags with `==` of secret_view, in constant time, never with memcmp.
[[nodiscard]] constexpr std::array<std::byte, 32> hmac_sha256(secret_view key, std::string_view message) noexcept {
    secret_array<64> block;     // the key, or its hash when it is longer, and zeros
    if (key.reveal().size() > block.memory().size()) {
        auto hashed = sha256(key.reveal());
        for (std::size_t i = 0; i < hashed.size(); ++i) block.memory()[i] = static_cast<char>(hashed[i]);
        detail::wipe(hashed.data(), hashed.size());   // as good as the key
    } else {
        for (std::size_t i = 0; i < key.reveal().size(); ++i) block.memory()[i] = key.reveal()[i];
    }
    const auto flip_all = [&](unsigned mask) {
        detail::settle(block.memory().data());
        for (char& c : block.memory()) c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
    };

    sha256_stream inner;
    flip_all(0x36);
    inner.update(block.reveal());
    inner.update(message);
    const auto inner_digest = inner.digest();

    sha256_stream outer;
    flip_all(0x36 ^ 0x5C);
    outer.update(block.reveal());
    for (const std::byte byte : inner_digest) {
        const char c = static_cast<char>(byte);
        outer.update({&c, 1});
    }
    return outer.digest();
}

}  // namespace oauthpp::inline v0
