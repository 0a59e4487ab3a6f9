// SPDX-License-Identifier: MIT
//
// The server says that somebody has signed out: to this program's own endpoint (OpenID Connect Back-Channel Logout 1.0),
// or through the browser in a frame (Front-Channel Logout 1.0).
//
//   auto token = oauthpp::logout_token_of(request_body);
//   auto gone = oauthpp::verify_logout_token(*token, {.issuer = issuer, .client_id = id, .keys = &keys, .verifier = openssl}, now);
//   if (gone) sessions.end(gone->iss, gone->sub, gone->sid);       // answer 200, without caching; else 400
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/oidc/id_token.hpp>
#include <oauthpp/oidc/user_info.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/json.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

struct logout_token {
    std::string iss{};
    std::string sub{};              ///< or `sid`, or both: whose sessions end, or which
    std::string sid{};
    std::string jti{};              ///< remember it until `expires_at`: one that comes again is a replay (2.6)
    unix_time issued_at{};
    unix_time expires_at{};
};

/// What the browser brings to `frontchannel_logout_uri`; both are empty where the server does not send them.
struct front_channel_logout {
    std::string iss{};
    std::string sid{};
};

/// The token in the body of a back-channel request.
///
/// Errors: missing_parameter, duplicate_parameter, malformed_form for `logout_token`.
inline result<std::string> logout_token_of(std::string_view body);

/// Spec: Back-Channel Logout 2.4, 2.6. Of what is expected, issuer, client, algorithms, keys and leeway count.
/// Security: the request comes from anybody, so a signature is a must; and an ID token is no logout token: it has no
///   `events`, and a logout token no `nonce`.
/// Errors: those of parse_jws, parse_jwt_claims and verify_jws; signature_unsupported if there is nothing to check with;
///   missing_claim, invalid_claim, wrong_issuer, wrong_audience, token_expired, issued_in_future, nonce_unexpected,
///   wrong_token_type.
inline result<logout_token> verify_logout_token(std::string_view token, const id_token_expectation& expected, unix_time now);

/// Spec: Front-Channel Logout 2. `url` as it was requested.
/// Security: nothing vouches for it but the browser's own session: end that one, and only if `sid` is its own.
/// Errors: issuer_mismatch; missing_parameter for one of `iss` and `sid` without the other; duplicate_parameter,
///   malformed_form.
inline result<front_channel_logout> parse_front_channel_logout(std::string_view url, std::string_view issuer);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The one value of a parameter, decoded; nothing if there is none.
inline bool read_form_value(std::string_view form, const char* name, std::string& value, failure& wrong) {
    form_reader pairs(form);
    bool found = false;
    while (pairs.next()) {
        if (!pairs.is(name)) continue;
        if (std::exchange(found, true)) return wrong.set(errc::duplicate_parameter, name);
        value.assign(pairs.value());
        const auto size = form_decode(pairs.value(), value.data());
        if (!size) return wrong.set(errc::malformed_form, name);
        value.resize(*size);
    }
    return true;
}

/// 2.4: `events` is an object, with this member, whose value is an object.
inline failure check_logout_event(std::string_view payload) {
    std::array<std::uint16_t, 256> room{};
    json_object claims(payload, room);
    bool has_events = false, is_logout = false;
    while (claims.next()) {
        if (!claims.is("events")) continue;
        if (claims.value().type != json_type::object) return {errc::invalid_claim, "events"};
        has_events = true;
        std::array<std::uint16_t, 128> inner{};
        json_object events(claims.value().text, inner);
        while (events.next()) {
            if (!events.is("http://schemas.openid.net/event/backchannel-logout")) continue;
            is_logout = events.value().type == json_type::object;
        }
    }
    if (!has_events) return {errc::missing_claim, "events"};
    return is_logout ? failure{} : failure{errc::invalid_claim, "events"};
}

inline failure check_logout_claims(const opened_token& opened, const id_token_expectation& expected, unix_time now) {
    const jwt_claims_view& claims = opened.claims;
    if (const failure wrong = check_issued(claims, expected, now); wrong.failed()) return wrong;
    if (!claims.iat) return {errc::missing_claim, "iat"};
    if (!claims.exp) return {errc::missing_claim, "exp"};
    if (claims.jti.empty()) return {errc::missing_claim, "jti"};
    if (claims.sub.empty() && claims.sid.empty()) return {errc::missing_claim, "sub"};
    if (!claims.nonce.empty()) return {errc::nonce_unexpected, "nonce"};
    return check_logout_event(opened.payload);
}

}  // namespace detail

inline result<std::string> logout_token_of(std::string_view body) {
    std::string token;
    detail::failure wrong;
    if (!detail::read_form_value(body, "logout_token", token, wrong)) return wrong;
    if (token.empty()) return error_view(errc::missing_parameter, "logout_token");
    return token;
}

inline result<logout_token> verify_logout_token(std::string_view token, const id_token_expectation& expected, unix_time now) {
    std::string memory(token.size() * 2, '\0');
    id_token_expectation strict = expected;
    strict.from_browser = true;                                        // from anybody: only a signature vouches for it
    const auto opened = detail::open_token(token, memory, "logout+jwt", strict);
    if (!opened) return opened.error();
    if (const detail::failure wrong = detail::check_logout_claims(*opened, expected, now); wrong.failed()) return wrong;
    const jwt_claims_view& claims = opened->claims;
    return logout_token{.iss = std::string(claims.iss),
                        .sub = std::string(claims.sub),
                        .sid = std::string(claims.sid),
                        .jti = std::string(claims.jti),
                        .issued_at = *claims.iat,
                        .expires_at = *claims.exp};
}

inline result<front_channel_logout> parse_front_channel_logout(std::string_view url, std::string_view issuer) {
    const std::size_t question = detail::index_of(url, '?');
    const std::string_view query = question == url.size() ? std::string_view() : detail::from(url, question + 1);
    front_channel_logout found;
    detail::failure wrong;
    if (!detail::read_form_value(query, "iss", found.iss, wrong) || !detail::read_form_value(query, "sid", found.sid, wrong)) return wrong;
    if (found.iss.empty() != found.sid.empty()) return error_view(errc::missing_parameter, found.iss.empty() ? "iss" : "sid");
    if (!found.iss.empty() && found.iss != issuer) return error_view(errc::issuer_mismatch, "iss");
    return found;
}

}  // namespace oauthpp::inline v0
