// SPDX-License-Identifier: MIT
//
// HTTP as far as browsers speak it to a loopback listener (RFC 9112), and the pages that they are shown.
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oauthpp::inline v0::detail {

enum class loopback_progress : std::uint8_t { more_to_come, whole, refused };

struct loopback_request {
    loopback_progress progress{};
    std::string_view method{};
    std::string_view target{};
    std::string_view body{};
};

/// Nothing where it is not plain: two lengths, or chunks.
constexpr std::optional<std::size_t> loopback_body_size(std::string_view head) noexcept {
    std::optional<std::size_t> size;
    for (std::size_t at = 0; at < head.size();) {
        const std::string_view rest = from(head, at);
        const std::string_view line = between(rest, 0, index_of(rest, '\n'));
        at += line.size() + 1;
        const std::size_t colon = index_of(line, ':');
        const std::string_view name = between(line, 0, colon);
        if (equal_ignoring_case(name, "Transfer-Encoding")) return std::nullopt;
        if (!equal_ignoring_case(name, "Content-Length")) continue;
        const std::string_view digits = colon == line.size() ? line : trimmed(from(line, colon + 1));
        if (size || digits.empty() || digits.size() > 9) return std::nullopt;
        size = 0;
        for (const char c : digits) {
            if (!is_digit(c)) return std::nullopt;
            size = *size * 10 + static_cast<std::size_t>(c - '0');
        }
    }
    return size ? size : 0;
}

constexpr loopback_request read_loopback_request(std::string_view received, std::size_t max_size) noexcept {
    constexpr loopback_request refused{loopback_progress::refused};
    constexpr std::string_view end_of_head = "\r\n\r\n";
    const std::size_t head_size = received.find(end_of_head);
    if (head_size == std::string_view::npos) return received.size() < max_size ? loopback_request{} : refused;

    const std::string_view head = between(received, 0, head_size);
    const std::string_view line = between(head, 0, index_of(head, '\r'));
    const std::size_t first = index_of(line, ' ');
    const std::size_t last = line.rfind(' ');
    if (first == line.size() || first == last || !from(line, last + 1).starts_with("HTTP/1.")) return refused;
    loopback_request request{loopback_progress::whole, between(line, 0, first), between(line, first + 1, last)};
    if (!request.target.starts_with('/') || !is_printable(request.target)) return refused;

    const std::optional<std::size_t> body_size = loopback_body_size(from(head, line.size()));
    const std::size_t body_at = head_size + end_of_head.size();
    if (!body_size || body_at > max_size || *body_size > max_size - body_at) return refused;
    if (received.size() - body_at < *body_size) return {};
    request.body = between(received, body_at, body_at + *body_size);
    return request;
}

/// A fragment stays in the browser, so this sends it here, with its `#`: the library then knows in which mode it came.
/// And it takes the code out of the address bar.
inline constexpr std::string_view loopback_script =
    "const line = document.querySelector('p');"
    "const show = page => new DOMParser().parseFromString(page, 'text/html').querySelector('p').textContent;"
    "fetch('', {method: 'POST', body: location.hash}).then(answer => answer.text())"
    ".then(page => { line.textContent = show(page); }, () => { line.textContent = 'The program is gone.'; });"
    "history.replaceState(null, '', location.pathname + location.search);";

/// In base64, for the Content-Security-Policy.
inline constexpr std::string_view loopback_script_sha256 = "+kdsqJc+WhzMUrYAMNrv1BjwovA+Q3nMzAeBFW/nHo4=";

inline std::string loopback_page(std::string_view status, std::string_view text, std::string_view script = {}) {
    std::string page = "<!doctype html><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">"
                       "<title>Sign-in</title><p>";
    for (const char c : text) {
        if (c == '<') page += "&lt;";
        else if (c == '&') page += "&amp;";
        else page += c;
    }
    page += "</p>";
    if (!script.empty()) page.append("<script>").append(script).append("</script>");

    std::string response("HTTP/1.1 ");
    response.append(status)
        .append("\r\nContent-Security-Policy: default-src 'none'; connect-src 'self'; script-src 'sha256-")
        .append(loopback_script_sha256)
        .append("'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff"
                "\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ")
        .append(std::to_string(page.size())).append("\r\n\r\n").append(page);
    return response;
}

}  // namespace oauthpp::inline v0::detail
