// SPDX-License-Identifier: MIT
//
// A resource's metadata (RFC 9728): where it is asked for, and what of it is believed.
#include <oauthpp/flow/discover_resource.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/run.hpp>
#include <oauthpp/protocol/challenge.hpp>

#include <string>
#include <string_view>

namespace discover_resource_test {
namespace {

using oauthpp::errc, oauthpp::http_request_view, oauthpp::http_response, oauthpp::parse_resource_metadata;
using oauthpp::resource_flow, oauthpp::resource_metadata_url, oauthpp::result;

struct some_clock {
    oauthpp::unix_time now() const { return {1}; }
};

std::string document_of(std::string_view resource, std::string_view more = "") {
    return R"({"resource":")" + std::string(resource) + '"' + std::string(more) + '}';
}

struct answered {
    std::string asked{};
    result<oauthpp::resource_metadata> resource{errc::not_finished};
};

answered ask(resource_flow flow, http_response response) {
    answered made;
    auto http = oauthpp::as_transport([&](const http_request_view& request) -> result<http_response> {
        CHECK(request.method == "GET");
        CHECK(request.authorization.empty());
        made.asked = request.url;
        return response;
    });
    made.resource = run(std::move(flow), http, some_clock{});
    return made;
}

http_response json(std::string body) {
    return {.status = 200, .content_type = "application/json", .body = std::move(body)};
}

TEST_CASE("the well-known path goes between host and path or query [rfc9728-3.1-url]") {
    CHECK(*resource_metadata_url("https://resource.example.com") == "https://resource.example.com/.well-known/oauth-protected-resource");
    CHECK(*resource_metadata_url("https://resource.example.com/") == "https://resource.example.com/.well-known/oauth-protected-resource");
    CHECK(*resource_metadata_url("https://resource.example.com/resource1") ==
          "https://resource.example.com/.well-known/oauth-protected-resource/resource1");
    CHECK(*resource_metadata_url("https://resource.example.com:8443/a/?k=v") ==
          "https://resource.example.com:8443/.well-known/oauth-protected-resource/a/?k=v");
    CHECK(*resource_metadata_url("https://resource.example.com?k=v") ==
          "https://resource.example.com/.well-known/oauth-protected-resource?k=v");
    CHECK(resource_metadata_url("http://resource.example.com").error().reason() == errc::insecure_url);
    CHECK(resource_metadata_url("https://resource.example.com/#f").error().reason() == errc::url_has_fragment);
    CHECK(resource_metadata_url("").error().reason() == errc::missing_value);
}

TEST_CASE("only a JSON object counts, and what is unknown in it is passed over [rfc9728-3.2-response]") {
    // RFC 9728 3.2
    const auto found = ask(oauthpp::discover_resource("https://resource.example.com"),
                           json(document_of("https://resource.example.com",
                                            R"(,"authorization_servers":["https://as1.example.com","https://as2.example.net"],)"
                                            R"("bearer_methods_supported":["header","body"],"scopes_supported":["profile","email"],)"
                                            R"("resource_name":"R\u00e9source","jwks_uri":"https://resource.example.com/jwks","x":{"y":[]})")));
    CHECK(found.asked == "https://resource.example.com/.well-known/oauth-protected-resource");
    REQUIRE(found.resource);
    if (!found.resource) return;
    CHECK(found.resource->authorization_servers == oauthpp::list<std::string>{"https://as1.example.com", "https://as2.example.net"});
    CHECK(found.resource->bearer_methods_supported == "header body");
    CHECK(found.resource->scopes_supported == "profile email");
    CHECK(found.resource->resource_name == "R\xC3\xA9source");
    CHECK(found.resource->jwks_uri == "https://resource.example.com/jwks");

    const auto fails = [](http_response response) {
        return ask(oauthpp::discover_resource("https://rs.example"), std::move(response)).resource.error().reason();
    };
    CHECK(fails({.status = 200, .content_type = "text/plain", .body = document_of("https://rs.example")}) == errc::unexpected_media_type);
    CHECK(fails({.status = 404}) == errc::unexpected_status);
    CHECK(fails({.status = 302}) == errc::redirected);
    CHECK(fails(json("[]")) == errc::malformed_json);
    CHECK(fails(json("{}")) == errc::missing_member);
    CHECK(fails(json(R"({"resource":1})")) == errc::invalid_member);
    CHECK(fails(json(document_of("https://rs.example", R"(,"authorization_servers":"https://as.example")"))) == errc::invalid_member);
    CHECK(fails(json(document_of("https://rs.example", R"(,"authorization_servers":[null])"))) == errc::invalid_member);
    CHECK(fails(json(document_of("https://rs.example", R"(,"resource":"https://rs.example")"))) == errc::duplicate_member);
}

TEST_CASE("a document is about the resource that was asked [rfc9728-3.3-resource-equal]") {
    for (const char* other : {"https://rs.example/b", "https://rs.example/a/", "https://rs.example", "https://RS.example/a"}) {
        const auto found = ask(oauthpp::discover_resource("https://rs.example/a"), json(document_of(other)));
        CHECK(found.resource.error().reason() == errc::resource_mismatch);
    }
}

TEST_CASE("a challenge names the document, which is about the request that was challenged [rfc9728-3.3-challenge-equal] "
          "[rfc9728-5.1-param] [rfc9728-5.2-refresh]") {
    const auto challenge = oauthpp::parse_challenge(R"(Bearer resource_metadata="https://rs.example/metadata")");
    REQUIRE(challenge);
    if (!challenge) return;
    for (int times = 0; times < 2; ++times) {       // each challenge is a reason to ask
        const auto found = ask(oauthpp::discover_resource("https://rs.example/a", challenge->resource_metadata),
                               json(document_of("https://rs.example/a")));
        CHECK(found.asked == "https://rs.example/metadata");
        CHECK(found.resource);
    }
    CHECK(ask(oauthpp::discover_resource("https://rs.example/a", challenge->resource_metadata), json(document_of("https://other.example")))
              .resource.error().reason() == errc::resource_mismatch);

    const auto by_dpop = oauthpp::parse_challenge(R"(DPoP resource_metadata="https://rs.example/metadata")", "DPoP");
    REQUIRE(by_dpop);
    CHECK(by_dpop->resource_metadata == "https://rs.example/metadata");
    const auto in_the_clear = oauthpp::parse_challenge(R"(Bearer resource_metadata="http://rs.example/metadata")");
    REQUIRE(in_the_clear);
    CHECK(in_the_clear->resource_metadata.empty());
    const auto nothing = ask(oauthpp::discover_resource("https://rs.example/a", in_the_clear->resource_metadata), json("{}"));
    CHECK(nothing.asked.empty());
    CHECK(nothing.resource.error().reason() == errc::missing_value);
}

TEST_CASE("a resource does not send a client to its own network, unless it is there itself [rfc9728-7.7-ssrf]") {
    for (const char* inside : {"https://169.254.169.254/latest", "https://[::1]/", "https://10.0.0.1", "http://127.0.0.1:8080", "https://localhost"}) {
        CAPTURE(inside);
        const std::string servers = R"(,"authorization_servers":["https://as.example",")" + std::string(inside) + "\"]";
        const auto found = ask(oauthpp::discover_resource("https://rs.example"), json(document_of("https://rs.example", servers)));
        CHECK(found.resource.error().reason() == errc::private_address);
        CHECK(found.resource.error().field() == "authorization_servers");
        const auto asked = ask(oauthpp::discover_resource("https://rs.example", inside), json(document_of("https://rs.example")));
        CHECK(asked.asked.empty());
        CHECK(asked.resource.error().reason() == errc::private_address);
        CHECK(ask(oauthpp::discover_resource("http://localhost:3000"), json(document_of("http://localhost:3000", servers))).resource);
    }
    const auto insecure = R"(,"authorization_servers":["http://as.example"])";
    CHECK(parse_resource_metadata(document_of("https://rs.example", insecure), "https://rs.example").error().reason() == errc::insecure_url);
}

TEST_CASE("what is no URL is asked for nothing") {
    const auto nothing = ask(oauthpp::discover_resource("no url"), json("{}"));
    CHECK(!nothing.resource);
    CHECK(nothing.resource.error().reason() == oauthpp::errc::invalid_url);
}

}  // namespace
}  // namespace discover_resource_test
