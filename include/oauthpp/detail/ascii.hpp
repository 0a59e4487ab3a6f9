// SPDX-License-Identifier: MIT
//
// Text in ASCII, without locale and without `substr`, whose range check pulls in abort and malloc on a microcontroller.
#pragma once

#include <oauthpp/detail/plain_run.hpp>

#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0::detail {

/// The part of `text` from `first` up to, not including, `last`. Both must lie inside.
constexpr std::string_view between(std::string_view text, std::size_t first, std::size_t last) noexcept {
    return {text.data() + first, last - first};
}

constexpr std::string_view from(std::string_view text, std::size_t first) noexcept {
    return between(text, first, text.size());
}

/// The index of the first `c`, or the size.
constexpr std::size_t index_of(std::string_view text, char c) noexcept {
    const std::size_t found = text.find(c);
    return found == std::string_view::npos ? text.size() : found;
}

// The overloads for literals: where there are many, a view made at each call takes more flash than all the rest of it.

constexpr bool equal(std::string_view text, const char* literal) noexcept { return text == literal; }

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool is_alpha(char c) noexcept { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

constexpr bool equal_ignoring_case(std::string_view text, const char* literal) noexcept {
    return equal_ignoring_case(text, std::string_view(literal));
}

/// A person's paste or a header value, without the white space around it.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Walks over words with spaces between them. Several spaces count as one.
class word_reader {
 public:
    constexpr explicit word_reader(std::string_view words) noexcept : words_(words) {}

    constexpr bool next() noexcept {
        while (at_ < words_.size() && words_[at_] == ' ') ++at_;
        const std::string_view rest = from(words_, at_);
        token_ = between(rest, 0, index_of(rest, ' '));
        at_ += token_.size();
        return !token_.empty();
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return token_; }

 private:
    std::string_view words_;
    std::string_view token_{};
    std::size_t at_ = 0;
};

constexpr bool has_word(std::string_view words, std::string_view word) noexcept {
    word_reader each(words);
    while (each.next()) {
        if (each.token() == word) return true;
    }
    return false;
}

constexpr bool has_word(std::string_view words, const char* literal) noexcept {
    return has_word(words, std::string_view(literal));
}

/// VSCHAR, RFC 6749 appendix A: %x20-7E.
constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : from(text, plain_run(text))) {
        if (c < 0x20 || c > 0x7E) return false;
    }
    return true;
}

/// NQCHAR and NQSCHAR, RFC 6749 appendix A: printable but for `"` and `\`; the space only where it is allowed.
constexpr bool is_unquoted(std::string_view text, bool space_allowed) noexcept {
    for (const char c : text) {
        if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || (c == ' ' && !space_allowed)) return false;
    }
    return true;
}

/// name-char, RFC 6749 appendix A: letters, digits, `-`, `.`, `_`.
constexpr bool is_name(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') return false;
    }
    return !text.empty();
}

}  // namespace oauthpp::inline v0::detail
