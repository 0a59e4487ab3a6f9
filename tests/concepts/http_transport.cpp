// SPDX-License-Identifier: MIT
//
// The smallest transports, owning and borrowed, and what is almost one.
#include <oauthpp/flow/transport.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace http_transport_exemplar {

using oauthpp::borrowed_http_transport, oauthpp::error_view, oauthpp::http_request, oauthpp::http_request_view;
using oauthpp::http_response, oauthpp::http_response_view, oauthpp::http_transport, oauthpp::result;

struct smallest { result<http_response> send(http_request_view); };
struct by_reference { result<http_response> send(const http_request_view&); };
struct constant { result<http_response> send(const http_request_view&) const; };
static_assert(http_transport<smallest>);
static_assert(http_transport<by_reference>);
static_assert(http_transport<constant> && http_transport<const constant>);
static_assert(!http_transport<const smallest>);

using function = result<http_response> (*)(http_request_view);
static_assert(!http_transport<function>);
static_assert(http_transport<decltype(oauthpp::as_transport(function{}))>);

struct cannot_fail { http_response send(http_request_view); };
struct fails_in_its_own_way { result<http_response, int> send(http_request_view); };
struct borrows { result<http_response_view> send(http_request_view); };
struct gives_text { result<std::string> send(http_request_view); };
struct takes_an_owned_request { result<http_response> send(const http_request&); };
struct changes_the_request { result<http_response> send(http_request_view&); };
struct wants_a_time_limit { result<http_response> send(http_request_view, int milliseconds); };
struct takes_the_parts { result<http_response> send(const char* url, const char* body); };
class keeps_it_to_itself { result<http_response> send(http_request_view); };
static_assert(!http_transport<cannot_fail>);
static_assert(!http_transport<fails_in_its_own_way>);
static_assert(!http_transport<borrows>);
static_assert(!http_transport<gives_text>);
static_assert(!http_transport<takes_an_owned_request>);
static_assert(!http_transport<changes_the_request>);
static_assert(!http_transport<wants_a_time_limit>);
static_assert(!http_transport<takes_the_parts>);
static_assert(!http_transport<keeps_it_to_itself>);

// ---- without a heap

using view_result = result<http_response_view, error_view>;
struct modem { view_result send(const http_request_view&, std::span<char> memory); };
static_assert(borrowed_http_transport<modem> && !http_transport<modem>);
static_assert(!borrowed_http_transport<smallest>);

struct both {
    result<http_response> send(const http_request_view&);
    view_result send(const http_request_view&, std::span<char> memory);
};
static_assert(borrowed_http_transport<both> && http_transport<both>);

struct owns_its_errors { result<http_response_view> send(const http_request_view&, std::span<char> memory); };
struct owns_its_responses { result<http_response, error_view> send(const http_request_view&, std::span<char> memory); };
struct takes_bytes { view_result send(const http_request_view&, std::span<std::byte> memory); };
static_assert(!borrowed_http_transport<owns_its_errors>);
static_assert(!borrowed_http_transport<owns_its_responses>);
static_assert(!borrowed_http_transport<takes_bytes>);

}  // namespace http_transport_exemplar
