// SPDX-License-Identifier: MIT
//
// Signing out at the server too (OpenID Connect RP-Initiated Logout 1.0): the browser goes there, and comes back.
//
//   auto url = oauthpp::make_logout_url(server.end_session_endpoint, {.id_token_hint = tokens.id_token,
//       .client_id = app.client_id, .post_logout_redirect_uri = "https://client.example/bye", .state = state});
//   auto done = oauthpp::check_logout_callback(callback, state);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/authorization_request.hpp>
#include <oauthpp/protocol/authorization_response.hpp>
#include <oauthpp/protocol/parameter.hpp>
#include <oauthpp/wire/writer.hpp>

#include <string>
#include <string_view>

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
