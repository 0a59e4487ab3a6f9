// SPDX-License-Identifier: MIT
//
// The policy report: one thing wrong at a time, and one finding for it.
#include <oauthpp/policy.hpp>

#include <doctest/doctest.h>

#include <array>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace policy_test {
namespace {

using oauthpp::check_policy, oauthpp::policy_subject, oauthpp::profile, oauthpp::support;

struct everything_valid {
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view&, std::string_view, std::span<const std::byte>) {
        return oauthpp::verdict::valid;
    }
};
everything_valid verifier;

struct some_assertion {
    oauthpp::error_view write_assertion(const oauthpp::assertion_subject&, oauthpp::buffer_writer&) { return {}; }
};
some_assertion assertion;

/// Meets all that this library can: a server that was found, a certificate, signatures checked.
policy_subject sound() {
    policy_subject each;
    each.server = {.issuer = "https://as.example",
                   .authorization_endpoint = "https://as.example/authorize",
                   .token_endpoint = "https://as.example/token",
                   .jwks_uri = "https://as.example/jwks",
                   .response_types_supported = "code",
                   .id_token_signing_alg_values_supported = "ES256",
                   .subject_types_supported = "public",
                   .code_challenge_method_s256_supported = support::yes,
                   .authorization_response_iss_parameter_supported = support::yes};
    each.app = {.client_id = "c", .authentication = oauthpp::mutual_tls{}, .redirect_uri = "https://c.example/cb"};
    each.login.scope = "openid";
    each.id_token = {.verifier = verifier, .algorithms = "PS256 ES256 EdDSA"};
    each.discovered = true;
    return each;
}

using sections = std::vector<std::string>;

/// Without the one that nothing meets yet.
sections found(std::span<const policy_subject> subjects) {
    sections all;
    for (const auto& each : check_policy(subjects)) {
        if (each.section != "FAPI 2.0 5.3.3.2 item 1") all.emplace_back(each.section);
    }
    return all;
}
sections found_if(const auto& change) {
    policy_subject each = sound();
    change(each);
    return found(std::span(&each, 1));
}
sections only(const char* section) { return {section}; }

TEST_CASE("what is sound but for pushed requests, which the library does not have") {
    const policy_subject each = sound();
    CHECK(found(std::span(&each, 1)).empty());
    const auto findings = check_policy(each);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].profile == profile::fapi2);
    CHECK(describe(findings[0]) == "FAPI 2.0 5.3.3.2 item 1: the request goes through the browser, where it can be changed; "
                                   "use pushed authorization requests, which this library does not have yet");
}

TEST_CASE("best practice, one thing wrong at a time") {
    for (const auto said : {support::no, support::not_said}) {
        CHECK(found_if([&](auto& each) { each.server.code_challenge_method_s256_supported = said; }) == only("RFC 9700 2.1.1"));
    }
    CHECK(found_if([](auto& each) { each.login.response_type = "code token"; }) == only("RFC 9700 2.1.2"));
    CHECK(found_if([](auto& each) { each.login.response_type = "code id_token"; }).empty());
    CHECK(found_if([](auto& each) { each.server.issuer = {}; each.login.scope = "read"; }) == only("RFC 9700 4.4.2"));
    CHECK(found_if([](auto& each) { each.server.quirks.tenant_in_issuer = true; }) == only("RFC 9700 2.1"));
    CHECK(found_if([](auto& each) { each.server.quirks.missing_token_type = true; }) == only("RFC 6749 7.1"));
    CHECK(found_if([](auto& each) { each.server.quirks.json_as_text_plain = true; }) == only("RFC 6749 5.1"));
    CHECK(found_if([](auto& each) { each.app.redirect_uri = "http://localhost:8080"; }) == only("RFC 8252 8.3"));
    CHECK(found_if([](auto& each) { each.app.redirect_uri = "http://127.0.0.1:8080"; }).empty());
    CHECK(found_if([](auto& each) { each.app.redirect_uri = "com.example.app:/cb"; }) == only("RFC 8252 8.6"));
}

TEST_CASE("OpenID Connect: each member that a provider's metadata must have, and signatures [oidc-disco-3-required]") {
    for (const auto member : {&oauthpp::server_metadata_view::jwks_uri, &oauthpp::server_metadata_view::response_types_supported,
                              &oauthpp::server_metadata_view::subject_types_supported, &oauthpp::server_metadata_view::authorization_endpoint,
                              &oauthpp::server_metadata_view::token_endpoint, &oauthpp::server_metadata_view::id_token_signing_alg_values_supported}) {
        CHECK(found_if([&](auto& each) { each.server.*member = {}; }) == only("OpenID Connect Discovery 3"));
        CHECK(found_if([&](auto& each) { each.server.*member = {}; each.login.scope = "read"; }).empty());
    }
    CHECK(found_if([](auto& each) { each.server.issuer = {}; }) == sections{"RFC 9700 4.4.2", "OpenID Connect Discovery 3"});
    CHECK(found_if([](auto& each) { each.id_token.verifier = {}; }) == only("OpenID Connect Core 3.1.3.7"));
    CHECK(found_if([](auto& each) { each.id_token.allow_other_acr = true; }) == only("OpenID Connect Core 3.1.2.1"));
}

TEST_CASE("plain http, which is for development") {
    CHECK(found_if([](auto& each) { each.server.token_endpoint = "http://localhost/token"; }) == only("OAuth 2.1 1.5"));
    CHECK(found_if([](auto& each) { each.server.authorization_endpoint = "http://localhost/a"; }) == only("OAuth 2.1 1.5"));
    CHECK(found_if([](auto& each) { each.server.jwks_uri = "http://localhost/keys"; }) == only("OAuth 2.1 1.5"));
}

TEST_CASE("FAPI 2.0: how the client proves itself, and what its tokens are bound to [fapi2-5.3.3.1-auth] "
          "[fapi2-5.3.3.1-sender] [fapi2-5.3.3.1-aud]") {
    const char* bound = "FAPI 2.0 5.3.3.1 item 1";
    const char* proof = "FAPI 2.0 5.3.3.1 item 2";
    CHECK(found_if([](auto& each) { each.app.authentication = oauthpp::client_secret_basic_view{"s"}; }) == sections{"RFC 9700 2.5", bound, proof});
    CHECK(found_if([](auto& each) { each.app.authentication = oauthpp::client_secret_post_view{"s"}; }) == sections{"RFC 9700 2.5", bound, proof});
    CHECK(found_if([](auto& each) { each.app.authentication = oauthpp::no_authentication{}; }) == sections{bound, proof});
    const auto by_assertion = [](const char* algorithm, const char* audience) {
        return found_if([&](auto& each) {
            each.app.authentication = oauthpp::client_assertion{assertion};
            each.assertion_algorithm = algorithm;
            each.assertion_audience = audience;
        });
    };
    CHECK(by_assertion("ES256", "https://as.example") == sections{bound});
    CHECK(by_assertion("ES256", "") == sections{bound, "FAPI 2.0 5.3.3.1 item 5"});
    CHECK(by_assertion("ES256", "https://as.example/token") == sections{bound, "FAPI 2.0 5.3.3.1 item 5"});
    CHECK(by_assertion("HS256", "https://as.example") == sections{bound, proof, "FAPI 2.0 5.4.1 item 1"});
    CHECK(by_assertion("RS256", "https://as.example") == sections{bound, "FAPI 2.0 5.4.1 item 1"});
}

TEST_CASE("FAPI 2.0: metadata, iss and algorithms [fapi2-5.3.3.1-metadata] [fapi2-5.4.1-algs]") {
    CHECK(found_if([](auto& each) { each.discovered = false; }) == only("FAPI 2.0 5.3.3.1 items 9-11"));
    CHECK(found_if([](auto& each) { each.server.authorization_response_iss_parameter_supported = support::not_said; }) ==
          only("FAPI 2.0 5.3.3.2 item 5"));
    CHECK(found_if([](auto& each) { each.id_token.algorithms = "ES256 RS256"; }) == only("FAPI 2.0 5.4.1 item 1"));
    CHECK(found_if([](auto& each) { each.id_token.algorithms = "Ed25519"; }).empty());
}

TEST_CASE("several servers: whose answer is it? [rfc8252-8.10-unique] [rfc9700-2.1-mixup] [rfc9207-4-unique-issuer]") {
    std::array<policy_subject, 2> both{sound(), sound()};
    both[1].server.issuer = "https://other.example";
    both[1].server.token_endpoint = "https://other.example/token";
    CHECK(found(both).empty());                                              // both announce iss

    both[1].server.authorization_response_iss_parameter_supported = support::not_said;
    CHECK(found(both) == sections{"FAPI 2.0 5.3.3.2 item 5", "RFC 9700 2.1"});
    CHECK(check_policy(both).back().subject == 1);
    both[1].app.redirect_uri = "https://c.example/cb2";
    CHECK(found(both) == only("FAPI 2.0 5.3.3.2 item 5"));

    both = {sound(), sound()};
    CHECK(found(both).empty());                                              // two clients of one server
    both[1].server.token_endpoint = "https://evil.example/token";
    CHECK(found(both) == only("RFC 9207 4"));
}

TEST_CASE("rules about OpenID Connect are for logins that ask for it, and rules about URLs for what is one") {
    CHECK(found_if([](policy_subject& each) { each.login.scope = "read"; each.id_token = {}; each.id_token.allow_other_acr = true; }).empty());
    CHECK(found_if([](policy_subject& each) { each.login.scope = "read"; each.server.subject_types_supported = {}; }).empty());
    CHECK(found_if([](policy_subject& each) { each.discovered = false; each.server.subject_types_supported = {}; }) ==
          sections{"FAPI 2.0 5.3.3.1 items 9-11"});
    CHECK(found_if([](policy_subject& each) { each.app.redirect_uri = "no url"; }).empty());
    // An audience that is not said is the token endpoint
    const auto by_assertion = found_if([](policy_subject& each) {
        each.app.authentication = oauthpp::client_assertion{assertion};
        each.assertion_algorithm = "ES256";
        each.assertion_audience = {};
        each.server.issuer = {};
    });
    CHECK(std::find(by_assertion.begin(), by_assertion.end(), "FAPI 2.0 5.3.3.1 item 5") != by_assertion.end());
}

TEST_CASE("two servers without issuers are not the same server, and one that announces iss needs an issuer") {
    std::array<policy_subject, 2> two{sound(), sound()};
    two[0].server.issuer = two[1].server.issuer = {};
    two[1].server.token_endpoint = "https://other.example/token";
    const sections found_here = found(two);
    CHECK(std::find(found_here.begin(), found_here.end(), "RFC 9207 4") == found_here.end());
    CHECK(std::find(found_here.begin(), found_here.end(), "RFC 9700 2.1") != found_here.end());
    two = {sound(), sound()};
    two[1].server.issuer = "https://other.example";
    CHECK(found(two).empty());
    two[0].server.authorization_response_iss_parameter_supported = support::no;
    const sections silent = found(two);
    CHECK(std::find(silent.begin(), silent.end(), "RFC 9700 2.1") != silent.end());
}

}  // namespace
}  // namespace policy_test
