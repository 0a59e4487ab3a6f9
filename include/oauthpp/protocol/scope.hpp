// SPDX-License-Identifier: MIT
//
// Scopes (RFC 6749 3.3): words with one space between them, in any order, compared byte by byte.
//
//   auto scope = oauthpp::make_scope({"openid", "offline_access"});            // "openid offline_access"
//   oauthpp::scope_without(requested, granted)                                 // what was not granted
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/ascii.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Walks over the words of a scope. Several spaces count as one.
using scope_reader = detail::word_reader;

[[nodiscard]] constexpr bool scope_includes(std::string_view scope, std::string_view token) noexcept {
    return detail::has_word(scope, token);
}

/// Whether every word of `part` is in `whole`.
[[nodiscard]] constexpr bool scope_covers(std::string_view whole, std::string_view part) noexcept {
    scope_reader words(part);
    while (words.next()) {
        if (!scope_includes(whole, words.token())) return false;
    }
    return true;
}

/// The words of `scope` that `other` has not, in their order.
[[nodiscard]] inline std::string scope_without(std::string_view scope, std::string_view other) {
    std::string rest;
    scope_reader words(scope);
    while (words.next()) {
        if (scope_includes(other, words.token())) continue;
        if (!rest.empty()) rest += ' ';
        rest += words.token();
    }
    return rest;
}

namespace detail {

/// Whether a response type brings tokens through the browser (OAuth 2.0 Multiple Response Types 3).
constexpr bool has_tokens(std::string_view response_type) noexcept {
    return has_word(response_type, "token") || has_word(response_type, "id_token");
}

/// The order of a response type's words means nothing (RFC 6749 3.1.1).
constexpr bool is_same_response_type(std::string_view one, std::string_view other) noexcept {
    return scope_covers(one, other) && scope_covers(other, one);
}

}  // namespace detail

/// A list as one text.
///
/// Spec: RFC 6749 3.3, `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
/// Errors: invalid_value for a word that is empty or has other characters; a space would make it two.
inline result<std::string> make_scope(const list_view<std::string_view>& tokens) {
    std::string scope;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].empty() || !detail::is_unquoted(tokens[i], false)) return error_view(errc::invalid_value, "scope");
        if (i != 0) scope += ' ';
        scope += tokens[i];
    }
    return scope;
}
inline result<std::string> make_scope(std::initializer_list<std::string_view> tokens) {
    return make_scope(list_view<std::string_view>(std::span(tokens.begin(), tokens.size())));
}

}  // namespace oauthpp::inline v0
