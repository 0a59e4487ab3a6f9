// SPDX-License-Identifier: MIT
//
// A source of randomness fills bytes; a generator of numbers is none.
// EXPECT: oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool
#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <span>

#ifdef OAUTHPP_SHOULD_COMPILE
struct source { bool operator()(std::span<std::byte> out) { return !out.empty(); } };
#else
struct source { unsigned operator()() { return 4; } };
#endif

bool made = static_cast<bool>(oauthpp::make_pkce(source{}));
