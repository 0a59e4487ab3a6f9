// SPDX-License-Identifier: MIT
//
// WWW-Authenticate (RFC 9110 11.6.1), with the examples of RFC 9110, 6750, 9449 and of Microsoft's documentation.
#include <oauthpp/wire/www_authenticate.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace www_authenticate_test {
namespace {

using oauthpp::challenge_reader, oauthpp::errc;

/// `scheme(token68)` or `scheme[name=value;...]`, one after another; or the offset of what is wrong.
std::string read(std::string_view field) {
    std::string all;
    challenge_reader challenges(field);
    while (challenges.next()) {
        all += challenges.scheme();
        if (!challenges.token68().empty()) all += '(' + std::string(challenges.token68()) + ')';
        all += '[';
        while (challenges.next_parameter()) {
            all += std::string(challenges.parameter_name()) + '=' + std::string(challenges.parameter_value()) + ';';
        }
        all += ']';
    }
    return challenges.failed() ? "wrong at " + std::to_string(challenges.failure().offset) : all;
}

errc reason(std::string_view field) {
    challenge_reader challenges(field);
    while (challenges.next()) {}
    return challenges.failure().reason;
}

TEST_CASE("the examples of the RFCs, and Microsoft's") {
    CHECK(read(R"(Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\"")") ==
          R"(Basic[realm=simple;]Newauth[realm=apps;type=1;title=Login to \"apps\";])");
    CHECK(read(R"(Bearer realm="example", error="invalid_token", error_description="The access token expired")") ==
          "Bearer[realm=example;error=invalid_token;error_description=The access token expired;]");
    CHECK(read("Bearer, DPoP algs=\"ES256 PS256\"") == "Bearer[]DPoP[algs=ES256 PS256;]");
    CHECK(read(R"(Bearer realm="", error="insufficient_claims", claims="eyJhIjoiYiJ9==")") ==
          "Bearer[realm=;error=insufficient_claims;claims=eyJhIjoiYiJ9==;]");
    CHECK(read("Negotiate") == "Negotiate[]");
    CHECK(read("Negotiate, NTLM") == "Negotiate[]NTLM[]");
    CHECK(read("Negotiate a87421000000==") == "Negotiate(a87421000000==)[]");
    CHECK(read("Negotiate oYG2MIGzoAMKAQE=, Basic realm=x") == "Negotiate(oYG2MIGzoAMKAQE=)[]Basic[realm=x;]");
}

TEST_CASE("space, commas and order as one likes, as far as the grammar lets one") {
    CHECK(read("") == "");
    CHECK(read(" , ,\t") == "");
    CHECK(read(",Bearer,,realm = \"a\" ,\t,error=\t\"b\",") == "Bearer[realm=a;error=b;]");
    CHECK(read("Bearer   realm=a") == "Bearer[realm=a;]");
    CHECK(read(R"(Bearer error="x, Basic realm=y", realm="a=b")") == "Bearer[error=x, Basic realm=y;realm=a=b;]");
    CHECK(read(R"(A b=c, D)") == "A[b=c;]D[]");
    CHECK(read(R"(A b=c, D E=f)") == "A[b=c;]D[E=f;]");
    CHECK(read(R"(A b=c, D e, F)") == "A[b=c;]D(e)[]F[]");
    CHECK(read("A b=\"\\\\\", C") == R"(A[b=\\;]C[])");
    CHECK(read("A b=\"\xC3\xA9\"") == "A[b=\xC3\xA9;]");
}

TEST_CASE("what is no challenge") {
    const struct {
        const char* field;
        std::size_t offset;
    } cases[] = {
        {"realm=\"a\"", 5},         {"=", 0},          {"Bearer realm=\"a", 15},  {"Bearer realm=\"a\\", 16},
        {"Bearer realm=\"a\\\"", 17}, {"Bearer realm=a, b=", 18}, {"Bearer b=c, d=,e", 14}, {"Bearer realm=a b=c", 15},
        {"Bearer realm=a;b=c", 14}, {"Bearer/x", 6},   {"Bearer a b", 7},         {"Bearer a=b=c", 10},
        {"Bearer a, b=c", 11},      {"\"Bearer\"", 0}, {"Bearer realm=\"a\"b", 16}, {"Bearer realm=\"a\rb\"", 15},
        {"Bearer realm=\"a\x7F\"", 15}, {"Bearer\trealm=a", 7},
    };
    for (const auto& each : cases) {
        CAPTURE(each.field);
        CHECK(read(each.field) == "wrong at " + std::to_string(each.offset));
        CHECK(reason(each.field) == errc::malformed_challenge);
    }
}

TEST_CASE("a name with nothing behind its sign is a token68, of which the grammar allows any") {
    CHECK(read("Bearer realm=") == "Bearer(realm=)[]");
    CHECK(read("Bearer realm=,a") == "Bearer(realm=)[]a[]");
}

TEST_CASE("a name comes once in a challenge, and may come again in the next [rfc6750-3-challenge-dups]") {
    CHECK(reason(R"(Bearer error="a", error="b")") == errc::duplicate_parameter);
    CHECK(reason(R"(Bearer error="a", x=",error=", ERROR=b)") == errc::duplicate_parameter);
    CHECK(reason(R"(Bearer error="a", x=",error=", y=b)") == errc::none);
    CHECK(reason(R"(Bearer error="a", DPoP error="b")") == errc::none);
}

TEST_CASE("as much as is allowed, and no more") {
    std::string field = "Bearer a0=b";
    for (unsigned i = 1; i < challenge_reader::max_parameters; ++i) field += ",a" + std::to_string(i) + "=b";
    CHECK(reason(field) == errc::none);
    CHECK(reason(field + ",z=b") == errc::too_many_parameters);
    CHECK(reason(field + ",B " + field.substr(7)) == errc::none);
    CHECK(reason(std::string(challenge_reader::max_size, ',')) == errc::none);
    CHECK(reason(std::string(challenge_reader::max_size + 1, ',')) == errc::input_too_long);
}

TEST_CASE("cut at every byte, a field is read or refused, never beyond its end") {
    const std::string field = R"(Basic realm="si\"mple" , Negotiate abc==, Bearer error = "x" ,scope=y)";
    for (std::size_t size = 0; size <= field.size(); ++size) {
        const std::string cut = field.substr(0, size);       // of its own size, for a sanitizer to see
        challenge_reader challenges(cut);
        while (challenges.next()) {}
        CHECK(challenges.failure().offset <= size);
    }
}

TEST_CASE("quoted pairs are undone in place") {
    std::string text = R"(Login to \"apps\" \\ \a)";
    text.resize(oauthpp::unquote(text, text.data()));
    CHECK(text == R"(Login to "apps" \ a)");
}

TEST_CASE("a tab may stand in a quoted string, no other control, and a backslash escapes what follows") {
    const auto reads = [](std::string_view text) {
        oauthpp::challenge_reader reader(text);
        while (reader.next()) {
            while (reader.next_parameter()) {}
        }
        return !reader.failed();
    };
    CHECK(reads("Bearer realm=\"a\tb\""));
    CHECK(!reads("Bearer realm=\"a\nb\""));
    CHECK(!reads("Bearer realm=\"a\x7f\""));
    CHECK(!reads("Bearer realm=\"a\\"));
    CHECK(!reads("Bearer realm=\"a\\\""));
    CHECK(reads("Bearer realm=\"a\\\"\""));
    CHECK(!reads("Bearer realm=\"a"));
    CHECK(!reads("=a"));
    CHECK(!reads("Bearer realm=a, realm=b"));
    CHECK(!reads("Bearer realm=a, x=\"1\\\",\", Realm=b"));
    CHECK(reads("Bearer realm=a, x=1, Basic realm=b"));
    char out[2];
    CHECK(oauthpp::unquote("a\\", out) == 2);      // nothing follows: it stands for itself
    CHECK(out[1] == '\\');
}

}  // namespace
}  // namespace www_authenticate_test
