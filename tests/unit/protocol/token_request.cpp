// SPDX-License-Identifier: MIT
//
// The token request by the examples of RFC 6749 and 7636, and a secret that survives in each form.
#include <oauthpp/protocol/token_request.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace token_request_test {
namespace {

using oauthpp::basic_encoding, oauthpp::client, oauthpp::client_secret_basic, oauthpp::client_secret_post, oauthpp::errc;
using oauthpp::make_token_request;

constexpr std::string_view token_endpoint = "https://server.example.com/token";
const client public_client{.client_id = "s6BhdRkqt3"};

std::string body_of(const oauthpp::result<oauthpp::http_request>& request) {
    REQUIRE(request);
    return request ? std::string(request->body.reveal()) : std::string();
}

TEST_CASE("the code grant (RFC 6749 4.1.3, RFC 7636 4.5)") {
    const auto request = make_token_request(token_endpoint, public_client,
                                            {.code = "SplxlOBeZQQYbYS6WxSbIA",
                                             .redirect_uri = "https://client.example.com/cb",
                                             .code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"});
    CHECK(body_of(request) == "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb"
                              "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&client_id=s6BhdRkqt3");
    CHECK(request->method == "POST");
    CHECK(request->url == token_endpoint);
    CHECK(request->content_type == "application/x-www-form-urlencoded");
    CHECK(request->authorization.empty());
    for (const auto& header : request->headers()) CHECK(header.name != "Origin");
}

TEST_CASE("Basic authentication of RFC 6749 4.1.3 and 2.3.1, and no client_id beside it") {
    const client app{.client_id = "s6BhdRkqt3", .authentication = client_secret_basic{"7Fjfp0ZBr1KtDRbnfVdmIw"}};
    const auto request = make_token_request(token_endpoint, app, {.refresh_token = "tGzv3JOkF0XG5Qx2TlKWIA"});
    CHECK(body_of(request) == "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA");
    CHECK(request->authorization.reveal() == "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
}

TEST_CASE("a secret full of separators survives in each form") {
    const std::string secret = "a+b~c&d%e f:g";
    const oauthpp::client_credentials_grant grant{.scope = "read"};
    client app{.client_id = "id", .authentication = client_secret_post{oauthpp::secret(std::string(secret))}};
    CHECK(body_of(make_token_request(token_endpoint, app, grant)) ==
          "grant_type=client_credentials&scope=read&client_id=id&client_secret=a%2Bb%7Ec%26d%25e+f%3Ag");
    app.authentication = client_secret_basic{oauthpp::secret(std::string(secret))};
    CHECK(make_token_request(token_endpoint, app, grant)->authorization.reveal() == "Basic aWQ6YSUyQmIlN0VjJTI2ZCUyNWUrZiUzQWc=");   // id:a%2Bb%7Ec%26d%25e+f%3Ag
    app.authentication = client_secret_basic{oauthpp::secret(std::string(secret)), basic_encoding::raw};
    CHECK(make_token_request(token_endpoint, app, grant)->authorization.reveal() == "Basic aWQ6YStifmMmZCVlIGY6Zw==");               // id:a+b~c&d%e f:g
    app.authentication = client_secret_basic{oauthpp::secret(std::string(secret)), basic_encoding::form, true};
    CHECK(body_of(make_token_request(token_endpoint, app, grant)) == "grant_type=client_credentials&scope=read&client_id=id");
}

TEST_CASE("what must not be sent is an error that names it") {
    const auto reason = [](std::string_view endpoint, const client& app, const oauthpp::authorization_code_grant& grant) {
        const auto request = make_token_request(endpoint, app, grant);
        return request ? errc::none : request.error().reason();
    };
    const oauthpp::authorization_code_grant good{.code = "a"};
    CHECK(reason(token_endpoint, public_client, good) == errc::none);
    CHECK(reason("http://server.example.com/token", public_client, good) == errc::insecure_url);
    CHECK(reason("http://127.0.0.1:1/token", public_client, good) == errc::none);
    CHECK(reason("https://server.example.com/token#x", public_client, good) == errc::url_has_fragment);
    CHECK(reason("server.example.com/token", public_client, good) == errc::invalid_url);
    CHECK(reason(token_endpoint, {}, good) == errc::missing_value);
    CHECK(reason(token_endpoint, public_client, {}) == errc::missing_value);
    CHECK(reason(token_endpoint, public_client, {.code = "a\r\nb"}) == errc::invalid_value);
    CHECK(reason(token_endpoint, {.client_id = "id", .authentication = client_secret_post{}}, good) == errc::missing_value);
    CHECK(reason(token_endpoint, {.client_id = "id", .authentication = client_secret_post{"line end\n"}}, good) == errc::invalid_value);
    CHECK(reason(token_endpoint, {.client_id = "a:b", .authentication = client_secret_basic{"s", basic_encoding::raw}}, good) == errc::invalid_value);
    for (const char* name : {"client_secret", "client_assertion", "client_id", "grant_type", "code", "code_verifier", "redirect_uri"}) {
        oauthpp::authorization_code_grant with_extra = good;
        with_extra.extra = {{name, "x"}};
        CHECK(reason(token_endpoint, public_client, with_extra) == errc::forbidden_parameter);
    }
    CHECK(make_token_request(token_endpoint, public_client, oauthpp::client_credentials_grant{.scope = "a"}).error().reason() == errc::client_not_authenticated);
}

TEST_CASE("a buffer of any size below the right one is left clean, and told what would do") {
    const client app{.client_id = "id", .authentication = client_secret_basic{"the-secret"}};
    const auto whole = make_token_request(token_endpoint, app, {.refresh_token = "the-token"});
    REQUIRE(whole);
    const std::size_t enough = whole->authorization.reveal().size() + whole->body.reveal().size();
    for (std::size_t size = 0; size <= enough; ++size) {
        std::string memory(size + 8, '#');
        oauthpp::buffer_writer out{std::span<char>(memory).first(size)};
        const auto request = oauthpp::write_token_request(out, token_endpoint, app, oauthpp::refresh_token_grant_view{.refresh_token = "the-token"});
        CHECK(static_cast<bool>(request) == (size == enough));
        CHECK(memory.ends_with("########"));
        if (request) continue;
        CHECK(request.error().needed == enough);
        CHECK(memory.find("token") == memory.npos);
        CHECK(memory.find("Basic") == memory.npos);
    }
}

}  // namespace
}  // namespace token_request_test
