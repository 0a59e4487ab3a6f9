// SPDX-License-Identifier: MIT
//
// RP-Initiated Logout 1.0: what the browser is sent with, and what it comes back with.
#include <oauthpp/oidc/logout_request.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

namespace logout_request_test {
namespace {

using oauthpp::check_logout_callback, oauthpp::errc, oauthpp::logout_request_view, oauthpp::make_logout_url;

constexpr const char* endpoint = "https://op.example/logout";

std::string url_of(const logout_request_view& request, std::string_view at = endpoint) {
    const auto url = make_logout_url(at, request);
    return url ? *url : std::string(url.error().field()) + ": " + std::string(message(url.error().reason()));
}
errc refused(const logout_request_view& request, std::string_view at = endpoint) {
    const auto url = make_logout_url(at, request);
    return url ? errc::none : url.error().reason();
}

TEST_CASE("the endpoint keeps its own query [logout-2-url]") {
    CHECK(url_of({}) == endpoint);
    CHECK(url_of({.client_id = "s6BhdRkqt3"}, "https://op.example/logout?t=1") == "https://op.example/logout?t=1&client_id=s6BhdRkqt3");
    CHECK(url_of({.logout_hint = "j@example.com & co", .ui_locales = "fr-CA en"}) ==
          "https://op.example/logout?logout_hint=j%40example.com%20%26%20co&ui_locales=fr-CA%20en");
    CHECK(refused({}, "http://op.example/logout") == errc::insecure_url);
    CHECK(refused({}, "https://op.example/logout#x") == errc::url_has_fragment);
    CHECK(refused({}, "") == errc::missing_value);
}

TEST_CASE("the ID token tells whose session it is, and the client where there is none [logout-2-hint]") {
    const oauthpp::secret token("e30.e30.c2ln");
    CHECK(url_of({.id_token_hint = token}) == "https://op.example/logout?id_token_hint=e30.e30.c2ln");
    CHECK(url_of({.id_token_hint = token, .post_logout_redirect_uri = "https://c.example/out"}) ==
          "https://op.example/logout?id_token_hint=e30.e30.c2ln&post_logout_redirect_uri=https%3A%2F%2Fc.example%2Fout");
    CHECK(url_of({.client_id = "c", .post_logout_redirect_uri = "https://c.example/out"}) ==
          "https://op.example/logout?client_id=c&post_logout_redirect_uri=https%3A%2F%2Fc.example%2Fout");
    CHECK(refused({.post_logout_redirect_uri = "https://c.example/out"}) == errc::missing_value);
}

TEST_CASE("the address to come back to goes as it is, and is safe [logout-2-redirect]") {
    const auto back_to = [](std::string_view uri) { return logout_request_view{.client_id = "c", .post_logout_redirect_uri = uri}; };
    CHECK(url_of(back_to("https://C.example:443/a%2Fb/../out?x=1")).ends_with("=https%3A%2F%2FC.example%3A443%2Fa%252Fb%2F..%2Fout%3Fx%3D1"));
    CHECK(refused(back_to("http://127.0.0.1:8080/out")) == errc::none);
    CHECK(refused(back_to("com.example.app:/out")) == errc::none);
    CHECK(refused(back_to("http://c.example/out")) == errc::insecure_url);
    CHECK(refused(back_to("https://c.example/out#x")) == errc::url_has_fragment);
    CHECK(refused(back_to("javascript:alert(1)")) == errc::invalid_value);
    CHECK(make_logout_url(endpoint, back_to("/out")).error().field() == "post_logout_redirect_uri");
}

TEST_CASE("the state that comes back is the one that went [logout-3-state]") {
    CHECK(url_of({.client_id = "c", .post_logout_redirect_uri = "https://c.example/out", .state = "s1"}).ends_with("&state=s1"));
    CHECK(refused({.client_id = "c", .state = "s1"}) == errc::missing_value);
    CHECK(check_logout_callback("https://c.example/out?state=s1", "s1").reason == errc::none);
    CHECK(check_logout_callback("/out?state=s%31", "s1").reason == errc::none);
    CHECK(check_logout_callback("/out?state=s2", "s1").reason == errc::state_mismatch);
    CHECK(check_logout_callback("/out?state=s", "s1").reason == errc::state_mismatch);
    CHECK(check_logout_callback("/out?state=s1&state=s1", "s1").reason == errc::duplicate_parameter);
    CHECK(check_logout_callback("/out", "s1").reason == errc::state_missing);
    CHECK(check_logout_callback("/out?state=", "").reason == errc::state_missing);
    CHECK(check_logout_callback("/out?state=s1", "").reason == errc::state_mismatch);
}

TEST_CASE("what does not belong there does not go there, and a small buffer is told apart") {
    const std::array<oauthpp::parameter_view, 1> own{{{"x", "y"}}}, secret{{{"client_secret", "y"}}}, state{{{"state", "y"}}};
    CHECK(url_of({.extra = own}) == "https://op.example/logout?x=y");
    CHECK(refused({.extra = secret}) == errc::forbidden_parameter);
    CHECK(refused({.extra = state}) == errc::forbidden_parameter);
    CHECK(refused({.client_id = "a\nb"}) == errc::invalid_value);
    CHECK(refused({.id_token_hint = "a b\x01"}) == errc::invalid_value);
    const std::string whole = url_of({.client_id = "client"});
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        std::string memory(size, '-');
        oauthpp::buffer_writer out{memory};
        const auto url = write_logout_url(out, endpoint, {.client_id = "client"});
        CHECK(bool(url) == (size == whole.size()));
        if (url) CHECK(*url == whole);
        else CHECK(url.error().needed == whole.size());
    }
}

}  // namespace
}  // namespace logout_request_test
