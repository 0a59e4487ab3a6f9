// SPDX-License-Identifier: MIT
//
// ID tokens (OpenID Connect Core 2): who signed in, said by the server, and checked in every point before it counts.
//
//   auto who = oauthpp::verify_id_token(token, {.issuer = issuer, .client_id = id, .nonce = nonce, .keys = &keys,
//                                               .verifier = openssl}, now);
//   if (who) greet(who->iss, who->sub);                   // these two together are the person; a name or address is not
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/jose/jws.hpp>
#include <oauthpp/jose/jwt.hpp>
#include <oauthpp/protocol/server_metadata.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// What the token is measured by.
struct id_token_expectation {
    std::string_view issuer{};                 ///< exactly
    bool tenant_in_issuer{};                   ///< but for a `{tenantid}`, which stands for the token's `tid`
    std::string_view client_id{};
    std::string_view nonce{};                  ///< empty: none was sent, and none may come
    std::optional<seconds> max_age{};          ///< as in the request
    std::string_view acr_values{};             ///< one of these words must be met; empty: whatever was
    std::string_view subject{};                ///< of an earlier token: after a refresh it is the same (12.2)
    std::string_view trusted_audiences{};      ///< who else may be in `aud`, words with spaces between
    std::string_view algorithms{asymmetric_algorithms};   ///< words; `HS256` has to be asked for, and takes the secret
    seconds leeway{60};                        ///< for clocks that differ

    const jwk_set* keys{};
    signature_verifier_ref verifier{};
    secret_view client_secret{};               ///< the key of `HS256`

    secret_view access_token{};                ///< held against `at_hash`
    secret_view code{};                        ///< held against `c_hash`
    std::string_view state{};                  ///< held against `s_hash`
    bool from_browser{};                       ///< then a signature is a must, and so are the hashes of what came along
    bool after_refresh{};                      ///< then the nonce may be missing, or unknown here (12.2)
    std::optional<unix_time> auth_time{};      ///< of an earlier token: after a refresh it is the same (12.2)
};

template <class Storage>
struct basic_id_token {
    using text = typename Storage::text;

    text iss{};
    text sub{};
    std::optional<unix_time> expires_at{};
    std::optional<unix_time> issued_at{};
    std::optional<unix_time> auth_time{};
    text acr{};
    text nonce{};
    text sid{};
    text claims{};               ///< all of them, JSON as it came
    bool signature_verified{};   ///< false: TLS vouches, it came straight from the token endpoint (3.1.3.7, rule 6)
};
using id_token = basic_id_token<owned>;
using id_token_view = basic_id_token<borrowed>;

/// Spec: OpenID Connect Core 3.1.3.7, 3.2.2.11, 3.3.2.11, 3.3.3.6, 12.2; RFC 8725.
/// Errors: one for each check, with the claim in `field`: those of parse_jws, parse_jwt_claims and verify_jws, and
///   wrong_issuer, wrong_audience, untrusted_audience, wrong_authorized_party, token_expired, token_not_yet_valid,
///   issued_in_future, nonce_missing, nonce_mismatch, nonce_unexpected, acr_not_met, authentication_too_old,
///   hash_missing, hash_mismatch, subject_changed, authentication_changed, missing_claim, wrong_token_type.
inline result<id_token> verify_id_token(std::string_view token, const id_token_expectation& expected, unix_time now);

/// The same in lent memory, twice the size of the token, into which the result looks.
inline result<id_token_view, error_view> verify_id_token_in_place(std::string_view token, std::span<char> memory,
                                                                  const id_token_expectation& expected, unix_time now);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// RFC 7518 3.2, with the secret as the key (OpenID Connect Core 10.1).
inline failure verify_hmac(const jws_view& jws, secret_view client_secret) noexcept {
    if (jws.alg != "HS256") return {errc::signature_unsupported, "alg"};
    if (client_secret.reveal().size() < min_hmac_key_size) return {errc::algorithm_not_allowed, "alg"};
    const auto expected = hmac_sha256(client_secret, jws.signing_input);
    const auto text = [](std::span<const std::byte> bytes) {
        return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    return equal_constant_time(text(expected), text(jws.signature)) ? failure{} : failure{errc::signature_invalid, "signature"};
}

/// `verified` says whether there was anything to check with.
inline error_view check_signature(const jws_view& jws, const id_token_expectation& expected, bool& verified) {
    if (jws.alg == "none" || !has_word(expected.algorithms, jws.alg)) return {errc::algorithm_not_allowed, "alg"};
    verified = is_hmac(jws.alg) || (expected.keys != nullptr && expected.verifier);
    if (!verified) return expected.from_browser ? error_view(errc::signature_unsupported, "alg") : error_view();
    if (is_hmac(jws.alg)) return verify_hmac(jws, expected.client_secret);
    return verify_jws(jws, expected.algorithms, *expected.keys, expected.verifier);
}

/// Rule 2.
inline bool is_issuer(const jwt_claims_view& claims, const id_token_expectation& expected) noexcept {
    if (expected.tenant_in_issuer && !claims.tid.empty() && tenant_of(claims.iss, expected.issuer) == claims.tid) return true;
    return !expected.issuer.empty() && claims.iss == expected.issuer;
}

/// Rules 3 to 5: for us, and for nobody else whom we do not trust by name.
inline failure check_audience(const jwt_claims_view& claims, const id_token_expectation& expected) noexcept {
    if (!names_audience(claims.aud, expected.client_id)) return {errc::wrong_audience, "aud"};
    std::size_t count = 0;
    json_elements each(claims.aud);
    while (each.next()) {
        ++count;
        const std::string_view audience = each.value().text;
        if (audience != expected.client_id && !has_word(expected.trusted_audiences, audience)) return {errc::untrusted_audience, "aud"};
    }
    if (count > 1 && claims.azp.empty()) return {errc::missing_claim, "azp"};
    if (!claims.azp.empty() && claims.azp != expected.client_id) return {errc::wrong_authorized_party, "azp"};
    return {};
}

/// Rules 9, 10 and 13.
inline failure check_times(const jwt_claims_view& claims, const id_token_expectation& expected, unix_time now) noexcept {
    const unix_time earliest = now + seconds{-expected.leeway.count};
    const unix_time latest = now + expected.leeway;
    if (*claims.exp <= earliest) return {errc::token_expired, "exp"};
    if (claims.nbf && *claims.nbf > latest) return {errc::token_not_yet_valid, "nbf"};
    if (*claims.iat > latest) return {errc::issued_in_future, "iat"};
    if (expected.auth_time && claims.auth_time && *claims.auth_time != *expected.auth_time) {
        return {errc::authentication_changed, "auth_time"};                                                  // 12.2
    }
    if (!expected.max_age) return {};
    if (!claims.auth_time) return {errc::missing_claim, "auth_time"};
    if (*claims.auth_time > latest) return {errc::issued_in_future, "auth_time"};
    return *claims.auth_time + *expected.max_age < earliest ? failure{errc::authentication_too_old, "auth_time"} : failure{};
}

/// Rule 11.
inline failure check_nonce(const jwt_claims_view& claims, const id_token_expectation& expected) noexcept {
    if (claims.nonce.empty()) {
        return expected.nonce.empty() || expected.after_refresh ? failure{} : failure{errc::nonce_missing, "nonce"};
    }
    if (expected.nonce.empty()) return expected.after_refresh ? failure{} : failure{errc::nonce_unexpected, "nonce"};
    return equal_constant_time(claims.nonce, expected.nonce) ? failure{} : failure{errc::nonce_mismatch, "nonce"};
}

/// 3.1.3.8, 3.2.2.9, 3.3.2.10: what came beside the token is what the server sent beside it.
inline failure check_hashes(std::string_view algorithm, const jwt_claims_view& claims, const id_token_expectation& expected) noexcept {
    const auto check = [&](const char* name, std::string_view claim, std::string_view text, bool required) -> failure {
        if (text.empty()) return {};
        if (claim.empty()) return required ? failure{errc::hash_missing, name} : failure{};
        return is_half_hash(claim, algorithm, text) ? failure{} : failure{errc::hash_mismatch, name};
    };
    failure wrong = check("at_hash", claims.at_hash, expected.access_token.reveal(), expected.from_browser);
    if (!wrong.failed()) wrong = check("c_hash", claims.c_hash, expected.code.reveal(), expected.from_browser);
    if (!wrong.failed()) wrong = check("s_hash", claims.s_hash, expected.state, false);
    return wrong;
}

/// In the order of 3.1.3.7.
inline failure check_claims(std::string_view algorithm, const jwt_claims_view& claims, const id_token_expectation& expected,
                            unix_time now) noexcept {
    if (claims.iss.empty()) return {errc::missing_claim, "iss"};
    if (claims.sub.empty()) return {errc::missing_claim, "sub"};
    if (claims.aud.text.empty()) return {errc::missing_claim, "aud"};
    if (!claims.exp) return {errc::missing_claim, "exp"};
    if (!claims.iat) return {errc::missing_claim, "iat"};
    if (!is_issuer(claims, expected)) return {errc::wrong_issuer, "iss"};
    if (const failure wrong = check_audience(claims, expected); wrong.failed()) return wrong;
    if (const failure wrong = check_times(claims, expected, now); wrong.failed()) return wrong;
    if (const failure wrong = check_nonce(claims, expected); wrong.failed()) return wrong;
    if (!expected.acr_values.empty() && !has_word(expected.acr_values, claims.acr)) return {errc::acr_not_met, "acr"};
    if (const failure wrong = check_hashes(algorithm, claims, expected); wrong.failed()) return wrong;
    if (!expected.subject.empty() && claims.sub != expected.subject) return {errc::subject_changed, "sub"};
    return {};
}

}  // namespace detail

namespace detail {

/// A token that the server has signed, or that TLS vouches for, and what it claims.
struct opened_token {
    std::string_view alg{};
    std::string_view payload{};
    jwt_claims_view claims{};
    bool signature_verified{};
};

/// `other_type` is what `typ` may be besides `JWT` and nothing: one kind of token is no other (RFC 8725 3.11).
inline result<opened_token, error_view> open_token(std::string_view token, std::span<char> memory, std::string_view other_type,
                                                   const id_token_expectation& expected) {
    const auto jws = parse_jws(token, memory);
    if (!jws) return jws.error();
    const bool is_kind = jws->typ.empty() || equal_ignoring_case(jws->typ, "JWT") ||
                         (!other_type.empty() && equal_ignoring_case(jws->typ, other_type));
    if (!is_kind) return error_view(errc::wrong_token_type, "typ");
    result<opened_token, error_view> opened(opened_token{});
    const error_view forged = check_signature(*jws, expected, opened->signature_verified);
    if (forged.reason != errc::none) return forged;

    const std::span<char> payload = jws->payload;
    const std::span<char> rest = memory.subspan(static_cast<std::size_t>(jws->signature.data() - std::as_bytes(memory).data()) + jws->signature.size());
    if (rest.size() < payload.size()) {
        error_view full(errc::buffer_too_small);
        full.needed = memory.size() - rest.size() + payload.size();
        return full;
    }
    const std::span<char> copy = rest.first(payload.size());      // reading the claims undoes escapes in place
    for (std::size_t i = 0; i < payload.size(); ++i) copy[i] = payload[i];
    const auto claims = parse_jwt_claims(copy);
    if (!claims) return claims.error();
    opened->alg = jws->alg;
    opened->payload = {payload.data(), payload.size()};
    opened->claims = *claims;
    return opened;
}

}  // namespace detail

inline result<id_token_view, error_view> verify_id_token_in_place(std::string_view token, std::span<char> memory,
                                                                  const id_token_expectation& expected, unix_time now) {
    const auto opened = detail::open_token(token, memory, {}, expected);
    if (!opened) return opened.error();
    const jwt_claims_view& claims = opened->claims;
    const detail::failure wrong = detail::check_claims(opened->alg, claims, expected, now);
    if (wrong.failed()) return wrong;
    return id_token_view{.iss = claims.iss,
                         .sub = claims.sub,
                         .expires_at = claims.exp,
                         .issued_at = claims.iat,
                         .auth_time = claims.auth_time,
                         .acr = claims.acr,
                         .nonce = claims.nonce,
                         .sid = claims.sid,
                         .claims = opened->payload,
                         .signature_verified = opened->signature_verified};
}

inline result<id_token> verify_id_token(std::string_view token, const id_token_expectation& expected, unix_time now) {
    std::string memory(token.size() * 2, '\0');
    const auto view = verify_id_token_in_place(token, memory, expected, now);
    if (!view) return view.error();
    return id_token{.iss = std::string(view->iss),
                    .sub = std::string(view->sub),
                    .expires_at = view->expires_at,
                    .issued_at = view->issued_at,
                    .auth_time = view->auth_time,
                    .acr = std::string(view->acr),
                    .nonce = std::string(view->nonce),
                    .sid = std::string(view->sid),
                    .claims = std::string(view->claims),
                    .signature_verified = view->signature_verified};
}

}  // namespace oauthpp::inline v0
