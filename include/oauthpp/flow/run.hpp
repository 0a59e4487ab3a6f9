// SPDX-License-Identifier: MIT
//
// Drives a flow to its end: blocking, as a coroutine over your own task type, or in lent memory. For callbacks and poll
// loops drive it by hand: see flow/step.hpp.
//
//   auto tokens = oauthpp::run(login->exchange(callback), http);
//   auto tokens = co_await oauthpp::run<asio::awaitable>(login->exchange(callback), http, clock);
#pragma once

#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/flow/transport.hpp>

#include <concepts>
#include <span>
#include <type_traits>
#include <utility>

namespace oauthpp::inline v0 {

/// Says what time it is. For a flow that waits it has a member `wait_until(unix_time)` too.
template <class T>
concept clock_source = requires(T& each) {
    { each.now() } -> std::same_as<unix_time>;
};

namespace detail {

template <class T>
concept waits_until = requires(T& each, unix_time when) { each.wait_until(when); };

template <class Clock, bool Waits>
consteval bool check_clock() {
    if constexpr (!clock_source<Clock>) {
        static_assert(clock_source<Clock>,
                      "oauthpp::clock_source: write a member now() that returns oauthpp::unix_time");
    } else if constexpr (Waits) {
        static_assert(waits_until<Clock>,
                      "oauthpp::clock_source: this flow waits, so write a member wait_until(oauthpp::unix_time)");
    }
    return clock_source<Clock> && (!Waits || waits_until<Clock>);
}

template <class Transport>
consteval bool check_awaitable_transport() {
    if constexpr (!sends_requests<Transport>) {
        static_assert(
            sends_requests<Transport>,
            "oauthpp::run<Task>: write a member send(oauthpp::http_request_view) that gives something to co_await");
    } else {
        static_assert(!http_transport<Transport>,
                      "oauthpp::run<Task>: send(oauthpp::http_request_view) must give something to co_await; "
                      "for one that blocks there is oauthpp::run");
    }
    return sends_requests<Transport> && !http_transport<Transport>;
}

template <class Response>
consteval bool check_awaited_response() {
    static_assert(
        std::same_as<Response, result<http_response>>,
        "oauthpp::run<Task>: co_await transport.send(request) must give oauthpp::result<oauthpp::http_response>");
    return std::same_as<Response, result<http_response>>;
}

}  // namespace detail

// A name of the caller's own, seen from a template, is reported as shadowed; hence the underscores.

/// Time limits and cancellation are the driver's: a flow that is let go of has no more to do.
template <class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport&& transport_, Clock&& clock_) {
    if constexpr (detail::check_http_transport<std::remove_reference_t<Transport>>() &&
                  detail::check_clock<std::remove_reference_t<Clock>, Flow::waits>()) {
        for (step each = flow_.next(clock_.now()); !each.done(); each = flow_.next(clock_.now())) {
            if (each.wants_request()) {
                auto response = transport_.send(each.request());
                flow_.resume(std::move(response), clock_.now());
            } else if constexpr (Flow::waits) {
                clock_.wait_until(each.not_before());
            }
        }
    }
    return std::move(flow_).outcome();
}

template <class Flow, class Transport, class Clock = system_clock>
auto run(Flow flow_, Transport&& transport_) {
    static_assert(detail::complete<Clock>,
                  "oauthpp: include <oauthpp/system.hpp>, or pass a clock as the last argument");
    if constexpr (detail::complete<Clock>) return oauthpp::run(std::move(flow_), transport_, Clock{});
    else return std::move(flow_).outcome();
}

/// The same as a coroutine. `Task` is a task template, such as asio::awaitable; transport and clock give awaitables.
///
/// Lifetime: transport and clock must outlive the task.
template <template <class...> class Task, class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport& transport_, Clock& clock_) -> Task<decltype(std::move(flow_).outcome())> {
    if constexpr (detail::check_awaitable_transport<Transport>() && detail::check_clock<Clock, Flow::waits>()) {
        for (step each = flow_.next(clock_.now()); !each.done(); each = flow_.next(clock_.now())) {
            if (each.wants_request()) {
                auto response = co_await transport_.send(each.request());
                if constexpr (detail::check_awaited_response<decltype(response)>()) {
                    flow_.resume(std::move(response), clock_.now());
                }
            } else if constexpr (Flow::waits) {
                co_await clock_.wait_until(each.not_before());
            }
        }
    }
    co_return std::move(flow_).outcome();
}

/// The same without a heap: `memory` takes the response, and the outcome, which is the flow's own, looks into it.
template <class Flow, class Transport>
const auto& run(Flow& flow_, Transport& transport_, std::span<char> memory_, unix_time now_) {
    if constexpr (detail::check_borrowed_http_transport<Transport>()) {
        while (const http_request_view* request = flow_.next(now_)) {
            flow_.resume(transport_.send(*request, memory_), now_);
        }
    }
    return flow_.outcome();
}

}  // namespace oauthpp::inline v0
