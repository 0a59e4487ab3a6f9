// SPDX-License-Identifier: MIT
//
// Overwriting memory that held a secret, in a way that the optimiser must not leave out.
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>

namespace oauthpp::inline v0::detail {

constexpr void wipe(char* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = 0;
        return;
    }
    volatile char* each = memory;   // plain stores to memory that dies next may be dropped
    for (std::size_t i = 0; i < size; ++i) each[i] = 0;
}

/// To the capacity: what a longer, earlier content left behind the end goes too.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

}  // namespace oauthpp::inline v0::detail
