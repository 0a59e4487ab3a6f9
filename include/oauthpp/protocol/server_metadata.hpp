// SPDX-License-Identifier: MIT
//
// An authorization server as its clients know it (RFC 8414 2). Filled by hand or by a provider's function.
//
//   oauthpp::server_metadata server{
//       .issuer                 = "https://as.example",
//       .authorization_endpoint = "https://as.example/authorize",
//       .token_endpoint         = "https://as.example/token",
//   };
#pragma once

#include <oauthpp/base/errc.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/protocol/quirks.hpp>

#include <concepts>
#include <cstdint>
#include <string>

namespace oauthpp::inline v0 {

/// Metadata that says nothing is not metadata that says no.
enum class support : std::uint8_t { not_said, yes, no };

template <class Storage>
struct basic_server_metadata {
    typename Storage::text issuer{};   ///< empty: not known, and `iss` in a callback cannot be compared
    typename Storage::text authorization_endpoint{};
    typename Storage::text token_endpoint{};
    typename Storage::text jwks_uri{};
    typename Storage::text userinfo_endpoint{};                  ///< OpenID Connect Discovery 3: the same document
    typename Storage::text end_session_endpoint{};               ///< OpenID Connect RP-Initiated Logout 2.1
    typename Storage::text revocation_endpoint{};
    typename Storage::text introspection_endpoint{};
    typename Storage::text device_authorization_endpoint{};
    typename Storage::text pushed_authorization_request_endpoint{};
    typename Storage::text token_endpoint_auth_methods_supported{};      ///< words with spaces between
    typename Storage::text id_token_signing_alg_values_supported{};      ///< words with spaces between
    support code_challenge_method_s256_supported{};
    support authorization_response_iss_parameter_supported{};   ///< RFC 9207 3
    oauthpp::quirks quirks{};
    /// Set by a provider's function that was given a name which cannot be right. Every use reports it.
    errc invalid{};

    constexpr operator basic_server_metadata<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {issuer, authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint,
                revocation_endpoint, introspection_endpoint, device_authorization_endpoint,
                pushed_authorization_request_endpoint, token_endpoint_auth_methods_supported,
                id_token_signing_alg_values_supported, code_challenge_method_s256_supported,
                authorization_response_iss_parameter_supported, quirks, invalid};
    }
};
using server_metadata = basic_server_metadata<owned>;
using server_metadata_view = basic_server_metadata<borrowed>;

namespace detail {

inline server_metadata owned_copy(const server_metadata_view& view) {
    const auto own = [](std::string_view text) { return std::string(text); };
    return {own(view.issuer), own(view.authorization_endpoint), own(view.token_endpoint), own(view.jwks_uri),
            own(view.userinfo_endpoint), own(view.end_session_endpoint), own(view.revocation_endpoint),
            own(view.introspection_endpoint), own(view.device_authorization_endpoint),
            own(view.pushed_authorization_request_endpoint), own(view.token_endpoint_auth_methods_supported),
            own(view.id_token_signing_alg_values_supported), view.code_challenge_method_s256_supported,
            view.authorization_response_iss_parameter_supported, view.quirks, view.invalid};
}

}  // namespace detail

}  // namespace oauthpp::inline v0
