// SPDX-License-Identifier: MIT
//
// The second message of the grant, the callback: what the browser brings back to the redirect URI (RFC 6749 4.1.2, RFC
// 9207). It comes through the browser, so anybody may have written it.
//
//   auto callback = oauthpp::parse_authorization_response(query, {.state = state, .issuer = issuer});
//   if (callback) redeem(callback->code);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/constant_time.hpp>
#include <oauthpp/protocol/quirks.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/url.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
