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
    support authorization_response_iss_parameter_supported{};   ///< RFC 9207 3
    oauthpp::quirks quirks{};
    /// Set by a provider's function that was given a name which cannot be right. Every use reports it.
    errc invalid{};

    constexpr operator basic_server_metadata<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {issuer, authorization_endpoint, token_endpoint, authorization_response_iss_parameter_supported, quirks, invalid};
    }
};
using server_metadata = basic_server_metadata<owned>;
using server_metadata_view = basic_server_metadata<borrowed>;

namespace detail {

inline server_metadata owned_copy(const server_metadata_view& view) {
    return {std::string(view.issuer), std::string(view.authorization_endpoint), std::string(view.token_endpoint),
            view.authorization_response_iss_parameter_supported, view.quirks, view.invalid};
}

}  // namespace detail

}  // namespace oauthpp::inline v0
