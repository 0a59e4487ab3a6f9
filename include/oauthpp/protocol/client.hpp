// SPDX-License-Identifier: MIT
//
// A registered client (RFC 6749 2): who we are to one authorization server.
#pragma once

#include <oauthpp/protocol/client_authentication.hpp>

#include <concepts>
#include <string>

namespace oauthpp::inline v0 {

template <class Storage>
struct basic_client {
    typename Storage::text client_id{};
    basic_client_authentication<Storage> authentication{};
    typename Storage::text redirect_uri{};   ///< exactly as registered: it goes out and is compared byte for byte

    operator basic_client<borrowed>() const noexcept
        requires std::same_as<Storage, owned> {
        return {client_id, detail::convert_authentication<borrowed>(authentication), redirect_uri};
    }
};
using client = basic_client<owned>;
using client_view = basic_client<borrowed>;

namespace detail {

inline client owned_copy(const client_view& view) {
    return {std::string(view.client_id), convert_authentication<owned>(view.authentication), std::string(view.redirect_uri)};
}

}  // namespace detail

}  // namespace oauthpp::inline v0
