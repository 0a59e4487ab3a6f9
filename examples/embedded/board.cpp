// SPDX-License-Identifier: MIT
// All that stands between power-on and device(): the vector table, two peripherals, and the six functions that a
// compiler may call by itself, which are the whole C library of this program.
#include "board.hpp"

#include <cstddef>
#include <cstdint>

extern "C" {
// Placed by board.ld
extern std::uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[], flash_end[], stack_low[], stack_high[];
extern volatile struct { std::uint32_t data, state, control, interrupt, divider; } uart;   // CMSDK APB UART
extern volatile struct { std::uint32_t control, reload, value; } systick;
}

namespace {

constexpr std::uint32_t paint = 0xdeadbeef;   // on stack that nobody has touched yet

/// By semihosting: the emulator leaves with this exit code. Real hardware would sleep instead.
[[noreturn]] void power_off(int code) {
    const std::uint32_t block[] = {0x20026 /* ADP_Stopped_ApplicationExit */, static_cast<std::uint32_t>(code)};
    register std::uint32_t operation asm("r0") = 0x20 /* SYS_EXIT_EXTENDED */;
    register const void* argument asm("r1") = block;
    asm volatile("bkpt 0xab" : : "r"(operation), "r"(argument) : "memory");
    for (;;) {}
}

bool is_up(board::time_limit& limit) {
    const bool ticked = (systick.control & 1u << 16) != 0;   // since it was last read
    if (ticked && limit.hundredths != 0) --limit.hundredths;
    return limit.hundredths == 0;
}

[[noreturn]] void fault() { power_off(70); }

extern "C" [[noreturn]] void reset() {
    for (std::uint32_t *from = data_load, *to = data_begin; to != data_end;) *to++ = *from++;
    for (std::uint32_t* to = bss_begin; to != bss_end;) *to++ = 0;
    volatile std::uint32_t* top;
    asm volatile("mov %0, sp" : "=r"(top));
    for (volatile std::uint32_t* p = stack_low; p != top; ++p) *p = paint;   // volatile, or it becomes a call of memset

    uart.divider = 217;             // 115200 baud at 25 MHz
    uart.control = 3;               // sends and receives
    systick.reload = 250'000 - 1;   // 10 ms
    systick.value = 0;
    systick.control = 5;            // counts the processor's clock, without interrupts
    power_off(device());
}

struct vector_table {
    std::uint32_t* stack;
    void (*handlers[15])();
};
extern const vector_table vectors;
[[gnu::section(".vectors"), gnu::used]] const vector_table vectors = {
    stack_high,
    {reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault}};

}  // namespace

void board::send(char byte) {
    static time_limit limit{100};
    while ((uart.state & 1) != 0) {   // full
        if (is_up(limit)) return;     // nobody takes it, and then not the next one either
    }
    uart.data = static_cast<unsigned char>(byte);
    limit = {100};
}

int board::receive(time_limit& limit) {
    while ((uart.state & 2) == 0) {   // empty
        if (is_up(limit)) return -1;
    }
    return static_cast<int>(uart.data & 0xff);
}

board::usage board::used() {
    const std::uint32_t* deepest = stack_low;
    while (deepest != stack_high && *deepest == paint) ++deepest;
    const auto bytes = [](const void* from, const void* to) {
        return reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
    };
    return {bytes(nullptr, flash_end), bytes(data_begin, bss_end), bytes(deepest, stack_high)};
}

// Or the compiler sees that these loops are memcpy and memset, and makes them call themselves.
#pragma GCC optimize("no-tree-loop-distribute-patterns")

extern "C" {

void* memcpy(void* to, const void* from, std::size_t n) {
    auto* t = static_cast<char*>(to);
    for (auto* f = static_cast<const char*>(from); n != 0; --n) *t++ = *f++;
    return to;
}

void* memmove(void* to, const void* from, std::size_t n) {
    auto* t = static_cast<char*>(to);
    auto* f = static_cast<const char*>(from);
    if (t < f) return memcpy(to, from, n);
    while (n != 0) --n, t[n] = f[n];
    return to;
}

void* memset(void* to, int value, std::size_t n) {
    for (auto* t = static_cast<char*>(to); n != 0; --n) *t++ = static_cast<char>(value);
    return to;
}

int memcmp(const void* a, const void* b, std::size_t n) {
    auto *x = static_cast<const unsigned char*>(a), *y = static_cast<const unsigned char*>(b);
    for (; n != 0; --n, ++x, ++y)
        if (*x != *y) return *x - *y;
    return 0;
}

void* memchr(const void* in, int value, std::size_t n) {
    for (auto* p = static_cast<const unsigned char*>(in); n != 0; --n, ++p)
        if (*p == static_cast<unsigned char>(value)) return const_cast<unsigned char*>(p);
    return nullptr;
}

std::size_t strlen(const char* text) {
    std::size_t n = 0;
    while (text[n] != '\0') ++n;
    return n;
}

}
