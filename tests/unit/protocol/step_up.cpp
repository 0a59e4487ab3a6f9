// SPDX-License-Identifier: MIT
//
// From a challenge to the next authorization request (RFC 9470 4, RFC 6750 3.1).
#include <oauthpp/protocol/step_up.hpp>

#include <oauthpp/provider/microsoft.hpp>
#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>

#include <array>
#include <ostream>
#include <string>
#include <string_view>

namespace step_up_test {
namespace {

using oauthpp::errc, oauthpp::login_options, oauthpp::make_step_up, oauthpp::parse_challenge, oauthpp::step_up, oauthpp::stepped_up;
using oauthpp_test::only;

constexpr std::string_view capabilities = R"({"access_token":{"xms_cc":{"values":["cp1"]}}})";

step_up asked_by(std::string_view field, const oauthpp::step_up_options& before = {}) {
    const auto challenge = parse_challenge(field);
    REQUIRE(challenge);
    auto more = make_step_up(*challenge, before);
    REQUIRE(more);
    return more ? *std::move(more) : step_up{};
}

TEST_CASE("the values of the challenge go into the next request [rfc9470-4-request]") {
    const step_up more = asked_by(R"(Bearer error="insufficient_user_authentication", acr_values="myACR", max_age="5", scope="write")", {.scope = "openid read"});
    const auto login = oauthpp_test::begin(stepped_up(login_options{.scope = "openid read", .prompt = "login"}, more));
    const auto sent = oauthpp_test::pairs_of_url(login.url());
    CHECK(only(sent, "acr_values") == "myACR");
    CHECK(only(sent, "max_age") == "5");
    CHECK(only(sent, "scope") == "openid read write");
    CHECK(only(sent, "prompt") == "login");
    CHECK(!oauthpp_test::has(sent, "claims"));
}

TEST_CASE("scope is added to what was asked for before") {
    CHECK(asked_by(R"(Bearer error="insufficient_scope", scope="write read")", {.scope = "read"}).scope == "read write");
    CHECK(asked_by(R"(Bearer error="insufficient_scope", scope="write")").scope == "write");
    CHECK(asked_by(R"(Bearer error="insufficient_scope")", {.scope = "read"}).scope == "read");
    CHECK(asked_by("Bearer").scope.empty());
}

TEST_CASE("what the challenge says nothing of stays") {
    const auto kept = stepped_up(login_options{.scope = "a", .max_age = oauthpp::seconds{7}, .acr_values = "b", .claims = "{}"}, oauthpp::step_up_view{});
    CHECK(kept.scope == "a");
    CHECK(kept.acr_values == "b");
    CHECK(kept.claims == "{}");
    CHECK(kept.max_age->count == 7);
    const step_up more{.scope = "c", .acr_values = {}, .max_age = {}, .claims = {}};
    CHECK(stepped_up(oauthpp::authorization_request_view{.scope = "a"}, more).scope == "c");
}

TEST_CASE("Microsoft's claims, with the client's capabilities") {
    const step_up more = asked_by(R"(Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiY3AxIn19fQ==")",
                                  {.scope = {}, .claims = capabilities});
    CHECK(more.claims == R"({"access_token":{"xms_cc":{"values":["cp1"]},"acrs":{"essential":true,"value":"cp1"}}})");
    const auto login = oauthpp_test::begin(stepped_up(login_options{.scope = "read"}, more));
    CHECK(only(oauthpp_test::pairs_of_url(login.url()), "claims") == more.claims);
    oauthpp::challenge empty;
    CHECK(make_step_up(empty, {.scope = {}, .claims = capabilities})->claims == capabilities);
    CHECK(make_step_up(empty, {.scope = {}, .claims = "{"}).error().reason() == errc::malformed_json);
}

TEST_CASE("without a heap") {
    std::string field = R"(Bearer scope="write", max_age=5, acr_values=x)";
    const auto challenge = oauthpp::parse_challenge_in_place(field);
    REQUIRE(challenge);
    std::array<char, 12> memory{};
    oauthpp::buffer_writer out(memory);
    const auto more = write_step_up(out, *challenge, {.scope = "read", .claims = "{}"});
    REQUIRE(more);
    if (!more) return;
    CHECK(more->scope == "read write");
    CHECK(more->claims == "{}");
    CHECK(more->acr_values == "x");
    for (std::size_t size = 0; size < memory.size(); ++size) {
        oauthpp::buffer_writer small{std::span(memory).first(size)};
        const auto full = write_step_up(small, *challenge, {.scope = "read", .claims = "{}"});
        REQUIRE(!full);
        CHECK(full.error().needed == 12);
        CHECK(small.size() == 0);
    }
}

TEST_CASE("Microsoft's capabilities stay when a claims challenge is answered") {
    oauthpp::challenge asked;
    asked.claims = R"({"access_token":{"nbf":{"essential":true,"value":"1604106651"}}})";
    const auto more = make_step_up(asked, {.claims = oauthpp::provider::microsoft_capabilities});
    REQUIRE(more);
    if (!more) return;
    CHECK(more->claims == R"({"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true,"value":"1604106651"}}})");
}

}  // namespace
}  // namespace step_up_test
