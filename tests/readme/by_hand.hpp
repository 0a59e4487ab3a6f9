// SPDX-License-Identifier: MIT
// A poll loop's surroundings, for the README.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <string>

inline oauthpp::unix_time now() { return {}; }
inline void sleep_until(oauthpp::unix_time) {}
inline oauthpp::result<oauthpp::http_response> my_http(oauthpp::http_request_view) { return oauthpp::errc::transport_failed; }
inline const std::string callback_target;
inline auto login = oauthpp::start_login({}, {});
