// SPDX-License-Identifier: MIT
//
// Where a message keeps its texts: `owned` in strings of its own, `borrowed` in the caller's memory. Messages are class
// templates over these two; functions never are: they take the borrowed form, into which the owned one converts.
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/base/secret.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace oauthpp::inline v0 {

/// A borrowed list that can look at a vector, an array, a span, ... of anything that converts to `View`.
///
/// Lifetime: three words into the caller's memory.
template <class View>
class list_view {
 public:
    constexpr list_view() = default;
    template <class Range>
        requires requires(const Range& range) { { *range.data() } -> std::convertible_to<View>; range.size(); }
    constexpr list_view(const Range& range) noexcept
        : data_(range.data()), size_(range.size()), at_([](const void* data, std::size_t i) -> View {
              return static_cast<const std::remove_pointer_t<decltype(range.data())>*>(data)[i];
          }) {}
    template <class T, std::size_t N>
    constexpr list_view(const T (&array)[N]) noexcept : list_view(std::span<const T>(array)) {}

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr View operator[](std::size_t i) const noexcept { return at_(data_, i); }

 private:
    const void* data_{};
    std::size_t size_{};
    View (*at_)(const void*, std::size_t){};
};

/// An owned list: a vector that refuses one brace too many. `{{"a", "b"}}` would be a single string made from two
/// unrelated pointers, which compiles silently and is undefined.
template <class T>
class list : public std::vector<T> {
 public:
    using std::vector<T>::vector;
    list() = default;
    list(std::initializer_list<std::initializer_list<const char*>>)
        requires std::convertible_to<const char*, T> = delete;
};

struct owned {
    using text = std::string;
    using secret = oauthpp::secret;
    template <class T, class View> using list = oauthpp::list<T>;
};

struct borrowed {
    using text = std::string_view;
    using secret = secret_view;
    template <class T, class View> using list = list_view<View>;
};

}  // namespace oauthpp::inline v0
