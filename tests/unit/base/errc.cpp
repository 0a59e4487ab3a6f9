// SPDX-License-Identifier: MIT
//
// Every way to fail has its own sentence.
#include <oauthpp/base/errc.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <set>
#include <string_view>

namespace errc_test {
namespace {

using oauthpp::errc, oauthpp::message;

constexpr auto last_reason = errc::response_too_large;

}  // namespace

TEST_CASE("every reason has a sentence of its own, without a full stop") {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last_reason); ++i) {
        const std::string_view text = message(static_cast<errc>(i));
        CAPTURE(i);
        CAPTURE(text);
        CHECK(text.size() > 5);
        CHECK(text.back() != '.');
        CHECK(text != "unknown error");
        CHECK(seen.insert(text).second);
        for (const char c : text) CHECK((c >= 0x20 && c <= 0x7E));
    }
}

TEST_CASE("a number that is no reason still has a text") {
    CHECK(message(static_cast<errc>(static_cast<int>(last_reason) + 1)) == "unknown error");
}

}  // namespace errc_test
