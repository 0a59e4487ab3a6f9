// SPDX-License-Identifier: MIT
//
// A program that does jobs 1 to 4 and nothing else, for its size. With -DEMPTY, one that does nothing.
#include "bench.hpp"

int main(int, char** argv) {
    const bench::inputs& in = *reinterpret_cast<bench::inputs*>(argv);   // never run
    (void)in;
#ifndef EMPTY
    bench::authorization_url(in, [](const std::string_view&, const bench::inputs&) {});
    bench::callback(in, [](const bench::callback_result&, const bench::inputs&) {});
    bench::token_body(in, [](const std::string_view&, const bench::inputs&) {});
    bench::token_response(in, [](const bench::token_result&, const bench::inputs&) {});
#endif
}
