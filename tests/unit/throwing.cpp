// SPDX-License-Identifier: MIT
//
// or_throw gives the value, or throws all that is known of the failure.
#ifdef __cpp_exceptions
#include <oauthpp/throwing.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace throwing_test {
namespace {

using oauthpp::errc, oauthpp::error, oauthpp::error_view, oauthpp::or_throw, oauthpp::result;

static_assert(std::is_base_of_v<std::runtime_error, oauthpp::exception>);
static_assert(std::is_same_v<decltype(or_throw(std::declval<result<std::string>>())), std::string>);

// A result that stays behind would be empty without a sign of it.
template <class Result>
concept takes = requires(Result outcome) { or_throw(static_cast<Result>(outcome)); };
static_assert(takes<result<int>&&> && !takes<result<int>&>);

TEST_CASE("throwing: a success is its value, moved") {
    CHECK(*or_throw(result<std::unique_ptr<int>>(std::make_unique<int>(7))) == 7);
    CHECK(or_throw(result<std::string_view, error_view>("text")) == "text");
}

TEST_CASE("throwing: a failure is an exception with the whole error in it") {
    std::string words = "invalid_grant";
    error_view what(errc::server_refused);
    what.http_status = 400;
    what.server_error = words;
    const auto check = [&](auto outcome) {
        words = "invalid_grant";
        try {
            static_cast<void>(or_throw(std::move(outcome)));
            FAIL("no exception");
        } catch (const std::runtime_error& caught) {
            words = "overwritten!!";   // what is thrown stands on its own
            const auto* const thrown = dynamic_cast<const oauthpp::exception*>(&caught);
            REQUIRE(thrown != nullptr);
            CHECK(thrown->error().reason() == errc::server_refused);
            CHECK(thrown->error().http_status() == 400);
            CHECK(thrown->error().server_error() == "invalid_grant");
            CHECK(thrown->what() == describe(thrown->error()));
        }
    };
    check(result<int>(what));
    check(result<int, error_view>(what));
}

}  // namespace
}  // namespace throwing_test
#endif
