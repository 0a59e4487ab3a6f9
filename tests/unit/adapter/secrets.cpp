// SPDX-License-Identifier: MIT
//
// The adapters free no memory in which a secret still stands. libcurl's own memory does not come from `new`, and is not
// what this is about.
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/loopback.hpp>

#include <doctest/doctest.h>
#include <unit/adapter/loopback_server.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>

namespace adapter_secrets_test {
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
}  // namespace adapter_secrets_test

void* operator new(std::size_t size) {
    if (void* const memory = std::calloc(1, size)) return memory;   // what was there before does not count
    std::abort();
}
void operator delete(void* memory) noexcept {
    adapter_secrets_test::look_into(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace adapter_secrets_test {
namespace {

TEST_CASE("secrets: the test sees what a plain string leaves behind") {
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

void knock(const oauthpp::loopback_listener& here, std::string_view request) {
    const std::string& uri = here.redirect_uri();
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(static_cast<std::uint16_t>(std::stoul(uri.substr(uri.rfind(':') + 1))));
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0);
    REQUIRE(::send(socket, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size()));
    ::close(socket);
}

TEST_CASE("loopback: the code of the callback does not stay behind in memory, nor what a stranger brought") {
    oauthpp::server_metadata server;
    server.authorization_endpoint = server.token_endpoint = "https://as.example/";
    for (const bool right : {true, false}) {
        auto here = oauthpp::loopback_listener::open("http://127.0.0.1:0");
        REQUIRE(here);
        const auto login = oauthpp::start_login(server, {.client_id = "id", .redirect_uri = here->redirect_uri()});
        REQUIRE(login);
        std::string request = "GET /?code=" + std::string(secret) + "&state=";
        request += (right ? login->state() : std::string(43, 'x')) + " HTTP/1.1\r\n\r\n";
        knock(*here, request);
        watching = true;
        bool came = false;
        for (int i = 0; i < 20; ++i) came |= here->handle(*login).has_value();
        { const auto closed = *std::move(here); }
        watching = false;
        CHECK(came == right);
        CHECK(std::exchange(left_behind, 0) == 0);
    }
}

}  // namespace
}  // namespace adapter_secrets_test
#endif
