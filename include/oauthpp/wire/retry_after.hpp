// SPDX-License-Identifier: MIT
//
// Retry-After (RFC 9110 10.2.3): when a server wants to be asked again.
//
//   if (auto when = oauthpp::retry_at(tokens.error())) sleep_until(*when);
#pragma once

#include <oauthpp/base/error.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/detail/ascii.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace oauthpp::inline v0 {

/// One of the two forms, or neither where the text is no Retry-After.
struct retry_after {
    std::optional<seconds> delay{};
    std::optional<unix_time> date{};
};

/// Spec: RFC 9110 10.2.3, `Retry-After = HTTP-date / delay-seconds`. Of the dates the form that servers must send is
/// read, `Sun, 06 Nov 1994 08:49:37 GMT` (5.6.7).
[[nodiscard]] constexpr retry_after parse_retry_after(std::string_view text) noexcept;

/// The moment before which a failed request is better not sent again, or nothing if the server named none.
[[nodiscard]] constexpr std::optional<unix_time> retry_at(const error_view& error) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// All of `text` as a decimal number, or -1. What is too large becomes the largest, as RFC 9111 1.2.2 has it.
constexpr std::int32_t decimal(std::string_view text) noexcept {
    std::int32_t value = text.empty() ? -1 : 0;
    for (const char c : text) {
        if (!is_digit(c)) return -1;
        value = value < 214'748'364 ? value * 10 + (c - '0') : INT32_MAX;
    }
    return value;
}

/// Or -1 if the month has no such day. Counted up year by year: a division would pull a library function into the
/// smallest processors.
constexpr std::int32_t days_since_1970(std::int32_t year, std::int32_t month, std::int32_t day) noexcept {
    constexpr unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int32_t days = day - 1;
    std::int32_t in_century = 70;
    std::int32_t century = 19;
    bool leap = false;
    for (std::int32_t each = 1970;; ++each) {
        leap = (in_century & 3) == 0 && (in_century != 0 || (century & 3) == 0);
        if (each == year) break;
        days += leap ? 366 : 365;
        if (++in_century == 100) {
            in_century = 0;
            ++century;
        }
    }
    const auto length = [&](std::int32_t of) { return lengths[of - 1] + (of == 2 && leap ? 1 : 0); };
    for (std::int32_t each = 1; each < month; ++each) days += length(each);
    return day <= length(month) ? days : -1;
}

/// The form of IMF-fixdate: a letter for each `A`, a digit for each `0`, all else as it stands.
constexpr bool is_imf_fixdate(std::string_view text) noexcept {
    constexpr std::string_view form = "AAA, 00 AAA 0000 00:00:00 GMT";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const char c = text[i];
        if (form[i] == 'A' ? !is_alpha(c) : form[i] == '0' ? !is_digit(c) : c != form[i]) return false;
    }
    return true;
}

constexpr std::optional<unix_time> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (!is_imf_fixdate(text)) return std::nullopt;
    std::size_t month = 0;
    while (month < 12 && between(months, month * 3, month * 3 + 3) != between(text, 8, 11)) ++month;
    const std::int32_t day = decimal(between(text, 5, 7));
    const std::int32_t year = decimal(between(text, 12, 16));
    const std::int32_t hour = decimal(between(text, 17, 19));
    const std::int32_t minute = decimal(between(text, 20, 22));
    const std::int32_t second = decimal(between(text, 23, 25));        // 60 at a leap second
    if (month == 12 || day == 0 || year < 1970 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const std::int32_t days = days_since_1970(year, static_cast<std::int32_t>(month) + 1, day);
    if (days < 0) return std::nullopt;
    return unix_time{std::int64_t{days} * 86400 + hour * 3600 + minute * 60 + second};
}

}  // namespace detail

constexpr retry_after parse_retry_after(std::string_view text) noexcept {
    const std::string_view value = detail::trimmed(text);
    if (const std::int32_t delay = detail::decimal(value); delay >= 0) return {.delay = seconds{delay}, .date = {}};
    return {.delay = {}, .date = detail::parse_http_date(value)};
}

constexpr std::optional<unix_time> retry_at(const error_view& error) noexcept {
    const retry_after when = parse_retry_after(error.retry_after);
    return when.delay ? std::optional(error.received_at + *when.delay) : when.date;
}

}  // namespace oauthpp::inline v0
