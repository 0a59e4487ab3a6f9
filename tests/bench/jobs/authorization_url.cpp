// SPDX-License-Identifier: MIT
//
// The URL that the browser is sent to: seven parameters, escaped. Peers may leave `:` and `/` bare, and may sort.
#include "../jobs.hpp"

namespace bench {

static void check(const std::string_view& url, const inputs& in) {
    const std::size_t question = url.find('?');
    expect("endpoint", url.substr(0, question), in.authorization_endpoint);
    expect_form(url.substr(question + 1), {{"response_type", "code"},
                                           {"client_id", in.client_id},
                                           {"redirect_uri", in.redirect_uri},
                                           {"scope", in.scope},
                                           {"state", in.state},
                                           {"code_challenge", in.code_challenge},
                                           {"code_challenge_method", "S256"}});
}

const job authorization_url_job{"authorization_url", authorization_url != nullptr,
                                [](const inputs& in) { authorization_url(in, consume); },
                                [](const inputs& in) { authorization_url(in, check); }};

}  // namespace bench
