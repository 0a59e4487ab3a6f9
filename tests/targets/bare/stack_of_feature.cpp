// SPDX-License-Identifier: MIT
// The program around a feature whose stack is measured: prints the bytes it used below its caller.
// What the feature is to read (features/NAME.txt, as INPUT) lies at the start of its memory and ends with a NUL.
#include "semihosting.hpp"
#include "stack.hpp"

asm(".section .rodata.input, \"a\"\n"
    "input_begin: .incbin \"" INPUT
    "\"\n"
    "input_end: .balign 4\n"
    ".text");

static char memory[4096];
extern "C" const char input_begin[], input_end[];
extern "C" int feature(char* memory, unsigned size);

int main() {
    char* to = memory;
    for (const char* from = input_begin; from != input_end && to != memory + sizeof memory - 1;) *to++ = *from++;

    int status = 1;
    unsigned used =
        stack_used([](void* result) { *static_cast<int*>(result) = feature(memory, sizeof memory); }, &status);

    char line[12] = {};
    char* text    = line + sizeof line - 2;
    *text         = '\n';
    do *--text = static_cast<char>('0' + used % 10);
    while (used /= 10);
    print(text);
    return status;
}
