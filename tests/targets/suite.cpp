// SPDX-License-Identifier: MIT
// The suite for targets where doctest does not fit: a table of cases, no heap, no exceptions, no C library but mem*.
// Prints the name of each case that fails; the exit code is 0 when none does.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
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

// What the library takes for granted of a target, and what of it differs between these.
constexpr test_case cases[] = {
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
