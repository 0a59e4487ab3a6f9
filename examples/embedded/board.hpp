// SPDX-License-Identifier: MIT
// What the board does for the program: a serial line, time limits, and an account of its memory.
#pragma once

/// The program. The board calls it once, and turns itself off with what it returns.
int device();

namespace board {

void send(char byte);

/// Runs only while somebody waits.
struct time_limit {
    unsigned hundredths;   ///< of a second, that are left
};

/// The next byte from the serial line, or -1 if none comes within the limit.
int receive(time_limit& limit);

struct usage {
    unsigned flash;   ///< bytes of code, constants and the first values of variables
    unsigned ram;     ///< bytes of variables
    unsigned stack;   ///< bytes, at its deepest since power-on
};
usage used();

}  // namespace board
