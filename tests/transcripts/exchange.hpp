// SPDX-License-Identifier: MIT
//
// A transcript as an exchange: the client and server that it is about, what is put in for names in braces, and the run
// against the answers that it shows.
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <transcripts/transcript.hpp>
#include <unit/flow/at_example.hpp>
#include <unit/flow/tagged_tokens.hpp>
#include <unit/jose/encoded.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace transcripts {

namespace o = oauthpp;

/// What came of it, whichever flow it was.
using outcome = std::variant<o::result<o::tokens>, o::result<o::server_metadata>, o::result<o::user_info>>;

struct run_of {
    outcome result;
    std::vector<o::http_request> sent{};
    std::string url{};   // of the login
};

/// The parties.
struct setting {
    std::string flow{"login"};
    o::server_metadata server = oauthpp_test::server;
    o::client app = oauthpp_test::app;
    o::login_options login{.scope = "read write"};
    std::string scope{"read write"};
    std::string refresh_scope{};    // what a refresh asks for
    std::string response_type{"code"};
    std::string response_mode{};
    std::string acr_values{};
    o::tokens stored{};
    std::string keys{};           // names of one letter
    std::string algorithms{o::asymmetric_algorithms};
    std::string trusted_audiences{};
    std::string identifier{"https://as.example"};
};

/// What a line of the block `settings` changes, by its name.
inline const std::map<std::string_view, void (*)(setting&, const std::string&)> settings{
    {"flow", [](setting& s, const std::string& value) { s.flow = value; }},
    {"scope", [](setting& s, const std::string& value) { s.scope = value; }},
    {"scope to refresh with", [](setting& s, const std::string& value) { s.refresh_scope = value; }},
    {"response type", [](setting& s, const std::string& value) { s.response_type = value; }},
    {"response mode", [](setting& s, const std::string& value) { s.response_mode = value; }},
    {"acr values", [](setting& s, const std::string& value) { s.acr_values = value; }},
    {"max age", [](setting& s, const std::string& value) { s.login.max_age = o::seconds{std::stoll(value)}; }},
    {"client id", [](setting& s, const std::string& value) { s.app.client_id = value; }},
    {"client secret",
     [](setting& s, const std::string& value) { s.app.authentication = o::client_secret_basic{o::secret(value)}; }},
    {"client secret in the body",
     [](setting& s, const std::string& value) { s.app.authentication = o::client_secret_post{o::secret(value)}; }},
    {"redirect URI", [](setting& s, const std::string& value) { s.app.redirect_uri = value; }},
    {"issuer", [](setting& s, const std::string& value) { s.server.issuer = value; }},
    {"discover", [](setting& s, const std::string& value) { s.identifier = value; }},
    {"userinfo endpoint", [](setting& s, const std::string& value) { s.server.userinfo_endpoint = value; }},
    {"server announces iss",
     [](setting& s, const std::string& value) {
         s.server.authorization_response_iss_parameter_supported = value == "yes" ? o::support::yes : o::support::no;
     }},
    {"keys", [](setting& s, const std::string& value) { s.keys = value; }},
    {"algorithms", [](setting& s, const std::string& value) { s.algorithms = value; }},
    {"trusted audiences", [](setting& s, const std::string& value) { s.trusted_audiences = value; }},
    {"stored refresh token", [](setting& s, const std::string& value) { s.stored.refresh_token = o::secret(value); }},
    {"stored scope", [](setting& s, const std::string& value) { s.stored.scope = value; }},
    {"stored access token",
     [](setting& s, const std::string& value) {
         s.stored.access_token = o::secret(value);
         s.stored.token_type = "Bearer";
     }},
    {"stored subject",
     [](setting& s, const std::string& value) {
         s.stored.identity = o::id_token{.iss = s.server.issuer, .sub = value};
     }},
    {"quirk",
     [](setting& s, const std::string& value) {
         o::quirks& known = s.server.quirks;
         known.missing_token_type = known.missing_token_type || value == "token type may be missing";
         known.json_as_text_plain = known.json_as_text_plain || value == "JSON as text/plain";
         known.form_post_encoded_twice = known.form_post_encoded_twice || value == "form_post encoded twice";
         known.tenant_in_issuer = known.tenant_in_issuer || value == "any tenant in the issuer";
     }},
};

/// `{hash of X}` becomes the half hash that stands for X in an ID token.
inline std::string with_hashes(std::string text) {
    constexpr std::string_view begin = "{hash of ";
    for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;) {
        const std::size_t end = text.find('}', at);
        const std::string what = text.substr(at + begin.size(), end - at - begin.size());
        text.replace(at, end - at + 1, oauthpp_test::tagged::half_hash(what));
    }
    return text;
}

/// The block `id_token`: a header, the claims, each on a line, and perhaps `signed by: ...`.
inline std::string made_token(const std::string& block) {
    const auto lines = lines_of(block);
    if (lines.size() < 2) return {};
    const std::string by = lines.size() > 2 ? fields_of(lines[2]).front().second : "a";
    using oauthpp_test::encoded;
    const std::string input = encoded(lines[0]) + '.' + encoded(with_hashes(lines[1]));
    constexpr std::string_view secret = "the client's secret, ";
    if (by == "nobody") return input + '.';
    if (by.rfind(secret, 0) != 0) return input + '.' + encoded("by " + by);
    const auto tag = o::base64url_encode(o::hmac_sha256(o::secret(by.substr(secret.size())), input));
    return input + '.' + std::string(tag.data(), tag.size());
}

/// A response as it would stand on the wire: a status line, headers, an empty line, the body.
inline o::http_response response_of(const std::string& text) {
    o::http_response response;
    const std::size_t status_end = std::min(text.find('\n'), text.size());
    const std::size_t head_end = std::min(text.find("\n\n"), text.size());
    CHECK_MESSAGE(text.rfind("HTTP/1.1 ", 0) == 0, "no status line: ", text);
    response.status = std::atoi(text.c_str() + std::string_view("HTTP/1.1 ").size());
    const std::string headers = head_end > status_end ? text.substr(status_end + 1, head_end - status_end - 1) : "";
    for (const auto& [name, value] : fields_of(headers)) {
        if (name == "Content-Type") response.content_type = value;
        if (name == "Retry-After") response.retry_after = value;
        if (name == "WWW-Authenticate") response.www_authenticate = value;
    }
    if (head_end < text.size()) response.body = o::secret(text.substr(head_end + 2));
    return response;
}

/// What a transport says when no connection opens.
inline o::error_view nobody_answers() {
    o::error_view failed(o::errc::connection_failed);
    failed.again = o::resend::safe;
    return failed;
}

/// A transcript, ready to run as often as one likes.
class exchange {
 public:
    exchange(const exchange&) = delete;
    exchange& operator=(const exchange&) = delete;
    explicit exchange(const transcript& of) : of_(of) {
        for (const field& each : fields_of(of.only("settings"))) {
            const auto known = settings.find(each.first);
            CHECK_MESSAGE(known != settings.end(), "settings: nobody knows ", each.first);
            if (known != settings.end()) known->second(parties_, each.second);
        }
        parties_.login.scope = parties_.scope;
        parties_.login.response_type = parties_.response_type;
        parties_.login.response_mode = parties_.response_mode;
        parties_.login.acr_values = parties_.acr_values;
    }

    [[nodiscard]] bool is_login() const { return parties_.flow == "login"; }

    using change = std::function<std::string(std::string)>;
    /// Runs it, with changes to what the browser brings and to the body of each answer.
    run_of run(const change& callback = std::identity{}, const change& body = std::identity{}) const {
        oauthpp_test::tagged::tag_verifier verifier;
        o::key_cache keys("https://as.example/keys");
        o::id_token_options id_token{.algorithms = parties_.algorithms,
                                     .trusted_audiences = parties_.trusted_audiences};
        if (!parties_.keys.empty()) {
            id_token.keys = &keys;
            id_token.verifier = verifier;
            CHECK(keys.put(oauthpp_test::tagged::key_set(parties_.keys), oauthpp_test::tagged::now));
        }
        if (is_login()) return log_in(id_token, callback, body);
        if (parties_.flow == "refresh") {
            return drive(o::refresh(parties_.server, parties_.app, parties_.stored,
                                    {.scope = parties_.refresh_scope, .id_token = id_token}),
                         made_token(of_.only("id_token")), {}, body);
        }
        if (parties_.flow == "client credentials") {
            return drive(o::request_tokens(parties_.server, parties_.app, {.scope = parties_.scope}), {}, {}, body);
        }
        if (parties_.flow == "discovery") {
            return drive(o::discover(parties_.identifier, parties_.server.quirks), {}, {}, body);
        }
        CHECK_MESSAGE(parties_.flow == "user info", "settings: no such flow: ", parties_.flow);
        return drive(o::fetch_user_info(parties_.server, parties_.app, parties_.stored), {}, {}, body);
    }

 private:
    run_of log_in(const o::id_token_options& id_token, const change& callback, const change& body) const {
        oauthpp_test::counting_entropy entropy;
        auto login = o::start_login(parties_.server, parties_.app, parties_.login, entropy);
        if (!login) return {.result = o::result<o::tokens>(std::move(login).error())};
        const std::string nonce = oauthpp_test::tagged::nonce_of(*login);
        const std::string token = made_token(replaced(of_.only("id_token"), "{nonce}", nonce));
        std::string brought = of_.only("callback");
        if (brought.empty()) brought = parties_.app.redirect_uri + "?code=SplxlOBeZQQYbYS6WxSbIA&state={state}";
        brought = callback(replaced(replaced(brought, "{id_token}", token), "{state}", login->state()));
        return drive(login->exchange(brought, {.id_token = id_token}), token, login->url(), body);
    }

    template <class Flow>
    run_of drive(Flow flow, const std::string& id_token, const std::string& url, const change& body) const {
        oauthpp_test::scripted_transport http;
        for (const std::string& text : of_.all("response")) {
            o::http_response response = response_of(replaced(text, "{id_token}", id_token));
            response.body = o::secret(body(std::string(response.body.reveal())));
            http.answers.emplace_back(std::move(response));
        }
        if (http.answers.empty()) http.answers.emplace_back(nobody_answers());
        auto result = oauthpp_test::outcome_of(std::move(flow), http);
        return {.result = std::move(result), .sent = std::move(http.sent), .url = url};
    }

    const transcript& of_;
    setting parties_{};
};

}  // namespace transcripts
