// SPDX-License-Identifier: MIT
//
// The keys that ID tokens are checked with: when they are fetched, when not, and what then becomes of the login.
#include <oauthpp/flow/keys.hpp>
#include <oauthpp/flow/login.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/refresh.hpp>
#include <unit/flow/at_example.hpp>
#include <unit/flow/tagged_tokens.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace keys_test {

using oauthpp::errc, oauthpp::id_token_options, oauthpp::key_cache, oauthpp::seconds;
using oauthpp::tokens, oauthpp::unix_time;
using oauthpp_test::answer, oauthpp_test::begin, oauthpp_test::encoded, oauthpp_test::field_of, oauthpp_test::outcome_of;
using oauthpp_test::reason_of, oauthpp_test::scripted_transport, oauthpp_test::value_of;
using namespace oauthpp_test::tagged;

TEST_CASE("with keys and a verifier the signature is checked; the keys are fetched once and kept "
          "[rfc8725-3.8-issuer-keys]") {
    key_cache keys("https://as.example/keys");
    tag_verifier verifier;
    for (int round = 0; round < 3; ++round) {
        auto login = begin(openid);
        scripted_transport http{{answer(200, key_set("jk")), tokens_with(signed_by("k", claims_for(nonce_of(login))))}};
        if (round > 0) http.answers.erase(http.answers.begin());
        const tokens got = value_of(
            outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http));
        CHECK((got.identity && got.identity->signature_verified));
        CHECK(http.sent.size() == (round == 0 ? 2 : 1));
        if (round == 0) CHECK(http.sent[0].url == "https://as.example/keys");
    }
    CHECK(verifier.calls == 3);
    CHECK(keys.document() == key_set("jk"));

    key_cache imported("https://as.example/keys");
    CHECK(value_of(imported.put(keys.document(), now)) == 2);
    CHECK_FALSE(imported.is_due(now));
}

TEST_CASE("keys are fetched before the code is used up: without them nothing is lost but this attempt") {
    key_cache keys("https://as.example/keys");
    tag_verifier verifier;
    auto login = begin(openid);
    scripted_transport http{{answer(503, "")}};
    const auto outcome = outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http);
    CHECK(reason_of(outcome) == errc::unexpected_status);
    REQUIRE(http.sent.size() == 1);
    CHECK(http.sent[0].method == "GET");
}

TEST_CASE("a forged signature, and one by a key that the server does not have") {
    tag_verifier verifier;
    for (const auto& [kid, reason] : {std::pair{"kx", errc::key_not_found}, std::pair{"z", errc::key_not_found}}) {
        key_cache keys("https://as.example/keys");
        auto login = begin(openid);
        scripted_transport http{{answer(200, key_set("k")), tokens_with(signed_by(kid, claims_for(nonce_of(login))))}};
        CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}),
                                   http)) == reason);
    }
    key_cache keys("https://as.example/keys");
    auto login = begin(openid);
    std::string forged = signed_by("k", claims_for(nonce_of(login)));
    forged.replace(forged.rfind('.') + 1, std::string::npos, encoded("by z"));
    scripted_transport http{{answer(200, key_set("k")), tokens_with(forged)}};
    CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) ==
          errc::signature_invalid);
}

TEST_CASE("a server that changed its keys is asked once more, and not at every token [oidc-core-10.1.1-rotation]") {
    key_cache keys("https://as.example/keys");
    tag_verifier verifier;
    CHECK(keys.put(key_set("a"), {0}));
    const auto log_in = [&](std::string_view kid, unix_time at) {
        auto login = begin(openid);
        scripted_transport http{{tokens_with(signed_by(kid, claims_for(nonce_of(login)))), answer(200, key_set("bc"))}};
        const auto outcome = outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http, at);
        return std::pair(reason_of(outcome), http.sent.size());
    };
    CHECK(log_in("b", {1000}) == std::pair(errc::none, std::size_t{2}));
    for (int storm = 0; storm < 5; ++storm) CHECK(log_in("z", {1030}) == std::pair(errc::key_not_found, std::size_t{1}));
    CHECK(log_in("z", {1061}) == std::pair(errc::key_not_found, std::size_t{2}));
    CHECK(log_in("c", {1062}) == std::pair(errc::none, std::size_t{1}));
}

TEST_CASE("a server that changes its keys at every fetch is asked once in a login, even where no interval is kept") {
    key_cache keys("https://as.example/keys", {.min_interval = seconds{0}});
    tag_verifier verifier;
    CHECK(keys.put(key_set("a"), {0}));
    auto login = begin(openid);
    scripted_transport http{{tokens_with(signed_by("z", claims_for(nonce_of(login)))), answer(200, key_set("b")),
                             answer(200, key_set("c")), answer(200, key_set("z"))}};
    CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) ==
          errc::key_not_found);
    CHECK(http.sent.size() == 2);
}

TEST_CASE("logins under way at the same time share a cache, and one fetch") {
    key_cache keys("https://as.example/keys");
    tag_verifier verifier;
    CHECK(keys.put(key_set("a"), {0}));
    const oauthpp::exchange_options options{.id_token = {.keys = &keys, .verifier = verifier}};
    auto first_login = begin(openid), second_login = begin(openid);
    auto first = first_login.exchange(callback(first_login), options);
    auto second = second_login.exchange(callback(second_login), options);
    CHECK(first.next(now).request().url == "https://as.example/token");
    CHECK(second.next(now).request().url == "https://as.example/token");
    first.resume(tokens_with(signed_by("b", claims_for(nonce_of(first_login)))), now);
    CHECK(first.next(now).request().url == "https://as.example/keys");
    first.resume(answer(200, key_set("b")), now);
    CHECK(first.next(now).done());
    second.resume(tokens_with(signed_by("b", claims_for(nonce_of(second_login)))), now);
    CHECK(second.next(now).done());        // the first one's keys serve the second
    CHECK(value_of(std::move(first).outcome()).identity);
    CHECK(value_of(std::move(second).outcome()).identity);
}

TEST_CASE("old keys serve on while the server cannot give new ones") {
    key_cache keys("https://as.example/keys", {.max_age = seconds{10}});
    tag_verifier verifier;
    CHECK(keys.put(key_set("k"), {0}));
    auto login = begin(openid);
    scripted_transport http{{errc::timed_out, tokens_with(signed_by("k", claims_for(nonce_of(login))))}};
    CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) ==
          errc::none);
    CHECK(http.sent.size() == 2);
    CHECK_FALSE(keys.put("<html>", {2000}));
    CHECK(keys.keys().keys.size() == 1);
}

TEST_CASE("keys are not fetched in the clear, and no code is used up for nothing") {
    tag_verifier verifier;
    for (const auto& [jwks_uri, reason] : {std::pair{"http://as.example/keys", errc::insecure_url},
                                           std::pair{"no URL", errc::invalid_url}, std::pair{"", errc::missing_value}}) {
        key_cache keys(jwks_uri);
        auto login = begin(openid);
        scripted_transport http{{answer(200, key_set("k"))}};
        const auto outcome = outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http);
        CHECK(reason_of(outcome) == reason);
        CHECK(field_of(outcome) == "jwks_uri");
        CHECK(http.sent.empty());

        // Keys from a store serve, but there is no asking for others
        CHECK(keys.put(key_set("k"), {0}));
        login = begin(openid);
        http = {{tokens_with(signed_by("k", claims_for(nonce_of(login))))}};
        CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) ==
              errc::none);
        login = begin(openid);
        http = {{tokens_with(signed_by("z", claims_for(nonce_of(login))))}};
        CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) == reason);
        CHECK(http.sent.size() == 1);
    }
}

TEST_CASE("half of what checks signatures is refused, not passed over, before the code is used up") {
    key_cache keys("https://as.example/keys");
    CHECK(keys.put(key_set("k"), now));
    tag_verifier verifier;
    for (const id_token_options& half : {id_token_options{.keys = &keys}, id_token_options{.verifier = verifier}}) {
        auto login = begin(openid);
        scripted_transport http{{tokens_with(signed_by("k", claims_for(nonce_of(login))))}};
        CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = half}), http)) == errc::missing_value);
        CHECK(http.sent.empty());
    }
}

TEST_CASE("keys are too old at their age, not a second before, and the interval ends as it says") {
    oauthpp::key_cache keys("https://as.example/keys", {.max_age = oauthpp::seconds{100}, .min_interval = oauthpp::seconds{10}});
    CHECK(keys.is_due({1000}));
    REQUIRE(keys.put(key_set("a"), {1000}));
    CHECK(!keys.is_due({1099}));
    CHECK(keys.is_due({1100}));
    CHECK(!keys.may_ask({1009}));
    CHECK(keys.may_ask({1010}));
    keys.asked({1100});
    CHECK(!keys.is_due({1109}));
    CHECK(keys.is_due({1110}));
    CHECK(keys.put("{}", {2000}).error().reason() == oauthpp::errc::missing_member);
    CHECK(keys.keys().keys.size() == 1);
}

TEST_CASE("a server's keys are fetched by themselves, and never in the clear") {
    const auto fetched = [](std::string_view uri, std::string body) {
        scripted_transport http{{answer(200, std::move(body))}};
        const auto outcome = outcome_of(oauthpp::fetch_keys(uri), http);
        return std::pair(outcome ? oauthpp::errc::none : outcome.error().reason(), http.sent.size());
    };
    CHECK(fetched("https://as.example/keys", key_set("a")) == std::pair(oauthpp::errc::none, std::size_t{1}));
    CHECK(fetched("https://as.example/keys", "{}") == std::pair(oauthpp::errc::missing_member, std::size_t{1}));
    CHECK(fetched("http://as.example/keys", key_set("a")) == std::pair(oauthpp::errc::insecure_url, std::size_t{0}));
    CHECK(fetched("", key_set("a")).second == 0);
    scripted_transport nobody{{oauthpp::error_view(oauthpp::errc::timed_out)}};
    CHECK(reason_of(outcome_of(oauthpp::fetch_keys("https://as.example/keys"), nobody)) == oauthpp::errc::timed_out);
}

TEST_CASE("half of what checks signatures is named, and is no matter where no ID token was asked for") {
    key_cache keys("https://as.example/keys");
    CHECK(keys.put(key_set("k"), now));
    tag_verifier verifier;
    const auto field = [&](const id_token_options& half, const oauthpp::login_options& options) {
        auto login = begin(options);
        scripted_transport http{{tokens_with({})}};
        return field_of(outcome_of(login.exchange(callback(login), {.id_token = half}), http));
    };
    CHECK(field({.keys = &keys}, openid) == "id_token.verifier");
    CHECK(field({.verifier = verifier}, openid) == "id_token.keys");
    CHECK(field({.keys = &keys}, {.scope = "read"}).empty());
    CHECK(field({.verifier = verifier}, {.scope = "read"}).empty());
}

TEST_CASE("a signature that is wrong is no reason to ask for keys, however long ago they came") {
    key_cache keys("https://as.example/keys");
    REQUIRE(keys.put(key_set("k"), {1}));
    tag_verifier verifier;
    auto login = begin(openid);
    std::string forged = signed_by("k", claims_for(nonce_of(login)));
    forged = forged.substr(0, forged.rfind('.') + 1) + encoded("by z");
    scripted_transport http{{tokens_with(forged), answer(200, key_set("k"))}};
    CHECK(reason_of(outcome_of(login.exchange(callback(login), {.id_token = {.keys = &keys, .verifier = verifier}}), http)) ==
          errc::signature_invalid);
    CHECK(http.sent.size() == 1);
}

TEST_CASE("keys that are none, or that cannot be had when a token needs them, end a login with that reason") {
    tag_verifier verifier;
    key_cache none("https://as.example/keys");
    auto login = begin(openid);
    scripted_transport http{{answer(200, R"({"keys":7})")}};
    const auto outcome = outcome_of(login.exchange(callback(login), {.id_token = {.keys = &none, .verifier = verifier}}), http);
    CHECK(reason_of(outcome) == errc::missing_member);
    CHECK(field_of(outcome) == "jwks_uri");

    // Asked a moment ago, so not before the request; a while later there is a token, and still no keys
    none.asked({2000});
    login = begin(openid);
    auto flow = login.exchange(callback(login), {.id_token = {.keys = &none, .verifier = verifier}});
    CHECK(flow.next({2000}).request().url == "https://as.example/token");
    flow.resume(tokens_with(signed_by("k", claims_for(nonce_of(login)))), {2100});
    CHECK(flow.next({2100}).request().url == "https://as.example/keys");
    flow.resume(answer(500, ""), {2100});
    CHECK(flow.next({2100}).done());
    CHECK(reason_of(std::move(flow).outcome()) == errc::unexpected_status);
}

TEST_CASE("a refresh whose keys cannot be had before it is sent uses nothing up") {
    tag_verifier verifier;
    key_cache none("https://as.example/keys");
    tokens stored;
    stored.refresh_token = oauthpp::secret("r");
    stored.identity = oauthpp::id_token{.iss = "https://as.example", .sub = "s"};
    scripted_transport http{{answer(500, "")}};
    CHECK(reason_of(outcome_of(oauthpp::refresh(oauthpp_test::server, oauthpp_test::app, stored, {.id_token = {.keys = &none, .verifier = verifier}}), http)) ==
          errc::unexpected_status);
    CHECK(http.sent.size() == 1);
}

TEST_CASE("a token from the browser by a new key makes the keys be fetched once more, before the code is used up") {
    key_cache keys("https://as.example/keys");
    REQUIRE(keys.put(key_set("a"), {1}));
    tag_verifier verifier;
    auto login = begin({.response_type = "code id_token", .scope = "openid"});
    const std::string nonce = nonce_of(login);
    const std::string first = signed_by("b", claims_for(nonce, R"("c_hash":")" + half_hash("code1") + '"'));
    scripted_transport http{{answer(200, key_set("ab")), tokens_with(signed_by("b", claims_for(nonce)))}};
    const std::string brought = "https://client.example.com/cb#code=code1&id_token=" + first + "&state=" + login.state();
    const tokens got = value_of(outcome_of(login.exchange(brought, {.id_token = {.keys = &keys, .verifier = verifier}}), http));
    CHECK((got.identity && got.identity->signature_verified));
    REQUIRE(http.sent.size() == 2);
    CHECK(http.sent[0].url == "https://as.example/keys");
    CHECK(http.sent[1].url == "https://as.example/token");
}

}  // namespace keys_test
