// SPDX-License-Identifier: MIT
// The suite for targets where doctest does not fit: a table of cases, no heap, no exceptions, no C library but mem*.
// Prints the name of each case that fails; the exit code is 0 when none does.
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/protocol/pkce.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string_view>

extern "C" void print(const char* text);  // bare/semihosting.cpp or hosted.cpp

namespace {

struct test_case {
    const char* name;
    bool (*holds)();
};

template <class T>
T opaque(T value) {  // the optimiser must not know the value, or it answers the case at compile time
    asm volatile("" : "+r"(value));
    return value;
}

using bytes32 = std::array<std::byte, 32>;

bool is_hex(const bytes32& bytes, const char* hex) {
    for (const std::byte byte : bytes)
        for (const std::byte digit : {byte >> 4, byte & std::byte{15}})
            if ("0123456789abcdef"[std::to_integer<unsigned>(digit)] != *hex++) return false;
    return *hex == '\0';
}

bytes32 hmac(std::string_view key, const char* message) { return oauthpp::hmac_sha256(key, opaque(message)); }

bool base64url(std::string_view text, std::string_view encoded) {
    std::array<char, 8> memory{};
    oauthpp::buffer_writer out{memory};
    oauthpp::append_base64url(out, std::as_bytes(std::span(opaque(text.data()), text.size())));
    if (out.written_since(0) != encoded || oauthpp::base64url_size(opaque(text.size())) != encoded.size()) return false;
    const auto decoded = oauthpp::base64url_decode(out.written_since(0), memory);
    return decoded && std::string_view(memory.data(), *decoded) == text;
}

bool base64url_refuses(const char* text) {
    std::array<char, 8> memory{};
    return !oauthpp::base64url_decode(opaque(text), memory);
}

bool form_refuses(const char* text) {
    std::array<char, 8> memory{};
    return !oauthpp::form_decode(opaque(text), memory.data());
}

bool rfc_7636_octets(std::span<std::byte> out) {
    constexpr unsigned char octets[] = {116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96, 125, 216, 173, 187, 186,
                                        22,  212, 37,  77,  105, 214, 191, 240, 91,  88,  5,  88,  83,  132, 141, 121};
    std::memcpy(out.data(), octets, out.size());
    return out.size() == sizeof octets;
}

constexpr test_case cases[] = {
    // What the library takes for granted of a target, and what of it differs between these.
    {"bytes have 8 bits, two's complement",
     [] { return std::numeric_limits<unsigned char>::digits == 8 && opaque(-1) == ~0; }},
    {"a size has 32 bits or more", [] { return sizeof(std::size_t) >= 4; }},
    {"a byte above 0x7f survives a char of either sign",
     [] {
         const char c = static_cast<char>(opaque(0xe9));
         return static_cast<unsigned char>(c) == 0xe9 && (opaque(int{c}) < 0) == std::numeric_limits<char>::is_signed;
     }},
    {"big-endian words by shifts, whatever the processor's order",
     [] {
         const std::uint32_t word = opaque(std::uint32_t{0x61626380});
         std::array<unsigned char, 4> bytes{};
         for (unsigned i = 0; i != 4; ++i) bytes[i] = static_cast<unsigned char>(word >> (24 - 8 * i));
         return std::memcmp(bytes.data(), "abc\x80", 4) == 0;
     }},
    {"64-bit sums and products",
     [] {
         const auto a = opaque(std::uint32_t{0xffffffff});
         return std::uint64_t{a} * a + a == 0xffffffff00000000 && (std::uint64_t{a} << opaque(4)) == 0xffffffff0;
     }},
    {"memcmp orders as unsigned bytes", [] { return std::memcmp(opaque("\x7f"), opaque("\x80"), 1) < 0; }},
    {"memmove with overlap, both ways",
     [] {
         char up[] = "abcdef", down[] = "abcdef";
         std::memmove(opaque(up + 1), up, 5);
         std::memmove(opaque(down), down + 1, 5);
         return std::string_view(up) == "aabcde" && std::string_view(down) == "bcdeff";
     }},
    {"memchr and strlen stop where they should",
     [] {
         const char* text = opaque("state=xyz");
         return std::strlen(text) == 9 && std::memchr(text, '=', 9) == text + 5 && std::memchr(text, '=', 5) == nullptr;
     }},

    // The library, by published vectors.
    {"SHA-256 of FIPS 180",
     [] {
         const char* two_blocks = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
                                  "lmnopqrsmnopqrstnopqrstu";
         return is_hex(oauthpp::sha256(opaque("abc")),
                       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") &&
                is_hex(oauthpp::sha256(opaque(two_blocks)),
                       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
     }},
    {"HMAC-SHA-256 of RFC 4231, cases 1, 2 and 6",
     [] {
         char short_key[20];
         char long_key[131];
         std::memset(short_key, 0x0b, sizeof short_key);
         std::memset(long_key, 0xaa, sizeof long_key);
         return is_hex(hmac({short_key, sizeof short_key}, "Hi There"),
                       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7") &&
                is_hex(hmac("Jefe", "what do ya want for nothing?"),
                       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843") &&
                is_hex(hmac({long_key, sizeof long_key}, "Test Using Larger Than Block-Size Key - Hash Key First"),
                       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
     }},
    {"base64url of RFC 4648 and RFC 7515, both ways",
     [] {
         return base64url("", "") && base64url("f", "Zg") && base64url("fo", "Zm8") && base64url("foo", "Zm9v") &&
                base64url("foob", "Zm9vYg") && base64url("fooba", "Zm9vYmE") && base64url("foobar", "Zm9vYmFy") &&
                base64url("\x03\xEC\xFF\xE0\xC1", "A-z_4ME");
     }},
    {"base64url has one encoding for a value",
     [] {
         return base64url_refuses("A") && base64url_refuses("Zh") && base64url_refuses("Zm9") &&
                base64url_refuses("Zg==") && base64url_refuses("A+z_") && base64url_refuses("Zg\n");
     }},
    {"forms of RFC 6749 appendix B, both ways",
     [] {
         constexpr std::string_view text = " %&+\xC2\xA3\xE2\x82\xAC";
         std::array<char, 32> memory{};
         oauthpp::buffer_writer out{memory};
         oauthpp::append_query_escaped(out, {opaque(text.data()), text.size()}, oauthpp::space::plus);
         if (out.written_since(0) != "+%25%26%2B%C2%A3%E2%82%AC") return false;
         const auto size = oauthpp::form_decode(out.written_since(0), memory.data());
         return size && std::string_view(memory.data(), *size) == text;
     }},
    {"forms that are cut or no UTF-8 are refused",
     [] {
         return form_refuses("%") && form_refuses("%4") && form_refuses("%4g") && form_refuses("%C3%28") &&
                form_refuses("\xFF");
     }},
    {"PKCE of RFC 7636 appendix B",
     [] {
         const auto pkce = oauthpp::make_pkce(rfc_7636_octets);
         return pkce && pkce->code_verifier.reveal() == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" &&
                std::string_view(pkce->code_challenge.data(), 43) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
     }},
    {"numbers of 64 bits in decimal",
     [] {
         std::array<char, 20> memory{};
         oauthpp::buffer_writer out{memory};
         oauthpp::detail::append_decimal(out, opaque(std::uint64_t{18446744073709551615U}));
         return out.written_since(0) == "18446744073709551615";
     }},
};

}  // namespace

int main() {
    int status = 0;
    for (const auto& c : cases)
        if (!c.holds()) {
            print("FAIL ");
            print(c.name);
            print("\n");
            status = 1;
        }
    print(status ? "suite failed\n" : "suite passed\n");
    return status;
}
