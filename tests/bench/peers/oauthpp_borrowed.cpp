// SPDX-License-Identifier: MIT
//
// oauthpp in the caller's memory, without a heap. What is read is rewritten, so each operation begins with a copy of
// the message to where a program would have received it; that copy is part of the figures.
#include "../bench.hpp"

#include <oauthpp/oauthpp.hpp>

#include <cstdlib>
#include <cstring>

namespace {

char memory[2 << 20];

std::span<char> received(const std::string& message) {
    std::memcpy(memory, message.data(), message.size());
    return {memory, message.size()};
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    oauthpp::buffer_writer out{memory};
    const auto url = oauthpp::write_authorization_url(out, in.authorization_endpoint,
                                                      {.client_id = in.client_id,
                                                       .redirect_uri = in.redirect_uri,
                                                       .scope = in.scope,
                                                       .state = in.state,
                                                       .code_challenge = in.code_challenge,
                                                       .code_challenge_method = "S256"});
    if (!url) std::abort();
    done(*url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const auto response = oauthpp::parse_authorization_response_in_place(
        received(in.callback), {.state = in.state, .redirect_uri = in.redirect_uri, .max_size = 2 << 20});
    if (!response) std::abort();
    done({response->code.reveal(), response->state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    oauthpp::buffer_writer out{memory};
    const auto request = oauthpp::write_token_request(
        out, in.token_endpoint,
        {.client_id = in.client_id, .authentication = oauthpp::client_secret_post_view{in.client_secret}},
        oauthpp::authorization_code_grant_view{
            .code = in.code, .redirect_uri = in.redirect_uri, .code_verifier = in.code_verifier});
    if (!request) std::abort();
    done(request->body.reveal(), in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const auto tokens = oauthpp::parse_token_response_in_place(
        {.status = 200, .content_type = "application/json; charset=utf-8", .body = received(in.token_json)});
    if (!tokens || !tokens->expires_in) std::abort();
    done({tokens->access_token.reveal(), tokens->token_type, tokens->refresh_token.reveal(), tokens->scope,
          tokens->id_token.reveal(), tokens->expires_in->count}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const auto tokens = oauthpp::parse_token_response_in_place(
        {.status = 400, .content_type = "application/json; charset=utf-8", .body = received(in.error_json)});
    if (tokens) std::abort();
    const oauthpp::error_view& error = tokens.error();
    done({error.server_error, error.server_description, error.server_uri, error.timestamp, error.trace_id,
          error.correlation_id}, in);
}
