// SPDX-License-Identifier: MIT
//
// The token response: the examples of RFC 6749, Microsoft's errors, and what must not pass for a success.
#include <oauthpp/protocol/token_response.hpp>

#include <doctest/doctest.h>
#include <oauthpp/wire/retry_after.hpp>

#include <array>
#include <string>
#include <string_view>

namespace token_response_test {
namespace {

using oauthpp::errc, oauthpp::http_response, oauthpp::parse_token_response, oauthpp::remedy, oauthpp::resend, oauthpp::tolerance;

constexpr const char* json = "application/json";

http_response answer(int status, std::string body, std::string type = json, std::string retry_after = {}) {
    return {.status = status, .content_type = std::move(type), .retry_after = std::move(retry_after), .body = std::move(body)};
}

/// Both storages agree; errc::none for tokens.
errc reason(const http_response& response, const oauthpp::quirks& known = {}) {
    const auto owned = parse_token_response(response, known);
    std::string memory(response.body.reveal());
    const auto borrowed = oauthpp::parse_token_response_in_place(
        {.status = response.status, .content_type = response.content_type, .retry_after = response.retry_after, .body = memory}, known);
    CHECK(static_cast<bool>(owned) == static_cast<bool>(borrowed));
    if (owned && borrowed) CHECK(owned->access_token.reveal() == borrowed->access_token.reveal());
    return owned ? errc::none : owned.error().reason();
}

std::string tokens_with(std::string_view members) {
    return R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer")" + std::string(members) + "}";
}

TEST_CASE("the successful response of RFC 6749 5.1") {
    const auto tokens = parse_token_response(answer(200, R"({
       "access_token":"2YotnFZFEjr1zCsicMWpAA",
       "token_type":"example",
       "expires_in":3600,
       "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
       "example_parameter":"example_value"
     })"));
    REQUIRE(!tokens);
    CHECK(tokens.error().reason() == errc::unsupported_token_type);   // nobody here would know how to use it
    const auto bearer = parse_token_response(answer(200, tokens_with(R"(,"expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","example_parameter":"example\u0020value","n":[1,{"a":"b"}])")));
    REQUIRE(bearer);
    if (!bearer) return;
    CHECK(bearer->access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
    CHECK(bearer->expires_in->count == 3600);
    CHECK(bearer->refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
    REQUIRE(bearer->extra.size() == 2);
    CHECK(bearer->extra[0].value == "example value");
    CHECK(bearer->extra[1].value == R"([1,{"a":"b"}])");
    CHECK(bearer->tolerated.none());
}

TEST_CASE("expires_in: numbers and numeric strings; anything else is absent, reported, and no failure") {
    const auto parsed = [](std::string_view value) { return parse_token_response(answer(200, tokens_with(",\"expires_in\":" + std::string(value)))); };
    for (const auto& [text, seconds] : {std::pair("3600", 3600), std::pair("0", 0), std::pair("3600.0", 3600), std::pair("\"3599\"", 3599), std::pair("2147483647", 2147483647)}) {
        const auto tokens = parsed(text);
        REQUIRE(tokens);
        if (tokens) CHECK((tokens->expires_in && tokens->expires_in->count == seconds));
    }
    for (const char* text : {"null", "-1", "2147483648", "1.5", "\"\"", "\"soon\"", "1e99", "true", "{}", "[]"}) {
        CAPTURE(text);
        const auto tokens = parsed(text);
        REQUIRE(tokens);
        if (!tokens) continue;
        CHECK(!tokens->expires_in);
        CHECK(tokens->tolerated.has(tolerance::expires_in_unusable));
    }
    CHECK(!parse_token_response(answer(200, tokens_with("")))->expires_in);
    const auto old = parse_token_response(answer(200, tokens_with(R"(,"expires_in":"3600","ext_expires_in":"7200","expires_on":"1566165638","not_before":"1566161738","refresh_in":1800)")));
    REQUIRE(old);
    if (!old) return;
    CHECK(old->expires_on->count == 1566165638);
    CHECK(old->not_before->count == 1566161738);
    CHECK(old->ext_expires_in->count == 7200);
    CHECK(old->refresh_in->count == 1800);
    CHECK(old->tolerated.has(tolerance::number_as_string));
}

TEST_CASE("what is no success, whatever its status says") {
    CHECK(reason(answer(200, R"({"token_type":"Bearer"})")) == errc::missing_member);
    CHECK(reason(answer(200, R"({"access_token":"","token_type":"Bearer"})")) == errc::missing_member);
    CHECK(reason(answer(200, R"({"access_token":"a"})")) == errc::missing_member);
    CHECK(reason(answer(200, R"({"access_token":"a"})"), {.missing_token_type = true}) == errc::none);
    CHECK(reason(answer(200, R"({"access_token":5,"token_type":"Bearer"})")) == errc::invalid_member);
    CHECK(reason(answer(200, R"({"access_token":"a\nb","token_type":"Bearer"})")) == errc::invalid_member);
    CHECK(reason(answer(200, R"({"access_token":"a","token_type":"Bearer","refresh_token":7})")) == errc::invalid_member);
    CHECK(reason(answer(200, R"({"access_token":"a","token_type":"bEARER","scope":null,"refresh_token":null,"id_token":null})")) == errc::none);
    CHECK(reason(answer(200, R"({"error":"bad_verification_code","error_description":"old"})")) == errc::server_refused);
    CHECK(reason(answer(200, "")) == errc::empty_body);
    CHECK(reason(answer(200, "<html>", "text/html")) == errc::unexpected_media_type);
    CHECK(reason(answer(200, tokens_with(""), "text/plain")) == errc::unexpected_media_type);
    CHECK(reason(answer(200, tokens_with(""), "text/plain"), {.json_as_text_plain = true}) == errc::none);
    CHECK(reason(answer(200, tokens_with(""), "application/vnd.x+json; charset=utf-8")) == errc::none);
    CHECK(reason(answer(200, "access_token=a&token_type=bearer", "application/x-www-form-urlencoded")) == errc::unexpected_media_type);
    CHECK(reason(answer(302, "")) == errc::redirected);
    CHECK(reason(answer(307, tokens_with(""))) == errc::redirected);
    CHECK(reason(answer(404, "")) == errc::unexpected_status);
    CHECK(reason(answer(400, tokens_with(""))) == errc::unexpected_status);
    CHECK(reason(answer(200, tokens_with("") + "x")) == errc::malformed_json);
    CHECK(reason(answer(200, tokens_with(R"(,"access_token":"b")"))) == errc::duplicate_member);
    CHECK(reason(answer(200, tokens_with(",\"x\":" + std::string(10'000, '[')))) == errc::json_too_deep);
}

TEST_CASE("tolerated, and said so: no content type, another 2xx, a byte order mark") {
    CHECK(parse_token_response(answer(200, tokens_with(""), ""))->tolerated.has(tolerance::content_type_missing));
    CHECK(parse_token_response(answer(201, tokens_with("")))->tolerated.has(tolerance::unusual_status));
    CHECK(parse_token_response(answer(200, "\xEF\xBB\xBF" + tokens_with("")))->tolerated.has(tolerance::byte_order_mark));
}

TEST_CASE("the error response of RFC 6749 5.2, and Microsoft's with all that support asks for") {
    const auto refused = parse_token_response(answer(400, R"({"error":"interaction_required","error_description":"AADSTS50079: \"more\"","error_codes":[50079],"timestamp":"2017-05-01 22:43:20Z","trace_id":"t-1","correlation_id":"c-1","suberror":"basic_action","claims":"{\"access_token\":{}}","error_uri":"https://login.microsoftonline.com/error?code=50079"})"));
    REQUIRE(!refused);
    const auto& error = refused.error();
    CHECK(error.reason() == errc::server_refused);
    CHECK(error.http_status() == 400);
    CHECK(error.server_error() == "interaction_required");
    CHECK(error.server_description() == "AADSTS50079: \"more\"");
    CHECK(error.error_codes() == "[50079]");
    CHECK(error.timestamp() == "2017-05-01 22:43:20Z");
    CHECK(error.trace_id() == "t-1");
    CHECK(error.correlation_id() == "c-1");
    CHECK(error.suberror() == "basic_action");
    CHECK(error.claims() == R"({"access_token":{}})");
    CHECK(error.server_uri() == "https://login.microsoftonline.com/error?code=50079");
    CHECK(error.action() == remedy::sign_in_again);
    const auto action = [](int status, const char* code) { return parse_token_response(answer(status, R"({"error":")" + std::string(code) + "\"}")).error().action(); };
    CHECK(action(400, "invalid_grant") == remedy::sign_in_again);
    CHECK(action(401, "invalid_client") == remedy::fix_configuration);
    CHECK(action(400, "invalid_scope") == remedy::fix_configuration);
    CHECK(action(400, "temporarily_unavailable") == remedy::retry_later);
    CHECK(action(500, "unheard_of") == remedy::retry_later);
    CHECK(parse_token_response(answer(400, R"({"error":"invalid_grant","suberror":"protection_policy_required"})")).error().action() == remedy::ask_administrator);
}

TEST_CASE("throttled: plain text and Retry-After as seconds and as a date (RFC 9110 10.2.3)") {
    auto slow = parse_token_response(answer(429, "slow down", "text/plain", "120"));
    REQUIRE(!slow);
    CHECK(slow.error().reason() == errc::throttled);
    CHECK(slow.error().action() == remedy::retry_later);
    CHECK(slow.error().again() == resend::safe);
    CHECK(oauthpp::retry_at(slow.error())->count == 120);
    slow = parse_token_response(answer(503, "", "", "Sun, 06 Nov 1994 08:49:37 GMT"));
    REQUIRE(!slow);
    CHECK(slow.error().reason() == errc::throttled);
    CHECK(oauthpp::retry_at(slow.error())->count == 784111777);
    CHECK(reason(answer(503, "busy", "text/plain")) == errc::unexpected_media_type);
}

TEST_CASE("cut at every byte, a response is never a success") {
    const std::string whole = tokens_with(R"(,"expires_in":3600,"refresh_token":"tGzv\u0041","x":{"y":[1,2]})");
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK(reason(answer(200, whole.substr(0, size))) != errc::none);
}

TEST_CASE("in place: further members as far as they fit, decoded where they stand") {
    std::string memory = tokens_with(R"(,"a\u0062":"c\/d","e":5)");
    std::array<oauthpp::parameter_view, 1> extra;
    const auto tokens = oauthpp::parse_token_response_in_place({.status = 200, .content_type = json, .body = memory}, {}, extra);
    REQUIRE(tokens);
    if (!tokens) return;
    REQUIRE(tokens->extra.size() == 1);
    CHECK(tokens->extra[0].name == "ab");
    CHECK(tokens->extra[0].value == "c/d");
}

}  // namespace
}  // namespace token_response_test
