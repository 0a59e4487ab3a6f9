// SPDX-License-Identifier: MIT
//
// Hints for people: each number that is known answers, wherever Microsoft writes it, and nothing else does.
#include <oauthpp/provider/microsoft_hint.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <iterator>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

namespace microsoft_hint_test {
namespace {

using oauthpp::error_view, oauthpp::provider::microsoft_hint, oauthpp::provider::detail::aadsts_hints;

std::string_view by_codes(std::string_view codes) {
    error_view error;
    error.error_codes = codes;
    return microsoft_hint(error);
}

std::string_view by_description(std::string_view description) {
    error_view error;
    error.server_description = description;
    return microsoft_hint(error);
}

bool says(std::string_view hint, std::string_view words) { return hint.find(words) != std::string_view::npos; }

}  // namespace

TEST_CASE("thirty codes and more, each once, each with a text that ends with a NUL") {
    CHECK(std::size(aadsts_hints) >= 30);
    std::set<std::uint32_t> seen;
    for (const auto& hint : aadsts_hints) {
        const std::string number = std::to_string(hint.code);
        CAPTURE(number);
        CHECK(seen.insert(hint.code).second);
        for (const std::string_view answer :
             {by_codes("[" + number + "]"), by_description("AADSTS" + number + ": text"),
              by_description("AADSTS" + number)}) {
            CHECK(answer == hint.text);
            CHECK(std::string_view(answer.data()) == answer);  // up to its NUL
        }
        for (const char c : hint.text) CHECK((c >= 0x20 && c <= 0x7E));
    }
}

/// What Microsoft's documentation and its users say that each number means, in the words that a hint cannot do without.
constexpr struct {
    std::uint32_t code;
    std::string_view meaning, remedy;
} meanings[] = {
    {50011, "redirect URI is not registered", "to the letter"},
    {500113, "no redirect URI is registered", ""},
    {500117, "redirect URI", "https"},
    {50020, "another tenant", "guest"},
    {50034, "no such account", "tenant"},
    {50053, "locked", "administrator"},
    {50076, "second factor", "sign in again"},
    {50079, "set up a second factor", "sign in again"},
    {50105, "not assigned", "administrator"},
    {50173, "revoked", "sign in again"},
    {50194, "one tenant only", "instead of 'common'"},
    {50196, "loop", "keep the tokens"},
    {53003, "Conditional Access", "administrator"},
    {54005, "used already", "sign in again"},
    {65001, "consented", "prompt=consent"},
    {65004, "declined", ""},
    {28003, "scope", "empty"},
    {500011, "resource", "tenant"},
    {501481, "code verifier", ""},
    {70008, "expired", "sign in again"},
    {70011, "scope is not valid", ".default"},
    {700005, "another tenant's path", "one authority"},
    {700016, "client ID", "tenant"},
    {700025, "public", "leave the client secret out"},
    {700027, "signature", "certificate"},
    {700082, "not been used", "sign in again"},
    {7000215, "secret's ID, not its value", "encoded"},
    {7000216, "secret or certificate", "none was sent"},
    {7000218, "secret or certificate", "'Mobile and desktop'"},
    {7000222, "secret has expired", "new one"},
    {90002, "no such tenant", "cloud"},
    {90009, "itself", "{client ID}/.default"},
    {90014, "required field", "in the body"},
    {90094, "administrator", "consent"},
    {900144, "required field", "in the body"},
    {9002313, "malformed", "form-encoded"},
    {9002325, "PKCE", "verifier"},
    {9002326, "Origin", "leave it out"},
    {9002327, "single-page app", "'Mobile and desktop'"},
};

TEST_CASE("each number has its own meaning, and what to do about it") {
    CHECK(std::size(meanings) == std::size(aadsts_hints));
    for (const auto& [code, meaning, remedy] : meanings) {
        const std::string number = std::to_string(code);
        CAPTURE(number);
        for (const std::string_view hint :
             {by_codes("[" + number + "]"), by_description("AADSTS" + number + ": text")}) {
            CHECK(says(hint, meaning));
            CHECK(says(hint, remedy));
        }
    }
}

TEST_CASE("the first number that is known here speaks") {
    for (const char* codes : {"[70002,54005]", "[54005,70002]", "[ 1 , 54005 ]", "[\"54005\"]"}) {
        CHECK(says(by_codes(codes), "used already"));
    }
    CHECK(says(by_description("AADSTS70002: Error validating credentials. AADSTS54005: Already redeemed."),
               "used already"));
    error_view both;
    both.error_codes        = "[1]";
    both.server_description = "AADSTS54005: Already redeemed.";
    CHECK(says(microsoft_hint(both), "used already"));
}

TEST_CASE("Microsoft's texts of the browser and of the token endpoint") {
    CHECK(says(
        by_description("AADSTS50011: The redirect URI 'http://localhost:8080' does not match.\r\nTrace ID: 7000215"),
        "redirect URI"));
    CHECK(says(by_description("AADSTS65004: User declined to consent to access the app."), "declined"));
    CHECK(says(by_description("the server said: AADSTS900144: The request body must contain"), "required field"));
}

TEST_CASE("no hint where no number is known") {
    for (const char* codes :
         {"", "[]", "[1]", "[5001]", "[500110]", "[70002150]", "[99999999999999999999]", "[4295017307]", "x"}) {
        CAPTURE(codes);
        CHECK(by_codes(codes).empty());  // 4295017307 is 50011 + 2^32
        CHECK(by_codes(codes).data()[0] == '\0');
    }
    for (const char* text : {"", "AADSTS", "AADSTS:", "AADSTSx50011", "aadsts50011:", "Error 50011",
                             "AADSTS5001: 50011", "AADB2C90006: ...", "AADSTS500111: x"}) {
        CAPTURE(text);
        CHECK(by_description(text).empty());
    }
    CHECK(by_description(std::string(100'000, '5')).empty());
}

}  // namespace microsoft_hint_test
