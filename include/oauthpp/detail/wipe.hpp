// SPDX-License-Identifier: MIT
//
// Overwriting memory that held a secret, in a way that the optimiser must not leave out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0::detail {

template <class T>
constexpr void wipe(T* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = T{};
        return;
    }
    volatile T* each = memory;   // plain stores to memory that dies next may be dropped
    for (std::size_t i = 0; i < size; ++i) each[i] = T{};
}

/// To the capacity: what a longer, earlier content left behind the end goes too.
inline void wipe(std::string& text) noexcept {
    text.assign(text.capacity(), '\0');
#ifdef __GNUC__
    asm volatile("" : : "r"(text.data()) : "memory");   // somebody may look at it now, so it must have been written
#else
    wipe(text.data(), text.size());
#endif
    text.clear();
}

/// A string to work in, which may hold secrets.
struct scratch {
    explicit scratch(std::string_view copied) : text(copied) {}
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() { wipe(text); }
    std::string text;
};

}  // namespace oauthpp::inline v0::detail
