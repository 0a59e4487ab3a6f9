// SPDX-License-Identifier: MIT
//
// Time to and from std::chrono, which the core does without because it costs every user compile time.
//
//   tokens.expires_within(oauthpp::from_chrono(std::chrono::system_clock::now()), oauthpp::seconds{300})
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <chrono>
#include <cstdint>
#include <ratio>

namespace oauthpp::inline v0 {

[[nodiscard]] constexpr std::chrono::seconds to_chrono(seconds span) noexcept {
    return std::chrono::seconds(span.count);
}

[[nodiscard]] constexpr std::chrono::sys_seconds to_chrono(unix_time time) noexcept {
    return std::chrono::sys_seconds(std::chrono::seconds(time.count));
}

/// Rounds down, and stays at the ends of the range instead of wrapping round. NaN becomes the smallest.
template <class Rep, class Period>
[[nodiscard]] constexpr seconds from_chrono(std::chrono::duration<Rep, Period> span) noexcept {
    using whole_seconds = std::chrono::duration<std::int64_t>;
    constexpr long double limit = 0x1p63L;   // one more than the largest
    const long double approximately = std::chrono::duration<long double>(span).count();
    if (approximately >= limit) return {INT64_MAX};
    if (!(approximately >= -limit)) return {INT64_MIN};
    return {std::chrono::floor<whole_seconds>(span).count()};
}

template <class Duration>
[[nodiscard]] constexpr unix_time from_chrono(std::chrono::sys_time<Duration> time) noexcept {
    return {from_chrono(time.time_since_epoch()).count};
}

}  // namespace oauthpp::inline v0
