// SPDX-License-Identifier: MIT
//
// Secrets as types: never printed or converted by accident, compared in constant time, wiped when they die.
//
//   oauthpp::secret client_secret = read_from_vault();    // takes the string and wipes the source
//   send(client_secret.reveal());                         // the only way out
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/detail/constant_time.hpp>
#include <oauthpp/detail/wipe.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// A secret that owns its bytes.
///
/// Security: wiped to its capacity on death, on assignment and on move (a moved-from std::string keeps its bytes in the
/// small buffer). Never grown in place: a growing string leaves a full copy in freed memory.
class secret {
 public:
    secret() = default;
    template <std::size_t N> secret(const char (&literal)[N]) : text_(literal) {}
    secret(std::string&& taken) : text_(std::move(taken)) { detail::wipe(taken); }
    /// Explicit: the source of a copy stays behind, unwiped.
    explicit secret(std::string_view copied) : text_(copied) {}

    secret(const secret&) = default;
    secret(secret&& other) noexcept : text_(std::move(other.text_)) { detail::wipe(other.text_); }
    secret& operator=(secret other) noexcept {
        detail::wipe(text_);   // a swap would leave the end of a short one in the small buffer
        text_ = std::move(other.text_);
        return *this;
    }
    ~secret() { detail::wipe(text_); }

    [[nodiscard]] std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    friend bool operator==(const secret& a, const secret& b) noexcept {
        return detail::equal_constant_time(a.text_, b.text_);
    }

 private:
    std::string text_;
};

/// A look at a secret in somebody else's memory.
///
/// Lifetime: borrows, and wipes nothing: the memory is its owner's.
class secret_view {
 public:
    constexpr secret_view() = default;
    secret_view(const secret& owned) noexcept : text_(owned.reveal()) {}
    constexpr secret_view(std::string_view text) noexcept : text_(text) {}
    constexpr secret_view(const char* text) noexcept : text_(text) {}
    constexpr secret_view(const std::string& text) noexcept : text_(text) {}

    [[nodiscard]] constexpr std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }
    friend constexpr bool operator==(secret_view a, secret_view b) noexcept {
        return detail::equal_constant_time(a.text_, b.text_);
    }

 private:
    std::string_view text_{};
};

/// A secret of exactly `Size` characters, held inside the object: no heap, wiped on death.
template <std::size_t Size>
class secret_array {
 public:
    constexpr secret_array() = default;
    constexpr explicit secret_array(const std::array<char, Size>& text) noexcept : text_(text) {}
    constexpr secret_array(const secret_array&) = default;
    constexpr secret_array& operator=(const secret_array&) = default;
    constexpr ~secret_array() { wipe(); }

    [[nodiscard]] constexpr std::string_view reveal() const noexcept { return {text_.data(), Size}; }
    [[nodiscard]] constexpr std::array<char, Size>& memory() noexcept { return text_; }
    constexpr operator secret_view() const noexcept { return reveal(); }
    constexpr void wipe() noexcept { detail::wipe(text_.data(), Size); }

 private:
    std::array<char, Size> text_{};
};

}  // namespace oauthpp::inline v0
