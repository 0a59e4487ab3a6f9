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
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/quirks.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Metadata that says nothing is not metadata that says no.
enum class support : std::uint8_t { not_said, yes, no };

template <class Storage>
struct basic_server_metadata;

namespace detail {

template <class To, class From>
constexpr basic_server_metadata<To> convert_metadata(const basic_server_metadata<From>& from);

}  // namespace detail

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
    typename Storage::text mtls_endpoint_aliases{};              ///< RFC 8705 5: JSON, for `with_mtls_endpoints`
    support code_challenge_method_s256_supported{};
    support authorization_response_iss_parameter_supported{};   ///< RFC 9207 3
    oauthpp::quirks quirks{};
    /// Set by a provider's function that was given a name which cannot be right. Every use reports it.
    errc invalid{};

    constexpr operator basic_server_metadata<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return detail::convert_metadata<borrowed>(*this);
    }
};
using server_metadata = basic_server_metadata<owned>;
using server_metadata_view = basic_server_metadata<borrowed>;

namespace detail {

/// The same in another storage.
template <class To, class From>
constexpr basic_server_metadata<To> convert_metadata(const basic_server_metadata<From>& from) {
    const auto text = [](const typename From::text& each) { return typename To::text(each); };
    return {text(from.issuer), text(from.authorization_endpoint), text(from.token_endpoint), text(from.jwks_uri),
            text(from.userinfo_endpoint), text(from.end_session_endpoint), text(from.revocation_endpoint),
            text(from.introspection_endpoint), text(from.device_authorization_endpoint),
            text(from.pushed_authorization_request_endpoint), text(from.token_endpoint_auth_methods_supported),
            text(from.id_token_signing_alg_values_supported), text(from.mtls_endpoint_aliases),
            from.code_challenge_method_s256_supported,
            from.authorization_response_iss_parameter_supported, from.quirks, from.invalid};
}

/// What stands in an issuer for the `{tenantid}` of a pattern; empty where the rest differs.
constexpr std::string_view tenant_of(std::string_view issuer, std::string_view pattern) noexcept {
    constexpr std::string_view placeholder = "{tenantid}";
    const std::size_t at = pattern.find(placeholder);
    if (at == std::string_view::npos) return {};
    const std::string_view before = between(pattern, 0, at);
    const std::string_view behind = from(pattern, at + placeholder.size());
    const bool fits = issuer.size() > before.size() + behind.size() && issuer.starts_with(before) && issuer.ends_with(behind);
    const std::string_view tenant = fits ? between(issuer, at, issuer.size() - behind.size()) : std::string_view();
    return tenant.find('/') == std::string_view::npos ? tenant : std::string_view();
}

inline server_metadata owned_copy(const server_metadata_view& view) { return convert_metadata<owned>(view); }

}  // namespace detail

}  // namespace oauthpp::inline v0
