// SPDX-License-Identifier: MIT
//
// The document in which an authorization server describes itself (RFC 8414, OpenID Connect Discovery).
//
//   auto server = oauthpp::parse_server_metadata(body, "https://as.example/tenant");
//   store(oauthpp::server_metadata_json(*server));           // later: parse_server_metadata(stored, ...) again
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/protocol/server_metadata.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>
#include <oauthpp/wire/json_writer.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// Where to ask, in this order: OpenID Connect puts its well-known path behind the issuer's, RFC 8414 its own before it,
/// and that of OpenID Connect too (5). The last one is empty for an issuer without a path, where it is the first.
///
/// Errors: those of an endpoint: invalid_url, insecure_url, url_has_fragment; invalid_value for an issuer with a query.
inline result<std::array<std::string, 3>> metadata_urls(std::string_view issuer);

/// Spec: RFC 8414 2, 3.3; OpenID Connect Discovery 3, 4.3.
/// Security: the document must name the very issuer that was asked, or another server's document passes for this one's
///   (RFC 8414 6.2); and every endpoint in it is https. `signed_metadata` is not read. `expected_issuer` empty: not compared, for an alias of which the
///   caller knows by other means that it is this server. `known` is what the caller knows of the server's deviations.
/// Errors: malformed_json and its relatives; missing_member, invalid_member, insecure_url, invalid_url with the member;
///   issuer_mismatch.
inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known = {});

/// The document again, of all that is known of a server but its quirks: for a store of your own.
[[nodiscard]] inline std::string server_metadata_json(const server_metadata_view& server);

/// The same server where it asks for a client certificate: each endpoint that has an alias for that is replaced by it
/// (RFC 8705 5). For clients with `mutual_tls`, and for tokens that are to be bound to a certificate.
///
/// Errors: as above, with the endpoint in `field`.
inline result<server_metadata> with_mtls_endpoints(const server_metadata& server);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The words of an array. What is no string is passed over.
inline std::string joined(const json_value& array, char separator) {
    std::string words;
    json_elements each(array);
    while (each.next()) {
        if (each.value().type != json_type::string) continue;
        if (!words.empty()) words += separator;
        words += json_text(each.value());
    }
    return words;
}

constexpr json_type json_type_of(metadata_kind kind) noexcept {
    const bool is_list = kind == metadata_kind::words || kind == metadata_kind::types;
    return kind == metadata_kind::json ? json_type::object : is_list ? json_type::array : json_type::string;
}

inline bool read_text(const json_value& value, const metadata_text<owned>& row, server_metadata& server, failure& wrong) {
    if (value.type != json_type_of(row.kind)) {
        return value.type == json_type::null || wrong.set(errc::invalid_member, row.name);
    }
    std::string& text = server.*row.member;
    if (value.type == json_type::array) {
        std::string words = joined(value, row.kind == metadata_kind::types ? ',' : ' ');
        if (!words.empty()) text = std::move(words);   // what has no elements is to be left out (RFC 8414 3.2)
        return true;
    }
    text = row.kind == metadata_kind::json ? std::string(value.text) : json_text(value);
    return row.kind != metadata_kind::endpoint || check_endpoint(text, row.name, wrong);
}

inline bool read_metadata(const json_object& object, server_metadata& server, failure& wrong) {
    const json_value& value = object.value();
    for (const auto& row : metadata_texts<owned>) {
        if (object.is(row.name)) return read_text(value, row, server, wrong);
    }
    for (const auto& row : metadata_booleans<owned>) {
        if (!object.is(row.name) || value.type == json_type::null) continue;
        server.*row.member = value.text == "true" ? support::yes : support::no;
        return value.type == json_type::boolean || wrong.set(errc::invalid_member, row.name);
    }
    if (object.is("code_challenge_methods_supported")) {
        server.code_challenge_method_s256_supported = has_word(joined(value, ' '), "S256") ? support::yes : support::no;
    }
    return true;
}

inline server_metadata default_metadata() {
    server_metadata server;
    for (const auto& row : metadata_texts<owned>) server.*row.member = row.otherwise;
    for (const auto& row : metadata_booleans<owned>) server.*row.member = row.otherwise;
    return server;
}

}  // namespace detail

inline result<std::array<std::string, 3>> metadata_urls(std::string_view issuer) {
    detail::failure wrong;
    if (!detail::check_endpoint(issuer, "issuer", wrong)) return wrong;
    url_view url;
    if (!detail::split_url(issuer, url, wrong) || url.has_query) return error_view(errc::invalid_value, "issuer");
    // Both specifications take off a slash at the end (RFC 8414 3.1, OpenID Connect Discovery 4.1)
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    const std::string_view path = url.path.ends_with('/') ? detail::between(url.path, 0, url.path.size() - 1) : url.path;
    const std::string origin(detail::between(issuer, 0, issuer.size() - path.size()));
    const std::string openid = "/.well-known/openid-configuration", oauth = "/.well-known/oauth-authorization-server";
    std::string behind = std::string(issuer) + openid;
    std::string before = origin + oauth + std::string(path);
    std::string openid_before = path.empty() ? std::string() : origin + openid + std::string(path);
    return std::array{std::move(behind), std::move(before), std::move(openid_before)};
}

inline result<server_metadata> parse_server_metadata(std::string_view json, std::string_view expected_issuer,
                                                     const quirks& known) {
    std::array<std::uint16_t, 2048> room{};
    json_object object(json, room);
    server_metadata server = detail::default_metadata();
    server.quirks = known;
    detail::failure wrong;
    while (object.next()) {
        if (!detail::read_metadata(object, server, wrong)) return wrong;
    }
    if (object.failed()) return object.failure();
    if (server.issuer.empty()) return error_view(errc::missing_member, "issuer");
    const bool same = expected_issuer.empty() || server.issuer == expected_issuer ||
                      (known.tenant_in_issuer && !detail::tenant_of(expected_issuer, server.issuer).empty());
    if (!same) return error_view(errc::issuer_mismatch, "issuer");
    return server;
}

namespace detail {

/// One list of the table as a JSON array.
constexpr void append_json_list(buffer_writer& out, std::string_view words, char separator) noexcept {
    for (std::size_t at = 0; at <= words.size();) {
        const std::string_view word = between(from(words, at), 0, index_of(from(words, at), separator));
        out.append(at == 0 ? '[' : ',');
        append_json_string(out, word);
        at += word.size() + 1;
    }
    out.append(']');
}

constexpr void write_metadata(buffer_writer& out, const server_metadata_view& server) noexcept {
    const auto name = [&](std::string_view member) {
        out.append(out.size() == 0 ? '{' : ',');
        append_json_string(out, member);
        out.append(':');
    };
    for (const auto& row : metadata_texts<borrowed>) {
        const std::string_view text = server.*row.member;
        if (text.empty()) continue;
        name(row.name);
        if (row.kind == metadata_kind::json) out.append(text);
        else if (json_type_of(row.kind) == json_type::string) append_json_string(out, text);
        else append_json_list(out, text, row.kind == metadata_kind::types ? ',' : ' ');
    }
    for (const auto& row : metadata_booleans<borrowed>) {
        if (server.*row.member == support::not_said) continue;
        name(row.name);
        out.append(server.*row.member == support::yes ? "true" : "false");
    }
    if (server.code_challenge_method_s256_supported != support::not_said) {
        name("code_challenge_methods_supported");
        out.append(server.code_challenge_method_s256_supported == support::yes ? R"(["S256"])" : "[]");
    }
    out.append(out.size() == 0 ? "{}" : "}");
}

}  // namespace detail

inline std::string server_metadata_json(const server_metadata_view& server) {
    auto json = detail::write_to_string([&](buffer_writer& out) {
        detail::write_metadata(out, server);
        return detail::finish(out, 0);
    });
    return *std::move(json);           // no text is refused, and a string is as large as it has to be
}

inline result<server_metadata> with_mtls_endpoints(const server_metadata& server) {
    server_metadata aliased = server;
    if (server.mtls_endpoint_aliases.empty()) return aliased;
    std::array<std::uint16_t, 128> room{};
    json_object object(server.mtls_endpoint_aliases, room);
    detail::failure wrong;
    while (object.next()) {
        for (const auto& row : detail::metadata_texts<owned>) {
            if (row.kind != detail::metadata_kind::endpoint || !object.is(row.name)) continue;
            if (!detail::read_text(object.value(), row, aliased, wrong)) return wrong;
        }
    }
    if (object.failed()) return object.failure();
    // The browser goes there, not the client (RFC 8705 5)
    aliased.authorization_endpoint = server.authorization_endpoint;
    aliased.end_session_endpoint = server.end_session_endpoint;
    return aliased;
}

}  // namespace oauthpp::inline v0
