// SPDX-License-Identifier: MIT
//
// The three things that a flow may want next.
#include <oauthpp/flow/step.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string_view>

namespace step_test {

using oauthpp::step;

TEST_CASE("a step is exactly one of three: a request, a moment to wait for, the end") {
    const oauthpp::http_request_view request{.url = "https://as.example/token",
                                             .body = "grant_type=client_credentials"};
    const step sends = step::send(request);
    CHECK(sends.wants_request());
    CHECK_FALSE(sends.done());
    CHECK(sends.request().url.data() == request.url.data());
    CHECK(sends.request().body.reveal().data() == request.body.reveal().data());

    const step waits = step::wait({1234});
    CHECK_FALSE(waits.wants_request());
    CHECK_FALSE(waits.done());
    CHECK(waits.not_before().count == 1234);

    const step end = step::finished();
    CHECK(end.done());
    CHECK_FALSE(end.wants_request());
}

TEST_CASE("a step can be made and asked while compiling") {
    static_assert(step::finished().done());
    static_assert(step::wait({5}).not_before() == oauthpp::unix_time{5});
    static_assert(step::send({.url = "https://as.example/token"}).request().method == "POST");
}

}  // namespace step_test
