// SPDX-License-Identifier: MIT
//
// A protected resource's metadata, fetched (RFC 9728 3, 5): whose tokens does it take?
//
//   auto resource = oauthpp::run(oauthpp::discover_resource("https://api.example/photos"), http);
//   auto server = oauthpp::run(oauthpp::discover(resource->authorization_servers.front()), http);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/flow/fetch.hpp>
#include <oauthpp/protocol/resource_metadata.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

using resource_flow = document_flow<resource_metadata>;

/// Asks at the resource's own well-known place.
[[nodiscard]] inline resource_flow discover_resource(std::string_view resource) {
    auto url = resource_metadata_url(resource);
    if (!url) return resource_flow(url.error().view());
    return {*std::move(url), parse_resource_metadata, std::string(resource)};
}

/// Asks where a challenge said (`challenge::resource_metadata`); `resource` is the URL of the request that was challenged.
/// Every challenge that names the document is a reason to fetch it anew (5.2).
///
/// Errors: private_address besides, as for `authorization_servers`.
[[nodiscard]] inline resource_flow discover_resource(std::string_view resource, std::string_view metadata_url) {
    detail::failure wrong;
    if (!detail::check_named_by(resource, metadata_url, "resource_metadata", wrong)) return resource_flow(error_view(wrong));
    return {std::string(metadata_url), parse_resource_metadata, std::string(resource)};
}

}  // namespace oauthpp::inline v0
