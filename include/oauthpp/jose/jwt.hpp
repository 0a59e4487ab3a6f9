// SPDX-License-Identifier: MIT
//
// The claims of a JWT (RFC 7519 4.1) and those that OpenID Connect adds. Reading them says nothing of whether they are
// true: for that see oidc/id_token.hpp.
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oauthpp::inline v0 {

/// Texts are empty and times absent where the claim is.
///
/// Lifetime: views into the payload, which was rewritten.
struct jwt_claims_view {
    std::string_view iss{};
    std::string_view sub{};
    json_value aud{};                     ///< a string or an array of strings: read it with json_elements
    std::optional<unix_time> exp{};
    std::optional<unix_time> nbf{};
    std::optional<unix_time> iat{};
    std::string_view jti{};
    std::string_view azp{};
    std::string_view nonce{};
    std::string_view acr{};
    std::optional<unix_time> auth_time{};
    std::string_view at_hash{};
    std::string_view c_hash{};
    std::string_view s_hash{};
    std::string_view sid{};
    std::string_view tid{};               ///< Microsoft: the tenant
};

/// Spec: RFC 7519 4.1, `NumericDate` of 2: fractions are cut off; OpenID Connect Core 2.
/// Errors: malformed_jwt for what is no JSON object; invalid_claim, with its name, for a claim of the wrong type.
inline result<jwt_claims_view, error_view> parse_jwt_claims(std::span<char> payload) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr struct {
    const char* name;
    std::string_view jwt_claims_view::*into;
} text_claims[] = {
    {"iss", &jwt_claims_view::iss},         {"sub", &jwt_claims_view::sub},       {"jti", &jwt_claims_view::jti},
    {"azp", &jwt_claims_view::azp},         {"nonce", &jwt_claims_view::nonce},   {"acr", &jwt_claims_view::acr},
    {"at_hash", &jwt_claims_view::at_hash}, {"c_hash", &jwt_claims_view::c_hash}, {"s_hash", &jwt_claims_view::s_hash},
    {"sid", &jwt_claims_view::sid},         {"tid", &jwt_claims_view::tid},
};

inline constexpr struct {
    const char* name;
    std::optional<unix_time> jwt_claims_view::*into;
} time_claims[] = {
    {"exp", &jwt_claims_view::exp},
    {"nbf", &jwt_claims_view::nbf},
    {"iat", &jwt_claims_view::iat},
    {"auth_time", &jwt_claims_view::auth_time},
};

/// RFC 7519 2: a number of seconds, which may have a fraction.
constexpr std::optional<std::int64_t> numeric_date(std::string_view number) noexcept {
    const std::size_t point = index_of(number, '.');
    const bool exponent = number.find('e') != std::string_view::npos || number.find('E') != std::string_view::npos;
    return json_integer(exponent ? number : between(number, 0, point));
}

inline failure read_claims(json_object& object, jwt_claims_view& claims) noexcept {
    while (object.next()) {
        const json_value& value = object.value();
        if (object.is("aud")) {
            if (value.type != json_type::string && value.type != json_type::array) return {errc::invalid_claim, "aud"};
            claims.aud = value;
        }
        for (const auto& [name, into] : text_claims) {
            if (!object.is(name)) continue;
            if (value.type != json_type::string) return {errc::invalid_claim, name};
            claims.*into = value.text;
        }
        for (const auto& [name, into] : time_claims) {
            if (!object.is(name)) continue;
            const auto seconds = value.type == json_type::number ? numeric_date(value.text) : std::nullopt;
            if (!seconds) return {errc::invalid_claim, name};
            claims.*into = unix_time{*seconds};
        }
    }
    if (object.failed()) return {errc::malformed_jwt, "payload", object.failure().offset};
    for (const auto& [name, into] : text_claims) {
        char* memory = const_cast<char*>((claims.*into).data());      // the caller's, lent for that
        claims.*into = {memory, json_unescape(claims.*into, memory)};
    }
    return {};
}

/// Whether `aud` names somebody. An escaped element is compared as it reads.
inline bool names_audience(const json_value& audience, std::string_view somebody) noexcept {
    json_elements each(audience);
    while (each.next()) {
        if (each.value().type == json_type::string && json_equal(each.value(), {json_type::string, false, somebody})) return true;
    }
    return false;
}

}  // namespace detail

inline result<jwt_claims_view, error_view> parse_jwt_claims(std::span<char> payload) noexcept {
    std::array<std::uint16_t, 1024> room{};
    json_object object({payload.data(), payload.size()}, room);
    jwt_claims_view claims;
    const detail::failure wrong = detail::read_claims(object, claims);
    if (wrong.failed()) return wrong;
    return claims;
}

}  // namespace oauthpp::inline v0
