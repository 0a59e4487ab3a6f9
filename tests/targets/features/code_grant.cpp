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

/// Answers every request alike.
struct canned_transport {
    oauthpp::result<oauthpp::http_response_view, oauthpp::error_view> send(const oauthpp::http_request_view& request,
                                                                           std::span<char> memory) {
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

}  // namespace

extern "C" int feature(char* memory, unsigned size) {
    const std::span<char> request_memory(memory, 1024);
    const std::span<char> response_memory(memory + 1024, size - 1024);
    const oauthpp::client_view app{.client_id = "s6BhdRkqt3", .redirect_uri = "https://client.example/cb"};

    const auto secrets = oauthpp::make_login_secrets(counting_entropy{});
    if (!secrets) return 1;
    oauthpp::buffer_writer out(request_memory);
    const auto url = oauthpp::write_login_url(out, server, app, {.scope = "openid offline_access"}, *secrets);
    if (!url) return 2;

    const auto callback = oauthpp::parse_authorization_response_in_place(
        callback_to(*url, response_memory), oauthpp::expected_login_response(server, app.redirect_uri, secrets->state.reveal()));
    if (!callback) return 3;

    canned_transport http;
    oauthpp::token_flow_view exchange(
        server, app,
        oauthpp::authorization_code_grant_view{
            .code = callback->code, .redirect_uri = app.redirect_uri, .code_verifier = secrets->code_verifier},
        request_memory);
    const auto tokens = oauthpp::run(exchange, http, response_memory, {1});
    if (!tokens) return 4;

    oauthpp::token_flow_view refresh(server, app, oauthpp::refresh_token_grant_view{.refresh_token = tokens->refresh_token}, request_memory);
    const auto renewed = oauthpp::run(refresh, http, response_memory, {2});
    return renewed && renewed->access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA" ? 0 : 5;
}
