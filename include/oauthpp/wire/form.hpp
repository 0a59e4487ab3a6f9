// SPDX-License-Identifier: MIT
//
// application/x-www-form-urlencoded, as queries, fragments and bodies carry it (RFC 6749 appendix B).
//
//   oauthpp::form_reader form(query);
//   while (form.next()) if (form.is("code")) ...
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/plain_run.hpp>
#include <oauthpp/wire/utf8.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oauthpp::inline v0 {

/// A name and its value, decoded.
template <class Storage>
struct basic_parameter {
    typename Storage::text name{};
    typename Storage::text value{};

    constexpr operator basic_parameter<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {name, value}; }
};
using parameter = basic_parameter<owned>;
using parameter_view = basic_parameter<borrowed>;

/// How a space leaves. Decoders accept both; a few servers read only one of them in a scope.
enum class space : std::uint8_t {
    percent_20,   ///< `%20`, as RFC 3986 has it: right in every part of a URL
    plus,         ///< `+`, as HTML forms have it
};

/// Appends `text` so that it survives in a query: everything but RFC 3986's unreserved characters is escaped.
constexpr void append_query_escaped(buffer_writer& out, std::string_view text, space how = space::percent_20) noexcept;

/// Decodes into `out`, which may be the memory of `text`: the result is never longer. Gives the number of bytes.
///
/// Errors: malformed_form with the offset, for a percent escape that is cut or not hexadecimal, and for bytes that are
/// no UTF-8 afterwards. On failure `out` holds part of the text.
constexpr result<std::size_t, error_view> form_decode(std::string_view text, char* out) noexcept;

/// Walks over the pairs of a form without decoding them: first split, then decode, or an escaped `&` becomes a
/// separator and a value becomes parameters.
class form_reader {
 public:
    constexpr explicit form_reader(std::string_view form) noexcept : form_(form) {}

    /// To the next pair; false at the end. Empty pairs, as in `&&`, are passed over.
    constexpr bool next() noexcept;
    /// Whether the name decodes to `plain`.
    [[nodiscard]] constexpr bool is(std::string_view plain) const noexcept;
    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }

 private:
    std::string_view form_;
    std::string_view name_{};
    std::string_view value_{};
    std::size_t at_ = 0;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// A set of ASCII characters. Where size matters it takes 16 bytes: for those with the same lower half, one bit for each
/// upper half, and a byte beyond ASCII has no bit. Elsewhere it takes a byte for each.
struct character_set {
    std::array<std::uint8_t, has_wide_words ? 256 : 16> bits{};

    constexpr character_set(std::string_view marks) noexcept {
        for (char c = '0'; c <= '9'; ++c) add(c);
        for (char c = 'a'; c <= 'z'; ++c) { add(c); add(static_cast<char>(c - 'a' + 'A')); }
        for (const char c : marks) add(c);
    }
    constexpr void add(char c) noexcept {
        const auto u = static_cast<unsigned char>(c);
        std::uint8_t& bit = bits[u & (bits.size() - 1)];
        bit = static_cast<std::uint8_t>(has_wide_words ? 1 : bit | 1U << (u >> 4));
    }
    [[nodiscard]] constexpr bool has(char c) const noexcept {
        const auto u = static_cast<unsigned char>(c);
        if (has_wide_words) return bits[u & (bits.size() - 1)] != 0;
        return ((bits[u & 15] >> (u >> 4)) & 1) != 0;
    }
};

inline constexpr character_set query_unescaped{"-._~"};   // RFC 3986 2.3
inline constexpr character_set form_unescaped{"*-._"};    // WHATWG URL, application/x-www-form-urlencoded serializing

inline constexpr char hex_digits[] = "0123456789ABCDEF";   // inside the function it would be copied at every call

template <class Sink>
constexpr void append_escaped(Sink& out, std::string_view text, const character_set& unescaped, space how) noexcept {
    std::size_t begin = 0;
    for (std::size_t i = name_run(text); i < text.size(); ++i) {
        if (unescaped.has(text[i])) {
            if (text.size() - i > 16) i += name_run(from(text, i + 1));
            continue;
        }
        out.append(between(text, begin, i));
        begin = i + 1;
        if (text[i] == ' ' && how == space::plus) {
            out.append('+');
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape[] = {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};
        out.append(std::string_view(escape, 3));
    }
    out.append(from(text, begin));
}

/// The value of a hexadecimal digit of either case, or 16.
constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10) : 16;
}

/// One decoded byte at `at`, which moves on; -1 for a bad escape.
constexpr int form_byte(std::string_view text, std::size_t& at) noexcept {
    const char c = text[at++];
    if (c == '+') return ' ';
    if (c != '%') return static_cast<unsigned char>(c);
    if (text.size() - at < 2) return -1;
    const unsigned high = hex_value(text[at]);
    const unsigned low = hex_value(text[at + 1]);
    if (high > 15 || low > 15) return -1;
    at += 2;
    return static_cast<int>(high * 16 + low);
}

constexpr bool form_equals(std::string_view text, std::string_view plain) noexcept {
    std::size_t at = 0;
    for (const char c : plain) {
        if (at == text.size() || form_byte(text, at) != static_cast<unsigned char>(c)) return false;
    }
    return at == text.size();
}

/// What `form_decode` will write; an upper bound if the text is malformed.
constexpr std::size_t form_decoded_size(std::string_view text) noexcept {
    std::size_t size = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') continue;
        if (text.size() - i > 2) size -= 2;
        i += 2;
    }
    return size;
}

/// Appends `name=value` to a body, after `&` unless it is the first since `mark`. An empty value is an absent
/// parameter (RFC 6749 3.1).
constexpr void append_form_pair(buffer_writer& out, std::size_t mark, std::string_view name, std::string_view value) noexcept {
    if (value.empty()) return;
    if (out.size() != mark) out.append('&');
    append_escaped(out, name, form_unescaped, space::plus);
    out.append('=');
    append_escaped(out, value, form_unescaped, space::plus);
}

/// What `form_decode` does; the offset of a bad escape is where it stopped, and `failed` says so.
struct form_decoding {
    std::size_t size{};
    std::size_t stopped_at{};
    bool failed{};
};

/// The first `plain` bytes have no escape and stand in `out` already.
constexpr form_decoding decode_form(std::string_view text, char* out, std::size_t plain = 0) noexcept {
    std::size_t written = plain;
    std::size_t at = plain;
    while (at < text.size()) {
        const std::size_t begin = at;
        const int byte = form_byte(text, at);
        if (byte < 0) return {written, begin, true};
        out[written++] = static_cast<char>(byte);
    }
    return {written, 0, utf8_error({out, written}) != written};
}

}  // namespace detail

constexpr void append_query_escaped(buffer_writer& out, std::string_view text, space how) noexcept {
    detail::append_escaped(out, text, detail::query_unescaped, how);
}

constexpr result<std::size_t, error_view> form_decode(std::string_view text, char* out) noexcept {
    const detail::form_decoding decoded = detail::decode_form(text, out);
    if (decoded.failed) return detail::failure{errc::malformed_form, {}, decoded.stopped_at};
    return decoded.size;
}

constexpr bool form_reader::next() noexcept {
    while (at_ < form_.size()) {
        const std::string_view rest = detail::from(form_, at_);
        const std::string_view pair = detail::between(rest, 0, detail::index_of(rest, '&'));
        at_ += pair.size() + 1;
        if (pair.empty()) continue;
        const std::size_t equals = detail::index_of(pair, '=');
        name_ = detail::between(pair, 0, equals);
        value_ = equals == pair.size() ? std::string_view() : detail::from(pair, equals + 1);
        return true;
    }
    return false;
}

constexpr bool form_reader::is(std::string_view plain) const noexcept { return detail::form_equals(name_, plain); }

}  // namespace oauthpp::inline v0
