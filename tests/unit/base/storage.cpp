// SPDX-License-Identifier: MIT
//
// Lists that look at whatever the caller has, and a list that refuses one brace too many.
#include <oauthpp/base/storage.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace storage_test {
namespace {

using oauthpp::list, oauthpp::list_view;
using texts = list_view<std::string_view>;

/// As a function of the library takes it: braces at the call live until it returns.
std::string joined(texts list) {
    std::string all;
    for (std::size_t i = 0; i < list.size(); ++i) all.append(i == 0 ? "" : " ").append(list[i]);
    return all;
}

struct request {
    std::string_view client_id{};
    texts resource{};
};
std::string joined_resources(const request& r) { return joined(r.resource); }

/// A user's own text type.
struct label {
    const char* text;
    constexpr operator std::string_view() const { return text; }
};

static_assert(std::is_same_v<oauthpp::owned::text, std::string>);
static_assert(std::is_same_v<oauthpp::borrowed::text, std::string_view>);
static_assert(std::is_same_v<oauthpp::owned::secret, oauthpp::secret>);
static_assert(std::is_same_v<oauthpp::borrowed::secret, oauthpp::secret_view>);
static_assert(std::is_same_v<oauthpp::owned::list<std::string, std::string_view>, list<std::string>>);
static_assert(std::is_same_v<oauthpp::borrowed::list<std::string, std::string_view>, texts>);
static_assert(sizeof(texts) == 3 * sizeof(void*));
static_assert(std::is_trivially_copyable_v<texts>);
static_assert(!std::convertible_to<std::vector<int>, texts>);
static_assert(!std::convertible_to<std::string, texts>);           // its elements are characters, not texts

}  // namespace

TEST_CASE("a borrowed list looks at whatever keeps its elements in a row") {
    const std::vector<std::string> strings{"a", "b", "c"};
    const std::vector<std::string_view> views{"a", "b", "c"};
    const std::array<const char*, 3> array{"a", "b", "c"};
    const std::string plain[] = {"a", "b", "c"};
    const list<std::string> owned{"a", "b", "c"};
    const std::vector<label> labels{{"a"}, {"b"}, {"c"}};
    CHECK(joined(strings) == "a b c");
    CHECK(joined(views) == "a b c");
    CHECK(joined(array) == "a b c");
    CHECK(joined(plain) == "a b c");
    CHECK(joined(owned) == "a b c");
    CHECK(joined(labels) == "a b c");
    CHECK(joined(std::span<const std::string>(strings)) == "a b c");
    CHECK(joined(std::span<const std::string>(strings.data() + 1, 2)) == "b c");
}

TEST_CASE("a borrowed list looks at elements that may be changed") {
    std::vector<std::string> strings{"a", "b"};
    std::array<std::string_view, 2> array{"a", "b"};
    const std::span<std::string> span(strings);
    CHECK(joined(strings) == "a b");
    CHECK(joined(array) == "a b");
    CHECK(joined(span) == "a b");
    const texts list = strings;
    strings[1] = "changed";
    CHECK(list[1] == "changed");
    CHECK(list[1].data() == strings[1].data());
}

TEST_CASE("a borrowed list takes an initialiser where it is passed on") {
    CHECK(joined({{"a", "b"}}) == "a b");
    CHECK(joined_resources({.client_id = "id", .resource = {{"https://a.example", "https://b.example"}}}) ==
          "https://a.example https://b.example");
    CHECK(joined_resources({.client_id = "id"}) == "");
}

TEST_CASE("a borrowed list of nothing") {
    CHECK(texts().empty());
    CHECK(texts().size() == 0);
    const std::vector<std::string> none;
    CHECK(texts(none).empty());
    const std::array<std::string_view, 1> one{"a"};
    CHECK_FALSE(texts(one).empty());
}

TEST_CASE("an owned list is a vector, and its single brace means elements") {
    const list<std::string> two{"a", "b"};
    CHECK(two.size() == 2);
    CHECK(two[1] == "b");
    list<std::string> growing;
    CHECK(growing.empty());
    growing.push_back("x");
    CHECK(growing.size() == 1);
    const list<std::string> repeated(3, "r");
    CHECK(joined(repeated) == "r r r");
    const list<request> pairs{{"id", {}}, {"other", {}}};
    CHECK(pairs.size() == 2);
    CHECK(pairs[1].client_id == "other");
}

}  // namespace storage_test
