// SPDX-License-Identifier: MIT
//
// Metadata fetched: where it is asked for, how often, and which answers count.
#include <oauthpp/flow/discover.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/run.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <string>
#include <string_view>
#include <vector>

namespace discover_test {
namespace {

using oauthpp::errc, oauthpp::http_request_view, oauthpp::http_response, oauthpp::result;

struct some_clock {
    oauthpp::unix_time now() const { return {1}; }
};

struct answered {
    std::vector<std::string> asked{};
    result<oauthpp::server_metadata> server{errc::not_finished};
};

/// The responses one after the other, then the last one for ever.
answered discover(std::string_view issuer, const std::vector<http_response>& responses) {
    answered made;
    auto http = oauthpp::as_transport([&](const http_request_view& request) -> result<http_response> {
        CHECK(request.method == "GET");
        CHECK(request.authorization.empty());
        made.asked.emplace_back(request.url);
        return responses[std::min(made.asked.size(), responses.size()) - 1];
    });
    made.server = run(oauthpp::discover(issuer), http, some_clock{});
    return made;
}

http_response json(std::string body) {
    return {.status = 200, .content_type = "application/json", .body = std::move(body)};
}

TEST_CASE("each place is asked while there is nothing [rfc8414-5-fallback] [rfc8414-3.2-response]") {
    const http_response nothing{.status = 404};
    const http_response there = json(R"({"issuer":"https://as.example/t","x_vendor":{"a":1}})");
    const std::vector<std::string> all{"https://as.example/t/.well-known/openid-configuration",
                                       "https://as.example/.well-known/oauth-authorization-server/t",
                                       "https://as.example/.well-known/openid-configuration/t"};
    for (std::size_t at = 0; at < all.size(); ++at) {
        std::vector<http_response> responses(at, nothing);
        responses.push_back(there);
        const auto found = discover("https://as.example/t", responses);
        CHECK(found.server);
        CHECK(found.asked == std::vector<std::string>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at) + 1));
    }
    const auto nowhere = discover("https://as.example/t", {nothing});
    CHECK(nowhere.server.error().reason() == errc::unexpected_status);
    CHECK(nowhere.asked == all);
    CHECK(discover("https://as.example", {nothing}).asked.size() == 2);
}

TEST_CASE("only a JSON object with the issuer counts, and no redirect is followed [rfc8414-3.2-response] "
          "[oidc-disco-4.3-issuer]") {
    const auto fails = [](http_response response) {
        const auto found = discover("https://as.example/t", {std::move(response)});
        CHECK(found.asked.size() == 1);
        return found.server.error().reason();
    };
    CHECK(fails({.status = 301}) == errc::redirected);
    CHECK(fails({.status = 302}) == errc::redirected);
    CHECK(fails({.status = 500}) == errc::unexpected_status);
    CHECK(fails({.status = 429}) == errc::throttled);
    CHECK(fails({.status = 200, .content_type = "text/html", .body = "<html>"}) == errc::unexpected_media_type);
    CHECK(fails({.status = 200, .content_type = "application/json"}) == errc::empty_body);
    CHECK(fails(json("[]")) == errc::malformed_json);
    CHECK(fails(json(R"({"issuer":"https://evil.example"})")) == errc::issuer_mismatch);
    CHECK(fails(json(R"({"issuer":"https://as.example/t/"})")) == errc::issuer_mismatch);
}

TEST_CASE("an issuer that cannot be asked is not") {
    const auto found = discover("http://as.example", {json("{}")});
    CHECK(found.asked.empty());
    CHECK(found.server.error().reason() == errc::insecure_url);
}

TEST_CASE("a request of discovery stays where it is until the answer, however often a poll loop looks") {
    auto flow = oauthpp::discover("https://as.example/a-path-too-long-for-a-small-buffer");
    const std::string_view asked = flow.next({1}).request().url;
    CHECK(flow.next({2}).request().url.data() == asked.data());
}

TEST_CASE("a document comes with a success, and with nothing else") {
    const auto wrong = [](int status) { return oauthpp::detail::check_document({.status = status, .content_type = "application/json", .body = "{}"}, {7}); };
    using oauthpp::errc;
    CHECK(wrong(200).reason == errc::none);
    CHECK(wrong(299).reason == errc::none);
    for (const int status : {-1, 0, 100, 199, 400, 401, 404, 500, 999}) {
        CHECK(wrong(status).reason == errc::unexpected_status);
        CHECK(wrong(status).again == oauthpp::resend::safe);
        CHECK(wrong(status).received_at == oauthpp::unix_time{7});
    }
    CHECK(wrong(300).reason == errc::redirected);
    CHECK(wrong(399).reason == errc::redirected);
    CHECK(wrong(429).reason == errc::throttled);
}

TEST_CASE("a server that says 400 at one place is asked at the next, and after the end nothing counts") {
    auto flow = oauthpp::discover("https://as.example/tenant");
    flow.resume(oauthpp::http_response{.status = 400}, {1});
    CHECK(flow.next({1}).wants_request());
    const std::string_view document = R"({"issuer":"https://as.example/tenant"})";
    flow.resume(oauthpp::http_response{.status = 200, .content_type = "application/json", .body = oauthpp::secret(document)}, {1});
    CHECK(flow.next({1}).done());
    flow.resume(oauthpp::error(oauthpp::errc::timed_out), {1});
    const auto server = std::move(flow).outcome();
    CHECK((server && server->issuer == "https://as.example/tenant"));
    auto failing = oauthpp::discover("https://as.example");
    failing.resume(oauthpp::error(oauthpp::errc::timed_out), {1});
    CHECK(std::move(failing).outcome().error().reason() == oauthpp::errc::timed_out);
}

}  // namespace
}  // namespace discover_test
