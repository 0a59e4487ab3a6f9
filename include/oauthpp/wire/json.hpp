// SPDX-License-Identifier: MIT
//
// JSON (RFC 8259) read strictly and without memory of its own: one pass over the members of one object. What a member
// holds is a view of its text; objects and arrays inside are checked as thoroughly and handed out whole.
//
//   std::array<std::uint16_t, 64> members;
//   oauthpp::json_object object(text, members);
//   while (object.next()) if (object.is("access_token")) ...
//   if (object.failed()) return object.failure();
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace oauthpp::inline v0 {

enum class json_type : std::uint8_t { null, boolean, number, string, object, array };

/// A value as it stands in the text, known to be well-formed; a string without its quotes.
struct json_value {
    json_type type{};
    bool escaped{};             ///< a string with backslashes in it
    std::string_view text{};
};

/// Walks over the members of the one object that `text` holds.
///
/// Security: refused are duplicate members at any depth, invalid UTF-8, lone surrogates, control characters, trailing
/// bytes, more than 32 levels and more than 1 MiB. A leading byte order mark is passed over.
/// The work is linear in the size of the text.
class json_object {
 public:
    static constexpr unsigned max_depth = 32;
    static constexpr std::size_t max_size = 1U << 20;

    /// `members` is room for one number a member, counted along the path from the outermost object to where the reader
    /// stands. An object with more members than fit is refused.
    constexpr json_object(std::string_view text, std::span<std::uint16_t> members) noexcept;

    /// To the next member; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    [[nodiscard]] constexpr bool is(std::string_view name) const noexcept;
    [[nodiscard]] constexpr const json_value& name() const noexcept { return name_; }
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }
    [[nodiscard]] constexpr bool had_byte_order_mark() const noexcept { return byte_order_mark_; }

    [[nodiscard]] constexpr bool failed() const noexcept { return reason_ != errc::none; }
    [[nodiscard]] constexpr detail::failure failure() const noexcept { return {reason_, "body", at_}; }

 private:
    constexpr bool fail(errc reason) noexcept { if (!failed()) reason_ = reason; return false; }
    constexpr bool malformed() noexcept { return fail(errc::malformed_json); }
    constexpr void skip_space() noexcept;
    [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
    [[nodiscard]] constexpr char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }
    constexpr bool eat(char c) noexcept;
    constexpr bool eat_string(json_value& into) noexcept;
    constexpr bool eat_escape() noexcept;
    constexpr bool eat_number() noexcept;
    constexpr bool eat_word(std::string_view word) noexcept;
    constexpr bool eat_name(json_value& into) noexcept;
    constexpr bool eat_scalar(json_value& into) noexcept;
    constexpr bool eat_value(json_value& into) noexcept;
    constexpr bool open(char bracket) noexcept;
    constexpr void close() noexcept;
    constexpr bool remember(const json_value& name) noexcept;
    [[nodiscard]] constexpr bool seen_before(const json_value& name) const noexcept;

    std::string_view text_;
    std::span<std::uint16_t> members_;
    std::size_t at_ = 0;
    std::size_t remembered_ = 0;     // members on the path, with a 0 where each object begins
    std::uint32_t arrays_ = 0;       // one bit a level: an array
    unsigned depth_ = 0;
    json_value name_{};
    json_value value_{};
    errc reason_{};
    bool started_ = false;
    bool byte_order_mark_ = false;
};

/// Undoes the escapes of a string that the reader has accepted. `out` may be the memory of `text`: the result is never
/// longer. Gives the number of bytes, UTF-8.
constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept;

/// A number that is whole and written so (`3600`, `3600.0`, `36e2`) and below 10^16, or nothing.
[[nodiscard]] constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Four hexadecimal digits at `at`; the reader has checked them.
constexpr std::uint32_t json_hex4(std::string_view text, std::size_t at) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value * 16 + hex_value(text[at + i]);
    return value;
}

/// The code point of the escape whose backslash stands at `at`, which moves behind it.
constexpr std::uint32_t json_escape(std::string_view text, std::size_t& at) noexcept {
    const char c = text[at + 1];
    at += 2;
    switch (c) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'u': break;
        default: return static_cast<unsigned char>(c);
    }
    std::uint32_t code_point = json_hex4(text, at);
    at += 4;
    if (code_point >= 0xD800 && code_point <= 0xDBFF) {   // the reader has seen the low half behind it
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (json_hex4(text, at + 2) - 0xDC00);
        at += 6;
    }
    return code_point;
}

/// One byte after another of a JSON string, its escapes undone.
class json_bytes {
 public:
    constexpr explicit json_bytes(std::string_view text) noexcept : text_(text) {}
    /// The next byte, or -1 at the end.
    constexpr int next() noexcept {
        if (pending_ == ready_) {
            if (at_ == text_.size()) return -1;
            if (text_[at_] != '\\') return static_cast<unsigned char>(text_[at_++]);
            ready_ = write_utf8(json_escape(text_, at_), bytes_.data());
            pending_ = 0;
        }
        return static_cast<unsigned char>(bytes_[pending_++]);
    }

 private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::array<char, 4> bytes_{};
    std::size_t pending_ = 0;
    std::size_t ready_ = 0;
};

constexpr bool json_equal(const json_value& a, const json_value& b) noexcept {
    if (!a.escaped && !b.escaped) return a.text == b.text;
    json_bytes left(a.text);
    json_bytes right(b.text);
    for (;;) {
        const int byte = left.next();
        if (byte != right.next()) return false;
        if (byte < 0) return true;
    }
}

/// FNV-1a over the decoded name, folded to 16 bits; never 0, which marks where an object begins.
constexpr std::uint16_t json_hash(const json_value& name) noexcept {
    std::uint32_t hash = 2166136261U;
    json_bytes bytes(name.text);
    for (int byte = bytes.next(); byte >= 0; byte = bytes.next()) hash = (hash ^ static_cast<unsigned>(byte)) * 16777619U;
    const auto folded = static_cast<std::uint16_t>((hash >> 16) ^ (hash & 0xFFFF));
    return folded == 0 ? std::uint16_t{1} : folded;
}

}  // namespace detail

constexpr json_object::json_object(std::string_view text, std::span<std::uint16_t> members) noexcept
    : text_(text), members_(members) {
    if (text_.size() > max_size) {
        fail(errc::json_too_large);
        return;
    }
    if (text_.starts_with("\xEF\xBB\xBF")) {
        byte_order_mark_ = true;
        at_ = 3;
    }
}

constexpr bool json_object::next() noexcept {
    if (failed()) return false;
    skip_space();
    if (!started_) {
        started_ = true;
        if (peek() != '{') return malformed();
        if (!open('{')) return false;
        skip_space();
        if (peek() != '}') return eat_name(name_) && eat_value(value_);
    } else if (depth_ != 0 && eat(',')) {
        skip_space();
        return eat_name(name_) && eat_value(value_);
    }
    if (depth_ == 0) return false;     // asked again after the end
    if (!eat('}')) return malformed();
    close();
    skip_space();
    return at_end() ? false : malformed();
}

constexpr bool json_object::is(std::string_view name) const noexcept {
    return detail::json_equal(name_, {json_type::string, false, name});
}

constexpr void json_object::skip_space() noexcept {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
}

constexpr bool json_object::eat(char c) noexcept {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
}

constexpr bool json_object::eat_string(json_value& into) noexcept {
    if (!eat('"')) return malformed();
    const std::size_t begin = at_;
    bool escaped = false;
    while (!at_end()) {
        const char c = text_[at_];
        if (c == '"') {
            into = {json_type::string, escaped, detail::between(text_, begin, at_)};
            ++at_;
            return true;
        }
        if (c == '\\') {
            escaped = true;
            if (!eat_escape()) return false;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            return malformed();
        } else {
            const std::size_t size = utf8_sequence(text_, at_);
            if (size == 0) return malformed();
            at_ += size;
        }
    }
    return malformed();
}

constexpr bool json_object::eat_escape() noexcept {
    const auto has_hex4 = [this](std::size_t at) {
        if (text_.size() < at || text_.size() - at < 4) return false;
        for (std::size_t i = at; i < at + 4; ++i) {
            if (detail::hex_value(text_[i]) > 15) return false;
        }
        return true;
    };
    if (text_.size() - at_ < 2) return malformed();
    const char c = text_[at_ + 1];
    if (c != 'u') {
        if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) return malformed();
        at_ += 2;
        return true;
    }
    if (!has_hex4(at_ + 2)) return malformed();
    const std::uint32_t unit = detail::json_hex4(text_, at_ + 2);
    if (unit >= 0xDC00 && unit <= 0xDFFF) return malformed();                      // a low surrogate alone
    at_ += 6;
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    if (!has_hex4(at_ + 2) || text_[at_] != '\\' || text_[at_ + 1] != 'u') return malformed();
    const std::uint32_t low = detail::json_hex4(text_, at_ + 2);
    if (low < 0xDC00 || low > 0xDFFF) return malformed();
    at_ += 6;
    return true;
}

constexpr bool json_object::eat_number() noexcept {
    const auto digits = [this] {
        const std::size_t begin = at_;
        while (detail::is_digit(peek())) ++at_;
        return at_ != begin;
    };
    eat('-');
    if (!eat('0') && !digits()) return malformed();       // no leading zeros
    if (eat('.') && !digits()) return malformed();
    if (eat('e') || eat('E')) {
        if (!eat('+')) eat('-');
        if (!digits()) return malformed();
    }
    return true;
}

constexpr bool json_object::eat_word(std::string_view word) noexcept {
    if (!detail::from(text_, at_).starts_with(word)) return malformed();
    at_ += word.size();
    return true;
}

constexpr bool json_object::eat_name(json_value& into) noexcept {
    if (!eat_string(into) || !remember(into)) return false;
    skip_space();
    if (!eat(':')) return malformed();
    skip_space();
    return true;
}

constexpr bool json_object::eat_scalar(json_value& into) noexcept {
    const std::size_t begin = at_;
    bool good = false;
    switch (peek()) {
        case '"': return eat_string(into);
        case 't': into.type = json_type::boolean; good = eat_word("true"); break;
        case 'f': into.type = json_type::boolean; good = eat_word("false"); break;
        case 'n': into.type = json_type::null; good = eat_word("null"); break;
        default: into.type = json_type::number; good = eat_number(); break;
    }
    into.escaped = false;
    into.text = detail::between(text_, begin, at_);
    return good;
}

/// A value of any kind. By a loop and one bit a level instead of by recursion: the depth of the input must not become
/// the depth of the stack.
constexpr bool json_object::eat_value(json_value& into) noexcept {
    if (peek() != '{' && peek() != '[') return eat_scalar(into);
    into = {peek() == '{' ? json_type::object : json_type::array, false, {}};
    const std::size_t begin = at_;
    const unsigned outside = depth_;
    json_value inner;
    bool first = true;             // just behind an opening bracket
    if (!open(peek())) return false;
    while (depth_ > outside) {
        const bool in_array = ((arrays_ >> (depth_ - 1)) & 1) != 0;
        skip_space();
        if (eat(in_array ? ']' : '}')) {
            close();
            first = false;
            continue;
        }
        if (!first) {
            if (!eat(',')) return malformed();
            skip_space();
        }
        if (!in_array && !eat_name(inner)) return false;
        first = peek() == '{' || peek() == '[';
        if (first ? !open(peek()) : !eat_scalar(inner)) return false;
    }
    into.text = detail::between(text_, begin, at_);
    return true;
}

constexpr bool json_object::open(char bracket) noexcept {
    if (depth_ == max_depth) return fail(errc::json_too_deep);
    const bool is_array = bracket == '[';
    arrays_ = is_array ? arrays_ | (1U << depth_) : arrays_ & ~(1U << depth_);
    ++depth_;
    ++at_;
    if (is_array) return true;
    if (remembered_ == members_.size()) return fail(errc::json_too_many_members);
    members_[remembered_++] = 0;
    return true;
}

constexpr void json_object::close() noexcept {
    --depth_;
    if (((arrays_ >> depth_) & 1) != 0) return;
    while (members_[remembered_ - 1] != 0) --remembered_;
    --remembered_;
}

constexpr bool json_object::remember(const json_value& name) noexcept {
    const std::uint16_t hash = detail::json_hash(name);
    for (std::size_t i = remembered_; members_[i - 1] != 0; --i) {
        if (members_[i - 1] == hash && seen_before(name)) return fail(errc::duplicate_member);
    }
    if (remembered_ == members_.size()) return fail(errc::json_too_many_members);
    members_[remembered_++] = hash;
    return true;
}

/// Only when 16 bits of two names agree: reads back through the object that `name` stands in, to be sure.
constexpr bool json_object::seen_before(const json_value& name) const noexcept {
    // The innermost open object began where, going back, the brackets balance. Strings hide brackets, so go forward
    // from the start of the text and keep the last opening bracket of each level.
    std::array<std::uint32_t, max_depth> begins{};
    unsigned level = 0;
    const std::size_t end = static_cast<std::size_t>(name.text.data() - text_.data()) - 1;
    for (std::size_t i = 0; i < end; ++i) {
        const char c = text_[i];
        if (c == '"') {
            for (++i; text_[i] != '"'; ++i) {
                if (text_[i] == '\\') ++i;
            }
        } else if (c == '{' || c == '[') {
            begins[level++] = static_cast<std::uint32_t>(i);
        } else if (c == '}' || c == ']') {
            --level;
        }
    }
    const unsigned own = level;
    std::string_view previous;
    for (std::size_t i = begins[own - 1] + 1; i < end; ++i) {
        const char c = text_[i];
        if (c == '"') {
            const std::size_t begin = i + 1;
            for (++i; text_[i] != '"'; ++i) {
                if (text_[i] == '\\') ++i;
            }
            previous = detail::between(text_, begin, i);
        } else if (c == '{' || c == '[') {
            ++level;
        } else if (c == '}' || c == ']') {
            --level;
        } else if (c == ':' && level == own && detail::json_equal(name, {json_type::string, true, previous})) {
            return true;
        }
    }
    return false;
}

constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept {
    std::size_t written = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\\') written += write_utf8(detail::json_escape(text, at), out + written);
        else out[written++] = text[at++];
    }
    return written;
}

constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept {
    constexpr std::int64_t limit = INT64_C(999999999999999);     // 15 digits: beyond any time, and no overflow below
    const bool negative = number.starts_with('-');
    std::size_t at = negative ? 1 : 0;
    const auto digit = [&] { return at < number.size() && detail::is_digit(number[at]); };

    if (!digit()) return std::nullopt;
    std::int64_t value = 0;
    for (; digit(); ++at) {
        if (value > limit / 10) return std::nullopt;
        value = value * 10 + (number[at] - '0');
    }
    if (at < number.size() && number[at] == '.') {
        ++at;
        if (!digit()) return std::nullopt;
        for (; digit(); ++at) {
            if (number[at] != '0') return std::nullopt;
        }
    }
    if (at < number.size() && (number[at] == 'e' || number[at] == 'E')) {
        ++at;
        if (at < number.size() && number[at] == '+') ++at;
        unsigned exponent = 0;
        if (!digit()) return std::nullopt;
        for (; digit(); ++at) exponent = exponent > 99 ? exponent : exponent * 10 + static_cast<unsigned>(number[at] - '0');
        for (; exponent != 0 && value != 0; --exponent) {
            if (value > limit / 10) return std::nullopt;
            value *= 10;
        }
    }
    if (at != number.size()) return std::nullopt;
    return negative ? -value : value;
}

}  // namespace oauthpp::inline v0
