// SPDX-License-Identifier: MIT
//
// What the examples of this folder have in common: a client that asks for a token of its own (RFC 6749 4.4), and says
// what came of it. How the request travels is each example's own.
//
//   PROGRAM TOKEN_ENDPOINT [CA_FILE]        the client's secret is in the variable CLIENT_SECRET
#pragma once

#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace example {

inline constexpr int time_limit = 3;                         // seconds
inline constexpr std::size_t body_limit = 1024 * 1024;       // bytes

struct arguments {
    std::string token_endpoint;
    std::string ca_file;      // PEM
};

inline arguments read_arguments(int count, char** words) {
    if (count < 2) std::exit(2);
    return {words[1], count > 2 ? words[2] : ""};
}

inline oauthpp::token_flow ask(const arguments& asked) {
    const char* secret = std::getenv("CLIENT_SECRET");
    const oauthpp::client app{.client_id = "cc",
                              .authentication = oauthpp::client_secret_basic{std::string(secret ? secret : "-")}};
    return request_tokens(oauthpp::server_metadata{.token_endpoint = asked.token_endpoint}, app, {.scope = "read"});
}

/// The program's exit code.
inline int report(const oauthpp::result<oauthpp::tokens>& tokens) {
    if (tokens) {
        std::cout << "a token of " << tokens->access_token.reveal().size() << " characters\n";
        return 0;
    }
    const oauthpp::error& error = tokens.error();
    constexpr const char* again[] = {"pointless", "safe", "unsafe"};
    std::cout << message(error.reason()) << "\nagain: " << again[static_cast<int>(error.again())]
              << "\nthe stack: " << error.transport_code() << ' ' << error.transport_text() << '\n';
    return 1;
}

/// Where a stack's own failure happened decides what it means, and whether the request may be sent again.
inline oauthpp::error failure(oauthpp::errc reason, oauthpp::resend again, int code, std::string_view text) {
    oauthpp::error_view what(reason);
    what.again = again;
    what.transport_code = code;
    what.transport_text = text;
    return what;              // copies the text
}

}  // namespace example
