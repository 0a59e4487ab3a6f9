// SPDX-License-Identifier: MIT
//
// New tokens for a refresh token: what is asked, where it may go, and what becomes of the old one.
#include <oauthpp/flow/refresh.hpp>

#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace refresh_test {
namespace {

using oauthpp::client, oauthpp::errc, oauthpp::refresh, oauthpp::refresh_options, oauthpp::secret,
    oauthpp::server_metadata;
using oauthpp::tokens;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::confidential_app, oauthpp_test::field_of,
    oauthpp_test::has;
using oauthpp_test::only, oauthpp_test::outcome_of, oauthpp_test::reason_of, oauthpp_test::scripted_transport;
using oauthpp_test::server, oauthpp_test::value_of;

tokens granted(std::string_view scope = "read write") {
    tokens held;
    held.access_token = secret("2YotnFZFEjr1zCsicMWpAA");
    held.token_type = "Bearer";
    held.refresh_token = secret("tGzv3JOkF0XG5Qx2TlKWIA");
    held.scope = scope;
    held.token_endpoint = server.token_endpoint;
    held.client_id = app.client_id;
    return held;
}

scripted_transport answering(std::string more) {
    return {{answer(200, R"({"access_token":"new","token_type":"Bearer")" + std::move(more) + "}")}};
}

/// Why a refresh is refused before anything is sent.
errc refusal(oauthpp::token_flow flow, std::string* field = nullptr) {
    CHECK(flow.next({1000}).done());
    const auto outcome = std::move(flow).outcome();
    if (field != nullptr) *field = field_of(outcome);
    return reason_of(outcome);
}

}  // namespace

TEST_CASE("a refresh sends the refresh token, and the client proves itself [rfc6749-6-request] "
          "[rfc6749-3.2.1-confidential-authenticates]") {
    auto http = answering("");
    CHECK(outcome_of(refresh(server, confidential_app, granted()), http));
    REQUIRE(http.sent.size() == 1);
    CHECK(http.sent[0].url == "https://as.example/token");
    CHECK(http.sent[0].authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    CHECK(http.sent[0].body.reveal() == "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA");

    CHECK(outcome_of(refresh(server, app, granted()), http));
    CHECK(http.sent[1].authorization.empty());
    CHECK(http.sent[1].body.reveal() ==
          "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&client_id=s6BhdRkqt3");
}

TEST_CASE("a refresh may narrow the target, and carry what a server wants besides") {
    const std::array<std::string_view, 2> resource{"https://cal.example.com/", "https://contacts.example.com/"};
    const std::array<oauthpp::parameter_view, 1> extra{{{"client_info", "1"}}};
    auto http = answering("");
    CHECK(outcome_of(refresh(server, app, granted(), {.resource = resource, .extra = extra}), http));
    const std::string_view body = http.sent[0].body.reveal();
    CHECK(body.find("&resource=https%3A%2F%2Fcal.example.com%2F&resource=https%3A%2F%2Fcontacts.example.com%2F") !=
          body.npos);
    CHECK(only(http.last_form(), "client_info") == "1");
}

TEST_CASE("a new refresh token replaces the old one, and says that it is new [rfc6749-6-rotate]") {
    auto http = answering(R"(,"refresh_token":"r2")");
    const tokens old = granted();
    tokens held = value_of(outcome_of(refresh(server, app, old), http));
    CHECK(held.refresh_token.reveal() == "r2");
    CHECK(held.refresh_token_rotated);
    CHECK(old.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");                  // ours to drop, not the library's
    CHECK(outcome_of(refresh(server, app, held), http));
    CHECK(only(http.last_form(), "refresh_token") == "r2");
}

TEST_CASE("without a new refresh token the old one stays good [rfc6749-6-keep]") {
    for (const char* none : {"", R"(,"refresh_token":null)", R"(,"refresh_token":"")"}) {
        auto http = answering(none);
        const tokens held = value_of(outcome_of(refresh(server, app, granted()), http));
        CHECK(held.access_token.reveal() == "new");
        CHECK(held.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
        CHECK_FALSE(held.refresh_token_rotated);
    }
}

TEST_CASE("the same refresh token sent back is none that must be stored") {
    auto http = answering(R"(,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA")");
    const tokens held = value_of(outcome_of(refresh(server, app, granted()), http));
    CHECK(held.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
    CHECK_FALSE(held.refresh_token_rotated);
}

TEST_CASE("tokens go back only to the server and client that they are of [rfc6749-10.4-tls-refresh]") {
    std::string field;
    server_metadata other = server;
    other.token_endpoint = "https://other.example/token";
    CHECK(refusal(refresh(other, app, granted()), &field) == errc::wrong_server);
    CHECK(field == "token_endpoint");
    other.token_endpoint = "https://as.example/token/";
    CHECK(refusal(refresh(other, app, granted())) == errc::wrong_server);
    client somebody = app;
    somebody.client_id = "S6BhdRkqt3";
    CHECK(refusal(refresh(server, somebody, granted()), &field) == errc::wrong_server);
    CHECK(field == "client_id");

    server_metadata open = server;
    open.token_endpoint = "http://as.example/token";
    tokens from_open = granted();
    from_open.token_endpoint = open.token_endpoint;
    CHECK(refusal(refresh(open, app, from_open)) == errc::insecure_url);

    tokens unbound = granted();                                                      // put together by hand
    unbound.token_endpoint = {};
    unbound.client_id = {};
    CHECK(reason_of(outcome_of(refresh(server, app, unbound))) == errc::none);
}

TEST_CASE("new tokens are bound like the old ones") {
    auto http = answering("");
    const tokens held = value_of(outcome_of(refresh(server, app, granted()), http));
    CHECK(held.token_endpoint == "https://as.example/token");
    CHECK(held.client_id == "s6BhdRkqt3");
}

TEST_CASE("a refresh asks for no more than was granted [rfc6749-6-scope-subset]") {
    std::string field;
    CHECK(refusal(refresh(server, app, granted("read"), {.scope = "read write"}), &field) == errc::scope_not_granted);
    CHECK(field == "scope");
    CHECK(refusal(refresh(server, app, granted("read"), {.scope = "Read"})) == errc::scope_not_granted);

    auto http = answering("");
    tokens held = value_of(outcome_of(refresh(server, app, granted()), http));
    CHECK_FALSE(has(http.last_form(), "scope"));
    CHECK(held.scope == "read write");

    held = value_of(outcome_of(refresh(server, app, granted(), {.scope = "write"}), http));
    CHECK(only(http.last_form(), "scope") == "write");
    CHECK(held.scope == "write");
    CHECK(held.missing_scope.empty());

    held = value_of(
        outcome_of(refresh(server, app, granted("read"), {.scope = "read admin", .allow_more_scope = true}), http));
    CHECK(only(http.last_form(), "scope") == "read admin");
    CHECK(held.scope == "read admin");

    CHECK(outcome_of(refresh(server, app, granted(""), {.scope = "read"}), http));   // nobody knows what was granted
}

TEST_CASE("what a refresh does not give is told apart from what it does") {
    auto http = answering(R"(,"scope":"read extra")");
    const tokens held = value_of(outcome_of(refresh(server, app, granted()), http));
    CHECK(held.scope == "read extra");
    CHECK(held.missing_scope == "write");
    CHECK(held.extra_scope == "extra");
}

TEST_CASE("a failure costs nothing of the tokens at hand") {
    tokens held = granted();
    held.expires_at = oauthpp::unix_time{4600};
    scripted_transport http{{answer(400, R"({"error":"invalid_grant"})"), errc::timed_out, answer(200, "<html>"),
                             answer(200, R"({"access_token":"","token_type":"Bearer","refresh_token":"r2"})")}};
    for (const errc expected : {errc::server_refused, errc::timed_out, errc::malformed_json, errc::missing_member}) {
        auto renewed = outcome_of(refresh(server, app, held), http);
        CHECK(reason_of(renewed) == expected);
        if (renewed) held = *std::move(renewed);
        CHECK(held.access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
        CHECK(held.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
        CHECK((held.expires_at && held.expires_at->count == 4600));
    }
}

TEST_CASE("a refresh token that was stored alone") {
    auto http = answering("");
    const secret stored("tGzv3JOkF0XG5Qx2TlKWIA");
    tokens held = value_of(outcome_of(refresh(server, app, stored), http));
    CHECK(held.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
    CHECK(held.scope.empty());
    CHECK(held.client_id == "s6BhdRkqt3");
    held = value_of(outcome_of(refresh(server, app, stored, {.scope = "read"}), http));
    CHECK(only(http.last_form(), "scope") == "read");
    CHECK(held.scope == "read");
}

TEST_CASE("without a refresh token there is no refresh") {
    std::string field;
    tokens none = granted();
    none.refresh_token = {};
    CHECK(refusal(refresh(server, app, none), &field) == errc::missing_value);
    CHECK(field == "refresh_token");
    CHECK(refusal(refresh(server, app, secret())) == errc::missing_value);
}

TEST_CASE("at a server that cannot be, that is what the refresh reports") {
    server_metadata impossible;
    impossible.invalid = errc::invalid_provider;
    CHECK(refusal(refresh(impossible, app, granted())) == errc::invalid_provider);
    CHECK(refusal(refresh(impossible, app, secret("r"))) == errc::invalid_provider);
    impossible.token_endpoint = server.token_endpoint;
    CHECK(refusal(refresh(impossible, app, granted())) == errc::invalid_provider);
}

}  // namespace refresh_test
