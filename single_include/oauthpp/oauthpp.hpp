// SPDX-License-Identifier: MIT
//
// oauthpp 0.1.0, parts e379ae3f98a0. Made by single_include/amalgamate.py: change include/, not this file.
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

// Every way to fail, who can mend it, and one English sentence for each.

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
    code_missing,
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

/// Who must act.
enum class remedy : std::uint8_t {
    none,
    retry_later,          ///< nobody: try again, not before `retry_at`
    sign_in_again,        ///< the person
    fix_configuration,    ///< the developer or operator: registration, URL, secret, clock
    ask_administrator,    ///< who administers the user's directory
    report_bug,           ///< whoever wrote the program or the server
};

/// Whether the same request may be sent again. A code or a rotating refresh token may have been used up by a request
/// whose answer never came (RFC 6749 4.1.2, RFC 9700 4.14).
enum class resend : std::uint8_t {
    pointless,   ///< it would fail in the same way
    safe,        ///< nothing was used: the connection never opened, or the server said to come back
    unsafe,      ///< the server may have seen it
};

[[nodiscard]] constexpr remedy usual_remedy(errc reason) noexcept {
    switch (reason) {
        case errc::none:
            return remedy::none;
        case errc::throttled: case errc::transport_failed: case errc::name_not_found: case errc::connection_failed:
        case errc::timed_out: case errc::connection_lost: case errc::no_entropy: case errc::unexpected_status:
            return remedy::retry_later;
        case errc::state_missing: case errc::state_mismatch: case errc::issuer_mismatch: case errc::issuer_missing:
        case errc::duplicate_parameter: case errc::malformed_form: case errc::input_too_long:
        case errc::too_many_parameters: case errc::wrong_redirect_uri: case errc::code_missing:
        case errc::invalid_parameter: case errc::invalid_state_data: case errc::already_used:
        case errc::saved_login_unreadable: case errc::server_refused:
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
        case errc::code_missing: return "the callback has no code";
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

[[nodiscard]] constexpr std::string_view message(remedy action) noexcept {
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

/// An error without a heap.
///
/// Lifetime: `field` is a literal; the server's and the transport's texts are views into the bytes that were parsed.
/// Security: these texts are untrusted and may hold anything; `describe` makes them fit for a terminal or a log.
struct error_view {
    errc reason{};
    remedy action{};
    resend again{};
    std::uint16_t http_status{};       ///< 0: there was no response
    std::int32_t transport_code{};     ///< the HTTP stack's own number for its failure
    std::string_view field{};          ///< the parameter, member or header that was wrong
    std::size_t offset{};              ///< bytes from the start of what was parsed
    std::size_t needed{};              ///< with errc::buffer_too_small: bytes that would have been enough
    seconds retry_after{};             ///< what Retry-After said in seconds; 0: nothing, or at once
    unix_time retry_at{};              ///< the same as a moment: from a date, or worked out by a flow; 0: nothing

    std::string_view server_error{};         ///< `error`, RFC 6749 4.1.2.1 and 5.2
    std::string_view server_description{};   ///< `error_description`
    std::string_view server_uri{};           ///< `error_uri`
    std::string_view suberror{};             ///< Microsoft: the finer reason
    std::string_view claims{};               ///< Microsoft: JSON to pass to the next authorization request
    std::string_view error_codes{};          ///< Microsoft: the AADSTS numbers as a JSON array
    std::string_view trace_id{};             ///< Microsoft: ask for support with these three
    std::string_view correlation_id{};
    std::string_view timestamp{};
    std::string_view transport_text{};       ///< the HTTP stack's own words

    constexpr error_view() = default;
    constexpr error_view(errc why, std::string_view where = {}, std::size_t at = 0) noexcept
        : reason(why), action(usual_remedy(why)), field(where), offset(at) {}

    /// For the checks inside the library, which answer with the error or with none.
    [[nodiscard]] constexpr bool failed() const noexcept { return reason != errc::none; }
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
    [[nodiscard]] remedy action() const noexcept { return what_.action; }
    [[nodiscard]] resend again() const noexcept { return what_.again; }
    [[nodiscard]] int http_status() const noexcept { return what_.http_status; }
    [[nodiscard]] std::int32_t transport_code() const noexcept { return what_.transport_code; }
    [[nodiscard]] std::string_view field() const noexcept { return what_.field; }
    [[nodiscard]] std::size_t offset() const noexcept { return what_.offset; }
    [[nodiscard]] std::size_t needed() const noexcept { return what_.needed; }
    [[nodiscard]] seconds retry_after() const noexcept { return what_.retry_after; }
    [[nodiscard]] unix_time retry_at() const noexcept { return what_.retry_at; }
    [[nodiscard]] std::string_view server_error() const noexcept { return text(0); }
    [[nodiscard]] std::string_view server_description() const noexcept { return text(1); }
    [[nodiscard]] std::string_view server_uri() const noexcept { return text(2); }
    [[nodiscard]] std::string_view suberror() const noexcept { return text(3); }
    [[nodiscard]] std::string_view claims() const noexcept { return text(4); }
    [[nodiscard]] std::string_view error_codes() const noexcept { return text(5); }
    [[nodiscard]] std::string_view trace_id() const noexcept { return text(6); }
    [[nodiscard]] std::string_view correlation_id() const noexcept { return text(7); }
    [[nodiscard]] std::string_view timestamp() const noexcept { return text(8); }
    [[nodiscard]] std::string_view transport_text() const noexcept { return text(9); }

    /// Lifetime: views into this error.
    [[nodiscard]] error_view view() const noexcept {
        error_view all = what_;
        for (std::size_t i = 0; i < texts.size(); ++i) all.*texts[i] = text(i);
        return all;
    }

 private:
    static constexpr std::array<std::string_view error_view::*, 10> texts{
        &error_view::server_error,   &error_view::server_description, &error_view::server_uri,
        &error_view::suberror,       &error_view::claims,             &error_view::error_codes,
        &error_view::trace_id,       &error_view::correlation_id,     &error_view::timestamp,
        &error_view::transport_text,
    };

    [[nodiscard]] std::string_view text(std::size_t i) const noexcept {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return {words_.data() + begin, ends_[i] - begin};
    }

    error_view what_;
    std::string words_;
    std::array<std::uint32_t, 10> ends_{};
};

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

    constexpr result(T value) : value_(std::move(value)), ok_(true) {}
    constexpr result(E error) : error_(std::move(error)), ok_(false) {}
    constexpr result(errc reason) : error_(E{error_view(reason)}), ok_(false) {}
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
    constexpr ~result() { drop(); }

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return ok_; }

    /// Only after a look: reading the value of a failure is a mistake in the program.
    [[nodiscard]] constexpr T& operator*() & noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr const T& operator*() const& noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept { OAUTHPP_ASSERT(ok_); return std::move(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept { OAUTHPP_ASSERT(ok_); return &value_; }
    [[nodiscard]] constexpr const T* operator->() const noexcept { OAUTHPP_ASSERT(ok_); return &value_; }

    [[nodiscard]] constexpr const E& error() const& noexcept { OAUTHPP_ASSERT(!ok_); return error_; }
    [[nodiscard]] constexpr E&& error() && noexcept { OAUTHPP_ASSERT(!ok_); return std::move(error_); }

 private:
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

constexpr void wipe(char* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = 0;
        return;
    }
    volatile char* each = memory;   // plain stores to memory that dies next may be dropped
    for (std::size_t i = 0; i < size; ++i) each[i] = 0;
}

/// To the capacity: what a longer, earlier content left behind the end goes too.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

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
        text_.swap(other.text_);
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
              return static_cast<decltype(range.data())>(data)[i];
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
//   struct my_entropy { bool operator()(std::span<std::byte> out) { return ask_the_hardware(out.data(), out.size()); } };
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
concept complete = requires { sizeof(T); };

template <class Source>
consteval bool check_entropy_source() {
    if constexpr (!complete<Source>) {
        static_assert(complete<Source>, "oauthpp: include <oauthpp/system.hpp>, or pass an entropy source as the last argument");
    } else {
        static_assert(entropy_source<Source>, "oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool");
    }
    return true;
}

}  // namespace detail
}  // namespace oauthpp::inline v0

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
    constexpr ~sha256_stream() { block_.wipe(); }

    constexpr void update(std::string_view bytes) noexcept;
    /// Ends the stream.
    [[nodiscard]] constexpr std::array<std::byte, 32> digest() noexcept;

 private:
    constexpr void put(char byte) noexcept {
        block_.memory()[filled_++] = byte;
        if (filled_ != 64) return;
        compress();
        filled_ = 0;
    }
    constexpr void compress() noexcept;

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    secret_array<64> block_{};
    std::size_t filled_ = 0;
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

constexpr std::uint32_t big_endian_32(const char* bytes) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
    return value;
}

}  // namespace detail

constexpr void sha256_stream::update(std::string_view bytes) noexcept {
    for (const char byte : bytes) put(byte);
    size_ += bytes.size();
}

constexpr std::array<std::byte, 32> sha256_stream::digest() noexcept {
    const std::uint64_t bits = size_ << 3;
    put('\x80');
    while (filled_ != 56) put('\0');
    const std::uint32_t halves[] = {static_cast<std::uint32_t>(bits >> 32), static_cast<std::uint32_t>(bits)};
    for (const std::uint32_t half : halves) {
        for (unsigned shift = 32; shift != 0; shift -= 8) put(static_cast<char>((half >> (shift - 8)) & 0xFF));
    }
    std::array<std::byte, 32> out{};
    for (std::size_t i = 0; i < 32; ++i) out[i] = static_cast<std::byte>((state_[i / 4] >> (24 - 8 * (i % 4))) & 0xFF);
    return out;
}

constexpr void sha256_stream::compress() noexcept {
    // The message schedule in a window of 16 words: it is all that a step looks back on, and saves 192 bytes of stack.
    std::array<std::uint32_t, 16> window{};
    const char* block = block_.memory().data();
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t& word = window[i & 15];
        if (i < 16) {
            word = detail::big_endian_32(block + 4 * i);
        } else {
            const std::uint32_t old = window[(i + 1) & 15];
            const std::uint32_t recent = window[(i + 14) & 15];
            word += (std::rotr(old, 7) ^ std::rotr(old, 18) ^ (old >> 3)) + window[(i + 9) & 15] +
                    (std::rotr(recent, 17) ^ std::rotr(recent, 19) ^ (recent >> 10));
        }
        const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                    detail::sha256_constants[i] + word;
        const std::uint32_t second = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += added[i];
}

}  // namespace oauthpp::inline v0

// ---- <oauthpp/crypto/hmac.hpp> --------------------------------------------------------------------------------------

// HMAC-SHA-256 (RFC 2104, RFC 4231): a tag that only who knows the key can make.

namespace oauthpp::inline v0 {

/// Security: compare two tags with `==` of secret_view, in constant time, never with memcmp.
[[nodiscard]] constexpr std::array<std::byte, 32> hmac_sha256(secret_view key, std::string_view message) noexcept {
    secret_array<64> block;     // the key, or its hash when it is longer, and zeros
    if (key.reveal().size() > block.memory().size()) {
        const auto hashed = sha256(key.reveal());
        for (std::size_t i = 0; i < hashed.size(); ++i) block.memory()[i] = static_cast<char>(hashed[i]);
    } else {
        for (std::size_t i = 0; i < key.reveal().size(); ++i) block.memory()[i] = key.reveal()[i];
    }
    const auto flip_all = [&](unsigned mask) {
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

/// What was written, or, if it did not fit, the error that says how much would have; then nothing is left behind.
constexpr result<std::string_view, error_view> finish(buffer_writer& out, std::size_t mark) {
    if (out.fits()) return out.written_since(mark);
    error_view full(errc::buffer_too_small);
    full.needed = out.size();
    out.take_back(mark);
    return full;
}

/// Runs `write` twice: to measure, then into a string of exactly that size. One allocation, and no growing string that
/// would leave copies of a secret behind.
template <class Write>
result<std::string> write_to_string(const Write& write) {
    buffer_writer measure{{}};
    const auto measured = write(measure);
    if (!measured && measured.error().reason != errc::buffer_too_small) return measured.error();
    std::string text(measured ? 0 : measured.error().needed, '\0');
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

/// Characters that `bytes` bytes become, without padding.
[[nodiscard]] constexpr std::size_t base64url_size(std::size_t bytes) noexcept {
    return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
}

template <std::size_t Size>
[[nodiscard]] constexpr std::array<char, base64url_size(Size)> base64url_encode(
    const std::array<std::byte, Size>& bytes) noexcept;

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept;

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Security: strict, so that one value has one encoding (RFC 4648 3.3, 3.5): no padding, no white space, no other
/// alphabet, no bits left over in the last character.
/// Errors: invalid_value with the offset, buffer_too_small with the size needed.
constexpr result<std::size_t, error_view> base64url_decode(std::string_view text, std::span<char> out) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr char base64_digit(std::uint32_t six_bits, char digit62, char digit63) noexcept {
    return six_bits == 62 ? digit62 : six_bits == 63 ? digit63 : base64_alphabet[six_bits];
}

/// The value of a base64url character, or 64.
constexpr std::uint32_t base64url_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/// Three bytes at a time into four characters; what remains is written by `finish`.
class base64_stream {
 public:
    constexpr base64_stream(buffer_writer& out, char digit62, char digit63) noexcept
        : out_(out), digit62_(digit62), digit63_(digit63) {}

    constexpr void put(unsigned char byte) noexcept {
        bits_ = (bits_ << 8) | byte;
        if (++count_ == 3) flush(4);
    }
    constexpr void append(std::string_view text) noexcept {
        for (const char c : text) put(static_cast<unsigned char>(c));
    }
    constexpr void append(char c) noexcept { put(static_cast<unsigned char>(c)); }
    constexpr void finish(bool padded) noexcept {
        if (count_ == 0) return;
        const std::size_t characters = count_ + 1;
        bits_ <<= 8 * (3 - count_);
        flush(characters);
        for (std::size_t i = characters; padded && i < 4; ++i) out_.append('=');
    }

 private:
    constexpr void flush(std::size_t characters) noexcept {
        for (std::size_t i = 0; i < characters; ++i) {
            out_.append(base64_digit((bits_ >> (18 - 6 * i)) & 63, digit62_, digit63_));
        }
        bits_ = 0;
        count_ = 0;
    }

    buffer_writer& out_;
    std::uint32_t bits_ = 0;
    std::size_t count_ = 0;
    char digit62_;
    char digit63_;
};

}  // namespace detail

constexpr void append_base64url(buffer_writer& out, std::span<const std::byte> bytes) noexcept {
    detail::base64_stream stream(out, '-', '_');
    for (const std::byte byte : bytes) stream.put(std::to_integer<unsigned char>(byte));
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
    if (text.size() % 4 == 1) return error_view(errc::invalid_value, {}, text.size());
    const std::size_t size = text.size() / 4 * 3 + (text.size() % 4 == 0 ? 0 : text.size() % 4 - 1);
    if (out.size() < size) {
        error_view full(errc::buffer_too_small);
        full.needed = size;
        return full;
    }
    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t value = detail::base64url_value(text[i]);
        if (value == 64) return error_view(errc::invalid_value, {}, i);
        bits = (bits << 6) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[written++] = static_cast<char>((bits >> held) & 0xFF);
            bits &= (1U << held) - 1;
        }
    }
    if (bits != 0) return error_view(errc::invalid_value, {}, text.size() - 1);
    return written;
}

}  // namespace oauthpp::inline v0

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

/// A person's paste or a header value, without the white space around it.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// VSCHAR, RFC 6749 appendix A: %x20-7E.
constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : text) {
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

// ---- <oauthpp/wire/utf8.hpp> ----------------------------------------------------------------------------------------

// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.

namespace oauthpp::inline v0 {

/// The length of the well-formed sequence at `at`, 1 to 4 bytes; 0 if there is none.
[[nodiscard]] constexpr std::size_t utf8_sequence(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    const std::size_t size = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (size == 0 || text.size() - at < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return 0;
    }
    const unsigned second = byte(at + 1);
    if (lead == 0xE0 && second < 0xA0) return 0;    // overlong
    if (lead == 0xED && second > 0x9F) return 0;    // a surrogate
    if (lead == 0xF0 && second < 0x90) return 0;    // overlong
    if (lead == 0xF4 && second > 0x8F) return 0;    // above U+10FFFF
    return size;
}

/// The offset of the first byte that is not well-formed, or the size.
[[nodiscard]] constexpr std::size_t utf8_error(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t size = utf8_sequence(text, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

/// Writes one code point, at most 4 bytes, and gives their number.
constexpr std::size_t write_utf8(std::uint32_t code_point, char* out) noexcept {
    const auto continuation = [&](unsigned shift) { return static_cast<char>(0x80 | ((code_point >> shift) & 0x3F)); };
    if (code_point < 0x80) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = static_cast<char>(0xC0 | (code_point >> 6));
        out[1] = continuation(0);
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = static_cast<char>(0xE0 | (code_point >> 12));
        out[1] = continuation(6);
        out[2] = continuation(0);
        return 3;
    }
    out[0] = static_cast<char>(0xF0 | (code_point >> 18));
    out[1] = continuation(12);
    out[2] = continuation(6);
    out[3] = continuation(0);
    return 4;
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

/// A set of ASCII characters in 16 bytes.
struct character_set {
    std::array<std::uint32_t, 4> bits{};

    constexpr character_set(std::string_view marks) noexcept {
        for (char c = '0'; c <= '9'; ++c) add(c);
        for (char c = 'a'; c <= 'z'; ++c) { add(c); add(static_cast<char>(c - 'a' + 'A')); }
        for (const char c : marks) add(c);
    }
    constexpr void add(char c) noexcept {
        const auto u = static_cast<unsigned char>(c);
        bits[u >> 5] |= 1U << (u & 31);
    }
    [[nodiscard]] constexpr bool has(char c) const noexcept {
        const auto u = static_cast<unsigned char>(c);
        return u < 128 && ((bits[u >> 5] >> (u & 31)) & 1) != 0;
    }
};

inline constexpr character_set query_unescaped{"-._~"};   // RFC 3986 2.3
inline constexpr character_set form_unescaped{"*-._"};    // WHATWG URL, application/x-www-form-urlencoded serializing

template <class Sink>
constexpr void append_escaped(Sink& out, std::string_view text, const character_set& unescaped, space how) noexcept {
    constexpr char hex[] = "0123456789ABCDEF";
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (unescaped.has(text[i])) continue;
        out.append(between(text, begin, i));
        begin = i + 1;
        if (text[i] == ' ' && how == space::plus) {
            out.append('+');
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape[] = {'%', hex[byte >> 4], hex[byte & 15]};
        out.append(std::string_view(escape, 3));
    }
    out.append(from(text, begin));
}

/// The value of a hexadecimal digit of either case, or 16.
constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    const char lower = to_lower(c);
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

}  // namespace detail

constexpr void append_query_escaped(buffer_writer& out, std::string_view text, space how) noexcept {
    detail::append_escaped(out, text, detail::query_unescaped, how);
}

constexpr result<std::size_t, error_view> form_decode(std::string_view text, char* out) noexcept {
    std::size_t written = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        const int byte = detail::form_byte(text, at);
        if (byte < 0) return error_view(errc::malformed_form, {}, begin);
        out[written++] = static_cast<char>(byte);
    }
    if (utf8_error({out, written}) != written) return error_view(errc::malformed_form);
    return written;
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

    constexpr operator basic_http_response<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {status, content_type, retry_after, body}; }
};
using http_response = basic_http_response<owned>;
using http_response_view = basic_http_response<borrowed>;

}  // namespace oauthpp::inline v0

// ---- <oauthpp/wire/json.hpp> ----------------------------------------------------------------------------------------

// JSON (RFC 8259) read strictly and without memory of its own: one pass over the members of one object. What a member
// holds is a view of its text; objects and arrays inside are checked as thoroughly and handed out whole.
//
//   std::array<std::uint16_t, 64> members;
//   oauthpp::json_object object(text, members);
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

/// Walks over the members of the one object that `text` holds.
///
/// Security: refused are duplicate members at any depth, invalid UTF-8, lone surrogates, control characters, trailing
/// bytes, more than 32 levels and more than 1 MiB. A leading byte order mark is passed over.
/// The work is linear in the size of the text.
class json_object {
 public:
    static constexpr unsigned max_depth = 32;
    static constexpr std::size_t max_size = 1U << 20;

    /// `members` is room for one number a member, counted along the path from the outermost object to where the reader
    /// stands. An object with more members than fit is refused.
    constexpr json_object(std::string_view text, std::span<std::uint16_t> members) noexcept;

    /// To the next member; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    [[nodiscard]] constexpr bool is(std::string_view name) const noexcept;
    [[nodiscard]] constexpr const json_value& name() const noexcept { return name_; }
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }
    [[nodiscard]] constexpr bool had_byte_order_mark() const noexcept { return byte_order_mark_; }

    [[nodiscard]] constexpr bool failed() const noexcept { return reason_ != errc::none; }
    [[nodiscard]] constexpr error_view failure() const noexcept { return {reason_, "body", at_}; }

 private:
    constexpr bool fail(errc reason) noexcept { if (!failed()) reason_ = reason; return false; }
    constexpr bool malformed() noexcept { return fail(errc::malformed_json); }
    constexpr void skip_space() noexcept;
    [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
    [[nodiscard]] constexpr char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }
    constexpr bool eat(char c) noexcept;
    constexpr bool eat_string(json_value& into) noexcept;
    constexpr bool eat_escape() noexcept;
    constexpr bool eat_number() noexcept;
    constexpr bool eat_word(std::string_view word) noexcept;
    constexpr bool eat_name(json_value& into) noexcept;
    constexpr bool eat_scalar(json_value& into) noexcept;
    constexpr bool eat_value(json_value& into) noexcept;
    constexpr bool open(char bracket) noexcept;
    constexpr void close() noexcept;
    constexpr bool remember(const json_value& name) noexcept;
    [[nodiscard]] constexpr bool seen_before(const json_value& name) const noexcept;

    std::string_view text_;
    std::span<std::uint16_t> members_;
    std::size_t at_ = 0;
    std::size_t remembered_ = 0;     // members on the path, with a 0 where each object begins
    std::uint32_t arrays_ = 0;       // one bit a level: an array
    unsigned depth_ = 0;
    json_value name_{};
    json_value value_{};
    errc reason_{};
    bool started_ = false;
    bool byte_order_mark_ = false;
};

/// Undoes the escapes of a string that the reader has accepted. `out` may be the memory of `text`: the result is never
/// longer. Gives the number of bytes, UTF-8.
constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept;

/// A number that is whole and written so (`3600`, `3600.0`, `36e2`) and below 10^16, or nothing.
[[nodiscard]] constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Four hexadecimal digits at `at`; the reader has checked them.
constexpr std::uint32_t json_hex4(std::string_view text, std::size_t at) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value * 16 + hex_value(text[at + i]);
    return value;
}

/// The code point of the escape whose backslash stands at `at`, which moves behind it.
constexpr std::uint32_t json_escape(std::string_view text, std::size_t& at) noexcept {
    const char c = text[at + 1];
    at += 2;
    switch (c) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'u': break;
        default: return static_cast<unsigned char>(c);
    }
    std::uint32_t code_point = json_hex4(text, at);
    at += 4;
    if (code_point >= 0xD800 && code_point <= 0xDBFF) {   // the reader has seen the low half behind it
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (json_hex4(text, at + 2) - 0xDC00);
        at += 6;
    }
    return code_point;
}

/// One byte after another of a JSON string, its escapes undone.
class json_bytes {
 public:
    constexpr explicit json_bytes(std::string_view text) noexcept : text_(text) {}
    /// The next byte, or -1 at the end.
    constexpr int next() noexcept {
        if (pending_ == ready_) {
            if (at_ == text_.size()) return -1;
            if (text_[at_] != '\\') return static_cast<unsigned char>(text_[at_++]);
            ready_ = write_utf8(json_escape(text_, at_), bytes_.data());
            pending_ = 0;
        }
        return static_cast<unsigned char>(bytes_[pending_++]);
    }

 private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::array<char, 4> bytes_{};
    std::size_t pending_ = 0;
    std::size_t ready_ = 0;
};

constexpr bool json_equal(const json_value& a, const json_value& b) noexcept {
    if (!a.escaped && !b.escaped) return a.text == b.text;
    json_bytes left(a.text);
    json_bytes right(b.text);
    for (;;) {
        const int byte = left.next();
        if (byte != right.next()) return false;
        if (byte < 0) return true;
    }
}

/// FNV-1a over the decoded name, folded to 16 bits; never 0, which marks where an object begins.
constexpr std::uint16_t json_hash(const json_value& name) noexcept {
    std::uint32_t hash = 2166136261U;
    json_bytes bytes(name.text);
    for (int byte = bytes.next(); byte >= 0; byte = bytes.next()) hash = (hash ^ static_cast<unsigned>(byte)) * 16777619U;
    const auto folded = static_cast<std::uint16_t>((hash >> 16) ^ (hash & 0xFFFF));
    return folded == 0 ? std::uint16_t{1} : folded;
}

}  // namespace detail

constexpr json_object::json_object(std::string_view text, std::span<std::uint16_t> members) noexcept
    : text_(text), members_(members) {
    if (text_.size() > max_size) {
        fail(errc::json_too_large);
        return;
    }
    if (text_.starts_with("\xEF\xBB\xBF")) {
        byte_order_mark_ = true;
        at_ = 3;
    }
}

constexpr bool json_object::next() noexcept {
    if (failed()) return false;
    skip_space();
    if (!started_) {
        started_ = true;
        if (peek() != '{') return malformed();
        if (!open('{')) return false;
        skip_space();
        if (peek() != '}') return eat_name(name_) && eat_value(value_);
    } else if (depth_ != 0 && eat(',')) {
        skip_space();
        return eat_name(name_) && eat_value(value_);
    }
    if (depth_ == 0) return false;     // asked again after the end
    if (!eat('}')) return malformed();
    close();
    skip_space();
    return at_end() ? false : malformed();
}

constexpr bool json_object::is(std::string_view name) const noexcept {
    return detail::json_equal(name_, {json_type::string, false, name});
}

constexpr void json_object::skip_space() noexcept {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
}

constexpr bool json_object::eat(char c) noexcept {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
}

constexpr bool json_object::eat_string(json_value& into) noexcept {
    if (!eat('"')) return malformed();
    const std::size_t begin = at_;
    bool escaped = false;
    while (!at_end()) {
        const char c = text_[at_];
        if (c == '"') {
            into = {json_type::string, escaped, detail::between(text_, begin, at_)};
            ++at_;
            return true;
        }
        if (c == '\\') {
            escaped = true;
            if (!eat_escape()) return false;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            return malformed();
        } else {
            const std::size_t size = utf8_sequence(text_, at_);
            if (size == 0) return malformed();
            at_ += size;
        }
    }
    return malformed();
}

constexpr bool json_object::eat_escape() noexcept {
    const auto has_hex4 = [this](std::size_t at) {
        if (text_.size() < at || text_.size() - at < 4) return false;
        for (std::size_t i = at; i < at + 4; ++i) {
            if (detail::hex_value(text_[i]) > 15) return false;
        }
        return true;
    };
    if (text_.size() - at_ < 2) return malformed();
    const char c = text_[at_ + 1];
    if (c != 'u') {
        if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) return malformed();
        at_ += 2;
        return true;
    }
    if (!has_hex4(at_ + 2)) return malformed();
    const std::uint32_t unit = detail::json_hex4(text_, at_ + 2);
    if (unit >= 0xDC00 && unit <= 0xDFFF) return malformed();                      // a low surrogate alone
    at_ += 6;
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    if (!has_hex4(at_ + 2) || text_[at_] != '\\' || text_[at_ + 1] != 'u') return malformed();
    const std::uint32_t low = detail::json_hex4(text_, at_ + 2);
    if (low < 0xDC00 || low > 0xDFFF) return malformed();
    at_ += 6;
    return true;
}

constexpr bool json_object::eat_number() noexcept {
    const auto digits = [this] {
        const std::size_t begin = at_;
        while (detail::is_digit(peek())) ++at_;
        return at_ != begin;
    };
    eat('-');
    if (!eat('0') && !digits()) return malformed();       // no leading zeros
    if (eat('.') && !digits()) return malformed();
    if (eat('e') || eat('E')) {
        if (!eat('+')) eat('-');
        if (!digits()) return malformed();
    }
    return true;
}

constexpr bool json_object::eat_word(std::string_view word) noexcept {
    if (!detail::from(text_, at_).starts_with(word)) return malformed();
    at_ += word.size();
    return true;
}

constexpr bool json_object::eat_name(json_value& into) noexcept {
    if (!eat_string(into) || !remember(into)) return false;
    skip_space();
    if (!eat(':')) return malformed();
    skip_space();
    return true;
}

constexpr bool json_object::eat_scalar(json_value& into) noexcept {
    const std::size_t begin = at_;
    bool good = false;
    switch (peek()) {
        case '"': return eat_string(into);
        case 't': into.type = json_type::boolean; good = eat_word("true"); break;
        case 'f': into.type = json_type::boolean; good = eat_word("false"); break;
        case 'n': into.type = json_type::null; good = eat_word("null"); break;
        default: into.type = json_type::number; good = eat_number(); break;
    }
    into.escaped = false;
    into.text = detail::between(text_, begin, at_);
    return good;
}

/// A value of any kind. By a loop and one bit a level instead of by recursion: the depth of the input must not become
/// the depth of the stack.
constexpr bool json_object::eat_value(json_value& into) noexcept {
    if (peek() != '{' && peek() != '[') return eat_scalar(into);
    into = {peek() == '{' ? json_type::object : json_type::array, false, {}};
    const std::size_t begin = at_;
    const unsigned outside = depth_;
    json_value inner;
    bool first = true;             // just behind an opening bracket
    if (!open(peek())) return false;
    while (depth_ > outside) {
        const bool in_array = ((arrays_ >> (depth_ - 1)) & 1) != 0;
        skip_space();
        if (eat(in_array ? ']' : '}')) {
            close();
            first = false;
            continue;
        }
        if (!first) {
            if (!eat(',')) return malformed();
            skip_space();
        }
        if (!in_array && !eat_name(inner)) return false;
        first = peek() == '{' || peek() == '[';
        if (first ? !open(peek()) : !eat_scalar(inner)) return false;
    }
    into.text = detail::between(text_, begin, at_);
    return true;
}

constexpr bool json_object::open(char bracket) noexcept {
    if (depth_ == max_depth) return fail(errc::json_too_deep);
    const bool is_array = bracket == '[';
    arrays_ = is_array ? arrays_ | (1U << depth_) : arrays_ & ~(1U << depth_);
    ++depth_;
    ++at_;
    if (is_array) return true;
    if (remembered_ == members_.size()) return fail(errc::json_too_many_members);
    members_[remembered_++] = 0;
    return true;
}

constexpr void json_object::close() noexcept {
    --depth_;
    if (((arrays_ >> depth_) & 1) != 0) return;
    while (members_[remembered_ - 1] != 0) --remembered_;
    --remembered_;
}

constexpr bool json_object::remember(const json_value& name) noexcept {
    const std::uint16_t hash = detail::json_hash(name);
    for (std::size_t i = remembered_; members_[i - 1] != 0; --i) {
        if (members_[i - 1] == hash && seen_before(name)) return fail(errc::duplicate_member);
    }
    if (remembered_ == members_.size()) return fail(errc::json_too_many_members);
    members_[remembered_++] = hash;
    return true;
}

/// Only when 16 bits of two names agree: reads back through the object that `name` stands in, to be sure.
constexpr bool json_object::seen_before(const json_value& name) const noexcept {
    // The innermost open object began where, going back, the brackets balance. Strings hide brackets, so go forward
    // from the start of the text and keep the last opening bracket of each level.
    std::array<std::uint32_t, max_depth> begins{};
    unsigned level = 0;
    const std::size_t end = static_cast<std::size_t>(name.text.data() - text_.data()) - 1;
    for (std::size_t i = 0; i < end; ++i) {
        const char c = text_[i];
        if (c == '"') {
            for (++i; text_[i] != '"'; ++i) {
                if (text_[i] == '\\') ++i;
            }
        } else if (c == '{' || c == '[') {
            begins[level++] = static_cast<std::uint32_t>(i);
        } else if (c == '}' || c == ']') {
            --level;
        }
    }
    const unsigned own = level;
    std::string_view previous;
    for (std::size_t i = begins[own - 1] + 1; i < end; ++i) {
        const char c = text_[i];
        if (c == '"') {
            const std::size_t begin = i + 1;
            for (++i; text_[i] != '"'; ++i) {
                if (text_[i] == '\\') ++i;
            }
            previous = detail::between(text_, begin, i);
        } else if (c == '{' || c == '[') {
            ++level;
        } else if (c == '}' || c == ']') {
            --level;
        } else if (c == ':' && level == own && detail::json_equal(name, {json_type::string, true, previous})) {
            return true;
        }
    }
    return false;
}

constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept {
    std::size_t written = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\\') written += write_utf8(detail::json_escape(text, at), out + written);
        else out[written++] = text[at++];
    }
    return written;
}

constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept {
    constexpr std::int64_t limit = INT64_C(999999999999999);     // 15 digits: beyond any time, and no overflow below
    const bool negative = number.starts_with('-');
    std::size_t at = negative ? 1 : 0;
    const auto digit = [&] { return at < number.size() && detail::is_digit(number[at]); };

    if (!digit()) return std::nullopt;
    std::int64_t value = 0;
    for (; digit(); ++at) {
        if (value > limit / 10) return std::nullopt;
        value = value * 10 + (number[at] - '0');
    }
    if (at < number.size() && number[at] == '.') {
        ++at;
        if (!digit()) return std::nullopt;
        for (; digit(); ++at) {
            if (number[at] != '0') return std::nullopt;
        }
    }
    if (at < number.size() && (number[at] == 'e' || number[at] == 'E')) {
        ++at;
        if (at < number.size() && number[at] == '+') ++at;
        unsigned exponent = 0;
        if (!digit()) return std::nullopt;
        for (; digit(); ++at) exponent = exponent > 99 ? exponent : exponent * 10 + static_cast<unsigned>(number[at] - '0');
        for (; exponent != 0 && value != 0; --exponent) {
            if (value > limit / 10) return std::nullopt;
            value *= 10;
        }
    }
    if (at != number.size()) return std::nullopt;
    return negative ? -value : value;
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
/// Security: a user name in the URL is refused; it serves to disguise the host (RFC 3986 7.6).
/// Errors: invalid_url with the offset.
constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept;

/// Whether this is the machine itself: 127.0.0.0/8, [::1] or the name localhost (RFC 8252 7.3, 8.3).
[[nodiscard]] constexpr bool is_loopback(const url_view& url) noexcept;

namespace detail {

/// An endpoint takes https, and http only on loopback; no fragment (RFC 6749 3.1, 3.2). `field` names it in the error.
constexpr error_view check_endpoint(std::string_view endpoint, std::string_view field) noexcept;

/// A redirect URI is absolute, without fragment: https, http on loopback, or a scheme of the application's own, which
/// is a reversed domain name and so has a period (RFC 6749 3.1.2, RFC 8252 7.1).
constexpr error_view check_redirect_uri(std::string_view redirect_uri) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline constexpr character_set url_characters{"-._~:/?#[]@!$&'()*+,;=%"};
inline constexpr character_set scheme_characters{"+-."};
inline constexpr character_set host_characters{"-._~!$&'()*+,;=%"};

/// The offset of the first character that no URL has, or of a broken escape; else the size.
constexpr std::size_t url_error(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!url_characters.has(text[i])) return i;
        if (text[i] == '%' && (text.size() - i < 3 || hex_value(text[i + 1]) > 15 || hex_value(text[i + 2]) > 15)) return i;
    }
    return text.size();
}

constexpr bool is_ipv6_literal(std::string_view host) noexcept {
    if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
    for (const char c : between(host, 1, host.size() - 1)) {
        if (hex_value(c) > 15 && c != ':' && c != '.') return false;
    }
    return true;
}

constexpr bool is_host(std::string_view host) noexcept {
    if (!host.empty() && host.front() == '[') return is_ipv6_literal(host);
    for (const char c : host) {
        if (!host_characters.has(c)) return false;
    }
    return true;
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

/// 127.0.0.0/8 in the only spelling that means it everywhere: four decimal numbers.
constexpr bool is_ipv4_loopback(std::string_view host) noexcept {
    unsigned parts = 0;
    std::size_t at = 0;
    while (at <= host.size()) {
        const std::string_view rest = from(host, at);
        const std::string_view part = between(rest, 0, index_of(rest, '.'));
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return false;
        unsigned value = 0;
        for (const char c : part) {
            if (!is_digit(c)) return false;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        if (value > 255 || (parts == 0 && value != 127)) return false;
        ++parts;
        at += part.size() + 1;
    }
    return parts == 4;
}

}  // namespace detail

constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept {
    using detail::between, detail::from, detail::index_of;
    if (const std::size_t bad = detail::url_error(text); bad != text.size()) return error_view(errc::invalid_url, {}, bad);

    url_view url;
    const std::size_t colon = index_of(text, ':');
    if (colon == text.size() || colon == 0 || !detail::is_alpha(text.front())) return error_view(errc::invalid_url);
    url.scheme = between(text, 0, colon);
    for (const char c : url.scheme) {
        if (!detail::scheme_characters.has(c)) return error_view(errc::invalid_url);
    }

    const std::size_t hash = index_of(text, '#');
    url.has_fragment = hash != text.size();
    if (url.has_fragment) url.fragment = from(text, hash + 1);
    const std::string_view without_fragment = between(text, 0, hash);
    const std::size_t question = index_of(without_fragment, '?');
    url.has_query = question != hash;
    if (url.has_query) url.query = from(without_fragment, question + 1);
    url.before_query = between(text, 0, question);

    std::string_view rest = from(url.before_query, colon + 1);
    url.has_authority = rest.starts_with("//");
    if (!url.has_authority) {
        url.path = rest;
        return url;
    }
    rest.remove_prefix(2);
    const std::string_view authority = between(rest, 0, index_of(rest, '/'));
    url.path = from(rest, authority.size());
    const std::size_t host_end =
        authority.starts_with('[') ? index_of(authority, ']') + (authority.find(']') != std::string_view::npos) : index_of(authority, ':');
    url.host = between(authority, 0, host_end);
    if (host_end != authority.size()) {
        if (authority[host_end] != ':') return error_view(errc::invalid_url, {}, colon + 3 + host_end);
        url.port = from(authority, host_end + 1);
    }
    if (!detail::is_host(url.host) || !detail::is_port(url.port)) return error_view(errc::invalid_url, {}, colon + 3);
    return url;
}

constexpr bool is_loopback(const url_view& url) noexcept {
    return url.host == "[::1]" || detail::equal_ignoring_case(url.host, "localhost") || detail::is_ipv4_loopback(url.host);
}

namespace detail {

constexpr bool is_secure(const url_view& url) noexcept {
    return equal_ignoring_case(url.scheme, "https") || (equal_ignoring_case(url.scheme, "http") && is_loopback(url));
}

constexpr error_view check_endpoint(std::string_view endpoint, std::string_view field) noexcept {
    if (endpoint.empty()) return {errc::missing_value, field};
    const auto url = parse_url(endpoint);
    if (!url) return {errc::invalid_url, field, url.error().offset};
    if (!is_secure(*url)) return {errc::insecure_url, field};                 // RFC 6749 3.1.2.1, RFC 9700 2.6
    if (url->host.empty()) return {errc::invalid_url, field};
    if (url->has_fragment) return {errc::url_has_fragment, field};            // RFC 6749 3.1, 3.2
    return {};
}

constexpr error_view check_redirect_uri(std::string_view redirect_uri) noexcept {
    constexpr std::string_view field = "redirect_uri";
    const auto url = parse_url(redirect_uri);
    if (!url) return {errc::invalid_url, field, url.error().offset};
    if (url->has_fragment) return {errc::url_has_fragment, field};            // RFC 6749 3.1.2
    const bool web = equal_ignoring_case(url->scheme, "https") || equal_ignoring_case(url->scheme, "http");
    if (!web && url->scheme.find('.') == std::string_view::npos) return {errc::invalid_value, field};   // RFC 8252 7.1
    if (web && !is_secure(*url)) return {errc::insecure_url, field};          // OAuth 2.1 1.5
    if (web && url->host.empty()) return {errc::invalid_url, field};
    return {};
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
constexpr result<std::array<char, 43>, error_view> make_code_challenge(secret_view code_verifier) noexcept {
    const std::string_view text = code_verifier.reveal();
    bool unreserved = text.size() >= 43 && text.size() <= 128;
    for (const char c : text) unreserved = unreserved && detail::query_unescaped.has(c);
    if (!unreserved) return error_view(errc::invalid_value, "code_verifier");
    return base64url_encode(sha256(text));
}

/// Errors: no_entropy, if the source says that it failed.
template <class Entropy>
constexpr result<unguessable, error_view> make_unguessable(Entropy&& entropy) noexcept {
    static_assert(detail::check_entropy_source<std::remove_cvref_t<Entropy>>());
    std::array<std::byte, 32> bytes{};
    if (!entropy(std::span<std::byte>(bytes))) return error_view(errc::no_entropy);
    unguessable made(base64url_encode(bytes));
    for (std::byte& byte : bytes) static_cast<volatile std::byte&>(byte) = std::byte{};
    return made;
}

/// A new verifier and its challenge. One for each authorization request (RFC 7636 4.1, 7.1).
template <class Entropy>
constexpr result<pkce, error_view> make_pkce(Entropy&& entropy) noexcept {
    const auto verifier = make_unguessable(entropy);
    if (!verifier) return verifier.error();
    const auto challenge = make_code_challenge(*verifier);
    if (!challenge) return challenge.error();
    return pkce{*verifier, *challenge};
}

}  // namespace oauthpp::inline v0
