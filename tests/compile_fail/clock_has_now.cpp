// SPDX-License-Identifier: MIT
//
// A clock tells the time in the library's own unit: a bare number could be milliseconds.
// EXPECT: oauthpp::clock_source: write a member now() that returns oauthpp::unix_time
#include <oauthpp/oauthpp.hpp>

auto http = oauthpp::as_transport(
    [](oauthpp::http_request_view) -> oauthpp::result<oauthpp::http_response> { return oauthpp::errc::timed_out; });

#ifdef OAUTHPP_SHOULD_COMPILE
struct wall_clock { oauthpp::unix_time now() { return {1700000000}; } };
#else
struct wall_clock { long now() { return 1700000000; } };
#endif

auto tokens = oauthpp::run(oauthpp::token_flow(oauthpp::errc::already_used), http, wall_clock{});
