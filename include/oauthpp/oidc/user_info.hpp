// SPDX-License-Identifier: MIT
//
// What the server tells of a person to whoever has the access token (OpenID Connect Core 5.3).
//
//   auto who = oauthpp::parse_user_info(body, identity.sub);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/oidc/id_token.hpp>
#include <oauthpp/wire/json.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Texts are empty where the server told nothing, which is no error (5.3.2).
struct user_info {
    std::string sub{};                       ///< with the issuer, the person. Nothing below is (5.7)
    std::string name{};
    std::string given_name{};
    std::string family_name{};
    std::string preferred_username{};
    std::string email{};
    std::optional<bool> email_verified{};
    std::string picture{};
    std::string claims{};                    ///< all of them, JSON as it came
    bool signature_verified{};
};

/// Spec: OpenID Connect Core 5.1, 5.3.2, 5.3.4.
/// Security: `subject` is that of the ID token. An answer about anybody else is refused: an access token may have been
///   swapped (16.11).
/// Errors: malformed_json and its relatives; missing_member for `sub`; invalid_member; subject_changed; missing_value
///   without a subject to compare with.
inline result<user_info> parse_user_info(std::string_view json, std::string_view subject);

/// The same, signed (`application/jwt`). Of what is expected, the nonce and what belongs to a sign-in do not count.
///
/// Errors: besides, those of parse_jws, parse_jwt_claims and verify_jws; signature_unsupported if there is nothing to
///   check with; missing_claim, wrong_issuer, wrong_audience, token_expired.
inline result<user_info> verify_user_info(std::string_view token, const id_token_expectation& expected, unix_time now);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr struct {
    const char* name;
    std::string user_info::*member;
} user_info_claims[] = {
    {"sub", &user_info::sub},
    {"name", &user_info::name},
    {"given_name", &user_info::given_name},
    {"family_name", &user_info::family_name},
    {"preferred_username", &user_info::preferred_username},
    {"email", &user_info::email},
    {"picture", &user_info::picture},
};

inline failure read_user_info(const json_object& object, user_info& who) {
    const json_value& value = object.value();
    if (value.type == json_type::null) return {};
    for (const auto& [name, member] : user_info_claims) {
        if (!object.is(name)) continue;
        if (value.type != json_type::string) return {errc::invalid_member, name};
        who.*member = json_text(value);
    }
    // Some servers write the boolean as text
    const bool is_truth = value.type == json_type::boolean || value.type == json_type::string;
    if (object.is("email_verified") && is_truth) who.email_verified = value.text == "true";
    return {};
}

/// For what the server signs besides ID tokens: they have no nonce, and a signature is all that vouches for them.
inline failure check_issued(const jwt_claims_view& claims, const id_token_expectation& expected, unix_time now) noexcept {
    if (claims.iss.empty()) return {errc::missing_claim, "iss"};
    if (claims.aud.text.empty()) return {errc::missing_claim, "aud"};
    if (!is_issuer(claims, expected)) return {errc::wrong_issuer, "iss"};
    if (!names_audience(claims.aud, expected.client_id)) return {errc::wrong_audience, "aud"};
    if (claims.exp && *claims.exp <= now + seconds{-expected.leeway.count}) return {errc::token_expired, "exp"};
    if (claims.nbf && *claims.nbf > now + expected.leeway) return {errc::token_not_yet_valid, "nbf"};
    if (claims.iat && *claims.iat > now + expected.leeway) return {errc::issued_in_future, "iat"};
    return {};
}

}  // namespace detail

inline result<user_info> parse_user_info(std::string_view json, std::string_view subject) {
    if (subject.empty()) return error_view(errc::missing_value, "subject");
    std::array<std::uint16_t, 1024> room{};
    json_object object(json, room);
    user_info who;
    while (object.next()) {
        if (const detail::failure wrong = detail::read_user_info(object, who); wrong.failed()) return wrong;
    }
    if (object.failed()) return object.failure();
    if (who.sub.empty()) return error_view(errc::missing_member, "sub");
    if (who.sub != subject) return error_view(errc::subject_changed, "sub");
    who.claims = json;
    return who;
}

inline result<user_info> verify_user_info(std::string_view token, const id_token_expectation& expected, unix_time now) {
    std::string memory(token.size() * 2, '\0');
    id_token_expectation strict = expected;
    strict.from_browser = true;                                   // without a signature there is no reason to be a token
    const auto opened = detail::open_token(token, memory, {}, strict);
    if (!opened) return opened.error();
    if (const detail::failure wrong = detail::check_issued(opened->claims, expected, now); wrong.failed()) return wrong;
    auto who = parse_user_info(opened->payload, expected.subject);
    if (who) who->signature_verified = true;
    return who;
}

}  // namespace oauthpp::inline v0
