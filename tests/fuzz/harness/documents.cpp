// SPDX-License-Identifier: MIT
//
// UserInfo, a resource's metadata, a WebFinger answer and a front-channel logout, each held against what was asked for in
// the first line: what is accepted is about that, and leads nowhere that it must not.
#include "../fuzz.hpp"

namespace fuzzing::documents {

void check_user_info(std::string_view asked, std::string_view document) {
    const auto who = oauthpp::parse_user_info(document, asked);
    if (!who) return;
    require(!asked.empty() && who->sub == asked && who->claims == document);
}

void check_resource(std::string_view asked, std::string_view document) {
    const auto url = oauthpp::resource_metadata_url(asked);
    if (url) require(is_endpoint(*url) && oauthpp::parse_url(*url)->host == oauthpp::parse_url(asked)->host);
    const auto resource = oauthpp::parse_resource_metadata(document, asked);
    if (!resource) return;
    require(resource->resource == asked);
    const auto own = oauthpp::parse_url(asked);
    for (const std::string& server : resource->authorization_servers) {
        require(is_endpoint(server));
        require((own && oauthpp::is_private_address(own->host)) || !oauthpp::is_private_address(oauthpp::parse_url(server)->host));
    }
}

void check_webfinger(std::string_view asked, std::string_view document) {
    if (const auto url = oauthpp::webfinger_url(asked)) {
        require(is_endpoint(*url) && !oauthpp::is_private_address(oauthpp::parse_url(*url)->host));
    }
    if (const auto issuer = oauthpp::parse_webfinger(document)) {
        require(bool(oauthpp::metadata_urls(*issuer)) && !oauthpp::is_private_address(oauthpp::parse_url(*issuer)->host));
    }
}

void check_logout(std::string_view asked, std::string_view text) {
    if (const auto gone = oauthpp::parse_front_channel_logout(text, asked)) {
        require(gone->iss.empty() == gone->sid.empty() && (gone->iss.empty() || gone->iss == asked));
    }
    if (const auto token = oauthpp::logout_token_of(text)) require(!token->empty());
    if (oauthpp::check_logout_callback(text, asked).reason == oauthpp::errc::none) require(!asked.empty());
}

int fuzz(bytes input) {
    lines line(input);
    const exact asked(line.next());
    const exact rest(line.rest());
    check_user_info(asked.text(), rest.text());
    check_resource(asked.text(), rest.text());
    check_webfinger(asked.text(), rest.text());
    check_logout(asked.text(), rest.text());
    return 0;
}

const harness here("documents", fuzz);

}  // namespace fuzzing::documents
