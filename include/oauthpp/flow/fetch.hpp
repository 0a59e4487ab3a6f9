// SPDX-License-Identifier: MIT
//
// What flows that GET a JSON document have in common.
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/protocol/token_response.hpp>
#include <oauthpp/wire/http_message.hpp>

#include <string>

namespace oauthpp::inline v0::detail {

inline http_request get_request(std::string url) {
    http_request request;
    request.method = "GET";
    request.url = std::move(url);
    return request;
}

/// Whether a response holds the document; else why not.
inline error_view check_document(const http_response_view& response, unix_time now) noexcept {
    tolerances tolerated;
    // A document has no errors of its own: what is no success and no redirect is not read
    const bool refused = !is_success(response.status) && (response.status < 300 || response.status > 399);
    failure wrong;
    if (refused) wrong.set(errc::unexpected_status, "status");
    else if (check_media(response.status, response.content_type, !response.body.empty(), {}, tolerated, wrong)) return {};
    error_view error(wrong);
    add_http(response.status, response.retry_after, error);
    error.again = resend::safe;          // reading uses nothing up
    error.received_at = now;
    return error;
}

}  // namespace oauthpp::inline v0::detail
