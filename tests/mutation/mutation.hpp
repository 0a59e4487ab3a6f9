// SPDX-License-Identifier: MIT
//
// What mutated sources call, before anything else in each translation unit.
#pragma once

#include <type_traits>

namespace mutation {

extern int chosen;             // the mutant that is awake, 0 for none
extern unsigned char* reached;   // one for each mutant that ran, awake or not

/// Whether mutant n is awake. At compile time none is.
constexpr bool is(int n) noexcept {
    if (std::is_constant_evaluated()) return false;
    reached[n] = 1;
    return chosen == n;
}

template <class A, class B>
constexpr bool less(int n, const A& a, const B& b) noexcept {
    return is(n) ? a <= b : a < b;
}
template <class A, class B>
constexpr bool less_equal(int n, const A& a, const B& b) noexcept {
    return is(n) ? a < b : a <= b;
}
template <class A, class B>
constexpr bool greater(int n, const A& a, const B& b) noexcept {
    return is(n) ? a >= b : a > b;
}
template <class A, class B>
constexpr bool greater_equal(int n, const A& a, const B& b) noexcept {
    return is(n) ? a > b : a >= b;
}

}  // namespace mutation
