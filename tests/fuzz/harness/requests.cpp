// SPDX-License-Identifier: MIT
//
// What goes out: a line for each value. A request that is written is read back with the values that went in, in a
// buffer of exactly its size and in a string; no secret enters the URL, and none an error.
#include "../fuzz.hpp"

#include <array>
#include <map>
#include <span>
#include <variant>

namespace fuzzing::requests {

using values = std::map<std::string, std::string>;

std::string decoded(std::string_view text) {
    std::string plain(text);
    const auto size = oauthpp::form_decode(text, plain.data());
    require(bool(size));
    plain.resize(*size);
    return plain;
}

values read(std::string_view form) {
    values all;
    for (oauthpp::form_reader pairs(form); pairs.next();) {
        require(all.emplace(decoded(pairs.name()), decoded(pairs.value())).second);
    }
    return all;
}

void check(values& all, const char* name, std::string_view value) {
    const auto found = all.find(name);
    require(value.empty() ? found == all.end() : found != all.end() && found->second == value);
    if (found != all.end()) all.erase(found);
}

void check_url(std::string_view endpoint, const oauthpp::authorization_request_view& request) {
    const auto url = oauthpp::authorization_url(endpoint, request);
    if (!url) return require_no_secret(url.error());
    require(!speaks_of_secret(*url));
    const auto parsed = oauthpp::parse_url(*url);
    require(parsed && !parsed->has_fragment && url->starts_with(endpoint));
    values all = read(url->substr(endpoint.size() + 1));
    check(all, "response_type", request.response_type);
    check(all, "client_id", request.client_id);
    check(all, "redirect_uri", request.redirect_uri);
    check(all, "scope", request.scope);
    check(all, "state", request.state);
    check(all, "code_challenge", request.code_challenge);
    check(all, "code_challenge_method", request.code_challenge.empty() ? "" : request.code_challenge_method);
    check(all, "login_hint", request.login_hint);
    check(all, "claims", request.claims);
    for (std::size_t i = 0; i < request.extra.size(); ++i) {
        check(all, std::string(request.extra[i].name).c_str(), request.extra[i].value);
    }
    require(all.empty());

    exact memory(url->size());
    oauthpp::buffer_writer out(memory.memory());
    const auto borrowed = oauthpp::write_authorization_url(out, endpoint, request);
    require(borrowed && *borrowed == *url);
    exact small(url->size() - 1);
    oauthpp::buffer_writer full(small.memory());
    const auto none = oauthpp::write_authorization_url(full, endpoint, request);
    require(!none && none.error().reason == oauthpp::errc::buffer_too_small && none.error().needed == url->size());
}

void check_token_request(std::string_view endpoint, const oauthpp::client_view& app,
                         const oauthpp::authorization_code_grant_view& grant) {
    const auto request = oauthpp::make_token_request(endpoint, app, grant);
    if (!request) return require_no_secret(request.error());
    require(request->url == endpoint && request->method == "POST" && !speaks_of_secret(request->url));
    values all = read(request->body.reveal());
    check(all, "grant_type", "authorization_code");
    check(all, "code", grant.code.reveal());
    check(all, "redirect_uri", grant.redirect_uri);
    check(all, "code_verifier", grant.code_verifier.reveal());
    check(all, "scope", grant.scope);
    const bool basic = std::holds_alternative<oauthpp::client_secret_basic_view>(app.authentication);
    const bool post = std::holds_alternative<oauthpp::client_secret_post_view>(app.authentication);
    check(all, "client_secret", post ? marked_secret : std::string_view());
    check(all, "client_id", basic ? std::string_view() : app.client_id);
    for (std::size_t i = 0; i < grant.extra.size(); ++i) {
        check(all, std::string(grant.extra[i].name).c_str(), grant.extra[i].value);
    }
    require(all.empty() && request->authorization.empty() == !basic);
    require(oauthpp::detail::is_printable(request->authorization.reveal()));

    const std::size_t size = request->authorization.reveal().size() + request->body.reveal().size();
    exact memory(size);
    oauthpp::buffer_writer out(memory.memory());
    const auto borrowed = oauthpp::write_token_request(out, endpoint, app, grant);
    require(borrowed && borrowed->body == request->body && borrowed->authorization == request->authorization);
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    lines line(input);
    const std::string_view endpoint = line.next();
    const std::string_view client_id = line.next();
    const std::string_view redirect_uri = line.next();
    const std::string_view scope = line.next();
    const std::string_view unguessable = line.next();
    const std::string_view hint = line.next();
    const std::string_view name = line.next();
    const std::string_view value = line.next();
    const std::array<oauthpp::parameter_view, 1> extra{{{name, value}}};
    const auto further = std::span(extra).first(name.empty() ? 0 : 1);

    oauthpp::authorization_request_view request{.client_id = client_id, .redirect_uri = redirect_uri, .scope = scope};
    request.state = unguessable;
    request.code_challenge = unguessable;
    request.login_hint = hint;
    request.claims = line.next();
    request.extra = further;
    request.scope_separator = input.size() % 2 == 0 ? oauthpp::space::plus : oauthpp::space::percent_20;
    if (endpoint.find('?') == std::string_view::npos) check_url(endpoint, request);

    oauthpp::client_view app{.client_id = client_id};
    if (input.size() % 3 == 1) app.authentication = oauthpp::client_secret_basic_view{marked_secret};
    if (input.size() % 3 == 2) app.authentication = oauthpp::client_secret_post_view{marked_secret};
    check_token_request(
        endpoint, app,
        {.code = hint, .redirect_uri = redirect_uri, .code_verifier = unguessable, .scope = scope, .extra = further});
    return 0;
}

const harness here("requests", fuzz);

}  // namespace fuzzing::requests
