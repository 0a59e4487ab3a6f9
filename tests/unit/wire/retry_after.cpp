// SPDX-License-Identifier: MIT
//
// Retry-After: the two forms of RFC 9110 10.2.3 by its own examples, and what is neither.
#include <oauthpp/wire/retry_after.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace retry_after_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::error_view, oauthpp::parse_retry_after, oauthpp::retry_at, oauthpp::unix_time;

std::int64_t delay(std::string_view text) {
    const auto parsed = parse_retry_after(text);
    CHECK_FALSE(parsed.date);
    return parsed.delay ? parsed.delay->count : -1;
}

std::int64_t date(std::string_view text) {
    const auto parsed = parse_retry_after(text);
    CHECK_FALSE(parsed.delay);
    return parsed.date ? parsed.date->count : -1;
}

bool is_neither(std::string_view text) { return !parse_retry_after(text).delay && !parse_retry_after(text).date; }

}  // namespace

TEST_CASE("Retry-After in seconds") {
    CHECK(delay("120") == 120);
    CHECK(delay("0") == 0);
    CHECK(delay("0007") == 7);
    CHECK(delay(" \t5 \r\n") == 5);
    CHECK(delay("999999999") == 999999999);
    CHECK(delay(std::string(1000, '0') + "1") == 1);
}

TEST_CASE("a number that is too large is a long time, not none") {
    for (const char* huge : {"2147483647", "2147483648", "9999999999", "18446744073709551616"}) {
        CHECK(delay(huge) == 2147483647);
    }
    CHECK(delay(std::string(10'000, '9')) == 2147483647);
}

TEST_CASE("Retry-After as a date, to the second") {
    CHECK(date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);  // RFC 9110 5.6.7
    CHECK(date("Fri, 31 Dec 1999 23:59:59 GMT") == 946684799);  // RFC 9110 10.2.3
    CHECK(date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
    CHECK(date("Tue, 19 Jan 2038 03:14:08 GMT") == 2147483648);
    CHECK(date("Thu, 29 Feb 2024 12:00:00 GMT") == 1709208000);
    CHECK(date("Tue, 29 Feb 2000 00:00:00 GMT") == 951782400);
    CHECK(date("Mon, 01 Mar 2100 00:00:00 GMT") == 4107542400);
    CHECK(date("Fri, 31 Dec 9999 23:59:59 GMT") == 253402300799);
    CHECK(date("  Sun, 06 Nov 1994 08:49:37 GMT\r\n") == 784111777);
    CHECK(date("Sat, 31 Dec 2016 23:59:60 GMT") == 1483228800);  // a leap second
}

TEST_CASE("the start of each month, in a leap year and another") {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    constexpr int days[]              = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    for (std::size_t i = 0; i < 12; ++i) {
        const std::string month = std::string(months).substr(i * 3, 3);
        CAPTURE(month);
        CHECK(date("Sun, 01 " + month + " 2023 00:00:00 GMT") == 1672531200 + days[i] * std::int64_t{86400});
        const int in_leap_year = days[i] + (i > 1 ? 1 : 0);
        CHECK(date("Sun, 01 " + month + " 2024 00:00:00 GMT") == 1704067200 + in_leap_year * std::int64_t{86400});
    }
}

TEST_CASE("days, hours and years that there are not") {
    for (const char* text :
         {"Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 32 Jan 1994 08:49:37 GMT",
          "Sun, 30 Feb 2024 08:49:37 GMT", "Sun, 29 Feb 2023 08:49:37 GMT", "Sun, 29 Feb 2100 08:49:37 GMT",
          "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
          "Sun, 06 anF 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT"}) {
        CAPTURE(text);
        CHECK(is_neither(text));
    }
}

TEST_CASE("what is neither form") {
    for (const std::string_view text :
         {""sv, " "sv, "-1"sv, "+5"sv, "5s"sv, "5.0"sv, "1e3"sv, "0x10"sv, "5 6"sv, "soon"sv, "\0"sv, "12\0"sv,
          "1\xD9\xA1"sv, "Sunday, 06-Nov-94 08:49:37 GMT"sv, "Sun Nov  6 08:49:37 1994"sv, "1994-11-06T08:49:37Z"sv,
          "Sun, 06 Nov 1994 08:49:37 UTC"sv, "Sun, 6 Nov 1994 08:49:37 GMT"sv, "Sun, 06 Nov 1994 08:49:37 GMTx"sv}) {
        CAPTURE(text);
        CHECK(is_neither(text));
    }
    const std::string good = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (std::size_t at = 0; at < good.size(); ++at) {
        CHECK(is_neither(good.substr(0, at)));
        for (const char c : {' ', '-', '/', ':', ',', 'x', '\0', '\xFF'}) {
            std::string changed = good;
            changed[at]         = c;
            if (changed == good || at < 3) continue;  // which day of the week says nothing
            CAPTURE(changed);
            CHECK(is_neither(changed));
        }
    }
}

TEST_CASE("the moment counts from when the answer came") {
    error_view error;
    CHECK_FALSE(retry_at(error));
    error.received_at = {1'000'000};
    error.retry_after = "120";
    CHECK((retry_at(error) == unix_time{1'000'120}));
    error.retry_after = "Sun, 06 Nov 1994 08:49:37 GMT";
    CHECK((retry_at(error) == unix_time{784111777}));
    error.retry_after = "soon";
    CHECK_FALSE(retry_at(error));
    error.retry_after = "9999999999999";
    error.received_at = {INT64_MAX};
    CHECK((retry_at(error) == unix_time{INT64_MAX}));
}

}  // namespace retry_after_test
