// SPDX-License-Identifier: MIT
//
// The whole grant in borrowed storage, built without exceptions and RTTI: the URL, the callback where it was received,
// the token request, the response where it was received, and a refresh. Not one allocation. The exit code is the number
// of the first check that failed.
#include <oauthpp/flow/login.hpp>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/flow/run.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <string_view>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "to be built with -fno-exceptions -fno-rtti"
#endif

static int allocations = 0;

void* operator new(std::size_t size) {
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using oauthpp::error_view, oauthpp::http_response_view, oauthpp::result;

constexpr oauthpp::server_metadata_view server{.issuer = "https://as.example",
                                               .authorization_endpoint = "https://as.example/authorize?tenant=42",
                                               .token_endpoint = "https://as.example/token"};
constexpr std::string_view client_id = "s6BhdRkqt3";
constexpr std::string_view redirect_uri = "https://client.example.com/cb";
constexpr std::string_view code = "SplxlOBeZQQYbYS6WxSbIA";

struct counting_entropy {
    unsigned char last = 0;
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = static_cast<std::byte>(last = static_cast<unsigned char>(last * 5 + 1));
        return true;
    }
};

/// The value of a parameter, undecoded.
std::string_view parameter(std::string_view form, std::string_view name) {
    oauthpp::form_reader pairs(form);
    while (pairs.next()) {
        if (pairs.is(name)) return pairs.value();
    }
    return {};
}

std::string_view query_of(std::string_view url) {
    const std::size_t question = url.find('?');
    return {url.data() + question + 1, url.size() - question - 1};
}

std::span<char> put(std::span<char> memory, std::string_view text) {
    std::memcpy(memory.data(), text.data(), text.size());
    return memory.first(text.size());
}

/// An authorization server that checks the verifier, and whose codes and refresh tokens work once.
struct modem {
    std::array<char, 43> code_challenge{};
    std::string_view refresh_token{};
    bool code_used = false;

    result<http_response_view, error_view> send(const oauthpp::http_request_view& request, std::span<char> memory) {
        const std::string_view body = request.body.reveal();
        if (request.method != "POST" || request.url != server.token_endpoint) return oauthpp::errc::transport_failed;
        return parameter(body, "grant_type") == "authorization_code" ? redeem(body, memory) : renew(body, memory);
    }

 private:
    http_response_view redeem(std::string_view body, std::span<char> memory) {
        const auto challenge = oauthpp::make_code_challenge(parameter(body, "code_verifier"));
        const bool right = !code_used && parameter(body, "code") == code && parameter(body, "client_id") == client_id &&
                           parameter(body, "redirect_uri") == "https%3A%2F%2Fclient.example.com%2Fcb" && challenge &&
                           *challenge == code_challenge;
        code_used = true;
        if (!right) return refuse(memory);
        refresh_token = "refresh%2F0";
        return answer(200,
                      R"({"access_token":"first\u002daccess","token_type":"bearer","expires_in":"3600",)"
                      R"("refresh_token":"refresh\/0"})",
                      memory);
    }
    http_response_view renew(std::string_view body, std::span<char> memory) {
        if (parameter(body, "refresh_token") != refresh_token) return refuse(memory);
        refresh_token = "refresh1";
        return answer(200, R"({"access_token":"second","token_type":"Bearer","refresh_token":"refresh1"})", memory);
    }
    static http_response_view refuse(std::span<char> memory) {
        return answer(400, R"({"error":"invalid_grant"})", memory);
    }
    static http_response_view answer(int status, std::string_view body, std::span<char> memory) {
        const std::span<char> written = put(memory, body);
        return {.status = status,
                .content_type = "application/json",
                .body = std::string_view(written.data(), written.size())};
    }
};

/// What the browser brings: a code, the state of the URL, and the issuer.
std::span<char> callback_to(std::string_view url, std::span<char> memory) {
    oauthpp::buffer_writer out(memory);
    out.append("/cb?code=");
    out.append(code);
    out.append("&session_state=a%20b&iss=https%3A%2F%2Fas.example&state=");
    out.append(parameter(query_of(url), "state"));
    return memory.first(out.size());
}

int whole_grant() {
    const oauthpp::client_view app{.client_id = client_id, .redirect_uri = redirect_uri};
    std::array<char, 1024> sent{};
    std::array<char, 1024> received{};
    modem http;

    const auto secrets = oauthpp::make_login_secrets(counting_entropy{});
    if (!secrets) return 1;
    oauthpp::buffer_writer out(sent);
    const auto url = oauthpp::write_login_url(out, server, app, {.scope = "offline_access"}, *secrets);
    if (!url) return 2;
    const std::string_view challenge = parameter(query_of(*url), "code_challenge");
    if (challenge.size() != 43 || parameter(query_of(*url), "tenant") != "42") return 3;
    std::memcpy(http.code_challenge.data(), challenge.data(), challenge.size());

    // Somebody else's callback first
    const auto expected = oauthpp::expected_login_response(server, redirect_uri, secrets->state.reveal());
    const auto forged = put(received, "/cb?code=evil&state=evil");
    const auto refused = oauthpp::parse_authorization_response_in_place(forged, expected);
    if (refused || refused.error().reason != oauthpp::errc::state_mismatch) return 4;
    std::array<oauthpp::parameter_view, 1> extra{};
    const auto callback = oauthpp::parse_authorization_response_in_place(callback_to(*url, received), expected, extra);
    if (!callback || callback->code.reveal() != code || extra[0].value != "a b") return 5;

    const oauthpp::authorization_code_grant_view grant{
        .code = callback->code, .redirect_uri = redirect_uri, .code_verifier = secrets->code_verifier};
    oauthpp::token_flow_view exchange(server, app, grant, sent);
    const auto& tokens = oauthpp::run(exchange, http, received, {1000});
    if (!tokens) return 6;
    if (tokens->access_token.reveal() != "first-access" || tokens->refresh_token.reveal() != "refresh/0") return 7;
    if (tokens->expires_in != oauthpp::seconds{3600}) return 8;
    const std::string_view left(sent.data(), sent.size());
    if (left.find(code) != left.npos || left.find(secrets->code_verifier.reveal()) != left.npos) return 9;

    const oauthpp::refresh_token_grant_view renew{.refresh_token = tokens->refresh_token};
    oauthpp::token_flow_view renewal(server, app, renew, sent);
    const auto& renewed = oauthpp::run(renewal, http, received, {2000});
    if (!renewed) return 10;
    if (renewed->access_token.reveal() != "second" || renewed->refresh_token.reveal() != "refresh1") return 10;

    const oauthpp::refresh_token_grant_view old{.refresh_token = "refresh/0"};
    oauthpp::token_flow_view replay(server, app, old, sent);
    const auto& stolen = oauthpp::run(replay, http, received, {3000});
    if (stolen || stolen.error().server_error != "invalid_grant" || stolen.error().http_status != 400) return 11;
    return allocations == 0 ? 0 : 12;
}

}  // namespace

int main() { return whole_grant(); }
