// SPDX-License-Identifier: MIT
//
// The six jobs that every client of OAuth has, as each peer implements them. A file in peers/ defines those functions
// that its libraries can do; a file in jobs/ says when a result is right. The program that checks results, counts
// instructions and heap calls is the one in which time is measured: a peer cannot be right in one and fast in the other.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

/// What goes in, and what must come out again.
struct inputs {
    std::string authorization_endpoint, token_endpoint;
    std::string client_id, client_secret, redirect_uri, scope, state;
    std::string code, code_verifier, code_challenge;
    std::array<unsigned char, 32> random;   // RFC 7636 appendix B: the bytes behind that verifier and challenge
    std::string callback;                   // a URL with the code
    std::string token_json, access_token, refresh_token, id_token;
    std::string error_json, error_description;
};

struct callback_result {
    std::string_view code, state;
};
struct token_result {
    std::string_view access_token, token_type, refresh_token, scope, id_token;
    std::int64_t expires_in;
};
struct error_result {
    std::string_view error, error_description, error_uri, timestamp, trace_id, correlation_id;
};
struct pkce_result {
    std::string_view code_verifier, code_challenge;
};

/// A job hands its result to `keep` while it lives: views, so that nobody has to copy what he holds already.
template <class Result>
using keep = void (*)(const Result&, const inputs&);

// Weak: a peer leaves out what it cannot do.
[[gnu::weak]] void authorization_url(const inputs& in, keep<std::string_view> done);
[[gnu::weak]] void callback(const inputs& in, keep<callback_result> done);
[[gnu::weak]] void token_body(const inputs& in, keep<std::string_view> done);
[[gnu::weak]] void token_response(const inputs& in, keep<token_result> done);
[[gnu::weak]] void pkce(const inputs& in, keep<pkce_result> done);          // from `random`
[[gnu::weak]] void pkce_random(const inputs& in, keep<pkce_result> done);   // from the peer's random source
[[gnu::weak]] void error_response(const inputs& in, keep<error_result> done);

}  // namespace bench
