// SPDX-License-Identifier: MIT
//
// A copy of a flow would send the same code a second time.
// EXPECT g++: use of deleted function 'constexpr oauthpp::v0::token_flow::token_flow(const oauthpp::v0::token_flow&)'
// EXPECT clang++: call to implicitly-deleted copy constructor of 'oauthpp::token_flow'
#include <oauthpp/oauthpp.hpp>

#include <utility>

#ifdef OAUTHPP_SHOULD_COMPILE
oauthpp::token_flow use(oauthpp::token_flow& flow) { return std::move(flow); }
#else
oauthpp::token_flow use(oauthpp::token_flow& flow) { return flow; }
#endif
