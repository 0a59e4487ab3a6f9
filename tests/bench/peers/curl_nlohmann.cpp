// SPDX-License-Identifier: MIT
//
// The main peer, what people write by hand: libcurl for URLs, nlohmann/json, OpenSSL's SHA-256. It checks that the JSON
// is JSON, that the members are there and of their type, and the state; no duplicates, characters, limits or media type.
#include "../bench.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <map>
#include <utility>

namespace {

std::string escaped(const std::string& text) {
    char* const made = curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()));
    std::string copy(made);
    curl_free(made);
    return copy;
}

std::string unescaped(const std::string& text) {
    int size = 0;
    char* const made = curl_easy_unescape(nullptr, text.data(), static_cast<int>(text.size()), &size);
    std::string copy(made, static_cast<std::size_t>(size));
    curl_free(made);
    return copy;
}

std::map<std::string, std::string> query_of(const std::string& url) {
    CURLU* const handle = curl_url();
    char* query = nullptr;
    if (curl_url_set(handle, CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
        curl_url_get(handle, CURLUPART_QUERY, &query, 0) != CURLUE_OK) {
        std::abort();
    }
    const std::string text(query);
    curl_free(query);
    curl_url_cleanup(handle);
    std::map<std::string, std::string> pairs;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('&', begin), text.size());
        const std::size_t equals = std::min(text.find('=', begin), end);
        pairs[unescaped(text.substr(begin, equals - begin))] = unescaped(text.substr(equals + 1, end - equals - 1));
        begin = end + 1;
    }
    return pairs;
}

std::string base64url(const unsigned char* bytes, std::size_t size) {
    std::string text(4 * ((size + 2) / 3) + 1, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
    text.resize((4 * size + 2) / 3);
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

void make_pkce(const unsigned char* random, const bench::inputs& in, bench::keep<bench::pkce_result> done) {
    const std::string verifier = base64url(random, 32);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), digest);
    const std::string challenge = base64url(digest, sizeof digest);
    done({verifier, challenge}, in);
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    const std::string url = in.authorization_endpoint + "?response_type=code&client_id=" + escaped(in.client_id) +
                            "&redirect_uri=" + escaped(in.redirect_uri) + "&scope=" + escaped(in.scope) +
                            "&state=" + escaped(in.state) + "&code_challenge=" + escaped(in.code_challenge) +
                            "&code_challenge_method=S256";
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const auto query = query_of(in.callback);
    if (query.count("error") != 0 || query.at("state") != in.state) std::abort();
    const std::string code = query.at("code");
    done({code, query.at("state")}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    const std::string body = "grant_type=authorization_code&code=" + escaped(in.code) +
                             "&redirect_uri=" + escaped(in.redirect_uri) + "&code_verifier=" + escaped(in.code_verifier) +
                             "&client_id=" + escaped(in.client_id) + "&client_secret=" + escaped(in.client_secret);
    done(body, in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const auto json = nlohmann::json::parse(in.token_json);
    const std::string access = json.at("access_token"), type = json.at("token_type"), refresh = json.at("refresh_token"),
                      scope = json.at("scope"), id = json.at("id_token");
    done({access, type, refresh, scope, id, json.at("expires_in").get<std::int64_t>()}, in);
}

void bench::pkce(const inputs& in, keep<pkce_result> done) { make_pkce(in.random.data(), in, done); }

void bench::pkce_random(const inputs& in, keep<pkce_result> done) {
    unsigned char random[32];
    if (RAND_bytes(random, sizeof random) != 1) std::abort();
    make_pkce(random, in, done);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const auto json = nlohmann::json::parse(in.error_json);
    const auto text = [&](const char* name) { return json.value(name, std::string()); };
    const std::string error = text("error"), description = text("error_description"), uri = text("error_uri"),
                      timestamp = text("timestamp"), trace = text("trace_id"), correlation = text("correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
