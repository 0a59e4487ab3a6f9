// SPDX-License-Identifier: MIT
//
// Without a heap a transport needs to be told where the response may lie.
// EXPECT: oauthpp::borrowed_http_transport: write a member send(oauthpp::http_request_view, std::span<char>)
#include <oauthpp/oauthpp.hpp>

#include <span>

using response = oauthpp::result<oauthpp::http_response_view, oauthpp::error_view>;

#ifdef OAUTHPP_SHOULD_COMPILE
struct modem { response send(oauthpp::http_request_view, std::span<char>) { return oauthpp::errc::timed_out; } };
#else
struct modem { response send(oauthpp::http_request_view) { return oauthpp::errc::timed_out; } };
#endif

char sent[512];
char received[512];
modem http;
oauthpp::token_flow_view flow({}, {}, oauthpp::refresh_token_grant_view{}, sent);
bool got = static_cast<bool>(oauthpp::run(flow, http, received, {}));
