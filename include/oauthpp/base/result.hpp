// SPDX-License-Identifier: MIT
//
// A value or an error; true means success.
//
//   auto url = oauthpp::authorization_url(endpoint, {.client_id = id, .state = state});
//   if (!url) return report(url.error());
//   open_browser(*url);
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/base/error.hpp>
#include <oauthpp/detail/assert.hpp>

#include <concepts>
#include <optional>   // brings std::construct_at for a tenth of what <memory> costs to compile
#include <utility>

namespace oauthpp::inline v0 {

/// What every builder and parser returns. `E` is `error` where a heap may be used and `error_view` where not.
///
/// A union by hand: std::variant costs ten milliseconds of compile time for each T.
template <class T, class E = oauthpp::error>
class [[nodiscard]] result {
 public:
    using value_type = T;
    using error_type = E;

    // By reference, since a copy by the way is what fills a small stack
    constexpr result(const T& value) : value_(value), ok_(true) {}
    constexpr result(T&& value) : value_(std::move(value)), ok_(true) {}
    constexpr result(const E& error) : error_(error), ok_(false) {}
    constexpr result(E&& error) : error_(std::move(error)), ok_(false) {}
    constexpr result(errc reason) : error_(error_view(reason)), ok_(false) {}
    constexpr result(const detail::failure& failure) : error_(error_view(failure)), ok_(false) {}
    constexpr result(const error_view& error) requires(!std::same_as<E, error_view>) : error_(error), ok_(false) {}

    constexpr result(const result& other) : ok_(other.ok_) {
        if (ok_) std::construct_at(&value_, other.value_);
        else std::construct_at(&error_, other.error_);
    }
    constexpr result(result&& other) noexcept : ok_(other.ok_) { take(std::move(other)); }
    constexpr result& operator=(const result& other) { return *this = result(other); }
    constexpr result& operator=(result&& other) noexcept {
        if (this != &other) {
            drop();
            ok_ = other.ok_;
            take(std::move(other));
        }
        return *this;
    }
    template <std::same_as<E> Error>
    constexpr result& operator=(const Error& error) { return become(error); }
    constexpr result& operator=(const detail::failure& failure) { return become(failure); }
    constexpr ~result() { drop(); }

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return ok_; }

    /// Only after a look: reading the value of a failure is a mistake in the program.
    [[nodiscard]] constexpr T& operator*() & noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr const T& operator*() const& noexcept { OAUTHPP_ASSERT(ok_); return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept { OAUTHPP_ASSERT(ok_); return std::move(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept { OAUTHPP_ASSERT(ok_); return &value_; }
    [[nodiscard]] constexpr const T* operator->() const noexcept { OAUTHPP_ASSERT(ok_); return &value_; }

    [[nodiscard]] constexpr E& error() & noexcept { OAUTHPP_ASSERT(!ok_); return error_; }
    [[nodiscard]] constexpr const E& error() const& noexcept { OAUTHPP_ASSERT(!ok_); return error_; }
    [[nodiscard]] constexpr E&& error() && noexcept { OAUTHPP_ASSERT(!ok_); return std::move(error_); }

 private:
    /// Without a second error on the way. `cause` must not be this result's own.
    constexpr result& become(const auto& cause) {
        drop();
        ok_ = false;
        std::construct_at(&error_, cause);
        return *this;
    }
    constexpr void take(result&& other) noexcept {
        if (ok_) std::construct_at(&value_, std::move(other.value_));
        else std::construct_at(&error_, std::move(other.error_));
    }
    constexpr void drop() noexcept {
        if (ok_) value_.~T();
        else error_.~E();
    }

    union {
        T value_;
        E error_;
    };
    bool ok_;
};

}  // namespace oauthpp::inline v0
