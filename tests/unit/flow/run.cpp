// SPDX-License-Identifier: MIT
//
// One flow driven in every way: blocking, as a coroutine over a task type of our own, by hand, by callback, and in lent
// memory. The outcomes are the same, and a flow that waits is waited for.
#include <oauthpp/flow/run.hpp>

#include <doctest/doctest.h>
#include <oauthpp/flow/login.hpp>
#include <unit/flow/at_example.hpp>

#include <array>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace run_test {

// What a coroutine's frame holds is in no anonymous namespace: GCC warns of that once all tests are one file.

using oauthpp::errc, oauthpp::error_view, oauthpp::http_request_view, oauthpp::http_response,
    oauthpp::http_response_view;
using oauthpp::result, oauthpp::step, oauthpp::token_flow, oauthpp::tokens, oauthpp::unix_time;
using oauthpp_test::answer, oauthpp_test::app, oauthpp_test::begin, oauthpp_test::callback_of, oauthpp_test::reason_of;
using oauthpp_test::scripted_transport, oauthpp_test::server, oauthpp_test::still_clock, oauthpp_test::value_of;

// ---- a task type, shaped like those that people have: lazy, with a second parameter that has a default

struct executor {};

template <class T, class Executor = executor>
class task {
 public:
    struct promise_type {
        std::optional<T> value{};
        std::coroutine_handle<> awaiting = std::noop_coroutine();

        struct final_awaiter {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept {
                return done.promise().awaiting;
            }
            void await_resume() noexcept {}
        };
        task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        final_awaiter final_suspend() noexcept { return {}; }
        void unhandled_exception() {}
        void return_value(T given) { value.emplace(std::move(given)); }
    };

    explicit task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    task& operator=(task&&) = delete;
    ~task() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
        handle_.promise().awaiting = awaiting;
        return handle_;
    }
    T await_resume() { return *std::move(handle_.promise().value); }

    void start() { handle_.resume(); }
    [[nodiscard]] bool done() const { return handle_.done(); }

 private:
    std::coroutine_handle<promise_type> handle_;
};

/// Wakes whoever sleeps in it, one after another.
struct event_loop {
    std::deque<std::coroutine_handle<>> sleeping{};

    auto sleep() {
        struct awaiter {
            event_loop& loop;
            bool await_ready() noexcept { return false; }
            void await_suspend(std::coroutine_handle<> handle) { loop.sleeping.push_back(handle); }
            void await_resume() noexcept {}
        };
        return awaiter{*this};
    }
    void run() {
        while (!sleeping.empty()) {
            const auto next = sleeping.front();
            sleeping.pop_front();
            next.resume();
        }
    }
};

struct awaitable_transport {
    event_loop& loop;
    scripted_transport inner{};

    task<result<http_response>> send(http_request_view request) {
        co_await loop.sleep();
        co_return inner.send(request);
    }
};

struct awaitable_clock {
    event_loop& loop;
    unix_time time{1000};
    std::vector<std::int64_t> waited_until{};

    [[nodiscard]] unix_time now() const { return time; }
    task<bool> wait_until(unix_time when) {
        waited_until.push_back(when.count);
        co_await loop.sleep();
        time = when;
        co_return true;
    }
};

// ---- a flow that waits: it asks again, three seconds apart, until it is told something else than "wait"

class polling_flow {
 public:
    static constexpr bool waits = true;

    step next(unix_time now) {
        if (done_) return step::finished();
        return now < not_before_ ? step::wait(not_before_) : step::send(request_);
    }
    void resume(const result<http_response>& response, unix_time now) {
        ++asked_;
        done_ = !response || response->body.reveal() != "wait";
        not_before_ = now + oauthpp::seconds{3};
    }
    result<int> outcome() && { return asked_; }

 private:
    http_request_view request_{.url = "https://as.example/token"};
    unix_time not_before_{};
    int asked_ = 0;
    bool done_ = false;
};

namespace {

// ---- the ways

using outcome = result<tokens>;
using answers = std::vector<result<http_response>>;

outcome blocking(token_flow flow, const answers& given) {
    return oauthpp::run(std::move(flow), scripted_transport{given}, still_clock{});
}

outcome as_coroutine(token_flow flow, const answers& given) {
    event_loop loop;
    awaitable_transport http{loop, {given}};
    awaitable_clock clock{loop};
    auto running = oauthpp::run<task>(std::move(flow), http, clock);
    running.start();
    loop.run();
    CHECK(running.done());
    return running.await_resume();
}

outcome by_hand(token_flow flow, const answers& given) {
    scripted_transport http{given};
    for (auto step = flow.next({1000}); !step.done(); step = flow.next({1000})) {
        flow.resume(http.send(step.request()), {1000});
    }
    return std::move(flow).outcome();
}

outcome by_callback(token_flow flow, const answers& given) {
    scripted_transport http{given};
    outcome got = errc::not_finished;
    const auto when_done = [&](result<http_response> response) {
        flow.resume(std::move(response), {1000});
        if (flow.next({1000}).done()) got = std::move(flow).outcome();
    };
    const auto first = flow.next({1000});
    if (first.wants_request()) when_done(http.send(first.request()));
    else got = std::move(flow).outcome();
    return got;
}

/// Copies what it is given into the memory that it is lent.
struct lending_transport {
    result<http_response> given;

    result<http_response_view, error_view> send(const http_request_view&, std::span<char> memory) {
        if (!given) return given.error().view();
        const std::string_view body = given->body.reveal();
        if (body.size() > memory.size()) return error_view(errc::response_too_large);
        if (!body.empty()) std::memcpy(memory.data(), body.data(), body.size());
        http_response_view response = *given;
        response.body = std::string_view(memory.data(), body.size());
        return response;
    }
};

const answers granted{answer(200,
                             R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600,)"
                             R"("refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","scope":"read","example_parameter":"v"})")};

const answers failures[] = {
    {answer(400, R"({"error":"invalid_grant","error_description":"The code has expired."})")},
    {answer(200, R"({"token_type":"Bearer"})")},
    {answer(200, R"({"access_token":"a","token_type":"Bearer")")},
    {http_response{.status = 429, .content_type = "text/plain", .retry_after = "30", .body = "slow down"}},
    {http_response{.status = 200, .content_type = "text/html", .body = "<html>"}},
    {http_response{.status = 302}},
    {errc::timed_out},
};

token_flow code_exchange() {
    auto login = begin();
    return login.exchange(callback_of(login));
}

const answers wait_twice{answer(200, "wait"), answer(200, "wait"), answer(200, "done")};

/// Jumps to where it is told to wait for, or by `stride` if that is given.
struct jumping_clock {
    unix_time time{1000};
    std::int64_t stride = 0;
    std::vector<std::int64_t> waited_until{};

    [[nodiscard]] unix_time now() const { return time; }
    void wait_until(unix_time when) {
        waited_until.push_back(when.count);
        time = stride == 0 ? when : time + oauthpp::seconds{stride};
    }
};

}  // namespace

TEST_CASE("blocking, as a coroutine, by hand and by callback: the same tokens") {
    for (const auto drive : {blocking, as_coroutine, by_hand, by_callback}) {
        const tokens got = value_of(drive(code_exchange(), granted));
        CHECK(got.access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
        CHECK(got.token_type == "Bearer");
        CHECK((got.expires_at && got.expires_at->count == 4600));
        CHECK(got.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
        CHECK(got.refresh_token_rotated);
        CHECK(got.scope == "read");
        CHECK(got.missing_scope == "write");
        REQUIRE(got.extra.size() == 1);
        CHECK(got.extra[0].value == "v");
        CHECK(got.client_id == "s6BhdRkqt3");
    }
}

TEST_CASE("in lent memory: the same tokens") {
    std::array<char, 512> sent{};
    std::array<char, 512> received{};
    const oauthpp::authorization_code_grant_view grant{.code = "SplxlOBeZQQYbYS6WxSbIA",
                                                       .redirect_uri = app.redirect_uri};
    oauthpp::token_flow_view flow(server, app, grant, sent);
    lending_transport http{granted.front()};
    const auto& got = oauthpp::run(flow, http, received, {1000});
    REQUIRE(got);
    CHECK(got->access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
    CHECK(got->token_type == "Bearer");
    CHECK(got->expires_in == oauthpp::seconds{3600});
    CHECK(got->refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
    CHECK(got->scope == "read");
    CHECK(got->access_token.reveal().data() > received.data());
    CHECK(got->access_token.reveal().data() < received.data() + received.size());
    CHECK(&got == &flow.outcome());
}

TEST_CASE("every failure is the same failure in each of the ways") {
    for (const answers& given : failures) {
        const auto expected = blocking(code_exchange(), given);
        REQUIRE_FALSE(expected);
        const auto same = [&](const error_view& got) {
            const error_view wanted = expected.error();
            return got.reason == wanted.reason && got.again == wanted.again && got.http_status == wanted.http_status &&
                   got.field == wanted.field && got.offset == wanted.offset && got.received_at == wanted.received_at &&
                   got.server_error == wanted.server_error && got.server_description == wanted.server_description &&
                   got.retry_after == wanted.retry_after && got.action() == wanted.action();
        };
        for (const auto drive : {as_coroutine, by_hand, by_callback}) {
            const auto got = drive(code_exchange(), given);
            REQUIRE_FALSE(got);
            CHECK(same(got.error()));
        }
        std::array<char, 512> sent{};
        std::array<char, 512> received{};
        oauthpp::token_flow_view flow(server, app, oauthpp::refresh_token_grant_view{.refresh_token = "r"}, sent);
        lending_transport http{given.front()};
        const auto& got = oauthpp::run(flow, http, received, {1000});
        REQUIRE_FALSE(got);
        CHECK(same(got.error()));
    }
}

TEST_CASE("a flow that is over before it began sends nothing in any of the ways") {
    for (const auto drive : {blocking, as_coroutine, by_hand, by_callback}) {
        auto login = begin();
        CHECK(reason_of(drive(login.exchange("/cb?code=a&state=other"), granted)) == errc::state_mismatch);
        CHECK(reason_of(drive(login.exchange(callback_of(login)), granted)) == errc::already_used);
    }
}

TEST_CASE("no way of driving sends a request twice") {
    for (const answers& given : failures) {
        scripted_transport http{given};
        CHECK_FALSE(oauthpp::run(code_exchange(), http, still_clock{}));
        CHECK(http.sent.size() == 1);

        event_loop loop;
        awaitable_transport awaitable{loop, {given}};
        awaitable_clock clock{loop};
        auto running = oauthpp::run<task>(code_exchange(), awaitable, clock);
        running.start();
        loop.run();
        CHECK(awaitable.inner.sent.size() == 1);
    }
}

TEST_CASE("transport and clock may be temporaries, lambdas and constants") {
    const auto send = [](http_request_view) -> result<http_response> { return granted.front(); };
    auto http = oauthpp::as_transport(send);
    const still_clock clock{};
    CHECK(oauthpp::run(code_exchange(), http, clock));
    CHECK(oauthpp::run(code_exchange(), oauthpp::as_transport(send), still_clock{}));
    struct constant_transport {
        result<http_response> send(http_request_view) const { return granted.front(); }
    };
    const constant_transport constant{};
    CHECK(oauthpp::run(code_exchange(), constant, clock));
}

TEST_CASE("a flow that waits is waited for, until the moment that it names") {
    jumping_clock clock;
    scripted_transport http{wait_twice};
    CHECK(value_of(oauthpp::run(polling_flow{}, http, clock)) == 3);
    CHECK(clock.waited_until == std::vector<std::int64_t>{1003, 1006});
    CHECK(http.sent.size() == 3);
}

TEST_CASE("a flow that waits is waited for in a coroutine") {
    event_loop loop;
    awaitable_transport http{loop, {wait_twice}};
    awaitable_clock clock{loop};
    auto running = oauthpp::run<task>(polling_flow{}, http, clock);
    running.start();
    loop.run();
    REQUIRE(running.done());
    CHECK(value_of(running.await_resume()) == 3);
    CHECK(clock.waited_until == std::vector<std::int64_t>{1003, 1006});
    CHECK(http.inner.sent.size() == 3);
}

TEST_CASE("a clock that wakes too early is waited for again, and nothing is sent before the time") {
    jumping_clock clock{.stride = 1};
    scripted_transport http{wait_twice};
    CHECK(value_of(oauthpp::run(polling_flow{}, http, clock)) == 3);
    CHECK(clock.waited_until == std::vector<std::int64_t>{1003, 1003, 1003, 1006, 1006, 1006});
    CHECK(http.sent.size() == 3);
}

TEST_CASE("many flows are in flight at once on one thread") {
    event_loop loop;
    awaitable_transport http{loop, {granted}};
    awaitable_clock clock{loop};
    std::vector<task<outcome>> running;
    for (int i = 0; i < 100; ++i) {
        running.push_back(oauthpp::run<task>(code_exchange(), http, clock));
        running.back().start();
    }
    CHECK(loop.sleeping.size() == 100);
    loop.run();
    for (auto& each : running) {
        REQUIRE(each.done());
        CHECK(each.await_resume());
    }
    CHECK(http.inner.sent.size() == 100);
}

TEST_CASE("a flow is cancelled by letting go of it, in the middle too") {
    event_loop loop;
    awaitable_transport http{loop, {granted}};
    awaitable_clock clock{loop};
    {
        auto running = oauthpp::run<task>(code_exchange(), http, clock);
        auto never_started = oauthpp::run<task>(code_exchange(), http, clock);
        running.start();
        CHECK(loop.sleeping.size() == 1);
    }
    loop.sleeping.clear();   // those who slept are gone
    CHECK(http.inner.sent.empty());
}

}  // namespace run_test
