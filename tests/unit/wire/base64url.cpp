// SPDX-License-Identifier: MIT
//
// base64url by RFC 4648, and a decoder for which every value has one encoding.
#include <oauthpp/wire/base64url.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace base64url_test {
namespace {

using oauthpp::append_base64url, oauthpp::base64url_decode, oauthpp::base64url_encode, oauthpp::base64url_size;
using oauthpp::buffer_writer, oauthpp::errc;

std::string encoded(std::string_view bytes) {
    std::string memory(base64url_size(bytes.size()), '?');
    buffer_writer out{memory};
    append_base64url(out, std::as_bytes(std::span(bytes.data(), bytes.size())));
    return out.fits() ? std::string(out.written_since(0)) : "does not fit";
}

std::string padded(std::string_view text) {
    std::array<char, 64> memory{};
    buffer_writer out{memory};
    oauthpp::detail::base64_stream stream(out, oauthpp::detail::base64_alphabet);
    stream.append(text);
    stream.finish(true);
    return std::string(out.written_since(0));
}

/// The bytes, or "error" and where.
std::string decoded(std::string_view text) {
    std::array<char, 64> memory{};
    const auto size = base64url_decode(text, memory);
    if (size) return {memory.data(), *size};
    return "error " + std::to_string(size.error().offset) + (size.error().reason == errc::invalid_value ? "" : "?");
}

}  // namespace

TEST_CASE("the vectors of RFC 4648, padded and not") {
    const struct { std::string_view text, base64, base64url; } cases[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.text);
        CHECK(encoded(c.text) == c.base64url);
        CHECK(decoded(c.base64url) == c.text);
        CHECK(padded(c.text) == c.base64);
    }
    // The Authorization value of RFC 6749 2.3.1.
    CHECK(padded("s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw") == "czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
}

TEST_CASE("the octets of RFC 7515 appendix C, and the ends of both alphabets [rfc4648-3.3-alphabet]") {
    CHECK(encoded("\x03\xEC\xFF\xE0\xC1") == "A-z_4ME");
    CHECK(decoded("A-z_4ME") == "\x03\xEC\xFF\xE0\xC1");
    const struct { std::string_view bytes, text; } cases[] = {
        {{"\0", 1}, "AA"},  {{"\0\0", 2}, "AAA"}, {"\xFB", "-w"},      {"\xFB\xFF", "-_8"},
        {"\xFB\xFF\xBF", "-_-_"}, {"\xFF", "_w"}, {"\xFF\xFF", "__8"}, {"\xFF\xFF\xFF", "____"},
    };
    for (const auto& c : cases) {
        CHECK(encoded(c.bytes) == c.text);
        CHECK(decoded(c.text) == c.bytes);
    }
    CHECK(padded("\xFB\xFF\xBF") == "+/+/");
}

TEST_CASE("no other alphabet, padding or white space is decoded, and the error says where it stood "
          "[rfc4648-3.3-alphabet]") {
    CHECK(decoded("A+z_") == "error 1");
    CHECK(decoded("A/z_") == "error 1");
    CHECK(decoded("A+z") == "error 1");
    CHECK(decoded("Zg==") == "error 2");
    CHECK(decoded("Zm8=") == "error 3");
    CHECK(decoded("Zg\n") == "error 2");
    CHECK(decoded(" Zg") == "error 0");
    CHECK(decoded("Zm9v Yg") == "error 4");
    CHECK(decoded("Zm9v.Yg") == "error 4");
    CHECK(decoded(std::string_view("Z\0", 2)) == "error 1");
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        CAPTURE(byte);
        CHECK((decoded(std::string("AA") + c + "A") == "error 2") == (alphabet.find(c) == std::string_view::npos));
    }
}

TEST_CASE("a length that no bytes have is refused [rfc4648-3.3-alphabet]") {
    CHECK(decoded("A") == "error 1");
    CHECK(decoded("AAAAA") == "error 5");
}

TEST_CASE("bits left over in the last character are refused [rfc4648-3.5-canonical]") {
    CHECK(decoded("Zg") == "f");
    CHECK(decoded("Zh") == "error 2");
    CHECK(decoded("Zm8") == "fo");
    CHECK(decoded("Zm9") == "error 3");
    CHECK(decoded("Zm9vZh") == "error 6");
}

TEST_CASE("every one and every two bytes have one encoding, and no other text decodes to them") {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int one_byte = 0, two_bytes = 0;
    for (const char a : alphabet) {
        for (const char b : alphabet) {
            const char pair[] = {a, b};
            char memory[1];
            const auto size = base64url_decode({pair, 2}, memory);
            one_byte += size && encoded({memory, 1}) == std::string_view(pair, 2);
            for (const char c : alphabet) {
                const char triple[] = {a, b, c};
                char two[2];
                const auto both = base64url_decode({triple, 3}, two);
                two_bytes += both && encoded({two, 2}) == std::string_view(triple, 3);
            }
        }
    }
    CHECK(one_byte == 256);
    CHECK(two_bytes == 65536);
}

TEST_CASE("bytes of every length survive both ways, in the same memory too") {
    for (std::size_t size = 0; size <= 48; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((i * 37 + size) & 255);
        std::string text = encoded(bytes);
        CAPTURE(size);
        CHECK(decoded(text) == bytes);
        const auto in_place = base64url_decode(text, text);
        REQUIRE(in_place);
        if (in_place) CHECK(std::string_view(text.data(), *in_place) == bytes);
    }
}

TEST_CASE("a size is what the rule says, from nothing to the end of the range") {
    const auto rule = [](std::size_t bytes) { return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1); };
    for (std::size_t bytes = 0; bytes < 10'000; ++bytes) {
        if (base64url_size(bytes) != rule(bytes)) FAIL_CHECK(bytes);
    }
    for (std::size_t bytes = SIZE_MAX / 4 * 3 - 1000; bytes <= SIZE_MAX / 4 * 3; ++bytes) {
        if (base64url_size(bytes) != rule(bytes)) FAIL_CHECK(bytes);
    }
    CHECK(base64url_size(32) == 43);
    CHECK(base64url_size(SIZE_MAX / 4 * 3) == SIZE_MAX / 4 * 4);
}

TEST_CASE("an array of bytes becomes an array of characters") {
    const std::array<std::byte, 2> bytes{std::byte{0xFB}, std::byte{0xFF}};
    const std::array<char, 3> text = base64url_encode(bytes);
    CHECK(std::string_view(text.data(), text.size()) == "-_8");
    CHECK(base64url_encode(std::array<std::byte, 0>{}).size() == 0);
}

TEST_CASE("memory that is too small is left alone, and the error says what would do") {
    std::string memory = "....";
    const auto size = base64url_decode("Zm9vYmFy", memory);
    CHECK_FALSE(size);
    if (!size) {
        CHECK(size.error().reason == errc::buffer_too_small);
        CHECK(size.error().needed == 6);
    }
    CHECK(memory == "....");

    char exact[6];
    CHECK(base64url_decode("Zm9vYmFy", exact));

    buffer_writer out{memory};
    append_base64url(out, std::as_bytes(std::span("foobar", 6)));
    CHECK_FALSE(out.fits());
    CHECK(out.size() == 8);
    CHECK(memory == "Zm9v");
}

}  // namespace base64url_test
