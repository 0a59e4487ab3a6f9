// SPDX-License-Identifier: MIT
//
// The library's share of the time that tokens take at a real server: one login, then a refresh in each turn, with its ID
// token, over TLS on a connection that stays open. Prints microseconds of one turn, and the library's part of them.
//
//   OAUTHPP_TEST_ENV=<state>/env share TURNS
#include "good.hpp"

#include <oauthpp/adapter/curl.hpp>

#include <e2e/browser.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace oauthpp;
using bench::good;
using clock_of_day = std::chrono::steady_clock;

/// What passes here is libcurl, TLS, the network and the server.
struct timed_transport {
    curl_transport http{{.ca_file = oauthpp_test::environment("CA_FILE")}};
    clock_of_day::duration elsewhere{};

    result<http_response> send(http_request_view request) {
        const auto begin = clock_of_day::now();
        auto response = http.send(request);
        elsewhere += clock_of_day::now() - begin;
        return response;
    }
};

double microseconds(clock_of_day::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const long turns = std::strtol(argv[1], nullptr, 10);
    const std::string issuer = oauthpp_test::environment("OIDC_HTTPS");
    const server_metadata server{
        .issuer = issuer, .authorization_endpoint = issuer + "/auth", .token_endpoint = issuer + "/token"};
    const client app{.client_id = "public", .redirect_uri = "http://127.0.0.1/cb"};
    timed_transport transport;

    auto login = good(start_login(server, app, {.scope = "openid read"}));
    const std::string callback = oauthpp_test::browse(login.url()).callback();
    oauthpp::tokens held = good(run(login.exchange(callback), transport));
    transport.elsewhere = {};
    const auto begin = clock_of_day::now();
    for (long i = 0; i < turns; ++i) held = good(run(refresh(server, app, held), transport));
    const auto whole = clock_of_day::now() - begin;
    const double count = static_cast<double>(turns);
    std::printf("%.1f\t%.1f\n", microseconds(whole) / count, microseconds(whole - transport.elsewhere) / count);
}
