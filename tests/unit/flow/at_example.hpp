// SPDX-License-Identifier: MIT
//
// What the tests of the flows have in common: the server and the client of RFC 6749's examples, randomness that can be
// foretold, a clock that stands still, and a transport that answers from a list and keeps what was sent.
#pragma once

#include <oauthpp/flow/login.hpp>
#include <oauthpp/flow/run.hpp>

#include <doctest/doctest.h>
#include <unit/protocol/form_pairs.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oauthpp_test {

/// std::ranges::count, which the libc++ of the WebAssembly target does not have yet.
template <class Range, class T>
std::ptrdiff_t count_of(const Range& range, const T& value) {
    std::ptrdiff_t count = 0;
    for (const auto& each : range) count += each == value ? 1 : 0;
    return count;
}

inline const oauthpp::server_metadata server{.issuer = "https://as.example",
                                             .authorization_endpoint = "https://as.example/authorize",
                                             .token_endpoint = "https://as.example/token"};
inline const oauthpp::client app{.client_id = "s6BhdRkqt3", .redirect_uri = "https://client.example.com/cb"};
inline const oauthpp::client confidential_app{.client_id = "s6BhdRkqt3",
                                              .authentication = oauthpp::client_secret_basic{"gX1fBat3bV"},
                                              .redirect_uri = "https://client.example.com/cb"};

/// Repeats itself after four thousand million bytes.
struct counting_entropy {
    std::uint32_t last = 0;
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = static_cast<std::byte>((last = last * 1664525 + 1013904223) >> 24);
        return true;
    }
};

struct still_clock {
    oauthpp::unix_time time{1000};
    [[nodiscard]] oauthpp::unix_time now() const { return time; }
};

inline oauthpp::http_response answer(int status, std::string body) {
    return {.status = status, .content_type = "application/json", .body = std::move(body)};
}

/// Gives its answers one after another, the last one for ever.
struct scripted_transport {
    std::vector<oauthpp::result<oauthpp::http_response>> answers{};
    std::vector<oauthpp::http_request> sent{};

    oauthpp::result<oauthpp::http_response> send(const oauthpp::http_request_view& request) {
        sent.push_back({.method = request.method,
                        .url = std::string(request.url),
                        .content_type = request.content_type,
                        .accept = request.accept,
                        .authorization = oauthpp::secret(request.authorization.reveal()),
                        .body = oauthpp::secret(request.body.reveal())});
        return answers[sent.size() < answers.size() ? sent.size() - 1 : answers.size() - 1];
    }
    [[nodiscard]] form_pairs last_form() const {
        return sent.empty() ? form_pairs() : pairs_of(sent.back().body.reveal());
    }
};

/// The value of a parameter that is there once; of any other nothing.
inline std::string only(const form_pairs& pairs, std::string_view name) {
    std::string value;
    std::size_t count = 0;
    for (const auto& [each, text] : pairs) {
        if (each == name && ++count == 1) value = text;
    }
    return count == 1 ? value : std::string();
}

inline bool has(const form_pairs& pairs, std::string_view name) {
    for (const auto& [each, text] : pairs) {
        if (each == name) return true;
    }
    return false;
}

/// Why it failed, or none.
template <class T, class E>
oauthpp::errc reason_of(const oauthpp::result<T, E>& outcome) {
    if (outcome) return oauthpp::errc::none;
    return oauthpp::error_view(outcome.error()).reason;
}

template <class T, class E>
std::string field_of(const oauthpp::result<T, E>& outcome) {
    return outcome ? std::string() : std::string(oauthpp::error_view(outcome.error()).field);
}

/// The value; after a failure, which is reported, an empty one.
template <class T>
T value_of(oauthpp::result<T> outcome) {
    CHECK_MESSAGE(outcome, oauthpp::message(reason_of(outcome)));
    return outcome ? *std::move(outcome) : T{};
}

inline oauthpp::pending_login begin(const oauthpp::login_options& options = {.scope = "read write"},
                                    const oauthpp::server_metadata& at = server, const oauthpp::client& by = app) {
    static counting_entropy entropy;
    auto login = oauthpp::start_login(at, by, options, entropy);
    REQUIRE_MESSAGE(login, oauthpp::message(reason_of(login)));
    return *std::move(login);
}

/// What an honest server sends back.
inline std::string callback_of(const oauthpp::pending_login& login, std::string_view code = "SplxlOBeZQQYbYS6WxSbIA") {
    return "/cb?code=" + std::string(code) + "&state=" + login.state();
}

/// Runs to the end against these answers.
template <class Flow>
auto outcome_of(Flow flow, scripted_transport& http, oauthpp::unix_time now = {1000}) {
    return oauthpp::run(std::move(flow), http, still_clock{now});
}

/// The same against a server that gives what RFC 6749 4.1.4 shows.
template <class Flow>
auto outcome_of(Flow flow) {
    scripted_transport http{
        {answer(200, R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600,)"
                     R"("refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA"})")}};
    return outcome_of(std::move(flow), http);
}

}  // namespace oauthpp_test
