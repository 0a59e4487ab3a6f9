// SPDX-License-Identifier: MIT
//
// The signature algorithms of JOSE that a client meets (RFC 7518 3.1, RFC 8037 3.1, RFC 9864), and what each asks of a key.
#pragma once

#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/crypto/sha512.hpp>
#include <oauthpp/crypto/signature_verifier.hpp>
#include <oauthpp/detail/constant_time.hpp>
#include <oauthpp/wire/base64url.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace oauthpp::inline v0 {

/// Everything with a public key. HMAC is for confidential clients that ask for it by name, and `none` is for nobody.
inline constexpr std::string_view asymmetric_algorithms = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519";

namespace detail {

constexpr bool is_hmac(std::string_view algorithm) noexcept { return algorithm.starts_with("HS"); }

/// Whether a key of this type can make such a signature at all (RFC 8725 3.1: not what the header says, what the key is).
constexpr bool fits(std::string_view algorithm, key_type type) noexcept {
    switch (type) {
        case key_type::rsa: return algorithm.starts_with("RS") || algorithm.starts_with("PS");
        case key_type::p256: return algorithm == "ES256";
        case key_type::p384: return algorithm == "ES384";
        case key_type::p521: return algorithm == "ES512";
        case key_type::ed25519: return algorithm == "EdDSA" || algorithm == "Ed25519";
    }
    return false;
}

/// Whether `claim` is the left half of the text's hash in base64url: at_hash and its like (OpenID Connect Core 3.1.3.6).
/// The hash is the algorithm's own; EdDSA with Ed25519 hashes with SHA-512.
constexpr bool is_half_hash(std::string_view claim, std::string_view algorithm, std::string_view text) noexcept {
    const auto is_left_half = [&](const auto& digest) {
        std::array<char, 43> memory{};
        buffer_writer half(memory);
        append_base64url(half, std::span<const std::byte>(digest).first(digest.size() / 2));
        return equal_constant_time(half.written_since(0), claim);
    };
    if (algorithm.ends_with("384")) return is_left_half(sha384(text));
    if (algorithm.ends_with("512") || algorithm.starts_with("Ed")) return is_left_half(sha512(text));
    return is_left_half(sha256(text));
}

}  // namespace detail
}  // namespace oauthpp::inline v0
