// SPDX-License-Identifier: MIT
//
// A copy of a login would redeem its code a second time.
// EXPECT g++: use of deleted function 'oauthpp::v0::pending_login::pending_login(const oauthpp::v0::pending_login&)'
// EXPECT clang++: deleted constructor of 'oauthpp::pending_login'
#include <oauthpp/oauthpp.hpp>

#include <utility>

oauthpp::token_flow redeem(oauthpp::pending_login login) { return login.exchange("/cb"); }

#ifdef OAUTHPP_SHOULD_COMPILE
oauthpp::token_flow use(oauthpp::pending_login& login) { return redeem(std::move(login)); }
#else
oauthpp::token_flow use(oauthpp::pending_login& login) { return redeem(login); }
#endif
