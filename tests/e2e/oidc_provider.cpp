// SPDX-License-Identifier: MIT
//
// The whole grant at oidc-provider, over http and https, through the curl adapter.
#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <e2e/sign_in.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidc_provider_test {
namespace {

using oauthpp::client, oauthpp::client_secret_basic, oauthpp::client_secret_post, oauthpp::errc;
using oauthpp::login_options, oauthpp::remedy, oauthpp::result, oauthpp::server_metadata, oauthpp::tokens;
using oauthpp_test::browse, oauthpp_test::environment, oauthpp_test::expect_tokens, oauthpp_test::http;

constexpr char secret[] = "a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789";
constexpr const char* native_uri = "http://127.0.0.1:53682/cb";

server_metadata at(std::string_view issuer) {
    return {.issuer = std::string(issuer),
            .authorization_endpoint = std::string(issuer) + "/auth",
            .token_endpoint = std::string(issuer) + "/token",
            .authorization_response_iss_parameter_supported = oauthpp::support::yes};
}

result<tokens> sign_in(const server_metadata& server, const client& app, const login_options& options = {.scope = "openid read"}) {
    return oauthpp_test::sign_in(server, app, options);
}

TEST_CASE("oidc-provider: a public client gets tokens and refreshes them, over http and https") {
    for (const char* issuer : {"OIDC_HTTP", "OIDC_HTTPS"}) {
        CAPTURE(issuer);
        const auto server = at(environment(issuer));
        const client app{.client_id = "public", .redirect_uri = native_uri};
        const auto first = expect_tokens(sign_in(server, app));
        CHECK(first->token_type == "Bearer");
        CHECK(first->expires_at);
        CHECK(!first->id_token.empty());
        REQUIRE(first->identity);
        CHECK(first->identity->iss == server.issuer);
        CHECK(!first->identity->sub.empty());
        CHECK(!first->identity->signature_verified);   // nothing was given to check it with
        CHECK(first->tolerated.none());

        const auto second = expect_tokens(run(refresh(server, app, *first), http()));
        CHECK(second->refresh_token_rotated);
        CHECK(second->refresh_token.reveal() != first->refresh_token.reveal());

        // The old one was used: the server takes it for stolen and ends the whole family (RFC 9700 4.14.2)
        const auto replayed = run(refresh(server, app, *first), http());
        REQUIRE(!replayed);
        CHECK(replayed.error().reason() == errc::server_refused);
        CHECK(replayed.error().server_error() == "invalid_grant");
        CHECK(replayed.error().action() == remedy::sign_in_again);
        CHECK(!run(refresh(server, app, *second), http()));
    }
}

TEST_CASE("oidc-provider: a refresh token that does not rotate is kept") {
    const auto server = at(environment("OIDC_HTTP"));
    const client app{.client_id = "no-rotate", .redirect_uri = native_uri};
    const auto first = expect_tokens(sign_in(server, app));
    const auto second = expect_tokens(run(refresh(server, app, *first), http()));
    CHECK(second->refresh_token == first->refresh_token);
}

TEST_CASE("oidc-provider: the callback in all three modes") {
    const auto server = at(environment("OIDC_HTTPS"));
    const client app{.client_id = "public", .redirect_uri = native_uri};
    for (const char* mode : {"", "query", "fragment", "form_post"}) {
        CAPTURE(mode);
        CHECK(expect_tokens(sign_in(server, app, {.scope = "openid read", .response_mode = mode})));
    }
}

TEST_CASE("oidc-provider: each way to authenticate, also with an identifier and a secret that must be encoded") {
    const auto server = at(environment("OIDC_HTTPS"));
    const std::string web_uri = "http://127.0.0.1:" + environment("CALLBACK_PORT") + "/cb";
    const std::string special = "special client:1/u~";
    const std::string special_secret = R"(a+b~c&d%e f:g s3cr%t=/?#[]@!$'()*,;"<>|^`{}\ end)";
    const client clients[] = {
        {.client_id = "public-web", .redirect_uri = web_uri},
        {.client_id = "web-basic", .authentication = client_secret_basic{secret}, .redirect_uri = web_uri},
        {.client_id = "web-post", .authentication = client_secret_post{secret}, .redirect_uri = web_uri},
        {.client_id = "native-basic", .authentication = client_secret_basic{secret}, .redirect_uri = native_uri},
        {.client_id = "native-post", .authentication = client_secret_post{secret}, .redirect_uri = native_uri},
        {.client_id = special, .authentication = client_secret_basic{oauthpp::secret(std::string(special_secret))}, .redirect_uri = native_uri},
        {.client_id = special + " post", .authentication = client_secret_post{oauthpp::secret(std::string(special_secret))}, .redirect_uri = native_uri},
    };
    for (const client& app : clients) {
        CAPTURE(app.client_id);
        const auto first = expect_tokens(sign_in(server, app));
        CHECK(expect_tokens(run(refresh(server, app, *first), http())));
    }
}

TEST_CASE("oidc-provider: tokens for the client itself") {
    const client app{.client_id = "cc", .authentication = client_secret_basic{secret}};
    CHECK(expect_tokens(run(request_tokens(at(environment("OIDC_HTTPS")), app, {.scope = "read"}), http())));
}

TEST_CASE("oidc-provider: another process finishes the login") {
    const auto server = at(environment("OIDC_HTTP"));
    const client app{.client_id = "public", .redirect_uri = native_uri};
    auto begun = start_login(server, app, {.scope = "read"});
    REQUIRE(begun);
    auto login = restore_login(server, app, begun->save());
    REQUIRE(login);
    CHECK(expect_tokens(run(login->exchange(browse(begun->url()).callback()), http())));
}

TEST_CASE("oidc-provider: a code works once") {
    const auto server = at(environment("OIDC_HTTP"));
    const client app{.client_id = "public", .redirect_uri = native_uri};
    auto first = start_login(server, app, {.scope = "read"});
    REQUIRE(first);
    auto second = restore_login(server, app, first->save());
    REQUIRE(second);
    const std::string callback = browse(first->url()).callback();
    CHECK(expect_tokens(run(first->exchange(callback), http())));
    const auto again = run(second->exchange(callback), http());
    REQUIRE(!again);
    CHECK(again.error().server_error() == "invalid_grant");
    CHECK(again.error().http_status() == 400);
    CHECK(again.error().action() == remedy::sign_in_again);
}

TEST_CASE("oidc-provider: a wrong code") {
    const auto server = at(environment("OIDC_HTTP"));
    const client app{.client_id = "public", .redirect_uri = native_uri};
    auto login = start_login(server, app);
    REQUIRE(login);
    const std::string forged = "/cb?code=not-a-code&state=" + login->state() + "&iss=" + server.issuer;
    const auto outcome = run(login->exchange(forged), http());
    REQUIRE(!outcome);
    CHECK(outcome.error().server_error() == "invalid_grant");
}

TEST_CASE("oidc-provider: a code is of no use without its verifier, nor with another redirect URI") {
    const auto server = at(environment("OIDC_HTTP"));
    const client app{.client_id = "public", .redirect_uri = native_uri};
    const std::string other(43, 'x');
    const auto answer = [&](auto change) { return oauthpp_test::redeem(server, app, "openid read", {}, change); };
    CHECK(answer([](auto&) {}));                         // so each of these is refused for what it changes
    const result<oauthpp::token_response> refused[] = {
        answer([&](auto& grant) { grant.code_verifier = other; }),
        answer([](auto& grant) { grant.code_verifier = {}; }),
        answer([](auto& grant) { grant.redirect_uri = "http://127.0.0.1:53682/"; }),
        answer([](auto& grant) { grant.redirect_uri = "http://127.0.0.1:53683/cb"; }),
        answer([&](auto& grant) { grant.code = other; }),
    };
    for (const auto& each : refused) {
        REQUIRE(!each);
        CHECK(each.error().server_error() == "invalid_grant");
        CHECK(each.error().action() == remedy::sign_in_again);
    }
}

TEST_CASE("oidc-provider: a wrong secret is for the operator to fix") {
    const client app{.client_id = "web-basic",
                     .authentication = client_secret_basic{"wrong"},
                     .redirect_uri = "http://127.0.0.1:" + environment("CALLBACK_PORT") + "/cb"};
    const auto outcome = sign_in(at(environment("OIDC_HTTPS")), app);
    REQUIRE(!outcome);
    CHECK(outcome.error().server_error() == "invalid_client");
    CHECK(outcome.error().http_status() == 401);
    CHECK(outcome.error().action() == remedy::fix_configuration);
}

TEST_CASE("oidc-provider: a redirect URI that is not registered never calls back") {
    const client app{.client_id = "public-web", .redirect_uri = "http://127.0.0.1:1/elsewhere"};
    const auto login = start_login(at(environment("OIDC_HTTP")), app);
    REQUIRE(login);
    CHECK(browse(login->url()).callback().empty());
}

TEST_CASE("oidc-provider: the person declines") {
    const client app{.client_id = "public", .redirect_uri = native_uri};
    const auto outcome = sign_in(at(environment("OIDC_HTTP")), app, {.scope = "openid read", .login_hint = "deny"});
    REQUIRE(!outcome);
    CHECK(outcome.error().reason() == errc::server_refused);
    CHECK(outcome.error().server_error() == "access_denied");
    CHECK(outcome.error().action() == remedy::sign_in_again);
}

TEST_CASE("oidc-provider: nobody is signed in and nobody may be asked") {
    const client app{.client_id = "public-web", .redirect_uri = "http://127.0.0.1:" + environment("CALLBACK_PORT") + "/cb"};
    const auto outcome = sign_in(at(environment("OIDC_HTTP")), app, {.scope = "openid", .prompt = "none"});
    REQUIRE(!outcome);
    CHECK(outcome.error().server_error() == "login_required");
}

TEST_CASE("oidc-provider: the paths of the Microsoft identity platform") {
    for (const char* variable : {"OIDC_MICROSOFT_HTTP", "OIDC_MICROSOFT_HTTPS"}) {
        CAPTURE(variable);
        const std::string tenant = environment(variable);
        const server_metadata server{.issuer = tenant + "/v2.0",
                                     .authorization_endpoint = tenant + "/oauth2/v2.0/authorize",
                                     .token_endpoint = tenant + "/oauth2/v2.0/token"};
        const client desktop{.client_id = "9e5f94bc-e8a4-4e73-b8be-63364c29d753", .redirect_uri = "http://localhost:8080"};
        const client web{.client_id = "00000000-0000-4000-8000-000000000001",
                         .authentication = client_secret_post{secret},
                         .redirect_uri = "http://localhost:8080"};
        for (const client& app : {desktop, web}) {
            CAPTURE(app.client_id);
            const auto first = expect_tokens(sign_in(server, app, {.scope = "openid profile offline_access", .prompt = "consent"}));
            CHECK(expect_tokens(run(refresh(server, app, *first), http())));
        }
    }
}

}  // namespace
}  // namespace oidc_provider_test
