// SPDX-License-Identifier: MIT
//
// Memory for one object, to look into while it lives and after its death.
#pragma once

#include <cstddef>
#include <new>
#include <string_view>
#include <utility>

namespace oauthpp_test {

template <class T>
class storage_of {
 public:
    template <class... Arguments>
    T& make(Arguments&&... arguments) {
        return *::new (static_cast<void*>(memory_)) T(std::forward<Arguments>(arguments)...);
    }

    /// Whether these bytes stand anywhere in it. Read as volatile: of a dead object a compiler may assume anything.
    [[nodiscard]] bool holds(std::string_view bytes) const {
        const volatile unsigned char* memory = memory_;
        for (std::size_t at = 0; at + bytes.size() <= sizeof(T); ++at) {
            std::size_t same = 0;
            while (same < bytes.size() && memory[at + same] == static_cast<unsigned char>(bytes[same])) ++same;
            if (same == bytes.size()) return true;
        }
        return false;
    }

    /// Whether every byte is the same in both.
    [[nodiscard]] bool same_as(const storage_of& other) const {
        const volatile unsigned char* ours = memory_;
        const volatile unsigned char* theirs = other.memory_;
        std::size_t same = 0;
        while (same < sizeof(T) && ours[same] == theirs[same]) ++same;
        return same == sizeof(T);
    }

 private:
    alignas(T) unsigned char memory_[sizeof(T)]{};
};

}  // namespace oauthpp_test
