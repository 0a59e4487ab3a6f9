// SPDX-License-Identifier: MIT
// What the README's messages are made of.
#include <oauthpp/oauthpp.hpp>

#include <string>

inline const std::string id, uri, endpoint, token_endpoint, issuer, state, challenge, query, bytes;
inline const oauthpp::secret verifier;
inline const oauthpp::client app;
