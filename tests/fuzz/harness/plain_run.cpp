// SPDX-License-Identifier: MIT
//
// Many bytes at once: whatever the processor's path passes over, a loop over single bytes passes over as well.
#include "../fuzz.hpp"

#include <oauthpp/detail/plain_run.hpp>

namespace fuzzing::plain_run {

int fuzz(bytes input) {
    lines line(input);
    const std::string_view marks = line.next();
    const char a = marks.empty() ? '"' : marks.front(), b = marks.empty() ? '\\' : marks.back();
    const exact rest(line.rest());
    const std::string_view text = rest.text();
    const auto is_plain = [&](char c) { return c >= ' ' && c <= '~' && c != a && c != b; };
    const std::size_t run = oauthpp::detail::plain_run(text, a, b);
    require(run <= text.size());
    for (std::size_t i = 0; i < run; ++i) require(is_plain(text[i]));
    if (oauthpp::detail::has_wide_words && text.size() - run >= 16) require(!is_plain(text[run]));
    const std::size_t names = oauthpp::detail::name_run(text);
    require(names <= text.size());
    for (std::size_t i = 0; i < names; ++i) require(oauthpp::detail::query_unescaped.has(text[i]) && text[i] != '~');
    return 0;
}

const harness here("plain_run", fuzz);

}  // namespace fuzzing::plain_run
