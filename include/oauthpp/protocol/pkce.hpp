// SPDX-License-Identifier: MIT
//
// Proof Key for Code Exchange (RFC 7636): binds an authorization code to who asked for it, so a stolen code is useless.
// Only the method S256 is made here: `plain` protects against nobody who can read the authorization request.
//
//   auto pkce = oauthpp::make_pkce(entropy);
//   // pkce->code_challenge goes with the authorization request, pkce->code_verifier with the token request
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/detail/wipe.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0 {

/// 43 characters of base64url: 256 bits that nobody guesses. A state, a nonce and a code verifier are each one of them.
using unguessable = secret_array<43>;

/// No heap: the same object serves owned and borrowed storage.
struct pkce {
    unguessable code_verifier{};
    std::array<char, 43> code_challenge{};
};

/// code_challenge = BASE64URL(SHA256(ASCII(code_verifier))).
///
/// Spec: RFC 7636 4.1, `code-verifier = 43*128unreserved`; 4.2.
/// Errors: invalid_value, if the verifier is shorter, longer or has other characters.
constexpr result<std::array<char, 43>, error_view> make_code_challenge(secret_view code_verifier) noexcept;

namespace detail {

constexpr void encode_32_bytes(std::array<char, 43>& out, const std::array<std::byte, 32>& bytes) noexcept {
    buffer_writer writer{out};
    append_base64url(writer, bytes);
}

constexpr bool write_code_challenge(std::array<char, 43>& out, secret_view code_verifier, failure& wrong) noexcept {
    const std::string_view text = code_verifier.reveal();
    bool unreserved = text.size() >= 43 && text.size() <= 128;
    for (const char c : text) unreserved = unreserved && query_unescaped.has(c);
    if (!unreserved) return wrong.set(errc::invalid_value, "code_verifier");
    encode_32_bytes(out, sha256(text));
    return true;
}

/// Whether the source could fill it.
template <class Entropy>
constexpr bool fill_from(unguessable& out, Entropy& entropy) noexcept {
    static_assert(check_entropy_source<std::remove_cvref_t<Entropy>>());
    std::array<std::byte, 32> bytes{};
    const bool filled = entropy(std::span<std::byte>(bytes));
    encode_32_bytes(out.memory(), bytes);
    wipe(bytes.data(), bytes.size());
    return filled;
}

}  // namespace detail

constexpr result<std::array<char, 43>, error_view> make_code_challenge(secret_view code_verifier) noexcept {
    result<std::array<char, 43>, error_view> made(std::array<char, 43>{});
    detail::failure wrong;
    if (!detail::write_code_challenge(*made, code_verifier, wrong)) made = error_view(wrong);
    return made;
}

/// Errors: no_entropy, if the source says that it failed.
template <class Entropy>
constexpr result<unguessable, error_view> make_unguessable(Entropy&& entropy) noexcept {
    result<unguessable, error_view> made(unguessable{});
    if (!detail::fill_from(*made, entropy)) made = error_view(errc::no_entropy);
    return made;
}

/// A new verifier and its challenge. One for each authorization request (RFC 7636 4.1, 7.1).
///
/// Errors: no_entropy, if the source says that it failed.
template <class Entropy>
constexpr result<pkce, error_view> make_pkce(Entropy&& entropy) noexcept {
    result<pkce, error_view> made(pkce{});
    if (detail::fill_from(made->code_verifier, entropy)) {
        detail::encode_32_bytes(made->code_challenge, sha256(made->code_verifier.reveal()));
    } else {
        made = error_view(errc::no_entropy);
    }
    return made;
}

}  // namespace oauthpp::inline v0
