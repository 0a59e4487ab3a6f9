// SPDX-License-Identifier: MIT
//
// ID tokens, each wrong in one way (OpenID Connect Core 3.1.3.7). Signed with HMAC, the one algorithm that needs no other
// library; the others are checked in adapter/openssl.cpp and at the real servers.
#include <oauthpp/oidc/id_token.hpp>

#include <doctest/doctest.h>
#include <unit/jose/encoded.hpp>

#include <cstdint>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace id_token_test {
namespace {

using oauthpp::errc, oauthpp::id_token_expectation, oauthpp::verify_id_token;
using oauthpp_test::encoded;

constexpr const char* key = "a-client-secret-of-at-least-32-bytes";
constexpr oauthpp::unix_time now{1311281500};

std::string signed_token(std::string_view claims, std::string_view header = R"({"alg":"HS256","typ":"JWT"})") {
    const std::string input = encoded(header) + '.' + encoded(claims);
    const auto tag = oauthpp::hmac_sha256(key, input);
    return input + '.' + encoded({reinterpret_cast<const char*>(tag.data()), tag.size()});
}

const id_token_expectation strict{.issuer = "https://server.example.com", .client_id = "s6BhdRkqt3", .nonce = "n-0S6_WzA2Mj", .algorithms = "HS256", .client_secret = key};

errc reason(std::string_view claims, const id_token_expectation& expected = strict) {
    const auto verified = verify_id_token(signed_token(claims), expected, now);
    return verified ? errc::none : verified.error().reason();
}

/// The example of OpenID Connect Core 2, with one member in place of another.
std::string claims(std::string_view instead_of = {}, std::string_view member = {}) {
    std::string all = R"({"iss":"https://server.example.com","sub":"24400320","aud":"s6BhdRkqt3","nonce":"n-0S6_WzA2Mj","exp":1311281970,"iat":1311280970,"auth_time":1311280969,"acr":"urn:mace:incommon:iap:silver"})";
    if (instead_of.empty()) return all;
    const std::size_t at = all.find(instead_of);
    REQUIRE(at != std::string::npos);
    return all.replace(at, instead_of.size(), member);
}

TEST_CASE("the example of OpenID Connect Core 2") {
    const auto verified = verify_id_token(signed_token(claims()), strict, now);
    REQUIRE(verified);
    if (!verified) return;
    CHECK(verified->iss == "https://server.example.com");
    CHECK(verified->sub == "24400320");
    CHECK(verified->expires_at->count == 1311281970);
    CHECK(verified->acr == "urn:mace:incommon:iap:silver");
    CHECK(verified->claims == claims());
    CHECK(verified->signature_verified);
}

TEST_CASE("each claim wrong in one way") {
    const struct {
        const char* instead_of;
        const char* member;
        errc reason;
    } cases[] = {
        {R"("iss":"https://server.example.com",)", "", errc::missing_claim},
        {R"("iss":"https://server.example.com")", R"("iss":"https://server.example.com/")", errc::wrong_issuer},
        {R"("iss":"https://server.example.com")", R"("iss":7)", errc::invalid_claim},
        {R"("sub":"24400320",)", "", errc::missing_claim},
        {R"("sub":"24400320")", R"("sub":"")", errc::missing_claim},
        {R"("sub":"24400320")", R"("sub":"a","sub":"b")", errc::malformed_jwt},
        {R"("aud":"s6BhdRkqt3",)", "", errc::missing_claim},
        {R"("aud":"s6BhdRkqt3")", R"("aud":"other")", errc::wrong_audience},
        {R"("aud":"s6BhdRkqt3")", R"("aud":[])", errc::wrong_audience},
        {R"("aud":"s6BhdRkqt3")", R"("aud":{"a":1})", errc::invalid_claim},
        {R"("aud":"s6BhdRkqt3")", R"("aud":["s6BhdRkqt3"])", errc::none},
        {R"("aud":"s6BhdRkqt3")", R"("aud":["s6BhdRkqt3","other"],"azp":"s6BhdRkqt3")", errc::untrusted_audience},
        {R"("aud":"s6BhdRkqt3")", R"("aud":"s6BhdRkqt3","azp":"other")", errc::wrong_authorized_party},
        {R"("aud":"s6BhdRkqt3")", R"("aud":"s6BhdRkqt3","azp":"s6BhdRkqt3")", errc::none},
        {R"("exp":1311281970,)", "", errc::missing_claim},
        {R"("exp":1311281970)", R"("exp":"1311281970")", errc::invalid_claim},
        {R"("exp":1311281970)", R"("exp":1311281440)", errc::token_expired},
        {R"("exp":1311281970)", R"("exp":1311281441)", errc::none},
        {R"("exp":1311281970)", R"("exp":1311281970.75)", errc::none},
        {R"("iat":1311280970,)", "", errc::missing_claim},
        {R"("iat":1311280970)", R"("iat":1311281561)", errc::issued_in_future},
        {R"("iat":1311280970)", R"("iat":1311280970,"nbf":1311281561)", errc::token_not_yet_valid},
        {R"("nonce":"n-0S6_WzA2Mj",)", "", errc::nonce_missing},
        {R"("nonce":"n-0S6_WzA2Mj")", R"("nonce":"another")", errc::nonce_mismatch},
    };
    for (const auto& each : cases) {
        CAPTURE(each.member);
        CHECK(reason(claims(each.instead_of, each.member)) == each.reason);
    }
}

TEST_CASE("times count to the second, with a leeway of 60 [rfc7519-4.1.4-exp] [oidc-core-3.1.3.7-10-iat]") {
    const auto with = [](std::string_view instead_of, std::string_view name, std::int64_t time) {
        return claims(instead_of, "\"" + std::string(name) + "\":" + std::to_string(time));
    };
    constexpr const char* exp = R"("exp":1311281970)";
    constexpr const char* iat = R"("iat":1311280970)";
    constexpr const char* auth_time = R"("auth_time":1311280969)";
    CHECK(reason(with(exp, "exp", now.count - 59)) == errc::none);
    CHECK(reason(with(exp, "exp", now.count - 60)) == errc::token_expired);
    CHECK(reason(with(iat, "iat", now.count + 60)) == errc::none);
    CHECK(reason(with(iat, "iat", now.count + 61)) == errc::issued_in_future);
    CHECK(reason(with(auth_time, "nbf", now.count + 60)) == errc::none);
    CHECK(reason(with(auth_time, "nbf", now.count + 61)) == errc::token_not_yet_valid);
    CHECK(reason(with(auth_time, "nbf", now.count - 1000)) == errc::none);
    id_token_expectation expected = strict;
    expected.max_age = oauthpp::seconds{100};
    CHECK(reason(with(auth_time, "auth_time", now.count + 60), expected) == errc::none);
    CHECK(reason(with(auth_time, "auth_time", now.count + 61), expected) == errc::issued_in_future);
    CHECK(reason(with(auth_time, "auth_time", now.count - 160), expected) == errc::none);
    CHECK(reason(with(auth_time, "auth_time", now.count - 161), expected) == errc::authentication_too_old);
    CHECK(reason(claims(exp, R"("exp":131128197e1)")) == errc::none);
    CHECK(reason(claims(exp, R"("exp":131128197E1)")) == errc::none);
    CHECK(reason(claims(exp, R"("exp":1.31128197e9)")) == errc::invalid_claim);    // not the second second of 1970
    CHECK(reason(claims(exp, R"("exp":1.31128197E9)")) == errc::invalid_claim);
    CHECK(reason(claims(exp, R"("exp":1e400)")) == errc::invalid_claim);
    expected = strict;
    expected.leeway = oauthpp::seconds{0};
    CHECK(reason(with(exp, "exp", now.count + 1), expected) == errc::none);
    CHECK(reason(with(exp, "exp", now.count), expected) == errc::token_expired);
}

TEST_CASE("an audience is text, whatever it reads like [rfc7519-4.1.3-aud]") {
    id_token_expectation expected = strict;
    expected.client_id = "7";
    CHECK(reason(claims(R"("aud":"s6BhdRkqt3")", R"("aud":"7")"), expected) == errc::none);
    CHECK(reason(claims(R"("aud":"s6BhdRkqt3")", R"("aud":[7])"), expected) == errc::wrong_audience);
    CHECK(reason(claims(R"("aud":"s6BhdRkqt3")", R"("aud":7)"), expected) == errc::invalid_claim);
}

TEST_CASE("what was asked for must have been done") {
    id_token_expectation expected = strict;
    expected.max_age = oauthpp::seconds{600};
    CHECK(reason(claims(), expected) == errc::none);
    expected.max_age = oauthpp::seconds{300};
    CHECK(reason(claims(), expected) == errc::authentication_too_old);
    CHECK(reason(claims(R"("auth_time":1311280969,)", ""), expected) == errc::missing_claim);
    expected = strict;
    expected.acr_values = "gold silver";
    CHECK(reason(claims(), expected) == errc::acr_not_met);
    expected.acr_values = "urn:mace:incommon:iap:silver";
    CHECK(reason(claims(), expected) == errc::none);
    expected = strict;
    expected.nonce = {};
    CHECK(reason(claims(), expected) == errc::nonce_unexpected);
    CHECK(reason(claims(R"("nonce":"n-0S6_WzA2Mj",)", ""), expected) == errc::none);
    expected = strict;
    expected.subject = "somebody else";
    CHECK(reason(claims(), expected) == errc::subject_changed);
    expected = strict;
    expected.trusted_audiences = "other";
    CHECK(reason(claims(R"("aud":"s6BhdRkqt3")", R"("aud":["s6BhdRkqt3","other"],"azp":"s6BhdRkqt3")"), expected) == errc::none);
    CHECK(reason(claims(R"("aud":"s6BhdRkqt3")", R"("aud":["s6BhdRkqt3","other"])"), expected) == errc::missing_claim);
}

TEST_CASE("the hashes of OpenID Connect Core A.3 and A.4") {
    const std::string with_hashes = claims(R"("sub":"24400320")", R"("sub":"24400320","at_hash":"77QmUPtjPfzWtF2AnpK9RQ","c_hash":"LDktKdoQak3Pk0cnXxCltA")");
    id_token_expectation expected = strict;
    expected.access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    expected.code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
    CHECK(reason(with_hashes, expected) == errc::none);
    expected.access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0X";
    CHECK(reason(with_hashes, expected) == errc::hash_mismatch);
    expected.access_token = {};
    expected.code = "another";
    CHECK(reason(with_hashes, expected) == errc::hash_mismatch);
    CHECK(reason(claims(), expected) == errc::none);
    expected.from_browser = true;
    CHECK(reason(claims(), expected) == errc::hash_missing);
}

TEST_CASE("a hash is that of the token's own algorithm, and half of it [oidc-core-3.3.2.11-hash-alg]") {
    constexpr std::string_view token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    constexpr std::string_view of_256 = "77QmUPtjPfzWtF2AnpK9RQ";
    constexpr std::string_view of_384 = "jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs";
    constexpr std::string_view of_512 = "q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM";
    using oauthpp::detail::is_half_hash;
    for (const char* algorithm : {"RS256", "PS256", "ES256", "HS256"}) CHECK(is_half_hash(of_256, algorithm, token));
    for (const char* algorithm : {"RS384", "PS384", "ES384"}) CHECK(is_half_hash(of_384, algorithm, token));
    for (const char* algorithm : {"RS512", "PS512", "ES512", "EdDSA", "Ed25519"}) CHECK(is_half_hash(of_512, algorithm, token));
    CHECK(!is_half_hash(of_256, "RS384", token));
    CHECK(!is_half_hash(of_384, "RS512", token));
    CHECK(!is_half_hash(of_512, "RS256", token));
}

TEST_CASE("headers and signatures that nobody may trust") {
    const auto header = [](std::string_view text, id_token_expectation expected = strict) {
        const auto verified = verify_id_token(signed_token(claims(), text), expected, now);
        return verified ? errc::none : verified.error().reason();
    };
    CHECK(header(R"({"alg":"none"})") == errc::algorithm_not_allowed);
    id_token_expectation careless = strict;
    careless.algorithms = "none HS256 RS256";
    CHECK(header(R"({"alg":"none"})", careless) == errc::algorithm_not_allowed);
    CHECK(header(R"({"alg":"HS384"})") == errc::algorithm_not_allowed);
    careless.algorithms = "HS384";
    CHECK(header(R"({"alg":"HS384"})", careless) == errc::signature_unsupported);
    CHECK(header(R"({"alg":"HS256","crit":["exp"],"exp":1})") == errc::jwt_critical_header);
    CHECK(header(R"({"alg":"HS256","b64":false})") == errc::jwt_critical_header);
    CHECK(header(R"({"alg":"HS256","typ":"logout+jwt"})") == errc::wrong_token_type);
    CHECK(header(R"({"typ":"JWT"})") == errc::malformed_jwt);
    CHECK(header(R"({"alg":"HS256","alg":"HS256"})") == errc::malformed_jwt);
    CHECK(header(R"({"alg":5})") == errc::malformed_jwt);
    id_token_expectation public_client = strict;
    public_client.client_secret = {};
    CHECK(header(R"({"alg":"HS256"})", public_client) == errc::algorithm_not_allowed);
    id_token_expectation asymmetric = strict;
    asymmetric.algorithms = oauthpp::asymmetric_algorithms;
    CHECK(header(R"({"alg":"HS256"})", asymmetric) == errc::algorithm_not_allowed);
    CHECK(header(R"({"alg":"RS256"})", asymmetric) == errc::none);                      // straight from the token endpoint, and it says so
    asymmetric.from_browser = true;
    CHECK(header(R"({"alg":"RS256"})", asymmetric) == errc::signature_unsupported);     // through the browser it must be checked
}

TEST_CASE("cut or changed at every byte, a token is no token") {
    const std::string token = signed_token(claims());
    for (std::size_t i = 0; i < token.size(); ++i) {
        CHECK(!verify_id_token(token.substr(0, i), strict, now));
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK(!verify_id_token(changed, strict, now));
    }
    CHECK(!verify_id_token(token + ".x", strict, now));
    CHECK(!verify_id_token(token + "=", strict, now));
    CHECK(!verify_id_token(std::string(1 << 20, '.'), strict, now));
    std::string small(token.size(), '\0');
    CHECK(oauthpp::verify_id_token_in_place(token, small, strict, now).error().reason == errc::buffer_too_small);
}

/// Says that every signature is valid.
struct credulous_verifier {
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view&, std::string_view, std::span<const std::byte>) { return oauthpp::verdict::valid; }
};

TEST_CASE("half of what checks a signature checks none, and says so") {
    const auto keys = oauthpp::parse_jwk_set(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
    REQUIRE(keys);
    if (!keys) return;
    credulous_verifier verifier;
    id_token_expectation expected = strict;
    expected.algorithms = "EdDSA";
    const std::string token = signed_token(claims(), R"({"alg":"EdDSA"})");
    const auto checked = [&](const oauthpp::jwk_set* with, oauthpp::signature_verifier_ref by) {
        expected.keys = with;
        expected.verifier = by;
        const auto verified = verify_id_token(token, expected, now);
        REQUIRE(verified);
        return verified && verified->signature_verified;
    };
    CHECK(checked(&*keys, verifier));
    CHECK(!checked(&*keys, {}));
    CHECK(!checked(nullptr, verifier));
    expected.from_browser = true;
    CHECK(!verify_id_token(token, expected, now));
}

TEST_CASE("an issuer with a tenant's name in it is one only where that was said") {
    id_token_expectation expected = strict;
    expected.issuer = "https://login.example/{tenantid}/v2.0";
    const std::string by_tenant = claims(R"("iss":"https://server.example.com")", R"("iss":"https://login.example/a/v2.0","tid":"a")");
    CHECK(reason(by_tenant, expected) == errc::wrong_issuer);
    expected.tenant_in_issuer = true;
    CHECK(reason(by_tenant, expected) == errc::none);
    CHECK(reason(claims(R"("iss":"https://server.example.com")", R"("iss":"https://login.example/a/v2.0","tid":"b")"), expected) == errc::wrong_issuer);
    CHECK(reason(claims(R"("iss":"https://server.example.com")", R"("iss":"https://login.example/a/v2.0")"), expected) == errc::wrong_issuer);
}

}  // namespace
}  // namespace id_token_test
