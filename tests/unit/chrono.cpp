// SPDX-License-Identifier: MIT
//
// Time to and from std::chrono keeps its value where it fits, and the nearest end of the range where it does not.
#include <oauthpp/chrono.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>
#include <type_traits>

namespace chrono_test {
namespace {

using oauthpp::from_chrono, oauthpp::to_chrono, oauthpp::seconds, oauthpp::unix_time;
using namespace std::chrono_literals;

static_assert(std::is_same_v<decltype(to_chrono(seconds{})), std::chrono::seconds>);
static_assert(std::is_same_v<decltype(to_chrono(unix_time{})), std::chrono::sys_seconds>);
static_assert(std::is_same_v<decltype(from_chrono(1h)), seconds>);
static_assert(std::is_same_v<decltype(from_chrono(std::chrono::system_clock::now())), unix_time>);

// A monotonic clock does not tell the date.
template <class Time>
concept convertible = requires(Time time) { from_chrono(time); };
static_assert(convertible<std::chrono::system_clock::time_point>);
static_assert(!convertible<std::chrono::steady_clock::time_point>);

TEST_CASE("chrono: whole seconds go both ways") {
    for (const std::int64_t count : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, INT64_MAX, INT64_MIN}) {
        CAPTURE(count);
        CHECK(to_chrono(seconds{count}).count() == count);
        CHECK(from_chrono(std::chrono::seconds(count)) == seconds{count});
        CHECK(to_chrono(unix_time{count}).time_since_epoch().count() == count);
        CHECK(from_chrono(std::chrono::sys_seconds(std::chrono::seconds(count))) == unix_time{count});
    }
}

TEST_CASE("chrono: the epoch is that of Unix") {
    using namespace std::chrono;
    CHECK(to_chrono(unix_time{1'300'819'380}) == sys_days(2011y / March / 22) + 18h + 43min);   // RFC 7519 3.1: exp
    CHECK(from_chrono(sys_days(2000y / January / 1)) == unix_time{946'684'800});
    CHECK(from_chrono(sys_days(1969y / December / 31)) == unix_time{-86'400});
}

TEST_CASE("chrono: parts of a second round down, below zero too") {
    CHECK(from_chrono(1999ms) == seconds{1});
    CHECK(from_chrono(-1ms) == seconds{-1});
    CHECK(from_chrono(-1000ms) == seconds{-1});
    CHECK(from_chrono(2.9s) == seconds{2});
    CHECK(from_chrono(std::chrono::nanoseconds::min()) == seconds{-9'223'372'037});
    CHECK(from_chrono(std::chrono::sys_time<std::chrono::milliseconds>(-1ms)) == unix_time{-1});
}

TEST_CASE("chrono: longer units") {
    CHECK(from_chrono(2h) == seconds{7200});
    CHECK(from_chrono(std::chrono::duration<unsigned char, std::ratio<60>>(255)) == seconds{15'300});
}

TEST_CASE("chrono: what is out of range stays at its end") {
    using long_hours = std::chrono::duration<std::int64_t, std::ratio<3600>>;
    using real = std::chrono::duration<double>;
    using limits = std::numeric_limits<double>;
    CHECK(from_chrono(long_hours::max()) == seconds{INT64_MAX});
    CHECK(from_chrono(long_hours::min()) == seconds{INT64_MIN});
    CHECK(from_chrono(real(9.3e18)) == seconds{INT64_MAX});
    CHECK(from_chrono(real(0x1p63)) == seconds{INT64_MAX});
    CHECK(from_chrono(real(-0x1p63)) == seconds{INT64_MIN});
    CHECK(from_chrono(real(limits::infinity())) == seconds{INT64_MAX});
    CHECK(from_chrono(real(-limits::infinity())) == seconds{INT64_MIN});
    CHECK(from_chrono(real(limits::quiet_NaN())) == seconds{INT64_MIN});
    CHECK(from_chrono(std::chrono::sys_time<long_hours>(long_hours::max())) == unix_time{INT64_MAX});
}

}  // namespace
}  // namespace chrono_test
