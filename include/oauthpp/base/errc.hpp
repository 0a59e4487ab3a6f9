// SPDX-License-Identifier: MIT
//
// Every way to fail, and one English sentence for each.
#pragma once

#include <oauthpp/version.hpp>

#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0 {

/// Why. The numbers are not part of the interface; the names are.
enum class errc : std::uint8_t {
    none,

    // What the program passed in
    missing_value,             ///< a parameter that this message needs was left empty
    invalid_value,             ///< characters or a form that the parameter's grammar does not have
    repeated_parameter,        ///< a parameter of the request given twice
    forbidden_parameter,       ///< a parameter that must not be in this message, such as a secret in a URL
    invalid_url,               ///< not an absolute URL in the grammar of RFC 3986
    insecure_url,              ///< http where only https is allowed
    url_has_fragment,          ///< an endpoint or redirect URI with `#`
    invalid_provider,          ///< a tenant or policy name with characters that do not belong there
    plain_pkce,                ///< PKCE without S256 and without the option that allows it
    unsupported_response_type, ///< tokens through the front channel, which nothing here can validate yet
    client_not_authenticated,  ///< a grant for confidential clients from a client without credentials
    scope_not_granted,         ///< a refresh that asks for more than was granted
    wrong_server,              ///< tokens or a saved login of another server, client or redirect URI
    no_entropy,                ///< the source of randomness failed
    buffer_too_small,          ///< `needed` says how many bytes would do

    // The callback
    malformed_form,            ///< a percent escape or UTF-8 that is cut or wrong
    input_too_long,            ///< more bytes than the limit
    too_many_parameters,       ///< more parameters than the limit
    duplicate_parameter,       ///< a known response parameter given twice
    wrong_redirect_uri,        ///< a callback that arrived elsewhere than it was sent to
    unexpected_response_mode,  ///< response parameters in a part of the URL that was not asked for
    unexpected_parameter,      ///< a parameter of a response type that was not asked for
    state_missing,
    state_mismatch,            ///< a callback of another login, or of an attacker
    issuer_missing,            ///< the server announces `iss` and did not send it
    issuer_mismatch,           ///< the response of another authorization server: a mix-up
    missing_parameter,         ///< a parameter that every answer of this kind has
    invalid_parameter,         ///< a response parameter with characters that its grammar does not have
    invalid_state_data,        ///< application data in `state` that this key did not sign

    // The token response
    empty_body,
    malformed_json,
    json_too_deep,
    json_too_large,
    json_too_many_members,
    duplicate_member,
    unexpected_media_type,     ///< a page or other text where JSON belongs
    unexpected_status,         ///< neither a success nor an OAuth error
    redirected,                ///< the token endpoint sent the request elsewhere
    throttled,                 ///< 429, or 503 with Retry-After
    missing_member,
    invalid_member,
    unsupported_token_type,    ///< a token that this client would not know how to use

    // The server's own answer: see `server_error`
    server_refused,

    // A flow
    already_used,              ///< a login works once
    not_finished,              ///< the outcome of a flow that still has steps to take
    saved_login_unreadable,

    // The HTTP stack
    transport_failed,
    name_not_found,
    connection_failed,
    tls_failed,
    timed_out,
    connection_lost,           ///< the peer went away in the middle
    response_too_large,
};

/// Whether the same request may be sent again. A code or a rotating refresh token may have been used up by a request
/// whose answer never came (RFC 6749 4.1.2, RFC 9700 4.14).
enum class resend : std::uint8_t {
    pointless,   ///< it would fail in the same way
    safe,        ///< nothing was used: the connection never opened, or the server said to come back
    unsafe,      ///< the server may have seen it
};

/// One English sentence for developers, without a full stop.
[[nodiscard]] constexpr std::string_view message(errc reason) noexcept {
    switch (reason) {
        case errc::none: return "no error";
        case errc::missing_value: return "a required parameter is empty";
        case errc::invalid_value: return "a parameter has characters or a form that it may not have";
        case errc::repeated_parameter: return "a request parameter is given twice";
        case errc::forbidden_parameter: return "a parameter that must not be in this request";
        case errc::invalid_url: return "not an absolute URL (RFC 3986)";
        case errc::insecure_url: return "only https is allowed here (http on loopback only)";
        case errc::url_has_fragment: return "a URL here may not have a fragment";
        case errc::invalid_provider: return "a tenant, domain or policy name has characters that do not belong in it";
        case errc::plain_pkce: return "PKCE without S256 needs the option that allows it";
        case errc::unsupported_response_type: return "response types that bring tokens through the browser cannot be validated yet";
        case errc::client_not_authenticated: return "this grant needs a client that authenticates";
        case errc::scope_not_granted: return "a refresh may not ask for more scope than was granted";
        case errc::wrong_server: return "made for another server, client or redirect URI";
        case errc::no_entropy: return "the source of randomness failed";
        case errc::buffer_too_small: return "the buffer is too small";
        case errc::malformed_form: return "a percent escape or UTF-8 sequence is cut or wrong";
        case errc::input_too_long: return "the input is longer than the limit";
        case errc::too_many_parameters: return "more parameters than the limit";
        case errc::duplicate_parameter: return "a response parameter is given twice";
        case errc::wrong_redirect_uri: return "the callback arrived at another address than the redirect URI";
        case errc::unexpected_response_mode: return "the response came in a mode that was not asked for";
        case errc::unexpected_parameter: return "the response has a parameter of a response type that was not asked for";
        case errc::state_missing: return "the callback has no state";
        case errc::state_mismatch: return "the state is not that of this login";
        case errc::issuer_missing: return "the server should have sent iss and did not";
        case errc::issuer_mismatch: return "the response names another authorization server";
        case errc::missing_parameter: return "the callback lacks a parameter";
        case errc::invalid_parameter: return "a response parameter has characters that it may not have";
        case errc::invalid_state_data: return "the data in the state was not signed with this key";
        case errc::empty_body: return "the response has no body";
        case errc::malformed_json: return "the body is not well-formed JSON";
        case errc::json_too_deep: return "the JSON is nested deeper than the limit";
        case errc::json_too_large: return "the JSON is larger than the limit";
        case errc::json_too_many_members: return "the JSON has more members than the limit";
        case errc::duplicate_member: return "a JSON member is given twice";
        case errc::unexpected_media_type: return "the body is not JSON";
        case errc::unexpected_status: return "neither a success nor an OAuth error";
        case errc::redirected: return "the endpoint redirects, and a token request must not follow";
        case errc::throttled: return "the server asks to come back later";
        case errc::missing_member: return "a required member is missing";
        case errc::invalid_member: return "a member has the wrong type or characters";
        case errc::unsupported_token_type: return "a token type that this client does not know how to use";
        case errc::server_refused: return "the server refused";
        case errc::already_used: return "a login can be exchanged once only";
        case errc::not_finished: return "the flow has steps left";
        case errc::saved_login_unreadable: return "the saved login is damaged or of another version";
        case errc::transport_failed: return "the HTTP request failed";
        case errc::name_not_found: return "the host name was not found";
        case errc::connection_failed: return "no connection could be opened";
        case errc::tls_failed: return "TLS failed or the certificate was not accepted";
        case errc::timed_out: return "the time limit ran out";
        case errc::connection_lost: return "the connection was lost before the answer was complete";
        case errc::response_too_large: return "the response is larger than the limit";
    }
    return "unknown error";
}

}  // namespace oauthpp::inline v0
