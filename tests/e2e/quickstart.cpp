// SPDX-License-Identifier: MIT
//
// The authorization server within examples/quickstart.cpp is an honest one: it refuses what a real one would.
#define main quickstart_main
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"   // main alone may end without a return
#include "../../examples/quickstart.cpp"
#pragma GCC diagnostic pop
#undef main

#include <doctest/doctest.h>

namespace quickstart_test {
namespace {

using request = oauthpp::authorization_request_view;
using grant = oauthpp::authorization_code_grant_view;

const std::string state(43, 's'), verifier(43, 'v');

struct served {
    oauthpp::client app{.client_id = "quickstart", .redirect_uri = "http://127.0.0.1:9/callback"};
    std::string issuer = start_authorization_server(app);
    std::array<char, 43> challenge = *oauthpp::make_code_challenge(verifier);
    socket_transport http{};

    /// Where the browser is sent; empty if nowhere.
    std::string authorize(auto change) {
        request asked{.client_id = app.client_id, .redirect_uri = app.redirect_uri, .state = state};
        asked.code_challenge = {challenge.data(), challenge.size()};
        change(asked);
        const auto url = oauthpp::authorization_url(issuer + "/authorize", asked);
        REQUIRE(url);
        const auto page = round_trip("GET", *url);
        REQUIRE(page);
        CHECK(page->header("Location").empty() == (page->start[1] == "400"));
        return page->header("Location");
    }

    oauthpp::secret code() {
        const auto callback = oauthpp::parse_authorization_response(authorize([](auto&) {}),
                                                                    {.state = state, .issuer = issuer});
        REQUIRE(callback);
        return callback->code;
    }

    template <class Grant>
    oauthpp::result<oauthpp::token_response> ask(const Grant& what, std::string client_id = "quickstart") {
        const oauthpp::client sender{.client_id = std::move(client_id)};
        const auto asked = oauthpp::make_token_request(issuer + "/token", sender, what);
        REQUIRE(asked);
        const auto answer = http.send(*asked);
        REQUIRE(answer);
        return oauthpp::parse_token_response(*answer);
    }

    /// What the server says of a code that was just issued.
    std::string redeem(auto change, std::string client_id = "quickstart") {
        const oauthpp::secret issued = code();
        grant what{.code = issued, .redirect_uri = app.redirect_uri, .code_verifier = verifier};
        change(what);
        const auto tokens = ask(what, std::move(client_id));
        return tokens ? "tokens" : std::string(tokens.error().server_error());
    }
};

}  // namespace

TEST_CASE("quickstart: nobody is sent to another redirect URI, or for another client; without PKCE there is no code") {
    served here;
    CHECK(here.authorize([](auto&) {}).find("?code=") != std::string::npos);
    CHECK(here.authorize([](auto& asked) { asked.redirect_uri = "http://127.0.0.1:9/callback/"; }).empty());
    CHECK(here.authorize([](auto& asked) { asked.redirect_uri = "http://127.0.0.1:8/callback"; }).empty());
    CHECK(here.authorize([](auto& asked) { asked.redirect_uri = {}; }).empty());
    CHECK(here.authorize([](auto& asked) { asked.client_id = "another"; }).empty());
    CHECK(here.authorize([](auto& asked) { asked.code_challenge = {}; }).find("?error=") != std::string::npos);
    CHECK(here.authorize([](auto& asked) { asked.response_type = "token"; }).find("?error=") != std::string::npos);
    CHECK(here.authorize([](auto& asked) {
              asked.code_challenge_method = "plain";
              asked.allow_plain_code_challenge = true;
          }).find("?error=") != std::string::npos);
}

TEST_CASE("quickstart: a code is good for its verifier, redirect URI and client alone") {
    served here;
    CHECK(here.redeem([](auto&) {}) == "tokens");
    CHECK(here.redeem([](auto& what) { what.code_verifier = state; }) == "invalid_grant");
    CHECK(here.redeem([](auto& what) { what.code_verifier = {}; }) == "invalid_grant");
    CHECK(here.redeem([](auto& what) { what.redirect_uri = "http://127.0.0.1:8/callback"; }) == "invalid_grant");
    CHECK(here.redeem([](auto& what) { what.redirect_uri = {}; }) == "invalid_grant");
    CHECK(here.redeem([](auto& what) { what.code = state; }) == "invalid_grant");
    CHECK(here.redeem([](auto&) {}, "another") == "invalid_client");
}

TEST_CASE("quickstart: a code that comes twice ends what came of it, and each refresh token works once") {
    served here;
    const oauthpp::secret issued = here.code();
    const grant what{.code = issued, .redirect_uri = here.app.redirect_uri, .code_verifier = verifier};
    const auto first = here.ask(what);
    REQUIRE(first);
    const auto second = here.ask(oauthpp::refresh_token_grant_view{.refresh_token = first->refresh_token});
    REQUIRE(second);
    CHECK(second->refresh_token.reveal() != first->refresh_token.reveal());
    CHECK(!here.ask(what));
    CHECK(!here.ask(oauthpp::refresh_token_grant_view{.refresh_token = second->refresh_token}));
}

}  // namespace quickstart_test
