// SPDX-License-Identifier: MIT
//
// The include tree and the single header in one file: the first error names the mistake.
// EXPECT: oauthpp is already here from another file: use the single header or the include tree, not both
#include "../../include/oauthpp/oauthpp.hpp"
#ifndef OAUTHPP_SHOULD_COMPILE
#include "../../single_include/oauthpp/oauthpp.hpp"
#endif
