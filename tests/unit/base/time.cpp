// SPDX-License-Identifier: MIT
//
// Time that stops at the end of its range.
#include <oauthpp/base/time.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>

namespace time_test {
namespace {

using oauthpp::seconds, oauthpp::unix_time;

static_assert(!std::convertible_to<int, seconds>);         // of what?
static_assert(!std::convertible_to<int, unix_time>);
static_assert(!std::convertible_to<seconds, unix_time>);
static_assert(!std::convertible_to<seconds, std::int64_t>);

constexpr std::int64_t sum(std::int64_t time, std::int64_t span) { return (unix_time{time} + seconds{span}).count; }

}  // namespace

TEST_CASE("a time and a span add up to a time") {
    CHECK(sum(1'700'000'000, 3600) == 1'700'003'600);
    CHECK(sum(1'700'000'000, -3600) == 1'699'996'400);
    CHECK(sum(0, 0) == 0);
    CHECK(sum(-5, 5) == 0);
}

TEST_CASE("a sum beyond either end of the range stays at that end") {
    CHECK(sum(INT64_MAX, 1) == INT64_MAX);
    CHECK(sum(INT64_MAX - 1, 1) == INT64_MAX);
    CHECK(sum(INT64_MAX - 1, 2) == INT64_MAX);
    CHECK(sum(1, INT64_MAX) == INT64_MAX);
    CHECK(sum(INT64_MAX, INT64_MAX) == INT64_MAX);
    CHECK(sum(INT64_MIN, -1) == INT64_MIN);
    CHECK(sum(INT64_MIN + 1, -1) == INT64_MIN);
    CHECK(sum(INT64_MIN + 1, -2) == INT64_MIN);
    CHECK(sum(-1, INT64_MIN) == INT64_MIN);
    CHECK(sum(INT64_MIN, INT64_MIN) == INT64_MIN);
    CHECK(sum(INT64_MAX, INT64_MIN) == -1);
    CHECK(sum(INT64_MIN, INT64_MAX) == -1);
}

TEST_CASE("times and spans are ordered by their count") {
    CHECK(unix_time{1} < unix_time{2});
    CHECK(unix_time{-1} < unix_time{0});
    CHECK(unix_time{3} == unix_time{3});
    CHECK(seconds{60} > seconds{59});
    CHECK(seconds{} == seconds{0});
}

TEST_CASE("time stays at the end of its range, and reaches it") {
    using oauthpp::seconds, oauthpp::unix_time;
    CHECK((unix_time{INT64_MAX} + seconds{0}).count == INT64_MAX);
    CHECK((unix_time{INT64_MIN} + seconds{0}).count == INT64_MIN);
    CHECK((unix_time{INT64_MAX - 5} + seconds{5}).count == INT64_MAX);
    CHECK((unix_time{INT64_MAX - 5} + seconds{4}).count == INT64_MAX - 1);
    CHECK((unix_time{INT64_MAX - 5} + seconds{6}).count == INT64_MAX);
    CHECK((unix_time{INT64_MIN + 5} + seconds{-5}).count == INT64_MIN);
    CHECK((unix_time{INT64_MIN + 5} + seconds{-4}).count == INT64_MIN + 1);
    CHECK((unix_time{INT64_MIN + 5} + seconds{-6}).count == INT64_MIN);
}

}  // namespace time_test
