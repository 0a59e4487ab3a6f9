// SPDX-License-Identifier: MIT
//
// What the tests at real servers have in common: one transport that trusts their authority, and a login from its URL to
// the tokens.
#pragma once

#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <e2e/browser.hpp>

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

/// Goes on only with tokens; else says why there are none.
inline oauthpp::result<oauthpp::tokens> expect_tokens(oauthpp::result<oauthpp::tokens> outcome) {
    REQUIRE_MESSAGE(outcome, describe(outcome.error()));
    CHECK(!outcome->access_token.empty());
    return outcome;
}

}  // namespace oauthpp_test
