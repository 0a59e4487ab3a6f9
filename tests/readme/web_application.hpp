// SPDX-License-Identifier: MIT
// A web framework in a few lines, for the README's handlers.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <map>
#include <string>
#include <string_view>

struct page {};
struct browser_session {
    std::map<std::string, oauthpp::secret> logins{};
    oauthpp::tokens tokens{};
};
struct my_transport {
    oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view) { return oauthpp::errc::transport_failed; }
};
inline page redirect_to(const std::string&) { return {}; }
inline page start_page() { return {}; }
inline page error_page(std::string_view) { return {}; }

inline const oauthpp::server_metadata server;
inline const oauthpp::client app;
inline my_transport http;

// SNIPPET
