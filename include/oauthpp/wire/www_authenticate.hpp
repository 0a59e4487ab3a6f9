// SPDX-License-Identifier: MIT
//
// WWW-Authenticate (RFC 9110 11.6.1): what a server wants before it gives what was asked for. One field may hold several
// challenges, and several fields count as one with commas between them.
//
//   oauthpp::challenge_reader challenges(header);
//   while (challenges.next())
//       if (challenges.is("Bearer")) while (challenges.next_parameter()) if (challenges.parameter_is("realm")) ...
//   if (challenges.failed()) return challenges.failure();
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/form.hpp>

#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0 {

/// Walks over the challenges of a field's value, and over the parameters of each, without memory of its own.
///
/// Spec: RFC 9110 11.6.1, 11.3, 11.2, 5.6: `challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]`, where commas
///   stand between challenges and between parameters alike, and empty elements count for nothing.
/// Security: refused are a name given twice in one challenge (11.2), more than 64 parameters in one, and more than 16 KiB.
///   What came before a failure is worth nothing.
class challenge_reader {
 public:
    static constexpr std::size_t max_size = 16 * 1024;
    static constexpr unsigned max_parameters = 64;

    constexpr explicit challenge_reader(std::string_view field) noexcept : text_(field) {
        if (field.size() > max_size) fail(errc::input_too_long, max_size);
    }

    /// To the next challenge, past what is left of this one; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    [[nodiscard]] constexpr bool is(std::string_view scheme) const noexcept {
        return detail::equal_ignoring_case(scheme_, scheme);
    }
    [[nodiscard]] constexpr std::string_view scheme() const noexcept { return scheme_; }
    [[nodiscard]] constexpr std::string_view token68() const noexcept { return token68_; }

    /// To the next parameter of this challenge; false after the last one, and where the text is wrong.
    constexpr bool next_parameter() noexcept;
    [[nodiscard]] constexpr bool parameter_is(std::string_view name) const noexcept {
        return detail::equal_ignoring_case(name_, name);
    }
    [[nodiscard]] constexpr std::string_view parameter_name() const noexcept { return name_; }
    /// Without its quotes, and with the backslashes inside: `unquote` takes them out.
    [[nodiscard]] constexpr std::string_view parameter_value() const noexcept { return value_; }

    [[nodiscard]] constexpr bool failed() const noexcept { return failure_.failed(); }
    [[nodiscard]] constexpr detail::failure failure() const noexcept { return failure_; }

 private:
    constexpr bool fail(errc reason, std::size_t offset) noexcept {
        at_ = text_.size();
        return failure_.set(reason, "WWW-Authenticate", offset);
    }
    constexpr void pass_space() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    constexpr void pass_commas() noexcept {
        for (pass_space(); at_ < text_.size() && text_[at_] == ','; pass_space()) ++at_;
    }
    constexpr std::string_view take_token() noexcept;
    constexpr bool at_parameter() const noexcept;
    constexpr bool take_value() noexcept;
    constexpr bool ends_element() noexcept;
    constexpr bool is_repeated(std::size_t name_at) const noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
    std::string_view scheme_{};
    std::string_view token68_{};
    std::string_view name_{};
    std::string_view value_{};
    std::size_t first_parameter_ = 0;   // where those of this challenge begin
    unsigned count_ = 0;
    bool in_challenge_ = false;         // and its next parameter may follow
    detail::failure failure_{};
};

/// Takes the backslashes out of a quoted string. `out` may be the memory of `quoted`: the result is never longer. Gives
/// the number of bytes.
///
/// Spec: RFC 9110 5.6.4, `quoted-pair`.
constexpr std::size_t unquote(std::string_view quoted, char* out) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
        out[size++] = quoted[i];
    }
    return size;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

inline constexpr character_set token_characters{"!#$%&'*+-.^_`|~"};   // RFC 9110 5.6.2
inline constexpr character_set token68_characters{"-._~+/"};          // RFC 9110 11.2, without the `=` at its end

/// Where a token68 that begins at `at` ends; `at` if there is none.
constexpr std::size_t token68_end(std::string_view text, std::size_t at) noexcept {
    const std::size_t begin = at;
    while (at < text.size() && token68_characters.has(text[at])) ++at;
    if (at == begin) return begin;
    while (at < text.size() && text[at] == '=') ++at;
    return at;
}

}  // namespace detail

constexpr std::string_view challenge_reader::take_token() noexcept {
    const std::size_t begin = at_;
    while (at_ < text_.size() && detail::token_characters.has(text_[at_])) ++at_;
    return detail::between(text_, begin, at_);
}

/// Whether what follows the token here is `=`, with blanks around it (BWS).
constexpr bool challenge_reader::at_parameter() const noexcept {
    challenge_reader ahead(*this);
    if (ahead.take_token().empty()) return false;
    ahead.pass_space();
    return ahead.at_ < text_.size() && text_[ahead.at_] == '=';
}

constexpr bool challenge_reader::ends_element() noexcept {
    pass_space();
    return at_ == text_.size() || text_[at_] == ',';
}

/// A token, or a string in quotes with its pairs of a backslash and any character.
constexpr bool challenge_reader::take_value() noexcept {
    if (at_ == text_.size() || text_[at_] != '"') {
        value_ = take_token();
        return !value_.empty();
    }
    const std::size_t begin = ++at_;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\') ++at_;
        if (at_ == text_.size()) return false;
        const auto u = static_cast<unsigned char>(text_[at_]);
        if ((u < 0x20 && u != '\t') || u == 0x7F) return false;
    }
    if (at_ >= text_.size()) return false;
    value_ = detail::between(text_, begin, at_++);
    return true;
}

constexpr bool challenge_reader::next() noexcept {
    while (next_parameter()) {}
    pass_commas();
    if (at_ >= text_.size()) return false;
    const std::size_t begin = at_;
    scheme_ = take_token();
    token68_ = {};
    count_ = 0;
    if (scheme_.empty()) return fail(errc::malformed_challenge, begin);
    const bool alone = at_ == text_.size() || text_[at_] != ' ';
    if (ends_element()) {                                        // `Negotiate, Basic realm="x"`
        in_challenge_ = true;
        first_parameter_ = at_;
        return true;
    }
    if (alone) return fail(errc::malformed_challenge, at_);
    const std::size_t end = detail::token68_end(text_, at_);
    challenge_reader behind(*this);
    behind.at_ = end;
    if (end != at_ && behind.ends_element()) {
        token68_ = detail::between(text_, at_, end);
        at_ = end;
        in_challenge_ = false;
        return true;
    }
    if (!at_parameter()) return fail(errc::malformed_challenge, at_);
    in_challenge_ = true;
    first_parameter_ = at_;
    return true;
}

constexpr bool challenge_reader::next_parameter() noexcept {
    if (!in_challenge_ || failed()) return false;
    pass_commas();
    if (!at_parameter()) {
        in_challenge_ = false;
        return false;
    }
    const std::size_t begin = at_;
    name_ = take_token();
    if (count_++ == max_parameters) return fail(errc::too_many_parameters, begin);
    if (is_repeated(begin)) return fail(errc::duplicate_parameter, begin);
    pass_space();
    ++at_;
    pass_space();
    if (!take_value() || !ends_element()) return fail(errc::malformed_challenge, at_ < text_.size() ? at_ : text_.size());
    return true;
}

constexpr bool challenge_reader::is_repeated(std::size_t name_at) const noexcept {
    if (count_ < 2) return false;
    challenge_reader earlier(detail::between(text_, first_parameter_, name_at));
    while (true) {
        earlier.pass_commas();
        if (earlier.at_ >= earlier.text_.size()) return false;
        if (detail::equal_ignoring_case(earlier.take_token(), name_)) return true;
        earlier.pass_space();
        ++earlier.at_;
        earlier.pass_space();
        earlier.take_value();      // which it could, when it was read
    }
}

}  // namespace oauthpp::inline v0
