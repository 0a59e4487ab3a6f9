// SPDX-License-Identifier: MIT
//
// Forms and base64 read by a second hand, which shares no code with the library: what the library writes must mean the
// same to anybody.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oauthpp_test {

using form_pairs = std::vector<std::pair<std::string, std::string>>;

inline std::string form_decoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF0123456789abcdef";
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            plain += static_cast<char>((digits.find(text[i + 1]) % 16) * 16 + digits.find(text[i + 2]) % 16);
            i += 2;
        } else {
            plain += text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

inline form_pairs pairs_of(std::string_view form) {
    form_pairs pairs;
    while (!form.empty()) {
        const std::string pair(form.begin(),
                               form.begin() + static_cast<std::ptrdiff_t>(std::min(form.find('&'), form.size())));
        form.remove_prefix(std::min(pair.size() + 1, form.size()));
        const std::size_t equals = pair.find('=');
        pairs.emplace_back(form_decoded(pair.substr(0, equals)),
                           equals == std::string::npos ? std::string() : form_decoded(pair.substr(equals + 1)));
    }
    return pairs;
}

/// Of the query of a URL.
inline form_pairs pairs_of_url(std::string_view url) {
    const std::size_t question = url.find('?');
    return question == std::string_view::npos ? form_pairs() : pairs_of(std::string(url).substr(question + 1));
}

inline std::string base64_decoded(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string plain;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        if (c == '=') break;
        bits = (bits << 6) | static_cast<unsigned>(alphabet.find(c));
        held += 6;
        if (held < 8) continue;
        held -= 8;
        plain += static_cast<char>((bits >> held) & 0xFF);
    }
    return plain;
}

}  // namespace oauthpp_test
