// SPDX-License-Identifier: MIT
//
// What may be a source of randomness. What may not, and in which words it is refused, is in tests/compile_fail.
#include <oauthpp/crypto/entropy.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>

namespace entropy_test {
namespace {

struct returns_nothing { void operator()(std::span<std::byte>) {} };
struct returns_a_number { int operator()(std::span<std::byte>) { return 0; } };
struct takes_nothing { bool operator()() { return true; } };
struct fills_characters { bool operator()(std::span<char>) { return true; } };

static_assert(!oauthpp::entropy_source<int>);
static_assert(!oauthpp::entropy_source<returns_nothing>);
static_assert(!oauthpp::entropy_source<returns_a_number>);
static_assert(!oauthpp::entropy_source<takes_nothing>);
static_assert(!oauthpp::entropy_source<fills_characters>);

bool plain_function(std::span<std::byte> out) { return out.empty(); }

/// The smallest source: it needs no state, no base class and no names.
struct exemplar {
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = std::byte{42};
        return true;
    }
};

}  // namespace

TEST_CASE("an object, a lambda and a function can be a source") {
    static_assert(oauthpp::entropy_source<exemplar>);
    static_assert(oauthpp::entropy_source<decltype(plain_function)>);
    const auto lambda = [](std::span<std::byte>) { return false; };
    static_assert(oauthpp::entropy_source<decltype(lambda)>);

    std::byte memory[3]{};
    CHECK(exemplar()(memory));
    CHECK(memory[2] == std::byte{42});
    CHECK_FALSE(lambda(memory));
    CHECK_FALSE(plain_function(memory));
}

}  // namespace entropy_test
