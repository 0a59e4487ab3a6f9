// SPDX-License-Identifier: MIT
// Reset and vector table: all that stands between power-on and main() on a Cortex-M.
#include "semihosting.hpp"

extern "C" {
extern unsigned data_load[], data_begin[], data_end[], bss_begin[], bss_end[], stack_high[];  // bare/cortex-m.ld
int program() asm("main");  // ISO C++ forbids a call of main() by its name

[[noreturn]] void reset() {
    for (unsigned *from = data_load, *to = data_begin; to != data_end;) *to++ = *from++;
    for (unsigned* to = bss_begin; to != bss_end;) *to++ = 0;
    leave(program());
}
}

// Without a handler qemu would hang in lockup: a wild pointer has to be a failure at once.
[[noreturn]] static void fault() {
    print("fault\n");
    leave(70);
}

struct vector_table {
    unsigned* stack;
    void (*handlers[15])();
};
extern const vector_table vectors;
[[gnu::section(".vectors"), gnu::used]] const vector_table vectors = {
    stack_high,
    {reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault}};
