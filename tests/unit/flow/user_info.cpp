// SPDX-License-Identifier: MIT
//
// UserInfo (OpenID Connect Core 5.3): about the person who signed in or about nobody, plain and signed. The signatures are
// HMACs' stand-ins: tags that a test's verifier knows.
#include <oauthpp/flow/user_info.hpp>

#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>
#include <unit/jose/encoded.hpp>

#include <string>
#include <string_view>

namespace user_info_test {
namespace {

using oauthpp::errc, oauthpp::fetch_user_info, oauthpp::key_cache, oauthpp::result, oauthpp::server_metadata, oauthpp::tokens;
using oauthpp::user_info, oauthpp::user_info_options;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::encoded, oauthpp_test::field_of, oauthpp_test::outcome_of, oauthpp_test::reason_of;
using oauthpp_test::scripted_transport, oauthpp_test::value_of;

const server_metadata op = [] {
    server_metadata server = oauthpp_test::server;
    server.userinfo_endpoint = "https://server.example.com/userinfo";
    return server;
}();

/// OpenID Connect Core 5.3.1, 5.3.2
tokens signed_in() {
    tokens made;
    made.access_token = "SlAV32hkKG";
    made.token_type = "Bearer";
    made.identity = oauthpp::id_token{.iss = "https://as.example", .sub = "248289761001"};
    return made;
}
const std::string jane = R"({"sub":"248289761001","name":"Jane Doe","given_name":"Jane","family_name":"Doe",)"
                         R"("preferred_username":"j.doe","email":"janedoe@example.com","picture":"http://example.com/janedoe/me.jpg"})";

std::string signed_by(std::string_view kid, const std::string& claims, const std::string& more = {}) {
    return encoded(R"({"alg":"ES256","kid":")" + std::string(kid) + "\"" + more + "}") + '.' + encoded(claims) + '.' + encoded(kid);
}
struct tag_verifier {
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view& key, std::string_view, std::span<const std::byte> tag) {
        return tag.front() == key.first.front() ? oauthpp::verdict::valid : oauthpp::verdict::invalid;
    }
};
std::string key_set(char name) {
    const std::string x = encoded(std::string(32, name));
    return R"({"keys":[{"kty":"EC","crv":"P-256","kid":")" + std::string(1, name) + R"(","x":")" + x + R"(","y":")" + x + "\"}]}";
}
oauthpp::http_response jwt(std::string body) {
    return {.status = 200, .content_type = "application/jwt", .body = std::move(body)};
}
std::string about_jane(std::string_view more) { return R"({"sub":"248289761001","email":"j@example.com")" + std::string(more) + '}'; }
const std::string for_us = about_jane(R"(,"iss":"https://as.example","aud":"s6BhdRkqt3")");

result<user_info> ask(oauthpp::http_response response, const user_info_options& options = {}) {
    scripted_transport http{{std::move(response)}};
    return outcome_of(fetch_user_info(op, app, signed_in(), options), http);
}

/// The answer, then the keys.
result<user_info> ask_signed(std::string token) {
    key_cache keys("https://as.example/jwks");
    tag_verifier verifier;
    scripted_transport http{{jwt(std::move(token)), answer(200, key_set('k'))}};
    return outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), http);
}

TEST_CASE("the example of OpenID Connect Core 5.3 [oidc-core-5.3.1-userinfo]") {
    scripted_transport http{{answer(200, jane)}};
    const user_info who = value_of(outcome_of(fetch_user_info(op, app, signed_in()), http));
    REQUIRE(http.sent.size() == 1);
    CHECK(http.sent[0].method == "GET");
    CHECK(http.sent[0].url == "https://server.example.com/userinfo");
    CHECK(http.sent[0].authorization.reveal() == "Bearer SlAV32hkKG");
    CHECK(http.sent[0].body.empty());
    CHECK(who.sub == "248289761001");
    CHECK(who.name == "Jane Doe");
    CHECK(who.given_name == "Jane");
    CHECK(who.family_name == "Doe");
    CHECK(who.preferred_username == "j.doe");
    CHECK(who.email == "janedoe@example.com");
    CHECK(who.picture == "http://example.com/janedoe/me.jpg");
    CHECK(who.claims == jane);
    CHECK_FALSE(who.email_verified);
    CHECK_FALSE(who.signature_verified);
}

TEST_CASE("an answer about anybody else is refused [oidc-core-5.3.2-sub-match]") {
    CHECK(reason_of(ask(answer(200, R"({"sub":"248289761002"})"))) == errc::subject_changed);
    CHECK(reason_of(ask(answer(200, R"({"sub":"2482897610011"})"))) == errc::subject_changed);
    CHECK(reason_of(ask(answer(200, R"({"name":"Jane"})"))) == errc::missing_member);
    CHECK(reason_of(ask(answer(200, R"({"sub":null})"))) == errc::missing_member);
    CHECK(reason_of(ask(answer(200, R"({"sub":248289761001})"))) == errc::invalid_member);
    CHECK(reason_of(ask(answer(200, R"({"sub":"248289761001","sub":"248289761001"})"))) == errc::duplicate_member);
}

TEST_CASE("what is not told is no error [oidc-core-5.3.2-null]") {
    const user_info who = value_of(ask(answer(200, R"({"sub":"248289761001","email":null,"_claim_sources":{"x":{}}})")));
    CHECK(who.sub == "248289761001");
    CHECK(who.email.empty());
    const auto verified = [](const char* json) {
        return value_of(ask(answer(200, about_jane(json)))).email_verified;
    };
    CHECK(verified(R"(,"email_verified":true)") == true);
    CHECK(verified(R"(,"email_verified":"true")") == true);
    CHECK(verified(R"(,"email_verified":false)") == false);
    CHECK(verified(R"(,"email_verified":null)") == std::nullopt);
}

TEST_CASE("a signed answer is for us, by the server [oidc-core-5.3.2-jwt]") {
    const user_info who = value_of(ask_signed(signed_by("k", for_us)));
    CHECK(who.email == "j@example.com");
    CHECK(who.signature_verified);
    CHECK(reason_of(ask_signed(signed_by("k", about_jane(R"(,"iss":"https://as.example","aud":"other")")))) == errc::wrong_audience);
    CHECK(reason_of(ask_signed(signed_by("k", about_jane(R"(,"iss":"https://evil.example","aud":"s6BhdRkqt3")")))) == errc::wrong_issuer);
    CHECK(reason_of(ask_signed(signed_by("k", about_jane(R"(,"aud":"s6BhdRkqt3")")))) == errc::missing_claim);
    CHECK(reason_of(ask_signed(signed_by("k", about_jane(R"(,"iss":"https://as.example")")))) == errc::missing_claim);
    CHECK(reason_of(ask_signed(signed_by("k", about_jane(R"(,"iss":"https://as.example","aud":"s6BhdRkqt3","exp":100)")))) == errc::token_expired);
    CHECK(reason_of(ask_signed(signed_by("k", R"({"sub":"x","iss":"https://as.example","aud":"s6BhdRkqt3"})"))) == errc::subject_changed);
    CHECK(reason_of(ask_signed(signed_by("k", for_us, R"(,"typ":"at+jwt")"))) == errc::wrong_token_type);
    const std::string token = signed_by("k", for_us);
    CHECK(reason_of(ask_signed(token.substr(0, token.rfind('.') + 1) + encoded("evil"))) == errc::signature_invalid);
    CHECK(reason_of(ask_signed(signed_by("other", for_us))) == errc::key_not_found);

    CHECK(reason_of(ask(answer(200, jane), {.signed_only = true})) == errc::unexpected_media_type);
    CHECK(reason_of(ask(jwt(signed_by("k", for_us)))) == errc::signature_unsupported);
    CHECK(reason_of(ask(jwt(encoded(R"({"alg":"none"})") + '.' + encoded(for_us) + '.'))) == errc::algorithm_not_allowed);
}

TEST_CASE("keys are fetched when an answer is signed, once more for one that is not known, and never in the clear") {
    key_cache keys("https://as.example/jwks");
    tag_verifier verifier;
    value_of(result<std::size_t>(keys.put(key_set('o'), {0})));
    scripted_transport http{{jwt(signed_by("k", for_us)), answer(200, key_set('k'))}};
    CHECK(value_of(outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), http)).signature_verified);
    CHECK(http.sent.size() == 2);
    CHECK(http.sent[1].url == "https://as.example/jwks");
    CHECK(http.sent[1].authorization.empty());

    key_cache insecure("http://as.example/jwks");
    const user_info_options options{.keys = &insecure, .verifier = verifier};
    CHECK(reason_of(ask(jwt(signed_by("k", for_us)), options)) == errc::insecure_url);
    CHECK(reason_of(ask(answer(200, jane), options)) == errc::none);
}

TEST_CASE("a refusal has the words of the challenge") {
    const auto refused = ask({.status = 401, .www_authenticate = R"(Bearer error="invalid_token", error_description="The Access Token expired")"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason() == errc::server_refused);
    CHECK(refused.error().server_error() == "invalid_token");
    CHECK(refused.error().server_description() == "The Access Token expired");
    CHECK(refused.error().http_status() == 401);
    CHECK(refused.error().action() == oauthpp::remedy::sign_in_again);
    CHECK(reason_of(ask({.status = 403})) == errc::server_refused);
    CHECK(reason_of(ask({.status = 302})) == errc::redirected);
    CHECK(reason_of(ask({.status = 500})) == errc::unexpected_status);
    CHECK(reason_of(ask({.status = 200, .content_type = "text/html", .body = "<html>"})) == errc::unexpected_media_type);
}

TEST_CASE("what cannot be asked is not") {
    const auto refusal = [](const server_metadata& server, const tokens& with, const user_info_options& options = {}) {
        scripted_transport http{{answer(200, jane)}};
        const auto outcome = outcome_of(fetch_user_info(server, app, with, options), http);
        CHECK(http.sent.empty());
        return field_of(outcome);
    };
    tokens nobody = signed_in();
    nobody.identity.reset();
    CHECK(refusal(op, nobody) == "identity");
    CHECK(refusal(oauthpp_test::server, signed_in()) == "userinfo_endpoint");
    server_metadata insecure = op;
    insecure.userinfo_endpoint = "http://server.example.com/userinfo";
    CHECK(refusal(insecure, signed_in()) == "url");
    tokens bound = signed_in();
    bound.token_type = "DPoP";
    CHECK(refusal(op, bound) == "token_type");
    tag_verifier verifier;
    CHECK(refusal(op, signed_in(), {.verifier = verifier}) == "keys");
    key_cache keys("https://as.example/jwks");
    CHECK(refusal(op, signed_in(), {.keys = &keys}) == "verifier");
}

TEST_CASE("times of a signed answer count if they are there [oidc-core-5.3.2-jwt]") {
    const auto with = [](std::string_view more) { return reason_of(ask_signed(signed_by("k", for_us.substr(0, for_us.size() - 1) + std::string(more) + '}'))); };
    CHECK(with("") == errc::none);
    CHECK(with(R"(,"nbf":1060)") == errc::none);
    CHECK(with(R"(,"nbf":1061)") == errc::token_not_yet_valid);
    CHECK(with(R"(,"iat":1060)") == errc::none);
    CHECK(with(R"(,"iat":1061)") == errc::issued_in_future);
    CHECK(with(R"(,"exp":941)") == errc::none);
    CHECK(with(R"(,"exp":940)") == errc::token_expired);
}

TEST_CASE("only a boolean or its text says whether an address is verified") {
    const auto verified = [](std::string_view value) { return value_of(ask(answer(200, about_jane(R"(,"email_verified":)" + std::string(value))))).email_verified; };
    CHECK(verified("true") == true);
    CHECK(verified("\"true\"") == true);
    CHECK(verified("false") == false);
    CHECK(verified("\"yes\"") == false);
    CHECK(!verified("1"));
    CHECK(!verified("null"));
    CHECK(!verified("[\"true\"]"));
}

TEST_CASE("after the end nothing counts, and a server or person that nobody is cannot be asked") {
    auto flow = fetch_user_info(op, app, signed_in());
    flow.resume(answer(200, jane), {1000});
    CHECK(flow.next({1000}).done());
    flow.resume(answer(200, R"({"sub":"admin"})"), {1000});
    CHECK(value_of(std::move(flow).outcome()).name == "Jane Doe");

    server_metadata invalid = op;
    invalid.invalid = errc::invalid_provider;
    CHECK(reason_of(outcome_of(fetch_user_info(invalid, app, signed_in()))) == errc::invalid_provider);
    tokens nobody = signed_in();
    nobody.identity->sub.clear();
    CHECK(field_of(outcome_of(fetch_user_info(op, app, nobody))) == "identity");
    CHECK(oauthpp::parse_user_info(R"({"sub":""})", "").error().reason() == errc::missing_value);
}

TEST_CASE("of keys that are there and not too old, none are fetched") {
    key_cache keys("https://as.example/jwks");
    REQUIRE(keys.put(key_set('k'), {1000}));
    tag_verifier verifier;
    scripted_transport http{{jwt(signed_by("k", for_us))}};
    CHECK(value_of(outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), http)).signature_verified);
    CHECK(http.sent.size() == 1);
    // Too old: before anything is verified
    scripted_transport later{{jwt(signed_by("k", for_us)), answer(200, key_set('k'))}};
    CHECK(value_of(outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), later, {1000 + 3600})).signature_verified);
    CHECK(later.sent.size() == 2);
}

TEST_CASE("an answer whose signature is wrong is no reason to ask for keys") {
    key_cache keys("https://as.example/jwks");
    REQUIRE(keys.put(key_set('k'), {1}));
    tag_verifier verifier;
    const std::string right = signed_by("k", for_us);
    const std::string forged = right.substr(0, right.rfind('.') + 1) + encoded("z");
    scripted_transport http{{jwt(forged), answer(200, key_set('k'))}};
    CHECK(reason_of(outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), http)) == errc::signature_invalid);
    CHECK(http.sent.size() == 1);
}

TEST_CASE("what cannot be had ends the question: the answer, or the keys for it") {
    scripted_transport nobody{{oauthpp::error_view(errc::timed_out)}};
    CHECK(reason_of(outcome_of(fetch_user_info(op, app, signed_in()), nobody)) == errc::timed_out);
    key_cache keys("https://as.example/jwks");
    tag_verifier verifier;
    scripted_transport http{{jwt(signed_by("k", for_us)), answer(500, "")}};
    CHECK(reason_of(outcome_of(fetch_user_info(op, app, signed_in(), {.keys = &keys, .verifier = verifier}), http)) == errc::unexpected_status);
}

}  // namespace
}  // namespace user_info_test
