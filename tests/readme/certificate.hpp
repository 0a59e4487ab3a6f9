// SPDX-License-Identifier: MIT
// A client with a certificate, for the README.
#include <oauthpp/adapter/openssl.hpp>
#include <oauthpp/system.hpp>

#include <string>

inline const std::string certificate_pem;
inline const std::string key_pem;
inline oauthpp::client app{.client_id = "6731de76-14a6-49ae-97bc-6eba6914391e"};
inline void report(const oauthpp::error&) {}
