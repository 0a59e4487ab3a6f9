// SPDX-License-Identifier: MIT
//
// Where the servers of tests/servers are: the file that the variable OAUTHPP_TEST_ENV names, lines of KEY=VALUE.
//
//   const std::string issuer = oauthpp_test::environment("OIDC_HTTP");
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace oauthpp_test {

/// A shell wrote the values, with a backslash before each character that means something to it.
inline std::string without_backslashes(std::string_view quoted) {
    std::string plain;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
        plain += quoted[i];
    }
    return plain;
}

/// Ends the program if there is no such key: without servers, nothing here can be tested.
inline std::string environment(std::string_view key) {
    const char* const path = std::getenv("OAUTHPP_TEST_ENV");
    std::ifstream file(path ? path : "");
    for (std::string line; std::getline(file, line);) {
        const std::string_view entry = line;
        if (entry.starts_with(key) && entry.substr(key.size()).starts_with('=')) {
            return without_backslashes(entry.substr(key.size() + 1));
        }
    }
    std::fprintf(stderr, "OAUTHPP_TEST_ENV (%s) has no %.*s: tests/servers/run start <state> writes <state>/env\n",
                 path ? path : "not set", static_cast<int>(key.size()), key.data());
    std::exit(2);
}

}  // namespace oauthpp_test
