// SPDX-License-Identifier: MIT
//
// A transport that cannot say that it failed will say something else.
// EXPECT: oauthpp::http_transport: send(oauthpp::http_request_view) must return oauthpp::result<oauthpp::http_response>
#include <oauthpp/oauthpp.hpp>

#ifdef OAUTHPP_SHOULD_COMPILE
using response = oauthpp::result<oauthpp::http_response>;
#else
using response = oauthpp::http_response;
#endif
struct transport { response send(oauthpp::http_request_view) { return oauthpp::http_response{}; } };
struct still_clock { oauthpp::unix_time now() { return {}; } };

auto tokens = oauthpp::run(oauthpp::token_flow(oauthpp::errc::already_used), transport{}, still_clock{});
