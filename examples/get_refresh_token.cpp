// SPDX-License-Identifier: MIT
//
// Gets a refresh token with the authorization code grant, and new access tokens with a stored one: Microsoft's recipe as
// a program. Tokens go to standard output as JSON, everything else to standard error.
//
//   get_refresh_token --tenant contoso.onmicrosoft.com --client-id 6731de76-14a6-49ae-97bc-6eba6914391e
//                     --scope offline_access --refresh-file token
//
// It exits with 0 for tokens, 2 for wrong usage, and else by who must act: 3 nobody, try again later; 4 the person, sign
// in again; 5 fix the configuration; 6 ask the administrator; 7 report a bug; 130 interrupted.
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/oauthpp.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace {

struct arguments {
    std::string tenant, issuer, authorization_endpoint, token_endpoint, client_id, scope, response_mode;
    std::string redirect_uri = "http://localhost:8080";
    std::string secret_file, ca_file, refresh_file;
    std::vector<oauthpp::parameter> parameters;
    bool browser = true;
    bool paste = false;
    int timeout = 300;   // seconds
};

enum exit_code { done = 0, wrong_usage = 2, retry_later = 3, sign_in_again = 4, fix_configuration = 5, ask_administrator = 6, report_bug = 7, interrupted = 130 };

volatile std::sig_atomic_t stopped = 0;

[[noreturn]] void quit(int code, const std::string& why) {
    std::cerr << "get_refresh_token: " << why << '\n';
    std::exit(code);
}

int code_of(oauthpp::remedy action) {
    switch (action) {
        case oauthpp::remedy::none: return done;
        case oauthpp::remedy::retry_later: return retry_later;
        case oauthpp::remedy::sign_in_again: return sign_in_again;
        case oauthpp::remedy::fix_configuration: return fix_configuration;
        case oauthpp::remedy::ask_administrator: return ask_administrator;
        case oauthpp::remedy::report_bug: return report_bug;
    }
    return report_bug;
}

[[noreturn]] void quit(const oauthpp::error& error) {
    const std::string_view hint = oauthpp::provider::microsoft_hint(error);
    quit(code_of(error.action()), describe(error) + (hint.empty() ? "" : "\n  " + std::string(hint)));
}

// ---- what was asked for

arguments read_arguments(int count, char** words) {
    constexpr std::string_view usage =
        "usage: get_refresh_token (--tenant NAME | --issuer URL | --authorization-endpoint URL --token-endpoint URL) --client-id ID\n"
        "  [--scope SCOPE]... [--redirect-uri URL] [--response-mode query|form_post|fragment] [--parameter NAME=VALUE]...\n"
        "  [--secret-file FILE] [--ca-file FILE] [--refresh-file FILE] [--no-browser] [--paste] [--timeout SECONDS]\n"
        "The client secret may also be in the variable OAUTHPP_CLIENT_SECRET. The port 0 in the redirect URI picks a free one.";
    arguments asked;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = words[i];
        if (name == "--help") {
            std::cout << usage << '\n';
            std::exit(done);
        }
        if (name == "--no-browser") { asked.browser = false; continue; }
        if (name == "--paste") { asked.paste = true; continue; }
        if (i + 1 == count) quit(wrong_usage, std::string(name) + ": unknown, or its value is missing\n" + std::string(usage));
        const std::string value = words[++i];
        if (name == "--tenant") asked.tenant = value;
        else if (name == "--issuer") asked.issuer = value;
        else if (name == "--authorization-endpoint") asked.authorization_endpoint = value;
        else if (name == "--token-endpoint") asked.token_endpoint = value;
        else if (name == "--client-id") asked.client_id = value;
        else if (name == "--redirect-uri") asked.redirect_uri = value;
        else if (name == "--scope") asked.scope += (asked.scope.empty() ? "" : " ") + value;
        else if (name == "--response-mode") asked.response_mode = value;
        else if (name == "--secret-file") asked.secret_file = value;
        else if (name == "--ca-file") asked.ca_file = value;
        else if (name == "--refresh-file") asked.refresh_file = value;
        else if (name == "--timeout" && std::from_chars(value.data(), value.data() + value.size(), asked.timeout).ec == std::errc()) continue;
        else if (name == "--parameter" && value.find('=') != value.npos) {
            asked.parameters.push_back({value.substr(0, value.find('=')), value.substr(value.find('=') + 1)});
        } else quit(wrong_usage, std::string(name) + ": unknown, or its value is wrong\n" + std::string(usage));
    }
    const bool endpoints = !asked.authorization_endpoint.empty() && !asked.token_endpoint.empty();
    if (asked.client_id.empty() || (asked.tenant.empty() && asked.issuer.empty() && !endpoints)) quit(wrong_usage, std::string(usage));
    return asked;
}

oauthpp::server_metadata find_server(const arguments& asked, oauthpp::curl_transport& http) {
    if (!asked.tenant.empty()) return oauthpp::provider::microsoft(asked.tenant);
    if (!asked.token_endpoint.empty()) {
        oauthpp::server_metadata server;
        server.issuer = asked.issuer;
        server.authorization_endpoint = asked.authorization_endpoint;
        server.token_endpoint = asked.token_endpoint;
        return server;
    }
    auto server = run(oauthpp::discover(asked.issuer), http);
    if (!server) quit(server.error());
    return *std::move(server);
}

std::string read_line(const std::string& file) {
    std::ifstream input(file);
    std::string line;
    if (!std::getline(input, line) || line.empty()) quit(fix_configuration, file + ": cannot be read, or is empty");
    if (line.back() == '\r') line.pop_back();
    return line;
}

oauthpp::client make_client(const arguments& asked) {
    oauthpp::client app;
    app.client_id = asked.client_id;
    app.redirect_uri = asked.redirect_uri;
    const char* from_environment = std::getenv("OAUTHPP_CLIENT_SECRET");
    if (!asked.secret_file.empty()) app.authentication = oauthpp::client_secret_post{read_line(asked.secret_file)};
    else if (from_environment) app.authentication = oauthpp::client_secret_post{oauthpp::secret(std::string(from_environment))};
    return app;
}

/// Parameters that the library knows go where it checks them, all others as they are.
oauthpp::login_options make_options(const arguments& asked, std::vector<oauthpp::parameter>& others) {
    constexpr std::pair<std::string_view, std::string_view oauthpp::login_options::*> known[] = {
        {"prompt", &oauthpp::login_options::prompt},           {"login_hint", &oauthpp::login_options::login_hint},
        {"domain_hint", &oauthpp::login_options::domain_hint}, {"claims", &oauthpp::login_options::claims},
        {"acr_values", &oauthpp::login_options::acr_values},   {"ui_locales", &oauthpp::login_options::ui_locales},
    };
    oauthpp::login_options options{.scope = asked.scope, .response_mode = asked.response_mode};
    for (const oauthpp::parameter& each : asked.parameters) {
        bool taken = false;
        for (const auto& [name, member] : known) {
            if (each.name != name || !(options.*member).empty()) continue;
            options.*member = each.value;
            taken = true;
        }
        if (!taken) others.push_back(each);
    }
    options.extra = others;
    return options;
}

// ---- the redirect URI: loopback only, both families on one port, for the life of the login (RFC 8252 7.3, 8.3)

class listener {
 public:
    listener(std::string& redirect_uri, bool wants_fragment) : wants_fragment_(wants_fragment) {
        const auto url = oauthpp::parse_url(redirect_uri);
        if (!url || url->scheme != "http" || !is_loopback(*url)) quit(fix_configuration, redirect_uri + ": not http on loopback; use --paste");
        unsigned short port = 80;
        if (!url->port.empty()) std::from_chars(url->port.data(), url->port.data() + url->port.size(), port);
        const bool any_port = port == 0;
        for (const int family : {AF_INET, AF_INET6}) listen_on(family, port);
        if (sockets_.empty()) quit(fix_configuration, "the port " + std::to_string(port) + " is taken: end what uses it, or choose another redirect URI");
        if (any_port) redirect_uri = "http://" + std::string(url->host) + ':' + std::to_string(port) + std::string(url->path);
    }
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;
    ~listener() {
        for (const pollfd& each : sockets_) close(each.fd);
    }

    /// The callback of this login. Whatever else knocks is sent away.
    std::string wait(const oauthpp::pending_login& login, std::time_t deadline) {
        while (!stopped) {
            const std::time_t left = deadline - std::time(nullptr);
            if (left <= 0) quit(sign_in_again, "nobody came back in time. If the browser shows an error of the server, it says why");
            if (poll(sockets_.data(), sockets_.size(), static_cast<int>(left > 1 ? 1000 : 100)) <= 0) continue;
            for (const pollfd& each : sockets_) {
                if ((each.revents & POLLIN) == 0) continue;
                const int visitor = accept(each.fd, nullptr, nullptr);
                if (visitor < 0) continue;
                const std::string callback = serve(visitor, login);
                close(visitor);
                if (!callback.empty()) return callback;
            }
        }
        quit(interrupted, "interrupted");
    }

 private:
    void listen_on(int family, unsigned short& port) {
        const int handle = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        v4.sin_port = htons(port);
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_addr = in6addr_loopback;
        v6.sin6_port = htons(port);
        setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (family == AF_INET6) setsockopt(handle, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
        auto* address = family == AF_INET ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
        socklen_t size = family == AF_INET ? sizeof v4 : sizeof v6;
        if (handle < 0 || bind(handle, address, size) != 0 || listen(handle, 8) != 0) {
            const bool taken = errno == EADDRINUSE;
            if (handle >= 0) close(handle);
            if (taken) quit(fix_configuration, "the port " + std::to_string(port) + " is taken: end what uses it, or choose another redirect URI");
            return;   // a machine without this family
        }
        getsockname(handle, address, &size);
        port = ntohs(family == AF_INET ? v4.sin_port : v6.sin6_port);
        sockets_.push_back({handle, POLLIN, 0});
    }

    static std::string receive(int visitor) {
        const timeval patience{2, 0};
        setsockopt(visitor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::string request;
        std::array<char, 4096> chunk;
        std::size_t expected = std::string::npos;
        while (request.size() < 128 * 1024 && request.size() < expected) {
            const ssize_t size = recv(visitor, chunk.data(), chunk.size(), 0);
            if (size <= 0) break;
            request.append(chunk.data(), static_cast<std::size_t>(size));
            const std::size_t head = request.find("\r\n\r\n");
            if (head == request.npos || expected != request.npos) continue;
            std::size_t length = 0;
            for (std::size_t at = request.find("\r\n"); at < head; at = request.find("\r\n", at + 2)) {
                const std::string_view line = std::string_view(request).substr(at + 2, request.find("\r\n", at + 2) - at - 2);
                const std::size_t colon = line.find(':');
                if (colon != line.npos && oauthpp::detail::equal_ignoring_case(line.substr(0, colon), "Content-Length")) {
                    const std::string_view digits = oauthpp::detail::trimmed(line.substr(colon + 1));
                    std::from_chars(digits.data(), digits.data() + digits.size(), length);
                }
            }
            expected = head + 4 + length;
        }
        return request;
    }

    static void answer(int visitor, std::string_view status, std::string_view text, std::string_view script = {}) {
        const std::string page = "<!doctype html><meta charset=utf-8><title>Sign-in</title><p>" + std::string(text) + "</p>" + std::string(script);
        const std::string head = "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(page.size()) +
                                 "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
                                 "Content-Security-Policy: default-src 'none'; script-src 'unsafe-inline'; form-action 'self'\r\nConnection: close\r\n\r\n";
        const std::string all = head + page;
        for (std::size_t sent = 0; sent < all.size();) {
            const ssize_t size = send(visitor, all.data() + sent, all.size() - sent, MSG_NOSIGNAL);
            if (size <= 0) return;
            sent += static_cast<std::size_t>(size);
        }
    }

    /// What the page says never repeats what came in: the texts of a callback are anybody's.
    std::string serve(int visitor, const oauthpp::pending_login& login) {
        const std::string request = receive(visitor);
        const std::size_t first = request.find(' ');
        const std::string target = first == request.npos ? "" : request.substr(first + 1, request.find(' ', first + 1) - first - 1);
        const bool post = request.starts_with("POST ");
        const std::size_t head = request.find("\r\n\r\n");
        const std::string callback = post && head != request.npos ? request.substr(head + 4) : target;
        if (!post && request.starts_with("GET ") && target.find('?') == target.npos && wants_fragment_) {
            // A fragment stays in the browser: its own script sends it here
            answer(visitor, "200 OK", "One moment.",
                   "<form method=post><input type=hidden name=x></form><script>if(location.hash){fetch(location.pathname,{method:'POST',"
                   "body:new URLSearchParams(location.hash.slice(1))})}</script>");
            return {};
        }
        if (target.empty() || target.starts_with("/favicon") || !login.is_answered_by(callback)) {
            answer(visitor, "404 Not Found", "Nothing here.");
            return {};
        }
        answer(visitor, "200 OK", "The answer has arrived. You may close this window and go back to the program.");
        return post ? callback : target;
    }

    std::vector<pollfd> sockets_{};
    bool wants_fragment_;
};

/// Without a shell: the URL is data, whatever it holds.
void open_browser(const std::string& url) {
    const char* chosen = std::getenv("BROWSER");
    std::string program = chosen && *chosen ? chosen : "xdg-open";
    std::string address = url;
    char* words[] = {program.data(), address.data(), nullptr};
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    if (posix_spawnp(&child, program.c_str(), &quiet, nullptr, words, environ) != 0) std::cerr << "No browser could be opened.\n";
    posix_spawn_file_actions_destroy(&quiet);
}

std::string get_callback(const arguments& asked, listener* here, const oauthpp::pending_login& login) {
    std::cerr << "Sign in at\n  " << login.url() << '\n';
    if (asked.browser) open_browser(login.url());
    if (here) return here->wait(login, std::time(nullptr) + asked.timeout);
    std::cerr << "Then paste here what the address bar shows, and press Enter:\n";
    std::string line;
    if (!std::getline(std::cin, line)) quit(stopped ? interrupted : sign_in_again, "nothing was pasted");
    return line;
}

// ---- what is kept

/// Whole or not at all: a new file beside the old one, on the disk before it takes its place; for its owner only.
void store(const std::string& file, std::string_view refresh_token) {
    std::string beside = file + ".XXXXXX";
    const int handle = mkstemp(beside.data());   // mode 0600
    const std::string line = std::string(refresh_token) + '\n';
    const bool written = handle >= 0 && write(handle, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(handle) == 0;
    if (handle >= 0) close(handle);
    if (written && rename(beside.c_str(), file.c_str()) == 0) return;
    if (handle >= 0) unlink(beside.c_str());
    std::cerr << "get_refresh_token: " << file << " cannot be written; keep the refresh token that is printed\n";
}

std::string json(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        constexpr char hex[] = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') (quoted += '\\') += c;
        else if (byte < 0x20) ((quoted += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
        else quoted += c;
    }
    return quoted + '"';
}

void print(const oauthpp::tokens& tokens) {
    std::cout << "{\n  \"access_token\": " << json(tokens.access_token.reveal()) << ",\n  \"token_type\": " << json(tokens.token_type);
    if (tokens.expires_at) std::cout << ",\n  \"expires_at\": " << tokens.expires_at->count;
    if (!tokens.refresh_token.empty()) std::cout << ",\n  \"refresh_token\": " << json(tokens.refresh_token.reveal());
    if (!tokens.scope.empty()) std::cout << ",\n  \"scope\": " << json(tokens.scope);
    if (!tokens.id_token.empty()) std::cout << ",\n  \"id_token\": " << json(tokens.id_token.reveal());
    std::cout << "\n}" << std::endl;
}

}  // namespace

int main(int count, char** words) {
    const arguments asked = read_arguments(count, words);
    struct sigaction stop{};
    stop.sa_handler = [](int) { stopped = 1; };
    sigaction(SIGINT, &stop, nullptr);
    sigaction(SIGTERM, &stop, nullptr);
    signal(SIGCHLD, SIG_IGN);

    oauthpp::curl_transport http({.ca_file = asked.ca_file});
    oauthpp::client app = make_client(asked);
    const oauthpp::server_metadata server = find_server(asked, http);

    const auto keep = [&](const oauthpp::tokens& tokens) {
        if (!asked.refresh_file.empty() && tokens.refresh_token_rotated) store(asked.refresh_file, tokens.refresh_token.reveal());
        print(tokens);
        return done;
    };

    if (!asked.refresh_file.empty() && access(asked.refresh_file.c_str(), F_OK) == 0) {
        const auto renewed = run(refresh(server, app, oauthpp::secret(read_line(asked.refresh_file)), {.scope = asked.scope}), http);
        if (!renewed) quit(renewed.error());
        return keep(*renewed);
    }

    std::optional<listener> here;
    if (!asked.paste) here.emplace(app.redirect_uri, asked.response_mode == "fragment");
    std::vector<oauthpp::parameter> others;
    auto login = start_login(server, app, make_options(asked, others));
    if (!login) quit(login.error());
    const auto tokens = run(login->exchange(get_callback(asked, here ? &*here : nullptr, *login)), http);
    if (!tokens) quit(tokens.error());
    return keep(*tokens);
}
