// SPDX-License-Identifier: MIT
//
// Which server signs in the person with this e-mail address, or at this place (OpenID Connect Discovery 2, by WebFinger)?
//
//   auto url = oauthpp::webfinger_url("joe@example.com");
//   auto issuer = oauthpp::parse_webfinger(body);              // "https://server.example.com"
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/discovery.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>
#include <oauthpp/wire/private_address.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// What a person typed, as a question to the host in it: `joe@example.com` is an account there, everything else a place.
///
/// Spec: OpenID Connect Discovery 2.1.2, 2.2.
/// Security: people type this: neither it nor the answer leads to this machine or its network.
/// Errors: missing_value, invalid_value for an XRI, which nobody resolves any more; invalid_url, insecure_url,
///   private_address.
inline result<std::string> webfinger_url(std::string_view identifier);

/// The issuer in the answer, for `discover`.
///
/// Security: whoever answers for the host of the identifier chooses the server; what that server then says of the person
///   is believed only by its own name, `iss` and `sub` (OpenID Connect Discovery 7.2).
/// Errors: malformed_json and its relatives; invalid_member; missing_member without a link to an issuer; those of
///   `metadata_urls` for one that cannot be, private_address.
inline result<std::string> parse_webfinger(std::string_view json);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr std::string_view issuer_rel = "http://openid.net/specs/connect/1.0/issuer";

/// The href of a link to an issuer, or nothing.
inline bool read_link(const json_value& link, std::string& href, failure& wrong) {
    if (link.type != json_type::object) return wrong.set(errc::invalid_member, "links");
    std::array<std::uint16_t, 256> room{};
    json_object object(link.text, room);
    std::string rel, to;
    while (object.next()) {
        if (object.value().type != json_type::string) continue;
        if (object.is("rel")) rel = json_text(object.value());
        if (object.is("href")) to = json_text(object.value());
    }
    if (object.failed()) return wrong.set(object.failure().reason, "links");
    if (rel == issuer_rel && href.empty()) href = to;
    return true;
}

}  // namespace detail

inline result<std::string> webfinger_url(std::string_view identifier) {
    constexpr const char* name = "identifier";
    const std::string_view typed = detail::between(identifier, 0, detail::index_of(identifier, '#'));
    if (typed.empty()) return error_view(errc::missing_value, name);
    if (std::string_view("=@!").find(typed.front()) != std::string_view::npos) return error_view(errc::invalid_value, name);

    const bool has_scheme = typed.find("://") != std::string_view::npos;
    const bool says_account = typed.starts_with("acct:");
    const std::size_t at = typed.rfind('@');
    const bool is_account = says_account || (!has_scheme && at != std::string_view::npos &&
                                             detail::from(typed, at).find_first_of(":/?") == std::string_view::npos);
    std::string resource(typed);
    std::string place;                       // an https URL at the host that is to be asked
    if (is_account) {
        if (at == std::string_view::npos || at <= (says_account ? 5 : 0)) return error_view(errc::invalid_value, name);
        if (!says_account) resource = "acct:" + resource;
        place = "https://" + std::string(detail::from(typed, at + 1));
    } else {
        if (!has_scheme) resource = "https://" + resource;
        place = resource;
    }
    detail::failure wrong;
    url_view url;
    if (!detail::check_endpoint(place, name, wrong) || !detail::split_url(place, url, wrong)) return wrong;
    if (is_private_address(url.host)) return error_view(errc::private_address, name);
    if (is_account && (!url.path.empty() || url.has_query)) return error_view(errc::invalid_value, name);
    if (!is_account && url.path.empty() && !url.has_query) resource += '/';                 // as in the example of 2.2.3

    return detail::write_to_string([&](buffer_writer& out) {
        out.append(detail::between(place, 0, url.before_query.size() - url.path.size()));
        out.append("/.well-known/webfinger?");
        const std::size_t query = out.size();
        detail::append_form_pair(out, query, "resource", resource);
        detail::append_form_pair(out, query, "rel", detail::issuer_rel);
        return detail::finish(out, 0);
    });
}

inline result<std::string> parse_webfinger(std::string_view json) {
    std::array<std::uint16_t, 1024> room{};
    json_object object(json, room);
    std::string issuer;
    detail::failure wrong;
    while (object.next()) {
        if (!object.is("links")) continue;
        if (object.value().type != json_type::array) return error_view(errc::invalid_member, "links");
        json_elements each(object.value());
        while (each.next()) {
            if (!detail::read_link(each.value(), issuer, wrong)) return wrong;
        }
    }
    if (object.failed()) return object.failure();
    if (issuer.empty()) return error_view(errc::missing_member, "href");
    if (const auto urls = metadata_urls(issuer); !urls) return urls.error();
    if (const auto url = parse_url(issuer); !url || is_private_address(url->host)) return error_view(errc::private_address, "href");
    return issuer;
}

}  // namespace oauthpp::inline v0
