// SPDX-License-Identifier: MIT
//
// Logins with a refresh each, at scale, against a responder that answers at once, in the same process: what is left is
// the library's own time and memory. Prints one line of tab-separated figures.
//
//   load LOGINS THREADS IN_FLIGHT     logins a second of one core; the most heap bytes in use during the first tenth
//                                     and during the last
//   load pending NUMBER               heap bytes of one login that waits for its callback
#include "good.hpp"
#include "inputs.hpp"

#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace {

using namespace oauthpp;
using bench::good;

constexpr unix_time now{1'800'000'000};

std::size_t heap_in_use() { return mallinfo2().uordblks; }

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

struct setting {
    bench::inputs in = bench::make_inputs();
    server_metadata server{.authorization_endpoint = in.authorization_endpoint, .token_endpoint = in.token_endpoint};
    client app{.client_id = in.client_id,
               .authentication = client_secret_post{secret(in.client_secret)},
               .redirect_uri = in.redirect_uri};
    login_options options{.scope = "offline_access https://graph.microsoft.com/mail.read"};

    pending_login start() const { return good(start_login(server, app, options)); }

    std::string callback_of(const pending_login& login) const {
        return in.redirect_uri + "?code=" + in.code.substr(0, in.code.size() - 1) + "%2F&state=" + login.state();
    }

    /// The trivial server: whoever asks gets tokens. A public client would not: the secret must be there.
    http_response answer(const http_request_view& request) const {
        if (request.body.reveal().find("client_secret=") == std::string_view::npos) std::exit(1);
        http_response response;
        response.status = 200;
        response.content_type = "application/json";
        response.body = secret(in.token_json);
        return response;
    }
};

/// One of many that are under way: a login, then its exchange, then a refresh of what came of it.
struct visitor {
    std::variant<std::monostate, pending_login, token_flow, tokens> stage{};
    bool refreshing{};

    /// One step; true when a login and its refresh are done.
    bool advance(const setting& at) {
        if (std::holds_alternative<std::monostate>(stage)) {
            stage = at.start();
        } else if (auto* login = std::get_if<pending_login>(&stage)) {
            auto flow = login->exchange(at.callback_of(*login));
            stage = std::move(flow);
        } else if (auto* held = std::get_if<tokens>(&stage)) {
            auto flow = refresh(at.server, at.app, *held);
            stage = std::move(flow);
            refreshing = true;
        } else {
            return ask(at, std::get<token_flow>(stage));
        }
        return false;
    }

 private:
    bool ask(const setting& at, token_flow& flow) {
        const step next = flow.next(now);
        if (next.wants_request()) {
            flow.resume(at.answer(next.request()), now);
            return false;
        }
        tokens received = good(std::move(flow).outcome());
        const bool done = std::exchange(refreshing, false);
        if (done) stage = std::monostate();
        else stage = std::move(received);
        return done;
    }
};

struct figures {
    double seconds{};
    std::size_t heap_early{};
    std::size_t heap_late{};
};

figures run_logins(std::size_t logins, std::size_t in_flight) {
    const setting at;
    std::vector<visitor> visitors(in_flight);
    figures made;
    const double begin = processor_seconds();
    for (std::size_t done = 0; done < logins;) {
        for (visitor& each : visitors) {
            done += each.advance(at);
        }
        if (done <= logins / 10) made.heap_early = std::max(made.heap_early, heap_in_use());
        if (done >= logins - logins / 10) made.heap_late = std::max(made.heap_late, heap_in_use());
    }
    made.seconds = processor_seconds() - begin;
    return made;
}

void measure_logins(std::size_t logins, std::size_t threads, std::size_t in_flight) {
    std::vector<figures> made(threads);
    std::vector<std::thread> pool;
    for (figures& each : made) {
        pool.emplace_back([&each, logins, threads, in_flight] { each = run_logins(logins / threads, in_flight / threads); });
    }
    for (std::thread& each : pool) each.join();
    double seconds = 0;
    for (const figures& each : made) seconds += each.seconds;
    std::printf("%.0f\t%zu\t%zu\n", static_cast<double>(logins) / seconds, made[0].heap_early, made[0].heap_late);
}

void measure_pending(std::size_t number) {
    const setting at;
    const std::size_t before = heap_in_use();
    std::vector<pending_login> waiting;
    waiting.reserve(number);
    for (std::size_t i = 0; i < number; ++i) waiting.push_back(at.start());
    std::printf("%zu\t%zu\n", (heap_in_use() - before) / number, sizeof(pending_login));
}

std::size_t number(const char* text) { return std::strtoul(text, nullptr, 10); }

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3) measure_pending(number(argv[2]));
    else if (argc == 4) measure_logins(number(argv[1]), number(argv[2]), number(argv[3]));
    else return 2;
}
