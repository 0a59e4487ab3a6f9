// SPDX-License-Identifier: MIT
//
// The JSON with the tokens: three long strings, two short ones, a number that is kept and one that is passed over.
#include "../jobs.hpp"

namespace bench {

static void check(const token_result& result, const inputs& in) {
    expect("access_token", result.access_token, in.access_token);
    expect("token_type", result.token_type, "Bearer");
    expect("refresh_token", result.refresh_token, in.refresh_token);
    expect("scope", result.scope, "openid profile offline_access https://graph.microsoft.com/mail.read User.Read.All");
    expect("id_token", result.id_token, in.id_token);
    expect("expires_in", std::to_string(result.expires_in), "3599");
}

const job token_response_job{"token_response", token_response != nullptr,
                             [](const inputs& in) { token_response(in, consume); },
                             [](const inputs& in) { token_response(in, check); }};

}  // namespace bench
