// SPDX-License-Identifier: MIT
//
// For the stacks that carry bytes only: a request as HTTP/1.0 text, and what a response says. In version 1.0 a response
// comes without chunks, and the connection ends behind it.
#pragma once

#include "ask.hpp"

#include <algorithm>
#include <string_view>
#include <strings.h>

namespace example {

inline oauthpp::secret request_text(const oauthpp::http_request_view& request, const oauthpp::url_view& url) {
    const std::string_view body = request.body.reveal();
    const std::string_view target = request.url.substr(url.before_query.size() - url.path.size());
    std::string text;
    text.append(request.method).append(" ").append(target.starts_with('/') ? "" : "/").append(target);
    text.append(" HTTP/1.0\r\nHost: ").append(url.host).append(url.port.empty() ? "" : ":").append(url.port);
    text.append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
    for (const auto& [name, value] : request.headers()) {
        if (!value.empty()) text.append(name).append(": ").append(value).append("\r\n");
    }
    text.append("\r\n").append(body);
    return oauthpp::secret(std::move(text));
}

/// Everything that came until the connection ended. `cut`: not by the server's own word, as TLS has one.
inline oauthpp::result<oauthpp::http_response> parse_response(std::string_view all, bool cut = false) {
    const auto trim = [](std::string_view text) {
        const auto first = text.find_first_not_of(" \t\r");
        return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
    };
    const auto lost = [](std::string_view text) {
        return failure(oauthpp::errc::connection_lost, oauthpp::resend::unsafe, 0, text);
    };
    const std::size_t end = all.find("\r\n\r\n");
    if (!all.starts_with("HTTP/1.")) return lost("not an HTTP response");
    if (end == all.npos) return lost("the connection ended within the headers");
    oauthpp::http_response response{.status = std::atoi(std::string(all.substr(0, end), 8, 4).c_str())};
    const std::string_view body = all.substr(end + 4);
    std::string length;
    for (std::string_view rest = all.substr(0, end); !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t colon = std::min(line.find(':'), line.size());
        const auto is = [&](std::string_view name) {
            return colon == name.size() && strncasecmp(line.data(), name.data(), colon) == 0;
        };
        const auto value = [&] { return std::string(trim(line.substr(std::min(colon + 1, line.size())))); };
        if (is("Content-Type")) response.content_type = value();
        if (is("Retry-After")) response.retry_after = value();
        if (is("Content-Length")) length = value();
        if (is("Transfer-Encoding")) return lost("a response in chunks, which HTTP/1.0 does not have");
    }
    if (length.empty() ? cut : length != std::to_string(body.size())) return lost("the connection ended within the body");
    response.body = std::string(body);
    return response;
}

}  // namespace example
