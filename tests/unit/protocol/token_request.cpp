// SPDX-License-Identifier: MIT
//
// The token request by the examples of RFC 6749 and 7636, its client authentication read by a second decoder, and what
// must never be sent.
#include <oauthpp/protocol/token_request.hpp>

#include <doctest/doctest.h>
#include <unit/protocol/form_pairs.hpp>

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace token_request_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::authorization_code_grant, oauthpp::refresh_token_grant, oauthpp::client_credentials_grant;
using oauthpp::basic_encoding, oauthpp::client, oauthpp::client_secret_basic, oauthpp::client_secret_post;
using oauthpp::buffer_writer, oauthpp::errc, oauthpp::error_view, oauthpp::http_request;
using oauthpp::make_token_request, oauthpp::secret, oauthpp::write_token_request;
using oauthpp_test::base64_decoded, oauthpp_test::form_decoded, oauthpp_test::form_pairs, oauthpp_test::pairs_of;

constexpr std::string_view endpoint = "https://server.example.com/token";
constexpr char code[]               = "SplxlOBeZQQYbYS6WxSbIA";
constexpr char verifier[]           = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const client public_client{.client_id = "s6BhdRkqt3"};
const client with_basic{.client_id = "s6BhdRkqt3", .authentication = client_secret_basic{"gX1fBat3bV"}};
const authorization_code_grant code_grant{.code = code};

secret secret_of(std::string_view text) { return secret(text); }
client authenticated(std::string id, oauthpp::client_authentication how) {
    return {.client_id = std::move(id), .authentication = std::move(how)};
}

/// The borrowed form of each grant.
oauthpp::authorization_code_grant_view look(const authorization_code_grant& grant) { return grant; }
oauthpp::refresh_token_grant_view look(const refresh_token_grant& grant) { return grant; }
oauthpp::client_credentials_grant_view look(const client_credentials_grant& grant) { return grant; }

/// The request, if there is one. Both ways of making it must agree.
template <class Grant>
http_request sent(const client& app, const Grant& grant, std::string_view to = endpoint) {
    auto owned = make_token_request(to, app, look(grant));
    std::string memory(32768, '\0');
    buffer_writer out{memory};
    const auto borrowed = write_token_request(out, to, app, look(grant));
    CHECK(owned);
    CHECK(borrowed);
    if (!owned || !borrowed) return {};
    CHECK(owned->url == borrowed->url);
    CHECK(owned->body.reveal() == borrowed->body.reveal());
    CHECK(owned->authorization.reveal() == borrowed->authorization.reveal());
    CHECK(owned->content_type == borrowed->content_type);
    return *std::move(owned);
}

template <class Grant>
std::string body_of(const client& app, const Grant& grant) {
    return std::string(sent(app, grant).body.reveal());
}

/// Why there is no request. Both ways must agree here too, and write nothing.
template <class Grant>
error_view refusal(const client& app, const Grant& grant, std::string_view to = endpoint) {
    const auto owned = make_token_request(to, app, look(grant));
    std::string memory(32768, '#');
    buffer_writer out{memory};
    const auto borrowed = write_token_request(out, to, app, look(grant));
    CHECK_FALSE(owned);
    CHECK_FALSE(borrowed);
    if (owned || borrowed) return {};
    CHECK(owned.error().reason() == borrowed.error().reason);
    CHECK(owned.error().field() == borrowed.error().field);
    CHECK(memory.find_first_not_of('#') == std::string::npos);
    return borrowed.error();
}

template <class Grant>
bool is_refused(errc reason, std::string_view field, const client& app, const Grant& grant,
                std::string_view to = endpoint) {
    const error_view why = refusal(app, grant, to);
    CHECK(why.reason == reason);
    CHECK(why.field == field);
    return why.reason == reason && why.field == field;
}

/// What the Authorization header says after `Basic `.
std::string basic_of(const http_request& request) {
    const std::string header(request.authorization.reveal());
    CHECK(header.starts_with("Basic "));
    return header.size() < 6 ? std::string() : base64_decoded(header.substr(6));
}

/// Every value of this name, with `|` between them.
std::string values_of(std::string_view name, std::string_view body) {
    std::string all;
    for (const auto& [key, value] : pairs_of(body)) {
        if (key == name) all += (all.empty() ? "" : "|") + value;
    }
    return all;
}

}  // namespace

TEST_CASE("the code grant of RFC 6749 4.1.3 [rfc6749-4.1.3-grant] [rfc6749-3.2-post]") {
    const authorization_code_grant grant{.code = code, .redirect_uri = "https://client.example.com/cb"};
    const http_request request = sent(with_basic, grant);
    CHECK(request.authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    CHECK((pairs_of(request.body.reveal()) == pairs_of("grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA"
                                                       "&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb")));
    CHECK(request.method == "POST");
    CHECK(request.url == endpoint);
    CHECK(request.content_type == "application/x-www-form-urlencoded");
    CHECK(request.accept == "application/json");
}

TEST_CASE(
    "a public client names itself in the body, and the verifier goes along "
    "[rfc6749-3.2.1-public-client-id] [rfc7636-4.5-verifier]") {
    const auto request =
        make_token_request(endpoint, public_client,
                           {.code = code, .redirect_uri = "https://client.example.com/cb", .code_verifier = verifier});
    CHECK(request);
    if (!request) return;
    CHECK(request->body.reveal() ==
          "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb"
          "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&client_id=s6BhdRkqt3");
    CHECK(request->authorization.empty());
    for (const auto& header : request->headers()) CHECK(header.name != "Origin");
}

TEST_CASE("what is empty is not sent [oauth21-4.1.3-verifier] [rfc6749-4.1.3-redirect-identical]") {
    CHECK(body_of(public_client, code_grant) ==
          "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&client_id=s6BhdRkqt3");
    CHECK(body_of(with_basic, refresh_token_grant{.refresh_token = "r", .extra = {{"a", ""}, {"b", "1"}}}) ==
          "grant_type=refresh_token&refresh_token=r&b=1");
    for (const char* uri : {"http://127.0.0.1:51004/cb", "http://localhost:8080", "com.example.app:/cb",
                            "https://c.example/cb?x=%2f+1"}) {
        const authorization_code_grant grant{.code = code, .redirect_uri = uri};
        CHECK(values_of("redirect_uri", body_of(public_client, grant)) == uri);
    }
}

TEST_CASE("the refresh of RFC 6749 6 and 2.3.1, byte for byte [rfc6749-6-request] [rfc6749-2.3.1-post-params]") {
    const refresh_token_grant grant{.refresh_token = "tGzv3JOkF0XG5Qx2TlKWIA"};
    const http_request header = sent(with_basic, grant);
    CHECK(header.body.reveal() == "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA");
    CHECK(header.authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    const http_request body = sent(authenticated("s6BhdRkqt3", client_secret_post{"7Fjfp0ZBr1KtDRbnfVdmIw"}), grant);
    CHECK(body.body.reveal() ==
          "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&client_id=s6BhdRkqt3"
          "&client_secret=7Fjfp0ZBr1KtDRbnfVdmIw");
    CHECK(body.authorization.empty());
    CHECK(body_of(public_client, grant) ==
          "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&client_id=s6BhdRkqt3");
    const refresh_token_grant less{.refresh_token = "r", .scope = "openid read"};
    CHECK(body_of(with_basic, less) == "grant_type=refresh_token&refresh_token=r&scope=openid+read");
}

TEST_CASE("client credentials of RFC 6749 4.4.2, for clients that authenticate [rfc6749-4.4-confidential-only]") {
    const http_request request = sent(with_basic, client_credentials_grant{});
    CHECK(request.body.reveal() == "grant_type=client_credentials");
    CHECK(request.authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    CHECK(body_of(with_basic, client_credentials_grant{.scope = "api/.default"}) ==
          "grant_type=client_credentials&scope=api%2F.default");
    CHECK(is_refused(errc::client_not_authenticated, "authentication", public_client, client_credentials_grant{}));
}

TEST_CASE(
    "a client with credentials authenticates in every grant, in one way only "
    "[rfc6749-3.2.1-confidential-authenticates] [rfc6749-2.3-one-method]") {
    const auto check = [](const auto& grant) {
        const http_request basic = sent(with_basic, grant);
        CHECK(basic.authorization.reveal() == "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
        for (const char* name : {"client_id", "client_secret", "client_assertion"}) {
            CHECK(values_of(name, basic.body.reveal()).empty());
        }
        const http_request post = sent(authenticated("s6BhdRkqt3", client_secret_post{"gX1fBat3bV"}), grant);
        CHECK(post.authorization.empty());
        CHECK(values_of("client_id", post.body.reveal()) == "s6BhdRkqt3");
        CHECK(values_of("client_secret", post.body.reveal()) == "gX1fBat3bV");

        for (const char* name : {"client_secret", "client_assertion", "client_assertion_type", "client_id"}) {
            auto with_extra  = grant;
            with_extra.extra = {{name, "x"}};
            CHECK(is_refused(errc::forbidden_parameter, name, with_basic, with_extra));
        }
    };
    check(code_grant);
    check(refresh_token_grant{.refresh_token = "r"});
    check(client_credentials_grant{});
}

TEST_CASE("published Basic credentials, each part form-encoded [rfc6749-2.3.1-basic-encode]") {
    struct credentials {
        const char* id;
        const char* secret;
        std::string_view header;
    };
    for (const auto& [id, text, header] :
         {credentials{"s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw", "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"},
          credentials{"s6BhdRkqt3", "gX1fBat3bV", "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW"},
          credentials{"s6BhdRkqt3", "hsqEzQlUoHAE9px4FSr4yI", "Basic czZCaGRSa3F0Mzpoc3FFelFsVW9IQUU5cHg0RlNyNHlJ"},
          credentials{"rs08", "long-secure-random-secret", "Basic cnMwODpsb25nLXNlY3VyZS1yYW5kb20tc2VjcmV0"},
          credentials{"a:b", "p w+d%/&", "Basic YSUzQWI6cCt3JTJCZCUyNSUyRiUyNg=="},
          credentials{"client 1", "!~*'()\"<>^`{|}",
                      "Basic Y2xpZW50KzE6JTIxJTdFKiUyNyUyOCUyOSUyMiUzQyUzRSU1RSU2MCU3QiU3QyU3RA=="},
          credentials{"id", "=", "Basic aWQ6JTNE"},
          credentials{"https://client.example.org",
                      "a+b==", "Basic aHR0cHMlM0ElMkYlMkZjbGllbnQuZXhhbXBsZS5vcmc6YSUyQmIlM0QlM0Q="}}) {
        CHECK(sent(authenticated(id, client_secret_basic{secret_of(text)}), code_grant).authorization.reveal() ==
              header);
    }
}

TEST_CASE("a secret full of separators survives in each form [rfc6749-A.2-client-secret]") {
    const std::string text  = "a+b~c&d%e f:g";
    const http_request post = sent(authenticated("id", client_secret_post{secret_of(text)}), code_grant);
    CHECK(values_of("client_secret", post.body.reveal()) == text);

    const http_request form   = sent(authenticated("i:d &", client_secret_basic{secret_of(text)}), code_grant);
    const std::string encoded = basic_of(form);
    const std::size_t colon   = encoded.find(':');
    CHECK(form_decoded(encoded.substr(0, colon)) == "i:d &");
    CHECK(form_decoded(encoded.substr(colon + 1)) == text);

    const http_request raw =
        sent(authenticated("id", client_secret_basic{secret_of(text), basic_encoding::raw}), code_grant);
    CHECK(basic_of(raw) == "id:" + text);
    for (const http_request* request : {&form, &raw}) CHECK(values_of("client_id", request->body.reveal()).empty());

    const client in_both = authenticated("id", client_secret_basic{secret_of(text), basic_encoding::form, true});
    CHECK(values_of("client_id", body_of(in_both, code_grant)) == "id");
    CHECK(values_of("client_secret", body_of(in_both, code_grant)).empty());
}

TEST_CASE("every length of a secret, in base64 with its padding") {
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += static_cast<char>('!' + i % 94);
        const client app = authenticated("id", client_secret_basic{secret_of(text), basic_encoding::raw});
        CHECK(basic_of(sent(app, code_grant)) == "id:" + text);
    }
}

TEST_CASE("credentials that cannot be sent so") {
    const auto post  = [](std::string_view text) { return authenticated("id", client_secret_post{secret_of(text)}); };
    const auto basic = [](std::string_view text) { return authenticated("id", client_secret_basic{secret_of(text)}); };
    CHECK(is_refused(errc::missing_value, "client_id", client(), code_grant));
    CHECK(is_refused(errc::missing_value, "client_secret", post(""), code_grant));
    CHECK(is_refused(errc::missing_value, "client_secret", basic(""), code_grant));
    for (const std::string_view bad : {"line end\n"sv, "\r"sv, "nul\0"sv, "\xC3\xA9"sv, "\x7F"sv}) {
        CHECK(is_refused(errc::invalid_value, "client_secret", post(bad), code_grant));
        CHECK(is_refused(errc::invalid_value, "client_secret", basic(bad), code_grant));
        CHECK(is_refused(errc::invalid_value, "client_id", authenticated(std::string(bad), {}), code_grant));
    }
    const client raw = authenticated("a:b", client_secret_basic{"s", basic_encoding::raw});
    CHECK(is_refused(errc::invalid_value, "client_id", raw, code_grant));  // the first colon ends the name
}

TEST_CASE(
    "an endpoint keeps its query, and is safe and without fragment "
    "[rfc6749-3.2-endpoint-query] [oauth21-1.5-https]") {
    for (const char* to : {"https://as.example/token?tenant=42", "http://127.0.0.1:1/token", "http://[::1]/token",
                           "http://localhost:3000/token"}) {
        CHECK(sent(public_client, code_grant, to).url == to);
        CHECK(sent(public_client, code_grant, to).body.reveal().starts_with("grant_type="));
    }
    constexpr std::string_view field = "token_endpoint";
    CHECK(is_refused(errc::missing_value, field, public_client, code_grant, ""));
    CHECK(is_refused(errc::url_has_fragment, field, public_client, code_grant, "https://as.example/token#f"));
    CHECK(is_refused(errc::insecure_url, field, public_client, code_grant, "http://as.example/token"));
    for (const std::string_view bad : {"as.example/token"sv, "/token"sv, "https://"sv, "https://a@as.example/"sv,
                                       "https://as.example/\r\nX:"sv, "https://as.example/\0"sv}) {
        CHECK(is_refused(errc::invalid_url, field, public_client, code_grant, bad));
    }
}

TEST_CASE("no grant without what it is about") {
    const authorization_code_grant no_code{.redirect_uri = "https://c.example/cb"};
    CHECK(is_refused(errc::missing_value, "code", public_client, no_code));
    CHECK(is_refused(errc::missing_value, "refresh_token", public_client, refresh_token_grant{.scope = "read"}));
}

TEST_CASE("no line end, NUL or character outside ASCII in any parameter") {
    const auto refuses = [](std::string_view field, const auto& grant) {
        return is_refused(errc::invalid_value, field, with_basic, grant);
    };
    for (const std::string_view bad : {"\r"sv, "\n"sv, "\0"sv, "\t"sv, "\x7F"sv, "\xC3\xA9"sv, "\xFF"sv}) {
        for (const std::size_t at : {0U, 1U, 2U}) {
            CAPTURE(at);
            std::string text = "ab";
            text.insert(at, bad);
            const secret hidden   = secret_of(text);
            const secret long_one = secret_of(text + std::string(43, 'a'));
            CHECK(refuses("code", authorization_code_grant{.code = hidden}));
            CHECK(refuses("redirect_uri", authorization_code_grant{.code = code, .redirect_uri = text}));
            CHECK(refuses("code_verifier", authorization_code_grant{.code = code, .code_verifier = long_one}));
            CHECK(refuses("scope", authorization_code_grant{.code = code, .scope = text}));
            CHECK(refuses("resource", authorization_code_grant{.code = code, .resource = {"urn:" + text}}));
            CHECK(refuses("extra", authorization_code_grant{.code = code, .extra = {{text, "1"}}}));
            CHECK(refuses("refresh_token", refresh_token_grant{.refresh_token = hidden}));
            CHECK(refuses("scope", client_credentials_grant{.scope = text}));
            if (bad == "\xC3\xA9") continue;  // UTF-8 is fine in the value of a further parameter
            CHECK(refuses("extra", authorization_code_grant{.code = code, .extra = {{"a", text}}}));
        }
    }
    const authorization_code_grant utf8{.code = code, .extra = {{"login_hint", "J\xC3\xBCrgen"}}};
    CHECK(values_of("login_hint", body_of(public_client, utf8)) == "J\xC3\xBCrgen");
}

TEST_CASE("a verifier has 43 to 128 characters, all of them unreserved [rfc7636-4.1-syntax]") {
    const auto with_verifier = [](std::string text) {
        return authorization_code_grant{.code = code, .code_verifier = secret(std::move(text))};
    };
    for (const std::size_t size : {1U, 42U, 129U}) {
        const auto grant = with_verifier(std::string(size, 'a'));
        CHECK(is_refused(errc::invalid_value, "code_verifier", public_client, grant));
    }
    for (const std::size_t size : {43U, 128U}) {
        const std::string text(size, '~');
        CHECK(values_of("code_verifier", body_of(public_client, with_verifier(text))) == text);
    }
    for (const char bad : {'+', '/', '=', '%', ' '}) {
        const auto grant = with_verifier(std::string(42, 'a') + bad);
        CHECK(is_refused(errc::invalid_value, "code_verifier", public_client, grant));
    }
}

TEST_CASE("what has a member of its own cannot come a second time [rfc6749-3.1-unique-request-params]") {
    const auto with_extra = [](oauthpp::list<oauthpp::parameter> extra) {
        return authorization_code_grant{.code = code, .extra = std::move(extra)};
    };
    for (const char* name :
         {"grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "resource", "client_id"}) {
        CAPTURE(name);
        CHECK(is_refused(errc::forbidden_parameter, name, public_client, with_extra({{name, "password"}})));
    }
    CHECK(is_refused(errc::repeated_parameter, "extra", public_client, with_extra({{"a", "1"}, {"a", "2"}})));
    CHECK(is_refused(errc::invalid_value, "extra", public_client, with_extra({{"a b", "1"}})));

    authorization_code_grant repeatable = with_extra({{"audience", "a"}, {"audience", "b"}});
    repeatable.resource                 = {"urn:x", "https://api.example"};
    CHECK(values_of("audience", body_of(public_client, repeatable)) == "a|b");
    CHECK(values_of("resource", body_of(public_client, repeatable)) == "urn:x|https://api.example");
}

TEST_CASE("a resource is an absolute URI without a fragment, a scope words with one space between") {
    for (const char* bad : {"", "api", "/api", "https://api.example/#x"}) {
        const refresh_token_grant grant{.refresh_token = "r", .resource = {bad}};
        CHECK(is_refused(errc::invalid_value, "resource", public_client, grant));
    }
    for (const char* bad : {" read", "read  write", "a\"b", "a\\b"}) {
        const refresh_token_grant grant{.refresh_token = "r", .scope = bad};
        CHECK(is_refused(errc::invalid_value, "scope", public_client, grant));
    }
    const std::string scope = "6731de76-14a6-49ae-97bc-6eba6914391e/.default openid profile offline_access";
    const authorization_code_grant grant{.code = code, .scope = scope};
    CHECK(values_of("scope", body_of(public_client, grant)) == scope);
}

TEST_CASE("codes and tokens of any length, unchanged [rfc6749-5.1-sizes]") {
    std::string printable;
    while (printable.size() < 8192) {
        for (char c = ' '; c <= '~'; ++c) printable += c;
    }
    const secret long_one = secret_of(printable);
    CHECK(values_of("code", body_of(public_client, authorization_code_grant{.code = long_one})) == printable);
    CHECK(values_of("refresh_token", body_of(public_client, refresh_token_grant{.refresh_token = long_one})) ==
          printable);
}

TEST_CASE("a buffer of any size below the right one is left clean, and told what would do") {
    const authorization_code_grant grant{.code = code, .code_verifier = verifier, .scope = "a b"};
    for (const client& app : {with_basic, authenticated("id", client_secret_post{"the secret"}), public_client}) {
        const http_request whole = sent(app, grant);
        const std::string text   = std::string(whole.authorization.reveal()) + std::string(whole.body.reveal());
        for (std::size_t size = 0; size <= text.size(); ++size) {
            std::string memory(7 + size + 8, '#');
            buffer_writer out(std::span<char>(memory).first(7 + size));
            out.append("earlier");
            const auto request = write_token_request(out, endpoint, app, look(grant));
            CHECK(static_cast<bool>(request) == (size == text.size()));
            CHECK(memory.starts_with("earlier"));
            CHECK(memory.ends_with("########"));
            if (request) {
                CHECK(memory.substr(7, size) == text);
                continue;
            }
            CHECK(request.error().reason == errc::buffer_too_small);
            CHECK(request.error().needed == 7 + text.size());
            CHECK(out.size() == 7);
            CHECK(memory.find_first_not_of(std::string_view("\0#", 2), 7) == std::string::npos);
        }
    }
}

TEST_CASE("an error does not look at names that have died") {
    error_view why;
    {
        const std::string name = "a_parameter_of_which_there_are_two_and_whose_name_is_long";
        const authorization_code_grant grant{.code = code, .extra = {{name, "1"}, {name, "2"}}};
        why = refusal(public_client, grant);
    }
    CHECK(why.field == "extra");
}

}  // namespace token_request_test
