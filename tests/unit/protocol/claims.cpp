// SPDX-License-Identifier: MIT
//
// Claims parameters put together (OpenID Connect Core 5.5; Microsoft's challenges with client capabilities).
#include <oauthpp/protocol/claims.hpp>

#include <doctest/doctest.h>

#include <array>
#include <ostream>
#include <string>
#include <string_view>

namespace claims_test {
namespace {

using oauthpp::errc, oauthpp::make_claims;

std::string merged(std::string_view claims, std::string_view added) {
    const auto both = make_claims(claims, added);
    return both ? *both : "error: " + std::string(oauthpp::message(both.error().reason()));
}

TEST_CASE("members of the same name are put together, two levels deep") {
    CHECK(merged(R"({"access_token":{"xms_cc":{"values":["cp1"]}}})", R"({"access_token":{"nbf":{"essential":true, "value":"1604106651"}}})") ==
          R"({"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true, "value":"1604106651"}}})");
    CHECK(merged(R"({"userinfo":{"email":null}})", R"({"id_token":{"auth_time":{"essential":true}}})") ==
          R"({"userinfo":{"email":null},"id_token":{"auth_time":{"essential":true}}})");
    CHECK(merged(R"({"id_token":{"acr":{"values":["a"]},"b":null}})", R"({"id_token":{"acr":{"values":["c"]}}})") ==
          R"({"id_token":{"acr":{"values":["c"]},"b":null}})");
    CHECK(merged(R"({"a":"text","b":[1,{"c":2}],"d":{}})", R"({"a":"other \"text\"","e":true})") ==
          R"({"a":"other \"text\"","b":[1,{"c":2}],"d":{},"e":true})");
    CHECK(merged(R"({"a":{"b":1}})", R"({"a":null})") == R"({"a":null})");
    CHECK(merged("{}", "{}") == "{}");
    CHECK(merged(R"({"\u0061":{"b":1}})", R"({"a":{"c":2}})") == R"({"\u0061":{"b":1,"c":2}})");
}

TEST_CASE("an empty text is none") {
    CHECK(merged("", "") == "");
    CHECK(merged("", R"({"a": 1})") == R"({"a": 1})");
    CHECK(merged(R"({"a": 1})", "") == R"({"a": 1})");
}

TEST_CASE("only what is JSON is put together") {
    CHECK(make_claims("{", "").error().reason() == errc::malformed_json);
    CHECK(make_claims("{}", "[]").error().reason() == errc::malformed_json);
    CHECK(make_claims(R"({"a":1,"a":2})", "{}").error().reason() == errc::duplicate_member);
    CHECK(make_claims("{}", "x").error().field() == "claims");
    std::string many = "{";
    for (int i = 0; i < 65; ++i) many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":null";
    CHECK(make_claims(many + '}', "{}").error().reason() == errc::json_too_many_members);
}

TEST_CASE("without a heap") {
    std::array<char, 13> memory{};
    oauthpp::buffer_writer out(memory);
    const auto both = write_claims(out, R"({"a":1})", R"({"b":2})");
    REQUIRE(both);
    CHECK(*both == R"({"a":1,"b":2})");
    oauthpp::buffer_writer small{std::span(memory).first(12)};
    CHECK(write_claims(small, R"({"a":1})", R"({"b":2})").error().needed == 13);
}

}  // namespace
}  // namespace claims_test
