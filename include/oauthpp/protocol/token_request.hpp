// SPDX-License-Identifier: MIT
//
// The third message of the grant: the POST to the token endpoint (RFC 6749 4.1.3, 4.4.2, 6). One struct for each grant,
// and one call that makes the whole HTTP request, since client authentication may live in a header or in the body.
//
//   auto request = oauthpp::make_token_request(token_endpoint, app,
//                      {.code = callback->code, .redirect_uri = uri, .code_verifier = verifier});
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/protocol/client.hpp>
#include <oauthpp/protocol/parameter.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/http_message.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <variant>

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
