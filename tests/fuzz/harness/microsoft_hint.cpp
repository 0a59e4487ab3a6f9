// SPDX-License-Identifier: MIT
//
// Microsoft's numbers, `error_codes` in the first line and the description behind it: a hint stands in the table beside
// a number that really is in the text, and ends with a NUL.
#include "../fuzz.hpp"

namespace fuzzing::microsoft_hint {

int fuzz(bytes input) {
    lines line(input);
    const exact codes(line.next());
    const exact description(line.rest());
    oauthpp::error_view error(oauthpp::errc::server_refused);
    error.error_codes = codes.text();
    error.server_description = description.text();
    const std::string_view hint = oauthpp::provider::microsoft_hint(error);
    require(hint.data() != nullptr && hint.data()[hint.size()] == '\0');
    bool known = hint.empty();
    for (const auto& each : oauthpp::provider::detail::aadsts_hints) {
        const std::string number = std::to_string(each.code);
        const bool in_codes = codes.text().find(number) != std::string_view::npos;
        const bool in_text = description.text().find("AADSTS") != std::string_view::npos &&
                             description.text().find(number) != std::string_view::npos;
        if (codes.text() == "[" + number + "]") require(hint == each.text);
        known = known || (hint == each.text && (in_codes || in_text));
    }
    require(known);
    return 0;
}

const harness here("microsoft_hint", fuzz);

}  // namespace fuzzing::microsoft_hint
