// SPDX-License-Identifier: MIT
// Percent encoding and base64url, there and back.
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>

extern "C" int feature(char* memory, unsigned size) {
    const std::string_view text(memory, size / 64);
    char* const escaped = memory + 1024;
    char* const encoded = memory + 2048;
    oauthpp::buffer_writer escaping({escaped, 1024});
    oauthpp::append_query_escaped(escaping, text);
    oauthpp::buffer_writer encoding({encoded, oauthpp::base64url_size(text.size())});
    oauthpp::append_base64url(encoding, std::as_bytes(std::span(text)));

    const auto unescaped = oauthpp::form_decode(escaping.written_since(0), escaped);
    const auto decoded = oauthpp::base64url_decode(encoding.written_since(0), {encoded, text.size()});
    return unescaped && decoded ? 0 : 1;
}
