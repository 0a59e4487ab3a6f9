// SPDX-License-Identifier: MIT
//
// doctest's own code and its main, once for all the unit tests.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
