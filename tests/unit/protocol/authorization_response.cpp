// SPDX-License-Identifier: MIT
//
// The callback: every form it comes in, the order of the checks, and what a stranger may have written.
#include <oauthpp/protocol/authorization_response.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace authorization_response_test {
namespace {

using oauthpp::errc, oauthpp::expected_response, oauthpp::parse_authorization_response, oauthpp::tolerance;

const expected_response plain{.state = "xyz"};

/// Why a callback is refused, in both storages; errc::none if it is not.
errc refusal(std::string_view callback, const expected_response& expected = plain) {
    const auto owned = parse_authorization_response(callback, expected);
    std::string memory(callback);
    const auto borrowed = oauthpp::parse_authorization_response_in_place(memory, expected);
    CHECK(static_cast<bool>(owned) == static_cast<bool>(borrowed));
    if (owned && borrowed) CHECK(owned->code.reveal() == borrowed->code.reveal());
    if (owned || borrowed) return errc::none;
    CHECK(owned.error().reason() == borrowed.error().reason);
    return owned.error().reason();
}

TEST_CASE("a callback in every form: URL, target, query, fragment, body, pasted (RFC 6749 4.1.2)") {
    const expected_response at_cb{.state = "xyz", .redirect_uri = "https://client.example.com/cb"};
    for (const char* form : {"https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz", "/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
                             "?state=xyz&code=SplxlOBeZQQYbYS6WxSbIA", "code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
                             " \r\n https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz \t\n",
                             "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#", "HTTPS://Client.Example.com:443/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz"}) {
        CAPTURE(form);
        const auto response = parse_authorization_response(form, at_cb);
        REQUIRE(response);
        if (response) CHECK(response->code.reveal() == "SplxlOBeZQQYbYS6WxSbIA");
    }
    CHECK(refusal("#code=a&state=xyz", {.state = "xyz", .response_mode = "fragment"}) == errc::none);
    CHECK(refusal("code=a&state=xyz", {.state = "xyz", .response_mode = "form_post"}) == errc::none);
}

TEST_CASE("an empty path is the same as / and a query of the redirect URI stays") {
    CHECK(refusal("/?code=a&state=xyz", {.state = "xyz", .redirect_uri = "http://localhost:8080"}) == errc::none);
    const expected_response kept{.state = "xyz", .redirect_uri = "https://c.example/cb?x=1"};
    CHECK(refusal("/cb?x=1&code=a&state=xyz", kept) == errc::none);
    CHECK(refusal("/cb?x=2&code=a&state=xyz", kept) == errc::wrong_redirect_uri);
}

TEST_CASE("a callback that arrived elsewhere is refused, also behind the same beginning") {
    const expected_response at_cb{.state = "xyz", .redirect_uri = "https://rp.example/cb"};
    for (const char* elsewhere : {"https://rp.example.evil/cb", "https://rp.example:444/cb", "http://rp.example/cb", "https://rp.example/cb/",
                                  "https://rp.example/CB", "https://rp.example/cbx", "/cb/../x", "/"}) {
        CAPTURE(elsewhere);
        CHECK(refusal(std::string(elsewhere) + "?code=a&state=xyz", at_cb) == errc::wrong_redirect_uri);
    }
}

TEST_CASE("split first, then decode: plus, escapes of either case, escaped separators") {
    const auto response = parse_authorization_response("code=a%2fb%2Fc+d%26state%3Dxyz&state=xyz&session_state=%41", plain);
    REQUIRE(response);
    if (!response) return;
    CHECK(response->code.reveal() == "a/b/c d&state=xyz");
    REQUIRE(response->extra.size() == 1);
    CHECK(response->extra[0].name == "session_state");
    CHECK(response->extra[0].value == "A");
    for (const char* broken : {"code=%&state=xyz", "code=%4&state=xyz", "code=%zz&state=xyz", "code=a&state=xyz&x=%ff", "code=a&state=xyz&%c3=1"}) {
        CHECK(refusal(broken) == errc::malformed_form);
    }
}

TEST_CASE("a known parameter twice is refused, an unknown one is kept both times") {
    for (const char* name : {"code", "state", "iss", "error", "error_description", "id_token", "access_token"}) {
        const std::string twice = "code=a&state=xyz&" + std::string(name) + "=1&" + name + "=1";
        CHECK(refusal(twice) == errc::duplicate_parameter);
    }
    const auto response = parse_authorization_response("code=a&state=xyz&x=1&x=2", plain);
    REQUIRE(response);
    if (response) CHECK(response->extra.size() == 2);
}

TEST_CASE("state before everything: without it not even an error counts") {
    CHECK(refusal("code=a") == errc::state_missing);
    CHECK(refusal("code=a&state=") == errc::state_missing);
    CHECK(refusal("code=a&state=XYZ") == errc::state_mismatch);
    CHECK(refusal("code=a&state=xyzz") == errc::state_mismatch);
    CHECK(refusal("code=a&state=xyz", {.state = ""}) == errc::state_mismatch);
    CHECK(refusal("code=a", {.state = ""}) == errc::state_missing);
    CHECK(refusal("code=a", {.state = "xyz", .allow_missing_state = true}) == errc::none);
    CHECK(refusal("code=a&state=no", {.state = "xyz", .allow_missing_state = true}) == errc::state_mismatch);
    const auto forged = parse_authorization_response("error=access_denied&error_description=mine&state=no", plain);
    REQUIRE(!forged);
    CHECK(forged.error().reason() == errc::state_mismatch);
    CHECK(forged.error().server_error() == "access_denied");    // a hint, and no more
}

TEST_CASE("then the issuer (RFC 9207 2.4), then the error, then the code") {
    const expected_response known{.state = "xyz", .issuer = "https://honest.as.example"};
    CHECK(refusal("code=a&state=xyz&iss=https%3A%2F%2Fhonest.as.example", known) == errc::none);
    CHECK(refusal("code=a&state=xyz&iss=https%3A%2F%2Fhonest.as.example%2F", known) == errc::issuer_mismatch);
    CHECK(refusal("error=x&state=xyz&iss=https%3A%2F%2Fattacker.example", known) == errc::issuer_mismatch);
    CHECK(refusal("code=a&state=xyz", known) == errc::none);
    CHECK(refusal("error=x&state=xyz", {.state = "xyz", .issuer = "https://a", .iss_required = true}) == errc::issuer_missing);
    const auto unknown = parse_authorization_response("code=a&state=xyz&iss=whoever", plain);
    REQUIRE(unknown);
    if (unknown) CHECK(unknown->tolerated.has(tolerance::issuer_not_compared));
    const auto refused = parse_authorization_response("error=access_denied&error_description=the+user+canceled&code=a&state=xyz", plain);
    REQUIRE(!refused);
    CHECK(refused.error().reason() == errc::server_refused);
    CHECK(refused.error().server_description() == "the user canceled");
    CHECK(refusal("state=xyz") == errc::missing_parameter);
    CHECK(refusal("state=xyz&code=") == errc::missing_parameter);
    CHECK(refusal("state=xyz&code=a%00b") == errc::invalid_parameter);
}

TEST_CASE("a mode or an artifact that was not asked for is refused") {
    CHECK(refusal("/cb#code=a&state=xyz") == errc::unexpected_response_mode);
    CHECK(refusal("/cb?code=a&state=xyz", {.state = "xyz", .response_mode = "fragment"}) == errc::unexpected_response_mode);
    CHECK(refusal("/cb?code=a&state=xyz", {.state = "xyz", .response_mode = "form_post"}) == errc::unexpected_response_mode);
    CHECK(refusal("code=a&access_token=t&state=xyz") == errc::unexpected_parameter);
    CHECK(refusal("access_token=t&state=xyz") != errc::none);
    CHECK(refusal("code=a&id_token=t&state=xyz") == errc::unexpected_parameter);
    const auto hybrid = parse_authorization_response("#code=a&id_token=h.p.s&state=xyz", {.state = "xyz", .response_type = "code id_token"});
    REQUIRE(hybrid);
    if (hybrid) CHECK(hybrid->id_token.reveal() == "h.p.s");
    CHECK(refusal("#code=a&state=xyz", {.state = "xyz", .response_type = "code id_token"}) == errc::missing_parameter);
}

TEST_CASE("bounds: a state of 1 MiB, 100,000 parameters") {
    CHECK(refusal("code=a&state=" + std::string(1 << 20, 'x')) == errc::input_too_long);
    std::string many = "code=a&state=xyz";
    for (int i = 0; i < 100'000; ++i) many += "&a";
    CHECK(refusal(many, {.state = "xyz", .max_size = many.size()}) == errc::too_many_parameters);
}

TEST_CASE("cut at every byte, a callback is never another one") {
    const std::string whole = "/cb?code=SplxlOBeZQQYbYS6WxSbIA&iss=https%3A%2F%2Fas.example&state=xyz";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK(refusal(whole.substr(0, size), {.state = "xyz", .issuer = "https://as.example", .iss_required = true, .redirect_uri = "https://c.example/cb"}) != errc::none);
    }
}

TEST_CASE("a body that is encoded twice, only where the profile says so") {
    const std::string body = "code=a&state=xyz&iss=https%253A%252F%252Fas.example";
    const expected_response strict{.state = "xyz", .issuer = "https://as.example", .response_mode = "form_post"};
    expected_response lenient = strict;
    lenient.quirks.form_post_encoded_twice = true;
    CHECK(refusal(body, strict) == errc::issuer_mismatch);
    const auto response = parse_authorization_response(body, lenient);
    REQUIRE(response);
    if (response) CHECK(response->tolerated.has(tolerance::form_post_encoded_twice));
}

TEST_CASE("the state alone, to find the login") {
    CHECK(*oauthpp::state_of_callback("/cb?code=a&state=x%2Dyz") == "x-yz");
    CHECK(*oauthpp::state_of_callback("#state=abc") == "abc");
    CHECK(!oauthpp::state_of_callback("/cb?code=a"));
    CHECK(!oauthpp::state_of_callback("state=a&state=b"));
}

TEST_CASE("in place: as many further parameters as fit, all inside the received memory") {
    std::string memory = "code=%41&x=%42&y=3&state=xyz";
    std::array<oauthpp::parameter_view, 1> extra;
    const auto response = oauthpp::parse_authorization_response_in_place(memory, plain, extra);
    REQUIRE(response);
    if (!response) return;
    CHECK(response->code.reveal() == "A");
    REQUIRE(response->extra.size() == 1);
    CHECK(response->extra[0].value == "B");
    CHECK(response->extra[0].value.data() > memory.data());
    CHECK(response->extra[0].value.data() < memory.data() + memory.size());
}

}  // namespace
}  // namespace authorization_response_test
