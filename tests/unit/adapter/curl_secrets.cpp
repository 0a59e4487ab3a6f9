// SPDX-License-Identifier: MIT
//
// The curl adapter frees no memory in which a secret still stands. libcurl's own memory does not come from `new`, and
// is not what this is about.
#include <oauthpp/adapter/curl.hpp>

#include <doctest/doctest.h>
#include <unit/adapter/loopback_server.hpp>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>

namespace curl_secrets_test {
namespace {

constexpr std::string_view secret = "an-octet-sequence-that-is-secret";

thread_local bool watching = false;
thread_local int left_behind = 0;

void look_into(void* memory) {
    if (!watching || !memory) return;
    const std::string_view bytes(static_cast<const char*>(memory), ::malloc_usable_size(memory));
    if (bytes.find(secret) != bytes.npos) ++left_behind;
}

}  // namespace
}  // namespace curl_secrets_test

void* operator new(std::size_t size) {
    if (void* const memory = std::calloc(1, size)) return memory;   // what was there before does not count
    std::abort();
}
void operator delete(void* memory) noexcept {
    curl_secrets_test::look_into(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace curl_secrets_test {
namespace {

TEST_CASE("curl: the test sees what a plain string leaves behind") {
    watching = true;
    { std::string(secret) += secret; }
    watching = false;
    CHECK(std::exchange(left_behind, 0) > 0);
}

TEST_CASE("curl: neither the credentials nor the tokens stay behind in memory, also when it fails") {
    std::string body;
    while (body.size() < 100'000) body += secret;
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    oauthpp_test::loopback_server server({head + std::to_string(body.size()) + "\r\n\r\n" + body,
                                          head + std::to_string(body.size() + 1) + "\r\n\r\n" + body});
    const std::string url = server.url("/"), authorization = "Bearer " + std::string(secret);
    oauthpp::curl_transport http;
    for (const bool whole : {true, false}) {
        watching = true;
        bool answered = false, equal = false;
        {
            const auto response = http.send({.url = url, .authorization = authorization, .body = secret});
            answered = static_cast<bool>(response);
            equal = answered && response->body.reveal() == body;
        }
        watching = false;
        CHECK(answered == whole);
        CHECK(equal == whole);
        CHECK(std::exchange(left_behind, 0) == 0);
    }
}

}  // namespace
}  // namespace curl_secrets_test
#endif
