// SPDX-License-Identifier: MIT
//
// Forms: what both writers write is read back, and the reader splits as a naive one does.
#include "../fuzz.hpp"

#include <utility>
#include <vector>

namespace fuzzing::form {

using pairs = std::vector<std::pair<std::string_view, std::string_view>>;

pairs split(std::string_view form) {
    pairs found;
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(pair.size() == form.size() ? pair.size() : pair.size() + 1);
        const std::size_t equals = pair.find('=');
        if (pair.empty()) continue;
        found.emplace_back(pair.substr(0, equals), equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    }
    return found;
}

void check_decoding(std::string_view encoded) {
    exact out(encoded.size());
    exact in_place(encoded);
    const auto size = oauthpp::form_decode(encoded, out.memory().data());
    const auto again = oauthpp::form_decode(in_place.text(), in_place.memory().data());
    require(bool(size) == bool(again));
    if (!size) {
        require(size.error().reason == oauthpp::errc::malformed_form && size.error().offset <= encoded.size());
        require(size.error().offset == again.error().offset);
        return;
    }
    const std::string_view plain = out.text().substr(0, *size);
    require(plain == in_place.text().substr(0, *again));
    require(oauthpp::utf8_error(plain) == plain.size());
    require(oauthpp::detail::form_decoded_size(encoded) == plain.size());
    require(oauthpp::detail::form_equals(encoded, plain));
}

/// Any text survives an escaping, and comes out in the alphabet that it promises.
void check_escaping(std::string_view text) {
    for (const oauthpp::space how : {oauthpp::space::percent_20, oauthpp::space::plus}) {
        exact memory(text.size() * 3);
        oauthpp::buffer_writer out(memory.memory());
        oauthpp::append_query_escaped(out, text, how);
        require(out.fits());
        const std::string_view escaped = out.written_since(0);
        require(escaped.find_first_of(" &=#?") == std::string_view::npos && oauthpp::detail::is_printable(escaped));
        require(oauthpp::detail::form_equals(escaped, text));
    }
}

void check_pair(std::string_view name, std::string_view value) {
    exact memory(name.size() * 3 + value.size() * 3 + 1);
    oauthpp::buffer_writer out(memory.memory());
    oauthpp::detail::append_form_pair(out, 0, name, value);
    oauthpp::form_reader back(out.written_since(0));
    require(back.next() == !value.empty());
    if (value.empty()) return;
    require(back.is(name) && oauthpp::detail::form_equals(back.value(), value) && !back.next());
}

int fuzz(bytes input) {
    if (input.size() > 256) return -1;      // longer ones bring nothing new, only slowness
    const exact form(text_of(input));
    oauthpp::form_reader reader(form.text());
    const pairs expected = split(form.text());
    for (const auto& [name, value] : expected) {
        require(reader.next() && reader.name() == name && reader.value() == value);
        check_decoding(name);
        check_decoding(value);
        check_pair(name, value);
    }
    require(!reader.next() && !reader.next());
    check_decoding(form.text());
    check_escaping(form.text());
    return 0;
}

const harness here("form", fuzz);

}  // namespace fuzzing::form
