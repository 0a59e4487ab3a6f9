// SPDX-License-Identifier: MIT
// The whole authorization code grant with PKCE and a refresh, in lent memory.
#include <oauthpp/flow/login.hpp>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/flow/run.hpp>

#include <cstring>

namespace {

constexpr oauthpp::server_metadata_view server{.issuer = "https://as.example",
                                               .authorization_endpoint = "https://as.example/authorize",
                                               .token_endpoint = "https://as.example/token"};

struct counting_entropy {
    bool operator()(std::span<std::byte> out) noexcept {
        for (std::byte& byte : out) byte = static_cast<std::byte>(++last);
        return true;
    }
    unsigned last = 0;
};

/// Answers every request alike. Not inlined, as a real one would not be.
struct canned_transport {
    [[gnu::noinline]] oauthpp::result<oauthpp::http_response_view, oauthpp::error_view> send(
        const oauthpp::http_request_view& request, std::span<char> memory) {
        constexpr std::string_view answer =
            R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600,"refresh_token":"tGzv3JOkF0"})";
        if (request.body.empty() || memory.size() < answer.size()) return oauthpp::error_view(oauthpp::errc::transport_failed);
        std::memcpy(memory.data(), answer.data(), answer.size());
        return oauthpp::http_response_view{.status = 200,
                                           .content_type = "application/json",
                                           .body = std::string_view(memory.data(), answer.size())};
    }
};

/// The browser: brings a code and the state that is in the URL.
std::span<char> callback_to(std::string_view url, std::span<char> memory) {
    const std::string_view state = url.data() + url.find("&state=");
    oauthpp::buffer_writer out(memory);
    out.append("/cb?code=SplxlOBeZQQYbYS6WxSbIA&iss=https%3A%2F%2Fas.example");
    out.append({state.data(), 7 + 43});
    return memory.first(out.size());
}

constexpr std::string_view client_id = "s6BhdRkqt3";
constexpr std::string_view redirect_uri = "https://client.example/cb";

// A firmware takes these steps one after another, in different calls of its main loop: no frame holds all of them.

[[gnu::noinline]] bool make_secrets(oauthpp::login_secrets& secrets) {
    const auto made = oauthpp::make_login_secrets(counting_entropy{});
    if (made) secrets = *made;
    return bool(made);
}

[[gnu::noinline]] bool begin(const oauthpp::login_secrets& secrets, std::span<char> request_memory, std::span<char>& callback,
                             std::span<char> response_memory) {
    oauthpp::buffer_writer out(request_memory);
    const auto url = oauthpp::write_login_url(out, server, {.client_id = client_id, .redirect_uri = redirect_uri},
                                              {.scope = "openid offline_access"}, secrets);
    if (url) callback = callback_to(*url, response_memory);
    return bool(url);
}

[[gnu::noinline]] bool read_callback(const oauthpp::login_secrets& secrets, std::span<char> callback, std::string_view& code) {
    const auto response = oauthpp::parse_authorization_response_in_place(
        callback, oauthpp::expected_login_response(server, redirect_uri, secrets.state.reveal()));
    if (response) code = response->code.reveal();
    return bool(response);
}

template <class Grant>
[[gnu::noinline]] oauthpp::token_flow_view ask_for_tokens(const Grant& grant, std::span<char> request_memory) {
    return {server, {.client_id = client_id, .redirect_uri = redirect_uri}, grant, request_memory};
}

template <class Grant>
[[gnu::noinline]] bool get_tokens(const Grant& grant, std::span<char> request_memory, std::span<char> response_memory,
                                  std::string_view& refresh_token) {
    canned_transport http;
    oauthpp::token_flow_view flow = ask_for_tokens(grant, request_memory);
    const auto& tokens = oauthpp::run(flow, http, response_memory, {1});
    if (tokens) refresh_token = tokens->refresh_token.reveal();
    return tokens && tokens->access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA";
}

}  // namespace

extern "C" int feature(char* memory, unsigned size) {
    const std::span<char> request_memory(memory, 1024);
    const std::span<char> response_memory(memory + 1024, size - 1024);
    oauthpp::login_secrets secrets;
    std::span<char> callback;
    std::string_view code;
    std::string_view refresh_token;
    if (!make_secrets(secrets)) return 5;
    if (!begin(secrets, request_memory, callback, response_memory)) return 1;
    if (!read_callback(secrets, callback, code)) return 2;
    const oauthpp::authorization_code_grant_view redeem{
        .code = code, .redirect_uri = redirect_uri, .code_verifier = secrets.code_verifier};
    if (!get_tokens(redeem, request_memory, response_memory, refresh_token)) return 3;
    const oauthpp::refresh_token_grant_view renew{.refresh_token = refresh_token};
    return get_tokens(renew, request_memory, response_memory, refresh_token) ? 0 : 4;
}
