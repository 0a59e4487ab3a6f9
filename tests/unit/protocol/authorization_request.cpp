// SPDX-License-Identifier: MIT
//
// The authorization request by the examples of RFC 6749 and OpenID Connect, each rule by what breaks it, and what the
// library writes read by a second decoder.
#include <oauthpp/protocol/authorization_request.hpp>

#include <doctest/doctest.h>
#include <unit/protocol/form_pairs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authorization_request_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::authorization_request, oauthpp::authorization_request_view, oauthpp::authorization_url;
using oauthpp::buffer_writer, oauthpp::errc, oauthpp::error_view, oauthpp::parameter, oauthpp::parameter_view;
using oauthpp::space, oauthpp::write_authorization_url;
using oauthpp_test::form_pairs, oauthpp_test::pairs_of, oauthpp_test::pairs_of_url;

constexpr std::string_view endpoint  = "https://as.example/authorize";
constexpr std::string_view start     = "https://as.example/authorize?response_type=code&client_id=s6BhdRkqt3&state=xyz";
constexpr std::string_view challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";  // RFC 7636 appendix B

authorization_request smallest() {
    authorization_request request;
    request.client_id = "s6BhdRkqt3";
    request.state     = "xyz";
    return request;
}

/// The smallest request after a change.
template <class Change>
authorization_request with(const Change& change) {
    authorization_request request = smallest();
    change(request);
    return request;
}

/// The URL; of a failure, nothing. Both ways of writing it must agree.
std::string url_of(const authorization_request& request, std::string_view at = endpoint) {
    std::string memory(16384, '\0');
    buffer_writer out{memory};
    const auto borrowed = write_authorization_url(out, at, request);
    const auto owned    = authorization_url(at, request);
    CHECK(static_cast<bool>(borrowed) == static_cast<bool>(owned));
    if (!borrowed || !owned) return {};
    CHECK(*owned == *borrowed);
    return *owned;
}

/// Why the request is refused. Both ways must agree here too.
error_view refusal(const authorization_request& request, std::string_view at = endpoint) {
    std::string memory(16384, '\0');
    buffer_writer out{memory};
    const auto borrowed = write_authorization_url(out, at, request);
    const auto owned    = authorization_url(at, request);
    CHECK_FALSE(borrowed);
    CHECK_FALSE(owned);
    if (borrowed || owned) return {};
    CHECK(out.size() == 0);
    CHECK(owned.error().reason() == borrowed.error().reason);
    CHECK(owned.error().field() == borrowed.error().field);
    CHECK(owned.error().offset() == borrowed.error().offset);
    return borrowed.error();
}

bool is_refused(errc reason, std::string_view field, const authorization_request& request,
                std::string_view at = endpoint) {
    const error_view why = refusal(request, at);
    CHECK(why.reason == reason);
    CHECK(why.field == field);
    return why.reason == reason && why.field == field;
}

form_pairs sorted(form_pairs pairs) {
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

/// Every text that a caller can set, in the order in which they are sent, with a value that is good for each.
struct text_member {
    const char* name;
    std::string authorization_request::*text;
    std::string_view good;
    bool utf8 = false;
};
constexpr std::string_view long_text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
const text_member members[]          = {
             {"response_type", &authorization_request::response_type, "code"},
             {"client_id", &authorization_request::client_id, "s6BhdRkqt3"},
             {"redirect_uri", &authorization_request::redirect_uri, "https://client.example/cb"},
             {"scope", &authorization_request::scope, "read"},
             {"state", &authorization_request::state, "xyz"},
             {"code_challenge", &authorization_request::code_challenge, long_text},
             {"code_challenge_method", &authorization_request::code_challenge_method, "S256"},
             {"response_mode", &authorization_request::response_mode, "query"},
             {"nonce", &authorization_request::nonce, "n-0S6_WzA2Mj"},
             {"display", &authorization_request::display, "page"},
             {"prompt", &authorization_request::prompt, "login"},
             {"ui_locales", &authorization_request::ui_locales, "fr"},
             {"id_token_hint", &authorization_request::id_token_hint, "h.p.s"},
             {"login_hint", &authorization_request::login_hint, "jane@example.com", true},
             {"acr_values", &authorization_request::acr_values, "myACR"},
             {"claims", &authorization_request::claims, "{}", true},
             {"domain_hint", &authorization_request::domain_hint, "example.com", true},
};

/// All of them filled.
authorization_request full() {
    authorization_request request;
    for (const text_member& member : members) request.*member.text = std::string(member.good);
    return request;
}

}  // namespace

TEST_CASE("the request of RFC 6749 4.1.1 [rfc6749-4.1.1-request]") {
    authorization_request request = smallest();
    request.redirect_uri          = "https://client.example.com/cb";
    const std::string url         = url_of(request, "https://server.example.com/authorize");
    CHECK(url.starts_with("https://server.example.com/authorize?"));
    CHECK((sorted(pairs_of_url(url)) == sorted(pairs_of("response_type=code&client_id=s6BhdRkqt3&state=xyz"
                                                        "&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb"))));
    CHECK(is_refused(errc::missing_value, "client_id", with([](auto& r) { r.client_id = ""; })));
    CHECK(is_refused(errc::missing_value, "response_type", with([](auto& r) { r.response_type = ""; })));
}

TEST_CASE("the request of OpenID Connect Core 3.1.2.1") {
    const std::string url = url_of({.client_id    = "s6BhdRkqt3",
                                    .redirect_uri = "https://client.example.org/cb",
                                    .scope        = "openid profile email",
                                    .state        = "af0ifjsldkj"},
                                   "https://server.example.com/authorize");
    CHECK((sorted(pairs_of_url(url)) ==
           sorted(pairs_of("response_type=code&scope=openid%20profile%20email&client_id=s6BhdRkqt3&state=af0ifjsldkj"
                           "&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb"))));
}

TEST_CASE("every parameter, in the order of the members, and the further ones behind them") {
    authorization_request request = full();
    request.max_age               = oauthpp::seconds{86400};
    request.resource              = {"https://api.example/", "urn:example:files"};
    request.extra                 = {{"sso_reload", "true"}, {"instance_aware", "true"}, {"x-tenant.id", "a b"}};
    form_pairs expected;
    for (const text_member& member : members) expected.emplace_back(member.name, member.good);
    expected.insert(expected.end(), {{"max_age", "86400"},
                                     {"resource", "https://api.example/"},
                                     {"resource", "urn:example:files"},
                                     {"sso_reload", "true"},
                                     {"instance_aware", "true"},
                                     {"x-tenant.id", "a b"}});
    CHECK((pairs_of_url(url_of(request)) == expected));
}

TEST_CASE("without a heap, from literals and the caller's own lists") {
    const parameter_view further[]     = {{"domain", "example.com"}};
    const std::string_view resources[] = {"https://api.example"};
    std::array<char, 256> memory{};
    buffer_writer out{memory};
    const auto url = write_authorization_url(
        out, endpoint, {.client_id = "s6BhdRkqt3", .state = "xyz", .resource = resources, .extra = further});
    CHECK(url);
    if (url) CHECK(*url == std::string(start) + "&resource=https%3A%2F%2Fapi.example&domain=example.com");
}

TEST_CASE(
    "what is empty is not sent, and nothing is added that was not asked for "
    "[rfc6749-3.1-empty-is-absent] [rfc6749-10.3-min-scope] [oidc-core-3.1.2.1-response-mode]") {
    CHECK(url_of(smallest()) == start);
    CHECK(url_of(with([](auto& r) { r.extra = {{"hint", ""}, {"b", "1"}}; })) == std::string(start) + "&b=1");
    CHECK(url_of(with([](auto& r) { r.response_mode = "form_post"; })) ==
          std::string(start) + "&response_mode=form_post");
    CHECK(url_of(with([](auto& r) { r.response_mode = "query"; })) == std::string(start) + "&response_mode=query");
    CHECK(url_of(with([](auto& r) { r.response_mode = "fragment"; })) ==
          std::string(start) + "&response_mode=fragment");
}

TEST_CASE("a query that the endpoint has is kept [rfc6749-3.1-keep-query] [rfc3986-3.4-query-add]") {
    const std::string rest = "response_type=code&client_id=s6BhdRkqt3&state=xyz";
    CHECK(url_of(smallest(), "https://as.example/authorize?tenant=42") ==
          "https://as.example/authorize?tenant=42&" + rest);
    CHECK(url_of(smallest(), "https://as.example/authorize?") == "https://as.example/authorize?" + rest);
    CHECK(url_of(smallest(), "https://as.example/authorize?a=1&") == "https://as.example/authorize?a=1&" + rest);
    CHECK(url_of(smallest(), "https://as.example/?a=%2b+%2F?") == "https://as.example/?a=%2b+%2F?" + rest);
    CHECK(url_of(smallest(), "https://as.example") == "https://as.example?" + rest);
    CHECK(url_of(smallest(), "https://as.example?p=B2C_1_x") == "https://as.example?p=B2C_1_x&" + rest);
}

TEST_CASE("an endpoint that is no URL, has a fragment or is not safe [rfc6749-3.1-no-fragment] [oauth21-1.5-https]") {
    constexpr std::string_view field = "authorization_endpoint";
    CHECK(is_refused(errc::missing_value, field, smallest(), ""));
    CHECK(is_refused(errc::url_has_fragment, field, smallest(), "https://as.example/authorize#x"));
    CHECK(is_refused(errc::url_has_fragment, field, smallest(), "https://as.example/authorize#"));
    CHECK(is_refused(errc::insecure_url, field, smallest(), "http://as.example/authorize"));
    CHECK(is_refused(errc::insecure_url, field, smallest(), "http://localhost.evil.example/authorize"));
    CHECK(is_refused(errc::insecure_url, field, smallest(), "com.example.app:/authorize"));
    for (const std::string_view bad :
         {"authorize"sv, "/authorize"sv, "//as.example/authorize"sv, "https:/authorize"sv, "https://"sv, "https:"sv,
          "https://user@as.example/"sv, "https://as.example/a b"sv, "https://as.example/\r\nX: y"sv,
          "https://as.example/\n"sv, "https://as.example/\0"sv, " https://as.example/"sv, "https://as.example/%zz"sv,
          "https://as.example:99999/"sv}) {
        CAPTURE(bad);
        CHECK(is_refused(errc::invalid_url, field, smallest(), bad));
    }
    for (const std::string_view loopback : {"http://127.0.0.1:8080/a", "http://[::1]/a", "http://localhost:3000/a"}) {
        CHECK(url_of(smallest(), loopback).starts_with(loopback));
    }
}

TEST_CASE("a parameter given twice is an error [rfc6749-3.1-unique-request-params]") {
    for (const text_member& member : members) {
        CAPTURE(member.name);
        authorization_request request = full();
        request.extra                 = {{member.name, std::string(member.good)}};
        CHECK(is_refused(errc::repeated_parameter, member.name, request));
        CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint", full(),
                         "https://as.example/?a=1&" + std::string(member.name) + "=x"));
    }
    for (const char* name : {"max_age", "resource"}) {
        CHECK(is_refused(errc::forbidden_parameter, name, with([&](auto& r) { r.extra = {{name, "1"}}; })));
    }
    CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint",
                     with([](auto& r) { r.max_age = oauthpp::seconds{1}; }), "https://as.example/?max_age=2"));
    CHECK(is_refused(errc::repeated_parameter, "extra", with([](auto& r) {
                         r.extra = {{"a", "1"}, {"b", "2"}, {"a", "1"}};
                     })));
    CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint", with([](auto& r) {
                         r.extra = {{"a", "1"}};
                     }),
                     "https://as.example/?a=1"));
    // However the name is spelled
    CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint", smallest(),
                     "https://as.example/?client%5Fid=evil"));
    CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint", smallest(), "https://as.example/?state"));
}

TEST_CASE("what may be repeated, and names that only look alike, are not refused") {
    const std::string url = url_of(with([](auto& r) {
        r.extra = {{"audience", "a"}, {"audience", "b"}, {"State", "1"}, {"state2", "2"}};
    }));
    CHECK(url == std::string(start) + "&audience=a&audience=b&State=1&state2=2");
    CHECK(url_of(smallest(), "https://as.example/?nonce=1&states=2")
              .starts_with("https://as.example/?nonce=1&states=2&"));
    CHECK(url_of(with([](auto& r) {
                     r.extra = {{"a", ""}};
                 }),
                 "https://as.example/?a=1")
              .starts_with("https://as.example/?a=1&r"));
}

TEST_CASE("credentials never enter a URL [rfc6749-2.3.1-not-in-uri]") {
    for (const char* name :
         {"client_secret", "client_assertion", "client_assertion_type", "code_verifier", "password"}) {
        CAPTURE(name);
        CHECK(is_refused(errc::forbidden_parameter, name, with([&](auto& r) { r.extra = {{name, "hush"}}; })));
    }
}

TEST_CASE("an error does not look at names that have died") {
    std::vector<error_view> errors;
    for (const char* name : {"client_secret", "state", "twice", "a b", "bad_value"}) {
        const std::string long_name = std::string(name) + std::string(100, ' ');
        auto request                = smallest();
        request.extra               = {{name, "a\n"}, {"another", "1"}};
        if (name == "twice"sv) request.extra = {{name, "1"}, {name, "2"}};
        errors.push_back(refusal(request));
    }
    const std::vector<std::string_view> fields{"client_secret", "state", "extra", "extra", "extra"};
    for (std::size_t i = 0; i < fields.size(); ++i) CHECK(errors[i].field == fields[i]);
}

TEST_CASE("no line end, NUL or other control character in any parameter") {
    for (const text_member& member : members) {
        for (const char bad : {'\r', '\n', '\0', '\t', '\x1F', '\x7F'}) {
            for (const std::size_t at : {std::size_t{0}, member.good.size() / 2, member.good.size()}) {
                CAPTURE(member.name);
                CAPTURE(at);
                authorization_request request = full();
                (request.*member.text).insert(at, 1, bad);
                const error_view why = refusal(request);
                CHECK(why.reason == errc::invalid_value);
                CHECK(why.field == member.name);
                CHECK(why.offset == at);
            }
        }
    }
    for (const std::string_view bad : {"\r"sv, "a\n"sv, "a\0b"sv, "\x7F"sv}) {
        CHECK(is_refused(errc::invalid_value, "extra", with([&](auto& r) { r.extra = {{"name", std::string(bad)}}; })));
        CHECK(is_refused(errc::invalid_value, "extra", with([&](auto& r) {
                             r.extra = {{std::string(bad), "value"}};
                         })));
        CHECK(is_refused(errc::invalid_value, "resource",
                         with([&](auto& r) { r.resource = {"urn:a" + std::string(bad)}; })));
    }
}

TEST_CASE("no character outside ASCII where the grammar has none [rfc6749-A.1-client-id] [rfc6749-A.5-state]") {
    for (const text_member& member : members) {
        CAPTURE(member.name);
        authorization_request request = full();
        request.*member.text += "\xC3\xA9";
        if (member.utf8)
            CHECK(url_of(request).find("%C3%A9") != std::string::npos);
        else
            CHECK(is_refused(errc::invalid_value, member.name, request));
    }
    CHECK(url_of(with([](auto& r) { r.client_id = "a b~"; })).find("client_id=a%20b~&") != std::string::npos);
}

TEST_CASE("a login hint may be of any script, but must be UTF-8") {
    const std::string hint = "J\xC3\xBCrgen \xE2\x82\xAC \xF0\x9D\x84\x9E";
    CHECK((pairs_of_url(url_of(with([&](auto& r) { r.login_hint = hint; }))).back() ==
           std::pair<std::string, std::string>("login_hint", hint)));
    for (const std::string_view broken :
         {"a\xC3"sv, "a\xC3(b"sv, "a\xFF"sv, "a\xC0\x80"sv, "a\xED\xA0\x80"sv, "a\x80"sv, "a\xF4\x90\x80\x80"sv}) {
        for (const text_member& member : members) {
            if (!member.utf8) continue;
            const error_view why = refusal(with([&](auto& r) { r.*member.text = std::string(broken); }));
            CHECK(why.reason == errc::invalid_value);
            CHECK(why.field == member.name);
            CHECK(why.offset == 1);
        }
        CHECK(is_refused(errc::invalid_value, "extra", with([&](auto& r) {
                             r.extra = {{"name", std::string(broken)}};
                         })));
    }
}

TEST_CASE("names of further parameters are letters, digits, hyphen, period and underscore [rfc6749-A.18-param-name]") {
    CHECK(url_of(with([](auto& r) {
              r.extra = {{"x-tenant.id", "1"}, {"client-request-id", "2"}, {"A_9", "3"}};
          })) == std::string(start) + "&x-tenant.id=1&client-request-id=2&A_9=3");
    for (const char* bad : {"", " ", "a b", "a&b", "a=b", "a%20", "a#", "a[0]", "a\"", "\xC3\xA9"}) {
        CAPTURE(bad);
        CHECK(is_refused(errc::invalid_value, "extra", with([&](auto& r) { r.extra = {{bad, "1"}}; })));
    }
}

TEST_CASE("a response type is names with one space between them [rfc6749-A.3-response-type] [oauth-mrt-4-none]") {
    for (const char* good : {"code", "token", "none", "code token", "my_type2"}) {
        CAPTURE(good);
        CHECK(pairs_of_url(url_of(with([&](auto& r) { r.response_type = good; }))).front().second == good);
    }
    for (const char* bad :
         {"code-x", "code,token", "code  token", " code", "code ", "code.x", "code none", "none token", "none none"}) {
        CAPTURE(bad);
        CHECK(is_refused(errc::invalid_value, "response_type", with([&](auto& r) { r.response_type = bad; })));
    }
}

TEST_CASE("an ID token through the browser needs a nonce [oidc-core-3.2.2.1-nonce]") {
    for (const char* type : {"id_token", "id_token token", "code id_token", "code id_token token"}) {
        CAPTURE(type);
        CHECK(is_refused(errc::missing_value, "nonce", with([&](auto& r) { r.response_type = type; })));
        const std::string url = url_of(with([&](auto& r) {
            r.response_type = type;
            r.nonce         = "n-0S6_WzA2Mj";
        }));
        CHECK(url.ends_with("&state=xyz&nonce=n-0S6_WzA2Mj"));
    }
    for (const char* type : {"code", "token", "code token", "none"})
        CHECK(!url_of(with([&](auto& r) { r.response_type = type; })).empty());
}

TEST_CASE("a token is never asked for in a query [oauth-mrt-5-no-query]") {
    for (const char* type :
         {"token", "id_token", "code token", "code id_token", "id_token token", "code id_token token"}) {
        for (const char* mode : {"query", "fragment", "form_post", ""}) {
            CAPTURE(type);
            CAPTURE(mode);
            const auto request = with([&](auto& r) {
                r.response_type = type;
                r.response_mode = mode;
                r.nonce         = "n";
            });
            if (mode == "query"sv)
                CHECK(is_refused(errc::invalid_value, "response_mode", request));
            else
                CHECK(!url_of(request).empty());
        }
    }
    for (const char* unknown : {"Query", "query ", "web_message", "form-post", "none"}) {
        CHECK(is_refused(errc::invalid_value, "response_mode", with([&](auto& r) { r.response_mode = unknown; })));
    }
}

TEST_CASE("a scope is words with one space between them [rfc6749-3.3-scope-format] [rfc6749-A.4-scope-token]") {
    CHECK(url_of(with([](auto& r) {
              r.scope = "Profile urn:x/y.z:read";
          })).find("&scope=Profile%20urn%3Ax%2Fy.z%3Aread&") != std::string::npos);
    for (const char* bad : {" ", " read", "read ", "read  write", "a\"b", "a\\b"}) {
        CAPTURE(bad);
        CHECK(is_refused(errc::invalid_value, "scope", with([&](auto& r) { r.scope = bad; })));
    }
}

TEST_CASE("scopes that are URLs or begin with a client identifier pass untouched") {
    const std::string scope =
        "6731de76-14a6-49ae-97bc-6eba6914391e/.default https://contoso.onmicrosoft.com/app/files.read offline_access";
    const form_pairs pairs = pairs_of_url(url_of(with([&](auto& r) { r.scope = scope; })));
    CHECK((pairs[2] == std::pair<std::string, std::string>("scope", scope)));
}

TEST_CASE("a space leaves as %20, or as plus where that is asked for") {
    auto request  = smallest();
    request.scope = "read write";
    request.extra = {{"note", "a+b c"}};
    CHECK(url_of(request).ends_with("&scope=read%20write&state=xyz&note=a%2Bb%20c"));
    request.scope_separator = space::plus;
    CHECK(url_of(request).ends_with("&scope=read+write&state=xyz&note=a%2Bb+c"));
}

TEST_CASE("a request has a state, unless it is left out by name [rfc6749-A.5-state]") {
    CHECK(is_refused(errc::missing_value, "state", with([](auto& r) { r.state = ""; })));
    CHECK(url_of(with([](auto& r) {
              r.state               = "";
              r.allow_missing_state = true;
          })) == "https://as.example/authorize?response_type=code&client_id=s6BhdRkqt3");
}

TEST_CASE(
    "the challenge goes with its method, S256 if nothing else is said [rfc7636-4.3-params] [rfc7636-4.2-must-s256]") {
    auto request           = smallest();
    request.code_challenge = challenge;
    CHECK(url_of(request) ==
          std::string(start) +
              "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
    request.code_challenge_method = "plain";
    CHECK(is_refused(errc::plain_pkce, "code_challenge_method", request));
    request.allow_plain_code_challenge = true;
    CHECK(url_of(request).ends_with("&code_challenge_method=plain"));
    for (const char* method : {"", "s256", "Plain", "S512", "none"}) {  // left out, it would mean plain
        request.code_challenge_method = method;
        CHECK(is_refused(errc::invalid_value, "code_challenge_method", request));
    }
}

TEST_CASE("a challenge that is no challenge") {
    auto request = smallest();
    for (const std::size_t size : {1U, 42U, 129U, 5000U}) {
        request.code_challenge = std::string(size, 'a');
        CHECK(is_refused(errc::invalid_value, "code_challenge", request));
    }
    for (const char bad : {'+', '/', '=', '%', ' ', '&'}) {
        request.code_challenge = std::string(42, 'a') + bad;
        CHECK(is_refused(errc::invalid_value, "code_challenge", request));
        CHECK(refusal(request).offset == 42);
    }
    // SHA-256 makes 43 characters of base64url, and no others
    for (const std::string& impossible :
         {std::string(44, 'a'), std::string(128, 'a'), std::string(42, 'a') + '~', std::string(42, 'a') + '.'}) {
        request.code_challenge        = impossible;
        request.code_challenge_method = "S256";
        CHECK(is_refused(errc::invalid_value, "code_challenge", request));
        request.code_challenge_method      = "plain";
        request.allow_plain_code_challenge = true;
        CHECK(!url_of(request).empty());
    }
}

TEST_CASE("the redirect URI goes out byte for byte [rfc8252-7.3-loopback] [rfc8252-7.1-scheme]") {
    for (const char* uri :
         {"http://localhost:8080", "http://localhost:8080/", "http://127.0.0.1:51004/oauth2redirect/example-provider",
          "http://[::1]:61023/oauth2redirect/example-provider", "https://c.example/cb?x=1&y=%2f+%2F",
          "https://C.example/CB", "com.example.app:/oauth2redirect/example-provider", "https://c.example/%7Ejane/cb"}) {
        CAPTURE(uri);
        const form_pairs pairs = pairs_of_url(url_of(with([&](auto& r) { r.redirect_uri = uri; })));
        CHECK((pairs[2] == std::pair<std::string, std::string>("redirect_uri", uri)));
    }
}

TEST_CASE(
    "a redirect URI that is not absolute, has a fragment or is not safe "
    "[rfc6749-3.1.2-redirect-absolute] [rfc6749-3.1.2-redirect-no-fragment] [oauth21-1.5-https]") {
    const auto redirect_to = [](const char* uri) { return with([&](auto& r) { r.redirect_uri = uri; }); };
    CHECK(is_refused(errc::invalid_url, "redirect_uri", redirect_to("/cb")));
    CHECK(is_refused(errc::invalid_url, "redirect_uri", redirect_to("//client.example/cb")));
    CHECK(is_refused(errc::invalid_url, "redirect_uri", redirect_to("localhost")));
    CHECK(is_refused(errc::invalid_url, "redirect_uri", redirect_to("https://client.example/c b")));
    CHECK(is_refused(errc::url_has_fragment, "redirect_uri", redirect_to("https://client.example.com/cb#frag")));
    CHECK(is_refused(errc::insecure_url, "redirect_uri", redirect_to("http://client.example.com/cb")));
    CHECK(is_refused(errc::invalid_value, "redirect_uri", redirect_to("myapp:/cb")));
    CHECK(is_refused(errc::invalid_value, "redirect_uri", redirect_to("javascript:alert(1)")));
}

TEST_CASE("OpenID Connect does without no redirect URI [oidc-core-3.1.2.1-redirect]") {
    CHECK(is_refused(errc::missing_value, "redirect_uri", with([](auto& r) { r.scope = "email openid"; })));
    CHECK(!url_of(with([](auto& r) { r.scope = "email openid2"; })).empty());
}

TEST_CASE("prompt none stands alone [oidc-core-3.1.2.1-prompt-none]") {
    const auto prompt = [](const char* text) { return with([&](auto& r) { r.prompt = text; }); };
    CHECK(url_of(prompt("none")).ends_with("&prompt=none"));
    CHECK(url_of(prompt("login consent")).ends_with("&prompt=login%20consent"));
    CHECK(url_of(prompt("nonesuch")).ends_with("&prompt=nonesuch"));
    for (const char* bad : {"none login", "login none", "none none"})
        CHECK(is_refused(errc::invalid_value, "prompt", prompt(bad)));
}

TEST_CASE("lists have one space between their values [oidc-core-14-lists]") {
    CHECK(url_of(with([](auto& r) { r.ui_locales = "fr-CA fr en"; })).ends_with("&ui_locales=fr-CA%20fr%20en"));
    CHECK(url_of(with([](auto& r) { r.acr_values = "a b"; })).ends_with("&acr_values=a%20b"));
    for (const auto member :
         {&authorization_request::ui_locales, &authorization_request::acr_values, &authorization_request::prompt}) {
        for (const char* bad : {"a  b", " a", "a ", "a\tb"})
            CHECK(refusal(with([&](auto& r) { r.*member = bad; })).reason == errc::invalid_value);
    }
}

TEST_CASE("max_age is a number of seconds, and 0 is one") {
    const auto max_age = [](std::int64_t count) { return with([&](auto& r) { r.max_age = oauthpp::seconds{count}; }); };
    CHECK(url_of(max_age(0)).ends_with("&max_age=0"));
    CHECK(url_of(max_age(86400)).ends_with("&max_age=86400"));
    CHECK(url_of(max_age(INT64_MAX)).ends_with("&max_age=9223372036854775807"));
    CHECK(is_refused(errc::invalid_value, "max_age", max_age(-1)));
    CHECK(is_refused(errc::invalid_value, "max_age", max_age(INT64_MIN)));
}

TEST_CASE("a resource is an absolute URI without a fragment, and may be repeated "
          "[rfc8707-2-absolute] [rfc8707-2-repeat]") {
    CHECK(url_of(with([](auto& r) {
              r.resource = {"https://api.example/?a=1", "urn:x"};
          })).ends_with("&resource=https%3A%2F%2Fapi.example%2F%3Fa%3D1&resource=urn%3Ax"));
    CHECK(url_of(with([](auto& r) {
              r.resource = {"https://api.example/app/", "https://api.example/app"};
          })).ends_with("&resource=https%3A%2F%2Fapi.example%2Fapp%2F&resource=https%3A%2F%2Fapi.example%2Fapp"));
    for (const char* bad : {"", "api", "/api", "https://api.example/#x", "https://api.example/ x"}) {
        CAPTURE(bad);
        CHECK(is_refused(errc::invalid_value, "resource", with([&](auto& r) {
                             r.resource = {"https://api.example", bad};
                         })));
    }
}

TEST_CASE("claims are JSON and survive") {
    const std::string claims =
        R"({"access_token":{"xms_cc":{"values":["cp1"]}},"id_token":{"name":{"value":"\u00e9 & =+%"}}})";
    CHECK((pairs_of_url(url_of(with([&](auto& r) { r.claims = claims; }))).back().second == claims));
}

TEST_CASE("a buffer of any size below the right one is left clean, and told what would do") {
    authorization_request request = full();
    request.extra                 = {{"a", "b c"}};
    const std::string url         = url_of(request);
    const std::string before      = "earlier";
    for (std::size_t size = 0; size <= url.size() + 1; ++size) {
        std::string memory(before.size() + size + 8, '#');
        buffer_writer out{std::span<char>(memory).first(before.size() + size)};
        out.append(before);
        const auto written = write_authorization_url(out, endpoint, request);
        CHECK(memory.starts_with(before));
        CHECK(memory.ends_with("########"));
        if (size >= url.size()) {
            CHECK(written);
            if (written) CHECK(*written == url);
            continue;
        }
        CHECK_FALSE(written);
        if (written) continue;
        CHECK(written.error().reason == errc::buffer_too_small);
        CHECK(written.error().needed == before.size() + url.size());
        CHECK(memory.find_first_not_of(std::string_view("\0#", 2), before.size()) == std::string::npos);
        CHECK(out.size() == before.size());
    }
}

TEST_CASE("no length is assumed: a state of 1 MiB, identifiers of 4096 [rfc6749-5.1-sizes]") {
    auto request      = smallest();
    request.client_id = std::string(4096, 'c');
    request.state     = std::string(1 << 20, 's');
    const auto url    = authorization_url(endpoint, request);
    CHECK(url);
    if (url) CHECK(url->size() == start.size() - 10 - 3 + request.client_id.size() + request.state.size());
    if (url) CHECK(url->find_first_not_of('s', url->size() - request.state.size()) == std::string::npos);
}

TEST_CASE("an endpoint with a hundred thousand parameters of its own is read through") {
    std::string many = "https://as.example/?";
    for (int i = 0; i < 100'000; ++i) many += "a&";
    const auto url = authorization_url(many, smallest());
    CHECK(url);
    if (url) CHECK(url->starts_with(many + "response_type=code"));
    CHECK(is_refused(errc::repeated_parameter, "authorization_endpoint", smallest(), many + "state=1"));
}

TEST_CASE("a query of the endpoint's own repeats only what is sent") {
    const std::vector<oauthpp::parameter_view> extra{{"b", "2"}};
    const auto written = [&](std::string_view to, std::optional<oauthpp::seconds> max_age) {
        const auto url = oauthpp::authorization_url(to, {.client_id = "c", .state = "s", .code_challenge = challenge, .max_age = max_age, .extra = extra});
        return url ? errc::none : url.error().reason();
    };
    CHECK(written("https://as.example/a?a=1", {}) == errc::none);
    CHECK(written("https://as.example/a?a=1", oauthpp::seconds{60}) == errc::none);
    CHECK(written("https://as.example/a?max_age=1", {}) == errc::none);
    CHECK(written("https://as.example/a?max_age=1", oauthpp::seconds{60}) == errc::repeated_parameter);
    CHECK(written("https://as.example/a?b=1", {}) == errc::repeated_parameter);
}

}  // namespace authorization_request_test
