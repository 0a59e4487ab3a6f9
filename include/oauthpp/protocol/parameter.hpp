// SPDX-License-Identifier: MIT
//
// What a request parameter may hold (RFC 6749 appendix A). A line end in a value would become a header of its own in
// somebody's log or proxy; a parameter given twice is read by one server in one way and by the next in another.
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/plain_run.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace oauthpp::inline v0::detail {

enum class grammar : std::uint8_t {
    printable,   ///< VSCHAR: %x20-7E
    words,       ///< scope-token *( SP scope-token ): no quotes, no backslash, one space between
    names,       ///< response-name *( SP response-name ): letters, digits, `_`, one space between
    pkce,        ///< 43*128unreserved (RFC 7636 4.1, 4.2)
    text,        ///< UTF-8 without control characters
};

inline constexpr character_set word_characters{" !#$%&'()*+,-./:;<=>?@[]^_`{|}~"};
inline constexpr character_set name_characters{"_ "};

/// Where the run of characters ends that are printable: of ASCII, or of UTF-8.
constexpr std::size_t printable_size(std::string_view value, bool utf8) noexcept {
    const std::size_t size = utf8 ? utf8_error(value) : value.size();
    const unsigned last = utf8 ? 0xFF : 0x7E;
    std::size_t at = plain_run(between(value, 0, size));
    for (; at < size; ++at) {
        const auto u = static_cast<unsigned char>(value[at]);
        if (u < 0x20 || u > last || u == 0x7F) break;
    }
    return at;
}

/// The offset of the first byte that the grammar has not, or the size.
constexpr std::size_t first_wrong(std::string_view value, grammar rule) noexcept {
    if (rule == grammar::printable || rule == grammar::text) return printable_size(value, rule == grammar::text);
    const character_set& allowed =
        rule == grammar::words ? word_characters : rule == grammar::names ? name_characters : query_unescaped;
    const bool takes_names = rule != grammar::names;
    std::size_t at = 0;
    for (;; ++at) {
        if (takes_names) at += name_run(from(value, at));
        if (at == value.size() || !allowed.has(value[at])) break;
        if (value[at] == ' ' && (at == 0 || at + 1 == value.size() || value[at + 1] == ' ')) break;   // one between words
    }
    return at;
}

constexpr bool check_value(const char* name, std::string_view value, grammar rule, failure& wrong) noexcept {
    const std::size_t end = first_wrong(value, rule);
    const bool fits = rule != grammar::pkce || value.empty() || (value.size() >= 43 && value.size() <= 128);
    return (fits && end == value.size()) || wrong.set(errc::invalid_value, name, end);
}

/// RFC 8707 2: absolute URIs without a fragment.
constexpr bool check_resources(const list_view<std::string_view>& resource, failure& wrong) noexcept {
    for (std::size_t i = 0; i < resource.size(); ++i) {
        url_view url;
        if (!split_url(resource[i], url, wrong) || url.has_fragment) return wrong.set(errc::invalid_value, "resource", wrong.offset);
    }
    return true;
}

/// The caller's further parameters: well-formed, not twice, and none of those that have a member of their own or that
/// must not be here. `repeatable` are names with spaces between them.
///
/// An error outlives the caller's names, so it speaks of "extra" where it cannot quote a name from `reserved`.
constexpr bool check_extra(const list_view<parameter_view>& extra, std::span<const char* const> reserved,
                           std::string_view repeatable, failure& wrong) noexcept {
    constexpr const char* field = "extra";
    for (std::size_t i = 0; i < extra.size(); ++i) {
        const parameter_view one = extra[i];
        if (!is_name(one.name)) return wrong.set(errc::invalid_value, field);                     // RFC 6749 appendix A.18
        for (const char* name : reserved) {
            if (equal(one.name, name)) return wrong.set(errc::forbidden_parameter, name);
        }
        if (!check_value(field, one.value, grammar::text, wrong)) return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (extra[j].name == one.name && !has_word(repeatable, one.name)) return wrong.set(errc::repeated_parameter, field);
        }
    }
    return true;
}

}  // namespace oauthpp::inline v0::detail
