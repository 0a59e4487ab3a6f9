// SPDX-License-Identifier: MIT
//
// What a client keeps: the tokens, until when they are good, and what they are bound to.
//
//   if (tokens->expires_within(now, oauthpp::seconds{300})) renew();
#pragma once

#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/oidc/id_token.hpp>
#include <oauthpp/protocol/quirks.hpp>
#include <oauthpp/wire/form.hpp>

#include <optional>
#include <string>

namespace oauthpp::inline v0 {

struct tokens {
    secret access_token{};
    std::string token_type{};
    std::optional<unix_time> expires_at{};   ///< by our clock. Absent: the server did not say
    secret refresh_token{};                  ///< after a refresh that brought none: the old one, which stays good
    bool refresh_token_rotated{};            ///< it is new: store it before anything else, the old one may be dead
    std::string scope{};                     ///< granted
    std::string missing_scope{};             ///< requested and not granted: no error (RFC 6749 3.3)
    std::string extra_scope{};               ///< granted and not requested
    secret id_token{};                       ///< as it came; after a refresh that brought none: the old one
    /// Who signed in: `iss` and `sub` together. Absent without the scope `openid`, and where the server's issuer is not
    /// known: then trust no claim of the ID token.
    std::optional<oauthpp::id_token> identity{};
    std::optional<unix_time> refresh_at{};   ///< Microsoft: better renewed from then on
    std::optional<unix_time> ext_expires_at{};   ///< Microsoft: usable until then while the server is down
    list<parameter> extra{};                 ///< unknown members: strings, or JSON as it came
    tolerances tolerated{};
    std::string token_endpoint{};            ///< where they are from: a refresh goes nowhere else
    std::string client_id{};

    /// Whether the access token is known to end within `leeway` from now. False if the server did not say: then only a
    /// resource server's 401 tells (RFC 6750 3.1).
    [[nodiscard]] bool expires_within(unix_time now, seconds leeway) const noexcept {
        return expires_at && *expires_at <= now + leeway;
    }
};

}  // namespace oauthpp::inline v0
