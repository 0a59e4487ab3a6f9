// SPDX-License-Identifier: MIT
//
// The elements of a JSON array that a json_object has handed out, which is known to be well-formed.
//
//   oauthpp::json_elements keys(object.value());
//   while (keys.next()) read_key(keys.value());
#pragma once

#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/json.hpp>

#include <cstddef>
#include <string_view>

namespace oauthpp::inline v0 {

/// A value that is no array counts as an array of one, as JWT's `aud` has it (RFC 7519 4.1.3).
class json_elements {
 public:
    constexpr explicit json_elements(const json_value& array) noexcept
        : whole_(array), text_(array.text), at_(array.type == json_type::array ? 1 : 0) {}

    constexpr bool next() noexcept;
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }

 private:
    /// From an opening quote to behind the closing one.
    constexpr void pass_string() noexcept {
        for (++at_; text_[at_] != '"'; ++at_) {
            if (text_[at_] != '\\') continue;
            value_.escaped = true;
            ++at_;
        }
        ++at_;
    }

    json_value whole_;
    std::string_view text_;
    std::size_t at_;
    json_value value_{};
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr bool json_elements::next() noexcept {
    if (whole_.type != json_type::array) {
        value_ = whole_;
        return at_++ == 0;
    }
    constexpr std::string_view between_elements = " \t\r\n,";
    while (between_elements.find(text_[at_]) != std::string_view::npos) ++at_;
    if (text_[at_] == ']') return false;

    const std::size_t begin = at_;
    value_ = {};
    if (text_[at_] == '"') {
        pass_string();
        value_.type = json_type::string;
        value_.text = detail::between(text_, begin + 1, at_ - 1);
        return true;
    }
    if (text_[at_] == '{' || text_[at_] == '[') {
        value_.type = text_[at_] == '{' ? json_type::object : json_type::array;
        std::size_t depth = 0;
        do {
            const char c = text_[at_];
            if (c == '"') {
                pass_string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
        } while (depth != 0);
        value_.escaped = false;
    } else {
        const char c = text_[at_];
        value_.type = c == 'n' ? json_type::null : c == 't' || c == 'f' ? json_type::boolean : json_type::number;
        while (between_elements.find(text_[at_]) == std::string_view::npos && text_[at_] != ']') ++at_;
    }
    value_.text = detail::between(text_, begin, at_);
    return true;
}

}  // namespace oauthpp::inline v0
