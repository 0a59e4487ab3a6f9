// SPDX-License-Identifier: MIT
//
// base64url: one text for each value, in both directions, and never a byte more than was lent.
#include "../fuzz.hpp"

namespace fuzzing::base64url {

std::string encode(std::string_view plain) {
    exact memory(oauthpp::base64url_size(plain.size()));
    oauthpp::buffer_writer out(memory.memory());
    oauthpp::append_base64url(out, std::as_bytes(std::span(plain)));
    require(out.fits() && out.size() == memory.text().size());
    return std::string(memory.text());
}

int fuzz(bytes input) {
    const exact text(text_of(input));
    const std::size_t needed = text.text().size() * 3 / 4;
    exact out(needed);
    const auto size = oauthpp::base64url_decode(text.text(), out.memory());
    if (size) {
        require(*size == needed);
        require(encode(out.text()) == text.text());
        exact in_place(text.text());
        require(oauthpp::base64url_decode(in_place.text(), in_place.memory()) &&
                in_place.text().starts_with(out.text()));
    } else {
        require(size.error().reason == oauthpp::errc::invalid_value && size.error().offset <= text.text().size());
    }
    if (needed != 0) {
        exact small(needed - 1);
        const auto full = oauthpp::base64url_decode(text.text(), small.memory());
        require(!full && full.error().reason == oauthpp::errc::buffer_too_small && full.error().needed == needed);
    }

    const std::string encoded = encode(text.text());
    exact plain(text.text().size());
    const auto back = oauthpp::base64url_decode(encoded, plain.memory());
    require(back && *back == text.text().size() && plain.text() == text.text());
    return 0;
}

const harness here("base64url", fuzz);

}  // namespace fuzzing::base64url
