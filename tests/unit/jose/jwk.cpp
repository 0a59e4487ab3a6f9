// SPDX-License-Identifier: MIT
//
// Keys: the example of RFC 7638, and what is skipped in a set.
#include <oauthpp/jose/jwk.hpp>

#include <doctest/doctest.h>
#include <unit/jose/encoded.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jwk_test {
namespace {

using oauthpp::errc, oauthpp::key_type, oauthpp::parse_jwk, oauthpp::parse_jwk_set;
using oauthpp_test::encoded;

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

/// A key of a curve, with coordinates of these sizes.
std::string on_curve(std::string_view kty, std::string_view crv, std::size_t x, std::size_t y) {
    const auto number = [](std::size_t size) { return encoded(std::string(size, '\x11')); };
    return R"({"kty":")" + std::string(kty) + R"(","crv":")" + std::string(crv) + R"(","x":")" + number(x) + R"(","y":")" + number(y) + "\"}";
}

/// An RSA key of these bytes.
std::string rsa_of(std::string_view n, std::string_view e = "\x01\x00\x01") {
    return R"({"kty":"RSA","n":")" + encoded(n) + R"(","e":")" + encoded(e) + "\"}";
}

std::size_t usable(const std::string& set) {
    const auto parsed = parse_jwk_set(set);
    REQUIRE(parsed);
    return parsed ? parsed->keys.size() : 0;
}

TEST_CASE("thumbprints of RFC 7638 3.1 and RFC 8037 A.3 [rfc7638-3.2-members] [rfc8037-2-okp]") {
    CHECK(jwk_thumbprint(*parse_jwk(rsa())) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    CHECK(jwk_thumbprint(*parse_jwk(rsa(R"(,"alg":"RS256","kid":"2011-04-29","use":"sig")"))) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    CHECK(jwk_thumbprint(*parse_jwk(ed)) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST_CASE("a key says what it is for [rfc7517-4.2-use]") {
    CHECK(parse_jwk(rsa()));
    CHECK(parse_jwk(rsa(R"(,"use":"sig","key_ops":["verify"])")));
    CHECK(parse_jwk(rsa(R"(,"key_ops":["sign","verify"])")));
    CHECK(parse_jwk(rsa(R"(,"alg":"RS\u0032\u0035\u0036","kid":"\u0061")"))->kid == "a");
    CHECK(parse_jwk(rsa(R"(,"kid":7)"))->kid.empty());
    for (const char* more : {R"(,"use":"enc")", R"(,"key_ops":["encrypt"])", R"(,"key_ops":[])",
                             R"(,"use":"sig","key_ops":["encrypt"])", R"(,"alg":"ES256")", R"(,"alg":"HS256")", R"(,"kty":"EC")"}) {
        CAPTURE(more);
        CHECK(!parse_jwk(rsa(more)));
    }
}

TEST_CASE("a key that is private or shared is no server's [oidc-disco-3-jwks-public]") {
    for (const char* secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
        CHECK(!parse_jwk(rsa(",\"" + std::string(secret) + "\":\"AQAB\"")));
    }
    CHECK(!parse_jwk(R"({"kty":"oct","k":"AAAA"})"));
    CHECK(!parse_jwk(R"({"kty":"oct"})"));
}

TEST_CASE("coordinates have the full length of their field [rfc7518-6.2.1-coords]") {
    const struct {
        const char* kty;
        const char* crv;
        std::size_t size;
        key_type type;
    } curves[] = {{"EC", "P-256", 32, key_type::p256}, {"EC", "P-384", 48, key_type::p384},
                  {"EC", "P-521", 66, key_type::p521}, {"OKP", "Ed25519", 32, key_type::ed25519}};
    for (const auto& each : curves) {
        CAPTURE(each.crv);
        const auto key = parse_jwk(on_curve(each.kty, each.crv, each.size, each.size));
        CHECK((key && key->type == each.type && key->first.size() == each.size));
        CHECK(!parse_jwk(on_curve(each.kty, each.crv, each.size - 1, each.size)));
        CHECK(!parse_jwk(on_curve(each.kty, each.crv, each.size + 1, each.size)));
        CHECK(!parse_jwk(on_curve(each.kty, each.crv, 0, each.size)));
        if (each.type != key_type::ed25519) CHECK(!parse_jwk(on_curve(each.kty, each.crv, each.size, each.size - 1)));
        CHECK(!parse_jwk(on_curve(std::string_view(each.kty) == "EC" ? "OKP" : "EC", each.crv, each.size, each.size)));
        CHECK(!parse_jwk(on_curve("ec", each.crv, each.size, each.size)));
    }
    CHECK(!parse_jwk(on_curve("EC", "P-192", 32, 32)));
    CHECK(!parse_jwk(on_curve("EC", "secp256k1", 32, 32)));
    CHECK(!parse_jwk(on_curve("OKP", "X25519", 32, 32)));
    CHECK(!parse_jwk(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="})"));
}

TEST_CASE("RSA keys have 2048 bits or more, and an odd modulus [rfc7518-3.3-rsa-size]") {
    const std::string odd(256, '\xC1');
    CHECK(parse_jwk(rsa_of(odd)));
    CHECK(!parse_jwk(rsa_of(odd.substr(128))));
    CHECK(!parse_jwk(rsa_of(odd.substr(1))));
    CHECK(!parse_jwk(rsa_of(std::string(256, '\xC2'))));
    CHECK(!parse_jwk(rsa_of('\0' + odd)));
    CHECK(!parse_jwk(rsa_of("")));
    CHECK(!parse_jwk(rsa_of(odd, "")));
}

TEST_CASE("what is no key for signatures is skipped, and never a reason to fail [rfc7517-5-skip]") {
    for (const char* text : {"{}", R"({"kty":"RSA"})", R"({"kty":7})", "{\"kty\":"}) CHECK(!parse_jwk(text));
    CHECK(usable(R"({"keys":[{"kty":"rsa"},{"kty":"OKP","crv":"X999","x":"AA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},)" + ec + "]}") == 1);
    const auto set = parse_jwk_set(R"({"keys":[)" + ec + "," + ed + R"(,{"kty":"new"},7,")" + R"(",null,[)" + ec + "]]}");
    REQUIRE(set);
    if (!set) return;
    CHECK(set->keys.size() == 2);
    CHECK(set->skipped == 5);
}

TEST_CASE("a set is an object with a list of keys [rfc7517-5-keys]") {
    CHECK(usable(R"({"keys":[],"x":1})") == 0);
    CHECK(usable(R"({"x":[)" + ec + R"(],"keys":[)" + ed + "]}") == 1);
    CHECK(usable(R"({"keys":[)" + ec + R"(],"x":[]})") == 1);
    CHECK(parse_jwk_set("{}").error().reason() == errc::missing_member);
    CHECK(parse_jwk_set(R"({"keys":{}})").error().reason() == errc::missing_member);
    CHECK(parse_jwk_set(R"({"keys":[],"keys":[]})").error().reason() == errc::duplicate_member);
    CHECK(parse_jwk_set("<html>").error().reason() == errc::malformed_json);
    CHECK(parse_jwk_set(R"({"keys":[)" + ec).error().reason() == errc::malformed_json);
    std::string many = R"({"keys":[{})";
    for (int i = 0; i < 10'000; ++i) many += ",{}";
    CHECK(parse_jwk_set(many + "]}").error().reason() == errc::json_too_many_members);
}

TEST_CASE("a key is found by name and algorithm, or as the only one that fits [rfc7517-4.5-same-kid]") {
    const auto set = parse_jwk_set(R"({"keys":[)" + ec + "," + rsa(R"(,"kid":"a")") + "," + rsa(R"(,"kid":"b")") + "," + rsa(R"(,"kid":"1")") + "]}");
    REQUIRE(set);
    if (!set) return;
    CHECK((*find_key(*set, "RS256", "b"))->kid == "b");
    CHECK((*find_key(*set, "ES256", ""))->type == key_type::p256);
    CHECK((*find_key(*set, "ES256", "1"))->type == key_type::p256);
    CHECK((*find_key(*set, "RS256", "1"))->type == key_type::rsa);
    CHECK(find_key(*set, "RS256", "").error().reason == errc::key_ambiguous);
    CHECK(find_key(*set, "RS256", "c").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "RS256", "B").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "ES256", "a").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "HS256", "a").error().reason == errc::key_not_found);
}

TEST_CASE("a key that names its algorithm is good for no other [rfc8725-3.1-key-alg]") {
    const auto set = parse_jwk_set(R"({"keys":[)" + rsa(R"(,"kid":"a","alg":"RS256")") + "]}");
    REQUIRE(set);
    if (!set) return;
    CHECK(find_key(*set, "RS256", "a"));
    CHECK(find_key(*set, "PS256", "a").error().reason == errc::key_not_found);
    CHECK(find_key(*set, "RS512", "").error().reason == errc::key_not_found);
}

TEST_CASE("thumbprints of all curves differ by what is required of each") {
    const std::string p256 = jwk_thumbprint(*parse_jwk(ec));
    const std::string canonical = R"({"crv":"P-256","kty":"EC","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})";
    const auto digest = oauthpp::base64url_encode(oauthpp::sha256(canonical));
    CHECK(p256 == std::string_view(digest.data(), digest.size()));
}

TEST_CASE("a curve that is not known is none of the known ones, whatever its size") {
    for (const std::size_t size : {32U, 48U, 66U}) {
        CHECK(!parse_jwk(on_curve("EC", "P-192", size, size)));
        CHECK(!parse_jwk(on_curve("EC", "Ed25519", size, size)));
        CHECK(!parse_jwk(on_curve("OKP", "P-256", size, size)));
    }
}

}  // namespace
}  // namespace jwk_test
