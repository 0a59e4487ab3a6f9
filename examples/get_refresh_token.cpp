// SPDX-License-Identifier: MIT
//
// Gets a refresh token with the authorization code grant, and new access tokens with a stored one: Microsoft's recipe
// as a program. Tokens go to standard output as JSON, everything else to standard error.
//
//   get_refresh_token --tenant contoso.onmicrosoft.com --client-id 6731de76-14a6-49ae-97bc-6eba6914391e
//                     --scope offline_access --refresh-file token
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/loopback.hpp>
#include <oauthpp/adapter/openssl.hpp>
#include <oauthpp/oauthpp.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace {

constexpr std::string_view usage =
    R"(usage: get_refresh_token SERVER --client-id ID [OPTION]...

SERVER is one of
  --tenant NAME                  Microsoft: a GUID, a domain, common, organizations or consumers
  --issuer URL                   any server that can be discovered
  --authorization-endpoint URL --token-endpoint URL [--issuer URL]

  --scope SCOPE                  may be repeated; many servers want offline_access for a refresh token
  --redirect-uri URL             http://localhost:8080 if not given; with the port 0 at any free port
  --response-mode MODE           query, form_post or fragment
  --parameter NAME=VALUE         of the authorization request; may be repeated
  --response-type TYPE           code if not given; or code id_token, and others with a code (OpenID Connect)
  --secret-file FILE             the client secret, if there is one; or in the variable OAUTHPP_CLIENT_SECRET
  --certificate-file FILE        instead of a secret: a certificate that the server knows, PEM
  --key-file FILE                its private key, PEM; if not given, in the certificate's file
  --key-id NAME                  the server's name for the key (kid), where it does not go by the certificate
  --algorithm NAME               what the key signs with: PS256 if not given; RS256, ES256, EdDSA, ...
  --mutual-tls                   shows the certificate in the TLS connection instead of signing with its key
  --quirk NAME                   a deviation of this server, as in oauthpp::quirks; may be repeated
  --ca-file FILE                 certificates to trust instead of the system's
  --refresh-file FILE            takes the refresh token from there, and keeps the newest there; if there is none yet,
                                 signs in and stores the first
  --no-browser                   opens no browser ($BROWSER, or the system's): somebody goes to the printed address
  --paste                        listens to no callback: the person pastes what the address bar shows in the end
  --timeout SECONDS              for the person to come back, 300 if not given; the server never gets more than 30

Exit codes: 0 tokens, 2 wrong usage, 130 interrupted; else who must act: 3 nobody, try again later;
  4 the person, sign in again; 5 fix the configuration; 6 ask the administrator; 7 report a bug
)";

enum exit_code {
    done = 0, wrong_usage = 2, retry_later = 3, sign_in_again = 4, fix_configuration = 5, ask_administrator = 6,
    report_bug = 7, interrupted = 130
};

[[noreturn]] void quit(exit_code code, std::string_view why) {
    std::cerr << "get_refresh_token: " << why << '\n';
    std::exit(code);
}

[[noreturn]] void quit(const oauthpp::error& error) {
    std::string why = describe(error);
    const std::string_view hint = oauthpp::provider::microsoft_hint(error);
    if (!hint.empty()) why.append("\n  ").append(hint);
    switch (error.action()) {
        case oauthpp::remedy::retry_later: quit(retry_later, why);
        case oauthpp::remedy::sign_in_again: quit(sign_in_again, why);
        case oauthpp::remedy::fix_configuration: quit(fix_configuration, why);
        case oauthpp::remedy::ask_administrator: quit(ask_administrator, why);
        default: quit(report_bug, why);
    }
}

template <class T>
T or_quit(oauthpp::result<T> outcome) {
    if (!outcome) quit(outcome.error());
    return *std::move(outcome);
}

// ---- signals end the program at once, but not between an answer of the server and the file

extern "C" void end_at_signal(int signal) {
    const std::string_view why = signal == SIGALRM ? "\nNobody came back in time.\n" : "\nInterrupted.\n";
    static_cast<void>(!write(STDERR_FILENO, why.data(), why.size()));
    _exit(signal == SIGALRM ? sign_in_again : interrupted);
}

void hold_signals(bool held) {
    sigset_t endings;
    sigemptyset(&endings);
    for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGALRM}) sigaddset(&endings, each);
    sigprocmask(held ? SIG_BLOCK : SIG_UNBLOCK, &endings, nullptr);
}

// ---- what was asked for

struct arguments {
    std::string tenant, issuer, authorization_endpoint, token_endpoint;
    std::string client_id, redirect_uri = "http://localhost:8080", scope, response_type = "code", response_mode;
    std::vector<oauthpp::parameter> parameters;
    std::string secret_file, certificate_file, key_file, key_id, algorithm = "PS256", ca_file, refresh_file;
    oauthpp::quirks quirks;
    bool browser = true, paste = false, mutual_tls = false;
    unsigned timeout = 300;   // seconds
};

/// What a table of names and values says, or nothing.
template <class Value, std::size_t Size>
const Value* find(const std::pair<std::string_view, Value> (&table)[Size], std::string_view name) {
    for (const auto& [each, value] : table) {
        if (each == name) return &value;
    }
    return nullptr;
}

[[noreturn]] void refuse(std::string_view word) {
    quit(wrong_usage, std::string(word) + ": unknown, or its value is missing or wrong. Try --help");
}

arguments read_arguments(int count, char** words) {
    using text = std::string arguments::*;
    constexpr std::pair<std::string_view, text> texts[] = {
        {"--tenant", &arguments::tenant}, {"--issuer", &arguments::issuer}, {"--client-id", &arguments::client_id},
        {"--authorization-endpoint", &arguments::authorization_endpoint},
        {"--token-endpoint", &arguments::token_endpoint}, {"--redirect-uri", &arguments::redirect_uri},
        {"--response-type", &arguments::response_type}, {"--response-mode", &arguments::response_mode},
        {"--secret-file", &arguments::secret_file}, {"--certificate-file", &arguments::certificate_file},
        {"--key-file", &arguments::key_file}, {"--key-id", &arguments::key_id},
        {"--algorithm", &arguments::algorithm},
        {"--ca-file", &arguments::ca_file}, {"--refresh-file", &arguments::refresh_file},
    };
    using quirk = bool oauthpp::quirks::*;
    constexpr std::pair<std::string_view, quirk> quirks[] = {
        {"missing_token_type", &oauthpp::quirks::missing_token_type},
        {"json_as_text_plain", &oauthpp::quirks::json_as_text_plain},
        {"form_post_encoded_twice", &oauthpp::quirks::form_post_encoded_twice},
        {"tenant_in_issuer", &oauthpp::quirks::tenant_in_issuer},
    };
    arguments asked;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = words[i];
        if (name == "--help") { std::cout << usage; std::exit(done); }
        if (name == "--no-browser") { asked.browser = false; continue; }
        if (name == "--paste") { asked.paste = true; continue; }
        if (name == "--mutual-tls") { asked.mutual_tls = true; continue; }
        if (i + 1 == count) refuse(name);
        const std::string_view value = words[++i];
        const std::size_t equals = value.find('=');
        if (const text* own = find(texts, name)) asked.**own = value;
        else if (const quirk* known = name == "--quirk" ? find(quirks, value) : nullptr) asked.quirks.*(*known) = true;
        else if (name == "--scope") asked.scope.append(asked.scope.empty() ? "" : " ").append(value);
        else if (name == "--parameter" && equals != value.npos) {
            asked.parameters.push_back({std::string(value.substr(0, equals)), std::string(value.substr(equals + 1))});
        } else if (name == "--timeout") {
            const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), asked.timeout);
            if (wrong != std::errc() || end != value.data() + value.size() || asked.timeout == 0) refuse(name);
        } else refuse(name);
    }
    if (asked.key_file.empty()) asked.key_file = asked.certificate_file;
    if (asked.mutual_tls && asked.certificate_file.empty()) refuse("--mutual-tls");
    const bool endpoints = !asked.authorization_endpoint.empty() && !asked.token_endpoint.empty();
    const bool somewhere = !asked.tenant.empty() || !asked.issuer.empty() || endpoints;
    if (asked.client_id.empty() || !somewhere) quit(wrong_usage, "a server and --client-id are needed. Try --help");
    return asked;
}

oauthpp::server_metadata find_server(const arguments& asked, oauthpp::curl_transport& http) {
    if (!asked.tenant.empty()) return oauthpp::provider::microsoft(asked.tenant);
    if (asked.token_endpoint.empty()) {
        const auto server = or_quit(run(oauthpp::discover(asked.issuer, asked.quirks), http));
        return asked.mutual_tls ? or_quit(with_mtls_endpoints(server)) : server;
    }
    return {.issuer = asked.issuer,
            .authorization_endpoint = asked.authorization_endpoint,
            .token_endpoint = asked.token_endpoint,
            .quirks = asked.quirks};
}

oauthpp::secret read_line(const std::string& file) {
    std::ifstream input(file);
    std::string line, more;
    std::getline(input, line);
    if (!input.is_open() || input.bad() || std::getline(input, more)) {
        quit(fix_configuration, file + ": cannot be read, or has more than one line");
    }
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string read_file(const std::string& name) {
    std::ifstream input(name);
    std::ostringstream text;
    text << input.rdbuf();
    if (!input.is_open() || input.bad()) quit(fix_configuration, name + ": cannot be read");
    return std::move(text).str();
}

/// A certificate in place of a secret: its key signs an assertion for each request.
class certificate_proof {
 public:
    explicit certificate_proof(const arguments& asked)
        : certificate_(or_quit(oauthpp::openssl_certificate::from_pem(read_file(asked.certificate_file)))),
          key_(or_quit(oauthpp::openssl_signer::from_pem(oauthpp::secret(read_file(asked.key_file)), asked.algorithm))),
          assertion_(key_, names_of(certificate_, asked)) {}

    certificate_proof(const certificate_proof&) = delete;     // the assertion refers to the key beside it

    oauthpp::client_assertion authentication() { return {assertion_}; }

 private:
    /// Microsoft's pairs: PS256 and SHA-256, RS256 and SHA-1.
    static oauthpp::jwt_assertion_options names_of(const oauthpp::openssl_certificate& certificate,
                                                   const arguments& asked) {
        if (asked.algorithm == "RS256") return {.kid = asked.key_id, .x5t = certificate.x5t()};
        return {.kid = asked.key_id, .x5t_s256 = certificate.x5t_s256()};
    }

    oauthpp::openssl_certificate certificate_;
    oauthpp::openssl_signer key_;
    oauthpp::jwt_assertion<> assertion_;
};

oauthpp::client make_client(const arguments& asked, const oauthpp::server_metadata& server,
                            std::optional<certificate_proof>& proof) {
    oauthpp::client app{.client_id = asked.client_id, .redirect_uri = asked.redirect_uri};
    if (asked.mutual_tls) app.authentication = oauthpp::mutual_tls{};
    else if (!asked.certificate_file.empty()) app.authentication = proof.emplace(asked).authentication();
    if (!asked.certificate_file.empty()) return app;
    const char* variable = std::getenv("OAUTHPP_CLIENT_SECRET");
    oauthpp::secret secret(std::string(variable ? variable : ""));
    unsetenv("OAUTHPP_CLIENT_SECRET");   // or the browser would get it, too
    if (!asked.secret_file.empty()) {
        secret = read_line(asked.secret_file);
        if (secret.empty()) quit(fix_configuration, asked.secret_file + ": is empty");
    }
    if (secret.empty()) return app;
    const std::string_view methods = server.token_endpoint_auth_methods_supported;   // empty: nobody knows
    const auto takes = [&](std::string_view method) { return oauthpp::scope_includes(methods, method); };
    app.authentication = oauthpp::client_secret_post{secret};
    const bool as_header = takes("client_secret_basic") && !takes("client_secret_post");
    if (as_header) app.authentication = oauthpp::client_secret_basic{secret};
    return app;
}

// ---- the refresh token's file

/// Locked until the program ends: two refreshes with one token look like a theft, and the server may end both.
class token_file {
 public:
    explicit token_file(const std::string& name) : name_(name) {
        if (name.empty()) return;
        std::error_code wrong;
        if (auto real = std::filesystem::canonical(name, wrong); !wrong) name_ = real;   // a link stays a link
        if (lock()) token_ = read_line(name_);
        hold_signals(true);
        const std::string trial = write_beside(std::string(16 * 1024, ' '));
        if (trial.empty()) quit(fix_configuration, name_ + ": cannot be written; the server was not asked");
        unlink(trial.c_str());
        hold_signals(false);
    }

    [[nodiscard]] const std::string& name() const { return name_; }
    /// Empty: none yet.
    [[nodiscard]] const oauthpp::secret& token() const { return token_; }

    /// Whole or not at all: a new file takes the place of the old one when it is on the disk.
    [[nodiscard]] bool store(std::string_view token) const {
        if (name_.empty()) return true;
        const std::string written = write_beside(std::string(token) + '\n');
        if (written.empty() || rename(written.c_str(), name_.c_str()) != 0) return unlink(written.c_str()), false;
        const std::string folder = std::filesystem::absolute(name_).parent_path();
        const int handle = open(folder.c_str(), O_RDONLY | O_CLOEXEC);
        fsync(handle);   // the renaming, too
        close(handle);
        return true;
    }

 private:
    /// False: there is no such file.
    [[nodiscard]] bool lock() const {
        for (;;) {
            const int handle = open(name_.c_str(), O_RDONLY | O_CLOEXEC);
            if (handle < 0 && errno == ENOENT) return false;
            struct stat mine {}, there {};
            const bool is_file = fstat(handle, &mine) == 0 && S_ISREG(mine.st_mode);
            if (!is_file) quit(fix_configuration, name_ + ": is no file that can be read");
            flock(handle, LOCK_EX);
            if (stat(name_.c_str(), &there) == 0 && mine.st_ino == there.st_ino) return true;
            close(handle);   // somebody stored a newer one meanwhile
        }
    }

    /// The name of a new file in the same folder, for its owner only; empty if there can be none.
    [[nodiscard]] std::string write_beside(std::string_view text) const {
        std::string beside = name_ + ".XXXXXX";
        const int handle = mkstemp(beside.data());   // mode 0600
        if (handle < 0) return {};
        const auto size = write(handle, text.data(), text.size());
        const bool whole = size == static_cast<ssize_t>(text.size()) && fsync(handle) == 0;
        if (close(handle) == 0 && whole) return beside;
        unlink(beside.c_str());
        return {};
    }

    std::string name_;
    oauthpp::secret token_;
};

// ---- the sign-in

oauthpp::pending_login begin_login(const arguments& asked, const oauthpp::server_metadata& server,
                                   const oauthpp::client& app) {
    using text = std::string_view oauthpp::login_options::*;
    constexpr std::pair<std::string_view, text> texts[] = {
        {"prompt", &oauthpp::login_options::prompt}, {"login_hint", &oauthpp::login_options::login_hint},
        {"claims", &oauthpp::login_options::claims}, {"domain_hint", &oauthpp::login_options::domain_hint},
        {"display", &oauthpp::login_options::display}, {"id_token_hint", &oauthpp::login_options::id_token_hint},
        {"ui_locales", &oauthpp::login_options::ui_locales}, {"acr_values", &oauthpp::login_options::acr_values},
    };
    oauthpp::login_options options{
        .response_type = asked.response_type, .scope = asked.scope, .response_mode = asked.response_mode};
    std::vector<oauthpp::parameter_view> others;
    for (const oauthpp::parameter& each : asked.parameters) {
        const text* own = find(texts, each.name);
        if (own && (options.**own).empty()) options.**own = each.value;
        else others.push_back(each);
    }
    options.extra = others;
    auto login = oauthpp::start_login(server, app, options);
    const oauthpp::errc why = login ? oauthpp::errc::none : login.error().reason();
    if (why == oauthpp::errc::repeated_parameter || why == oauthpp::errc::forbidden_parameter) refuse("--parameter");
    return or_quit(std::move(login));
}

/// Without a shell: the URL is data, whatever it holds. The browser gets none of our input and output.
bool open_browser(std::string url) {
#ifdef __APPLE__
    constexpr const char* usual = "open";
#else
    constexpr const char* usual = "xdg-open";
#endif
    const char* variable = std::getenv("BROWSER");
    std::string program = variable && *variable ? variable : usual;
    char* words[] = {program.data(), url.data(), nullptr};
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        posix_spawn_file_actions_addopen(&quiet, each, "/dev/null", O_RDWR, 0);
    }
    pid_t child = 0;
    const int failed = posix_spawnp(&child, program.c_str(), &quiet, nullptr, words, environ);
    posix_spawn_file_actions_destroy(&quiet);
    return failed == 0;
}

oauthpp::secret read_pasted(const oauthpp::pending_login& login, unsigned timeout) {
    std::cerr << "When the browser can go no further, copy what its address bar shows, and paste it here:\n";
    alarm(timeout);
    for (std::string line; std::getline(std::cin, line);) {
        if (login.is_answered_by(line)) {
            alarm(0);
            return line;
        }
        std::cerr << "This is not the answer to this sign-in. Please copy the whole address:\n";
    }
    quit(sign_in_again, "nothing was pasted that belongs to this sign-in");
}

// ---- what comes out

std::string json(std::string_view text) {
    std::string quoted(2 + 6 * text.size(), '\0');      // each character may become \u0000
    oauthpp::buffer_writer out(quoted);
    oauthpp::append_json_string(out, text);
    quoted.resize(out.size());
    return quoted;
}

void print(const oauthpp::tokens& tokens) {
    std::string members;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (value.empty() || value == "\"\"") return;
        members.append(members.empty() ? "\n  " : ",\n  ").append(json(name)).append(": ").append(value);
    };
    const auto until = [now = oauthpp::system_clock().now()](const std::optional<oauthpp::unix_time>& end) {
        return end ? std::to_string(end->count - now.count) : "";
    };
    add("access_token", json(tokens.access_token.reveal()));
    add("token_type", json(tokens.token_type));
    add("expires_in", until(tokens.expires_at));
    add("ext_expires_in", until(tokens.ext_expires_at));
    add("refresh_in", until(tokens.refresh_at));
    add("refresh_token", json(tokens.refresh_token.reveal()));
    add("scope", json(tokens.scope));
    add("id_token", json(tokens.id_token.reveal()));
    if (tokens.identity) add("identity", tokens.identity->claims);
    for (const oauthpp::parameter& each : tokens.extra) add(each.name, json(each.value));
    std::cout << '{' << members << "\n}" << std::endl;
    if (!std::cout) quit(fix_configuration, "standard output cannot be written");
}

/// Asks for the tokens, stores the refresh token if it is a new one, and tells everybody.
int finish(oauthpp::token_flow grant, oauthpp::curl_transport& http, const token_file& file,
           oauthpp::loopback_listener* browser = nullptr) {
    hold_signals(true);
    const auto tokens = run(std::move(grant), http);
    const bool kept = !tokens || !tokens->refresh_token_rotated || file.store(tokens->refresh_token.reveal());
    hold_signals(false);

    if (browser && tokens) browser->answer("You are signed in. You may close this window.");
    if (browser && !tokens) browser->answer("You are not signed in: " + describe(tokens.error()));
    const bool dead = !tokens && !file.token().empty() && tokens.error().action() == oauthpp::remedy::sign_in_again;
    if (dead) std::cerr << "To sign in again, remove " << file.name() << '\n';
    if (!tokens) quit(tokens.error());
    if (!tokens->missing_scope.empty()) std::cerr << "Not granted: " << tokens->missing_scope << '\n';
    if (tokens->refresh_token.empty()) std::cerr << "No refresh token came; many servers want offline_access for it\n";
    print(*tokens);
    if (!kept) quit(fix_configuration, file.name() + ": cannot be written; keep the refresh token that was printed");
    return done;
}

}  // namespace

int main(int count, char** words) {
    for (const int each : {SIGINT, SIGTERM, SIGALRM}) std::signal(each, end_at_signal);
    const arguments asked = read_arguments(count, words);
    const token_file file(asked.refresh_file);

    oauthpp::curl_transport http({.ca_file = asked.ca_file,
                                  .certificate_file = asked.mutual_tls ? asked.certificate_file : "",
                                  .key_file = asked.mutual_tls ? asked.key_file : "",
                                  .timeout = {std::min(asked.timeout, 30U)}});
    const oauthpp::server_metadata server = find_server(asked, http);
    std::optional<certificate_proof> proof;
    oauthpp::client app = make_client(asked, server, proof);

    oauthpp::openssl_verifier openssl;
    oauthpp::key_cache keys(server.jwks_uri);
    oauthpp::id_token_options id_token;
    if (!server.jwks_uri.empty()) id_token = {.keys = &keys, .verifier = openssl};
    if (!file.token().empty()) {
        return finish(refresh(server, app, file.token(), {.scope = asked.scope, .id_token = id_token}), http, file);
    }

    std::optional<oauthpp::loopback_listener> here;   // before the URL is made: the port belongs into it
    if (!asked.paste) here.emplace(or_quit(oauthpp::loopback_listener::open(app.redirect_uri)));
    if (here) app.redirect_uri = here->redirect_uri();

    auto login = begin_login(asked, server, app);
    std::cerr << "Sign in at\n  " << login.url() << '\n';
    if (asked.browser && !open_browser(login.url())) std::cerr << "No browser could be opened.\n";
    const auto callback = here ? or_quit(here->wait(login, oauthpp::seconds{asked.timeout}))
                               : read_pasted(login, asked.timeout);
    return finish(login.exchange(callback.reveal(), {.id_token = id_token}), http, file, here ? &*here : nullptr);
}
