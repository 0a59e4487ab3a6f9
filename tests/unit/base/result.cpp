// SPDX-License-Identifier: MIT
//
// A value or an error, never both and never neither, through every copy and move.
#include <oauthpp/base/result.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace result_test {
namespace {

using oauthpp::errc, oauthpp::error, oauthpp::error_view, oauthpp::result;

static_assert(!std::is_default_constructible_v<result<int>>);
static_assert(!std::is_convertible_v<result<int>, bool>);       // `if (r)` works, `int n = r` does not
static_assert(std::is_nothrow_move_constructible_v<result<std::string>>);
static_assert(std::is_nothrow_move_assignable_v<result<std::string>>);
static_assert(std::is_same_v<decltype(*std::declval<result<int>&>()), int&>);
static_assert(std::is_same_v<decltype(*std::declval<const result<int>&>()), const int&>);
static_assert(std::is_same_v<decltype(*std::declval<result<int>>()), int&&>);
static_assert(std::is_same_v<decltype(std::declval<result<int>>().error()), error&&>);

/// Counts how many of it live.
struct counted {
    static inline int alive = 0;
    int value = 0;
    explicit counted(int v) : value(v) { ++alive; }
    counted(const counted& other) : value(other.value) { ++alive; }
    counted(counted&& other) noexcept : value(std::exchange(other.value, 0)) { ++alive; }
    counted& operator=(const counted&) = default;
    ~counted() { --alive; }
};

error_view refused() {
    error_view what(errc::server_refused, "grant");
    what.server_error = "invalid_grant, and more than fits into a small buffer";
    return what;
}

}  // namespace

TEST_CASE("a result is true when it has a value, and says why when not") {
    const result<int> good = 7;
    CHECK(good);
    CHECK(*good == 7);

    const result<int> bad = errc::state_mismatch;
    CHECK_FALSE(bad);
    CHECK(bad.error().reason() == errc::state_mismatch);

    const result<int> told = error(refused());
    CHECK(told.error().server_error() == refused().server_error);

    const result<int> viewed = refused();
    CHECK(viewed.error().field() == "grant");
    CHECK(viewed.error().server_error() == refused().server_error);

    const result<int, error_view> bare = errc::no_entropy;
    CHECK(bare.error().reason == errc::no_entropy);
    CHECK(bare.error().action() == oauthpp::remedy::retry_later);
}

TEST_CASE("the value can be reached, changed and taken") {
    result<std::string> text = std::string("code");
    CHECK(text->size() == 4);
    text->append("!");
    CHECK(*text == "code!");
    const std::string taken = *std::move(text);
    CHECK(taken == "code!");

    const result<std::string> constant = std::string("abc");
    CHECK(constant->size() == 3);
}

TEST_CASE("the error can be taken") {
    result<int> bad = refused();
    const error taken = std::move(bad).error();
    CHECK(taken.server_error() == refused().server_error);
}

TEST_CASE("a value that cannot be copied passes through") {
    result<std::unique_ptr<int>> made = std::make_unique<int>(3);
    result<std::unique_ptr<int>> moved = std::move(made);
    REQUIRE(moved);
    CHECK(**moved == 3);
    moved = errc::timed_out;
    CHECK_FALSE(moved);
}

TEST_CASE("copies and moves between all four pairs of states keep each object alive exactly as long as it is needed") {
    const auto make = [](bool good) { return good ? result<counted>(counted(7)) : result<counted>(refused()); };
    const auto is = [](const result<counted>& r, bool good) {
        return good ? r && r->value == 7 : !r && r.error().server_error() == refused().server_error;
    };
    for (const bool from : {true, false}) {
        const result<counted> source = make(from);
        const result<counted> copy = source;
        CHECK(is(copy, from));
        CHECK(is(source, from));
        result<counted> gone = make(from);
        const result<counted> moved = std::move(gone);
        CHECK(is(moved, from));
        CHECK(counted::alive == (from ? 4 : 0));   // what was moved from lives too

        for (const bool to : {true, false}) {
            CAPTURE(from);
            CAPTURE(to);
            result<counted> target = make(to);
            target = source;
            CHECK(is(target, from));
            CHECK(is(source, from));
            target = make(to);
            CHECK(is(target, to));
            target = make(from);
            CHECK(is(target, from));
        }
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("a result survives its own assignment") {
    result<std::string> text = std::string(100, 'x');
    const auto& same = text;
    text = same;
    CHECK(*text == std::string(100, 'x'));
    text = std::move(*&text);
    CHECK(*text == std::string(100, 'x'));

    result<std::string> bad = refused();
    const auto& too = bad;
    bad = too;
    CHECK(bad.error().server_error() == refused().server_error);
}

}  // namespace result_test
