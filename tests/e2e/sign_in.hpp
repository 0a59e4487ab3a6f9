// SPDX-License-Identifier: MIT
//
// What the tests at real servers have in common: one transport that trusts their authority, and a login from its URL to
// the tokens.
#pragma once

#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <e2e/browser.hpp>

#include <string>
#include <string_view>

namespace oauthpp_test {

inline oauthpp::curl_transport& http() {
    static oauthpp::curl_transport transport({.ca_file = environment("CA_FILE")});
    return transport;
}

/// `browser_options` are those of agent.mjs.
inline oauthpp::result<oauthpp::tokens> sign_in(const oauthpp::server_metadata& server, const oauthpp::client& app,
                                                const oauthpp::login_options& options, std::string_view browser_options = {}) {
    auto login = start_login(server, app, options);
    if (!login) return login.error();
    return run(login->exchange(browse(login->url(), browser_options).callback()), http());
}

/// Signs in by the messages alone and redeems the code as `change` has it, which gets the grant as it should be.
template <class Change>
oauthpp::result<oauthpp::token_response> redeem(const oauthpp::server_metadata& server, const oauthpp::client& app,
                                                std::string_view scope, std::string_view browser_options,
                                                Change change) {
    const std::string state(43, 's'), nonce(43, 'n');   // only servers look at them here
    const auto proof = oauthpp::make_pkce(oauthpp::system_entropy{});
    REQUIRE(proof);
    const std::string_view challenge(proof->code_challenge.data(), proof->code_challenge.size());
    const auto url = oauthpp::authorization_url(
        server.authorization_endpoint,
        {.client_id = app.client_id, .redirect_uri = app.redirect_uri, .scope = scope, .state = state,
         .code_challenge = challenge, .nonce = nonce});
    REQUIRE(url);
    const auto callback = oauthpp::parse_authorization_response(browse(*url, browser_options).callback(),
                                                                {.state = state, .issuer = server.issuer});
    REQUIRE_MESSAGE(callback, describe(callback.error()));
    oauthpp::authorization_code_grant_view grant{
        .code = callback->code, .redirect_uri = app.redirect_uri, .code_verifier = proof->code_verifier};
    change(grant);
    const auto request = oauthpp::make_token_request(server.token_endpoint, app, grant);
    REQUIRE(request);
    const auto response = http().send(*request);
    REQUIRE(response);
    return oauthpp::parse_token_response(*response);
}

/// Goes on only with tokens; else says why there are none.
inline oauthpp::result<oauthpp::tokens> expect_tokens(oauthpp::result<oauthpp::tokens> outcome) {
    REQUIRE_MESSAGE(outcome, describe(outcome.error()));
    CHECK(!outcome->access_token.empty());
    return outcome;
}

}  // namespace oauthpp_test
