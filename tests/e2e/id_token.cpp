// SPDX-License-Identifier: MIT
//
// ID tokens of both servers, found by discovery, with their published keys, in every algorithm that they sign with.
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/openssl.hpp>

#include <doctest/doctest.h>
#include <e2e/sign_in.hpp>

#include <string>
#include <string_view>

namespace e2e_id_token_test {
namespace {

using oauthpp::client, oauthpp::describe, oauthpp::errc, oauthpp::id_token_expectation, oauthpp::verify_id_token;
using oauthpp_test::browse, oauthpp_test::environment, oauthpp_test::http;

/// The login made it and keeps it; the URL shows it.
std::string nonce_in(const std::string& url) { return url.substr(url.find("&nonce=") + 7, 43); }

/// The login verifies the token itself; then the same by hand, and with each thing changed.
void check_id_token(const oauthpp::server_metadata& server, const client& app, std::string_view algorithm, std::string_view options,
                    bool user_info_is_signed = false) {
    CAPTURE(app.client_id);
    oauthpp::openssl_verifier openssl;
    oauthpp::key_cache keys(server.jwks_uri);
    auto login = start_login(server, app, {.scope = "openid"});
    REQUIRE(login);
    const auto tokens = run(login->exchange(browse(login->url(), options).callback(),
                                            {.id_token = {.keys = &keys, .verifier = openssl, .algorithms = algorithm}}), http());
    REQUIRE_MESSAGE(tokens, describe(tokens.error()));
    REQUIRE(tokens->identity);
    CHECK(tokens->identity->signature_verified);
    CHECK(tokens->identity->iss == server.issuer);
    CHECK(!tokens->identity->sub.empty());

    const auto who = run(fetch_user_info(server, app, *tokens, {.keys = &keys, .verifier = openssl, .algorithms = algorithm}), http());
    REQUIRE_MESSAGE(who, describe(who.error()));
    CHECK(who->sub == tokens->identity->sub);
    CHECK(who->signature_verified == user_info_is_signed);

    const std::string nonce = nonce_in(login->url());
    const oauthpp::unix_time now = oauthpp::system_clock{}.now();
    id_token_expectation expected{.issuer = server.issuer, .client_id = app.client_id, .nonce = nonce, .algorithms = algorithm,
                                  .keys = &keys.keys(), .verifier = openssl, .access_token = tokens->access_token};
    CHECK(verify_id_token(tokens->id_token.reveal(), expected, now));
    std::string forged(tokens->id_token.reveal());
    forged[forged.rfind('.') + 5] = forged[forged.rfind('.') + 5] == 'A' ? 'B' : 'A';
    CHECK(verify_id_token(forged, expected, now).error().reason() == errc::signature_invalid);
    CHECK(verify_id_token(tokens->id_token.reveal(), expected, {now.count + 1'000'000}).error().reason() == errc::token_expired);
    expected.algorithms = "HS256";
    CHECK(verify_id_token(tokens->id_token.reveal(), expected, now).error().reason() == errc::algorithm_not_allowed);
    expected.algorithms = algorithm;
    expected.access_token = "another";
    const auto swapped = verify_id_token(tokens->id_token.reveal(), expected, now);
    if (!swapped) CHECK(swapped.error().reason() == errc::hash_mismatch);      // at_hash is optional here
}

TEST_CASE("oidc-provider signs in ten ways, and each is verified") {
    const auto server = run(oauthpp::discover(environment("OIDC_HTTPS")), http());
    REQUIRE_MESSAGE(server, describe(server.error()));
    for (const char* algorithm : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}) {
        check_id_token(*server, {.client_id = std::string("idt-") + algorithm, .redirect_uri = "http://127.0.0.1:53682/cb"}, algorithm, "", true);
    }
}

TEST_CASE("Glewlwyd's ID token is verified") {
    const auto server = run(oauthpp::discover(environment("GLEWLWYD_HTTPS")), http());
    REQUIRE_MESSAGE(server, describe(server.error()));
    check_id_token(*server, {.client_id = "public", .redirect_uri = "http://127.0.0.1:" + environment("CALLBACK_PORT") + "/cb"},
                   oauthpp::asymmetric_algorithms, "--glewlwyd");
}

TEST_CASE("oidc-provider: every response type with an ID token in it, in both modes") {
    const auto server = run(oauthpp::discover(environment("OIDC_HTTPS")), http());
    REQUIRE_MESSAGE(server, describe(server.error()));
    const client app{.client_id = "hybrid-public", .redirect_uri = "http://127.0.0.1:53682/cb"};
    oauthpp::openssl_verifier openssl;
    oauthpp::key_cache keys(server->jwks_uri);
    for (const char* response_type : {"code id_token", "code id_token token", "code token", "id_token"}) {
        for (const char* mode : {"form_post", "fragment"}) {
            CAPTURE(response_type);
            CAPTURE(mode);
            auto login = start_login(*server, app, {.response_type = response_type, .scope = "openid", .response_mode = mode});
            REQUIRE_MESSAGE(login, describe(login.error()));
            const auto callback = browse(login->url()).callback();
            const auto tokens = run(login->exchange(callback, {.id_token = {.keys = &keys, .verifier = openssl}}), http());
            REQUIRE_MESSAGE(tokens, describe(tokens.error()));
            REQUIRE(tokens->identity);
            CHECK(tokens->identity->signature_verified);
            CHECK(tokens->access_token.empty() == (std::string_view(response_type) == "id_token"));
        }
    }
}

TEST_CASE("oidc-provider: who signed in can sign out there, with the ID token as a hint") {
    const auto server = run(oauthpp::discover(environment("OIDC_HTTPS")), http());
    REQUIRE_MESSAGE(server, describe(server.error()));
    const client app{.client_id = "idt-RS256", .redirect_uri = "http://127.0.0.1:53682/cb"};
    auto login = start_login(*server, app, {.scope = "openid"});
    REQUIRE(login);
    const auto tokens = run(login->exchange(browse(login->url()).callback()), http());
    REQUIRE_MESSAGE(tokens, describe(tokens.error()));
    const auto status_of = [&](const oauthpp::logout_request_view& request) {
        const auto url = make_logout_url(server->end_session_endpoint, request);
        REQUIRE(url);
        const auto page = http().send({.method = "GET", .url = *url, .accept = "text/html"});
        return page ? page->status : 0;
    };
    oauthpp::logout_request_view request{.id_token_hint = tokens->id_token, .client_id = app.client_id,
                                         .post_logout_redirect_uri = "http://127.0.0.1/post-logout", .state = "s1"};
    CHECK(status_of(request) == 200);
    request.post_logout_redirect_uri = "http://127.0.0.1/elsewhere";
    CHECK(status_of(request) == 400);
    request = {.id_token_hint = "e30.e30.e30"};
    CHECK(status_of(request) == 400);
}

TEST_CASE("discovery at a server that lies, redirects, or is not there") {
    for (const char* path : {"/not-json", "/redirect"}) CHECK(!run(oauthpp::discover(environment("HOSTILE_HTTPS") + path), http()));
    CHECK(run(oauthpp::discover(environment("HOSTILE_REFUSED")), http()).error().reason() == errc::connection_failed);
    CHECK(run(oauthpp::discover(environment("HOSTILE_EXPIRED")), http()).error().reason() == errc::tls_failed);
}

}  // namespace
}  // namespace e2e_id_token_test
