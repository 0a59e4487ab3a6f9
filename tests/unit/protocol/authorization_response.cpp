// SPDX-License-Identifier: MIT
//
// The callback: every form it comes in, the order of the checks, and what a stranger may have written.
#include <oauthpp/protocol/authorization_response.hpp>

#include <oauthpp/base/describe.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authorization_response_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::authorization_response, oauthpp::errc, oauthpp::error_view, oauthpp::expected_response,
    oauthpp::parameter_view;
using oauthpp::parse_authorization_response, oauthpp::parse_authorization_response_in_place, oauthpp::state_of_callback,
    oauthpp::tolerance;

const expected_response plain{.state = "xyz"};
const expected_response in_fragment{.state = "xyz", .response_mode = "fragment"};
const expected_response in_body{.state = "xyz", .response_mode = "form_post"};

/// Why a callback is refused, errc::none if it is not. Both storages must agree in every point.
errc refusal(std::string_view callback, const expected_response& expected = plain) {
    const auto owned = parse_authorization_response(callback, expected);
    std::string memory(callback);
    std::array<parameter_view, 8> extra;
    const auto borrowed = parse_authorization_response_in_place(memory, expected, extra);
    CHECK(static_cast<bool>(owned) == static_cast<bool>(borrowed));
    if (owned && borrowed) {
        CHECK(owned->code.reveal() == borrowed->code.reveal());
        CHECK(owned->state == borrowed->state);
        CHECK(owned->iss == borrowed->iss);
        CHECK(owned->access_token.reveal() == borrowed->access_token.reveal());
        CHECK(owned->id_token.reveal() == borrowed->id_token.reveal());
        CHECK(borrowed->extra.size() == std::min(owned->extra.size(), extra.size()));
        CHECK(owned->tolerated.none() == borrowed->tolerated.none());
    }
    if (owned || borrowed) return errc::none;
    CHECK(owned.error().reason() == borrowed.error().reason);
    CHECK(owned.error().field() == borrowed.error().field);
    CHECK(owned.error().offset() == borrowed.error().offset);
    CHECK(owned.error().server_error() == borrowed.error().server_error);
    CHECK(owned.error().server_description() == borrowed.error().server_description);
    return owned.error().reason();
}

/// The whole response, if it is one.
authorization_response accepted(std::string_view callback, const expected_response& expected = plain) {
    CHECK(refusal(callback, expected) == errc::none);
    auto response = parse_authorization_response(callback, expected);
    return response ? *std::move(response) : authorization_response();
}

oauthpp::error refused(std::string_view callback, const expected_response& expected = plain) {
    auto response = parse_authorization_response(callback, expected);
    CHECK_FALSE(response);
    return response ? oauthpp::error(errc::none) : std::move(response).error();
}

}  // namespace

TEST_CASE("the callback of RFC 6749 4.1.2 in every form") {
    const expected_response at_cb{.state = "xyz", .redirect_uri = "https://client.example.com/cb"};
    for (const char* form :
         {"https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
          "/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz", "?state=xyz&code=SplxlOBeZQQYbYS6WxSbIA",
          "code=SplxlOBeZQQYbYS6WxSbIA&state=xyz", "&state=xyz&&code=SplxlOBeZQQYbYS6WxSbIA&",
          "HTTPS://Client.Example.com:443/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
          // as a person pastes it
          " \r\n https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz \t\n",
          "\ncode=SplxlOBeZQQYbYS6WxSbIA&state=xyz\r\n", "  ?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz  ",
          // with what servers put behind it
          "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#",
          "/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#_=_", "code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#"}) {
        CAPTURE(form);
        const authorization_response response = accepted(form, at_cb);
        CHECK(response.code.reveal() == "SplxlOBeZQQYbYS6WxSbIA");
        CHECK(response.state == "xyz");
        CHECK(response.extra.empty());
        CHECK(response.tolerated.none());
    }
}

TEST_CASE("a fragment: as a URL, alone, and as the page's script sends it") {
    for (const char* form : {"https://c.example/cb#code=a&state=xyz", "/cb#state=xyz&code=a", "#code=a&state=xyz",
                             "code=a&state=xyz", " \n#code=a&state=xyz\n"}) {
        CAPTURE(form);
        CHECK(accepted(form, in_fragment).code.reveal() == "a");
    }
}

TEST_CASE("a form_post is a body, whoever submitted it, and nothing else [form-post-2-parse]") {
    CHECK(accepted("code=abc&state=xyz&submit=Continue", in_body).code.reveal() == "abc");
    CHECK(accepted("code=abc&state=xyz\r\n", in_body).code.reveal() == "abc");
    CHECK(refusal("/cb?code=abc&state=xyz", in_body) == errc::unexpected_response_mode);
    CHECK(refusal("?code=abc&state=xyz", in_body) == errc::unexpected_response_mode);
    CHECK(refusal("https://c.example/cb#code=abc&state=xyz", in_body) == errc::unexpected_response_mode);
    CHECK(refusal("/cb", in_body) == errc::state_missing);
    CHECK(refusal("code=abc&state=xyz#code=b", in_body) == errc::unexpected_response_mode);
}

TEST_CASE("what is no callback at all") {
    for (const char* nothing : {"", " ", "\r\n", "?", "#", "/", "/favicon.ico", "https://c.example/cb", "&", "=", "&=&",
                                "hello", "://", ":"}) {
        CAPTURE(nothing);
        CHECK(refusal(nothing) == errc::state_missing);
    }
}

TEST_CASE("a query that the redirect URI has comes back [rfc6749-3.1.2-redirect-own-query]") {
    const expected_response kept{.state = "s", .redirect_uri = "https://c.example/cb?x=1"};
    const authorization_response response = accepted("https://c.example/cb?x=1&code=abc&state=s", kept);
    CHECK(response.code.reveal() == "abc");
    CHECK(response.extra.size() == 1);
    CHECK(refusal("/cb?x=1&code=a&state=s", kept) == errc::none);
    for (const char* changed :
         {"/cb?x=2&code=a&state=s", "/cb?code=a&state=s", "/cb?x=11&code=a&state=s", "/cb?code=a&state=s&x=1"}) {
        CHECK(refusal(changed, kept) == errc::wrong_redirect_uri);
    }
    CHECK(refusal("/cb?x=1#code=a&state=s",
                  {.state = "s", .redirect_uri = "https://c.example/cb?x=1", .response_mode = "fragment"}) ==
          errc::none);
}

TEST_CASE("a browser may write a URL in another way, and in no others [rfc8252-8.10-store-redirect]") {
    const auto arrives = [](std::string_view redirect_uri, std::string_view at) {
        return refusal(std::string(at) + "?code=a&state=xyz", {.state = "xyz", .redirect_uri = redirect_uri});
    };
    for (const char* same : {"http://localhost:8080", "http://localhost:8080/", "HTTP://LOCALHOST:8080/", "/"})
        CHECK(arrives("http://localhost:8080", same) == errc::none);
    for (const char* same : {"https://c.example/", "https://c.example:443", "https://C.EXAMPLE:443/"})
        CHECK(arrives("https://c.example", same) == errc::none);
    CHECK(arrives("http://[::1]:61023/cb", "http://[::1]:61023/cb") == errc::none);
    CHECK(arrives("com.example.app:/cb", "com.example.app:/cb") == errc::none);

    for (const char* elsewhere : {"https://rp.example.evil/cb",
                                  "https://rp.example:444/cb",
                                  "http://rp.example/cb",
                                  "http://rp.example:443/cb",
                                  "https://rp.example/cb/",
                                  "https://rp.example/CB",
                                  "https://rp.example/cbx",
                                  "https://rp.example/c",
                                  "https://rp.example/cb/../cb",
                                  "https://rp.example//cb",
                                  "https://rp.example/c%62",
                                  "https://evil.rp.example/cb",
                                  "https://rp.exampl/cb",
                                  "https://rp.example@evil.example/cb",
                                  "/cb/../x",
                                  "/",
                                  "/cbx",
                                  "//rp.example/cb",
                                  "//cb",
                                  "com.rp.example:/cb",
                                  "rp.example:443/cb"}) {
        CAPTURE(elsewhere);
        CHECK(arrives("https://rp.example/cb", elsewhere) == errc::wrong_redirect_uri);
    }
    CHECK(arrives("http://127.0.0.1:51004/cb/as1", "http://127.0.0.1:51004/cb/as2") == errc::wrong_redirect_uri);
    CHECK(arrives("http://127.0.0.1:51004/cb", "http://127.0.0.1:51005/cb") == errc::wrong_redirect_uri);
    CHECK(arrives("http://127.0.0.1:51004/cb", "http://localhost:51004/cb") == errc::wrong_redirect_uri);
    CHECK(arrives("com.example.app:/cb", "com.example.app:/other") == errc::wrong_redirect_uri);
    CHECK(arrives("com.example.app:/cb", "com.example.app2:/cb") == errc::wrong_redirect_uri);
    CHECK(arrives("com.example.app:/cb", "com.example.app://cb") == errc::wrong_redirect_uri);
}

TEST_CASE("split first, then decode: plus, escapes of either case, separators that are escaped") {
    const authorization_response response =
        accepted("code=a%2fb%2Fc+d%26state%3Devil&st%61te=xyz&session%5fstate=%41%3d%26");
    CHECK(response.code.reveal() == "a/b/c d&state=evil");
    CHECK(response.extra.size() == 1);
    if (response.extra.size() == 1) CHECK(response.extra[0].name == "session_state");
    if (response.extra.size() == 1) CHECK(response.extra[0].value == "A=&");
    CHECK(accepted("code=a=b==&state=xyz").code.reveal() == "a=b==");
}

TEST_CASE("escapes that are cut or wrong, and what is no UTF-8, anywhere [rfc6749-B-decode]") {
    for (const char* broken :
         {"code=%&state=xyz", "code=%4&state=xyz", "code=%zz&state=xyz", "code=a&state=%", "code=%C3%28&state=xyz",
          "code=a&state=xyz&x=%ff", "code=a&state=xyz&%c3=1", "code=a&state=xyz&%=1", "code=a&state=xyz&x=%e0%80%80",
          "code=a&state=xyz&x=%ed%a0%80", "code=\xFF&state=xyz"}) {
        CAPTURE(broken);
        CHECK(refusal(broken) == errc::malformed_form);
    }
    const oauthpp::error why = refused("state=xyz&code=%zz");
    CHECK(why.field() == "code");
    CHECK(why.offset() == 10);
    CHECK(accepted("code=a&state=xyz&name=J%C3%BCrgen").extra.at(0).value == "J\xC3\xBCrgen");
}

TEST_CASE("a known parameter twice is refused, however it is spelled [rfc6749-3.1-unique-response-params]") {
    CHECK(refusal("?code=a&code=b&state=xyz") == errc::duplicate_parameter);
    CHECK(refusal("?state=x&state=xyz&code=a") == errc::duplicate_parameter);
    for (const char* known : {"code", "state", "iss", "error", "error_description", "error_uri", "scope",
                              "access_token", "token_type", "expires_in", "id_token"}) {
        CAPTURE(known);
        const std::string name = known;
        for (const std::string& again : {name + "=1", name + "=", name}) {
            CHECK(refusal(name + "=1&x=1&" + again) == errc::duplicate_parameter);
            CHECK(refused(name + "=&x=1&" + again).field() == name);
        }
    }
    CHECK(refusal("code=a&state=xyz&co%64e=b") == errc::duplicate_parameter);
    CHECK(refusal("code=a&state=xyz&%73%74%61%74%65=xyz") == errc::duplicate_parameter);
}

TEST_CASE("unknown parameters are no obstacle and stay readable, also twice [rfc6749-4.1.2-ignore-unknown]") {
    const authorization_response response = accepted(
        "code=a&state=xyz&session_state=6c1&client_info=eyJ1aWQi&cloud_instance_host_name=login.microsoftonline.us&x&x="
        "2&CODE=b&code2=c");
    CHECK(response.code.reveal() == "a");
    const std::vector<std::pair<std::string, std::string>> expected{
        {"session_state", "6c1"},
        {"client_info", "eyJ1aWQi"},
        {"cloud_instance_host_name", "login.microsoftonline.us"},
        {"x", ""},
        {"x", "2"},
        {"CODE", "b"},
        {"code2", "c"}};
    CHECK(response.extra.size() == expected.size());
    for (std::size_t i = 0; i < std::min(expected.size(), response.extra.size()); ++i) {
        CHECK(response.extra[i].name == expected[i].first);
        CHECK(response.extra[i].value == expected[i].second);
    }
}

TEST_CASE("a parameter without a value is an absent one [rfc6749-3.1-empty-is-absent] [rfc6749-4.1.2-code-required]") {
    CHECK(refusal("?code=&state=xyz") == errc::missing_parameter);
    CHECK(refusal("?state=xyz") == errc::missing_parameter);
    CHECK(refused("?state=xyz").field() == "code");
    CHECK(refusal("code=a&state=") == errc::state_missing);
    CHECK(refusal("code=a&state=xyz&error=&access_token=&id_token&iss=") == errc::none);
    CHECK(refusal("code=a&state=xyz&iss=", {.state = "xyz", .issuer = "https://as.example", .iss_required = true}) ==
          errc::issuer_missing);
}

TEST_CASE("a state must be present and equal [rfc6749-4.1.2-state-match] [rfc6749-4.1.2-state-unsolicited]") {
    for (const char* other : {"code=a", "code=a&state=", "code=a&STATE=xyz"})
        CHECK(refusal(other) == errc::state_missing);
    for (const char* other : {"XYZ", "xyz%20", "xyz+", "%20xyz", "xy", "xyzz", "xyx", "zzz", "x", "xyz%00"}) {
        CAPTURE(other);
        CHECK(refusal("code=a&state=" + std::string(other)) == errc::state_mismatch);
    }
    CHECK(accepted("code=a&state=a%2Bb+c%26", {.state = "a+b c&"}).state == "a+b c&");
}

TEST_CASE("where no state was kept, no state is the right one") {
    for (const bool allowed : {false, true}) {
        CHECK(refusal("code=a&state=xyz", {.allow_missing_state = allowed}) == errc::state_mismatch);
        CHECK(refusal("code=a&state=%00", {.allow_missing_state = allowed}) == errc::state_mismatch);
        CHECK(refusal("code=a&state=no", {.state = "xyz", .allow_missing_state = allowed}) == errc::state_mismatch);
    }
    CHECK(refusal("code=a") == errc::state_missing);
    CHECK(refusal("code=a&state=", {}) == errc::state_missing);
    CHECK(refusal("code=a", {.state = "xyz", .allow_missing_state = true}) == errc::none);
}

TEST_CASE(
    "line ends and NUL are no part of a state, and none of it reaches a text for people [rfc6749-10.14-sanitize]") {
    for (const char* bad : {"xyz%0d%0aX:%20y", "xyz%0a", "xyz%00", "%1b[2Jxyz"}) {
        const std::string callback = "error=%1b%5b2J%0a&error_description=a%0d%0ab&code=a&state=" + std::string(bad);
        CHECK(refusal(callback) == errc::state_mismatch);
        const std::string line = oauthpp::describe(refused(callback));
        for (const char c : line) CHECK((c >= 0x20 && c <= 0x7E));
        CHECK(line.find("xyz") == std::string::npos);
    }
}

TEST_CASE("an error without the right state is no error of the server [rfc6749-4.1.2.1-error-state]") {
    for (const char* forged :
         {"error=access_denied&error_description=mine&state=other", "error=access_denied&error_description=mine"}) {
        const oauthpp::error why = refused(forged);
        CHECK((why.reason() == errc::state_mismatch || why.reason() == errc::state_missing));
        CHECK(why.server_error() == "access_denied");  // a hint, and no more
        CHECK(why.server_description() == "mine");
        CHECK(why.action() == oauthpp::remedy::sign_in_again);
    }
}

TEST_CASE("the issuer is compared as a string [rfc9207-2.4-compare]") {
    const expected_response known{.state = "xyz", .issuer = "https://honest.as.example"};
    CHECK(accepted("code=a&state=xyz&iss=https%3A%2F%2Fhonest.as.example", known).iss == "https://honest.as.example");
    for (const char* other :
         {"https%3A%2F%2Fhonest.as.example%2F", "https://Honest.as.example", "http://honest.as.example",
          "https://honest.as.example:443", "https%253A%252F%252Fhonest.as.example", "+https://honest.as.example",
          "honest.as.example", "x"}) {
        CAPTURE(other);
        CHECK(refusal("code=a&state=xyz&iss=" + std::string(other), known) == errc::issuer_mismatch);
    }
}

TEST_CASE(
    "an issuer that was announced must come, one that was not may [rfc9207-2.4-missing] [rfc9207-2.4-unexpected]") {
    CHECK(refusal("code=a&state=xyz", {.state = "xyz", .issuer = "https://as.example", .iss_required = true}) ==
          errc::issuer_missing);
    CHECK(refusal("code=a&state=xyz", {.state = "xyz", .iss_required = true}) == errc::issuer_missing);
    // An ID token brings an issuer of its own, but only where it was asked for
    const expected_response hybrid{.state = "xyz", .iss_required = true, .response_type = "code id_token"};
    CHECK(refusal("#code=a&id_token=h.p.s&state=xyz", hybrid) == errc::none);
    CHECK(refusal("#code=a&state=xyz", hybrid) == errc::issuer_missing);
    CHECK(refusal("code=a&id_token=h.p.s&state=xyz", {.state = "xyz", .iss_required = true}) == errc::unexpected_parameter);
    CHECK(refusal("code=a&state=xyz", {.state = "xyz", .issuer = "https://as.example"}) == errc::none);
    CHECK(refusal("code=a&state=xyz&iss=https://evil.example", {.state = "xyz", .issuer = "https://as.example"}) ==
          errc::issuer_mismatch);
    const authorization_response unknown = accepted("code=a&state=xyz&iss=https://whoever.example");
    CHECK(unknown.iss == "https://whoever.example");
    CHECK(unknown.tolerated.has(tolerance::issuer_not_compared));
}

TEST_CASE("an error of another server is not this server's error [rfc9207-2.4-errors]") {
    const expected_response known{.state = "s", .issuer = "https://as.example", .iss_required = true};
    const oauthpp::error mixed_up = refused("?error=access_denied&state=s&iss=https%3A%2F%2Fattacker.example", known);
    CHECK(mixed_up.reason() == errc::issuer_mismatch);
    CHECK(mixed_up.server_error().empty());
    CHECK(refusal("?error=access_denied&state=s", known) == errc::issuer_missing);
    CHECK(refusal("?error=access_denied&state=s&iss=https%3A%2F%2Fas.example", known) == errc::server_refused);
}

TEST_CASE(
    "the server's error and its words [rfc6749-4.1.2.1-error-parse] [rfc6749-4.1.2.1-codes] "
    "[oidc-core-3.1.2.6-errors] [rfc8707-2-error]") {
    for (const std::string code :
         {"invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope",
          "server_error", "temporarily_unavailable", "interaction_required", "login_required",
          "account_selection_required", "consent_required", "invalid_request_uri", "invalid_request_object",
          "request_not_supported", "request_uri_not_supported", "registration_not_supported", "invalid_target"}) {
        CAPTURE(code);
        CHECK(refused("https://client.example.com/cb?error=" + code + "&state=xyz").reason() == errc::server_refused);
        CHECK(refused("https://client.example.com/cb?error=" + code + "&state=xyz").server_error() == code);
        CHECK(refusal("code=a&state=xyz&error=" + code) ==
              errc::server_refused);  // an error beside a code is still one
    }
    const oauthpp::error why = refused(
        "?error=invalid_request&error_description=Unsupported%20response_type%20value&error_uri=https%3A%2F%2Fas."
        "example%2Fe&state=xyz");
    CHECK(why.server_description() == "Unsupported response_type value");
    CHECK(why.server_uri() == "https://as.example/e");
    CHECK(why.http_status() == 0);
}

TEST_CASE("Microsoft's error callbacks") {
    const oauthpp::error cancelled =
        refused("/?error=access_denied&error_subcode=cancel&state=1254%3a0ea28b21", {.state = "1254:0ea28b21"});
    CHECK(cancelled.server_error() == "access_denied");
    CHECK(cancelled.action() == oauthpp::remedy::sign_in_again);
    const oauthpp::error long_one = refused(
        "/?error=invalid_request&error_description=AADSTS900144%3a+The+request+body+must+contain+the+following+"
        "parameter%3a+%27response_type%27."
        "%0d%0aTrace+ID%3a+9bee0922-0000-0000-0000-000000000001%0d%0aTimestamp%3a+2021-07-19+23%3a21%3a09Z"
        "&error_uri=https%3a%2f%2flogin.microsoftonline.com%2ferror%3fcode%3d900144&state=abc",
        {.state = "abc"});
    CHECK(long_one.server_description() ==
          "AADSTS900144: The request body must contain the following parameter: 'response_type'."
          "\r\nTrace ID: 9bee0922-0000-0000-0000-000000000001\r\nTimestamp: 2021-07-19 23:21:09Z");
    CHECK(long_one.server_uri() == "https://login.microsoftonline.com/error?code=900144");
    CHECK(long_one.action() == oauthpp::remedy::fix_configuration);
}

TEST_CASE("the order of the checks: each fault hides those behind it") {
    const expected_response expected{
        .state = "xyz", .issuer = "https://as.example", .redirect_uri = "https://c.example/cb"};
    struct fault {
        errc reason;
        std::string_view pair;
    };
    // From the first to be noticed to the last
    const fault faults[]          = {{errc::state_mismatch, "&state=other"},
                                     {errc::issuer_mismatch, "&iss=https://evil.example"},
                                     {errc::server_refused, "&error=access_denied"},
                                     {errc::invalid_parameter, "&code=%00"},
                                     {errc::unexpected_parameter, "&access_token=t"}};
    const std::string_view good[] = {"&state=xyz", "&iss=https://as.example", "", "&code=a", ""};
    for (unsigned chosen = 0; chosen < 32; ++chosen) {
        std::string callback = "/cb?z=1";
        errc expect          = errc::none;
        for (std::size_t i = 0; i < 5; ++i) {
            const bool wrong = (chosen >> i & 1) != 0;
            callback += wrong ? faults[i].pair : good[i];
            if (wrong && expect == errc::none) expect = faults[i].reason;
        }
        CAPTURE(callback);
        CHECK(refusal(callback, expected) == expect);
        CHECK(refusal("/elsewhere" + callback.substr(3), expected) == errc::wrong_redirect_uri);
        CHECK(refusal(callback + "#code=a", expected) == errc::unexpected_response_mode);
        CHECK(refusal(callback + "&state=xyz", expected) == errc::duplicate_parameter);
    }
}

TEST_CASE("a code is printable [rfc6749-A.11-code]") {
    for (const char* bad : {"%00a", "a%0a", "%C3%A9", "a%7f", "a%0db"})
        CHECK(refusal("state=xyz&code=" + std::string(bad)) == errc::invalid_parameter);
    CHECK(accepted("state=xyz&code=%20!%22%5C~+a.b-c_d").code.reveal() == " !\"\\~ a.b-c_d");
}

TEST_CASE("the mode in force by response type, and no other [oauth-mrt-2.1-default-mode] [oauth-mrt-5-no-query]") {
    struct kind {
        std::string_view type;
        std::string_view response;
        bool fragment;
    };
    for (const auto& [type, response, fragment] :
         {kind{"code", "code=a&", false}, kind{"none", "", false},
          kind{"token", "access_token=t&token_type=bearer&", true}, kind{"id_token", "id_token=h.p.s&", true},
          kind{"code id_token", "code=a&id_token=h.p.s&", true},
          kind{"code token", "code=a&access_token=t&token_type=bearer&", true},
          kind{"id_token token", "id_token=h.p.s&access_token=t&token_type=bearer&", true},
          kind{"code id_token token", "code=a&id_token=h.p.s&access_token=t&token_type=bearer&", true}}) {
        const std::string query = "/cb?" + std::string(response) + "state=xyz";
        const std::string hash  = "/cb#" + std::string(response) + "state=xyz";
        const expected_response by_default{.state = "xyz", .response_type = type};
        CHECK(refusal(fragment ? hash : query, by_default) == errc::none);
        CHECK(refusal(fragment ? query : hash, by_default) == errc::unexpected_response_mode);
        CHECK(refusal(fragment ? "/cb?error=access_denied&state=xyz" : "/cb#error=access_denied&state=xyz",
                      by_default) == errc::unexpected_response_mode);
        CHECK(refusal(query + "#state=xyz", by_default) == errc::unexpected_response_mode);

        CHECK(refusal(hash, {.state = "xyz", .response_type = type, .response_mode = "fragment"}) == errc::none);
        CHECK(refusal(std::string(response) + "state=xyz",
                      {.state = "xyz", .response_type = type, .response_mode = "form_post"}) == errc::none);
        const expected_response in_query{.state = "xyz", .response_type = type, .response_mode = "query"};
        CHECK(refusal(query, in_query) == (fragment ? errc::unexpected_response_mode : errc::none));
        CHECK(refusal(std::string(response) + "state=xyz", in_query) ==
              (fragment ? errc::unexpected_response_mode : errc::none));
    }
    CHECK(refusal("/cb?code=a&state=xyz", {.state = "xyz", .response_mode = "web_message"}) != errc::none);
}

TEST_CASE("the implicit response of RFC 6749 4.2.2, from the fragment only [rfc6749-4.2.2-fragment]") {
    const expected_response implicit{.state = "xyz", .response_type = "token"};
    const authorization_response response = accepted(
        "http://example.com/cb#access_token=2YotnFZFEjr1zCsicMWpAA&state=xyz&token_type=example&expires_in=3600",
        implicit);
    CHECK(response.access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
    CHECK(response.token_type == "example");
    CHECK(response.expires_in == "3600");
    CHECK(refusal("http://example.com/cb?access_token=2YotnFZFEjr1zCsicMWpAA&state=xyz&token_type=example", implicit) ==
          errc::unexpected_response_mode);
    CHECK(refusal("#access_token=a%0ab&token_type=bearer&state=xyz", implicit) == errc::invalid_parameter);
}

TEST_CASE("everything that the response type promises, and nothing that it does not [oidc-core-3.3.2.5-members]") {
    const expected_response hybrid{.state = "xyz", .response_type = "code id_token"};
    const expected_response reordered{.state = "xyz", .response_type = "id_token code"};
    for (const expected_response& expected : {hybrid, reordered}) {
        CHECK(accepted("#code=SplxlOBeZQQYbYS6WxSbIA&id_token=h.p.s&state=xyz", expected).id_token.reveal() == "h.p.s");
        CHECK(refusal("#code=a&state=xyz", expected) == errc::missing_parameter);
        CHECK(refusal("#id_token=h.p.s&state=xyz", expected) == errc::missing_parameter);
        CHECK(refusal("#code=a&id_token=h.p.s&access_token=t&token_type=bearer&state=xyz", expected) ==
              errc::unexpected_parameter);
    }
    const expected_response with_token{.state = "xyz", .response_type = "code token"};
    CHECK(refusal("#code=a&token_type=bearer&state=xyz", with_token) == errc::missing_parameter);
    CHECK(refusal("#code=a&access_token=t&state=xyz", with_token) == errc::missing_parameter);
    CHECK(refused("#code=a&access_token=t&state=xyz", with_token).field() == "token_type");
    CHECK(refusal("code=a&access_token=t&state=xyz") == errc::unexpected_parameter);
    CHECK(refusal("access_token=t&token_type=bearer&state=xyz") == errc::missing_parameter);
    CHECK(refusal("code=a&id_token=t&state=xyz") == errc::unexpected_parameter);
}

TEST_CASE("the response type none succeeds without artifacts [oauth-mrt-4-none]") {
    const expected_response none{.state = "s", .response_type = "none"};
    CHECK(accepted("?state=s", none).code.empty());
    CHECK(refusal("?state=s&code=a", none) == errc::unexpected_parameter);
}

TEST_CASE("the order of the parameters never matters") {
    std::vector<std::string> pairs{"code=SplxlOBe", "state=xyz", "iss=https%3a%2f%2fas.example", "session_state=1",
                                   "scope=read+write"};
    std::sort(pairs.begin(), pairs.end());
    const expected_response expected{.state = "xyz", .issuer = "https://as.example", .iss_required = true};
    int orders = 0;
    do {
        std::string query = "?";
        for (const std::string& pair : pairs) query += pair + '&';
        const authorization_response response = accepted(query, expected);
        CHECK(response.code.reveal() == "SplxlOBe");
        CHECK(response.scope == "read write");
        CHECK(response.extra.size() == 1);
        ++orders;
    } while (std::next_permutation(pairs.begin(), pairs.end()));
    CHECK(orders == 120);
}

TEST_CASE("cut at every byte, a callback is never another one") {
    const expected_response expected{
        .state = "xyz", .issuer = "https://as.example", .iss_required = true, .redirect_uri = "https://c.example/cb"};
    const std::string whole = "https://c.example/cb?code=Splxl%2FOBeZQQ&iss=https%3A%2F%2Fas.example&state=xyz";
    const std::string tail  = "&session_state=%41b&x=1#";
    for (std::size_t size = 0; size <= whole.size() + tail.size(); ++size) {
        const std::string cut = (whole + tail).substr(0, size);
        CAPTURE(cut);
        if (size < whole.size())
            CHECK(refusal(cut, expected) != errc::none);
        else if (refusal(cut, expected) == errc::none)
            CHECK(accepted(cut, expected).code.reveal() == "Splxl/OBeZQQ");
        else
            CHECK(refusal(cut, expected) == errc::malformed_form);  // within %41
    }
}

TEST_CASE("any byte may be any other: both readers stay together, and only the code itself can be changed") {
    const expected_response expected{
        .state = "xyz", .issuer = "https://as.example", .iss_required = true, .redirect_uri = "https://c.example/cb"};
    const std::string whole      = "https://c.example/cb?code=Spl%2FxlOB&iss=https%3A%2F%2Fas.example&state=xyz#";
    const std::size_t code_begin = whole.find("Spl");
    const std::size_t code_end   = whole.find("&iss");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char c :
             {'\0', '\n', ' ', '#', '%', '&', '+', '/', ':', '=', '?', '@', 'A', 'c', '~', '\x7f', '\x80', '\xff'}) {
            std::string changed = whole;
            changed[at]         = c;
            CAPTURE(changed);
            if (refusal(changed, expected) != errc::none || (at >= code_begin && at < code_end)) continue;
            CHECK(accepted(changed, expected).code.reveal() == "Spl/xlOB");
        }
    }
}

TEST_CASE("over-long: a state of 1 MiB and a hundred thousand parameters, below the limit and above it") {
    const std::string state(1 << 20, 'x');
    const std::string with_state = "code=a&state=" + state;
    CHECK(refused(with_state).reason() == errc::input_too_long);
    std::string memory = with_state;
    const auto response =
        parse_authorization_response_in_place(memory, {.state = state, .max_size = with_state.size()});
    CHECK(response);
    if (response) CHECK(response->state.size() == state.size());

    std::string many = "code=a&state=xyz";
    for (int i = 0; i < 100'000; ++i) many += "&a";
    CHECK(refused(many).reason() == errc::input_too_long);
    CHECK(refused(many, {.state = "xyz", .max_size = many.size()}).reason() == errc::too_many_parameters);
    std::array<parameter_view, 2> extra;
    const auto all = parse_authorization_response_in_place(
        many, {.state = "xyz", .max_size = many.size(), .max_parameters = 100'002}, extra);
    CHECK(all);
    if (all) CHECK(all->extra.size() == 2);
}

TEST_CASE("the limits are exact") {
    const std::string callback = "code=a&state=xyz&b&c";
    CHECK(refusal(callback, {.state = "xyz", .max_size = callback.size()}) == errc::none);
    CHECK(refusal(callback, {.state = "xyz", .max_size = callback.size() - 1}) == errc::input_too_long);
    CHECK(refusal(callback, {.state = "xyz", .max_parameters = 4}) == errc::none);
    CHECK(refusal(callback, {.state = "xyz", .max_parameters = 3}) == errc::too_many_parameters);
    CHECK(accepted("code=" + std::string(8192, 'c') + "&state=xyz").code.reveal().size() == 8192);
}

TEST_CASE("a body that is encoded twice, only where the profile says so, and only where it happened") {
    expected_response lenient{.state = "x+y", .issuer = "https://as.example", .response_mode = "form_post"};
    const std::string twice = "code=a%252Fb&state=x%252By&iss=https%253A%252F%252Fas.example&%2561=%2562";
    CHECK(refusal(twice, lenient) == errc::state_mismatch);
    lenient.quirks.form_post_encoded_twice = true;
    const authorization_response response  = accepted(twice, lenient);
    CHECK(response.code.reveal() == "a/b");
    CHECK(response.extra.size() == 1);
    if (response.extra.size() == 1) CHECK((response.extra[0].name == "a" && response.extra[0].value == "b"));
    CHECK(response.tolerated.has(tolerance::form_post_encoded_twice));
    CHECK(refusal("code=a%25&state=x%252By", lenient) == errc::malformed_form);

    lenient.state = "xyz";
    CHECK(accepted("code=a&state=xyz&iss=https%3A%2F%2Fas.example", lenient).tolerated.none());  // encoded once by now
    lenient.response_mode = "query";
    CHECK(accepted("?code=a%252F&state=xyz", lenient).code.reveal() == "a%2F");  // not in that mode
}

TEST_CASE("the state alone, to find the login that it belongs to") {
    const auto state = [](std::string_view callback) {
        const auto found = state_of_callback(callback);
        return found ? *found : std::string();
    };
    for (const char* callback : {"/cb?code=a&state=x%2Dyz", "#state=x-yz", "state=x-yz",
                                 " https://c.example/cb?st%61te=x-yz&error=no\n", "?state=&code=a#state=x-yz"}) {
        CAPTURE(callback);
        CHECK(state(callback) == "x-yz");
    }
    CHECK(state("state=" + std::string(100'000, 'x')).size() == 100'000);
    const auto reason = [](std::string_view callback) {
        const auto found = state_of_callback(callback);
        return found ? errc::none : found.error().reason();
    };
    for (const char* none : {"", "/favicon.ico", "/cb?code=a", "?state=", "/state=x?a"})
        CHECK(reason(none) == errc::state_missing);
    for (const char* twice : {"state=a&state=b", "?state=a#state=a"}) CHECK(reason(twice) == errc::duplicate_parameter);
    for (const char* broken : {"state=%", "state=%zz", "state=%ff"}) CHECK(reason(broken) == errc::malformed_form);
}

TEST_CASE("in place: everything lies in the received memory, and what does not fit is dropped") {
    std::string memory = "####code=%41&x=%42&y=3&z=%20&state=xyz####";
    std::array<parameter_view, 2> extra;
    const auto response =
        parse_authorization_response_in_place(std::span<char>(memory).subspan(4, memory.size() - 8), plain, extra);
    CHECK(response);
    if (!response) return;
    const auto inside = [&](std::string_view text) {
        return text.data() >= memory.data() + 4 && text.data() + text.size() <= memory.data() + memory.size() - 4;
    };
    CHECK(response->code.reveal() == "A");
    CHECK(inside(response->code.reveal()));
    CHECK(inside(response->state));
    CHECK(response->extra.size() == 2);
    for (std::size_t i = 0; i < response->extra.size(); ++i)
        CHECK((inside(response->extra[i].name) && inside(response->extra[i].value)));
    CHECK(response->extra[0].value == "B");
    CHECK(response->extra[1].name == "y");
    CHECK(memory.starts_with("####"));
    CHECK(memory.ends_with("####"));
}

TEST_CASE("a colon makes a URL only before the query and the first parameter") {
    CHECK(refusal("code=a:b&state=xyz") == errc::none);
    CHECK(refusal("code:=a&state=xyz") == errc::state_missing);       // a URL of the scheme `code`
    CHECK(refusal("app:?code=a&state=xyz") == errc::none);
    CHECK(refusal("/cb?x:y&code=a&state=xyz") == errc::none);
    CHECK(refusal("?x:y&code=a&state=xyz") == errc::none);
    CHECK(refusal("x?y:z&code=a&state=xyz") == errc::none);           // a form whose first name has a question mark
}

TEST_CASE("a standard port may be left out, and only that of the scheme") {
    const auto arrives = [](std::string_view callback, std::string_view at) {
        expected_response expected = plain;
        expected.redirect_uri = at;
        return refusal(callback, expected) == errc::none;
    };
    CHECK(arrives("https://c.example:443/cb?code=a&state=xyz", "https://c.example/cb"));
    CHECK(arrives("https://c.example/cb?code=a&state=xyz", "https://c.example:443/cb"));
    CHECK(!arrives("https://c.example:80/cb?code=a&state=xyz", "https://c.example/cb"));
    CHECK(arrives("http://127.0.0.1:80/cb?code=a&state=xyz", "http://127.0.0.1/cb"));
    CHECK(!arrives("http://127.0.0.1:443/cb?code=a&state=xyz", "http://127.0.0.1/cb"));
    CHECK(!arrives("com.example.app://h:80/cb?code=a&state=xyz", "com.example.app://h/cb"));
    CHECK(!arrives("com.example.app://h:443/cb?code=a&state=xyz", "com.example.app://h/cb"));
    CHECK(!arrives("com.example.app:/cb?code=a&state=xyz", "com.example.app:///cb"));
}

TEST_CASE("what a server says besides a missing iss is kept from the reader") {
    expected_response expected = plain;
    expected.issuer = "https://as.example";
    expected.iss_required = true;
    const auto missing = parse_authorization_response("/cb?state=xyz&error=a&error_description=b", expected);
    REQUIRE(!missing);
    CHECK(missing.error().reason() == errc::issuer_missing);
    CHECK(missing.error().server_error().empty());
    // Of what could not be read, nothing is told
    const auto broken = parse_authorization_response("/cb?state=xyz&error=a&x=%", plain);
    REQUIRE(!broken);
    CHECK(broken.error().server_error().empty());
}

TEST_CASE("a form is one even if a name of its has a question mark and a colon") {
    expected_response expected = plain;
    expected.redirect_uri = "https://c.example/cb";
    CHECK(refusal("x?y:z&code=a&state=xyz", expected) == errc::none);
}

}  // namespace authorization_response_test
