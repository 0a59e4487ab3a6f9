// SPDX-License-Identifier: MIT
//
// The seam to your HTTP stack: a type with one member. A transport says what happened to the request; a 4xx is a
// response, and only what kept one from coming is an error.
//
//   struct my_transport { oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request); };
//   static_assert(oauthpp::http_transport<my_transport>);
//
//   auto http = oauthpp::as_transport([&](oauthpp::http_request_view request) { return my_post(request); });
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/wire/http_message.hpp>

#include <concepts>
#include <span>
#include <utility>

namespace oauthpp::inline v0 {

/// Security: verify certificates, follow no redirect, send nothing twice, put a limit on time and size. Where the stack
/// fails, say in `error_view::again` whether the request may have left.
template <class T>
concept http_transport = requires(T& each, const http_request_view& request) {
    { each.send(request) } -> std::same_as<result<http_response>>;
};

/// A transport that lends memory: the body of the response lies in `memory`.
template <class T>
concept borrowed_http_transport = requires(T& each, const http_request_view& request, std::span<char> memory) {
    { each.send(request, memory) } -> std::same_as<result<http_response_view, error_view>>;
};

/// A function or lambda as a transport of either kind.
template <class Function>
struct function_transport {
    Function function;
    auto send(const http_request_view& request)
        requires std::invocable<Function&, const http_request_view&> {
        return function(request);
    }
    auto send(const http_request_view& request, std::span<char> memory)
        requires std::invocable<Function&, const http_request_view&, std::span<char>> {
        return function(request, memory);
    }
};

template <class Function>
[[nodiscard]] constexpr function_transport<Function> as_transport(Function function) {
    return {std::move(function)};
}

namespace detail {

template <class T>
concept sends_requests = requires(T& each, const http_request_view& request) { each.send(request); };
template <class T>
concept sends_borrowed_requests =
    requires(T& each, const http_request_view& request, std::span<char> memory) { each.send(request, memory); };

template <class T>
consteval bool check_http_transport() {
    if constexpr (!sends_requests<T>) {
        static_assert(sends_requests<T>, "oauthpp::http_transport: write a member send(oauthpp::http_request_view)");
    } else {
        static_assert(http_transport<T>,
                      "oauthpp::http_transport: send(oauthpp::http_request_view) must return "
                      "oauthpp::result<oauthpp::http_response>");
    }
    return http_transport<T>;
}

template <class T>
consteval bool check_borrowed_http_transport() {
    if constexpr (!sends_borrowed_requests<T>) {
        static_assert(
            sends_borrowed_requests<T>,
            "oauthpp::borrowed_http_transport: write a member send(oauthpp::http_request_view, std::span<char>)");
    } else {
        static_assert(borrowed_http_transport<T>,
                      "oauthpp::borrowed_http_transport: send(oauthpp::http_request_view, std::span<char>) must return "
                      "oauthpp::result<oauthpp::http_response_view, oauthpp::error_view>");
    }
    return borrowed_http_transport<T>;
}

}  // namespace detail
}  // namespace oauthpp::inline v0
