// SPDX-License-Identifier: MIT
//
// Hosts that mean this machine or its own network: an address that somebody else named must not lead there, or they reach
// through the client what they could not reach themselves (RFC 9728 7.7, server-side request forgery).
//
//   if (oauthpp::is_private_address(url->host)) ...
#pragma once

#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/url.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0 {

/// Whether a URL's host is `localhost`, a literal address outside the public internet, or a spelling of an IPv4 address
/// other than four decimal numbers, which stacks read in different ways.
///
/// Spec: RFC 6890, RFC 4291.
/// Security: a name is judged by itself. What it resolves to is the transport's to check.
[[nodiscard]] constexpr bool is_private_address(std::string_view host) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr struct {
    std::uint32_t network;
    int bits;
} private_ipv4_networks[] = {
    {0x00000000, 8},    // 0.0.0.0, this host
    {0x0A000000, 8},    // 10.0.0.0
    {0x64400000, 10},   // 100.64.0.0, shared by a provider's customers
    {0x7F000000, 8},    // 127.0.0.0
    {0xA9FE0000, 16},   // 169.254.0.0, where clouds keep their credentials
    {0xAC100000, 12},   // 172.16.0.0
    {0xC0000000, 24},   // 192.0.0.0
    {0xC0A80000, 16},   // 192.168.0.0
    {0xC6120000, 15},   // 198.18.0.0
    {0xE0000000, 3},    // 224.0.0.0 and above: multicast, reserved
};

/// The first 16 bits of `[...]`; 0 where it begins with `::`.
constexpr std::uint32_t first_group(std::string_view literal) noexcept {
    std::uint32_t value = 0;
    for (const char c : from(literal, 1)) {
        if (hex_value(c) > 15) break;
        value = (value << 4 | hex_value(c)) & 0xFFFFF;
    }
    return value;
}

}  // namespace detail

constexpr bool is_private_address(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty()) return true;
    if (host.starts_with('[')) {
        const std::uint32_t group = detail::first_group(host);
        return group < 0x2000 || group > 0x3FFF || group == 0x2002;    // 2000::/3 is public; 2002::/16 wraps IPv4
    }
    const std::string_view last = detail::from(host, host.rfind('.') + 1);      // where there is none: all of it
    if (detail::equal_ignoring_case(last, "localhost")) return true;
    if (last.empty() || !detail::is_digit(last.front())) return false;
    const auto address = detail::ipv4_address(host);
    if (!address) return true;
    for (const auto& [network, bits] : detail::private_ipv4_networks) {
        if ((*address ^ network) >> (32 - bits) == 0) return true;
    }
    return false;
}

}  // namespace oauthpp::inline v0
