// SPDX-License-Identifier: MIT
//
// What a resource server says when a token is missing, not good or not enough (RFC 6750 3, RFC 9470 3, RFC 9728 5.1), and
// what Microsoft's say (claims challenge).
//
//   auto challenge = oauthpp::parse_challenge(response.www_authenticate);
//   if (challenge && challenge->answer() == oauthpp::challenge_answer::sign_in) log_in_again(*challenge);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/wipe.hpp>
#include <oauthpp/protocol/parameter.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/retry_after.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/www_authenticate.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// What a client can do about a challenge.
enum class challenge_answer : std::uint8_t {
    present_token,   ///< no token came with the request (RFC 6750 3.1)
    refresh,         ///< the token is no longer good: one refresh, and the request once more, not in a loop
    sign_in,         ///< the person must grant more, or sign in again: see protocol/step_up.hpp
    give_up,         ///< the request is wrong in itself
};

/// Texts are empty where the parameter is absent, or has characters that it may not have.
///
/// Security: these are words of whoever answered. `resource_metadata` and `authorization_uri` are addresses that nobody
///   vouches for: compare them with what you know before you follow them (RFC 9728 7.6).
template <class Storage>
struct basic_challenge {
    using text = typename Storage::text;

    text realm{};
    text scope{};                            ///< what the resource needs (RFC 6750 3)
    text error{};                            ///< `invalid_token` and its like; empty: no token was sent
    text error_description{};
    text error_uri{};
    text acr_values{};                       ///< RFC 9470 3, words, the best first
    std::optional<seconds> max_age{};        ///< RFC 9470 3
    text resource_metadata{};                ///< RFC 9728 5.1, an https URL
    text algs{};                             ///< RFC 9449 7.1, words
    text claims{};                           ///< Microsoft: JSON for the next authorization request, decoded
    text authorization_uri{};                ///< Microsoft

    [[nodiscard]] constexpr challenge_answer answer() const noexcept;

    constexpr operator basic_challenge<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {realm, scope, error, error_description, error_uri, acr_values, max_age, resource_metadata, algs, claims,
                authorization_uri};
    }
};
using challenge = basic_challenge<owned>;
using challenge_view = basic_challenge<borrowed>;

/// Finds the challenge of a scheme in WWW-Authenticate: of several the first that has an `error`.
///
/// Spec: RFC 6750 3, RFC 9470 3, RFC 9449 7.1, RFC 9728 5.1.
/// Security: values are held to the characters of RFC 6750 3; a claims challenge counts only if it decodes to a JSON
///   object.
/// Errors: challenge_missing if there is none of this scheme; malformed_challenge, duplicate_parameter,
///   too_many_parameters and input_too_long with the offset; then nothing in the field is believed.
inline result<challenge> parse_challenge(std::string_view www_authenticate, std::string_view scheme = "Bearer");

/// The same without a heap.
///
/// Lifetime: `www_authenticate` is rewritten, and the views point into it.
constexpr result<challenge_view, error_view> parse_challenge_in_place(std::span<char> www_authenticate,
                                                                      std::string_view scheme = "Bearer") noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

template <class Storage>
constexpr challenge_answer basic_challenge<Storage>::answer() const noexcept {
    const std::string_view code = error;
    if (code == "insufficient_scope" || code == "insufficient_user_authentication" || code == "insufficient_claims" || !claims.empty()) {
        return challenge_answer::sign_in;
    }
    if (code == "invalid_token") return challenge_answer::refresh;
    return code.empty() ? challenge_answer::present_token : challenge_answer::give_up;
}

namespace detail {

enum class challenge_rule : std::uint8_t { words, printable, text, url };

inline constexpr struct {
    std::string_view name;
    std::string_view challenge_view::*into;
    challenge_rule rule;
} challenge_parameters[] = {
    {"realm", &challenge_view::realm, challenge_rule::text},
    {"scope", &challenge_view::scope, challenge_rule::words},
    {"error", &challenge_view::error, challenge_rule::printable},
    {"error_description", &challenge_view::error_description, challenge_rule::printable},
    {"error_uri", &challenge_view::error_uri, challenge_rule::printable},
    {"acr_values", &challenge_view::acr_values, challenge_rule::words},
    {"resource_metadata", &challenge_view::resource_metadata, challenge_rule::url},
    {"algs", &challenge_view::algs, challenge_rule::words},
    {"claims", &challenge_view::claims, challenge_rule::text},
    {"authorization_uri", &challenge_view::authorization_uri, challenge_rule::url},
};

/// RFC 6750 3. What does not fit is as if it had not been sent.
constexpr bool fits_challenge(std::string_view value, challenge_rule rule) noexcept {
    if (rule == challenge_rule::words) return first_wrong(value, grammar::words) == value.size();
    failure ignored;
    if (rule == challenge_rule::url) return check_endpoint(value, "", ignored);
    return rule == challenge_rule::text ? first_wrong(value, grammar::text) == value.size() : is_unquoted(value, true);
}

/// base64 or base64url, with padding or without, decoded where it stands; empty if that gives no JSON object.
constexpr std::string_view decoded_claims(std::string_view value) noexcept {
    char* memory = const_cast<char*>(value.data());                      // the caller's, lent for that
    while (value.ends_with('=')) value.remove_suffix(1);
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '+') memory[i] = '-';
        if (value[i] == '/') memory[i] = '_';
    }
    const auto size = base64url_decode(value, {memory, value.size()});
    if (!size) return {};
    const std::string_view json(memory, *size);
    std::array<std::uint16_t, 128> room{};
    json_object object(json, room);
    while (object.next()) {}
    return object.failed() ? std::string_view() : json;
}

/// The parameters of the challenge at hand, as they stand in the text.
constexpr challenge_view read_challenge(challenge_reader& challenges, std::string_view& max_age) noexcept {
    challenge_view found;
    while (challenges.next_parameter()) {
        for (const auto& [name, into, rule] : challenge_parameters) {
            if (challenges.parameter_is(name)) found.*into = challenges.parameter_value();
        }
        if (challenges.parameter_is("max_age")) max_age = challenges.parameter_value();
    }
    return found;
}

constexpr void clean_challenge(challenge_view& found, std::string_view max_age) noexcept {
    for (const auto& [name, into, rule] : challenge_parameters) {
        std::string_view& value = found.*into;
        if (value.empty()) continue;
        char* memory = const_cast<char*>(value.data());                  // the caller's, lent for that
        value = {memory, unquote(value, memory)};
        if (!fits_challenge(value, rule)) value = {};
    }
    found.claims = decoded_claims(found.claims);
    if (const std::int32_t age = decimal(max_age); age >= 0) found.max_age = seconds{age};
}

}  // namespace detail

constexpr result<challenge_view, error_view> parse_challenge_in_place(std::span<char> www_authenticate,
                                                                      std::string_view scheme) noexcept {
    challenge_reader challenges({www_authenticate.data(), www_authenticate.size()});
    std::optional<challenge_view> chosen;
    std::string_view max_age;
    while (challenges.next()) {
        if (!challenges.is(scheme) || (chosen && !chosen->error.empty())) continue;
        std::string_view age;
        const challenge_view found = detail::read_challenge(challenges, age);
        if (chosen && found.error.empty()) continue;
        chosen = found;
        max_age = age;
    }
    if (challenges.failed()) return challenges.failure();
    if (!chosen) return error_view(errc::challenge_missing, "WWW-Authenticate");
    detail::clean_challenge(*chosen, max_age);
    return *chosen;
}

inline result<challenge> parse_challenge(std::string_view www_authenticate, std::string_view scheme) {
    detail::scratch copy(www_authenticate);
    const auto view = parse_challenge_in_place(copy.text, scheme);
    if (!view) return view.error();
    challenge found;
    found.realm = view->realm;
    found.scope = view->scope;
    found.error = view->error;
    found.error_description = view->error_description;
    found.error_uri = view->error_uri;
    found.acr_values = view->acr_values;
    found.max_age = view->max_age;
    found.resource_metadata = view->resource_metadata;
    found.algs = view->algs;
    found.claims = view->claims;
    found.authorization_uri = view->authorization_uri;
    return found;
}

}  // namespace oauthpp::inline v0
