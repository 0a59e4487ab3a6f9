// SPDX-License-Identifier: MIT
//
// The redirect URI of a native application (RFC 8252 7.3): takes the callback from the browser on this machine. Blocks,
// or works from an event loop. Needs POSIX sockets.
//
//   auto here = oauthpp::loopback_listener::open("http://localhost:0");      // 0: a port that is free
//   app.redirect_uri = here->redirect_uri();
//   auto login = oauthpp::start_login(server, app, {.scope = "openid"});
//   open_browser(login->url());
//   auto callback = here->wait(*login, oauthpp::seconds{300});
//   auto tokens = oauthpp::run(login->exchange(callback->reveal()), http);
//   here->answer(tokens ? "You are signed in." : oauthpp::describe(tokens.error()));
#pragma once

#include <oauthpp/adapter/loopback_http.hpp>
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oauthpp::inline v0 {

struct loopback_options {
    std::size_t max_request{std::size_t{128} << 10};   ///< bytes; cookies of every other server on localhost come along
    seconds request_timeout{10};                       ///< for one visitor to say what it wants
    std::size_t max_visitors{16};                      ///< at a time; for one more, the oldest has to go
};

namespace detail {

/// A file descriptor, closed on death.
class descriptor {
 public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const noexcept { return number_; }

 private:
    int number_;
};

struct loopback_visitor;
struct loopback_request;

}  // namespace detail

/// Listens on 127.0.0.1 and [::1], on one port of both, and nowhere else: `localhost` may mean either. Open it before
/// the URL is made, so that the port is yours, and keep it until the answer.
///
/// Takes one callback, that of the login, and then listens no more. It may come in the query, as a form, or in the
/// fragment, which a small script hands over. Whatever else knocks (an icon, another path, another state, a connection
/// that the browser keeps in reserve) is sent away and disturbs nothing.
///
/// The window that brought the callback waits for `answer`, so that it can say how the login ended.
/// Security: any program on this machine can knock; it is the state that tells the callback (RFC 8252 8.3, 8.9). The
///   pages run no script but that one and are not stored; what was received is wiped.
class loopback_listener {
 public:
    /// `redirect_uri`: http at localhost, 127.0.0.1 or [::1], with or without port, path and query.
    ///
    /// Errors: invalid_url, url_has_fragment; cannot_listen, with the reason in its `transport_text`.
    static inline result<loopback_listener> open(std::string_view redirect_uri, const loopback_options& options = {});

    inline loopback_listener(loopback_listener&&) noexcept;
    loopback_listener& operator=(loopback_listener&&) = delete;
    inline ~loopback_listener();

    /// Byte for byte as it was given, but for a port 0, which has become the one that was free.
    [[nodiscard]] const std::string& redirect_uri() const noexcept { return redirect_uri_; }

    /// Waits for the callback. A signal does not end this: for that, poll `descriptors` yourself.
    ///
    /// Errors: timed_out; already_used, if it has taken its callback before.
    inline result<secret> wait(const pending_login& login, seconds limit);

    /// What an event loop waits for. Ask again after each `handle`: visitors come and go.
    [[nodiscard]] inline std::vector<pollfd> descriptors() const;

    /// Does what can be done without waiting, and gives the callback when it is there.
    inline std::optional<secret> handle(const pending_login& login);

    /// Shows the person a text, which is escaped, in the window that brought the callback. Once.
    inline void answer(std::string_view text);

 private:
    explicit loopback_listener(const loopback_options& options) : options_(options) {}

    inline bool listen_on(int family, std::uint16_t& port);
    inline void welcome(int listening, std::int64_t now);
    inline std::optional<secret> serve(int visitor, const detail::loopback_request& request,
                                       const pending_login& login) const;

    loopback_options options_;
    std::string redirect_uri_{};
    std::string target_{};                                                // its path and query, as a browser asks
    std::vector<detail::descriptor> listening_{};
    std::vector<std::unique_ptr<detail::loopback_visitor>> visitors_{};   // the oldest first
    std::unique_ptr<detail::loopback_visitor> caller_{};                  // brought the callback, waits for its page
};

// ---- bodies: sockets ------------------------------------------------------------------------------------------------

namespace detail {

union loopback_address {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

inline bool bind_to_loopback(int socket, int family, std::uint16_t port) noexcept {
    loopback_address address{};
    if (family == AF_INET) {
        address.v4 = {};
        address.v4.sin_family = AF_INET;
        address.v4.sin_port = htons(port);
        address.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return ::bind(socket, &address.any, sizeof address.v4) == 0;
    }
    address.v6 = {};
    address.v6.sin6_family = AF_INET6;
    address.v6.sin6_port = htons(port);
    address.v6.sin6_addr = in6addr_loopback;
    return ::bind(socket, &address.any, sizeof address.v6) == 0;
}

inline std::uint16_t port_of_socket(int socket) noexcept {
    loopback_address address{};
    socklen_t size = sizeof address;
    ::getsockname(socket, &address.any, &size);
    return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

/// Never a reason to wait or to die, and not for the browser that is started meanwhile.
inline void tame(int socket) noexcept {
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

/// At once: a page fits into the empty buffer of a socket.
inline void send_page(int socket, std::string_view page) noexcept {
#ifdef MSG_NOSIGNAL
    constexpr int flags = MSG_NOSIGNAL;
#else
    constexpr int flags = 0;
#endif
    static_cast<void>(::send(socket, page.data(), page.size(), flags));
    ::shutdown(socket, SHUT_WR);
}

/// By a clock that nobody sets.
inline std::int64_t steady_milliseconds() noexcept {
    ::timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

struct loopback_visitor {
    loopback_visitor(int accepted, std::int64_t deadline, std::size_t max_request) : socket(accepted), until(deadline) {
        received.reserve(max_request);   // a string that grows leaves copies of what it held
    }
    loopback_visitor(const loopback_visitor&) = delete;
    loopback_visitor& operator=(const loopback_visitor&) = delete;
    ~loopback_visitor() { wipe(received); }

    /// What it has said so far; refused, too, if it has gone.
    loopback_request listen(std::size_t max_request) {
        constexpr std::size_t chunk = 16 * 1024;
        const std::size_t before = received.size();
        received.resize(before + (max_request - before < chunk ? max_request - before : chunk));
        const auto size = ::recv(socket.number(), received.data() + before, received.size() - before, 0);
        received.resize(before + (size > 0 ? static_cast<std::size_t>(size) : 0));
        return size > 0 ? read_loopback_request(received, max_request) : loopback_request{loopback_progress::refused};
    }

    descriptor socket;
    std::int64_t until;   // by steady_milliseconds
    std::string received{};
};

/// A redirect URI that can be listened on.
struct loopback_uri {
    std::string_view before_port{};   ///< with the colon
    unsigned port{80};
    std::string_view target{};
};

constexpr result<loopback_uri, error_view> read_loopback_uri(std::string_view redirect_uri) noexcept {
    constexpr const char* field = "redirect_uri";
    url_view url;
    failure wrong;
    if (!split_url(redirect_uri, url, wrong)) return error_view(wrong.reason, field, wrong.offset);
    if (url.has_fragment) return error_view(errc::url_has_fragment, field);   // RFC 6749 3.1.2
    const bool here = equal_ignoring_case(url.host, "localhost") || url.host == "127.0.0.1" || url.host == "[::1]";
    if (!here || !equal_ignoring_case(url.scheme, "http")) {
        error_view elsewhere(errc::cannot_listen, field);
        elsewhere.transport_text = "only http at localhost, 127.0.0.1 or [::1] can be";
        return elsewhere;
    }
    const std::size_t path_at = url.before_query.size() - url.path.size();
    loopback_uri parts{.target = from(redirect_uri, path_at)};
    if (url.port.empty()) return parts;
    parts.before_port = between(redirect_uri, 0, path_at - url.port.size());
    parts.port = 0;
    for (const char c : url.port) parts.port = parts.port * 10 + static_cast<unsigned>(c - '0');
    return parts;
}

}  // namespace detail

// ---- bodies: the listener -------------------------------------------------------------------------------------------

inline loopback_listener::loopback_listener(loopback_listener&&) noexcept = default;
inline loopback_listener::~loopback_listener() { answer("The program has the answer. You may close this window."); }

inline result<loopback_listener> loopback_listener::open(std::string_view redirect_uri,
                                                         const loopback_options& options) {
    const auto parts = detail::read_loopback_uri(redirect_uri);
    if (!parts) return parts.error();
    loopback_listener here(options);
    std::uint16_t port = 0;
    const auto listen_on_both = [&] {
        here.listening_.clear();
        port = static_cast<std::uint16_t>(parts->port);
        return here.listen_on(AF_INET, port) && here.listen_on(AF_INET6, port);
    };
    bool free = listen_on_both();
    // A port that is free in one family may be taken in the other
    for (int more = 16; more > 0 && !free && parts->port == 0; --more) free = listen_on_both();
    if (!free || here.listening_.empty()) {
        error_view why(errc::cannot_listen, "redirect_uri");
        why.transport_text = free ? "this machine has no loopback address" : "the port is taken, or needs privileges";
        return why;
    }

    here.redirect_uri_ = redirect_uri;
    if (parts->port == 0) {
        here.redirect_uri_.assign(parts->before_port).append(std::to_string(port)).append(parts->target);
    }
    here.target_ = parts->target;
    if (!here.target_.starts_with('/')) here.target_.insert(0, 1, '/');
    return here;
}

/// False if the port is taken. A machine without this family is none the worse.
inline bool loopback_listener::listen_on(int family, std::uint16_t& port) {
    detail::descriptor socket(::socket(family, SOCK_STREAM, 0));
    const int number = socket.number();
    if (number < 0) return true;
    const int on = 1;
    ::setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);   // or the login before would bar it for a minute
    if (family == AF_INET6) ::setsockopt(number, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    detail::tame(number);
    if (!detail::bind_to_loopback(number, family, port)) return !detail::bind_to_loopback(number, family, 0);
    if (::listen(number, SOMAXCONN) != 0) return false;
    port = detail::port_of_socket(number);
    listening_.push_back(std::move(socket));
    return true;
}

inline std::vector<pollfd> loopback_listener::descriptors() const {
    std::vector<pollfd> all;
    for (const auto& each : listening_) all.push_back({each.number(), POLLIN, 0});
    for (const auto& each : visitors_) all.push_back({each->socket.number(), POLLIN, 0});
    return all;
}

inline result<secret> loopback_listener::wait(const pending_login& login, seconds limit) {
    constexpr std::int64_t a_year = 365 * 24 * 3600;
    const std::int64_t until = detail::steady_milliseconds() + (limit.count < a_year ? limit.count : a_year) * 1000;
    while (!listening_.empty()) {
        if (auto callback = handle(login)) return *std::move(callback);
        const std::int64_t left = until - detail::steady_milliseconds();
        if (left <= 0) {
            error_view late(errc::timed_out);
            late.known_action = remedy::sign_in_again;
            late.transport_text = "nobody came back; the browser may show what the server objects to";
            return late;
        }
        std::vector<pollfd> all = descriptors();
        ::poll(all.data(), static_cast<nfds_t>(all.size()), left < 60'000 ? static_cast<int>(left) : 60'000);
    }
    return errc::already_used;
}

inline std::optional<secret> loopback_listener::handle(const pending_login& login) {
    std::vector<pollfd> all = descriptors();
    if (::poll(all.data(), static_cast<nfds_t>(all.size()), 0) < 0) return std::nullopt;
    const std::int64_t now = detail::steady_milliseconds();
    const std::size_t first_visitor = listening_.size();

    for (std::size_t i = visitors_.size(); i-- > 0;) {
        auto& visitor = visitors_[i];
        const bool ready = all[first_visitor + i].revents != 0;
        const auto request = ready ? visitor->listen(options_.max_request) : detail::loopback_request{};
        if (request.progress == detail::loopback_progress::more_to_come && now < visitor->until) continue;
        if (request.progress == detail::loopback_progress::whole) {
            if (auto callback = serve(visitor->socket.number(), request, login)) {
                caller_ = std::move(visitor);
                visitors_.clear();
                listening_.clear();
                return callback;
            }
        }
        visitors_.erase(visitors_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (std::size_t i = 0; i < first_visitor; ++i) {
        if (all[i].revents != 0) welcome(listening_[i].number(), now);
    }
    return std::nullopt;
}

inline void loopback_listener::welcome(int listening, std::int64_t now) {
    const int accepted = ::accept(listening, nullptr, nullptr);
    if (accepted < 0) return;   // gone again
    detail::tame(accepted);
    const std::int64_t until = now + options_.request_timeout.count * 1000;
    visitors_.push_back(std::make_unique<detail::loopback_visitor>(accepted, until, options_.max_request));
    if (visitors_.size() > options_.max_visitors) visitors_.erase(visitors_.begin());
}

/// The callback, or a page for who brings something else.
inline std::optional<secret> loopback_listener::serve(int visitor, const detail::loopback_request& request,
                                                      const pending_login& login) const {
    const auto path_of = [](std::string_view all) { return detail::between(all, 0, detail::index_of(all, '?')); };
    const bool get = request.method == "GET";
    const std::string_view callback = get ? request.target : request.body;
    const bool known = (get || request.method == "POST") && path_of(request.target) == path_of(target_);
    if (known && login.is_answered_by(callback)) return secret(callback);

    const bool fragment = get && request.target == target_;
    detail::send_page(visitor, fragment
        ? detail::loopback_page("200 OK", "This page needs JavaScript.", detail::loopback_script)
        : detail::loopback_page("404 Not Found", "This is not the answer to the sign-in."));
    return std::nullopt;
}

inline void loopback_listener::answer(std::string_view text) {
    if (!caller_) return;
    detail::send_page(caller_->socket.number(), detail::loopback_page("200 OK", text));
    caller_.reset();
}

}  // namespace oauthpp::inline v0
