// SPDX-License-Identifier: MIT
//
// Every failure has somebody who must act.
#include <oauthpp/base/remedy.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <set>
#include <string_view>

namespace remedy_test {
namespace {

using oauthpp::errc, oauthpp::message, oauthpp::remedy, oauthpp::remedy_for, oauthpp::usual_remedy;

}  // namespace

TEST_CASE("every remedy has a text of its own") {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(remedy::report_bug); ++i) {
        const std::string_view text = message(static_cast<remedy>(i));
        CAPTURE(i);
        CHECK(text != "unknown");
        CHECK(seen.insert(text).second);
    }
    CHECK(message(static_cast<remedy>(static_cast<int>(remedy::report_bug) + 1)) == "unknown");
}

TEST_CASE("every failure has somebody who must act, and success nobody") {
    CHECK(usual_remedy(errc::none) == remedy::none);
    for (int i = 1; i <= static_cast<int>(errc::response_too_large); ++i) {
        CAPTURE(i);
        CHECK(usual_remedy(static_cast<errc>(i)) != remedy::none);
    }
}

TEST_CASE("who must act, by where the failure came from") {
    CHECK(usual_remedy(errc::invalid_url) == remedy::fix_configuration);
    CHECK(usual_remedy(errc::insecure_url) == remedy::fix_configuration);
    CHECK(usual_remedy(errc::tls_failed) == remedy::fix_configuration);
    CHECK(usual_remedy(errc::state_mismatch) == remedy::sign_in_again);
    CHECK(usual_remedy(errc::issuer_mismatch) == remedy::sign_in_again);
    CHECK(usual_remedy(errc::timed_out) == remedy::retry_later);
    CHECK(usual_remedy(errc::throttled) == remedy::retry_later);
    CHECK(usual_remedy(errc::malformed_json) == remedy::report_bug);
    CHECK(usual_remedy(errc::buffer_too_small) == remedy::report_bug);
    for (const errc passing : {errc::name_not_found, errc::connection_failed, errc::connection_lost,
                               errc::transport_failed, errc::no_entropy, errc::unexpected_status}) {
        CHECK(usual_remedy(passing) == remedy::retry_later);
    }
    // The login at hand is over, through nobody's fault in the configuration
    for (const errc over : {errc::state_missing, errc::issuer_missing, errc::duplicate_parameter, errc::malformed_form,
                            errc::input_too_long, errc::too_many_parameters, errc::wrong_redirect_uri,
                            errc::missing_parameter, errc::invalid_parameter, errc::already_used,
                            errc::invalid_state_data, errc::saved_login_unreadable, errc::nonce_mismatch,
                            errc::token_expired, errc::signature_invalid}) {
        CHECK(usual_remedy(over) == remedy::sign_in_again);
    }
    for (const errc broken : {errc::empty_body, errc::missing_member, errc::invalid_member, errc::duplicate_member,
                              errc::json_too_deep, errc::json_too_large, errc::json_too_many_members,
                              errc::repeated_parameter, errc::forbidden_parameter, errc::not_finished}) {
        CHECK(usual_remedy(broken) == remedy::report_bug);
    }
    for (const errc set_up : {errc::redirected, errc::unexpected_media_type, errc::response_too_large,
                              errc::missing_value, errc::invalid_value, errc::wrong_server, errc::plain_pkce,
                              errc::cannot_listen, errc::client_not_authenticated, errc::malformed_challenge,
                              errc::challenge_missing}) {
        CHECK(usual_remedy(set_up) == remedy::fix_configuration);
    }
}

TEST_CASE("who must act on an error that the server sent") {
    CHECK(remedy_for("temporarily_unavailable", "", 0) == remedy::retry_later);
    CHECK(remedy_for("server_error", "", 0) == remedy::retry_later);
    CHECK(remedy_for("access_denied", "", 0) == remedy::sign_in_again);
    CHECK(remedy_for("invalid_grant", "", 400) == remedy::sign_in_again);
    CHECK(remedy_for("login_required", "", 0) == remedy::sign_in_again);
    CHECK(remedy_for("interaction_required", "", 400) == remedy::sign_in_again);
    CHECK(remedy_for("consent_required", "", 400) == remedy::sign_in_again);
    CHECK(remedy_for("admin_policy_enforced", "", 400) == remedy::ask_administrator);
    CHECK(remedy_for("invalid_grant", "protection_policy_required", 400) == remedy::ask_administrator);
    for (const std::string_view code : {"slow_down", "authorization_pending"}) {                // RFC 8628 3.5
        CHECK(remedy_for(code, "", 400) == remedy::retry_later);
    }
    // OpenID Connect Core 3.1.2.6, RFC 8628 3.5, Microsoft, Glewlwyd
    for (const std::string_view code : {"account_selection_required", "expired_token", "authorization_declined",
                                        "bad_token", "token_expired", "invalid_code"}) {
        CHECK(remedy_for(code, "", 400) == remedy::sign_in_again);
    }
    for (const std::string_view code : {"permission_denied", "org_internal"}) {
        CHECK(remedy_for(code, "", 403) == remedy::ask_administrator);
    }
    CHECK(remedy_for("invalid_grant", "device_authentication_failed", 400) == remedy::ask_administrator);
    for (const std::string_view code : {"invalid_request", "invalid_client", "unauthorized_client", "invalid_scope",
                                        "unsupported_grant_type", "unsupported_response_type"}) {
        CHECK(remedy_for(code, "", 400) == remedy::fix_configuration);
    }
}

TEST_CASE("a code that nobody knows is told by the status") {
    CHECK(remedy_for("", "", 400) == remedy::fix_configuration);
    CHECK(remedy_for("no_such_code", "no_such_suberror", 400) == remedy::fix_configuration);
    CHECK(remedy_for("Invalid_Grant", "", 400) == remedy::fix_configuration);               // codes have a case
    CHECK(remedy_for("invalid_grant access_denied", "", 400) == remedy::fix_configuration);
    CHECK(remedy_for("invalid", "", 400) == remedy::fix_configuration);
    CHECK(remedy_for("no_such_code", "", 500) == remedy::retry_later);
    CHECK(remedy_for("no_such_code", "", 503) == remedy::retry_later);
    CHECK(remedy_for("no_such_code", "", 429) == remedy::retry_later);
}

}  // namespace remedy_test
