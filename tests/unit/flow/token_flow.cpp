// SPDX-License-Identifier: MIT
//
// One request to the token endpoint: what the flow asks, what it makes of every kind of answer, and what it leaves
// behind.
#include <oauthpp/flow/token_flow.hpp>

#include <doctest/doctest.h>
#include <oauthpp/wire/retry_after.hpp>
#include <unit/detail/storage_of.hpp>
#include <unit/flow/at_example.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace token_flow_test {
namespace {

using oauthpp::errc, oauthpp::error_view, oauthpp::http_request, oauthpp::http_response, oauthpp::http_response_view;
using oauthpp::remedy, oauthpp::resend, oauthpp::result, oauthpp::retry_at, oauthpp::server_metadata;
using oauthpp::token_flow, oauthpp::token_flow_view, oauthpp::tokens;
using oauthpp_test::answer, oauthpp_test::confidential_app, oauthpp_test::field_of, oauthpp_test::has,
    oauthpp_test::only;
using oauthpp_test::outcome_of, oauthpp_test::reason_of, oauthpp_test::scripted_transport, oauthpp_test::server;
using oauthpp_test::value_of;

token_flow ask(std::string_view scope = "read write") {
    return oauthpp::request_tokens(server, confidential_app, {.scope = scope});
}

tokens tokens_for(std::string body, std::string_view scope = "read write", oauthpp::unix_time now = {1000}) {
    scripted_transport http{{answer(200, std::move(body))}};
    return value_of(outcome_of(ask(scope), http, now));
}

/// The outcome of a failure, which the server or the transport gave.
oauthpp::error error_for(result<http_response> given, oauthpp::unix_time now = {1000}) {
    scripted_transport http{{std::move(given)}};
    const auto outcome = outcome_of(ask(), http, now);
    CHECK(http.sent.size() == 1);
    CHECK_FALSE(outcome);
    return outcome ? oauthpp::error(errc::none) : outcome.error();
}

error_view transport_failure(errc reason, resend again = {}) {
    error_view failure(reason);
    failure.again = again;
    failure.transport_code = 28;
    failure.transport_text = "the stack's own words";
    return failure;
}

}  // namespace

// ---- what is asked

TEST_CASE("tokens for the client itself: one authenticated POST, with the scope [rfc6749-4.4-confidential-only]") {
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    CHECK(outcome_of(ask("read"), http));
    REQUIRE(http.sent.size() == 1);
    CHECK(http.sent[0].method == "POST");
    CHECK(http.sent[0].url == "https://as.example/token");
    CHECK(http.sent[0].authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");   // RFC 6749 4.1.3
    CHECK(http.sent[0].body.reveal() == "grant_type=client_credentials&scope=read");

    scripted_transport unused{{answer(200, "{}")}};
    const auto refused = outcome_of(oauthpp::request_tokens(server, oauthpp_test::app, {}), unused);
    CHECK(reason_of(refused) == errc::client_not_authenticated);
    CHECK(unused.sent.empty());
}

TEST_CASE("a target and further parameters go along [rfc8707-2.2-token]") {
    const std::array<std::string_view, 1> resource{"https://api.example/"};
    const std::array<oauthpp::parameter_view, 1> extra{{{"audience", "one two"}}};
    scripted_transport http{{answer(200, R"({"access_token":"a","token_type":"Bearer"})")}};
    CHECK(outcome_of(oauthpp::request_tokens(server, confidential_app, {.resource = resource, .extra = extra}), http));
    CHECK(only(http.last_form(), "resource") == "https://api.example/");
    CHECK(only(http.last_form(), "audience") == "one two");
    CHECK_FALSE(has(http.last_form(), "scope"));
}

TEST_CASE("a server that its provider's function marked as impossible is not asked") {
    server_metadata impossible = server;
    impossible.invalid = errc::invalid_provider;
    auto flow = oauthpp::request_tokens(impossible, confidential_app, {});
    CHECK(flow.next({1000}).done());
    const auto outcome = std::move(flow).outcome();
    CHECK(reason_of(outcome) == errc::invalid_provider);
    CHECK(field_of(outcome) == "server");

    std::array<char, 512> memory{};
    token_flow_view view(impossible, confidential_app, oauthpp::client_credentials_grant_view{}, memory);
    CHECK(view.next({1000}) == nullptr);
    CHECK(reason_of(view.outcome()) == errc::invalid_provider);
    CHECK(oauthpp_test::count_of(memory, '\0') == 512);
}

TEST_CASE("a request that cannot be made is the outcome, and nothing is sent") {
    server_metadata open = server;
    open.token_endpoint = "http://as.example/token";
    auto flow = oauthpp::request_tokens(open, confidential_app, {});
    CHECK(flow.next({1000}).done());
    flow.resume(answer(200, R"({"access_token":"a","token_type":"Bearer"})"), {1000});
    const auto outcome = std::move(flow).outcome();
    CHECK(reason_of(outcome) == errc::insecure_url);
    CHECK(field_of(outcome) == "token_endpoint");
}

// ---- the flow itself

TEST_CASE("before the end there is no outcome, and asking twice for it is no success") {
    auto flow = ask();
    CHECK(flow.next({1000}).wants_request());
    CHECK(reason_of(std::move(flow).outcome()) == errc::not_finished);

    auto finished = ask();
    CHECK(finished.next({1000}).wants_request());
    finished.resume(answer(200, R"({"access_token":"a","token_type":"Bearer"})"), {1000});
    CHECK(finished.next({1000}).done());
    CHECK(std::move(finished).outcome());
    CHECK(reason_of(std::move(finished).outcome()) == errc::already_used);
}

TEST_CASE("only the first answer counts") {
    auto flow = ask();
    CHECK(flow.next({1000}).wants_request());
    flow.resume(answer(200, R"({"access_token":"first","token_type":"Bearer"})"), {1000});
    flow.resume(answer(200, R"({"access_token":"second","token_type":"Bearer"})"), {1000});
    flow.resume(errc::timed_out, {1000});
    CHECK(value_of(std::move(flow).outcome()).access_token.reveal() == "first");

    auto failed = ask();
    CHECK(failed.next({1000}).wants_request());
    failed.resume(errc::timed_out, {1000});
    failed.resume(answer(200, R"({"access_token":"late","token_type":"Bearer"})"), {1000});
    CHECK(reason_of(std::move(failed).outcome()) == errc::timed_out);
}

TEST_CASE("an answer to nothing that was asked counts for nothing") {
    auto flow = ask();
    flow.resume(answer(200, R"({"access_token":"early","token_type":"Bearer"})"), {1000});
    CHECK(flow.next({1000}).wants_request());
    CHECK(reason_of(std::move(flow).outcome()) == errc::not_finished);
}

TEST_CASE("a flow is moved and never copied, and what it was moved from sends nothing") {
    static_assert(!std::copy_constructible<token_flow> && !std::is_copy_assignable_v<token_flow>);
    static_assert(std::is_nothrow_move_constructible_v<token_flow> && std::is_nothrow_move_assignable_v<token_flow>);
    auto source = ask();
    auto flow = std::move(source);
    CHECK(source.next({1000}).done());                                               // NOLINT: what is tested
    CHECK(reason_of(std::move(source).outcome()) == errc::not_finished);
    CHECK(flow.next({1000}).request().body.reveal() == "grant_type=client_credentials&scope=read+write");
    source = std::move(flow);
    CHECK(flow.next({1000}).done());                                                 // NOLINT
    CHECK(source.next({1000}).wants_request());
}

TEST_CASE("after the answer the request is gone, and no secret of it is left in the flow") {
    // Short enough for the string's own buffer, so that it lies in the flow itself
    const auto make_request = [] {
        http_request request;
        request.url = "https://as.example/token";
        request.authorization = "Basic c2VjcmV0";
        request.body = "code=SplxlOBe";
        return request;
    };
    const result<http_response> answers[] = {answer(200, R"({"access_token":"a","token_type":"Bearer"})"),
                                             answer(400, R"({"error":"invalid_grant"})"), errc::timed_out};
    for (const auto& given : answers) {
        oauthpp_test::storage_of<token_flow> storage;
        token_flow& flow = storage.make(make_request(), token_flow::expectation{});
#ifndef _LIBCPP_VERSION   // whose strings keep these elsewhere
        CHECK(storage.holds("code=SplxlOBe"));
        CHECK(storage.holds("Basic c2VjcmV0"));
#endif
        CHECK(flow.next({1000}).wants_request());
        flow.resume(given, {1000});
        CHECK(flow.next({1000}).done());
        CHECK_FALSE(storage.holds("SplxlOBe"));
        CHECK_FALSE(storage.holds("c2VjcmV0"));
        flow.~token_flow();
    }
}

// ---- tokens

TEST_CASE("a token's life is counted from when it was asked for [rfc6749-5.1-expires-in]") {
    auto flow = ask();
    CHECK(flow.next({1000}).wants_request());
    CHECK(flow.next({1007}).wants_request());                                        // a poll loop that looks again
    flow.resume(answer(200, R"({"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_in":1800,)"
                            R"("ext_expires_in":7200})"), {1010});
    const tokens got = value_of(std::move(flow).outcome());
    CHECK((got.expires_at && got.expires_at->count == 4600));
    CHECK((got.refresh_at && got.refresh_at->count == 2800));
    CHECK((got.ext_expires_at && got.ext_expires_at->count == 8200));
}

TEST_CASE("what the server does not say about a token's life stays unsaid") {
    const tokens silent = tokens_for(R"({"access_token":"a","token_type":"Bearer"})");
    CHECK_FALSE(silent.expires_at);
    CHECK_FALSE(silent.refresh_at);
    CHECK_FALSE(silent.ext_expires_at);
    CHECK(silent.tolerated.none());
    for (const char* unusable : {"null", "-1", "\"soon\"", "3600.5", "99999999999999999999"}) {
        const tokens got =
            tokens_for(R"({"access_token":"a","token_type":"Bearer","expires_in":)" + std::string(unusable) + "}");
        CHECK_FALSE(got.expires_at);
        CHECK(got.tolerated.has(oauthpp::tolerance::expires_in_unusable));
    }
    const tokens now = tokens_for(R"({"access_token":"a","token_type":"Bearer","expires_in":0})");
    CHECK((now.expires_at && now.expires_at->count == 1000));
}

TEST_CASE("a moment by the server's clock counts only where there is no span") {
    const tokens moment = tokens_for(R"({"access_token":"a","token_type":"Bearer","expires_on":"5000"})");
    CHECK((moment.expires_at && moment.expires_at->count == 5000));
    const tokens both =
        tokens_for(R"({"access_token":"a","token_type":"Bearer","expires_in":"10","expires_on":"5000"})");
    CHECK((both.expires_at && both.expires_at->count == 1010));
    const tokens unusable =
        tokens_for(R"({"access_token":"a","token_type":"Bearer","expires_in":null,"expires_on":5000})");
    CHECK((unusable.expires_at && unusable.expires_at->count == 5000));
}

TEST_CASE("granted, missing and extra scopes are told apart, and none is an error [rfc6749-3.3-scope-granted]") {
    const auto with_scope = [](const std::string& scope, std::string_view requested = "read write") {
        return tokens_for(R"({"access_token":"a","token_type":"Bearer","scope":)" + scope + "}", requested);
    };
    CHECK(with_scope("\"read\"").scope == "read");
    CHECK(with_scope("\"read\"").missing_scope == "write");
    CHECK(with_scope("\"read\"").extra_scope.empty());
    CHECK(with_scope("\"write read\"").missing_scope.empty());
    CHECK(with_scope("\"write read\"").extra_scope.empty());
    CHECK(with_scope("\"read write admin\"").extra_scope == "admin");
    CHECK(with_scope("\"Read write\"").missing_scope == "read");
    CHECK(with_scope("\"Read write\"").extra_scope == "Read");
    for (const char* absent : {"null", "\"\""}) {
        CHECK(with_scope(absent).scope == "read write");
        CHECK(with_scope(absent).missing_scope.empty());
        CHECK(with_scope(absent).extra_scope.empty());
    }
    CHECK(tokens_for(R"({"access_token":"a","token_type":"Bearer"})").scope == "read write");
    CHECK(with_scope("\"read\"", "").missing_scope.empty());
}

TEST_CASE("everything else is kept as it came, and nothing is read out of a token [oauth21-1.4-opaque]") {
    // Its payload says {"exp":1}
    const tokens got = tokens_for(R"({"access_token":"eyJhbGciOiJub25lIn0.eyJleHAiOjF9.","token_type":"bearer",)"
                                  R"("refresh_token":"r","id_token":"not.a.jwt","foo":"bar","list":[1,2]})");
    CHECK(got.access_token.reveal() == "eyJhbGciOiJub25lIn0.eyJleHAiOjF9.");
    CHECK_FALSE(got.expires_at);
    CHECK(got.token_type == "bearer");
    CHECK(got.refresh_token.reveal() == "r");
    CHECK(got.refresh_token_rotated);
    CHECK(got.id_token.reveal() == "not.a.jwt");
    CHECK_FALSE(got.identity);
    REQUIRE(got.extra.size() == 2);
    CHECK(got.extra[0].name == "foo");
    CHECK(got.extra[0].value == "bar");
    CHECK(got.extra[1].value == "[1,2]");
    CHECK(got.token_endpoint == "https://as.example/token");
    CHECK(got.client_id == "s6BhdRkqt3");
}

TEST_CASE("what a server's profile allows is allowed, and can be read afterwards") {
    const std::string untyped = R"({"access_token":"a"})";
    CHECK(error_for(answer(200, untyped)).reason() == errc::missing_member);
    server_metadata sloppy = server;
    sloppy.quirks.missing_token_type = true;
    scripted_transport http{{answer(200, untyped)}};
    const tokens got = value_of(outcome_of(oauthpp::request_tokens(sloppy, confidential_app, {}), http));
    CHECK(got.token_type == "Bearer");
    CHECK(got.tolerated.has(oauthpp::tolerance::token_type_supplied));
}

// ---- failures

TEST_CASE("a transport that does not know whether the request left is taken to have sent it") {
    for (const errc reason :
         {errc::timed_out, errc::connection_lost, errc::transport_failed, errc::response_too_large}) {
        const auto failed = error_for(transport_failure(reason));
        CHECK(failed.reason() == reason);
        CHECK(failed.again() == resend::unsafe);
    }
    CHECK(error_for(transport_failure(errc::connection_failed, resend::safe)).again() == resend::safe);
    CHECK(error_for(transport_failure(errc::timed_out, resend::unsafe)).again() == resend::unsafe);
}

TEST_CASE("what the stack says of its failure arrives") {
    const auto failed = error_for(transport_failure(errc::tls_failed));
    CHECK(failed.transport_code() == 28);
    CHECK(failed.transport_text() == "the stack's own words");
    CHECK(failed.http_status() == 0);
    CHECK(failed.action() == remedy::fix_configuration);
    CHECK_FALSE(retry_at(failed));
}

TEST_CASE("Retry-After counts from when the answer came, and a date stands for itself") {
    auto throttled = answer(429, "slow down");
    throttled.content_type = "text/plain";
    throttled.retry_after = "120";
    auto failed = error_for(throttled, {5000});
    CHECK(failed.reason() == errc::throttled);
    CHECK(failed.action() == remedy::retry_later);
    CHECK(failed.again() == resend::safe);
    CHECK((retry_at(failed) && retry_at(failed)->count == 5120));
    throttled.retry_after = "Sun, 06 Nov 1994 08:49:37 GMT";                         // RFC 9110 5.6.7
    failed = error_for(throttled, {5000});
    CHECK((retry_at(failed) && retry_at(failed)->count == 784111777));
    throttled.retry_after = "in a while";
    CHECK_FALSE(retry_at(error_for(throttled)));

    auto slow = oauthpp::request_tokens(server, confidential_app, {});
    CHECK(slow.next({1000}).wants_request());
    throttled.retry_after = "1";
    slow.resume(throttled, {1030});
    const auto outcome = std::move(slow).outcome();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().received_at().count == 1030);
    CHECK(retry_at(outcome.error())->count == 1031);
}

TEST_CASE("whether to send again after an answer: pointless when refused, unsafe when the server broke") {
    CHECK(error_for(answer(400, R"({"error":"invalid_grant"})")).again() == resend::pointless);
    CHECK(error_for(answer(500, R"({"error":"server_error"})")).again() == resend::unsafe);
    CHECK(error_for(answer(502, "")).again() == resend::unsafe);
    auto away = answer(503, "");
    away.retry_after = "60";
    CHECK(error_for(away).again() == resend::safe);
}

TEST_CASE("the server's refusal arrives with its words [rfc6749-5.2-status] [rfc6749-8.5-unknown-error]") {
    const auto refused = error_for(
        answer(401, R"({"error":"invalid_client","error_description":"who?","error_uri":"https://as.example/e"})"));
    CHECK(refused.reason() == errc::server_refused);
    CHECK(refused.http_status() == 401);
    CHECK(refused.server_error() == "invalid_client");
    CHECK(refused.server_description() == "who?");
    CHECK(refused.server_uri() == "https://as.example/e");
    CHECK(refused.action() == remedy::fix_configuration);
    CHECK(error_for(answer(400, R"({"error":"interaction_required","suberror":"basic_action"})")).suberror() ==
          "basic_action");
}

// ---- without a heap

TEST_CASE("in lent memory: the same request, and the same outcomes") {
    std::array<char, 512> memory{};
    token_flow_view flow(server, confidential_app, oauthpp::client_credentials_grant_view{.scope = "read"}, memory);
    const auto* request = flow.next({1000});
    REQUIRE(request != nullptr);
    CHECK(request->url == "https://as.example/token");
    CHECK(request->authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    CHECK(request->body.reveal() == "grant_type=client_credentials&scope=read");
    CHECK(reason_of(flow.outcome()) == errc::not_finished);

    std::string received = R"({"access_token":"a\u0062c","token_type":"Bearer","expires_in":3600,"scope":"read"})";
    flow.resume(http_response_view{.status = 200, .content_type = "application/json", .body = received}, {1000});
    CHECK(flow.next({1000}) == nullptr);
    CHECK(oauthpp_test::count_of(memory, '\0') == 512);                                  // secret and all
    REQUIRE(flow.outcome());
    CHECK(flow.outcome()->access_token.reveal() == "abc");
    CHECK(flow.outcome()->expires_in == oauthpp::seconds{3600});
    flow.resume(error_view(errc::timed_out), {1000});
    CHECK(flow.outcome());
}

TEST_CASE("in lent memory: failures, with what sending again would mean") {
    std::array<char, 512> memory{};
    const auto failed = [&](const result<http_response_view, error_view>& given) {
        token_flow_view flow(server, confidential_app, oauthpp::client_credentials_grant_view{}, memory);
        flow.resume(given, {2000});
        CHECK(flow.next({2000}) == nullptr);
        CHECK_FALSE(flow.outcome());
        CHECK(oauthpp_test::count_of(memory, '\0') == 512);
        return flow.outcome() ? error_view() : flow.outcome().error();
    };
    CHECK(failed(error_view(errc::timed_out)).again == resend::unsafe);
    CHECK(failed(transport_failure(errc::connection_failed, resend::safe)).again == resend::safe);
    CHECK(failed(transport_failure(errc::timed_out)).transport_code == 28);
    const auto throttled = failed(http_response_view{.status = 429, .retry_after = "30"});
    CHECK(throttled.reason == errc::throttled);
    CHECK((retry_at(throttled) && retry_at(throttled)->count == 2030));
    std::string body = R"({"error":"invalid_client"})";
    CHECK(failed(http_response_view{.status = 401, .content_type = "application/json", .body = body}).server_error ==
          "invalid_client");
}

TEST_CASE("in lent memory that is too small: how much would do, and nothing half written is left") {
    std::array<char, 512> large{};
    token_flow_view fits(server, confidential_app, oauthpp::client_credentials_grant_view{}, large);
    const auto* request = fits.next({1000});
    REQUIRE(request != nullptr);
    const std::size_t needed = request->authorization.reveal().size() + request->body.reveal().size();

    std::array<char, 512> memory{};
    for (std::size_t size = 0; size < needed; ++size) {
        token_flow_view flow(server, confidential_app, oauthpp::client_credentials_grant_view{},
                             std::span(memory).first(size));
        CHECK(flow.next({1000}) == nullptr);
        REQUIRE_FALSE(flow.outcome());
        CHECK(flow.outcome().error().reason == errc::buffer_too_small);
        CHECK(flow.outcome().error().needed == needed);
    }
    CHECK(oauthpp_test::count_of(memory, '\0') == 512);
    token_flow_view exact(server, confidential_app, oauthpp::client_credentials_grant_view{},
                          std::span(memory).first(needed));
    CHECK(exact.next({1000}) != nullptr);
}

}  // namespace token_flow_test
