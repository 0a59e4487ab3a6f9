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
    private_address,           ///< somebody else named a host of this machine or its network
    url_has_fragment,          ///< an endpoint or redirect URI with `#`
    invalid_provider,          ///< a tenant or policy name with characters that do not belong there
    plain_pkce,                ///< PKCE without S256 and without the option that allows it
    unsupported_response_type, ///< one that brings an access token without a code, or that the server does not list
    authentication_unsupported,  ///< the server takes none of the proofs that this client has
    client_not_authenticated,  ///< a grant for confidential clients from a client without credentials
    scope_not_granted,         ///< a refresh that asks for more than was granted
    wrong_server,              ///< tokens or a saved login of another server, client or redirect URI
    no_entropy,                ///< the source of randomness failed
    signing_failed,            ///< a private key, or a secret that is too short for one, gave no signature
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
    resource_mismatch,         ///< metadata of another resource than the one that was asked
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

    // A signed token
    malformed_jwt,             ///< not three parts of base64url without padding, or not a JSON object in them
    jwt_critical_header,       ///< `crit`: something that must be understood and is not
    algorithm_not_allowed,     ///< `none`, HMAC where a public key belongs, or one that nobody listed
    key_not_found,             ///< no key of the set has this name and fits the algorithm
    key_ambiguous,             ///< no name, and several keys fit
    signature_invalid,
    signature_unsupported,     ///< nothing at hand checks this algorithm
    wrong_token_type,          ///< `typ` of another kind of token
    missing_claim,
    invalid_claim,             ///< a claim of the wrong type
    wrong_issuer,              ///< a token of another server
    wrong_audience,            ///< a token for somebody else
    untrusted_audience,        ///< a token that is also for somebody whom nobody named
    wrong_authorized_party,    ///< `azp` is somebody else
    token_expired,
    token_not_yet_valid,
    issued_in_future,
    nonce_missing,
    nonce_mismatch,            ///< a token of another login: a replay
    nonce_unexpected,          ///< a nonce that nobody asked for
    acr_not_met,               ///< the person was not authenticated as asked
    authentication_too_old,    ///< longer ago than max_age
    hash_missing,              ///< at_hash or c_hash, where the token came through the browser
    hash_mismatch,             ///< a code, token or state of another answer
    subject_changed,           ///< somebody else than before
    authentication_changed,    ///< a refresh that tells of another sign-in

    // The server's own answer: see `server_error`
    server_refused,

    // A resource server's challenge
    malformed_challenge,       ///< WWW-Authenticate that does not follow RFC 9110 11.6.1
    challenge_missing,         ///< nothing in it says how to use a token

    // A flow
    already_used,              ///< a login works once
    not_finished,              ///< the outcome of a flow that still has steps to take
    saved_login_unreadable,
    cannot_listen,             ///< on the redirect URI: its port is taken, or it is not of this machine

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
        case errc::private_address: return "an address that somebody else named leads to this machine or its network";
        case errc::url_has_fragment: return "a URL here may not have a fragment";
        case errc::invalid_provider: return "a tenant, domain or policy name has characters that do not belong in it";
        case errc::plain_pkce: return "PKCE without S256 needs the option that allows it";
        case errc::unsupported_response_type: return "a response type that the server does not list, or that brings an access token without a code";
        case errc::authentication_unsupported: return "the server takes none of the ways in which this client can prove itself";
        case errc::client_not_authenticated: return "this grant needs a client that authenticates";
        case errc::scope_not_granted: return "a refresh may not ask for more scope than was granted";
        case errc::wrong_server: return "made for another server, client or redirect URI";
        case errc::no_entropy: return "the source of randomness failed";
        case errc::signing_failed: return "the key gave no signature; a secret must have 32 bytes or more";
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
        case errc::resource_mismatch: return "the metadata is that of another resource";
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
        case errc::malformed_jwt: return "not a signed token in compact form";
        case errc::jwt_critical_header: return "the token demands an extension that is not understood";
        case errc::algorithm_not_allowed: return "the token's algorithm is not allowed here";
        case errc::key_not_found: return "no key of the server fits the token";
        case errc::key_ambiguous: return "the token names no key, and several fit";
        case errc::signature_invalid: return "the token's signature is wrong";
        case errc::signature_unsupported: return "nothing here can check the token's algorithm";
        case errc::wrong_token_type: return "a token of another kind";
        case errc::missing_claim: return "the token lacks a claim";
        case errc::invalid_claim: return "a claim of the token has the wrong type";
        case errc::wrong_issuer: return "the token is of another server";
        case errc::wrong_audience: return "the token is for somebody else";
        case errc::untrusted_audience: return "the token is also for somebody who is not trusted by name";
        case errc::wrong_authorized_party: return "the token was made for another client";
        case errc::token_expired: return "the token has expired";
        case errc::token_not_yet_valid: return "the token is not valid yet";
        case errc::issued_in_future: return "the token says that it was made in the future";
        case errc::nonce_missing: return "the token lacks the nonce of this login";
        case errc::nonce_mismatch: return "the token has the nonce of another login";
        case errc::nonce_unexpected: return "the token has a nonce that nobody asked for";
        case errc::acr_not_met: return "the person was not authenticated as asked";
        case errc::authentication_too_old: return "the person was authenticated too long ago";
        case errc::hash_missing: return "the token lacks the hash that binds it to the rest of the answer";
        case errc::hash_mismatch: return "the token does not belong to the rest of the answer";
        case errc::subject_changed: return "the token is about somebody else than before";
        case errc::authentication_changed: return "the ID token of a refresh tells of another sign-in";
        case errc::server_refused: return "the server refused";
        case errc::malformed_challenge: return "WWW-Authenticate is not well-formed";
        case errc::challenge_missing: return "the server does not say how it wants a token";
        case errc::already_used: return "a login can be exchanged once only";
        case errc::not_finished: return "the flow has steps left";
        case errc::saved_login_unreadable: return "the saved login is damaged or of another version";
        case errc::cannot_listen: return "this address cannot be listened on";
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
