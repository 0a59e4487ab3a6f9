// SPDX-License-Identifier: MIT
//
// What an authorization server's error code asks for (RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6, and the codes
// that providers added). Decided by code, sub-code and HTTP status, never by prose.
#pragma once

#include <oauthpp/base/errc.hpp>
#include <oauthpp/protocol/scope.hpp>

#include <string_view>

namespace oauthpp::inline v0 {

/// Who must act. `http_status` is 0 for an error that came through the browser.
[[nodiscard]] constexpr remedy remedy_for(std::string_view error, std::string_view suberror, int http_status) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

// Words with spaces between: half the size of a table, on a microcontroller.
inline constexpr std::string_view errors_that_pass = "temporarily_unavailable server_error slow_down authorization_pending";
inline constexpr std::string_view errors_of_the_person =
    "invalid_grant access_denied login_required interaction_required consent_required account_selection_required "
    "authorization_declined expired_token token_expired bad_token invalid_code";
inline constexpr std::string_view errors_of_the_administrator = "permission_denied admin_policy_enforced org_internal";
/// Microsoft: what signing in again does not mend.
inline constexpr std::string_view suberrors_of_the_administrator = "protection_policy_required device_authentication_failed";

}  // namespace detail

constexpr remedy remedy_for(std::string_view error, std::string_view suberror, int http_status) noexcept {
    if (scope_includes(detail::suberrors_of_the_administrator, suberror)) return remedy::ask_administrator;
    if (scope_includes(detail::errors_that_pass, error)) return remedy::retry_later;
    if (scope_includes(detail::errors_of_the_person, error)) return remedy::sign_in_again;
    if (scope_includes(detail::errors_of_the_administrator, error)) return remedy::ask_administrator;
    return http_status >= 500 || http_status == 429 ? remedy::retry_later : remedy::fix_configuration;
}

}  // namespace oauthpp::inline v0
