// SPDX-License-Identifier: MIT
//
// From nothing to a refresh token, with nothing but a C++20 compiler and POSIX sockets:
//
//   c++ -std=c++20 -Isingle_include examples/quickstart.cpp -o quickstart && ./quickstart
//
// The client comes first: that is what you would write. After it come the HTTP stack that it is given, the person's
// browser, and an authorization server, so that nothing has to be registered anywhere to see a grant from end to end.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>   // this machine's randomness and clock

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

/// No call on it waits longer than five seconds.
class socket_handle {
 public:
    explicit socket_handle(int fd) : fd_(fd) {
        const timeval limit{.tv_sec = 5, .tv_usec = 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }
    socket_handle(socket_handle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    ~socket_handle() { if (fd_ >= 0) ::close(fd_); }
    int operator*() const { return fd_; }

 private:
    int fd_;
};

/// On a free port of this machine, where nobody else on the network reaches it.
struct listener {
    socket_handle socket;
    std::string origin;   // "http://127.0.0.1:<port>"
};
listener listen_on_loopback();

/// The HTTP stack that the library is given: here bare sockets, in your program whatever it has already.
struct socket_transport {
    oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request);
};
static_assert(oauthpp::http_transport<socket_transport>);

void browse(std::string url);
oauthpp::result<std::string> wait_for_callback(const listener& callbacks, const oauthpp::pending_login& login);
std::string start_authorization_server(const oauthpp::client& registered);

void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::exit(1);
}

int report(const oauthpp::error& what) {
    std::fprintf(stderr, "%s\n", oauthpp::describe(what).c_str());
    return 1;
}

// ---- the client -----------------------------------------------------------------------------------------------------

oauthpp::result<oauthpp::tokens> log_in(const oauthpp::server_metadata& server, const oauthpp::client& app,
                                        const listener& callbacks, socket_transport& http) {
    auto login = oauthpp::start_login(server, app, {.scope = "profile offline_access"});   // makes state and PKCE
    if (!login) return login.error();

    const auto browser = std::async(std::launch::async, browse, login->url());
    const auto callback = wait_for_callback(callbacks, *login);
    if (!callback) return callback.error();

    auto tokens = oauthpp::run(login->exchange(*callback), http);   // checks state and issuer, then redeems the code
    if (!tokens) return tokens;

    // A callback is an address that stays in the browser's history. It works once.
    const auto replayed = oauthpp::run(login->exchange(*callback), http);
    expect(!replayed && replayed.error().reason() == oauthpp::errc::already_used, "a login works once");
    std::printf("   the same callback again: %s\n", oauthpp::describe(replayed.error()).c_str());
    return tokens;
}

}  // namespace

int main() {
    std::signal(SIGPIPE, SIG_IGN);   // a peer that hung up is an error to handle, not the end of the program

    const listener callbacks = listen_on_loopback();
    const oauthpp::client app{
        .client_id    = "quickstart",                      // a public client: no secret, PKCE protects its codes
        .redirect_uri = callbacks.origin + "/callback",    // where the browser brings the code
    };
    const std::string issuer = start_authorization_server(app);
    const oauthpp::server_metadata server{
        .issuer                 = issuer,
        .authorization_endpoint = issuer + "/authorize",
        .token_endpoint         = issuer + "/token",
        .authorization_response_iss_parameter_supported = oauthpp::support::yes,
    };
    socket_transport http;

    std::puts("1. Log in");
    auto tokens = log_in(server, app, callbacks, http);
    if (!tokens) return report(tokens.error());

    std::puts("2. Renew the tokens");
    const auto renewed = oauthpp::run(oauthpp::refresh(server, app, *tokens), http);
    if (!renewed) return report(renewed.error());
    expect(renewed->refresh_token_rotated, "the server gives a new refresh token for each old one");

    std::puts("3. A thief uses a copy of the first refresh token, so the server ends all that came of that login");
    const auto stolen = oauthpp::run(oauthpp::refresh(server, app, *tokens), http);
    const auto ours = oauthpp::run(oauthpp::refresh(server, app, *renewed), http);
    expect(!stolen && !ours && ours.error().action() == oauthpp::remedy::sign_in_again, "reuse ends the login");
    std::printf("   %s\n", oauthpp::describe(ours.error()).c_str());

    std::puts("4. Log in again");
    tokens = log_in(server, app, callbacks, http);
    if (!tokens) return report(tokens.error());

    std::printf("\nrefresh token  %s\n", std::string(tokens->refresh_token.reveal()).c_str());
}

// ---- HTTP over sockets ----------------------------------------------------------------------------------------------

namespace {

using steady_clock = std::chrono::steady_clock;

/// One line of what goes over the wire. Secrets are shown by their first characters: output gets pasted into mails.
void show(const char* direction, std::string text) {
    for (const std::string_view name : {"state=", "code=", "code_challenge=", "code_verifier=", "refresh_token=",
                                        "\"access_token\":\"", "\"refresh_token\":\""}) {
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
            at += name.size();
            const std::size_t end = std::min(text.find_first_of("&\"", at), text.size());
            if (end - at > 6) text.replace(at + 6, end - at - 6, "...");
        }
    }
    std::printf("   %s %s\n", direction, text.c_str());
}

/// A request or a response.
struct message {
    std::array<std::string, 2> start{};   // {"GET", "/authorize?..."} or {"HTTP/1.1", "200"}
    std::string head{};
    std::string body{};

    std::string header(std::string_view name) const {
        for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
            const char* line = head.c_str() + at + 2;
            if (::strncasecmp(line, name.data(), name.size()) != 0 || line[name.size()] != ':') continue;
            const std::size_t value = head.find_first_not_of(' ', at + 2 + name.size() + 1);
            return head.substr(value, head.find("\r\n", value) - value);
        }
        return {};
    }
};

/// What the operating system says of a failure goes along.
oauthpp::error failure(oauthpp::errc reason, oauthpp::resend again = oauthpp::resend::unsafe) {
    oauthpp::error_view what(reason);
    what.again = again;
    what.transport_code = errno;
    what.transport_text = std::strerror(errno);
    return what;
}

bool send_all(const socket_handle& peer, std::string_view text) {
    return ::send(*peer, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

/// Ends with Content-Length; without it a request has no body, and a response ends where the connection does.
oauthpp::result<message> receive(const socket_handle& peer) {
    const auto deadline = steady_clock::now() + std::chrono::seconds(10);
    std::string text;
    while (steady_clock::now() < deadline) {
        char chunk[4096];
        const auto count = ::recv(*peer, chunk, sizeof chunk, 0);
        if (count < 0) return failure(errno == EAGAIN ? oauthpp::errc::timed_out : oauthpp::errc::connection_lost);
        text.append(chunk, static_cast<std::size_t>(count));
        if (text.size() > 1024 * 1024) return oauthpp::errc::response_too_large;

        if (const std::size_t end = text.find("\r\n\r\n"); end != std::string::npos) {
            const std::size_t space = text.find(' ');
            const std::size_t second = text.find_first_of(" \r", space + 1);
            message received{.start = {text.substr(0, space), text.substr(space + 1, second - space - 1)},
                             .head = text.substr(0, end + 2),
                             .body = text.substr(end + 4)};
            const std::string length = received.header("Content-Length");
            const bool complete = length.empty() ? count == 0 || !text.starts_with("HTTP/")
                                                 : received.body.size() >= std::strtoul(length.c_str(), nullptr, 10);
            if (complete) return received;
        }
        if (count == 0) return oauthpp::errc::connection_lost;
    }
    return oauthpp::errc::timed_out;
}

sockaddr_in loopback_address(std::string_view port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(std::string(port).c_str())));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Sends a request and gives whatever comes back. Knows neither names nor TLS, so it goes to this machine only. Speaks
/// HTTP/1.0: one request for each connection, and no chunked answers.
oauthpp::result<message> round_trip(std::string_view method, std::string_view url, std::string_view headers = {},
                                    std::string_view body = {}) {
    const auto to = oauthpp::parse_url(url);
    if (!to) return to.error();
    if (to->scheme != "http" || to->host != "127.0.0.1") return oauthpp::errc::connection_failed;
    const socket_handle peer(::socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_in address = loopback_address(to->port);
    if (::connect(*peer, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return failure(oauthpp::errc::connection_failed, oauthpp::resend::safe);
    }

    std::string request(method);
    request.append(" ").append(to->path.empty() ? "/" : to->path).append(to->has_query ? "?" : "").append(to->query);
    request.append(" HTTP/1.0\r\nHost: ").append(to->host).append(to->port.empty() ? "" : ":").append(to->port);
    request.append("\r\n").append(headers);
    if (!body.empty()) request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    request.append("\r\n").append(body);
    if (!send_all(peer, request)) return failure(oauthpp::errc::connection_lost);
    return receive(peer);
}

oauthpp::result<oauthpp::http_response> socket_transport::send(oauthpp::http_request_view request) {
    std::string headers;
    for (const auto& [name, value] : request.headers()) {
        if (!value.empty()) headers.append(name).append(": ").append(value).append("\r\n");
    }
    show("client  ->", std::string("POST ").append(request.url).append(" ").append(request.body.reveal()));
    auto answer = round_trip(request.method, request.url, headers, request.body.reveal());
    if (!answer) return answer.error();
    show("client  <-", answer->start[1] + ' ' + answer->body);
    return oauthpp::http_response{
        .status       = std::atoi(answer->start[1].c_str()),
        .content_type = answer->header("Content-Type"),
        .retry_after  = answer->header("Retry-After"),
        .body         = std::move(answer->body),
    };
}

listener listen_on_loopback() {
    socket_handle socket(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address = loopback_address("0");
    auto* const any_address = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    const bool listens = ::bind(*socket, any_address, size) == 0 && ::listen(*socket, 8) == 0 &&
                         ::getsockname(*socket, any_address, &size) == 0;
    expect(listens, "a program can listen on loopback");
    return {std::move(socket), "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port))};
}

/// If nobody comes in time, what it gives is closed.
socket_handle accept_from(const listener& here, std::chrono::milliseconds patience) {
    pollfd waiting{.fd = *here.socket, .events = POLLIN, .revents = 0};
    const bool somebody_came = ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
    return socket_handle(somebody_came ? ::accept(*here.socket, nullptr, nullptr) : -1);
}

std::string response(std::string_view status, std::string_view headers, std::string_view body) {
    std::string text("HTTP/1.1 ");
    text.append(status).append("\r\n").append(headers).append("Cache-Control: no-store\r\nConnection: close\r\n");
    return text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

// ---- the person's browser -------------------------------------------------------------------------------------------

/// Opens a URL and goes where it is sent.
void browse(std::string url) {
    show("browser ->", "GET " + url);
    while (!url.empty()) {
        const auto page = round_trip("GET", url);
        if (!page) return show("browser <-", oauthpp::describe(page.error()));
        url = page->header("Location");
        if (page->start[1] != "200") show("browser <-", page->start[1] + ' ' + url + page->body);
    }
}

/// Gives the target of the request that answers this login. Browsers ask for other things as well, and other programs
/// may knock: they are not what is waited for.
oauthpp::result<std::string> wait_for_callback(const listener& callbacks, const oauthpp::pending_login& login) {
    const auto deadline = steady_clock::now() + std::chrono::seconds(10);   // give a person minutes
    for (auto now = steady_clock::now(); now < deadline; now = steady_clock::now()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
        const socket_handle browser = accept_from(callbacks, left);
        const auto request = receive(browser);
        if (!request) continue;
        const bool ours = request->start[0] == "GET" && login.is_answered_by(request->start[1]);
        send_all(browser, ours ? response("200 OK", "Content-Type: text/plain\r\n", "You can close this page.\n")
                               : response("404 Not Found", "", ""));
        if (ours) return request->start[1];
    }
    return oauthpp::errc::timed_out;
}

// ---- the authorization server ---------------------------------------------------------------------------------------

using form = std::map<std::string, std::string>;

/// Gives nothing for a form that is malformed or has a parameter twice (RFC 6749 3.1, 3.2).
std::optional<form> read_form(std::string_view text) {
    form read;
    for (oauthpp::form_reader pairs(text); pairs.next();) {
        std::string name(pairs.name());
        std::string value(pairs.value());
        for (std::string* each : {&name, &value}) {
            const auto size = oauthpp::form_decode(*each, each->data());
            if (!size) return {};
            each->resize(*size);
        }
        if (!read.emplace(name, value).second) return {};
    }
    return read;
}

std::string escaped(std::string_view text) {
    std::string made(3 * text.size(), '\0');
    oauthpp::buffer_writer out{made};
    oauthpp::append_query_escaped(out, text);
    made.resize(out.size());
    return made;
}

std::string new_secret() {
    const auto made = oauthpp::make_unguessable(oauthpp::system_entropy());
    expect(static_cast<bool>(made), "this machine has randomness");
    return std::string(made->reveal());
}

/// Knows one client, and always grants the same scope.
class authorization_server {
 public:
    authorization_server(std::string issuer, oauthpp::client registered)
        : issuer_(std::move(issuer)), client_(std::move(registered)) {}

    std::string answer(const message& received) {
        const auto& [method, target] = received.start;
        const std::string_view endpoint = "/authorize?";
        const bool authorizes = method == "GET" && target.starts_with(endpoint);
        if (!authorizes && (method != "POST" || target != "/token")) return response("404 Not Found", "", "");
        auto request = read_form(authorizes ? target.substr(endpoint.size()) : received.body);
        if (!request) return refuse("invalid_request", "A parameter is malformed or given twice.");
        return authorizes ? authorize(*request) : token(*request);
    }

 private:
    /// What a person allowed, once. Each code and refresh token that comes of it points here.
    struct grant {
        std::string code_challenge{};
        bool revoked = false;
    };
    struct credential {
        std::shared_ptr<grant> of{};
        steady_clock::time_point expires{};
        bool used = false;
    };

    std::string authorize(form& request) {
        // A redirect URI that is not registered may be a thief's, so nobody is sent there (RFC 6749 4.1.2.1).
        if (request["client_id"] != client_.client_id || request["redirect_uri"] != client_.redirect_uri) {
            return refuse("invalid_request", "The client or its redirect URI is not registered.");
        }
        const std::string& state = request["state"];
        if (request["response_type"] != "code") return send_back("error=unsupported_response_type", state);
        const std::string& challenge = request["code_challenge"];
        const bool has_pkce = challenge.size() == 43 && request["code_challenge_method"] == "S256";
        if (!has_pkce) return send_back("error=invalid_request", state);

        // Here a real server asks who the person is, and whether this client may do what it asks for.
        const std::string code = new_secret();
        codes_[code] = {std::make_shared<grant>(grant{challenge}), steady_clock::now() + std::chrono::minutes(1)};
        return send_back("code=" + code, state);
    }

    std::string send_back(const std::string& result, const std::string& state) const {
        std::string location = client_.redirect_uri + '?' + result + "&iss=" + escaped(issuer_);   // RFC 9207 2
        if (!state.empty()) location += "&state=" + escaped(state);
        return response("302 Found", "Location: " + location + "\r\n", "");
    }

    std::string token(form& request) {
        if (request["client_id"] != client_.client_id) return refuse("invalid_client", "The client is not registered.");
        if (request["grant_type"] == "authorization_code") return redeem_code(request);
        if (request["grant_type"] == "refresh_token") return refresh(request);
        return refuse("unsupported_grant_type", "Codes and refresh tokens only.");
    }

    std::string redeem_code(form& request) {
        const auto granted = use_up(codes_, request["code"]);
        if (!granted) return refuse("invalid_grant", "The code is unknown, expired or used.");
        if (request["redirect_uri"] != client_.redirect_uri) return refuse("invalid_grant", "Another redirect URI.");
        const auto challenge = oauthpp::make_code_challenge(request["code_verifier"]);
        if (!challenge || std::string_view(challenge->data(), challenge->size()) != granted->code_challenge) {
            return refuse("invalid_grant", "The code verifier does not fit.");   // RFC 7636 4.6
        }
        return issue(granted);
    }

    std::string refresh(form& request) {
        const auto granted = use_up(refresh_tokens_, request["refresh_token"]);
        return granted ? issue(granted) : refuse("invalid_grant", "The refresh token is unknown, expired or used.");
    }

    /// A code or refresh token works once. One that comes twice is in two hands, and nobody knows which are the right
    /// ones, so all that was given for it ends (RFC 6749 4.1.2, RFC 9700 4.14.2).
    static std::shared_ptr<grant> use_up(std::map<std::string, credential>& known, const std::string& presented) {
        const auto found = known.find(presented);
        if (found == known.end()) return nullptr;
        credential& it = found->second;
        if (std::exchange(it.used, true)) it.of->revoked = true;
        return it.of->revoked || it.expires < steady_clock::now() ? nullptr : it.of;
    }

    std::string issue(const std::shared_ptr<grant>& granted) {
        const std::string refresh_token = new_secret();
        refresh_tokens_[refresh_token] = {granted, steady_clock::now() + std::chrono::hours(24 * 30)};
        return response("200 OK", "Content-Type: application/json\r\n",
                        "{\"access_token\":\"" + new_secret() + "\",\"token_type\":\"Bearer\",\"expires_in\":3600," +
                            "\"refresh_token\":\"" + refresh_token + "\",\"scope\":\"profile offline_access\"}");
    }

    static std::string refuse(std::string_view error, std::string_view description) {
        std::string body("{\"error\":\"");
        body.append(error).append("\",\"error_description\":\"").append(description).append("\"}");
        return response("400 Bad Request", "Content-Type: application/json\r\n", body);
    }

    std::string issuer_;
    oauthpp::client client_;
    std::map<std::string, credential> codes_{};
    std::map<std::string, credential> refresh_tokens_{};
};

std::string start_authorization_server(const oauthpp::client& registered) {
    listener here = listen_on_loopback();
    std::string issuer = here.origin;
    std::thread([here = std::move(here), server = authorization_server(issuer, registered)]() mutable {
        for (;;) {
            const socket_handle peer = accept_from(here, std::chrono::hours(1));
            const auto request = receive(peer);
            if (request) send_all(peer, server.answer(*request));
        }
    }).detach();   // it lives as long as the program, and all that it uses is its own
    return issuer;
}

}  // namespace
