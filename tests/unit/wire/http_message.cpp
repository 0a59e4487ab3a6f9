// SPDX-License-Identifier: MIT
//
// Requests and responses as an HTTP stack sees them.
#include <oauthpp/wire/http_message.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <ostream>
#include <string>
#include <string_view>

namespace http_message_test {
namespace {

using oauthpp::http_request, oauthpp::http_request_view, oauthpp::http_response, oauthpp::http_response_view;

// Both hold credentials.
static_assert(std::same_as<decltype(http_request::body), oauthpp::secret>);
static_assert(std::same_as<decltype(http_request::authorization), oauthpp::secret>);
static_assert(std::same_as<decltype(http_response::body), oauthpp::secret>);

/// The loop of the header's example, into text.
std::string sent(http_request_view request) {
    std::string all;
    for (auto [name, value] : request.headers()) {
        if (!value.empty()) all.append(name).append(": ").append(value).append("\n");
    }
    return all;
}

}  // namespace

TEST_CASE("a request is a POST that takes JSON unless it says otherwise") {
    const http_request_view request{.url = "https://as.example/token"};
    CHECK(request.method == "POST");
    CHECK(sent(request) == "Accept: application/json\n");
    CHECK(request.body.empty());
}

TEST_CASE("the headers of a request, by name and in order, without the empty ones") {
    const http_request_view request{
        .url = "https://as.example/token",
        .content_type = "application/x-www-form-urlencoded",
        .authorization = "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW",
        .body = "grant_type=client_credentials",
    };
    CHECK(sent(request) ==
          "Content-Type: application/x-www-form-urlencoded\n"
          "Accept: application/json\n"
          "Authorization: Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW\n");
    CHECK(sent({.method = "GET", .accept = ""}) == "");
}

TEST_CASE("an owned request can be looked at as a borrowed one") {
    const http_request owned{
        .method = "GET",
        .url = "https://as.example/jwks",
        .content_type = "text/plain",
        .accept = "*/*",
        .authorization = "Bearer mF_9.B5f-4.1JqM",
        .body = "abc",
    };
    const http_request_view view = owned;
    CHECK(view.method == "GET");
    CHECK(view.url == "https://as.example/jwks");
    CHECK(view.content_type == "text/plain");
    CHECK(view.accept == "*/*");
    CHECK(view.authorization.reveal() == "Bearer mF_9.B5f-4.1JqM");
    CHECK(view.body.reveal() == "abc");
    CHECK(view.url.data() == owned.url.data());
    CHECK(view.body.reveal().data() == owned.body.reveal().data());
    CHECK(sent(owned) == sent(view));
}

TEST_CASE("an owned response can be looked at as a borrowed one") {
    const http_response owned{
        .status = 429,
        .content_type = "application/json;charset=UTF-8",
        .retry_after = "120",
        .body = "{}",
    };
    const http_response_view view = owned;
    CHECK(view.status == 429);
    CHECK(view.content_type == "application/json;charset=UTF-8");
    CHECK(view.retry_after == "120");
    CHECK(view.body.reveal() == "{}");
    CHECK(view.content_type.data() == owned.content_type.data());
    CHECK(http_response().status == 0);
}

}  // namespace http_message_test
