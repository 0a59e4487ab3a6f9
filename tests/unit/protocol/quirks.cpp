// SPDX-License-Identifier: MIT
//
// Tolerances: each is a bit of its own, and none is on by itself.
#include <oauthpp/protocol/quirks.hpp>

#include <doctest/doctest.h>

#include <ostream>

namespace quirks_test {
namespace {

using oauthpp::tolerance, oauthpp::tolerances;

constexpr tolerance all[] = {
    tolerance::expires_in_unusable, tolerance::number_as_string,    tolerance::content_type_missing,
    tolerance::byte_order_mark,     tolerance::unusual_status,      tolerance::token_type_supplied,
    tolerance::text_plain,          tolerance::issuer_not_compared, tolerance::form_post_encoded_twice};

}  // namespace

TEST_CASE("each tolerance is read back, and no other with it") {
    for (const tolerance one : all) {
        tolerances some;
        CHECK(some.none());
        some.add(one);
        some.add(one);
        CHECK_FALSE(some.none());
        for (const tolerance other : all) CHECK(some.has(other) == (other == one));
    }
}

TEST_CASE("tolerances add up") {
    tolerances some;
    for (const tolerance one : all) some.add(one);
    for (const tolerance one : all) CHECK(some.has(one));
}

TEST_CASE("no deviation is allowed in advance") {
    constexpr oauthpp::quirks none;
    CHECK_FALSE((none.missing_token_type || none.json_as_text_plain || none.form_post_encoded_twice));
}

}  // namespace quirks_test
