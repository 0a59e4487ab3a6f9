// SPDX-License-Identifier: MIT
//
// A transport takes the request as it is: that is not its to change.
// EXPECT: oauthpp::http_transport: write a member send(oauthpp::http_request_view)
#include <oauthpp/oauthpp.hpp>

using response = oauthpp::result<oauthpp::http_response>;

#ifdef OAUTHPP_SHOULD_COMPILE
struct transport { response send(const oauthpp::http_request_view&) { return oauthpp::errc::timed_out; } };
#else
struct transport { response send(oauthpp::http_request_view&) { return oauthpp::errc::timed_out; } };
#endif
struct still_clock { oauthpp::unix_time now() { return {}; } };

auto tokens = oauthpp::run(oauthpp::token_flow(oauthpp::errc::already_used), transport{}, still_clock{});
