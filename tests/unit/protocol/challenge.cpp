// SPDX-License-Identifier: MIT
//
// What resource servers say of tokens (RFC 6750 3, RFC 9470 3, RFC 9449 7.1, RFC 9728 5.1, Microsoft's claims challenge).
#include <oauthpp/protocol/challenge.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace challenge_test {
namespace {

using oauthpp::challenge, oauthpp::challenge_answer, oauthpp::errc, oauthpp::parse_challenge;

challenge parsed(std::string_view field, std::string_view scheme = "Bearer") {
    auto found = parse_challenge(field, scheme);
    CHECK_MESSAGE(found, field);
    return found ? *std::move(found) : challenge{};
}

errc reason(std::string_view field, std::string_view scheme = "Bearer") {
    const auto found = parse_challenge(field, scheme);
    return found ? errc::none : found.error().reason();
}

TEST_CASE("the example of RFC 6750 3, whatever the case of the scheme [rfc6750-3-challenge]") {
    for (const char* scheme : {"Bearer", "bearer", "BEARER"}) {
        const challenge found = parsed(std::string(scheme) + R"( realm="example", error="invalid_token", error_description="The access token expired")");
        CHECK(found.realm == "example");
        CHECK(found.error == "invalid_token");
        CHECK(found.error_description == "The access token expired");
        CHECK(found.answer() == challenge_answer::refresh);
    }
    CHECK(reason("Basic realm=x") == errc::challenge_missing);
    CHECK(reason("") == errc::challenge_missing);
}

TEST_CASE("what to do about each error [rfc6750-3.1-codes]") {
    CHECK(parsed(R"(Bearer error="invalid_token")").answer() == challenge_answer::refresh);
    const challenge scope = parsed(R"(Bearer error="insufficient_scope", scope="write")");
    CHECK(scope.answer() == challenge_answer::sign_in);
    CHECK(scope.scope == "write");
    CHECK(parsed(R"(Bearer error="invalid_request")").answer() == challenge_answer::give_up);
    CHECK(parsed(R"(Bearer error="something_else")").answer() == challenge_answer::give_up);
}

TEST_CASE("without an error there was no token [rfc6750-3.1-no-error]") {
    const challenge found = parsed(R"(Bearer realm="example")");
    CHECK(found.error.empty());
    CHECK(found.answer() == challenge_answer::present_token);
    CHECK(parsed("Bearer").answer() == challenge_answer::present_token);
}

TEST_CASE("a parameter given twice, and nothing is believed [rfc6750-3-challenge-dups]") {
    CHECK(reason(R"(Bearer error="a", error="b")") == errc::duplicate_parameter);
    CHECK(reason(R"(Bearer error="a", DPoP x=1, x=2)") == errc::duplicate_parameter);
    CHECK(reason(R"(Bearer error="a", DPoP ===)") == errc::malformed_challenge);
}

TEST_CASE("values stay within the characters of RFC 6750 3 [rfc6750-3-challenge-chars]") {
    CHECK(parsed(R"(Bearer scope="a\\b")").scope.empty());
    CHECK(parsed(R"(Bearer scope="read write")").scope == "read write");
    CHECK(parsed(R"(Bearer scope="read  write")").scope.empty());
    CHECK(parsed(R"(Bearer error="a\"b", error_description="x\"y", error_uri="\\")").error.empty());
    CHECK(parsed("Bearer error_description=\"caf\xC3\xA9\"").error_description.empty());
    CHECK(parsed("Bearer realm=\"caf\xC3\xA9 \\\"x\\\"\"").realm == "caf\xC3\xA9 \"x\"");
    CHECK(parsed(R"(Bearer error="in\valid_token")").error == "invalid_token");
}

TEST_CASE("step-up: which sign-in is wanted [rfc9470-3-parse]") {
    for (const char* scheme : {"Bearer", "DPoP"}) {
        const challenge found = parsed(std::string(scheme) + R"( error="insufficient_user_authentication", error_description="A different authentication level is required", acr_values="myACR", max_age="5")", scheme);
        CHECK(found.acr_values == "myACR");
        REQUIRE(found.max_age);
        CHECK(found.max_age->count == 5);
        CHECK(found.answer() == challenge_answer::sign_in);
    }
    CHECK(parsed("Bearer max_age=5").max_age->count == 5);
    CHECK(parsed("Bearer max_age=0").max_age->count == 0);
    for (const char* age : {"\"-1\"", "\"5s\"", "\"\"", "\" 5\"", "5.0"}) CHECK(!parsed(std::string("Bearer max_age=") + age).max_age);
}

TEST_CASE("of several challenges the one of the token's scheme that has an error") {
    const challenge found = parsed(R"(Basic realm="b", Bearer realm="first", DPoP error="use_dpop_nonce", Bearer error="invalid_token", Bearer error="later")");
    CHECK(found.error == "invalid_token");
    CHECK(found.realm.empty());
    CHECK(parsed(R"(Bearer realm="first", Bearer realm="second")").realm == "first");
    CHECK(parsed("Bearer, DPoP algs=\"ES256 PS256\", x=\"y\"", "DPoP").algs == "ES256 PS256");
}

TEST_CASE("where the resource describes itself, if that is https [rfc9728-5.1-param]") {
    CHECK(parsed(R"(Bearer resource_metadata="https://rs.example/.well-known/oauth-protected-resource")").resource_metadata == "https://rs.example/.well-known/oauth-protected-resource");
    CHECK(parsed(R"(Bearer resource_metadata="http://rs.example/x")").resource_metadata.empty());
    CHECK(parsed(R"x(Bearer resource_metadata="javascript:alert(1)")x").resource_metadata.empty());
}

TEST_CASE("Microsoft's claims challenges, as documented") {
    const challenge found = parsed(R"(Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiY3AxIn19fQ==")");
    CHECK(found.claims == R"({"access_token":{"acrs":{"essential":true,"value":"cp1"}}})");
    CHECK(found.authorization_uri == "https://login.microsoftonline.com/common/oauth2/authorize");
    CHECK(found.answer() == challenge_answer::sign_in);
    // Continuous access evaluation; with a space in the JSON
    CHECK(parsed(R"(Bearer claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTYwNDEwNjY1MSJ9fX0=", error="insufficient_claims")").claims ==
          R"({"access_token":{"nbf":{"essential":true, "value":"1604106651"}}})");
    for (const char* claims : {"e30=", "e30"}) CHECK(parsed("Bearer claims=\"" + std::string(claims) + "\"").claims == "{}");
    // `{"a":"~~~???"}` has both characters in which the two alphabets differ
    CHECK(parsed(R"(Bearer claims="eyJhIjoifn5+Pz8/In0=")").claims == R"({"a":"~~~???"})");
    CHECK(parsed(R"(Bearer claims="eyJhIjoifn5-Pz8_In0")").claims == R"({"a":"~~~???"})");
    for (const char* claims : {"W10=", "e30=e30=", "e", "eyJ", "e31==x", "!"}) CHECK(parsed("Bearer claims=\"" + std::string(claims) + "\"").claims.empty());
}

TEST_CASE("without a heap, in the memory of the field") {
    std::string field = R"(Bearer realm="a\"b", error="insufficient_scope", scope="read")";
    const auto found = oauthpp::parse_challenge_in_place(field);
    REQUIRE(found);
    if (!found) return;
    CHECK(found->realm == "a\"b");
    CHECK(found->scope == "read");
    CHECK(found->scope.data() > field.data());
    CHECK(found->scope.data() < field.data() + field.size());
    const challenge owned = parsed(R"(Bearer realm="a\"b", error="insufficient_scope", scope="read")");
    const oauthpp::challenge_view same = owned;
    CHECK(same.scope == found->scope);
    CHECK(same.answer() == found->answer());
}

TEST_CASE("claims that are asked for are a reason to sign in, whatever the error") {
    const auto answer = [](std::string_view field) {
        const auto found = oauthpp::parse_challenge(field);
        return found ? found->answer() : oauthpp::challenge_answer::give_up;
    };
    CHECK(answer("Bearer error=\"insufficient_claims\"") == oauthpp::challenge_answer::sign_in);
    CHECK(answer("Bearer error=\"invalid_token\", claims=\"e30\"") == oauthpp::challenge_answer::sign_in);
    CHECK(answer("Bearer error=\"invalid_token\"") == oauthpp::challenge_answer::refresh);
    const auto now = oauthpp::parse_challenge("Bearer error=\"insufficient_user_authentication\", max_age=0");
    CHECK((now && now->max_age && now->max_age->count == 0));
}

}  // namespace
}  // namespace challenge_test
