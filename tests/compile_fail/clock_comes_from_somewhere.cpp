// SPDX-License-Identifier: MIT
//
// The library itself asks no clock: who passes none includes the header that has one.
// EXPECT: oauthpp: include <oauthpp/system.hpp>, or pass a clock as the last argument
#include <oauthpp/oauthpp.hpp>
#ifdef OAUTHPP_SHOULD_COMPILE
#include <oauthpp/system.hpp>
#endif

auto http = oauthpp::as_transport(
    [](oauthpp::http_request_view) -> oauthpp::result<oauthpp::http_response> { return oauthpp::errc::timed_out; });

auto tokens = oauthpp::run(oauthpp::token_flow(oauthpp::errc::already_used), http);
