// SPDX-License-Identifier: MIT
//
// What went wrong, where, and who must act. No secret ever enters an error.
//
//   if (!tokens) switch (tokens.error().action()) {
//       case oauthpp::remedy::sign_in_again: ...
//   }
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/base/errc.hpp>
#include <oauthpp/base/remedy.hpp>
#include <oauthpp/base/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// A text of the library's own, which never dies, by its address alone: as views, a hundred of them would be measured
/// where they stand.
class literal {
 public:
    constexpr literal() = default;
    constexpr literal(const char* text) noexcept : text_(text) {}

    constexpr operator std::string_view() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return *text_ == '\0'; }
    [[nodiscard]] constexpr const char* data() const noexcept { return text_; }
    friend constexpr bool operator==(literal a, std::string_view b) noexcept { return std::string_view(a) == b; }
    friend constexpr bool operator==(literal a, literal b) noexcept { return a == std::string_view(b); }
    friend constexpr bool operator==(literal a, const char* b) noexcept { return a == std::string_view(b); }

 private:
    const char* text_ = "";
};

namespace detail {

/// Why a check failed, inside the library: an error_view is ten times as large.
struct failure {
    errc reason{};
    literal field{};
    std::size_t offset{};

    /// False: what a check gives that ends with it.
    constexpr bool set(errc why, literal where = {}, std::size_t at = 0) noexcept {
        reason = why;
        field = where;
        offset = at;
        return false;
    }
    [[nodiscard]] constexpr bool failed() const noexcept { return reason != errc::none; }
};

}  // namespace detail

/// An error without a heap.
///
/// Lifetime: `field` is a literal; the server's and the transport's texts are views into the bytes that were parsed.
/// Security: these texts are untrusted and may hold anything; `describe` makes them fit for a terminal or a log.
struct error_view {
    errc reason{};
    remedy known_action{};             ///< set by who knows better than reason, server's error and status do
    resend again{};
    std::uint16_t http_status{};       ///< 0: there was no response
    std::int32_t transport_code{};     ///< the HTTP stack's own number for its failure
    literal field{};                   ///< the parameter, member or header that was wrong
    std::size_t offset{};              ///< bytes from the start of what was parsed
    std::size_t needed{};              ///< with errc::buffer_too_small: bytes that would have been enough
    unix_time received_at{};           ///< set by flows: what Retry-After counts from

    std::string_view server_error{};         ///< `error`, RFC 6749 4.1.2.1 and 5.2
    std::string_view server_description{};   ///< `error_description`
    std::string_view server_uri{};           ///< `error_uri`
    std::string_view suberror{};             ///< Microsoft: the finer reason
    std::string_view claims{};               ///< Microsoft: JSON to pass to the next authorization request
    std::string_view error_codes{};          ///< Microsoft: the AADSTS numbers as a JSON array
    std::string_view trace_id{};             ///< Microsoft: ask for support with these three
    std::string_view correlation_id{};
    std::string_view timestamp{};
    std::string_view retry_after{};          ///< Retry-After as received; `retry_at` reads it
    std::string_view transport_text{};       ///< the HTTP stack's own words

    constexpr error_view() = default;
    constexpr error_view(errc why, literal where = {}, std::size_t at = 0) noexcept : reason(why), field(where), offset(at) {}
    constexpr error_view(const detail::failure& why) noexcept : reason(why.reason), field(why.field), offset(why.offset) {}

    /// Who must act.
    [[nodiscard]] constexpr remedy action() const noexcept {
        if (known_action != remedy::none) return known_action;
        if (reason == errc::server_refused) return remedy_for(server_error, suberror, http_status);
        if (http_status >= 500) return remedy::retry_later;
        return http_status >= 300 && reason != errc::throttled ? remedy::fix_configuration : usual_remedy(reason);
    }
};

/// The same with the server's words kept: one allocation, only if there are any.
class error {
 public:
    error(const error_view& what) : what_(what) {
        std::size_t size = 0;
        for (const auto text : texts) size += (what.*text).size();
        words_.reserve(size);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            words_.append(what.*texts[i]);
            ends_[i] = static_cast<std::uint32_t>(words_.size());
            what_.*texts[i] = {};
        }
    }
    error(errc reason) : error(error_view(reason)) {}

    [[nodiscard]] errc reason() const noexcept { return what_.reason; }
    [[nodiscard]] remedy action() const noexcept { return view().action(); }
    [[nodiscard]] resend again() const noexcept { return what_.again; }
    [[nodiscard]] int http_status() const noexcept { return what_.http_status; }
    [[nodiscard]] std::int32_t transport_code() const noexcept { return what_.transport_code; }
    [[nodiscard]] std::string_view field() const noexcept { return what_.field; }
    [[nodiscard]] std::size_t offset() const noexcept { return what_.offset; }
    [[nodiscard]] std::size_t needed() const noexcept { return what_.needed; }
    [[nodiscard]] unix_time received_at() const noexcept { return what_.received_at; }
    [[nodiscard]] std::string_view server_error() const noexcept { return text(0); }
    [[nodiscard]] std::string_view server_description() const noexcept { return text(1); }
    [[nodiscard]] std::string_view server_uri() const noexcept { return text(2); }
    [[nodiscard]] std::string_view suberror() const noexcept { return text(3); }
    [[nodiscard]] std::string_view claims() const noexcept { return text(4); }
    [[nodiscard]] std::string_view error_codes() const noexcept { return text(5); }
    [[nodiscard]] std::string_view trace_id() const noexcept { return text(6); }
    [[nodiscard]] std::string_view correlation_id() const noexcept { return text(7); }
    [[nodiscard]] std::string_view timestamp() const noexcept { return text(8); }
    [[nodiscard]] std::string_view retry_after() const noexcept { return text(9); }
    [[nodiscard]] std::string_view transport_text() const noexcept { return text(10); }

    /// Lifetime: views into this error.
    operator error_view() const noexcept { return view(); }
    [[nodiscard]] error_view view() const noexcept {
        error_view all = what_;
        for (std::size_t i = 0; i < texts.size(); ++i) all.*texts[i] = text(i);
        return all;
    }

 private:
    static constexpr std::array<std::string_view error_view::*, 11> texts{
        &error_view::server_error,   &error_view::server_description, &error_view::server_uri,
        &error_view::suberror,       &error_view::claims,             &error_view::error_codes,
        &error_view::trace_id,       &error_view::correlation_id,     &error_view::timestamp,
        &error_view::retry_after,    &error_view::transport_text,
    };

    [[nodiscard]] std::string_view text(std::size_t i) const noexcept {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        if (ends_[i] > words_.size()) return {};   // moved from
        return {words_.data() + begin, ends_[i] - begin};
    }

    error_view what_;
    std::string words_;
    std::array<std::uint32_t, 11> ends_{};
};

}  // namespace oauthpp::inline v0
