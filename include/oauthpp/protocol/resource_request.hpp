// SPDX-License-Identifier: MIT
//
// A request to a resource server, with an access token (RFC 6750 2).
//
//   auto request = oauthpp::make_resource_request({.method = "GET", .url = "https://api.example/me"}, tokens->access_token);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/wipe.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/http_message.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>
#include <oauthpp/wire/www_authenticate.hpp>

#include <cstdint>
#include <string_view>

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
