// SPDX-License-Identifier: MIT
//
// A writer that stops at the end of its memory, and still says how much would have been enough.
#include <oauthpp/wire/writer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace writer_test {
namespace {

using oauthpp::buffer_writer, oauthpp::errc, oauthpp::error_view, oauthpp::result;

/// Eight bytes that are lent, between others that are not.
struct guarded {
    std::string memory = "<<<<........>>>>";
    std::span<char> lent() { return {memory.data() + 4, 8}; }
    std::string_view inside() const { return {memory.data() + 4, 8}; }
    bool intact() const { return memory.starts_with("<<<<") && memory.ends_with(">>>>"); }
};
const std::string wiped(8, '\0');

std::string decimal(std::uint64_t value) {
    std::array<char, 20> memory{};
    buffer_writer out{memory};
    oauthpp::detail::append_decimal(out, value);
    return std::string(out.written_since(0));
}

}  // namespace

TEST_CASE("texts and characters follow one another up to the last byte") {
    guarded g;
    buffer_writer out{g.lent()};
    CHECK(out.size() == 0);
    CHECK(out.written_since(0) == "");
    out.append("abcde");
    out.append('f');
    out.append("");
    out.append("gh");
    CHECK(out.fits());
    CHECK(out.size() == 8);
    CHECK(out.written_since(0) == "abcdefgh");
    CHECK(out.written_since(5) == "fgh");
    CHECK(out.written_since(8) == "");
    CHECK(out.written_since(0).data() == g.lent().data());
    CHECK(g.intact());
}

TEST_CASE("nothing is written past the end, by one long text or by one byte too many") {
    for (const std::string_view last : {"9", "9999999999", "999999"}) {
        CAPTURE(last);
        guarded g;
        buffer_writer out{g.lent()};
        out.append("abcdefg");
        out.append('h');
        out.append(last);
        CHECK_FALSE(out.fits());
        CHECK(out.size() == 8 + last.size());
        CHECK(out.written_since(0) == "");
        CHECK(g.inside() == "abcdefgh");
        CHECK(g.intact());
    }
}

TEST_CASE("after a text that did not fit a shorter one is counted, not written") {
    guarded g;
    buffer_writer out{g.lent()};
    out.append("abc");
    out.append("123456");
    out.append('x');
    out.append("yz");
    CHECK(out.size() == 12);
    CHECK(g.inside() == "abc.....");
}

TEST_CASE("without any memory it measures") {
    buffer_writer out{{}};
    CHECK(out.fits());
    CHECK(out.written_since(0) == "");
    out.append("");
    CHECK(out.fits());
    out.append("12345");
    CHECK_FALSE(out.fits());
    CHECK(out.size() == 5);
    out.take_back(0);
    CHECK(out.fits());
}

TEST_CASE("a size beyond every memory stays there and never looks small again") {
    guarded g;
    buffer_writer out{g.lent()};
    volatile std::size_t huge = SIZE_MAX / 2;           // volatile: or a compiler warns that no array is that long
    const std::string_view impossible("x", huge);       // only its size is looked at
    out.append("abc");
    out.append(impossible);
    out.append(impossible);
    CHECK(out.size() == SIZE_MAX);
    out.append(impossible);
    out.append("defg");
    out.append('h');
    CHECK(out.size() == SIZE_MAX);
    CHECK_FALSE(out.fits());
    CHECK(g.inside() == "abc.....");
    CHECK(g.intact());
}

TEST_CASE("what is taken back leaves nothing behind, and its room can be used again") {
    guarded g;
    buffer_writer out{g.lent()};
    out.append("abc");
    const std::size_t mark = out.size();
    out.append("defg");
    out.take_back(mark);
    CHECK(out.size() == 3);
    CHECK(g.inside() == std::string_view("abc\0\0\0\0.", 8));
    out.append("XY");
    CHECK(out.written_since(0) == "abcXY");
    CHECK(g.intact());
}

TEST_CASE("a message that did not fit is taken back whole") {
    guarded g;
    buffer_writer out{g.lent()};
    out.append("abc");
    out.append("defg");
    out.append("hijk");
    out.take_back(0);
    CHECK(out.fits());
    CHECK(g.inside() == wiped);
    CHECK(g.intact());

    out.append("12345678");
    out.append('9');
    out.take_back(8);   // only what was too much
    CHECK(out.written_since(0) == "12345678");
    out.append('9');
    out.take_back(10);  // a mark behind the end
    CHECK_FALSE(out.fits());
    CHECK(g.inside() == "12345678");
    CHECK(g.intact());
}

TEST_CASE("finish gives what was written since the mark") {
    guarded g;
    buffer_writer out{g.lent()};
    out.append("abc");
    const std::size_t mark = out.size();
    out.append("def");
    const auto written = oauthpp::detail::finish(out, mark);
    REQUIRE(written);
    if (written) CHECK(*written == "def");
    CHECK(out.written_since(0) == "abcdef");
}

TEST_CASE("finish says how large the memory must be, and keeps what came before the mark") {
    guarded g;
    buffer_writer out{g.lent()};
    out.append("abc");
    const std::size_t mark = out.size();
    out.append("de");
    out.append("fghijk");
    const auto written = oauthpp::detail::finish(out, mark);
    CHECK_FALSE(written);
    if (!written) {
        CHECK(written.error().reason == errc::buffer_too_small);
        CHECK(written.error().needed == 11);
    }
    CHECK(out.written_since(0) == "abc");
    CHECK(g.inside() == std::string_view("abc\0\0\0\0\0", 8));
    CHECK(g.intact());
}

TEST_CASE("a string is written once if it is short, else measured first, each time by the same function") {
    for (const auto& [size, expected_calls] : {std::pair{100U, 1}, {2048U, 1}, {2049U, 2}, {100'000U, 2}}) {
        int calls = 0;
        const auto made = oauthpp::detail::write_to_string([&, n = size](buffer_writer& out) {
            ++calls;
            out.append(std::string(n, 'x'));
            return oauthpp::detail::finish(out, 0);
        });
        REQUIRE(made);
        if (made) CHECK(*made == std::string(size, 'x'));
        CHECK(calls == expected_calls);
    }

    const auto nothing = [](buffer_writer& out) { return oauthpp::detail::finish(out, 0); };
    const auto empty = oauthpp::detail::write_to_string(nothing);
    REQUIRE(empty);
    if (empty) CHECK(*empty == "");
}

TEST_CASE("an error of the function that writes a string is handed on") {
    const auto failing = [](buffer_writer&) -> result<std::string_view, error_view> {
        return error_view(errc::missing_value, "client_id");
    };
    const auto failed = oauthpp::detail::write_to_string(failing);
    CHECK_FALSE(failed);
    if (!failed) {
        CHECK(failed.error().reason() == errc::missing_value);
        CHECK(failed.error().field() == "client_id");
    }
}

TEST_CASE("decimal numbers, without a division") {
    CHECK(decimal(0) == "0");
    CHECK(decimal(3600) == "3600");
    CHECK(decimal(UINT64_MAX) == "18446744073709551615");
    CHECK(decimal(INT64_MAX) == "9223372036854775807");
    for (std::uint64_t power = 1; power <= UINT64_MAX / 10; power *= 10) {
        for (const std::uint64_t value : {power - 1, power, power + 1, power * 9, power * 9 + 9}) {
            CHECK(decimal(value) == std::to_string(value));
        }
    }
    std::uint64_t value = 1;
    int right = 0;
    for (int i = 0; i < 100'000; ++i) {
        value = value * 6364136223846793005 + 1442695040888963407;   // Knuth's MMIX generator: every bit changes
        const std::uint64_t shorter = value >> (i % 64);
        right += decimal(shorter) == std::to_string(shorter);
    }
    CHECK(right == 100'000);
}

}  // namespace writer_test
