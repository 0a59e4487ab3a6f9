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

/// The operating system's clock. Declared here, defined by <oauthpp/system.hpp>: the core itself asks nobody.
struct system_clock;

// A name of the caller's own, seen from a template, is reported as shadowed; hence the underscores.

/// Time limits and cancellation are the driver's: a flow that is let go of has no more to do.
template <class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport&& transport_, Clock&& clock_) {
    if constexpr (detail::check_http_transport<std::remove_reference_t<Transport>>()) {
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
    static_assert(detail::complete<Clock>, "oauthpp: include <oauthpp/system.hpp>, or pass a clock as the last argument");
    if constexpr (detail::complete<Clock>) return run(std::move(flow_), transport_, Clock{});
}

/// The same as a coroutine. `Task` is a task template, such as asio::awaitable; transport and clock give awaitables.
///
/// Lifetime: transport and clock must outlive the task.
template <template <class...> class Task, class Flow, class Transport, class Clock>
auto run(Flow flow_, Transport& transport_, Clock& clock_) -> Task<decltype(std::move(flow_).outcome())> {
    for (step each = flow_.next(clock_.now()); !each.done(); each = flow_.next(clock_.now())) {
        if (each.wants_request()) {
            auto response = co_await transport_.send(each.request());
            static_assert(std::same_as<decltype(response), result<http_response>>,
                          "oauthpp: co_await transport.send(request) must give oauthpp::result<oauthpp::http_response>");
            flow_.resume(std::move(response), clock_.now());
        } else if constexpr (Flow::waits) {
            co_await clock_.wait_until(each.not_before());
        }
    }
    co_return std::move(flow_).outcome();
}

/// The same without a heap: `memory` takes the response, and the outcome, which is the flow's own, looks into it.
template <class Flow, class Transport>
const auto& run(Flow& flow_, Transport& transport_, std::span<char> memory_, unix_time now_) {
    if constexpr (detail::check_borrowed_http_transport<Transport>()) {
        while (const http_request_view* request = flow_.next(now_)) flow_.resume(transport_.send(*request, memory_), now_);
    }
    return flow_.outcome();
}

}  // namespace oauthpp::inline v0
