// SPDX-License-Identifier: MIT
//
// The document in which an authorization server describes itself (RFC 8414, OpenID Connect Discovery).
//
//   for (const std::string& url : oauthpp::metadata_urls("https://as.example/tenant")) ...
//   auto server = oauthpp::parse_server_metadata(body, "https://as.example/tenant");
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/protocol/server_metadata.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>
#include <oauthpp/wire/url.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Where to ask, in this order: OpenID Connect puts its well-known path behind the issuer's, RFC 8414 before it.
///
/// Errors: those of an endpoint: invalid_url, insecure_url, url_has_fragment; invalid_value for an issuer with a query.
inline result<std::array<std::string, 2>> metadata_urls(std::string_view issuer);

/// Spec: RFC 8414 2, 3.3; OpenID Connect Discovery 3, 4.3.
/// Security: the document must name the very issuer that was asked, or another server's document passes for this one's
///   (RFC 8414 6.2); and every endpoint in it is https. `expected_issuer` empty: not compared, for an alias of which the
///   caller knows by other means that it is this server. `known` is what the caller knows of the server's deviations.
/// Errors: malformed_json and its relatives; missing_member, invalid_member, insecure_url, invalid_url with the member;
///   issuer_mismatch.
inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known = {});

/// The same server where it asks for a client certificate: each endpoint that has an alias for that is replaced by it
/// (RFC 8705 5). For clients with `mutual_tls`, and for tokens that are to be bound to a certificate.
///
/// Errors: as above, with the endpoint in `field`.
inline result<server_metadata> with_mtls_endpoints(const server_metadata& server);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

struct metadata_text {
    const char* name;
    std::string server_metadata::*into;
};

inline constexpr metadata_text metadata_endpoints[] = {
    {"authorization_endpoint", &server_metadata::authorization_endpoint},
    {"token_endpoint", &server_metadata::token_endpoint},
    {"jwks_uri", &server_metadata::jwks_uri},
    {"userinfo_endpoint", &server_metadata::userinfo_endpoint},
    {"end_session_endpoint", &server_metadata::end_session_endpoint},
    {"revocation_endpoint", &server_metadata::revocation_endpoint},
    {"introspection_endpoint", &server_metadata::introspection_endpoint},
    {"device_authorization_endpoint", &server_metadata::device_authorization_endpoint},
    {"pushed_authorization_request_endpoint", &server_metadata::pushed_authorization_request_endpoint},
};

inline constexpr metadata_text metadata_lists[] = {
    {"token_endpoint_auth_methods_supported", &server_metadata::token_endpoint_auth_methods_supported},
    {"id_token_signing_alg_values_supported", &server_metadata::id_token_signing_alg_values_supported},
};

inline std::string joined(const json_value& array) {
    std::string words;
    json_elements each(array);
    while (each.next()) {
        if (each.value().type != json_type::string) continue;
        if (!words.empty()) words += ' ';
        words += json_text(each.value());
    }
    return words;
}

inline bool read_endpoint(const json_object& object, server_metadata& server, failure& wrong) {
    const json_value& value = object.value();
    for (const auto& [name, into] : metadata_endpoints) {
        if (!object.is(name) || value.type == json_type::null) continue;
        if (value.type != json_type::string) return wrong.set(errc::invalid_member, name);
        server.*into = json_text(value);
        return check_endpoint(server.*into, name, wrong);
    }
    return true;
}

inline failure read_metadata(const json_object& object, server_metadata& server) {
    const json_value& value = object.value();
    if (object.is("issuer")) {
        if (value.type != json_type::string) return {errc::invalid_member, "issuer"};
        server.issuer = json_text(value);
    }
    failure wrong;
    if (!read_endpoint(object, server, wrong)) return wrong;
    for (const auto& [name, into] : metadata_lists) {
        if (!object.is(name)) continue;
        if (value.type != json_type::array) return {errc::invalid_member, name};
        server.*into = joined(value);
    }
    if (object.is("code_challenge_methods_supported")) {
        server.code_challenge_method_s256_supported = has_word(joined(value), "S256") ? support::yes : support::no;
    }
    if (object.is("mtls_endpoint_aliases") && value.type == json_type::object) server.mtls_endpoint_aliases = value.text;
    if (object.is("authorization_response_iss_parameter_supported") && value.type == json_type::boolean) {
        server.authorization_response_iss_parameter_supported = value.text == "true" ? support::yes : support::no;
    }
    return {};
}

}  // namespace detail

inline result<std::array<std::string, 2>> metadata_urls(std::string_view issuer) {
    detail::failure wrong;
    if (!detail::check_endpoint(issuer, "issuer", wrong)) return wrong;
    url_view url;
    if (!detail::split_url(issuer, url, wrong) || url.has_query) return error_view(errc::invalid_value, "issuer");
    if (issuer.ends_with('/')) issuer.remove_suffix(1);                                       // OpenID Connect Discovery 4.1
    const std::string_view path = url.path.ends_with('/') ? detail::between(url.path, 0, url.path.size() - 1) : url.path;
    const std::string_view origin = detail::between(issuer, 0, issuer.size() - path.size());
    return std::array<std::string, 2>{std::string(issuer) + "/.well-known/openid-configuration",
                                      std::string(origin) + "/.well-known/oauth-authorization-server" + std::string(path)};
}

inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known) {
    std::array<std::uint16_t, 2048> room{};
    json_object object(json, room);
    server_metadata server;
    server.quirks = known;
    while (object.next()) {
        if (const detail::failure wrong = detail::read_metadata(object, server); wrong.failed()) return wrong;
    }
    if (object.failed()) return object.failure();
    if (server.issuer.empty()) return error_view(errc::missing_member, "issuer");
    const bool same = expected_issuer.empty() || server.issuer == expected_issuer ||
                      (known.tenant_in_issuer && !detail::tenant_of(expected_issuer, server.issuer).empty());
    if (!same) return error_view(errc::issuer_mismatch, "issuer");
    return server;
}

inline result<server_metadata> with_mtls_endpoints(const server_metadata& server) {
    server_metadata aliased = server;
    if (server.mtls_endpoint_aliases.empty()) return aliased;
    std::array<std::uint16_t, 128> room{};
    json_object object(server.mtls_endpoint_aliases, room);
    detail::failure wrong;
    while (object.next()) {
        if (!detail::read_endpoint(object, aliased, wrong)) return wrong;
    }
    if (object.failed()) return object.failure();
    // The browser goes there, not the client (RFC 8705 5)
    aliased.authorization_endpoint = server.authorization_endpoint;
    aliased.end_session_endpoint = server.end_session_endpoint;
    return aliased;
}

}  // namespace oauthpp::inline v0
