// SPDX-License-Identifier: MIT
//
// Without a heap neither the response nor the failure may own anything.
// EXPECT: oauthpp::borrowed_http_transport: send(oauthpp::http_request_view, std::span<char>) must return
// EXPECT: oauthpp::result<oauthpp::http_response_view, oauthpp::error_view>
#include <oauthpp/oauthpp.hpp>

#include <span>

#ifdef OAUTHPP_SHOULD_COMPILE
using response = oauthpp::result<oauthpp::http_response_view, oauthpp::error_view>;
#else
using response = oauthpp::result<oauthpp::http_response_view>;
#endif
struct modem { response send(oauthpp::http_request_view, std::span<char>) { return oauthpp::errc::timed_out; } };

char sent[512];
char received[512];
modem http;
oauthpp::token_flow_view flow({}, {}, oauthpp::refresh_token_grant_view{}, sent);
bool got = static_cast<bool>(oauthpp::run(flow, http, received, {}));
