// SPDX-License-Identifier: MIT
//
// What the curl adapter puts on the wire, and what it makes of answers that are odd but not wrong. How it fails is
// tested against the hostile server, in e2e/curl_transport.cpp.
#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <unit/adapter/loopback_server.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace curl_test {
namespace {

using oauthpp::curl_options, oauthpp::curl_transport, oauthpp::errc, oauthpp::http_request_view;
using oauthpp::http_response, oauthpp::remedy, oauthpp::resend, oauthpp::result;
using oauthpp_test::loopback_server;

static_assert(std::is_same_v<decltype(std::declval<curl_transport&>().send({})), result<http_response>>);
static_assert(std::is_nothrow_move_constructible_v<curl_transport> && std::is_move_assignable_v<curl_transport>);
static_assert(!std::is_copy_constructible_v<curl_transport>);
static_assert(!std::is_convertible_v<curl_options, curl_transport>);

const std::string no_content = "HTTP/1.1 204 No Content\r\n\r\n";

using lines = std::vector<std::string>;

/// The lines of the head but for Host, in alphabetical order, and after them the body.
lines parts(std::string_view request) {
    lines all;
    for (auto end = request.find("\r\n"); end != 0; end = request.find("\r\n")) {
        if (!request.starts_with("Host: ")) all.emplace_back(request.substr(0, end));
        request.remove_prefix(end + 2);
    }
    std::sort(all.begin() + 1, all.end());
    all.emplace_back(request.substr(2));
    return all;
}

/// What one request looks like to the server.
lines on_the_wire(http_request_view request, std::string_view path = "/", curl_options options = {}) {
    loopback_server server({no_content});
    const std::string url = server.url(path);
    request.url = url;
    curl_transport http(std::move(options));
    CHECK(http.send(request));
    const auto& heard = server.stop();
    REQUIRE(heard.requests.size() == 1);
    return parts(heard.requests[0]);
}

TEST_CASE("curl: a request goes out with its own headers and no others") {
    CHECK(on_the_wire({.content_type = "application/x-www-form-urlencoded",
                       .authorization = "Basic Y2xpZW50OnNlY3JldA==",
                       .body = "grant_type=refresh_token"}) ==
          lines{"POST / HTTP/1.1", "Accept: application/json", "Authorization: Basic Y2xpZW50OnNlY3JldA==",
                "Content-Length: 24", "Content-Type: application/x-www-form-urlencoded", "User-Agent: oauthpp",
                "grant_type=refresh_token"});
    CHECK(on_the_wire({.accept = "", .body = "a=b"}, "/", {.user_agent = ""}) ==
          lines{"POST / HTTP/1.1", "Content-Length: 3", "a=b"});
    CHECK(on_the_wire({.method = "GET", .accept = "application/jwt"}, "/", {.user_agent = "my program/1.0"}) ==
          lines{"GET / HTTP/1.1", "Accept: application/jwt", "User-Agent: my program/1.0", ""});
    CHECK(on_the_wire({.method = "PUT", .body = "{}"}) ==
          lines{"PUT / HTTP/1.1", "Accept: application/json", "Content-Length: 2", "User-Agent: oauthpp", "{}"});
    CHECK(on_the_wire({.method = "DELETE"})[0] == "DELETE / HTTP/1.1");
    CHECK(on_the_wire({.accept = "", .body = "a=b"}, "/", {.user_agent = "", .origin = "http://localhost"}) ==
          lines{"POST / HTTP/1.1", "Content-Length: 3", "Origin: http://localhost", "a=b"});
}

TEST_CASE("curl: the URL goes out as it is") {
    CHECK(on_the_wire({}, "/a/../b/./c//d;e?f=%7e&g=%2F+h")[0] == "POST /a/../b/./c//d;e?f=%7e&g=%2F+h HTTP/1.1");
}

TEST_CASE("curl: a large body, with every byte that there is, is not announced with Expect") {
    std::string body;
    while (body.size() < (std::size_t{3} << 20)) body += static_cast<char>(body.size() % 251);
    const lines head{"POST / HTTP/1.1", "Accept: application/json", "Content-Length: 3145728", "User-Agent: oauthpp"};
    auto heard = on_the_wire({.body = body});
    CHECK(std::exchange(heard.back(), {}) == body);
    heard.pop_back();
    CHECK(heard == head);
}

TEST_CASE("curl: a request that must not go out does not [rfc6750-5.3-tls]") {
    struct refusal {
        http_request_view request;
        errc reason;
        std::string_view field;
    };
    loopback_server server({no_content});
    const std::string url = server.url("/");
    const std::string fragment = url + "#fragment", space = url + " ", line_end = url + "\n";
    const std::string disguised = "http://localhost@" + server.host();
    const refusal refusals[] = {
        {{.url = "http://api.example/", .authorization = "Bearer token"}, errc::insecure_url, "url"},
        {{.url = "http://127.0.0.1.example/"}, errc::insecure_url, "url"},
        {{.url = "ftp://127.0.0.1/"}, errc::insecure_url, "url"},
        {{.url = "file:///etc/passwd"}, errc::insecure_url, "url"},
        {{.url = ""}, errc::missing_value, "url"},
        {{.url = "/token"}, errc::invalid_url, "url"},
        {{.url = disguised}, errc::invalid_url, "url"},
        {{.url = fragment}, errc::url_has_fragment, "url"},
        {{.url = space}, errc::invalid_url, "url"},
        {{.url = line_end}, errc::invalid_url, "url"},
        {{.method = "", .url = url}, errc::invalid_value, "method"},
        {{.method = "GET / HTTP/1.1\r\nX:", .url = url}, errc::invalid_value, "method"},
        {{.url = url, .content_type = "text/plain\r\nX: y"}, errc::invalid_value, "Content-Type"},
        {{.url = url, .accept = "text/plain\nX: y"}, errc::invalid_value, "Accept"},
        {{.url = url, .authorization = std::string_view("Basic \0", 7)}, errc::invalid_value, "Authorization"},
    };
    curl_transport http;
    for (const refusal& expected : refusals) {
        CAPTURE(expected.request.url);
        const auto response = http.send(expected.request);
        REQUIRE_FALSE(response);
        CHECK(response.error().reason() == expected.reason);
        CHECK(response.error().field() == expected.field);
        CHECK(response.error().again() == resend::pointless);
    }
    for (const bool agent : {true, false}) {
        const std::string two_headers = "a\r\nX: y";
        curl_transport strange({.user_agent = agent ? two_headers : "", .origin = agent ? "" : two_headers});
        const auto response = strange.send({.url = url});
        REQUIRE_FALSE(response);
        CHECK(response.error().field() == (agent ? "user_agent" : "origin"));
    }
    CHECK(server.stop().connections == 0);
}

TEST_CASE("curl: an option that libcurl refuses is a mistake in the configuration") {
    loopback_server server({no_content});
    curl_transport http({.timeout = oauthpp::seconds{-1}});
    const auto response = http.send({.url = server.url("/")});
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::transport_failed);
    CHECK(response.error().action() == remedy::fix_configuration);
    CHECK(response.error().again() == resend::pointless);
    CHECK(response.error().transport_code() == CURLE_BAD_FUNCTION_ARGUMENT);
    CHECK(server.stop().connections == 0);
}

TEST_CASE("curl: limits beyond every number are none") {
    loopback_server server({"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"});
    curl_transport http({.connect_timeout = {INT64_MAX}, .timeout = {INT64_MAX}, .max_body = SIZE_MAX});
    const auto response = http.send({.url = server.url("/")});
    REQUIRE(response);
    CHECK(response->body.reveal() == "{}");
}

TEST_CASE("curl: a connection is kept between requests, through a move, and a cookie is not") {
    const std::string answer = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n";
    loopback_server server({answer, answer, answer, answer});
    curl_transport first;
    CHECK(first.send({.url = server.url("/"), .body = "1"}));
    CHECK(first.send({.url = server.url("/"), .body = "2"}));
    curl_transport second = std::move(first);
    CHECK(second.send({.url = server.url("/"), .body = "3"}));
    CHECK(first.send({.url = server.url("/"), .body = "4"}));   // begins anew

    const auto& heard = server.stop();
    CHECK(heard.connections == 2);
    REQUIRE(heard.requests.size() == 4);
    for (const std::string& request : heard.requests) CHECK(request.find("Cookie") == request.npos);
    CHECK(heard.requests[2].ends_with("\r\n\r\n3"));
}

TEST_CASE("curl: one adapter for each thread") {
    loopback_server server(std::vector<std::string>(8, no_content));
    const std::string url = server.url("/");
    std::vector<int> status(8);
    std::vector<std::thread> threads;
    for (int& mine : status) {
        threads.emplace_back([&mine, &url] {
            curl_transport http;
            if (const auto response = http.send({.url = url})) mine = response->status;
        });
    }
    for (std::thread& each : threads) each.join();
    CHECK(status == std::vector<int>(8, 204));
}

TEST_CASE("curl: odd heads") {
    struct oddity {
        std::string answer;
        int status;
        std::string_view content_type;
        std::string_view retry_after;
    };
    const std::string long_line = "X-Long: " + std::string(65536, 'x') + "\r\n";
    const std::string body = "Content-Length: 2\r\n\r\n{}";
    const oddity oddities[] = {
        {"HTTP/1.1 200 OK\r\n" + body, 200, "", ""},
        {"HTTP/1.0 400\r\ncontent-TYPE:text/plain;charset=utf-8  \r\n" + body, 400, "text/plain;charset=utf-8", ""},
        {"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: text/plain\r\n" + body, 200, "text/plain", ""},
        {"HTTP/1.1 200 OK\r\nX-Folded: a\r\n Content-Type: a/b\r\nRetry-After:\r\n" + body, 200, "", ""},
        {"HTTP/1.1 200 OK\nContent-Type: text/plain\n" + body, 200, "text/plain", ""},
        {"HTTP/1.1 200 OK\r\n" + long_line + "Content-Type: text/plain\r\n" + body, 200, "text/plain", ""},
        {"HTTP/1.1 103 Early Hints\r\nContent-Type: a/b\r\nRetry-After: 9\r\n\r\n"
         "HTTP/1.1 503 Busy\r\n" + body, 503, "", ""},
        {"HTTP/1.1 429 Wait\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
         "2\r\n{}\r\n0\r\nRetry-After: 9\r\nContent-Type: a/b\r\n\r\n", 429, "text/plain", ""},
        {"HTTP/1.1 999 ?\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n" + body,
         999, "", "Sun, 06 Nov 1994 08:49:37 GMT"},
    };
    for (const oddity& expected : oddities) {
        CAPTURE(expected.answer.substr(0, 200));
        loopback_server server({expected.answer});
        curl_transport http;
        const auto response = http.send({.url = server.url("/")});
        REQUIRE(response);
        CHECK(response->status == expected.status);
        CHECK(response->content_type == expected.content_type);
        CHECK(response->retry_after == expected.retry_after);
        CHECK(response->body.reveal() == "{}");
    }
}

TEST_CASE("several WWW-Authenticate fields are one list, and those of an interim answer or a trailer count for nothing") {
    loopback_server server({"HTTP/1.1 103 Early Hints\r\nWWW-Authenticate: Early\r\n\r\n"
                            "HTTP/1.1 401 Who?\r\nwww-authenticate:  Basic realm=\"a, b\" \r\nX: y\r\n"
                            "WWW-Authenticate: Bearer error=invalid_token\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "2\r\n{}\r\n0\r\nWWW-Authenticate: Late\r\n\r\n"});
    curl_transport http;
    const auto response = http.send({.url = server.url("/")});
    REQUIRE(response);
    CHECK(response->www_authenticate == "Basic realm=\"a, b\", Bearer error=invalid_token");
}

TEST_CASE("curl: an answer that only announces another one is no answer") {
    for (const auto* interim : {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                                "HTTP/1.1 103 Early Hints\r\n\r\n"}) {
        CAPTURE(interim);
        loopback_server server({interim});
        curl_transport http;
        const auto response = http.send({.url = server.url("/"), .body = "a=b"});
        REQUIRE_FALSE(response);
        CHECK(response.error().reason() == errc::connection_lost);
        CHECK(response.error().again() == resend::unsafe);
    }
}

TEST_CASE("curl: a name that no resolver knows") {
    curl_transport http;
    const auto response = http.send({.url = "https://" + std::string(64, 'a') + ".example/"});   // a label has 63
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::name_not_found);
    CHECK(response.error().action() == remedy::retry_later);
    CHECK(response.error().again() == resend::safe);
}

TEST_CASE("curl: the time limit for connecting includes TLS, and nothing has been sent when it runs out") {
    loopback_server silent({});   // says nothing before it has heard a request
    curl_transport http({.connect_timeout = oauthpp::seconds{1}});
    const auto response = http.send({.url = "https://" + silent.host() + "/", .body = "a=b"});
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::timed_out);
    CHECK(response.error().again() == resend::safe);
}

// ---- proxies

/// Sets variables for the life of this object.
class variables {
 public:
    explicit variables(std::initializer_list<std::pair<const char*, std::string>> values) {
        for (const auto& [name, value] : values) {
            const char* const before = std::getenv(name);
            before_.emplace_back(name, before ? before : "");
            ::setenv(name, value.c_str(), 1);
        }
    }
    variables(const variables&) = delete;
    variables& operator=(const variables&) = delete;
    ~variables() {
        for (const auto& [name, value] : before_) value.empty() ? ::unsetenv(name) : ::setenv(name, value.c_str(), 1);
    }

 private:
    std::vector<std::pair<const char*, std::string>> before_;
};

constexpr auto refuses = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n";

/// A request through a proxy that does not let it pass.
void check_denied(loopback_server& proxy, curl_transport& http) {
    const auto response =
        http.send({.url = "https://as.example/token", .authorization = "Basic c2VjcmV0", .body = "a=b"});
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::connection_failed);
    CHECK(response.error().again() == resend::safe);
    const auto& heard = proxy.stop();
    REQUIRE(heard.requests.size() == 1);
    CHECK(heard.requests[0].starts_with("CONNECT as.example:443 HTTP/1.1\r\n"));
    CHECK(heard.requests[0].find("c2VjcmV0") == std::string::npos);
}

TEST_CASE("curl: a proxy from the environment") {
    loopback_server proxy({refuses});
    const variables environment({{"https_proxy", "http://" + proxy.host()}, {"no_proxy", "other.example"}});
    curl_transport http;
    check_denied(proxy, http);
}

TEST_CASE("curl: a proxy of one's own") {
    loopback_server proxy({refuses});
    const variables environment({{"https_proxy", "http://127.0.0.1:1"}, {"no_proxy", "other.example"}});
    curl_transport http({.proxy = "http://" + proxy.host()});
    check_denied(proxy, http);
}

TEST_CASE("curl: a proxy that opens a tunnel to nowhere gets no request") {
    loopback_server proxy({"HTTP/1.1 200 OK\r\n\r\n"});   // and closes
    const variables environment({{"no_proxy", "other.example"}});
    curl_transport http({.proxy = "http://" + proxy.host()});
    const auto response = http.send({.url = "https://as.example/token", .body = "a=b"});
    REQUIRE_FALSE(response);
    CHECK(response.error().reason() == errc::tls_failed);
    CHECK(response.error().again() == resend::safe);
}

TEST_CASE("curl: what is meant for this machine does not leave it through a proxy") {
    loopback_server proxy({no_content}), server({no_content, no_content});
    const std::string address = "http://" + proxy.host();
    const variables environment({{"http_proxy", address}, {"all_proxy", address}, {"no_proxy", "other.example"}});
    curl_transport by_environment, by_option({.proxy = address});
    CHECK(by_environment.send({.url = server.url("/")}));
    CHECK(by_option.send({.url = server.url("/")}));
    CHECK(proxy.stop().connections == 0);
    CHECK(server.stop().requests.size() == 2);
}

// ---- verbose output

TEST_CASE("curl: the trace holds back what may quote a header or a body") {
    std::string seen;
    std::function<void(std::string_view)> trace = [&seen](std::string_view note) { seen += note; };
    const auto say = [&trace](curl_infotype kind, std::string text) {
        CHECK(oauthpp::detail::curl_note(nullptr, kind, text.data(), text.size(), &trace) == 0);
    };
    for (const auto kind : {CURLINFO_HEADER_IN, CURLINFO_HEADER_OUT, CURLINFO_DATA_IN, CURLINFO_DATA_OUT,
                            CURLINFO_SSL_DATA_IN, CURLINFO_SSL_DATA_OUT}) {
        say(kind, "secret");
    }
    say(CURLINFO_TEXT, "h2h3 [authorization: Basic c2VjcmV0]\n");                 // libcurl 7.88
    say(CURLINFO_TEXT, "[HTTP/2] [1] [authorization: Basic c2VjcmV0]\n");         // libcurl 8
    CHECK(seen.empty());
    say(CURLINFO_TEXT, "SSL connection using TLSv1.3\n");
    CHECK(seen == "SSL connection using TLSv1.3");
}

}  // namespace
}  // namespace curl_test
