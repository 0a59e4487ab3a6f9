// SPDX-License-Identifier: MIT
//
// Errors print themselves as `describe` puts them; secrets do not print at all.
#include <oauthpp/ostream.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <sstream>
#include <string>

namespace ostream_test {
namespace {

using oauthpp::errc, oauthpp::error, oauthpp::error_view, oauthpp::remedy;

template <class T>
concept printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(printable<errc> && printable<remedy> && printable<error> && printable<error_view>);
static_assert(!printable<oauthpp::secret> && !printable<oauthpp::secret_view> && !printable<oauthpp::secret_array<43>>);
static_assert(!printable<oauthpp::http_request> && !printable<oauthpp::http_response>);

template <class T>
std::string printed(const T& value) {
    std::ostringstream out;
    out << value << '|';
    return out.str();
}

TEST_CASE("ostream: the enumerations in words") {
    CHECK(printed(errc::timed_out) == "the time limit ran out|");
    CHECK(printed(remedy::sign_in_again) == "sign in again|");
}

TEST_CASE("ostream: an error as describe puts it, with nothing that moves a terminal") {
    error_view what(errc::server_refused);
    what.http_status = 400;
    what.server_error = "invalid_grant";
    what.server_description = "used\x1B[2J\r\nnow: all is well";
    CHECK(printed(what) == describe(what) + "|");
    CHECK(printed(error(what)) == printed(what));
    CHECK(printed(what).find("invalid_grant") != std::string::npos);
    CHECK(printed(what).find_first_of("\x1B\r\n") == std::string::npos);
}

}  // namespace
}  // namespace ostream_test
