// SPDX-License-Identifier: MIT
//
// Absolute URLs by the grammar of RFC 3986, taken apart and never changed: redirect URIs and issuers are compared byte
// by byte, so nothing here normalises.
//
//   auto url = oauthpp::parse_url("https://as.example/authorize?tenant=42");      // url->host == "as.example"
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/form.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace oauthpp::inline v0 {

/// The parts, without their separators.
///
/// Lifetime: views into the text that was parsed.
struct url_view {
    std::string_view scheme{};
    std::string_view host{};             ///< an IPv6 address with its brackets
    std::string_view port{};             ///< digits, or nothing
    std::string_view path{};             ///< empty or with its leading `/`, unless the scheme has paths of another form
    std::string_view query{};
    std::string_view fragment{};
    std::string_view before_query{};     ///< everything up to, not including, `?` or `#`
    bool has_authority{};
    bool has_query{};
    bool has_fragment{};
};

/// Spec: RFC 3986 3, `URI` (with a scheme).
/// Security: a user name in the URL is refused; it serves to disguise the host (RFC 3986 7.6). An IPv6 address is
///   checked by its characters, not its value.
/// Errors: invalid_url with the offset.
constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept;

/// Whether this is the machine itself: 127.0.0.0/8, [::1] or the name localhost (RFC 8252 7.3, 8.3).
[[nodiscard]] constexpr bool is_loopback(const url_view& url) noexcept;

namespace detail {

/// An endpoint takes https, and http only on loopback; no fragment (RFC 6749 3.1, 3.2). `field` names it in the error.
constexpr bool check_endpoint(std::string_view endpoint, const char* field, failure& wrong) noexcept;

/// A redirect URI is absolute, without fragment: https, http on loopback, or a scheme of the application's own, which
/// is a reversed domain name and so has a period (RFC 6749 3.1.2, RFC 8252 7.1).
constexpr bool check_redirect_uri(std::string_view redirect_uri, failure& wrong) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

inline constexpr character_set scheme_characters{"+-."};
inline constexpr character_set host_characters{"-._~!$&'()*+,;=%"};
inline constexpr character_set url_characters{"-._~!$&'()*+,;=:@/?%"};   // of path, query and fragment

/// The offset of the first character that does not belong in this part of a URL, or of a broken escape; else the size.
constexpr std::size_t url_error(std::string_view part, const character_set& allowed) noexcept {
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (!allowed.has(part[i])) return i;
        if (part[i] != '%') continue;
        if (part.size() - i < 3 || hex_value(part[i + 1]) > 15 || hex_value(part[i + 2]) > 15) return i;
    }
    return part.size();
}

constexpr bool is_scheme(std::string_view scheme) noexcept {
    return !scheme.empty() && is_alpha(scheme.front()) && url_error(scheme, scheme_characters) == scheme.size();
}

/// Of what begins with a bracket.
constexpr bool is_ipv6_literal(std::string_view host) noexcept {
    if (host.size() < 4 || host.back() != ']') return false;
    for (const char c : between(host, 1, host.size() - 1)) {
        if (hex_value(c) > 15 && c != ':' && c != '.') return false;
    }
    return true;
}

constexpr std::size_t host_error(std::string_view host) noexcept {
    if (host.starts_with('[')) return is_ipv6_literal(host) ? host.size() : 0;
    return url_error(host, host_characters);
}

constexpr bool is_port(std::string_view port) noexcept {
    unsigned long value = 0;
    for (const char c : port) {
        if (!is_digit(c)) return false;
        value = value * 10 + static_cast<unsigned long>(c - '0');
        if (value > 65535) return false;
    }
    return true;
}

/// Four decimal numbers without leading zeros, the only spelling that means the same everywhere; as one number.
constexpr std::optional<std::uint32_t> ipv4_address(std::string_view host) noexcept {
    std::uint32_t address = 0;
    for (int parts = 1;; ++parts) {
        const std::string_view part = between(host, 0, index_of(host, '.'));
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return std::nullopt;
        std::uint32_t value = 0;
        for (const char c : part) {
            if (!is_digit(c)) return std::nullopt;
            value = value * 10 + static_cast<std::uint32_t>(c - '0');
        }
        if (value > 255) return std::nullopt;
        address = address << 8 | value;
        host.remove_prefix(part.size());
        if (parts == 4) return host.empty() ? std::optional(address) : std::nullopt;
        if (host.empty()) return std::nullopt;
        host.remove_prefix(1);
    }
}

constexpr bool split_url(std::string_view text, url_view& url, failure& wrong) noexcept {
    const std::size_t colon = index_of(text, ':');
    url.scheme = between(text, 0, colon);
    if (colon == text.size() || !is_scheme(url.scheme)) return wrong.set(errc::invalid_url, {}, 0);

    const std::size_t hash = index_of(text, '#');
    url.has_fragment = hash != text.size();
    if (url.has_fragment) url.fragment = from(text, hash + 1);
    const std::string_view without_fragment = between(text, 0, hash);
    const std::size_t question = index_of(without_fragment, '?');
    url.has_query = question != hash;
    if (url.has_query) url.query = from(without_fragment, question + 1);
    url.before_query = between(text, 0, question);

    url.path = from(url.before_query, colon + 1);
    url.has_authority = url.path.starts_with("//");
    if (url.has_authority) {
        url.path.remove_prefix(2);
        const std::string_view authority = between(url.path, 0, index_of(url.path, '/'));
        url.path.remove_prefix(authority.size());
        const std::size_t bracket = index_of(authority, ']');
        const std::size_t host_end = bracket != authority.size() ? bracket + 1 : index_of(authority, ':');
        url.host = between(authority, 0, host_end);
        const std::size_t bad = host_error(url.host);
        if (bad != url.host.size()) return wrong.set(errc::invalid_url, {}, colon + 3 + bad);
        if (host_end != authority.size()) {
            url.port = from(authority, host_end + 1);
            if (authority[host_end] != ':' || !is_port(url.port)) return wrong.set(errc::invalid_url, {}, colon + 3 + host_end);
        }
    }
    for (const std::string_view part : {url.path, url.query, url.fragment}) {
        const std::size_t bad = url_error(part, url_characters);
        if (bad != part.size()) return wrong.set(errc::invalid_url, {}, static_cast<std::size_t>(part.data() - text.data()) + bad);
    }
    return true;
}

}  // namespace detail

constexpr result<url_view, error_view> parse_url(std::string_view text) noexcept {
    url_view url;
    detail::failure wrong;
    if (!detail::split_url(text, url, wrong)) return wrong;
    return url;
}

constexpr bool is_loopback(const url_view& url) noexcept {
    return detail::equal(url.host, "[::1]") || detail::equal_ignoring_case(url.host, "localhost") ||
           detail::ipv4_address(url.host).value_or(0) >> 24 == 127;
}

namespace detail {

constexpr bool is_secure(const url_view& url) noexcept {
    return equal_ignoring_case(url.scheme, "https") || (equal_ignoring_case(url.scheme, "http") && is_loopback(url));
}

constexpr bool check_endpoint(std::string_view endpoint, const char* field, failure& wrong) noexcept {
    url_view url;
    if (endpoint.empty()) return wrong.set(errc::missing_value, field);
    if (!split_url(endpoint, url, wrong)) return wrong.set(errc::invalid_url, field, wrong.offset);
    if (!is_secure(url)) return wrong.set(errc::insecure_url, field);                 // RFC 6749 3.1.2.1, RFC 9700 2.6
    if (url.host.empty()) return wrong.set(errc::invalid_url, field);
    return !url.has_fragment || wrong.set(errc::url_has_fragment, field);             // RFC 6749 3.1, 3.2
}

constexpr bool check_redirect_uri(std::string_view redirect_uri, failure& wrong) noexcept {
    constexpr const char* field = "redirect_uri";
    url_view url;
    if (!split_url(redirect_uri, url, wrong)) return wrong.set(errc::invalid_url, field, wrong.offset);
    if (url.has_fragment) return wrong.set(errc::url_has_fragment, field);            // RFC 6749 3.1.2
    const bool web = equal_ignoring_case(url.scheme, "https") || equal_ignoring_case(url.scheme, "http");
    if (!web) return url.scheme.find('.') != std::string_view::npos || wrong.set(errc::invalid_value, field);   // RFC 8252 7.1
    if (!is_secure(url)) return wrong.set(errc::insecure_url, field);                 // OAuth 2.1 1.5
    return !url.host.empty() || wrong.set(errc::invalid_url, field);
}

}  // namespace detail
}  // namespace oauthpp::inline v0
