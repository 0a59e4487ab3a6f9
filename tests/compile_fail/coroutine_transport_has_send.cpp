// SPDX-License-Identifier: MIT
//
// In a coroutine too a transport has one member, and it is named send.
// EXPECT: oauthpp::run<Task>: write a member send(oauthpp::http_request_view) that gives something to co_await
#include <oauthpp/oauthpp.hpp>

#include "task.hpp"

using response = oauthpp::result<oauthpp::http_response>;

#ifdef OAUTHPP_SHOULD_COMPILE
struct { task<response> send(oauthpp::http_request_view) { return {}; } } http;
#else
struct { task<response> async_send(oauthpp::http_request_view) { return {}; } } http;
#endif
struct { oauthpp::unix_time now() { return {}; } } clock_here;

auto tokens = oauthpp::run<task>(oauthpp::token_flow(oauthpp::errc::already_used), http, clock_here);
