// SPDX-License-Identifier: MIT
//
// Who must act on a failure. Worked out when asked for, from the reason, the server's error code and the HTTP status,
// never from prose; a program that does not ask does not carry the lists.
//
//   if (tokens.error().action() == oauthpp::remedy::sign_in_again) ...
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/base/errc.hpp>
#include <oauthpp/detail/ascii.hpp>

#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0 {

enum class remedy : std::uint8_t {
    none,
    retry_later,          ///< nobody: try again, not before `retry_at`
    sign_in_again,        ///< the person
    fix_configuration,    ///< the developer or operator: registration, URL, secret, clock
    ask_administrator,    ///< who administers the person's directory
    report_bug,           ///< whoever wrote the program or the server
};

/// By the reason alone.
[[nodiscard]] constexpr remedy usual_remedy(errc reason) noexcept;

/// For an error that the server sent. `http_status` is 0 if it came through the browser.
///
/// Spec: RFC 6749 4.1.2.1, 5.2; OpenID Connect Core 3.1.2.6; and codes that providers added.
[[nodiscard]] constexpr remedy remedy_for(std::string_view server_error, std::string_view suberror, int http_status) noexcept;

[[nodiscard]] constexpr std::string_view message(remedy action) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr remedy usual_remedy(errc reason) noexcept {
    switch (reason) {
        case errc::none:
            return remedy::none;
        case errc::throttled: case errc::transport_failed: case errc::name_not_found: case errc::connection_failed:
        case errc::timed_out: case errc::connection_lost: case errc::no_entropy: case errc::unexpected_status:
            return remedy::retry_later;
        case errc::state_missing: case errc::state_mismatch: case errc::issuer_mismatch: case errc::issuer_missing:
        case errc::duplicate_parameter: case errc::malformed_form: case errc::input_too_long:
        case errc::too_many_parameters: case errc::wrong_redirect_uri: case errc::missing_parameter:
        case errc::invalid_parameter: case errc::invalid_state_data: case errc::already_used:
        case errc::saved_login_unreadable: case errc::server_refused: case errc::token_expired:
        case errc::nonce_missing: case errc::nonce_mismatch: case errc::nonce_unexpected: case errc::acr_not_met:
        case errc::authentication_too_old: case errc::hash_missing: case errc::hash_mismatch: case errc::subject_changed:
        case errc::authentication_changed:
        case errc::signature_invalid:
            return remedy::sign_in_again;
        case errc::not_finished: case errc::buffer_too_small: case errc::repeated_parameter:
        case errc::forbidden_parameter: case errc::malformed_json: case errc::json_too_deep: case errc::json_too_large:
        case errc::json_too_many_members: case errc::duplicate_member: case errc::missing_member:
        case errc::invalid_member: case errc::empty_body:
            return remedy::report_bug;
        default:
            return remedy::fix_configuration;
    }
}

namespace detail {

// Words with spaces between: half the size of a table, on a microcontroller.
inline constexpr std::string_view errors_that_pass = "temporarily_unavailable server_error slow_down authorization_pending";
inline constexpr std::string_view errors_of_the_person =
    "invalid_grant access_denied login_required interaction_required consent_required account_selection_required "
    "authorization_declined expired_token token_expired bad_token invalid_code invalid_token";
inline constexpr std::string_view errors_of_the_administrator = "permission_denied admin_policy_enforced org_internal";
/// Microsoft: what signing in again does not mend.
inline constexpr std::string_view suberrors_of_the_administrator = "protection_policy_required device_authentication_failed";

}  // namespace detail

constexpr remedy remedy_for(std::string_view server_error, std::string_view suberror, int http_status) noexcept {
    if (detail::has_word(detail::suberrors_of_the_administrator, suberror)) return remedy::ask_administrator;
    if (detail::has_word(detail::errors_that_pass, server_error)) return remedy::retry_later;
    if (detail::has_word(detail::errors_of_the_person, server_error)) return remedy::sign_in_again;
    if (detail::has_word(detail::errors_of_the_administrator, server_error)) return remedy::ask_administrator;
    return http_status >= 500 || http_status == 429 ? remedy::retry_later : remedy::fix_configuration;
}

constexpr std::string_view message(remedy action) noexcept {
    switch (action) {
        case remedy::none: return "nothing to do";
        case remedy::retry_later: return "try again later";
        case remedy::sign_in_again: return "sign in again";
        case remedy::fix_configuration: return "fix the configuration";
        case remedy::ask_administrator: return "ask the administrator";
        case remedy::report_bug: return "report a bug";
    }
    return "unknown";
}

}  // namespace oauthpp::inline v0
