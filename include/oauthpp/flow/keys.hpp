// SPDX-License-Identifier: MIT
//
// The keys that a server signs with (OpenID Connect Core 10.1.1), fetched, and kept from one login to the next.
//
//   oauthpp::key_cache keys(server->jwks_uri);
//   auto tokens = oauthpp::run(login->exchange(callback, {.id_token = {.keys = &keys, .verifier = openssl}}), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/wire/url.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

struct key_cache_options {
    seconds max_age{3600};     ///< then they are fetched anew: a key that was withdrawn is believed no longer than that
    seconds min_interval{60};  ///< between two fetches, whatever keys are asked for: tokens must not storm the server
};

/// The keys of one server. A flow that needs them fetches them: when there are none, when they are too old, and once for
/// a key that is not among them, since servers change their keys.
///
/// For one thread at a time. A flow that is given one must not outlive it.
class key_cache {
 public:
    explicit key_cache(std::string_view jwks_uri, const key_cache_options& options = {})
        : jwks_uri_(jwks_uri), options_(options) {}

    [[nodiscard]] const std::string& jwks_uri() const noexcept { return jwks_uri_; }
    [[nodiscard]] const jwk_set& keys() const noexcept { return keys_; }

    /// The document as it came, for a store of your own; and when.
    [[nodiscard]] const std::string& document() const noexcept { return document_; }
    [[nodiscard]] std::optional<unix_time> fetched_at() const noexcept { return fetched_at_; }

    /// Takes a document, fetched now or kept in a store since then, and says how many keys it has. What is no set of
    /// keys changes nothing.
    ///
    /// Errors: those of `parse_jwk_set`.
    result<std::size_t> put(std::string_view document, unix_time fetched_at) {
        auto parsed = parse_jwk_set(document);
        if (!parsed) return std::move(parsed).error();
        keys_ = *std::move(parsed);
        document_ = document;
        fetched_at_ = asked_at_ = fetched_at;
        return keys_.keys.size();
    }

    /// Whether a fetch is due before anything is verified.
    [[nodiscard]] bool is_due(unix_time now) const noexcept {
        return (!fetched_at_ || *fetched_at_ + options_.max_age <= now) && may_ask(now);
    }
    /// Whether it may be asked for a key that is not among these.
    [[nodiscard]] bool may_ask(unix_time now) const noexcept {
        return !asked_at_ || *asked_at_ + options_.min_interval <= now;
    }
    /// Begins the interval, whatever becomes of the fetch.
    void asked(unix_time now) noexcept { asked_at_ = now; }

 private:
    std::string jwks_uri_;
    key_cache_options options_;
    jwk_set keys_{};
    std::string document_{};
    std::optional<unix_time> fetched_at_{};
    std::optional<unix_time> asked_at_{};
};

namespace detail {

/// The fetch of keys that a flow may need on its way.
class key_fetch {
 public:
    key_fetch() = default;
    explicit key_fetch(key_cache* keys) : keys_(keys) {}

    [[nodiscard]] const jwk_set* keys() const noexcept { return keys_ != nullptr ? &keys_->keys() : nullptr; }
    [[nodiscard]] bool is_due(unix_time now) const noexcept { return keys_ != nullptr && keys_->is_due(now); }
    /// At most once on one way, however short the cache's interval: a server may change its keys at every fetch.
    [[nodiscard]] bool may_ask(unix_time now) const noexcept { return keys_ != nullptr && !asked_ && keys_->may_ask(now); }

    /// Keys that came in the clear would be anybody's (RFC 8414 2, `jwks_uri`).
    [[nodiscard]] failure check_uri() const noexcept {
        failure wrong;
        check_endpoint(keys_->jwks_uri(), "jwks_uri", wrong);
        return wrong;
    }
    void want(unix_time now) {
        asked_ = true;
        keys_->asked(now);
        request_ = get_request(keys_->jwks_uri());
    }
    [[nodiscard]] bool wanted() const noexcept { return request_.has_value(); }
    [[nodiscard]] const http_request& request() const noexcept { return *request_; }

    /// Keys that were fetched before still count if these cannot be had.
    error_view take(const result<http_response>& response, unix_time now) {
        request_.reset();
        error_view wrong = response ? check_document(*response, now) : response.error().view();
        if (wrong.reason == errc::none) {
            const auto taken = keys_->put(response->body.reveal(), now);
            if (!taken) wrong = error_view(taken.error().reason(), "jwks_uri");
        }
        return keys_->fetched_at() ? error_view() : wrong;
    }

 private:
    key_cache* keys_{};
    std::optional<http_request> request_{};
    bool asked_ = false;
};

}  // namespace detail

using keys_flow = document_flow<jwk_set>;

/// The keys that a server signs with. Keep them: a server that is asked at every login is a server that is attacked.
[[nodiscard]] inline keys_flow fetch_keys(std::string_view jwks_uri) {
    detail::failure wrong;
    if (!detail::check_endpoint(jwks_uri, "jwks_uri", wrong)) return keys_flow(error_view(wrong));
    return {std::string(jwks_uri), [](std::string_view body, std::string_view) { return parse_jwk_set(body); }};
}

}  // namespace oauthpp::inline v0
