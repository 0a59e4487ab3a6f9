// SPDX-License-Identifier: MIT
//
// The stateful one: discovery, login, exchange and two refreshes against a server whose every answer is a line of the
// input, in the form
//
//   status|Content-Type|body
//
// but the first, which is the callback; where there is none the connection fails. `$STATE`, `$ID_TOKEN` and
// `$OTHER_ID_TOKEN`, about somebody else, stand for those of this login, so that the fuzzer comes past the first check.
// What must hold: requests go to this server only, each once and only while they are due; secrets leave in the places
// that are made for them; a failure costs no token that was there; no secret enters an error.
#include "../fuzz.hpp"

#include <utility>
#include <vector>

namespace fuzzing::hostile_server {

using oauthpp::unix_time;

constexpr std::string_view issuer = "https://as.example/tenant";

/// The same in every run; each login's are different.
struct counting_entropy {
    std::uint32_t last = 0;
    bool operator()(std::span<std::byte> out) {
        for (std::byte& byte : out) byte = static_cast<std::byte>((last = last * 1664525 + 1013904223) >> 24);
        return true;
    }
};

std::string encoded(std::string_view text) {
    return oauthpp::base64url_encode(std::as_bytes(std::span(text)));
}

/// Without a signature that anybody could check: TLS vouches for it.
std::string id_token(const std::string& subject, std::string_view nonce) {
    return encoded(R"({"alg":"RS256"})") + "." +
           encoded(
               R"({"iss":"https://as.example/tenant","aud":"s6BhdRkqt3","exp":1311281970,"iat":1311280970,"sub":")" +
               subject + R"(","nonce":")" + std::string(nonce) + "\"}") +
           ".c2lnbmF0dXJl";
}

struct script {
    explicit script(bytes input) : answers(input) {}

    lines answers;
    std::vector<std::pair<std::string_view, std::string>> names{};      // what stands for what
    std::vector<std::string> sent{};                                    // method, URL and body
    std::string code_verifier{};
    unix_time now{1311280970};

    [[nodiscard]] std::string filled_in(std::string line) const {
        for (const auto& [name, value] : names) {
            for (auto at = line.find(name); at != std::string::npos; at = line.find(name, at + value.size())) {
                line.replace(at, name.size(), value);
            }
        }
        return line;
    }
    oauthpp::result<oauthpp::http_response> answer() {
        const std::string line = filled_in(std::string(answers.next()));
        const std::size_t first = line.find('|');
        const std::size_t second = first == std::string::npos ? first : line.find('|', first + 1);
        const int status = std::atoi(line.substr(0, 4).c_str());
        if (second == std::string::npos || status == 0) return oauthpp::error_view(oauthpp::errc::connection_lost);
        return oauthpp::http_response{.status = status,
                                      .content_type = line.substr(first + 1, second - first - 1),
                                      .retry_after = status == 429 ? "120" : "",
                                      .body = line.substr(second + 1)};
    }
};

/// As <oauthpp/flow/run.hpp> does, and looking twice before each step.
template <class Flow>
auto drive(Flow flow, script& server) {
    std::size_t requests = 0;
    for (auto step = flow.next(server.now); !step.done(); step = flow.next(server.now)) {
        require(step.wants_request() && ++requests <= 4);
        const oauthpp::http_request_view& request = step.request();
        require(flow.next(server.now).request().url == request.url);
        server.sent.push_back(std::string(request.method) + " " + std::string(request.url) + "\n" +
                              std::string(request.body.reveal()));
        require(is_endpoint(request.url));
        require(!speaks_of_secret(request.url) && oauthpp::detail::is_printable(request.authorization.reveal()));
        server.now.count += 30;
        flow.resume(server.answer(), server.now);
    }
    auto outcome = std::move(flow).outcome();
    if (!outcome) {
        require(outcome.error().reason() != oauthpp::errc::not_finished &&
                outcome.error().reason() != oauthpp::errc::none);
        require_no_secret(outcome.error());
        require(server.code_verifier.empty() ||
                oauthpp::describe(outcome.error()).find(server.code_verifier) == std::string::npos);
    }
    return outcome;
}

oauthpp::server_metadata discover(script& server) {
    const auto found = drive(oauthpp::discover(issuer), server);
    require(server.sent.size() <= 3);   // as many places as metadata_urls names
    for (const std::string& each : server.sent) require(each.starts_with("GET https://as.example/"));
    server.sent.clear();
    if (found) {
        require(found->issuer == issuer);
        return *found;
    }
    return {.issuer = std::string(issuer),
            .authorization_endpoint = "https://as.example/tenant/authorize",
            .token_endpoint = "https://as.example/tenant/token"};
}

/// Only these know the secret, and only the token endpoint and the keys' address hear of this login.
void check_sent(script& server, const oauthpp::server_metadata& known) {
    std::size_t posts = 0;
    for (const std::string& each : server.sent) {
        const bool post = each.starts_with("POST " + known.token_endpoint + "\n");
        posts += post ? 1 : 0;
        require(post || each == "GET " + known.jwks_uri + "\n");
    }
    require(posts <= 1);
    server.sent.clear();
}

void check_tokens(const oauthpp::tokens& tokens, const oauthpp::server_metadata& known) {
    require(!tokens.access_token.empty() || tokens.identity);
    require(tokens.client_id == "s6BhdRkqt3");
    require(tokens.access_token.empty() || tokens.token_endpoint == known.token_endpoint);
    if (tokens.identity) require(tokens.identity->iss == known.issuer && !tokens.identity->sub.empty());
}

void refresh(script& server, const oauthpp::server_metadata& known, const oauthpp::client& app,
             oauthpp::tokens tokens) {
    for (int times = 0; times < 2; ++times) {
        const std::string before(tokens.refresh_token.reveal());
        const auto subject = tokens.identity ? tokens.identity->sub : std::string();
        const auto renewed = drive(oauthpp::refresh(known, app, tokens), server);
        check_sent(server, known);
        require(tokens.refresh_token.reveal() == before);
        if (!renewed) return;
        check_tokens(*renewed, known);
        require(!renewed->refresh_token.empty() &&
                renewed->refresh_token_rotated == (renewed->refresh_token.reveal() != before));
        if (!subject.empty()) require(renewed->identity && renewed->identity->sub == subject);
        tokens = *renewed;
    }
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    script server(input);
    const std::string callback_line(server.answers.next());
    const auto known = discover(server);
    const oauthpp::client app{.client_id = "s6BhdRkqt3",
                              .authentication = oauthpp::client_secret_post{oauthpp::secret(marked_secret)},
                              .redirect_uri = "https://client.example.com/cb"};
    counting_entropy entropy;
    const auto secrets = oauthpp::make_login_secrets(counting_entropy{});
    auto login = oauthpp::start_login(known, app, {.scope = "openid read"}, entropy);
    if (!login) return 0;      // endpoints that nobody can log in at
    require(secrets && login->state() == secrets->state.reveal() && !speaks_of_secret(login->url()));
    require(login->url().starts_with(known.authorization_endpoint));
    require(login->url().find(secrets->code_verifier.reveal()) == std::string::npos);

    auto restored = oauthpp::restore_login(known, app, login->save());
    require(restored && restored->state() == login->state());
    const std::string_view nonce = secrets->nonce.reveal();
    server.names = {{"$STATE", login->state()},
                    {"$ID_TOKEN", id_token("jane", nonce)},
                    {"$OTHER_ID_TOKEN", id_token("eve", nonce)}};
    server.code_verifier = secrets->code_verifier.reveal();
    if (text_of(input).find(server.code_verifier) != std::string_view::npos) {
        return -1;   // a fuzzer sees every comparison
    }
    const exact callback(server.filled_in(callback_line));
    const auto tokens = drive(restored->exchange(callback.text()), server);
    check_sent(server, known);
    require(restored->save().empty());
    if (!tokens) return 0;
    require(restored->is_answered_by(callback.text()));
    check_tokens(*tokens, known);
    if (!tokens->refresh_token.empty()) refresh(server, known, app, *tokens);
    return 0;
}

const harness here("hostile_server", fuzz);

}  // namespace fuzzing::hostile_server
