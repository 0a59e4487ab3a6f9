// SPDX-License-Identifier: MIT
//
// Secrets come out only by `reveal`, and nothing of them stays behind.
#include <oauthpp/base/secret.hpp>

#include <doctest/doctest.h>
#include <unit/detail/storage_of.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace secret_test {
namespace {

using oauthpp::secret, oauthpp::secret_array, oauthpp::secret_view;
using oauthpp_test::storage_of;

// A run of one letter: any four of them in a row are a part of the secret, and no part of a pointer or a size.
constexpr std::string_view trace = "SSSS";
const std::string in_the_buffer(std::string().capacity(), 'S');   // std::string keeps it inside itself
const std::string on_the_heap(100, 'S');

/// Whether a string that lives, perhaps moved from, keeps a part of the secret in its memory, behind its end included.
bool keeps_a_trace(const std::string& text) {
    return std::string_view(text.data(), text.capacity()).find(trace) != std::string_view::npos;
}

/// Whether `a == b` has an answer.
template <class A, class B>
concept comparable = requires(const A& a, const B& b) { { a == b } -> std::same_as<bool>; };

static_assert(!std::convertible_to<secret, std::string>);
static_assert(!std::convertible_to<secret, std::string_view>);
static_assert(!std::convertible_to<secret, const char*>);
static_assert(!std::convertible_to<secret, bool>);
static_assert(!std::convertible_to<secret_view, std::string_view>);
static_assert(!std::convertible_to<std::string_view, secret>);        // the source would stay behind
static_assert(!std::convertible_to<const std::string&, secret>);
static_assert(std::convertible_to<std::string&&, secret>);
static_assert(std::convertible_to<const char (&)[4], secret>);
static_assert(std::convertible_to<const secret&, secret_view>);
static_assert(std::convertible_to<const secret_array<4>&, secret_view>);
static_assert(std::convertible_to<std::string_view, secret_view>);
static_assert(std::convertible_to<const std::string&, secret_view>);
static_assert(std::convertible_to<const char*, secret_view>);
static_assert(std::is_nothrow_move_constructible_v<secret> && std::is_nothrow_move_assignable_v<secret>);
static_assert(comparable<secret, secret> && comparable<secret, secret_view> && comparable<secret_view, secret>);
static_assert(std::is_trivially_copyable_v<secret_view>);

}  // namespace

TEST_CASE("a secret is made from a literal, from a string that it takes, or from a copy that is asked for") {
    CHECK(secret().empty());
    CHECK(secret().reveal() == "");
    const secret literal = "7Fjfp0ZBr1KtDRbnfVdmIw";
    CHECK(literal.reveal() == "7Fjfp0ZBr1KtDRbnfVdmIw");
    CHECK_FALSE(literal.empty());
    CHECK(secret(std::string_view("copied")).reveal() == "copied");
    const std::string with_nul("a\0b", 3);
    CHECK(secret(std::string_view(with_nul)).reveal() == with_nul);
}

TEST_CASE("the string that a secret takes keeps nothing, in the small buffer or on the heap") {
    for (const std::string& text : {in_the_buffer, on_the_heap}) {
        CAPTURE(text.size());
        std::string source = text;
        const secret taken = std::move(source);
        CHECK(taken.reveal() == text);
        CHECK(source.empty());
        CHECK_FALSE(keeps_a_trace(source));
    }
}

TEST_CASE("a secret that dies leaves nothing in its own memory") {
    storage_of<secret> storage;
    secret& dying = storage.make(in_the_buffer);
    REQUIRE(storage.holds(trace));
    dying.~secret();
    CHECK_FALSE(storage.holds(trace));
}

TEST_CASE("a secret that was moved from keeps nothing") {
    for (const std::string& text : {in_the_buffer, on_the_heap}) {
        CAPTURE(text.size());
        storage_of<secret> storage;
        secret& source = storage.make(text);
        secret target = std::move(source);
        CHECK(target.reveal() == text);
        CHECK(source.empty());
        CHECK_FALSE(storage.holds(trace));

        secret third;
        third = std::move(target);
        CHECK(third.reveal() == text);
        CHECK(target.empty());
        source.~secret();
    }
}

TEST_CASE("a secret that is assigned to keeps nothing of the one before, whatever the two lengths") {
    const std::array<std::string, 4> others{"", "T", std::string(15, 'T'), std::string(100, 'T')};
    for (const std::string& before : {in_the_buffer, on_the_heap}) {
        for (const std::string& after : others) {
            CAPTURE(before.size());
            CAPTURE(after.size());
            storage_of<secret> storage;
            secret& target = storage.make(before);
            target = secret(std::string_view(after));
            CHECK(target.reveal() == after);
            CHECK_FALSE(storage.holds(trace));
            CHECK(std::string_view(target.reveal().data(), after.size()).find(trace) == std::string_view::npos);
            target.~secret();
            CHECK_FALSE(storage.holds(trace));
            CHECK_FALSE(storage.holds("TTTT"));
        }
    }
}

TEST_CASE("a copy is independent, and a secret survives its own assignment") {
    secret one = "first";
    secret two = one;
    one = "second";
    CHECK(two.reveal() == "first");
    two = one;
    CHECK(two.reveal() == "second");
    secret& same = two;
    two = same;
    CHECK(two.reveal() == "second");
    two = std::move(same);
    CHECK(two.reveal() == "second");
}

TEST_CASE("secrets are equal when all of their bytes are") {
    const secret owned = "xyz";
    CHECK(owned == secret("xyz"));
    CHECK_FALSE(owned == secret("xyZ"));
    CHECK_FALSE(owned == secret("xy"));
    CHECK(secret_view("xyz") == owned);
    CHECK(owned == secret_view("xyz"));
    CHECK(secret_view("xyz") == secret_view(std::string("xyz")));
    CHECK_FALSE(secret_view("xyz") == secret_view("xy "));
    CHECK_FALSE(secret_view("xyz") == secret_view());
    CHECK_FALSE(secret_view(std::string_view("a\0b", 3)) == secret_view(std::string_view("a\0c", 3)));
    CHECK(secret_view() == secret_view(""));
}

TEST_CASE("a view looks at memory that is somebody else's, and wipes nothing") {
    std::string text = "SSSSSSSS";
    {
        const secret_view view = text;
        CHECK(view.reveal().data() == text.data());
        CHECK_FALSE(view.empty());
    }
    CHECK(text == "SSSSSSSS");
    CHECK(secret_view().empty());
}

TEST_CASE("a secret of fixed size lives inside its object and is wiped with it") {
    storage_of<secret_array<8>> storage;
    const std::array<char, 8> text{'S', 'S', 'S', 'S', 'S', 'S', 'S', 'S'};
    auto& dying = storage.make(text);
    CHECK(dying.reveal() == "SSSSSSSS");
    CHECK(secret_view(dying) == secret_view("SSSSSSSS"));
    const secret_array<8> copy = dying;
    dying.~secret_array();
    CHECK_FALSE(storage.holds(trace));
    CHECK(copy.reveal() == "SSSSSSSS");
}

TEST_CASE("a secret of fixed size can be filled in place and wiped early") {
    secret_array<4> key;
    CHECK(key.reveal() == std::string_view("\0\0\0\0", 4));
    key.memory() = {'k', 'e', 'y', '!'};
    CHECK(key.reveal() == "key!");
    key.wipe();
    CHECK(key.reveal() == std::string_view("\0\0\0\0", 4));
}

}  // namespace secret_test
