// SPDX-License-Identifier: MIT
//
// PKCE by the example of RFC 7636 appendix B, and a source of randomness that fails.
#include <oauthpp/protocol/pkce.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace pkce_test {
namespace {

using oauthpp::errc, oauthpp::make_code_challenge, oauthpp::make_pkce, oauthpp::make_unguessable;

constexpr std::string_view rfc_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr std::string_view rfc_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The 32 octets of RFC 7636 appendix B.
bool rfc_octets(std::span<std::byte> out) {
    constexpr std::array<unsigned char, 32> octets{116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96,
                                                   125, 216, 173, 187, 186, 22,  212, 37,  77,  105, 214,
                                                   191, 240, 91,  88,  5,   88,  83,  132, 141, 121};
    if (out.size() != octets.size()) return false;
    std::memcpy(out.data(), octets.data(), octets.size());
    return true;
}

/// Different bytes at each call, and no two alike: a counter in 32 bytes, spread so that every place changes.
struct counting_source {
    std::uint32_t next = 1;
    bool operator()(std::span<std::byte> out) {
        std::uint32_t x = next++;
        for (std::byte& byte : out) {
            x = x * 1664525 + 1013904223;   // a permutation, so different starts stay different
            byte = static_cast<std::byte>(x >> 24);
        }
        std::memcpy(out.data(), &next, sizeof next);
        return true;
    }
};

std::string challenge_of(std::string_view verifier) {
    const auto made = make_code_challenge(verifier);
    return made ? std::string(made->data(), made->size()) : std::string();
}

bool is_refused(std::string_view verifier) {
    const auto made = make_code_challenge(verifier);
    return !made && made.error().reason == errc::invalid_value && made.error().field == "code_verifier";
}

}  // namespace

TEST_CASE("the challenge is base64url of SHA-256 of the verifier [rfc7636-4.2-s256]") {
    CHECK(challenge_of(rfc_verifier) == rfc_challenge);
    CHECK(challenge_of("bEaL42izcC-o-xBk0K2vuJ6U-y1p9r_wW2dFWIWgjz-") == "HtPJkE32DJkowXxFcEC5nnFXgv1Z97Cn_krX96qwH0E");
    CHECK(challenge_of(std::string(43, 'A')) == "DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo");
    CHECK(challenge_of(std::string(128, '~')) == "zNhOm5Jyonenca7bQzzpjUpwFDVrfhrbbOGCqgWA6HU");
}

TEST_CASE("a verifier has 43 to 128 characters, all of them unreserved [rfc7636-4.1-syntax]") {
    CHECK(is_refused(""));
    CHECK(is_refused(std::string(42, 'a')));
    CHECK(is_refused(std::string(129, 'a')));
    CHECK_FALSE(is_refused(std::string(43, 'a')));
    CHECK_FALSE(is_refused(std::string(128, 'a')));
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        for (const std::size_t at : {0U, 21U, 42U}) {
            std::string verifier(43, 'a');
            verifier[at] = c;
            CAPTURE(byte);
            CAPTURE(at);
            CHECK(is_refused(verifier) == (unreserved.find(c) == std::string_view::npos));
        }
    }
}

TEST_CASE("a verifier is base64url of 32 octets from the source [rfc7636-4.1-generate]") {
    const auto made = make_pkce(rfc_octets);
    REQUIRE(made);
    if (!made) return;
    CHECK(made->code_verifier.reveal() == rfc_verifier);
    CHECK(std::string_view(made->code_challenge.data(), made->code_challenge.size()) == rfc_challenge);

    const auto state = make_unguessable(rfc_octets);
    REQUIRE(state);
    if (state) CHECK(state->reveal() == rfc_verifier);
}

TEST_CASE("each one is new [rfc7636-4.1-fresh]") {
    counting_source source;
    const auto one = make_pkce(source);
    const auto two = make_pkce(source);
    REQUIRE((one && two));
    if (!one || !two) return;
    CHECK(one->code_verifier.reveal() != two->code_verifier.reveal());
    CHECK((one->code_challenge != two->code_challenge));
}

TEST_CASE("ten thousand values from a source that does not repeat are 43 characters each and all different "
          "[rfc6749-10.10-entropy]") {
    counting_source source;
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) {
        const auto made = make_unguessable(source);
        if (!made || made->reveal().size() != 43 || !seen.emplace(made->reveal()).second) break;
    }
    CHECK(seen.size() == 10'000);
}

TEST_CASE("every bit of the source reaches the value") {
    std::set<std::string> seen;
    for (std::size_t bit = 0; bit < 256; ++bit) {
        const auto made = make_unguessable([bit](std::span<std::byte> out) {
            std::fill(out.begin(), out.end(), std::byte{});
            if (bit / 8 >= out.size()) return false;
            out[bit / 8] = std::byte{1} << (bit % 8);
            return true;
        });
        if (made) seen.emplace(made->reveal());
    }
    CHECK(seen.size() == 256);
}

TEST_CASE("a source that fails makes no value, even if it filled the bytes") {
    const auto failing = [](std::span<std::byte> out) {
        std::fill(out.begin(), out.end(), std::byte{1});
        return false;
    };
    const auto state = make_unguessable(failing);
    CHECK_FALSE(state);
    if (!state) CHECK(state.error().reason == errc::no_entropy);
    const auto pkce = make_pkce(failing);
    CHECK_FALSE(pkce);
    if (!pkce) {
        CHECK(pkce.error().reason == errc::no_entropy);
        CHECK(pkce.error().action() == oauthpp::remedy::retry_later);
    }
}

}  // namespace pkce_test
