// SPDX-License-Identifier: MIT
//
// Randomness comes from the caller: a function object that fills bytes and says whether it could.
//
//   struct my_entropy { bool operator()(std::span<std::byte> out) { return ask_hardware(out.data(), out.size()); } };
//   static_assert(oauthpp::entropy_source<my_entropy>);
#pragma once

#include <oauthpp/version.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace oauthpp::inline v0 {

/// Security: everything that must be unguessable is made from it, so it must be a cryptographic source (RFC 9700
/// 4.7.1, RFC 6749 10.10). A std::mt19937 with one 32-bit seed has four thousand million outputs, not 2^256.
template <class Source>
concept entropy_source = requires(Source& source, std::span<std::byte> out) {
    { source(out) } -> std::same_as<bool>;
};

/// The operating system's source. Declared here, defined by <oauthpp/system.hpp>: the core itself asks nobody.
struct system_entropy;

namespace detail {

template <class T>
concept complete = std::is_function_v<T> || requires { sizeof(T); };

template <class Source>
consteval bool check_entropy_source() {
    if constexpr (!complete<Source>) {
        static_assert(complete<Source>,
                      "oauthpp: include <oauthpp/system.hpp>, or pass an entropy source as the last argument");
    } else {
        static_assert(entropy_source<Source>,
                      "oauthpp::entropy_source: operator()(std::span<std::byte>) must fill it and return bool");
    }
    return true;
}

}  // namespace detail
}  // namespace oauthpp::inline v0
