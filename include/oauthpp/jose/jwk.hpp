// SPDX-License-Identifier: MIT
//
// JSON Web Keys (RFC 7517, RFC 7518 6, RFC 8037): the public keys that a server signs with.
//
//   auto keys = oauthpp::parse_jwk_set(body);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/crypto/signature_verifier.hpp>
#include <oauthpp/jose/algorithm.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oauthpp::inline v0 {

/// A public key for signatures.
struct jwk {
    key_type type{};
    std::string kid{};       ///< empty: it has none
    std::string alg{};       ///< empty: any that the type can
    std::string first{};     ///< bytes, big-endian. RSA: modulus. Others: x
    std::string second{};    ///< bytes, big-endian. RSA: exponent. EC: y

    /// Lifetime: looks into the key.
    [[nodiscard]] public_key_view public_key() const noexcept {
        return {type, std::as_bytes(std::span(first)), std::as_bytes(std::span(second))};
    }
};

struct jwk_set {
    std::vector<jwk> keys{};
    std::size_t skipped{};   ///< of another type, for encryption, private, or broken: never a reason to fail (RFC 7517 5)
};

inline constexpr std::size_t max_jwks = 1000;

/// Spec: RFC 7517 5.
/// Security: a key that shows its private part, or that is symmetric, is no public key, whoever sent it.
/// Errors: malformed_json and its relatives, missing_member without `keys`, json_too_many_members for more than 1000 keys.
inline result<jwk_set> parse_jwk_set(std::string_view text);

/// One key, or nothing if it is none that checks signatures.
inline std::optional<jwk> parse_jwk(std::string_view text);

/// The name of a key by its content, 43 characters of base64url. Spec: RFC 7638 3.
inline std::string jwk_thumbprint(const jwk& key);

/// The key that a signature names. Without `kid` the only one that fits, or none: guessing among several would let
/// whoever leaks one of them sign as all (OpenID Connect Core 10.1).
///
/// Errors: key_not_found, key_ambiguous.
inline result<const jwk*, error_view> find_key(const jwk_set& set, std::string_view algorithm, std::string_view kid);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// What a string says.
inline std::string json_text(const json_value& value) {
    std::string text(value.text.size(), '\0');
    text.resize(json_unescape(value.text, text.data()));
    return text;
}

inline std::string decoded(const std::string& encoded) {
    std::string bytes(encoded.size(), '\0');
    const auto size = base64url_decode(encoded, bytes);
    bytes.resize(size ? *size : 0);
    return bytes;
}

/// The members of a key that say what it is; what it holds is still encoded.
struct jwk_members {
    std::string kty{}, crv{}, use{}, alg{}, kid{}, n{}, e{}, x{}, y{};
    bool verifies = true;     // key_ops
    bool is_private = false;
};

inline bool read_jwk(std::string_view text, jwk_members& key) {
    std::array<std::uint16_t, 512> room{};
    json_object object(text, room);
    while (object.next()) {
        const json_value& value = object.value();
        const auto read = [&](std::string_view name, std::string& into) {
            if (object.is(name) && value.type == json_type::string) into = json_text(value);
        };
        read("kty", key.kty);
        read("crv", key.crv);
        read("use", key.use);
        read("alg", key.alg);
        read("kid", key.kid);
        read("n", key.n);
        read("e", key.e);
        read("x", key.x);
        read("y", key.y);
        for (const std::string_view secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) key.is_private |= object.is(secret);
        if (object.is("key_ops")) {
            key.verifies = false;
            json_elements operations(value);
            while (operations.next()) key.verifies |= operations.value().text == "verify";
        }
    }
    return !object.failed();
}

inline std::optional<key_type> type_of(const jwk_members& key) noexcept {
    if (key.kty == "RSA") return key_type::rsa;
    if (key.kty == "OKP" && key.crv == "Ed25519") return key_type::ed25519;
    if (key.kty != "EC") return std::nullopt;
    if (key.crv == "P-256") return key_type::p256;
    if (key.crv == "P-384") return key_type::p384;
    if (key.crv == "P-521") return key_type::p521;
    return std::nullopt;
}

/// RFC 7518 6.2.1.2: coordinates have the full length of the field.
constexpr std::size_t coordinate_size(key_type type) noexcept {
    return type == key_type::p384 ? 48 : type == key_type::p521 ? 66 : 32;
}

inline bool has_sound_numbers(const jwk& key) noexcept {
    if (key.type == key_type::rsa) {
        const bool odd = !key.first.empty() && (static_cast<unsigned char>(key.first.back()) & 1) != 0;
        return odd && key.first.front() != '\0' && key.first.size() >= 256 && !key.second.empty();       // RFC 7518 3.3
    }
    const std::size_t size = coordinate_size(key.type);
    return key.first.size() == size && (key.type == key_type::ed25519 || key.second.size() == size);
}

}  // namespace detail

inline std::optional<jwk> parse_jwk(std::string_view text) {
    detail::jwk_members members;
    if (!detail::read_jwk(text, members) || members.is_private || !members.verifies) return std::nullopt;
    if (!members.use.empty() && members.use != "sig") return std::nullopt;
    const auto type = detail::type_of(members);
    if (!type || (!members.alg.empty() && !detail::fits(members.alg, *type))) return std::nullopt;
    const bool rsa = *type == key_type::rsa;
    jwk key{*type, std::move(members.kid), std::move(members.alg), detail::decoded(rsa ? members.n : members.x),
            detail::decoded(rsa ? members.e : members.y)};
    if (!detail::has_sound_numbers(key)) return std::nullopt;
    return key;
}

inline result<jwk_set> parse_jwk_set(std::string_view text) {
    std::array<std::uint16_t, 2048> room{};
    json_object object(text, room);
    std::optional<json_value> keys;
    while (object.next()) {
        if (object.is("keys") && object.value().type == json_type::array) keys = object.value();
    }
    if (object.failed()) return object.failure();
    if (!keys) return error_view(errc::missing_member, "keys");
    jwk_set set;
    json_elements each(*keys);
    while (each.next()) {
        if (set.keys.size() + set.skipped == max_jwks) return error_view(errc::json_too_many_members, "keys");
        auto key = parse_jwk(each.value().text);
        if (key) set.keys.push_back(*std::move(key));
        else ++set.skipped;
    }
    return set;
}

inline std::string jwk_thumbprint(const jwk& key) {
    const auto encode = [](const std::string& bytes) { return base64url_encode(std::as_bytes(std::span(bytes))); };
    constexpr std::string_view curves[] = {"", "P-256", "P-384", "P-521", "Ed25519"};
    const std::string curve(curves[static_cast<unsigned>(key.type)]);
    std::string canonical;
    if (key.type == key_type::rsa) {
        canonical = R"({"e":")" + encode(key.second) + R"(","kty":"RSA","n":")" + encode(key.first) + R"("})";
    } else if (key.type == key_type::ed25519) {
        canonical = R"({"crv":")" + curve + R"(","kty":"OKP","x":")" + encode(key.first) + R"("})";
    } else {
        canonical = R"({"crv":")" + curve + R"(","kty":"EC","x":")" + encode(key.first) + R"(","y":")" + encode(key.second) + R"("})";
    }
    const auto text = base64url_encode(sha256(canonical));
    return std::string(text.data(), text.size());
}

inline result<const jwk*, error_view> find_key(const jwk_set& set, std::string_view algorithm, std::string_view kid) {
    const jwk* found = nullptr;
    for (const jwk& key : set.keys) {
        if (!detail::fits(algorithm, key.type) || (!key.alg.empty() && key.alg != algorithm)) continue;
        if (!kid.empty() && key.kid != kid) continue;
        if (found != nullptr) return error_view(errc::key_ambiguous, "kid");
        found = &key;
    }
    if (found == nullptr) return error_view(errc::key_not_found, "kid");
    return found;
}

}  // namespace oauthpp::inline v0
