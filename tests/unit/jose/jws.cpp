// SPDX-License-Identifier: MIT
//
// Compact form: the example of RFC 7515 A.1.
#include <oauthpp/jose/jws.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace jws_test {
namespace {

using oauthpp::errc, oauthpp::parse_jws;

constexpr std::string_view token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

TEST_CASE("the parts of a token, and how much memory they take") {
    std::array<char, 30 + 70 + 32> memory{};      // the lengths of A.1.1's octet sequences
    const auto jws = parse_jws(token, memory);
    REQUIRE(jws);
    if (!jws) return;
    CHECK(jws->alg == "HS256");
    CHECK(jws->typ == "JWT");
    CHECK(jws->payload[2] == 'i');
    CHECK(jws->signature.size() == 32);
    CHECK(jws->signature[0] == std::byte{116});
    CHECK(token.starts_with(jws->signing_input));

    for (std::size_t size = 0; size < memory.size(); ++size) {
        const auto full = parse_jws(token, std::span(memory).first(size));
        REQUIRE(!full);
        if (full) return;
        CHECK(full.error().reason == errc::buffer_too_small);
        CHECK(full.error().needed == memory.size());
    }
}

}  // namespace
}  // namespace jws_test
