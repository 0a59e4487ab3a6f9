// SPDX-License-Identifier: MIT
// A configuration and a log, for the README.
#include <oauthpp/policy.hpp>

#include <string>

inline const oauthpp::server_metadata server;
inline const oauthpp::client app;
inline void log(const std::string&) {}
