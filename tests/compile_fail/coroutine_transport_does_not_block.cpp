// SPDX-License-Identifier: MIT
//
// A transport that blocks has nothing to co_await, and would stop the whole event loop.
// EXPECT: oauthpp::run<Task>: send(oauthpp::http_request_view) must give something to co_await
#include <oauthpp/oauthpp.hpp>

#include "task.hpp"

using response = oauthpp::result<oauthpp::http_response>;

#ifdef OAUTHPP_SHOULD_COMPILE
struct { task<response> send(oauthpp::http_request_view) { return {}; } } http;
#else
struct { response send(oauthpp::http_request_view) { return oauthpp::errc::timed_out; } } http;
#endif
struct { oauthpp::unix_time now() { return {}; } } clock_here;

auto tokens = oauthpp::run<task>(oauthpp::token_flow(oauthpp::errc::already_used), http, clock_here);
