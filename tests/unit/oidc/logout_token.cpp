// SPDX-License-Identifier: MIT
//
// Logout tokens, each wrong in one way (Back-Channel Logout 1.0 2.4, 2.6), and the front channel's parameters. Signed with
// HMAC, the one algorithm that needs no other library.
#include <oauthpp/oidc/logout_token.hpp>

#include <doctest/doctest.h>
#include <unit/jose/encoded.hpp>

#include <span>
#include <string>
#include <string_view>

namespace logout_token_test {
namespace {

using oauthpp::errc, oauthpp::id_token_expectation, oauthpp::logout_token_of, oauthpp::parse_front_channel_logout;
using oauthpp::verify_logout_token;
using oauthpp_test::encoded;

constexpr const char* key = "a-client-secret-of-at-least-32-bytes";
constexpr oauthpp::unix_time now{1471566200};

std::string signed_token(std::string_view claims, std::string_view header = R"({"alg":"HS256","typ":"logout+jwt"})") {
    const std::string input = encoded(header) + '.' + encoded(claims);
    const auto tag = oauthpp::hmac_sha256(key, input);
    return input + '.' + encoded({reinterpret_cast<const char*>(tag.data()), tag.size()});
}

const id_token_expectation strict{.issuer = "https://server.example.com", .client_id = "s6BhdRkqt3", .algorithms = "HS256", .client_secret = key};

/// The example of Back-Channel Logout 2.4, with one part in place of another.
std::string claims(std::string_view instead_of = {}, std::string_view part = {}) {
    std::string all = R"({"iss":"https://server.example.com","sub":"248289761001","aud":"s6BhdRkqt3","iat":1471566154,"exp":1471569754,)"
                      R"("jti":"bWJq","sid":"08a5019c-17e1-4977-8f42-65a12843ea02",)"
                      R"("events":{"http://schemas.openid.net/event/backchannel-logout":{}}})";
    if (instead_of.empty()) return all;
    const std::size_t at = all.find(instead_of);
    REQUIRE(at != std::string::npos);
    return all.replace(at, instead_of.size(), part);
}
errc reason(std::string_view token, const id_token_expectation& expected = strict) {
    const auto verified = verify_logout_token(token, expected, now);
    return verified ? errc::none : verified.error().reason();
}

TEST_CASE("the example of Back-Channel Logout 2.4") {
    const auto gone = verify_logout_token(signed_token(claims()), strict, now);
    REQUIRE(gone);
    if (!gone) return;
    CHECK(gone->iss == "https://server.example.com");
    CHECK(gone->sub == "248289761001");
    CHECK(gone->sid == "08a5019c-17e1-4977-8f42-65a12843ea02");
    CHECK(gone->jti == "bWJq");
    CHECK(gone->issued_at.count == 1471566154);
    CHECK(gone->expires_at.count == 1471569754);
}

TEST_CASE("logout tokens wrong in one way") {
    const struct {
        const char* instead_of;
        const char* part;
        errc reason;
    } cases[] = {
        {R"("iss":"https://server.example.com",)", "", errc::missing_claim},
        {"server.example.com", "server.example.com/", errc::wrong_issuer},
        {R"("aud":"s6BhdRkqt3",)", "", errc::missing_claim},
        {R"("aud":"s6BhdRkqt3")", R"("aud":["other"])", errc::wrong_audience},
        {R"("aud":"s6BhdRkqt3")", R"("aud":["s6BhdRkqt3"])", errc::none},
        {R"("iat":1471566154,)", "", errc::missing_claim},
        {"1471566154", "1471566300", errc::issued_in_future},
        {R"("exp":1471569754,)", "", errc::missing_claim},
        {"1471569754", "1471566140", errc::token_expired},
        {R"("jti":"bWJq",)", "", errc::missing_claim},
        {R"("sub":"248289761001",)", "", errc::none},
        {R"("sid":"08a5019c-17e1-4977-8f42-65a12843ea02",)", "", errc::none},
        {R"("jti":"bWJq",)", R"("jti":"bWJq","nonce":"n",)", errc::nonce_unexpected},
        {R"("events":{"http://schemas.openid.net/event/backchannel-logout":{}})", R"("x":1)", errc::missing_claim},
        {R"({"http://schemas.openid.net/event/backchannel-logout":{}})", R"("http://schemas.openid.net/event/backchannel-logout")", errc::invalid_claim},
        {"backchannel-logout", "backchannel-login", errc::invalid_claim},
        {R"(logout":{})", R"(logout":true)", errc::invalid_claim},
        {"https://server.example.com\",", "https://server.example.com\",\"iss\":\"x\",", errc::malformed_jwt},
    };
    for (const auto& each : cases) {
        CAPTURE(each.instead_of);
        CAPTURE(each.part);
        CHECK(reason(signed_token(claims(each.instead_of, each.part))) == each.reason);
    }
    std::string nobody = claims(R"("sub":"248289761001",)", "");
    nobody.replace(nobody.find("\"sid\""), 5, "\"x\"");
    CHECK(reason(signed_token(nobody)) == errc::missing_claim);
}

TEST_CASE("only a signature vouches for a logout token, and no other kind of token is one") {
    CHECK(reason(signed_token(claims(), R"({"alg":"HS256"})")) == errc::none);
    CHECK(reason(signed_token(claims(), R"({"alg":"HS256","typ":"JWT"})")) == errc::none);
    CHECK(reason(signed_token(claims(), R"({"alg":"HS256","typ":"at+jwt"})")) == errc::wrong_token_type);
    CHECK(reason(encoded(R"({"alg":"none"})") + '.' + encoded(claims()) + '.') == errc::algorithm_not_allowed);
    id_token_expectation without = strict;
    without.client_secret = {};
    CHECK(reason(signed_token(claims()), without) == errc::algorithm_not_allowed);
    without = strict;
    without.algorithms = "RS256";
    CHECK(reason(signed_token(claims(), R"({"alg":"RS256"})"), without) == errc::signature_unsupported);
    // A logout token is no ID token
    id_token_expectation id_token = strict;
    CHECK(oauthpp::verify_id_token(signed_token(claims()), id_token, now).error().reason() == errc::wrong_token_type);
    const std::string token = signed_token(claims());
    for (std::size_t size = 0; size < token.size(); ++size) CHECK(reason(token.substr(0, size)) != errc::none);
}

TEST_CASE("the token in the body of a request") {
    CHECK(*logout_token_of("logout_token=a.b.c") == "a.b.c");
    CHECK(*logout_token_of("x=1&logout_token=a%2Eb.c&y") == "a.b.c");
    CHECK(logout_token_of("logout_token=a&logout_token=a").error().reason() == errc::duplicate_parameter);
    CHECK(logout_token_of("logout_token=%zz").error().reason() == errc::malformed_form);
    CHECK(logout_token_of("logout_token=").error().reason() == errc::missing_parameter);
    CHECK(logout_token_of("").error().reason() == errc::missing_parameter);
}

TEST_CASE("the front channel names a session of the server") {
    const auto parse = [](std::string_view url) { return parse_front_channel_logout(url, "https://server.example.com"); };
    const auto session = parse("/logout?iss=https%3A%2F%2Fserver.example.com&sid=08a5019c");
    REQUIRE(session);
    CHECK(session->sid == "08a5019c");
    CHECK(parse("https://rp.example/logout")->sid.empty());
    CHECK(parse("/logout?iss=https://evil.example&sid=1").error().reason() == errc::issuer_mismatch);
    CHECK(parse("/logout?sid=1").error().field() == "iss");
    CHECK(parse("/logout?iss=https://server.example.com").error().field() == "sid");
    CHECK(parse("/logout?sid=1&sid=2").error().reason() == errc::duplicate_parameter);
    CHECK(parse("/logout?sid=%").error().reason() == errc::malformed_form);
}

TEST_CASE("a front channel of another server that names no session, and events that are no object") {
    const auto parse = [](std::string_view url) { return parse_front_channel_logout(url, "https://server.example.com"); };
    CHECK(parse("iss=https://server.example.com&sid=1")->sid.empty());      // no query
    CHECK(parse("/logout?")->iss.empty());
    CHECK(parse("/logout?iss=%&sid=1").error().field() == "iss");
}

}  // namespace
}  // namespace logout_token_test
