// SPDX-License-Identifier: MIT
//
// The device's end of the serial line to bridge.py, where the protocol is written down: HTTP, the owner's browser, and,
// for want of them in an emulator, the time and randomness.
#pragma once

#include "board.hpp"

#include <oauthpp/oauthpp.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace bridge {

/// A number as text.
class decimal {
 public:
    explicit decimal(std::uint32_t number) : end_(std::to_chars(digits_.begin(), digits_.end(), number).ptr) {}
    decimal(const decimal&) = delete;
    operator std::string_view() const { return {digits_.data(), static_cast<std::size_t>(end_ - digits_.data())}; }

 private:
    std::array<char, 10> digits_{};
    char* end_;
};

/// Some of it may be a server's words: nothing in them ends this line and begins another.
[[gnu::noinline]] inline void send_line(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) {
        for (const char c : part) board::send(c >= ' ' && c <= '~' ? c : '?');
    }
    board::send('\n');
}

/// An answer, read piece by piece into lent memory. After a failure the pieces mean nothing.
class answer {
 public:
    answer(std::span<char> memory, unsigned seconds) : memory_(memory), limit_{seconds * 100} {}

    std::string_view line() {
        std::size_t size = 0;
        for (int c = next(); c >= 0 && c != '\n'; c = next()) put(size++, c);
        const std::span<char> text = take(size);
        return {text.data(), text.size()};
    }
    std::span<char> block() {
        const std::uint32_t size = number();
        for (std::uint32_t i = 0; i < size && lost_ == oauthpp::errc::none; ++i) put(i, next());
        return take(size);
    }
    std::uint32_t number() {
        std::uint32_t value = 0;
        for (int c = next(); c >= 0 && c != '\n'; c = next()) {
            if (c < '0' || c > '9' || value > 400'000'000) lost_ = oauthpp::errc::transport_failed;   // or it would wrap
            value = value * 10 + static_cast<std::uint32_t>(c - '0');
        }
        return lost_ == oauthpp::errc::none ? value : 0;
    }
    oauthpp::errc failure() const {
        if (lost_ != oauthpp::errc::none) return lost_;
        return too_large_ ? oauthpp::errc::response_too_large : oauthpp::errc::none;
    }

 private:
    int next() {
        if (lost_ != oauthpp::errc::none) return -1;
        const int byte = board::receive(limit_);
        if (byte < 0) lost_ = oauthpp::errc::timed_out;
        return byte;
    }
    void put(std::size_t at, int byte) {   // what does not fit is read all the same, or the next answer begins in it
        if (at < memory_.size()) memory_[at] = static_cast<char>(byte);
        else too_large_ = true;
    }
    std::span<char> take(std::size_t size) {
        const std::span<char> piece = memory_.first(std::min(size, memory_.size()));
        memory_ = memory_.subspan(piece.size());
        return piece;
    }

    // Once lost the line stays so: an answer that is late would be taken for that to the next question.
    static inline oauthpp::errc lost_ = oauthpp::errc::none;

    std::span<char> memory_;
    board::time_limit limit_;
    bool too_large_ = false;
};

inline constexpr unsigned patience = ANSWER_SECONDS;   // more than bridge.py has with a server
inline constexpr unsigned patience_with_a_person = 300;

class uart_transport {
 public:
    oauthpp::result<oauthpp::http_response_view, oauthpp::error_view> send(const oauthpp::http_request_view& request,
                                                                           std::span<char> memory) {
        const std::string_view body = request.body.reveal();
        send_line({"http ", request.method, " ", request.url});
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) send_line({name, ": ", value});
        }
        send_line({});
        send_line({decimal(body.size())});
        for (const char c : body) board::send(c);

        answer reply(memory, patience);
        oauthpp::http_response_view response;
        response.status = static_cast<int>(reply.number());
        response.content_type = reply.line();
        response.retry_after = reply.line();
        const std::span<char> received = reply.block();
        response.body = std::string_view(received.data(), received.size());
        if (reply.failure() != oauthpp::errc::none) return reply.failure();
        if (response.status == 0) return failure_called(response.content_type);
        return response;
    }

 private:
    /// `safe`: the server cannot have seen the request, and no code was used up.
    static oauthpp::error_view failure_called(std::string_view word) {
        using oauthpp::errc, oauthpp::resend;
        static constexpr struct { std::string_view word; errc reason; resend again; } words[] = {
            {"name_not_found", errc::name_not_found, resend::safe},
            {"connection_failed", errc::connection_failed, resend::safe},
            {"tls_failed", errc::tls_failed, resend::safe},
            {"connection_lost", errc::connection_lost, resend::unsafe},
            {"timed_out", errc::timed_out, resend::unsafe},
        };
        oauthpp::error_view failure(errc::transport_failed);
        for (const auto& each : words) {
            if (word == each.word) failure.reason = each.reason, failure.again = each.again;
        }
        return failure;
    }
};

/// NOT FOR A PRODUCT. An emulator has no randomness, so this asks the host, and then whoever listens on the line knows
/// every secret that is made of it. Real hardware must use a true random number generator of its own.
struct entropy_of_host {
    [[gnu::noinline]] bool operator()(std::span<std::byte> out) {
        send_line({"random ", decimal(out.size())});
        answer reply({reinterpret_cast<char*>(out.data()), out.size()}, patience);
        return reply.block().size() == out.size() && reply.failure() == oauthpp::errc::none;
    }
};

inline oauthpp::unix_time now() {
    send_line({"time"});
    return {answer({}, patience).number()};
}

/// Shows the owner a page. Gives what came to the redirect URI, a request target or the body of a form, or nothing.
inline std::span<char> wait_for_callback(std::string_view url, std::span<char> memory) {
    send_line({"browse ", url});
    answer reply(memory, patience_with_a_person);
    const std::span<char> callback = reply.block();
    return reply.failure() == oauthpp::errc::none ? callback : std::span<char>();
}

/// One line for whoever looks at the bridge.
inline void print(std::initializer_list<std::string_view> parts) {
    for (const char c : std::string_view("print ")) board::send(c);
    send_line(parts);
}

}  // namespace bridge
