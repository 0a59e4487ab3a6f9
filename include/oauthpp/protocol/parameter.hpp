// SPDX-License-Identifier: MIT
//
// What a request parameter may hold (RFC 6749 appendix A). A line end in a value would become a header of its own in
// somebody's log or proxy; a parameter given twice is read by one server in one way and by the next in another.
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0::detail {

enum class grammar : std::uint8_t {
    printable,   ///< VSCHAR: %x20-7E
    words,       ///< scope-token *( SP scope-token ): no quotes, no backslash, one space between
    text,        ///< UTF-8 without control characters
};

/// The offset of the first byte that the grammar has not, or the size.
constexpr std::size_t first_wrong(std::string_view value, grammar rule) noexcept {
    std::size_t at = 0;
    while (at < value.size()) {
        const auto c = static_cast<unsigned char>(value[at]);
        if (c < 0x20 || c == 0x7F) return at;
        if (rule != grammar::text && c > 0x7E) return at;
        if (rule == grammar::words) {
            if (c == '"' || c == '\\') return at;
            if (c == ' ' && (at == 0 || at + 1 == value.size() || value[at + 1] == ' ')) return at;
        }
        const std::size_t size = utf8_sequence(value, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

constexpr failure check_value(std::string_view name, std::string_view value, grammar rule) noexcept {
    const std::size_t wrong = first_wrong(value, rule);
    return wrong == value.size() ? failure{} : failure{errc::invalid_value, name, wrong};
}

/// The caller's further parameters: well-formed, not twice, and none of those that have a member of their own or that
/// must not be here. `reserved` and `repeatable` are names with spaces between them.
constexpr failure check_extra(const list_view<parameter_view>& extra, std::string_view reserved,
                                 std::string_view repeatable) noexcept {
    for (std::size_t i = 0; i < extra.size(); ++i) {
        const parameter_view one = extra[i];
        if (one.name.empty() || first_wrong(one.name, grammar::printable) != one.name.size()) {
            return {errc::invalid_value, "extra"};
        }
        if (scope_includes(reserved, one.name)) return {errc::forbidden_parameter, one.name};
        if (const failure wrong = check_value(one.name, one.value, grammar::text); wrong.failed()) return wrong;
        for (std::size_t j = 0; j < i; ++j) {
            if (extra[j].name == one.name && !scope_includes(repeatable, one.name)) return {errc::repeated_parameter, one.name};
        }
    }
    return {};
}

}  // namespace oauthpp::inline v0::detail
