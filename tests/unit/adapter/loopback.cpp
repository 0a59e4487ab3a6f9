// SPDX-License-Identifier: MIT
//
// The redirect URI on this machine: what it takes for the callback, what it sends away, and what the browser is shown.
#include <oauthpp/adapter/loopback.hpp>

#include <doctest/doctest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace loopback_test {
namespace {

using oauthpp::errc, oauthpp::loopback_listener, oauthpp::loopback_options, oauthpp::pending_login, oauthpp::remedy;
using oauthpp::secret, oauthpp::seconds;

static_assert(std::is_nothrow_move_constructible_v<loopback_listener>);
static_assert(!std::is_copy_constructible_v<loopback_listener>);

loopback_listener listen_at(std::string_view redirect_uri, const loopback_options& options = {}) {
    auto here = loopback_listener::open(redirect_uri, options);
    if (!here) std::abort();
    return *std::move(here);
}

pending_login login_at(const loopback_listener& here, std::string_view response_mode = {}) {
    oauthpp::server_metadata server;
    server.authorization_endpoint = "https://as.example/authorize";
    server.token_endpoint = "https://as.example/token";
    const oauthpp::client app{.client_id = "id", .redirect_uri = here.redirect_uri()};
    auto login = oauthpp::start_login(server, app, {.response_mode = response_mode});
    if (!login) std::abort();
    return *std::move(login);
}

union address {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

address address_of(int socket) {
    address found{};
    socklen_t size = sizeof found;
    ::getsockname(socket, &found.any, &size);
    return found;
}

socklen_t size_of(int family) { return family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6); }

address local_address(int family, unsigned port) {
    address made{};
    made.v6 = {};
    if (family == AF_INET) {
        made.v4 = {};
        made.v4.sin_family = AF_INET;
        made.v4.sin_port = htons(static_cast<std::uint16_t>(port));
        made.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    } else {
        made.v6.sin6_family = AF_INET6;
        made.v6.sin6_port = htons(static_cast<std::uint16_t>(port));
        made.v6.sin6_addr = in6addr_loopback;
    }
    return made;
}

unsigned port_of(const loopback_listener& here) {
    return static_cast<unsigned>(std::stoul(here.redirect_uri().substr(here.redirect_uri().rfind(':') + 1)));
}

/// A browser, or somebody else who knocks.
class visitor {
 public:
    explicit visitor(const loopback_listener& here, int family = AF_INET) : socket_(::socket(family, SOCK_STREAM, 0)) {
        const address there = local_address(family, port_of(here));
        connected_ = ::connect(socket_, &there.any, size_of(family)) == 0;
        const timeval patience{5, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    visitor(const visitor&) = delete;
    visitor& operator=(const visitor&) = delete;
    ~visitor() { ::close(socket_); }

    [[nodiscard]] bool connected() const { return connected_; }

    void say(std::string_view text) const { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }

    /// Everything until the other side closes.
    [[nodiscard]] std::string hear() const {
        std::string all;
        std::array<char, 4096> part;
        for (;;) {
            const auto size = ::recv(socket_, part.data(), part.size(), 0);
            if (size <= 0) return all;
            all.append(part.data(), static_cast<std::size_t>(size));
        }
    }

 private:
    int socket_;
    bool connected_;
};

/// Lets the listener do what there is to do.
std::optional<secret> pump(loopback_listener& here, const pending_login& login) {
    for (int i = 0; i < 40; ++i) {
        if (auto callback = here.handle(login)) return callback;
    }
    return std::nullopt;
}

const std::string version_and_host = " HTTP/1.1\r\nHost: localhost\r\n";

std::string get(std::string_view target) { return "GET " + std::string(target) + version_and_host + "\r\n"; }

std::string post(std::string_view target, std::string_view body) {
    const std::string head = "POST " + std::string(target) + version_and_host;
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

TEST_CASE("the redirect URI stays as it is, but for a port 0 [rfc8252-7.3-loopback]") {
    const loopback_listener first = listen_at("http://localhost:0");
    CHECK(first.redirect_uri().starts_with("http://localhost:"));
    CHECK(port_of(first) != 0);
    for (const std::string_view rest : {"", "/", "/cb", "/cb?app=1", "?app=1"}) {
        const loopback_listener other = listen_at("http://127.0.0.1:0" + std::string(rest));
        CHECK(other.redirect_uri().starts_with("http://127.0.0.1:"));
        CHECK(other.redirect_uri().ends_with(rest));
        CHECK(port_of(other) != port_of(first));
    }
    const std::string free = "HTTP://LocalHost:" + std::to_string(port_of(listen_at("http://[::1]:0"))) + "/%7ecb";
    CHECK(listen_at(free).redirect_uri() == free);
}

TEST_CASE("it listens at one port of both families, and at nothing but loopback [rfc8252-7.3-loopback]") {
    const loopback_listener here = listen_at("http://localhost:0");
    const auto listening = here.descriptors();
    REQUIRE(listening.size() == 2);
    const address v4 = address_of(listening[0].fd);
    const address v6 = address_of(listening[1].fd);
    CHECK(v4.any.sa_family == AF_INET);
    CHECK(ntohl(v4.v4.sin_addr.s_addr) == INADDR_LOOPBACK);
    CHECK(v6.any.sa_family == AF_INET6);
    CHECK(IN6_IS_ADDR_LOOPBACK(&v6.v6.sin6_addr));
    CHECK(ntohs(v4.v4.sin_port) == port_of(here));
    CHECK(v6.v6.sin6_port == v4.v4.sin_port);
}

TEST_CASE("what is not http on this machine is refused") {
    for (const std::string_view uri : {"https://localhost:8080", "http://app.example:8080", "http://127.0.0.2:8080",
                                       "http://0.0.0.0:8080", "http://localhost.example", "http://[::2]:8080"}) {
        const auto here = loopback_listener::open(uri);
        INFO(uri);
        REQUIRE(!here);
        CHECK(here.error().reason() == errc::cannot_listen);
        CHECK(here.error().action() == remedy::fix_configuration);
        CHECK(here.error().field() == "redirect_uri");
    }
    CHECK(loopback_listener::open("http://localhost:8080/#x").error().reason() == errc::url_has_fragment);
    for (const std::string_view uri : {"", "/cb", "http://localhost:65536", "http://a@localhost:8080"}) {
        const auto here = loopback_listener::open(uri);
        INFO(uri);
        REQUIRE(!here);
        CHECK(here.error().reason() == errc::invalid_url);
    }
}

TEST_CASE("a port that is taken, if only in one family, is an error") {
    const auto frees_what_was_taken = [](int family) {
        const int other = ::socket(family, SOCK_STREAM, 0);
        const address any = local_address(family, 0);
        REQUIRE(::bind(other, &any.any, size_of(family)) == 0);
        REQUIRE(::listen(other, 1) == 0);
        const address taken = address_of(other);
        const auto port = std::to_string(ntohs(family == AF_INET ? taken.v4.sin_port : taken.v6.sin6_port));
        const auto here = loopback_listener::open("http://localhost:" + port);
        REQUIRE(!here);
        CHECK(here.error().reason() == errc::cannot_listen);
        CHECK(here.error().transport_text().find("taken") != std::string_view::npos);
        ::close(other);
        return static_cast<bool>(loopback_listener::open("http://localhost:" + port));
    };
    for (const int family : {AF_INET, AF_INET6}) {
        bool freed = false;     // but another program may take the port meanwhile
        for (int attempt = 0; attempt < 5 && !freed; ++attempt) freed = frees_what_was_taken(family);
        CHECK(freed);
    }
}

TEST_CASE("the callback comes in the query, over either family") {
    for (const int family : {AF_INET, AF_INET6}) {
        loopback_listener first = listen_at("http://localhost:0/cb");
        loopback_listener here = std::move(first);
        const pending_login login = login_at(here);
        const visitor browser(here, family);
        const std::string target = "/cb?code=a%20b&state=" + login.state();
        browser.say(get(target));
        const auto callback = pump(here, login);
        REQUIRE(callback);
        CHECK(callback->reveal() == target);
        here.answer("You are <signed> in & done.");
        const std::string page = browser.hear();
        CHECK(page.starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(page.find("<p>You are &lt;signed> in &amp; done.</p>") != page.npos);
    }
}

TEST_CASE("the callback comes as a form") {
    loopback_listener here = listen_at("http://127.0.0.1:0");
    const pending_login login = login_at(here, "form_post");
    const visitor browser(here);
    const std::string body = "state=" + login.state() + "&code=x";
    browser.say(post("/", body));
    const auto callback = pump(here, login);
    REQUIRE(callback);
    CHECK(callback->reveal() == body);
}

TEST_CASE("the callback comes in the fragment, by way of a script") {
    loopback_listener here = listen_at("http://127.0.0.1:0/cb?app=1");
    pending_login login = login_at(here, "fragment");
    const visitor first(here);
    first.say(get("/cb?app=1"));
    CHECK(!pump(here, login));
    const std::string page = first.hear();
    CHECK(page.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(page.find("body: location.hash") != page.npos);

    const visitor again(here);
    const std::string fragment = "#code=x&state=" + login.state();
    again.say(post("/cb?app=1", fragment));
    const auto callback = pump(here, login);
    REQUIRE(callback);
    CHECK(callback->reveal() == fragment);
    CHECK(login.exchange(callback->reveal()).next({}).wants_request());
}

TEST_CASE("a fragment stays one, for a login that asked for a query to refuse") {
    loopback_listener here = listen_at("http://127.0.0.1:0/cb");
    pending_login login = login_at(here, "query");
    const visitor browser(here);
    browser.say(post("/cb", "#code=x&state=" + login.state()));
    const auto callback = pump(here, login);
    REQUIRE(callback);
    const auto tokens = login.exchange(callback->reveal()).outcome();
    REQUIRE(!tokens);
    CHECK(tokens.error().reason() == errc::unexpected_response_mode);
}

TEST_CASE("the pages run one script and no other, and are not stored") {
    loopback_listener here = listen_at("http://127.0.0.1:0/cb");
    const pending_login login = login_at(here);
    const visitor browser(here);
    browser.say(get("/cb"));
    CHECK(!pump(here, login));
    const std::string page = browser.hear();

    const auto begin = page.find("<script>") + 8;
    const std::string script = page.substr(begin, page.find("</script>") - begin);
    const auto digest = oauthpp::base64url_encode(oauthpp::sha256(script));
    std::string base64(digest.data(), digest.size());
    std::replace(base64.begin(), base64.end(), '-', '+');
    std::replace(base64.begin(), base64.end(), '_', '/');
    CHECK(page.find("script-src 'sha256-" + base64 + "=';") != page.npos);
    CHECK(page.find("Content-Security-Policy: default-src 'none'") != page.npos);
    CHECK(page.find("\r\nCache-Control: no-store\r\n") != page.npos);
    CHECK(page.find("\r\nReferrer-Policy: no-referrer\r\n") != page.npos);
    CHECK(page.find("\r\nX-Content-Type-Options: nosniff\r\n") != page.npos);
    const auto size = std::stoul(page.substr(page.find("Content-Length: ") + 16));
    CHECK(page.size() - page.find("\r\n\r\n") - 4 == size);
}

TEST_CASE("strangers are sent away and disturb nothing [rfc8252-8.10-store-redirect]") {
    loopback_listener here = listen_at("http://localhost:0/cb");
    const pending_login login = login_at(here);
    const std::string right = "code=x&state=" + login.state();
    const std::string wrong = "code=x&state=" + std::string(login.state().size(), 'A');
    for (const std::string& request :
         {get("/favicon.ico"), get("/cb?" + wrong), get("/cb?error=<script>"), get("/cb?state="), get("/cb?state=%"),
          get("/cb/?" + right), get("/?" + right), get("/CB?" + right), get("/cb?" + right + "&state=" + login.state()),
          post("/cb", wrong), post("/cb", ""), post("/other", right), post("/cb?" + right, "code=x"),
          "HEAD /cb?" + right + " HTTP/1.1\r\n\r\n", "PUT /cb?" + right + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n"}) {
        INFO(request);
        const visitor stray(here);
        stray.say(request);
        CHECK(!pump(here, login));
        const std::string page = stray.hear();
        CHECK(page.starts_with("HTTP/1.1 404 Not Found\r\n"));
        CHECK(page.find("<script>") == page.npos);
    }
    const visitor browser(here);
    browser.say(get("/cb?" + right));
    CHECK(pump(here, login));
}

TEST_CASE("what is not plain HTTP is not answered at all") {
    loopback_options options;
    options.max_request = 2048;
    loopback_listener here = listen_at("http://localhost:0/cb", options);
    const pending_login login = login_at(here);
    const std::string right = "code=x&state=" + login.state();
    const std::string start = "GET /cb?" + right;
    const std::string form = "POST /cb" + version_and_host;
    for (const std::string& request :
         {std::string("junk\r\n\r\n"), std::string("\r\n\r\n"), std::string(4096, 'x'),
          start + "\r\n\r\n", start + " HTTP/2.0\r\n\r\n", get("http://localhost/cb?" + right), get("cb?" + right),
          get("/cb?" + right + "\x01"), get("/cb?" + right + std::string(1, '\0')), get("/cb?" + right + "\xC3\xA4"),
          start + version_and_host + "Cookie: " + std::string(2048, 'c') + "\r\n\r\n",
          form + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          form + "Content-Length: 1\r\nContent-Length: 50\r\n\r\n" + right,
          form + "Content-Length: 5x\r\n\r\n" + right, form + "Content-Length:\r\n\r\n" + right,
          form + "Content-Length\r\n\r\n" + right, form + "content-length: 2000\r\n\r\n" + right,
          form + "Content-Length: 9999999999\r\n\r\n"}) {
        INFO(request);
        const visitor stray(here);
        stray.say(request);
        CHECK(!pump(here, login));
        CHECK(stray.hear().empty());
    }
    CHECK(here.descriptors().size() == 2);
    const visitor browser(here);
    browser.say(get("/cb?" + right));
    CHECK(pump(here, login));
}

TEST_CASE("a request may come byte by byte, with another between") {
    loopback_listener here = listen_at("http://localhost:0/cb");
    const pending_login login = login_at(here);
    const visitor slow(here);
    const visitor stray(here);
    stray.say("GET /fav");
    const std::string body = "code=x&state=" + login.state();
    const std::string request = post("/cb", body);
    for (std::size_t i = 0; i + 1 < request.size(); ++i) {
        slow.say(request.substr(i, 1));
        CHECK(!pump(here, login));
    }
    slow.say(request.substr(request.size() - 1));
    const auto callback = pump(here, login);
    REQUIRE(callback);
    CHECK(callback->reveal() == body);
}

TEST_CASE("connections that say nothing keep nobody out") {
    loopback_listener here = listen_at("http://localhost:0");
    const pending_login login = login_at(here);
    std::list<visitor> silent;
    for (int i = 0; i < 50; ++i) {
        silent.emplace_back(here);
        CHECK(!pump(here, login));
    }
    CHECK(here.descriptors().size() == 2 + loopback_options{}.max_visitors);
    const visitor browser(here);
    browser.say(get("/?code=x&state=" + login.state()));
    CHECK(pump(here, login));
}

TEST_CASE("who says nothing for too long has to go") {
    loopback_options options;
    options.request_timeout = seconds{0};
    loopback_listener here = listen_at("http://localhost:0", options);
    const pending_login login = login_at(here);
    const visitor silent(here);
    CHECK(!pump(here, login));
    CHECK(silent.hear().empty());
    CHECK(here.descriptors().size() == 2);
}

TEST_CASE("once it has the callback it listens no more") {
    loopback_listener here = listen_at("http://localhost:0");
    const pending_login login = login_at(here);
    const visitor reserve(here);
    const visitor browser(here);
    browser.say(get("/?code=x&state=" + login.state()));
    CHECK(here.wait(login, seconds{5}));
    CHECK(here.descriptors().empty());
    CHECK(!visitor(here).connected());
    CHECK(!visitor(here, AF_INET6).connected());
    CHECK(reserve.hear().empty());
    const auto again = here.wait(login, seconds{5});
    REQUIRE(!again);
    CHECK(again.error().reason() == errc::already_used);
}

TEST_CASE("the browser gets a page even if the program does not think of it") {
    std::optional<visitor> browser;
    {
        loopback_listener here = listen_at("http://localhost:0");
        here.answer("nobody to tell");
        const pending_login login = login_at(here);
        browser.emplace(here);
        browser->say(get("/?code=x&state=" + login.state()));
        CHECK(pump(here, login));
    }
    CHECK(browser->hear().starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("a person who does not come back has to sign in again") {
    loopback_listener here = listen_at("http://localhost:0");
    const pending_login login = login_at(here);
    for (const seconds limit : {seconds{-1}, seconds{0}, seconds{1}}) {
        const auto callback = here.wait(login, limit);
        REQUIRE(!callback);
        CHECK(callback.error().reason() == errc::timed_out);
        CHECK(callback.error().action() == remedy::sign_in_again);
    }
    std::thread late([&] {
        const visitor browser(here);
        browser.say(get("/?code=x&state=" + login.state()));
        static_cast<void>(browser.hear());
    });
    CHECK(here.wait(login, seconds{INT64_MAX}));
    here.answer("in time");
    late.join();
}

}  // namespace
}  // namespace loopback_test
