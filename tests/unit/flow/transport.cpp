// SPDX-License-Identifier: MIT
//
// Functions of every kind as transports.
#include <oauthpp/flow/transport.hpp>

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace transport_test {
namespace {

using oauthpp::as_transport, oauthpp::borrowed_http_transport, oauthpp::error_view, oauthpp::http_request_view;
using oauthpp::http_response, oauthpp::http_response_view, oauthpp::http_transport, oauthpp::result;

const http_request_view request{.url = "https://as.example/token"};

result<http_response> teapot(http_request_view) { return http_response{.status = 418}; }

template <class Transport>
int status_from(Transport&& transport) {
    static_assert(http_transport<std::remove_reference_t<Transport>>);
    const auto response = transport.send(request);
    return response ? response->status : 0;
}

template <class Function>
constexpr bool becomes_transport = http_transport<decltype(as_transport(std::declval<Function>()))>;

template <class Function>
constexpr bool becomes_borrowed_transport = borrowed_http_transport<decltype(as_transport(std::declval<Function>()))>;

}  // namespace

TEST_CASE("a function and a pointer to it become transports") {
    CHECK(status_from(as_transport(teapot)) == 418);
    CHECK(status_from(as_transport(&teapot)) == 418);
}

TEST_CASE("a lambda becomes a transport, and sees what it captured") {
    std::string url;
    auto http = as_transport([&](http_request_view each) -> result<http_response> {
        url = each.url;
        return http_response{.status = 204};
    });
    CHECK(status_from(http) == 204);
    CHECK(url == request.url);
}

TEST_CASE("a lambda that changes what it holds keeps its changes from one request to the next") {
    auto http = as_transport([count = 200](const http_request_view&) mutable -> result<http_response> {
        return http_response{.status = count++};
    });
    CHECK(status_from(http) == 200);
    CHECK(status_from(http) == 201);
}

TEST_CASE("a lambda that can only be moved becomes a transport") {
    auto http = as_transport([status = std::make_unique<int>(202)](const http_request_view&) -> result<http_response> {
        return http_response{.status = *status};
    });
    CHECK(status_from(http) == 202);
}

TEST_CASE("a lambda that takes memory becomes a transport that lends it") {
    auto http =
        as_transport([](const http_request_view&, std::span<char> memory) -> result<http_response_view, error_view> {
            if (memory.size() < 2) return error_view(oauthpp::errc::response_too_large);
            std::memcpy(memory.data(), "{}", 2);
            return http_response_view{.status = 200, .body = std::string_view(memory.data(), 2)};
        });
    static_assert(borrowed_http_transport<decltype(http)>);
    static_assert(!http_transport<decltype(http)>);
    char memory[8];
    const auto response = http.send(request, memory);
    REQUIRE(response);
    CHECK(response->body.reveal() == "{}");
    CHECK_FALSE(http.send(request, {}));
}

TEST_CASE("a function of another shape becomes no transport, and saying so is no error by itself") {
    static_assert(becomes_transport<result<http_response> (*)(http_request_view)>);
    static_assert(!becomes_transport<http_response (*)(http_request_view)>);
    static_assert(!becomes_transport<int (*)(int)>);
    static_assert(!becomes_transport<result<http_response> (*)(http_request_view&)>);
    static_assert(
        becomes_borrowed_transport<result<http_response_view, error_view> (*)(http_request_view, std::span<char>)>);
    static_assert(!becomes_borrowed_transport<result<http_response> (*)(http_request_view)>);
    static_assert(!becomes_borrowed_transport<result<http_response_view> (*)(http_request_view, std::span<char>)>);
}

}  // namespace transport_test
