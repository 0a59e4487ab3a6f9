// SPDX-License-Identifier: MIT
// An HTTP stack, for the README's transport to be written over.
#include <oauthpp/oauthpp.hpp>

#include <string>
#include <string_view>

struct my_answer {
    bool connected{};
    bool complete{};
    int status{};
    std::string body{};
    std::string header(std::string_view) const { return {}; }
};
struct my_request {
    my_request(std::string_view, std::string_view) {}
    void set_header(std::string_view, std::string_view) {}
    my_answer send(std::string_view) { return {}; }
};

// SNIPPET
