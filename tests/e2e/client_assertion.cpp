// SPDX-License-Identifier: MIT
//
// Clients that prove themselves by a key instead of a password, at both servers: signed assertions in each algorithm, and
// the certificate of the TLS connection.
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/openssl.hpp>

#include <doctest/doctest.h>
#include <e2e/sign_in.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace e2e_client_assertion_test {
namespace {

using oauthpp::client, oauthpp::client_assertion, oauthpp::describe, oauthpp::errc, oauthpp::jwt_assertion;
using oauthpp_test::environment, oauthpp_test::expect_tokens, oauthpp_test::http, oauthpp_test::sign_in;

constexpr const char* native_uri = "http://127.0.0.1:53682/cb";
constexpr char client_secret[] = "a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789";

std::string content_of(const std::string& file) {
    std::ifstream input(file);
    return {std::istreambuf_iterator<char>(input), {}};
}

oauthpp::openssl_signer key(const std::string& name, std::string_view algorithm) {
    auto made = oauthpp::openssl_signer::from_pem(oauthpp::secret(content_of(environment("KEYS") + "/" + name + ".pem")), algorithm);
    REQUIRE_MESSAGE(made, describe(made.error()));
    return *std::move(made);
}

oauthpp::server_metadata discovered(const char* issuer) {
    auto server = run(oauthpp::discover(environment(issuer)), http());
    REQUIRE_MESSAGE(server, describe(server.error()));
    return *std::move(server);
}

/// A login, which redeems a code, and two refreshes: three assertions.
template <class Proof>
void check_proof(const oauthpp::server_metadata& server, std::string client_id, Proof& proof) {
    CAPTURE(client_id);
    const client app{.client_id = std::move(client_id), .authentication = client_assertion{proof}, .redirect_uri = native_uri};
    const auto first = expect_tokens(sign_in(server, app, {.scope = "openid offline_access", .prompt = "consent"}));
    const auto second = expect_tokens(run(refresh(server, app, *first), http()));
    CHECK(expect_tokens(run(refresh(server, app, *second), http())));
}

}  // namespace

TEST_CASE("oidc-provider: private_key_jwt in each algorithm") {
    const auto server = discovered("OIDC_HTTPS");
    const struct {
        const char* name;
        const char* algorithm;
    } keys[] = {{"c-rsa", "RS256"}, {"c-rsa", "PS256"}, {"c-rsa", "PS512"}, {"c-p256", "ES256"}, {"c-ed25519", "EdDSA"}};
    for (const auto& each : keys) {
        CAPTURE(each.algorithm);
        const auto signer = key(each.name, each.algorithm);
        jwt_assertion proof(signer, {.kid = each.name});
        check_proof(server, "pkjwt", proof);
    }
}

TEST_CASE("oidc-provider: client_secret_jwt") {
    oauthpp::hmac_signer signer(client_secret);
    jwt_assertion proof(signer);
    check_proof(discovered("OIDC_HTTPS"), "secret-jwt", proof);
}

TEST_CASE("oidc-provider: another audience, another client's key, and an assertion that was used") {
    const auto server = discovered("OIDC_HTTPS");
    const auto request_with = [&](auto& proof) {
        const client app{.client_id = "cc-pkjwt", .authentication = client_assertion{proof}};
        const auto tokens = run(request_tokens(server, app, {.scope = "read"}), http());
        return tokens ? std::string() : std::string(tokens.error().server_error());
    };
    const auto signer = key("c-p256", "ES256");
    jwt_assertion good(signer, {.kid = "c-p256"});
    CHECK(request_with(good).empty());
    jwt_assertion elsewhere(signer, {.audience = "https://elsewhere.example", .kid = "c-p256"});
    CHECK(request_with(elsewhere) == "invalid_client");
    oauthpp::hmac_signer guess(client_secret);
    jwt_assertion by_guess(guess);
    CHECK(request_with(by_guess) == "invalid_client");

    struct repeated {
        jwt_assertion<>& source;
        std::string first{};
        oauthpp::error_view write_assertion(const oauthpp::assertion_subject& subject, oauthpp::buffer_writer& out) {
            if (!first.empty()) return out.append(first), oauthpp::error_view();
            const std::size_t begin = out.size();
            const auto wrong = source.write_assertion(subject, out);
            first = out.written_since(begin);
            return wrong;
        }
    } twice{good};
    CHECK(request_with(twice).empty());
    CHECK(request_with(twice) == "invalid_client");
}

TEST_CASE("Glewlwyd: private_key_jwt") {
    const auto server = discovered("GLEWLWYD_HTTPS");
    const auto signer = key("c-rsa", "RS256");
    jwt_assertion proof(signer, {.kid = "c-rsa"});
    const client app{.client_id = "pkjwt", .authentication = client_assertion{proof},
                     .redirect_uri = "http://127.0.0.1:" + environment("CALLBACK_PORT") + "/cb"};
    const auto first = expect_tokens(sign_in(server, app, {.scope = "openid"}, "--glewlwyd"));
    CHECK(expect_tokens(run(refresh(server, app, *first), http())));
}

TEST_CASE("oidc-provider: the certificate of the connection, from an authority and by itself") {
    auto server = discovered("OIDC_HTTPS");
    server.token_endpoint = environment("OIDC_MTLS") + "/token";
    for (const auto& [client_id, file] : {std::pair{"mtls-ca", "client"}, std::pair{"mtls-self", "self-signed-client"}}) {
        const std::string certificate = environment("CERTIFICATES") + "/" + file;
        oauthpp::curl_transport with_certificate({.ca_file = environment("CA_FILE"),
                                                  .certificate_file = certificate + ".crt", .key_file = certificate + ".key"});
        const client app{.client_id = client_id, .authentication = oauthpp::mutual_tls{}, .redirect_uri = native_uri};
        auto login = start_login(server, app, {.scope = "openid"});
        REQUIRE(login);
        const auto callback = oauthpp_test::browse(login->url()).callback();
        CHECK(expect_tokens(run(login->exchange(callback), with_certificate)));
        auto again = start_login(server, app, {.scope = "openid"});
        REQUIRE(again);
        const auto refused = run(again->exchange(oauthpp_test::browse(again->url()).callback()), http());
        CHECK(!refused);
        if (!refused) CHECK(refused.error().server_error() == "invalid_client");
    }
}

}  // namespace e2e_client_assertion_test
