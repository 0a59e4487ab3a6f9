// SPDX-License-Identifier: MIT
//
// JSON (RFC 8259) read strictly and without memory of its own: one pass over the members of one object. What a member
// holds is a view of its text; objects and arrays inside are checked as thoroughly and handed out whole.
//
//   std::array<std::uint16_t, 64> room;
//   oauthpp::json_object object(text, room);
//   while (object.next()) if (object.is("access_token")) ...
//   if (object.failed()) return object.failure();
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/plain_run.hpp>
#include <oauthpp/wire/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
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

namespace detail {

/// A place in a JSON text, or in a plain one, where quotes and backslashes stand for themselves.
class json_cursor {
 public:
    static constexpr unsigned char json = '"', plain = 0xFF;     // what ends a string; UTF-8 has no 0xFF
    static constexpr std::uint32_t last = 0x10FFFF, malformed = 0xFFFFFFFE, end = 0xFFFFFFFF;
    constexpr explicit json_cursor(std::string_view in, unsigned char stop = json) noexcept : text(in), stop_(stop) {}

    constexpr unsigned take() noexcept;                // the next byte, 0xFF behind the last one
    constexpr std::uint32_t character() noexcept;      // the next code point of a string, up to `last`; malformed; end
    constexpr bool string() noexcept;                  // to behind the closing quote
    constexpr bool scalar(unsigned first) noexcept;    // to behind a number, `true`, `false` or `null`

    std::string_view text;
    std::size_t at = 0;
    bool escaped = false;       // there was a backslash

 private:
    constexpr std::uint32_t escaped_unit() noexcept;
    unsigned char stop_;
};

}  // namespace detail

/// Walks over the members of the one object that `text` holds.
///
/// Security: refused are duplicate members at any depth (names are compared unescaped), invalid UTF-8, lone surrogates,
/// control characters, trailing bytes, more than 32 levels, more than 1 MiB. A leading byte order mark is passed over.
/// What came before a failure is worth nothing. The work is linear in the size of the text: a name is compared once
/// with each earlier one of its object, and `room` limits these.
///
/// Lifetime: the text must stay as it is until next() has given false: undo escapes in place only then.
class json_object {
 public:
    static constexpr unsigned max_depth = 32;
    static constexpr std::size_t max_size = 1U << 20;

    /// `room` is for two numbers a member, counted along the path from the outermost object to where the reader stands.
    /// A text with more members than fit is refused.
    constexpr json_object(std::string_view text, std::span<std::uint16_t> room) noexcept
        : in_(text), top_(room.data()), end_(room.data() + room.size()) {}

    /// To the next member; false after the last one, and where the text is wrong.
    constexpr bool next() noexcept;
    /// Whether the name reads so, once its escapes are undone.
    [[nodiscard]] constexpr bool is(std::string_view name) const noexcept {
        if (detail::has_wide_words && !plain_name_.empty()) return open_ && plain_name_ == name;
        return has_name(name.data(), name.size(), detail::json_cursor::plain);
    }
    [[nodiscard]] constexpr json_value name() const noexcept;
    [[nodiscard]] constexpr const json_value& value() const noexcept { return value_; }
    [[nodiscard]] constexpr bool had_byte_order_mark() const noexcept { return in_.text.starts_with("\xEF\xBB\xBF"); }

    [[nodiscard]] constexpr bool failed() const noexcept { return reason_ != errc::none; }
    /// With the offset of the last byte that was looked at.
    [[nodiscard]] constexpr detail::failure failure() const noexcept {
        return {reason_, "body", in_.at == 0 ? 0 : in_.at - 1};
    }

 private:
    constexpr bool fail(errc reason) noexcept { reason_ = reason; open_ = false; return false; }
    constexpr bool start() noexcept;
    constexpr unsigned token() noexcept;
    constexpr errc remember(bool first) noexcept;
    [[nodiscard]] constexpr std::size_t name_at() const noexcept {
        return (top_[-2] | static_cast<std::size_t>(top_[-1]) << 16) >> 1;
    }
    // Two words, not a view: g++ hands a view by value through memory.
    [[nodiscard]] constexpr bool has_name(const char* name, std::size_t size, unsigned char stop) const noexcept;

    static constexpr unsigned string = static_cast<unsigned>(json_type::string), punctuation = string + 1;
    detail::json_cursor in_;
    errc reason_{};
    bool open_ = false;          // begun, and neither over nor failed
    json_value value_{};
    std::size_t token_at_ = 0;
    std::uint16_t* top_;         // below: for each name on the path, twice its offset, plus 1 in the first of an object
    std::uint16_t* end_;
    std::string_view plain_name_{};    // for speed; empty for a name with escapes
};

/// Undoes the escapes of a string that the reader has accepted. `out` may be the memory of `text`: the result is never
/// longer. Gives the number of bytes, UTF-8.
constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept;

/// A number that is whole and written so (`3600`, `3600.0`, `36e2`) and below 10^15, or nothing.
[[nodiscard]] constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept;

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// The grammar of numbers, words and escapes as lists of moves: which character may come, and which list then holds.
/// `1` stands for all digits but 0. One table and one loop: each of these checks written out takes as much flash.
struct json_grammar {
    struct move { unsigned char on; std::uint8_t to; };
    enum : std::uint8_t {
        scalar, sign = 4, whole = 6, zero = 8, fraction = 11, point = 13, power = 15, power_digit = 17,
        t = 19, tr, tru, f, fa, fal, n, nu, nul, word, escape,
        may_end = 32,    // the number or word may be complete
        last = 128,      // no further move in this list
    };
    static constexpr move moves[] = {
        {'t', t}, {'f', f}, {'n', n}, {'-', sign}, {'0', zero | may_end}, {'1', whole | may_end | last},
        {'0', whole | may_end}, {'1', whole | may_end}, {'.', point}, {'e', power}, {'E', power | last},
        {'e', power}, {'E', power}, {'0', fraction | may_end}, {'1', fraction | may_end | last},
        {'+', power_digit}, {'-', power_digit}, {'0', power_digit | may_end}, {'1', power_digit | may_end | last},
        {'r', tr | last}, {'u', tru | last}, {'e', word | may_end | last}, {'a', fa | last}, {'l', fal | last},
        {'s', tru | last}, {'u', nu | last}, {'l', nul | last}, {'l', word | may_end | last},
        {'2', last},     // nothing: a 2 counts as 1
        {'"', '"'}, {'/', '/'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'u', 'u'},
        {'\\', '\\' | last},
    };
    /// Where `c` leads from a list, 0 if nowhere.
    static constexpr unsigned next(unsigned list, unsigned c) noexcept {
        if (c - '1' < 9) c = '1';
        for (list %= may_end; moves[list].on != c; ++list) {
            if (moves[list].to >= last) return 0;
        }
        return moves[list].to % last;
    }
};

constexpr unsigned json_cursor::take() noexcept {
    const std::size_t i = at++;
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0xFF;
}

/// Behind a backslash: a character, or a unit of UTF-16.
constexpr std::uint32_t json_cursor::escaped_unit() noexcept {
    const unsigned letter = json_grammar::next(json_grammar::escape, take());
    if (letter != 'u') return letter == 0 ? malformed : letter;
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
        const unsigned c = take();
        unsigned digit = c - '0';
        if (digit > 9) {
            digit = (c | 0x20) - 'a' + 10;
            if (digit - 10 > 5) return malformed;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

constexpr std::uint32_t json_cursor::character() noexcept {
    constexpr std::uint32_t surrogate = 0xD800 >> 11;
    const std::uint32_t c = take();
    if (c == stop_) return end;
    if (c < 0x80) {
        if (stop_ == plain) return c;
        if (c < 0x20) return malformed;
        if (c != '\\') return c;
        escaped = true;
        const std::uint32_t high = escaped_unit();
        if (high >> 11 != surrogate) return high;
        if (take() != '\\') return malformed;
        const std::uint32_t low = escaped_unit() - 0xDC00;
        if (low >= 0x400) return malformed;
        return 0x10000 + ((high - 0xD800) << 10) + low;      // above `last`, if the first half is a low one as well
    }
    if (c - 0xC2 > 0xF4 - 0xC2) return malformed;
    std::uint32_t code_point = c;
    std::uint32_t least = 2, lead = c << 25;                 // after the loop, the least that takes so many bytes
    do {
        const std::uint32_t next = take() ^ 0x80;
        if (next > 0x3F) return malformed;
        code_point = code_point << 6 | next;
        least <<= 5;
        lead <<= 1;
    } while (lead >> 31 != 0);
    code_point &= least * 32 - 1;
    return code_point < least || code_point >> 11 == surrogate ? malformed : code_point;
}

constexpr bool json_cursor::string() noexcept {
    std::uint32_t c = 0;
    while (c <= last) {
        at += plain_run(from(text, at), '"', '\\');
        c = character();
    }
    return c == end;
}

constexpr bool json_cursor::scalar(unsigned c) noexcept {
    unsigned list = json_grammar::scalar;
    while (const unsigned next = json_grammar::next(list, c)) {
        list = next;
        c = take();
    }
    if ((list & json_grammar::may_end) == 0) return false;
    --at;
    return true;
}

/// Whether two strings are the same text.
constexpr bool json_equal(const json_value& a, const json_value& b) noexcept {
    json_cursor left(a.text, a.escaped ? json_cursor::json : json_cursor::plain);
    json_cursor right(b.text, b.escaped ? json_cursor::json : json_cursor::plain);
    while (left.at < a.text.size() && right.at < b.text.size()) {
        if (left.character() != right.character()) return false;
    }
    return left.at >= a.text.size() && right.at >= b.text.size();
}

}  // namespace detail

/// Passes over a token: the type of a scalar, or `punctuation` plus a character.
constexpr unsigned json_object::token() noexcept {
    unsigned c;
    do {
        in_.escaped = false;
        token_at_ = in_.at;
        c = in_.take();
    } while (c == ' ' || c - '\t' < 2 || c == '\r');
    if (c == '"') {
        if (in_.string()) return string;
    } else if (in_.scalar(c)) {
        return static_cast<unsigned>(c == 'n' ? json_type::null : c > '9' ? json_type::boolean : json_type::number);
    }
    return punctuation + c;
}

constexpr bool json_object::start() noexcept {
    if (in_.at != 0) return false;                                     // it is over
    if (in_.text.size() > max_size) return fail(errc::json_too_large);
    if (in_.character() != 0xFEFF || in_.at != 3) in_.at = 0;          // 3: not written as an escape
    if (token() != punctuation + '{') return fail(errc::malformed_json);
    return open_ = true;
}

constexpr bool json_object::next() noexcept {
    bool first = !open_;          // just behind an opening bracket
    if (first && !start()) return false;
    std::uint32_t path = open_;   // a bit for each open level, the innermost lowest, 1 for an object: no recursion
    std::size_t begin = 0;        // of the value
    unsigned type = 0;
    do {
        const unsigned in_object = path & 1;
        type = token();
        if (type == punctuation + ']' + in_object * ('}' - ']')) {
            path >>= 1;
            if (path == 0) {
                token();
                return fail(token_at_ == in_.text.size() ? errc::none : errc::malformed_json);
            }
            if (in_object != 0 && !first) {
                do top_ -= 2; while ((*top_ & 1) == 0);
            }
            type = static_cast<unsigned>(json_type::array) - in_object;
            first = false;
        } else {
            if (!first) {
                if (type != punctuation + ',') return fail(errc::malformed_json);
                type = token();
            }
            if (in_object != 0) {
                if (type != string) return fail(errc::malformed_json);
                if (detail::has_wide_words && path == 1) {
                    plain_name_ = detail::between(in_.text, token_at_ + 1, in_.escaped ? token_at_ + 1 : in_.at - 1);
                }
                const errc wrong = remember(first);
                if (wrong != errc::none) return fail(wrong);
                if (token() != punctuation + ':') return fail(errc::malformed_json);
                type = token();
            }
            if (begin == 0) begin = token_at_;
            first = type == punctuation + '{' || type == punctuation + '[';
            if (first) {
                if (path >> (max_depth - 1) != 0) return fail(errc::json_too_deep);
                path = path * 2 + (type == punctuation + '{');
            } else if (type > string) {
                return fail(errc::malformed_json);
            }
        }
    } while (path != 1);
    const bool quotes = type == string;
    value_ = {static_cast<json_type>(type), in_.escaped, detail::between(in_.text, begin + quotes, in_.at - quotes)};
    return true;
}

constexpr json_value json_object::name() const noexcept {
    if (!open_) return {};
    auto in = in_;
    in.at = name_at();
    in.escaped = false;
    in.string();
    return {json_type::string, in.escaped, detail::between(in_.text, name_at(), in.at - 1)};
}

constexpr bool json_object::has_name(const char* name, std::size_t size, unsigned char stop) const noexcept {
    if (!open_) return false;
    detail::json_cursor other({name, size}, stop);
    auto own = in_;
    own.at = name_at();
    for (;;) {
        const std::uint32_t c = own.character();
        if (c != other.character()) return false;
        if (c == detail::json_cursor::end) return true;
    }
}

/// Takes down where the name stands that was just read, and looks for the same in its object.
constexpr errc json_object::remember(bool first) noexcept {
    if (end_ - top_ < 2) return errc::json_too_many_members;
    const std::uint16_t* earlier = top_;
    std::size_t entry = (token_at_ + 1) << 1 | first;
    *top_++ = static_cast<std::uint16_t>(entry);
    *top_++ = static_cast<std::uint16_t>(entry >> 16);
    while ((entry & 1) == 0) {
        earlier -= 2;
        entry = earlier[0] | static_cast<std::size_t>(earlier[1]) << 16;
        const std::string_view name = detail::from(in_.text, entry >> 1);
        if (has_name(name.data(), name.size(), detail::json_cursor::json)) return errc::duplicate_member;
    }
    return errc::none;
}

constexpr std::size_t json_unescape(std::string_view text, char* out) noexcept {
    detail::json_cursor in(text);
    char* to = out;
    for (;;) {
        for (std::size_t run = detail::plain_run(detail::from(text, in.at), '"', '\\'); run != 0; --run) *to++ = text[in.at++];
        const std::uint32_t c = in.character();
        if (c > detail::json_cursor::last) return static_cast<std::size_t>(to - out);
        to += write_utf8(c, to);
    }
}

constexpr std::optional<std::int64_t> json_integer(std::string_view number) noexcept {
    using grammar = detail::json_grammar;
    constexpr unsigned of_fraction = grammar::fraction | grammar::may_end;
    std::uint32_t low = 0, high = 0;      // 28 bits and the rest: a 64-bit product is a call on the smallest processors
    std::uint32_t places = 0, power = 0;
    unsigned list = grammar::scalar;
    for (std::size_t i = 0; i < number.size() + power; ++i) {      // behind the text: a zero for each power of ten
        unsigned digit = 0;
        if (i < number.size()) {
            const unsigned c = static_cast<unsigned char>(number[i]);
            list = grammar::next(list, c);
            if (list == 0 || (c == '-' && i != 0)) return std::nullopt;
            digit = c - '0';
            if (digit > 9) continue;
            if (list >= of_fraction) {
                if (list == of_fraction && digit != 0) return std::nullopt;
                power = power * 10 + digit;
                if (power > 15) return std::nullopt;
                continue;
            }
        }
        low = low * 10 + digit;
        high = high * 10 + (low >> 28);
        low &= (1U << 28) - 1;
        ++places;
    }
    if ((list & grammar::may_end) == 0 || places - 1 > 14) return std::nullopt;
    const std::int64_t value = static_cast<std::int64_t>(high) << 28 | low;
    return number[0] == '-' ? -value : value;
}

}  // namespace oauthpp::inline v0
