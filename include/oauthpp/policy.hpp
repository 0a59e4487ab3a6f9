// SPDX-License-Identifier: MIT
//
// What of the field's security profiles a configuration does not meet (RFC 9700, OAuth 2.1, FAPI 2.0): for a test of your
// own, a review, or the log of a program that starts.
//
//   for (const auto& finding : oauthpp::check_policy({.server = server, .app = app, .login = {.scope = "openid"}})) {
//       log(describe(finding));
//   }
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oauthpp::inline v0 {

enum class profile : std::uint8_t {
    best_practice,   ///< RFC 9700, RFC 8252, RFC 9207
    openid,          ///< OpenID Connect Core and Discovery
    oauth21,         ///< OAuth 2.1 (draft)
    fapi2,           ///< FAPI 2.0 Security Profile: for banks, health and the like
};

/// What is judged: a server, a client there, and what the program asks for.
///
/// Lifetime: the texts must outlive the check.
struct policy_subject {
    server_metadata_view server{};
    client_view app{};
    login_options login{};
    id_token_options id_token{};
    std::string_view assertion_algorithm{};   ///< of a `client_assertion`, which does not tell
    std::string_view assertion_audience{};    ///< empty: the token endpoint
    bool discovered{};                        ///< the metadata was fetched from the issuer, not written by hand
};

/// One thing to change. What the library does in any case (PKCE, state, no redirects, https) is not listed.
struct policy_finding {
    oauthpp::profile profile{};
    literal section{};        ///< "RFC 9700 2.5"
    literal problem{};        ///< what is not as it should be
    literal change{};         ///< what to do about it
    std::size_t subject{};    ///< which of several, the later one where it takes two
};

/// Findings of one subject, in the order of the profiles.
[[nodiscard]] inline std::vector<policy_finding> check_policy(const policy_subject& subject);

/// Findings of each of the servers that one program talks to, and of what they must not have in common.
[[nodiscard]] inline std::vector<policy_finding> check_policy(std::span<const policy_subject> subjects);

/// One line of English.
[[nodiscard]] inline std::string describe(const policy_finding& finding) {
    return std::string(finding.section) + ": " + std::string(finding.problem) + "; " + std::string(finding.change);
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline bool is_plain_http(std::string_view url) noexcept { return url.starts_with("http:"); }
inline bool uses_openid(const policy_subject& each) noexcept { return has_word(each.login.scope, "openid"); }
inline bool has_secret(const policy_subject& each) noexcept {
    return std::holds_alternative<client_secret_basic_view>(each.app.authentication) ||
           std::holds_alternative<client_secret_post_view>(each.app.authentication);
}
inline bool has_assertion(const policy_subject& each) noexcept {
    return std::holds_alternative<client_assertion>(each.app.authentication);
}
inline bool has_certificate(const policy_subject& each) noexcept {
    return std::holds_alternative<mutual_tls>(each.app.authentication);
}
/// FAPI 2.0 5.4.1
inline bool is_fapi_algorithm(std::string_view algorithm) noexcept { return has_word("PS256 ES256 EdDSA Ed25519", algorithm); }

using policy_test = bool (*)(const policy_subject&) noexcept;

inline constexpr struct {
    oauthpp::profile profile;
    const char* section;
    const char* problem;
    const char* change;
    policy_test fails;
} policy_rules[] = {
    {profile::best_practice, "RFC 9700 2.1.1", "the server is not known to support PKCE, and one that ignores it protects no code",
     "ask the operator, and set code_challenge_method_s256_supported",
     [](const policy_subject& each) noexcept { return each.server.code_challenge_method_s256_supported != support::yes; }},
    {profile::best_practice, "RFC 9700 2.1.2", "an access token comes through the browser, where others may see it",
     "use a response type without `token`",
     [](const policy_subject& each) noexcept { return has_word(each.login.response_type, "token"); }},
    {profile::best_practice, "RFC 9700 2.5", "the client proves itself by a secret, which whoever sees it can repeat",
     "register a key for private_key_jwt, or a certificate for mutual TLS", has_secret},
    {profile::best_practice, "RFC 9700 4.4.2", "the server's issuer is not known, so an answer of another server passes for its own",
     "find the server with discover, or write its issuer",
     [](const policy_subject& each) noexcept { return each.server.issuer.empty(); }},
    {profile::best_practice, "RFC 9700 2.1", "any tenant of the server signs people in", "compare the tenant, `tid`, with those that count",
     [](const policy_subject& each) noexcept { return each.server.quirks.tenant_in_issuer; }},
    {profile::best_practice, "RFC 6749 7.1", "a token without a type is used as Bearer, though it may be bound to a key",
     "leave out the quirk missing_token_type",
     [](const policy_subject& each) noexcept { return each.server.quirks.missing_token_type; }},
    {profile::best_practice, "RFC 6749 5.1", "text is read as JSON, so a page with somebody's words may pass for an answer",
     "leave out the quirk json_as_text_plain",
     [](const policy_subject& each) noexcept { return each.server.quirks.json_as_text_plain; }},
    {profile::best_practice, "RFC 8252 8.3", "the name localhost may lead to another interface than loopback",
     "register 127.0.0.1 or [::1]",
     [](const policy_subject& each) noexcept {
         const auto url = parse_url(each.app.redirect_uri);
         return url && equal_ignoring_case(url->host, "localhost");
     }},
    {profile::best_practice, "RFC 8252 8.6", "any program of the device can claim a scheme of its own",
     "register an https URL that the system gives to the application, or loopback",
     [](const policy_subject& each) noexcept {
         const auto url = parse_url(each.app.redirect_uri);
         return url && !equal_ignoring_case(url->scheme, "https") && !equal_ignoring_case(url->scheme, "http");
     }},

    {profile::openid, "OpenID Connect Discovery 3", "the server's metadata lacks a member that it must have",
     "report it to the operator: jwks_uri, response_types_supported, subject_types_supported and "
     "id_token_signing_alg_values_supported are required",
     [](const policy_subject& each) noexcept {
         const server_metadata_view& server = each.server;
         return each.discovered && uses_openid(each) &&
                (server.issuer.empty() || server.authorization_endpoint.empty() || server.token_endpoint.empty() ||
                 server.jwks_uri.empty() || server.response_types_supported.empty() || server.subject_types_supported.empty() ||
                 server.id_token_signing_alg_values_supported.empty());
     }},
    {profile::openid, "OpenID Connect Core 3.1.3.7", "nothing checks the signature of ID tokens: TLS alone vouches for them",
     "give exchange_options::id_token keys and a verifier",
     [](const policy_subject& each) noexcept { return uses_openid(each) && !each.id_token.verifier; }},
    {profile::openid, "OpenID Connect Core 3.1.2.1", "another way of signing in than acr_values asked for is believed",
     "leave out allow_other_acr",
     [](const policy_subject& each) noexcept { return uses_openid(each) && each.id_token.allow_other_acr; }},

    {profile::oauth21, "OAuth 2.1 1.5", "an endpoint of the server is plain http", "use https outside of development",
     [](const policy_subject& each) noexcept {
         return is_plain_http(each.server.authorization_endpoint) || is_plain_http(each.server.token_endpoint) ||
                is_plain_http(each.server.jwks_uri);
     }},

    {profile::fapi2, "FAPI 2.0 5.3.3.1 item 1", "access tokens are not bound to the client: whoever has one can use it",
     "authenticate by mutual TLS, and have the server bind tokens to the certificate",
     [](const policy_subject& each) noexcept { return !has_certificate(each); }},
    {profile::fapi2, "FAPI 2.0 5.3.3.1 item 2", "the client proves itself by neither mutual TLS nor private_key_jwt",
     "register a certificate or a key",
     [](const policy_subject& each) noexcept {
         return !has_certificate(each) && !(has_assertion(each) && !each.assertion_algorithm.starts_with("HS"));
     }},
    {profile::fapi2, "FAPI 2.0 5.3.3.1 item 5", "the audience of the client's assertions is not the issuer",
     "set jwt_assertion_options::audience to the issuer",
     [](const policy_subject& each) noexcept {
         return has_assertion(each) && (each.assertion_audience.empty() || each.assertion_audience != each.server.issuer);
     }},
    {profile::fapi2, "FAPI 2.0 5.3.3.1 items 9-11", "the endpoints do not come from metadata that was fetched from the issuer",
     "find the server with discover", [](const policy_subject& each) noexcept { return !each.discovered; }},
    {profile::fapi2, "FAPI 2.0 5.3.3.2 item 1", "the request goes through the browser, where it can be changed",
     "use pushed authorization requests, which this library does not have yet", [](const policy_subject&) noexcept { return true; }},
    {profile::fapi2, "FAPI 2.0 5.3.3.2 item 5", "the server does not announce `iss`, so its absence is not noticed",
     "set authorization_response_iss_parameter_supported",
     [](const policy_subject& each) noexcept { return each.server.authorization_response_iss_parameter_supported != support::yes; }},
    {profile::fapi2, "FAPI 2.0 5.4.1 item 1", "ID tokens or assertions may be signed otherwise than by PS256, ES256 or Ed25519",
     "list only those in id_token_options::algorithms, and sign with one of them",
     [](const policy_subject& each) noexcept {
         scope_reader words(each.id_token.algorithms);
         while (uses_openid(each) && words.next()) {
             if (!is_fapi_algorithm(words.token())) return true;
         }
         return has_assertion(each) && !is_fapi_algorithm(each.assertion_algorithm);
     }},
};

using policy_pair_test = bool (*)(const policy_subject&, const policy_subject&) noexcept;

inline constexpr struct {
    const char* section;
    const char* problem;
    const char* change;
    policy_pair_test fails;
} policy_pair_rules[] = {
    {"RFC 9207 4", "two servers have the same issuer, so neither can be told from the other", "write each server's own issuer",
     [](const policy_subject& one, const policy_subject& other) noexcept {
         return !one.server.issuer.empty() && one.server.issuer == other.server.issuer &&
                one.server.token_endpoint != other.server.token_endpoint;
     }},
    {"RFC 9700 2.1", "two servers share a redirect URI and one of them does not announce `iss`: its answer may be taken for the other's",
     "register a redirect URI for each server (RFC 8252 8.10), or use servers that send `iss`",
     [](const policy_subject& one, const policy_subject& other) noexcept {
         const auto announces = [](const policy_subject& each) {
             return each.server.authorization_response_iss_parameter_supported == support::yes && !each.server.issuer.empty();
         };
         return one.app.redirect_uri == other.app.redirect_uri && !(announces(one) && announces(other));
     }},
};

}  // namespace detail

inline std::vector<policy_finding> check_policy(const policy_subject& subject) {
    return check_policy(std::span(&subject, 1));
}

inline std::vector<policy_finding> check_policy(std::span<const policy_subject> subjects) {
    std::vector<policy_finding> findings;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        for (const auto& rule : detail::policy_rules) {
            if (rule.fails(subjects[i])) findings.push_back({rule.profile, rule.section, rule.problem, rule.change, i});
        }
        for (std::size_t before = 0; before < i; ++before) {
            for (const auto& rule : detail::policy_pair_rules) {
                if (!rule.fails(subjects[before], subjects[i])) continue;
                findings.push_back({profile::best_practice, rule.section, rule.problem, rule.change, i});
            }
        }
    }
    return findings;
}

}  // namespace oauthpp::inline v0
