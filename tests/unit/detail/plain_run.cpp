// SPDX-License-Identifier: MIT
//
// Many bytes at once: every byte at every place, held against a loop that looks at one after another.
#include <oauthpp/detail/plain_run.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace plain_run_test {
namespace {

using oauthpp::detail::name_run, oauthpp::detail::plain_run;

bool is_plain(char c) { return c >= ' ' && c <= '~'; }
bool is_name(char c) {
    return std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._").find(c) != std::string_view::npos;
}

std::size_t one_by_one(std::string_view text, const auto& belongs) {
    std::size_t at = 0;
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

/// It may stop before the end of the text, but never behind the first byte that does not belong, nor a block before it.
bool is_run(std::size_t run, std::string_view text, const auto& belongs) {
    const std::size_t whole = one_by_one(text, belongs);
    return run == whole || (run < whole && (text.size() - run < 16 || !oauthpp::detail::has_wide_words));
}
bool is_name_run(std::size_t run, std::string_view text) {
    return is_run(run, text, is_name) || (run == 0 && !oauthpp::detail::has_vectors);
}

TEST_CASE("each byte at each place of texts of each length up to three blocks") {
    bool plain = true, quoted = true, names = true;
    for (std::size_t size = 1; size <= 48; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'a');
            for (int byte = 0; byte < 256; ++byte) {
                text[at] = static_cast<char>(byte);
                plain = plain && is_run(plain_run(text), text, is_plain);
                quoted = quoted && is_run(plain_run(text, '"', '\\'), text, [](char c) { return is_plain(c) && c != '"' && c != '\\'; });
                names = names && is_name_run(name_run(text), text);
            }
        }
    }
    CHECK(plain);
    CHECK(quoted);
    CHECK(names);
}

TEST_CASE("two bytes that do not belong: the first one counts") {
    bool right = true;
    for (std::size_t first = 0; first < 33; ++first) {
        for (std::size_t second = first + 1; second < 34; ++second) {
            for (const char c : {'\x00', '\x1F', '\x7F', '\x80', '\xFF', '"', '\\'}) {
                for (const char d : {'\x00', '\x20', '\x7F', '\x80', '\xFF', '"', '\\', '!'}) {
                    std::string text(34, '~');
                    text[first] = c;
                    text[second] = d;
                    right = right && is_run(plain_run(text, '"', '\\'), text, [](char each) { return is_plain(each) && each != '"' && each != '\\'; });
                    right = right && is_name_run(name_run(text), text);
                }
            }
        }
    }
    CHECK(right);
}

TEST_CASE("the path without vectors, which constant evaluation takes") {
    static_assert(plain_run("") == 0);
    static_assert(plain_run("0123456789abcdefghi\"") <= 19);
    static_assert(!oauthpp::detail::has_wide_words || plain_run("01234567 9abcdef\x7F....................") == 16);
    static_assert(!oauthpp::detail::has_wide_words || plain_run("0123456789\"bcdefghijklm", '"') == 10);
    static_assert(!oauthpp::detail::has_wide_words || plain_run("0123456789\xC3\xBC efghijklm") == 10);
}

}  // namespace
}  // namespace plain_run_test
