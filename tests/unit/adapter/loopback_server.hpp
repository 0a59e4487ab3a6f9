// SPDX-License-Identifier: MIT
//
// A server on 127.0.0.1 for tests of HTTP stacks: says what it is told to, word for word, and keeps what it heard.
//
//   oauthpp_test::loopback_server server({"HTTP/1.1 204 No Content\r\n\r\n"});      // the answers, in turn
//   http.send({.url = server.url("/token")});
//   server.stop().requests.at(0)                                                     // "POST /token HTTP/1.1\r\n..."
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace oauthpp_test {

class loopback_server {
 public:
    struct history {
        std::vector<std::string> requests{};
        std::size_t connections{};
    };

    /// After the last answer, or instead of an empty one, it closes the connection.
    explicit loopback_server(std::vector<std::string> answers) : answers_(std::move(answers)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        auto* const address = reinterpret_cast<sockaddr*>(&address_);
        const bool listens = ::bind(listener_, address, size) == 0 && ::listen(listener_, 8) == 0 &&
                             ::getsockname(listener_, address, &size) == 0 && ::pipe(stop_.data()) == 0;
        if (!listens) std::abort();
        thread_ = std::thread([this] { serve(); });
    }
    loopback_server(const loopback_server&) = delete;
    loopback_server& operator=(const loopback_server&) = delete;
    ~loopback_server() {
        stop();
        ::close(listener_);
        for (const int end : stop_) ::close(end);
    }

    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port)); }
    [[nodiscard]] std::string url(std::string_view path) const { return "http://" + host() + std::string(path); }

    const history& stop() {
        if (thread_.joinable()) {
            static_cast<void>(!::write(stop_[1], "x", 1));
            thread_.join();
        }
        return heard_;
    }

 private:
    struct connection {
        int socket;
        std::string received{};
    };

    void serve() {
        std::vector<connection> open;
        for (;;) {
            std::vector<pollfd> waiting{{stop_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
            for (const connection& each : open) waiting.push_back({each.socket, POLLIN, 0});
            ::poll(waiting.data(), waiting.size(), -1);
            if (waiting[0].revents != 0) break;
            for (std::size_t i = open.size(); i-- > 0;) {
                if (waiting[i + 2].revents == 0 || hear(open[i])) continue;
                ::close(open[i].socket);
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
            }
            if (waiting[1].revents != 0) {
                open.push_back({::accept(listener_, nullptr, nullptr)});
                ++heard_.connections;
            }
        }
        for (const connection& each : open) ::close(each.socket);
    }

    /// False: the connection is at its end.
    bool hear(connection& from) {
        std::array<char, 65536> part;
        const auto size = ::recv(from.socket, part.data(), part.size(), 0);
        if (size <= 0) return false;
        from.received.append(part.data(), static_cast<std::size_t>(size));
        if (!is_whole(from.received)) return true;
        heard_.requests.push_back(std::exchange(from.received, {}));
        if (next_ == answers_.size() || answers_[next_].empty()) {
            ++next_;
            return false;
        }
        const std::string& answer = answers_[next_++];
        return ::send(from.socket, answer.data(), answer.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(answer.size()) &&
               next_ < answers_.size();
    }

    static bool is_whole(std::string_view request) {
        const auto head = request.find("\r\n\r\n");
        if (head == request.npos) return false;
        const auto length = request.find("Content-Length: ");
        if (length >= head) return true;
        return request.size() >= head + 4 + std::strtoul(request.data() + length + 16, nullptr, 10);
    }

    std::vector<std::string> answers_;
    std::size_t next_{};
    history heard_{};
    int listener_{};
    sockaddr_in address_{};
    std::array<int, 2> stop_{};
    std::thread thread_{};
};

}  // namespace oauthpp_test
