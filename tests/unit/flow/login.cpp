// SPDX-License-Identifier: MIT
//
// A login from its URL to its tokens: what is made for it, what answers it, how often, and what it takes to go on with
// it in another process.
#include <oauthpp/flow/login.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/flow/run.hpp>
#include <unit/flow/at_example.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace login_test {
namespace {

using oauthpp::client, oauthpp::errc, oauthpp::login_options, oauthpp::pending_login, oauthpp::restore_login;
using oauthpp::secret, oauthpp::server_metadata, oauthpp::start_login, oauthpp::tokens;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::begin, oauthpp_test::callback_of;
using oauthpp_test::confidential_app, oauthpp_test::counting_entropy, oauthpp_test::field_of, oauthpp_test::form_pairs;
using oauthpp_test::has, oauthpp_test::only, oauthpp_test::outcome_of, oauthpp_test::pairs_of_url;
using oauthpp_test::reason_of, oauthpp_test::scripted_transport, oauthpp_test::server, oauthpp_test::value_of;

const secret key(std::string(32, 'k'));

/// Keeps the bytes of each call.
struct recording_entropy {
    std::vector<std::vector<std::byte>>* calls;
    unsigned next = 0;
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = static_cast<std::byte>((next += 37) >> 1);
        calls->emplace_back(out.begin(), out.end());
        return true;
    }
};

/// base64url of 32 bytes, by a second hand.
std::string base64url_of(const std::vector<std::byte>& bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0;
    unsigned held = 0;
    for (const std::byte byte : bytes) {
        bits = (bits << 8) | std::to_integer<unsigned>(byte);
        for (held += 8; held >= 6;) text += alphabet[(bits >> (held -= 6)) & 63];
    }
    if (held > 0) text += alphabet[(bits << (6 - held)) & 63];
    return text;
}

std::string challenge_of(std::string_view verifier) {
    const auto made = oauthpp::make_code_challenge(verifier);
    return made ? std::string(made->data(), made->size()) : std::string();
}

/// Fails at the n-th call, after having filled what it was given.
struct failing_entropy {
    int calls_left;
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = std::byte{1};
        return calls_left-- > 0;
    }
};

errc start_refusal(const login_options& options, const server_metadata& at = server, const client& by = app) {
    return reason_of(start_login(at, by, options, counting_entropy{}));
}

/// Exchanges, and says whether a request was sent for it.
struct attempt {
    errc reason;
    std::size_t sent;
    friend bool operator==(const attempt&, const attempt&) = default;
    friend std::ostream& operator<<(std::ostream& out, const attempt& shown) {
        return out << oauthpp::message(shown.reason) << ", sent " << shown.sent;
    }
};

attempt redeem(pending_login& login, std::string_view callback) {
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    const auto outcome = outcome_of(login.exchange(callback), http);
    return {reason_of(outcome), http.sent.size()};
}

errc restore_refusal(std::string_view saved, const server_metadata& at = server, const client& by = app) {
    return reason_of(restore_login(at, by, saved));
}

template <class T>
T changed(T value, const auto& change) {
    change(value);
    return value;
}

}  // namespace

// ---- the URL

TEST_CASE("state, nonce and verifier are 256 bits of the entropy each, and all of them arrive [rfc6749-10.10-entropy] "
          "[oidc-core-3.1.2.1-nonce-entropy]") {
    std::vector<std::vector<std::byte>> calls;
    auto login = start_login(server, app, {.scope = "openid"}, recording_entropy{&calls});
    REQUIRE(login);
    REQUIRE(calls.size() == 3);
    for (const auto& bytes : calls) CHECK(bytes.size() == 32);
    const form_pairs url = pairs_of_url(login->url());
    CHECK(only(url, "state") == base64url_of(calls[0]));
    CHECK(only(url, "nonce") == base64url_of(calls[1]));
    CHECK(only(url, "code_challenge") == challenge_of(base64url_of(calls[2])));

    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(login->exchange(callback_of(*login)), http));
    CHECK(only(http.last_form(), "code_verifier") == base64url_of(calls[2]));
}

TEST_CASE("no two logins have anything unguessable in common [rfc6749-4.1.1-state]") {
    std::set<std::string> values;
    for (int i = 0; i < 100; ++i) {
        const form_pairs url = pairs_of_url(begin({.scope = "openid"}).url());
        for (const char* name : {"state", "nonce", "code_challenge"}) {
            CHECK(only(url, name).size() == 43);
            values.insert(only(url, name));
        }
    }
    CHECK(values.size() == 300);
}

TEST_CASE("without randomness there is no login, whichever of the three values it fails for") {
    for (int calls = 0; calls < 3; ++calls) {
        CHECK(reason_of(start_login(server, app, {.scope = "openid"}, failing_entropy{calls})) == errc::no_entropy);
    }
    CHECK(start_login(server, app, {.scope = "openid"}, failing_entropy{3}));
}

TEST_CASE("the URL of a login with nothing asked for [rfc7636-5-always] [rfc6749-10.3-min-scope]") {
    const form_pairs url = pairs_of_url(begin({}).url());
    CHECK(begin({}).url().starts_with("https://as.example/authorize?"));
    REQUIRE(url.size() == 6);
    CHECK(only(url, "response_type") == "code");
    CHECK(only(url, "client_id") == "s6BhdRkqt3");
    CHECK(only(url, "redirect_uri") == "https://client.example.com/cb");
    CHECK(only(url, "state").size() == 43);
    CHECK(only(url, "code_challenge").size() == 43);
    CHECK(only(url, "code_challenge_method") == "S256");
}

TEST_CASE("everything that a login can ask for is in its URL") {
    const std::array<std::string_view, 2> resource{"https://cal.example.com/", "https://contacts.example.com/"};
    const std::array<oauthpp::parameter_view, 1> extra{{{"sso_reload", "true"}}};
    const auto login = begin({.scope = "openid offline_access",
                              .response_mode = "form_post",
                              .display = "popup",
                              .prompt = "login consent",
                              .max_age = oauthpp::seconds{0},
                              .ui_locales = "de en",
                              .id_token_hint = "h.p.s",
                              .login_hint = "j\xC3\xB6rg@example.com",
                              .acr_values = "urn:mace:incommon:iap:silver",
                              .claims = R"({"id_token":null})",
                              .domain_hint = "contoso.com",
                              .resource = resource,
                              .extra = extra});
    const form_pairs url = pairs_of_url(login.url());
    const std::initializer_list<std::pair<const char*, const char*>> expected{
        {"scope", "openid offline_access"},
        {"response_mode", "form_post"},
        {"display", "popup"},
        {"prompt", "login consent"},
        {"max_age", "0"},
        {"ui_locales", "de en"},
        {"id_token_hint", "h.p.s"},
        {"login_hint", "j\xC3\xB6rg@example.com"},
        {"acr_values", "urn:mace:incommon:iap:silver"},
        {"claims", R"({"id_token":null})"},
        {"domain_hint", "contoso.com"},
        {"sso_reload", "true"}};
    for (const auto& [name, value] : expected) CHECK(only(url, name) == value);
    for (const std::string_view each : resource) {
        CHECK(oauthpp_test::count_of(url, form_pairs::value_type("resource", each)) == 1);
    }
    CHECK(login.url().find("scope=openid%20offline_access&") != std::string::npos);
    CHECK(begin({.scope = "a b", .scope_separator = oauthpp::space::plus}).url().find("scope=a+b&") !=
          std::string::npos);
}

TEST_CASE("a nonce goes only with the scope openid: plain OAuth has no use for it") {
    CHECK(has(pairs_of_url(begin({.scope = "read openid"}).url()), "nonce"));
    CHECK_FALSE(has(pairs_of_url(begin({.scope = "read"}).url()), "nonce"));
    CHECK_FALSE(has(pairs_of_url(begin({.scope = "openid2 OpenID"}).url()), "nonce"));
    CHECK_FALSE(has(pairs_of_url(begin({}).url()), "nonce"));
}

TEST_CASE("PKCE for every client, whatever the server says of it [rfc9700-2.1.1-pkce-public] "
          "[rfc9700-2.1.1-pkce-confidential] [oauth21-4.1.1-pkce]") {
    server_metadata silent = server;
    for (const auto said : {oauthpp::support::not_said, oauthpp::support::yes, oauthpp::support::no}) {
        silent.code_challenge_method_s256_supported = said;
        for (const client& by : {app, confidential_app}) {
            const form_pairs url = pairs_of_url(begin({}, silent, by).url());
            CHECK(only(url, "code_challenge").size() == 43);
            CHECK(only(url, "code_challenge_method") == "S256");
        }
    }
}

TEST_CASE("response types that bring an access token through the browser and no code are refused "
          "[rfc9700-2.1.2-no-implicit] [oauth21-10.1-no-implicit]") {
    for (const char* type : {"token", "id_token token", "token id_token", "none", "", "Code", "code ", "code none"}) {
        CHECK(start_refusal({.response_type = type, .scope = "openid"}) == errc::unsupported_response_type);
    }
    const auto nobody = start_login(server, app, {.response_type = "code id_token", .scope = "read"}, counting_entropy{});
    CHECK(reason_of(nobody) == errc::missing_value);
    CHECK(oauthpp_test::field_of(nobody) == "scope");
}

TEST_CASE("a response type that the server does not list is refused before a person signs in, in whatever order its words "
          "stand [rfc6749-3.1.1-response-type-order]") {
    const auto lists = [](const char* types) { return changed(server, [&](auto& each) { each.response_types_supported = types; }); };
    const auto hybrid = [&](const char* types) {
        return reason_of(start_login(lists(types), app, {.response_type = "code id_token", .scope = "openid"}, counting_entropy{}));
    };
    CHECK(hybrid("") == errc::none);
    CHECK(hybrid("code,id_token code") == errc::none);
    CHECK(hybrid("code id_token") == errc::none);
    CHECK(hybrid("code,id_token,code id_token token,id_token token") == errc::unsupported_response_type);
    CHECK(start_refusal({}, lists("code id_token,code")) == errc::none);
    CHECK(start_refusal({}, lists("code id_token")) == errc::unsupported_response_type);
}

TEST_CASE("every login has a state, whatever the server says of PKCE [rfc9700-2.1-csrf-choice]") {
    for (const auto said : {oauthpp::support::not_said, oauthpp::support::yes, oauthpp::support::no}) {
        const auto silent = changed(server, [&](auto& each) { each.code_challenge_method_s256_supported = said; });
        CHECK(only(pairs_of_url(begin({}, silent).url()), "state").size() == 43);
    }
}

TEST_CASE("a login that cannot end well does not begin") {
    CHECK(start_refusal({}, changed(server, [](auto& each) { each.invalid = errc::invalid_provider; })) ==
          errc::invalid_provider);
    CHECK(start_refusal({}, changed(server, [](auto& each) { each.authorization_endpoint = {}; })) ==
          errc::missing_value);
    CHECK(start_refusal({}, changed(server, [](auto& each) { each.token_endpoint = {}; })) == errc::missing_value);
    CHECK(start_refusal({}, changed(server, [](auto& each) { each.token_endpoint = "http://as.example/token"; })) ==
          errc::insecure_url);
    CHECK(start_refusal({}, server, changed(app, [](auto& each) { each.redirect_uri = {}; })) == errc::missing_value);
    CHECK(start_refusal({}, server, changed(app, [](auto& each) { each.client_id = {}; })) == errc::missing_value);
    CHECK(start_refusal({.application_data = "/page"}) == errc::missing_value);
    CHECK(start_refusal({.application_data = "/page", .application_key = std::string_view("short")}) ==
          errc::invalid_value);
    const std::array<oauthpp::parameter_view, 1> second_state{{{"state", "mine"}}};
    CHECK(start_refusal({.extra = second_state}) == errc::repeated_parameter);
}

// ---- the exchange

TEST_CASE("the code goes to the token endpoint with everything that belongs to it [rfc6749-4.1.3-grant] "
          "[rfc6749-4.1.3-redirect-identical] [rfc7636-4.5-verifier] [oauth21-4.1.3-verifier]") {
    client local = confidential_app;
    local.redirect_uri = "http://127.0.0.1:51004/cb?tenant=42";
    auto login = begin({.scope = "read"}, server, local);
    const form_pairs url = pairs_of_url(login.url());
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    const std::string callback = local.redirect_uri + "&code=SplxlOBeZQQYbYS6WxSbIA&state=" + login.state();
    CHECK(value_of(outcome_of(login.exchange(callback), http)).scope == "read");
    REQUIRE(http.sent.size() == 1);
    CHECK(http.sent[0].method == "POST");
    CHECK(http.sent[0].url == "https://as.example/token");
    CHECK(http.sent[0].authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    const form_pairs body = http.last_form();
    CHECK(body.size() == 4);
    CHECK(only(body, "grant_type") == "authorization_code");
    CHECK(only(body, "code") == "SplxlOBeZQQYbYS6WxSbIA");
    CHECK(only(body, "redirect_uri") == "http://127.0.0.1:51004/cb?tenant=42");
    CHECK(only(body, "redirect_uri") == only(url, "redirect_uri"));
    CHECK(challenge_of(only(body, "code_verifier")) == only(url, "code_challenge"));
}

TEST_CASE("a public client names itself in the body [rfc6749-3.2.1-public-client-id]") {
    auto login = begin();
    scripted_transport http{{answer(200, "{}")}};
    CHECK_FALSE(outcome_of(login.exchange(callback_of(login)), http));
    CHECK(http.sent[0].authorization.empty());
    CHECK(only(http.last_form(), "client_id") == "s6BhdRkqt3");
}

TEST_CASE("the exchange may ask for another scope than the login did, and is measured by it") {
    const std::array<std::string_view, 1> resource{"https://api.example/"};
    const std::array<oauthpp::parameter_view, 1> extra{{{"client_info", "1"}}};
    auto login = begin({.scope = "read write"});
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","scope":"read"})")}};
    tokens got = value_of(
        outcome_of(login.exchange(callback_of(login), {.scope = "read", .resource = resource, .extra = extra}), http));
    CHECK(only(http.last_form(), "scope") == "read");
    CHECK(only(http.last_form(), "resource") == "https://api.example/");
    CHECK(only(http.last_form(), "client_info") == "1");
    CHECK(got.missing_scope.empty());
    CHECK(got.extra_scope.empty());

    login = begin({.scope = "read write"});
    got = value_of(outcome_of(login.exchange(callback_of(login)), http));
    CHECK_FALSE(has(http.last_form(), "scope"));
    CHECK(got.missing_scope == "write");
}

TEST_CASE("the tokens know where they are from, and a refresh follows") {
    auto login = begin();
    const tokens got = value_of(outcome_of(login.exchange(callback_of(login))));
    CHECK(got.access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
    CHECK(got.token_endpoint == server.token_endpoint);
    CHECK(got.client_id == app.client_id);
    CHECK(got.scope == "read write");
    CHECK((got.expires_at && got.expires_at->count == 4600));
    CHECK(reason_of(outcome_of(oauthpp::refresh(server, app, got))) == errc::none);
}

TEST_CASE("an ID token that nobody asked for is kept as it came, and tells of nobody") {
    auto login = begin();
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","id_token":"h.p.s"})")}};
    const tokens got = value_of(outcome_of(login.exchange(callback_of(login)), http));
    CHECK(got.id_token.reveal() == "h.p.s");
    CHECK_FALSE(got.identity);
}

TEST_CASE("a callback by any of the ways that it can come") {
    for (const char* mode : {"", "query", "fragment", "form_post"}) {
        const bool is_form = std::string_view(mode) == "form_post";
        const char mark = std::string_view(mode) == "fragment" ? '#' : '?';
        const auto form_of = [](const pending_login& login) { return "code=abc&state=" + login.state(); };
        auto login = begin({.response_mode = mode});
        CHECK(redeem(login, is_form ? form_of(login) : "/cb" + std::string(1, mark) + form_of(login)) ==
              attempt{errc::none, 1});
        login = begin({.response_mode = mode});
        const char other = mark == '#' ? '?' : '#';
        CHECK(redeem(login, "/cb" + std::string(1, other) + form_of(login)) ==
              attempt{errc::unexpected_response_mode, 0});
        if (is_form) continue;
        login = begin({.response_mode = mode});
        CHECK(redeem(login, "\r\n https://client.example.com/cb" + std::string(1, mark) + form_of(login) + " \n") ==
              attempt{errc::none, 1});
    }
}

// ---- what does not belong to the login

TEST_CASE("a callback of another login, or of nobody's [rfc6749-4.1.2-state-match] [rfc6749-4.1.2-state-unsolicited] "
          "[rfc6749-10.12-csrf] [rfc9700-2.1.1-binding]") {
    const auto other = begin();
    const auto with_state = [](std::string_view state) { return "/cb?code=abc&state=" + std::string(state); };
    auto login = begin();
    CHECK(redeem(login, callback_of(other)) == attempt{errc::state_mismatch, 0});
    login = begin();
    CHECK(redeem(login, with_state(login.state() + "A")) == attempt{errc::state_mismatch, 0});
    login = begin();
    CHECK(redeem(login, with_state(std::string_view(login.state()).data() + 1)) == attempt{errc::state_mismatch, 0});
    login = begin();
    CHECK(redeem(login, with_state(login.state() + "%20")) == attempt{errc::state_mismatch, 0});
    login = begin();
    CHECK(redeem(login, with_state("")) == attempt{errc::state_missing, 0});
    login = begin();
    CHECK(redeem(login, "/cb?code=abc") == attempt{errc::state_missing, 0});
    login = begin();
    CHECK(redeem(login, "") == attempt{errc::state_missing, 0});
}

TEST_CASE("an empty expected state matches nothing, not even itself") {
    for (const char* callback : {"/cb?code=abc&state=", "/cb?code=abc", "/cb?code=abc&state=x"}) {
        const auto expected = oauthpp::expected_login_response(server, app.redirect_uri, "");
        CHECK_FALSE(oauthpp::parse_authorization_response(callback, expected));
    }
    auto source = begin();
    const auto moved = std::move(source);
    CHECK_FALSE(source.is_answered_by("/cb?code=abc&state="));                       // NOLINT: what is tested
    CHECK_FALSE(source.is_answered_by("/cb?code=abc"));
    CHECK_FALSE(source.is_answered_by(callback_of(moved)));
}

TEST_CASE("an error counts only with the state and issuer of the login [rfc6749-4.1.2.1-error-state] "
          "[rfc9207-2.4-errors] [rfc7636-4.4.1-error] [rfc7636-7.2-no-downgrade]") {
    auto login = begin();
    CHECK(redeem(login, "/cb?error=access_denied&state=other") == attempt{errc::state_mismatch, 0});
    login = begin();
    CHECK(redeem(login, "/cb?error=access_denied") == attempt{errc::state_missing, 0});
    login = begin();
    CHECK(redeem(login, "/cb?error=access_denied&iss=https%3A%2F%2Fevil.example&state=" + login.state()) ==
          attempt{errc::issuer_mismatch, 0});
    login = begin();
    const auto outcome = outcome_of(login.exchange("/cb?error=invalid_request&error_description=code+challenge+required"
                                                   "&iss=https%3A%2F%2Fas.example&state=" + login.state()));
    CHECK(reason_of(outcome) == errc::server_refused);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().server_error() == "invalid_request");
    CHECK(outcome.error().server_description() == "code challenge required");
    CHECK(redeem(login, callback_of(login)) == attempt{errc::already_used, 0});
}

TEST_CASE("the answer of another server goes nowhere [rfc9207-2.4-compare] [rfc9207-2.4-missing]") {
    for (const char* issuer :
         {"https%3A%2F%2Fevil.example", "https%3A%2F%2Fas.example%2F", "https%3A%2F%2FAs.example"}) {
        auto login = begin();
        CHECK(redeem(login, callback_of(login) + "&iss=" + issuer) == attempt{errc::issuer_mismatch, 0});
    }
    auto login = begin();
    CHECK(redeem(login, callback_of(login) + "&iss=https%3A%2F%2Fas.example") == attempt{errc::none, 1});
    server_metadata announcing = server;
    announcing.authorization_response_iss_parameter_supported = oauthpp::support::yes;
    login = begin({}, announcing);
    CHECK(redeem(login, callback_of(login)) == attempt{errc::issuer_missing, 0});
}

TEST_CASE("a callback to another redirect URI goes nowhere [rfc8252-8.10-store-redirect]") {
    client local = app;
    local.redirect_uri = "http://127.0.0.1:51004/cb/as1";
    for (const char* elsewhere :
         {"http://127.0.0.1:51004/cb/as2", "http://127.0.0.1:51005/cb/as1", "http://127.0.0.1/cb/as1",
          "http://localhost:51004/cb/as1", "https://127.0.0.1:51004/cb/as1", "/cb/as1/", "/cb/AS1"}) {
        auto login = begin({}, server, local);
        CHECK(redeem(login, std::string(elsewhere) + "?code=abc&state=" + login.state()) ==
              attempt{errc::wrong_redirect_uri, 0});
    }
    auto login = begin({}, server, local);
    CHECK(redeem(login, local.redirect_uri + "?code=abc&state=" + login.state()) == attempt{errc::none, 1});
}

TEST_CASE("is_answered_by knows the login's own callback, and uses nothing up") {
    auto login = begin();
    for (const char* stray : {"/favicon.ico", "/cb", "/cb?code=abc", "/cb?code=abc&state=", "/cb?state=%zz", "", "?"}) {
        CHECK_FALSE(login.is_answered_by(stray));
    }
    CHECK_FALSE(login.is_answered_by(callback_of(begin())));
    CHECK_FALSE(login.is_answered_by(callback_of(login) + "&state=" + login.state()));
    CHECK(login.is_answered_by(callback_of(login)));
    CHECK(login.is_answered_by("https://client.example.com/cb#code=abc&state=" + login.state()));
    CHECK(login.is_answered_by("error=access_denied&state=" + login.state()));
    CHECK(redeem(login, callback_of(login)) == attempt{errc::none, 1});
}

// ---- once

TEST_CASE("a login works once [rfc6749-4.1.2-code-once] [rfc9700-4.2.4-state-once]") {
    auto login = begin();
    CHECK(redeem(login, callback_of(login)) == attempt{errc::none, 1});
    CHECK(redeem(login, callback_of(login)) == attempt{errc::already_used, 0});
    CHECK(login.save().empty());

    auto failed = begin();
    CHECK(redeem(failed, "/cb?code=abc&state=other") == attempt{errc::state_mismatch, 0});
    CHECK(redeem(failed, callback_of(failed)) == attempt{errc::already_used, 0});
    CHECK(failed.save().empty());

    auto abandoned = begin();
    CHECK(abandoned.exchange(callback_of(abandoned)).next({1000}).wants_request());   // and the flow is let go of
    CHECK(redeem(abandoned, callback_of(abandoned)) == attempt{errc::already_used, 0});
}

TEST_CASE("a login is moved and never copied, and what it was moved from is used up") {
    static_assert(!std::copy_constructible<pending_login> && !std::is_copy_assignable_v<pending_login>);
    static_assert(std::is_nothrow_move_constructible_v<pending_login> &&
                  std::is_nothrow_move_assignable_v<pending_login>);
    auto source = begin();
    const std::string callback = callback_of(source);
    auto login = std::move(source);
    CHECK(source.save().empty());                                                    // NOLINT: what is tested
    CHECK(redeem(source, callback) == attempt{errc::already_used, 0});
    CHECK(redeem(login, callback) == attempt{errc::none, 1});
    login = begin();
    CHECK(redeem(login, callback) == attempt{errc::state_mismatch, 0});
}

// ---- in another process

TEST_CASE("saved and restored, a login ends as it would have") {
    const std::string redirect = "https://client.example.com/cb";
    const auto begun = begin({.scope = "read write",
                              .response_mode = "fragment",
                              .application_data = "/settings?tab=2&x=\xC3\xA4",
                              .application_key = key});
    static_assert(std::same_as<decltype(begun.save()), secret>);
    auto restored = restore_login(server, app, begun.save());
    REQUIRE(restored);
    CHECK(restored->state() == begun.state());
    CHECK(restored->url().empty());
    CHECK(restored->save() == begun.save());
    CHECK(restored->is_answered_by(redirect + "#code=abc&state=" + begun.state()));

    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer","scope":"read"})")}};
    const tokens got = value_of(outcome_of(restored->exchange(redirect + "#code=abc&state=" + begun.state()), http));
    CHECK(got.missing_scope == "write");
    CHECK(challenge_of(only(http.last_form(), "code_verifier")) == only(pairs_of_url(begun.url()), "code_challenge"));
    CHECK(only(http.last_form(), "redirect_uri") == redirect);
    CHECK(redeem(*restored, redirect + "#code=abc&state=" + begun.state()) == attempt{errc::already_used, 0});

    auto wrong_mode = restore_login(server, app, begun.save());
    REQUIRE(wrong_mode);
    CHECK(redeem(*wrong_mode, callback_of(begun)) == attempt{errc::unexpected_response_mode, 0});
}

TEST_CASE("the application's data comes back from the state, whole and only with its key "
          "[rfc9700-4.7.1-state-integrity]") {
    const auto begun = begin({.application_data = "/settings?tab=2", .application_key = key});
    const auto restored = restore_login(server, app, begun.save());
    REQUIRE(restored);
    CHECK(value_of(oauthpp::data_of_state(restored->state(), key)) == "/settings?tab=2");
    CHECK(only(pairs_of_url(begun.url()), "state") == begun.state());
    CHECK_FALSE(oauthpp::data_of_state(begun.state(), secret(std::string(32, 'j'))));
    for (std::size_t i = 0; i < begun.state().size(); ++i) {
        std::string forged = begun.state();
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(oauthpp::data_of_state(forged, key));
    }
    auto login = begin({.application_data = "/settings?tab=2", .application_key = key});
    CHECK(redeem(login, callback_of(begun)) == attempt{errc::state_mismatch, 0});   // signed by us, of another login
}

TEST_CASE("another server, client or redirect URI does not go on with a login [rfc9700-4.4.2-store-issuer]") {
    const secret saved = begin().save();
    const auto refused = [&](const server_metadata& at, const client& by) {
        const auto restored = restore_login(at, by, saved);
        CHECK(reason_of(restored) == errc::wrong_server);
        return field_of(restored);
    };
    CHECK(refused(changed(server, [](auto& each) { each.issuer = "https://evil.example"; }), app) == "issuer");
    CHECK(refused(changed(server, [](auto& each) { each.issuer = {}; }), app) == "issuer");
    CHECK(refused(changed(server, [](auto& each) { each.token_endpoint = "https://evil.example/token"; }), app) ==
          "token_endpoint");
    CHECK(refused(server, changed(app, [](auto& each) { each.client_id = "S6BhdRkqt3"; })) == "client_id");
    CHECK(refused(server, changed(app, [](auto& each) { each.redirect_uri = {}; })) == "redirect_uri");
    CHECK(refused(server, changed(app, [](auto& each) { each.redirect_uri = "https://client.example.com:8443/cb"; })) ==
          "redirect_uri");
    CHECK(restore_refusal(saved.reveal(), changed(server, [](auto& each) { each.invalid = errc::invalid_provider; })) ==
          errc::invalid_provider);
    CHECK(restore_refusal(saved.reveal()) == errc::none);

    const auto local = [](std::string port) {
        return changed(app, [&](auto& each) { each.redirect_uri = "http://127.0.0.1:" + port + "/"; });
    };
    const secret on_a_port = begin({}, server, local("51004")).save();
    CHECK(restore_refusal(on_a_port.reveal(), server, local("51005")) == errc::wrong_server);
    CHECK(restore_refusal(on_a_port.reveal(), server, local("51004")) == errc::none);
}

TEST_CASE("a saved login that was damaged is refused, whichever byte it was") {
    const secret saved = begin({.scope = "openid read", .response_mode = "query"}).save();
    const std::string text(saved.reveal());
    REQUIRE(restore_refusal(text) == errc::none);
    for (std::size_t i = 0; i < text.size(); ++i) {
        CHECK(restore_refusal(text.substr(0, i)) == errc::saved_login_unreadable);
        std::string damaged = text;
        damaged.erase(i, 1);
        CHECK(restore_refusal(damaged) == errc::saved_login_unreadable);
        for (const char c : {'A', 'a', '&', '=', '%', '+', '\0', '\xFF'}) {
            damaged = text;
            damaged[i] = c;
            if (damaged != text) CHECK(restore_refusal(damaged) == errc::saved_login_unreadable);
        }
    }
    for (const std::string& more :
         {text + " ", text + "A", text + "&v=1", " " + text, text + text, std::string("null")}) {
        CHECK(restore_refusal(more) == errc::saved_login_unreadable);
    }
}

TEST_CASE("a saved login of another version, or with parts that do not belong there, is refused") {
    const std::string saved(begin().save().reveal());
    const std::string text = saved.substr(0, saved.rfind("&digest="));
    const auto sealed = [](const std::string& contents) {
        const auto digest = oauthpp::base64url_encode(oauthpp::sha256(contents));
        return contents + "&digest=" + std::string(digest.data(), digest.size());
    };
    REQUIRE(text.starts_with("v=2&"));
    CHECK(sealed(text) == saved);
    CHECK(restore_refusal(sealed("v=1" + text.substr(3))) == errc::saved_login_unreadable);
    CHECK(restore_refusal(sealed(text.substr(4))) == errc::saved_login_unreadable);
    CHECK(restore_refusal(sealed(text + "&v=2")) == errc::saved_login_unreadable);
    CHECK(restore_refusal(sealed(text + "&more=1")) == errc::saved_login_unreadable);
    CHECK(restore_refusal(sealed("v=2")) == errc::saved_login_unreadable);
    CHECK(restore_refusal(sealed("")) == errc::saved_login_unreadable);
    CHECK(restore_refusal("") == errc::saved_login_unreadable);
}

TEST_CASE("what is saved of a login that was used is nothing, and opens nothing") {
    auto login = begin();
    CHECK(redeem(login, callback_of(login)) == attempt{errc::none, 1});
    CHECK(login.save().empty());
    CHECK(restore_refusal(login.save().reveal()) == errc::saved_login_unreadable);
}

// ---- without a heap

TEST_CASE("the URL in lent memory is the one that start_login gives") {
    const login_options options{.scope = "openid read", .prompt = "login"};
    const auto login = start_login(server, app, options, counting_entropy{});
    const auto secrets = oauthpp::make_login_secrets(counting_entropy{});
    REQUIRE((login && secrets));
    std::array<char, 768> memory{};
    oauthpp::buffer_writer out{memory};
    const auto url = oauthpp::write_login_url(out, server, app, options, *secrets);
    REQUIRE(url);
    CHECK(*url == login->url());
    CHECK(secrets->state.reveal() == login->state());

    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, url->size() - 1}) {
        oauthpp::buffer_writer small{std::span(memory).first(size)};
        const auto refused = oauthpp::write_login_url(small, server, app, options, *secrets);
        CHECK(reason_of(refused) == errc::buffer_too_small);
        CHECK((!refused && refused.error().needed == login->url().size()));
    }
    const server_metadata impossible = changed(server, [](auto& each) { each.invalid = errc::invalid_provider; });
    CHECK(reason_of(oauthpp::write_login_url(out, impossible, app, options, *secrets)) == errc::invalid_provider);
    CHECK(reason_of(oauthpp::make_login_secrets(failing_entropy{2})) == errc::no_entropy);
}

TEST_CASE("a saved login without a state or verifier is none") {
    using oauthpp::detail::saved_fields, oauthpp::detail::saved_version, oauthpp::detail::write_saved_login;
    const auto restored = [](std::string_view state, std::string_view verifier, std::string_view max_age = {}) {
        const saved_fields values{saved_version, server.issuer, server.token_endpoint, app.client_id, app.redirect_uri,
                                  state, "n", verifier, "read", "code", {}, {}, max_age};
        return reason_of(restore_login(server, app, write_saved_login(values)));
    };
    CHECK(restored("s", "v") == errc::none);
    CHECK(restored("s", "v", "60") == errc::none);
    CHECK(restored("", "v") == errc::saved_login_unreadable);
    CHECK(restored("s", "") == errc::saved_login_unreadable);
}

TEST_CASE("a login that was used up is answered by nothing") {
    auto login = begin();
    const std::string callback = callback_of(login);
    CHECK(login.is_answered_by(callback));
    CHECK(!login.is_answered_by("/cb?code=a"));
    CHECK(!login.is_answered_by("/cb?code=a&state="));
    CHECK(!login.is_answered_by("/cb?code=a&state=%"));
    const pending_login moved = std::move(login);
    CHECK(moved.is_answered_by(callback));
}

TEST_CASE("where any tenant may answer, its issuer is not held against the pattern") {
    server_metadata common = server;
    common.issuer = "https://login.example/{tenantid}/v2.0";
    common.quirks.tenant_in_issuer = true;
    auto login = begin({.scope = "read"}, common);
    CHECK(outcome_of(login.exchange(callback_of(login) + "&iss=https%3A%2F%2Flogin.example%2Fa%2Fv2.0")));
}

}  // namespace login_test
