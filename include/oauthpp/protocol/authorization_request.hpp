// SPDX-License-Identifier: MIT
//
// The first message of the grant: the URL that the person's browser opens (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1).
//
//   auto url = oauthpp::authorization_url(endpoint, {.client_id = id, .redirect_uri = uri, .scope = "openid", .state = state});
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/protocol/parameter.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <optional>
#include <string>
#include <string_view>

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
