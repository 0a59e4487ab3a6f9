// SPDX-License-Identifier: MIT
//
// RapidJSON with a DOM: jobs 4 and 6. No check of UTF-8 or duplicates. rapidjson_sse2 is this file with RAPIDJSON_SSE2,
// which helps only where the text ends with a NUL and UTF-8 is not checked.
#include "../bench.hpp"

#define RAPIDJSON_HAS_STDSTRING 1
#include <rapidjson/document.h>

#include <cstdlib>

namespace {

rapidjson::Document parsed(const std::string& text) {
    rapidjson::Document json;
    json.Parse(text.c_str());
    if (json.HasParseError() || !json.IsObject()) std::abort();
    return json;
}

std::string text_of(const rapidjson::Document& json, const char* name) {
    const auto member = json.FindMember(name);
    if (member == json.MemberEnd() || !member->value.IsString()) std::abort();
    return {member->value.GetString(), member->value.GetStringLength()};
}

}  // namespace

void bench::token_response(const inputs& in, keep<token_result> done) {
    const rapidjson::Document json = parsed(in.token_json);
    const std::string access = text_of(json, "access_token"), type = text_of(json, "token_type"),
                      refresh = text_of(json, "refresh_token"), scope = text_of(json, "scope"), id = text_of(json, "id_token");
    done({access, type, refresh, scope, id, json["expires_in"].GetInt64()}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const rapidjson::Document json = parsed(in.error_json);
    const std::string error = text_of(json, "error"), description = text_of(json, "error_description"),
                      uri = text_of(json, "error_uri"), timestamp = text_of(json, "timestamp"),
                      trace = text_of(json, "trace_id"), correlation = text_of(json, "correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
