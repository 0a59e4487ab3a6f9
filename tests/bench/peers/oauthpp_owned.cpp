// SPDX-License-Identifier: MIT
//
// oauthpp with results that own their texts.
#include "../bench.hpp"

#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <cstdlib>
#include <cstring>

namespace {

oauthpp::client_view client(const bench::inputs& in) {
    return {.client_id = in.client_id,
            .authentication = oauthpp::client_secret_post_view{in.client_secret},
            .redirect_uri = in.redirect_uri};
}

void hand_over(const oauthpp::pkce& made, const bench::inputs& in, bench::keep<bench::pkce_result> done) {
    done({made.code_verifier.reveal(), {made.code_challenge.data(), made.code_challenge.size()}}, in);
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    const auto url = oauthpp::authorization_url(in.authorization_endpoint, {.client_id = in.client_id,
                                                                            .redirect_uri = in.redirect_uri,
                                                                            .scope = in.scope,
                                                                            .state = in.state,
                                                                            .code_challenge = in.code_challenge,
                                                                            .code_challenge_method = "S256"});
    if (!url) std::abort();
    done(*url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const auto response = oauthpp::parse_authorization_response(
        in.callback, {.state = in.state, .redirect_uri = in.redirect_uri, .max_size = 2 << 20});
    if (!response) std::abort();
    done({response->code.reveal(), response->state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    const auto request = oauthpp::make_token_request(
        in.token_endpoint, client(in),
        {.code = in.code, .redirect_uri = in.redirect_uri, .code_verifier = in.code_verifier});
    if (!request) std::abort();
    done(request->body.reveal(), in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const auto tokens = oauthpp::parse_token_response(
        {.status = 200, .content_type = "application/json; charset=utf-8", .body = in.token_json});
    if (!tokens || !tokens->expires_in) std::abort();
    done({tokens->access_token.reveal(), tokens->token_type, tokens->refresh_token.reveal(), tokens->scope,
          tokens->id_token.reveal(), tokens->expires_in->count}, in);
}

void bench::pkce(const inputs& in, keep<pkce_result> done) {
    const auto made = oauthpp::make_pkce([&](std::span<std::byte> out) {
        std::memcpy(out.data(), in.random.data(), out.size());
        return true;
    });
    if (!made) std::abort();
    hand_over(*made, in, done);
}

void bench::pkce_random(const inputs& in, keep<pkce_result> done) {
    const auto made = oauthpp::make_pkce(oauthpp::system_entropy{});
    if (!made) std::abort();
    hand_over(*made, in, done);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const auto tokens = oauthpp::parse_token_response(
        {.status = 400, .content_type = "application/json; charset=utf-8", .body = in.error_json});
    if (tokens) std::abort();
    const oauthpp::error& error = tokens.error();
    done({error.server_error(), error.server_description(), error.server_uri(), error.timestamp(), error.trace_id(),
          error.correlation_id()}, in);
}
