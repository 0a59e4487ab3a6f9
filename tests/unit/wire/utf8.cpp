// SPDX-License-Identifier: MIT
//
// UTF-8 by RFC 3629, after the classes of Markus Kuhn's decoder stress test: the ends of every range, overlong forms,
// surrogates, sequences cut short, bytes that never appear.
#include <oauthpp/wire/utf8.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace utf8_test {
namespace {

using oauthpp::utf8_error, oauthpp::utf8_sequence, oauthpp::write_utf8;

bool well_formed(std::string_view text) { return utf8_error(text) == text.size(); }

std::string written(std::uint32_t code_point) {
    char memory[4];
    return {memory, write_utf8(code_point, memory)};
}

}  // namespace

TEST_CASE("the first and the last of every length, and the neighbours of the gaps") {
    const struct { std::uint32_t code_point; std::string_view bytes; } cases[] = {
        {0x00, {"\0", 1}},
        {0x7F, "\x7F"},
        {0x80, "\xC2\x80"},
        {0x7FF, "\xDF\xBF"},
        {0x800, "\xE0\xA0\x80"},
        {0xD7FF, "\xED\x9F\xBF"},
        {0xE000, "\xEE\x80\x80"},
        {0xFFFD, "\xEF\xBF\xBD"},
        {0xFFFF, "\xEF\xBF\xBF"},
        {0x10000, "\xF0\x90\x80\x80"},
        {0x10FFFF, "\xF4\x8F\xBF\xBF"},
        // The examples of RFC 3629 7: not identical to, hangugeo, nihongo, a stump of tree.
        {0x2262, "\xE2\x89\xA2"},
        {0xD55C, "\xED\x95\x9C"},
        {0x65E5, "\xE6\x97\xA5"},
        {0x233B4, "\xF0\xA3\x8E\xB4"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.code_point);
        CHECK(written(c.code_point) == c.bytes);
        CHECK(utf8_sequence(c.bytes, 0) == c.bytes.size());
        CHECK(well_formed(c.bytes));
    }
}

TEST_CASE("every code point but the surrogates is written and read alike, and no two are the same") {
    std::size_t right = 0;
    std::string before;
    for (std::uint32_t c = 0; c <= 0x10FFFF; ++c) {
        std::string bytes = written(c);
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        right += (utf8_sequence(bytes, 0) == (surrogate ? 0 : bytes.size())) && bytes != before;
        before = std::move(bytes);
    }
    CHECK(right == 0x110000);
}

TEST_CASE("exactly 2^7 + 1920 + 61440 + 1048576 texts of up to four bytes are one code point") {
    // Counted by the ABNF of RFC 3629 4; four bytes by their first three, since the last is any tail byte.
    std::size_t one = 0, two = 0, three = 0, four = 0;
    char text[4];
    for (int a = 0; a < 256; ++a) {
        text[0] = static_cast<char>(a);
        one += utf8_sequence({text, 1}, 0) == 1;
        if (a < 0x80) continue;
        for (int b = 0; b < 256; ++b) {
            text[1] = static_cast<char>(b);
            two += utf8_sequence({text, 2}, 0) == 2;
            if (a < 0xE0) continue;
            for (int c = 0; c < 256; ++c) {
                text[2] = static_cast<char>(c);
                three += utf8_sequence({text, 3}, 0) == 3;
                if (a < 0xF0) continue;
                for (const int d : {0x7F, 0x80, 0xBF, 0xC0}) {
                    text[3] = static_cast<char>(d);
                    four += utf8_sequence({text, 4}, 0) == 4;
                }
            }
        }
    }
    CHECK(one == 128);
    CHECK(two == 1920);
    CHECK(three == 61440);
    CHECK(four == 1048576 / 64 * 2);
}

TEST_CASE("continuation bytes alone") {
    CHECK(utf8_error("\x80") == 0);
    CHECK(utf8_error("\xBF") == 0);
    CHECK(utf8_error("a\x80\xBF") == 1);
}

TEST_CASE("sequences cut short, at the end and before another character") {
    for (const std::string_view lead : {"\xC3", "\xE2", "\xE2\x82", "\xF0", "\xF0\x9F", "\xF0\x9F\x98"}) {
        CHECK(utf8_error(lead) == 0);
        CHECK(utf8_error(std::string(lead) + "a") == 0);
        CHECK(utf8_error(std::string(lead) + "\xC3\xA9") == 0);
        CHECK(utf8_error("ab" + std::string(lead)) == 2);
    }
    CHECK(utf8_error("\xC3\x28") == 0);
    CHECK(utf8_error(std::string_view("\xE2\x82\xAC", 2)) == 0);   // the rest of the sequence is not ours
}

TEST_CASE("bytes that never appear") {
    for (int byte = 0xF5; byte <= 0xFF; ++byte) {
        const std::string text{static_cast<char>(byte), '\x80', '\x80', '\x80', '\x80', '\x80'};
        CHECK(utf8_error(text) == 0);
    }
    CHECK(utf8_error("\xC0\x80") == 0);
    CHECK(utf8_error("\xC1\xBF") == 0);
    CHECK(utf8_error("\xFE\xFF") == 0);   // a byte order mark of UTF-16
}

TEST_CASE("overlong forms, of the slash, of NUL and of the last code point of each shorter length") {
    CHECK_FALSE(well_formed("\xC0\xAF"));
    CHECK_FALSE(well_formed("\xE0\x80\xAF"));
    CHECK_FALSE(well_formed("\xF0\x80\x80\xAF"));
    CHECK_FALSE(well_formed("\xC0\x80"));
    CHECK_FALSE(well_formed("\xE0\x80\x80"));
    CHECK_FALSE(well_formed("\xF0\x80\x80\x80"));
    CHECK_FALSE(well_formed("\xC1\xBF"));
    CHECK_FALSE(well_formed("\xE0\x9F\xBF"));
    CHECK_FALSE(well_formed("\xF0\x8F\xBF\xBF"));
}

TEST_CASE("surrogates, alone and in pairs, and code points above the last") {
    CHECK_FALSE(well_formed("\xED\xA0\x80"));
    CHECK_FALSE(well_formed("\xED\xBF\xBF"));
    CHECK_FALSE(well_formed("\xED\xA0\x81\xED\xB0\x80"));
    CHECK_FALSE(well_formed("\xF4\x90\x80\x80"));
    CHECK_FALSE(well_formed("\xF5\x80\x80\x80"));
    CHECK_FALSE(well_formed("\xF8\x88\x80\x80\x80"));
    CHECK_FALSE(well_formed("\xFC\x84\x80\x80\x80\x80"));
}

TEST_CASE("a text is well-formed up to its first mistake") {
    CHECK(utf8_error("") == 0);
    CHECK(well_formed("\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5"));   // Kuhn's kosme
    CHECK(utf8_error("\xCE\xBA\xE1\xBD\xB9\xFF\xCF\x83") == 5);
    CHECK(utf8_sequence("a\xE2\x82\xAC", 0) == 1);
    CHECK(utf8_sequence("a\xE2\x82\xAC", 1) == 3);
    CHECK(utf8_sequence("a\xE2\x82\xAC", 2) == 0);
}

}  // namespace utf8_test
