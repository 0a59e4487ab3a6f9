// SPDX-License-Identifier: MIT
//
// Checks a peer's results and counts what does not depend on the weather: heap calls and bytes, one line for each job,
// and instructions, if it runs under callgrind, one dump for each job.
//
//   count               the six jobs
//   count 1024 10240    the same with so many bytes more
#include "inputs.hpp"
#include "jobs.hpp"

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>

namespace {

unsigned long heap_calls = 0;
unsigned long heap_bytes = 0;

void count(std::size_t size) noexcept {
    ++heap_calls;
    heap_bytes += size;
}

}  // namespace

// glibc's own functions under the names that it keeps for this purpose. free is left as it is.
extern "C" {
void* __libc_malloc(std::size_t) noexcept;
void* __libc_calloc(std::size_t, std::size_t) noexcept;
void* __libc_realloc(void*, std::size_t) noexcept;

void* malloc(std::size_t size) noexcept {
    count(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) noexcept {
    count(number * size);
    return __libc_calloc(number, size);
}
void* realloc(void* old, std::size_t size) noexcept {
    count(size);
    return __libc_realloc(old, size);
}
}

namespace {

constexpr unsigned rounds = 10;   // `rounds` in _bench.py says it again

void measure(const char* size) {
    const bench::inputs in = bench::make_inputs(std::strtoul(size, nullptr, 10));
    for (const bench::job* job : bench::all_jobs) {
        if (!job->available) continue;
        const std::string what = std::string(job->name) + ' ' + size;
        job->check(in);
        job->run(in);   // what is made once, at the first use, has been made
        heap_calls = heap_bytes = 0;
        CALLGRIND_TOGGLE_COLLECT;
        for (unsigned i = 0; i < rounds; ++i) job->run(in);
        CALLGRIND_TOGGLE_COLLECT;
        const unsigned long calls = heap_calls, bytes = heap_bytes;
        CALLGRIND_DUMP_STATS_AT(what.c_str());
        std::printf("%s %lu %lu\n", what.c_str(), calls / rounds, bytes / rounds);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 1) measure("0");
    for (int i = 1; i < argc; ++i) measure(argv[i]);
}
