// SPDX-License-Identifier: MIT
//
// Where to ask for metadata (the examples of RFC 8414 3.1 and OpenID Connect Discovery 4.1), and whether to believe it.
#include <oauthpp/protocol/discovery.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <utility>
#include <string>
#include <string_view>
#include <vector>

namespace discovery_test {
namespace {

using oauthpp::errc, oauthpp::metadata_urls, oauthpp::parse_server_metadata, oauthpp::server_metadata_json, oauthpp::support;

std::vector<std::string> places(std::string_view issuer) {
    const auto urls = metadata_urls(issuer);
    REQUIRE(urls);
    return urls ? std::vector<std::string>(urls->begin(), urls->end()) : std::vector<std::string>();
}

// The document of OpenID Connect Discovery 4.2, shortened
const std::string server_example =
    R"({"issuer":"https:\/\/server.example.com","authorization_endpoint":"https://server.example.com/connect/authorize?x=1",)"
    R"("token_endpoint":"https://server.example.com/connect/token","token_endpoint_auth_methods_supported":)"
    R"(["client_secret_basic","private_key_jwt"],"token_endpoint_auth_signing_alg_values_supported":["RS256","ES256"],)"
    R"("userinfo_endpoint":"https://server.example.com/connect/userinfo","jwks_uri":"https://server.example.com/jwks.json",)"
    R"("response_types_supported":["code","code id_token","id_token","id_token token"],"subject_types_supported":)"
    R"(["public","pairwise"],"id_token_signing_alg_values_supported":["RS256","ES256","HS256"],)"
    R"("claim_types_supported":["normal","distributed"],"claims_parameter_supported":true,)"
    R"("ui_locales_supported":["en-US","fr-CA"],"code_challenge_methods_supported":["plain","S256"],)"
    R"("authorization_response_iss_parameter_supported":true,"x_vendor":[{"a":1}]})";

errc refused(std::string_view document) { return parse_server_metadata(document, "x").error().reason(); }

TEST_CASE("well-known paths go behind the issuer's path and before it [rfc8414-3-insert] [rfc8414-3.1-trailing-slash] "
          "[oidc-disco-4-append] [rfc8414-5-fallback]") {
    const std::string openid = "/.well-known/openid-configuration", oauth = "/.well-known/oauth-authorization-server";
    for (const std::string root : {"https://example.com", "https://example.com/"}) {
        CHECK(places(root) == std::vector<std::string>{"https://example.com" + openid, "https://example.com" + oauth, ""});
    }
    for (const std::string below : {"https://example.com/issuer1", "https://example.com/issuer1/"}) {
        CHECK(places(below) == std::vector<std::string>{"https://example.com/issuer1" + openid,
                                                        "https://example.com" + oauth + "/issuer1",
                                                        "https://example.com" + openid + "/issuer1"});
    }
}

TEST_CASE("an issuer is an https URL without query or fragment [rfc8414-2-issuer-syntax]") {
    CHECK(metadata_urls("http://as.example").error().reason() == errc::insecure_url);
    CHECK(metadata_urls("https://as.example?x=1").error().reason() == errc::invalid_value);
    CHECK(metadata_urls("https://as.example/?").error().reason() == errc::invalid_value);
    CHECK(metadata_urls("https://as.example/#a").error().reason() == errc::url_has_fragment);
    CHECK(metadata_urls("as.example").error().reason() == errc::invalid_url);
    CHECK(metadata_urls("").error().reason() == errc::missing_value);
}

TEST_CASE("a document is read [oidc-disco-3-https]") {
    const auto server = parse_server_metadata(server_example, "https://server.example.com");
    REQUIRE(server);
    if (!server) return;
    CHECK(server->authorization_endpoint == "https://server.example.com/connect/authorize?x=1");
    CHECK(server->token_endpoint == "https://server.example.com/connect/token");
    CHECK(server->id_token_signing_alg_values_supported == "RS256 ES256 HS256");
    CHECK(server->response_types_supported == "code,code id_token,id_token,id_token token");
    CHECK(server->subject_types_supported == "public pairwise");
    CHECK(server->code_challenge_method_s256_supported == support::yes);
    CHECK(server->authorization_response_iss_parameter_supported == support::yes);
    CHECK(server->claims_parameter_supported == support::yes);
    CHECK(server->revocation_endpoint.empty());
    for (std::size_t size = 0; size < server_example.size(); ++size) {
        CHECK(!parse_server_metadata(std::string_view(server_example).substr(0, size), ""));
    }
}

TEST_CASE("a document is believed only by the issuer that was asked [rfc8414-3.3-issuer-equal] [oidc-disco-4.3-issuer] "
          "[rfc8414-4-compare]") {
    // `https:\/\/` in the document
    CHECK(parse_server_metadata(server_example, "https://server.example.com"));
    CHECK(parse_server_metadata(server_example, ""));
    for (const char* other : {"https://server.example.com/", "https://SERVER.example.com", "https://server.example.com:443",
                              "https://server.example.co", "https://server.example.com.evil.example"}) {
        CHECK(parse_server_metadata(server_example, other).error().reason() == errc::issuer_mismatch);
    }
    const auto named = [](std::string_view issuer) {
        return parse_server_metadata(R"({"issuer":"https://as.example/\u00E9"})", issuer);
    };
    CHECK(named("https://as.example/\xC3\xA9"));
    CHECK(named("https://as.example/e\xCC\x81").error().reason() == errc::issuer_mismatch);
}

TEST_CASE("what is wrong in a document is said, and nothing of it used [rfc8414-2-required] [rfc8414-2-jwks-https]") {
    CHECK(refused("{}") == errc::missing_member);
    CHECK(refused(R"({"issuer":null})") == errc::missing_member);
    CHECK(refused(R"({"issuer":["x"]})") == errc::invalid_member);
    for (const std::string name : {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint",
                                   "revocation_endpoint", "introspection_endpoint", "device_authorization_endpoint",
                                   "pushed_authorization_request_endpoint"}) {
        CAPTURE(name);
        const auto insecure = parse_server_metadata(R"({"issuer":"x",")" + name + R"(":"http://x.example/t"})", "x");
        CHECK(insecure.error().reason() == errc::insecure_url);
        CHECK(insecure.error().field() == name);
        CHECK(refused(R"({"issuer":"x",")" + name + R"(":["https://x.example/t"]})") == errc::invalid_member);
        CHECK(refused(R"({"issuer":"x",")" + name + R"(":""})") == errc::missing_value);
        CHECK(parse_server_metadata(R"({"issuer":"x",")" + name + R"(":null})", "x"));
    }
    CHECK(refused(R"({"issuer":"x","grant_types_supported":"authorization_code"})") == errc::invalid_member);
    CHECK(refused(R"({"issuer":"x","claims_parameter_supported":"true"})") == errc::invalid_member);
    CHECK(refused(R"({"issuer":"x","issuer":"x"})") == errc::duplicate_member);
}

TEST_CASE("what a document leaves out has its default, and what a program leaves out is not said "
          "[rfc8414-2-default-grants] [rfc8414-2-default-modes] [oidc-disco-3-defaults] [rfc8414-2-pkce-absent]") {
    const auto server = parse_server_metadata(R"({"issuer":"x"})", "x");
    REQUIRE(server);
    if (!server) return;
    CHECK(server->grant_types_supported == "authorization_code implicit");
    CHECK(server->response_modes_supported == "query fragment");
    CHECK(server->token_endpoint_auth_methods_supported == "client_secret_basic");
    CHECK(server->token_endpoint_auth_signing_alg_values_supported.empty());
    CHECK(server->claim_types_supported == "normal");
    CHECK(server->claims_parameter_supported == support::no);
    CHECK(server->request_parameter_supported == support::no);
    CHECK(server->request_uri_parameter_supported == support::yes);
    CHECK(server->require_request_uri_registration == support::no);
    // Many servers do PKCE and do not say so
    CHECK(server->code_challenge_method_s256_supported == support::not_said);
    CHECK(server->authorization_response_iss_parameter_supported == support::not_said);
    CHECK(oauthpp::server_metadata().grant_types_supported.empty());
    CHECK(oauthpp::server_metadata().request_uri_parameter_supported == support::not_said);

    const auto said = parse_server_metadata(R"({"issuer":"x","grant_types_supported":["refresh_token"],"code_challenge_methods_supported":[]})", "x");
    REQUIRE(said);
    CHECK(said->grant_types_supported == "refresh_token");
    CHECK(said->code_challenge_method_s256_supported == support::no);
    // A list with nothing in it should not be there, so it is as if it were not (RFC 8414 3.2)
    const auto empty = parse_server_metadata(R"({"issuer":"x","token_endpoint_auth_methods_supported":[]})", "x");
    REQUIRE(empty);
    CHECK(empty->token_endpoint_auth_methods_supported == "client_secret_basic");
}

TEST_CASE("signed metadata is not read [rfc8414-2.1-signed]") {
    // Header {"alg":"none"}, claims {"iss":"x","token_endpoint":"https://evil.example"}
    const auto server = parse_server_metadata(
        R"({"issuer":"x","token_endpoint":"https://x.example/t","signed_metadata":)"
        R"("eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4IiwidG9rZW5fZW5kcG9pbnQiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9."})", "x");
    REQUIRE(server);
    CHECK(server->token_endpoint == "https://x.example/t");
}

TEST_CASE("metadata is kept as text") {
    const auto server = parse_server_metadata(server_example, "");
    REQUIRE(server);
    if (!server) return;
    const std::string json = server_metadata_json(*server);
    const auto again = parse_server_metadata(json, server->issuer);
    REQUIRE(again);
    CHECK(again->response_types_supported == server->response_types_supported);
    CHECK(again->code_challenge_method_s256_supported == support::yes);
    CHECK(again->request_uri_parameter_supported == support::yes);
    CHECK(server_metadata_json(*again) == json);
    CHECK(json.find(R"("response_types_supported":["code","code id_token","id_token","id_token token"])") != std::string::npos);

    oauthpp::server_metadata by_hand;
    CHECK(server_metadata_json(by_hand) == "{}");
    by_hand.issuer = "https://\"as\".example";
    by_hand.code_challenge_method_s256_supported = support::no;
    by_hand.mtls_endpoint_aliases = R"({"token_endpoint":"https://mtls.example"})";
    CHECK(server_metadata_json(by_hand) ==
          R"({"issuer":"https://\"as\".example","mtls_endpoint_aliases":{"token_endpoint":"https://mtls.example"},)"
          R"("code_challenge_methods_supported":[]})");
    by_hand.issuer = std::string(5000, 'x');
    CHECK(parse_server_metadata(server_metadata_json(by_hand), by_hand.issuer));
}

TEST_CASE("metadata in other storage is the same") {
    const auto server = parse_server_metadata(server_example, "");
    REQUIRE(server);
    if (!server) return;
    const oauthpp::server_metadata_view view = *server;
    CHECK(server_metadata_json(view) == server_metadata_json(*server));
    CHECK(server_metadata_json(oauthpp::detail::convert_metadata<oauthpp::owned>(view)) == server_metadata_json(*server));
}

TEST_CASE("where certificates are asked for: aliases for the client's own endpoints [rfc8705-5-alias] "
          "[rfc8705-5-alias-ignore]") {
    const std::string before = R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
                               R"("token_endpoint":"https://as.example/token","revocation_endpoint":"https://as.example/revoke")";
    // RFC 8705 5, shortened
    const auto server = parse_server_metadata(before + R"(,"mtls_endpoint_aliases":{"token_endpoint":"https://mtls.example/token",)"
                                                       R"("authorization_endpoint":"https://mtls.example/authorize","new":{}}})", "");
    REQUIRE(server);
    if (!server) return;
    CHECK(server->token_endpoint == "https://as.example/token");
    const auto aliased = with_mtls_endpoints(*server);
    REQUIRE(aliased);
    CHECK(aliased->token_endpoint == "https://mtls.example/token");
    CHECK(aliased->revocation_endpoint == "https://as.example/revoke");
    CHECK(aliased->authorization_endpoint == "https://as.example/authorize");
    CHECK(aliased->issuer == "https://as.example");

    const auto none = parse_server_metadata(before + "}", "");
    REQUIRE(none);
    CHECK(with_mtls_endpoints(*none)->token_endpoint == "https://as.example/token");
    const auto plain = parse_server_metadata(before + R"(,"mtls_endpoint_aliases":{"token_endpoint":"http://mtls.example/token"}})", "");
    REQUIRE(plain);
    CHECK(with_mtls_endpoints(*plain).error().reason() == errc::insecure_url);
    CHECK(with_mtls_endpoints(*plain).error().field() == "token_endpoint");
}

TEST_CASE("an issuer with a tenant in it passes only where the caller knows of it") {
    const std::string common = R"({"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0"})";
    const std::string asked = "https://login.microsoftonline.com/common/v2.0";
    CHECK(parse_server_metadata(common, asked).error().reason() == errc::issuer_mismatch);
    const auto server = parse_server_metadata(common, asked, {.tenant_in_issuer = true});
    REQUIRE(server);
    CHECK(server->quirks.tenant_in_issuer);
    for (const char* other : {"https://login.microsoftonline.com/a/b/v2.0", "https://login.microsoftonline.com//v2.0",
                              "https://evil.example/common/v2.0", "https://login.microsoftonline.com/common/v1.0"}) {
        CHECK(parse_server_metadata(common, other, {.tenant_in_issuer = true}).error().reason() == errc::issuer_mismatch);
    }
}

TEST_CASE("members may be escaped, null or empty, and what is no string in a list is passed over") {
    const auto server = oauthpp::parse_server_metadata(
        R"({"issuer":"https:\/\/as.example","token_endpoint":"https:\/\/as.example\/token","jwks_uri":null,)"
        R"("response_types_supported":["code",7,"code\u0020id_token",null],"response_modes_supported":null,"grant_types_supported":[],)"
        R"("authorization_response_iss_parameter_supported":null,"claims_parameter_supported":true,"request_parameter_supported":false,)"
        R"("mtls_endpoint_aliases":{"token_endpoint":"https:\/\/mtls.as.example\/token","x":{}}})", "https://as.example");
    REQUIRE(server);
    if (!server) return;
    CHECK(server->token_endpoint == "https://as.example/token");
    CHECK(server->jwks_uri.empty());
    CHECK(server->response_types_supported == "code,code id_token");
    CHECK(server->response_modes_supported == "query fragment");
    CHECK(server->grant_types_supported == "authorization_code implicit");
    CHECK(server->authorization_response_iss_parameter_supported == oauthpp::support::not_said);
    CHECK(server->claims_parameter_supported == oauthpp::support::yes);
    CHECK(server->request_parameter_supported == oauthpp::support::no);
    const auto aliased = oauthpp::with_mtls_endpoints(*server);
    CHECK((aliased && aliased->token_endpoint == "https://mtls.as.example/token" && aliased->jwks_uri.empty()));
    // What was written is read back as it was
    const auto again = oauthpp::parse_server_metadata(oauthpp::server_metadata_json(*server), "https://as.example");
    REQUIRE(again);
    if (!again) return;
    CHECK(oauthpp::server_metadata_json(*again) == oauthpp::server_metadata_json(*server));
    CHECK(again->claims_parameter_supported == oauthpp::support::yes);
    CHECK(again->request_parameter_supported == oauthpp::support::no);
}

TEST_CASE("aliases that are no addresses, or not whole, are refused") {
    oauthpp::server_metadata server{.issuer = "https://as.example"};
    const auto refused = [&](std::string aliases) {
        server.mtls_endpoint_aliases = std::move(aliases);
        const auto aliased = oauthpp::with_mtls_endpoints(server);
        return aliased ? oauthpp::errc::none : aliased.error().reason();
    };
    CHECK(refused(R"({"token_endpoint":"https://m.as.example/token"})") == oauthpp::errc::none);
    CHECK(refused(R"({"token_endpoint":"http://m.as.example/token"})") == oauthpp::errc::insecure_url);
    CHECK(refused(R"({"token_endpoint":7})") == oauthpp::errc::invalid_member);
    CHECK(refused(R"({"issuer":7,"response_types_supported":7})") == oauthpp::errc::none);
    CHECK(refused(R"({"token_endpoint":"https://m.as.example/token")") == oauthpp::errc::malformed_json);
}

TEST_CASE("lists are written word by word, and response types each as one") {
    oauthpp::server_metadata server{.issuer = "https://as.example"};
    server.response_types_supported = "code,code id_token";
    server.grant_types_supported = "authorization_code implicit";
    const std::string json = oauthpp::server_metadata_json(server);
    CHECK(json.find(R"("response_types_supported":["code","code id_token"])") != std::string::npos);
    CHECK(json.find(R"("grant_types_supported":["authorization_code","implicit"])") != std::string::npos);
}

}  // namespace
}  // namespace discovery_test
