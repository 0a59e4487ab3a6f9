// SPDX-License-Identifier: MIT
//
// Logins and refreshes on many threads at once, for ThreadSanitizer: what they share is the server, the client and its
// proof, and nothing of that is written to. On each thread many are under way at the same time.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace oauthpp;

constexpr std::size_t threads = 8;
constexpr std::size_t at_once = 50;

const server_metadata server{.issuer = "https://as.example",
                             .authorization_endpoint = "https://as.example/authorize",
                             .token_endpoint = "https://as.example/token"};

/// A workload's assertion, the same for everybody.
struct shared_assertion {
    error_view write_assertion(const assertion_subject&, buffer_writer& out) const {
        out.append("eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
        return {};
    }
} the_assertion;

const client app{.client_id = "s6BhdRkqt3",
                 .authentication = client_assertion{the_assertion},
                 .redirect_uri = "https://client.example.com/cb"};

/// What the server answers to the n-th refresh.
http_response answer(std::size_t n) {
    return {.status = 200,
            .content_type = "application/json",
            .body = R"({"access_token":"a)" + std::to_string(n) + R"(","token_type":"Bearer","refresh_token":"r)" +
                    std::to_string(n) + "\"}"};
}

/// One step of a flow. False: it is over.
bool advance(token_flow& flow, std::size_t n) {
    const unix_time now{static_cast<std::int64_t>(1000 + n)};
    if (flow.next(now).done()) return false;
    flow.resume(answer(n), now);
    return true;
}

/// Every login one step at a time, in turn, then every refresh. True: each ended with its own tokens.
bool work() {
    std::vector<token_flow> flows;
    for (std::size_t i = 0; i < at_once; ++i) {
        auto login = start_login(server, app, {.scope = "read"});
        if (!login) return false;
        flows.push_back(login->exchange("/cb?code=c&state=" + login->state()));
    }
    for (std::size_t round = 0; round < 3; ++round) {
        std::vector<tokens> got;
        for (bool busy = true; std::exchange(busy, false);) {
            for (std::size_t i = 0; i < at_once; ++i) busy |= advance(flows[i], i);
        }
        for (std::size_t i = 0; i < at_once; ++i) {
            auto outcome = std::move(flows[i]).outcome();
            if (!outcome || outcome->refresh_token.reveal() != "r" + std::to_string(i)) return false;
            got.push_back(*std::move(outcome));
        }
        for (std::size_t i = 0; i < at_once; ++i) flows[i] = refresh(server, app, got[i]);
    }
    return true;
}

}  // namespace

int main() {
    std::atomic<std::size_t> good = 0;
    std::vector<std::thread> all;
    for (std::size_t i = 0; i < threads; ++i) all.emplace_back([&] { good += work() ? 1 : 0; });
    for (std::thread& each : all) each.join();
    std::printf("%zu of %zu threads ended %zu logins and their refreshes\n", good.load(), threads, at_once);
    return good == threads ? 0 : 1;
}
