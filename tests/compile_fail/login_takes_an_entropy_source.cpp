// SPDX-License-Identifier: MIT
//
// A generator of numbers, seeded with 32 bits, is no source of randomness for a login.
// EXPECT: oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool
#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <random>
#include <span>

#ifdef OAUTHPP_SHOULD_COMPILE
struct { bool operator()(std::span<std::byte> out) { return !out.empty(); } } randomness;
#else
std::mt19937 randomness{std::random_device{}()};
#endif

auto login = oauthpp::start_login({}, {}, {.scope = "openid"}, randomness);
