// SPDX-License-Identifier: MIT
//
// cpprestsdk 2.10, whose oauth2_config is the best known OAuth client in C++: all jobs but 5, by the parts that it is
// made of. JSON is checked as JSON; duplicates and limits are not.
#include "../bench.hpp"

#include <cpprest/http_msg.h>
#include <cpprest/json.h>
#include <cpprest/uri_builder.h>

#include <cstdlib>
#include <initializer_list>
#include <utility>

namespace {

std::string text_of(const web::json::value& json, const char* name) {
    return json.has_field(name) ? json.at(name).as_string() : std::string();
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    web::uri_builder uri(in.authorization_endpoint);
    uri.append_query("response_type", "code");
    uri.append_query("client_id", in.client_id);
    uri.append_query("redirect_uri", in.redirect_uri);
    uri.append_query("scope", in.scope);
    uri.append_query("state", in.state);
    uri.append_query("code_challenge", in.code_challenge);
    uri.append_query("code_challenge_method", "S256");
    const std::string url = uri.to_string();
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const auto query = web::uri::split_query(web::uri(in.callback).query());
    if (query.count("error") != 0) std::abort();
    const std::string code = web::uri::decode(query.at("code")), state = web::uri::decode(query.at("state"));
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    std::string body;
    for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"code", in.code}, {"redirect_uri", in.redirect_uri}, {"code_verifier", in.code_verifier},
             {"client_id", in.client_id}, {"client_secret", in.client_secret}}) {
        body.append("&").append(name).append("=").append(web::uri::encode_data_string(value));
    }
    body.insert(0, "grant_type=authorization_code");
    done(body, in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const web::json::value json = web::json::value::parse(in.token_json);
    const std::string access = json.at("access_token").as_string(), type = json.at("token_type").as_string(),
                      refresh = json.at("refresh_token").as_string(), scope = json.at("scope").as_string(),
                      id = json.at("id_token").as_string();
    done({access, type, refresh, scope, id, json.at("expires_in").as_number().to_int64()}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const web::json::value json = web::json::value::parse(in.error_json);
    const std::string error = text_of(json, "error"), description = text_of(json, "error_description"),
                      uri = text_of(json, "error_uri"), timestamp = text_of(json, "timestamp"),
                      trace = text_of(json, "trace_id"), correlation = text_of(json, "correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
