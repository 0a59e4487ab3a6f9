// SPDX-License-Identifier: MIT
//
// What a flow wants next: send this request, wait until then, or nothing more. The I/O is done by whoever drives it.
//
//   for (auto step = flow.next(now()); !step.done(); step = flow.next(now()))
//       if (step.wants_request()) flow.resume(my_http(step.request()), now());
//       else                      sleep_until(step.not_before());
//   auto tokens = std::move(flow).outcome();
#pragma once

#include <oauthpp/base/time.hpp>
#include <oauthpp/wire/http_message.hpp>

#include <concepts>
#include <cstdint>
#include <utility>

namespace oauthpp::inline v0 {

/// Lifetime: the request looks into the flow, until its next `resume`.
class step {
 public:
    static constexpr step send(const http_request_view& request) noexcept {
        step made(kind::send);
        made.request_ = request;
        return made;
    }
    static constexpr step wait(unix_time not_before) noexcept {
        step made(kind::wait);
        made.not_before_ = not_before;
        return made;
    }
    static constexpr step finished() noexcept { return step(kind::done); }

    [[nodiscard]] constexpr bool done() const noexcept { return kind_ == kind::done; }
    [[nodiscard]] constexpr bool wants_request() const noexcept { return kind_ == kind::send; }
    [[nodiscard]] constexpr const http_request_view& request() const noexcept { return request_; }
    [[nodiscard]] constexpr unix_time not_before() const noexcept { return not_before_; }

 private:
    enum class kind : std::uint8_t { done, send, wait };
    constexpr explicit step(kind what) noexcept : kind_(what) {}

    http_request_view request_{};
    unix_time not_before_{};
    kind kind_;
};

/// `waits` says whether `next` may ask to wait, so that a driver of flows that never do needs no way to.
template <class T>
concept flow = requires(T& each, unix_time now, result<http_response> response) {
    { each.next(now) } -> std::same_as<step>;
    each.resume(std::move(response), now);
    std::move(each).outcome();
    { T::waits } -> std::convertible_to<bool>;
};

}  // namespace oauthpp::inline v0
