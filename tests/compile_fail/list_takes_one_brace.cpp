// SPDX-License-Identifier: MIT
//
// A string from a pair of pointers, which one brace too many would make, is undefined and compiles silently elsewhere.
// EXPECT g++: use of deleted function
// EXPECT clang++: call to deleted constructor
#include <oauthpp/oauthpp.hpp>

#include <string>

#ifdef OAUTHPP_SHOULD_COMPILE
oauthpp::list<std::string> resource{"https://a.example", "https://b.example"};
#else
oauthpp::list<std::string> resource{{"https://a.example", "https://b.example"}};
#endif
