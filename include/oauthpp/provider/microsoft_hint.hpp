// SPDX-License-Identifier: MIT
//
// The AADSTS numbers that people meet most, in plain words. For people only: Microsoft changes numbers and texts, so
// programs decide by `error::action`, never by these.
//
//   if (auto hint = oauthpp::provider::microsoft_hint(tokens.error()); !hint.empty()) std::puts(hint.data());
#pragma once

#include <oauthpp/base/error.hpp>
#include <oauthpp/detail/ascii.hpp>

#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0::provider {

/// What to do about a Microsoft error, or nothing if the number is not known here. Ends with a NUL.
[[nodiscard]] constexpr std::string_view microsoft_hint(const error_view& error) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

struct aadsts_hint {
    std::uint32_t code;
    std::string_view text;
};

inline constexpr aadsts_hint aadsts_hints[] = {
    {7000215, "the client secret is wrong: this looks like the secret's ID, not its value, or like a value that was not encoded"},
    {7000222, "the client secret has expired: make a new one in the app registration"},
    {7000218, "the server wants a secret or certificate: either send one, or register the redirect URI as 'Mobile and desktop'"},
    {7000216, "the server wants a secret or certificate, and none was sent"},
    {700025, "the app is registered as public: leave the client secret out"},
    {700016, "no app with this client ID in this tenant: check both, and whether an administrator has to install the app"},
    {700027, "the client assertion's signature does not fit: upload the certificate to the app registration, or use the right key"},
    {700082, "the refresh token has not been used for too long: sign in again"},
    {50173, "the sign-in was revoked, perhaps by a new password: sign in again"},
    {70008, "the code or refresh token has expired: sign in again"},
    {54005, "the code was used already, perhaps by a reloaded page: sign in again"},
    {700005, "the code came from another tenant's path: use one authority for both requests"},
    {50196, "the same request was sent too often in a loop: keep the tokens, and use them until they expire"},
    {50011, "the redirect URI is not registered: it must match to the letter, with scheme, port, path and case"},
    {500113, "no redirect URI is registered for this app"},
    {500117, "the redirect URI must be https, or http on localhost"},
    {50194, "the app takes accounts of one tenant only: use that tenant instead of 'common'"},
    {50020, "this account is of another tenant: add it as a guest, or sign in with another"},
    {50034, "no such account in this tenant"},
    {50053, "the account is locked: wait, or ask an administrator"},
    {50076, "the server wants a second factor: sign in again"},
    {50079, "the person must set up a second factor: sign in again"},
    {50105, "the person is not assigned to this app: ask an administrator"},
    {53003, "a Conditional Access policy blocks this: ask an administrator"},
    {65001, "nobody has consented to these scopes yet: sign in again with prompt=consent, or ask an administrator"},
    {65004, "the person declined to consent"},
    {90094, "an administrator has to consent to these scopes"},
    {70011, "a scope is not valid: check its spelling, and that .default is not mixed with others"},
    {28003, "the token request's scope may not be empty here"},
    {500011, "the resource in the scope is not known in this tenant: check its name and the tenant"},
    {90009, "an app that asks for a token for itself must name itself by its client ID: {client ID}/.default"},
    {501481, "the code verifier does not belong to this code: finish the login that began it"},
    {90002, "no such tenant: check the name, and whether it is in this cloud"},
    {900144, "a required field is missing: send it in the body, form-encoded"},
    {90014, "a required field is missing or empty: send it in the body, form-encoded"},
    {9002313, "the request is malformed: send it form-encoded, each parameter once"},
    {9002326, "an Origin header was sent for a redirect URI that is not of a single-page app: leave it out"},
    {9002325, "a single-page app needs PKCE: send the code challenge, and the verifier with the code"},
    {9002327, "the redirect URI is registered for a single-page app: register it as 'Web' or 'Mobile and desktop'"},
};

/// The number that starts at `at`, which moves behind it.
constexpr std::uint32_t aadsts_number(std::string_view text, std::size_t& at) noexcept {
    std::uint32_t number = 0;
    for (; at < text.size() && oauthpp::detail::is_digit(text[at]); ++at) {
        if (number < 100'000'000) number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
    }
    return number;
}

/// The first number that is known here, of those right behind `mark`.
constexpr std::string_view aadsts_hint_in(std::string_view text, std::string_view mark) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool marked = oauthpp::detail::between(text, 0, at).ends_with(mark);
        const std::uint32_t number = aadsts_number(text, at);
        for (const aadsts_hint& hint : aadsts_hints) {
            if (marked && hint.code == number) return hint.text;
        }
    }
    return "";
}

}  // namespace detail

constexpr std::string_view microsoft_hint(const error_view& error) noexcept {
    const std::string_view hint = detail::aadsts_hint_in(error.error_codes, "");
    // The browser's error has its numbers in the text only: `AADSTS50011: ...`
    return hint.empty() ? detail::aadsts_hint_in(error.server_description, "AADSTS") : hint;
}

}  // namespace oauthpp::inline v0::provider
