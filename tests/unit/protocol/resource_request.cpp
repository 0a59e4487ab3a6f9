// SPDX-License-Identifier: MIT
//
// Requests with an access token (RFC 6750 2).
#include <oauthpp/protocol/resource_request.hpp>

#include <doctest/doctest.h>

#include <array>
#include <ostream>
#include <string>
#include <string_view>

namespace resource_request_test {
namespace {

using oauthpp::errc, oauthpp::http_request_view, oauthpp::make_resource_request, oauthpp::resource_request_options, oauthpp::token_place;

constexpr std::string_view form = "application/x-www-form-urlencoded";
constexpr std::string_view token = "mF_9.B5f-4.1JqM";
constexpr resource_request_options in_body{.place = token_place::form_body};

http_request_view to(std::string_view url, std::string_view method = "GET", std::string_view content_type = {}, std::string_view body = {}) {
    http_request_view request;
    request.method = method;
    request.url = url;
    request.content_type = content_type;
    request.body = body;
    return request;
}

struct failed {
    errc reason;
    std::string field;
    bool operator==(const failed&) const = default;
};

failed wrong(const http_request_view& request, std::string_view access_token = token, const resource_request_options& options = {}) {
    const auto made = make_resource_request(request, access_token, options);
    return made ? failed{} : failed{made.error().reason(), std::string(made.error().field())};
}

TEST_CASE("the example of RFC 6750 2.1 [rfc6750-2.1-header]") {
    const auto made = make_resource_request(to("https://server.example.com/resource"), token);
    REQUIRE(made);
    if (!made) return;
    CHECK(made->authorization.reveal() == "Bearer mF_9.B5f-4.1JqM");
    CHECK(made->method == "GET");
    CHECK(made->url == "https://server.example.com/resource");
    CHECK(made->body.empty());
    CHECK(made->content_type.empty());
    CHECK(made->accept == "application/json");
}

TEST_CASE("a token is a b64token, or it would become something else in the header [rfc6750-2.1-b64token]") {
    const auto request = to("https://api.example/");
    CHECK(wrong(request, "a+/~==") == failed{});
    for (const char* bad : {"abc=def", "a b", "a\r\nX: y", "=", "a\"", "a,b", "\xC3\xA9"}) {
        CAPTURE(bad);
        CHECK(wrong(request, bad) == failed{errc::invalid_value, "access_token"});
    }
    CHECK(wrong(request, "") == failed{errc::missing_value, "access_token"});
}

TEST_CASE("a token whose type is not understood is not used [rfc6749-7.1-unknown-type]") {
    const auto request = to("https://api.example/");
    CHECK(wrong(request, token, {.token_type = "mac"}) == failed{errc::unsupported_token_type, "token_type"});
    CHECK(wrong(request, token, {.token_type = ""}) == failed{errc::unsupported_token_type, "token_type"});
    CHECK(wrong(request, token, {.token_type = "bearer"}) == failed{});
}

TEST_CASE("one request, one method [rfc6750-2-one-method]") {
    CHECK(wrong(to("https://api.example/", "POST", form, "a=b&access_token=x")) == failed{errc::forbidden_parameter, "access_token"});
    CHECK(wrong(to("https://api.example/", "POST", form, "%61ccess_token=x"), token, in_body) == failed{errc::forbidden_parameter, "access_token"});
    CHECK(wrong(to("https://api.example/", "POST", "text/plain", "access_token=x")) == failed{});
    http_request_view request = to("https://api.example/");
    request.authorization = "Basic eDp5";
    CHECK(wrong(request) == failed{errc::forbidden_parameter, "authorization"});
    CHECK(wrong(request, token, in_body) == failed{errc::forbidden_parameter, "authorization"});
}

TEST_CASE("never in the URL [rfc9700-4.3.2-no-query-token]") {
    CHECK(wrong(to("https://api.example/?access_token=x")) == failed{errc::forbidden_parameter, "access_token"});
    CHECK(wrong(to("https://api.example/?a=b&access%5Ftoken=x")) == failed{errc::forbidden_parameter, "access_token"});
    for (const auto& options : {resource_request_options{}, in_body}) {
        const auto made = make_resource_request(to("https://api.example/r?q=1", "POST", form, "a=b"), token, options);
        REQUIRE(made);
        CHECK(made->url == "https://api.example/r?q=1");
    }
}

TEST_CASE("in the body only when asked, and only where RFC 6750 2.2 allows it [rfc6750-2.2-body]") {
    CHECK(wrong(to("https://api.example/"), token, in_body) == failed{errc::invalid_value, "method"});
    CHECK(wrong(to("https://api.example/", "POST", "multipart/form-data; boundary=x", "--x--"), token, in_body) == failed{errc::invalid_value, "content_type"});
    CHECK(wrong(to("https://api.example/", "POST", form, "a=\xC3\xA9"), token, in_body) == failed{errc::invalid_value, "body"});
    auto made = make_resource_request(to("https://api.example/", "POST", "application/x-www-form-urlencoded; charset=utf-8", "p=q"), token, in_body);
    REQUIRE(made);
    CHECK(made->body.reveal() == "p=q&access_token=mF_9.B5f-4.1JqM");
    CHECK(made->authorization.empty());
    made = make_resource_request(to("https://api.example/", "PUT"), "a+/==", in_body);
    REQUIRE(made);
    CHECK(made->body.reveal() == "access_token=a%2B%2F%3D%3D");
    CHECK(made->content_type == form);
}

TEST_CASE("over https, or to the machine itself [rfc6750-5.3-tls]") {
    CHECK(wrong(to("http://api.example/")) == failed{errc::insecure_url, "url"});
    CHECK(wrong(to("api.example")) == failed{errc::invalid_url, "url"});
    CHECK(wrong(to("")) == failed{errc::missing_value, "url"});
    CHECK(wrong(to("http://127.0.0.1:8080/")) == failed{});
}

TEST_CASE("without a heap") {
    std::array<char, 22> memory{};
    oauthpp::buffer_writer out(memory);
    const auto made = write_resource_request(out, to("https://api.example/"), token);
    REQUIRE(made);
    CHECK(made->authorization.reveal() == "Bearer mF_9.B5f-4.1JqM");
    oauthpp::buffer_writer small{std::span(memory).first(21)};
    const auto full = write_resource_request(small, to("https://api.example/"), token);
    REQUIRE(!full);
    CHECK(full.error().reason == errc::buffer_too_small);
    CHECK(full.error().needed == 22);
    CHECK(std::string_view(memory.data(), 21) == std::string(21, '\0'));
}

TEST_CASE("methods without a body take no token in it [rfc6750-2.2-body]") {
    for (const char* method : {"GET", "HEAD"}) {
        const auto made = oauthpp::make_resource_request({.method = method, .url = "https://rs.example/r"}, "t", {.place = oauthpp::token_place::form_body});
        CHECK((!made && made.error().field() == "method"));
    }
    CHECK(oauthpp::make_resource_request({.method = "PUT", .url = "https://rs.example/r"}, "t", {.place = oauthpp::token_place::form_body}));
}

}  // namespace
}  // namespace resource_request_test
