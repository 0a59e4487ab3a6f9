// SPDX-License-Identifier: MIT
//
// How a client proves itself to the token endpoint (RFC 6749 2.3). One method at a time, by construction.
//
//   oauthpp::client app{.client_id = id, .authentication = oauthpp::client_secret_post{client_secret}};
#pragma once

#include <oauthpp/base/storage.hpp>

#include <cstdint>
#include <variant>

namespace oauthpp::inline v0 {

/// A public client: it names itself by `client_id` in the body (RFC 6749 3.2.1), and PKCE protects its codes.
struct no_authentication {};

/// How identifier and secret go into HTTP Basic. Servers differ, and a secret with `+`, `%` or `:` shows it.
enum class basic_encoding : std::uint8_t {
    form,   ///< each form-encoded first (RFC 6749 2.3.1)
    raw,    ///< as they are (RFC 7617)
};

/// Spec: RFC 6749 2.3.1, the Authorization header.
template <class Storage>
struct basic_client_secret_basic {
    typename Storage::secret client_secret{};
    basic_encoding encoding{};
    bool client_id_in_body{};   ///< some servers look for it there too
};

/// Spec: RFC 6749 2.3.1, `client_secret` in the body. Microsoft's documentation uses this one.
template <class Storage>
struct basic_client_secret_post {
    typename Storage::secret client_secret{};
};

template <class Storage>
using basic_client_authentication =
    std::variant<no_authentication, basic_client_secret_basic<Storage>, basic_client_secret_post<Storage>>;

using client_secret_basic = basic_client_secret_basic<owned>;
using client_secret_post = basic_client_secret_post<owned>;
using client_authentication = basic_client_authentication<owned>;
using client_secret_basic_view = basic_client_secret_basic<borrowed>;
using client_secret_post_view = basic_client_secret_post<borrowed>;
using client_authentication_view = basic_client_authentication<borrowed>;

namespace detail {

/// The same method in another storage.
template <class To, class From>
basic_client_authentication<To> convert_authentication(const basic_client_authentication<From>& from) {
    using secret = typename To::secret;
    const auto copy = [](const typename From::secret& source) {
        if constexpr (std::same_as<To, owned>) return secret(source.reveal());
        else return secret(source);
    };
    if (const auto* basic = std::get_if<basic_client_secret_basic<From>>(&from)) {
        return basic_client_secret_basic<To>{copy(basic->client_secret), basic->encoding, basic->client_id_in_body};
    }
    if (const auto* post = std::get_if<basic_client_secret_post<From>>(&from)) {
        return basic_client_secret_post<To>{copy(post->client_secret)};
    }
    return no_authentication{};
}

}  // namespace detail
}  // namespace oauthpp::inline v0
