// SPDX-License-Identifier: MIT
//
// Discovery: the issuer that was asked in the first line, the document behind it. What is accepted names that issuer,
// has safe endpoints, and is the same when nlohmann/json has written it anew.
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>

namespace fuzzing::server_metadata {

std::string written(const oauthpp::server_metadata& server) {
    nlohmann::json json{{"issuer", server.issuer}};
    for (const auto& [name, from] : oauthpp::detail::metadata_endpoints) {
        if (!(server.*from).empty()) json[std::string(name)] = server.*from;
    }
    for (const auto& [name, from] : oauthpp::detail::metadata_lists) {
        auto& list = json[std::string(name)] = nlohmann::json::array();
        oauthpp::scope_reader words(server.*from);
        while (words.next()) list.push_back(words.token());
    }
    if (server.code_challenge_method_s256_supported == oauthpp::support::yes) {
        json["code_challenge_methods_supported"] = {"S256"};
    }
    if (server.code_challenge_method_s256_supported == oauthpp::support::no) {
        json["code_challenge_methods_supported"] = {"plain"};
    }
    if (server.authorization_response_iss_parameter_supported != oauthpp::support::not_said) {
        json["authorization_response_iss_parameter_supported"] =
            server.authorization_response_iss_parameter_supported == oauthpp::support::yes;
    }
    return json.dump();
}

std::string one_space_between(std::string_view words) {
    std::string text;
    for (oauthpp::scope_reader each(words); each.next();) text.append(text.empty() ? "" : " ").append(each.token());
    return text;
}

void check_same(const oauthpp::server_metadata& a, const oauthpp::server_metadata& b) {
    require(a.issuer == b.issuer);
    for (const auto& [name, from] : oauthpp::detail::metadata_endpoints) require(a.*from == b.*from);
    for (const auto& [name, from] : oauthpp::detail::metadata_lists) require(one_space_between(a.*from) == b.*from);
    require(a.code_challenge_method_s256_supported == b.code_challenge_method_s256_supported);
    require(a.authorization_response_iss_parameter_supported == b.authorization_response_iss_parameter_supported);
}

void check_urls(std::string_view issuer) {
    const auto urls = oauthpp::metadata_urls(issuer);
    if (!urls) return;
    const auto asked = oauthpp::parse_url(issuer);
    for (const std::string& each : *urls) {
        const auto url = oauthpp::parse_url(each);
        require(url && asked && url->host == asked->host && url->port == asked->port && !url->has_query);
        require(is_endpoint(each));
    }
}

void check_endpoints(const oauthpp::server_metadata& server) {
    for (const auto& [name, from] : oauthpp::detail::metadata_endpoints) {
        require((server.*from).empty() || is_endpoint(server.*from));
    }
}

int fuzz(bytes input) {
    lines line(input);
    const exact issuer(line.next());
    const exact document(line.rest());
    check_urls(issuer.text());
    const auto server = oauthpp::parse_server_metadata(document.text(), issuer.text());
    if (!server) return 0;
    require(!server->issuer.empty() && (issuer.text().empty() || server->issuer == issuer.text()));
    check_endpoints(*server);
    if (const auto aliased = oauthpp::with_mtls_endpoints(*server)) {
        check_endpoints(*aliased);
        require(aliased->issuer == server->issuer && aliased->authorization_endpoint == server->authorization_endpoint);
    }
    const auto again = oauthpp::parse_server_metadata(written(*server), issuer.text());
    require(bool(again));
    check_same(*server, *again);
    const oauthpp::server_metadata_view view = *server;
    require(oauthpp::detail::owned_copy(view).token_endpoint == server->token_endpoint);
    return 0;
}

const harness here("server_metadata", fuzz);

}  // namespace fuzzing::server_metadata
