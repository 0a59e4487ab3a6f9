// SPDX-License-Identifier: MIT
// A login that waits for its callback, for the README.
#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/openssl.hpp>

#include <string>

inline const std::string callback_target;
inline const oauthpp::server_metadata server;
inline const oauthpp::client app;
inline oauthpp::curl_transport http;
inline auto login = oauthpp::start_login({}, {});
inline void greet(const std::string&, const std::string&) {}
