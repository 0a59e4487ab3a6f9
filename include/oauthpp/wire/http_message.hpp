// SPDX-License-Identifier: MIT
//
// The HTTP request and response that cross to your HTTP stack: whole, and with only the headers that matter, by name.
//
//   for (auto [name, value] : request.headers()) if (!value.empty()) my_stack.set_header(name, value);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/wipe.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <concepts>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

struct http_header {
    std::string_view name{};
    std::string_view value{};
};

/// Security: body and Authorization hold credentials, so they are secrets too. Do not follow redirects with this
/// request, and do not send it a second time by yourself: a code works once.
template <class Storage>
struct basic_http_request {
    std::string_view method{"POST"};
    typename Storage::text url{};
    std::string_view content_type{};
    std::string_view accept{"application/json"};
    typename Storage::secret authorization{};
    typename Storage::secret body{};

    constexpr operator basic_http_request<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {method, url, content_type, accept, authorization, body}; }

    /// Every header to send. One with an empty value is not sent.
    [[nodiscard]] constexpr std::array<http_header, 3> headers() const noexcept {
        return {{{"Content-Type", content_type}, {"Accept", accept}, {"Authorization", authorization.reveal()}}};
    }
};
using http_request = basic_http_request<owned>;
using http_request_view = basic_http_request<borrowed>;

/// A response with any status: a 4xx is an answer, not a failure of the transport.
template <class Storage>
struct basic_http_response {
    int status{};
    typename Storage::text content_type{};   ///< Content-Type as received; empty: there was none
    typename Storage::text retry_after{};    ///< Retry-After as received
    typename Storage::secret body{};
    typename Storage::text www_authenticate{};   ///< as received; of several fields one text, with commas between them

    constexpr operator basic_http_response<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {status, content_type, retry_after, body, www_authenticate}; }
};
using http_response = basic_http_response<owned>;
using http_response_view = basic_http_response<borrowed>;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline http_request owned_copy(const http_request_view& view) {
    http_request request;
    request.method = view.method;
    request.url = std::string(view.url);
    request.content_type = view.content_type;
    request.accept = view.accept;
    request.authorization = secret(view.authorization.reveal());
    request.body = secret(view.body.reveal());
    return request;
}

/// Runs `write` into memory on the stack, or on the heap if that is not enough, then copies each part into a string of
/// its own.
template <class Write>
result<http_request> make_owned_request(const Write& write) {
    std::array<char, 2048> memory;
    buffer_writer first{memory};
    const result<http_request_view, error_view> measured = write(first);
    if (measured) {
        http_request request = owned_copy(*measured);
        first.take_back(0);
        return request;
    }
    if (measured.error().reason != errc::buffer_too_small) return measured.error();
    scratch larger(measured.error().needed);
    buffer_writer out{larger.text};
    const result<http_request_view, error_view> written = write(out);
    if (!written) return written.error();
    return owned_copy(*written);
}

}  // namespace detail

}  // namespace oauthpp::inline v0
