// SPDX-License-Identifier: MIT
//
// libcurl, blocking: the library's own adapter. Build with `pkg-config --cflags --libs libcurl`.
#include "ask.hpp"

#include <oauthpp/adapter/curl.hpp>

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    oauthpp::curl_transport http({.ca_file = asked.ca_file,
                                  .timeout = oauthpp::seconds{example::time_limit},
                                  .max_body = example::body_limit});
    return example::report(run(example::ask(asked), http));
}
