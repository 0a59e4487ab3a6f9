// SPDX-License-Identifier: MIT
//
// The body of the token request: six parameters, the secret among them full of characters that need an escape.
#include "../jobs.hpp"

namespace bench {

static void check(const std::string_view& body, const inputs& in) {
    expect_form(body, {{"grant_type", "authorization_code"},
                       {"code", in.code},
                       {"redirect_uri", in.redirect_uri},
                       {"code_verifier", in.code_verifier},
                       {"client_id", in.client_id},
                       {"client_secret", in.client_secret}});
}

const job token_body_job{"token_body", token_body != nullptr,
                         [](const inputs& in) { token_body(in, consume); },
                         [](const inputs& in) { token_body(in, check); }};

}  // namespace bench
