// SPDX-License-Identifier: MIT
//
// Strings for JSON (RFC 8259 7).
//
//   oauthpp::append_json_string(out, client_id);          // "..." with its quotes
#pragma once

#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/writer.hpp>

#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0 {

namespace detail {

/// `Sink` is a buffer_writer, or what encodes on the way into one.
template <class Sink>
constexpr void append_json_string(Sink& out, std::string_view text) noexcept {
    out.append('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out.append('\\');
        if (byte >= 0x20) {
            out.append(c);
            continue;
        }
        const char escape[] = {'\\', 'u', '0', '0', hex_digits[byte >> 4], hex_digits[byte & 15]};
        out.append(std::string_view(escape, sizeof escape));
    }
    out.append('"');
}

}  // namespace detail

/// UTF-8 passes as it is; quotation marks, backslashes and control characters are escaped.
constexpr void append_json_string(buffer_writer& out, std::string_view text) noexcept {
    detail::append_json_string(out, text);
}

}  // namespace oauthpp::inline v0
