// SPDX-License-Identifier: MIT
//
// Every member of the metadata arrives in the other storage, and in its own place.
#include <oauthpp/protocol/server_metadata.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace server_metadata_test {
namespace {

using oauthpp::errc, oauthpp::server_metadata, oauthpp::server_metadata_view, oauthpp::support;

/// A text member of both storages.
struct text_member {
    std::string server_metadata::*owned;
    std::string_view server_metadata_view::*borrowed;
};
constexpr text_member texts[] = {
    {&server_metadata::issuer, &server_metadata_view::issuer},
    {&server_metadata::authorization_endpoint, &server_metadata_view::authorization_endpoint},
    {&server_metadata::token_endpoint, &server_metadata_view::token_endpoint},
    {&server_metadata::jwks_uri, &server_metadata_view::jwks_uri},
    {&server_metadata::userinfo_endpoint, &server_metadata_view::userinfo_endpoint},
    {&server_metadata::end_session_endpoint, &server_metadata_view::end_session_endpoint},
    {&server_metadata::revocation_endpoint, &server_metadata_view::revocation_endpoint},
    {&server_metadata::introspection_endpoint, &server_metadata_view::introspection_endpoint},
    {&server_metadata::device_authorization_endpoint, &server_metadata_view::device_authorization_endpoint},
    {&server_metadata::pushed_authorization_request_endpoint,
     &server_metadata_view::pushed_authorization_request_endpoint},
    {&server_metadata::token_endpoint_auth_methods_supported,
     &server_metadata_view::token_endpoint_auth_methods_supported},
    {&server_metadata::id_token_signing_alg_values_supported,
     &server_metadata_view::id_token_signing_alg_values_supported},
};

}  // namespace

TEST_CASE("metadata that says nothing says neither yes nor no") {
    const server_metadata server;
    CHECK(server.authorization_response_iss_parameter_supported == support::not_said);
    CHECK(server.code_challenge_method_s256_supported == support::not_said);
    CHECK(server.invalid == errc::none);
}

TEST_CASE("a view looks at each member, and a copy of it lives on") {
    const auto value = [](const text_member& text) { return std::string(50, 'x') + std::to_string(&text - texts); };
    server_metadata copy;
    {
        server_metadata server;
        for (const text_member& text : texts) server.*text.owned = value(text);
        server.code_challenge_method_s256_supported           = support::no;
        server.authorization_response_iss_parameter_supported = support::yes;
        server.quirks.json_as_text_plain                      = true;
        server.invalid                                        = errc::invalid_provider;
        const server_metadata_view view                       = server;
        for (const text_member& text : texts) CHECK((view.*text.borrowed).data() == (server.*text.owned).data());
        copy = oauthpp::detail::convert_metadata<oauthpp::owned>(view);
    }
    for (const text_member& text : texts) CHECK(copy.*text.owned == value(text));
    CHECK(copy.code_challenge_method_s256_supported == support::no);
    CHECK(copy.authorization_response_iss_parameter_supported == support::yes);
    CHECK(copy.quirks.json_as_text_plain);
    CHECK(copy.invalid == errc::invalid_provider);
}

TEST_CASE("a tenant is what stands in the place of the pattern, and nothing else") {
    using oauthpp::detail::tenant_of;
    constexpr std::string_view pattern = "https://login.example/{tenantid}/v2.0";
    CHECK(tenant_of("https://login.example/a-1/v2.0", pattern) == "a-1");
    for (const char* other : {"https://login.example//v2.0", "https://login.example/v2.0", "https://evil.example/a-1/v2.0",
                              "https://login.example/a-1/v2.1", "https://login.example/a/b/v2.0", "https://login.exampl", "",
                              "xttps://login.example/a-1/v2.0"}) {
        CAPTURE(other);
        CHECK(tenant_of(other, pattern).empty());
    }
    CHECK(tenant_of("https://login.example/a-1/v2.0", "https://login.example/a-1/v2.0").empty());
    CHECK(tenant_of("https://login.example/a", "https://login.example/").empty());
    CHECK(tenant_of("a", "{tenantid}") == "a");
}

}  // namespace server_metadata_test
