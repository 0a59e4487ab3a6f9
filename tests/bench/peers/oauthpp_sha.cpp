// SPDX-License-Identifier: MIT
//
// oauthpp_owned built for processors with SHA instructions. Only timed: valgrind does not know them.
#include "oauthpp_owned.cpp"
