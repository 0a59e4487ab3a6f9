// SPDX-License-Identifier: MIT
//
// The ID tokens of one login or refresh: what they are measured by, and the keys that are fetched for it.
//
//   auto tokens = oauthpp::run(login->exchange(callback, {.id_token = {.keys = &keys, .verifier = openssl}}), http);
//   if (tokens && tokens->identity) greet(tokens->identity->iss, tokens->identity->sub);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/flow/keys.hpp>
#include <oauthpp/jose/algorithm.hpp>
#include <oauthpp/oidc/id_token.hpp>
#include <oauthpp/protocol/client.hpp>
#include <oauthpp/protocol/server_metadata.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

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
