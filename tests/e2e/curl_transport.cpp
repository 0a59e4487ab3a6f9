// SPDX-License-Identifier: MIT
//
// The curl adapter against a server that does everything wrong: each way ends in the right kind of error, and never in
// a second request.
#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <e2e/environment.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace curl_transport_test {
namespace {

using oauthpp::curl_options, oauthpp::curl_transport, oauthpp::errc, oauthpp::http_response, oauthpp::remedy;
using oauthpp::resend, oauthpp::result;
using oauthpp_test::environment;

constexpr std::string_view form = "application/x-www-form-urlencoded";
constexpr std::string_view body = "grant_type=authorization_code&code=the-one-time-code";
constexpr std::string_view authorization = "Basic dGhlLWNsaWVudDp0aGUtc2VjcmV0";
constexpr std::string_view token =
    R"({"access_token":"from-the-hostile-server","token_type":"Bearer","expires_in":3600})";

curl_options options() { return {.ca_file = environment("CA_FILE"), .timeout = oauthpp::seconds{1}}; }

result<http_response> post(curl_transport& http, const std::string& url, std::string_view method = "POST",
                           std::string_view content = body) {
    return http.send(
        {.method = method, .url = url, .content_type = form, .authorization = authorization, .body = content});
}

/// A query by which the server knows the requests of one test. It remembers those of earlier runs.
std::string marked(std::string_view path) {
    static auto number = std::chrono::steady_clock::now().time_since_epoch().count();
    return std::string(path) + "?test=curl-" + std::to_string(++number);
}

/// How often the server got the request that went to `marked_path`, on any of its listeners.
std::size_t arrivals(std::string_view marked_path) {
    curl_transport http;
    const std::string query(marked_path.substr(marked_path.find('?')));
    const auto log = http.send({.method = "GET", .url = environment("HOSTILE_HTTP") + "/_log" + query});
    REQUIRE(log);
    const std::string_view text = log->body.reveal();
    std::size_t count = 0;
    for (auto at = text.find("\"listener\""); at != text.npos; at = text.find("\"listener\"", at + 1)) ++count;
    return count;
}

struct failure {
    std::string_view path;
    errc reason;
    remedy action;
};

constexpr failure failures[] = {
    {"/close", errc::connection_lost, remedy::retry_later},
    {"/close-after-request", errc::connection_lost, remedy::retry_later},
    {"/close-in-status-line", errc::connection_lost, remedy::retry_later},
    {"/close-in-headers", errc::connection_lost, remedy::retry_later},
    {"/close-in-body", errc::connection_lost, remedy::retry_later},
    {"/close-in-chunk", errc::connection_lost, remedy::retry_later},
    {"/hang", errc::timed_out, remedy::retry_later},
    {"/hang-in-headers", errc::timed_out, remedy::retry_later},
    {"/hang-in-body", errc::timed_out, remedy::retry_later},
    {"/slow-headers", errc::timed_out, remedy::retry_later},
    {"/slow-body", errc::timed_out, remedy::retry_later},
    {"/endless-header", errc::response_too_large, remedy::fix_configuration},
    {"/endless-headers", errc::response_too_large, remedy::fix_configuration},
    {"/endless-body", errc::response_too_large, remedy::fix_configuration},
    {"/endless-chunks", errc::response_too_large, remedy::fix_configuration},
    {"/huge", errc::response_too_large, remedy::fix_configuration},
    {"/huge-without-length", errc::response_too_large, remedy::fix_configuration},
    {"/huge-length", errc::response_too_large, remedy::fix_configuration},
    {"/garbage", errc::transport_failed, remedy::fix_configuration},
};

struct answer {
    std::string_view path;
    int status;
    std::string_view content_type;
    std::string_view retry_after;
    std::string_view body;
};

constexpr answer answers[] = {
    {"/token", 200, "application/json", "", token},
    {"/html", 200, "text/html", "", "<h1>Sign in to the hotel</h1>"},
    {"/wrong-type", 200, "text/plain", "", token},
    {"/no-type", 200, "", "", token},
    {"/truncated-json", 200, "application/json", "", std::string_view(token.data(), 40)},
    {"/empty", 200, "application/json", "", ""},
    {"/204", 204, "", "", ""},
    {"/404", 404, "", "", ""},
    {"/500-html", 500, "text/html", "", "<h1>Oops</h1>"},
    {"/503", 503, "", "7", ""},
    {"/429-seconds", 429, "text/plain", "17", "Slow down, please."},
    {"/200-error", 200, "application/json", "", R"({"error":"invalid_grant"})"},
    {"/301-self", 301, "", "", ""}, {"/301-other", 301, "", "", ""},
    {"/302-self", 302, "", "", ""}, {"/302-other", 302, "", "", ""},
    {"/303-self", 303, "", "", ""}, {"/303-other", 303, "", "", ""},
    {"/307-self", 307, "", "", ""}, {"/307-other", 307, "", "", ""},
    {"/308-self", 308, "", "", ""}, {"/308-other", 308, "", "", ""},
};

void check_failures(const std::string& server) {
    curl_transport http(options());
    for (const failure& expected : failures) {
        CAPTURE(expected.path);
        const std::string path = marked(expected.path);
        const auto response = post(http, server + path);
        REQUIRE_FALSE(response);
        CHECK(response.error().reason() == expected.reason);
        CHECK(response.error().action() == expected.action);
        CHECK(response.error().again() == resend::unsafe);
        CHECK_FALSE(response.error().transport_text().empty());
        CHECK(arrivals(path) == 1);

        const auto next = post(http, server + "/token");   // a failure does not spoil what comes after it
        REQUIRE(next);
        CHECK(next->body.reveal() == token);
    }
}

void check_answers(const std::string& server) {
    curl_transport http(options());
    for (const answer& expected : answers) {
        CAPTURE(expected.path);
        const std::string path = marked(expected.path);
        const auto response = post(http, server + path);
        REQUIRE(response);
        CHECK(response->status == expected.status);
        CHECK(response->content_type == expected.content_type);
        CHECK(response->retry_after == expected.retry_after);
        CHECK(response->body.reveal() == expected.body);
        CHECK(arrivals(path) == 1);
    }
}

TEST_CASE("curl: each failure of the server is its own kind of error, over http") {
    check_failures(environment("HOSTILE_HTTP"));
}

TEST_CASE("curl: each failure of the server is its own kind of error, over https") {
    check_failures(environment("HOSTILE_HTTPS"));
}

TEST_CASE("curl: a response with any status is a response, and no redirect is followed [rfc6750-5.3-no-leak]") {
    check_answers(environment("HOSTILE_HTTP"));
    check_answers(environment("HOSTILE_HTTPS"));
}

TEST_CASE("curl: Retry-After arrives as a date, too") {
    curl_transport http(options());
    const auto response = post(http, environment("HOSTILE_HTTP") + "/429-date");
    REQUIRE(response);
    CHECK(response->status == 429);
    CHECK(response->retry_after.ends_with(" GMT"));
}

TEST_CASE("curl: a server whose certificate or protocol is not good enough gets no request") {
    for (const auto* server :
         {"HOSTILE_NOT_TLS", "HOSTILE_EXPIRED", "HOSTILE_WRONG_HOST", "HOSTILE_ROGUE", "HOSTILE_TLS11"}) {
        CAPTURE(server);
        curl_transport http(options());
        const std::string path = marked("/token");
        const auto response = post(http, environment(server) + path);
        REQUIRE_FALSE(response);
        CHECK(response.error().reason() == errc::tls_failed);
        CHECK(response.error().action() == remedy::fix_configuration);
        CHECK(response.error().again() == resend::safe);
        CHECK(arrivals(path) == 0);
    }
}

TEST_CASE("curl: the test's authority is trusted only when it is named") {
    curl_transport system;
    const auto unknown = post(system, environment("HOSTILE_HTTPS") + "/token");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().reason() == errc::tls_failed);
    CHECK(unknown.error().transport_code() == CURLE_PEER_FAILED_VERIFICATION);

    curl_transport missing({.ca_file = "no such file"});
    const auto nobody = post(missing, environment("HOSTILE_HTTPS") + "/token");
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().reason() == errc::tls_failed);
    CHECK(nobody.error().transport_code() == CURLE_SSL_CACERT_BADFILE);
    CHECK(nobody.error().again() == resend::safe);
}

TEST_CASE("curl: nobody listens") {
    curl_transport http;
    const auto response = post(http, environment("HOSTILE_REFUSED") + "/token");
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::connection_failed);
    CHECK(response.error().action() == remedy::retry_later);
    CHECK(response.error().again() == resend::safe);
    CHECK(response.error().transport_code() == CURLE_COULDNT_CONNECT);
}

// libcurl sends a request again by itself when a connection that it kept is closed instead of answering. A code or a
// rotating refresh token would be used twice.
TEST_CASE("curl: a request is not repeated when a kept connection is closed under it") {
    for (const auto* server : {"HOSTILE_HTTP", "HOSTILE_HTTPS"}) {
        CAPTURE(server);
        const std::string path = marked("/token-once");
        const std::string url = environment(server) + path;
        curl_transport http(options());
        REQUIRE(post(http, url));
        const auto second = post(http, url);
        REQUIRE_FALSE(second);
        CHECK(second.error().reason() == errc::connection_lost);
        CHECK(second.error().again() == resend::unsafe);
        CHECK(arrivals(path) == 2);
        CHECK(post(http, url));
        CHECK(arrivals(path) == 3);
    }
}

TEST_CASE("curl: a request without a body may have been seen, too") {
    curl_transport http(options());
    const auto response = http.send({.method = "GET", .url = environment("HOSTILE_HTTP") + "/close-after-request"});
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::connection_lost);
    CHECK(response.error().again() == resend::unsafe);
}

TEST_CASE("curl: a request without a body does not meet a kept connection, which would repeat it") {
    const std::string path = marked("/token-once");
    const std::string url = environment("HOSTILE_HTTP") + path;
    curl_transport http(options());
    REQUIRE(post(http, url));
    CHECK(post(http, url, "POST", ""));
    CHECK(arrivals(path) == 2);
}

// More than the buffers of the connection hold: some of it is still to be written when nobody reads any more.
TEST_CASE("curl: a server that goes away while the request is being sent does not kill the program") {
    const std::string large(std::size_t{8} << 20, 'x');
    for (const auto* server : {"HOSTILE_HTTP", "HOSTILE_HTTPS"}) {
        CAPTURE(server);
        curl_transport http({.ca_file = environment("CA_FILE")});
        const auto response = post(http, environment(server) + "/close", "POST", large);
        REQUIRE_FALSE(response);
        CHECK(response.error().reason() == errc::connection_lost);
        CHECK(response.error().again() == resend::unsafe);
    }
}

TEST_CASE("curl: the trace shows the connection, and nothing that is secret") {
    std::string seen;
    curl_options talkative = options();
    talkative.trace = [&seen](std::string_view note) { seen.append(note) += '\n'; };
    curl_transport http(std::move(talkative));
    REQUIRE(post(http, environment("HOSTILE_HTTPS") + "/token"));
    CHECK(seen.find("TLSv1.3") != seen.npos);
    for (const auto* secret :
         {"the-one-time-code", "dGhlLWNsaWVudDp0aGUtc2VjcmV0", "Authorization", "from-the-hostile-server"}) {
        CAPTURE(secret);
        CHECK(seen.find(secret) == seen.npos);
    }
}

TEST_CASE("curl: the largest body allowed, and one byte more") {
    const std::string url = environment("HOSTILE_HTTPS") + "/token";
    curl_options exact = options();
    exact.max_body = token.size();
    curl_transport wide(exact);
    CHECK(post(wide, url));
    exact.max_body = token.size() - 1;
    curl_transport narrow(exact);
    const auto response = post(narrow, url);
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::response_too_large);
}

}  // namespace
}  // namespace curl_transport_test
