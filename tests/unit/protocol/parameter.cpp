// SPDX-License-Identifier: MIT
//
// The grammars of RFC 6749 appendix A, byte by byte, and what a caller may add to a request.
#include <oauthpp/protocol/parameter.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace parameter_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::errc, oauthpp::parameter;
using oauthpp::detail::check_extra, oauthpp::detail::check_resources, oauthpp::detail::check_value;
using oauthpp::detail::failure, oauthpp::detail::first_wrong, oauthpp::detail::grammar;

constexpr const char* reserved_names[] = {"state", "code"};

failure extra(const std::vector<parameter>& list) {
    failure wrong;
    const bool fine = check_extra(list, reserved_names, "audience", wrong);
    CHECK(fine != wrong.failed());
    return wrong;
}

failure value(const char* name, std::string_view text, grammar rule) {
    failure wrong;
    const bool fine = check_value(name, text, rule, wrong);
    CHECK(fine != wrong.failed());
    return wrong;
}

bool is(const failure& found, errc reason, std::string_view field, std::size_t offset = 0) {
    return found.reason == reason && found.field == field && found.offset == offset;
}

}  // namespace

TEST_CASE("every byte against every grammar") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const bool printable   = byte >= 0x20 && byte <= 0x7E;
        const bool letter      = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        const bool digit       = byte >= '0' && byte <= '9';
        const std::string text = std::string(21, 'a') + static_cast<char>(byte) + std::string(21, 'a');
        const auto allowed     = [&](grammar rule) { return first_wrong(text, rule) == text.size(); };
        CHECK(allowed(grammar::printable) == printable);
        CHECK(allowed(grammar::words) == (printable && byte != '"' && byte != '\\'));
        CHECK(allowed(grammar::names) == (letter || digit || byte == '_' || byte == ' '));
        CHECK(allowed(grammar::pkce) == (letter || digit || byte == '-' || byte == '.' || byte == '_' || byte == '~'));
        CHECK(allowed(grammar::text) == printable);  // above 0x7F no byte stands alone in UTF-8
        for (const grammar rule : {grammar::printable, grammar::words, grammar::names, grammar::pkce, grammar::text}) {
            if (!allowed(rule)) CHECK(first_wrong(text, rule) == 21);
        }
    }
}

TEST_CASE("words and names have one space between them and none around") {
    for (const grammar rule : {grammar::words, grammar::names}) {
        CHECK(first_wrong("", rule) == 0);
        CHECK(first_wrong("code id_token", rule) == 13);
        CHECK(first_wrong(" code", rule) == 0);
        CHECK(first_wrong("code ", rule) == 4);
        CHECK(first_wrong("a  b", rule) == 1);
        CHECK(first_wrong(" ", rule) == 0);
    }
}

TEST_CASE("text is UTF-8, and the first wrong byte is the one that is told") {
    CHECK(first_wrong("J\xC3\xBCrgen", grammar::text) == 7);
    CHECK(first_wrong("a\xC3", grammar::text) == 1);
    CHECK(first_wrong("\xC3\xBC\n\xFF", grammar::text) == 2);
    CHECK(first_wrong("\xC3\xBC\xFF\n", grammar::text) == 2);
    CHECK(first_wrong("a\0b"sv, grammar::text) == 1);
}

TEST_CASE("a verifier or challenge has 43 to 128 characters, or is absent") {
    const auto check = [](std::size_t size) { return value("x", std::string(size, 'a'), grammar::pkce).reason; };
    for (const std::size_t size : {0U, 43U, 128U}) CHECK(check(size) == errc::none);
    for (const std::size_t size : {1U, 42U, 129U, 10000U}) CHECK(check(size) == errc::invalid_value);
}

TEST_CASE("a wrong value is told by its name and offset") {
    CHECK(is(value("client_id", "ab\ncd", grammar::printable), errc::invalid_value, "client_id", 2));
    CHECK_FALSE(value("client_id", "", grammar::printable).failed());
}

TEST_CASE("further parameters: well-formed, not twice, none that is reserved [rfc6749-A.18-param-name]") {
    CHECK_FALSE(extra({}).failed());
    CHECK_FALSE(extra({{"a", "1"}, {"x-tenant.id", ""}, {"A", "\xC3\xBC"}}).failed());
    CHECK_FALSE(extra({{"audience", "1"}, {"audience", "1"}}).failed());
    CHECK(is(extra({{"a", "1"}, {"a", "2"}}), errc::repeated_parameter, "extra"));
    CHECK(is(extra({{"a", "1"}, {"state", "2"}}), errc::forbidden_parameter, "state"));
    CHECK(is(extra({{"code", ""}}), errc::forbidden_parameter, "code"));
    CHECK(is(extra({{"a", "b\nc"}}), errc::invalid_value, "extra", 1));
    for (const char* name : {"", " ", "a b", "state code", "a=b", "\xC3\xBC", "a\n"}) {
        CHECK(is(extra({{name, "1"}}), errc::invalid_value, "extra"));
    }
}

TEST_CASE("a name in an error is the library's own text, since the caller's may have died") {
    failure found;
    {
        const std::vector<parameter> list{{std::string("state"), "1"}};
        CHECK_FALSE(check_extra(list, reserved_names, "", found));
        CHECK(found.field.data() != list[0].name.data());
    }
    CHECK(found.field == "state");
}

TEST_CASE("resources are absolute URIs without a fragment") {
    const auto check = [](const std::vector<std::string>& list) {
        failure wrong;
        const bool fine = check_resources(list, wrong);
        CHECK(fine != wrong.failed());
        return wrong;
    };
    CHECK_FALSE(check({}).failed());
    CHECK_FALSE(check({"https://api.example/?a=1", "urn:x"}).failed());
    for (const char* bad : {"", "api", "//api", "https://a/#", "https://a/\n", "https://a/\xC3\xBC"}) {
        CHECK(check({"urn:x", bad}).reason == errc::invalid_value);
        CHECK(check({"urn:x", bad}).field == "resource");
    }
}

}  // namespace parameter_test
