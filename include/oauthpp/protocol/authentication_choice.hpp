// SPDX-License-Identifier: MIT
//
// Which of its proofs a client uses at a server, by the server's metadata (RFC 8414 2).
//
//   auto chosen = oauthpp::choose_authentication(server, {.client_secret = secret, .assertion = proof, .algorithm = "ES256"});
//   if (chosen) app.authentication = *std::move(chosen);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/client_authentication.hpp>
#include <oauthpp/protocol/server_metadata.hpp>

#include <optional>
#include <string_view>

namespace oauthpp::inline v0 {

/// Everything that a client has to prove itself with.
struct client_proofs {
    secret_view client_secret{};
    std::optional<assertion_source_ref> assertion{};   ///< `jwt_assertion` with a key or with the secret
    std::string_view algorithm{};                      ///< that the assertion is signed with: `HS256` is by the secret
    bool certificate{};                                ///< the transport presents one
};

/// The first of private_key_jwt, tls_client_auth or self_signed_tls_client_auth, client_secret_jwt, client_secret_basic,
/// client_secret_post and none that the client has and the server takes: one without a secret that could be repeated, if
/// there is one (RFC 9700 2.5), and a secret in the header before one in the body (RFC 6749 2.3.1). A server that lists
/// nothing takes everything.
///
/// Errors: algorithm_not_allowed if an assertion would do and its algorithm is not listed; authentication_unsupported;
///   both with the member of the metadata in `field`.
inline result<client_authentication> choose_authentication(const server_metadata_view& server, const client_proofs& proofs);

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline result<client_authentication> choose_authentication(const server_metadata_view& server, const client_proofs& proofs) {
    using chosen = result<client_authentication>;
    const auto takes = [](std::string_view list, std::string_view word) { return list.empty() || detail::has_word(list, word); };
    const auto method = [&](std::string_view name) { return takes(server.token_endpoint_auth_methods_supported, name); };
    const bool by_secret = proofs.algorithm.starts_with("HS");
    const bool wants_assertion = proofs.assertion && method(by_secret ? "client_secret_jwt" : "private_key_jwt");
    const bool has_assertion =
        wants_assertion && takes(server.token_endpoint_auth_signing_alg_values_supported, proofs.algorithm);

    if (has_assertion && !by_secret) return chosen(client_assertion{*proofs.assertion});
    if (proofs.certificate && (method("tls_client_auth") || method("self_signed_tls_client_auth"))) return chosen(mutual_tls{});
    if (has_assertion) return chosen(client_assertion{*proofs.assertion});
    const std::string_view secret_text = proofs.client_secret.reveal();
    const bool has_secret = !secret_text.empty();
    if (has_secret && method("client_secret_basic")) return chosen(client_secret_basic{secret(secret_text)});
    if (has_secret && method("client_secret_post")) return chosen(client_secret_post{secret(secret_text)});
    if (wants_assertion) return error_view(errc::algorithm_not_allowed, "token_endpoint_auth_signing_alg_values_supported");
    const bool is_public = !has_secret && !proofs.assertion && !proofs.certificate;
    if (is_public && method("none")) return chosen(no_authentication{});
    return error_view(errc::authentication_unsupported, "token_endpoint_auth_methods_supported");
}

}  // namespace oauthpp::inline v0
