// SPDX-License-Identifier: MIT
//
// Time as the protocol counts it: whole seconds. The library reads no clock; the time is always an argument.
//
//   tokens.expires_within(now, oauthpp::seconds{300})
#pragma once

#include <oauthpp/version.hpp>

#include <compare>
#include <cstdint>

namespace oauthpp::inline v0 {

/// A span of time. A plain number does not become one by accident.
struct seconds {
    std::int64_t count{};
    friend constexpr auto operator<=>(seconds, seconds) = default;
};

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct unix_time {
    std::int64_t count{};
    friend constexpr auto operator<=>(unix_time, unix_time) = default;
};

/// The operating system's clock. Declared here, defined by <oauthpp/system.hpp>: the core itself asks nobody.
struct system_clock;

/// Stays at the end of the range instead of wrapping round to the past.
constexpr unix_time operator+(unix_time time, seconds span) noexcept {
    if (span.count > 0 && time.count > INT64_MAX - span.count) return {INT64_MAX};
    if (span.count < 0 && time.count < INT64_MIN - span.count) return {INT64_MIN};
    return {time.count + span.count};
}

}  // namespace oauthpp::inline v0
