// SPDX-License-Identifier: MIT
//
// What a browser sends to the loopback listener, and what is taken for nothing else.
#include <oauthpp/adapter/loopback_http.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace loopback_http_test {
namespace {

using oauthpp::detail::loopback_progress, oauthpp::detail::read_loopback_request;

loopback_progress progress(std::string_view text, std::size_t max_size = 1000) { return read_loopback_request(text, max_size).progress; }

TEST_CASE("a request line has a method, a path and HTTP/1") {
    CHECK(progress("GET /cb?code=a HTTP/1.1\r\n\r\n") == loopback_progress::whole);
    CHECK(progress("GET /cb HTTP/1.0\r\nHost: a\r\n\r\n") == loopback_progress::whole);
    for (const char* bad : {"\r\n\r\n", "GET\r\n\r\n", "GET /cb\r\n\r\n", "HTTP/1.1 \r\n\r\n", "GET cb HTTP/1.1\r\n\r\n", "GET /cb HTTP/2\r\n\r\n",
                            "GET  HTTP/1.1\r\n\r\n", "GET /c\tb HTTP/1.1\r\n\r\n", "GET http://a/ HTTP/1.1\r\n\r\n"}) {
        CAPTURE(bad);
        CHECK(progress(bad) == loopback_progress::refused);
    }
    CHECK(read_loopback_request("POST /cb HTTP/1.1\r\nContent-Length: 1\r\n\r\nab", 1000).body == "a");
}

TEST_CASE("one length, in digits, and no chunks") {
    const auto with = [](std::string_view headers) { return progress("POST / HTTP/1.1\r\n" + std::string(headers) + "\r\n\r\n"); };
    CHECK(with("Content-Length: 0") == loopback_progress::whole);
    CHECK(with("Content-Length: 5") == loopback_progress::more_to_come);
    CHECK(with("content-length:\t5 ") == loopback_progress::more_to_come);
    CHECK(with("Content-Lengthy: x") == loopback_progress::whole);
    for (const char* bad : {"Content-Length:", "Content-Length", "Content-Length: x", "Content-Length: -1", "Content-Length: 5x", "Content-Length: 1, 1",
                            "Content-Length: 0\r\nContent-Length: 0", "Content-Length: 0000000000", "Transfer-Encoding: chunked", "Transfer-Encoding"}) {
        CAPTURE(bad);
        CHECK(with(bad) == loopback_progress::refused);
    }
    CHECK(with("Content-Length: 000000000") == loopback_progress::whole);
}

TEST_CASE("head and body together are no larger than allowed") {
    const std::string head = "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n";
    CHECK(progress(head + "0123456789", head.size() + 10) == loopback_progress::whole);
    CHECK(progress(head, head.size() + 10) == loopback_progress::more_to_come);
    CHECK(progress(head, head.size() + 9) == loopback_progress::refused);
    const std::string empty = "GET / HTTP/1.1\r\n\r\n";
    CHECK(progress(empty, empty.size()) == loopback_progress::whole);
    CHECK(progress(empty, empty.size() - 1) == loopback_progress::refused);
    CHECK(progress("GET / HTTP", 11) == loopback_progress::more_to_come);
    CHECK(progress("GET / HTTP", 10) == loopback_progress::refused);
}

}  // namespace
}  // namespace loopback_http_test
