// SPDX-License-Identifier: MIT
//
// The library itself has no randomness: who passes none includes the header that has it.
// EXPECT: oauthpp: include <oauthpp/system.hpp>, or pass an entropy source as the last argument
#include <oauthpp/oauthpp.hpp>
#ifdef OAUTHPP_SHOULD_COMPILE
#include <oauthpp/system.hpp>
#endif

auto login = oauthpp::start_login({}, {}, {.scope = "openid"});
