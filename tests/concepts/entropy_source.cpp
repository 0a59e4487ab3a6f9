// SPDX-License-Identifier: MIT
//
// The smallest sources of randomness, and what looks like one and is none.
#include <oauthpp/crypto/entropy.hpp>

#include <cstddef>
#include <random>
#include <span>

namespace entropy_source_exemplar {

using oauthpp::entropy_source;

struct smallest { bool operator()(std::span<std::byte>); };
static_assert(entropy_source<smallest>);
static_assert(entropy_source<bool (*)(std::span<std::byte>)>);
static_assert(entropy_source<decltype([](std::span<std::byte>) { return false; })>);

struct constant { bool operator()(std::span<std::byte>) const; };
static_assert(entropy_source<constant> && entropy_source<const constant>);
static_assert(!entropy_source<const smallest>);

// Randomness as the standard library has it: numbers, mostly from a seed of 32 bits.
static_assert(!entropy_source<std::mt19937>);
static_assert(!entropy_source<std::random_device>);

struct cannot_fail { void operator()(std::span<std::byte>); };
struct counts_bytes { std::size_t operator()(std::span<std::byte>); };       // as read() does: its -1 would be true
struct fills_other_bytes { bool operator()(std::span<unsigned char>); };
struct takes_a_pointer { bool operator()(std::byte*, std::size_t); };
struct is_named { bool fill(std::span<std::byte>); };
static_assert(!entropy_source<cannot_fail>);
static_assert(!entropy_source<counts_bytes>);
static_assert(!entropy_source<fills_other_bytes>);
static_assert(!entropy_source<takes_a_pointer>);
static_assert(!entropy_source<is_named>);

}  // namespace entropy_source_exemplar
