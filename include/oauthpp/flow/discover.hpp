// SPDX-License-Identifier: MIT
//
// An authorization server's metadata, fetched (RFC 8414 3, OpenID Connect Discovery 4).
//
//   auto server = oauthpp::run(oauthpp::discover("https://as.example"), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/protocol/discovery.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Asks at the place of OpenID Connect, and if there is nothing at that of RFC 8414.
class discovery_flow {
 public:
    static constexpr bool waits = false;

    explicit discovery_flow(std::string_view issuer, const quirks& known = {}) : issuer_(issuer), quirks_(known) {
        auto urls = metadata_urls(issuer);
        if (!urls) {
            finish(urls.error().view());
            return;
        }
        request_ = detail::get_request(std::move((*urls)[0]));
        second_url_ = std::move((*urls)[1]);
    }

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        if (!response) return finish(response.error().view());
        const bool nothing_there = response->status == 404 || response->status == 400;
        if (nothing_there && !second_url_.empty()) {
            request_ = detail::get_request(std::exchange(second_url_, {}));
            return;
        }
        const error_view wrong = detail::check_document(*response, now);
        if (wrong.reason != errc::none) return finish(wrong);
        outcome_ = parse_server_metadata(response->body.reveal(), issuer_, quirks_);
        done_ = true;
    }

    /// Errors: those of the transport, of `metadata_urls` and of `parse_server_metadata`; redirected, unexpected_status,
    ///   unexpected_media_type, empty_body.
    [[nodiscard]] result<server_metadata> outcome() && { return std::move(outcome_); }

 private:
    void finish(const error_view& failure) {
        outcome_ = error(failure);
        done_ = true;
    }

    std::string issuer_;
    quirks quirks_;
    http_request request_{};
    std::string second_url_{};
    result<server_metadata> outcome_{errc::not_finished};
    bool done_ = false;
};

/// `known`: deviations of this server, which its metadata then carries. Microsoft's `common` has one: `tenant_in_issuer`.
[[nodiscard]] inline discovery_flow discover(std::string_view issuer, const quirks& known = {}) {
    return discovery_flow(issuer, known);
}

}  // namespace oauthpp::inline v0
