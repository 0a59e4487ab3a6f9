// SPDX-License-Identifier: MIT
//
// A flow that waits needs a clock that can; other flows do not.
// EXPECT: oauthpp::clock_source: this flow waits, so write a member wait_until(oauthpp::unix_time)
#include <oauthpp/oauthpp.hpp>

struct polling_flow {
    static constexpr bool waits = true;
    oauthpp::step next(oauthpp::unix_time) { return oauthpp::step::finished(); }
    void resume(const oauthpp::result<oauthpp::http_response>&, oauthpp::unix_time) {}
    oauthpp::result<int> outcome() && { return 0; }
};

auto http = oauthpp::as_transport(
    [](oauthpp::http_request_view) -> oauthpp::result<oauthpp::http_response> { return oauthpp::errc::timed_out; });

struct wall_clock {
    oauthpp::unix_time now() { return {1700000000}; }
#ifdef OAUTHPP_SHOULD_COMPILE
    void wait_until(oauthpp::unix_time) {}
#endif
};

auto got = oauthpp::run(polling_flow{}, http, wall_clock{});
