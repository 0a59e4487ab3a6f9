// SPDX-License-Identifier: MIT
//
// Who signed in: the ID tokens of logins and refreshes (OpenID Connect Core 3.1.3.7, 3.3, 12.2), and the keys that are
// fetched for them. The signatures here are tags that a test's verifier knows; those of real algorithms are checked in
// adapter/openssl.cpp and at the real servers.
#include <oauthpp/flow/login.hpp>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/provider/microsoft.hpp>

#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>
#include <unit/flow/tagged_tokens.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace identity_test {

using oauthpp::errc, oauthpp::id_token_options, oauthpp::key_cache, oauthpp::login_options;
using oauthpp::seconds, oauthpp::tokens, oauthpp::unix_time;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::confidential_app, oauthpp_test::begin;
using oauthpp_test::encoded, oauthpp_test::field_of, oauthpp_test::only, oauthpp_test::outcome_of, oauthpp_test::reason_of;
using oauthpp_test::scripted_transport, oauthpp_test::server, oauthpp_test::value_of;
using namespace oauthpp_test::tagged;

// ---- the token endpoint's, without keys

TEST_CASE("without keys the claims are checked, and TLS vouches for them [oidc-core-3.1.3.7-6-signature] "
          "[oidc-core-5.7-identity]") {
    const tokens got = value_of(login_with(claims_for("%", R"("acr":"2","sid":"s","auth_time":980)")));
    REQUIRE(got.identity);
    CHECK(got.identity->iss == "https://as.example");
    CHECK(got.identity->sub == "248289761001");
    CHECK(got.identity->acr == "2");
    CHECK((got.identity->auth_time && got.identity->auth_time->count == 980));
    CHECK_FALSE(got.identity->signature_verified);
    CHECK(got.identity->claims.find(R"("sid":"s")") != std::string::npos);
}

TEST_CASE("each claim that is wrong ends the login, and no token comes of it [oidc-core-3.1.3.7-11-nonce] "
          "[rfc8725-3.3-all-ops]") {
    const auto honest = [](std::string_view part, std::string_view instead) {
        std::string claims = claims_for("%");
        const auto at = claims.find(part);
        REQUIRE(at != std::string::npos);
        return claims.replace(at, part.size(), instead);
    };
    struct wrong_claims {
        std::string claims;
        errc reason;
    };
    for (const auto& [claims, reason] : {
             wrong_claims{honest("https://as.example", "https://evil.example"), errc::wrong_issuer},
             {honest("s6BhdRkqt3", "another"), errc::wrong_audience},
             {honest(":4600", ":900"), errc::token_expired},
             {honest(":990", ":2000"), errc::issued_in_future},
             {claims_for("of-another-login"), errc::nonce_mismatch},
             {honest(R"(,"nonce":"%")", ""), errc::nonce_missing},
             {honest(R"("sub":"248289761001",)", ""), errc::missing_claim},
             {claims_for("%", R"("at_hash":"AAAAAAAAAAAAAAAAAAAAAA")"), errc::hash_mismatch},
             {claims_for("%", R"("c_hash":"AAAAAAAAAAAAAAAAAAAAAA")"), errc::hash_mismatch},
         }) {
        CHECK(reason_of(login_with(claims)) == reason);
    }
    CHECK(reason_of(login_with(claims_for("%", R"("at_hash":")" + half_hash("a") + '"'))) == errc::none);
}

TEST_CASE("where openid was asked for, an ID token must come [oidc-core-3.1.3.3-id-token]") {
    auto login = begin(openid);
    scripted_transport http{{tokens_with("")}};
    const auto outcome = outcome_of(login.exchange(callback(login)), http);
    CHECK(reason_of(outcome) == errc::missing_member);
    CHECK(field_of(outcome) == "id_token");

    login = begin(openid);
    http.sent.clear();
    const auto tolerant = outcome_of(login.exchange(callback(login), {.id_token = {.allow_missing = true}}), http);
    CHECK_FALSE(value_of(tolerant).identity);
}

TEST_CASE("of a server whose issuer is not known, nobody can be told") {
    oauthpp::server_metadata nameless = server;
    nameless.issuer = {};
    auto login = begin(openid, nameless);
    scripted_transport http{{tokens_with(signed_by("k", claims_for(nonce_of(login))))}};
    const tokens got = value_of(outcome_of(login.exchange(callback(login)), http));
    CHECK_FALSE(got.identity);
    CHECK_FALSE(got.id_token.empty());
}

TEST_CASE("max_age and acr_values are held against the token [oidc-core-3.1.2.1-max-age] [oidc-core-3.1.3.7-12-acr] "
          "[oidc-core-3.1.3.7-13-auth-time]") {
    const login_options aged{.scope = "openid", .max_age = seconds{100}};
    CHECK(reason_of(login_with(claims_for("%", R"("auth_time":950)"), aged)) == errc::none);
    CHECK(reason_of(login_with(claims_for("%", R"("auth_time":500)"), aged)) == errc::authentication_too_old);
    CHECK(reason_of(login_with(claims_for("%"), aged)) == errc::missing_claim);
    const login_options strong{.scope = "openid", .acr_values = "gold silver"};
    CHECK(reason_of(login_with(claims_for("%", R"("acr":"silver")"), strong)) == errc::none);
    CHECK(reason_of(login_with(claims_for("%", R"("acr":"bronze")"), strong)) == errc::acr_not_met);
    CHECK(reason_of(login_with(claims_for("%"), strong)) == errc::acr_not_met);
    CHECK(reason_of(login_with(claims_for("%"), strong, {.allow_other_acr = true})) == errc::none);
}

TEST_CASE("what the login asked for survives being saved") {
    const auto begun = begin({.scope = "openid", .max_age = seconds{100}, .acr_values = "gold"});
    for (const auto& [more, reason] : {std::pair{R"("auth_time":950,"acr":"gold")", errc::none},
                                       std::pair{R"("auth_time":500,"acr":"gold")", errc::authentication_too_old},
                                       std::pair{R"("auth_time":950,"acr":"iron")", errc::acr_not_met}}) {
        auto restored = restore_login(server, app, begun.save());
        REQUIRE(restored);
        scripted_transport http{{tokens_with(signed_by("k", claims_for(nonce_of(begun), more)))}};
        CHECK(reason_of(outcome_of(restored->exchange(callback(begun)), http)) == reason);
    }
}

TEST_CASE("any tenant's token, but only with that tenant as its issuer") {
    const auto microsoft = oauthpp::provider::microsoft("common");
    const auto outcome_for = [&](std::string_view iss, std::string_view tid) {
        auto login = begin(openid, microsoft);
        const std::string claims = R"({"iss":")" + std::string(iss) + R"(","tid":")" + std::string(tid) +
                                   R"(","sub":"s","aud":"s6BhdRkqt3","exp":4600,"iat":990,"nonce":")" + nonce_of(login) + "\"}";
        scripted_transport http{{tokens_with(signed_by("k", claims))}};
        return reason_of(outcome_of(login.exchange(callback(login)), http));
    };
    const std::string before = "https://login.microsoftonline.com/";
    CHECK(outcome_for(before + "t1/v2.0", "t1") == errc::none);
    CHECK(outcome_for(before + "t1/v2.0", "t2") == errc::wrong_issuer);
    CHECK(outcome_for(before + "t1/v2.0", "") == errc::wrong_issuer);
    CHECK(outcome_for(before + "t1/x/v2.0", "t1/x") == errc::wrong_issuer);
    CHECK(outcome_for(before + "/v2.0", "") == errc::wrong_issuer);
    CHECK(outcome_for("https://evil.example/t1/v2.0", "t1") == errc::wrong_issuer);
}

// ---- through the browser

namespace {

/// A login whose callback brings these, with `%` for the nonce in the claims, and whose token endpoint sends `back`.
oauthpp::result<tokens> hybrid(std::string_view response_type, std::string front, std::string_view parameters,
                               scripted_transport& http, std::string_view back_sub = "248289761001", bool with_keys = true) {
    key_cache keys("https://as.example/keys");
    CHECK(keys.put(key_set("k"), now));
    tag_verifier verifier;
    auto login = begin({.response_type = response_type, .scope = "openid", .response_mode = "form_post"});
    std::string body = "state=" + login.state() + std::string(parameters);
    if (!front.empty()) {
        const auto at = front.find('%');
        body += "&id_token=" + signed_by("k", front.replace(at, 1, nonce_of(login)));
    }
    http.answers = {tokens_with(signed_by("k", claims_for(nonce_of(login), {}, back_sub)))};
    id_token_options options;
    if (with_keys) options = {.keys = &keys, .verifier = verifier};
    return outcome_of(login.exchange(body, {.id_token = options}), http);
}

const std::string c_hash = R"("c_hash":")" + half_hash("thecode") + '"';
const std::string at_hash = R"("at_hash":")" + half_hash("front") + '"';

}  // namespace

TEST_CASE("code id_token: the token from the browser is checked before the code is redeemed "
          "[oidc-core-3.3.2.10-c-hash] [oidc-core-3.1.3.8-at-hash]") {
    scripted_transport http;
    const tokens got = value_of(hybrid("code id_token", claims_for("%", c_hash), "&code=thecode", http));
    CHECK((got.identity && got.identity->signature_verified));
    CHECK(got.access_token.reveal() == "a");
    CHECK(http.sent.size() == 1);

    for (const auto& [front, reason] : {std::pair{claims_for("%"), errc::hash_missing},
                                        std::pair{claims_for("%", R"("c_hash":"AAAAAAAAAAAAAAAAAAAAAA")"), errc::hash_mismatch},
                                        std::pair{claims_for("x%", c_hash), errc::nonce_mismatch},
                                        std::pair{claims_for("%", c_hash, ""), errc::missing_claim}}) {
        scripted_transport nothing;
        CHECK(reason_of(hybrid("code id_token", front, "&code=thecode", nothing)) == reason);
        CHECK(nothing.sent.empty());
    }
}

TEST_CASE("both ID tokens are about the same person, at the same issuer [oidc-core-3.3.3.6-same-subject]") {
    scripted_transport http;
    CHECK(reason_of(hybrid("code id_token", claims_for("%", c_hash), "&code=thecode", http, "another")) == errc::subject_changed);
}

TEST_CASE("an ID token from the browser without a way to check its signature is refused") {
    scripted_transport http;
    CHECK(reason_of(hybrid("code id_token", claims_for("%", c_hash), "&code=thecode", http, "248289761001", false)) ==
          errc::signature_unsupported);
    CHECK(http.sent.empty());
}

TEST_CASE("an access token from the browser is held against its hash, and never used [oidc-core-3.2.2.9-at-hash] "
          "[rfc6749-10.16-implicit-auth]") {
    scripted_transport http;
    const std::string both = c_hash + "," + at_hash;
    const tokens got = value_of(hybrid("code id_token token", claims_for("%", both),
                                       "&code=thecode&access_token=front&token_type=Bearer", http));
    CHECK(got.access_token.reveal() == "a");
    scripted_transport other;
    CHECK(reason_of(hybrid("code id_token token", claims_for("%", both),
                           "&code=thecode&access_token=swapped&token_type=Bearer", other)) == errc::hash_mismatch);
    scripted_transport bare;
    CHECK(reason_of(hybrid("code id_token token", claims_for("%", c_hash),
                           "&code=thecode&access_token=front&token_type=Bearer", bare)) == errc::hash_missing);
    scripted_transport plain;
    CHECK(value_of(hybrid("code token", "", "&code=thecode&access_token=front&token_type=Bearer", plain))
              .access_token.reveal() == "a");
}

TEST_CASE("the nonce is checked in both ID tokens [rfc9700-4.5.3.2-nonce] [rfc9207-2.4-id-token]") {
    key_cache keys("https://as.example/keys");
    CHECK(keys.put(key_set("k"), now));
    tag_verifier verifier;
    const auto outcome_with = [&](std::string_view front_issuer, std::string_view back_nonce) {
        auto login = begin({.response_type = "code id_token", .scope = "openid", .response_mode = "form_post"});
        std::string front = claims_for(nonce_of(login), c_hash);
        front.replace(front.find("https://as.example"), 18, front_issuer);
        scripted_transport http{{tokens_with(signed_by("k", claims_for(back_nonce.empty() ? nonce_of(login) : back_nonce)))}};
        return reason_of(outcome_of(login.exchange("iss=https%3A%2F%2Fas.example&code=thecode&state=" + login.state() +
                                                       "&id_token=" + signed_by("k", front),
                                                   {.id_token = {.keys = &keys, .verifier = verifier}}), http));
    };
    CHECK(outcome_with("https://as.example", "") == errc::none);
    CHECK(outcome_with("https://as.example", "of another login") == errc::nonce_mismatch);
    CHECK(outcome_with("https://b.example", "") == errc::wrong_issuer);
}

TEST_CASE("id_token alone: nothing is redeemed, and somebody is known") {
    scripted_transport http;
    const tokens got = value_of(hybrid("id_token", claims_for("%"), "", http));
    REQUIRE(got.identity);
    CHECK(got.identity->sub == "248289761001");
    CHECK(got.identity->signature_verified);
    CHECK_FALSE(got.id_token.empty());
    CHECK(got.access_token.empty());
    CHECK(http.sent.empty());
}

TEST_CASE("the callback must bring what was asked for, and nothing else") {
    scripted_transport http;
    CHECK(reason_of(hybrid("code id_token", "", "&code=thecode", http)) == errc::missing_parameter);
    CHECK(reason_of(hybrid("id_token", claims_for("%"), "&code=thecode", http)) == errc::unexpected_parameter);
    CHECK(reason_of(hybrid("code", claims_for("%"), "&code=thecode", http)) == errc::unexpected_parameter);
    CHECK(http.sent.empty());
}

// ---- refresh

TEST_CASE("a refresh may bring an ID token, about the same person and the same sign-in "
          "[oidc-core-12.2-refresh-id-token]") {
    auto login = begin(openid);
    const std::string nonce = nonce_of(login);
    scripted_transport http{{tokens_with(signed_by("k", claims_for(nonce, R"("auth_time":900)")))}};
    const tokens first = value_of(outcome_of(login.exchange(callback(login)), http));

    const auto refreshed_with = [&](std::string_view id_token) {
        scripted_transport again{{tokens_with(id_token)}};
        return outcome_of(oauthpp::refresh(server, app, first), again);
    };
    const tokens same = value_of(refreshed_with(""));
    CHECK(same.id_token == first.id_token);
    CHECK((same.identity && same.identity->sub == "248289761001"));

    const std::string unsaid = R"({"iss":"https://as.example","sub":"248289761001","aud":"s6BhdRkqt3","exp":4600,"iat":995})";
    CHECK(reason_of(refreshed_with(signed_by("k", unsaid))) == errc::none);
    for (const auto& [claims, reason] :
         {std::pair{claims_for(nonce, R"("auth_time":900)"), errc::none},
          std::pair{claims_for(nonce, R"("auth_time":901)"), errc::authentication_changed},
          std::pair{claims_for("other"), errc::nonce_mismatch},
          std::pair{claims_for(nonce, {}, "somebody else"), errc::subject_changed}}) {
        CHECK(reason_of(refreshed_with(signed_by("k", claims))) == reason);
    }
}

TEST_CASE("with a refresh token alone there is nothing to compare with but server and client") {
    const auto refreshed_with = [&](std::string_view id_token) {
        scripted_transport http{{tokens_with(id_token)}};
        return outcome_of(oauthpp::refresh(server, app, oauthpp::secret_view("stored")), http);
    };
    CHECK(value_of(refreshed_with(signed_by("k", claims_for("whatever")))).identity);
    std::string foreign = claims_for("n");
    foreign.replace(foreign.find("s6Bh"), 4, "x6Bh");
    CHECK(reason_of(refreshed_with(signed_by("k", foreign))) == errc::wrong_audience);
    CHECK_FALSE(value_of(refreshed_with("")).identity);
}

TEST_CASE("a refresh that brings no ID token asks for no keys, and one whose keys cannot be had keeps its tokens") {
    key_cache keys("https://as.example/keys");
    tag_verifier verifier;
    const auto refreshed = [&](std::vector<oauthpp::result<oauthpp::http_response>> answers, unix_time at) {
        scripted_transport http{std::move(answers)};
        tokens got = value_of(outcome_of(oauthpp::refresh(server, app, oauthpp::secret_view("stored"),
                                                          {.id_token = {.keys = &keys, .verifier = verifier}}), http, at));
        return std::pair(std::move(got), http.sent.size());
    };
    CHECK(refreshed({tokens_with("")}, {1000}).second == 1);
    const auto [kept, asked] = refreshed({tokens_with(signed_by("k", claims_for("n"))), errc::timed_out}, {1000});
    CHECK(asked == 2);
    CHECK(kept.refresh_token.reveal() == "r");
    CHECK_FALSE(kept.identity);
    const auto known = refreshed({tokens_with(signed_by("k", claims_for("n"))), answer(200, key_set("k"))}, {2000});
    CHECK((known.first.identity && known.first.identity->signature_verified));
}

// ---- HMAC

TEST_CASE("HS256 with the client's secret, when it was asked for [oidc-core-3.1.3.7-8-mac] "
          "[rfc7518-3.2-key-size]") {
    const auto outcome_for = [](const oauthpp::client& by, std::string_view key, std::string_view algorithms) {
        auto login = begin(openid, server, by);
        const std::string input = encoded(R"({"alg":"HS256"})") + '.' + encoded(claims_for(nonce_of(login)));
        const auto tag = oauthpp::hmac_sha256(key, input);
        const std::string token = input + '.' + encoded({reinterpret_cast<const char*>(tag.data()), tag.size()});
        scripted_transport http{{tokens_with(token)}};
        return outcome_of(login.exchange(callback(login), {.id_token = {.algorithms = algorithms}}), http);
    };
    oauthpp::client long_secret = confidential_app;
    constexpr std::string_view key = "a secret of no less than 32 bytes";
    long_secret.authentication = oauthpp::client_secret_post{std::string(key)};
    const tokens got = value_of(outcome_for(long_secret, key, "HS256"));
    CHECK((got.identity && got.identity->signature_verified));
    CHECK(reason_of(outcome_for(long_secret, "guessed", "HS256")) == errc::signature_invalid);
    CHECK(reason_of(outcome_for(long_secret, key, oauthpp::asymmetric_algorithms)) == errc::algorithm_not_allowed);
    CHECK(reason_of(outcome_for(confidential_app, "gX1fBat3bV", "HS256")) == errc::algorithm_not_allowed);   // too short
    CHECK(reason_of(outcome_for(app, "", "HS256")) == errc::algorithm_not_allowed);
}

}  // namespace identity_test
