// SPDX-License-Identifier: MIT
//
// New tokens for a refresh token (RFC 6749 6).
//
//   auto renewed = oauthpp::run(oauthpp::refresh(server, app, *tokens), http);
//   if (renewed) tokens = std::move(renewed);                    // a failure never costs the tokens at hand
#pragma once

#include <oauthpp/flow/token_flow.hpp>
#include <oauthpp/flow/tokens.hpp>

#include <string_view>

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
