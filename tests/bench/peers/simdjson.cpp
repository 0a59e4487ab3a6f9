// SPDX-License-Identifier: MIT
//
// simdjson, on demand, its parser kept between operations as its manual says: jobs 4 and 6. It chooses vector code for
// the processor at run time, checks UTF-8, and neither duplicates nor members that nobody asks for.
#include "../bench.hpp"

#include <simdjson.h>

#include <cstdlib>

namespace {

simdjson::ondemand::parser parser;

std::string text_of(simdjson::ondemand::document& json, const char* name) {
    std::string_view text;
    if (json[name].get_string().get(text) != simdjson::SUCCESS) std::abort();
    return std::string(text);
}

}  // namespace

void bench::token_response(const inputs& in, keep<token_result> done) {
    const simdjson::padded_string padded(in.token_json);
    simdjson::ondemand::document json = parser.iterate(padded);
    // In the order of the message, which is how it is fastest
    const std::string type = text_of(json, "token_type"), scope = text_of(json, "scope");
    const std::int64_t expires = json["expires_in"].get_int64();
    const std::string access = text_of(json, "access_token"), refresh = text_of(json, "refresh_token"),
                      id = text_of(json, "id_token");
    done({access, type, refresh, scope, id, expires}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const simdjson::padded_string padded(in.error_json);
    simdjson::ondemand::document json = parser.iterate(padded);
    const std::string error = text_of(json, "error"), description = text_of(json, "error_description"),
                      timestamp = text_of(json, "timestamp"), trace = text_of(json, "trace_id"),
                      correlation = text_of(json, "correlation_id"), uri = text_of(json, "error_uri");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
