// SPDX-License-Identifier: MIT
//
// A lambda of another shape becomes no transport, and the message is the same.
// EXPECT: oauthpp::http_transport: write a member send(oauthpp::http_request_view)
#include <oauthpp/oauthpp.hpp>

#include <string>

using response = oauthpp::result<oauthpp::http_response>;

#ifdef OAUTHPP_SHOULD_COMPILE
auto send = [](oauthpp::http_request_view) -> response { return oauthpp::errc::timed_out; };
#else
auto send = [](const std::string&) -> response { return oauthpp::errc::timed_out; };
#endif
struct still_clock { oauthpp::unix_time now() { return {}; } };

auto http = oauthpp::as_transport(send);
auto tokens = oauthpp::run(oauthpp::token_flow(oauthpp::errc::already_used), http, still_clock{});
