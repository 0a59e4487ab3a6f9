// SPDX-License-Identifier: MIT
//
// An authorization server's metadata, fetched (RFC 8414 3, OpenID Connect Discovery 4).
//
//   auto server = oauthpp::run(oauthpp::discover("https://as.example"), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/oidc/issuer_discovery.hpp>
#include <oauthpp/protocol/discovery.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Asks at one place after the other for as long as there is nothing there.
class discovery_flow {
 public:
    static constexpr bool waits = false;

    explicit discovery_flow(std::string_view issuer, const quirks& known = {}) : issuer_(issuer), quirks_(known) {
        auto urls = metadata_urls(issuer);
        if (!urls) {
            finish(urls.error().view());
            return;
        }
        urls_ = *std::move(urls);
        request_ = detail::get_request(std::move(urls_[0]));
    }

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        if (!response) return finish(response.error().view());
        const bool nothing_there = response->status == 404 || response->status == 400;
        if (nothing_there && ++place_ < urls_.size() && !urls_[place_].empty()) {
            request_ = detail::get_request(std::move(urls_[place_]));
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
    std::array<std::string, 3> urls_{};
    std::size_t place_ = 0;
    result<server_metadata> outcome_{errc::not_finished};
    bool done_ = false;
};

/// `known`: deviations of this server, which its metadata then carries. Microsoft's `common` has one: `tenant_in_issuer`.
[[nodiscard]] inline discovery_flow discover(std::string_view issuer, const quirks& known = {}) {
    return discovery_flow(issuer, known);
}

using issuer_flow = document_flow<std::string>;

/// The issuer who signs in the person with this identifier, such as an e-mail address: for `discover`.
[[nodiscard]] inline issuer_flow find_issuer(std::string_view identifier) {
    auto url = webfinger_url(identifier);
    if (!url) return issuer_flow(url.error().view());
    return {*std::move(url), [](std::string_view body, std::string_view) { return parse_webfinger(body); }};
}

}  // namespace oauthpp::inline v0
