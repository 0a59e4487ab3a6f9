// SPDX-License-Identifier: MIT
#include "stack.hpp"

extern "C" unsigned stack_low[];  // bare/cortex-m.ld

unsigned stack_used(void (*callback)(void*), void* argument) {
    constexpr unsigned paint = 0xdeadbeef;
    volatile unsigned* top;
    asm volatile("mov %0, sp" : "=r"(top));
    for (volatile unsigned* p = stack_low; p != top; ++p) *p = paint;  // volatile: these stores must not become a call
    callback(argument);
    volatile unsigned* p = stack_low;
    while (p != top && *p == paint) ++p;
    return static_cast<unsigned>(top - p) * sizeof *p;
}
