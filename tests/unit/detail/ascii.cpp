// SPDX-License-Identifier: MIT
//
// ASCII without a locale: the same answers for every byte on every platform, whatever the sign of char.
#include <oauthpp/detail/ascii.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace ascii_test {
namespace {

using namespace oauthpp::detail;

/// Every byte, as text of one character.
template <class Check>
void for_each_byte(const Check& check) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        CAPTURE(byte);
        check(byte, std::string_view(&c, 1));
    }
}

}  // namespace

TEST_CASE("parts of a text") {
    constexpr std::string_view text = "state=xyz";
    CHECK(between(text, 0, 5) == "state");
    CHECK(between(text, 6, 9) == "xyz");
    CHECK(between(text, 9, 9) == "");
    CHECK(from(text, 6) == "xyz");
    CHECK(from(text, 9) == "");
    CHECK(index_of(text, '=') == 5);
    CHECK(index_of(text, '&') == text.size());
    CHECK(index_of("", '&') == 0);
}

TEST_CASE("case matters to nobody who compares without it, and only in ASCII") {
    CHECK(equal_ignoring_case("HTTPS", "https"));
    CHECK(equal_ignoring_case("", ""));
    CHECK_FALSE(equal_ignoring_case("http", "https"));
    CHECK_FALSE(equal_ignoring_case("@", "`"));                          // they differ in the same bit as A and a
    CHECK_FALSE(equal_ignoring_case("[", "{"));
    CHECK_FALSE(equal_ignoring_case("\xC3\x84", "\xC3\xA4"));            // capital and small a with diaeresis
    CHECK_FALSE(equal_ignoring_case("\xE2\x84\xAA", "k"));               // the Kelvin sign
}

TEST_CASE("a word of a list is found whole") {
    CHECK(has_word("read write dolphin", "read"));
    CHECK(has_word("read write dolphin", "write"));
    CHECK(has_word("read write dolphin", "dolphin"));
    CHECK(has_word("read", "read"));
    CHECK_FALSE(has_word("read write", "rea"));
    CHECK_FALSE(has_word("read write", "rite"));
    CHECK_FALSE(has_word("read write", "read write"));
    CHECK_FALSE(has_word("read write", "Read"));
    CHECK_FALSE(has_word("read write", ""));
    CHECK_FALSE(has_word("", "read"));
    CHECK_FALSE(has_word("", ""));
}

TEST_CASE("white space is trimmed from the ends only") {
    CHECK(trimmed(" \t\r\n code \n") == "code");
    CHECK(trimmed("a b") == "a b");
    CHECK(trimmed(" \n ") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("\v\fa\xA0") == "\v\fa\xA0");
}

TEST_CASE("letters, digits and the character classes of RFC 6749 appendix A, byte by byte") {
    for_each_byte([](int byte, std::string_view c) {
        const bool digit = byte >= 0x30 && byte <= 0x39;
        const bool alpha = (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A);
        CHECK(is_digit(c[0]) == digit);
        CHECK(is_alpha(c[0]) == alpha);
        // VSCHAR = %x20-7E; NQCHAR = %x21 / %x23-5B / %x5D-7E; NQSCHAR adds %x20; name-char = "-" / "." / "_" / ...
        const bool nqchar = byte == 0x21 || (byte >= 0x23 && byte <= 0x5B) || (byte >= 0x5D && byte <= 0x7E);
        CHECK(is_printable(c) == (byte >= 0x20 && byte <= 0x7E));
        CHECK(is_unquoted(c, false) == nqchar);
        CHECK(is_unquoted(c, true) == (nqchar || byte == 0x20));
        CHECK(is_name(c) == (digit || alpha || byte == 0x2D || byte == 0x2E || byte == 0x5F));
    });
    CHECK(is_printable(""));
    CHECK(is_printable("a b~"));
    CHECK_FALSE(is_printable("abc\n"));
    CHECK_FALSE(is_name(""));
    CHECK(is_name("x-tenant.id"));
    CHECK_FALSE(is_name("a b"));
}

}  // namespace ascii_test
