// SPDX-License-Identifier: MIT
//
// The smallest flow, the library's own, and what no driver could drive.
#include <oauthpp/flow/discover.hpp>
#include <oauthpp/flow/discover_resource.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/flow/token_flow.hpp>
#include <oauthpp/flow/user_info.hpp>

namespace flow_exemplar {

using oauthpp::http_response, oauthpp::result, oauthpp::step, oauthpp::unix_time;

struct smallest {
    static constexpr bool waits = false;
    step next(unix_time);
    void resume(const result<http_response>&, unix_time);
    result<int> outcome() &&;
};
static_assert(oauthpp::flow<smallest>);
static_assert(oauthpp::flow<oauthpp::token_flow>);
static_assert(oauthpp::flow<oauthpp::discovery_flow>);
static_assert(oauthpp::flow<oauthpp::keys_flow>);
static_assert(oauthpp::flow<oauthpp::issuer_flow>);
static_assert(oauthpp::flow<oauthpp::resource_flow>);
static_assert(oauthpp::flow<oauthpp::user_info_flow>);
static_assert(!oauthpp::flow<oauthpp::token_flow_view>, "run(flow, transport, memory, now) drives that one");

struct does_not_say_whether_it_waits {
    step next(unix_time);
    void resume(const result<http_response>&, unix_time);
    result<int> outcome() &&;
};
struct asks_nobody_the_time {
    static constexpr bool waits = false;
    step next();
    void resume(const result<http_response>&);
    result<int> outcome() &&;
};
struct takes_no_failure {
    static constexpr bool waits = false;
    step next(unix_time);
    void resume(const http_response&, unix_time);
    result<int> outcome() &&;
};
struct has_no_outcome {
    static constexpr bool waits = false;
    step next(unix_time);
    void resume(const result<http_response>&, unix_time);
};
struct gives_something_else {
    static constexpr bool waits = false;
    oauthpp::http_request next(unix_time);
    void resume(const result<http_response>&, unix_time);
    result<int> outcome() &&;
};
static_assert(!oauthpp::flow<does_not_say_whether_it_waits>);
static_assert(!oauthpp::flow<asks_nobody_the_time>);
static_assert(!oauthpp::flow<takes_no_failure>);
static_assert(!oauthpp::flow<has_no_outcome>);
static_assert(!oauthpp::flow<gives_something_else>);

}  // namespace flow_exemplar
