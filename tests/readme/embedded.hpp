// SPDX-License-Identifier: MIT
// A device's drivers, for the README.
#include <oauthpp/oauthpp.hpp>

#include <array>
#include <cstddef>
#include <span>

struct random_number_generator {
    bool operator()(std::span<std::byte>) { return true; }
};
struct modem {
    oauthpp::result<oauthpp::http_response_view, oauthpp::error_view> send(oauthpp::http_request_view, std::span<char>) {
        return oauthpp::error_view(oauthpp::errc::transport_failed);
    }
};
inline random_number_generator hardware;
inline modem http;
inline oauthpp::unix_time now{};
inline void show_to_the_person(std::string_view) {}
inline std::span<char> wait_for_callback(std::span<char> memory) { return memory; }
inline void fail(const oauthpp::error_view&) {}
