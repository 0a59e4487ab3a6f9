// SPDX-License-Identifier: MIT
//
// A whole login against a transport that answers from a table: single use, binding, saving, refreshing, and the same
// flow driven in every way.
#include <oauthpp/flow/login.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/flow/run.hpp>
#include <oauthpp/wire/retry_after.hpp>

#include <coroutine>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// No anonymous namespace: types in one, in a coroutine of the library, make g++ warn about its frame.
namespace login_test {

using oauthpp::client, oauthpp::errc, oauthpp::http_request_view, oauthpp::http_response, oauthpp::resend, oauthpp::result;
using oauthpp::server_metadata, oauthpp::tokens;

constexpr const char* token_body =
    R"({"access_token":"at","token_type":"Bearer","expires_in":3600,"refresh_token":"rt","scope":"read","id_token":"h.p.s"})";

struct counter {
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = static_cast<std::byte>(next = static_cast<unsigned char>(next * 5 + 1));
        return true;
    }
    unsigned char next = 7;
};

struct fixed_clock {
    oauthpp::unix_time time{1000};
    oauthpp::unix_time now() const { return time; }
    void wait_until(oauthpp::unix_time) const {}
};

inline const server_metadata server{.issuer = "https://as.example",
                             .authorization_endpoint = "https://as.example/authorize",
                             .token_endpoint = "https://as.example/token"};
inline const client app{.client_id = "id", .redirect_uri = "https://c.example/cb"};

struct canned {
    std::string body = token_body;
    int status = 200;
    int sent = 0;
    std::string last{};
    result<http_response> send(http_request_view request) {
        ++sent;
        last = request.body.reveal();
        return http_response{.status = status, .content_type = "application/json", .retry_after = "30", .body = oauthpp::secret(std::string(body))};
    }
};

inline oauthpp::pending_login begin(const oauthpp::login_options& options = {.scope = "openid read"}) {
    counter entropy;
    auto login = start_login(server, app, options, entropy);
    REQUIRE(login);
    return *std::move(login);
}

inline std::string callback_of(const oauthpp::pending_login& login) { return "/cb?code=abc&state=" + login.state(); }

template <class Flow>
errc outcome_of(Flow flow) {
    canned http;
    auto outcome = run(std::move(flow), http, fixed_clock{});
    return outcome ? errc::none : outcome.error().reason();
}

TEST_CASE("a login makes state, nonce and challenge anew, and says so in the URL") {
    counter entropy;
    const auto first = start_login(server, app, {.scope = "openid"}, entropy);
    const auto second = start_login(server, app, {.scope = "read"}, entropy);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->state() != second->state());
    CHECK(first->state().size() == 43);
    for (const char* part : {"response_type=code", "client_id=id", "redirect_uri=https%3A%2F%2Fc.example%2Fcb", "code_challenge_method=S256", "&nonce="}) {
        CHECK(first->url().find(part) != std::string::npos);
    }
    CHECK(second->url().find("nonce") == std::string::npos);
    CHECK(start_login(server, app, {}, [](std::span<std::byte>) { return false; }).error().reason() == errc::no_entropy);
    CHECK(start_login(server, app, {.response_type = "code id_token"}, entropy).error().reason() == errc::unsupported_response_type);
    server_metadata invalid;
    invalid.invalid = errc::invalid_provider;
    CHECK(start_login(invalid, app, {}, entropy).error().reason() == errc::invalid_provider);
}

TEST_CASE("works once, also when it fails") {
    auto login = begin();
    const std::string callback = callback_of(login);
    CHECK(login.is_answered_by(callback));
    CHECK(!login.is_answered_by("/cb?code=abc&state=other"));
    CHECK(outcome_of(login.exchange(callback)) == errc::none);
    CHECK(outcome_of(login.exchange(callback)) == errc::already_used);
    auto failed = begin();
    CHECK(outcome_of(failed.exchange("/cb?code=abc&state=other")) == errc::state_mismatch);
    CHECK(outcome_of(failed.exchange(callback_of(failed))) == errc::already_used);
    CHECK(failed.save().empty());
    auto source = begin();
    auto moved = std::move(source);
    CHECK(outcome_of(source.exchange(callback)) == errc::already_used);
    CHECK(outcome_of(moved.exchange(callback_of(moved))) == errc::none);
}

TEST_CASE("another process finishes it; another server, client, redirect URI or version does not") {
    const auto login = begin();
    const auto saved = login.save();
    auto restored = restore_login(server, app, saved);
    REQUIRE(restored);
    CHECK(restored->state() == login.state());
    CHECK(outcome_of(restored->exchange(callback_of(login))) == errc::none);
    const auto reason = [&](const server_metadata& at, const client& by) { return restore_login(at, by, saved).error().reason(); };
    server_metadata other = server;
    other.token_endpoint = "https://evil.example/token";
    CHECK(reason(other, app) == errc::wrong_server);
    other = server;
    other.issuer = "https://evil.example";
    CHECK(reason(other, app) == errc::wrong_server);
    CHECK(reason(server, {.client_id = "other", .redirect_uri = app.redirect_uri}) == errc::wrong_server);
    CHECK(reason(server, {.client_id = "id", .redirect_uri = "https://c.example:444/cb"}) == errc::wrong_server);
    const std::string text(saved.reveal());
    CHECK(restore_login(server, app, "v=2" + text.substr(3)).error().reason() == errc::saved_login_unreadable);
    CHECK(restore_login(server, app, "").error().reason() == errc::saved_login_unreadable);
    CHECK(restore_login(server, app, text + "&v=1").error().reason() == errc::saved_login_unreadable);
    const std::size_t scope_at = text.find("&scope=");
    for (std::size_t size = 0; size < scope_at - 1; ++size) {
        const auto cut = restore_login(server, app, text.substr(0, size));
        if (cut) CHECK(text.substr(0, size).find("code_verifier=") != std::string::npos);
    }
}

TEST_CASE("what an application puts into the state comes back only with its key") {
    const oauthpp::secret key(std::string(32, 'k'));
    const auto login = begin({.application_data = "/page?x=1", .application_key = key});
    CHECK(*oauthpp::data_of_state(login.state(), key) == "/page?x=1");
    CHECK(!oauthpp::data_of_state(login.state(), std::string(32, 'j')));
    for (std::size_t i = 0; i < login.state().size(); ++i) {
        std::string forged = login.state();
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        CHECK(!oauthpp::data_of_state(forged, key));
    }
}

TEST_CASE("tokens: when they end, what was granted, and what they are bound to") {
    auto login = begin();
    canned http;
    const auto got = run(login.exchange(callback_of(login)), http, fixed_clock{});
    REQUIRE(got);
    if (!got) return;
    CHECK(got->expires_at->count == 4600);
    CHECK(got->expires_within({4300}, oauthpp::seconds{300}));
    CHECK(!got->expires_within({4299}, oauthpp::seconds{300}));
    CHECK(got->scope == "read");
    CHECK(got->missing_scope == "openid");
    CHECK(got->extra_scope.empty());
    CHECK(got->id_token.reveal() == "h.p.s");
    CHECK(!got->id_token_verified);
    CHECK(got->token_endpoint == server.token_endpoint);
    CHECK(http.last.find("code_verifier=") != std::string::npos);
}

TEST_CASE("a refresh keeps the old token when none comes back, and a failure costs nothing") {
    tokens old;
    old.refresh_token = "old";
    old.scope = "read write";
    old.token_endpoint = server.token_endpoint;
    old.client_id = "id";
    canned http;
    http.body = R"({"access_token":"new","token_type":"Bearer"})";
    const auto renewed = run(refresh(server, app, old), http, fixed_clock{});
    REQUIRE(renewed);
    if (!renewed) return;
    CHECK(renewed->refresh_token.reveal() == "old");
    CHECK(!renewed->refresh_token_rotated);
    CHECK(renewed->scope == "read write");
    CHECK(!renewed->expires_at);
    CHECK(!renewed->expires_within({1LL << 60}, oauthpp::seconds{1}));
    http.status = 400;
    http.body = R"({"error":"invalid_grant"})";
    CHECK(!run(refresh(server, app, old), http, fixed_clock{}));
    CHECK(old.refresh_token.reveal() == "old");
    CHECK(outcome_of(refresh(server, app, old, {.scope = "read admin"})) == errc::scope_not_granted);
    CHECK(outcome_of(refresh(server, app, old, {.scope = "read admin", .allow_more_scope = true})) == errc::none);
    CHECK(outcome_of(refresh(server, {.client_id = "other"}, old)) == errc::wrong_server);
    server_metadata other = server;
    other.token_endpoint = "https://evil.example/token";
    CHECK(outcome_of(refresh(other, app, old)) == errc::wrong_server);
    CHECK(outcome_of(refresh(server, app, tokens{})) == errc::missing_value);
}

TEST_CASE("nothing is sent twice, and the error says what sending again would mean") {
    auto login = begin();
    int sent = 0;
    auto lost = oauthpp::as_transport([&](http_request_view) -> result<http_response> { ++sent; return errc::timed_out; });
    const auto outcome = run(login.exchange(callback_of(login)), lost, fixed_clock{});
    REQUIRE(!outcome);
    CHECK(sent == 1);
    CHECK(outcome.error().again() == resend::unsafe);
    canned busy;
    busy.status = 429;
    auto second = begin();
    const auto throttled = run(second.exchange(callback_of(second)), busy, fixed_clock{});
    REQUIRE(!throttled);
    CHECK(oauthpp::retry_at(throttled.error())->count == 1030);
}

// ---- the same flow, driven in four ways

template <class T>
struct task {
    struct promise_type {
        std::optional<T> value{};
        task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void unhandled_exception() {}
        void return_value(T given) { value.emplace(std::move(given)); }
    };
    std::coroutine_handle<promise_type> handle;
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    T await_resume() { T got = *std::move(handle.promise().value); handle.destroy(); return got; }
};
struct awaitable_transport {
    canned inner{};
    task<result<http_response>> send(http_request_view request) { co_return inner.send(request); }
};
struct awaitable_clock {
    oauthpp::unix_time now() const { return {1000}; }
    task<int> wait_until(oauthpp::unix_time) { co_return 0; }
};
struct lending_transport {
    result<oauthpp::http_response_view, oauthpp::error_view> send(const http_request_view&, std::span<char> memory) {
        std::memcpy(memory.data(), token_body, std::strlen(token_body));
        return oauthpp::http_response_view{.status = 200, .content_type = "application/json", .body = std::string_view(memory.data(), std::strlen(token_body))};
    }
};

TEST_CASE("blocking, as a coroutine, by hand, and without a heap: the same tokens") {
    auto login = begin();
    canned http;
    CHECK(run(login.exchange(callback_of(login)), http, fixed_clock{})->access_token.reveal() == "at");

    login = begin();
    awaitable_transport transport;
    awaitable_clock clock;
    CHECK(oauthpp::run<task>(login.exchange(callback_of(login)), transport, clock).await_resume()->access_token.reveal() == "at");

    login = begin();
    auto flow = login.exchange(callback_of(login));
    for (auto step = flow.next({1000}); !step.done(); step = flow.next({1000})) flow.resume(http.send(step.request()), {1000});
    flow.resume(http_response{}, {1000});     // too late, and without effect
    CHECK(std::move(flow).outcome()->access_token.reveal() == "at");

    char request_memory[512];
    char response_memory[512];
    oauthpp::token_flow_view borrowed(server, app, oauthpp::refresh_token_grant_view{.refresh_token = "rt"}, request_memory);
    lending_transport modem;
    CHECK(oauthpp::run(borrowed, modem, response_memory, {1000})->access_token.reveal() == "at");

    login = begin();
    auto unfinished = login.exchange(callback_of(login));
    CHECK(std::move(unfinished).outcome().error().reason() == errc::not_finished);
}

}  // namespace login_test
