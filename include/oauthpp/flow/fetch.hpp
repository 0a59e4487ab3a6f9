// SPDX-License-Identifier: MIT
//
// Flows that GET a JSON document, and what all such have in common.
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/protocol/token_response.hpp>
#include <oauthpp/wire/http_message.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

namespace detail {

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

}  // namespace detail

/// One document from one place.
template <class Document>
class document_flow {
 public:
    static constexpr bool waits = false;

    /// Reads a body; `expected` is what the document is held against.
    using reader = result<Document> (*)(std::string_view body, std::string_view expected);

    explicit document_flow(const error_view& failure) : outcome_(error(failure)), done_(true) {}
    document_flow(std::string url, reader read, std::string expected = {})
        : request_(detail::get_request(std::move(url))), read_(read), expected_(std::move(expected)) {}

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        done_ = true;
        const error_view wrong = response ? detail::check_document(*response, now) : response.error().view();
        if (wrong.reason != errc::none) outcome_ = error(wrong);
        else outcome_ = read_(response->body.reveal(), expected_);
    }

    /// Errors: those of the transport and of the document; redirected, unexpected_status, unexpected_media_type, empty_body.
    [[nodiscard]] result<Document> outcome() && { return std::move(outcome_); }

 private:
    http_request request_{};
    reader read_{};
    std::string expected_{};
    result<Document> outcome_{errc::not_finished};
    bool done_ = false;
};

}  // namespace oauthpp::inline v0
