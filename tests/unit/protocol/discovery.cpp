// SPDX-License-Identifier: MIT
//
// Where to ask for metadata (the examples of RFC 8414 3.1 and OpenID Connect Discovery 4.1), and whether to believe it.
#include <oauthpp/protocol/discovery.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/discover.hpp>
#include <oauthpp/flow/run.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace discovery_test {
namespace {

using oauthpp::errc, oauthpp::http_request_view, oauthpp::http_response, oauthpp::metadata_urls, oauthpp::parse_server_metadata;
using oauthpp::result, oauthpp::support;

struct some_clock {
    oauthpp::unix_time now() const { return {1}; }
};

TEST_CASE("well-known paths go behind the issuer's path and before it") {
    CHECK((*metadata_urls("https://example.com"))[0] == "https://example.com/.well-known/openid-configuration");
    CHECK((*metadata_urls("https://example.com/"))[1] == "https://example.com/.well-known/oauth-authorization-server");
    CHECK((*metadata_urls("https://example.com/issuer1"))[0] == "https://example.com/issuer1/.well-known/openid-configuration");
    CHECK((*metadata_urls("https://example.com/issuer1"))[1] == "https://example.com/.well-known/oauth-authorization-server/issuer1");
    CHECK(metadata_urls("http://example.com").error().reason() == errc::insecure_url);
    CHECK(metadata_urls("https://example.com?x").error().reason() == errc::invalid_value);
    CHECK(metadata_urls("https://example.com#x").error().reason() == errc::url_has_fragment);
}

TEST_CASE("a document is believed only by the issuer that was asked, and only with https in it") {
    const std::string document = R"({"issuer":"https:\/\/server.example.com","authorization_endpoint":"https://server.example.com/authorize","token_endpoint":"https://server.example.com/token","jwks_uri":"https://server.example.com/jwks.json","code_challenge_methods_supported":["plain","S256"],"id_token_signing_alg_values_supported":["RS256","ES256"],"authorization_response_iss_parameter_supported":true,"unknown":[{}]})";
    const auto server = parse_server_metadata(document, "https://server.example.com");
    REQUIRE(server);
    if (!server) return;
    CHECK(server->token_endpoint == "https://server.example.com/token");
    CHECK(server->id_token_signing_alg_values_supported == "RS256 ES256");
    CHECK(server->code_challenge_method_s256_supported == support::yes);
    CHECK(server->authorization_response_iss_parameter_supported == support::yes);
    CHECK(server->revocation_endpoint.empty());
    CHECK(parse_server_metadata(document, "https://server.example.com/").error().reason() == errc::issuer_mismatch);
    CHECK(parse_server_metadata(document, ""));
    CHECK(parse_server_metadata("{}", "x").error().reason() == errc::missing_member);
    CHECK(parse_server_metadata(R"({"issuer":"x","token_endpoint":"http://x.example/t"})", "x").error().reason() == errc::insecure_url);
    CHECK(parse_server_metadata(R"({"issuer":"x","token_endpoint":["y"]})", "x").error().reason() == errc::invalid_member);
    CHECK(parse_server_metadata(R"({"issuer":"x"})", "x")->code_challenge_method_s256_supported == support::not_said);
    CHECK(parse_server_metadata(R"({"issuer":"x","code_challenge_methods_supported":[]})", "x")->code_challenge_method_s256_supported == support::no);
    for (std::size_t size = 0; size < document.size(); ++size) CHECK(!parse_server_metadata(document.substr(0, size), ""));
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

TEST_CASE("discovery asks at the second place if there is nothing at the first") {
    std::vector<std::string> asked;
    auto http = oauthpp::as_transport([&](const http_request_view& request) -> result<http_response> {
        CHECK(request.method == "GET");
        asked.emplace_back(request.url);
        if (asked.size() == 1) return http_response{.status = 404};
        return http_response{.status = 200, .content_type = "application/json", .body = R"({"issuer":"https://as.example/t","token_endpoint":"https://as.example/token"})"};
    });
    const auto server = run(oauthpp::discover("https://as.example/t"), http, some_clock{});
    REQUIRE(server);
    CHECK(asked.size() == 2);
    const auto fails = [](http_response response) {
        auto transport = oauthpp::as_transport([&](const http_request_view&) -> result<http_response> { return response; });
        return run(oauthpp::discover("https://as.example/t"), transport, some_clock{}).error().reason();
    };
    CHECK(fails({.status = 404}) == errc::unexpected_status);
    CHECK(fails({.status = 302}) == errc::redirected);
    CHECK(fails({.status = 200, .content_type = "text/html", .body = "<html>"}) == errc::unexpected_media_type);
    CHECK(fails({.status = 200, .content_type = "application/json", .body = R"({"issuer":"https://evil.example"})"}) == errc::issuer_mismatch);
    CHECK(fails({.status = 429}) == errc::throttled);
}

TEST_CASE("a request of discovery stays where it is until the answer, however often a poll loop looks") {
    auto flow = oauthpp::discover("https://as.example/a-path-too-long-for-a-small-buffer");
    const std::string_view asked = flow.next({1}).request().url;
    CHECK(flow.next({2}).request().url.data() == asked.data());
}

}  // namespace
}  // namespace discovery_test
