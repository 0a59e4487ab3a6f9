// SPDX-License-Identifier: MIT
//
// Scopes by RFC 6749 3.3: words in any order, compared byte by byte.
#include <oauthpp/protocol/scope.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace scope_test {
namespace {

using oauthpp::errc, oauthpp::make_scope, oauthpp::scope_covers, oauthpp::scope_includes, oauthpp::scope_without;
using strings = std::vector<std::string>;

strings words(std::string_view scope) {
    strings all;
    oauthpp::scope_reader reader(scope);
    while (reader.next()) all.emplace_back(reader.token());
    return all;
}

std::string joined(const strings& list) {
    const auto scope = make_scope(list);
    CHECK(scope);
    return scope ? *scope : std::string();
}

}  // namespace

TEST_CASE("the words of a scope, however many spaces there are") {
    CHECK((words("openid profile") == strings{"openid", "profile"}));
    CHECK((words("  a   b ") == strings{"a", "b"}));
    CHECK((words("a") == strings{"a"}));
    CHECK((words("a\tb") == strings{"a\tb"}));
    CHECK(words("").empty());
    CHECK(words("   ").empty());
    oauthpp::scope_reader reader("a");
    CHECK(reader.next());
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
}

TEST_CASE("a scope has whole words, in their case") {
    CHECK(scope_includes("openid profile", "profile"));
    CHECK(scope_includes("profile", "profile"));
    CHECK_FALSE(scope_includes("openid profile", "Profile"));
    CHECK_FALSE(scope_includes("openid profiles", "profile"));
    CHECK_FALSE(scope_includes("openid profile", "openid profile"));
    CHECK_FALSE(scope_includes("openid", ""));
    CHECK_FALSE(scope_includes("", ""));
}

TEST_CASE("a part of a scope, in any order") {
    CHECK(scope_covers("read write", "write read"));
    CHECK(scope_covers("read write", "write"));
    CHECK(scope_covers("read write", "write write"));
    CHECK(scope_covers("read", ""));
    CHECK(scope_covers("", " "));
    CHECK_FALSE(scope_covers("read", "read write"));
    CHECK_FALSE(scope_covers("", "read"));
    CHECK_FALSE(scope_covers("READ", "read"));
}

TEST_CASE("what one scope has and another has not") {
    CHECK(scope_without("read write admin", "write") == "read admin");
    CHECK(scope_without("read write", "write read") == "");
    CHECK(scope_without("read", "") == "read");
    CHECK(scope_without("", "read") == "");
    CHECK(scope_without(" a  b ", "") == "a b");
    CHECK(scope_without("User.Read openid", "openid offline_access") == "User.Read");
}

TEST_CASE("a list becomes a scope, its order and case kept [rfc6749-3.3-scope-format]") {
    CHECK(joined({"openid", "Profile"}) == "openid Profile");
    CHECK(joined({"one"}) == "one");
    CHECK(joined({}) == "");
    CHECK(*make_scope({"openid", "offline_access"}) == "openid offline_access");
    const std::string_view array[] = {"a", "b"};
    CHECK(*make_scope(array) == "a b");
    CHECK(joined({"6731de76-14a6-49ae-97bc-6eba6914391e/.default", "https://contoso.onmicrosoft.com/app/read"}) ==
          "6731de76-14a6-49ae-97bc-6eba6914391e/.default https://contoso.onmicrosoft.com/app/read");
}

TEST_CASE("a word is not empty and has no space, quote, backslash or what is not printable [rfc6749-A.4-scope-token]") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const bool good = byte == 0x21 || (byte >= 0x23 && byte <= 0x5B) || (byte >= 0x5D && byte <= 0x7E);
        const std::string word(1, static_cast<char>(byte));
        for (const std::string& text : {word, "a" + word, word + "a"}) {
            CHECK(static_cast<bool>(make_scope({"first", text})) == good);
        }
    }
    const auto empty = make_scope({"a", ""});
    CHECK_FALSE(empty);
    if (!empty) CHECK(empty.error().reason() == errc::invalid_value);
    if (!empty) CHECK(empty.error().field() == "scope");
}

}  // namespace scope_test
