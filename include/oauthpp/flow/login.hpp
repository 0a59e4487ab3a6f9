// SPDX-License-Identifier: MIT
//
// The authorization code grant with PKCE (RFC 6749 4.1, RFC 7636): two exchanges with a person between them, perhaps in
// two processes.
//
//   auto login = oauthpp::start_login(server, app, {.scope = "openid offline_access"});
//   open_browser(login->url());
//   auto tokens = oauthpp::run(login->exchange(callback), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/flow/saved_login.hpp>
#include <oauthpp/flow/token_flow.hpp>
#include <oauthpp/protocol/authorization_request.hpp>
#include <oauthpp/protocol/authorization_response.hpp>
#include <oauthpp/protocol/pkce.hpp>
#include <oauthpp/protocol/state.hpp>
#include <oauthpp/wire/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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
