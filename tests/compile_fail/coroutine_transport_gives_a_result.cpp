// SPDX-License-Identifier: MIT
//
// What comes out of the co_await is a response or a failure, and says which.
// EXPECT: oauthpp::run<Task>: co_await transport.send(request) must give oauthpp::result<oauthpp::http_response>
#include <oauthpp/oauthpp.hpp>

#include "task.hpp"

using response = oauthpp::result<oauthpp::http_response>;

#ifdef OAUTHPP_SHOULD_COMPILE
struct { task<response> send(oauthpp::http_request_view) { return {}; } } http;
#else
struct { task<oauthpp::result<int>> send(oauthpp::http_request_view) { return {}; } } http;
#endif
struct { oauthpp::unix_time now() { return {}; } } clock_here;

auto tokens = oauthpp::run<task>(oauthpp::token_flow(oauthpp::errc::already_used), http, clock_here);
