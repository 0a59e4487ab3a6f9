// SPDX-License-Identifier: MIT
//
// Writing into memory that the caller lends. When it is full the writer counts on, so it knows what would have done.
//
//   std::array<char, 768> memory;
//   oauthpp::buffer_writer out{memory};
//   auto url = oauthpp::write_authorization_url(out, endpoint, request);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/wipe.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0 {

/// Several messages may follow one another in one buffer.
///
/// Lifetime: what it returns are views into the lent memory.
class buffer_writer {
 public:
    constexpr explicit buffer_writer(std::span<char> memory) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    constexpr void append(std::string_view text) noexcept {
        if (fits() && text.size() <= capacity_ - size_) copy(text);
        size_ = text.size() <= SIZE_MAX - size_ ? size_ + text.size() : SIZE_MAX;   // never round to small again
    }
    constexpr void append(char c) noexcept { append(std::string_view(&c, 1)); }

    [[nodiscard]] constexpr bool fits() const noexcept { return size_ <= capacity_; }
    /// Bytes written, or those that would have been enough.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr std::string_view written_since(std::size_t mark) const noexcept {
        return fits() ? std::string_view(memory_ + mark, size_ - mark) : std::string_view();
    }

    /// Takes back what was written since `mark` and leaves nothing of it behind.
    constexpr void take_back(std::size_t mark) noexcept {
        if (mark < capacity_) detail::wipe(memory_ + mark, (fits() ? size_ : capacity_) - mark);
        size_ = mark;
    }

 private:
    constexpr void copy(std::string_view text) noexcept {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < text.size(); ++i) memory_[size_ + i] = text[i];
        } else if (!text.empty()) {
            std::memcpy(memory_ + size_, text.data(), text.size());
        }
    }

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
};

namespace detail {

/// Turns `made` into the error that says how much would have been enough, if it did not fit; then nothing is left behind.
template <class T>
constexpr void finish(buffer_writer& out, std::size_t mark, result<T, error_view>& made) noexcept {
    if (out.fits()) return;
    made = failure{errc::buffer_too_small};
    made.error().needed = out.size();
    out.take_back(mark);
}

/// What was written, or, if it did not fit, the error.
constexpr result<std::string_view, error_view> finish(buffer_writer& out, std::size_t mark) {
    result<std::string_view, error_view> written(out.written_since(mark));
    finish(out, mark, written);
    return written;
}

/// Runs `write` into memory on the stack, and once more into a string of exactly the size if that was not enough. One
/// allocation, and no growing string that would leave copies of a secret behind.
template <class Write>
result<std::string> write_to_string(const Write& write) {
    std::array<char, 2048> memory;
    buffer_writer first{memory};
    const auto measured = write(first);
    if (measured) {
        std::string text(first.written_since(0));
        first.take_back(0);
        return text;
    }
    if (measured.error().reason != errc::buffer_too_small) return measured.error();
    std::string text(measured.error().needed, '\0');
    buffer_writer out{text};
    if (const auto written = write(out); !written) return written.error();
    return text;
}

/// In decimal. By shifts, since a division of 64 bits pulls a kilobyte of library into a microcontroller.
constexpr void append_decimal(buffer_writer& out, std::uint64_t value) noexcept {
    char digits[20]{};
    std::size_t first = sizeof digits;
    do {
        std::uint64_t tenth = (value >> 1) + (value >> 2);
        tenth += tenth >> 4;
        tenth += tenth >> 8;
        tenth += tenth >> 16;
        tenth += tenth >> 32;
        tenth >>= 3;
        auto rest = static_cast<unsigned>(value - tenth * 10);
        if (rest > 9) { ++tenth; rest -= 10; }
        digits[--first] = static_cast<char>('0' + rest);
        value = tenth;
    } while (value != 0);
    out.append({digits + first, sizeof digits - first});
}

}  // namespace detail
}  // namespace oauthpp::inline v0
