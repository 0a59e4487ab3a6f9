// SPDX-License-Identifier: MIT
//
// One request to the token endpoint, what becomes of its answer, and the ID tokens that belong to it: the part that
// every grant has in common.
//
//   auto tokens = oauthpp::run(oauthpp::request_tokens(server, app, {.scope = "read"}), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/flow/id_token_check.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/flow/tokens.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/protocol/server_metadata.hpp>
#include <oauthpp/protocol/token_request.hpp>
#include <oauthpp/protocol/token_response.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Never sends twice: a code, or a refresh token that rotates, may have been used by a request whose answer was lost
/// (RFC 6749 4.1.2, RFC 9700 4.14). `error::again` says what is known of that. Only the keys for an ID token are fetched
/// besides, before the request or after it.
class token_flow {
 public:
    static constexpr bool waits = false;

    /// What the browser brought besides the code (OpenID Connect Core 3.2, 3.3).
    struct front_channel {
        secret id_token{};
        secret access_token{};
        secret code{};
        std::string state{};
    };

    /// What the answer is measured by.
    struct expectation {
        std::string scope{};                          ///< requested
        secret refresh_token{};                       ///< kept if the answer brings none (RFC 6749 6)
        std::string token_endpoint{};
        std::string client_id{};
        oauthpp::quirks quirks{};
        detail::id_token_check id_token{};
        front_channel front{};
        secret old_id_token{};                        ///< kept, with who it is about, if the answer brings none
        std::optional<oauthpp::id_token> identity{};
    };

    explicit token_flow(const error_view& failure) : outcome_(failure), phase_(phase::done) {}
    token_flow(result<http_request> request, expectation expected) : expected_(std::move(expected)) {
        if (request) request_ = *std::move(request);
        else finish(request.error().view());
    }
    /// For an ID token that came through the browser alone: there is nothing to redeem.
    explicit token_flow(expectation expected) : expected_(std::move(expected)) {}
    // Moved only: a copy would send the same request again
    token_flow(token_flow&&) noexcept = default;
    token_flow& operator=(token_flow&&) noexcept = default;

    [[nodiscard]] inline step next(unix_time now);
    inline void resume(const result<http_response>& response, unix_time now);

    /// Errors: those of the request, of the transport and of `parse_token_response`, of `verify_id_token` and
    ///   `parse_jwk_set`; missing_member for an ID token that did not come; missing_value for keys without a verifier, or
    ///   the other way round; invalid_url or insecure_url for `jwks_uri`; not_finished before the end, already_used from the second time on.
    [[nodiscard]] result<tokens> outcome() && { return std::exchange(outcome_, errc::already_used); }

 private:
    enum class phase : std::uint8_t { begin, front_channel, request, identity, done };

    void finish(const error_view& failure) {
        outcome_ = failure;
        tokens_ = {};
        request_.reset();
        phase_ = phase::done;
    }
    void give() {
        outcome_ = std::move(tokens_);
        phase_ = phase::done;
    }
    inline void check_front_channel(unix_time now);
    inline void check_identity(unix_time now);
    inline tokens accept(token_response&& response) const;

    std::optional<http_request> request_{};
    result<tokens> outcome_{errc::not_finished};
    expectation expected_{};
    tokens tokens_{};
    unix_time asked_at_{};
    phase phase_{};
};

namespace detail {

inline token_flow::expectation expect_tokens(const server_metadata_view& server, const client_view& app,
                                             std::string_view requested_scope) {
    return {.scope = std::string(requested_scope),
            .token_endpoint = std::string(server.token_endpoint),
            .client_id = std::string(app.client_id),
            .quirks = server.quirks};
}

}  // namespace detail

/// Tokens for the client itself (RFC 6749 4.4).
inline token_flow request_tokens(const server_metadata_view& server, const client_view& app,
                                 const client_credentials_grant_view& grant) {
    if (server.invalid != errc::none) return token_flow(error_view(server.invalid, "server"));
    return {make_token_request(server.token_endpoint, app, grant), detail::expect_tokens(server, app, grant.scope)};
}

/// The same without a heap: `memory` holds the request, the driver lends memory for the response.
///
/// Lifetime: memory, endpoint and whatever the response was received into.
class token_flow_view {
 public:
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const authorization_code_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const refresh_token_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }
    token_flow_view(const server_metadata_view& server, const client_view& app,
                    const client_credentials_grant_view& grant, std::span<char> memory)
        : token_flow_view(memory) { begin(server, write_token_request(out_, server.token_endpoint, app, grant)); }

    /// The request to send, or nothing when it is done.
    [[nodiscard]] const http_request_view* next(unix_time) const noexcept { return done_ ? nullptr : &request_; }

    /// The response's body is rewritten.
    inline void resume(const result<http_response_view, error_view>& response, unix_time now) noexcept;

    [[nodiscard]] const result<token_response_view, error_view>& outcome() const noexcept { return outcome_; }

 private:
    explicit token_flow_view(std::span<char> memory) : out_(memory) {}
    inline void begin(const server_metadata_view& server,
                      const result<http_request_view, error_view>& request) noexcept;

    buffer_writer out_;
    oauthpp::quirks quirks_{};
    http_request_view request_{};
    result<token_response_view, error_view> outcome_{errc::not_finished};
    bool done_ = false;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// A transport that does not know whether the request left is taken to have sent it.
constexpr void add_transport(error_view& failure) noexcept {
    if (failure.again == resend::pointless) failure.again = resend::unsafe;
}

}  // namespace detail

inline step token_flow::next(unix_time now) {
    if (phase_ == phase::begin) {
        phase_ = phase::front_channel;
        if (const detail::failure wrong = expected_.id_token.begin(now); wrong.failed()) finish(wrong);
    }
    if (phase_ == phase::front_channel && !expected_.id_token.wants_keys()) check_front_channel(now);
    if (phase_ == phase::done) return step::finished();
    if (expected_.id_token.wants_keys()) return step::send(expected_.id_token.keys_request());
    if (!request_ || request_->url.empty()) return step::finished();      // moved from
    if (asked_at_ == unix_time{}) asked_at_ = now;                        // a poll loop may look several times
    return step::send(*request_);
}

inline void token_flow::resume(const result<http_response>& response, unix_time now) {
    if (phase_ == phase::done) return;
    if (expected_.id_token.wants_keys()) {
        const error_view wrong = expected_.id_token.take_keys(response, now);
        const bool has_tokens = phase_ == phase::identity;
        if (wrong.reason == errc::none) return has_tokens ? check_identity(now) : void();
        // After a refresh the old token may be dead: the new one is worth more than a name
        return has_tokens && expected_.id_token.after_refresh ? give() : finish(wrong);
    }
    if (phase_ != phase::request || !request_) return;
    request_.reset();     // wipes code, verifier and credentials
    if (!response) {
        error_view failure = response.error();
        detail::add_transport(failure);
        return finish(failure);
    }
    auto parsed = parse_token_response(*response, expected_.quirks);
    if (parsed) {
        tokens_ = accept(*std::move(parsed));
        phase_ = phase::identity;
        return check_identity(now);
    }
    error_view failure = parsed.error();
    failure.received_at = now;
    finish(failure);
}

/// What came through the browser, before the code is redeemed (OpenID Connect Core 3.3.2.8). An access token of there
/// has done its part when it fits the hash: the one from the token endpoint has gone through fewer hands.
inline void token_flow::check_front_channel(unix_time now) {
    phase_ = phase::request;
    if (expected_.front.id_token.empty()) return;
    const auto verified = expected_.id_token.verify({.id_token = expected_.front.id_token,
                                                     .access_token = expected_.front.access_token,
                                                     .code = expected_.front.code,
                                                     .state = expected_.front.state,
                                                     .from_browser = true}, now);
    if (!verified) phase_ = phase::front_channel;
    else if (!*verified) finish(verified->error().view());
    else {
        expected_.id_token.subject = (*verified)->sub;                    // 3.3.3.6: both are about the same person
        expected_.identity = **verified;
        expected_.old_id_token = std::move(expected_.front.id_token);
        if (request_) return;
        tokens_.client_id = expected_.client_id;
        phase_ = phase::identity;
        check_identity(now);
    }
}

inline void token_flow::check_identity(unix_time now) {
    if (tokens_.id_token.empty()) {
        const bool came_before = expected_.identity.has_value();
        if (expected_.id_token.requires_token() && !came_before) return finish({errc::missing_member, "id_token"});
        tokens_.id_token = std::move(expected_.old_id_token);
        tokens_.identity = std::move(expected_.identity);
    } else if (expected_.id_token.is_on()) {
        auto verified = expected_.id_token.verify({.id_token = tokens_.id_token,
                                                   .access_token = tokens_.access_token,
                                                   .code = expected_.front.code}, now);
        if (!verified) return;
        if (!*verified) return finish(verified->error().view());
        tokens_.identity = **std::move(verified);
    }
    give();
}

inline tokens token_flow::accept(token_response&& response) const {
    const auto after = [&](const std::optional<seconds>& span) {
        // From when we asked: the token is not older than that
        return span ? std::optional(asked_at_ + *span) : std::nullopt;
    };
    tokens made;
    made.access_token = std::move(response.access_token);
    made.token_type = std::move(response.token_type);
    made.expires_at = response.expires_in ? after(response.expires_in) : response.expires_on;
    made.refresh_token_rotated = !response.refresh_token.empty() && response.refresh_token != expected_.refresh_token;
    if (made.refresh_token_rotated) made.refresh_token = std::move(response.refresh_token);
    else made.refresh_token = expected_.refresh_token;
    if (response.scope.empty()) made.scope = expected_.scope;                                         // RFC 6749 5.1
    else made.scope = std::move(response.scope);
    made.missing_scope = scope_without(expected_.scope, made.scope);
    made.extra_scope = scope_without(made.scope, expected_.scope);
    made.id_token = std::move(response.id_token);
    made.refresh_at = after(response.refresh_in);
    made.ext_expires_at = after(response.ext_expires_in);
    made.extra = std::move(response.extra);
    made.tolerated = response.tolerated;
    made.token_endpoint = expected_.token_endpoint;
    made.client_id = expected_.client_id;
    return made;
}

inline void token_flow_view::begin(const server_metadata_view& server,
                                   const result<http_request_view, error_view>& request) noexcept {
    quirks_ = server.quirks;
    done_ = !request || server.invalid != errc::none;
    if (!done_) request_ = *request;
    else outcome_ = server.invalid == errc::none ? request.error() : error_view(server.invalid, "server");
    if (done_) out_.take_back(0);      // credentials that nobody sends
}

inline void token_flow_view::resume(const result<http_response_view, error_view>& response, unix_time now) noexcept {
    if (done_) return;
    done_ = true;
    out_.take_back(0);                 // wipes code, verifier and credentials
    if (!response) {
        outcome_ = response.error();
        detail::add_transport(outcome_.error());
        return;
    }
    const std::string_view body = response->body.reveal();
    outcome_ = token_response_view{};
    detail::parse_token_response_into(outcome_, {.status = response->status,
                                                 .content_type = response->content_type,
                                                 .retry_after = response->retry_after,
                                                 .body = {const_cast<char*>(body.data()), body.size()}},   // lent for that
                                      quirks_, {});
    if (!outcome_) outcome_.error().received_at = now;
}

}  // namespace oauthpp::inline v0
