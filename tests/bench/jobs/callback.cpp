// SPDX-License-Identifier: MIT
//
// The URL that the browser comes back with: taken apart, decoded, without an error in it, its state compared.
#include "../jobs.hpp"

namespace bench {

static void check(const callback_result& result, const inputs& in) {
    expect("code", result.code, in.code);
    expect("state", result.state, in.state);
}

const job callback_job{"callback", callback != nullptr,
                       [](const inputs& in) { callback(in, consume); },
                       [](const inputs& in) { callback(in, check); }};

}  // namespace bench
