// SPDX-License-Identifier: MIT
//
// Boost.URL and Boost.JSON 1.81, both compiled into the program: all jobs but 5. The grammar of the URL and UTF-8 are
// checked, duplicates are not.
#include "../bench.hpp"

#include <boost/json/src.hpp>
#include <boost/url/src.hpp>

#include <cstdlib>
#include <initializer_list>
#include <utility>

namespace {

/// Not `url.params()`, which leaves a `+` as it is: a form's reader takes that for a space.
void append(std::string& out, std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    bool first = true;
    for (const auto& [name, value] : pairs) {
        if (!std::exchange(first, false)) out += '&';
        out.append(name).append("=");
        boost::urls::encode(value, boost::urls::unreserved_chars, {}, boost::urls::string_token::append_to(out));
    }
}

std::string text_of(const boost::json::object& json, const char* name) { return std::string(json.at(name).as_string()); }

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    std::string url = in.authorization_endpoint + '?';
    append(url, {{"response_type", "code"},
                 {"client_id", in.client_id},
                 {"redirect_uri", in.redirect_uri},
                 {"scope", in.scope},
                 {"state", in.state},
                 {"code_challenge", in.code_challenge},
                 {"code_challenge_method", "S256"}});
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const boost::urls::url_view url = boost::urls::parse_uri(in.callback).value();
    std::string code, state;
    for (const auto& pair : url.params()) {
        if (pair.key == "code") code = pair.value;
        if (pair.key == "state") state = pair.value;
        if (pair.key == "error") std::abort();
    }
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    std::string body;
    append(body, {{"grant_type", "authorization_code"},
                  {"code", in.code},
                  {"redirect_uri", in.redirect_uri},
                  {"code_verifier", in.code_verifier},
                  {"client_id", in.client_id},
                  {"client_secret", in.client_secret}});
    done(body, in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const boost::json::value value = boost::json::parse(in.token_json);
    const boost::json::object& json = value.as_object();
    const std::string access = text_of(json, "access_token"), type = text_of(json, "token_type"),
                      refresh = text_of(json, "refresh_token"), scope = text_of(json, "scope"), id = text_of(json, "id_token");
    done({access, type, refresh, scope, id, json.at("expires_in").as_int64()}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const boost::json::value value = boost::json::parse(in.error_json);
    const boost::json::object& json = value.as_object();
    const std::string error = text_of(json, "error"), description = text_of(json, "error_description"),
                      uri = text_of(json, "error_uri"), timestamp = text_of(json, "timestamp"),
                      trace = text_of(json, "trace_id"), correlation = text_of(json, "correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
