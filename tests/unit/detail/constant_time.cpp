// SPDX-License-Identifier: MIT
//
// What a comparison in constant time must still get right. That it looks at every byte is for the eye: tests/unit
// measures no time.
#include <oauthpp/detail/constant_time.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_CASE("any one bit at any place makes two texts different [rfc7518-3.2-constant-time]") {
    using oauthpp::detail::equal_constant_time;
    const std::string text(40, 'a');
    CHECK(equal_constant_time(text, std::string(40, 'a')));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            CAPTURE(i);
            CAPTURE(bit);
            CHECK_FALSE(equal_constant_time(text, other));
        }
    }
}

TEST_CASE("two differences do not cancel out") {
    using oauthpp::detail::equal_constant_time;
    CHECK_FALSE(equal_constant_time("aa", "bb"));
    CHECK_FALSE(equal_constant_time("ab", "ba"));
}

TEST_CASE("lengths count, and NUL is a byte like any other") {
    using oauthpp::detail::equal_constant_time;
    CHECK(equal_constant_time("", ""));
    CHECK_FALSE(equal_constant_time("abc", "abcd"));
    CHECK_FALSE(equal_constant_time("abcd", "abc"));
    CHECK_FALSE(equal_constant_time("", {"\0", 1}));
    CHECK_FALSE(equal_constant_time({"a\0b", 3}, {"a\0c", 3}));
}
