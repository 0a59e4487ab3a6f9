// SPDX-License-Identifier: MIT
//
// oauthpp 0.1.0, parts 6d0186835a77. Made by single_include/amalgamate.py: change include/, not this file.
//
// OAuth 2.0 and OpenID Connect for clients: all of it but the opt-in headers (system, chrono, ostream, throwing,
// adapter/), floor by floor.
//
// MIT License
//
// Copyright (c) 2026 oauthpp contributors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// ---- <oauthpp/version.hpp> ------------------------------------------------------------------------------------------

// The one place that holds the version. Every header of base/ includes it first, so that the include tree and the
// single header, brought into one file, say so instead of drowning the reader in redefinitions.

#ifdef OAUTHPP_VERSION_MAJOR
#error "oauthpp is already here from another file: use the single header or the include tree, not both"
#endif

#define OAUTHPP_VERSION_MAJOR 0
#define OAUTHPP_VERSION_MINOR 1
#define OAUTHPP_VERSION_PATCH 0

// ---- <oauthpp/base/errc.hpp> ----------------------------------------------------------------------------------------

// Every way to fail, and one English sentence for each.

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

// ---- <oauthpp/detail/plain_run.hpp> ---------------------------------------------------------------------------------

// Many bytes at once, for speed alone: the one room for code that knows what a processor can do. What it passes over, a
// loop byte by byte would pass over as well; where it stops, that loop goes on. Builds for size and for small processors
// have none of it.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"   // GCC 12 at -O3 follows paths for short literals that sizes rule out
#endif

namespace oauthpp::inline v0::detail {

#if defined(__OPTIMIZE_SIZE__)
inline constexpr bool has_wide_words = false;
#else
inline constexpr bool has_wide_words = sizeof(std::size_t) >= 8;
#endif

/// Of the next eight bytes, how many are printable ASCII and neither `a` nor `b`.
constexpr std::size_t plain_run_of_8(const char* p, char a, char b) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    const auto byte = [p](unsigned i) { return std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i); };
    const std::uint64_t word = byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
    const auto is = [&](char c) { return (word ^ static_cast<unsigned char>(c) * each) - each; };
    // The lowest top bit that comes out set is that of the first byte below a space, above `~`, or equal to a or b.
    const std::uint64_t special = word | (word + each) | (word - ' ' * each) | is(a) | is(b);
    return static_cast<std::size_t>(std::countr_zero(special & 0x80 * each)) / 8;
}

// Without optimisation a vector is spilled to the stack, and with it a piece of what may be a secret.
#if defined(__SSE2__) && defined(__GNUC__) && defined(__OPTIMIZE__)
inline constexpr bool has_vectors = has_wide_words;

using bytes_of_16 [[gnu::vector_size(16)]] = unsigned char;
using signed_of_16 [[gnu::vector_size(16)]] = signed char;
using mask_of_16 [[gnu::vector_size(16)]] = char;

inline bytes_of_16 load_16(const char* p) noexcept {
    bytes_of_16 bytes;
    __builtin_memcpy(&bytes, p, sizeof bytes);
    return bytes;
}
/// A bit for each of sixteen.
template <class Vector>
unsigned bits_of(const Vector& set) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(std::bit_cast<mask_of_16>(set)));
}

/// Those of sixteen that end a plain run.
inline unsigned not_plain_of_16(const char* p, char a, char b) noexcept {
    const auto bytes = std::bit_cast<signed_of_16>(load_16(p));
    const auto excluded = (bytes == static_cast<signed char>(a)) | (bytes == static_cast<signed char>(b));
    return bits_of((bytes < ' ') | (bytes == '\x7F') | excluded);
}
/// Those of sixteen that are no letters, digits, `-`, `.` or `_`.
inline unsigned not_name_of_16(const char* p) noexcept {
    const bytes_of_16 bytes = load_16(p);
    const auto letter = (bytes | 0x20) - 'a' < 26;
    const auto dash_to_nine = (bytes - '-' < 13) & (bytes != '/');
    return bits_of(~(letter | dash_to_nine | (bytes == '_')));
}
#else
inline constexpr bool has_vectors = false;
inline unsigned not_plain_of_16(const char*, char, char) noexcept { return 1; }
inline unsigned not_name_of_16(const char*) noexcept { return 1; }
#endif

/// How many bytes at the front are printable ASCII, %x20-7E, and neither `a` nor `b`: all, or fewer than there are.
constexpr std::size_t plain_run(std::string_view text, char a = '\x7F', char b = '\x7F') noexcept {
    std::size_t at = 0;
    if (!has_wide_words) return at;
    const char* const p = text.data();
    if (has_vectors && !std::is_constant_evaluated()) {
        for (; text.size() - at >= 16; at += 16) {
            if (const unsigned found = not_plain_of_16(p + at, a, b)) return at + static_cast<std::size_t>(std::countr_zero(found));
        }
    }
    for (std::size_t run = 8; run == 8 && text.size() - at >= 8; at += run) run = plain_run_of_8(p + at, a, b);
    return at;
}

/// How many bytes at the front are letters, digits, `-`, `.` or `_`, which no encoding of a URL or form changes: all, or
/// fewer than there are.
constexpr std::size_t name_run(std::string_view text) noexcept {
    std::size_t at = 0;
    if (!has_vectors || std::is_constant_evaluated()) return at;
    for (; text.size() - at >= 16; at += 16) {
        if (const unsigned found = not_name_of_16(text.data() + at)) return at + static_cast<std::size_t>(std::countr_zero(found));
    }
    return at;
}

}  // namespace oauthpp::inline v0::detail

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

// ---- <oauthpp/detail/ascii.hpp> -------------------------------------------------------------------------------------

// Text in ASCII, without locale and without `substr`, whose range check pulls in abort and malloc on a microcontroller.

namespace oauthpp::inline v0::detail {

/// The part of `text` from `first` up to, not including, `last`. Both must lie inside.
constexpr std::string_view between(std::string_view text, std::size_t first, std::size_t last) noexcept {
    return {text.data() + first, last - first};
}

constexpr std::string_view from(std::string_view text, std::size_t first) noexcept {
    return between(text, first, text.size());
}

/// The index of the first `c`, or the size.
constexpr std::size_t index_of(std::string_view text, char c) noexcept {
    const std::size_t found = text.find(c);
    return found == std::string_view::npos ? text.size() : found;
}

// The overloads for literals: where there are many, a view made at each call takes more flash than all the rest of it.

constexpr bool equal(std::string_view text, const char* literal) noexcept { return text == literal; }

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool is_alpha(char c) noexcept { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

constexpr bool equal_ignoring_case(std::string_view text, const char* literal) noexcept {
    return equal_ignoring_case(text, std::string_view(literal));
}

/// A person's paste or a header value, without the white space around it.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Walks over words with spaces between them. Several spaces count as one.
class word_reader {
 public:
    constexpr explicit word_reader(std::string_view words) noexcept : words_(words) {}

    constexpr bool next() noexcept {
        while (at_ < words_.size() && words_[at_] == ' ') ++at_;
        const std::string_view rest = from(words_, at_);
        token_ = between(rest, 0, index_of(rest, ' '));
        at_ += token_.size();
        return !token_.empty();
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return token_; }

 private:
    std::string_view words_;
    std::string_view token_{};
    std::size_t at_ = 0;
};

constexpr bool has_word(std::string_view words, std::string_view word) noexcept {
    word_reader each(words);
    while (each.next()) {
        if (each.token() == word) return true;
    }
    return false;
}

constexpr bool has_word(std::string_view words, const char* literal) noexcept {
    return has_word(words, std::string_view(literal));
}

/// VSCHAR, RFC 6749 appendix A: %x20-7E.
constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : from(text, plain_run(text))) {
        if (c < 0x20 || c > 0x7E) return false;
    }
    return true;
}

/// NQCHAR and NQSCHAR, RFC 6749 appendix A: printable but for `"` and `\`; the space only where it is allowed.
constexpr bool is_unquoted(std::string_view text, bool space_allowed) noexcept {
    for (const char c : text) {
        if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || (c == ' ' && !space_allowed)) return false;
    }
    return true;
}

/// name-char, RFC 6749 appendix A: letters, digits, `-`, `.`, `_`.
constexpr bool is_name(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') return false;
    }
    return !text.empty();
}

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/base/remedy.hpp> --------------------------------------------------------------------------------------

// Who must act on a failure. Worked out when asked for, from the reason, the server's error code and the HTTP status,
// never from prose; a program that does not ask does not carry the lists.
//
//   if (tokens.error().action() == oauthpp::remedy::sign_in_again) ...

namespace oauthpp::inline v0 {

enum class remedy : std::uint8_t {
    none,
    retry_later,          ///< nobody: try again, not before `retry_at`
    sign_in_again,        ///< the person
    fix_configuration,    ///< the developer or operator: registration, URL, secret, clock
    ask_administrator,    ///< who administers the person's directory
    report_bug,           ///< whoever wrote the program or the server
};

/// By the reason alone.
[[nodiscard]] constexpr remedy usual_remedy(errc reason) noexcept;

/// For an error that the server sent. `http_status` is 0 if it came through the browser.
///
/// Spec: RFC 6749 4.1.2.1, 5.2; OpenID Connect Core 3.1.2.6; and codes that providers added.
[[nodiscard]] constexpr remedy remedy_for(std::string_view server_error, std::string_view suberror, int http_status) noexcept;

[[nodiscard]] constexpr std::string_view message(remedy action) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr remedy usual_remedy(errc reason) noexcept {
    switch (reason) {
        case errc::none:
            return remedy::none;
        case errc::throttled: case errc::transport_failed: case errc::name_not_found: case errc::connection_failed:
        case errc::timed_out: case errc::connection_lost: case errc::no_entropy: case errc::unexpected_status:
            return remedy::retry_later;
        case errc::state_missing: case errc::state_mismatch: case errc::issuer_mismatch: case errc::issuer_missing:
        case errc::duplicate_parameter: case errc::malformed_form: case errc::input_too_long:
        case errc::too_many_parameters: case errc::wrong_redirect_uri: case errc::missing_parameter:
        case errc::invalid_parameter: case errc::invalid_state_data: case errc::already_used:
        case errc::saved_login_unreadable: case errc::server_refused: case errc::token_expired:
        case errc::nonce_missing: case errc::nonce_mismatch: case errc::nonce_unexpected: case errc::acr_not_met:
        case errc::authentication_too_old: case errc::hash_missing: case errc::hash_mismatch: case errc::subject_changed:
        case errc::authentication_changed:
        case errc::signature_invalid:
            return remedy::sign_in_again;
        case errc::not_finished: case errc::buffer_too_small: case errc::repeated_parameter:
        case errc::forbidden_parameter: case errc::malformed_json: case errc::json_too_deep: case errc::json_too_large:
        case errc::json_too_many_members: case errc::duplicate_member: case errc::missing_member:
        case errc::invalid_member: case errc::empty_body:
            return remedy::report_bug;
        default:
            return remedy::fix_configuration;
    }
}

namespace detail {

// Words with spaces between: half the size of a table, on a microcontroller.
inline constexpr std::string_view errors_that_pass = "temporarily_unavailable server_error slow_down authorization_pending";
inline constexpr std::string_view errors_of_the_person =
    "invalid_grant access_denied login_required interaction_required consent_required account_selection_required "
    "authorization_declined expired_token token_expired bad_token invalid_code invalid_token";
inline constexpr std::string_view errors_of_the_administrator = "permission_denied admin_policy_enforced org_internal";
/// Microsoft: what signing in again does not mend.
inline constexpr std::string_view suberrors_of_the_administrator = "protection_policy_required device_authentication_failed";

}  // namespace detail

constexpr remedy remedy_for(std::string_view server_error, std::string_view suberror, int http_status) noexcept {
    if (detail::has_word(detail::suberrors_of_the_administrator, suberror)) return remedy::ask_administrator;
    if (detail::has_word(detail::errors_that_pass, server_error)) return remedy::retry_later;
    if (detail::has_word(detail::errors_of_the_person, server_error)) return remedy::sign_in_again;
    if (detail::has_word(detail::errors_of_the_administrator, server_error)) return remedy::ask_administrator;
    return http_status >= 500 || http_status == 429 ? remedy::retry_later : remedy::fix_configuration;
}

constexpr std::string_view message(remedy action) noexcept {
    switch (action) {
        case remedy::none: return "nothing to do";
        case remedy::retry_later: return "try again later";
        case remedy::sign_in_again: return "sign in again";
        case remedy::fix_configuration: return "fix the configuration";
        case remedy::ask_administrator: return "ask the administrator";
        case remedy::report_bug: return "report a bug";
    }
    return "unknown";
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/base/time.hpp> ----------------------------------------------------------------------------------------

// Time as the protocol counts it: whole seconds. The library reads no clock; the time is always an argument.
//
//   tokens.expires_within(now, oauthpp::seconds{300})

namespace oauthpp::inline v0 {

/// A span of time. A plain number does not become one by accident.
struct seconds {
    std::int64_t count{};
    friend constexpr auto operator<=>(seconds, seconds) = default;
};

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct unix_time {
    std::int64_t count{};
    friend constexpr auto operator<=>(unix_time, unix_time) = default;
};

/// The operating system's clock. Declared here, defined by <oauthpp/system.hpp>: the core itself asks nobody.
struct system_clock;

/// Stays at the end of the range instead of wrapping round to the past.
constexpr unix_time operator+(unix_time time, seconds span) noexcept {
    if (span.count > 0 && time.count > INT64_MAX - span.count) return {INT64_MAX};
    if (span.count < 0 && time.count < INT64_MIN - span.count) return {INT64_MIN};
    return {time.count + span.count};
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/base/error.hpp> ---------------------------------------------------------------------------------------

// What went wrong, where, and who must act. No secret ever enters an error.
//
//   if (!tokens) switch (tokens.error().action()) {
//       case oauthpp::remedy::sign_in_again: ...
//   }

namespace oauthpp::inline v0 {

/// A text of the library's own, which never dies, by its address alone: as views, a hundred of them would be measured
/// where they stand.
class literal {
 public:
    constexpr literal() = default;
    constexpr literal(const char* text) noexcept : text_(text) {}

    constexpr operator std::string_view() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return *text_ == '\0'; }
    [[nodiscard]] constexpr const char* data() const noexcept { return text_; }
    friend constexpr bool operator==(literal a, std::string_view b) noexcept { return std::string_view(a) == b; }
    friend constexpr bool operator==(literal a, literal b) noexcept { return a == std::string_view(b); }
    friend constexpr bool operator==(literal a, const char* b) noexcept { return a == std::string_view(b); }

 private:
    const char* text_ = "";
};

namespace detail {

/// Why a check failed, inside the library: an error_view is ten times as large.
struct failure {
    errc reason{};
    literal field{};
    std::size_t offset{};

    /// False: what a check gives that ends with it.
    constexpr bool set(errc why, literal where = {}, std::size_t at = 0) noexcept {
        reason = why;
        field = where;
        offset = at;
        return false;
    }
    [[nodiscard]] constexpr bool failed() const noexcept { return reason != errc::none; }
};

}  // namespace detail

/// An error without a heap.
///
/// Lifetime: `field` is a literal; the server's and the transport's texts are views into the bytes that were parsed.
/// Security: these texts are untrusted and may hold anything; `describe` makes them fit for a terminal or a log.
struct error_view {
    errc reason{};
    remedy known_action{};             ///< set by who knows better than reason, server's error and status do
    resend again{};
    std::uint16_t http_status{};       ///< 0: there was no response
    std::int32_t transport_code{};     ///< the HTTP stack's own number for its failure
    literal field{};                   ///< the parameter, member or header that was wrong
    std::size_t offset{};              ///< bytes from the start of what was parsed
    std::size_t needed{};              ///< with errc::buffer_too_small: bytes that would have been enough
    unix_time received_at{};           ///< set by flows: what Retry-After counts from

    std::string_view server_error{};         ///< `error`, RFC 6749 4.1.2.1 and 5.2
    std::string_view server_description{};   ///< `error_description`
    std::string_view server_uri{};           ///< `error_uri`
    std::string_view suberror{};             ///< Microsoft: the finer reason
    std::string_view claims{};               ///< Microsoft: JSON to pass to the next authorization request
    std::string_view error_codes{};          ///< Microsoft: the AADSTS numbers as a JSON array
    std::string_view trace_id{};             ///< Microsoft: ask for support with these three
    std::string_view correlation_id{};
    std::string_view timestamp{};
    std::string_view retry_after{};          ///< Retry-After as received; `retry_at` reads it
    std::string_view transport_text{};       ///< the HTTP stack's own words

    constexpr error_view() = default;
    constexpr error_view(errc why, literal where = {}, std::size_t at = 0) noexcept : reason(why), field(where), offset(at) {}
    constexpr error_view(const detail::failure& why) noexcept : reason(why.reason), field(why.field), offset(why.offset) {}

    /// Who must act.
    [[nodiscard]] constexpr remedy action() const noexcept {
        if (known_action != remedy::none) return known_action;
        if (reason == errc::server_refused) return remedy_for(server_error, suberror, http_status);
        if (http_status >= 500) return remedy::retry_later;
        return http_status >= 300 && reason != errc::throttled ? remedy::fix_configuration : usual_remedy(reason);
    }
};

/// The same with the server's words kept: one allocation, only if there are any.
class error {
 public:
    error(const error_view& what) : what_(what) {
        std::size_t size = 0;
        for (const auto text : texts) size += (what.*text).size();
        words_.reserve(size);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            words_.append(what.*texts[i]);
            ends_[i] = static_cast<std::uint32_t>(words_.size());
            what_.*texts[i] = {};
        }
    }
    error(errc reason) : error(error_view(reason)) {}

    [[nodiscard]] errc reason() const noexcept { return what_.reason; }
    [[nodiscard]] remedy action() const noexcept { return view().action(); }
    [[nodiscard]] resend again() const noexcept { return what_.again; }
    [[nodiscard]] int http_status() const noexcept { return what_.http_status; }
    [[nodiscard]] std::int32_t transport_code() const noexcept { return what_.transport_code; }
    [[nodiscard]] std::string_view field() const noexcept { return what_.field; }
    [[nodiscard]] std::size_t offset() const noexcept { return what_.offset; }
    [[nodiscard]] std::size_t needed() const noexcept { return what_.needed; }
    [[nodiscard]] unix_time received_at() const noexcept { return what_.received_at; }
    [[nodiscard]] std::string_view server_error() const noexcept { return text(0); }
    [[nodiscard]] std::string_view server_description() const noexcept { return text(1); }
    [[nodiscard]] std::string_view server_uri() const noexcept { return text(2); }
    [[nodiscard]] std::string_view suberror() const noexcept { return text(3); }
    [[nodiscard]] std::string_view claims() const noexcept { return text(4); }
    [[nodiscard]] std::string_view error_codes() const noexcept { return text(5); }
    [[nodiscard]] std::string_view trace_id() const noexcept { return text(6); }
    [[nodiscard]] std::string_view correlation_id() const noexcept { return text(7); }
    [[nodiscard]] std::string_view timestamp() const noexcept { return text(8); }
    [[nodiscard]] std::string_view retry_after() const noexcept { return text(9); }
    [[nodiscard]] std::string_view transport_text() const noexcept { return text(10); }

    /// Lifetime: views into this error.
    operator error_view() const noexcept { return view(); }
    [[nodiscard]] error_view view() const noexcept {
        error_view all = what_;
        for (std::size_t i = 0; i < texts.size(); ++i) all.*texts[i] = text(i);
        return all;
    }

 private:
    static constexpr std::array<std::string_view error_view::*, 11> texts{
        &error_view::server_error,   &error_view::server_description, &error_view::server_uri,
        &error_view::suberror,       &error_view::claims,             &error_view::error_codes,
        &error_view::trace_id,       &error_view::correlation_id,     &error_view::timestamp,
        &error_view::retry_after,    &error_view::transport_text,
    };

    [[nodiscard]] std::string_view text(std::size_t i) const noexcept {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        if (ends_[i] > words_.size()) return {};   // moved from
        return {words_.data() + begin, ends_[i] - begin};
    }

    error_view what_;
    std::string words_;
    std::array<std::uint32_t, 11> ends_{};
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/base/describe.hpp> ------------------------------------------------------------------------------------

// An error as one line for a log or a terminal.
//
//   std::fprintf(stderr, "%s\n", oauthpp::describe(tokens.error()).c_str());
//   // the server refused (HTTP 400): invalid_grant: The code has expired. - sign in again

namespace oauthpp::inline v0 {

/// What failed, where, what the other side said of it, and who must act.
///
/// Security: the other side's words may hold terminal escapes or forged log lines, so everything but printable ASCII
/// comes out as `\xHH`, and each text is cut after 500 bytes. Escape it again for HTML.
inline std::string describe(const error_view& what);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline void append_printable(std::string& line, std::string_view text) {
    constexpr std::size_t enough = 500;
    constexpr char hex[] = "0123456789abcdef";
    for (const char c : text.size() > enough ? std::string_view(text.data(), enough) : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte <= 0x7E) {
            line += c;
        } else {
            line += "\\x";
            line += hex[byte >> 4];
            line += hex[byte & 15];
        }
    }
    if (text.size() > enough) line += "...";
}

}  // namespace detail

inline std::string describe(const error_view& what) {
    std::string line(message(what.reason));
    if (!what.field.empty()) {
        line += ": ";
        detail::append_printable(line, what.field);
    }
    if (what.offset != 0) {
        line += ", at byte ";
        line += std::to_string(what.offset);
    }
    if (what.needed != 0) {
        line += ", needs ";
        line += std::to_string(what.needed);
        line += " bytes";
    }
    if (what.http_status != 0) {
        line += " (HTTP ";
        line += std::to_string(what.http_status);
        line += ')';
    }
    if (what.transport_code != 0) {
        line += " (code ";
        line += std::to_string(what.transport_code);
        line += ')';
    }
    for (const std::string_view text : {what.server_error, what.suberror, what.server_description, what.transport_text}) {
        if (text.empty()) continue;
        line += ": ";
        detail::append_printable(line, text);
    }
    if (what.action() != remedy::none) {
        line += " - ";
        line += message(what.action());
    }
    if (!what.retry_after.empty()) {
        line += " (Retry-After: ";
        detail::append_printable(line, what.retry_after);
        line += ')';
    }
    return line;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/detail/assert.hpp> ------------------------------------------------------------------------------------

// A hook for broken preconditions (reading a value that is not there), never for bad input. Off unless you define it:
//
//   #define OAUTHPP_ASSERT(condition) assert(condition)
//   #include <oauthpp/oauthpp.hpp>

#ifndef OAUTHPP_ASSERT
#define OAUTHPP_ASSERT(condition) static_cast<void>(0)
#endif

// ---- <oauthpp/base/result.hpp> --------------------------------------------------------------------------------------

// A value or an error; true means success.
//
//   auto url = oauthpp::authorization_url(endpoint, {.client_id = id, .state = state});
//   if (!url) return report(url.error());
//   open_browser(*url);

namespace oauthpp::inline v0 {

/// What every builder and parser returns. `E` is `error` where a heap may be used and `error_view` where not.
///
/// A union by hand: std::variant costs ten milliseconds of compile time for each T.
template <class T, class E = oauthpp::error>
class [[nodiscard]] result {
 public:
    using value_type = T;
    using error_type = E;

    // By reference, since a copy by the way is what fills a small stack
    constexpr result(const T& value) : value_(value), ok_(true) {}
    constexpr result(T&& value) : value_(std::move(value)), ok_(true) {}
    constexpr result(const E& error) : error_(error), ok_(false) {}
    constexpr result(E&& error) : error_(std::move(error)), ok_(false) {}
    constexpr result(errc reason) : error_(error_view(reason)), ok_(false) {}
    constexpr result(const detail::failure& failure) : error_(error_view(failure)), ok_(false) {}
    constexpr result(const error_view& error) requires(!std::same_as<E, error_view>) : error_(error), ok_(false) {}

    constexpr result(const result& other) : ok_(other.ok_) {
        if (ok_) std::construct_at(&value_, other.value_);
        else std::construct_at(&error_, other.error_);
    }
    constexpr result(result&& other) noexcept : ok_(other.ok_) { take(std::move(other)); }
    constexpr result& operator=(const result& other) { return *this = result(other); }
    constexpr result& operator=(result&& other) noexcept {
        if (this != &other) {
            drop();
            ok_ = other.ok_;
            take(std::move(other));
        }
        return *this;
    }
    template <std::same_as<E> Error>
    constexpr result& operator=(const Error& error) { return become(error); }
    constexpr result& operator=(const detail::failure& failure) { return become(failure); }
    constexpr ~result() { drop(); }

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return ok_; }

    /// Only after a look: reading the value of a failure is a mistake in the program.
    [[nodiscard]] constexpr T& operator*() & noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr const T& operator*() const& noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept { OAUTHPP_ASSERT(ok_); return std::move(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept { OAUTHPP_ASSERT(ok_); return &value_; }
    [[nodiscard]] constexpr const T* operator->() const noexcept { OAUTHPP_ASSERT(ok_); return &value_; }

    [[nodiscard]] constexpr E& error() & noexcept { OAUTHPP_ASSERT(!ok_); return error_; }
    [[nodiscard]] constexpr const E& error() const& noexcept { OAUTHPP_ASSERT(!ok_); return error_; }
    [[nodiscard]] constexpr E&& error() && noexcept { OAUTHPP_ASSERT(!ok_); return std::move(error_); }

 private:
    /// Without a second error on the way. `cause` must not be this result's own.
    constexpr result& become(const auto& cause) {
        drop();
        ok_ = false;
        std::construct_at(&error_, cause);
        return *this;
    }
    constexpr void take(result&& other) noexcept {
        if (ok_) std::construct_at(&value_, std::move(other.value_));
        else std::construct_at(&error_, std::move(other.error_));
    }
    constexpr void drop() noexcept {
        if (ok_) value_.~T();
        else error_.~E();
    }

    union {
        T value_;
        E error_;
    };
    bool ok_;
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/detail/constant_time.hpp> -----------------------------------------------------------------------------

// Comparison of secrets that takes the same time wherever they differ. The lengths are not secret.

namespace oauthpp::inline v0::detail {

constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/detail/wipe.hpp> --------------------------------------------------------------------------------------

// Overwriting memory that held a secret, in a way that the optimiser must not leave out.

namespace oauthpp::inline v0::detail {

/// Nothing of this memory stays in registers, from which a compiler could spill it to a stack that nobody wipes; and what
/// was written to it has been written, for somebody may look. Without GCC's `asm` it does nothing.
template <class T>
constexpr void settle(T* memory) noexcept {
#ifdef __GNUC__
    if (!std::is_constant_evaluated()) asm volatile("" : : "r"(memory) : "memory");
#else
    static_cast<void>(memory);
#endif
}

template <class T>
    requires std::is_trivially_copyable_v<T>
constexpr void wipe(T* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = T{};
        return;
    }
#ifdef __GNUC__
    std::memset(memory, 0, size * sizeof(T));
    settle(memory);
#else
    volatile T* each = memory;   // plain stores to memory that dies next may be dropped
    for (std::size_t i = 0; i < size; ++i) each[i] = T{};
#endif
}

/// To the capacity: what a longer, earlier content left behind the end goes too.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

/// Memory to work in, which may hold secrets. Where stacks are large, a message of usual size lies there.
struct scratch {
    explicit scratch(std::size_t size)
        : large_(size > small_.size() ? size : 0, '\0'),
          text(size > small_.size() ? std::span<char>(large_) : std::span<char>(small_).first(size)) {}
    explicit scratch(std::string_view copied) : scratch(copied.size()) { copied.copy(text.data(), text.size()); }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() { wipe(text.data(), text.size()); }

 private:
    std::array<char, sizeof(void*) >= 8 ? 8192 : 256> small_;
    std::string large_;

 public:
    const std::span<char> text;
};

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/base/secret.hpp> --------------------------------------------------------------------------------------

// Secrets as types: never printed or converted by accident, compared in constant time, wiped when they die.
//
//   oauthpp::secret client_secret = read_from_vault();    // takes the string and wipes the source
//   send(client_secret.reveal());                         // the only way out

namespace oauthpp::inline v0 {

/// A secret that owns its bytes.
///
/// Security: wiped to its capacity on death, on assignment and on move (a moved-from std::string keeps its bytes in the
/// small buffer). Never grown in place: a growing string leaves a full copy in freed memory.
class secret {
 public:
    secret() = default;
    template <std::size_t N> secret(const char (&literal)[N]) : text_(literal) {}
    secret(std::string&& taken) : text_(std::move(taken)) { detail::wipe(taken); }
    /// Explicit: the source of a copy stays behind, unwiped.
    explicit secret(std::string_view copied) : text_(copied) {}

    secret(const secret&) = default;
    secret(secret&& other) noexcept : text_(std::move(other.text_)) { detail::wipe(other.text_); }
    secret& operator=(secret other) noexcept {
        detail::wipe(text_);   // a swap would leave the end of a short one in the small buffer
        text_ = std::move(other.text_);
        return *this;
    }
    ~secret() { detail::wipe(text_); }

    [[nodiscard]] std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    friend bool operator==(const secret& a, const secret& b) noexcept {
        return detail::equal_constant_time(a.text_, b.text_);
    }

 private:
    std::string text_;
};

/// A look at a secret in somebody else's memory.
///
/// Lifetime: borrows, and wipes nothing: the memory is its owner's.
class secret_view {
 public:
    constexpr secret_view() = default;
    secret_view(const secret& owned) noexcept : text_(owned.reveal()) {}
    constexpr secret_view(std::string_view text) noexcept : text_(text) {}
    constexpr secret_view(const char* text) noexcept : text_(text) {}
    constexpr secret_view(const std::string& text) noexcept : text_(text) {}

    [[nodiscard]] constexpr std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }
    friend constexpr bool operator==(secret_view a, secret_view b) noexcept {
        return detail::equal_constant_time(a.text_, b.text_);
    }

 private:
    std::string_view text_{};
};

/// A secret of exactly `Size` characters, held inside the object: no heap, wiped on death.
template <std::size_t Size>
class secret_array {
 public:
    constexpr secret_array() = default;
    constexpr explicit secret_array(const std::array<char, Size>& text) noexcept : text_(text) {}
    constexpr secret_array(const secret_array&) = default;
    constexpr secret_array& operator=(const secret_array&) = default;
    constexpr ~secret_array() { wipe(); }

    [[nodiscard]] constexpr std::string_view reveal() const noexcept { return {text_.data(), Size}; }
    [[nodiscard]] constexpr std::array<char, Size>& memory() noexcept { return text_; }
    constexpr operator secret_view() const noexcept { return reveal(); }
    constexpr void wipe() noexcept { detail::wipe(text_.data(), Size); }

 private:
    std::array<char, Size> text_{};
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/base/storage.hpp> -------------------------------------------------------------------------------------

// Where a message keeps its texts: `owned` in strings of its own, `borrowed` in the caller's memory. Messages are class
// templates over these two; functions never are: they take the borrowed form, into which the owned one converts.

namespace oauthpp::inline v0 {

/// A borrowed list that can look at a vector, an array, a span, ... of anything that converts to `View`.
///
/// Lifetime: three words into the caller's memory.
template <class View>
class list_view {
 public:
    constexpr list_view() = default;
    template <class Range>
        requires requires(const Range& range) { { *range.data() } -> std::convertible_to<View>; range.size(); }
    constexpr list_view(const Range& range) noexcept
        : data_(range.data()), size_(range.size()), at_([](const void* data, std::size_t i) -> View {
              return static_cast<const std::remove_pointer_t<decltype(range.data())>*>(data)[i];
          }) {}
    template <class T, std::size_t N>
    constexpr list_view(const T (&array)[N]) noexcept : list_view(std::span<const T>(array)) {}

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr View operator[](std::size_t i) const noexcept { return at_(data_, i); }

 private:
    const void* data_{};
    std::size_t size_{};
    View (*at_)(const void*, std::size_t){};
};

/// An owned list: a vector that refuses one brace too many. `{{"a", "b"}}` would be a single string made from two
/// unrelated pointers, which compiles silently and is undefined.
template <class T>
class list : public std::vector<T> {
 public:
    using std::vector<T>::vector;
    list() = default;
    list(std::initializer_list<std::initializer_list<const char*>>)
        requires std::convertible_to<const char*, T> = delete;
};

struct owned {
    using text = std::string;
    using secret = oauthpp::secret;
    template <class T, class View> using list = oauthpp::list<T>;
};

struct borrowed {
    using text = std::string_view;
    using secret = secret_view;
    template <class T, class View> using list = list_view<View>;
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/crypto/entropy.hpp> -----------------------------------------------------------------------------------

// Randomness comes from the caller: a function object that fills bytes and says whether it could.
//
//   struct my_entropy { bool operator()(std::span<std::byte> out) { return ask_hardware(out.data(), out.size()); } };
//   static_assert(oauthpp::entropy_source<my_entropy>);

namespace oauthpp::inline v0 {

/// Security: everything that must be unguessable is made from it, so it must be a cryptographic source (RFC 9700
/// 4.7.1, RFC 6749 10.10). A std::mt19937 with one 32-bit seed has four thousand million outputs, not 2^256.
template <class Source>
concept entropy_source = requires(Source& source, std::span<std::byte> out) {
    { source(out) } -> std::same_as<bool>;
};

/// The operating system's source. Declared here, defined by <oauthpp/system.hpp>: the core itself asks nobody.
struct system_entropy;

namespace detail {

template <class T>
concept complete = std::is_function_v<T> || requires { sizeof(T); };

template <class Source>
consteval bool check_entropy_source() {
    if constexpr (!complete<Source>) {
        static_assert(complete<Source>,
                      "oauthpp: include <oauthpp/system.hpp>, or pass an entropy source as the last argument");
    } else {
        static_assert(entropy_source<Source>,
                      "oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool");
    }
    return true;
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/detail/sha256_instructions.hpp> -----------------------------------------------------------------------

// A block of SHA-256 by the x86 processor's own instructions, in builds that ask for them (-msha -msse4.1, or a -march
// that has them). Not where it is built for size, nor without optimisation: there the registers' secrets would be left
// on the stack.

namespace oauthpp::inline v0::detail {

#if defined(__SHA__) && defined(__SSE4_1__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)

inline constexpr bool has_sha256_instructions = true;

/// `constants` are the 64 of FIPS 180-4 4.2.2.
inline void sha256_block(std::uint32_t* state, const std::uint32_t* block, const std::uint32_t* constants) noexcept {
    using four = int __attribute__((vector_size(16)));
    const auto load = [](const std::uint32_t* words) {
        four lanes;
        std::memcpy(&lanes, words, sizeof lanes);
        return lanes;
    };
    const auto word = [state](int i) { return static_cast<int>(state[i]); };
    four abef{word(5), word(4), word(1), word(0)};
    four cdgh{word(7), word(6), word(3), word(2)};
    const four abef_before = abef, cdgh_before = cdgh;

    four w0 = load(block), w1 = load(block + 4), w2 = load(block + 8), w3 = load(block + 12);
    // Four rounds with `now`, which then becomes the message schedule's words of 16 rounds later
    const auto four_rounds = [&](int i, four& now, const four& next, const four& third, const four& last) {
        using unsigned_four = std::uint32_t __attribute__((vector_size(16)));
        const auto sum = [](four a, four b) { return (four)((unsigned_four)a + (unsigned_four)b); };
        const four input = sum(now, load(constants + 4 * i));
        cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, input);
        abef = __builtin_ia32_sha256rnds2(abef, cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));
        if (i >= 12) return;
        const four recent = __builtin_shufflevector(third, last, 1, 2, 3, 4);
        now = __builtin_ia32_sha256msg2(sum(__builtin_ia32_sha256msg1(now, next), recent), last);
    };
    for (int i = 0; i < 16; i += 4) {
        four_rounds(i + 0, w0, w1, w2, w3);
        four_rounds(i + 1, w1, w2, w3, w0);
        four_rounds(i + 2, w2, w3, w0, w1);
        four_rounds(i + 3, w3, w0, w1, w2);
    }
    const int order[] = {3, 2, 3, 2, 1, 0, 1, 0};   // where a, b, c ... h are: e and f lie beside a and b
    for (int i = 0; i < 8; ++i) {
        const bool in_abef = (i & 2) == 0;
        const four& after = in_abef ? abef : cdgh;
        const four& before = in_abef ? abef_before : cdgh_before;
        state[i] = static_cast<std::uint32_t>(after[order[i]]) + static_cast<std::uint32_t>(before[order[i]]);
    }
}

#else

inline constexpr bool has_sha256_instructions = false;
inline void sha256_block(std::uint32_t*, const std::uint32_t*, const std::uint32_t*) noexcept {}

#endif

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/crypto/sha256.hpp> ------------------------------------------------------------------------------------

// SHA-256 (FIPS 180-4): what PKCE hashes with.
//
//   std::array<std::byte, 32> digest = oauthpp::sha256("abc");

namespace oauthpp::inline v0 {

/// Bytes in, in any portions; the digest out.
///
/// Security: what it was fed may be a secret (a code verifier, a key), so it is wiped when it dies.
class sha256_stream {
 public:
    constexpr sha256_stream() = default;
    constexpr sha256_stream(const sha256_stream&) = default;
    constexpr sha256_stream& operator=(const sha256_stream&) = default;
    constexpr ~sha256_stream() {
        detail::wipe(state_.data(), state_.size());
        detail::wipe(block_.data(), block_.size());
    }

    constexpr void update(std::string_view bytes) noexcept;
    /// Ends the stream.
    [[nodiscard]] constexpr std::array<std::byte, 32> digest() noexcept;

 private:
    constexpr void put(char byte) noexcept {
        std::uint32_t& word = block_[filled_ >> 2];
        word = (word << 8) | static_cast<unsigned char>(byte);
        if (++filled_ == 64) compress();
    }
    constexpr void put_word(std::uint32_t word) noexcept {
        block_[filled_ >> 2] = word;
        filled_ += 4;
        if (filled_ == 64) compress();
    }
    /// Takes the block, which is full, into the state.
    constexpr void compress() noexcept;

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint32_t, 16> block_{};
    std::size_t filled_ = 0;   // bytes of the block
    std::uint64_t size_ = 0;
};

[[nodiscard]] constexpr std::array<std::byte, 32> sha256(std::string_view bytes) noexcept {
    sha256_stream stream;
    stream.update(bytes);
    return stream.digest();
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
inline constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

}  // namespace detail

constexpr void sha256_stream::update(std::string_view bytes) noexcept {
    size_ += bytes.size();
    if (detail::has_wide_words) {
        for (; filled_ % 4 == 0 && bytes.size() >= 4; bytes.remove_prefix(4)) {
            const auto byte = [bytes](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
            put_word(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
        }
    }
    for (const char byte : bytes) put(byte);
}

constexpr std::array<std::byte, 32> sha256_stream::digest() noexcept {
    put('\x80');
    while (filled_ % 4 != 0) put('\0');
    while (filled_ != 56) put_word(0);
    put_word(static_cast<std::uint32_t>(size_ >> 29));   // in bits
    put_word(static_cast<std::uint32_t>(size_ << 3));
    std::array<std::byte, 32> out{};
    for (std::size_t i = 0; i < 32; ++i) out[i] = static_cast<std::byte>((state_[i / 4] >> (24 - 8 * (i % 4))) & 0xFF);
    return out;
}

constexpr void sha256_stream::compress() noexcept {
    if (detail::has_sha256_instructions && !std::is_constant_evaluated()) {
        detail::sha256_block(state_.data(), block_.data(), detail::sha256_constants.data());
        filled_ = 0;
        return;
    }
    const auto round = [this](std::size_t i, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d,
                              std::uint32_t e, std::uint32_t f, std::uint32_t g, std::uint32_t& h) {
        // It looks back on 16 words of the message schedule, so it replaces the block: no copy stays on the stack.
        std::uint32_t& word = block_[i & 15];
        if (i >= 16) {
            const std::uint32_t old = block_[(i + 1) & 15];
            const std::uint32_t recent = block_[(i + 14) & 15];
            word += (std::rotr(old, 7) ^ std::rotr(old, 18) ^ (old >> 3)) + block_[(i + 9) & 15] +
                    (std::rotr(recent, 17) ^ std::rotr(recent, 19) ^ (recent >> 10));
        }
        h += (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + detail::sha256_constants[i] + word;
        d += h;
        h += (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
    };
    auto [a, b, c, d, e, f, g, h] = state_;
    if (detail::has_wide_words) {   // for speed: the names go round, and no value is moved
        for (std::size_t i = 0; i < 64; i += 8) {
            round(i + 0, a, b, c, d, e, f, g, h);
            round(i + 1, h, a, b, c, d, e, f, g);
            round(i + 2, g, h, a, b, c, d, e, f);
            round(i + 3, f, g, h, a, b, c, d, e);
            round(i + 4, e, f, g, h, a, b, c, d);
            round(i + 5, d, e, f, g, h, a, b, c);
            round(i + 6, c, d, e, f, g, h, a, b);
            round(i + 7, b, c, d, e, f, g, h, a);
        }
    } else {
        for (std::size_t i = 0; i < 64; ++i) {
            round(i, a, b, c, d, e, f, g, h);
            const std::uint32_t last = h;
            h = g;
            g = f;
            f = e;
            e = d;
            d = c;
            c = b;
            b = a;
            a = last;
        }
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += added[i];
    filled_ = 0;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/crypto/hmac.hpp> --------------------------------------------------------------------------------------

// HMAC-SHA-256 (RFC 2104, RFC 4231): a tag that only who knows the key can make.

namespace oauthpp::inline v0 {

/// Bytes. Security: whoever sees one tag of a shorter key could try all short ones (RFC 2104 3, RFC 7518 3.2).
inline constexpr std::size_t min_hmac_key_size = 32;

/// Security: compare two tags with `==` of secret_view, in constant time, never with memcmp.
[[nodiscard]] constexpr std::array<std::byte, 32> hmac_sha256(secret_view key, std::string_view message) noexcept {
    secret_array<64> block;     // the key, or its hash when it is longer, and zeros
    if (key.reveal().size() > block.memory().size()) {
        auto hashed = sha256(key.reveal());
        for (std::size_t i = 0; i < hashed.size(); ++i) block.memory()[i] = static_cast<char>(hashed[i]);
        detail::wipe(hashed.data(), hashed.size());   // as good as the key
    } else {
        for (std::size_t i = 0; i < key.reveal().size(); ++i) block.memory()[i] = key.reveal()[i];
    }
    const auto flip_all = [&](unsigned mask) {
        detail::settle(block.memory().data());
        for (char& c : block.memory()) c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
    };

    sha256_stream inner;
    flip_all(0x36);
    inner.update(block.reveal());
    inner.update(message);
    const auto inner_digest = inner.digest();

    sha256_stream outer;
    flip_all(0x36 ^ 0x5C);
    outer.update(block.reveal());
    for (const std::byte byte : inner_digest) {
        const char c = static_cast<char>(byte);
        outer.update({&c, 1});
    }
    return outer.digest();
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/crypto/sha512.hpp> ------------------------------------------------------------------------------------

// SHA-512 and SHA-384 (FIPS 180-4): what the hash claims of an ID token use beside the longer signature algorithms.
//
//   std::array<std::byte, 64> digest = oauthpp::sha512("abc");

namespace oauthpp::inline v0 {

[[nodiscard]] constexpr std::array<std::byte, 64> sha512(std::string_view bytes) noexcept;
[[nodiscard]] constexpr std::array<std::byte, 48> sha384(std::string_view bytes) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
inline constexpr std::array<std::uint64_t, 80> sha512_constants{
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

using sha512_state = std::array<std::uint64_t, 8>;

constexpr void sha512_compress(sha512_state& state, const std::array<unsigned char, 128>& block) noexcept {
    std::array<std::uint64_t, 16> window{};
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint64_t& word = window[i & 15];
        if (i < 16) {
            for (std::size_t j = 0; j < 8; ++j) word = (word << 8) | block[8 * i + j];
        } else {
            const std::uint64_t old = window[(i + 1) & 15];
            const std::uint64_t recent = window[(i + 14) & 15];
            word += (std::rotr(old, 1) ^ std::rotr(old, 8) ^ (old >> 7)) + window[(i + 9) & 15] +
                    (std::rotr(recent, 19) ^ std::rotr(recent, 61) ^ (recent >> 6));
        }
        const std::uint64_t first = h + (std::rotr(e, 14) ^ std::rotr(e, 18) ^ std::rotr(e, 41)) + ((e & f) ^ (~e & g)) +
                                    sha512_constants[i] + word;
        const std::uint64_t second = (std::rotr(a, 28) ^ std::rotr(a, 34) ^ std::rotr(a, 39)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const sha512_state added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

template <std::size_t Size>
constexpr std::array<std::byte, Size> sha512_digest(sha512_state state, std::string_view bytes) noexcept {
    std::array<unsigned char, 128> block{};
    std::size_t filled = 0;
    const auto put = [&](unsigned char byte) {
        block[filled++] = byte;
        if (filled != block.size()) return;
        sha512_compress(state, block);
        filled = 0;
    };
    for (const char c : bytes) put(static_cast<unsigned char>(c));
    put(0x80);
    while (filled != 112) put(0);
    for (int i = 0; i < 8; ++i) put(0);   // the size has 128 bits, of which no input fills more than 64
    const std::uint64_t bits = std::uint64_t{bytes.size()} << 3;
    for (unsigned shift = 64; shift != 0; shift -= 8) put(static_cast<unsigned char>((bits >> (shift - 8)) & 0xFF));
    std::array<std::byte, Size> digest{};
    for (std::size_t i = 0; i < Size; ++i) digest[i] = static_cast<std::byte>((state[i / 8] >> (56 - 8 * (i % 8))) & 0xFF);
    return digest;
}

}  // namespace detail

constexpr std::array<std::byte, 64> sha512(std::string_view bytes) noexcept {
    return detail::sha512_digest<64>({0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}, bytes);
}

constexpr std::array<std::byte, 48> sha384(std::string_view bytes) noexcept {
    return detail::sha512_digest<48>({0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
                                      0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}, bytes);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/detail/erased.hpp> ------------------------------------------------------------------------------------

// An address without its type, for references that cannot be templates.

namespace oauthpp::inline v0::detail {

/// Also of what is constant: whoever uses the address casts it back to what it was.
template <class T>
constexpr void* erased(T& each) noexcept {
    return const_cast<void*>(static_cast<const void*>(&each));
}

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/crypto/signature_verifier.hpp> ------------------------------------------------------------------------

// The seam to a library that checks signatures with public keys. <oauthpp/adapter/openssl.hpp> has one.
//
//   struct my_verifier {
//       oauthpp::verdict verify(std::string_view algorithm, const oauthpp::public_key_view& key, std::string_view bytes,
//                               std::span<const std::byte> signature);
//   };
//   static_assert(oauthpp::signature_verifier<my_verifier>);

namespace oauthpp::inline v0 {

enum class key_type : std::uint8_t { rsa, p256, p384, p521, ed25519 };

/// The numbers of a public key, big-endian, as RFC 7518 6 and RFC 8037 2 have them.
///
/// Security: a verifier refuses numbers that are no key: a point off the curve, a modulus that is even or below 2048 bits.
struct public_key_view {
    key_type type{};
    std::span<const std::byte> first{};    ///< RSA: modulus. Others: x
    std::span<const std::byte> second{};   ///< RSA: exponent. EC: y
};

enum class verdict : std::uint8_t {
    valid,
    invalid,
    unsupported,   ///< an algorithm, a curve or a key that this library does not have
};

/// `signature`: for ECDSA R and S side by side (RFC 7518 3.4), not DER.
template <class T>
concept signature_verifier =
    std::is_class_v<T> && requires(T& each, std::string_view text, const public_key_view& key, std::span<const std::byte> signature) {
        { each.verify(text, key, text, signature) } -> std::same_as<verdict>;
    };

/// Two pointers to a verifier, or none.
///
/// Lifetime: the verifier must outlive it.
class signature_verifier_ref {
 public:
    constexpr signature_verifier_ref() noexcept = default;
    template <signature_verifier Verifier>
        requires(!std::same_as<Verifier, signature_verifier_ref>)      // or a copy would refer to the original
    constexpr signature_verifier_ref(Verifier& verifier) noexcept
        : verifier_(detail::erased(verifier)),
          verify_([](void* each, std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                     std::span<const std::byte> signature) {
              return static_cast<Verifier*>(each)->verify(algorithm, key, bytes, signature);
          }) {}
    template <signature_verifier Verifier>
    signature_verifier_ref(const Verifier&&) = delete;

    [[nodiscard]] explicit operator bool() const noexcept { return verify_ != nullptr; }
    [[nodiscard]] verdict verify(std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                                 std::span<const std::byte> signature) const {
        return verify_ == nullptr ? verdict::unsupported : verify_(verifier_, algorithm, key, bytes, signature);
    }

 private:
    void* verifier_{};
    verdict (*verify_)(void*, std::string_view, const public_key_view&, std::string_view, std::span<const std::byte>){};
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/crypto/signer.hpp> ------------------------------------------------------------------------------------

// The seam to a private key: it signs, and knows the name of its algorithm. The key stays where it is, in a file, a
// token or another machine.
//
//   struct my_key {
//       std::string_view algorithm() { return "ES256"; }
//       std::size_t sign(std::string_view bytes, std::span<std::byte> out) { return sign_with_hardware(bytes, out); }
//   };
//   static_assert(oauthpp::signer<my_key>);

namespace oauthpp::inline v0 {

/// The longest signature: RSA with 8192 bits.
inline constexpr std::size_t max_signature_size = 1024;

/// `algorithm`: a name of RFC 7518 3.1 or RFC 8037, such as `ES256`. `sign`: the number of bytes written, 0 for failure;
/// for ECDSA R and S side by side (RFC 7518 3.4), not DER.
template <class T>
concept signer = std::is_class_v<T> && requires(T& each, std::string_view bytes, std::span<std::byte> out) {
    { each.algorithm() } -> std::same_as<std::string_view>;
    { each.sign(bytes, out) } -> std::same_as<std::size_t>;
};

/// Two pointers to a signer, for places that cannot be templates.
///
/// Lifetime: the signer must outlive it.
class signer_ref {
 public:
    template <signer Signer>
        requires(!std::same_as<Signer, signer_ref>)      // which is a signer, too, and would be referred to, not copied
    constexpr signer_ref(Signer& key) noexcept : key_(detail::erased(key)), calls_(&calls_of<Signer>) {}
    template <signer Signer>
    signer_ref(const Signer&&) = delete;

    [[nodiscard]] std::string_view algorithm() const { return calls_->algorithm(key_); }
    [[nodiscard]] std::size_t sign(std::string_view bytes, std::span<std::byte> out) const { return calls_->sign(key_, bytes, out); }

 private:
    struct calls {
        std::string_view (*algorithm)(void*);
        std::size_t (*sign)(void*, std::string_view, std::span<std::byte>);
    };
    template <class Signer>
    static constexpr calls calls_of{
        [](void* key) { return static_cast<Signer*>(key)->algorithm(); },
        [](void* key, std::string_view bytes, std::span<std::byte> out) { return static_cast<Signer*>(key)->sign(bytes, out); },
    };

    void* key_;
    const calls* calls_;
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/writer.hpp> --------------------------------------------------------------------------------------

// Writing into memory that the caller lends. When it is full the writer counts on, so it knows what would have done.
//
//   std::array<char, 768> memory;
//   oauthpp::buffer_writer out{memory};
//   auto url = oauthpp::write_authorization_url(out, endpoint, request);

namespace oauthpp::inline v0 {

/// Several messages may follow one another in one buffer.
///
/// Lifetime: what it returns are views into the lent memory.
class buffer_writer {
 public:
    constexpr explicit buffer_writer(std::span<char> memory) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    constexpr void append(std::string_view text) noexcept {
        if (fits() && text.size() <= capacity_ - size_) copy(text);
        size_ = text.size() <= SIZE_MAX - size_ ? size_ + text.size() : SIZE_MAX;   // never round to small again
    }
    constexpr void append(char c) noexcept { append(std::string_view(&c, 1)); }

    [[nodiscard]] constexpr bool fits() const noexcept { return size_ <= capacity_; }
    /// Bytes written, or those that would have been enough.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr std::string_view written_since(std::size_t mark) const noexcept {
        return fits() ? std::string_view(memory_ + mark, size_ - mark) : std::string_view();
    }

    /// Takes back what was written since `mark` and leaves nothing of it behind.
    constexpr void take_back(std::size_t mark) noexcept {
        if (mark < capacity_) detail::wipe(memory_ + mark, (fits() ? size_ : capacity_) - mark);
        size_ = mark;
    }

 private:
    constexpr void copy(std::string_view text) noexcept {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < text.size(); ++i) memory_[size_ + i] = text[i];
        } else if (!text.empty()) {
            std::memcpy(memory_ + size_, text.data(), text.size());
        }
    }

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
};

namespace detail {

/// Turns `made` into the error that says how much would have been enough, if it did not fit; then nothing is left behind.
template <class T>
constexpr void finish(buffer_writer& out, std::size_t mark, result<T, error_view>& made) noexcept {
    if (out.fits()) return;
    made = failure{errc::buffer_too_small};
    made.error().needed = out.size();
    out.take_back(mark);
}

/// What was written, or, if it did not fit, the error.
constexpr result<std::string_view, error_view> finish(buffer_writer& out, std::size_t mark) {
    result<std::string_view, error_view> written(out.written_since(mark));
    finish(out, mark, written);
    return written;
}

/// Runs `write` into memory on the stack, and once more into a string of exactly the size if that was not enough. One
/// allocation, and no growing string that would leave copies of a secret behind.
template <class Write>
result<std::string> write_to_string(const Write& write) {
    std::array<char, 2048> memory;
    buffer_writer first{memory};
    const auto measured = write(first);
    if (measured) {
        std::string text(first.written_since(0));
        first.take_back(0);
        return text;
    }
    if (measured.error().reason != errc::buffer_too_small) return measured.error();
    std::string text(measured.error().needed, '\0');
    buffer_writer out{text};
    if (const auto written = write(out); !written) return written.error();
    return text;
}

/// In decimal. By shifts, since a division of 64 bits pulls a kilobyte of library into a microcontroller.
constexpr void append_decimal(buffer_writer& out, std::uint64_t value) noexcept {
    char digits[20]{};
    std::size_t first = sizeof digits;
    do {
        std::uint64_t tenth = (value >> 1) + (value >> 2);
        tenth += tenth >> 4;
        tenth += tenth >> 8;
        tenth += tenth >> 16;
        tenth += tenth >> 32;
        tenth >>= 3;
        auto rest = static_cast<unsigned>(value - tenth * 10);
        if (rest > 9) { ++tenth; rest -= 10; }
        digits[--first] = static_cast<char>('0' + rest);
        value = tenth;
    } while (value != 0);
    out.append({digits + first, sizeof digits - first});
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/base64url.hpp> -----------------------------------------------------------------------------------

// base64url without padding (RFC 4648 5, RFC 7515 2), as PKCE and JOSE write it, and the padded base64 of HTTP Basic.
//
//   auto text = oauthpp::base64url_encode(oauthpp::sha256(verifier));      // 43 characters

namespace oauthpp::inline v0 {

namespace detail {

/// A third, rounded up. A division would pull library into a processor that has none, so this multiplies with the
/// inverse of 3 modulo the range: of multiples of 3, and of nothing else, the product is in the range's lower third.
constexpr std::size_t third_of(std::size_t n) noexcept {
    constexpr std::size_t lower_third = SIZE_MAX / 3;
    constexpr std::size_t inverse = 2 * lower_third + 1;
    while (n * inverse > lower_third) ++n;
    return n * inverse;
}

}  // namespace detail

/// Characters that `bytes` bytes become, without padding.
[[nodiscard]] constexpr std::size_t base64url_size(std::size_t bytes) noexcept {
    return bytes + detail::third_of(bytes);
}

template <std::size_t Size>
[[nodiscard]] constexpr std::array<char, base64url_size(Size)> base64url_encode(
    const std::array<std::byte, Size>& bytes) noexcept;

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept;

/// Bytes of any number, as a string.
[[nodiscard]] inline std::string base64url_encode(std::span<const std::byte> bytes) {
    std::string text(base64url_size(bytes.size()), '\0');
    buffer_writer out(text);
    append_base64url(out, bytes);
    return text;
}

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Security: strict, so that one value has one encoding (RFC 4648 3.3, 3.5): no padding, no white space, no other
/// alphabet, no bits left over in the last character.
/// Errors: invalid_value with the offset of the character, or of the end where bits are left over; buffer_too_small
///   with the size needed.
constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr char base64url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of a base64url character, or 64.
constexpr std::uint32_t base64url_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/// Bytes that a text becomes; an upper bound if it is malformed.
constexpr std::size_t base64url_decoded_size(std::string_view text) noexcept { return text.size() - (text.size() + 3) / 4; }

/// Bytes in, characters out as soon as there are six bits; what remains is written by `finish`.
class base64_stream {
 public:
    constexpr base64_stream(buffer_writer& out, const char* alphabet) noexcept : out_(out), alphabet_(alphabet) {}

    constexpr void append(char byte) noexcept {
        bits_ = (bits_ << 8) | static_cast<unsigned char>(byte);
        for (held_ += 8; held_ >= 6;) {
            held_ -= 6;
            write(bits_ >> held_);
        }
    }
    constexpr void append(std::string_view text) noexcept {
        for (const char c : text) append(c);
    }
    constexpr void finish(bool padded) noexcept {
        if (held_ == 0) return;
        write(bits_ << (6 - held_));
        for (; padded && held_ < 6; held_ += 2) out_.append('=');
    }

 private:
    constexpr void write(std::uint32_t bits) noexcept { out_.append(alphabet_[bits & 63]); }

    buffer_writer& out_;
    const char* alphabet_;
    std::uint32_t bits_ = 0;
    unsigned held_ = 0;   // bits that are not written yet
};

}  // namespace detail

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept {
    detail::base64_stream stream(out, detail::base64url_alphabet);
    for (const std::byte byte : bytes) stream.append(static_cast<char>(byte));
    stream.finish(false);
}

template <std::size_t Size>
constexpr std::array<char, base64url_size(Size)> base64url_encode(const std::array<std::byte, Size>& bytes) noexcept {
    std::array<char, base64url_size(Size)> text{};
    buffer_writer out{text};
    append_base64url(out, bytes);
    return text;
}

constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept {
    const std::size_t size = detail::base64url_decoded_size(text);
    if (out.size() < size) {
        error_view full(errc::buffer_too_small);
        full.needed = size;
        return full;
    }
    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const std::uint32_t value = detail::base64url_value(text[at]);
        if (value == 64) break;
        bits = (bits << 6) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[written++] = static_cast<char>((bits >> held) & 0xFF);
            bits &= (1U << held) - 1;
        }
    }
    // Six bits left over are no byte; others must be zero.
    if (at != text.size() || held == 6 || bits != 0) return detail::failure{errc::invalid_value, {}, at};
    return written;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/utf8.hpp> ----------------------------------------------------------------------------------------

// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.

namespace oauthpp::inline v0 {

/// The length of the well-formed sequence at `at`, 1 to 4 bytes; 0 if there is none.
[[nodiscard]] constexpr std::size_t utf8_sequence(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) return 1;
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || text.size() - at < size) return 0;
    std::uint32_t code_point = lead & (0xFFU >> size);   // with the zero after the leading ones, set from 0xF8 on
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return 0;
        code_point = (code_point << 6) | (byte(at + i) & 0x3F);
    }
    const bool overlong = code_point >> (5 * size - 4) == 0;
    const bool surrogate = code_point >> 11 == 0xD800 >> 11;
    return overlong || surrogate || code_point > 0x10FFFF ? 0 : size;
}

/// The offset of the first byte that is not well-formed, or the size.
[[nodiscard]] constexpr std::size_t utf8_error(std::string_view text) noexcept {
    std::size_t at = detail::plain_run(text);
    while (at < text.size()) {
        const std::size_t size = utf8_sequence(text, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

/// Writes one code point, at most 4 bytes, and gives their number.
constexpr std::size_t write_utf8(std::uint32_t code_point, char* out) noexcept {
    char* to = out;
    if (code_point < 0x80) {
        *to++ = static_cast<char>(code_point);
    } else {
        unsigned shift = 0;
        std::uint32_t limit = 0x40;      // what the first byte has room for
        do {
            shift += 6;
            limit >>= 1;
        } while (code_point >> shift >= limit);
        *to++ = static_cast<char>((code_point >> shift) - 2 * limit);
        do {
            shift -= 6;
            *to++ = static_cast<char>(((code_point >> shift) & 0x3F) + 0x80);
        } while (shift != 0);
    }
    return static_cast<std::size_t>(to - out);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/form.hpp> ----------------------------------------------------------------------------------------

// application/x-www-form-urlencoded, as queries, fragments and bodies carry it (RFC 6749 appendix B).
//
//   oauthpp::form_reader form(query);
//   while (form.next()) if (form.is("code")) ...

namespace oauthpp::inline v0 {

/// A name and its value, decoded.
template <class Storage>
struct basic_parameter {
    typename Storage::text name{};
    typename Storage::text value{};

    constexpr operator basic_parameter<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {name, value}; }
};
using parameter = basic_parameter<owned>;
using parameter_view = basic_parameter<borrowed>;

/// How a space leaves. Decoders accept both; a few servers read only one of them in a scope.
enum class space : std::uint8_t {
    percent_20,   ///< `%20`, as RFC 3986 has it: right in every part of a URL
    plus,         ///< `+`, as HTML forms have it
};

/// Appends `text` so that it survives in a query: everything but RFC 3986's unreserved characters is escaped.
constexpr void append_query_escaped(buffer_writer& out, std::string_view text, space how = space::percent_20) noexcept;

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Errors: malformed_form with the offset, for a percent escape that is cut or not hexadecimal, and for bytes that are
/// no UTF-8 afterwards. On failure `out` holds part of the text.
constexpr result<std::size_t, error_view> form_decode(std::string_view text, char* out) noexcept;

/// Walks over the pairs of a form without decoding them: first split, then decode, or an escaped `&` becomes a
/// separator and a value becomes parameters.
class form_reader {
 public:
    constexpr explicit form_reader(std::string_view form) noexcept : form_(form) {}

    /// To the next pair; false at the end. Empty pairs, as in `&&`, are passed over.
    constexpr bool next() noexcept;
    /// Whether the name decodes to `plain`.
    [[nodiscard]] constexpr bool is(std::string_view plain) const noexcept;
    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }

 private:
    std::string_view form_;
    std::string_view name_{};
    std::string_view value_{};
    std::size_t at_ = 0;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// A set of ASCII characters. Where size matters it takes 16 bytes: for those with the same lower half, one bit for each
/// upper half, and a byte beyond ASCII has no bit. Elsewhere it takes a byte for each.
struct character_set {
    std::array<std::uint8_t, has_wide_words ? 256 : 16> bits{};

    constexpr character_set(std::string_view marks) noexcept {
        for (char c = '0'; c <= '9'; ++c) add(c);
        for (char c = 'a'; c <= 'z'; ++c) { add(c); add(static_cast<char>(c - 'a' + 'A')); }
        for (const char c : marks) add(c);
    }
    constexpr void add(char c) noexcept {
        const auto u = static_cast<unsigned char>(c);
        std::uint8_t& bit = bits[u & (bits.size() - 1)];
        bit = static_cast<std::uint8_t>(has_wide_words ? 1 : bit | 1U << (u >> 4));
    }
    [[nodiscard]] constexpr bool has(char c) const noexcept {
        const auto u = static_cast<unsigned char>(c);
        if (has_wide_words) return bits[u & (bits.size() - 1)] != 0;
        return ((bits[u & 15] >> (u >> 4)) & 1) != 0;
    }
};

inline constexpr character_set query_unescaped{"-._~"};   // RFC 3986 2.3
inline constexpr character_set form_unescaped{"*-._"};    // WHATWG URL, application/x-www-form-urlencoded serializing

inline constexpr char hex_digits[] = "0123456789ABCDEF";   // inside the function it would be copied at every call

template <class Sink>
constexpr void append_escaped(Sink& out, std::string_view text, const character_set& unescaped, space how) noexcept {
    std::size_t begin = 0;
    for (std::size_t i = name_run(text); i < text.size(); ++i) {
        if (unescaped.has(text[i])) {
            if (text.size() - i > 16) i += name_run(from(text, i + 1));
            continue;
        }
        out.append(between(text, begin, i));
        begin = i + 1;
        if (text[i] == ' ' && how == space::plus) {
            out.append('+');
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape[] = {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};
        out.append(std::string_view(escape, 3));
    }
    out.append(from(text, begin));
}

/// The value of a hexadecimal digit of either case, or 16.
constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10) : 16;
}

/// One decoded byte at `at`, which moves on; -1 for a bad escape.
constexpr int form_byte(std::string_view text, std::size_t& at) noexcept {
    const char c = text[at++];
    if (c == '+') return ' ';
    if (c != '%') return static_cast<unsigned char>(c);
    if (text.size() - at < 2) return -1;
    const unsigned high = hex_value(text[at]);
    const unsigned low = hex_value(text[at + 1]);
    if (high > 15 || low > 15) return -1;
    at += 2;
    return static_cast<int>(high * 16 + low);
}

constexpr bool form_equals(std::string_view text, std::string_view plain) noexcept {
    std::size_t at = 0;
    for (const char c : plain) {
        if (at == text.size() || form_byte(text, at) != static_cast<unsigned char>(c)) return false;
    }
    return at == text.size();
}

/// What `form_decode` will write; an upper bound if the text is malformed.
constexpr std::size_t form_decoded_size(std::string_view text) noexcept {
    std::size_t size = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') continue;
        if (text.size() - i > 2) size -= 2;
        i += 2;
    }
    return size;
}

/// Appends `name=value` to a body, after `&` unless it is the first since `mark`. An empty value is an absent
/// parameter (RFC 6749 3.1).
constexpr void append_form_pair(buffer_writer& out, std::size_t mark, std::string_view name, std::string_view value) noexcept {
    if (value.empty()) return;
    if (out.size() != mark) out.append('&');
    append_escaped(out, name, form_unescaped, space::plus);
    out.append('=');
    append_escaped(out, value, form_unescaped, space::plus);
}

/// What `form_decode` does; the offset of a bad escape is where it stopped, and `failed` says so.
struct form_decoding {
    std::size_t size{};
    std::size_t stopped_at{};
    bool failed{};
};

/// The first `plain` bytes have no escape and stand in `out` already.
constexpr form_decoding decode_form(std::string_view text, char* out, std::size_t plain = 0) noexcept {
    std::size_t written = plain;
    std::size_t at = plain;
    while (at < text.size()) {
        const std::size_t begin = at;
        const int byte = form_byte(text, at);
        if (byte < 0) return {written, begin, true};
        out[written++] = static_cast<char>(byte);
    }
    return {written, 0, utf8_error({out, written}) != written};
}

}  // namespace detail

constexpr void append_query_escaped(buffer_writer& out, std::string_view text, space how) noexcept {
    detail::append_escaped(out, text, detail::query_unescaped, how);
}

constexpr result<std::size_t, error_view> form_decode(std::string_view text, char* out) noexcept {
    const detail::form_decoding decoded = detail::decode_form(text, out);
    if (decoded.failed) return detail::failure{errc::malformed_form, {}, decoded.stopped_at};
    return decoded.size;
}

constexpr bool form_reader::next() noexcept {
    while (at_ < form_.size()) {
        const std::string_view rest = detail::from(form_, at_);
        const std::string_view pair = detail::between(rest, 0, detail::index_of(rest, '&'));
        at_ += pair.size() + 1;
        if (pair.empty()) continue;
        const std::size_t equals = detail::index_of(pair, '=');
        name_ = detail::between(pair, 0, equals);
        value_ = equals == pair.size() ? std::string_view() : detail::from(pair, equals + 1);
        return true;
    }
    return false;
}

constexpr bool form_reader::is(std::string_view plain) const noexcept { return detail::form_equals(name_, plain); }

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/http_message.hpp> --------------------------------------------------------------------------------

// The HTTP request and response that cross to your HTTP stack: whole, and with only the headers that matter, by name.
//
//   for (auto [name, value] : request.headers()) if (!value.empty()) my_stack.set_header(name, value);

namespace oauthpp::inline v0 {

struct http_header {
    std::string_view name{};
    std::string_view value{};
};

/// Security: body and Authorization hold credentials, so they are secrets too. Do not follow redirects with this
/// request, and do not send it a second time by yourself: a code works once.
template <class Storage>
struct basic_http_request {
    std::string_view method{"POST"};
    typename Storage::text url{};
    std::string_view content_type{};
    std::string_view accept{"application/json"};
    typename Storage::secret authorization{};
    typename Storage::secret body{};

    constexpr operator basic_http_request<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {method, url, content_type, accept, authorization, body}; }

    /// Every header to send. One with an empty value is not sent.
    [[nodiscard]] constexpr std::array<http_header, 3> headers() const noexcept {
        return {{{"Content-Type", content_type}, {"Accept", accept}, {"Authorization", authorization.reveal()}}};
    }
};
using http_request = basic_http_request<owned>;
using http_request_view = basic_http_request<borrowed>;

/// A response with any status: a 4xx is an answer, not a failure of the transport.
template <class Storage>
struct basic_http_response {
    int status{};
    typename Storage::text content_type{};   ///< Content-Type as received; empty: there was none
    typename Storage::text retry_after{};    ///< Retry-After as received
    typename Storage::secret body{};
    typename Storage::text www_authenticate{};   ///< as received; of several fields one text, with commas between them

    constexpr operator basic_http_response<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {status, content_type, retry_after, body, www_authenticate}; }
};
using http_response = basic_http_response<owned>;
using http_response_view = basic_http_response<borrowed>;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline http_request owned_copy(const http_request_view& view) {
    http_request request;
    request.method = view.method;
    request.url = std::string(view.url);
    request.content_type = view.content_type;
    request.accept = view.accept;
    request.authorization = secret(view.authorization.reveal());
    request.body = secret(view.body.reveal());
    return request;
}

/// Runs `write` into memory on the stack, or on the heap if that is not enough, then copies each part into a string of
/// its own.
template <class Write>
result<http_request> make_owned_request(const Write& write) {
    std::array<char, 2048> memory;
    buffer_writer first{memory};
    const result<http_request_view, error_view> measured = write(first);
    if (measured) {
        http_request request = owned_copy(*measured);
        first.take_back(0);
        return request;
    }
    if (measured.error().reason != errc::buffer_too_small) return measured.error();
    scratch larger(measured.error().needed);
    buffer_writer out{larger.text};
    const result<http_request_view, error_view> written = write(out);
    if (!written) return written.error();
    return owned_copy(*written);
}

}  // namespace detail

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/json.hpp> ----------------------------------------------------------------------------------------

// JSON (RFC 8259) read strictly and without memory of its own: one pass over the members of one object. What a member
// holds is a view of its text; objects and arrays inside are checked as thoroughly and handed out whole.
//
//   std::array<std::uint16_t, 64> room;
//   oauthpp::json_object object(text, room);
//   while (object.next()) if (object.is("access_token")) ...
//   if (object.failed()) return object.failure();

namespace oauthpp::inline v0 {

enum class json_type : std::uint8_t { null, boolean, number, string, object, array };

/// A value as it stands in the text, known to be well-formed; a string without its quotes.
struct json_value {
    json_type type{};
    bool escaped{};             ///< a string with backslashes in it
    std::string_view text{};
};

namespace detail {

/// A place in a JSON text, or in a plain one, where quotes and backslashes stand for themselves.
class json_cursor {
 public:
    static constexpr unsigned char json = '"', plain = 0xFF;     // what ends a string; UTF-8 has no 0xFF
    static constexpr std::uint32_t last = 0x10FFFF, malformed = 0xFFFFFFFE, end = 0xFFFFFFFF;
    constexpr explicit json_cursor(std::string_view in, unsigned char stop = json) noexcept : text(in), stop_(stop) {}

    constexpr unsigned take() noexcept;                // the next byte, 0xFF behind the last one
    constexpr std::uint32_t character() noexcept;      // the next code point of a string, up to `last`; malformed; end
    constexpr bool string() noexcept;                  // to behind the closing quote
    constexpr bool scalar(unsigned first) noexcept;    // to behind a number, `true`, `false` or `null`

    std::string_view text;
    std::size_t at = 0;
    bool escaped = false;       // there was a backslash

 private:
    constexpr std::uint32_t escaped_unit() noexcept;
    unsigned char stop_;
};

}  // namespace detail

/// Walks over the members of the one object that `text` holds.
///
/// Security: refused are duplicate members at any depth (names are compared unescaped), invalid UTF-8, lone surrogates,
/// control characters, trailing bytes, more than 32 levels, more than 1 MiB. A leading byte order mark is passed over.
/// What came before a failure is worth nothing. The work is linear in the size of the text: a name is compared once
/// with each earlier one of its object, and `room` limits these.
///
/// Lifetime: the text must stay as it is until next() has given false: undo escapes in place only then.
class json_object {
 public:
    static constexpr unsigned max_depth = 32;
    static constexpr std::size_t max_size = 1U << 20;

    /// `room` is for two numbers a member, counted along the path from the outermost object to where the reader stands.
    /// A text with more members than fit is refused.
    constexpr json_object(std::string_view text, std::span<std::uint16_t> room) noexcept
        : in_(text), top_(room.data()), end_(room.data() + room.size()) {}

    /// To the next member; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    /// Whether the name reads so, once its escapes are undone.
    [[nodiscard]] constexpr bool is(std::string_view name) const noexcept {
        if (detail::has_wide_words && !plain_name_.empty()) return open_ && plain_name_ == name;
        return has_name(name.data(), name.size(), detail::json_cursor::plain);
    }
    [[nodiscard]] constexpr json_value name() const noexcept;
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }
    [[nodiscard]] constexpr bool had_byte_order_mark() const noexcept { return in_.text.starts_with("\xEF\xBB\xBF"); }

    [[nodiscard]] constexpr bool failed() const noexcept { return reason_ != errc::none; }
    /// With the offset of the last byte that was looked at.
    [[nodiscard]] constexpr detail::failure failure() const noexcept {
        return {reason_, "body", in_.at == 0 ? 0 : in_.at - 1};
    }

 private:
    constexpr bool fail(errc reason) noexcept { reason_ = reason; open_ = false; return false; }
    constexpr bool start() noexcept;
    constexpr unsigned token() noexcept;
    constexpr errc remember(bool first) noexcept;
    [[nodiscard]] constexpr std::size_t name_at() const noexcept {
        return (top_[-2] | static_cast<std::size_t>(top_[-1]) << 16) >> 1;
    }
    // Two words, not a view: g++ hands a view by value through memory.
    [[nodiscard]] constexpr bool has_name(const char* name, std::size_t size, unsigned char stop) const noexcept;

    static constexpr unsigned string = static_cast<unsigned>(json_type::string), punctuation = string + 1;
    detail::json_cursor in_;
    errc reason_{};
    bool open_ = false;          // begun, and neither over nor failed
    json_value value_{};
    std::size_t token_at_ = 0;
    std::uint16_t* top_;         // below: for each name on the path, twice its offset, plus 1 in the first of an object
    std::uint16_t* end_;
    std::string_view plain_name_{};    // for speed; empty for a name with escapes
};

/// Undoes the escapes of a string that the reader has accepted. `out` may be the memory of `text`: the result is never
/// longer. Gives the number of bytes, UTF-8.
constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept;

/// A number that is whole and written so (`3600`, `3600.0`, `36e2`) and below 10^15, or nothing.
[[nodiscard]] constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The grammar of numbers, words and escapes as lists of moves: which character may come, and which list then holds.
/// `1` stands for all digits but 0. One table and one loop: each of these checks written out takes as much flash.
struct json_grammar {
    struct move { unsigned char on; std::uint8_t to; };
    enum : std::uint8_t {
        scalar, sign = 4, whole = 6, zero = 8, fraction = 11, point = 13, power = 15, power_digit = 17,
        t = 19, tr, tru, f, fa, fal, n, nu, nul, word, escape,
        may_end = 32,    // the number or word may be complete
        last = 128,      // no further move in this list
    };
    static constexpr move moves[] = {
        {'t', t}, {'f', f}, {'n', n}, {'-', sign}, {'0', zero | may_end}, {'1', whole | may_end | last},
        {'0', whole | may_end}, {'1', whole | may_end}, {'.', point}, {'e', power}, {'E', power | last},
        {'e', power}, {'E', power}, {'0', fraction | may_end}, {'1', fraction | may_end | last},
        {'+', power_digit}, {'-', power_digit}, {'0', power_digit | may_end}, {'1', power_digit | may_end | last},
        {'r', tr | last}, {'u', tru | last}, {'e', word | may_end | last}, {'a', fa | last}, {'l', fal | last},
        {'s', tru | last}, {'u', nu | last}, {'l', nul | last}, {'l', word | may_end | last},
        {'2', last},     // nothing: a 2 counts as 1
        {'"', '"'}, {'/', '/'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'u', 'u'},
        {'\\', '\\' | last},
    };
    /// Where `c` leads from a list, 0 if nowhere.
    static constexpr unsigned next(unsigned list, unsigned c) noexcept {
        if (c - '1' < 9) c = '1';
        for (list %= may_end; moves[list].on != c; ++list) {
            if (moves[list].to >= last) return 0;
        }
        return moves[list].to % last;
    }
};

constexpr unsigned json_cursor::take() noexcept {
    const std::size_t i = at++;
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0xFF;
}

/// Behind a backslash: a character, or a unit of UTF-16.
constexpr std::uint32_t json_cursor::escaped_unit() noexcept {
    const unsigned letter = json_grammar::next(json_grammar::escape, take());
    if (letter != 'u') return letter == 0 ? malformed : letter;
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
        const unsigned c = take();
        unsigned digit = c - '0';
        if (digit > 9) {
            digit = (c | 0x20) - 'a' + 10;
            if (digit - 10 > 5) return malformed;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

constexpr std::uint32_t json_cursor::character() noexcept {
    constexpr std::uint32_t surrogate = 0xD800 >> 11;
    const std::uint32_t c = take();
    if (c == stop_) return end;
    if (c < 0x80) {
        if (stop_ == plain) return c;
        if (c < 0x20) return malformed;
        if (c != '\\') return c;
        escaped = true;
        const std::uint32_t high = escaped_unit();
        if (high >> 11 != surrogate) return high;
        if (take() != '\\') return malformed;
        const std::uint32_t low = escaped_unit() - 0xDC00;
        if (low >= 0x400) return malformed;
        return 0x10000 + ((high - 0xD800) << 10) + low;      // above `last`, if the first half is a low one as well
    }
    if (c - 0xC2 > 0xF4 - 0xC2) return malformed;
    std::uint32_t code_point = c;
    std::uint32_t least = 2, lead = c << 25;                 // after the loop, the least that takes so many bytes
    do {
        const std::uint32_t next = take() ^ 0x80;
        if (next > 0x3F) return malformed;
        code_point = code_point << 6 | next;
        least <<= 5;
        lead <<= 1;
    } while (lead >> 31 != 0);
    code_point &= least * 32 - 1;
    return code_point < least || code_point >> 11 == surrogate ? malformed : code_point;
}

constexpr bool json_cursor::string() noexcept {
    std::uint32_t c = 0;
    while (c <= last) {
        at += plain_run(from(text, at), '"', '\\');
        c = character();
    }
    return c == end;
}

constexpr bool json_cursor::scalar(unsigned c) noexcept {
    unsigned list = json_grammar::scalar;
    while (const unsigned next = json_grammar::next(list, c)) {
        list = next;
        c = take();
    }
    if ((list & json_grammar::may_end) == 0) return false;
    --at;
    return true;
}

/// Whether two strings are the same text.
constexpr bool json_equal(const json_value& a, const json_value& b) noexcept {
    json_cursor left(a.text, a.escaped ? json_cursor::json : json_cursor::plain);
    json_cursor right(b.text, b.escaped ? json_cursor::json : json_cursor::plain);
    while (left.at < a.text.size() && right.at < b.text.size()) {
        if (left.character() != right.character()) return false;
    }
    return left.at >= a.text.size() && right.at >= b.text.size();
}

}  // namespace detail

/// Passes over a token: the type of a scalar, or `punctuation` plus a character.
constexpr unsigned json_object::token() noexcept {
    unsigned c;
    do {
        in_.escaped = false;
        token_at_ = in_.at;
        c = in_.take();
    } while (c == ' ' || c - '\t' < 2 || c == '\r');
    if (c == '"') {
        if (in_.string()) return string;
    } else if (in_.scalar(c)) {
        return static_cast<unsigned>(c == 'n' ? json_type::null : c > '9' ? json_type::boolean : json_type::number);
    }
    return punctuation + c;
}

constexpr bool json_object::start() noexcept {
    if (in_.at != 0) return false;                                     // it is over
    if (in_.text.size() > max_size) return fail(errc::json_too_large);
    if (in_.character() != 0xFEFF || in_.at != 3) in_.at = 0;          // 3: not written as an escape
    if (token() != punctuation + '{') return fail(errc::malformed_json);
    return open_ = true;
}

constexpr bool json_object::next() noexcept {
    bool first = !open_;          // just behind an opening bracket
    if (first && !start()) return false;
    std::uint32_t path = open_;   // a bit for each open level, the innermost lowest, 1 for an object: no recursion
    std::size_t begin = 0;        // of the value
    unsigned type = 0;
    do {
        const unsigned in_object = path & 1;
        type = token();
        if (type == punctuation + ']' + in_object * ('}' - ']')) {
            path >>= 1;
            if (path == 0) {
                token();
                return fail(token_at_ == in_.text.size() ? errc::none : errc::malformed_json);
            }
            if (in_object != 0 && !first) {
                do top_ -= 2; while ((*top_ & 1) == 0);
            }
            type = static_cast<unsigned>(json_type::array) - in_object;
            first = false;
        } else {
            if (!first) {
                if (type != punctuation + ',') return fail(errc::malformed_json);
                type = token();
            }
            if (in_object != 0) {
                if (type != string) return fail(errc::malformed_json);
                if (detail::has_wide_words && path == 1) {
                    plain_name_ = detail::between(in_.text, token_at_ + 1, in_.escaped ? token_at_ + 1 : in_.at - 1);
                }
                const errc wrong = remember(first);
                if (wrong != errc::none) return fail(wrong);
                if (token() != punctuation + ':') return fail(errc::malformed_json);
                type = token();
            }
            if (begin == 0) begin = token_at_;
            first = type == punctuation + '{' || type == punctuation + '[';
            if (first) {
                if (path >> (max_depth - 1) != 0) return fail(errc::json_too_deep);
                path = path * 2 + (type == punctuation + '{');
            } else if (type > string) {
                return fail(errc::malformed_json);
            }
        }
    } while (path != 1);
    const bool quotes = type == string;
    value_ = {static_cast<json_type>(type), in_.escaped, detail::between(in_.text, begin + quotes, in_.at - quotes)};
    return true;
}

constexpr json_value json_object::name() const noexcept {
    if (!open_) return {};
    auto in = in_;
    in.at = name_at();
    in.escaped = false;
    in.string();
    return {json_type::string, in.escaped, detail::between(in_.text, name_at(), in.at - 1)};
}

constexpr bool json_object::has_name(const char* name, std::size_t size, unsigned char stop) const noexcept {
    if (!open_) return false;
    detail::json_cursor other({name, size}, stop);
    auto own = in_;
    own.at = name_at();
    for (;;) {
        const std::uint32_t c = own.character();
        if (c != other.character()) return false;
        if (c == detail::json_cursor::end) return true;
    }
}

/// Takes down where the name stands that was just read, and looks for the same in its object.
constexpr errc json_object::remember(bool first) noexcept {
    if (end_ - top_ < 2) return errc::json_too_many_members;
    const std::uint16_t* earlier = top_;
    std::size_t entry = (token_at_ + 1) << 1 | first;
    *top_++ = static_cast<std::uint16_t>(entry);
    *top_++ = static_cast<std::uint16_t>(entry >> 16);
    while ((entry & 1) == 0) {
        earlier -= 2;
        entry = earlier[0] | static_cast<std::size_t>(earlier[1]) << 16;
        const std::string_view name = detail::from(in_.text, entry >> 1);
        if (has_name(name.data(), name.size(), detail::json_cursor::json)) return errc::duplicate_member;
    }
    return errc::none;
}

constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept {
    detail::json_cursor in(text);
    char* to = out;
    for (;;) {
        for (std::size_t run = detail::plain_run(detail::from(text, in.at), '"', '\\'); run != 0; --run) *to++ = text[in.at++];
        const std::uint32_t c = in.character();
        if (c > detail::json_cursor::last) return static_cast<std::size_t>(to - out);
        to += write_utf8(c, to);
    }
}

constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept {
    using grammar = detail::json_grammar;
    constexpr unsigned of_fraction = grammar::fraction | grammar::may_end;
    std::uint32_t low = 0, high = 0;      // 28 bits and the rest: a 64-bit product is a call on the smallest processors
    std::uint32_t places = 0, power = 0;
    unsigned list = grammar::scalar;
    for (std::size_t i = 0; i < number.size() + power; ++i) {      // behind the text: a zero for each power of ten
        unsigned digit = 0;
        if (i < number.size()) {
            const unsigned c = static_cast<unsigned char>(number[i]);
            list = grammar::next(list, c);
            if (list == 0 || (c == '-' && i != 0)) return std::nullopt;
            digit = c - '0';
            if (digit > 9) continue;
            if (list >= of_fraction) {
                if (list == of_fraction && digit != 0) return std::nullopt;
                power = power * 10 + digit;
                if (power > 15) return std::nullopt;
                continue;
            }
        }
        low = low * 10 + digit;
        high = high * 10 + (low >> 28);
        low &= (1U << 28) - 1;
        ++places;
    }
    if ((list & grammar::may_end) == 0 || places - 1 > 14) return std::nullopt;
    const std::int64_t value = static_cast<std::int64_t>(high) << 28 | low;
    return number[0] == '-' ? -value : value;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/json_elements.hpp> -------------------------------------------------------------------------------

// The elements of a JSON array that a json_object has handed out, which is known to be well-formed.
//
//   oauthpp::json_elements keys(object.value());
//   while (keys.next()) read_key(keys.value());

namespace oauthpp::inline v0 {

/// A value that is no array counts as an array of one, as JWT's `aud` has it (RFC 7519 4.1.3).
class json_elements {
 public:
    constexpr explicit json_elements(const json_value& array) noexcept
        : whole_(array), text_(array.text), at_(array.type == json_type::array ? 1 : 0) {}

    constexpr bool next() noexcept;
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }

 private:
    /// From an opening quote to behind the closing one.
    constexpr void pass_string() noexcept {
        for (++at_; text_[at_] != '"'; ++at_) {
            if (text_[at_] != '\\') continue;
            value_.escaped = true;
            ++at_;
        }
        ++at_;
    }

    json_value whole_;
    std::string_view text_;
    std::size_t at_;
    json_value value_{};
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr bool json_elements::next() noexcept {
    if (whole_.type != json_type::array) {
        value_ = whole_;
        return at_++ == 0;
    }
    constexpr std::string_view between_elements = " \t\r\n,";
    while (between_elements.find(text_[at_]) != std::string_view::npos) ++at_;
    if (text_[at_] == ']') return false;

    const std::size_t begin = at_;
    value_ = {};
    if (text_[at_] == '"') {
        pass_string();
        value_.type = json_type::string;
        value_.text = detail::between(text_, begin + 1, at_ - 1);
        return true;
    }
    if (text_[at_] == '{' || text_[at_] == '[') {
        value_.type = text_[at_] == '{' ? json_type::object : json_type::array;
        std::size_t depth = 0;
        do {
            const char c = text_[at_];
            if (c == '"') {
                pass_string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
        } while (depth != 0);
        value_.escaped = false;
    } else {
        const char c = text_[at_];
        value_.type = c == 'n' ? json_type::null : c == 't' || c == 'f' ? json_type::boolean : json_type::number;
        while (between_elements.find(text_[at_]) == std::string_view::npos && text_[at_] != ']') ++at_;
    }
    value_.text = detail::between(text_, begin, at_);
    return true;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/json_writer.hpp> ---------------------------------------------------------------------------------

// Strings for JSON (RFC 8259 7).
//
//   oauthpp::append_json_string(out, client_id);          // "..." with its quotes

namespace oauthpp::inline v0 {

namespace detail {

/// `Sink` is a buffer_writer, or what encodes on the way into one.
template <class Sink>
constexpr void append_json_string(Sink& out, std::string_view text) noexcept {
    out.append('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out.append('\\');
        if (byte >= 0x20) {
            out.append(c);
            continue;
        }
        const char escape[] = {'\\', 'u', '0', '0', hex_digits[byte >> 4], hex_digits[byte & 15]};
        out.append(std::string_view(escape, sizeof escape));
    }
    out.append('"');
}

}  // namespace detail

/// UTF-8 passes as it is; quotation marks, backslashes and control characters are escaped.
constexpr void append_json_string(buffer_writer& out, std::string_view text) noexcept {
    detail::append_json_string(out, text);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/url.hpp> -----------------------------------------------------------------------------------------

// Absolute URLs by the grammar of RFC 3986, taken apart and never changed: redirect URIs and issuers are compared byte
// by byte, so nothing here normalises.
//
//   auto url = oauthpp::parse_url("https://as.example/authorize?tenant=42");      // url->host == "as.example"

namespace oauthpp::inline v0 {

/// The parts, without their separators.
///
/// Lifetime: views into the text that was parsed.
struct url_view {
    std::string_view scheme{};
    std::string_view host{};             ///< an IPv6 address with its brackets
    std::string_view port{};             ///< digits, or nothing
    std::string_view path{};             ///< empty or with its leading `/`, unless the scheme has paths of another form
    std::string_view query{};
    std::string_view fragment{};
    std::string_view before_query{};     ///< everything up to, not including, `?` or `#`
    bool has_authority{};
    bool has_query{};
    bool has_fragment{};
};

/// Spec: RFC 3986 3, `URI` (with a scheme).
/// Security: a user name in the URL is refused; it serves to disguise the host (RFC 3986 7.6). An IPv6 address is
///   checked by its characters, not its value.
/// Errors: invalid_url with the offset.
constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept;

/// Whether this is the machine itself: 127.0.0.0/8, [::1] or the name localhost (RFC 8252 7.3, 8.3).
[[nodiscard]] constexpr bool is_loopback(const url_view& url) noexcept;

namespace detail {

/// An endpoint takes https, and http only on loopback; no fragment (RFC 6749 3.1, 3.2). `field` names it in the error.
constexpr bool check_endpoint(std::string_view endpoint, const char* field, failure& wrong) noexcept;

/// A redirect URI is absolute, without fragment: https, http on loopback, or a scheme of the application's own, which
/// is a reversed domain name and so has a period (RFC 6749 3.1.2, RFC 8252 7.1).
constexpr bool check_redirect_uri(std::string_view redirect_uri, failure& wrong) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline constexpr character_set scheme_characters{"+-."};
inline constexpr character_set host_characters{"-._~!$&'()*+,;=%"};
inline constexpr character_set url_characters{"-._~!$&'()*+,;=:@/?%"};   // of path, query and fragment

/// The offset of the first character that does not belong in this part of a URL, or of a broken escape; else the size.
constexpr std::size_t url_error(std::string_view part, const character_set& allowed) noexcept {
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (!allowed.has(part[i])) return i;
        if (part[i] != '%') continue;
        if (part.size() - i < 3 || hex_value(part[i + 1]) > 15 || hex_value(part[i + 2]) > 15) return i;
    }
    return part.size();
}

constexpr bool is_scheme(std::string_view scheme) noexcept {
    return !scheme.empty() && is_alpha(scheme.front()) && url_error(scheme, scheme_characters) == scheme.size();
}

/// Of what begins with a bracket.
constexpr bool is_ipv6_literal(std::string_view host) noexcept {
    if (host.size() < 4 || host.back() != ']') return false;
    for (const char c : between(host, 1, host.size() - 1)) {
        if (hex_value(c) > 15 && c != ':' && c != '.') return false;
    }
    return true;
}

constexpr std::size_t host_error(std::string_view host) noexcept {
    if (host.starts_with('[')) return is_ipv6_literal(host) ? host.size() : 0;
    return url_error(host, host_characters);
}

constexpr bool is_port(std::string_view port) noexcept {
    unsigned long value = 0;
    for (const char c : port) {
        if (!is_digit(c)) return false;
        value = value * 10 + static_cast<unsigned long>(c - '0');
        if (value > 65535) return false;
    }
    return true;
}

/// Four decimal numbers without leading zeros, the only spelling that means the same everywhere; as one number.
constexpr std::optional<std::uint32_t> ipv4_address(std::string_view host) noexcept {
    std::uint32_t address = 0;
    for (int parts = 1;; ++parts) {
        const std::string_view part = between(host, 0, index_of(host, '.'));
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return std::nullopt;
        std::uint32_t value = 0;
        for (const char c : part) {
            if (!is_digit(c)) return std::nullopt;
            value = value * 10 + static_cast<std::uint32_t>(c - '0');
        }
        if (value > 255) return std::nullopt;
        address = address << 8 | value;
        host.remove_prefix(part.size());
        if (parts == 4) return host.empty() ? std::optional(address) : std::nullopt;
        if (host.empty()) return std::nullopt;
        host.remove_prefix(1);
    }
}

constexpr bool split_url(std::string_view text, url_view& url, failure& wrong) noexcept {
    const std::size_t colon = index_of(text, ':');
    url.scheme = between(text, 0, colon);
    if (colon == text.size() || !is_scheme(url.scheme)) return wrong.set(errc::invalid_url, {}, 0);

    const std::size_t hash = index_of(text, '#');
    url.has_fragment = hash != text.size();
    if (url.has_fragment) url.fragment = from(text, hash + 1);
    const std::string_view without_fragment = between(text, 0, hash);
    const std::size_t question = index_of(without_fragment, '?');
    url.has_query = question != hash;
    if (url.has_query) url.query = from(without_fragment, question + 1);
    url.before_query = between(text, 0, question);

    url.path = from(url.before_query, colon + 1);
    url.has_authority = url.path.starts_with("//");
    if (url.has_authority) {
        url.path.remove_prefix(2);
        const std::string_view authority = between(url.path, 0, index_of(url.path, '/'));
        url.path.remove_prefix(authority.size());
        const std::size_t bracket = index_of(authority, ']');
        const std::size_t host_end = bracket != authority.size() ? bracket + 1 : index_of(authority, ':');
        url.host = between(authority, 0, host_end);
        const std::size_t bad = host_error(url.host);
        if (bad != url.host.size()) return wrong.set(errc::invalid_url, {}, colon + 3 + bad);
        if (host_end != authority.size()) {
            url.port = from(authority, host_end + 1);
            if (authority[host_end] != ':' || !is_port(url.port)) return wrong.set(errc::invalid_url, {}, colon + 3 + host_end);
        }
    }
    for (const std::string_view part : {url.path, url.query, url.fragment}) {
        const std::size_t bad = url_error(part, url_characters);
        if (bad != part.size()) return wrong.set(errc::invalid_url, {}, static_cast<std::size_t>(part.data() - text.data()) + bad);
    }
    return true;
}

}  // namespace detail

constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept {
    url_view url;
    detail::failure wrong;
    if (!detail::split_url(text, url, wrong)) return wrong;
    return url;
}

constexpr bool is_loopback(const url_view& url) noexcept {
    return detail::equal(url.host, "[::1]") || detail::equal_ignoring_case(url.host, "localhost") ||
           detail::ipv4_address(url.host).value_or(0) >> 24 == 127;
}

namespace detail {

constexpr bool is_secure(const url_view& url) noexcept {
    return equal_ignoring_case(url.scheme, "https") || (equal_ignoring_case(url.scheme, "http") && is_loopback(url));
}

constexpr bool check_endpoint(std::string_view endpoint, const char* field, failure& wrong) noexcept {
    url_view url;
    if (endpoint.empty()) return wrong.set(errc::missing_value, field);
    if (!split_url(endpoint, url, wrong)) return wrong.set(errc::invalid_url, field, wrong.offset);
    if (!is_secure(url)) return wrong.set(errc::insecure_url, field);                 // RFC 6749 3.1.2.1, RFC 9700 2.6
    if (url.host.empty()) return wrong.set(errc::invalid_url, field);
    return !url.has_fragment || wrong.set(errc::url_has_fragment, field);             // RFC 6749 3.1, 3.2
}

constexpr bool check_redirect_uri(std::string_view redirect_uri, failure& wrong) noexcept {
    constexpr const char* field = "redirect_uri";
    url_view url;
    if (!split_url(redirect_uri, url, wrong)) return wrong.set(errc::invalid_url, field, wrong.offset);
    if (url.has_fragment) return wrong.set(errc::url_has_fragment, field);            // RFC 6749 3.1.2
    const bool web = equal_ignoring_case(url.scheme, "https") || equal_ignoring_case(url.scheme, "http");
    if (!web) return url.scheme.find('.') != std::string_view::npos || wrong.set(errc::invalid_value, field);   // RFC 8252 7.1
    if (!is_secure(url)) return wrong.set(errc::insecure_url, field);                 // OAuth 2.1 1.5
    return !url.host.empty() || wrong.set(errc::invalid_url, field);
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/private_address.hpp> -----------------------------------------------------------------------------

// Hosts that mean this machine or its own network: an address that somebody else named must not lead there, or they reach
// through the client what they could not reach themselves (RFC 9728 7.7, server-side request forgery).
//
//   if (oauthpp::is_private_address(url->host)) ...

namespace oauthpp::inline v0 {

/// Whether a URL's host is `localhost`, a literal address outside the public internet, or a spelling of an IPv4 address
/// other than four decimal numbers, which stacks read in different ways.
///
/// Spec: RFC 6890, RFC 4291.
/// Security: a name is judged by itself. What it resolves to is the transport's to check.
[[nodiscard]] constexpr bool is_private_address(std::string_view host) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr struct {
    std::uint32_t network;
    int bits;
} private_ipv4_networks[] = {
    {0x00000000, 8},    // 0.0.0.0, this host
    {0x0A000000, 8},    // 10.0.0.0
    {0x64400000, 10},   // 100.64.0.0, shared by a provider's customers
    {0x7F000000, 8},    // 127.0.0.0
    {0xA9FE0000, 16},   // 169.254.0.0, where clouds keep their credentials
    {0xAC100000, 12},   // 172.16.0.0
    {0xC0000000, 24},   // 192.0.0.0
    {0xC0A80000, 16},   // 192.168.0.0
    {0xC6120000, 15},   // 198.18.0.0
    {0xE0000000, 3},    // 224.0.0.0 and above: multicast, reserved
};

/// The first 16 bits of `[...]`; 0 where it begins with `::`.
constexpr std::uint32_t first_group(std::string_view literal) noexcept {
    std::uint32_t value = 0;
    for (const char c : from(literal, 1)) {
        if (hex_value(c) > 15) break;
        value = (value << 4 | hex_value(c)) & 0xFFFFF;
    }
    return value;
}

}  // namespace detail

constexpr bool is_private_address(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty()) return true;
    if (host.starts_with('[')) {
        const std::uint32_t group = detail::first_group(host);
        return group < 0x2000 || group > 0x3FFF || group == 0x2002;    // 2000::/3 is public; 2002::/16 wraps IPv4
    }
    const std::string_view last = detail::from(host, host.rfind('.') + 1);      // where there is none: all of it
    if (detail::equal_ignoring_case(last, "localhost")) return true;
    if (last.empty() || !detail::is_digit(last.front())) return false;
    const auto address = detail::ipv4_address(host);
    if (!address) return true;
    for (const auto& [network, bits] : detail::private_ipv4_networks) {
        if ((*address ^ network) >> (32 - bits) == 0) return true;
    }
    return false;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/retry_after.hpp> ---------------------------------------------------------------------------------

// Retry-After (RFC 9110 10.2.3): when a server wants to be asked again.
//
//   if (auto when = oauthpp::retry_at(tokens.error())) sleep_until(*when);

namespace oauthpp::inline v0 {

/// One of the two forms, or neither where the text is no Retry-After.
struct retry_after {
    std::optional<seconds> delay{};
    std::optional<unix_time> date{};
};

/// Spec: RFC 9110 10.2.3, `Retry-After = HTTP-date / delay-seconds`. Of the dates the form that servers must send is
/// read, `Sun, 06 Nov 1994 08:49:37 GMT` (5.6.7).
[[nodiscard]] constexpr retry_after parse_retry_after(std::string_view text) noexcept;

/// The moment before which a failed request is better not sent again, or nothing if the server named none.
[[nodiscard]] constexpr std::optional<unix_time> retry_at(const error_view& error) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// All of `text` as a decimal number, or -1. What is too large becomes the largest, as RFC 9111 1.2.2 has it.
constexpr std::int32_t decimal(std::string_view text) noexcept {
    std::int32_t value = text.empty() ? -1 : 0;
    for (const char c : text) {
        if (!is_digit(c)) return -1;
        value = value < 214'748'364 ? value * 10 + (c - '0') : INT32_MAX;
    }
    return value;
}

/// Or -1 if the month has no such day. Counted up year by year: a division would pull a library function into the
/// smallest processors.
constexpr std::int32_t days_since_1970(std::int32_t year, std::int32_t month, std::int32_t day) noexcept {
    constexpr unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int32_t days = day - 1;
    std::int32_t in_century = 70;
    std::int32_t century = 19;
    bool leap = false;
    for (std::int32_t each = 1970;; ++each) {
        leap = (in_century & 3) == 0 && (in_century != 0 || (century & 3) == 0);
        if (each == year) break;
        days += leap ? 366 : 365;
        if (++in_century == 100) {
            in_century = 0;
            ++century;
        }
    }
    const auto length = [&](std::int32_t of) { return lengths[of - 1] + (of == 2 && leap ? 1 : 0); };
    for (std::int32_t each = 1; each < month; ++each) days += length(each);
    return day <= length(month) ? days : -1;
}

/// The form of IMF-fixdate: a letter for each `A`, a digit for each `0`, all else as it stands.
constexpr bool is_imf_fixdate(std::string_view text) noexcept {
    constexpr std::string_view form = "AAA, 00 AAA 0000 00:00:00 GMT";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const char c = text[i];
        if (form[i] == 'A' ? !is_alpha(c) : form[i] == '0' ? !is_digit(c) : c != form[i]) return false;
    }
    return true;
}

constexpr std::optional<unix_time> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (!is_imf_fixdate(text)) return std::nullopt;
    std::size_t month = 0;
    while (month < 12 && between(months, month * 3, month * 3 + 3) != between(text, 8, 11)) ++month;
    const std::int32_t day = decimal(between(text, 5, 7));
    const std::int32_t year = decimal(between(text, 12, 16));
    const std::int32_t hour = decimal(between(text, 17, 19));
    const std::int32_t minute = decimal(between(text, 20, 22));
    const std::int32_t second = decimal(between(text, 23, 25));        // 60 at a leap second
    if (month == 12 || day == 0 || year < 1970 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const std::int32_t days = days_since_1970(year, static_cast<std::int32_t>(month) + 1, day);
    if (days < 0) return std::nullopt;
    return unix_time{std::int64_t{days} * 86400 + hour * 3600 + minute * 60 + second};
}

}  // namespace detail

constexpr retry_after parse_retry_after(std::string_view text) noexcept {
    const std::string_view value = detail::trimmed(text);
    if (const std::int32_t delay = detail::decimal(value); delay >= 0) return {.delay = seconds{delay}, .date = {}};
    return {.delay = {}, .date = detail::parse_http_date(value)};
}

constexpr std::optional<unix_time> retry_at(const error_view& error) noexcept {
    const retry_after when = parse_retry_after(error.retry_after);
    return when.delay ? std::optional(error.received_at + *when.delay) : when.date;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/www_authenticate.hpp> ----------------------------------------------------------------------------

// WWW-Authenticate (RFC 9110 11.6.1): what a server wants before it gives what was asked for. One field may hold several
// challenges, and several fields count as one with commas between them.
//
//   oauthpp::challenge_reader challenges(header);
//   while (challenges.next())
//       if (challenges.is("Bearer")) while (challenges.next_parameter()) if (challenges.parameter_is("realm")) ...
//   if (challenges.failed()) return challenges.failure();

namespace oauthpp::inline v0 {

/// Walks over the challenges of a field's value, and over the parameters of each, without memory of its own.
///
/// Spec: RFC 9110 11.6.1, 11.3, 11.2, 5.6: `challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]`, where commas
///   stand between challenges and between parameters alike, and empty elements count for nothing.
/// Security: refused are a name given twice in one challenge (11.2), more than 64 parameters in one, and more than 16 KiB.
///   What came before a failure is worth nothing.
class challenge_reader {
 public:
    static constexpr std::size_t max_size = 16 * 1024;
    static constexpr unsigned max_parameters = 64;

    constexpr explicit challenge_reader(std::string_view field) noexcept : text_(field) {
        if (field.size() > max_size) fail(errc::input_too_long, max_size);
    }

    /// To the next challenge, past what is left of this one; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    [[nodiscard]] constexpr bool is(std::string_view scheme) const noexcept {
        return detail::equal_ignoring_case(scheme_, scheme);
    }
    [[nodiscard]] constexpr std::string_view scheme() const noexcept { return scheme_; }
    [[nodiscard]] constexpr std::string_view token68() const noexcept { return token68_; }

    /// To the next parameter of this challenge; false after the last one, and where the text is wrong.
    constexpr bool next_parameter() noexcept;
    [[nodiscard]] constexpr bool parameter_is(std::string_view name) const noexcept {
        return detail::equal_ignoring_case(name_, name);
    }
    [[nodiscard]] constexpr std::string_view parameter_name() const noexcept { return name_; }
    /// Without its quotes, and with the backslashes inside: `unquote` takes them out.
    [[nodiscard]] constexpr std::string_view parameter_value() const noexcept { return value_; }

    [[nodiscard]] constexpr bool failed() const noexcept { return failure_.failed(); }
    [[nodiscard]] constexpr detail::failure failure() const noexcept { return failure_; }

 private:
    constexpr bool fail(errc reason, std::size_t offset) noexcept {
        at_ = text_.size();
        return failure_.set(reason, "WWW-Authenticate", offset);
    }
    constexpr void pass_space() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    constexpr void pass_commas() noexcept {
        for (pass_space(); at_ < text_.size() && text_[at_] == ','; pass_space()) ++at_;
    }
    constexpr std::string_view take_token() noexcept;
    constexpr bool at_parameter() const noexcept;
    constexpr bool take_value() noexcept;
    constexpr bool ends_element() noexcept;
    constexpr bool is_repeated(std::size_t name_at) const noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
    std::string_view scheme_{};
    std::string_view token68_{};
    std::string_view name_{};
    std::string_view value_{};
    std::size_t first_parameter_ = 0;   // where those of this challenge begin
    unsigned count_ = 0;
    bool in_challenge_ = false;         // and its next parameter may follow
    detail::failure failure_{};
};

/// Takes the backslashes out of a quoted string. `out` may be the memory of `quoted`: the result is never longer. Gives
/// the number of bytes.
///
/// Spec: RFC 9110 5.6.4, `quoted-pair`.
constexpr std::size_t unquote(std::string_view quoted, char* out) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
        out[size++] = quoted[i];
    }
    return size;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr character_set token_characters{"!#$%&'*+-.^_`|~"};   // RFC 9110 5.6.2
inline constexpr character_set token68_characters{"-._~+/"};          // RFC 9110 11.2, without the `=` at its end

/// Where a token68 that begins at `at` ends; `at` if there is none.
constexpr std::size_t token68_end(std::string_view text, std::size_t at) noexcept {
    const std::size_t begin = at;
    while (at < text.size() && token68_characters.has(text[at])) ++at;
    if (at == begin) return begin;
    while (at < text.size() && text[at] == '=') ++at;
    return at;
}

}  // namespace detail

constexpr std::string_view challenge_reader::take_token() noexcept {
    const std::size_t begin = at_;
    while (at_ < text_.size() && detail::token_characters.has(text_[at_])) ++at_;
    return detail::between(text_, begin, at_);
}

/// Whether what follows the token here is `=`, with blanks around it (BWS).
constexpr bool challenge_reader::at_parameter() const noexcept {
    challenge_reader ahead(*this);
    if (ahead.take_token().empty()) return false;
    ahead.pass_space();
    return ahead.at_ < text_.size() && text_[ahead.at_] == '=';
}

constexpr bool challenge_reader::ends_element() noexcept {
    pass_space();
    return at_ == text_.size() || text_[at_] == ',';
}

/// A token, or a string in quotes with its pairs of a backslash and any character.
constexpr bool challenge_reader::take_value() noexcept {
    if (at_ == text_.size() || text_[at_] != '"') {
        value_ = take_token();
        return !value_.empty();
    }
    const std::size_t begin = ++at_;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\') ++at_;
        if (at_ == text_.size()) return false;
        const auto u = static_cast<unsigned char>(text_[at_]);
        if ((u < 0x20 && u != '\t') || u == 0x7F) return false;
    }
    if (at_ >= text_.size()) return false;
    value_ = detail::between(text_, begin, at_++);
    return true;
}

constexpr bool challenge_reader::next() noexcept {
    while (next_parameter()) {}
    pass_commas();
    if (at_ >= text_.size()) return false;
    const std::size_t begin = at_;
    scheme_ = take_token();
    token68_ = {};
    count_ = 0;
    if (scheme_.empty()) return fail(errc::malformed_challenge, begin);
    const bool alone = at_ == text_.size() || text_[at_] != ' ';
    if (ends_element()) {                                        // `Negotiate, Basic realm="x"`
        in_challenge_ = true;
        first_parameter_ = at_;
        return true;
    }
    if (alone) return fail(errc::malformed_challenge, at_);
    const std::size_t end = detail::token68_end(text_, at_);
    challenge_reader behind(*this);
    behind.at_ = end;
    if (end != at_ && behind.ends_element()) {
        token68_ = detail::between(text_, at_, end);
        at_ = end;
        in_challenge_ = false;
        return true;
    }
    if (!at_parameter()) return fail(errc::malformed_challenge, at_);
    in_challenge_ = true;
    first_parameter_ = at_;
    return true;
}

constexpr bool challenge_reader::next_parameter() noexcept {
    if (!in_challenge_ || failed()) return false;
    pass_commas();
    if (!at_parameter()) {
        in_challenge_ = false;
        return false;
    }
    const std::size_t begin = at_;
    name_ = take_token();
    if (count_++ == max_parameters) return fail(errc::too_many_parameters, begin);
    if (is_repeated(begin)) return fail(errc::duplicate_parameter, begin);
    pass_space();
    ++at_;
    pass_space();
    if (!take_value() || !ends_element()) return fail(errc::malformed_challenge, at_ < text_.size() ? at_ : text_.size());
    return true;
}

constexpr bool challenge_reader::is_repeated(std::size_t name_at) const noexcept {
    if (count_ < 2) return false;
    challenge_reader earlier(detail::between(text_, first_parameter_, name_at));
    while (true) {
        earlier.pass_commas();
        if (earlier.at_ >= earlier.text_.size()) return false;
        if (detail::equal_ignoring_case(earlier.take_token(), name_)) return true;
        earlier.pass_space();
        ++earlier.at_;
        earlier.pass_space();
        earlier.take_value();      // which it could, when it was read
    }
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/jose/algorithm.hpp> -----------------------------------------------------------------------------------

// The signature algorithms of JOSE that a client meets (RFC 7518 3.1, RFC 8037 3.1, RFC 9864), and what each asks of a key.

namespace oauthpp::inline v0 {

/// Everything with a public key. HMAC is for confidential clients that ask for it by name, and `none` is for nobody.
inline constexpr std::string_view asymmetric_algorithms = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519";

namespace detail {

constexpr bool is_hmac(std::string_view algorithm) noexcept { return algorithm.starts_with("HS"); }

/// Whether a key of this type can make such a signature at all (RFC 8725 3.1: not what the header says, what the key is).
constexpr bool fits(std::string_view algorithm, key_type type) noexcept {
    switch (type) {
        case key_type::rsa: return algorithm.starts_with("RS") || algorithm.starts_with("PS");
        case key_type::p256: return algorithm == "ES256";
        case key_type::p384: return algorithm == "ES384";
        case key_type::p521: return algorithm == "ES512";
        case key_type::ed25519: return algorithm == "EdDSA" || algorithm == "Ed25519";
    }
    return false;
}

/// Whether `claim` is the left half of the text's hash in base64url: at_hash and its like (OpenID Connect Core 3.1.3.6).
/// The hash is the algorithm's own; EdDSA with Ed25519 hashes with SHA-512.
constexpr bool is_half_hash(std::string_view claim, std::string_view algorithm, std::string_view text) noexcept {
    const auto is_left_half = [&](const auto& digest) {
        std::array<char, 43> memory{};
        buffer_writer half(memory);
        append_base64url(half, std::span<const std::byte>(digest).first(digest.size() / 2));
        return equal_constant_time(half.written_since(0), claim);
    };
    if (algorithm.ends_with("384")) return is_left_half(sha384(text));
    if (algorithm.ends_with("512") || algorithm.starts_with("Ed")) return is_left_half(sha512(text));
    return is_left_half(sha256(text));
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/jose/jwk.hpp> -----------------------------------------------------------------------------------------

// JSON Web Keys (RFC 7517, RFC 7518 6, RFC 8037): the public keys that a server signs with.
//
//   auto keys = oauthpp::parse_jwk_set(body);

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

// ---- <oauthpp/jose/jws.hpp> -----------------------------------------------------------------------------------------

// Signed tokens in compact form (RFC 7515): taken apart, and their signature checked.
//
//   std::string memory(token.size(), '\0');
//   auto jws = oauthpp::parse_jws(token, memory);
//   if (jws) verify_jws(*jws, allowed_algorithms, keys, verifier);

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

// ---- <oauthpp/jose/jwt.hpp> -----------------------------------------------------------------------------------------

// The claims of a JWT (RFC 7519 4.1) and those that OpenID Connect adds. Reading them says nothing of whether they are
// true: for that see oidc/id_token.hpp.

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

// ---- <oauthpp/protocol/client_authentication.hpp> -------------------------------------------------------------------

// How a client proves itself to the token endpoint (RFC 6749 2.3). One method at a time, by construction.
//
//   oauthpp::client app{.client_id = id, .authentication = oauthpp::client_secret_post{client_secret}};

namespace oauthpp::inline v0 {

/// A public client: it names itself by `client_id` in the body (RFC 6749 3.2.1), and PKCE protects its codes.
struct no_authentication {};

/// How identifier and secret go into HTTP Basic. Servers differ, and a secret with `+`, `%` or `:` shows it.
enum class basic_encoding : std::uint8_t {
    form,   ///< each form-encoded first (RFC 6749 2.3.1)
    raw,    ///< as they are (RFC 7617)
};

/// Spec: RFC 6749 2.3.1, the Authorization header.
template <class Storage>
struct basic_client_secret_basic {
    typename Storage::secret client_secret{};
    basic_encoding encoding{};
    bool client_id_in_body{};   ///< some servers look for it there too
};

/// Spec: RFC 6749 2.3.1, `client_secret` in the body. Microsoft's documentation uses this one.
template <class Storage>
struct basic_client_secret_post {
    typename Storage::secret client_secret{};
};

/// What an assertion is to say who is meant by.
struct assertion_subject {
    std::string_view client_id{};
    std::string_view token_endpoint{};
};

/// Makes or fetches an assertion, anew for each request: appends it, and says why if it cannot. `jwt_assertion` signs
/// JWTs; a workload's token in a file that rotates is another.
template <class T>
concept assertion_source =
    std::is_class_v<T> && requires(T& each, const assertion_subject& subject, buffer_writer& out) {
        { each.write_assertion(subject, out) } -> std::same_as<error_view>;
    };

namespace detail {

/// RFC 7523 2.2. What a source wrote must need no escape: no assertion of any kind has other characters.
template <class Source>
error_view append_assertion(Source& source, const assertion_subject& subject, buffer_writer& out) {
    constexpr const char* name = "client_assertion";
    out.append("&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=");
    const std::size_t begin = out.size();
    const error_view wrong = source.write_assertion(subject, out);
    if (wrong.reason != errc::none) return wrong;
    if (out.size() == begin) return {errc::missing_value, name};
    const std::string_view written = out.written_since(begin);
    std::size_t at = 0;
    while (at < written.size() && query_unescaped.has(written[at])) ++at;
    return at == written.size() ? error_view() : error_view(errc::invalid_value, name, at);
}

}  // namespace detail

/// Two pointers to a source of assertions. All that it takes to put one into a body is behind the second: a program
/// without assertions has none of it.
///
/// Lifetime: the source must outlive it.
class assertion_source_ref {
 public:
    template <assertion_source Source>
    constexpr assertion_source_ref(Source& source) noexcept
        : source_(detail::erased(source)),
          append_([](void* each, const assertion_subject& subject, buffer_writer& out) {
              return detail::append_assertion(*static_cast<Source*>(each), subject, out);
          }) {}
    template <assertion_source Source>
    assertion_source_ref(const Source&&) = delete;

    /// Errors: the source's; missing_value where it wrote nothing, invalid_value for what is no assertion.
    error_view append_to_body(const assertion_subject& subject, buffer_writer& out) const {
        return append_(source_, subject, out);
    }

 private:
    void* source_;
    error_view (*append_)(void*, const assertion_subject&, buffer_writer&);
};

/// Spec: RFC 7521 4.2, RFC 7523 2.2: `client_assertion` in the body.
struct client_assertion {
    assertion_source_ref source;
};

/// The certificate of the TLS connection is the proof, and presenting it is the transport's part; the body has only
/// `client_id` (RFC 8705 2). For `tls_client_auth` and `self_signed_tls_client_auth`.
struct mutual_tls {};

template <class Storage>
using basic_client_authentication =
    std::variant<no_authentication, basic_client_secret_basic<Storage>, basic_client_secret_post<Storage>, client_assertion,
                 mutual_tls>;

using client_secret_basic = basic_client_secret_basic<owned>;
using client_secret_post = basic_client_secret_post<owned>;
using client_authentication = basic_client_authentication<owned>;
using client_secret_basic_view = basic_client_secret_basic<borrowed>;
using client_secret_post_view = basic_client_secret_post<borrowed>;
using client_authentication_view = basic_client_authentication<borrowed>;

namespace detail {

/// The same method in another storage.
template <class To, class From>
basic_client_authentication<To> convert_authentication(const basic_client_authentication<From>& from) {
    using secret = typename To::secret;
    const auto copy = [](const typename From::secret& source) {
        if constexpr (std::same_as<To, owned>) return secret(source.reveal());
        else return secret(source);
    };
    if (const auto* basic = std::get_if<basic_client_secret_basic<From>>(&from)) {
        return basic_client_secret_basic<To>{copy(basic->client_secret), basic->encoding, basic->client_id_in_body};
    }
    if (const auto* post = std::get_if<basic_client_secret_post<From>>(&from)) {
        return basic_client_secret_post<To>{copy(post->client_secret)};
    }
    if (const auto* assertion = std::get_if<client_assertion>(&from)) return *assertion;
    if (std::holds_alternative<mutual_tls>(from)) return mutual_tls{};
    return no_authentication{};
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/quirks.hpp> ----------------------------------------------------------------------------------

// What real servers do differently, as data: what a profile allows in advance, and what was let pass in one answer.
//
//   server.quirks.missing_token_type = true;               // this provider sends none, and means Bearer
//   if (tokens->tolerated.has(oauthpp::tolerance::expires_in_unusable)) ...

namespace oauthpp::inline v0 {

/// Deviations that are refused unless a profile says that this server has them.
struct quirks {
    /// A token response without `token_type` is taken as Bearer. Security: a token that should have been bound to a key
    /// would be sent as if it were not (RFC 6749 7.1).
    bool missing_token_type{};
    /// `text/plain` is read as JSON. Security: a page that shows somebody's text could pass for an answer.
    bool json_as_text_plain{};
    /// `form_post` bodies are encoded twice (seen at Glewlwyd 2.7). Security: none known: the values are compared as
    /// exactly as ever, but one that holds `%` or `+` of its own arrives changed.
    bool form_post_encoded_twice{};
    /// A `{tenantid}` in the issuer stands for any tenant's name, an ID token's own `tid` (Microsoft's `common` and
    /// `organizations`). Security: whoever has a tenant there can sign people in; which tenants count is yours to say.
    bool tenant_in_issuer{};
};

/// Deviations that are let pass. They can be read in each result, so that nobody has to guess which are still needed.
enum class tolerance : std::uint16_t {
    expires_in_unusable = 1,        ///< null, negative, a fraction, out of range or text: taken as absent
    number_as_string = 2,           ///< `"3600"` for `3600`
    content_type_missing = 4,       ///< read as JSON
    byte_order_mark = 8,            ///< in front of the JSON
    unusual_status = 16,            ///< a success other than 200
    token_type_supplied = 32,       ///< by quirks::missing_token_type
    text_plain = 64,                ///< by quirks::json_as_text_plain
    issuer_not_compared = 128,      ///< `iss` came and the issuer is not known here
    form_post_encoded_twice = 256,  ///< by quirks::form_post_encoded_twice
};

class tolerances {
 public:
    constexpr void add(tolerance one) noexcept { bits_ = static_cast<std::uint16_t>(bits_ | static_cast<unsigned>(one)); }
    [[nodiscard]] constexpr bool has(tolerance one) const noexcept { return (bits_ & static_cast<unsigned>(one)) != 0; }
    [[nodiscard]] constexpr bool none() const noexcept { return bits_ == 0; }

 private:
    std::uint16_t bits_{};
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/server_metadata.hpp> -------------------------------------------------------------------------

// An authorization server as its clients know it (RFC 8414 2). Filled by hand or by a provider's function.
//
//   oauthpp::server_metadata server{
//       .issuer                 = "https://as.example",
//       .authorization_endpoint = "https://as.example/authorize",
//       .token_endpoint         = "https://as.example/token",
//   };

namespace oauthpp::inline v0 {

/// Metadata that says nothing is not metadata that says no.
enum class support : std::uint8_t { not_said, yes, no };

template <class Storage>
struct basic_server_metadata;

namespace detail {

template <class To, class From>
constexpr basic_server_metadata<To> convert_metadata(const basic_server_metadata<From>& from);

}  // namespace detail

/// Filled by hand, an empty list says nothing. Read from a document, what it leaves out has its default (RFC 8414 2).
template <class Storage>
struct basic_server_metadata {
    typename Storage::text issuer{};   ///< empty: not known, and `iss` in a callback cannot be compared
    typename Storage::text authorization_endpoint{};
    typename Storage::text token_endpoint{};
    typename Storage::text jwks_uri{};
    typename Storage::text userinfo_endpoint{};                  ///< OpenID Connect Discovery 3: the same document
    typename Storage::text end_session_endpoint{};               ///< OpenID Connect RP-Initiated Logout 2.1
    typename Storage::text revocation_endpoint{};
    typename Storage::text introspection_endpoint{};
    typename Storage::text device_authorization_endpoint{};
    typename Storage::text pushed_authorization_request_endpoint{};
    // Lists: words with spaces between
    typename Storage::text response_types_supported{};           ///< with commas: a response type may be several words
    typename Storage::text response_modes_supported{};
    typename Storage::text grant_types_supported{};
    typename Storage::text token_endpoint_auth_methods_supported{};
    typename Storage::text token_endpoint_auth_signing_alg_values_supported{};
    typename Storage::text id_token_signing_alg_values_supported{};
    typename Storage::text subject_types_supported{};
    typename Storage::text claim_types_supported{};
    typename Storage::text mtls_endpoint_aliases{};              ///< RFC 8705 5: JSON, for `with_mtls_endpoints`
    support code_challenge_method_s256_supported{};
    support authorization_response_iss_parameter_supported{};   ///< RFC 9207 3
    support claims_parameter_supported{};                       ///< OpenID Connect Discovery 3, as the next three
    support request_parameter_supported{};
    support request_uri_parameter_supported{};
    support require_request_uri_registration{};
    oauthpp::quirks quirks{};
    /// Set by a provider's function that was given a name which cannot be right. Every use reports it.
    errc invalid{};

    constexpr operator basic_server_metadata<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return detail::convert_metadata<borrowed>(*this);
    }
};
using server_metadata = basic_server_metadata<owned>;
using server_metadata_view = basic_server_metadata<borrowed>;

namespace detail {

enum class metadata_kind : std::uint8_t { issuer, endpoint, words, types, json };

template <class Storage>
struct metadata_text {
    const char* name;
    typename Storage::text basic_server_metadata<Storage>::*member;
    metadata_kind kind;
    const char* otherwise;                  // where a document leaves it out
};

template <class Storage, class M = basic_server_metadata<Storage>>
inline constexpr metadata_text<Storage> metadata_texts[] = {
    {"issuer", &M::issuer, metadata_kind::issuer, ""},
    {"authorization_endpoint", &M::authorization_endpoint, metadata_kind::endpoint, ""},
    {"token_endpoint", &M::token_endpoint, metadata_kind::endpoint, ""},
    {"jwks_uri", &M::jwks_uri, metadata_kind::endpoint, ""},
    {"userinfo_endpoint", &M::userinfo_endpoint, metadata_kind::endpoint, ""},
    {"end_session_endpoint", &M::end_session_endpoint, metadata_kind::endpoint, ""},
    {"revocation_endpoint", &M::revocation_endpoint, metadata_kind::endpoint, ""},
    {"introspection_endpoint", &M::introspection_endpoint, metadata_kind::endpoint, ""},
    {"device_authorization_endpoint", &M::device_authorization_endpoint, metadata_kind::endpoint, ""},
    {"pushed_authorization_request_endpoint", &M::pushed_authorization_request_endpoint, metadata_kind::endpoint, ""},
    {"response_types_supported", &M::response_types_supported, metadata_kind::types, ""},
    {"response_modes_supported", &M::response_modes_supported, metadata_kind::words, "query fragment"},
    {"grant_types_supported", &M::grant_types_supported, metadata_kind::words, "authorization_code implicit"},
    {"token_endpoint_auth_methods_supported", &M::token_endpoint_auth_methods_supported, metadata_kind::words,
     "client_secret_basic"},
    {"token_endpoint_auth_signing_alg_values_supported", &M::token_endpoint_auth_signing_alg_values_supported,
     metadata_kind::words, ""},
    {"id_token_signing_alg_values_supported", &M::id_token_signing_alg_values_supported, metadata_kind::words, ""},
    {"subject_types_supported", &M::subject_types_supported, metadata_kind::words, ""},
    {"claim_types_supported", &M::claim_types_supported, metadata_kind::words, "normal"},
    {"mtls_endpoint_aliases", &M::mtls_endpoint_aliases, metadata_kind::json, ""},
};

template <class Storage>
struct metadata_boolean {
    const char* name;
    support basic_server_metadata<Storage>::*member;
    support otherwise;
};

template <class Storage, class M = basic_server_metadata<Storage>>
inline constexpr metadata_boolean<Storage> metadata_booleans[] = {
    {"authorization_response_iss_parameter_supported", &M::authorization_response_iss_parameter_supported, support::not_said},
    {"claims_parameter_supported", &M::claims_parameter_supported, support::no},
    {"request_parameter_supported", &M::request_parameter_supported, support::no},
    {"request_uri_parameter_supported", &M::request_uri_parameter_supported, support::yes},
    {"require_request_uri_registration", &M::require_request_uri_registration, support::no},
};

/// The same in another storage.
template <class To, class From>
constexpr basic_server_metadata<To> convert_metadata(const basic_server_metadata<From>& from) {
    basic_server_metadata<To> to;
    for (std::size_t i = 0; i < std::size(metadata_booleans<To>); ++i) {
        to.*metadata_booleans<To>[i].member = from.*metadata_booleans<From>[i].member;
    }
    for (std::size_t i = 0; i < std::size(metadata_texts<To>); ++i) {
        to.*metadata_texts<To>[i].member = typename To::text(from.*metadata_texts<From>[i].member);
    }
    to.code_challenge_method_s256_supported = from.code_challenge_method_s256_supported;
    to.quirks = from.quirks;
    to.invalid = from.invalid;
    return to;
}

/// What stands in an issuer for the `{tenantid}` of a pattern; empty where the rest differs.
constexpr std::string_view tenant_of(std::string_view issuer, std::string_view pattern) noexcept {
    constexpr std::string_view placeholder = "{tenantid}";
    const std::size_t at = pattern.find(placeholder);
    if (at == std::string_view::npos) return {};
    const std::string_view before = between(pattern, 0, at);
    const std::string_view behind = from(pattern, at + placeholder.size());
    const bool fits = issuer.size() > before.size() + behind.size() && issuer.starts_with(before) && issuer.ends_with(behind);
    const std::string_view tenant = fits ? between(issuer, at, issuer.size() - behind.size()) : std::string_view();
    return tenant.find('/') == std::string_view::npos ? tenant : std::string_view();
}

}  // namespace detail

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/authentication_choice.hpp> -------------------------------------------------------------------

// Which of its proofs a client uses at a server, by the server's metadata (RFC 8414 2).
//
//   auto chosen = oauthpp::choose_authentication(server, {.client_secret = secret, .assertion = proof, .algorithm = "ES256"});
//   if (chosen) app.authentication = *std::move(chosen);

namespace oauthpp::inline v0 {

/// Everything that a client has to prove itself with.
struct client_proofs {
    secret_view client_secret{};
    std::optional<assertion_source_ref> assertion{};   ///< `jwt_assertion` with a key or with the secret
    std::string_view algorithm{};                      ///< that the assertion is signed with: `HS256` is by the secret
    bool certificate{};                                ///< the transport presents one
};

/// The first of private_key_jwt, tls_client_auth or self_signed_tls_client_auth, client_secret_jwt, client_secret_basic,
/// client_secret_post and none that the client has and the server takes: one without a secret that could be repeated, if
/// there is one (RFC 9700 2.5), and a secret in the header before one in the body (RFC 6749 2.3.1). A server that lists
/// nothing takes everything.
///
/// Errors: algorithm_not_allowed if an assertion would do and its algorithm is not listed; authentication_unsupported;
///   both with the member of the metadata in `field`.
inline result<client_authentication> choose_authentication(const server_metadata_view& server, const client_proofs& proofs);

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline result<client_authentication> choose_authentication(const server_metadata_view& server, const client_proofs& proofs) {
    using chosen = result<client_authentication>;
    const auto takes = [](std::string_view list, std::string_view word) { return list.empty() || detail::has_word(list, word); };
    const auto method = [&](std::string_view name) { return takes(server.token_endpoint_auth_methods_supported, name); };
    const bool by_secret = proofs.algorithm.starts_with("HS");
    const bool wants_assertion = proofs.assertion && method(by_secret ? "client_secret_jwt" : "private_key_jwt");
    const bool has_assertion =
        wants_assertion && takes(server.token_endpoint_auth_signing_alg_values_supported, proofs.algorithm);

    if (has_assertion && !by_secret) return chosen(client_assertion{*proofs.assertion});
    if (proofs.certificate && (method("tls_client_auth") || method("self_signed_tls_client_auth"))) return chosen(mutual_tls{});
    if (has_assertion) return chosen(client_assertion{*proofs.assertion});
    const std::string_view secret_text = proofs.client_secret.reveal();
    const bool has_secret = !secret_text.empty();
    if (has_secret && method("client_secret_basic")) return chosen(client_secret_basic{secret(secret_text)});
    if (has_secret && method("client_secret_post")) return chosen(client_secret_post{secret(secret_text)});
    if (wants_assertion) return error_view(errc::algorithm_not_allowed, "token_endpoint_auth_signing_alg_values_supported");
    const bool is_public = !has_secret && !proofs.assertion && !proofs.certificate;
    if (is_public && method("none")) return chosen(no_authentication{});
    return error_view(errc::authentication_unsupported, "token_endpoint_auth_methods_supported");
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/client.hpp> ----------------------------------------------------------------------------------

// A registered client (RFC 6749 2): who we are to one authorization server.

namespace oauthpp::inline v0 {

template <class Storage>
struct basic_client {
    typename Storage::text client_id{};
    basic_client_authentication<Storage> authentication{};
    typename Storage::text redirect_uri{};   ///< exactly as registered: it goes out and is compared byte for byte

    operator basic_client<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {client_id, detail::convert_authentication<borrowed>(authentication), redirect_uri};
    }
};
using client = basic_client<owned>;
using client_view = basic_client<borrowed>;

namespace detail {

inline client owned_copy(const client_view& view) {
    return {std::string(view.client_id), convert_authentication<owned>(view.authentication), std::string(view.redirect_uri)};
}

}  // namespace detail

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/pkce.hpp> ------------------------------------------------------------------------------------

// Proof Key for Code Exchange (RFC 7636): binds an authorization code to who asked for it, so a stolen code is useless.
// Only the method S256 is made here: `plain` protects against nobody who can read the authorization request.
//
//   auto pkce = oauthpp::make_pkce(entropy);
//   // pkce->code_challenge goes with the authorization request, pkce->code_verifier with the token request

namespace oauthpp::inline v0 {

/// 43 characters of base64url: 256 bits that nobody guesses. A state, a nonce and a code verifier are each one of them.
using unguessable = secret_array<43>;

/// No heap: the same object serves owned and borrowed storage.
struct pkce {
    unguessable code_verifier{};
    std::array<char, 43> code_challenge{};
};

/// code_challenge = BASE64URL(SHA256(ASCII(code_verifier))).
///
/// Spec: RFC 7636 4.1, `code-verifier = 43*128unreserved`; 4.2.
/// Errors: invalid_value, if the verifier is shorter, longer or has other characters.
constexpr result<std::array<char, 43>, error_view> make_code_challenge(secret_view code_verifier) noexcept;

namespace detail {

constexpr void encode_32_bytes(std::array<char, 43>& out, const std::array<std::byte, 32>& bytes) noexcept {
    buffer_writer writer{out};
    append_base64url(writer, bytes);
}

constexpr bool write_code_challenge(std::array<char, 43>& out, secret_view code_verifier, failure& wrong) noexcept {
    const std::string_view text = code_verifier.reveal();
    bool unreserved = text.size() >= 43 && text.size() <= 128;
    for (const char c : text) unreserved = unreserved && query_unescaped.has(c);
    if (!unreserved) return wrong.set(errc::invalid_value, "code_verifier");
    encode_32_bytes(out, sha256(text));
    return true;
}

/// Whether the source could fill it.
template <class Entropy>
constexpr bool fill_from(unguessable& out, Entropy& entropy) noexcept {
    static_assert(check_entropy_source<std::remove_cvref_t<Entropy>>());
    std::array<std::byte, 32> bytes{};
    const bool filled = entropy(std::span<std::byte>(bytes));
    encode_32_bytes(out.memory(), bytes);
    wipe(bytes.data(), bytes.size());
    return filled;
}

}  // namespace detail

constexpr result<std::array<char, 43>, error_view> make_code_challenge(secret_view code_verifier) noexcept {
    result<std::array<char, 43>, error_view> made(std::array<char, 43>{});
    detail::failure wrong;
    if (!detail::write_code_challenge(*made, code_verifier, wrong)) made = error_view(wrong);
    return made;
}

/// Errors: no_entropy, if the source says that it failed.
template <class Entropy>
constexpr result<unguessable, error_view> make_unguessable(Entropy&& entropy) noexcept {
    result<unguessable, error_view> made(unguessable{});
    if (!detail::fill_from(*made, entropy)) made = error_view(errc::no_entropy);
    return made;
}

/// A new verifier and its challenge. One for each authorization request (RFC 7636 4.1, 7.1).
///
/// Errors: no_entropy, if the source says that it failed.
template <class Entropy>
constexpr result<pkce, error_view> make_pkce(Entropy&& entropy) noexcept {
    result<pkce, error_view> made(pkce{});
    if (detail::fill_from(made->code_verifier, entropy)) {
        detail::encode_32_bytes(made->code_challenge, sha256(made->code_verifier.reveal()));
    } else {
        made = error_view(errc::no_entropy);
    }
    return made;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/client_assertion.hpp> ------------------------------------------------------------------------

// A client that proves itself by a signed statement instead of a password: `private_key_jwt`, `client_secret_jwt`
// (RFC 7521, RFC 7523), Microsoft's certificate credentials, and assertions that somebody else issues.
//
//   auto key = oauthpp::openssl_signer::from_pem(pem, "PS256");
//   oauthpp::jwt_assertion proof(*key, {.x5t_s256 = certificate.x5t_s256()});
//   app.authentication = oauthpp::client_assertion{proof};

namespace oauthpp::inline v0 {

/// What a JWT says of itself, beyond who is meant.
///
/// Lifetime: the texts must outlive the assertion.
struct jwt_assertion_options {
    std::string_view audience{};                  ///< empty: the token endpoint. FAPI 2.0 wants the issuer
    std::string_view kid{};                       ///< names the key, if the server knows several
    std::string_view x5t_s256{};                  ///< names the certificate: Microsoft, with PS256
    std::string_view x5t{};                       ///< the same by SHA-1: Microsoft, with RS256
    list_view<std::string_view> x5c{};            ///< the certificate and its chain, DER in base64
    seconds lifetime{300};                        ///< short: a stolen assertion is good for no longer
};

/// Signs a new JWT for each request, with `iss` and `sub` the client and a `jti` that never comes twice.
///
/// Spec: RFC 7523 2.2, 3; OpenID Connect Core 9.
/// Lifetime: the key must outlive it.
template <class Entropy = system_entropy, class Clock = system_clock>
class jwt_assertion {
 public:
    explicit jwt_assertion(signer_ref key, const jwt_assertion_options& options = {}, Entropy entropy = {}, Clock clock = {})
        : key_(key), options_(options), entropy_(std::move(entropy)), clock_(std::move(clock)) {}

    /// Errors: no_entropy; signing_failed, when the key gives no signature.
    error_view write_assertion(const assertion_subject& subject, buffer_writer& out);

 private:
    signer_ref key_;
    jwt_assertion_options options_;
    Entropy entropy_;
    Clock clock_;
};
jwt_assertion(signer_ref, const jwt_assertion_options&) -> jwt_assertion<system_entropy, system_clock>;
explicit jwt_assertion(signer_ref) -> jwt_assertion<system_entropy, system_clock>;

/// `client_secret_jwt`: the client's secret as a key (OpenID Connect Core 9).
///
/// Security: a secret below `min_hmac_key_size` signs nothing.
class hmac_signer {
 public:
    explicit hmac_signer(secret client_secret) noexcept : client_secret_(std::move(client_secret)) {}

    [[nodiscard]] std::string_view algorithm() const noexcept { return "HS256"; }
    [[nodiscard]] std::size_t sign(std::string_view bytes, std::span<std::byte> out) const noexcept {
        if (client_secret_.reveal().size() < min_hmac_key_size) return 0;
        const auto tag = hmac_sha256(client_secret_, bytes);
        if (out.size() < tag.size()) return 0;
        for (std::size_t i = 0; i < tag.size(); ++i) out[i] = tag[i];
        return tag.size();
    }

 private:
    secret client_secret_;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Members of a JSON object, encoded on the way.
class jwt_part {
 public:
    explicit jwt_part(buffer_writer& out) noexcept : out_(out, base64url_alphabet) {}

    void add(std::string_view name, std::string_view value) noexcept {
        if (value.empty()) return;
        name_of(name);
        append_json_string(out_, value);
    }
    void add(std::string_view name, unix_time value) noexcept {
        std::array<char, 20> digits{};
        buffer_writer number(digits);
        append_decimal(number, static_cast<std::uint64_t>(value.count));
        name_of(name);
        out_.append(number.written_since(0));
    }
    void add_list(std::string_view name, const list_view<std::string_view>& values) noexcept {
        if (values.size() == 0) return;
        name_of(name);
        for (std::size_t i = 0; i < values.size(); ++i) {
            out_.append(i == 0 ? '[' : ',');
            append_json_string(out_, values[i]);
        }
        out_.append(']');
    }
    void finish() noexcept {
        out_.append('}');
        out_.finish(false);
    }

 private:
    void name_of(std::string_view name) noexcept {
        out_.append(first_ ? '{' : ',');
        append_json_string(out_, name);
        out_.append(':');
        first_ = false;
    }

    base64_stream out_;
    bool first_ = true;
};

inline error_view sign_assertion(signer_ref key, const jwt_assertion_options& options, const assertion_subject& subject,
                                 std::string_view jti, unix_time now, buffer_writer& out) {
    const std::size_t begin = out.size();
    jwt_part header(out);
    header.add("alg", key.algorithm());
    header.add("typ", "JWT");
    header.add("kid", options.kid);
    header.add("x5t#S256", options.x5t_s256);
    header.add("x5t", options.x5t);
    header.add_list("x5c", options.x5c);
    header.finish();
    out.append('.');
    jwt_part claims(out);
    claims.add("iss", subject.client_id);
    claims.add("sub", subject.client_id);
    claims.add("aud", options.audience.empty() ? subject.token_endpoint : options.audience);
    claims.add("jti", jti);
    claims.add("nbf", now);
    claims.add("iat", now);
    claims.add("exp", now + options.lifetime);
    claims.finish();

    // Where the memory was too small, only the signature's size counts
    std::array<std::byte, max_signature_size> signature{};
    const std::size_t size = key.sign(out.written_since(begin), signature);
    if (size == 0 || size > signature.size()) return {errc::signing_failed, "client_assertion"};
    out.append('.');
    append_base64url(out, std::span(signature).first(size));
    return {};
}

}  // namespace detail

template <class Entropy, class Clock>
error_view jwt_assertion<Entropy, Clock>::write_assertion(const assertion_subject& subject, buffer_writer& out) {
    const auto jti = make_unguessable(entropy_);
    if (!jti) return jti.error();
    return detail::sign_assertion(key_, options_, subject, jti->reveal(), clock_.now(), out);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/discovery.hpp> -------------------------------------------------------------------------------

// The document in which an authorization server describes itself (RFC 8414, OpenID Connect Discovery).
//
//   auto server = oauthpp::parse_server_metadata(body, "https://as.example/tenant");
//   store(oauthpp::server_metadata_json(*server));           // later: parse_server_metadata(stored, ...) again

namespace oauthpp::inline v0 {

/// Where to ask, in this order: OpenID Connect puts its well-known path behind the issuer's, RFC 8414 its own before it,
/// and that of OpenID Connect too (5). The last one is empty for an issuer without a path, where it is the first.
///
/// Errors: those of an endpoint: invalid_url, insecure_url, url_has_fragment; invalid_value for an issuer with a query.
inline result<std::array<std::string, 3>> metadata_urls(std::string_view issuer);

/// Spec: RFC 8414 2, 3.3; OpenID Connect Discovery 3, 4.3.
/// Security: the document must name the very issuer that was asked, or another server's document passes for this one's
///   (RFC 8414 6.2); and every endpoint in it is https. `signed_metadata` is not read. `expected_issuer` empty: not compared, for an alias of which the
///   caller knows by other means that it is this server. `known` is what the caller knows of the server's deviations.
/// Errors: malformed_json and its relatives; missing_member, invalid_member, insecure_url, invalid_url with the member;
///   issuer_mismatch.
inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known = {});

/// The document again, of all that is known of a server but its quirks: for a store of your own.
[[nodiscard]] inline std::string server_metadata_json(const server_metadata_view& server);

/// The same server where it asks for a client certificate: each endpoint that has an alias for that is replaced by it
/// (RFC 8705 5). For clients with `mutual_tls`, and for tokens that are to be bound to a certificate.
///
/// Errors: as above, with the endpoint in `field`.
inline result<server_metadata> with_mtls_endpoints(const server_metadata& server);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The words of an array. What is no string is passed over.
inline std::string joined(const json_value& array, char separator) {
    std::string words;
    json_elements each(array);
    while (each.next()) {
        if (each.value().type != json_type::string) continue;
        if (!words.empty()) words += separator;
        words += json_text(each.value());
    }
    return words;
}

constexpr json_type json_type_of(metadata_kind kind) noexcept {
    const bool is_list = kind == metadata_kind::words || kind == metadata_kind::types;
    return kind == metadata_kind::json ? json_type::object : is_list ? json_type::array : json_type::string;
}

inline bool read_text(const json_value& value, const metadata_text<owned>& row, server_metadata& server, failure& wrong) {
    if (value.type != json_type_of(row.kind)) {
        return value.type == json_type::null || wrong.set(errc::invalid_member, row.name);
    }
    std::string& text = server.*row.member;
    if (value.type == json_type::array) {
        std::string words = joined(value, row.kind == metadata_kind::types ? ',' : ' ');
        if (!words.empty()) text = std::move(words);   // what has no elements is to be left out (RFC 8414 3.2)
        return true;
    }
    text = row.kind == metadata_kind::json ? std::string(value.text) : json_text(value);
    return row.kind != metadata_kind::endpoint || check_endpoint(text, row.name, wrong);
}

inline bool read_metadata(const json_object& object, server_metadata& server, failure& wrong) {
    const json_value& value = object.value();
    for (const auto& row : metadata_texts<owned>) {
        if (object.is(row.name)) return read_text(value, row, server, wrong);
    }
    for (const auto& row : metadata_booleans<owned>) {
        if (!object.is(row.name) || value.type == json_type::null) continue;
        server.*row.member = value.text == "true" ? support::yes : support::no;
        return value.type == json_type::boolean || wrong.set(errc::invalid_member, row.name);
    }
    if (object.is("code_challenge_methods_supported")) {
        server.code_challenge_method_s256_supported = has_word(joined(value, ' '), "S256") ? support::yes : support::no;
    }
    return true;
}

inline server_metadata default_metadata() {
    server_metadata server;
    for (const auto& row : metadata_texts<owned>) server.*row.member = row.otherwise;
    for (const auto& row : metadata_booleans<owned>) server.*row.member = row.otherwise;
    return server;
}

}  // namespace detail

inline result<std::array<std::string, 3>> metadata_urls(std::string_view issuer) {
    detail::failure wrong;
    if (!detail::check_endpoint(issuer, "issuer", wrong)) return wrong;
    url_view url;
    if (!detail::split_url(issuer, url, wrong) || url.has_query) return error_view(errc::invalid_value, "issuer");
    // Both specifications take off a slash at the end (RFC 8414 3.1, OpenID Connect Discovery 4.1)
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    const std::string_view path = url.path.ends_with('/') ? detail::between(url.path, 0, url.path.size() - 1) : url.path;
    const std::string origin(detail::between(issuer, 0, issuer.size() - path.size()));
    const std::string openid = "/.well-known/openid-configuration", oauth = "/.well-known/oauth-authorization-server";
    std::string behind = std::string(issuer) + openid;
    std::string before = origin + oauth + std::string(path);
    std::string openid_before = path.empty() ? std::string() : origin + openid + std::string(path);
    return std::array{std::move(behind), std::move(before), std::move(openid_before)};
}

inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known) {
    std::array<std::uint16_t, 2048> room{};
    json_object object(json, room);
    server_metadata server = detail::default_metadata();
    server.quirks = known;
    detail::failure wrong;
    while (object.next()) {
        if (!detail::read_metadata(object, server, wrong)) return wrong;
    }
    if (object.failed()) return object.failure();
    if (server.issuer.empty()) return error_view(errc::missing_member, "issuer");
    const bool same = expected_issuer.empty() || server.issuer == expected_issuer ||
                      (known.tenant_in_issuer && !detail::tenant_of(expected_issuer, server.issuer).empty());
    if (!same) return error_view(errc::issuer_mismatch, "issuer");
    return server;
}

namespace detail {

/// One list of the table as a JSON array.
constexpr void append_json_list(buffer_writer& out, std::string_view words, char separator) noexcept {
    for (std::size_t at = 0; at <= words.size();) {
        const std::string_view word = between(from(words, at), 0, index_of(from(words, at), separator));
        out.append(at == 0 ? '[' : ',');
        append_json_string(out, word);
        at += word.size() + 1;
    }
    out.append(']');
}

constexpr void write_metadata(buffer_writer& out, const server_metadata_view& server) noexcept {
    const auto name = [&](std::string_view member) {
        out.append(out.size() == 0 ? '{' : ',');
        append_json_string(out, member);
        out.append(':');
    };
    for (const auto& row : metadata_texts<borrowed>) {
        const std::string_view text = server.*row.member;
        if (text.empty()) continue;
        name(row.name);
        if (row.kind == metadata_kind::json) out.append(text);
        else if (json_type_of(row.kind) == json_type::string) append_json_string(out, text);
        else append_json_list(out, text, row.kind == metadata_kind::types ? ',' : ' ');
    }
    for (const auto& row : metadata_booleans<borrowed>) {
        if (server.*row.member == support::not_said) continue;
        name(row.name);
        out.append(server.*row.member == support::yes ? "true" : "false");
    }
    if (server.code_challenge_method_s256_supported != support::not_said) {
        name("code_challenge_methods_supported");
        out.append(server.code_challenge_method_s256_supported == support::yes ? R"(["S256"])" : "[]");
    }
    out.append(out.size() == 0 ? "{}" : "}");
}

}  // namespace detail

inline std::string server_metadata_json(const server_metadata_view& server) {
    auto json = detail::write_to_string([&](buffer_writer& out) {
        detail::write_metadata(out, server);
        return detail::finish(out, 0);
    });
    return *std::move(json);           // no text is refused, and a string is as large as it has to be
}

inline result<server_metadata> with_mtls_endpoints(const server_metadata& server) {
    server_metadata aliased = server;
    if (server.mtls_endpoint_aliases.empty()) return aliased;
    std::array<std::uint16_t, 128> room{};
    json_object object(server.mtls_endpoint_aliases, room);
    detail::failure wrong;
    while (object.next()) {
        for (const auto& row : detail::metadata_texts<owned>) {
            if (row.kind != detail::metadata_kind::endpoint || !object.is(row.name)) continue;
            if (!detail::read_text(object.value(), row, aliased, wrong)) return wrong;
        }
    }
    if (object.failed()) return object.failure();
    // The browser goes there, not the client (RFC 8705 5)
    aliased.authorization_endpoint = server.authorization_endpoint;
    aliased.end_session_endpoint = server.end_session_endpoint;
    return aliased;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/scope.hpp> -----------------------------------------------------------------------------------

// Scopes (RFC 6749 3.3): words with one space between them, in any order, compared byte by byte.
//
//   auto scope = oauthpp::make_scope({"openid", "offline_access"});            // "openid offline_access"
//   oauthpp::scope_without(requested, granted)                                 // what was not granted

namespace oauthpp::inline v0 {

/// Walks over the words of a scope. Several spaces count as one.
using scope_reader = detail::word_reader;

[[nodiscard]] constexpr bool scope_includes(std::string_view scope, std::string_view token) noexcept {
    return detail::has_word(scope, token);
}

/// Whether every word of `part` is in `whole`.
[[nodiscard]] constexpr bool scope_covers(std::string_view whole, std::string_view part) noexcept {
    scope_reader words(part);
    while (words.next()) {
        if (!scope_includes(whole, words.token())) return false;
    }
    return true;
}

/// The words of `scope` that `other` has not, in their order.
[[nodiscard]] inline std::string scope_without(std::string_view scope, std::string_view other) {
    std::string rest;
    scope_reader words(scope);
    while (words.next()) {
        if (scope_includes(other, words.token())) continue;
        if (!rest.empty()) rest += ' ';
        rest += words.token();
    }
    return rest;
}

namespace detail {

/// Whether a response type brings tokens through the browser (OAuth 2.0 Multiple Response Types 3).
constexpr bool has_tokens(std::string_view response_type) noexcept {
    return has_word(response_type, "token") || has_word(response_type, "id_token");
}

/// The order of a response type's words means nothing (RFC 6749 3.1.1).
constexpr bool is_same_response_type(std::string_view one, std::string_view other) noexcept {
    return scope_covers(one, other) && scope_covers(other, one);
}

}  // namespace detail

/// A list as one text.
///
/// Spec: RFC 6749 3.3, `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
/// Errors: invalid_value for a word that is empty or has other characters; a space would make it two.
inline result<std::string> make_scope(const list_view<std::string_view>& tokens) {
    std::string scope;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].empty() || !detail::is_unquoted(tokens[i], false)) return error_view(errc::invalid_value, "scope");
        if (i != 0) scope += ' ';
        scope += tokens[i];
    }
    return scope;
}
inline result<std::string> make_scope(std::initializer_list<std::string_view> tokens) {
    return make_scope(list_view<std::string_view>(std::span(tokens.begin(), tokens.size())));
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/state.hpp> -----------------------------------------------------------------------------------

// A state that carries data of the application's own, such as the page that the person was on, and comes back verified,
// also in another process (RFC 6749 4.1.1, RFC 9700 4.7).
//
//   auto state = oauthpp::make_state(*unguessable, "/settings", key);
//   auto page  = oauthpp::data_of_state(state_that_came_back, key);          // "/settings"
//
// The form: 43 random characters "." base64url(data) "." base64url(HMAC-SHA-256(key, all before the second period)).

namespace oauthpp::inline v0 {

/// Security: the data is authenticated, not hidden: the person, the server and every log on the way can read it. It
///   does not replace the comparison of the whole state with the one that this browser's login began with.
/// Errors: missing_value or invalid_value for a key below 32 bytes, buffer_too_small.
constexpr result<std::string_view, error_view> write_state(buffer_writer& out, const unguessable& random, std::string_view data,
                                                           secret_view key);

/// Gives the data back, if whoever knows `key` made this state. `out` holds it; it is never longer than the state.
///
/// Errors: invalid_state_data, buffer_too_small.
constexpr result<std::string_view, error_view> read_state_data(std::string_view state, secret_view key, std::span<char> out);

inline result<std::string> make_state(const unguessable& random, std::string_view data, secret_view key) {
    return detail::write_to_string([&](buffer_writer& out) { return write_state(out, random, data, key); });
}

inline result<std::string> data_of_state(std::string_view state, secret_view key) {
    std::string data(state.size(), '\0');
    const auto read = read_state_data(state, key, data);
    if (!read) return read.error();
    data.resize(read->size());
    return data;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

constexpr failure check_state_key(secret_view key) noexcept {
    if (key.empty()) return {errc::missing_value, "key"};
    return key.reveal().size() < min_hmac_key_size ? failure{errc::invalid_value, "key"} : failure{};
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_state(buffer_writer& out, const unguessable& random, std::string_view data,
                                                           secret_view key) {
    if (const detail::failure wrong = detail::check_state_key(key); wrong.failed()) return wrong;
    const std::size_t mark = out.size();
    out.append(random.reveal());
    out.append('.');
    detail::base64_stream encoded(out, detail::base64url_alphabet);
    encoded.append(data);
    encoded.finish(false);
    const auto tag = hmac_sha256(key, out.written_since(mark));
    out.append('.');
    append_base64url(out, tag);
    return detail::finish(out, mark);
}

constexpr result<std::string_view, error_view> read_state_data(std::string_view state, secret_view key, std::span<char> out) {
    if (const detail::failure wrong = detail::check_state_key(key); wrong.failed()) return wrong;
    const std::size_t first = detail::index_of(state, '.');
    const std::size_t last = state.rfind('.');
    if (first == state.size() || last == first) return error_view(errc::invalid_state_data, "state");
    const auto tag = base64url_encode(hmac_sha256(key, detail::between(state, 0, last)));
    if (!detail::equal_constant_time({tag.data(), tag.size()}, detail::from(state, last + 1))) {
        return error_view(errc::invalid_state_data, "state");
    }
    const auto size = base64url_decode(detail::between(state, first + 1, last), out);
    if (!size) return size.error().reason == errc::buffer_too_small ? size.error() : error_view(errc::invalid_state_data, "state");
    return std::string_view(out.data(), *size);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/parameter.hpp> -------------------------------------------------------------------------------

// What a request parameter may hold (RFC 6749 appendix A). A line end in a value would become a header of its own in
// somebody's log or proxy; a parameter given twice is read by one server in one way and by the next in another.

namespace oauthpp::inline v0::detail {

enum class grammar : std::uint8_t {
    printable,   ///< VSCHAR: %x20-7E
    words,       ///< scope-token *( SP scope-token ): no quotes, no backslash, one space between
    names,       ///< response-name *( SP response-name ): letters, digits, `_`, one space between
    pkce,        ///< 43*128unreserved (RFC 7636 4.1, 4.2)
    text,        ///< UTF-8 without control characters
};

inline constexpr character_set word_characters{" !#$%&'()*+,-./:;<=>?@[]^_`{|}~"};
inline constexpr character_set name_characters{"_ "};

/// Where the run of characters ends that are printable: of ASCII, or of UTF-8.
constexpr std::size_t printable_size(std::string_view value, bool utf8) noexcept {
    const std::size_t size = utf8 ? utf8_error(value) : value.size();
    const unsigned last = utf8 ? 0xFF : 0x7E;
    std::size_t at = plain_run(between(value, 0, size));
    for (; at < size; ++at) {
        const auto u = static_cast<unsigned char>(value[at]);
        if (u < 0x20 || u > last || u == 0x7F) break;
    }
    return at;
}

/// The offset of the first byte that the grammar has not, or the size.
constexpr std::size_t first_wrong(std::string_view value, grammar rule) noexcept {
    if (rule == grammar::printable || rule == grammar::text) return printable_size(value, rule == grammar::text);
    const character_set& allowed =
        rule == grammar::words ? word_characters : rule == grammar::names ? name_characters : query_unescaped;
    const bool takes_names = rule != grammar::names;
    std::size_t at = 0;
    for (;; ++at) {
        if (takes_names) at += name_run(from(value, at));
        if (at == value.size() || !allowed.has(value[at])) break;
        if (value[at] == ' ' && (at == 0 || at + 1 == value.size() || value[at + 1] == ' ')) break;   // one between words
    }
    return at;
}

constexpr bool check_value(const char* name, std::string_view value, grammar rule, failure& wrong) noexcept {
    const std::size_t end = first_wrong(value, rule);
    const bool fits = rule != grammar::pkce || value.empty() || (value.size() >= 43 && value.size() <= 128);
    return (fits && end == value.size()) || wrong.set(errc::invalid_value, name, end);
}

/// RFC 8707 2: absolute URIs without a fragment.
constexpr bool check_resources(const list_view<std::string_view>& resource, failure& wrong) noexcept {
    for (std::size_t i = 0; i < resource.size(); ++i) {
        url_view url;
        if (!split_url(resource[i], url, wrong) || url.has_fragment) return wrong.set(errc::invalid_value, "resource", wrong.offset);
    }
    return true;
}

/// The caller's further parameters: well-formed, not twice, and none of those that have a member of their own or that
/// must not be here. `repeatable` are names with spaces between them.
///
/// An error outlives the caller's names, so it speaks of "extra" where it cannot quote a name from `reserved`.
constexpr bool check_extra(const list_view<parameter_view>& extra, std::span<const char* const> reserved,
                           std::string_view repeatable, failure& wrong) noexcept {
    constexpr const char* field = "extra";
    for (std::size_t i = 0; i < extra.size(); ++i) {
        const parameter_view one = extra[i];
        if (!is_name(one.name)) return wrong.set(errc::invalid_value, field);                     // RFC 6749 appendix A.18
        for (const char* name : reserved) {
            if (equal(one.name, name)) return wrong.set(errc::forbidden_parameter, name);
        }
        if (!check_value(field, one.value, grammar::text, wrong)) return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (extra[j].name == one.name && !has_word(repeatable, one.name)) return wrong.set(errc::repeated_parameter, field);
        }
    }
    return true;
}

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/protocol/authorization_request.hpp> -------------------------------------------------------------------

// The first message of the grant: the URL that the person's browser opens (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1).
//
//   auto url = oauthpp::authorization_url(endpoint, {.client_id = id, .redirect_uri = uri, .scope = "openid", .state = state});

namespace oauthpp::inline v0 {

/// Members in the order of RFC 6749, RFC 7636, OpenID Connect, then the others. An empty text is an absent parameter
/// (RFC 6749 3.1).
template <class Storage>
struct basic_authorization_request {
    using text = typename Storage::text;

    text response_type{"code"};           ///< `code`, or words with spaces between: `code id_token`
    text client_id{};
    text redirect_uri{};
    text scope{};                         ///< words with spaces between; `make_scope` joins a list
    text state{};
    text code_challenge{};                ///< RFC 7636 4.3, 43 to 128 characters; `make_pkce` makes one
    text code_challenge_method{"S256"};
    text response_mode{};                 ///< `query`, `fragment` or `form_post`; empty: not sent
    text nonce{};
    text display{};
    text prompt{};                        ///< `none`, or words of `login consent select_account`
    std::optional<seconds> max_age{};
    text ui_locales{};
    text id_token_hint{};
    text login_hint{};                    ///< UTF-8
    text acr_values{};
    text claims{};                        ///< JSON
    text domain_hint{};                   ///< Microsoft
    typename Storage::template list<text, std::string_view> resource{};   ///< RFC 8707 2
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};   ///< anything else, by name

    space scope_separator{};              ///< how a space is encoded
    /// Security: without a state, an attacker's callback logs the victim in as the attacker (RFC 6749 10.12).
    bool allow_missing_state{};
    /// Security: with `plain`, who reads this request can redeem the code (RFC 7636 7.2).
    bool allow_plain_code_challenge{};

    constexpr operator basic_authorization_request<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {response_type, client_id, redirect_uri, scope, state, code_challenge, code_challenge_method,
                response_mode, nonce, display, prompt, max_age, ui_locales, id_token_hint, login_hint, acr_values,
                claims, domain_hint, resource, extra, scope_separator, allow_missing_state, allow_plain_code_challenge};
    }
};
using authorization_request = basic_authorization_request<owned>;
using authorization_request_view = basic_authorization_request<borrowed>;

/// Appends the whole URL to `out` and gives a view of it. A query that the endpoint has is kept.
///
/// Spec: RFC 6749 4.1.1, 3.1; OAuth 2.0 Multiple Response Type Encoding Practices 3, 5; OpenID Connect Core 3.1.2.1,
///   3.3.2.1.
/// Security: credentials never enter a URL, so `client_secret` and its like are refused among `extra`.
/// Errors: each names the member in `field`. missing_value, invalid_value with the offset, invalid_url, insecure_url,
///   url_has_fragment, repeated_parameter, forbidden_parameter, plain_pkce, buffer_too_small with the size needed.
constexpr result<std::string_view, error_view> write_authorization_url(buffer_writer& out, std::string_view endpoint,
                                                                       const authorization_request_view& request);

/// The same in a string, with one allocation.
inline result<std::string> authorization_url(std::string_view endpoint, const authorization_request_view& request) {
    return detail::write_to_string([&](buffer_writer& out) { return write_authorization_url(out, endpoint, request); });
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

struct authorization_parameter {
    const char* name;
    std::string_view authorization_request_view::*value;
    grammar rule;
};

/// In the order in which they are sent.
inline constexpr authorization_parameter authorization_parameters[] = {
    {"response_type", &authorization_request_view::response_type, grammar::names},
    {"client_id", &authorization_request_view::client_id, grammar::printable},
    {"redirect_uri", &authorization_request_view::redirect_uri, grammar::printable},
    {"scope", &authorization_request_view::scope, grammar::words},
    {"state", &authorization_request_view::state, grammar::printable},
    {"code_challenge", &authorization_request_view::code_challenge, grammar::pkce},
    {"code_challenge_method", &authorization_request_view::code_challenge_method, grammar::printable},
    {"response_mode", &authorization_request_view::response_mode, grammar::printable},
    {"nonce", &authorization_request_view::nonce, grammar::printable},
    {"display", &authorization_request_view::display, grammar::printable},
    {"prompt", &authorization_request_view::prompt, grammar::words},
    {"ui_locales", &authorization_request_view::ui_locales, grammar::words},
    {"id_token_hint", &authorization_request_view::id_token_hint, grammar::printable},
    {"login_hint", &authorization_request_view::login_hint, grammar::text},
    {"acr_values", &authorization_request_view::acr_values, grammar::words},
    {"claims", &authorization_request_view::claims, grammar::text},
    {"domain_hint", &authorization_request_view::domain_hint, grammar::text},
};

/// What `extra` may not bring: credentials, and what has a member of its own but stands in no table.
inline constexpr const char* not_in_authorization_request[] = {
    "client_secret", "client_assertion", "client_assertion_type", "code_verifier", "password", "max_age", "resource"};

/// Whether `word` is there and not alone.
constexpr bool is_mixed(std::string_view words, const char* word) noexcept {
    return !equal(words, word) && has_word(words, word);
}

constexpr bool check_code_challenge(const authorization_request_view& request, failure& wrong) noexcept {
    const std::string_view challenge = request.code_challenge;
    if (challenge.empty()) return true;
    if (equal(request.code_challenge_method, "S256")) {                  // RFC 7636 4.2: base64url of 32 bytes
        const bool possible = challenge.size() == 43 && challenge.find_first_of(".~") == std::string_view::npos;
        return possible || wrong.set(errc::invalid_value, "code_challenge");
    }
    const bool plain = equal(request.code_challenge_method, "plain");
    if (plain && request.allow_plain_code_challenge) return true;
    return wrong.set(plain ? errc::plain_pkce : errc::invalid_value, "code_challenge_method");
}

constexpr bool check_response_mode(const authorization_request_view& request, failure& wrong) noexcept {
    const std::string_view mode = request.response_mode;
    if (mode.empty() || equal(mode, "fragment") || equal(mode, "form_post")) return true;
    // Multiple Response Types 5: a token in a query ends up in logs and Referer headers
    if (equal(mode, "query") && !has_tokens(request.response_type)) return true;
    return wrong.set(errc::invalid_value, "response_mode");
}

/// The names that the endpoint's own query or `extra` must not repeat.
constexpr bool is_sent(const authorization_request_view& request, const form_reader& name) noexcept {
    for (const auto& parameter : authorization_parameters) {
        if (name.is(parameter.name)) return !(request.*parameter.value).empty();
    }
    for (std::size_t i = 0; i < request.extra.size(); ++i) {
        if (name.is(request.extra[i].name)) return !request.extra[i].value.empty();
    }
    return name.is("max_age") && request.max_age.has_value();
}

constexpr bool check_authorization_request(std::string_view endpoint, const authorization_request_view& request, failure& wrong) noexcept {
    if (!check_endpoint(endpoint, "authorization_endpoint", wrong)) return false;
    for (const auto& [name, value, rule] : authorization_parameters) {
        if (!check_value(name, request.*value, rule, wrong)) return false;
        for (std::size_t i = 0; i < request.extra.size(); ++i) {
            if (equal(request.extra[i].name, name)) return wrong.set(errc::repeated_parameter, name);
        }
    }
    if (request.response_type.empty()) return wrong.set(errc::missing_value, "response_type");
    if (request.client_id.empty()) return wrong.set(errc::missing_value, "client_id");
    // OAuth 2.0 Multiple Response Types 4
    if (is_mixed(request.response_type, "none")) return wrong.set(errc::invalid_value, "response_type");
    if (!request.redirect_uri.empty()) {
        if (!check_redirect_uri(request.redirect_uri, wrong)) return false;
    } else if (has_word(request.scope, "openid")) {
        return wrong.set(errc::missing_value, "redirect_uri");                    // OpenID Connect Core 3.1.2.1
    }
    if (request.state.empty() && !request.allow_missing_state) return wrong.set(errc::missing_value, "state");   // RFC 6749 10.12
    if (!check_code_challenge(request, wrong) || !check_response_mode(request, wrong)) return false;
    // OpenID Connect Core 3.2.2.1, 3.3.2.11: an ID token from the front channel is bound by its nonce
    if (request.nonce.empty() && has_word(request.response_type, "id_token")) return wrong.set(errc::missing_value, "nonce");
    if (is_mixed(request.prompt, "none")) return wrong.set(errc::invalid_value, "prompt");
    if (request.max_age && request.max_age->count < 0) return wrong.set(errc::invalid_value, "max_age");
    if (!check_resources(request.resource, wrong)) return false;
    if (!check_extra(request.extra, not_in_authorization_request, "audience", wrong)) return false;
    const std::size_t question = index_of(endpoint, '?');
    form_reader own(question == endpoint.size() ? std::string_view() : from(endpoint, question + 1));
    while (own.next()) {
        if (is_sent(request, own)) return wrong.set(errc::repeated_parameter, "authorization_endpoint");
    }
    return true;
}

/// Pairs behind an endpoint that may have a query of its own.
class query_writer {
 public:
    constexpr query_writer(buffer_writer& out, std::string_view endpoint, space how) noexcept : out_(out), how_(how) {
        out_.append(endpoint);
        if (endpoint.find('?') == std::string_view::npos) separator_ = '?';
        else if (endpoint.ends_with('?') || endpoint.ends_with('&')) separator_ = '\0';
    }
    constexpr void append(std::string_view name, std::string_view value) noexcept {
        if (value.empty()) return;
        if (separator_ != '\0') out_.append(separator_);
        separator_ = '&';
        append_query_escaped(out_, name, how_);
        out_.append('=');
        append_query_escaped(out_, value, how_);
    }

 private:
    buffer_writer& out_;
    space how_;
    char separator_ = '&';
};

}  // namespace detail

constexpr result<std::string_view, error_view> write_authorization_url(buffer_writer& out, std::string_view endpoint,
                                                                       const authorization_request_view& request) {
    detail::failure wrong;
    if (!detail::check_authorization_request(endpoint, request, wrong)) return wrong;
    const std::size_t mark = out.size();
    detail::query_writer query(out, endpoint, request.scope_separator);
    for (const auto& [name, value, rule] : detail::authorization_parameters) {
        if (value == &authorization_request_view::code_challenge_method && request.code_challenge.empty()) continue;
        query.append(name, request.*value);
    }
    if (request.max_age) {
        std::array<char, 20> digits{};
        buffer_writer number{digits};
        detail::append_decimal(number, static_cast<std::uint64_t>(request.max_age->count));
        query.append("max_age", number.written_since(0));
    }
    for (std::size_t i = 0; i < request.resource.size(); ++i) query.append("resource", request.resource[i]);
    for (std::size_t i = 0; i < request.extra.size(); ++i) query.append(request.extra[i].name, request.extra[i].value);
    return detail::finish(out, mark);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/authorization_response.hpp> ------------------------------------------------------------------

// The second message of the grant, the callback: what the browser brings back to the redirect URI (RFC 6749 4.1.2, RFC
// 9207). It comes through the browser, so anybody may have written it.
//
//   auto callback = oauthpp::parse_authorization_response(query, {.state = state, .issuer = issuer});
//   if (callback) redeem(callback->code);

namespace oauthpp::inline v0 {

/// What was asked for. Everything that does not fit it is refused.
struct expected_response {
    std::string_view state{};              ///< an empty one never matches
    std::string_view issuer{};             ///< empty: not known, so `iss` cannot be compared
    bool iss_required{};                   ///< the metadata announces `iss` (RFC 9207 3)
    std::string_view redirect_uri{};       ///< empty: where the callback arrived is not compared
    std::string_view response_type{"code"};
    std::string_view response_mode{};      ///< empty: `query`, or `fragment` where the response type has tokens
    oauthpp::quirks quirks{};
    std::size_t max_size = 64 * 1024;      ///< bytes
    unsigned max_parameters = 100;
    /// Security: for servers that lose the state. An attacker's callback logs the victim in as the attacker (RFC 6749
    /// 10.12). A state that does come is still compared.
    bool allow_missing_state{};
};

template <class Storage>
struct basic_authorization_response {
    using text = typename Storage::text;
    using secret = typename Storage::secret;

    secret code{};
    text state{};
    text iss{};
    text scope{};
    secret access_token{};   ///< with the response types `token` only. Validate before use; nothing here has
    text token_type{};
    text expires_in{};
    secret id_token{};       ///< with the response types `id_token` only, unverified
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};   ///< `session_state` and others
    tolerances tolerated{};
};
using authorization_response = basic_authorization_response<owned>;
using authorization_response_view = basic_authorization_response<borrowed>;

/// Reads a callback: a whole URL, a request target (`/cb?code=...`), a query, a fragment (`#...`), the body of a
/// `form_post`, or a URL that a person copied, with white space around it.
///
/// Spec: RFC 6749 4.1.2, 4.1.2.1, 4.2.2; RFC 9207 2.4; OAuth 2.0 Form Post Response Mode; RFC 8252 7.3.
/// Security: state first, in constant time, then the issuer, then the error, then the code; so a stranger can neither
///   abort a login nor bring words of his own into it.
/// Errors: input_too_long, too_many_parameters, wrong_redirect_uri, unexpected_response_mode, malformed_form,
///   duplicate_parameter, state_missing, state_mismatch (with the server's error as an untrusted hint), issuer_missing,
///   issuer_mismatch, server_refused, unexpected_parameter, missing_parameter, invalid_parameter.
inline result<authorization_response> parse_authorization_response(std::string_view callback, const expected_response& expected);

/// The same without a heap. As many further parameters as fit are put into `extra`.
///
/// Lifetime: `received` is rewritten, and the views point into it. After a failure only the error's texts are of use.
constexpr result<authorization_response_view, error_view> parse_authorization_response_in_place(
    std::span<char> received, const expected_response& expected, std::span<parameter_view> extra = {});

/// The state of a callback, unverified: good only for finding which of this browser's logins it belongs to.
inline result<std::string> state_of_callback(std::string_view callback);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

enum class callback_parameter : std::size_t {
    code, state, iss, error, error_description, error_uri, scope, access_token, token_type, expires_in, id_token, count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(callback_parameter::count)> callback_names{
    "code", "state", "iss", "error", "error_description", "error_uri", "scope", "access_token", "token_type", "expires_in", "id_token"};

/// What each word of a response type brings. In a table of its own: one inside a function is built on the stack.
inline constexpr struct {
    callback_parameter parameter;
    const char* word;
} callback_artifacts[] = {
    {callback_parameter::code, "code"}, {callback_parameter::access_token, "token"}, {callback_parameter::id_token, "id_token"}};

constexpr std::size_t callback_index(const form_reader& form) noexcept {
    std::size_t i = 0;
    while (i < callback_names.size() && !form.is(callback_names[i])) ++i;
    return i;
}

/// The callback without the white space that a person pastes around it, taken apart.
struct callback_parts {
    std::string_view before_query{};   ///< a URL or a path; empty for a form alone
    std::string_view query{};
    std::string_view fragment{};
    bool is_form{};                    ///< a form alone, which may have come in any mode
};

constexpr callback_parts split_callback(std::string_view callback) noexcept {
    callback_parts parts;
    const std::string_view text = trimmed(callback);
    const std::size_t hash = index_of(text, '#');
    const std::string_view without_fragment = between(text, 0, hash);
    if (hash != text.size()) parts.fragment = from(text, hash + 1);
    const std::size_t question = index_of(without_fragment, '?');
    const std::size_t colon = index_of(without_fragment, ':');
    const bool is_url = colon < index_of(without_fragment, '=') && colon < question;
    const bool located = is_url || text.starts_with('/') || text.starts_with('?') || text.starts_with('#');
    if (!located) {
        parts.query = without_fragment;
        parts.is_form = true;
        return parts;
    }
    parts.before_query = between(without_fragment, 0, question);
    if (question != hash) parts.query = from(without_fragment, question + 1);
    return parts;
}

constexpr bool has_callback_parameters(std::string_view form) noexcept {
    form_reader pairs(form);
    while (pairs.next()) {
        if (callback_index(pairs) != callback_names.size()) return true;
    }
    return false;
}

/// The form that holds the response: where the mode that was asked for puts it, and nowhere else.
constexpr bool choose_form(const callback_parts& parts, const expected_response& expected, std::string_view& form, failure& wrong) noexcept {
    const std::string_view mode = expected.response_mode;
    const bool tokens = has_tokens(expected.response_type);
    const bool query = mode.empty() ? !tokens : equal(mode, "query");
    const bool fragment = mode.empty() ? tokens : equal(mode, "fragment");
    // OAuth 2.0 Multiple Response Types 5: a query ends up in logs and Referer headers
    const bool in_query = (tokens && query) || (!parts.is_form && !query && has_callback_parameters(parts.query));
    if (in_query) return wrong.set(errc::unexpected_response_mode, "query");
    const bool in_fragment = (parts.is_form || !fragment) && has_callback_parameters(parts.fragment);
    if (in_fragment) return wrong.set(errc::unexpected_response_mode, "fragment");
    if (parts.is_form || query) form = parts.query;
    else if (fragment) form = parts.fragment;
    return true;
}

constexpr std::string_view port_of(const url_view& url) noexcept {
    if (!url.port.empty()) return url.port;
    return equal_ignoring_case(url.scheme, "https") ? "443" : equal_ignoring_case(url.scheme, "http") ? "80" : "";
}

/// Whether the callback arrived where it was sent to. A browser writes scheme and host in lower case, leaves out a
/// standard port, and turns an empty path into `/`; nothing else may differ.
constexpr bool arrived_at(const callback_parts& parts, std::string_view redirect_uri) noexcept {
    url_view expected;
    failure wrong;
    if (!split_url(redirect_uri, expected, wrong)) return false;
    const auto path_of = [](std::string_view path) { return path.empty() ? std::string_view("/") : path; };
    std::string_view path = parts.before_query;
    if (!path.starts_with('/')) {
        url_view actual;
        if (!split_url(parts.before_query, actual, wrong) || !equal_ignoring_case(actual.scheme, expected.scheme) || actual.has_authority != expected.has_authority ||
            !equal_ignoring_case(actual.host, expected.host) || port_of(actual) != port_of(expected)) {
            return false;
        }
        path = actual.path;
    }
    if (path_of(path) != path_of(expected.path)) return false;
    if (expected.query.empty()) return true;
    // RFC 6749 3.1.2: a query that the redirect URI has is kept
    return parts.query.starts_with(expected.query) &&
           (parts.query.size() == expected.query.size() || parts.query[expected.query.size()] == '&');
}

constexpr bool locate_response(std::string_view callback, const expected_response& expected, std::string_view& form, failure& wrong) noexcept {
    if (callback.size() > expected.max_size) return wrong.set(errc::input_too_long, "callback", expected.max_size);
    const callback_parts parts = split_callback(callback);
    if (!expected.redirect_uri.empty() && !parts.before_query.empty() && !arrived_at(parts, expected.redirect_uri)) {
        return wrong.set(errc::wrong_redirect_uri, "redirect_uri");
    }
    return choose_form(parts, expected, form, wrong);
}

/// Decodes where it stands. The caller owns the memory and lent it for that.
constexpr bool decode_in_place(std::string_view& text) noexcept {
    char* memory = const_cast<char*>(text.data());
    const std::size_t plain = index_of(between(text, 0, index_of(text, '%')), '+');
    const form_decoding decoded = decode_form(text, memory, plain);
    text = {memory, decoded.size};
    return !decoded.failed;
}

class callback_reader {
 public:
    constexpr callback_reader(const expected_response& expected, tolerances& tolerated) noexcept
        : expected_(expected), tolerated_(tolerated) {}

    template <class Extra>
    constexpr bool read(std::string_view form, Extra&& extra, failure& wrong) noexcept {
        form_reader pairs(form);
        for (unsigned count = 0; pairs.next(); ++count) {
            if (count == expected_.max_parameters) return wrong.set(errc::too_many_parameters, "callback");
            const std::size_t i = callback_index(pairs);
            parameter_view one{pairs.name(), pairs.value()};
            const bool known = i < callback_names.size();
            if (known && (seen_ & (1U << i)) != 0) return wrong.set(errc::duplicate_parameter, callback_names[i].data());
            if ((!known && !decode(one.name)) || !decode(one.value)) {
                return wrong.set(errc::malformed_form, known ? callback_names[i].data() : "callback", offset_of(form, pairs));
            }
            if (known) {
                seen_ |= 1U << i;
                values_[i] = one.value;
            } else {
                extra(one);
            }
        }
        return true;
    }

    /// In this order: nothing that a stranger wrote counts before the state has said that he is none.
    [[nodiscard]] constexpr bool verify(failure& wrong) const noexcept {
        if (!check_state(wrong) || !check_issuer(wrong)) return false;
        if (has(callback_parameter::error)) return wrong.set(errc::server_refused);
        return check_response_type(wrong);
    }

    /// With the server's words; of a callback without the right state they are a hint, and may be anybody's.
    constexpr void explain(error_view& wrong) const noexcept {
        if (wrong.reason == errc::issuer_missing || wrong.reason == errc::issuer_mismatch) return;
        wrong.server_error = (*this)[callback_parameter::error];
        wrong.server_description = (*this)[callback_parameter::error_description];
        wrong.server_uri = (*this)[callback_parameter::error_uri];
    }

    [[nodiscard]] constexpr std::string_view operator[](callback_parameter which) const noexcept {
        return values_[static_cast<std::size_t>(which)];
    }

 private:
    [[nodiscard]] constexpr bool has(callback_parameter which) const noexcept {
        return !(*this)[which].empty();                                    // RFC 6749 3.1: without a value it is absent
    }
    constexpr bool decode(std::string_view& text) const noexcept {
        if (!decode_in_place(text)) return false;
        const bool twice = expected_.quirks.form_post_encoded_twice && equal(expected_.response_mode, "form_post");
        if (!twice || text.find_first_of("%+") == std::string_view::npos) return true;
        tolerated_.add(tolerance::form_post_encoded_twice);
        return decode_in_place(text);
    }
    static constexpr std::size_t offset_of(std::string_view form, const form_reader& pairs) noexcept {
        return static_cast<std::size_t>(pairs.name().data() - form.data());
    }

    // RFC 6749 10.12, RFC 9700 4.7
    constexpr bool check_state(failure& wrong) const noexcept {
        const std::string_view state = (*this)[callback_parameter::state];
        if (state.empty()) return expected_.allow_missing_state || wrong.set(errc::state_missing, "state");
        return equal_constant_time(state, expected_.state) || wrong.set(errc::state_mismatch, "state");
    }

    // RFC 9207 2.4: by simple string comparison
    constexpr bool check_issuer(failure& wrong) const noexcept {
        if (!has(callback_parameter::iss)) {
            // An ID token names its issuer itself (RFC 9207 4), and servers leave the parameter out beside one
            const bool required = expected_.iss_required && !has(callback_parameter::id_token);
            return !required || wrong.set(errc::issuer_missing, "iss");
        }
        if (expected_.issuer.empty()) {
            tolerated_.add(tolerance::issuer_not_compared);
            return true;
        }
        return (*this)[callback_parameter::iss] == expected_.issuer || wrong.set(errc::issuer_mismatch, "iss");
    }

    constexpr bool check_response_type(failure& wrong) const noexcept {
        for (const auto& [parameter, word] : callback_artifacts) {
            const char* name = callback_names[static_cast<std::size_t>(parameter)].data();
            const bool asked_for = has_word(expected_.response_type, word);
            if (has(parameter) && !asked_for) return wrong.set(errc::unexpected_parameter, name);
            if (!has(parameter) && asked_for) return wrong.set(errc::missing_parameter, name);
            if (!is_printable((*this)[parameter])) return wrong.set(errc::invalid_parameter, name);      // RFC 6749 appendix A.11
        }
        const bool untyped = has(callback_parameter::access_token) && !has(callback_parameter::token_type);
        return !untyped || wrong.set(errc::missing_parameter, "token_type");                             // RFC 6749 4.2.2
    }

    const expected_response& expected_;
    tolerances& tolerated_;
    std::array<std::string_view, callback_names.size()> values_{};
    unsigned seen_ = 0;
};

template <class Extra>
constexpr result<authorization_response_view, error_view> parse_callback(std::span<char> received, const expected_response& expected,
                                                                         Extra&& extra) {
    result<authorization_response_view, error_view> response(authorization_response_view{});
    std::string_view form;
    failure wrong;
    callback_reader reader(expected, response->tolerated);
    const bool readable = locate_response({received.data(), received.size()}, expected, form, wrong) && reader.read(form, extra, wrong);
    if (!readable || !reader.verify(wrong)) {
        response = wrong;
        if (readable) reader.explain(response.error());
        return response;
    }
    response->code = reader[callback_parameter::code];
    response->state = reader[callback_parameter::state];
    response->iss = reader[callback_parameter::iss];
    response->scope = reader[callback_parameter::scope];
    response->access_token = reader[callback_parameter::access_token];
    response->token_type = reader[callback_parameter::token_type];
    response->expires_in = reader[callback_parameter::expires_in];
    response->id_token = reader[callback_parameter::id_token];
    return response;
}

}  // namespace detail

constexpr result<authorization_response_view, error_view> parse_authorization_response_in_place(
    std::span<char> received, const expected_response& expected, std::span<parameter_view> extra) {
    std::size_t count = 0;
    auto response = detail::parse_callback(received, expected, [&](const parameter_view& one) {
        if (count < extra.size()) extra[count++] = one;
    });
    if (response) response->extra = extra.first(count);
    return response;
}

inline result<authorization_response> parse_authorization_response(std::string_view callback, const expected_response& expected) {
    if (callback.size() > expected.max_size) return error_view(errc::input_too_long, "callback", expected.max_size);
    detail::scratch copy(callback);
    std::vector<parameter_view> extra;
    const auto view = detail::parse_callback(copy.text, expected, [&](const parameter_view& one) { extra.push_back(one); });
    if (!view) return view.error();
    authorization_response response{
        .code = secret(view->code.reveal()),
        .state = std::string(view->state),
        .iss = std::string(view->iss),
        .scope = std::string(view->scope),
        .access_token = secret(view->access_token.reveal()),
        .token_type = std::string(view->token_type),
        .expires_in = std::string(view->expires_in),
        .id_token = secret(view->id_token.reveal()),
        .tolerated = view->tolerated,
    };
    response.extra.reserve(extra.size());
    for (const parameter_view& one : extra) response.extra.push_back({std::string(one.name), std::string(one.value)});
    return response;
}

inline result<std::string> state_of_callback(std::string_view callback) {
    const detail::callback_parts parts = detail::split_callback(callback);
    std::string state;
    for (const std::string_view form : {parts.query, parts.fragment}) {
        form_reader pairs(form);
        while (pairs.next()) {
            if (!pairs.is("state")) continue;
            if (!state.empty()) return error_view(errc::duplicate_parameter, "state");
            state.assign(pairs.value());
            const auto size = form_decode(pairs.value(), state.data());
            if (!size) return error_view(errc::malformed_form, "state");
            state.resize(*size);
        }
    }
    if (state.empty()) return error_view(errc::state_missing, "state");
    return state;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/token_request.hpp> ---------------------------------------------------------------------------

// The third message of the grant: the POST to the token endpoint (RFC 6749 4.1.3, 4.4.2, 6). One struct for each grant,
// and one call that makes the whole HTTP request, since client authentication may live in a header or in the body.
//
//   auto request = oauthpp::make_token_request(token_endpoint, app,
//                      {.code = callback->code, .redirect_uri = uri, .code_verifier = verifier});

namespace oauthpp::inline v0 {

/// Spec: RFC 6749 4.1.3, RFC 7636 4.5.
template <class Storage>
struct basic_authorization_code_grant {
    typename Storage::secret code{};
    typename Storage::text redirect_uri{};      ///< the one of the authorization request, if that had one
    typename Storage::secret code_verifier{};
    typename Storage::text scope{};             ///< not in RFC 6749: Microsoft takes the scopes of one resource here
    typename Storage::template list<typename Storage::text, std::string_view> resource{};   ///< RFC 8707 2.2
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};

    constexpr operator basic_authorization_code_grant<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {code, redirect_uri, code_verifier, scope, resource, extra}; }
};
using authorization_code_grant = basic_authorization_code_grant<owned>;
using authorization_code_grant_view = basic_authorization_code_grant<borrowed>;

/// Spec: RFC 6749 6.
template <class Storage>
struct basic_refresh_token_grant {
    typename Storage::secret refresh_token{};
    typename Storage::text scope{};             ///< empty: as granted; never more than that
    typename Storage::template list<typename Storage::text, std::string_view> resource{};
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};

    constexpr operator basic_refresh_token_grant<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {refresh_token, scope, resource, extra}; }
};
using refresh_token_grant = basic_refresh_token_grant<owned>;
using refresh_token_grant_view = basic_refresh_token_grant<borrowed>;

/// Spec: RFC 6749 4.4.2. For confidential clients only.
template <class Storage>
struct basic_client_credentials_grant {
    typename Storage::text scope{};
    typename Storage::template list<typename Storage::text, std::string_view> resource{};
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};

    constexpr operator basic_client_credentials_grant<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {scope, resource, extra}; }
};
using client_credentials_grant = basic_client_credentials_grant<owned>;
using client_credentials_grant_view = basic_client_credentials_grant<borrowed>;

/// Appends the Authorization header's value and the body to `out`.
///
/// Security: never two methods of client authentication at once (RFC 6749 2.3), and none of them by way of `extra`.
/// Errors: each names the parameter in `field`. missing_value, invalid_value with the offset, invalid_url,
///   insecure_url, url_has_fragment, repeated_parameter, forbidden_parameter, client_not_authenticated,
///   buffer_too_small with the size needed.
/// Lifetime: the request looks at `endpoint` and into the memory of `out`.
inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const authorization_code_grant_view& grant);
inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const refresh_token_grant_view& grant);
inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const client_credentials_grant_view& grant);

/// The same, owned.
inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const authorization_code_grant_view& grant);
inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const refresh_token_grant_view& grant);
inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const client_credentials_grant_view& grant);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

struct token_parameter {
    const char* name;
    std::string_view value;
    bool required = false;
    grammar rule = grammar::printable;
};

/// What the three grants have in common: parameters, a scope, resources, and whatever else.
struct token_request_parts {
    std::string_view grant_type;
    std::span<const token_parameter> parameters;
    std::string_view scope;
    const list_view<std::string_view>& resource;
    const list_view<parameter_view>& extra;
};

inline constexpr const char* not_in_token_request[] = {
    "grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "resource",
    "client_id", "client_secret", "client_assertion", "client_assertion_type"};

inline bool check_client(const client_view& app, failure& wrong) noexcept {
    if (app.client_id.empty()) return wrong.set(errc::missing_value, "client_id");
    if (!check_value("client_id", app.client_id, grammar::printable, wrong)) return false;
    secret_view secret = "-";
    if (const auto* post = std::get_if<client_secret_post_view>(&app.authentication)) secret = post->client_secret;
    if (const auto* basic = std::get_if<client_secret_basic_view>(&app.authentication)) {
        secret = basic->client_secret;
        const std::size_t colon = index_of(app.client_id, ':');
        // RFC 7617 2: the first colon ends the name
        const bool ambiguous = basic->encoding == basic_encoding::raw && colon != app.client_id.size();
        if (ambiguous) return wrong.set(errc::invalid_value, "client_id", colon);
    }
    if (secret.empty()) return wrong.set(errc::missing_value, "client_secret");
    return check_value("client_secret", secret.reveal(), grammar::printable, wrong);
}

inline bool check_token_request(std::string_view endpoint, const client_view& app, const token_request_parts& parts, failure& wrong) noexcept {
    if (!check_endpoint(endpoint, "token_endpoint", wrong) || !check_client(app, wrong)) return false;
    for (const auto& [name, value, required, rule] : parts.parameters) {
        if (required && value.empty()) return wrong.set(errc::missing_value, name);
        if (!check_value(name, value, rule, wrong)) return false;
    }
    return check_value("scope", parts.scope, grammar::words, wrong) && check_resources(parts.resource, wrong) &&
           check_extra(parts.extra, not_in_token_request, "audience", wrong);
}

/// RFC 6749 2.3.1. Encoded straight into base64, so that no second copy of the secret is made.
inline void append_basic(buffer_writer& out, const client_view& app, const client_secret_basic_view& basic) noexcept {
    out.append("Basic ");
    base64_stream encoded(out, base64_alphabet);
    const auto append = [&](std::string_view text) {
        if (basic.encoding == basic_encoding::form) append_escaped(encoded, text, form_unescaped, space::plus);
        else encoded.append(text);
    };
    append(app.client_id);
    encoded.append(':');
    append(basic.client_secret.reveal());
    encoded.finish(true);
}

inline void append_token_body(buffer_writer& out, const client_view& app, const token_request_parts& parts) noexcept {
    const std::size_t mark = out.size();
    const auto append = [&](std::string_view name, std::string_view value) { append_form_pair(out, mark, name, value); };
    append("grant_type", parts.grant_type);
    for (const auto& [name, value, required, rule] : parts.parameters) append(name, value);
    append("scope", parts.scope);
    for (std::size_t i = 0; i < parts.resource.size(); ++i) append("resource", parts.resource[i]);
    for (std::size_t i = 0; i < parts.extra.size(); ++i) append(parts.extra[i].name, parts.extra[i].value);
    const auto* basic = std::get_if<client_secret_basic_view>(&app.authentication);
    if (basic == nullptr || basic->client_id_in_body) append("client_id", app.client_id);     // RFC 6749 3.2.1
    if (const auto* post = std::get_if<client_secret_post_view>(&app.authentication)) {
        append("client_secret", post->client_secret.reveal());
    }
}

inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const token_request_parts& parts) {
    result<http_request_view, error_view> request(http_request_view{.url = endpoint, .content_type = "application/x-www-form-urlencoded"});
    failure wrong;
    if (!check_token_request(endpoint, app, parts, wrong)) {
        request = wrong;
        return request;
    }
    const std::size_t begin = out.size();
    if (const auto* basic = std::get_if<client_secret_basic_view>(&app.authentication)) append_basic(out, app, *basic);
    const std::size_t authorization_size = out.size() - begin;
    append_token_body(out, app, parts);
    if (const auto* assertion = std::get_if<client_assertion>(&app.authentication)) {
        const error_view refused = assertion->source.append_to_body({app.client_id, endpoint}, out);
        if (refused.reason != errc::none) {
            out.take_back(begin);
            request = refused;
            return request;
        }
    }
    if (out.fits()) {
        const std::string_view written = out.written_since(begin);
        request->authorization = between(written, 0, authorization_size);
        request->body = from(written, authorization_size);
    }
    finish(out, begin, request);
    return request;
}

}  // namespace detail

inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const authorization_code_grant_view& grant) {
    const detail::token_parameter parameters[] = {
        {"code", grant.code.reveal(), true},
        {"redirect_uri", grant.redirect_uri},
        {"code_verifier", grant.code_verifier.reveal(), false, detail::grammar::pkce},
    };
    return detail::write_token_request(out, endpoint, app, {"authorization_code", parameters, grant.scope, grant.resource, grant.extra});
}

inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const refresh_token_grant_view& grant) {
    const detail::token_parameter parameters[] = {{"refresh_token", grant.refresh_token.reveal(), true}};
    return detail::write_token_request(out, endpoint, app, {"refresh_token", parameters, grant.scope, grant.resource, grant.extra});
}

inline result<http_request_view, error_view> write_token_request(buffer_writer& out, std::string_view endpoint,
                                                                 const client_view& app, const client_credentials_grant_view& grant) {
    if (std::holds_alternative<no_authentication>(app.authentication)) {
        return error_view(errc::client_not_authenticated, "authentication");                     // RFC 6749 4.4.2
    }
    return detail::write_token_request(out, endpoint, app, {"client_credentials", {}, grant.scope, grant.resource, grant.extra});
}

inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const authorization_code_grant_view& grant) {
    return detail::make_owned_request([&](buffer_writer& out) { return write_token_request(out, endpoint, app, grant); });
}
inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const refresh_token_grant_view& grant) {
    return detail::make_owned_request([&](buffer_writer& out) { return write_token_request(out, endpoint, app, grant); });
}
inline result<http_request> make_token_request(std::string_view endpoint, const client_view& app,
                                               const client_credentials_grant_view& grant) {
    return detail::make_owned_request([&](buffer_writer& out) { return write_token_request(out, endpoint, app, grant); });
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/token_response.hpp> --------------------------------------------------------------------------

// The last message of the grant: what the token endpoint answers, tokens or an error (RFC 6749 5.1, 5.2).
//
//   auto tokens = oauthpp::parse_token_response({.status = 200, .content_type = "application/json", .body = bytes});

namespace oauthpp::inline v0 {

/// Spec: RFC 6749 5.1, OpenID Connect Core 3.1.3.3, and what Microsoft adds.
template <class Storage>
struct basic_token_response {
    typename Storage::secret access_token{};
    typename Storage::text token_type{};         ///< `Bearer`, in the server's spelling
    std::optional<seconds> expires_in{};         ///< 0: expired now. Absent: not known, neither for ever nor never
    typename Storage::secret refresh_token{};    ///< empty: the one that you have stays good
    typename Storage::text scope{};              ///< empty: as requested
    typename Storage::secret id_token{};         ///< a JWT, unverified
    std::optional<seconds> ext_expires_in{};     ///< Microsoft: usable that long while the server is down
    std::optional<seconds> refresh_in{};         ///< Microsoft: better renewed after that long
    std::optional<unix_time> expires_on{};       ///< Microsoft v1: a moment, by the server's clock
    std::optional<unix_time> not_before{};
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};   ///< strings, or JSON as it came
    tolerances tolerated{};
};
using token_response = basic_token_response<owned>;
using token_response_view = basic_token_response<borrowed>;

/// A response in memory that may be rewritten.
struct received_response {
    int status{};
    std::string_view content_type{};
    std::string_view retry_after{};
    std::span<char> body{};
};

/// Security: a body without `access_token` or `token_type` is no success whatever its status, and a body with `error`
///   is none either; a redirect is not followed.
/// Errors: redirected, throttled (ask `retry_at`), empty_body, unexpected_media_type, malformed_json and its
///   relatives with the offset, server_refused with the server's words, unexpected_status, missing_member,
///   invalid_member (of `error` too, with what it holds as the server's words), unsupported_token_type. Each carries
///   the HTTP status and who must act.
inline result<token_response> parse_token_response(const http_response_view& response, const quirks& known = {});

/// The same without a heap, and with room for 28 members. As many further ones as fit are put into `extra`.
///
/// Lifetime: `received` is rewritten, and the views point into it. After a failure only the error's texts are of use.
constexpr result<token_response_view, error_view> parse_token_response_in_place(
    const received_response& received, const quirks& known = {}, std::span<parameter_view> extra = {});

constexpr result<token_response_view, error_view> parse_token_response_in_place(int status, std::span<char> received,
                                                                                const quirks& known = {}) {
    return parse_token_response_in_place({.status = status, .body = received}, known);
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

enum class token_member : std::uint8_t {
    access_token, token_type, expires_in, refresh_token, scope, id_token, ext_expires_in, refresh_in, expires_on, not_before,
    error, error_description, error_uri, error_codes, suberror, claims, trace_id, correlation_id, timestamp, count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(token_member::count)> token_member_names{
    "access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token", "ext_expires_in", "refresh_in",
    "expires_on", "not_before", "error", "error_description", "error_uri", "error_codes", "suberror", "claims", "trace_id",
    "correlation_id", "timestamp"};

enum class media : std::uint8_t { json, missing, text, other };

constexpr media media_of(std::string_view content_type) noexcept {
    const std::string_view type = trimmed(between(content_type, 0, index_of(content_type, ';')));
    if (type.empty()) return media::missing;
    constexpr std::string_view suffix = "+json";                                                // RFC 6839 3.1
    const bool json_suffix = type.size() > suffix.size() && equal_ignoring_case(from(type, type.size() - suffix.size()), suffix);
    if (json_suffix || equal_ignoring_case(type, "application/json")) return media::json;
    return equal_ignoring_case(type, "text/plain") ? media::text : media::other;
}

/// A value as it stands in the text. Behind a quote it is a string, since the reader hands those out without theirs.
constexpr bool is_string(std::string_view value) noexcept { return value.data()[-1] == '"'; }

/// Undoes escapes where they stand. The caller owns the memory and lent it for that; only after the whole text is read.
constexpr std::string_view unescaped(std::string_view value) noexcept {
    if (!is_string(value) || index_of(value, '\\') == value.size()) return value;
    char* memory = const_cast<char*>(value.data());
    return {memory, json_unescape(value, memory)};
}

class token_members {
 public:
    template <class Extra>
    constexpr bool read(std::string_view body, std::span<std::uint16_t> room, tolerances& tolerated, Extra&& extra, failure& wrong) noexcept {
        json_object object(body, room);
        while (object.next()) {
            std::size_t i = 0;
            while (i < token_member_names.size() && !object.is(token_member_names[i])) ++i;
            if (i < token_member_names.size()) values_[i] = object.value().text;
            // Beside tokens, what may explain an error is just another member
            if (i > static_cast<std::size_t>(token_member::error)) extra(parameter_view{object.name().text, object.value().text});
        }
        if (object.had_byte_order_mark()) tolerated.add(tolerance::byte_order_mark);
        wrong = object.failure();
        return !wrong.failed();
    }

    /// Present and not null, which both mean that there is none.
    [[nodiscard]] constexpr bool has(token_member which) const noexcept {
        const std::string_view value = raw(which);
        return value.data() != nullptr && (!equal(value, "null") || is_string(value));
    }

    [[nodiscard]] constexpr bool has_text(token_member which) const noexcept { return has(which) && is_string(raw(which)); }

    /// A string; empty if absent. Another type sets `wrong`.
    constexpr std::string_view text(token_member which, failure& wrong) const noexcept {
        if (!has(which)) return {};
        if (!has_text(which)) wrong = {errc::invalid_member, token_member_names[static_cast<std::size_t>(which)].data()};
        return unescaped(raw(which));
    }

    /// Whatever is there, for errors, where servers put anything.
    [[nodiscard]] constexpr std::string_view words(token_member which) const noexcept {
        return has(which) ? unescaped(raw(which)) : std::string_view();
    }

    /// A whole number from 0 to `most`, also as a string. Another value counts as absent, and that is reported.
    template <class Time>
    constexpr void number(token_member which, std::int64_t most, std::optional<Time>& out, tolerances& tolerated) const noexcept {
        const std::int64_t count = number(which, most, tolerated);
        if (count >= 0) out = Time{count};
    }

 private:
    /// -1: absent.
    constexpr std::int64_t number(token_member which, std::int64_t most, tolerances& tolerated) const noexcept {
        const std::string_view value = raw(which);
        if (value.data() == nullptr) return -1;
        const auto number = json_integer(value);
        if (!number || *number < 0 || *number > most) {
            tolerated.add(tolerance::expires_in_unusable);
            return -1;
        }
        if (is_string(value)) tolerated.add(tolerance::number_as_string);
        return *number;
    }
    [[nodiscard]] constexpr std::string_view raw(token_member which) const noexcept { return values_[static_cast<std::size_t>(which)]; }

    std::array<std::string_view, token_member_names.size()> values_{};
};

constexpr bool is_success(int status) noexcept { return status >= 200 && status <= 299; }

/// Adds what the HTTP layer says.
constexpr void add_http(int status, std::string_view retry_after, error_view& wrong) noexcept {
    wrong.http_status = static_cast<std::uint16_t>(status > 0 && status <= 999 ? status : 0);
    wrong.retry_after = retry_after;
    if (status == 429 || (status == 503 && !retry_after.empty())) {
        wrong.reason = errc::throttled;
        wrong.field = "status";
        wrong.offset = 0;
        wrong.again = resend::safe;                                                             // RFC 6585 4: not processed
    } else if (status >= 500) {
        wrong.again = resend::unsafe;
    }
}

/// Whether there is a body that may be read as JSON.
constexpr bool check_media(int status, std::string_view content_type, bool has_body, const quirks& known, tolerances& tolerated,
                           failure& wrong) noexcept {
    if (status >= 300 && status <= 399) return wrong.set(errc::redirected, "status");   // RFC 9700 4.12
    if (!has_body) return wrong.set(is_success(status) ? errc::empty_body : errc::unexpected_status, "body");
    const media type = media_of(content_type);
    if (type == media::other || (type == media::text && !known.json_as_text_plain)) {
        return wrong.set(errc::unexpected_media_type, "Content-Type");
    }
    if (type == media::missing) tolerated.add(tolerance::content_type_missing);
    if (type == media::text) tolerated.add(tolerance::text_plain);
    return true;
}

inline constexpr struct {
    std::string_view error_view::*to;
    token_member from;
} refusal_words[] = {
    {&error_view::server_error, token_member::error},         {&error_view::server_description, token_member::error_description},
    {&error_view::server_uri, token_member::error_uri},       {&error_view::suberror, token_member::suberror},
    {&error_view::claims, token_member::claims},              {&error_view::error_codes, token_member::error_codes},
    {&error_view::trace_id, token_member::trace_id},          {&error_view::correlation_id, token_member::correlation_id},
    {&error_view::timestamp, token_member::timestamp},
};

/// RFC 6749 5.2, read under every status: some servers send it with 200, others with 500.
constexpr void add_refusal(const token_members& members, error_view& error) noexcept {
    for (const auto& [to, from] : refusal_words) error.*to = members.words(from);
}

constexpr bool check_tokens(const quirks& known, token_response_view& tokens, failure& wrong) noexcept {
    if (tokens.access_token.empty()) return wrong.set(errc::missing_member, "access_token");
    // RFC 6749 appendix A.12, A.17: anything else would break the header or the body that it goes into
    if (!is_printable(tokens.access_token.reveal())) return wrong.set(errc::invalid_member, "access_token");
    if (!is_printable(tokens.refresh_token.reveal())) return wrong.set(errc::invalid_member, "refresh_token");
    if (tokens.token_type.empty()) {
        if (!known.missing_token_type) return wrong.set(errc::missing_member, "token_type");
        tokens.token_type = "Bearer";
        tokens.tolerated.add(tolerance::token_type_supplied);
    }
    // RFC 6749 7.1
    return equal_ignoring_case(tokens.token_type, "Bearer") || wrong.set(errc::unsupported_token_type, "token_type");
}

constexpr bool read_tokens(const token_members& members, token_response_view& tokens, failure& wrong) noexcept {
    constexpr std::int64_t longest = 2'147'483'647;           // seconds: 68 years
    constexpr std::int64_t latest = 253'402'300'799;          // the end of the year 9999
    tokens.access_token = members.text(token_member::access_token, wrong);
    tokens.token_type = members.text(token_member::token_type, wrong);
    tokens.refresh_token = members.text(token_member::refresh_token, wrong);
    tokens.scope = members.text(token_member::scope, wrong);
    tokens.id_token = members.text(token_member::id_token, wrong);
    members.number(token_member::expires_in, longest, tokens.expires_in, tokens.tolerated);
    members.number(token_member::ext_expires_in, longest, tokens.ext_expires_in, tokens.tolerated);
    members.number(token_member::refresh_in, longest, tokens.refresh_in, tokens.tolerated);
    members.number(token_member::expires_on, latest, tokens.expires_on, tokens.tolerated);
    members.number(token_member::not_before, latest, tokens.not_before, tokens.tolerated);
    return !wrong.failed();
}

/// Gives tokens or what is wrong; in the latter case `members` may hold the server's words.
template <class Extra>
constexpr bool read_token_response(const received_response& received, const quirks& known, std::span<std::uint16_t> room,
                                   token_members& members, token_response_view& tokens, Extra&& extra, failure& wrong) {
    const bool has_body = !received.body.empty();
    if (!check_media(received.status, received.content_type, has_body, known, tokens.tolerated, wrong)) return false;
    if (!members.read({received.body.data(), received.body.size()}, room, tokens.tolerated, extra, wrong)) return false;
    if (members.has_text(token_member::error)) return wrong.set(errc::server_refused);
    if (members.has(token_member::error)) return wrong.set(errc::invalid_member, "error");
    if (!is_success(received.status)) return wrong.set(errc::unexpected_status);
    if (received.status != 200) tokens.tolerated.add(tolerance::unusual_status);
    return read_tokens(members, tokens, wrong) && check_tokens(known, tokens, wrong);
}

/// `error` knows the reason.
constexpr void explain(const failure& wrong, const received_response& received, const token_members& members, error_view& error) noexcept {
    const bool unusable_error = wrong.reason == errc::invalid_member && members.has(token_member::error);
    if (wrong.reason == errc::server_refused || wrong.reason == errc::unexpected_status || unusable_error) {
        add_refusal(members, error);
    }
    add_http(received.status, received.retry_after, error);
}

/// Into a result that holds empty tokens: where the stack is small, there is no room for a second one.
constexpr void parse_token_response_into(result<token_response_view, error_view>& tokens, const received_response& received,
                                         const quirks& known, std::span<parameter_view> extra) {
    std::array<std::uint16_t, 56> room{};
    std::size_t count = 0;
    const auto keep = [&](const parameter_view& one) {
        if (count < extra.size()) extra[count++] = one;
    };
    token_members members;
    failure wrong;
    if (!read_token_response(received, known, room, members, *tokens, keep, wrong)) {
        tokens = wrong;
        return explain(wrong, received, members, tokens.error());
    }
    for (parameter_view& one : extra.first(count)) one = {unescaped(one.name), unescaped(one.value)};
    tokens->extra = extra.first(count);
}

}  // namespace detail

constexpr result<token_response_view, error_view> parse_token_response_in_place(const received_response& received, const quirks& known,
                                                                                std::span<parameter_view> extra) {
    result<token_response_view, error_view> tokens(token_response_view{});
    detail::parse_token_response_into(tokens, received, known, extra);
    return tokens;
}

inline result<token_response> parse_token_response(const http_response_view& response, const quirks& known) {
    detail::scratch body(response.body.reveal());
    const received_response received{response.status, response.content_type, response.retry_after, body.text};
    std::array<std::uint16_t, 2048> room{};
    std::vector<parameter_view> extra;
    token_response_view view;
    const auto keep = [&](const parameter_view& one) { if (response.status < 400) extra.push_back(one); };
    detail::token_members members;
    detail::failure wrong;
    if (!detail::read_token_response(received, known, room, members, view, keep, wrong)) {
        error_view error(wrong);
        detail::explain(wrong, received, members, error);
        return error;
    }
    token_response tokens{
        .access_token = secret(view.access_token.reveal()),
        .token_type = std::string(view.token_type),
        .expires_in = view.expires_in,
        .refresh_token = secret(view.refresh_token.reveal()),
        .scope = std::string(view.scope),
        .id_token = secret(view.id_token.reveal()),
        .ext_expires_in = view.ext_expires_in,
        .refresh_in = view.refresh_in,
        .expires_on = view.expires_on,
        .not_before = view.not_before,
        .tolerated = view.tolerated,
    };
    tokens.extra.reserve(extra.size());
    for (const parameter_view& one : extra) {
        tokens.extra.push_back({std::string(detail::unescaped(one.name)), std::string(detail::unescaped(one.value))});
    }
    return tokens;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/challenge.hpp> -------------------------------------------------------------------------------

// What a resource server says when a token is missing, not good or not enough (RFC 6750 3, RFC 9470 3, RFC 9728 5.1), and
// what Microsoft's say (claims challenge).
//
//   auto challenge = oauthpp::parse_challenge(response.www_authenticate);
//   if (challenge && challenge->answer() == oauthpp::challenge_answer::sign_in) log_in_again(*challenge);

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

// ---- <oauthpp/protocol/claims.hpp> ----------------------------------------------------------------------------------

// The `claims` parameter of an authorization request (OpenID Connect Core 5.5): a JSON object of objects, made of two
// that want different things.
//
//   auto claims = oauthpp::make_claims(capabilities, challenge->claims);

namespace oauthpp::inline v0 {

/// Both in one: members of the same name are put together if they are objects, else `added` has the last word. An empty
/// text is none; the texts of the values stay as they are.
///
/// Spec: OpenID Connect Core 5.5, where `userinfo`, `id_token` (and Microsoft's `access_token`) hold one member a claim.
/// Errors: malformed_json and its relatives, for more than 64 members too; buffer_too_small with the size needed.
constexpr result<std::string_view, error_view> write_claims(buffer_writer& out, std::string_view claims, std::string_view added);
inline result<std::string> make_claims(std::string_view claims, std::string_view added);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

using claims_room = std::array<std::uint16_t, 128>;

/// The member of that name; its text has no place in memory if there is none.
constexpr json_value member_of(std::string_view object_text, const json_value& name) noexcept {
    claims_room room{};
    json_object object(object_text, room);
    json_value found;
    while (object.next()) {
        if (json_equal(object.name(), name)) found = object.value();
    }
    return found;
}

constexpr void append_json(buffer_writer& out, const json_value& value) noexcept {
    if (value.type == json_type::string) out.append('"');
    out.append(value.text);
    if (value.type == json_type::string) out.append('"');
}

/// Both objects are known to be well-formed. `depth` more levels are put together.
constexpr void append_merged(buffer_writer& out, std::string_view claims, std::string_view added, int depth) noexcept {
    out.append('{');
    const std::size_t mark = out.size();
    const auto append_name = [&](const json_value& name) {
        if (out.size() != mark) out.append(',');
        append_json(out, name);
        out.append(':');
    };
    claims_room room{};
    json_object ours(claims, room);
    while (ours.next()) {
        append_name(ours.name());
        const json_value other = member_of(added, ours.name());
        const bool both = ours.value().type == json_type::object && other.type == json_type::object;
        if (both && depth > 0) append_merged(out, ours.value().text, other.text, depth - 1);
        else append_json(out, other.text.data() != nullptr ? other : ours.value());
    }
    claims_room other_room{};
    json_object theirs(added, other_room);
    while (theirs.next()) {
        if (member_of(claims, theirs.name()).text.data() != nullptr) continue;
        append_name(theirs.name());
        append_json(out, theirs.value());
    }
    out.append('}');
}

constexpr bool check_claims_parameter(std::string_view claims, failure& wrong) noexcept {
    if (claims.empty()) return true;
    claims_room room{};
    json_object object(claims, room);
    while (object.next()) {}
    return !object.failed() || wrong.set(object.failure().reason, "claims", object.failure().offset);
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_claims(buffer_writer& out, std::string_view claims, std::string_view added) {
    for (const std::string_view each : {claims, added}) {
        detail::failure wrong;
        if (!detail::check_claims_parameter(each, wrong)) return wrong;
    }
    const std::size_t mark = out.size();
    if (claims.empty() || added.empty()) out.append(claims.empty() ? added : claims);
    else detail::append_merged(out, claims, added, 1);
    return detail::finish(out, mark);
}

inline result<std::string> make_claims(std::string_view claims, std::string_view added) {
    return detail::write_to_string([&](buffer_writer& out) { return write_claims(out, claims, added); });
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/resource_metadata.hpp> -----------------------------------------------------------------------

// The document in which a protected resource says whose tokens it takes (RFC 9728).
//
//   auto url = oauthpp::resource_metadata_url("https://api.example/photos");
//   auto resource = oauthpp::parse_resource_metadata(body, "https://api.example/photos");

namespace oauthpp::inline v0 {

struct resource_metadata {
    std::string resource{};                      ///< for the parameter `resource` (RFC 8707)
    list<std::string> authorization_servers{};   ///< issuers, for `discover`
    std::string scopes_supported{};              ///< words with spaces between, as the next one
    std::string bearer_methods_supported{};      ///< `header`, `body`, `query`
    std::string jwks_uri{};
    std::string resource_name{};
    std::string resource_documentation{};
};

/// Where a resource keeps its document: the well-known path goes between host and path (RFC 9728 3.1).
///
/// Errors: those of an endpoint for `resource`.
inline result<std::string> resource_metadata_url(std::string_view resource);

/// Spec: RFC 9728 2, 3.2, 3.3.
/// Security: the document must name the very resource that was asked; for a document that a challenge named, that is the
///   URL of the request that was challenged, or a resource can have tokens sent to it that are meant for another (7.3). A
///   resource on the public internet may not name a server on this machine or its network (7.7).
/// Errors: malformed_json and its relatives; missing_member and invalid_member; resource_mismatch; insecure_url,
///   invalid_url, private_address for an entry of `authorization_servers`.
inline result<resource_metadata> parse_resource_metadata(std::string_view json, std::string_view expected_resource);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Whether `url` is one that `resource` may send a client to.
inline bool check_named_by(std::string_view resource, std::string_view url, const char* field, failure& wrong) {
    if (!check_endpoint(url, field, wrong)) return false;
    const auto from_url = parse_url(resource), to = parse_url(url);
    const bool reaches_inside = to && is_private_address(to->host) && !(from_url && is_private_address(from_url->host));
    return !reaches_inside || wrong.set(errc::private_address, field);
}

inline constexpr struct {
    const char* name;
    std::string resource_metadata::*member;
    json_type type;
} resource_members[] = {
    {"resource", &resource_metadata::resource, json_type::string},
    {"scopes_supported", &resource_metadata::scopes_supported, json_type::array},
    {"bearer_methods_supported", &resource_metadata::bearer_methods_supported, json_type::array},
    {"jwks_uri", &resource_metadata::jwks_uri, json_type::string},
    {"resource_name", &resource_metadata::resource_name, json_type::string},
    {"resource_documentation", &resource_metadata::resource_documentation, json_type::string},
};

inline bool read_authorization_servers(const json_value& value, std::string_view resource, list<std::string>& servers,
                                       failure& wrong) {
    constexpr const char* name = "authorization_servers";
    if (value.type != json_type::array) return wrong.set(errc::invalid_member, name);
    json_elements each(value);
    while (each.next()) {
        if (each.value().type != json_type::string) return wrong.set(errc::invalid_member, name);
        servers.push_back(json_text(each.value()));
        if (!check_named_by(resource, servers.back(), name, wrong)) return false;
    }
    return true;
}

inline bool read_resource_member(const json_object& object, std::string_view expected, resource_metadata& resource, failure& wrong) {
    if (object.is("authorization_servers")) {
        return read_authorization_servers(object.value(), expected, resource.authorization_servers, wrong);
    }
    for (const auto& [name, member, type] : resource_members) {
        if (!object.is(name)) continue;
        if (object.value().type != type) return wrong.set(errc::invalid_member, name);
        resource.*member = joined(object.value(), ' ');
    }
    return true;
}

}  // namespace detail

inline result<std::string> resource_metadata_url(std::string_view resource) {
    detail::failure wrong;
    url_view url;
    if (!detail::check_endpoint(resource, "resource", wrong) || !detail::split_url(resource, url, wrong)) return wrong;
    const std::size_t origin = url.before_query.size() - url.path.size();
    std::string_view rest = detail::from(resource, origin);
    if (url.path == "/") rest.remove_prefix(1);
    return std::string(detail::between(resource, 0, origin)) + "/.well-known/oauth-protected-resource" + std::string(rest);
}

inline result<resource_metadata> parse_resource_metadata(std::string_view json, std::string_view expected_resource) {
    std::array<std::uint16_t, 1024> room{};
    json_object object(json, room);
    resource_metadata resource;
    detail::failure wrong;
    while (object.next()) {
        if (!detail::read_resource_member(object, expected_resource, resource, wrong)) return wrong;
    }
    if (object.failed()) return object.failure();
    if (resource.resource.empty()) return error_view(errc::missing_member, "resource");
    if (resource.resource != expected_resource) return error_view(errc::resource_mismatch, "resource");
    return resource;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/resource_request.hpp> ------------------------------------------------------------------------

// A request to a resource server, with an access token (RFC 6750 2).
//
//   auto request = oauthpp::make_resource_request({.method = "GET", .url = "https://api.example/me"}, tokens->access_token);

namespace oauthpp::inline v0 {

/// Where the token travels. Never in the URL, which ends up in logs and Referer headers (RFC 9700 4.3.2).
enum class token_place : std::uint8_t {
    header,      ///< RFC 6750 2.1
    form_body,   ///< RFC 6750 2.2: only where the server cannot read the header. FAPI 2.0 forbids it
};

struct resource_request_options {
    std::string_view token_type{"Bearer"};   ///< as the token response had it
    token_place place{};
};

/// Puts the token into a request, which is otherwise as you made it.
///
/// Spec: RFC 6750 2, 2.1 `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`, 2.2, 5.3.
/// Security: https only (http on loopback), and the token in one place only. Send it to the server that it is for: a
///   token that reaches another one is that one's to use (RFC 9700 4.9).
/// Errors: missing_value or invalid_value for `access_token`; unsupported_token_type; forbidden_parameter for a request
///   that has a token or another Authorization already; invalid_value for `method` or `content_type` where the body
///   cannot take a token; those of an endpoint for `url`; buffer_too_small with the size needed.
/// Lifetime: the request looks into the one given and into the memory of `out`.
inline result<http_request_view, error_view> write_resource_request(buffer_writer& out, const http_request_view& request,
                                                                    secret_view access_token,
                                                                    const resource_request_options& options = {});

/// The same, owned.
inline result<http_request> make_resource_request(const http_request_view& request, secret_view access_token,
                                                  const resource_request_options& options = {});

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

constexpr bool has_access_token(std::string_view form) noexcept {
    form_reader pairs(form);
    while (pairs.next()) {
        if (pairs.is("access_token")) return true;
    }
    return false;
}

constexpr bool is_form(std::string_view content_type) noexcept {
    return equal_ignoring_case(trimmed(between(content_type, 0, index_of(content_type, ';'))), "application/x-www-form-urlencoded");
}

constexpr bool check_resource_request(const http_request_view& request, secret_view access_token,
                                      const resource_request_options& options, failure& wrong) noexcept {
    if (!check_endpoint(request.url, "url", wrong)) return false;                                          // RFC 6750 5.3
    const std::string_view token = access_token.reveal();
    if (token.empty()) return wrong.set(errc::missing_value, "access_token");
    // RFC 6749 7.1
    if (!equal_ignoring_case(options.token_type, "Bearer")) return wrong.set(errc::unsupported_token_type, "token_type");
    const std::size_t end = token68_end(token, 0);
    if (end != token.size()) return wrong.set(errc::invalid_value, "access_token", end);
    // RFC 6750 2: by one method only
    const std::size_t question = index_of(request.url, '?');
    const bool in_url = question != request.url.size() && has_access_token(from(request.url, question + 1));
    const bool in_body = is_form(request.content_type) && has_access_token(request.body.reveal());
    if (in_url || in_body) return wrong.set(errc::forbidden_parameter, "access_token");
    if (!request.authorization.empty()) return wrong.set(errc::forbidden_parameter, "authorization");
    if (options.place == token_place::header) return true;
    // RFC 6750 2.2
    if (request.method == "GET" || request.method == "HEAD") return wrong.set(errc::invalid_value, "method");
    if (!request.content_type.empty() && !is_form(request.content_type)) return wrong.set(errc::invalid_value, "content_type");
    return is_printable(request.body.reveal()) || wrong.set(errc::invalid_value, "body");
}

}  // namespace detail

inline result<http_request_view, error_view> write_resource_request(buffer_writer& out, const http_request_view& request,
                                                                    secret_view access_token,
                                                                    const resource_request_options& options) {
    detail::failure wrong;
    if (!detail::check_resource_request(request, access_token, options, wrong)) return wrong;
    const bool in_header = options.place == token_place::header;
    const std::size_t mark = out.size();
    if (in_header) {
        out.append("Bearer ");
        out.append(access_token.reveal());
    } else {
        out.append(request.body.reveal());
        detail::append_form_pair(out, mark, "access_token", access_token.reveal());
    }
    const auto written = detail::finish(out, mark);
    if (!written) return written.error();
    http_request_view made = request;
    if (in_header) {
        made.authorization = *written;
    } else {
        made.content_type = "application/x-www-form-urlencoded";
        made.body = *written;
    }
    return made;
}

inline result<http_request> make_resource_request(const http_request_view& request, secret_view access_token,
                                                  const resource_request_options& options) {
    return detail::make_owned_request(
        [&](buffer_writer& out) { return write_resource_request(out, request, access_token, options); });
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/protocol/step_up.hpp> ---------------------------------------------------------------------------------

// From a resource server's challenge to the next authorization request: more scope (RFC 6750 3.1), a stronger or fresher
// sign-in (RFC 9470 4), or Microsoft's claims.
//
//   auto more = oauthpp::make_step_up(*challenge, {.scope = tokens->scope});
//   auto login = oauthpp::start_login(server, app, oauthpp::stepped_up(oauthpp::login_options{}, *more));

namespace oauthpp::inline v0 {

/// What the next authorization request has to hold.
template <class Storage>
struct basic_step_up {
    typename Storage::text scope{};       ///< what was asked for before, and what the challenge adds
    typename Storage::text acr_values{};
    std::optional<seconds> max_age{};
    typename Storage::text claims{};      ///< JSON: yours, and those of the challenge

    constexpr operator basic_step_up<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {scope, acr_values, max_age, claims}; }
};
using step_up = basic_step_up<owned>;
using step_up_view = basic_step_up<borrowed>;

/// What your requests carry anyway.
struct step_up_options {
    std::string_view scope{};
    std::string_view claims{};            ///< JSON; at Microsoft `provider::microsoft_capabilities`
};

/// Spec: RFC 9470 4, RFC 6750 3.1.
/// Security: a challenge is a resource server's word; that it asks for a scope is no reason to grant it, and the person
///   is asked by the authorization server as ever.
/// Errors: those of `write_claims`; buffer_too_small with the size needed.
/// Lifetime: looks into the challenge and the memory of `out`.
constexpr result<step_up_view, error_view> write_step_up(buffer_writer& out, const challenge_view& received,
                                                         const step_up_options& before = {});
inline result<step_up> make_step_up(const challenge_view& received, const step_up_options& before = {});

/// A login's options, or an authorization request, with what the step-up asks for in place of what it said of that.
///
/// Lifetime: looks into `more`, which must live until the request is written.
template <class Request>
[[nodiscard]] constexpr Request stepped_up(Request request_, const step_up_view& more_) noexcept {
    if (!more_.scope.empty()) request_.scope = more_.scope;
    if (!more_.acr_values.empty()) request_.acr_values = more_.acr_values;
    if (more_.max_age) request_.max_age = more_.max_age;
    if (!more_.claims.empty()) request_.claims = more_.claims;
    return request_;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr result<step_up_view, error_view> write_step_up(buffer_writer& out, const challenge_view& received,
                                                         const step_up_options& before) {
    const std::size_t mark = out.size();
    out.append(before.scope);
    scope_reader words(received.scope);
    while (words.next()) {
        if (scope_includes(before.scope, words.token())) continue;
        if (out.size() != mark) out.append(' ');
        out.append(words.token());
    }
    const std::size_t behind_scope = out.size();
    const auto claims = write_claims(out, before.claims, received.claims);
    if (!claims) {
        out.take_back(mark);
        return claims.error();
    }
    const auto written = detail::finish(out, mark);
    if (!written) return written.error();
    return step_up_view{.scope = detail::between(*written, 0, behind_scope - mark),
                        .acr_values = received.acr_values,
                        .max_age = received.max_age,
                        .claims = *claims};
}

inline result<step_up> make_step_up(const challenge_view& received, const step_up_options& before) {
    std::string memory(before.scope.size() + received.scope.size() + before.claims.size() + received.claims.size() + 2, '\0');
    buffer_writer out(memory);
    const auto view = write_step_up(out, received, before);
    if (!view) return view.error();
    return step_up{std::string(view->scope), std::string(view->acr_values), view->max_age, std::string(view->claims)};
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/oidc/id_token.hpp> ------------------------------------------------------------------------------------

// ID tokens (OpenID Connect Core 2): who signed in, said by the server, and checked in every point before it counts.
//
//   auto who = oauthpp::verify_id_token(token, {.issuer = issuer, .client_id = id, .nonce = nonce, .keys = &keys,
//                                               .verifier = openssl}, now);
//   if (who) greet(who->iss, who->sub);                   // these two together are the person; a name or address is not

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

// ---- <oauthpp/oidc/issuer_discovery.hpp> ----------------------------------------------------------------------------

// Which server signs in the person with this e-mail address, or at this place (OpenID Connect Discovery 2, by WebFinger)?
//
//   auto url = oauthpp::webfinger_url("joe@example.com");
//   auto issuer = oauthpp::parse_webfinger(body);              // "https://server.example.com"

namespace oauthpp::inline v0 {

/// What a person typed, as a question to the host in it: `joe@example.com` is an account there, everything else a place.
///
/// Spec: OpenID Connect Discovery 2.1.2, 2.2.
/// Security: people type this: neither it nor the answer leads to this machine or its network.
/// Errors: missing_value, invalid_value for an XRI, which nobody resolves any more; invalid_url, insecure_url,
///   private_address.
inline result<std::string> webfinger_url(std::string_view identifier);

/// The issuer in the answer, for `discover`.
///
/// Security: whoever answers for the host of the identifier chooses the server; what that server then says of the person
///   is believed only by its own name, `iss` and `sub` (OpenID Connect Discovery 7.2).
/// Errors: malformed_json and its relatives; invalid_member; missing_member without a link to an issuer; those of
///   `metadata_urls` for one that cannot be, private_address.
inline result<std::string> parse_webfinger(std::string_view json);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr std::string_view issuer_rel = "http://openid.net/specs/connect/1.0/issuer";

/// The href of a link to an issuer, or nothing.
inline bool read_link(const json_value& link, std::string& href, failure& wrong) {
    if (link.type != json_type::object) return wrong.set(errc::invalid_member, "links");
    std::array<std::uint16_t, 256> room{};
    json_object object(link.text, room);
    std::string rel, to;
    while (object.next()) {
        if (object.value().type != json_type::string) continue;
        if (object.is("rel")) rel = json_text(object.value());
        if (object.is("href")) to = json_text(object.value());
    }
    if (object.failed()) return wrong.set(object.failure().reason, "links");
    if (rel == issuer_rel && href.empty()) href = to;
    return true;
}

}  // namespace detail

inline result<std::string> webfinger_url(std::string_view identifier) {
    constexpr const char* name = "identifier";
    const std::string_view typed = detail::between(identifier, 0, detail::index_of(identifier, '#'));
    if (typed.empty()) return error_view(errc::missing_value, name);
    if (std::string_view("=@!").find(typed.front()) != std::string_view::npos) return error_view(errc::invalid_value, name);

    const bool has_scheme = typed.find("://") != std::string_view::npos;
    const bool says_account = typed.starts_with("acct:");
    const std::size_t at = typed.rfind('@');
    const bool is_account = says_account || (!has_scheme && at != std::string_view::npos &&
                                             detail::from(typed, at).find_first_of(":/?") == std::string_view::npos);
    std::string resource(typed);
    std::string place;                       // an https URL at the host that is to be asked
    if (is_account) {
        if (at == std::string_view::npos || at <= (says_account ? 5 : 0)) return error_view(errc::invalid_value, name);
        if (!says_account) resource = "acct:" + resource;
        place = "https://" + std::string(detail::from(typed, at + 1));
    } else {
        if (!has_scheme) resource = "https://" + resource;
        place = resource;
    }
    detail::failure wrong;
    url_view url;
    if (!detail::check_endpoint(place, name, wrong) || !detail::split_url(place, url, wrong)) return wrong;
    if (is_private_address(url.host)) return error_view(errc::private_address, name);
    if (is_account && (!url.path.empty() || url.has_query)) return error_view(errc::invalid_value, name);
    if (!is_account && url.path.empty() && !url.has_query) resource += '/';                 // as in the example of 2.2.3

    return detail::write_to_string([&](buffer_writer& out) {
        out.append(detail::between(place, 0, url.before_query.size() - url.path.size()));
        out.append("/.well-known/webfinger?");
        const std::size_t query = out.size();
        detail::append_form_pair(out, query, "resource", resource);
        detail::append_form_pair(out, query, "rel", detail::issuer_rel);
        return detail::finish(out, 0);
    });
}

inline result<std::string> parse_webfinger(std::string_view json) {
    std::array<std::uint16_t, 1024> room{};
    json_object object(json, room);
    std::string issuer;
    detail::failure wrong;
    while (object.next()) {
        if (!object.is("links")) continue;
        if (object.value().type != json_type::array) return error_view(errc::invalid_member, "links");
        json_elements each(object.value());
        while (each.next()) {
            if (!detail::read_link(each.value(), issuer, wrong)) return wrong;
        }
    }
    if (object.failed()) return object.failure();
    if (issuer.empty()) return error_view(errc::missing_member, "href");
    if (const auto urls = metadata_urls(issuer); !urls) return urls.error();
    if (const auto url = parse_url(issuer); !url || is_private_address(url->host)) return error_view(errc::private_address, "href");
    return issuer;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/oidc/logout_request.hpp> ------------------------------------------------------------------------------

// Signing out at the server too (OpenID Connect RP-Initiated Logout 1.0): the browser goes there, and comes back.
//
//   auto url = oauthpp::make_logout_url(server.end_session_endpoint, {.id_token_hint = tokens.id_token,
//       .client_id = app.client_id, .post_logout_redirect_uri = "https://client.example/bye", .state = state});
//   auto done = oauthpp::check_logout_callback(callback, state);

namespace oauthpp::inline v0 {

struct logout_request_view {
    secret_view id_token_hint{};                  ///< whose session it is, `tokens::id_token`; it may be expired
    std::string_view logout_hint{};
    std::string_view client_id{};
    std::string_view post_logout_redirect_uri{};  ///< as registered; empty: the person stays at the server
    std::string_view state{};                     ///< unguessable: `make_unguessable`
    std::string_view ui_locales{};
    list_view<parameter_view> extra{};
};

/// Spec: RP-Initiated Logout 2.
/// Errors: those of an endpoint for `end_session_endpoint` and of a redirect URI for `post_logout_redirect_uri`;
///   missing_value for one of `id_token_hint` and `client_id` where the server must know which client's address that is,
///   and for `post_logout_redirect_uri` where there is a state; invalid_value; repeated_parameter; buffer_too_small.
constexpr result<std::string_view, error_view> write_logout_url(buffer_writer& out, std::string_view end_session_endpoint,
                                                                const logout_request_view& request);

/// The same as a string.
///
/// Security: the hint is an ID token, with a name and address in it perhaps. It goes into the browser's history.
inline result<std::string> make_logout_url(std::string_view end_session_endpoint, const logout_request_view& request);

/// Whether a callback at `post_logout_redirect_uri` is the answer (RP-Initiated Logout 3).
///
/// Errors: none if it is; state_missing, state_mismatch, duplicate_parameter, malformed_form.
inline error_view check_logout_callback(std::string_view callback, std::string_view state);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr struct {
    const char* name;
    std::string_view logout_request_view::*value;
    grammar rule;
} logout_parameters[] = {
    {"logout_hint", &logout_request_view::logout_hint, grammar::text},
    {"client_id", &logout_request_view::client_id, grammar::printable},
    {"post_logout_redirect_uri", &logout_request_view::post_logout_redirect_uri, grammar::printable},
    {"state", &logout_request_view::state, grammar::printable},
    {"ui_locales", &logout_request_view::ui_locales, grammar::words},
};

inline constexpr const char* not_in_logout_extra[] = {
    "id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales", "client_secret"};

constexpr bool check_logout(std::string_view endpoint, const logout_request_view& request, failure& wrong) noexcept {
    if (!check_endpoint(endpoint, "end_session_endpoint", wrong)) return false;
    if (!check_value("id_token_hint", request.id_token_hint.reveal(), grammar::printable, wrong)) return false;
    for (const auto& [name, value, rule] : logout_parameters) {
        if (!check_value(name, request.*value, rule, wrong)) return false;
    }
    if (request.post_logout_redirect_uri.empty()) {
        if (!request.state.empty()) return wrong.set(errc::missing_value, "post_logout_redirect_uri");
    } else {
        if (!check_redirect_uri(request.post_logout_redirect_uri, wrong)) {
            return wrong.set(wrong.reason, "post_logout_redirect_uri", wrong.offset);
        }
        if (request.id_token_hint.empty() && request.client_id.empty()) return wrong.set(errc::missing_value, "client_id");
    }
    return check_extra(request.extra, not_in_logout_extra, "", wrong);
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_logout_url(buffer_writer& out, std::string_view end_session_endpoint,
                                                                const logout_request_view& request) {
    detail::failure wrong;
    if (!detail::check_logout(end_session_endpoint, request, wrong)) return wrong;
    const std::size_t mark = out.size();
    detail::query_writer query(out, end_session_endpoint, space::percent_20);
    query.append("id_token_hint", request.id_token_hint.reveal());
    for (const auto& [name, value, rule] : detail::logout_parameters) query.append(name, request.*value);
    for (std::size_t i = 0; i < request.extra.size(); ++i) query.append(request.extra[i].name, request.extra[i].value);
    return detail::finish(out, mark);
}

inline result<std::string> make_logout_url(std::string_view end_session_endpoint, const logout_request_view& request) {
    return detail::write_to_string([&](buffer_writer& out) { return write_logout_url(out, end_session_endpoint, request); });
}

inline error_view check_logout_callback(std::string_view callback, std::string_view state) {
    const auto returned = state_of_callback(callback);
    if (!returned) return returned.error().view();
    return detail::equal_constant_time(*returned, state) ? error_view() : error_view(errc::state_mismatch, "state");
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/oidc/user_info.hpp> -----------------------------------------------------------------------------------

// What the server tells of a person to whoever has the access token (OpenID Connect Core 5.3).
//
//   auto who = oauthpp::parse_user_info(body, identity.sub);

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

// ---- <oauthpp/oidc/logout_token.hpp> --------------------------------------------------------------------------------

// The server says that somebody has signed out: to this program's own endpoint (OpenID Connect Back-Channel Logout 1.0),
// or through the browser in a frame (Front-Channel Logout 1.0).
//
//   auto token = oauthpp::logout_token_of(request_body);
//   auto gone = oauthpp::verify_logout_token(*token, {.issuer = issuer, .client_id = id, .keys = &keys, .verifier = openssl}, now);
//   if (gone) sessions.end(gone->iss, gone->sub, gone->sid);       // answer 200, without caching; else 400

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

// ---- <oauthpp/provider/microsoft.hpp> -------------------------------------------------------------------------------

// Microsoft identity platform v2.0: Entra ID in its clouds, Azure AD B2C, and external tenants.
//
//   auto server = oauthpp::provider::microsoft("contoso.onmicrosoft.com");

namespace oauthpp::inline v0::provider {

/// Applications are registered in one of them, and no other takes their credentials.
enum class microsoft_cloud : std::uint8_t { global, us_government, china };

/// `tenant`: a GUID, a verified domain, or `common`, `organizations`, `consumers`. One authority serves both legs: a code
/// is redeemed at the tenant that it came from.
///
/// The issuer is known where the tenant is a GUID or `consumers`. Of `common` and `organizations` it is that of whichever
/// tenant the person belongs to: see quirks::tenant_in_issuer. Of a domain only discovery can tell it; until then no
/// identity comes with the tokens.
/// Errors: invalid_provider, in the metadata's `invalid`, for characters that would change the URL.
inline server_metadata microsoft(std::string_view tenant, microsoft_cloud cloud = microsoft_cloud::global);

/// Azure AD B2C: https://{name}.b2clogin.com/{name}.onmicrosoft.com/{policy}/... Codes and tokens are bound to the policy.
inline server_metadata microsoft_b2c(std::string_view name, std::string_view policy);

/// An external tenant: https://{name}.ciamlogin.com/{name}.onmicrosoft.com/...
inline server_metadata microsoft_external(std::string_view name);

/// What Microsoft's documentation says about a token request whose scopes differ from those of the login, or nothing if
/// there is nothing to say. "Second leg" is its word for the token request.
[[nodiscard]] constexpr std::string_view microsoft_second_leg_advice(std::string_view login_scope, std::string_view token_scope) noexcept;

/// For `claims`: this client can answer a claims challenge, so tokens may be withdrawn before they end (continuous access
/// evaluation). Say so only if your program does.
inline constexpr std::string_view microsoft_capabilities = R"({"access_token":{"xms_cc":{"values":["cp1"]}}})";

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

using namespace oauthpp::detail;

constexpr bool is_guid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const char lower = to_lower(text[i]);
        if (hyphen ? lower != '-' : !is_digit(lower) && (lower < 'a' || lower > 'f')) return false;
    }
    return true;
}

/// Letters, digits, hyphens, periods between them; no `..` and no `/`, which would lead to another tenant's path.
constexpr bool is_tenant(std::string_view text) noexcept {
    if (text.empty() || text.size() > 255 || text.front() == '.' || text.back() == '.') return false;
    char before = '\0';
    for (const char c : text) {
        if (!is_alpha(c) && !is_digit(c) && c != '-' && (c != '.' || before == '.')) return false;
        before = c;
    }
    return true;
}

/// What a scope belongs to: the part before its last `/`, Microsoft Graph without one, nothing for those of OpenID Connect.
constexpr std::string_view resource_of(std::string_view scope) noexcept {
    const std::size_t slash = scope.rfind('/');
    if (slash != std::string_view::npos) return between(scope, 0, slash);
    return has_word("openid profile email offline_access", scope) ? "" : "https://graph.microsoft.com";
}

inline server_metadata microsoft_authority(std::string authority, std::string issuer) {
    server_metadata server;
    server.issuer = std::move(issuer);
    server.jwks_uri = authority + "/discovery/v2.0/keys";
    authority += "/oauth2/v2.0/";
    server.authorization_endpoint = authority + "authorize";
    server.token_endpoint = authority + "token";
    server.end_session_endpoint = authority + "logout";
    return server;
}

inline server_metadata invalid_tenant() {
    server_metadata server;
    server.invalid = errc::invalid_provider;
    return server;
}

}  // namespace detail

inline server_metadata microsoft(std::string_view tenant, microsoft_cloud cloud) {
    constexpr std::string_view hosts[] = {"login.microsoftonline.com", "login.microsoftonline.us",
                                          "login.partner.microsoftonline.cn"};
    constexpr std::string_view consumers = "9188040d-6c67-4c5b-b112-36a304b66dad";
    if (!detail::is_tenant(tenant)) return detail::invalid_tenant();
    const std::string host = "https://" + std::string(hosts[static_cast<unsigned>(cloud)]) + '/';
    std::string issuer;
    if (detail::is_guid(tenant)) {
        issuer = host;
        for (const char c : tenant) issuer += detail::to_lower(c);      // as the server spells it
        issuer += "/v2.0";
    }
    const bool any_tenant = tenant == "common" || tenant == "organizations";
    if (any_tenant) issuer = host + "{tenantid}/v2.0";
    if (tenant == "consumers") issuer = host + std::string(consumers) + "/v2.0";
    server_metadata server = detail::microsoft_authority(host + std::string(tenant), std::move(issuer));
    server.quirks.tenant_in_issuer = any_tenant;
    return server;
}

inline server_metadata microsoft_b2c(std::string_view name, std::string_view policy) {
    if (!detail::is_tenant(name) || !detail::is_name(policy) || name.find('.') != std::string_view::npos ||
        policy.find('.') != std::string_view::npos) {
        return detail::invalid_tenant();
    }
    const std::string tenant(name);
    return detail::microsoft_authority("https://" + tenant + ".b2clogin.com/" + tenant + ".onmicrosoft.com/" + std::string(policy), {});
}

inline server_metadata microsoft_external(std::string_view name) {
    if (!detail::is_tenant(name) || name.find('.') != std::string_view::npos) return detail::invalid_tenant();
    const std::string tenant(name);
    return detail::microsoft_authority("https://" + tenant + ".ciamlogin.com/" + tenant + ".onmicrosoft.com", {});
}

constexpr std::string_view microsoft_second_leg_advice(std::string_view login_scope, std::string_view token_scope) noexcept {
    std::string_view resource;
    scope_reader words(token_scope);
    while (words.next()) {
        const std::string_view own = detail::resource_of(words.token());
        if (!resource.empty() && !own.empty() && own != resource) {
            return "the scopes of a token request must all be of one resource; ask for the other resource with the refresh token";
        }
        if (!own.empty()) resource = own;
    }
    if (scope_covers(login_scope, token_scope)) return "";
    return "the scopes of a token request must be those of the login or a part of them; what the person has not consented to is refused";
}

}  // namespace oauthpp::inline v0::provider

// ---- <oauthpp/provider/microsoft_hint.hpp> --------------------------------------------------------------------------

// The AADSTS numbers that people meet most, in plain words. For people only: Microsoft changes numbers and texts, so
// programs decide by `error::action`, never by these.
//
//   if (auto hint = oauthpp::provider::microsoft_hint(tokens.error()); !hint.empty()) std::puts(hint.data());

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

// ---- <oauthpp/flow/step.hpp> ----------------------------------------------------------------------------------------

// What a flow wants next: send this request, wait until then, or nothing more. The I/O is done by whoever drives it.
//
//   for (auto step = flow.next(now()); !step.done(); step = flow.next(now()))
//       if (step.wants_request()) flow.resume(my_http(step.request()), now());
//       else                      sleep_until(step.not_before());
//   auto tokens = std::move(flow).outcome();

namespace oauthpp::inline v0 {

/// Lifetime: the request looks into the flow, until its next `resume`.
class step {
 public:
    static constexpr step send(const http_request_view& request) noexcept {
        step made(kind::send);
        made.request_ = request;
        return made;
    }
    static constexpr step wait(unix_time not_before) noexcept {
        step made(kind::wait);
        made.not_before_ = not_before;
        return made;
    }
    static constexpr step finished() noexcept { return step(kind::done); }

    [[nodiscard]] constexpr bool done() const noexcept { return kind_ == kind::done; }
    [[nodiscard]] constexpr bool wants_request() const noexcept { return kind_ == kind::send; }
    [[nodiscard]] constexpr const http_request_view& request() const noexcept { return request_; }
    [[nodiscard]] constexpr unix_time not_before() const noexcept { return not_before_; }

 private:
    enum class kind : std::uint8_t { done, send, wait };
    constexpr explicit step(kind what) noexcept : kind_(what) {}

    http_request_view request_{};
    unix_time not_before_{};
    kind kind_;
};

/// `waits` says whether `next` may ask to wait, so that a driver of flows that never do needs no way to.
template <class T>
concept flow = requires(T& each, unix_time now, result<http_response> response) {
    { each.next(now) } -> std::same_as<step>;
    each.resume(std::move(response), now);
    std::move(each).outcome();
    { T::waits } -> std::convertible_to<bool>;
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/fetch.hpp> ---------------------------------------------------------------------------------------

// Flows that GET a JSON document, and what all such have in common.

namespace oauthpp::inline v0 {

namespace detail {

inline http_request get_request(std::string url) {
    http_request request;
    request.method = "GET";
    request.url = std::move(url);
    return request;
}

/// Whether a response holds the document; else why not.
inline error_view check_document(const http_response_view& response, unix_time now) noexcept {
    tolerances tolerated;
    // A document has no errors of its own: what is no success and no redirect is not read
    const bool refused = !is_success(response.status) && (response.status < 300 || response.status > 399);
    failure wrong;
    if (refused) wrong.set(errc::unexpected_status, "status");
    else if (check_media(response.status, response.content_type, !response.body.empty(), {}, tolerated, wrong)) return {};
    error_view error(wrong);
    add_http(response.status, response.retry_after, error);
    error.again = resend::safe;          // reading uses nothing up
    error.received_at = now;
    return error;
}

}  // namespace detail

/// One document from one place.
template <class Document>
class document_flow {
 public:
    static constexpr bool waits = false;

    /// Reads a body; `expected` is what the document is held against.
    using reader = result<Document> (*)(std::string_view body, std::string_view expected);

    explicit document_flow(const error_view& failure) : outcome_(error(failure)), done_(true) {}
    document_flow(std::string url, reader read, std::string expected = {})
        : request_(detail::get_request(std::move(url))), read_(read), expected_(std::move(expected)) {}

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        done_ = true;
        const error_view wrong = response ? detail::check_document(*response, now) : response.error().view();
        if (wrong.reason != errc::none) outcome_ = error(wrong);
        else outcome_ = read_(response->body.reveal(), expected_);
    }

    /// Errors: those of the transport and of the document; redirected, unexpected_status, unexpected_media_type, empty_body.
    [[nodiscard]] result<Document> outcome() && { return std::move(outcome_); }

 private:
    http_request request_{};
    reader read_{};
    std::string expected_{};
    result<Document> outcome_{errc::not_finished};
    bool done_ = false;
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/discover.hpp> ------------------------------------------------------------------------------------

// An authorization server's metadata, fetched (RFC 8414 3, OpenID Connect Discovery 4).
//
//   auto server = oauthpp::run(oauthpp::discover("https://as.example"), http);

namespace oauthpp::inline v0 {

/// Asks at one place after the other for as long as there is nothing there.
class discovery_flow {
 public:
    static constexpr bool waits = false;

    explicit discovery_flow(std::string_view issuer, const quirks& known = {}) : issuer_(issuer), quirks_(known) {
        auto urls = metadata_urls(issuer);
        if (!urls) {
            finish(urls.error().view());
            return;
        }
        urls_ = *std::move(urls);
        request_ = detail::get_request(std::move(urls_[0]));
    }

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        if (!response) return finish(response.error().view());
        const bool nothing_there = response->status == 404 || response->status == 400;
        if (nothing_there && ++place_ < urls_.size() && !urls_[place_].empty()) {
            request_ = detail::get_request(std::move(urls_[place_]));
            return;
        }
        const error_view wrong = detail::check_document(*response, now);
        if (wrong.reason != errc::none) return finish(wrong);
        outcome_ = parse_server_metadata(response->body.reveal(), issuer_, quirks_);
        done_ = true;
    }

    /// Errors: those of the transport, of `metadata_urls` and of `parse_server_metadata`; redirected, unexpected_status,
    ///   unexpected_media_type, empty_body.
    [[nodiscard]] result<server_metadata> outcome() && { return std::move(outcome_); }

 private:
    void finish(const error_view& failure) {
        outcome_ = error(failure);
        done_ = true;
    }

    std::string issuer_;
    quirks quirks_;
    http_request request_{};
    std::array<std::string, 3> urls_{};
    std::size_t place_ = 0;
    result<server_metadata> outcome_{errc::not_finished};
    bool done_ = false;
};

/// `known`: deviations of this server, which its metadata then carries. Microsoft's `common` has one: `tenant_in_issuer`.
[[nodiscard]] inline discovery_flow discover(std::string_view issuer, const quirks& known = {}) {
    return discovery_flow(issuer, known);
}

using issuer_flow = document_flow<std::string>;

/// The issuer who signs in the person with this identifier, such as an e-mail address: for `discover`.
[[nodiscard]] inline issuer_flow find_issuer(std::string_view identifier) {
    auto url = webfinger_url(identifier);
    if (!url) return issuer_flow(url.error().view());
    return {*std::move(url), [](std::string_view body, std::string_view) { return parse_webfinger(body); }};
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/discover_resource.hpp> ---------------------------------------------------------------------------

// A protected resource's metadata, fetched (RFC 9728 3, 5): whose tokens does it take?
//
//   auto resource = oauthpp::run(oauthpp::discover_resource("https://api.example/photos"), http);
//   auto server = oauthpp::run(oauthpp::discover(resource->authorization_servers.front()), http);

namespace oauthpp::inline v0 {

using resource_flow = document_flow<resource_metadata>;

/// Asks at the resource's own well-known place.
[[nodiscard]] inline resource_flow discover_resource(std::string_view resource) {
    auto url = resource_metadata_url(resource);
    if (!url) return resource_flow(url.error().view());
    return {*std::move(url), parse_resource_metadata, std::string(resource)};
}

/// Asks where a challenge said (`challenge::resource_metadata`); `resource` is the URL of the request that was challenged.
/// Every challenge that names the document is a reason to fetch it anew (5.2).
///
/// Errors: private_address besides, as for `authorization_servers`.
[[nodiscard]] inline resource_flow discover_resource(std::string_view resource, std::string_view metadata_url) {
    detail::failure wrong;
    if (!detail::check_named_by(resource, metadata_url, "resource_metadata", wrong)) return resource_flow(error_view(wrong));
    return {std::string(metadata_url), parse_resource_metadata, std::string(resource)};
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/keys.hpp> ----------------------------------------------------------------------------------------

// The keys that a server signs with (OpenID Connect Core 10.1.1), fetched, and kept from one login to the next.
//
//   oauthpp::key_cache keys(server->jwks_uri);
//   auto tokens = oauthpp::run(login->exchange(callback, {.id_token = {.keys = &keys, .verifier = openssl}}), http);

namespace oauthpp::inline v0 {

struct key_cache_options {
    seconds max_age{3600};     ///< then they are fetched anew: a key that was withdrawn is believed no longer than that
    seconds min_interval{60};  ///< between two fetches, whatever keys are asked for: tokens must not storm the server
};

/// The keys of one server. A flow that needs them fetches them: when there are none, when they are too old, and once for
/// a key that is not among them, since servers change their keys.
///
/// For one thread at a time. A flow that is given one must not outlive it.
class key_cache {
 public:
    explicit key_cache(std::string_view jwks_uri, const key_cache_options& options = {})
        : jwks_uri_(jwks_uri), options_(options) {}

    [[nodiscard]] const std::string& jwks_uri() const noexcept { return jwks_uri_; }
    [[nodiscard]] const jwk_set& keys() const noexcept { return keys_; }

    /// The document as it came, for a store of your own; and when.
    [[nodiscard]] const std::string& document() const noexcept { return document_; }
    [[nodiscard]] std::optional<unix_time> fetched_at() const noexcept { return fetched_at_; }

    /// Takes a document, fetched now or kept in a store since then, and says how many keys it has. What is no set of
    /// keys changes nothing.
    ///
    /// Errors: those of `parse_jwk_set`.
    result<std::size_t> put(std::string_view document, unix_time fetched_at) {
        auto parsed = parse_jwk_set(document);
        if (!parsed) return std::move(parsed).error();
        keys_ = *std::move(parsed);
        document_ = document;
        fetched_at_ = asked_at_ = fetched_at;
        return keys_.keys.size();
    }

    /// Whether a fetch is due before anything is verified.
    [[nodiscard]] bool is_due(unix_time now) const noexcept {
        return (!fetched_at_ || *fetched_at_ + options_.max_age <= now) && may_ask(now);
    }
    /// Whether it may be asked for a key that is not among these.
    [[nodiscard]] bool may_ask(unix_time now) const noexcept {
        return !asked_at_ || *asked_at_ + options_.min_interval <= now;
    }
    /// Begins the interval, whatever becomes of the fetch.
    void asked(unix_time now) noexcept { asked_at_ = now; }

 private:
    std::string jwks_uri_;
    key_cache_options options_;
    jwk_set keys_{};
    std::string document_{};
    std::optional<unix_time> fetched_at_{};
    std::optional<unix_time> asked_at_{};
};

namespace detail {

/// The fetch of keys that a flow may need on its way.
class key_fetch {
 public:
    key_fetch() = default;
    explicit key_fetch(key_cache* keys) : keys_(keys) {}

    [[nodiscard]] const jwk_set* keys() const noexcept { return keys_ != nullptr ? &keys_->keys() : nullptr; }
    [[nodiscard]] bool is_due(unix_time now) const noexcept { return keys_ != nullptr && keys_->is_due(now); }
    /// At most once on one way, however short the cache's interval: a server may change its keys at every fetch.
    [[nodiscard]] bool may_ask(unix_time now) const noexcept { return keys_ != nullptr && !asked_ && keys_->may_ask(now); }

    /// Keys that came in the clear would be anybody's (RFC 8414 2, `jwks_uri`).
    [[nodiscard]] failure check_uri() const noexcept {
        failure wrong;
        check_endpoint(keys_->jwks_uri(), "jwks_uri", wrong);
        return wrong;
    }
    void want(unix_time now) {
        asked_ = true;
        keys_->asked(now);
        request_ = get_request(keys_->jwks_uri());
    }
    [[nodiscard]] bool wanted() const noexcept { return request_.has_value(); }
    [[nodiscard]] const http_request& request() const noexcept { return *request_; }

    /// Keys that were fetched before still count if these cannot be had.
    error_view take(const result<http_response>& response, unix_time now) {
        request_.reset();
        error_view wrong = response ? check_document(*response, now) : response.error().view();
        if (wrong.reason == errc::none) {
            const auto taken = keys_->put(response->body.reveal(), now);
            if (!taken) wrong = error_view(taken.error().reason(), "jwks_uri");
        }
        return keys_->fetched_at() ? error_view() : wrong;
    }

 private:
    key_cache* keys_{};
    std::optional<http_request> request_{};
    bool asked_ = false;
};

}  // namespace detail

using keys_flow = document_flow<jwk_set>;

/// The keys that a server signs with. Keep them: a server that is asked at every login is a server that is attacked.
[[nodiscard]] inline keys_flow fetch_keys(std::string_view jwks_uri) {
    detail::failure wrong;
    if (!detail::check_endpoint(jwks_uri, "jwks_uri", wrong)) return keys_flow(error_view(wrong));
    return {std::string(jwks_uri), [](std::string_view body, std::string_view) { return parse_jwk_set(body); }};
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/saved_login.hpp> ---------------------------------------------------------------------------------

// What a login is while it is saved: a form of named fields, with a version before them and a digest behind them.

namespace oauthpp::inline v0::detail {

enum class saved_field : std::size_t {
    version, issuer, token_endpoint, client_id, redirect_uri, state, nonce, code_verifier, scope, response_type,
    response_mode, acr_values, max_age, count
};

using saved_fields = std::array<std::string_view, static_cast<std::size_t>(saved_field::count)>;

constexpr std::string_view field_of(const saved_fields& values, saved_field which) noexcept {
    return values[static_cast<std::size_t>(which)];
}

inline constexpr saved_fields saved_names{
    "v", "issuer", "token_endpoint", "client_id", "redirect_uri", "state", "nonce", "code_verifier", "scope",
    "response_type", "response_mode", "acr_values", "max_age"};
inline constexpr std::string_view saved_version = "2";

inline constexpr std::string_view before_digest = "&digest=";

/// Finds damage, not forgery: a saved login deserves as much trust as the place where it was kept.
inline std::array<char, 43> digest_of_login(std::string_view text) { return base64url_encode(sha256(text)); }

inline secret write_saved_login(const saved_fields& values) {
    auto text = write_to_string([&](buffer_writer& out) {
        for (std::size_t i = 0; i < values.size(); ++i) append_form_pair(out, 0, saved_names[i], values[i]);
        const auto digest = digest_of_login(out.written_since(0));
        out.append(before_digest);
        out.append({digest.data(), digest.size()});
        return finish(out, 0);
    });
    return text ? secret(*std::move(text)) : secret();
}

/// What was written before the digest; empty if the digest is not that of it.
inline std::string_view undamaged_login(std::string_view saved) {
    const std::size_t end = saved.rfind(before_digest);
    if (end == std::string_view::npos) return {};
    const std::string_view text = between(saved, 0, end);
    const auto digest = digest_of_login(text);
    const bool intact = equal_constant_time(from(saved, end + before_digest.size()), {digest.data(), digest.size()});
    return intact ? text : std::string_view();
}

/// Decodes the fields where they stand. False for another version, for what is no field, twice or broken, and without
/// what no login is without.
inline bool read_saved_login(std::string_view text, saved_fields& values) {
    form_reader pairs(text);
    while (pairs.next()) {
        std::size_t i = 0;
        while (i < values.size() && !pairs.is(saved_names[i])) ++i;
        std::string_view value = pairs.value();
        const bool fits = i < values.size() && values[i].data() == nullptr && decode_in_place(value);
        if (!fits) return false;
        values[i] = value;
    }
    return field_of(values, saved_field::version) == saved_version && !field_of(values, saved_field::state).empty() &&
           !field_of(values, saved_field::code_verifier).empty();
}

}  // namespace oauthpp::inline v0::detail

// ---- <oauthpp/flow/id_token_check.hpp> ------------------------------------------------------------------------------

// The ID tokens of one login or refresh: what they are measured by, and the keys that are fetched for it.
//
//   auto tokens = oauthpp::run(login->exchange(callback, {.id_token = {.keys = &keys, .verifier = openssl}}), http);
//   if (tokens && tokens->identity) greet(tokens->identity->iss, tokens->identity->sub);

namespace oauthpp::inline v0 {

/// How an ID token is checked, beyond what the login knows by itself.
///
/// Lifetime: keys and verifier must outlive the flow.
struct id_token_options {
    key_cache* keys{};                   ///< with these two the signature is checked. Without them TLS vouches for a token
    signature_verifier_ref verifier{};   ///< from the token endpoint (3.1.3.7, rule 6); one from the browser is refused
    std::string_view algorithms{asymmetric_algorithms};   ///< `HS256` has to be asked for, and takes the client's secret
    std::string_view trusted_audiences{};                 ///< who else may be in `aud`, words with spaces between
    seconds leeway{60};                                   ///< for clocks that differ
    /// Security: a server that authenticated the person in a weaker way than `acr_values` asked for is believed.
    bool allow_other_acr{};
    /// Security: for servers that do not know `openid`. Who signed in stays unknown.
    bool allow_missing{};
};

namespace detail {

class id_token_check {
 public:
    id_token_check() = default;
    id_token_check(const server_metadata_view& server, const client_view& app, const id_token_options& options)
        : options_(options), keys_(options.keys), issuer_(server.issuer), tenant_in_issuer_(server.quirks.tenant_in_issuer),
          client_id_(app.client_id), client_secret_(secret_of(app).reveal()), algorithms_(options.algorithms),
          trusted_audiences_(options.trusted_audiences) {
        options_.algorithms = options_.trusted_audiences = {};     // they may not live as long
    }

    // What the login asked for, and what the tokens before had
    bool asked = false;                 // for an ID token; one that nobody asked for is not looked at
    bool after_refresh = false;
    secret nonce{};
    std::optional<seconds> max_age{};
    std::string acr_values{};
    std::string subject{};
    std::optional<unix_time> auth_time{};

    /// Without an issuer there is nothing to measure by.
    [[nodiscard]] bool is_on() const noexcept { return asked && !issuer_.empty(); }
    [[nodiscard]] bool requires_token() const noexcept { return is_on() && !after_refresh && !options_.allow_missing; }

    /// Decides before the first request whether keys are needed: if they cannot be had, no code is used up. Where a
    /// refresh is not expected to bring an ID token, they wait until there is one.
    [[nodiscard]] inline failure begin(unix_time now);
    [[nodiscard]] bool wants_keys() const noexcept { return keys_.wanted(); }
    [[nodiscard]] const http_request& keys_request() const noexcept { return keys_.request(); }
    error_view take_keys(const result<http_response>& response, unix_time now) { return keys_.take(response, now); }

    struct evidence {
        secret_view id_token{};
        secret_view access_token{};
        secret_view code{};
        std::string_view state{};
        bool from_browser{};
    };
    /// Nothing yet if the key has to be fetched first: then `wants_keys`.
    inline std::optional<result<oauthpp::id_token>> verify(const evidence& given, unix_time now);

 private:
    static secret_view secret_of(const client_view& app) noexcept {
        if (const auto* basic = std::get_if<client_secret_basic_view>(&app.authentication)) return basic->client_secret;
        if (const auto* post = std::get_if<client_secret_post_view>(&app.authentication)) return post->client_secret;
        return {};
    }

    id_token_options options_{};
    key_fetch keys_{};
    std::string issuer_{};
    bool tenant_in_issuer_ = false;
    std::string client_id_{};
    secret client_secret_{};
    std::string algorithms_{};
    std::string trusted_audiences_{};
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline failure id_token_check::begin(unix_time now) {
    if (!is_on()) return {};
    const bool has_verifier{options_.verifier};
    // Half a check would look like a whole one
    if (has_verifier != (options_.keys != nullptr)) {
        return {errc::missing_value, has_verifier ? "id_token.keys" : "id_token.verifier"};
    }
    if (!keys_.is_due(now)) return {};
    if (const failure wrong = keys_.check_uri(); wrong.failed()) return wrong;
    const bool token_will_come = !after_refresh || !subject.empty();
    if (token_will_come) keys_.want(now);
    return {};
}

inline std::optional<result<oauthpp::id_token>> id_token_check::verify(const evidence& given, unix_time now) {
    auto verified = verify_id_token(given.id_token.reveal(),
                                    {.issuer = issuer_,
                                     .tenant_in_issuer = tenant_in_issuer_,
                                     .client_id = client_id_,
                                     .nonce = nonce.reveal(),
                                     .max_age = max_age,
                                     .acr_values = options_.allow_other_acr ? std::string_view() : acr_values,
                                     .subject = subject,
                                     .trusted_audiences = trusted_audiences_,
                                     .algorithms = algorithms_,
                                     .leeway = options_.leeway,
                                     .keys = keys_.keys(),
                                     .verifier = options_.verifier,
                                     .client_secret = client_secret_,
                                     .access_token = given.access_token,
                                     .code = given.code,
                                     .state = given.state,
                                     .from_browser = given.from_browser,
                                     .after_refresh = after_refresh,
                                     .auth_time = auth_time},
                                    now);
    const bool unknown_key = !verified && verified.error().reason() == errc::key_not_found;
    if (!unknown_key || !keys_.may_ask(now)) return verified;
    // Servers change their keys (OpenID Connect Core 10.1.1). Once, for then it has been asked
    if (const failure wrong = keys_.check_uri(); wrong.failed()) return wrong;
    keys_.want(now);
    return std::nullopt;
}

}  // namespace detail

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/tokens.hpp> --------------------------------------------------------------------------------------

// What a client keeps: the tokens, until when they are good, and what they are bound to.
//
//   if (tokens->expires_within(now, oauthpp::seconds{300})) renew();

namespace oauthpp::inline v0 {

struct tokens {
    secret access_token{};
    std::string token_type{};
    std::optional<unix_time> expires_at{};   ///< by our clock. Absent: the server did not say
    secret refresh_token{};                  ///< after a refresh that brought none: the old one, which stays good
    bool refresh_token_rotated{};            ///< it is new: store it before anything else, the old one may be dead
    std::string scope{};                     ///< granted
    std::string missing_scope{};             ///< requested and not granted: no error (RFC 6749 3.3)
    std::string extra_scope{};               ///< granted and not requested
    secret id_token{};                       ///< as it came; after a refresh that brought none: the old one
    /// Who signed in: `iss` and `sub` together. Absent without the scope `openid`, and where the server's issuer is not
    /// known: then trust no claim of the ID token.
    std::optional<oauthpp::id_token> identity{};
    std::optional<unix_time> refresh_at{};   ///< Microsoft: better renewed from then on
    std::optional<unix_time> ext_expires_at{};   ///< Microsoft: usable until then while the server is down
    list<parameter> extra{};                 ///< unknown members: strings, or JSON as it came
    tolerances tolerated{};
    std::string token_endpoint{};            ///< where they are from: a refresh goes nowhere else
    std::string client_id{};

    /// Whether the access token is known to end within `leeway` from now. False if the server did not say: then only a
    /// resource server's 401 tells (RFC 6750 3.1).
    [[nodiscard]] bool expires_within(unix_time now, seconds leeway) const noexcept {
        return expires_at && *expires_at <= now + leeway;
    }
};

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/token_flow.hpp> ----------------------------------------------------------------------------------

// One request to the token endpoint, what becomes of its answer, and the ID tokens that belong to it: the part that
// every grant has in common.
//
//   auto tokens = oauthpp::run(oauthpp::request_tokens(server, app, {.scope = "read"}), http);

namespace oauthpp::inline v0 {

/// Never sends twice: a code, or a refresh token that rotates, may have been used by a request whose answer was lost
/// (RFC 6749 4.1.2, RFC 9700 4.14). `error::again` says what is known of that. Only the keys for an ID token are fetched
/// besides, before the request or after it.
class token_flow {
 public:
    static constexpr bool waits = false;

    /// What the browser brought besides the code (OpenID Connect Core 3.2, 3.3).
    struct front_channel {
        secret id_token{};
        secret access_token{};
        secret code{};
        std::string state{};
    };

    /// What the answer is measured by.
    struct expectation {
        std::string scope{};                          ///< requested
        secret refresh_token{};                       ///< kept if the answer brings none (RFC 6749 6)
        std::string token_endpoint{};
        std::string client_id{};
        oauthpp::quirks quirks{};
        detail::id_token_check id_token{};
        front_channel front{};
        secret old_id_token{};                        ///< kept, with who it is about, if the answer brings none
        std::optional<oauthpp::id_token> identity{};
    };

    explicit token_flow(const error_view& failure) : outcome_(failure), phase_(phase::done) {}
    token_flow(result<http_request> request, expectation expected) : expected_(std::move(expected)) {
        if (request) request_ = *std::move(request);
        else finish(request.error().view());
    }
    /// For an ID token that came through the browser alone: there is nothing to redeem.
    explicit token_flow(expectation expected) : expected_(std::move(expected)) {}
    // Moved only: a copy would send the same request again
    token_flow(token_flow&&) noexcept = default;
    token_flow& operator=(token_flow&&) noexcept = default;

    [[nodiscard]] inline step next(unix_time now);
    inline void resume(const result<http_response>& response, unix_time now);

    /// Errors: those of the request, of the transport and of `parse_token_response`, of `verify_id_token` and
    ///   `parse_jwk_set`; missing_member for an ID token that did not come; missing_value for keys without a verifier, or
    ///   the other way round; invalid_url or insecure_url for `jwks_uri`; not_finished before the end, already_used from the second time on.
    [[nodiscard]] result<tokens> outcome() && { return std::exchange(outcome_, errc::already_used); }

 private:
    enum class phase : std::uint8_t { begin, front_channel, request, identity, done };

    void finish(const error_view& failure) {
        outcome_ = failure;
        tokens_ = {};
        request_.reset();
        phase_ = phase::done;
    }
    void give() {
        outcome_ = std::move(tokens_);
        phase_ = phase::done;
    }
    inline void check_front_channel(unix_time now);
    inline void check_identity(unix_time now);
    inline tokens accept(token_response&& response) const;

    std::optional<http_request> request_{};
    result<tokens> outcome_{errc::not_finished};
    expectation expected_{};
    tokens tokens_{};
    unix_time asked_at_{};
    phase phase_{};
};

namespace detail {

inline token_flow::expectation expect_tokens(const server_metadata_view& server, const client_view& app,
                                             std::string_view requested_scope) {
    return {.scope = std::string(requested_scope),
            .token_endpoint = std::string(server.token_endpoint),
            .client_id = std::string(app.client_id),
            .quirks = server.quirks};
}

}  // namespace detail

/// Tokens for the client itself (RFC 6749 4.4).
inline token_flow request_tokens(const server_metadata_view& server, const client_view& app,
                                 const client_credentials_grant_view& grant) {
    if (server.invalid != errc::none) return token_flow(error_view(server.invalid, "server"));
    return {make_token_request(server.token_endpoint, app, grant), detail::expect_tokens(server, app, grant.scope)};
}

/// The same without a heap: `memory` holds the request, the driver lends memory for the response.
///
/// Lifetime: memory, endpoint and whatever the response was received into.
class token_flow_view {
 public:
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const authorization_code_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const refresh_token_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const client_credentials_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }

    /// The request to send, or nothing when it is done.
    [[nodiscard]] const http_request_view* next(unix_time) const noexcept { return done_ ? nullptr : &request_; }

    /// The response's body is rewritten.
    inline void resume(const result<http_response_view, error_view>& response, unix_time now) noexcept;

    [[nodiscard]] const result<token_response_view, error_view>& outcome() const noexcept { return outcome_; }

 private:
    explicit token_flow_view(std::span<char> memory) : out_(memory) {}
    inline void begin(const server_metadata_view& server,
                      const result<http_request_view, error_view>& request) noexcept;

    buffer_writer out_;
    oauthpp::quirks quirks_{};
    http_request_view request_{};
    result<token_response_view, error_view> outcome_{errc::not_finished};
    bool done_ = false;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// A transport that does not know whether the request left is taken to have sent it.
constexpr void add_transport(error_view& failure) noexcept {
    if (failure.again == resend::pointless) failure.again = resend::unsafe;
}

}  // namespace detail

inline step token_flow::next(unix_time now) {
    if (phase_ == phase::begin) {
        phase_ = phase::front_channel;
        if (const detail::failure wrong = expected_.id_token.begin(now); wrong.failed()) finish(wrong);
    }
    if (phase_ == phase::front_channel && !expected_.id_token.wants_keys()) check_front_channel(now);
    if (phase_ == phase::done) return step::finished();
    if (expected_.id_token.wants_keys()) return step::send(expected_.id_token.keys_request());
    if (!request_ || request_->url.empty()) return step::finished();      // moved from
    if (asked_at_ == unix_time{}) asked_at_ = now;                        // a poll loop may look several times
    return step::send(*request_);
}

inline void token_flow::resume(const result<http_response>& response, unix_time now) {
    if (phase_ == phase::done) return;
    if (expected_.id_token.wants_keys()) {
        const error_view wrong = expected_.id_token.take_keys(response, now);
        const bool has_tokens = phase_ == phase::identity;
        if (wrong.reason == errc::none) return has_tokens ? check_identity(now) : void();
        // After a refresh the old token may be dead: the new one is worth more than a name
        return has_tokens && expected_.id_token.after_refresh ? give() : finish(wrong);
    }
    if (phase_ != phase::request || !request_) return;
    request_.reset();     // wipes code, verifier and credentials
    if (!response) {
        error_view failure = response.error();
        detail::add_transport(failure);
        return finish(failure);
    }
    auto parsed = parse_token_response(*response, expected_.quirks);
    if (parsed) {
        tokens_ = accept(*std::move(parsed));
        phase_ = phase::identity;
        return check_identity(now);
    }
    error_view failure = parsed.error();
    failure.received_at = now;
    finish(failure);
}

/// What came through the browser, before the code is redeemed (OpenID Connect Core 3.3.2.8). An access token of there
/// has done its part when it fits the hash: the one from the token endpoint has gone through fewer hands.
inline void token_flow::check_front_channel(unix_time now) {
    phase_ = phase::request;
    if (expected_.front.id_token.empty()) return;
    const auto verified = expected_.id_token.verify({.id_token = expected_.front.id_token,
                                                     .access_token = expected_.front.access_token,
                                                     .code = expected_.front.code,
                                                     .state = expected_.front.state,
                                                     .from_browser = true}, now);
    if (!verified) phase_ = phase::front_channel;
    else if (!*verified) finish(verified->error().view());
    else {
        expected_.id_token.subject = (*verified)->sub;                    // 3.3.3.6: both are about the same person
        expected_.identity = **verified;
        expected_.old_id_token = std::move(expected_.front.id_token);
        if (request_) return;
        tokens_.client_id = expected_.client_id;
        phase_ = phase::identity;
        check_identity(now);
    }
}

inline void token_flow::check_identity(unix_time now) {
    if (tokens_.id_token.empty()) {
        const bool came_before = expected_.identity.has_value();
        if (expected_.id_token.requires_token() && !came_before) return finish({errc::missing_member, "id_token"});
        tokens_.id_token = std::move(expected_.old_id_token);
        tokens_.identity = std::move(expected_.identity);
    } else if (expected_.id_token.is_on()) {
        auto verified = expected_.id_token.verify({.id_token = tokens_.id_token,
                                                   .access_token = tokens_.access_token,
                                                   .code = expected_.front.code}, now);
        if (!verified) return;
        if (!*verified) return finish(verified->error().view());
        tokens_.identity = **std::move(verified);
    }
    give();
}

inline tokens token_flow::accept(token_response&& response) const {
    const auto after = [&](const std::optional<seconds>& span) {
        // From when we asked: the token is not older than that
        return span ? std::optional(asked_at_ + *span) : std::nullopt;
    };
    tokens made;
    made.access_token = std::move(response.access_token);
    made.token_type = std::move(response.token_type);
    made.expires_at = response.expires_in ? after(response.expires_in) : response.expires_on;
    made.refresh_token_rotated = !response.refresh_token.empty() && response.refresh_token != expected_.refresh_token;
    if (made.refresh_token_rotated) made.refresh_token = std::move(response.refresh_token);
    else made.refresh_token = expected_.refresh_token;
    if (response.scope.empty()) made.scope = expected_.scope;                                         // RFC 6749 5.1
    else made.scope = std::move(response.scope);
    made.missing_scope = scope_without(expected_.scope, made.scope);
    made.extra_scope = scope_without(made.scope, expected_.scope);
    made.id_token = std::move(response.id_token);
    made.refresh_at = after(response.refresh_in);
    made.ext_expires_at = after(response.ext_expires_in);
    made.extra = std::move(response.extra);
    made.tolerated = response.tolerated;
    made.token_endpoint = expected_.token_endpoint;
    made.client_id = expected_.client_id;
    return made;
}

inline void token_flow_view::begin(const server_metadata_view& server,
                                   const result<http_request_view, error_view>& request) noexcept {
    quirks_ = server.quirks;
    done_ = !request || server.invalid != errc::none;
    if (!done_) request_ = *request;
    else outcome_ = server.invalid == errc::none ? request.error() : error_view(server.invalid, "server");
    if (done_) out_.take_back(0);      // credentials that nobody sends
}

inline void token_flow_view::resume(const result<http_response_view, error_view>& response, unix_time now) noexcept {
    if (done_) return;
    done_ = true;
    out_.take_back(0);                 // wipes code, verifier and credentials
    if (!response) {
        outcome_ = response.error();
        detail::add_transport(outcome_.error());
        return;
    }
    const std::string_view body = response->body.reveal();
    outcome_ = token_response_view{};
    detail::parse_token_response_into(outcome_, {.status = response->status,
                                                 .content_type = response->content_type,
                                                 .retry_after = response->retry_after,
                                                 .body = {const_cast<char*>(body.data()), body.size()}},   // lent for that
                                      quirks_, {});
    if (!outcome_) outcome_.error().received_at = now;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/login.hpp> ---------------------------------------------------------------------------------------

// The authorization code grant with PKCE (RFC 6749 4.1, RFC 7636): two exchanges with a person between them, perhaps in
// two processes.
//
//   auto login = oauthpp::start_login(server, app, {.scope = "openid offline_access"});
//   open_browser(login->url());
//   auto tokens = oauthpp::run(login->exchange(callback), http);

namespace oauthpp::inline v0 {

struct login_options {
    /// Or `code id_token`, `code token`, `code id_token token`, `id_token` (OpenID Connect Core 3.3): an ID token that
    /// comes through the browser must have its signature checked, with `exchange_options::id_token`. Others are refused.
    std::string_view response_type{"code"};
    std::string_view scope{};
    std::string_view response_mode{};             ///< `query`, `fragment` or `form_post`; empty: not sent
    std::string_view display{};
    std::string_view prompt{};
    std::optional<seconds> max_age{};
    std::string_view ui_locales{};
    std::string_view id_token_hint{};
    std::string_view login_hint{};
    std::string_view acr_values{};
    std::string_view claims{};                    ///< JSON, also what an error's `claims` asked for
    std::string_view domain_hint{};
    list_view<std::string_view> resource{};
    list_view<parameter_view> extra{};
    space scope_separator{};
    std::string_view application_data{};          ///< travels in the state, readable by anyone: see protocol/state.hpp
    secret_view application_key{};                ///< signs it; 32 bytes or more
};

/// For the token request. The scope may differ from the login's: Microsoft takes those of one resource here.
struct exchange_options {
    std::string_view scope{};
    list_view<std::string_view> resource{};
    list_view<parameter_view> extra{};
    id_token_options id_token{};
};

/// What nobody may guess, 43 characters each, made anew for every login.
struct login_secrets {
    unguessable state{};
    unguessable nonce{};
    unguessable code_verifier{};
};

namespace detail {
struct login_maker;
}

/// A login that waits for its callback. It belongs to one server, one client and one redirect URI.
///
/// Security: works once, also when it fails (RFC 6749 10.5, RFC 9700 4.5.3).
class pending_login {
 public:
    pending_login(const pending_login&) = delete;
    pending_login& operator=(const pending_login&) = delete;
    pending_login(pending_login&& other) noexcept = default;
    pending_login& operator=(pending_login&& other) noexcept = default;

    /// For the browser. Empty after `restore_login`.
    [[nodiscard]] const std::string& url() const noexcept { return url_; }
    [[nodiscard]] const std::string& state() const noexcept { return state_; }

    /// Whether a callback is an answer to this login, for listeners that ignore every other one. Uses nothing up.
    [[nodiscard]] bool is_answered_by(std::string_view callback) const {
        const auto state = state_of_callback(callback);
        return state && detail::equal_constant_time(*state, state_);
    }

    /// Checks the callback and gives the flow that redeems its code.
    ///
    /// Errors: in the flow's outcome: already_used, those of `parse_authorization_response` and `make_token_request`.
    [[nodiscard]] inline token_flow exchange(std::string_view callback, const exchange_options& options = {});

    /// Text for `restore_login`, perhaps in another process; empty once the login was used.
    ///
    /// Security: bind it to the browser that began the login, or an attacker's callback logs a victim in (RFC 6749
    /// 10.12): keep it on the server, found by that browser's own cookie.
    [[nodiscard]] inline secret save() const;

 private:
    friend struct detail::login_maker;

    /// What is left to know of a server. Logins wait by the thousand.
    struct token_server {
        std::string issuer;
        std::string token_endpoint;
        support iss_parameter_supported;
        oauthpp::quirks quirks;

        operator server_metadata_view() const noexcept {
            server_metadata_view view{.issuer = issuer, .token_endpoint = token_endpoint};
            view.authorization_response_iss_parameter_supported = iss_parameter_supported;
            view.quirks = quirks;
            return view;
        }
    };

    pending_login(const server_metadata_view& server, const client_view& app)
        : server_{std::string(server.issuer), std::string(server.token_endpoint),
                  server.authorization_response_iss_parameter_supported, server.quirks},
          app_(detail::owned_copy(app)) {}

    token_server server_;
    client app_;
    std::string url_{};
    std::string state_{};
    secret nonce_{};
    secret code_verifier_{};       // empty once used
    std::string scope_{};
    std::string response_type_{};
    std::string response_mode_{};
    std::string acr_values_{};
    std::optional<seconds> max_age_{};
};

/// Begins a login.
///
/// Errors: those of `write_authorization_url`, for the token endpoint too, or a person would sign in for nothing;
///   unsupported_response_type, no_entropy, and what the server's metadata carries as `invalid`.
template <class Entropy>
result<pending_login> start_login(const server_metadata_view& server, const client_view& app,
                                  const login_options& options, Entropy&& entropy);

template <class Entropy = system_entropy>
result<pending_login> start_login(const server_metadata_view& server, const client_view& app,
                                  const login_options& options = {});

/// Continues a saved login.
///
/// Errors: saved_login_unreadable for text that is damaged, of another version or used up; wrong_server for another
///   issuer, token endpoint, client or redirect URI.
inline result<pending_login> restore_login(const server_metadata_view& server, const client_view& app,
                                           secret_view saved);

template <class Entropy>
constexpr result<login_secrets, error_view> make_login_secrets(Entropy&& entropy) noexcept;

/// The login's URL without a heap. What belongs to `secrets` is yours to keep until the callback.
constexpr result<std::string_view, error_view> write_login_url(buffer_writer& out, const server_metadata_view& server,
                                                               const client_view& app, const login_options& options,
                                                               const login_secrets& secrets);

/// What `parse_authorization_response` has to expect of a login.
[[nodiscard]] constexpr expected_response expected_login_response(const server_metadata_view& server,
                                                                  std::string_view redirect_uri, std::string_view state,
                                                                  std::string_view response_mode = {}) noexcept {
    return {.state = state,
            .issuer = server.quirks.tenant_in_issuer ? std::string_view() : server.issuer,
            .iss_required = server.authorization_response_iss_parameter_supported == support::yes,
            .redirect_uri = redirect_uri,
            .response_mode = response_mode,
            .quirks = server.quirks};
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// OAuth 2.1 4.1, RFC 9700 2.1.2: without a code, no access token.
inline constexpr std::string_view login_response_types[] = {"code", "code id_token", "code token", "code id_token token",
                                                            "id_token"};

constexpr bool is_login_response_type(std::string_view response_type) noexcept {
    for (const std::string_view each : login_response_types) {
        if (each == response_type) return true;
    }
    return false;
}

/// Whether a server's metadata lists it. A list that is empty says nothing.
constexpr bool lists_response_type(std::string_view supported, std::string_view response_type) noexcept {
    if (supported.empty()) return true;
    for (std::size_t at = 0; at < supported.size();) {
        const std::string_view each = between(from(supported, at), 0, index_of(from(supported, at), ','));
        if (is_same_response_type(each, response_type)) return true;
        at += each.size() + 1;
    }
    return false;
}

constexpr bool check_login(const server_metadata_view& server, const client_view& app, const login_options& options,
                           bool openid, failure& wrong) noexcept {
    if (server.invalid != errc::none) return wrong.set(server.invalid, "server");
    if (!is_login_response_type(options.response_type)) return wrong.set(errc::unsupported_response_type, "response_type");
    if (!openid && has_word(options.response_type, "id_token")) return wrong.set(errc::missing_value, "scope");
    return !app.redirect_uri.empty() || wrong.set(errc::missing_value, "redirect_uri");
}

constexpr result<std::string_view, error_view> write_login_url(buffer_writer& out, const server_metadata_view& server,
                                                               const client_view& app, const login_options& options,
                                                               const login_secrets& secrets, std::string_view state) {
    const bool openid = has_word(options.scope, "openid");
    std::array<char, 43> challenge{};
    failure wrong;
    if (!check_login(server, app, options, openid, wrong) || !write_code_challenge(challenge, secrets.code_verifier, wrong)) {
        return wrong;
    }
    const authorization_request_view request{
        .response_type = options.response_type,
        .client_id = app.client_id,
        .redirect_uri = app.redirect_uri,
        .scope = options.scope,
        .state = state,
        .code_challenge = {challenge.data(), challenge.size()},
        .response_mode = options.response_mode,
        .nonce = openid ? secrets.nonce.reveal() : std::string_view(),       // means nothing to plain OAuth
        .display = options.display,
        .prompt = options.prompt,
        .max_age = options.max_age,
        .ui_locales = options.ui_locales,
        .id_token_hint = options.id_token_hint,
        .login_hint = options.login_hint,
        .acr_values = options.acr_values,
        .claims = options.claims,
        .domain_hint = options.domain_hint,
        .resource = options.resource,
        .extra = options.extra,
        .scope_separator = options.scope_separator,
    };
    return write_authorization_url(out, server.authorization_endpoint, request);
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_login_url(buffer_writer& out, const server_metadata_view& server,
                                                               const client_view& app, const login_options& options,
                                                               const login_secrets& secrets) {
    return detail::write_login_url(out, server, app, options, secrets, secrets.state.reveal());
}

template <class Entropy>
constexpr result<login_secrets, error_view> make_login_secrets(Entropy&& entropy_) noexcept {
    result<login_secrets, error_view> secrets(login_secrets{});
    bool filled = true;
    for (unguessable* each : {&secrets->state, &secrets->nonce, &secrets->code_verifier}) {
        filled = filled && detail::fill_from(*each, entropy_);
    }
    if (!filled) secrets = error_view(errc::no_entropy);
    return secrets;
}

struct detail::login_maker {
    static inline result<pending_login> start(const server_metadata_view& server, const client_view& app,
                                              const login_options& options, const login_secrets& secrets);
    static inline result<pending_login> restore(const server_metadata_view& server, const client_view& app,
                                                secret_view saved);
};

inline result<pending_login> detail::login_maker::start(const server_metadata_view& server, const client_view& app,
                                                        const login_options& options, const login_secrets& secrets) {
    pending_login login(server, app);
    login.state_ = std::string(secrets.state.reveal());
    if (!options.application_data.empty()) {
        auto state = make_state(secrets.state, options.application_data, options.application_key);
        if (!state) return std::move(state).error();
        login.state_ = *std::move(state);
    }
    auto url = detail::write_to_string(
        [&](buffer_writer& out) { return detail::write_login_url(out, server, app, options, secrets, login.state_); });
    if (!url) return std::move(url).error();
    failure wrong;
    if (!check_endpoint(server.token_endpoint, "token_endpoint", wrong)) return wrong;
    if (!lists_response_type(server.response_types_supported, options.response_type)) {
        return error_view(errc::unsupported_response_type, "response_types_supported");
    }
    login.url_ = *std::move(url);
    login.nonce_ = secret(secrets.nonce.reveal());
    login.code_verifier_ = secret(secrets.code_verifier.reveal());
    login.scope_ = std::string(options.scope);
    login.response_type_ = std::string(options.response_type);
    login.response_mode_ = std::string(options.response_mode);
    login.acr_values_ = std::string(options.acr_values);
    login.max_age_ = options.max_age;
    return login;
}

// A name of the caller's own, seen from a template, is reported as shadowed; hence the underscores.
template <class Entropy>
result<pending_login> start_login(const server_metadata_view& server_, const client_view& app_,
                                  const login_options& options_, Entropy&& entropy_) {
    const auto secrets = make_login_secrets(entropy_);
    if (!secrets) return secrets.error();
    return detail::login_maker::start(server_, app_, options_, *secrets);
}

template <class Entropy>
result<pending_login> start_login(const server_metadata_view& server_, const client_view& app_,
                                  const login_options& options_) {
    static_assert(detail::check_entropy_source<Entropy>());
    if constexpr (detail::complete<Entropy>) return start_login(server_, app_, options_, Entropy{});
    else return errc::no_entropy;
}

inline token_flow pending_login::exchange(std::string_view callback, const exchange_options& options) {
    const secret code_verifier = std::exchange(code_verifier_, secret());
    if (code_verifier.empty()) return token_flow(errc::already_used);
    auto expected_callback = expected_login_response(server_, app_.redirect_uri, state_, response_mode_);
    expected_callback.response_type = response_type_;
    auto response = parse_authorization_response(callback, expected_callback);
    if (!response) return token_flow(response.error().view());

    auto expected = detail::expect_tokens(server_, app_, options.scope.empty() ? scope_ : options.scope);
    expected.id_token = detail::id_token_check(server_, app_, options.id_token);
    expected.id_token.asked = detail::has_word(scope_, "openid");
    expected.id_token.nonce = nonce_;
    expected.id_token.acr_values = acr_values_;
    expected.id_token.max_age = max_age_;
    expected.front = {.id_token = std::move(response->id_token),
                      .access_token = std::move(response->access_token),
                      .code = std::move(response->code),
                      .state = state_};
    if (expected.front.code.empty()) return token_flow(std::move(expected));
    const authorization_code_grant_view grant{.code = expected.front.code,
                                              .redirect_uri = app_.redirect_uri,
                                              .code_verifier = code_verifier,
                                              .scope = options.scope,
                                              .resource = options.resource,
                                              .extra = options.extra};
    auto request = make_token_request(server_.token_endpoint, app_, grant);
    return {std::move(request), std::move(expected)};
}

inline secret pending_login::save() const {
    if (code_verifier_.empty()) return {};
    const std::string max_age = max_age_ ? std::to_string(max_age_->count) : std::string();
    const detail::saved_fields values{
        detail::saved_version, server_.issuer, server_.token_endpoint, app_.client_id, app_.redirect_uri, state_,
        nonce_.reveal(), code_verifier_.reveal(), scope_, response_type_, response_mode_, acr_values_, max_age};
    return detail::write_saved_login(values);
}

inline result<pending_login> restore_login(const server_metadata_view& server, const client_view& app,
                                           secret_view saved) {
    return detail::login_maker::restore(server, app, saved);
}

inline result<pending_login> detail::login_maker::restore(const server_metadata_view& server, const client_view& app,
                                                          secret_view saved) {
    if (server.invalid != errc::none) return error_view(server.invalid, "server");
    scratch text(undamaged_login(saved.reveal()));
    saved_fields values{};
    if (!read_saved_login({text.text.data(), text.text.size()}, values)) return errc::saved_login_unreadable;
    const std::pair<saved_field, std::string_view> bound_to[] = {{saved_field::issuer, server.issuer},
                                                                 {saved_field::token_endpoint, server.token_endpoint},
                                                                 {saved_field::client_id, app.client_id},
                                                                 {saved_field::redirect_uri, app.redirect_uri}};
    for (const auto& [which, here] : bound_to) {
        if (field_of(values, which) != here) return error_view(errc::wrong_server, field_of(saved_names, which).data());
    }
    pending_login login(server, app);
    login.state_ = std::string(field_of(values, saved_field::state));
    login.nonce_ = secret(field_of(values, saved_field::nonce));
    login.code_verifier_ = secret(field_of(values, saved_field::code_verifier));
    login.scope_ = std::string(field_of(values, saved_field::scope));
    login.response_type_ = std::string(field_of(values, saved_field::response_type));
    login.response_mode_ = std::string(field_of(values, saved_field::response_mode));
    login.acr_values_ = std::string(field_of(values, saved_field::acr_values));
    if (const auto max_age = json_integer(field_of(values, saved_field::max_age))) login.max_age_ = seconds{*max_age};
    return login;
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/refresh.hpp> -------------------------------------------------------------------------------------

// New tokens for a refresh token (RFC 6749 6).
//
//   auto renewed = oauthpp::run(oauthpp::refresh(server, app, *tokens), http);
//   if (renewed) tokens = std::move(renewed);                    // a failure never costs the tokens at hand

namespace oauthpp::inline v0 {

struct refresh_options {
    std::string_view scope{};                     ///< empty: as granted; never more than that
    list_view<std::string_view> resource{};       ///< RFC 8707 2.2
    list_view<parameter_view> extra{};
    id_token_options id_token{};                  ///< a refresh may bring a new ID token, about the same person
    /// Security: none is lost, but RFC 6749 6 forbids it. At Microsoft a refresh token is good for other resources too.
    bool allow_more_scope{};
};

/// The tokens stay as they are. If the new ones say `refresh_token_rotated`, store them before they are used: the old
/// refresh token may be dead (RFC 9700 4.14.2).
///
/// Security: tokens that came with an ID token about somebody else, or a forged one, are dropped with it: then the person
///   has to sign in again.
/// Errors: missing_value without a refresh token; wrong_server for tokens of another token endpoint or client;
///   scope_not_granted.
inline token_flow refresh(const server_metadata_view& server, const client_view& app, const tokens& old,
                          const refresh_options& options = {});

/// For a refresh token that was stored alone.
inline token_flow refresh(const server_metadata_view& server, const client_view& app, secret_view refresh_token,
                          const refresh_options& options = {});

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline token_flow refresh_granted(const server_metadata_view& server, const client_view& app, const tokens& old,
                                  const refresh_options& options) {
    if (server.invalid != errc::none) return token_flow(error_view(server.invalid, "server"));
    const refresh_token_grant_view grant{.refresh_token = old.refresh_token,
                                         .scope = options.scope,
                                         .resource = options.resource,
                                         .extra = options.extra};
    auto expected = expect_tokens(server, app, options.scope.empty() ? std::string_view(old.scope) : options.scope);
    expected.refresh_token = old.refresh_token;
    expected.id_token = id_token_check(server, app, options.id_token);
    expected.id_token.asked = true;
    expected.id_token.after_refresh = true;
    if (old.identity) {                                                            // OpenID Connect Core 12.2
        expected.id_token.subject = old.identity->sub;
        expected.id_token.nonce = secret(old.identity->nonce);
        expected.id_token.auth_time = old.identity->auth_time;
    }
    expected.identity = old.identity;
    expected.old_id_token = old.id_token;
    return {make_token_request(server.token_endpoint, app, grant), std::move(expected)};
}

}  // namespace detail

inline token_flow refresh(const server_metadata_view& server, const client_view& app, const tokens& old,
                          const refresh_options& options) {
    if (server.invalid != errc::none) return token_flow(error_view(server.invalid, "server"));
    // RFC 9700 2.2.2: a refresh token is bound to its client and server, and must not reach another
    const auto same = [](std::string_view bound, std::string_view here) { return bound.empty() || bound == here; };
    if (!same(old.token_endpoint, server.token_endpoint)) {
        return token_flow(error_view(errc::wrong_server, "token_endpoint"));
    }
    if (!same(old.client_id, app.client_id)) return token_flow(error_view(errc::wrong_server, "client_id"));
    if (!options.allow_more_scope && !old.scope.empty() && !scope_covers(old.scope, options.scope)) {
        return token_flow(error_view(errc::scope_not_granted, "scope"));                              // RFC 6749 6
    }
    return detail::refresh_granted(server, app, old, options);
}

inline token_flow refresh(const server_metadata_view& server, const client_view& app, secret_view refresh_token,
                          const refresh_options& options) {
    tokens stored;
    stored.refresh_token = secret(refresh_token.reveal());
    return detail::refresh_granted(server, app, stored, options);
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/transport.hpp> -----------------------------------------------------------------------------------

// The seam to your HTTP stack: a type with one member. A transport says what happened to the request; a 4xx is a
// response, and only what kept one from coming is an error.
//
//   struct my_transport { oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request); };
//   static_assert(oauthpp::http_transport<my_transport>);
//
//   auto http = oauthpp::as_transport([&](oauthpp::http_request_view request) { return my_post(request); });

namespace oauthpp::inline v0 {

/// Security: verify certificates, follow no redirect, send nothing twice, put a limit on time and size. Where the stack
/// fails, say in `error_view::again` whether the request may have left.
template <class T>
concept http_transport = requires(T& each, const http_request_view& request) {
    { each.send(request) } -> std::same_as<result<http_response>>;
};

/// A transport that lends memory: the body of the response lies in `memory`.
template <class T>
concept borrowed_http_transport = requires(T& each, const http_request_view& request, std::span<char> memory) {
    { each.send(request, memory) } -> std::same_as<result<http_response_view, error_view>>;
};

/// A function or lambda as a transport of either kind.
template <class Function>
struct function_transport {
    Function function;
    auto send(const http_request_view& request)
        requires std::invocable<Function&, const http_request_view&> {
        return function(request);
    }
    auto send(const http_request_view& request, std::span<char> memory)
        requires std::invocable<Function&, const http_request_view&, std::span<char>> {
        return function(request, memory);
    }
};

template <class Function>
[[nodiscard]] constexpr function_transport<Function> as_transport(Function function) {
    return {std::move(function)};
}

namespace detail {

template <class T>
concept sends_requests = requires(T& each, const http_request_view& request) { each.send(request); };
template <class T>
concept sends_borrowed_requests =
    requires(T& each, const http_request_view& request, std::span<char> memory) { each.send(request, memory); };

template <class T>
consteval bool check_http_transport() {
    if constexpr (!sends_requests<T>) {
        static_assert(sends_requests<T>, "oauthpp::http_transport: write a member send(oauthpp::http_request_view)");
    } else {
        static_assert(http_transport<T>,
                      "oauthpp::http_transport: send(oauthpp::http_request_view) must return "
                      "oauthpp::result<oauthpp::http_response>");
    }
    return http_transport<T>;
}

template <class T>
consteval bool check_borrowed_http_transport() {
    if constexpr (!sends_borrowed_requests<T>) {
        static_assert(
            sends_borrowed_requests<T>,
            "oauthpp::borrowed_http_transport: write a member send(oauthpp::http_request_view, std::span<char>)");
    } else {
        static_assert(borrowed_http_transport<T>,
                      "oauthpp::borrowed_http_transport: send(oauthpp::http_request_view, std::span<char>) must return "
                      "oauthpp::result<oauthpp::http_response_view, oauthpp::error_view>");
    }
    return borrowed_http_transport<T>;
}

}  // namespace detail
}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/run.hpp> -----------------------------------------------------------------------------------------

// Drives a flow to its end: blocking, as a coroutine over your own task type, or in lent memory. For callbacks and poll
// loops drive it by hand: see flow/step.hpp.
//
//   auto tokens = oauthpp::run(login->exchange(callback), http);
//   auto tokens = co_await oauthpp::run<asio::awaitable>(login->exchange(callback), http, clock);

namespace oauthpp::inline v0 {

/// Says what time it is. For a flow that waits it has a member `wait_until(unix_time)` too.
template <class T>
concept clock_source = requires(T& each) {
    { each.now() } -> std::same_as<unix_time>;
};

namespace detail {

template <class T>
concept waits_until = requires(T& each, unix_time when) { each.wait_until(when); };

template <class Clock, bool Waits>
consteval bool check_clock() {
    if constexpr (!clock_source<Clock>) {
        static_assert(clock_source<Clock>,
                      "oauthpp::clock_source: write a member now() that returns oauthpp::unix_time");
    } else if constexpr (Waits) {
        static_assert(waits_until<Clock>,
                      "oauthpp::clock_source: this flow waits, so write a member wait_until(oauthpp::unix_time)");
    }
    return clock_source<Clock> && (!Waits || waits_until<Clock>);
}

template <class Transport>
consteval bool check_awaitable_transport() {
    if constexpr (!sends_requests<Transport>) {
        static_assert(
            sends_requests<Transport>,
            "oauthpp::run<Task>: write a member send(oauthpp::http_request_view) that gives something to co_await");
    } else {
        static_assert(!http_transport<Transport>,
                      "oauthpp::run<Task>: send(oauthpp::http_request_view) must give something to co_await; "
                      "for one that blocks there is oauthpp::run");
    }
    return sends_requests<Transport> && !http_transport<Transport>;
}

template <class Response>
consteval bool check_awaited_response() {
    static_assert(
        std::same_as<Response, result<http_response>>,
        "oauthpp::run<Task>: co_await transport.send(request) must give oauthpp::result<oauthpp::http_response>");
    return std::same_as<Response, result<http_response>>;
}

}  // namespace detail

// A name of the caller's own, seen from a template, is reported as shadowed; hence the underscores.

/// Time limits and cancellation are the driver's: a flow that is let go of has no more to do.
template <class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport&& transport_, Clock&& clock_) {
    if constexpr (detail::check_http_transport<std::remove_reference_t<Transport>>() &&
                  detail::check_clock<std::remove_reference_t<Clock>, Flow::waits>()) {
        for (step each = flow_.next(clock_.now()); !each.done(); each = flow_.next(clock_.now())) {
            if (each.wants_request()) {
                auto response = transport_.send(each.request());
                flow_.resume(std::move(response), clock_.now());
            } else if constexpr (Flow::waits) {
                clock_.wait_until(each.not_before());
            }
        }
    }
    return std::move(flow_).outcome();
}

template <class Flow, class Transport, class Clock = system_clock>
auto run(Flow flow_, Transport&& transport_) {
    static_assert(detail::complete<Clock>,
                  "oauthpp: include <oauthpp/system.hpp>, or pass a clock as the last argument");
    if constexpr (detail::complete<Clock>) return oauthpp::run(std::move(flow_), transport_, Clock{});
    else return std::move(flow_).outcome();
}

/// The same as a coroutine. `Task` is a task template, such as asio::awaitable; transport and clock give awaitables.
///
/// Lifetime: transport and clock must outlive the task.
template <template <class...> class Task, class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport& transport_, Clock& clock_) -> Task<decltype(std::move(flow_).outcome())> {
    if constexpr (detail::check_awaitable_transport<Transport>() && detail::check_clock<Clock, Flow::waits>()) {
        for (step each = flow_.next(clock_.now()); !each.done(); each = flow_.next(clock_.now())) {
            if (each.wants_request()) {
                auto response = co_await transport_.send(each.request());
                if constexpr (detail::check_awaited_response<decltype(response)>()) {
                    flow_.resume(std::move(response), clock_.now());
                }
            } else if constexpr (Flow::waits) {
                co_await clock_.wait_until(each.not_before());
            }
        }
    }
    co_return std::move(flow_).outcome();
}

/// The same without a heap: `memory` takes the response, and the outcome, which is the flow's own, looks into it.
template <class Flow, class Transport>
const auto& run(Flow& flow_, Transport& transport_, std::span<char> memory_, unix_time now_) {
    if constexpr (detail::check_borrowed_http_transport<Transport>()) {
        while (const http_request_view* request = flow_.next(now_)) {
            flow_.resume(transport_.send(*request, memory_), now_);
        }
    }
    return flow_.outcome();
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/flow/user_info.hpp> -----------------------------------------------------------------------------------

// UserInfo, fetched with the access token of a login (OpenID Connect Core 5.3).
//
//   auto who = oauthpp::run(oauthpp::fetch_user_info(server, app, *tokens), http);

namespace oauthpp::inline v0 {

/// Lifetime: keys and verifier must outlive the flow.
struct user_info_options {
    key_cache* keys{};                       ///< these two are for answers that are signed
    signature_verifier_ref verifier{};
    std::string_view algorithms{asymmetric_algorithms};
    seconds leeway{60};
    bool signed_only{};                      ///< the client is registered for signed answers: plain JSON is refused
};

class user_info_flow {
 public:
    static constexpr bool waits = false;

    inline user_info_flow(const server_metadata_view& server, const client_view& app, const tokens& with,
                          const user_info_options& options);

    [[nodiscard]] inline step next(unix_time now);
    inline void resume(const result<http_response>& response, unix_time now);

    /// Errors: those of the request, of the transport, of `parse_user_info` and `verify_user_info`; missing_value for
    ///   tokens that tell of nobody, and for keys without a verifier or the other way round; server_refused with the words
    ///   of the challenge; redirected, unexpected_status, unexpected_media_type, empty_body.
    [[nodiscard]] result<user_info> outcome() && { return std::move(outcome_); }

 private:
    void finish(result<user_info> outcome) {
        outcome_ = std::move(outcome);
        request_ = {};
        done_ = true;
    }
    inline void fetch_keys(unix_time now);
    inline void verify(unix_time now);

    user_info_options options_;
    std::string algorithms_;
    std::string issuer_;
    bool tenant_in_issuer_;
    std::string client_id_;
    std::string subject_;
    detail::key_fetch keys_;
    http_request request_{};
    secret body_{};
    result<user_info> outcome_{errc::not_finished};
    bool done_ = false;
};

/// The tokens must have an identity: what the server tells counts only for that person (5.3.2).
[[nodiscard]] inline user_info_flow fetch_user_info(const server_metadata_view& server, const client_view& app,
                                                    const tokens& with, const user_info_options& options = {}) {
    return {server, app, with, options};
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// What a resource server's challenge says, as an error (RFC 6750 3).
inline error refused_by(const http_response& response, unix_time now) {
    error_view refused(errc::server_refused, "WWW-Authenticate");
    refused.http_status = static_cast<std::uint16_t>(response.status);
    refused.received_at = now;
    const auto challenge = parse_challenge(response.www_authenticate);
    if (!challenge) return refused;
    refused.server_error = challenge->error;
    refused.server_description = challenge->error_description;
    refused.server_uri = challenge->error_uri;
    refused.claims = challenge->claims;
    return refused;
}

inline result<http_request> user_info_request(const server_metadata_view& server, const tokens& with, const user_info_options& options) {
    const bool has_verifier{options.verifier};
    if (server.invalid != errc::none) return error_view(server.invalid, "server");
    if (!with.identity || with.identity->sub.empty()) return error_view(errc::missing_value, "identity");
    if (has_verifier != (options.keys != nullptr)) return error_view(errc::missing_value, has_verifier ? "keys" : "verifier");
    if (server.userinfo_endpoint.empty()) return error_view(errc::missing_value, "userinfo_endpoint");
    return make_resource_request({.method = "GET", .url = server.userinfo_endpoint, .accept = "application/json, application/jwt"},
                                 with.access_token, {.token_type = with.token_type});
}

inline bool is_jwt_media(std::string_view content_type) noexcept {
    return equal_ignoring_case(trimmed(between(content_type, 0, index_of(content_type, ';'))), "application/jwt");
}

}  // namespace detail

inline user_info_flow::user_info_flow(const server_metadata_view& server, const client_view& app, const tokens& with,
                                      const user_info_options& options)
    : options_(options), algorithms_(options.algorithms), issuer_(server.issuer),
      tenant_in_issuer_(server.quirks.tenant_in_issuer), client_id_(app.client_id),
      subject_(with.identity ? with.identity->sub : std::string()), keys_(options.keys) {
    options_.algorithms = {};                                     // they may not live as long
    auto request = detail::user_info_request(server, with, options);
    if (request) request_ = *std::move(request);
    else finish(std::move(request).error());
}

inline step user_info_flow::next(unix_time) {
    if (done_) return step::finished();
    return step::send(keys_.wanted() ? keys_.request() : request_);
}

inline void user_info_flow::resume(const result<http_response>& response, unix_time now) {
    if (done_) return;
    if (keys_.wanted()) {
        const error_view wrong = keys_.take(response, now);
        return wrong.reason == errc::none ? verify(now) : finish(error(wrong));
    }
    if (!response) return finish(response.error());
    if (response->status == 401 || response->status == 403) return finish(detail::refused_by(*response, now));
    http_response_view document = *response;
    const bool is_signed = detail::is_jwt_media(response->content_type);
    if (is_signed) document.content_type = "application/json";    // judged in all else like any document
    const error_view wrong = detail::check_document(document, now);
    if (wrong.reason != errc::none) return finish(error(wrong));
    if (!is_signed) {
        if (options_.signed_only) return finish(error_view(errc::unexpected_media_type, "Content-Type"));
        return finish(parse_user_info(response->body.reveal(), subject_));
    }
    body_ = response->body;
    if (keys_.is_due(now)) fetch_keys(now);
    else verify(now);
}

inline void user_info_flow::fetch_keys(unix_time now) {
    if (const detail::failure insecure = keys_.check_uri(); insecure.failed()) return finish(error_view(insecure));
    keys_.want(now);
}

inline void user_info_flow::verify(unix_time now) {
    auto verified = verify_user_info(body_.reveal(),
                                     {.issuer = issuer_,
                                      .tenant_in_issuer = tenant_in_issuer_,
                                      .client_id = client_id_,
                                      .subject = subject_,
                                      .algorithms = algorithms_,
                                      .leeway = options_.leeway,
                                      .keys = keys_.keys(),
                                      .verifier = options_.verifier},
                                     now);
    const bool unknown_key = !verified && verified.error().reason() == errc::key_not_found;
    if (unknown_key && keys_.may_ask(now)) fetch_keys(now);
    else finish(std::move(verified));
}

}  // namespace oauthpp::inline v0
