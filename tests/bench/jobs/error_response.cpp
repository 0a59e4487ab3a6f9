// SPDX-License-Identifier: MIT
//
// The JSON of a refusal: six strings, one of them with escapes, and members that are passed over.
#include "../jobs.hpp"

namespace bench {

static void check(const error_result& result, const inputs& in) {
    expect("error", result.error, "interaction_required");
    expect("error_description", result.error_description, in.error_description);
    expect("error_uri", result.error_uri, "https://login.microsoftonline.com/error?code=50076");
    expect("timestamp", result.timestamp, "2026-03-09 18:26:01Z");
    expect("trace_id", result.trace_id, "255d1aef-8c98-452f-ac51-23d051240864");
    expect("correlation_id", result.correlation_id, "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7");
}

const job error_response_job{"error_response", error_response != nullptr,
                             [](const inputs& in) { error_response(in, consume); },
                             [](const inputs& in) { error_response(in, check); }};

}  // namespace bench
