// SPDX-License-Identifier: MIT
//
// The examples of OpenID Connect Discovery 2.2, and what is no answer.
#include <oauthpp/oidc/issuer_discovery.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/discover.hpp>
#include <oauthpp/flow/run.hpp>

#include <string>
#include <string_view>

namespace issuer_discovery_test {
namespace {

using oauthpp::errc, oauthpp::parse_webfinger, oauthpp::webfinger_url;

constexpr std::string_view rel = "&rel=http%3A%2F%2Fopenid.net%2Fspecs%2Fconnect%2F1.0%2Fissuer";

std::string asked(std::string_view identifier) {
    const auto url = webfinger_url(identifier);
    if (!url) return std::string(message(url.error().reason()));
    CHECK(url->ends_with(rel));
    return url->substr(0, url->size() - rel.size());
}

errc refused(std::string_view identifier) { return webfinger_url(identifier).error().reason(); }

TEST_CASE("accounts and places become a question to their host [oidc-disco-2-webfinger]") {
    CHECK(asked("joe@example.com") == "https://example.com/.well-known/webfinger?resource=acct%3Ajoe%40example.com");
    CHECK(asked("https://example.com/joe") == "https://example.com/.well-known/webfinger?resource=https%3A%2F%2Fexample.com%2Fjoe");
    CHECK(asked("example.com/joe") == "https://example.com/.well-known/webfinger?resource=https%3A%2F%2Fexample.com%2Fjoe");
    CHECK(asked("example.com:8080") == "https://example.com:8080/.well-known/webfinger?resource=https%3A%2F%2Fexample.com%3A8080%2F");
    CHECK(asked("example.com") == "https://example.com/.well-known/webfinger?resource=https%3A%2F%2Fexample.com%2F");
    CHECK(asked("acct:juliet%40capulet.example@shopping.example.com") ==
          "https://shopping.example.com/.well-known/webfinger?resource=acct%3Ajuliet%2540capulet.example%40shopping.example.com");
    CHECK(asked("joe@example.com#here") == asked("joe@example.com"));
}

TEST_CASE("what is no account and no place") {
    CHECK(refused("") == errc::missing_value);
    CHECK(refused("#") == errc::missing_value);
    for (const char* xri : {"=joe", "@example", "!x"}) CHECK(refused(xri) == errc::invalid_value);
    CHECK(refused("acct:joe") == errc::invalid_value);
    CHECK(refused("acct:@example.com") == errc::invalid_value);
    CHECK(refused("acct:joe@example.com/path") == errc::invalid_value);
    CHECK(refused("http://example.com/joe") == errc::insecure_url);
    for (const char* inside : {"joe@localhost", "joe@10.0.0.1", "https://[::1]/joe", "http://127.0.0.1/joe", "169.254.169.254"}) {
        CHECK(refused(inside) == errc::private_address);
    }
    CHECK(refused("joe@") == errc::invalid_url);
    CHECK(refused("joe@exa mple.com") == errc::invalid_url);
    CHECK(refused("joe@example.com:8080") == errc::invalid_url);      // a place, with a user's name in it
}

TEST_CASE("the answer names an issuer [oidc-disco-2-webfinger]") {
    const auto issuer = parse_webfinger(R"({"subject":"acct:joe@example.com","links":[{"rel":"avatar","href":"http://x"},)"
                                        R"({"rel":"http://openid.net/specs/connect/1.0/issuer","href":"https://server.example.com"}]})");
    REQUIRE(issuer);
    CHECK(*issuer == "https://server.example.com");

    const auto refused_href = [](std::string_view href) {
        return parse_webfinger(R"({"links":[{"rel":"http://openid.net/specs/connect/1.0/issuer","href":")" + std::string(href) + "\"}]}")
            .error().reason();
    };
    CHECK(refused_href("http://server.example.com") == errc::insecure_url);
    CHECK(refused_href("https://server.example.com?x") == errc::invalid_value);
    CHECK(refused_href("https://server.example.com#x") == errc::url_has_fragment);
    CHECK(refused_href("https://192.168.0.1") == errc::private_address);
    CHECK(refused_href("server") == errc::invalid_url);
    CHECK(refused_href("") == errc::missing_member);
    for (const char* without : {"{}", R"({"links":[]})", R"({"links":[{"rel":"http://openid.net/specs/connect/1.0/issuer"}]})",
                                R"({"links":[{"rel":"other","href":"https://x.example"}]})"}) {
        CHECK(parse_webfinger(without).error().reason() == errc::missing_member);
    }
    CHECK(parse_webfinger(R"({"links":{}})").error().reason() == errc::invalid_member);
    CHECK(parse_webfinger(R"({"links":["x"]})").error().reason() == errc::invalid_member);
    CHECK(parse_webfinger("[]").error().reason() == errc::malformed_json);
}

TEST_CASE("the flow asks and answers, and asks nothing where there is nobody to ask") {
    std::string url;
    auto http = oauthpp::as_transport([&](const oauthpp::http_request_view& request) -> oauthpp::result<oauthpp::http_response> {
        url = request.url;
        return oauthpp::http_response{
            .status = 200, .content_type = "application/jrd+json",
            .body = R"({"links":[{"rel":"http://openid.net/specs/connect/1.0/issuer","href":"https://server.example.com"}]})"};
    });
    struct some_clock {
        oauthpp::unix_time now() const { return {1}; }
    };
    CHECK(*run(oauthpp::find_issuer("joe@example.com"), http, some_clock{}) == "https://server.example.com");
    CHECK(url.starts_with("https://example.com/.well-known/webfinger?"));
    url.clear();
    CHECK(run(oauthpp::find_issuer("=joe"), http, some_clock{}).error().reason() == errc::invalid_value);
    CHECK(url.empty());
}

TEST_CASE("links are read as they are, the first issuer counts, and what is cut is refused") {
    constexpr const char* is_issuer = R"("rel":"http://openid.net/specs/connect/1.0/issuer")";
    const auto found = [](const std::string& links) {
        const auto issuer = parse_webfinger(R"({"links":[)" + links + "]}");
        return issuer ? *issuer : std::string(message(issuer.error().reason()));
    };
    const std::string first = "{" + std::string(is_issuer) + R"(,"href":"https://first.example"})";
    CHECK(found(first + R"(,{)" + is_issuer + R"(,"href":"https://second.example"})") == "https://first.example");
    CHECK(found(R"({"rel":7,"href":7},)" + first) == "https://first.example");
    CHECK(found("{" + std::string(is_issuer) + R"(,"href":null})") == message(errc::missing_member));
    CHECK(found("{" + std::string(is_issuer) + R"(,"href":"https:\/\/first.example"})") == "https://first.example");
    CHECK(found("{" + std::string(is_issuer) + R"(,"href":"https://a.example","href":"https://b.example"})") == message(errc::duplicate_member));
}

TEST_CASE("a query of a place is no path, and an account has none") {
    CHECK(asked("https://example.com?x=1") == "https://example.com/.well-known/webfinger?resource=https%3A%2F%2Fexample.com%3Fx%3D1");
    CHECK(refused("acct:joe@example.com?x") == errc::invalid_value);
}

}  // namespace
}  // namespace issuer_discovery_test
