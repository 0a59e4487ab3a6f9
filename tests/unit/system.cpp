// SPDX-License-Identifier: MIT
//
// The operating system's randomness and clock, on every system that has them.
#if defined(__unix__) || defined(__APPLE__) || defined(_WIN32) || defined(__wasi__)
#include <oauthpp/system.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <set>
#include <span>
#include <type_traits>
#include <vector>

#if defined(__unix__)
#include <csignal>
#include <sys/time.h>
#endif

namespace system_test {
namespace {

using oauthpp::seconds, oauthpp::system_clock, oauthpp::system_entropy, oauthpp::unix_time;

static_assert(oauthpp::entropy_source<system_entropy> && oauthpp::entropy_source<const system_entropy>);
static_assert(std::is_empty_v<system_entropy> && std::is_empty_v<system_clock>);

TEST_CASE("system: the entropy source fills every byte, also beyond what the system gives at once") {
    for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 512U, 1000U}) {
        CAPTURE(size);
        // Each byte stays 0 in all of 8 fillings with a probability of 2^-64.
        std::vector<std::byte> seen(size + 1), once(size + 1);
        for (int i = 0; i < 8; ++i) {
            CHECK(system_entropy{}(std::span(once).first(size)));
            for (std::size_t at = 0; at <= size; ++at) seen[at] |= once[at];
        }
        CHECK(std::count(seen.begin(), seen.end(), std::byte{}) == 1);
        CHECK(seen[size] == std::byte{});   // the one behind the end
    }
}

TEST_CASE("system: no value of the entropy source comes twice [rfc6749-10.10-entropy]") {
    std::set<std::array<std::byte, 32>> values;
    for (int i = 0; i < 10'000; ++i) {
        std::array<std::byte, 32> value{};
        REQUIRE(system_entropy{}(value));
        values.insert(value);
    }
    CHECK(values.size() == 10'000);
}

TEST_CASE("system: the clock shows the time since 1970") {
    const auto before = static_cast<std::int64_t>(std::time(nullptr));
    const unix_time now = system_clock{}.now();
    CHECK(now.count >= before);
    CHECK(now.count <= before + 2);
    CHECK(now > unix_time{1'700'000'000});
}

TEST_CASE("system: waiting ends when the clock shows the time, and at once if it has passed") {
    const system_clock clock;
    const auto milliseconds_until = [](unix_time when) {
        const auto begin = std::chrono::steady_clock::now();
        system_clock{}.wait_until(when);
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
    };
    CHECK(milliseconds_until(clock.now()) < 500);
    CHECK(milliseconds_until({INT64_MIN}) < 500);
    CHECK(milliseconds_until({-1}) < 500);

    const unix_time when = clock.now() + seconds{2};
    const auto waited = milliseconds_until(when);
    CHECK(clock.now() >= when);
    CHECK(waited > 900);     // the second that ran already may be almost over
    CHECK(waited < 2500);
}

#if defined(__unix__)
TEST_CASE("system: a signal does not end the waiting") {
    static volatile std::sig_atomic_t signals = 0;
    const auto before = std::signal(SIGALRM, [](int) { signals = signals + 1; });
    const itimerval every_50_ms{{0, 50'000}, {0, 50'000}}, never{};
    ::setitimer(ITIMER_REAL, &every_50_ms, nullptr);
    const system_clock clock;
    const unix_time when = clock.now() + seconds{2};
    clock.wait_until(when);
    CHECK(clock.now() >= when);
    ::setitimer(ITIMER_REAL, &never, nullptr);
    std::signal(SIGALRM, before);
    CHECK(signals > 0);
}
#endif

}  // namespace
}  // namespace system_test
#endif
