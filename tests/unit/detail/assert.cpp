// SPDX-License-Identifier: MIT
//
// The hook costs nothing and evaluates nothing until somebody defines it.
#include <oauthpp/detail/assert.hpp>

#include <doctest/doctest.h>

TEST_CASE("without a definition the condition is not evaluated") {
    int evaluated = 0;
    OAUTHPP_ASSERT(++evaluated == 0);
    CHECK(evaluated == 0);
}
