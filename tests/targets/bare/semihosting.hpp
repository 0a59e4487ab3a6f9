// SPDX-License-Identifier: MIT
// The two services that a program in qemu needs from its host (Arm semihosting): text out, and an exit code.
#pragma once

/// Prints NUL-terminated text on the console of the host. The seam of suite.cpp: hosted targets take it from
/// hosted.cpp.
extern "C" void print(const char* text);

/// Ends the emulator; its exit code is `code`.
extern "C" [[noreturn]] void leave(int code);
