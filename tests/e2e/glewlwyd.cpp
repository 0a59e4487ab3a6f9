// SPDX-License-Identifier: MIT
//
// The whole grant at Glewlwyd, a server with habits of its own: exact redirect URIs, lower-case token types, errors that
// no RFC has, and form_post bodies that are encoded twice.
#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <e2e/sign_in.hpp>

#include <string>
#include <string_view>

namespace glewlwyd_test {
namespace {

using oauthpp::client, oauthpp::client_secret_basic, oauthpp::client_secret_post, oauthpp::errc;
using oauthpp::login_options, oauthpp::remedy, oauthpp::result, oauthpp::server_metadata, oauthpp::tokens;
using oauthpp_test::browse, oauthpp_test::environment, oauthpp_test::expect_tokens, oauthpp_test::http;

constexpr char secret[] = "secret-web-0123456789-0123456789";

server_metadata at(std::string_view issuer) {
    return {.issuer = std::string(issuer),
            .authorization_endpoint = std::string(issuer) + "/auth",
            .token_endpoint = std::string(issuer) + "/token",
            .quirks = {.form_post_encoded_twice = true}};
}

std::string callback_uri(std::string_view host = "127.0.0.1", std::string_view path = "/cb") {
    return "http://" + std::string(host) + ':' + environment("CALLBACK_PORT") + std::string(path);
}

result<tokens> sign_in(const server_metadata& server, const client& app, const login_options& options = {.scope = "openid"}) {
    return oauthpp_test::sign_in(server, app, options, "--glewlwyd");
}

TEST_CASE("Glewlwyd: tokens and a refresh with each way to authenticate, over http and https") {
    for (const char* issuer : {"GLEWLWYD_HTTP", "GLEWLWYD_HTTPS"}) {
        const auto server = at(environment(issuer));
        const client clients[] = {
            {.client_id = "public", .redirect_uri = callback_uri()},
            {.client_id = "web", .authentication = client_secret_basic{secret}, .redirect_uri = callback_uri()},
            {.client_id = "web", .authentication = client_secret_post{secret}, .redirect_uri = callback_uri("localhost", "/")},
            {.client_id = "web", .authentication = client_secret_basic{secret, oauthpp::basic_encoding::raw}, .redirect_uri = callback_uri("[::1]")},
        };
        for (const client& app : clients) {
            CAPTURE(issuer);
            CAPTURE(app.redirect_uri);
            const auto first = expect_tokens(sign_in(server, app));
            CHECK(first->token_type == "bearer");
            REQUIRE(!first->refresh_token.empty());
            CHECK(expect_tokens(run(refresh(server, app, *first), http()))->refresh_token_rotated);
        }
    }
}

TEST_CASE("Glewlwyd: a refresh token that is used twice is the end of those that came of it") {
    const auto server = at(environment("GLEWLWYD_HTTPS"));
    const client app{.client_id = "public", .redirect_uri = callback_uri()};
    const auto first = expect_tokens(sign_in(server, app));
    const auto second = expect_tokens(run(refresh(server, app, *first), http()));
    for (const auto* stolen : {&*first, &*second}) {
        const auto refused = run(refresh(server, app, *stolen), http());
        REQUIRE(!refused);
        CHECK(refused.error().reason() == errc::unexpected_status);   // nothing but a status
        CHECK(refused.error().http_status() == 400);
    }
}

TEST_CASE("Glewlwyd: the callback in all three modes") {
    const client app{.client_id = "public", .redirect_uri = callback_uri()};
    for (const char* mode : {"query", "fragment", "form_post"}) {
        CAPTURE(mode);
        CHECK(expect_tokens(sign_in(at(environment("GLEWLWYD_HTTP")), app, {.scope = "openid", .response_mode = mode})));
    }
}

TEST_CASE("Glewlwyd: a body that is encoded twice is refused unless the profile says so") {
    server_metadata server = at(environment("GLEWLWYD_HTTP"));
    server.quirks = {};
    const client app{.client_id = "public", .redirect_uri = callback_uri()};
    const auto outcome = sign_in(server, app, {.scope = "openid", .response_mode = "form_post"});
    REQUIRE(!outcome);
    CHECK(outcome.error().reason() == errc::issuer_mismatch);
}

TEST_CASE("Glewlwyd: a code works once") {
    const auto server = at(environment("GLEWLWYD_HTTP"));
    const client app{.client_id = "public", .redirect_uri = callback_uri()};
    auto first = start_login(server, app, {.scope = "openid"});
    REQUIRE(first);
    auto second = restore_login(server, app, first->save());
    REQUIRE(second);
    const std::string callback = browse(first->url(), "--glewlwyd").callback();
    CHECK(expect_tokens(run(first->exchange(callback), http())));
    const auto again = run(second->exchange(callback), http());
    REQUIRE(!again);
    CHECK(again.error().server_error() == "invalid_code");
    CHECK(again.error().http_status() == 403);
    CHECK(again.error().action() == remedy::sign_in_again);
}

TEST_CASE("Glewlwyd: a wrong code, and one without its verifier or with another redirect URI") {
    const auto server = at(environment("GLEWLWYD_HTTP"));
    const client app{.client_id = "public", .redirect_uri = callback_uri()};
    const std::string other(43, 'x'), elsewhere = callback_uri("127.0.0.1", "/");
    const auto answer = [&](auto change) { return oauthpp_test::redeem(server, app, "openid", "--glewlwyd", change); };
    CHECK(answer([](auto&) {}));                         // so each of these is refused for what it changes
    const result<oauthpp::token_response> refused[] = {
        answer([&](auto& grant) { grant.code = other; }),
        answer([&](auto& grant) { grant.code_verifier = other; }),
        answer([&](auto& grant) { grant.redirect_uri = elsewhere; }),
    };
    for (const auto& each : refused) {
        REQUIRE(!each);
        CHECK(each.error().server_error() == "invalid_code");
        CHECK(each.error().action() == remedy::sign_in_again);
    }
}

TEST_CASE("Glewlwyd: a wrong secret is for the operator to fix") {
    const client app{.client_id = "web", .authentication = client_secret_basic{"wrong"}, .redirect_uri = callback_uri()};
    const auto outcome = sign_in(at(environment("GLEWLWYD_HTTPS")), app);
    REQUIRE(!outcome);
    CHECK(outcome.error().server_error() == "unauthorized_client");
    CHECK(outcome.error().http_status() == 403);
    CHECK(outcome.error().action() == remedy::fix_configuration);
}

TEST_CASE("Glewlwyd: a redirect URI that is not registered never calls back") {
    const client app{.client_id = "public", .redirect_uri = callback_uri("127.0.0.1", "/elsewhere")};
    const auto login = start_login(at(environment("GLEWLWYD_HTTP")), app, {.scope = "openid"});
    REQUIRE(login);
    CHECK(browse(login->url(), "--glewlwyd").callback().empty());
}

}  // namespace
}  // namespace glewlwyd_test
