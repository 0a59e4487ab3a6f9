// SPDX-License-Identifier: MIT
// What the README's first snippet takes for given.
#include <oauthpp/oauthpp.hpp>

#include <string>

inline const oauthpp::secret client_secret = "secret";
inline const std::string callback_target = "/?code=code&state=state";
inline const oauthpp::unix_time now{1'750'000'000};
inline void open_browser(const std::string&) {}
inline void report(const oauthpp::error&) {}
