// SPDX-License-Identifier: MIT
//
// A device without a heap, exceptions or an operating system logs its owner in, and renews the tokens: the
// authorization code grant with PKCE, in two buffers. `examples/embedded/run` runs it on an emulated Cortex-M3.
//
// HTTP and the owner's browser are at the other end of a serial line, as with a modem. The protocol and every check of
// it are on this side. ISSUER, TOKEN_ENDPOINT and REDIRECT_URI are text literals that `run` puts in.
#include "board.hpp"
#include "bridge.hpp"

#include <oauthpp/oauthpp.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace {

using bridge::decimal, bridge::print;

constexpr oauthpp::server_metadata_view server{.issuer = ISSUER,
                                               .authorization_endpoint = ISSUER "/auth",
                                               .token_endpoint = TOKEN_ENDPOINT,
                                               .authorization_response_iss_parameter_supported = oauthpp::support::yes};
constexpr oauthpp::client_view app{.client_id = "public", .redirect_uri = REDIRECT_URI};

std::array<char, 1024> sent;       // the authorization URL, then each token request
std::array<char, 2048> received;   // the callback, then each token response
std::array<char, 256> stored;      // the refresh token, where a product has its flash
std::size_t stored_size;

/// Says what went wrong and who must act. Always false: how a step ends that failed.
bool fail(const oauthpp::error_view& why) {
    print({"failed: ", message(why.reason), why.field.empty() ? "" : ": ", why.field});
    if (why.http_status != 0) print({"  HTTP status ", decimal(why.http_status)});
    if (!why.server_error.empty()) print({"  the server: ", why.server_error, " ", why.server_description});
    if (why.needed != 0) print({"  it takes ", decimal(why.needed), " bytes"});
    print({"  what to do: ", message(why.action())});
    return false;
}

/// Enough of a token to see that it is another one.
void print_token(std::string_view name, oauthpp::secret_view token) {
    const std::string_view text = token.reveal();
    const std::string_view start(text.data(), std::min<std::size_t>(text.size(), 6));   // substr would bring in malloc
    if (!text.empty()) print({"  ", name, " ", start, "... of ", decimal(text.size()), " characters"});
}

bool store(oauthpp::secret_view refresh_token) {
    const std::string_view text = refresh_token.reveal();
    if (text.size() > stored.size()) return false;
    std::ranges::copy(text, stored.begin());
    stored_size = text.size();
    return true;
}

// A product takes these steps in different turns of its main loop. Here too no frame holds all of them.

[[gnu::noinline]] bool make_secrets(oauthpp::login_secrets& secrets) {
    const auto made = oauthpp::make_login_secrets(bridge::entropy_of_host{});
    if (!made) return fail(made.error());
    secrets = *made;
    return true;
}

[[gnu::noinline]] bool ask_owner(const oauthpp::login_secrets& secrets, std::span<char>& callback) {
    oauthpp::buffer_writer out(sent);
    const auto url =
        oauthpp::write_login_url(out, server, app, {.scope = "openid offline_access", .prompt = "consent"}, secrets);
    if (!url) return fail(url.error());
    callback = bridge::wait_for_callback(*url, received);
    return true;
}

[[gnu::noinline]] bool check(std::span<char> callback, const oauthpp::login_secrets& secrets, oauthpp::secret_view& code) {
    const auto response = oauthpp::parse_authorization_response_in_place(
        callback, oauthpp::expected_login_response(server, app.redirect_uri, secrets.state.reveal()));
    if (!response) return fail(response.error());
    code = response->code;
    return true;
}

/// In exchange for an authorization code or a refresh token.
[[gnu::noinline]] bool get_tokens(const auto& grant) {
    bridge::uart_transport http;
    oauthpp::token_flow_view flow(server, app, grant, sent);
    const auto& tokens = oauthpp::run(flow, http, received, bridge::now());
    if (!tokens) return fail(tokens.error());

    print_token("access token ", tokens->access_token);
    print_token("refresh token", tokens->refresh_token);
    print_token("ID token     ", tokens->id_token);
    if (tokens->expires_in) print({"  good for ", decimal(static_cast<std::uint32_t>(tokens->expires_in->count)), " s"});
    if (tokens->refresh_token.empty()) return true;   // the old one stays good
    return store(tokens->refresh_token) || fail({oauthpp::errc::buffer_too_small, "refresh_token"});
}

bool log_in() {
    print({"1. log in"});
    oauthpp::login_secrets secrets;   // wiped in the end
    std::span<char> callback;
    oauthpp::secret_view code;
    return make_secrets(secrets) && ask_owner(secrets, callback) && check(callback, secrets, code) &&
           get_tokens(oauthpp::authorization_code_grant_view{
               .code = code, .redirect_uri = app.redirect_uri, .code_verifier = secrets.code_verifier});
}

bool renew() {
    print({"2. renew the tokens"});
    return get_tokens(oauthpp::refresh_token_grant_view{.refresh_token = std::string_view(stored.data(), stored_size)});
}

}  // namespace

int device() {
    const bool done = log_in() && renew();
    const board::usage used = board::used();
    print({"flash ", decimal(used.flash), ", RAM ", decimal(used.ram), ", of it buffers ",
           decimal(sent.size() + received.size() + stored.size()), ", stack ", decimal(used.stack), " bytes"});
    return done ? 0 : 1;
}
