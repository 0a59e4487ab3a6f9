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

/// Filled by hand, an empty list says nothing. Read from a document, what it leaves out has its default (RFC 8414 2).
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
    // Lists: words with spaces between
    typename Storage::text response_types_supported{};           ///< with commas: a response type may be several words
    typename Storage::text response_modes_supported{};
    typename Storage::text grant_types_supported{};
    typename Storage::text token_endpoint_auth_methods_supported{};
    typename Storage::text token_endpoint_auth_signing_alg_values_supported{};
    typename Storage::text id_token_signing_alg_values_supported{};
    typename Storage::text subject_types_supported{};
    typename Storage::text claim_types_supported{};
    typename Storage::text mtls_endpoint_aliases{};              ///< RFC 8705 5: JSON, for `with_mtls_endpoints`
    support code_challenge_method_s256_supported{};
    support authorization_response_iss_parameter_supported{};   ///< RFC 9207 3
    support claims_parameter_supported{};                       ///< OpenID Connect Discovery 3, as the next three
    support request_parameter_supported{};
    support request_uri_parameter_supported{};
    support require_request_uri_registration{};
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

enum class metadata_kind : std::uint8_t { issuer, endpoint, words, types, json };

template <class Storage>
struct metadata_text {
    const char* name;
    typename Storage::text basic_server_metadata<Storage>::*member;
    metadata_kind kind;
    const char* otherwise;                  // where a document leaves it out
};

template <class Storage, class M = basic_server_metadata<Storage>>
inline constexpr metadata_text<Storage> metadata_texts[] = {
    {"issuer", &M::issuer, metadata_kind::issuer, ""},
    {"authorization_endpoint", &M::authorization_endpoint, metadata_kind::endpoint, ""},
    {"token_endpoint", &M::token_endpoint, metadata_kind::endpoint, ""},
    {"jwks_uri", &M::jwks_uri, metadata_kind::endpoint, ""},
    {"userinfo_endpoint", &M::userinfo_endpoint, metadata_kind::endpoint, ""},
    {"end_session_endpoint", &M::end_session_endpoint, metadata_kind::endpoint, ""},
    {"revocation_endpoint", &M::revocation_endpoint, metadata_kind::endpoint, ""},
    {"introspection_endpoint", &M::introspection_endpoint, metadata_kind::endpoint, ""},
    {"device_authorization_endpoint", &M::device_authorization_endpoint, metadata_kind::endpoint, ""},
    {"pushed_authorization_request_endpoint", &M::pushed_authorization_request_endpoint, metadata_kind::endpoint, ""},
    {"response_types_supported", &M::response_types_supported, metadata_kind::types, ""},
    {"response_modes_supported", &M::response_modes_supported, metadata_kind::words, "query fragment"},
    {"grant_types_supported", &M::grant_types_supported, metadata_kind::words, "authorization_code implicit"},
    {"token_endpoint_auth_methods_supported", &M::token_endpoint_auth_methods_supported, metadata_kind::words,
     "client_secret_basic"},
    {"token_endpoint_auth_signing_alg_values_supported", &M::token_endpoint_auth_signing_alg_values_supported,
     metadata_kind::words, ""},
    {"id_token_signing_alg_values_supported", &M::id_token_signing_alg_values_supported, metadata_kind::words, ""},
    {"subject_types_supported", &M::subject_types_supported, metadata_kind::words, ""},
    {"claim_types_supported", &M::claim_types_supported, metadata_kind::words, "normal"},
    {"mtls_endpoint_aliases", &M::mtls_endpoint_aliases, metadata_kind::json, ""},
};

template <class Storage>
struct metadata_boolean {
    const char* name;
    support basic_server_metadata<Storage>::*member;
    support otherwise;
};

template <class Storage, class M = basic_server_metadata<Storage>>
inline constexpr metadata_boolean<Storage> metadata_booleans[] = {
    {"authorization_response_iss_parameter_supported", &M::authorization_response_iss_parameter_supported, support::not_said},
    {"claims_parameter_supported", &M::claims_parameter_supported, support::no},
    {"request_parameter_supported", &M::request_parameter_supported, support::no},
    {"request_uri_parameter_supported", &M::request_uri_parameter_supported, support::yes},
    {"require_request_uri_registration", &M::require_request_uri_registration, support::no},
};

/// The same in another storage.
template <class To, class From>
constexpr basic_server_metadata<To> convert_metadata(const basic_server_metadata<From>& from) {
    basic_server_metadata<To> to;
    for (std::size_t i = 0; i < std::size(metadata_booleans<To>); ++i) {
        to.*metadata_booleans<To>[i].member = from.*metadata_booleans<From>[i].member;
    }
    for (std::size_t i = 0; i < std::size(metadata_texts<To>); ++i) {
        to.*metadata_texts<To>[i].member = typename To::text(from.*metadata_texts<From>[i].member);
    }
    to.code_challenge_method_s256_supported = from.code_challenge_method_s256_supported;
    to.quirks = from.quirks;
    to.invalid = from.invalid;
    return to;
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

}  // namespace detail

}  // namespace oauthpp::inline v0
