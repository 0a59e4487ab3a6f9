// SPDX-License-Identifier: MIT
//
// Whether an access token is about to end.
#include <oauthpp/flow/tokens.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <ostream>

namespace tokens_test {
namespace {

using oauthpp::seconds, oauthpp::tokens, oauthpp::unix_time;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

bool expires_within(std::int64_t expires_at, std::int64_t now, std::int64_t leeway) {
    tokens held;
    held.expires_at = unix_time{expires_at};
    return held.expires_within({now}, seconds{leeway});
}

}  // namespace

TEST_CASE("a token ends within the leeway from its first second on") {
    CHECK_FALSE(expires_within(1000, 699, 300));
    CHECK(expires_within(1000, 700, 300));
    CHECK(expires_within(1000, 1001, 300));
    CHECK_FALSE(expires_within(1000, 999, 0));
    CHECK(expires_within(1000, 1000, 0));
    CHECK_FALSE(expires_within(1000, 1000, -1));
    CHECK(expires_within(1000, 1001, -1));
}

TEST_CASE("a token whose end the server did not say is never known to end") {
    const tokens held;
    CHECK_FALSE(held.expires_within({0}, seconds{0}));
    CHECK_FALSE(held.expires_within({most}, seconds{most}));
}

TEST_CASE("at the ends of time nothing wraps round") {
    CHECK(expires_within(1000, 1, most));
    CHECK(expires_within(1000, most, most));
    CHECK(expires_within(most, most, 1));
    CHECK_FALSE(expires_within(1000, -1, least));
    CHECK_FALSE(expires_within(most, 0, most - 1));
    CHECK(expires_within(least, least, least));
}

}  // namespace tokens_test
