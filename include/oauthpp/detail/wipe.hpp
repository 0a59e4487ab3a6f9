// SPDX-License-Identifier: MIT
//
// Overwriting memory that held a secret, in a way that the optimiser must not leave out.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0::detail {

/// Nothing of this memory stays in registers, from which a compiler could spill it to a stack that nobody wipes; and what
/// was written to it has been written, for somebody may look. Without GCC's `asm` it does nothing.
template <class T>
constexpr void settle(T* memory) noexcept {
#ifdef __GNUC__
    if (!std::is_constant_evaluated()) asm volatile("" : : "r"(memory) : "memory");
#else
    static_cast<void>(memory);
#endif
}

template <class T>
    requires std::is_trivially_copyable_v<T>
constexpr void wipe(T* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = T{};
        return;
    }
#ifdef __GNUC__
    std::memset(memory, 0, size * sizeof(T));
    settle(memory);
#else
    volatile T* each = memory;   // plain stores to memory that dies next may be dropped
    for (std::size_t i = 0; i < size; ++i) each[i] = T{};
#endif
}

/// To the capacity: what a longer, earlier content left behind the end goes too.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

/// Memory to work in, which may hold secrets. Where stacks are large, a message of usual size lies there.
struct scratch {
    explicit scratch(std::size_t size)
        : large_(size > small_.size() ? size : 0, '\0'),
          text(size > small_.size() ? std::span<char>(large_) : std::span<char>(small_).first(size)) {}
    explicit scratch(std::string_view copied) : scratch(copied.size()) { copied.copy(text.data(), text.size()); }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() { wipe(text.data(), text.size()); }

 private:
    std::array<char, sizeof(void*) >= 8 ? 8192 : 256> small_;
    std::string large_;

 public:
    const std::span<char> text;
};

}  // namespace oauthpp::inline v0::detail
