// SPDX-License-Identifier: MIT
//
// One line for people: it says all that is known, and nothing that a terminal or a log would obey.
#include <oauthpp/base/describe.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace describe_test {
namespace {

using oauthpp::describe, oauthpp::errc, oauthpp::error, oauthpp::error_view;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string describe_words(std::string_view words) {
    error_view what(errc::server_refused);
    what.server_description = words;
    return describe(what);
}

}  // namespace

TEST_CASE("the line of the header's example") {
    error_view what(errc::server_refused);
    what.http_status = 400;
    what.server_error = "invalid_grant";
    what.server_description = "The code has expired.";
    CHECK(describe(what) == "the server refused (HTTP 400): invalid_grant: The code has expired. - sign in again");
}

TEST_CASE("the field and the byte of a wrong parameter") {
    CHECK(describe(error_view(errc::invalid_url, "redirect_uri", 7)) ==
          "not an absolute URL (RFC 3986): redirect_uri, at byte 7 - fix the configuration");
}

TEST_CASE("nothing wrong is nothing to do") { CHECK(describe(error_view()) == "no error"); }

TEST_CASE("what the HTTP stack said, and numbers to the end of their range") {
    error_view what(errc::transport_failed);
    what.transport_code = INT32_MIN;
    what.transport_text = "Could not resolve host";
    what.retry_after = "120";
    const std::string line = describe(what);
    CHECK(contains(line, "(code -2147483648)"));
    CHECK(contains(line, ": Could not resolve host"));
    CHECK(contains(line, "(Retry-After: 120)"));

    error_view full(errc::buffer_too_small);
    full.needed = 768;
    CHECK(contains(describe(full), "needs 768 bytes"));
}

TEST_CASE("an error is described like its view") {
    const error kept = error_view(errc::state_mismatch);
    CHECK(describe(kept) == describe(error_view(errc::state_mismatch)));
    CHECK(contains(describe(kept), "sign in again"));
}

TEST_CASE("the other side's words cannot move the cursor, forge a line or change the encoding") {
    CHECK(contains(describe_words("a\x1b[2Jb"), "a\\x1b[2Jb"));
    CHECK(contains(describe_words("a\r\nb"), "a\\x0d\\x0ab"));
    CHECK(contains(describe_words(std::string_view("a\0b", 3)), "a\\x00b"));
    CHECK(contains(describe_words("a\x7f\xc3\xa9"), "a\\x7f\\xc3\\xa9"));
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    for (const char c : describe_words(every_byte)) CHECK((c >= 0x20 && c <= 0x7E));
    error_view what(errc::throttled);
    for (const auto text : {&error_view::server_error, &error_view::suberror, &error_view::server_description,
                            &error_view::transport_text, &error_view::retry_after}) {
        what.*text = every_byte;
        for (const char c : describe(what)) CHECK((c >= 0x20 && c <= 0x7E));
    }
}

TEST_CASE("each of the other side's texts is cut after 500 bytes") {
    CHECK(contains(describe_words(std::string(500, 'x')), ": " + std::string(500, 'x') + " - "));
    CHECK(contains(describe_words(std::string(501, 'x')), ": " + std::string(500, 'x') + "... - "));
    CHECK(describe_words(std::string(1'000'000, '\n')).size() < 2200);   // four characters for each byte
}

}  // namespace describe_test
