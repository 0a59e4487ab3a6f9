// SPDX-License-Identifier: MIT
//
// Bare POSIX sockets, blocking, http only: for a server on this machine, or behind a proxy that adds the TLS.
#include "http_text.hpp"

#include <chrono>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using oauthpp::errc, oauthpp::resend;
using steady = std::chrono::steady_clock;

struct connection {
    int socket = -1;
    steady::time_point end = steady::now() + std::chrono::seconds(example::time_limit);

    connection() = default;
    connection(connection&&) = delete;
    ~connection() { if (socket >= 0) ::close(socket); }

    bool ready(short what) const {
        pollfd each{socket, what, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady::now()).count();
        const int count = left > 0 ? ::poll(&each, 1, static_cast<int>(left)) : 0;
        if (count == 0) errno = ETIMEDOUT;
        return count > 0;
    }
    bool open(const addrinfo& address) {
        if (socket >= 0) ::close(socket);
        socket = ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
        if (socket < 0) return false;
        if (::connect(socket, address.ai_addr, address.ai_addrlen) == 0) return true;
        if (errno != EINPROGRESS || !ready(POLLOUT)) return false;
        socklen_t size = sizeof errno;
        return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &errno, &size) == 0 && errno == 0;
    }
};

oauthpp::error failed(errc reason, resend again) {
    return example::failure(errno == ETIMEDOUT ? errc::timed_out : reason, again, errno, std::strerror(errno));
}

oauthpp::result<oauthpp::http_response> exchange(oauthpp::http_request_view request) {
    const auto url = oauthpp::parse_url(request.url);
    if (!url || url->scheme != "http") return errc::invalid_url;
    const std::string host(url->host), port(url->port.empty() ? "80" : url->port);
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
    if (code != 0) return example::failure(errc::name_not_found, resend::safe, code, ::gai_strerror(code));
    connection server;
    const addrinfo* each = found;
    while (each && !server.open(*each)) each = each->ai_next;
    ::freeaddrinfo(found);
    if (!each) return failed(errc::connection_failed, resend::safe);

    const oauthpp::secret text = example::request_text(request, *url);
    for (std::string_view rest = text.reveal(); !rest.empty();) {
        const ssize_t sent = server.ready(POLLOUT) ? ::send(server.socket, rest.data(), rest.size(), MSG_NOSIGNAL) : -1;
        if (sent < 0) return failed(errc::connection_lost, resend::unsafe);
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string received;
    for (char part[4096];;) {
        const ssize_t got = server.ready(POLLIN) ? ::recv(server.socket, part, sizeof part, 0) : -1;
        if (got < 0) return failed(errc::connection_lost, resend::unsafe);
        if (got == 0) return example::parse_response(received);
        received.append(part, static_cast<std::size_t>(got));
        if (received.size() > example::body_limit) return oauthpp::errc::response_too_large;
    }
}

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    return example::report(run(example::ask(asked), oauthpp::as_transport(exchange)));
}
