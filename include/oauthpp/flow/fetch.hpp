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
    const received_response received{.status = response.status, .content_type = response.content_type, .retry_after = response.retry_after};
    failure wrong;
    if (response.status >= 300 && response.status <= 399) wrong = {errc::redirected, "status"};
    else if (!is_success(response.status)) wrong = {errc::unexpected_status, "status"};
    else if (response.body.empty()) wrong = {errc::empty_body, "body"};
    else if (const media type = media_of(response.content_type); type != media::json && type != media::missing) {
        wrong = {errc::unexpected_media_type, "Content-Type"};
    }
    if (!wrong.failed()) return {};
    error_view error(wrong);
    add_http(received, error);
    error.again = resend::safe;          // reading uses nothing up
    error.received_at = now;
    return error;
}

}  // namespace oauthpp::inline v0::detail
