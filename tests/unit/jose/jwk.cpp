// SPDX-License-Identifier: MIT
//
// Keys: the example of RFC 7638, and what is skipped in a set.
#include <oauthpp/jose/jwk.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace jwk_test {
namespace {

using oauthpp::errc, oauthpp::key_type, oauthpp::parse_jwk, oauthpp::parse_jwk_set;

const std::string modulus =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93"
    "lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XP"
    "ksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

std::string rsa(std::string_view more = {}) { return R"({"kty":"RSA","n":")" + modulus + R"(","e":"AQAB")" + std::string(more) + "}"; }
// RFC 7517 A.1
const std::string ec =
    R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"})";
// RFC 8037 A.2, A.3
const std::string ed = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

TEST_CASE("thumbprints of RFC 7638 3.1 and RFC 8037 A.3") {
    CHECK(jwk_thumbprint(*parse_jwk(rsa(R"(,"alg":"RS256","kid":"2011-04-29")"))) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    CHECK(jwk_thumbprint(*parse_jwk(ed)) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST_CASE("what is no key for signatures is skipped, and never a reason to fail") {
    CHECK(parse_jwk(rsa()));
    CHECK(parse_jwk(rsa(R"(,"use":"sig","key_ops":["verify"])")));
    for (const char* more : {R"(,"use":"enc")", R"(,"key_ops":["encrypt"])", R"(,"d":"AQAB")", R"(,"alg":"ES256")", R"(,"alg":"HS256")", R"(,"kty":"EC")"}) {
        CHECK(!parse_jwk(rsa(more)));
    }
    for (const char* text : {"{}", R"({"kty":"oct","k":"AAAA"})", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})", R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"})",
                             R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})", R"({"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})", "{\"kty\":"}) {
        CHECK(!parse_jwk(text));
    }
    const auto set = parse_jwk_set(R"({"keys":[)" + ec + "," + ed + R"(,{"kty":"new"},7,")" + R"("]})");
    REQUIRE(set);
    if (!set) return;
    CHECK(set->keys.size() == 2);
    CHECK(set->skipped == 3);
    CHECK(parse_jwk_set("{}").error().reason() == errc::missing_member);
    CHECK(parse_jwk_set("<html>").error().reason() == errc::malformed_json);
    std::string many = R"({"keys":[{})";
    for (int i = 0; i < 10'000; ++i) many += ",{}";
    CHECK(parse_jwk_set(many + "]}").error().reason() == errc::json_too_many_members);
}

TEST_CASE("a key is found by name and algorithm, or as the only one that fits") {
    const auto set = parse_jwk_set(R"({"keys":[)" + ec + "," + rsa(R"(,"kid":"a")") + "," + rsa(R"(,"kid":"b")") + "]}");
    REQUIRE(set);
    if (!set) return;
    CHECK((*find_key(*set, "RS256", "b"))->kid == "b");
    CHECK((*find_key(*set, "ES256", ""))->type == key_type::p256);
    CHECK(find_key(*set, "RS256", "").error().reason == errc::key_ambiguous);
    CHECK(find_key(*set, "RS256", "c").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "ES256", "a").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "HS256", "a").error().reason == errc::key_not_found);
}

}  // namespace
}  // namespace jwk_test
