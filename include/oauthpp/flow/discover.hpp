// SPDX-License-Identifier: MIT
//
// An authorization server's metadata and keys, fetched (RFC 8414 3, OpenID Connect Discovery 4).
//
//   auto server = oauthpp::run(oauthpp::discover("https://as.example"), http);
//   auto keys   = oauthpp::run(oauthpp::fetch_keys(server->jwks_uri), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/protocol/discovery.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Asks at the place of OpenID Connect, and if there is nothing at that of RFC 8414.
class discovery_flow {
 public:
    static constexpr bool waits = false;

    explicit discovery_flow(std::string_view issuer) : issuer_(issuer) {
        auto urls = metadata_urls(issuer);
        if (urls) urls_ = *std::move(urls);
        else finish(urls.error().view());
    }

    [[nodiscard]] step next(unix_time) {
        if (done_) return step::finished();
        request_ = detail::get_request(urls_[asked_]);
        return step::send(request_);
    }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        if (!response) return finish(response.error().view());
        ++asked_;
        const bool nothing_there = response->status == 404 || response->status == 400;
        if (nothing_there && asked_ < urls_.size()) return;
        const error_view wrong = detail::check_document(*response, now);
        if (wrong.reason != errc::none) return finish(wrong);
        outcome_ = parse_server_metadata(response->body.reveal(), issuer_);
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
    std::array<std::string, 2> urls_{};
    std::size_t asked_ = 0;
    http_request request_{};
    result<server_metadata> outcome_{errc::not_finished};
    bool done_ = false;
};

[[nodiscard]] inline discovery_flow discover(std::string_view issuer) { return discovery_flow(issuer); }

class keys_flow {
 public:
    static constexpr bool waits = false;

    explicit keys_flow(std::string_view jwks_uri) {
        const detail::failure wrong = detail::check_endpoint(jwks_uri, "jwks_uri");
        done_ = wrong.failed();
        if (done_) outcome_ = error(error_view(wrong));
        request_ = detail::get_request(std::string(jwks_uri));
    }

    [[nodiscard]] step next(unix_time) const { return done_ ? step::finished() : step::send(request_); }

    void resume(const result<http_response>& response, unix_time now) {
        if (done_) return;
        done_ = true;
        const error_view wrong = response ? detail::check_document(*response, now) : response.error().view();
        if (wrong.reason != errc::none) outcome_ = error(wrong);
        else outcome_ = parse_jwk_set(response->body.reveal());
    }

    /// Errors: those of the transport and of `parse_jwk_set`; redirected, unexpected_status, unexpected_media_type, empty_body.
    [[nodiscard]] result<jwk_set> outcome() && { return std::move(outcome_); }

 private:
    http_request request_{};
    result<jwk_set> outcome_{errc::not_finished};
    bool done_ = false;
};

/// The keys that a server signs with. Keep them: a server that is asked at every login is a server that is attacked.
[[nodiscard]] inline keys_flow fetch_keys(std::string_view jwks_uri) { return keys_flow(jwks_uri); }

}  // namespace oauthpp::inline v0
