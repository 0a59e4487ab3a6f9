// SPDX-License-Identifier: MIT
//
// The person and the browser: tests/servers/agent.mjs signs in, consents, and tells where the server sent the browser.
#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <sys/wait.h>

#include <e2e/environment.hpp>

namespace oauthpp_test {

/// What the callback's address sees: the URL of a GET, or the body of a POST. Empty if the server did not call back.
struct delivery {
    std::string method{};
    std::string target{};
    std::string body{};

    [[nodiscard]] const std::string& callback() const { return body.empty() ? target : body; }
};

inline std::string quoted(std::string_view argument) {
    std::string word = "'";
    for (const char c : argument) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + '\'';
}

/// `options` are those of agent.mjs, such as --glewlwyd.
inline delivery browse(std::string_view url, std::string_view options = {}) {
    const std::string command = environment("AGENT") + " --ca " + quoted(environment("CA_FILE")) + ' ' + std::string(options) +
                                ' ' + quoted(url) + " 2>&1";
    std::FILE* agent = ::popen(command.c_str(), "r");
    if (agent == nullptr) return {};
    std::string line;
    std::array<char, 4096> chunk{};
    while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), agent)) line.append(chunk.data(), size);
    if (::pclose(agent) != 0) {
        std::fprintf(stderr, "%s", line.c_str());
        return {};
    }
    while (!line.empty() && line.back() == '\n') line.pop_back();
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    return {line.substr(0, first), line.substr(first + 1, second == line.npos ? line.npos : second - first - 1),
            second == line.npos ? std::string() : line.substr(second + 1)};
}

}  // namespace oauthpp_test
