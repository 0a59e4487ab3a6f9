// SPDX-License-Identifier: MIT
//
// The same in the other order.
// EXPECT: oauthpp is already here from another file: use the single header or the include tree, not both
#include "../../single_include/oauthpp/oauthpp.hpp"
#ifndef OAUTHPP_SHOULD_COMPILE
#include "../../include/oauthpp/oauthpp.hpp"
#endif
