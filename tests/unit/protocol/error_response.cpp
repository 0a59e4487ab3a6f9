// SPDX-License-Identifier: MIT
//
// Everything but tokens that a token endpoint answers: RFC 6749 5.2, Microsoft's errors as they came over the wire,
// pages, silence, redirects and "come back later". Each is an outcome of its own, and says who must act.
#include <oauthpp/protocol/token_response.hpp>

#include <oauthpp/base/describe.hpp>
#include <oauthpp/wire/retry_after.hpp>
#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace error_response_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::describe, oauthpp::errc, oauthpp::error, oauthpp::error_view, oauthpp::remedy, oauthpp::resend;
using oauthpp::retry_at, oauthpp::unix_time;

constexpr std::string_view json = "application/json";

struct answer {
    int status;
    std::string_view body;
    std::string_view type = json;
    std::string_view retry_after{};
};

/// The error, on which both storages must agree in every point.
error refused(const answer& given) {
    auto owned = oauthpp::parse_token_response(
        {.status = given.status, .content_type = given.type, .retry_after = given.retry_after, .body = given.body});
    std::string memory(given.body);
    const auto borrowed = oauthpp::parse_token_response_in_place(
        {.status = given.status, .content_type = given.type, .retry_after = given.retry_after, .body = memory});
    CHECK_FALSE(owned);
    CHECK_FALSE(borrowed);
    if (owned || borrowed) return errc::none;
    const error_view one  = owned.error();
    const error_view& two = borrowed.error();
    CHECK(one.reason == two.reason);
    CHECK(one.again == two.again);
    CHECK(one.field == two.field);
    for (const auto text : {&error_view::server_error, &error_view::server_description, &error_view::server_uri,
                            &error_view::suberror, &error_view::claims, &error_view::error_codes, &error_view::trace_id,
                            &error_view::correlation_id, &error_view::timestamp, &error_view::retry_after}) {
        CHECK(one.*text == two.*text);
    }
    CHECK(one.http_status == given.status);
    CHECK(two.http_status == given.status);
    return std::move(owned).error();
}

errc reason(const answer& given) { return refused(given).reason(); }

error refused_with(int status, std::string_view code, std::string_view suberror = {}) {
    std::string body = R"({"error":")" + std::string(code) + '"';
    if (!suberror.empty()) body += R"(,"suberror":")" + std::string(suberror) + '"';
    return refused({status, body + '}'});
}

}  // namespace

TEST_CASE("the error of RFC 6749 5.2, under any status [rfc6749-5.2-status] [rfc7523-3.2-errors]") {
    const error first = refused({400, R"({"error":"invalid_request"})"});
    CHECK(first.reason() == errc::server_refused);
    CHECK(first.server_error() == "invalid_request");
    CHECK(first.server_description().empty());
    CHECK(first.again() == resend::pointless);
    const error client =
        refused({401, R"({"error":"invalid_client","error_description":"no","error_uri":"https://as.example/e"})"});
    CHECK(client.server_error() == "invalid_client");
    CHECK(client.server_description() == "no");
    CHECK(client.server_uri() == "https://as.example/e");
    for (const int status : {200, 201, 400, 401, 403, 404, 422, 500}) {
        CAPTURE(status);
        CHECK(refused_with(status, "invalid_grant").reason() == errc::server_refused);
        CHECK(refused_with(status, "invalid_grant").action() == remedy::sign_in_again);
    }
}

TEST_CASE("an error beside tokens, or under a status of success, is an error") {
    const error github = refused(
        {200, R"({"error":"bad_verification_code","error_description":"The code passed is incorrect or expired."})"});
    CHECK(github.reason() == errc::server_refused);
    CHECK(github.server_error() == "bad_verification_code");
    CHECK(reason({200, R"({"access_token":"a","token_type":"Bearer","error":"x"})"}) == errc::server_refused);
    CHECK(reason({200, R"({"error":"","access_token":"a","token_type":"Bearer"})"}) == errc::server_refused);
}

TEST_CASE("the codes of RFC 6749 5.2 and others, each with who must act [rfc6749-5.2-codes] [rfc8707-2-error]") {
    struct row {
        std::string_view code;
        remedy action;
    };
    for (const auto& [code, action] :
         {row{"invalid_request", remedy::fix_configuration}, row{"invalid_client", remedy::fix_configuration},
          row{"invalid_grant", remedy::sign_in_again}, row{"unauthorized_client", remedy::fix_configuration},
          row{"unsupported_grant_type", remedy::fix_configuration}, row{"invalid_scope", remedy::fix_configuration},
          row{"invalid_target", remedy::fix_configuration}, row{"invalid_resource", remedy::fix_configuration},
          row{"interaction_required", remedy::sign_in_again}, row{"consent_required", remedy::sign_in_again},
          row{"login_required", remedy::sign_in_again}, row{"access_denied", remedy::sign_in_again},
          row{"temporarily_unavailable", remedy::retry_later}, row{"server_error", remedy::retry_later},
          row{"slow_down", remedy::retry_later}, row{"authorization_pending", remedy::retry_later},
          row{"admin_policy_enforced", remedy::ask_administrator}}) {
        CHECK(refused_with(400, code).server_error() == code);
        CHECK(refused_with(400, code).action() == action);
    }
    for (const char* suberror : {"protection_policy_required", "device_authentication_failed"}) {
        CHECK(refused_with(400, "invalid_grant", suberror).action() == remedy::ask_administrator);
    }
    for (const char* suberror : {"basic_action", "additional_action", "message_only", "consent_required",
                                 "user_password_expired", "bad_token", "token_expired"}) {
        CHECK(refused_with(400, "invalid_grant", suberror).action() == remedy::sign_in_again);
        CHECK(refused_with(400, "invalid_grant", suberror).suberror() == suberror);
    }
}

TEST_CASE("a code that nobody knows is kept to the letter, and the status tells [rfc6749-8.5-unknown-error]") {
    for (const char* code : {"Invalid_Grant", "no such code", "x"}) {
        CHECK(refused_with(400, code).server_error() == code);
        CHECK(refused_with(400, code).action() == remedy::fix_configuration);
        CHECK(refused_with(500, code).action() == remedy::retry_later);
    }
}

TEST_CASE("neither a success nor an error [rfc6749-5.2-error-required]") {
    CHECK(reason({400, "{}"}) == errc::unexpected_status);
    CHECK(reason({400, R"({"error":null})"}) == errc::unexpected_status);
    CHECK(reason({400, R"({"error_description":"alone"})"}) == errc::unexpected_status);
    CHECK(refused({400, R"({"error_description":"alone"})"}).server_description() == "alone");
    CHECK(reason({400, R"({"error":5})"}) == errc::invalid_member);
    CHECK(refused({400, R"({"error":5})"}).field() == "error");
    // Facebook, and Microsoft's Cloud Shell
    const error object = refused({400, R"({"error":{"code":"AudienceNotSupported","message":"..."}})"});
    CHECK(object.reason() == errc::invalid_member);
    CHECK(object.server_error() == R"({"code":"AudienceNotSupported","message":"..."})");
    CHECK(object.action() == remedy::fix_configuration);
    CHECK(reason({200, R"({"error":{"type":"OAuthException"},"access_token":"a","token_type":"Bearer"})"}) ==
          errc::invalid_member);
}

TEST_CASE("Microsoft's errors, with every member kept") {
    const error scope = refused(
        {400,
         R"({"error":"invalid_scope","error_description":"AADSTS70011: The provided value for the input parameter )"
         R"('scope' is not valid. The scope https://foo.microsoft.com/mail.read is not valid.\r\n)"
         R"(Trace ID: 255d1aef-0000-0000-0000-000000000001\r\n)"
         R"(Correlation ID: fb3d2015-0000-0000-0000-000000000002\r\nTimestamp: 2016-01-09 02:02:12Z",)"
         R"("error_codes":[70011],"timestamp":"2016-01-09 02:02:12Z",)"
         R"("trace_id":"255d1aef-0000-0000-0000-000000000001",)"
         R"("correlation_id":"fb3d2015-0000-0000-0000-000000000002",)"
         R"("error_uri":"https://login.microsoftonline.com/error?code=70011"})",
         "application/json; charset=utf-8"});
    CHECK(scope.server_error() == "invalid_scope");
    CHECK(scope.server_description() ==
          "AADSTS70011: The provided value for the input parameter 'scope' is not valid. "
          "The scope https://foo.microsoft.com/mail.read is not valid.\r\n"
          "Trace ID: 255d1aef-0000-0000-0000-000000000001\r\n"
          "Correlation ID: fb3d2015-0000-0000-0000-000000000002\r\nTimestamp: 2016-01-09 02:02:12Z");
    CHECK(scope.error_codes() == "[70011]");
    CHECK(scope.timestamp() == "2016-01-09 02:02:12Z");
    CHECK(scope.trace_id() == "255d1aef-0000-0000-0000-000000000001");
    CHECK(scope.correlation_id() == "fb3d2015-0000-0000-0000-000000000002");
    CHECK(scope.server_uri() == "https://login.microsoftonline.com/error?code=70011");
    CHECK(scope.action() == remedy::fix_configuration);

    const error secret = refused(
        {401,
         R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the )"
         R"(secret being sent in the request is the client secret value, not the client secret ID, for a secret added )"
         R"(to app '86be4c01-0000-0000-0000-000000000000'. Trace ID: 03da4b8e-0000-0000-0000-000000000001 )"
         R"(Correlation ID: 7b12f9bb-0000-0000-0000-000000000002 Timestamp: 2025-03-10 20:12:22Z",)"
         R"("error_codes":[7000215],"timestamp":"2025-03-10 20:12:22Z",)"
         R"("trace_id":"03da4b8e-0000-0000-0000-000000000001",)"
         R"("correlation_id":"7b12f9bb-0000-0000-0000-000000000002",)"
         R"("error_uri":"https://login.microsoftonline.com/error?code=7000215"})"});
    CHECK(secret.error_codes() == "[7000215]");
    CHECK(secret.trace_id() == "03da4b8e-0000-0000-0000-000000000001");
    CHECK(secret.action() == remedy::fix_configuration);

    const error used = refused(
        {400,
         R"({"error":"invalid_grant","error_description":"AADSTS70002: Error validating credentials. AADSTS54005: )"
         R"(OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing )"
         R"(refresh token.\r\nTrace ID: ...","error_codes":[70002,54005],"timestamp":"2018-11-19 17:52:50Z",)"
         R"("trace_id":"...","correlation_id":"..."})"});
    CHECK(used.error_codes() == "[70002,54005]");
    CHECK(used.action() == remedy::sign_in_again);

    const error consent = refused(
        {400,
         R"({"error":"invalid_grant","error_description":"AADSTS65001: The user or administrator has not consented to )"
         R"(use the application with ID '...' named '...'. Send an interactive authorization request for this user )"
         R"(and resource. Trace ID: ...","error_codes":[65001],"timestamp":"...","trace_id":"...",)"
         R"("correlation_id":"...","suberror":"consent_required"})"});
    CHECK(consent.suberror() == "consent_required");
    CHECK(consent.action() == remedy::sign_in_again);

    const error factor = refused(
        {400,
         R"({"error":"interaction_required","error_description":"AADSTS50076: Due to a configuration change made by )"
         R"(your administrator, or because you moved to a new location, you must use multi-factor authentication to )"
         R"(access '797f4846-...'.\r\nTrace ID: ...","error_codes":[50076],"timestamp":"2020-11-05 19:52:45Z",)"
         R"("trace_id":"...","correlation_id":"...","suberror":"basic_action"})"});
    CHECK(factor.suberror() == "basic_action");
    CHECK(factor.action() == remedy::sign_in_again);

    const error claims =
        refused({400, R"({"error":"interaction_required","error_description":"AADSTS50079: ...","error_codes":[50079],)"
                      R"("timestamp":"2017-05-01 22:43:20Z","trace_id":"...","correlation_id":"...","claims":)"
                      R"("{\"access_token\":{\"polids\":{\"essential\":true,)"
                      R"(\"values\":[\"9ab03e19-ed42-4168-b6b7-7001fb3e933a\"]}}}"})"});
    CHECK(claims.claims() ==
          R"({"access_token":{"polids":{"essential":true,"values":["9ab03e19-ed42-4168-b6b7-7001fb3e933a"]}}})");

    const error pending = refused(
        {400,
         R"({"error":"authorization_pending","error_description":"AADSTS70016: OAuth 2.0 device flow error. )"
         R"(Authorization is pending. Continue polling.\r\nTrace ID: ...","error_codes":[70016],"timestamp":"..."})"});
    CHECK(pending.action() == remedy::retry_later);
}

TEST_CASE("Microsoft's errors without `error`, and with members of other types") {
    const error nameless = refused({400, R"({"the-error-is-not-here":"x","error_description":"AADSTS991: ...",)"
                                         R"("error_codes":[90010],"timestamp":"2018-09-22 00:50:11Z"})"});
    CHECK(nameless.reason() == errc::unexpected_status);
    CHECK(nameless.server_description() == "AADSTS991: ...");
    CHECK(nameless.error_codes() == "[90010]");
    CHECK(nameless.timestamp() == "2018-09-22 00:50:11Z");

    const error others = refused({400, R"({"error":"x","error_codes":"[500011]","claims":{"a":1},"trace_id":7})"});
    CHECK(others.error_codes() == "[500011]");
    CHECK(others.claims() == R"({"a":1})");
    CHECK(others.trace_id() == "7");
}

TEST_CASE("a page, a plain text, nothing, a redirect: each is an outcome of its own") {
    CHECK(reason({200, "<html>Sign in</html>", "text/html"}) == errc::unexpected_media_type);
    CHECK(refused({502, "<html>Bad Gateway</html>", "text/html"}).action() == remedy::retry_later);
    CHECK(refused({400, "<html>", "text/html"}).action() == remedy::fix_configuration);
    CHECK(reason({200, ""}) == errc::empty_body);
    CHECK(reason({204, "", ""}) == errc::empty_body);
    CHECK(reason({404, "", ""}) == errc::unexpected_status);
    CHECK(refused({404, "", ""}).action() == remedy::fix_configuration);
    CHECK(reason({500, "", ""}) == errc::unexpected_status);
    CHECK(refused({500, "", ""}).action() == remedy::retry_later);
    CHECK(refused({500, "", ""}).again() == resend::unsafe);
    CHECK(reason({400, "{\"error\":"}) == errc::malformed_json);
    for (const int status : {300, 301, 302, 303, 304, 307, 308}) {
        for (const std::string_view body :
             {""sv, "<html>Moved</html>"sv, R"({"access_token":"a","token_type":"Bearer"})"sv,
              R"({"error":"invalid_grant"})"sv}) {
            CHECK(reason({status, body}) == errc::redirected);
            CHECK(refused({status, body}).action() == remedy::fix_configuration);
        }
    }
}

TEST_CASE("too many requests: plain text, JSON or nothing, with Retry-After as seconds and as a date") {
    for (const answer& given :
         {answer{429, "Too many requests error", "text/plain", "120"}, answer{429, "", "", "120"},
          answer{429, R"({"error":"slow_down"})", json, "120"}, answer{503, "<html>", "text/html", "120"},
          answer{503, R"({"error":"temporarily_unavailable"})", json, "120"}, answer{503, "", "", "120"}}) {
        const error later = refused(given);
        CHECK(later.reason() == errc::throttled);
        CHECK(later.action() == remedy::retry_later);
        CHECK(later.again() == resend::safe);
        error_view at  = later;
        at.received_at = {1'000'000};
        CHECK((retry_at(at) == unix_time{1'000'120}));
    }
    CHECK(refused({429, R"({"error":"slow_down"})", json, "1"}).server_error() == "slow_down");
    const error dated = refused({429, "busy", "text/plain", "Sun, 06 Nov 1994 08:49:37 GMT"});
    CHECK((retry_at(dated) == unix_time{784111777}));
    const error unsaid = refused({429, "busy", "text/plain"});
    CHECK(unsaid.reason() == errc::throttled);
    CHECK_FALSE(retry_at(unsaid));
    // Without Retry-After this may be a gateway's word, and the server may have got the request
    const error busy = refused({503, "busy", "text/plain"});
    CHECK(busy.reason() == errc::unexpected_media_type);
    CHECK(busy.action() == remedy::retry_later);
    CHECK(busy.again() == resend::unsafe);
    CHECK(refused({400, R"({"error":"invalid_grant"})", json, "5"}).retry_after() == "5");
}

TEST_CASE("nothing of the server's words is obeyed by a terminal [rfc6749-A.7-error]") {
    const error evil = refused({400, R"({"error":"a\"b\u001b[2J","error_description":"x\u0007\r\nForged: line \u00e9",)"
                                     R"("error_uri":"java script:\n"})"});
    CHECK(evil.server_error() == "a\"b\x1b[2J");
    CHECK(evil.server_uri() == "java script:\n");
    for (const char c : describe(evil)) CHECK((c >= 0x20 && c <= 0x7E));
}

TEST_CASE("no token enters an error") {
    for (const answer& given :
         {answer{200, R"({"access_token":"hush","refresh_token":"hush"})"},
          answer{200, R"({"access_token":"hush","token_type":"mac","refresh_token":"hush"})"},
          answer{200, R"({"access_token":"hush","token_type":"Bearer","refresh_token":"hush\u0000"})"},
          answer{200, R"({"access_token":"hush","token_type")"},
          answer{400, R"({"access_token":"hush","token_type":"Bearer"})"},
          answer{200, R"({"access_token":"hush"})", "text/html"}, answer{302, R"({"access_token":"hush"})"}}) {
        const error why       = refused(given);
        const error_view view = why;
        CHECK(why.field().find("hush") == std::string_view::npos);
        for (const auto text : {&error_view::server_error, &error_view::server_description,
                                &error_view::server_uri, &error_view::suberror, &error_view::claims,
                                &error_view::error_codes, &error_view::trace_id, &error_view::correlation_id,
                                &error_view::timestamp, &error_view::retry_after, &error_view::transport_text}) {
            CHECK((view.*text).find("hush") == std::string_view::npos);
        }
        CHECK(describe(why).find("hush") == std::string::npos);
    }
}

}  // namespace error_response_test
