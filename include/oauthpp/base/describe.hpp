// SPDX-License-Identifier: MIT
//
// An error as one line for a log or a terminal.
//
//   std::fprintf(stderr, "%s\n", oauthpp::describe(tokens.error()).c_str());
//   // the server refused (HTTP 400): invalid_grant: The code has expired. - sign in again
#pragma once

#include <oauthpp/version.hpp>
#include <oauthpp/base/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// What failed, where, what the other side said of it, and who must act.
///
/// Security: the other side's words may hold terminal escapes or forged log lines, so everything but printable ASCII
/// comes out as `\xHH`, and each text is cut after 500 bytes. Escape it again for HTML.
inline std::string describe(const error_view& what);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline void append_printable(std::string& line, std::string_view text) {
    constexpr std::size_t enough = 500;
    constexpr char hex[] = "0123456789abcdef";
    for (const char c : text.size() > enough ? std::string_view(text.data(), enough) : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte <= 0x7E) {
            line += c;
        } else {
            line += "\\x";
            line += hex[byte >> 4];
            line += hex[byte & 15];
        }
    }
    if (text.size() > enough) line += "...";
}

}  // namespace detail

inline std::string describe(const error_view& what) {
    std::string line(message(what.reason));
    if (!what.field.empty()) {
        line += ": ";
        detail::append_printable(line, what.field);
    }
    if (what.offset != 0) {
        line += ", at byte ";
        line += std::to_string(what.offset);
    }
    if (what.needed != 0) {
        line += ", needs ";
        line += std::to_string(what.needed);
        line += " bytes";
    }
    if (what.http_status != 0) {
        line += " (HTTP ";
        line += std::to_string(what.http_status);
        line += ')';
    }
    if (what.transport_code != 0) {
        line += " (code ";
        line += std::to_string(what.transport_code);
        line += ')';
    }
    for (const std::string_view text : {what.server_error, what.suberror, what.server_description, what.transport_text}) {
        if (text.empty()) continue;
        line += ": ";
        detail::append_printable(line, text);
    }
    if (what.action() != remedy::none) {
        line += " - ";
        line += message(what.action());
    }
    if (!what.retry_after.empty()) {
        line += " (Retry-After: ";
        detail::append_printable(line, what.retry_after);
        line += ')';
    }
    return line;
}

}  // namespace oauthpp::inline v0
