// SPDX-License-Identifier: MIT
//
// A failure that nobody looks at is a warning, here an error.
// EXPECT g++: ignoring returned value of type 'oauthpp::v0::result<
// EXPECT clang++: ignoring return value of function declared with 'nodiscard' attribute
#include <oauthpp/oauthpp.hpp>

#include <string_view>

void start(std::string_view endpoint) {
#ifdef OAUTHPP_SHOULD_COMPILE
    if (!oauthpp::parse_url(endpoint)) return;
#else
    oauthpp::parse_url(endpoint);
#endif
}
