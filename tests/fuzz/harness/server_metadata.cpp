// SPDX-License-Identifier: MIT
//
// Discovery: the issuer that was asked in the first line, the document behind it. What is accepted names that issuer,
// has safe endpoints, and is the same when it was written anew, in JSON that nlohmann/json accepts.
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>

namespace fuzzing::server_metadata {

std::string one_space_between(std::string_view words) {
    std::string text;
    for (oauthpp::scope_reader each(words); each.next();) text.append(text.empty() ? "" : " ").append(each.token());
    return text;
}

void check_same(const oauthpp::server_metadata& a, const oauthpp::server_metadata& b) {
    require(a.issuer == b.issuer);
    for (const auto& row : oauthpp::detail::metadata_texts<oauthpp::owned>) {
        require(one_space_between(a.*row.member) == one_space_between(b.*row.member));
    }
    for (const auto& row : oauthpp::detail::metadata_booleans<oauthpp::owned>) require(a.*row.member == b.*row.member);
    require(a.code_challenge_method_s256_supported == b.code_challenge_method_s256_supported);
}

void check_urls(std::string_view issuer) {
    const auto urls = oauthpp::metadata_urls(issuer);
    if (!urls) return;
    const auto asked = oauthpp::parse_url(issuer);
    for (const std::string& each : *urls) {
        if (each.empty()) continue;
        const auto url = oauthpp::parse_url(each);
        require(url && asked && url->host == asked->host && url->port == asked->port && !url->has_query);
        require(is_endpoint(each));
    }
}

void check_endpoints(const oauthpp::server_metadata& server) {
    for (const auto& row : oauthpp::detail::metadata_texts<oauthpp::owned>) {
        const std::string& text = server.*row.member;
        require(row.kind != oauthpp::detail::metadata_kind::endpoint || text.empty() || is_endpoint(text));
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
    const std::string json = oauthpp::server_metadata_json(*server);
    require(nlohmann::json::accept(json));
    const auto again = oauthpp::parse_server_metadata(json, issuer.text());
    require(bool(again));
    check_same(*server, *again);
    const oauthpp::server_metadata_view view = *server;
    require(oauthpp::detail::convert_metadata<oauthpp::owned>(view).token_endpoint == server->token_endpoint);
    return 0;
}

const harness here("server_metadata", fuzz);

}  // namespace fuzzing::server_metadata
