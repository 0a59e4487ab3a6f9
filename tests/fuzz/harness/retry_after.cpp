// SPDX-License-Identifier: MIT
//
// Retry-After: a date is the one that the C library writes so, and the other way round.
#include "../fuzz.hpp"

#include <ctime>

namespace fuzzing::retry_after {

/// IMF-fixdate without the day of the week.
std::string date_of(std::int64_t time) {
    const auto seconds = static_cast<std::time_t>(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%d %b %Y %H:%M:%S GMT", &parts)};
}

void check_delay(std::string_view text, std::int64_t delay) {
    while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
    require(text == std::to_string(delay) || (delay == INT32_MAX && text.size() >= 10));
}

int fuzz(bytes input) {
    const exact text(text_of(input));
    const auto parsed = oauthpp::parse_retry_after(text.text());
    const std::string_view trimmed = oauthpp::detail::trimmed(text.text());
    require(!parsed.delay || !parsed.date);
    if (parsed.delay) check_delay(trimmed, parsed.delay->count);
    const bool leap_second = trimmed.ends_with(":60 GMT");
    if (parsed.date && !leap_second) require(date_of(parsed.date->count) == trimmed.substr(5));
    oauthpp::error_view error(oauthpp::errc::throttled);
    error.retry_after = text.text();
    error.received_at = {INT64_MAX - 1};
    require(oauthpp::retry_at(error).has_value() == (parsed.delay || parsed.date));

    std::uint64_t number = 0;
    for (const std::uint8_t byte : input) number = number * 256 + byte;
    const auto time = static_cast<std::int64_t>(number % 253'402'300'800);      // until the end of the year 9999
    const auto back = oauthpp::parse_retry_after("Mon, " + date_of(time));
    require(back.date && back.date->count == time);
    return 0;
}

const harness here("retry_after", fuzz);

}  // namespace fuzzing::retry_after
