// SPDX-License-Identifier: MIT
//
// Poco 1.11, a framework that people take whole: all jobs. Its JSON parser refuses invalid UTF-8 and duplicates are kept
// silently; its URI checks little.
#include "../bench.hpp"

#include <Poco/Base64Encoder.h>
#include <Poco/JSON/Parser.h>
#include <Poco/RandomStream.h>
#include <Poco/SHA2Engine.h>
#include <Poco/URI.h>

#include <cstdlib>
#include <initializer_list>
#include <sstream>
#include <utility>

namespace {

using named = std::pair<const char*, const std::string*>;

std::string base64url(const char* bytes, std::size_t size) {
    std::ostringstream out;
    Poco::Base64Encoder encoder(out, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
    encoder.write(bytes, static_cast<std::streamsize>(size));
    encoder.close();
    return out.str();
}

void make_pkce(const char* random, const bench::inputs& in, bench::keep<bench::pkce_result> done) {
    const std::string verifier = base64url(random, 32);
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    engine.update(verifier);
    const Poco::DigestEngine::Digest& digest = engine.digest();
    const std::string challenge = base64url(reinterpret_cast<const char*>(digest.data()), digest.size());
    done({verifier, challenge}, in);
}

Poco::JSON::Object::Ptr object_of(const std::string& json) {
    Poco::JSON::Parser parser;
    return parser.parse(json).extract<Poco::JSON::Object::Ptr>();
}

const std::string code_type = "code", s256 = "S256", code_grant = "authorization_code";

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    Poco::URI uri(in.authorization_endpoint);
    for (const auto& [name, value] : {named{"response_type", &code_type}, named{"client_id", &in.client_id},
                                      named{"redirect_uri", &in.redirect_uri}, named{"scope", &in.scope},
                                      named{"state", &in.state}, named{"code_challenge", &in.code_challenge},
                                      named{"code_challenge_method", &s256}}) {
        uri.addQueryParameter(name, *value);
    }
    const std::string url = uri.toString();
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const Poco::URI uri(in.callback);
    std::string code, state;
    for (const auto& [name, value] : uri.getQueryParameters()) {
        if (name == "code") code = value;
        if (name == "state") state = value;
        if (name == "error") std::abort();
    }
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    std::string body;
    for (const auto& [name, value] : {named{"grant_type", &code_grant}, named{"code", &in.code},
                                      named{"redirect_uri", &in.redirect_uri}, named{"code_verifier", &in.code_verifier},
                                      named{"client_id", &in.client_id}, named{"client_secret", &in.client_secret}}) {
        if (!body.empty()) body += '&';
        body.append(name).append("=");
        Poco::URI::encode(*value, "!*'();:@&=+$,/?#[]", body);
    }
    done(body, in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const Poco::JSON::Object::Ptr json = object_of(in.token_json);
    const auto text = [&](const char* name) { return json->getValue<std::string>(name); };
    const std::string access = text("access_token"), type = text("token_type"), refresh = text("refresh_token"),
                      scope = text("scope"), id = text("id_token");
    done({access, type, refresh, scope, id, json->getValue<Poco::Int64>("expires_in")}, in);
}

void bench::pkce(const inputs& in, keep<pkce_result> done) {
    make_pkce(reinterpret_cast<const char*>(in.random.data()), in, done);
}

void bench::pkce_random(const inputs& in, keep<pkce_result> done) {
    char random[32];
    Poco::RandomInputStream source;
    if (!source.read(random, sizeof random)) std::abort();
    make_pkce(random, in, done);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const Poco::JSON::Object::Ptr json = object_of(in.error_json);
    const auto text = [&](const char* name) { return json->optValue<std::string>(name, ""); };
    const std::string error = text("error"), description = text("error_description"), uri = text("error_uri"),
                      timestamp = text("timestamp"), trace = text("trace_id"), correlation = text("correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
