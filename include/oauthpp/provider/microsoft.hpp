// SPDX-License-Identifier: MIT
//
// Microsoft identity platform v2.0: Entra ID in its clouds, Azure AD B2C, and external tenants.
//
//   auto server = oauthpp::provider::microsoft("contoso.onmicrosoft.com");
#pragma once

#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/protocol/server_metadata.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0::provider {

/// Applications are registered in one of them, and no other takes their credentials.
enum class microsoft_cloud : std::uint8_t { global, us_government, china };

/// `tenant`: a GUID, a verified domain, or `common`, `organizations`, `consumers`. One authority serves both legs: a code
/// is redeemed at the tenant that it came from.
///
/// The issuer is known where the tenant is a GUID or `consumers`. Of `common` and `organizations` it is that of whichever
/// tenant the person belongs to: see quirks::tenant_in_issuer. Of a domain only discovery can tell it; until then no
/// identity comes with the tokens.
/// Errors: invalid_provider, in the metadata's `invalid`, for characters that would change the URL.
inline server_metadata microsoft(std::string_view tenant, microsoft_cloud cloud = microsoft_cloud::global);

/// Azure AD B2C: https://{name}.b2clogin.com/{name}.onmicrosoft.com/{policy}/... Codes and tokens are bound to the policy.
inline server_metadata microsoft_b2c(std::string_view name, std::string_view policy);

/// An external tenant: https://{name}.ciamlogin.com/{name}.onmicrosoft.com/...
inline server_metadata microsoft_external(std::string_view name);

/// What Microsoft's documentation says about a token request whose scopes differ from those of the login, or nothing if
/// there is nothing to say. "Second leg" is its word for the token request.
[[nodiscard]] constexpr std::string_view microsoft_second_leg_advice(std::string_view login_scope, std::string_view token_scope) noexcept;

/// For `claims`: this client can answer a claims challenge, so tokens may be withdrawn before they end (continuous access
/// evaluation). Say so only if your program does.
inline constexpr std::string_view microsoft_capabilities = R"({"access_token":{"xms_cc":{"values":["cp1"]}}})";

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

using namespace oauthpp::detail;

constexpr bool is_guid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const char lower = to_lower(text[i]);
        if (hyphen ? lower != '-' : !is_digit(lower) && (lower < 'a' || lower > 'f')) return false;
    }
    return true;
}

/// Letters, digits, hyphens, periods between them; no `..` and no `/`, which would lead to another tenant's path.
constexpr bool is_tenant(std::string_view text) noexcept {
    if (text.empty() || text.size() > 255 || text.front() == '.' || text.back() == '.') return false;
    char before = '\0';
    for (const char c : text) {
        if (!is_alpha(c) && !is_digit(c) && c != '-' && (c != '.' || before == '.')) return false;
        before = c;
    }
    return true;
}

/// What a scope belongs to: the part before its last `/`, Microsoft Graph without one, nothing for those of OpenID Connect.
constexpr std::string_view resource_of(std::string_view scope) noexcept {
    const std::size_t slash = scope.rfind('/');
    if (slash != std::string_view::npos) return between(scope, 0, slash);
    return has_word("openid profile email offline_access", scope) ? "" : "https://graph.microsoft.com";
}

inline server_metadata microsoft_authority(std::string authority, std::string issuer) {
    server_metadata server;
    server.issuer = std::move(issuer);
    server.jwks_uri = authority + "/discovery/v2.0/keys";
    authority += "/oauth2/v2.0/";
    server.authorization_endpoint = authority + "authorize";
    server.token_endpoint = authority + "token";
    server.end_session_endpoint = authority + "logout";
    return server;
}

inline server_metadata invalid_tenant() {
    server_metadata server;
    server.invalid = errc::invalid_provider;
    return server;
}

}  // namespace detail

inline server_metadata microsoft(std::string_view tenant, microsoft_cloud cloud) {
    constexpr std::string_view hosts[] = {"login.microsoftonline.com", "login.microsoftonline.us",
                                          "login.partner.microsoftonline.cn"};
    constexpr std::string_view consumers = "9188040d-6c67-4c5b-b112-36a304b66dad";
    if (!detail::is_tenant(tenant)) return detail::invalid_tenant();
    const std::string host = "https://" + std::string(hosts[static_cast<unsigned>(cloud)]) + '/';
    std::string issuer;
    if (detail::is_guid(tenant)) {
        issuer = host;
        for (const char c : tenant) issuer += detail::to_lower(c);      // as the server spells it
        issuer += "/v2.0";
    }
    const bool any_tenant = tenant == "common" || tenant == "organizations";
    if (any_tenant) issuer = host + "{tenantid}/v2.0";
    if (tenant == "consumers") issuer = host + std::string(consumers) + "/v2.0";
    server_metadata server = detail::microsoft_authority(host + std::string(tenant), std::move(issuer));
    server.quirks.tenant_in_issuer = any_tenant;
    return server;
}

inline server_metadata microsoft_b2c(std::string_view name, std::string_view policy) {
    if (!detail::is_tenant(name) || !detail::is_name(policy) || name.find('.') != std::string_view::npos ||
        policy.find('.') != std::string_view::npos) {
        return detail::invalid_tenant();
    }
    const std::string tenant(name);
    return detail::microsoft_authority("https://" + tenant + ".b2clogin.com/" + tenant + ".onmicrosoft.com/" + std::string(policy), {});
}

inline server_metadata microsoft_external(std::string_view name) {
    if (!detail::is_tenant(name) || name.find('.') != std::string_view::npos) return detail::invalid_tenant();
    const std::string tenant(name);
    return detail::microsoft_authority("https://" + tenant + ".ciamlogin.com/" + tenant + ".onmicrosoft.com", {});
}

constexpr std::string_view microsoft_second_leg_advice(std::string_view login_scope, std::string_view token_scope) noexcept {
    std::string_view resource;
    scope_reader words(token_scope);
    while (words.next()) {
        const std::string_view own = detail::resource_of(words.token());
        if (!resource.empty() && !own.empty() && own != resource) {
            return "the scopes of a token request must all be of one resource; ask for the other resource with the refresh token";
        }
        if (!own.empty()) resource = own;
    }
    if (scope_covers(login_scope, token_scope)) return "";
    return "the scopes of a token request must be those of the login or a part of them; what the person has not consented to is refused";
}

}  // namespace oauthpp::inline v0::provider
