// SPDX-License-Identifier: MIT
//
// Hands libFuzzer the harness that the environment variable FUZZ_HARNESS names.
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzzing::harness* const chosen = [] {
        const char* name = std::getenv("FUZZ_HARNESS");
        const fuzzing::harness* each = fuzzing::harness::first;
        while (each != nullptr && (name == nullptr || std::strcmp(each->name, name) != 0)) each = each->next;
        fuzzing::require(each != nullptr);
        return each;
    }();
    return chosen->fuzz({data, size});
}
