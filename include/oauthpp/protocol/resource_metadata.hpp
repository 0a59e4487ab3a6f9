// SPDX-License-Identifier: MIT
//
// The document in which a protected resource says whose tokens it takes (RFC 9728).
//
//   auto url = oauthpp::resource_metadata_url("https://api.example/photos");
//   auto resource = oauthpp::parse_resource_metadata(body, "https://api.example/photos");
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/protocol/discovery.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>
#include <oauthpp/wire/private_address.hpp>
#include <oauthpp/wire/url.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

struct resource_metadata {
    std::string resource{};                      ///< for the parameter `resource` (RFC 8707)
    list<std::string> authorization_servers{};   ///< issuers, for `discover`
    std::string scopes_supported{};              ///< words with spaces between, as the next one
    std::string bearer_methods_supported{};      ///< `header`, `body`, `query`
    std::string jwks_uri{};
    std::string resource_name{};
    std::string resource_documentation{};
};

/// Where a resource keeps its document: the well-known path goes between host and path (RFC 9728 3.1).
///
/// Errors: those of an endpoint for `resource`.
inline result<std::string> resource_metadata_url(std::string_view resource);

/// Spec: RFC 9728 2, 3.2, 3.3.
/// Security: the document must name the very resource that was asked; for a document that a challenge named, that is the
///   URL of the request that was challenged, or a resource can have tokens sent to it that are meant for another (7.3). A
///   resource on the public internet may not name a server on this machine or its network (7.7).
/// Errors: malformed_json and its relatives; missing_member and invalid_member; resource_mismatch; insecure_url,
///   invalid_url, private_address for an entry of `authorization_servers`.
inline result<resource_metadata> parse_resource_metadata(std::string_view json, std::string_view expected_resource);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Whether `url` is one that `resource` may send a client to.
inline bool check_named_by(std::string_view resource, std::string_view url, const char* field, failure& wrong) {
    if (!check_endpoint(url, field, wrong)) return false;
    const auto from_url = parse_url(resource), to = parse_url(url);
    const bool reaches_inside = to && is_private_address(to->host) && !(from_url && is_private_address(from_url->host));
    return !reaches_inside || wrong.set(errc::private_address, field);
}

inline constexpr struct {
    const char* name;
    std::string resource_metadata::*member;
    json_type type;
} resource_members[] = {
    {"resource", &resource_metadata::resource, json_type::string},
    {"scopes_supported", &resource_metadata::scopes_supported, json_type::array},
    {"bearer_methods_supported", &resource_metadata::bearer_methods_supported, json_type::array},
    {"jwks_uri", &resource_metadata::jwks_uri, json_type::string},
    {"resource_name", &resource_metadata::resource_name, json_type::string},
    {"resource_documentation", &resource_metadata::resource_documentation, json_type::string},
};

inline bool read_authorization_servers(const json_value& value, std::string_view resource, list<std::string>& servers,
                                       failure& wrong) {
    constexpr const char* name = "authorization_servers";
    if (value.type != json_type::array) return wrong.set(errc::invalid_member, name);
    json_elements each(value);
    while (each.next()) {
        if (each.value().type != json_type::string) return wrong.set(errc::invalid_member, name);
        servers.push_back(json_text(each.value()));
        if (!check_named_by(resource, servers.back(), name, wrong)) return false;
    }
    return true;
}

inline bool read_resource_member(const json_object& object, std::string_view expected, resource_metadata& resource, failure& wrong) {
    if (object.is("authorization_servers")) {
        return read_authorization_servers(object.value(), expected, resource.authorization_servers, wrong);
    }
    for (const auto& [name, member, type] : resource_members) {
        if (!object.is(name)) continue;
        if (object.value().type != type) return wrong.set(errc::invalid_member, name);
        resource.*member = joined(object.value(), ' ');
    }
    return true;
}

}  // namespace detail

inline result<std::string> resource_metadata_url(std::string_view resource) {
    detail::failure wrong;
    url_view url;
    if (!detail::check_endpoint(resource, "resource", wrong) || !detail::split_url(resource, url, wrong)) return wrong;
    const std::size_t origin = url.before_query.size() - url.path.size();
    std::string_view rest = detail::from(resource, origin);
    if (url.path == "/") rest.remove_prefix(1);
    return std::string(detail::between(resource, 0, origin)) + "/.well-known/oauth-protected-resource" + std::string(rest);
}

inline result<resource_metadata> parse_resource_metadata(std::string_view json, std::string_view expected_resource) {
    std::array<std::uint16_t, 1024> room{};
    json_object object(json, room);
    resource_metadata resource;
    detail::failure wrong;
    while (object.next()) {
        if (!detail::read_resource_member(object, expected_resource, resource, wrong)) return wrong;
    }
    if (object.failed()) return object.failure();
    if (resource.resource.empty()) return error_view(errc::missing_member, "resource");
    if (resource.resource != expected_resource) return error_view(errc::resource_mismatch, "resource");
    return resource;
}

}  // namespace oauthpp::inline v0
