// SPDX-License-Identifier: MIT
//
// Signed tokens in compact form (RFC 7515): taken apart, and their signature checked.
//
//   std::string memory(token.size(), '\0');
//   auto jws = oauthpp::parse_jws(token, memory);
//   if (jws) verify_jws(*jws, allowed_algorithms, keys, verifier);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/crypto/signature_verifier.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/jose/algorithm.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/json.hpp>

#include <array>
#include <span>
#include <string_view>

namespace oauthpp::inline v0 {

/// Lifetime: views into the token and the lent memory.
struct jws_view {
    std::string_view alg{};
    std::string_view kid{};
    std::string_view typ{};
    std::string_view signing_input{};            ///< what the signature is over
    std::span<char> payload{};                   ///< decoded
    std::span<const std::byte> signature{};      ///< decoded
};

/// `memory` takes what the three parts decode to: as many bytes as the token has are enough.
///
/// Spec: RFC 7515 7.1, 5.2, 4.1.11; RFC 8725 3.
/// Security: `alg` is a claim of whoever made the token, until `verify_jws` has held it against what is allowed and what
///   the key is. Keys and addresses of keys in the header (`jwk`, `jku`, `x5u`, `x5c`) are not even read.
/// Errors: malformed_jwt with the offset of the part, jwt_critical_header, buffer_too_small with the size needed.
inline result<jws_view, error_view> parse_jws(std::string_view token, std::span<char> memory) noexcept;

/// `allowed`: names with spaces between. HMAC is never checked here, whatever is allowed: it takes no public key.
///
/// Errors: algorithm_not_allowed, key_not_found, key_ambiguous, signature_unsupported, signature_invalid.
inline error_view verify_jws(const jws_view& jws, std::string_view allowed, const jwk_set& keys, signature_verifier_ref verifier);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The part of the token up to the next period, decoded into the front of `memory`, which moves on.
inline std::span<char> decode_part(std::string_view part, std::span<char>& memory, failure& wrong, std::size_t offset) noexcept {
    const auto size = base64url_decode(part, memory);
    if (!size) {
        wrong = {errc::malformed_jwt, "token", offset + size.error().offset};
        return {};
    }
    const std::span<char> bytes = memory.first(*size);
    memory = memory.subspan(*size);
    return bytes;
}

inline failure read_jws_header(std::span<char> header, jws_view& jws) noexcept {
    std::array<std::uint16_t, 128> room{};
    json_object object({header.data(), header.size()}, room);
    json_value alg, kid, typ;
    bool critical = false;
    while (object.next()) {
        if (object.is("alg")) alg = object.value();
        if (object.is("kid")) kid = object.value();
        if (object.is("typ")) typ = object.value();
        critical = critical || object.is("crit") || object.is("b64");
    }
    if (object.failed() || object.had_byte_order_mark()) return {errc::malformed_jwt, "header", object.failure().offset};
    if (critical) return {errc::jwt_critical_header, "crit"};              // RFC 7515 4.1.11: none is understood here
    for (const auto& [value, into] : {std::pair(&alg, &jws.alg), std::pair(&kid, &jws.kid), std::pair(&typ, &jws.typ)}) {
        if (value->text.data() == nullptr) continue;
        if (value->type != json_type::string) return {errc::malformed_jwt, "header"};
        char* memory = const_cast<char*>(value->text.data());              // the caller's, lent for that
        *into = {memory, json_unescape(value->text, memory)};
    }
    return jws.alg.empty() ? failure{errc::malformed_jwt, "alg"} : failure{};
}

}  // namespace detail

inline result<jws_view, error_view> parse_jws(std::string_view token, std::span<char> memory) noexcept {
    const std::size_t first = detail::index_of(token, '.');
    const std::size_t second = first == token.size() ? first : first + 1 + detail::index_of(detail::from(token, first + 1), '.');
    if (second >= token.size()) return error_view(errc::malformed_jwt, "token", token.size());
    const std::string_view last = detail::from(token, second + 1);
    if (detail::index_of(last, '.') != last.size()) return error_view(errc::malformed_jwt, "token", second + 1);   // a JWE

    const std::string_view header_part = detail::between(token, 0, first);
    const std::string_view payload_part = detail::between(token, first + 1, second);
    error_view full(errc::buffer_too_small);
    for (const std::string_view part : {header_part, payload_part, last}) full.needed += detail::base64url_decoded_size(part);
    if (memory.size() < full.needed) return full;

    jws_view jws;
    detail::failure wrong;
    const auto header = detail::decode_part(header_part, memory, wrong, 0);
    jws.payload = detail::decode_part(payload_part, memory, wrong, first + 1);
    jws.signature = std::as_bytes(detail::decode_part(last, memory, wrong, second + 1));
    if (wrong.failed()) return wrong;
    wrong = detail::read_jws_header(header, jws);
    if (wrong.failed()) return wrong;
    jws.signing_input = detail::between(token, 0, second);
    return jws;
}

inline error_view verify_jws(const jws_view& jws, std::string_view allowed, const jwk_set& keys, signature_verifier_ref verifier) {
    // RFC 8725 3.1, 3.2; `none` is in no list that lets anything through
    if (jws.alg == "none" || detail::is_hmac(jws.alg) || !detail::has_word(allowed, jws.alg)) {
        return {errc::algorithm_not_allowed, "alg"};
    }
    const auto key = find_key(keys, jws.alg, jws.kid);
    if (!key) return key.error();
    switch (verifier.verify(jws.alg, (*key)->public_key(), jws.signing_input, jws.signature)) {
        case verdict::valid: return {};
        case verdict::invalid: return {errc::signature_invalid, "signature"};
        case verdict::unsupported: break;
    }
    return {errc::signature_unsupported, "alg"};
}

}  // namespace oauthpp::inline v0
