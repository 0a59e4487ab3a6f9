// SPDX-License-Identifier: MIT
//
// Flaws that were found in OAuth clients in the field, each named for what it does, and each shown not to be here.
#include <oauthpp/oauthpp.hpp>

#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace known_flaws_test {
namespace {

using oauthpp::client, oauthpp::describe, oauthpp::errc, oauthpp::http_response, oauthpp::refresh, oauthpp::result;
using oauthpp::secret, oauthpp::server_metadata, oauthpp::start_login, oauthpp::tokens;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::begin, oauthpp_test::callback_of, oauthpp_test::has;
using oauthpp_test::only, oauthpp_test::outcome_of, oauthpp_test::pairs_of_url, oauthpp_test::reason_of;
using oauthpp_test::scripted_transport, oauthpp_test::server, oauthpp_test::value_of;

/// One attempt against a server that gives tokens to anybody: why it failed, and whether a code was sent.
struct attempt {
    errc reason{};
    bool sent{};
    std::string code{};
};

attempt try_callback(oauthpp::pending_login& login, std::string_view callback) {
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    const auto outcome = outcome_of(login.exchange(callback), http);
    return {reason_of(outcome), !http.sent.empty(), only(http.last_form(), "code")};
}

/// A callback to a login of its own, which `STATE` stands for.
attempt try_callback(std::string callback) {
    auto login = begin();
    if (const std::size_t at = callback.find("STATE"); at != std::string::npos) callback.replace(at, 5, login.state());
    return try_callback(login, callback);
}

errc answer_read_as(const http_response& response) {
    auto login = begin();
    scripted_transport http{{response}};
    return reason_of(outcome_of(login.exchange(callback_of(login)), http));
}

tokens held(std::string_view refresh_token) {
    tokens each;
    each.access_token = secret("at");
    each.refresh_token = secret(refresh_token);
    return each;
}

bool mentions(const oauthpp::error& error, std::string_view word) {
    return describe(error).find(word) != std::string::npos;
}

const std::string state_of_no_login(43, 'A');

}  // namespace

// ---- weak randomness

TEST_CASE("flaw: state and verifier come from a generator with a 32-bit seed, or from the time of day") {
    // Two sources that differ in their very last bit: were anything else mixed in, or any bit left out, it would show
    const auto url_with = [](std::byte last) {
        auto login = start_login(server, app, {.scope = "openid"}, [last](std::span<std::byte> out) {
            for (std::byte& byte : out) byte = std::byte{7};
            out.back() = last;
            return true;
        });
        return login ? login->url() : std::string();
    };
    CHECK(url_with(std::byte{0}) == url_with(std::byte{0}));
    for (const char* name : {"state", "nonce", "code_challenge"}) {
        CHECK(only(pairs_of_url(url_with(std::byte{0})), name) != only(pairs_of_url(url_with(std::byte{1})), name));
    }
}

TEST_CASE("flaw: a source of randomness that failed goes unnoticed, and the state is zeros") {
    CHECK(reason_of(start_login(server, app, {}, [](std::span<std::byte>) { return false; })) == errc::no_entropy);
}

TEST_CASE("flaw: the state is so short that it can be guessed") {
    CHECK(begin().state().size() == 43);   // 256 bits
}

TEST_CASE("flaw: a second login reuses state, nonce and verifier of the first") {
    const auto first = pairs_of_url(begin({.scope = "openid"}).url());
    const auto second = pairs_of_url(begin({.scope = "openid"}).url());
    for (const char* name : {"state", "nonce", "code_challenge"}) CHECK(only(first, name) != only(second, name));
}

// ---- the state

TEST_CASE("flaw: that there is a state is checked, its value is not") {
    const attempt got = try_callback("/cb?code=evil&state=anything");
    CHECK(got.reason == errc::state_mismatch);
    CHECK_FALSE(got.sent);
    CHECK(try_callback("/cb?code=evil&state=" + state_of_no_login).reason == errc::state_mismatch);
    CHECK(try_callback("/cb?code=evil").reason == errc::state_missing);
}

TEST_CASE("flaw: an error is acted on before the state is checked, so that anybody can end a login") {
    auto login = begin();
    const auto forged =
        outcome_of(login.exchange("/cb?error=access_denied&error_description=call+0900&state=" + state_of_no_login));
    REQUIRE_FALSE(forged);
    CHECK(forged.error().reason() == errc::state_mismatch);
    // A listener that passes on only what answers the login is not even ended by it
    login = begin();
    CHECK_FALSE(login.is_answered_by("/cb?error=access_denied&state=" + state_of_no_login));
    CHECK(try_callback(login, callback_of(login)).reason == errc::none);
}

TEST_CASE("flaw: an expected state that is empty matches one that is empty, or any") {
    const auto parse = [](std::string_view callback) {
        return reason_of(oauthpp::parse_authorization_response(callback, {.state = ""}));
    };
    CHECK(parse("/cb?code=a&state=") == errc::state_missing);
    CHECK(parse("/cb?code=a&state=x") == errc::state_mismatch);
    CHECK(parse("/cb?code=a") == errc::state_missing);
}

TEST_CASE("flaw: a state works more than once") {
    auto login = begin();
    const std::string callback = callback_of(login);
    CHECK(try_callback(login, callback).reason == errc::none);
    const attempt again = try_callback(login, callback);
    CHECK(again.reason == errc::already_used);
    CHECK_FALSE(again.sent);
}

TEST_CASE("flaw: the error of a wrong state prints the right one") {
    auto login = begin();
    const std::string state = login.state();
    const auto outcome = outcome_of(login.exchange("/cb?code=a&state=" + state_of_no_login));
    REQUIRE_FALSE(outcome);
    CHECK_FALSE(mentions(outcome.error(), state));
}

TEST_CASE("flaw: the redirect URI is compared by its beginning") {
    client tld = app;
    tld.redirect_uri = "https://rp.tld";
    for (const char* elsewhere : {"https://rp.tld.evil/", "https://rp.tld:444/", "https://rp.tld@evil.example/",
                                  "https://rp.tld/evil", "https://evil.example/https://rp.tld"}) {
        auto login = begin({}, server, tld);
        const attempt got = try_callback(login, std::string(elsewhere) + "?code=a&state=" + login.state());
        CHECK(got.reason == errc::wrong_redirect_uri);
        CHECK_FALSE(got.sent);
    }
    auto login = begin({}, server, tld);
    CHECK(try_callback(login, "https://rp.tld/?code=a&state=" + login.state()).reason == errc::none);
}

TEST_CASE("flaw: a callback that arrived elsewhere counts as a success in which nothing was found") {
    CHECK(try_callback("https://elsewhere.example/cb?code=a&state=STATE").reason == errc::wrong_redirect_uri);
    CHECK(try_callback("/favicon.ico").reason != errc::none);
}

TEST_CASE("flaw: an access token is taken from the callback of a login that asked for a code") {
    const std::pair<const char*, errc> callbacks[] = {
        {"/cb?access_token=evil&token_type=Bearer&state=STATE", errc::missing_parameter},
        {"/cb?code=a&access_token=evil&token_type=Bearer&state=STATE", errc::unexpected_parameter},
        {"/cb?code=a&id_token=evil&state=STATE", errc::unexpected_parameter},
        {"/cb?code=a&state=STATE#access_token=evil&token_type=Bearer", errc::unexpected_response_mode},
        {"/cb#access_token=evil&token_type=Bearer&state=STATE", errc::unexpected_response_mode},
    };
    for (const auto& [callback, reason] : callbacks) {
        const attempt got = try_callback(callback);
        CHECK(got.reason == reason);
        CHECK_FALSE(got.sent);
    }
}

TEST_CASE("flaw: the answer of another server is taken for this server's, which sends it the code") {
    const attempt got = try_callback("/cb?code=a&iss=https%3A%2F%2Fevil.example&state=STATE");
    CHECK(got.reason == errc::issuer_mismatch);
    CHECK_FALSE(got.sent);
}

// ---- PKCE

TEST_CASE("flaw: a challenge is sent without its method, which then means plain") {
    const auto url = pairs_of_url(begin().url());
    CHECK(only(url, "code_challenge_method") == "S256");
}

TEST_CASE("flaw: the challenge is base64 of the digest's hexadecimal text, and the verifier is too short") {
    constexpr std::array<unsigned char, 32> octets{116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96,
                                                   125, 216, 173, 187, 186, 22,  212, 37,  77,  105, 214,
                                                   191, 240, 91,  88,  5,   88,  83,  132, 141, 121};
    auto login = start_login(server, app, {}, [&](std::span<std::byte> out) {
        std::memcpy(out.data(), octets.data(), octets.size());
        return true;
    });
    REQUIRE(login);
    CHECK(only(pairs_of_url(login->url()), "code_challenge") ==
          "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");  // RFC 7636 B
    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(login->exchange(callback_of(*login)), http));
    CHECK(only(http.last_form(), "code_verifier") == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST_CASE("flaw: PKCE is off unless asked for, or silently off when the metadata do not mention it") {
    server_metadata silent = server;
    silent.code_challenge_method_s256_supported = oauthpp::support::no;
    CHECK(only(pairs_of_url(begin({}, silent).url()), "code_challenge").size() == 43);
    CHECK(only(pairs_of_url(begin({}).url()), "code_challenge").size() == 43);
}

TEST_CASE("flaw: PKCE is given up when a server complains about it [rfc7636-7.2-no-downgrade]") {
    auto login = begin();
    const auto outcome = outcome_of(login.exchange(
        "/cb?error=invalid_request&error_description=transform+algorithm+not+supported&state=" + login.state()));
    CHECK(reason_of(outcome) == errc::server_refused);
    CHECK(try_callback(login, callback_of(login)).reason == errc::already_used);
}

// ---- encoding

TEST_CASE("flaw: an endpoint that has a query gets a second question mark") {
    server_metadata tenant = server;
    for (const char* endpoint : {"https://as.example/authorize?tenant=42", "https://as.example/authorize?"}) {
        tenant.authorization_endpoint = endpoint;
        const std::string url = begin({}, tenant).url();
        CHECK(oauthpp_test::count_of(url, '?') == 1);
        CHECK(only(pairs_of_url(url), "response_type") == "code");
    }
}

TEST_CASE("flaw: scopes are joined with a space that goes into the URL as it is") {
    const std::string url = begin({.scope = "openid read"}).url();
    CHECK(url.find(' ') == std::string::npos);
    CHECK(url.find("scope=openid%20read&") != std::string::npos);
}

TEST_CASE("flaw: of a parameter that comes twice the last one wins, or the first") {
    for (const char* callback :
         {"/cb?code=a&code=b&state=STATE", "/cb?code=a&state=STATE&state=x", "/cb?code=a&state=x&state=STATE",
          "/cb?code=a&c%6Fde=b&state=STATE", "/cb?code=&code=a&state=STATE"}) {
        const attempt got = try_callback(callback);
        CHECK(got.reason == errc::duplicate_parameter);
        CHECK_FALSE(got.sent);
    }
}

TEST_CASE("flaw: the names of parameters are not decoded") {
    CHECK(try_callback("/cb?c%6fde=abc&st%61te=STATE").code == "abc");
    CHECK(try_callback("/cb?code=a&%65rror=access_denied&state=STATE").reason == errc::server_refused);
}

TEST_CASE("flaw: a code is sent without having been decoded, so that it is encoded twice") {
    CHECK(try_callback("/cb?code=4%2F0AX4XfWh&state=STATE").code == "4/0AX4XfWh");
}

TEST_CASE("flaw: a value with a percent sign is taken for one that is encoded already") {
    CHECK(try_callback("/cb?code=a%252Fb&state=STATE").code == "a%2Fb");
    CHECK(try_callback("/cb?code=100%25&state=STATE").code == "100%");
}

TEST_CASE("flaw: a semicolon separates parameters") {
    CHECK(try_callback("/cb?code=a;state=b&state=STATE").code == "a;state=b");
}

TEST_CASE("flaw: the query is decoded before it is split, so that a value becomes parameters") {
    CHECK(try_callback("/cb?code=a%26iss%3Devil%26x%3D1&state=STATE").code == "a&iss=evil&x=1");
    CHECK(try_callback("/cb?x=1%26state%3DSTATE&code=a").reason == errc::state_missing);
}

TEST_CASE("flaw: a code goes into the body as it is, and brings parameters of its own") {
    auto login = begin();
    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(login.exchange(callback_of(login, "a%26client_id%3Devil%26grant_type%3Dpassword")), http));
    CHECK(only(http.last_form(), "code") == "a&client_id=evil&grant_type=password");
    CHECK(only(http.last_form(), "client_id") == "s6BhdRkqt3");
    CHECK(only(http.last_form(), "grant_type") == "authorization_code");
}

TEST_CASE("flaw: a refresh token goes into the body as it is, into memory that may be too small for it") {
    constexpr std::string_view hostile = "r&scope=admin%00+";
    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(refresh(server, app, held(hostile)), http));
    CHECK(only(http.last_form(), "refresh_token") == hostile);
    CHECK_FALSE(has(http.last_form(), "scope"));

    const std::string long_token(582, 'r');
    std::array<char, 300> memory{};
    oauthpp::token_flow_view flow(server, app, oauthpp::refresh_token_grant_view{.refresh_token = long_token}, memory);
    CHECK(flow.next({1000}) == nullptr);
    CHECK(reason_of(flow.outcome()) == errc::buffer_too_small);
    CHECK(outcome_of(refresh(server, app, secret(std::string_view(long_token)))));
}

TEST_CASE("flaw: HTTP Basic without form-encoding, so that a secret with a percent sign is another secret") {
    client confidential = app;
    confidential.authentication = oauthpp::client_secret_basic{"p w+d%/&"};
    confidential.client_id = "a:b";
    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(refresh(server, confidential, held("r")), http));
    const std::string_view header = http.sent[0].authorization.reveal();
    REQUIRE(header.starts_with("Basic "));
    CHECK(oauthpp_test::base64_decoded({header.data() + 6, header.size() - 6}) == "a%3Ab:p+w%2Bd%25%2F%26");
}

TEST_CASE("flaw: a public client cannot do without a secret, or sends an empty one") {
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    CHECK(outcome_of(refresh(server, app, held("r")), http));
    CHECK_FALSE(has(http.last_form(), "client_secret"));
    CHECK(http.sent[0].authorization.empty());
    CHECK(only(http.last_form(), "client_id") == "s6BhdRkqt3");
}

TEST_CASE("flaw: two methods of client authentication in one request") {
    client confidential = app;
    confidential.authentication = oauthpp::client_secret_basic{"gX1fBat3bV"};
    const std::array<oauthpp::parameter_view, 1> second{{{"client_secret", "gX1fBat3bV"}}};
    CHECK(reason_of(outcome_of(refresh(server, confidential, held("r"), {.extra = second}))) ==
          errc::forbidden_parameter);
}

TEST_CASE("flaw: a person's password is taken along [rfc9700-2.4-no-ropc]") {
    const std::array<oauthpp::parameter_view, 1> grant{{{"grant_type", "password"}}};
    auto login = begin();
    CHECK(reason_of(outcome_of(login.exchange(callback_of(login), {.extra = grant}))) == errc::forbidden_parameter);
    CHECK(reason_of(outcome_of(refresh(server, app, held("r"), {.extra = grant}))) == errc::forbidden_parameter);
    const std::array<oauthpp::parameter_view, 1> password{{{"password", "A3ddj3w"}}};
    CHECK(reason_of(start_login(server, app, {.extra = password}, oauthpp_test::counting_entropy{})) ==
          errc::forbidden_parameter);
}

// ---- transport

TEST_CASE("flaw: the token request follows a redirect, and takes code and secret along") {
    for (const int status : {301, 302, 303, 307, 308}) {
        auto login = begin();
        scripted_transport http{{answer(status, ""), answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
        CHECK(reason_of(outcome_of(login.exchange(callback_of(login)), http)) == errc::redirected);
        CHECK(http.sent.size() == 1);
    }
}

TEST_CASE("flaw: the token request is sent again after a time limit, when the code may be used up") {
    for (const errc lost : {errc::timed_out, errc::connection_lost, errc::transport_failed}) {
        auto login = begin();
        scripted_transport http{{lost, answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
        const auto outcome = outcome_of(login.exchange(callback_of(login)), http);
        CHECK(reason_of(outcome) == lost);
        CHECK(http.sent.size() == 1);
        CHECK((!outcome && outcome.error().again() == oauthpp::resend::unsafe));
        CHECK(try_callback(login, callback_of(login)).reason == errc::already_used);
    }
}

TEST_CASE("flaw: a client tries one authentication after the other, and burns the code with the first") {
    auto login = begin();
    scripted_transport http{
        {answer(401, R"({"error":"invalid_client"})"), answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    CHECK(reason_of(outcome_of(login.exchange(callback_of(login)), http)) == errc::server_refused);
    CHECK(http.sent.size() == 1);
}

TEST_CASE("flaw: the token endpoint may be http, a file, or no URL at all") {
    server_metadata open = server;
    for (const char* endpoint :
         {"http://as.example/token", "file:///etc/passwd", "ftp://as.example/token", "as.example/token", "token"}) {
        open.token_endpoint = endpoint;
        const errc reason = reason_of(outcome_of(refresh(open, app, held("r"))));
        CHECK((reason == errc::insecure_url || reason == errc::invalid_url));
        CHECK_FALSE(start_login(open, app, {}, oauthpp_test::counting_entropy{}));
    }
}

// ---- what the token endpoint answers

TEST_CASE("flaw: every HTTP error is the same network error, and what the server says is lost") {
    const auto refused = [](int status, const std::string& code) {
        auto login = begin();
        scripted_transport http{{answer(status, R"({"error":")" + code + "\"}")}};
        const auto outcome = outcome_of(login.exchange(callback_of(login)), http);
        return outcome ? std::string() : std::string(outcome.error().server_error());
    };
    for (const int status : {400, 401, 403, 500}) {
        CHECK(refused(status, "invalid_grant") == "invalid_grant");
        CHECK(refused(status, "invalid_client") == "invalid_client");
    }
}

TEST_CASE("flaw: a body without an access token is a success") {
    CHECK(answer_read_as(answer(200, "{}")) == errc::missing_member);
    CHECK(answer_read_as(answer(200, R"({"access_token":"","token_type":"Bearer"})")) == errc::missing_member);
    CHECK(answer_read_as(answer(200, R"({"access_token":null,"token_type":"Bearer"})")) == errc::missing_member);
    CHECK(answer_read_as(answer(200, R"({"access_token":1,"token_type":"Bearer"})")) == errc::invalid_member);
    CHECK(answer_read_as(answer(200, "")) == errc::empty_body);
}

TEST_CASE("flaw: an error with status 200 is a success") {
    CHECK(answer_read_as(answer(200, R"({"error":"invalid_grant"})")) == errc::server_refused);
    CHECK(answer_read_as(answer(200, R"({"error":"invalid_grant","access_token":"a","token_type":"Bearer"})")) ==
          errc::server_refused);
}

TEST_CASE("flaw: tokens with an error status are a success") {
    CHECK(answer_read_as(answer(400, R"({"access_token":"a","token_type":"Bearer"})")) == errc::unexpected_status);
    CHECK(answer_read_as(answer(500, R"({"access_token":"a","token_type":"Bearer"})")) == errc::unexpected_status);
}

TEST_CASE("flaw: a member that is there twice is read by one of us in one way and by the next in another") {
    CHECK(answer_read_as(answer(200, R"({"access_token":"a","access_token":"b","token_type":"Bearer"})")) ==
          errc::duplicate_member);
    CHECK(answer_read_as(answer(200, R"({"access_token":"a","access\u005ftoken":"b","token_type":"Bearer"})")) ==
          errc::duplicate_member);
}

TEST_CASE("flaw: a token that must be bound to a key is used as if anybody might") {
    CHECK(answer_read_as(answer(200, R"({"access_token":"a","token_type":"DPoP"})")) == errc::unsupported_token_type);
    CHECK(answer_read_as(answer(200, R"({"access_token":"a","token_type":"mac"})")) == errc::unsupported_token_type);
}

TEST_CASE("flaw: an access token brings a line end, and with it headers of its own") {
    CHECK(answer_read_as(answer(200, R"({"access_token":"a\r\nHost: evil","token_type":"Bearer"})")) ==
          errc::invalid_member);
    CHECK(answer_read_as(answer(200, R"({"access_token":"a","token_type":"Bearer","refresh_token":"r\u0000"})")) ==
          errc::invalid_member);
}

TEST_CASE("flaw: an ID token that nobody checked passes for the person's identity") {
    const auto outcome_with = [](std::string_view scope) {
        auto login = begin({.scope = scope});
        scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","id_token":"e30.e30."})")}};
        return outcome_of(login.exchange(callback_of(login)), http);
    };
    CHECK_FALSE(value_of(outcome_with("read")).identity);
    CHECK_FALSE(outcome_with("openid"));
}

// ---- refresh and lifetime

TEST_CASE("flaw: a refresh that brings no refresh token wipes the one at hand") {
    scripted_transport http{{answer(200, R"({"access_token":"new","token_type":"Bearer"})")}};
    CHECK(value_of(outcome_of(refresh(server, app, held("r1")), http)).refresh_token.reveal() == "r1");
}

TEST_CASE("flaw: a refresh token that rotated is dropped, and the dead one kept") {
    scripted_transport http{{answer(200, R"({"access_token":"new","token_type":"Bearer","refresh_token":"r2"})")}};
    const tokens renewed = value_of(outcome_of(refresh(server, app, held("r1")), http));
    CHECK(renewed.refresh_token.reveal() == "r2");
    CHECK(renewed.refresh_token_rotated);
}

TEST_CASE("flaw: a network error during a refresh logs the person out") {
    tokens kept = held("r1");
    for (const errc broken : {errc::timed_out, errc::name_not_found, errc::tls_failed}) {
        scripted_transport http{{broken}};
        auto renewed = outcome_of(refresh(server, app, kept), http);
        CHECK_FALSE(renewed);
        if (renewed) kept = *std::move(renewed);
        CHECK(kept.refresh_token.reveal() == "r1");
        CHECK(kept.access_token.reveal() == "at");
    }
}

TEST_CASE("flaw: without expires_in the login fails, or the token ends in a second, or never") {
    auto login = begin();
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    const tokens got = value_of(outcome_of(login.exchange(callback_of(login)), http));
    CHECK_FALSE(got.expires_at);
}

TEST_CASE("flaw: expires_in as text ends the login, or is let pass without a trace") {
    auto login = begin();
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","expires_in":"3600"})")}};
    const tokens got = value_of(outcome_of(login.exchange(callback_of(login)), http));
    CHECK((got.expires_at && got.expires_at->count == 4600));
    CHECK(got.tolerated.has(oauthpp::tolerance::number_as_string));
}

TEST_CASE("flaw: a scope that differs from the requested one ends the login") {
    auto login = begin({.scope = "read write"});
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","scope":"read openid"})")}};
    const tokens got = value_of(outcome_of(login.exchange(callback_of(login)), http));
    CHECK(got.scope == "read openid");
    CHECK(got.missing_scope == "write");
    CHECK(got.extra_scope == "openid");
}

// ---- leaks

TEST_CASE("flaw: errors hold secrets: the body, the token, the code, the verifier, the client's secret "
          "[rfc6750-5.3-no-leak]") {
    client confidential = app;
    confidential.authentication = oauthpp::client_secret_post{"7Fjfp0ZBr1KtDRbnfVdmIw"};
    const std::vector<result<http_response>> answers{
        answer(
            200,
            R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"mac","refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA"})"),
        answer(200, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA")"),
        answer(200, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","access_token":"tGzv3JOkF0XG5Qx2TlKWIA"})"),
        answer(500, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"})"),
        answer(400, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","error":5})"),
        http_response{.status = 200, .content_type = "text/html", .body = "2YotnFZFEjr1zCsicMWpAA"},
        answer(302, "2YotnFZFEjr1zCsicMWpAA"),
        answer(400, R"({"error":"invalid_grant","access_token":"2YotnFZFEjr1zCsicMWpAA"})"),
        errc::timed_out,
    };
    for (const auto& given : answers) {
        auto login = begin({}, server, confidential);
        scripted_transport http{{given}};
        const auto outcome = outcome_of(login.exchange(callback_of(login)), http);
        REQUIRE_FALSE(outcome);
        const std::string verifier = only(http.last_form(), "code_verifier");
        CHECK(verifier.size() == 43);
        for (const std::string_view word :
             {std::string_view("2YotnFZFEjr1zCsicMWpAA"), std::string_view("tGzv3JOkF0XG5Qx2TlKWIA"),
              std::string_view("7Fjfp0ZBr1KtDRbnfVdmIw"), std::string_view("SplxlOBeZQQYbYS6WxSbIA"),
              std::string_view(verifier)}) {
            CHECK_FALSE(mentions(outcome.error(), word));
        }
    }
}

TEST_CASE("flaw: the server's words go to the terminal or into the page as they are") {
    auto login = begin();
    const auto outcome = outcome_of(
        login.exchange("/cb?error=access_denied&error_description=%1B%5B2J%0Aforged&state=" + login.state()));
    REQUIRE_FALSE(outcome);
    const std::string line = describe(outcome.error());
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
    CHECK(line.find("\\x1b[2J\\x0aforged") != std::string::npos);
}

TEST_CASE("flaw: what is saved of a login is text that ends up in a log by accident") {
    static_assert(std::is_same_v<decltype(begin().save()), secret>);
    static_assert(!std::is_convertible_v<secret, std::string> && !std::is_convertible_v<secret, std::string_view>);
}

TEST_CASE("flaw: a saved login goes on at whichever server, client or port comes along") {
    client local = app;
    local.redirect_uri = "http://127.0.0.1:51004/";
    const secret saved = begin({}, server, local).save();
    local.redirect_uri = "http://127.0.0.1:0/";
    CHECK(reason_of(oauthpp::restore_login(server, local, saved)) == errc::wrong_server);
}

TEST_CASE("flaw: a refresh token is sent to a server that did not issue it") {
    tokens elsewhere = held("r");
    elsewhere.token_endpoint = "https://other.example/token";
    scripted_transport http{{answer(200, "{}")}};
    CHECK(reason_of(outcome_of(refresh(server, app, elsewhere), http)) == errc::wrong_server);
    CHECK(http.sent.empty());
}

}  // namespace known_flaws_test
