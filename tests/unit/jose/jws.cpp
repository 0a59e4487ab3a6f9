// SPDX-License-Identifier: MIT
//
// Compact form: the example of RFC 7515 A.1.
#include <oauthpp/jose/jws.hpp>

#include <doctest/doctest.h>
#include <unit/jose/encoded.hpp>

#include <oauthpp/crypto/hmac.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jws_test {
namespace {

using oauthpp::errc, oauthpp::parse_jws;
using oauthpp_test::encoded;

constexpr std::string_view token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

TEST_CASE("the parts of a token, and how much memory they take") {
    std::array<char, 30 + 70 + 32> memory{};      // the lengths of A.1.1's octet sequences
    const auto jws = parse_jws(token, memory);
    REQUIRE(jws);
    if (!jws) return;
    CHECK(jws->alg == "HS256");
    CHECK(jws->typ == "JWT");
    CHECK(jws->payload[2] == 'i');
    CHECK(jws->signature.size() == 32);
    CHECK(jws->signature[0] == std::byte{116});
    CHECK(token.starts_with(jws->signing_input));

    for (std::size_t size = 0; size < memory.size(); ++size) {
        const auto full = parse_jws(token, std::span(memory).first(size));
        REQUIRE(!full);
        if (full) return;
        CHECK(full.error().reason == errc::buffer_too_small);
        CHECK(full.error().needed == memory.size());
    }
}

errc refusal(const std::string& text) {
    std::string memory(text.size(), '\0');
    const auto jws = parse_jws(text, memory);
    return jws ? errc::none : jws.error().reason;
}

errc header_refusal(std::string_view header) { return refusal(encoded(header) + ".e30.AA"); }

TEST_CASE("two points, and base64url between them [rfc7515-5.2-parts]") {
    CHECK(refusal(encoded(R"({"alg":"ES256"})") + ".e30.AA") == errc::none);
    for (const char* text : {"", ".", "..", "e30", "e30.e30", "e30.e30.AA.AA", "e30.e30.AA.AA.AA", ".e30.AA", "e30=.e30.AA",
                             "e30.e30=.AA", "e30.e30.AA=", "e3 0.e30.AA", "e30.e\n30.AA", "e30.e30.A+", "e30.e30.A", "e30.e30.AB"}) {
        CAPTURE(text);
        CHECK(refusal(text) == errc::malformed_jwt);
    }
    const auto offset_of = [](std::string_view text) {
        std::array<char, 64> memory{};
        const auto jws = parse_jws(text, memory);
        return jws ? std::size_t{0} : jws.error().offset;
    };
    CHECK(offset_of("e3*.e30.AA") == 2);
    CHECK(offset_of("e30.e3*.AA") == 6);
    CHECK(offset_of("e30.e30.A*") == 9);
    CHECK(offset_of("e30") == 3);
    CHECK(offset_of("e30.e30.AA.AA") == 8);
}

TEST_CASE("a header is one JSON object with an algorithm [rfc7515-10.12-json] [rfc7515-4.1.1-alg]") {
    CHECK(header_refusal(R"({"alg":"ES256","typ":"JWT","kid":"k","x":{}})") == errc::none);
    for (const char* header : {"", "[]", "\"ES256\"", "{}", R"({"alg":""})", R"({"alg":256})", R"({"alg":null})", R"({"alg":"ES256","typ":1})",
                               R"({"alg":"ES256","kid":{}})", R"({"alg":"ES256"}ABCD)", R"({"alg":"ES256",})", "\xEF\xBB\xBF{\"alg\":\"ES256\"}"}) {
        CAPTURE(header);
        CHECK(header_refusal(header) == errc::malformed_jwt);
    }
    for (const char* header : {R"({"alg":"ES256","crit":["exp"],"exp":1})", R"({"alg":"ES256","crit":[]})", R"({"alg":"ES256","crit":"exp"})",
                               R"({"alg":"ES256","b64":true})"}) {
        CHECK(header_refusal(header) == errc::jwt_critical_header);
    }
}

TEST_CASE("what was signed is the text as it came [rfc7515-5.1-signing-input]") {
    std::array<char, 132> memory{};
    const auto jws = parse_jws(token, memory);
    REQUIRE(jws);
    if (!jws) return;
    // The key of RFC 7515 A.1
    constexpr std::string_view key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    std::array<char, 64> bytes{};
    REQUIRE(oauthpp::base64url_decode(key, bytes));
    const auto made = oauthpp::hmac_sha256(oauthpp::secret_view(std::string_view(bytes.data(), bytes.size())), jws->signing_input);
    CHECK(std::equal(made.begin(), made.end(), jws->signature.begin(), jws->signature.end()));
}

/// Says of every signature what it was told to.
struct told_verifier {
    oauthpp::verdict answer;
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view&, std::string_view, std::span<const std::byte>) const { return answer; }
};

TEST_CASE("the caller's list decides, and a shared secret is no server's key [rfc8725-3.1-allowlist]") {
    const auto keys = oauthpp::parse_jwk_set(
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
    REQUIRE(keys);
    if (!keys) return;
    const auto verified = [&](std::string_view alg, std::string_view allowed, oauthpp::verdict answer = oauthpp::verdict::valid) {
        const std::string text = encoded(R"({"alg":")" + std::string(alg) + "\"}") + ".e30.AA";
        std::string memory(text.size(), '\0');
        const auto jws = parse_jws(text, memory);
        told_verifier verifier{answer};
        return jws ? verify_jws(*jws, allowed, *keys, verifier).reason : jws.error().reason;
    };
    CHECK(verified("EdDSA", "ES256 EdDSA") == errc::none);
    CHECK(verified("Ed25519", "Ed25519") == errc::none);
    CHECK(verified("EdDSA", "Ed25519") == errc::algorithm_not_allowed);
    CHECK(verified("eddsa", "EdDSA") == errc::algorithm_not_allowed);
    CHECK(verified("HS256", "HS256 EdDSA") == errc::algorithm_not_allowed);
    CHECK(verified("HS384", "HS384 EdDSA") == errc::algorithm_not_allowed);
    CHECK(verified("none", "none EdDSA") == errc::algorithm_not_allowed);
    CHECK(verified("EdDSA", "") == errc::algorithm_not_allowed);
    CHECK(verified("EdDSA", "EdDSA", oauthpp::verdict::invalid) == errc::signature_invalid);
    CHECK(verified("EdDSA", "EdDSA", oauthpp::verdict::unsupported) == errc::signature_unsupported);
}

}  // namespace
}  // namespace jws_test
