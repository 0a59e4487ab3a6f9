// SPDX-License-Identifier: MIT
//
// A source of randomness that cannot fail cannot say that it did.
// EXPECT: oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool
#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <span>

#ifdef OAUTHPP_SHOULD_COMPILE
struct source { bool operator()(std::span<std::byte> out) { return !out.empty(); } };
#else
struct source { void operator()(std::span<std::byte>) {} };
#endif

bool made = static_cast<bool>(oauthpp::make_pkce(source{}));
