// SPDX-License-Identifier: MIT
//
// cJSON: jobs 4 and 6. No check of UTF-8, of duplicates, or of control characters in strings.
#include "../bench.hpp"

#include <cjson/cJSON.h>

#include <cstdlib>

namespace {

std::string text_of(const cJSON* json, const char* name) {
    const char* const text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    if (text == nullptr) std::abort();
    return text;
}

}  // namespace

void bench::token_response(const inputs& in, keep<token_result> done) {
    cJSON* const json = cJSON_ParseWithLength(in.token_json.data(), in.token_json.size());
    const std::string access = text_of(json, "access_token"), type = text_of(json, "token_type"),
                      refresh = text_of(json, "refresh_token"), scope = text_of(json, "scope"), id = text_of(json, "id_token");
    const double expires = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(json, "expires_in"));
    cJSON_Delete(json);
    done({access, type, refresh, scope, id, static_cast<std::int64_t>(expires)}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    cJSON* const json = cJSON_ParseWithLength(in.error_json.data(), in.error_json.size());
    const std::string error = text_of(json, "error"), description = text_of(json, "error_description"),
                      uri = text_of(json, "error_uri"), timestamp = text_of(json, "timestamp"),
                      trace = text_of(json, "trace_id"), correlation = text_of(json, "correlation_id");
    cJSON_Delete(json);
    done({error, description, uri, timestamp, trace, correlation}, in);
}
