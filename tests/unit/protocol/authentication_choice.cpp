// SPDX-License-Identifier: MIT
//
// The choice of a client's proof by a server's metadata.
#include <oauthpp/protocol/authentication_choice.hpp>

#include <oauthpp/protocol/discovery.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace authentication_choice_test {
namespace {

using oauthpp::client_authentication, oauthpp::client_proofs, oauthpp::errc, oauthpp::result, oauthpp::server_metadata;

struct some_assertion {
    oauthpp::error_view write_assertion(const oauthpp::assertion_subject&, oauthpp::buffer_writer& out) {
        out.append("assertion");
        return {};
    }
};
some_assertion proof;

result<client_authentication> choose(std::string_view methods, const client_proofs& proofs, std::string_view algorithms = {}) {
    server_metadata server;
    server.token_endpoint_auth_methods_supported = methods;
    server.token_endpoint_auth_signing_alg_values_supported = algorithms;
    return choose_authentication(server, proofs);
}

template <class Method>
bool is(const result<client_authentication>& chosen) { return chosen && std::holds_alternative<Method>(*chosen); }

const client_proofs key{.assertion = proof, .algorithm = "RS256"};
const client_proofs everything{.client_secret = "s", .assertion = proof, .algorithm = "ES256", .certificate = true};

TEST_CASE("a key before a certificate, a certificate before a secret [rfc9700-2.5-asymmetric]") {
    CHECK(is<oauthpp::client_assertion>(choose("client_secret_basic private_key_jwt", everything)));
    CHECK(is<oauthpp::mutual_tls>(choose("client_secret_basic tls_client_auth", everything)));
    CHECK(is<oauthpp::mutual_tls>(choose("client_secret_basic self_signed_tls_client_auth", everything)));
    CHECK(is<oauthpp::client_assertion>(choose("", everything)));
}

TEST_CASE("a secret goes into the header before it goes into the body [rfc6749-2.3.1-prefer-basic]") {
    const client_proofs secret{.client_secret = "s"};
    const auto both = choose("client_secret_post client_secret_basic", secret);
    REQUIRE(is<oauthpp::client_secret_basic>(both));
    CHECK(std::get<oauthpp::client_secret_basic>(*both).client_secret.reveal() == "s");
    CHECK(is<oauthpp::client_secret_post>(choose("client_secret_post", secret)));
    CHECK(is<oauthpp::client_secret_basic>(choose("", secret)));
    CHECK(choose("private_key_jwt", secret).error().reason() == errc::authentication_unsupported);
    const client_proofs by_secret{.client_secret = "s", .assertion = proof, .algorithm = "HS256"};
    CHECK(is<oauthpp::client_assertion>(choose("client_secret_basic client_secret_jwt", by_secret)));
    CHECK(is<oauthpp::client_secret_basic>(choose("client_secret_basic private_key_jwt", by_secret)));
}

TEST_CASE("a document that lists no method means client_secret_basic [rfc8414-2-default-auth]") {
    const auto server = oauthpp::parse_server_metadata(R"({"issuer":"x"})", "x");
    REQUIRE(server);
    CHECK(is<oauthpp::client_secret_basic>(choose_authentication(*server, {.client_secret = "s"})));
    const auto chosen = choose_authentication(*server, key);
    CHECK(chosen.error().reason() == errc::authentication_unsupported);
    CHECK(chosen.error().field() == "token_endpoint_auth_methods_supported");
}

TEST_CASE("the algorithm of an assertion is one that the server lists [rfc8414-2-alg-choice] [rfc8414-2-signing-alg]") {
    const auto chosen = choose("private_key_jwt", key, "ES256");
    CHECK(chosen.error().reason() == errc::algorithm_not_allowed);
    CHECK(chosen.error().field() == "token_endpoint_auth_signing_alg_values_supported");
    CHECK(choose("private_key_jwt", key, "none").error().reason() == errc::algorithm_not_allowed);
    CHECK(is<oauthpp::client_assertion>(choose("private_key_jwt", key, "ES256 RS256")));
    CHECK(is<oauthpp::client_assertion>(choose("private_key_jwt", key)));
    CHECK(is<oauthpp::client_secret_post>(choose("private_key_jwt client_secret_post", everything, "RS256")));
}

TEST_CASE("a client that has nothing is public, and only such a one") {
    CHECK(is<oauthpp::no_authentication>(choose("none", {})));
    CHECK(is<oauthpp::no_authentication>(choose("", {})));
    CHECK(choose("client_secret_basic", {}).error().reason() == errc::authentication_unsupported);
    CHECK(choose("none", {.client_secret = "s"}).error().reason() == errc::authentication_unsupported);
    CHECK(choose("none", {.certificate = true}).error().reason() == errc::authentication_unsupported);
    CHECK(choose("none", key).error().reason() == errc::authentication_unsupported);
}

TEST_CASE("a secret that signs stands behind a certificate, and before nothing else") {
    CHECK(is<oauthpp::mutual_tls>(choose("", {.assertion = proof, .algorithm = "HS256", .certificate = true})));
    CHECK(is<oauthpp::client_assertion>(choose("client_secret_jwt", {.assertion = proof, .algorithm = "HS256", .certificate = true})));
}

}  // namespace
}  // namespace authentication_choice_test
