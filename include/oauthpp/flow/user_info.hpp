// SPDX-License-Identifier: MIT
//
// UserInfo, fetched with the access token of a login (OpenID Connect Core 5.3).
//
//   auto who = oauthpp::run(oauthpp::fetch_user_info(server, app, *tokens), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/flow/keys.hpp>
#include <oauthpp/flow/step.hpp>
#include <oauthpp/flow/tokens.hpp>
#include <oauthpp/oidc/user_info.hpp>
#include <oauthpp/protocol/challenge.hpp>
#include <oauthpp/protocol/client.hpp>
#include <oauthpp/protocol/resource_request.hpp>
#include <oauthpp/protocol/server_metadata.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Lifetime: keys and verifier must outlive the flow.
struct user_info_options {
    key_cache* keys{};                       ///< these two are for answers that are signed
    signature_verifier_ref verifier{};
    std::string_view algorithms{asymmetric_algorithms};
    seconds leeway{60};
    bool signed_only{};                      ///< the client is registered for signed answers: plain JSON is refused
};

class user_info_flow {
 public:
    static constexpr bool waits = false;

    inline user_info_flow(const server_metadata_view& server, const client_view& app, const tokens& with,
                          const user_info_options& options);

    [[nodiscard]] inline step next(unix_time now);
    inline void resume(const result<http_response>& response, unix_time now);

    /// Errors: those of the request, of the transport, of `parse_user_info` and `verify_user_info`; missing_value for
    ///   tokens that tell of nobody, and for keys without a verifier or the other way round; server_refused with the words
    ///   of the challenge; redirected, unexpected_status, unexpected_media_type, empty_body.
    [[nodiscard]] result<user_info> outcome() && { return std::move(outcome_); }

 private:
    void finish(result<user_info> outcome) {
        outcome_ = std::move(outcome);
        request_ = {};
        done_ = true;
    }
    inline void fetch_keys(unix_time now);
    inline void verify(unix_time now);

    user_info_options options_;
    std::string algorithms_;
    std::string issuer_;
    bool tenant_in_issuer_;
    std::string client_id_;
    std::string subject_;
    detail::key_fetch keys_;
    http_request request_{};
    secret body_{};
    result<user_info> outcome_{errc::not_finished};
    bool done_ = false;
};

/// The tokens must have an identity: what the server tells counts only for that person (5.3.2).
[[nodiscard]] inline user_info_flow fetch_user_info(const server_metadata_view& server, const client_view& app,
                                                    const tokens& with, const user_info_options& options = {}) {
    return {server, app, with, options};
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// What a resource server's challenge says, as an error (RFC 6750 3).
inline error refused_by(const http_response& response, unix_time now) {
    error_view refused(errc::server_refused, "WWW-Authenticate");
    refused.http_status = static_cast<std::uint16_t>(response.status);
    refused.received_at = now;
    const auto challenge = parse_challenge(response.www_authenticate);
    if (!challenge) return refused;
    refused.server_error = challenge->error;
    refused.server_description = challenge->error_description;
    refused.server_uri = challenge->error_uri;
    refused.claims = challenge->claims;
    return refused;
}

inline result<http_request> user_info_request(const server_metadata_view& server, const tokens& with, const user_info_options& options) {
    const bool has_verifier{options.verifier};
    if (server.invalid != errc::none) return error_view(server.invalid, "server");
    if (!with.identity || with.identity->sub.empty()) return error_view(errc::missing_value, "identity");
    if (has_verifier != (options.keys != nullptr)) return error_view(errc::missing_value, has_verifier ? "keys" : "verifier");
    if (server.userinfo_endpoint.empty()) return error_view(errc::missing_value, "userinfo_endpoint");
    return make_resource_request({.method = "GET", .url = server.userinfo_endpoint, .accept = "application/json, application/jwt"},
                                 with.access_token, {.token_type = with.token_type});
}

inline bool is_jwt_media(std::string_view content_type) noexcept {
    return equal_ignoring_case(trimmed(between(content_type, 0, index_of(content_type, ';'))), "application/jwt");
}

}  // namespace detail

inline user_info_flow::user_info_flow(const server_metadata_view& server, const client_view& app, const tokens& with,
                                      const user_info_options& options)
    : options_(options), algorithms_(options.algorithms), issuer_(server.issuer),
      tenant_in_issuer_(server.quirks.tenant_in_issuer), client_id_(app.client_id),
      subject_(with.identity ? with.identity->sub : std::string()), keys_(options.keys) {
    options_.algorithms = {};                                     // they may not live as long
    auto request = detail::user_info_request(server, with, options);
    if (request) request_ = *std::move(request);
    else finish(std::move(request).error());
}

inline step user_info_flow::next(unix_time) {
    if (done_) return step::finished();
    return step::send(keys_.wanted() ? keys_.request() : request_);
}

inline void user_info_flow::resume(const result<http_response>& response, unix_time now) {
    if (done_) return;
    if (keys_.wanted()) {
        const error_view wrong = keys_.take(response, now);
        return wrong.reason == errc::none ? verify(now) : finish(error(wrong));
    }
    if (!response) return finish(response.error());
    if (response->status == 401 || response->status == 403) return finish(detail::refused_by(*response, now));
    http_response_view document = *response;
    const bool is_signed = detail::is_jwt_media(response->content_type);
    if (is_signed) document.content_type = "application/json";    // judged in all else like any document
    const error_view wrong = detail::check_document(document, now);
    if (wrong.reason != errc::none) return finish(error(wrong));
    if (!is_signed) {
        if (options_.signed_only) return finish(error_view(errc::unexpected_media_type, "Content-Type"));
        return finish(parse_user_info(response->body.reveal(), subject_));
    }
    body_ = response->body;
    if (keys_.is_due(now)) fetch_keys(now);
    else verify(now);
}

inline void user_info_flow::fetch_keys(unix_time now) {
    if (const detail::failure insecure = keys_.check_uri(); insecure.failed()) return finish(error_view(insecure));
    keys_.want(now);
}

inline void user_info_flow::verify(unix_time now) {
    auto verified = verify_user_info(body_.reveal(),
                                     {.issuer = issuer_,
                                      .tenant_in_issuer = tenant_in_issuer_,
                                      .client_id = client_id_,
                                      .subject = subject_,
                                      .algorithms = algorithms_,
                                      .leeway = options_.leeway,
                                      .keys = keys_.keys(),
                                      .verifier = options_.verifier},
                                     now);
    const bool unknown_key = !verified && verified.error().reason() == errc::key_not_found;
    if (unknown_key && keys_.may_ask(now)) fetch_keys(now);
    else finish(std::move(verified));
}

}  // namespace oauthpp::inline v0
