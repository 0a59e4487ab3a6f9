// SPDX-License-Identifier: MIT
//
// Microsoft's authorities: the documented shapes in each cloud, and names that would lead elsewhere.
#include <oauthpp/provider/microsoft.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace microsoft_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::errc, oauthpp::server_metadata;
using oauthpp::provider::microsoft, oauthpp::provider::microsoft_b2c, oauthpp::provider::microsoft_cloud;
using oauthpp::provider::microsoft_external, oauthpp::provider::microsoft_second_leg_advice;

constexpr const char* guid = "6731de76-14a6-49ae-97bc-6eba6914391e";

/// Each would make another URL of it.
constexpr std::string_view injections[] = {
    ""sv,     " "sv,   "."sv,     ".."sv,         "../x"sv,       "a/b"sv,      "a\\b"sv, "a?b"sv,  "a#b"sv,
    "a@b"sv,  "a:b"sv, "a%2fb"sv, "a b"sv,        "a\r\nb"sv,     "a\n"sv,      "a\0b"sv, "a..b"sv, ".a"sv,
    "a."sv,   "a_b"sv, "<a>"sv,   "{tenantid}"sv, "common/.."sv,  "a,b"sv,      "a;b"sv,  "a&b"sv,  "a=b"sv,
    "a\"b"sv, "a+b"sv, "a~b"sv,   "evil.com/"sv,  "//evil.com"sv, "\xC3\xA9"sv, "\x7F"sv};

bool is_refused(const server_metadata& server) {
    return server.invalid == errc::invalid_provider && server.authorization_endpoint.empty() &&
           server.token_endpoint.empty() && server.issuer.empty();
}

}  // namespace

TEST_CASE("a tenant by its domain, its number, and the three that stand for many") {
    for (const char* tenant : {"contoso.onmicrosoft.com", guid, "common", "organizations", "consumers"}) {
        CAPTURE(tenant);
        const server_metadata server = microsoft(tenant);
        const std::string authority  = "https://login.microsoftonline.com/" + std::string(tenant);
        CHECK(server.authorization_endpoint == authority + "/oauth2/v2.0/authorize");
        CHECK(server.token_endpoint == authority + "/oauth2/v2.0/token");
        CHECK(server.invalid == errc::none);
        CHECK(server.authorization_response_iss_parameter_supported == oauthpp::support::not_said);
    }
}

TEST_CASE("the issuer, where the name tells it") {
    const std::string issuer = "https://login.microsoftonline.com/6731de76-14a6-49ae-97bc-6eba6914391e/v2.0";
    CHECK(microsoft(guid).issuer == issuer);
    CHECK(microsoft("6731DE76-14A6-49AE-97BC-6EBA6914391E").issuer == issuer);
    CHECK(microsoft("consumers").issuer ==
          "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0");
    for (const char* unknown :
         {"contoso.onmicrosoft.com", "Consumers", "6731de76-14a6-49ae-97bc-6eba6914391",
          "6731de76-14a6-49ae-97bc-6eba6914391g", "6731de76014a6-49ae-97bc-6eba6914391e"}) {
        CAPTURE(unknown);
        CHECK(microsoft(unknown).issuer.empty());
        CHECK(microsoft(unknown).invalid == errc::none);
    }
}

TEST_CASE("where people of any tenant sign in, the issuer is that of theirs") {
    for (const char* tenant : {"common", "organizations"}) {
        CHECK(microsoft(tenant).issuer == "https://login.microsoftonline.com/{tenantid}/v2.0");
        CHECK(microsoft(tenant).quirks.tenant_in_issuer);
    }
    for (const char* tenant : {guid, "consumers", "contoso.onmicrosoft.com"}) {
        CHECK_FALSE(microsoft(tenant).quirks.tenant_in_issuer);
    }
}

TEST_CASE("keys and the end of a session are at the same authority") {
    CHECK(microsoft("common").jwks_uri == "https://login.microsoftonline.com/common/discovery/v2.0/keys");
    CHECK(microsoft(guid).end_session_endpoint ==
          "https://login.microsoftonline.com/6731de76-14a6-49ae-97bc-6eba6914391e/oauth2/v2.0/logout");
}

TEST_CASE("the national clouds have hosts of their own") {
    const server_metadata government = microsoft(guid, microsoft_cloud::us_government);
    CHECK(government.token_endpoint ==
          "https://login.microsoftonline.us/6731de76-14a6-49ae-97bc-6eba6914391e/oauth2/v2.0/token");
    CHECK(government.issuer == "https://login.microsoftonline.us/6731de76-14a6-49ae-97bc-6eba6914391e/v2.0");
    CHECK(microsoft("contoso.partner.onmschina.cn", microsoft_cloud::china).authorization_endpoint ==
          "https://login.partner.microsoftonline.cn/contoso.partner.onmschina.cn/oauth2/v2.0/authorize");
}

TEST_CASE("Azure AD B2C and external tenants") {
    const server_metadata b2c = microsoft_b2c("fabrikamb2c", "B2C_1_sign-in");
    const std::string policy  = "https://fabrikamb2c.b2clogin.com/fabrikamb2c.onmicrosoft.com/B2C_1_sign-in";
    CHECK(b2c.authorization_endpoint == policy + "/oauth2/v2.0/authorize");
    CHECK(b2c.token_endpoint == policy + "/oauth2/v2.0/token");
    CHECK(b2c.issuer.empty());
    const server_metadata external = microsoft_external("contoso");
    CHECK(external.authorization_endpoint ==
          "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize");
    CHECK(external.token_endpoint == "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/oauth2/v2.0/token");
    CHECK(external.issuer.empty());
}

TEST_CASE("a name with characters that would change the URL is refused") {
    for (const std::string_view bad : injections) {
        CAPTURE(bad);
        CHECK(is_refused(microsoft(bad)));
        CHECK(is_refused(microsoft(bad, microsoft_cloud::china)));
        CHECK(is_refused(microsoft_b2c(bad, "B2C_1_x")));
        CHECK(is_refused(microsoft_external(bad)));
        if (bad != "a_b") CHECK(is_refused(microsoft_b2c("contoso", bad)));
    }
    CHECK(is_refused(microsoft(std::string(256, 'a'))));
    CHECK_FALSE(is_refused(microsoft(std::string(255, 'a'))));
    // One label of a host name, so without a period
    CHECK(is_refused(microsoft_b2c("evil.com", "B2C_1_x")));
    CHECK(is_refused(microsoft_external("evil.com")));
    CHECK(is_refused(microsoft_b2c("contoso", "B2C_1.x")));
}

TEST_CASE("what the documentation says about the scopes of the token request") {
    const auto advice = microsoft_second_leg_advice;
    CHECK(advice("openid", "").empty());
    CHECK(advice("openid profile User.Read", "User.Read openid").empty());
    CHECK(advice("api://a/read openid offline_access", "api://a/read openid").empty());
    CHECK(advice("api://a/read api://b/read", "api://b/read").empty());
    CHECK(advice("User.Read https://graph.microsoft.com/Mail.Read", "https://graph.microsoft.com/Mail.Read User.Read")
              .empty());

    // The recipe asks for {client id}/.default, and for more in the second leg
    for (const char* more : {"6731de76/.default openid profile offline_access", "Mail.Read"}) {
        CHECK(advice("6731de76/.default", more).find("those of the login") != std::string_view::npos);
    }
    for (const char* two : {"api://a/read api://b/read", "api://a/read User.Read", "openid api://a/x profile api://b/x",
                            "https://graph.microsoft.com/User.Read https://graph.microsoft.com//User.Read"}) {
        CAPTURE(two);
        CHECK(advice(two, two).find("one resource") != std::string_view::npos);
    }
}

TEST_CASE("a tenant's number has hexadecimal digits and hyphens, each in its place") {
    using oauthpp::provider::detail::is_guid;
    const std::string good = "9188040d-6c67-4c5b-b112-36a304b66dad";
    CHECK(is_guid(good));
    CHECK(is_guid("FFFFFFFF-ffff-FFFF-ffff-ffffffffffff"));
    for (const char wrong : {'g', 'G', '`', ':', '/', '@', ' ', '-'}) {
        std::string other = good;
        other[0] = wrong;
        CHECK(!is_guid(other));
    }
    std::string other = good;
    other[8] = '0';
    CHECK(!is_guid(other));
    CHECK(!is_guid(good + "0"));
    CHECK(!is_guid(good.substr(1)));
}

}  // namespace microsoft_test
