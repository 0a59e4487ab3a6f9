// SPDX-License-Identifier: MIT
//
// Tokens in the token response: the examples of RFC 6749 and Microsoft, every spelling of a lifetime, and what must not
// pass for a success. Errors have a file of their own, error_response.cpp.
#include <oauthpp/protocol/token_response.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace token_response_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::errc, oauthpp::parameter_view, oauthpp::parse_token_response, oauthpp::parse_token_response_in_place;
using oauthpp::quirks, oauthpp::seconds, oauthpp::token_response, oauthpp::tolerance, oauthpp::unix_time;
using members = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view json = "application/json";

struct answer {
    std::string_view body;
    int status            = 200;
    std::string_view type = json;
    quirks known{};
};

template <class List>
members copied(const List& extra) {
    members all;
    for (std::size_t i = 0; i < extra.size(); ++i) all.emplace_back(extra[i].name, extra[i].value);
    return all;
}

/// Why there are no tokens, errc::none if there are. Both storages must agree in every point.
errc refusal(const answer& given) {
    const auto owned =
        parse_token_response({.status = given.status, .content_type = given.type, .body = given.body}, given.known);
    std::string memory(given.body);
    std::array<parameter_view, 48> room;
    const auto borrowed = parse_token_response_in_place(
        {.status = given.status, .content_type = given.type, .body = memory}, given.known, room);
    CHECK(static_cast<bool>(owned) == static_cast<bool>(borrowed));
    if (owned && borrowed) {
        CHECK(owned->access_token.reveal() == borrowed->access_token.reveal());
        CHECK(owned->refresh_token.reveal() == borrowed->refresh_token.reveal());
        CHECK(owned->id_token.reveal() == borrowed->id_token.reveal());
        CHECK(owned->token_type == borrowed->token_type);
        CHECK(owned->scope == borrowed->scope);
        CHECK((owned->expires_in == borrowed->expires_in));
        CHECK((copied(owned->extra) == copied(borrowed->extra)));
    }
    if (owned || borrowed) return errc::none;
    CHECK(owned.error().reason() == borrowed.error().reason);
    CHECK(owned.error().field() == borrowed.error().field);
    CHECK(owned.error().offset() == borrowed.error().offset);
    CHECK(owned.error().http_status() == given.status);
    return owned.error().reason();
}

/// The same of one storage only, where they differ: in the room for members.
errc refusal_owned(std::string_view body) {
    const auto tokens = parse_token_response({.status = 200, .content_type = json, .body = body});
    return tokens ? errc::none : tokens.error().reason();
}
errc refusal_in_place(std::string body) {
    const auto tokens = parse_token_response_in_place(200, body);
    return tokens ? errc::none : tokens.error().reason;
}

token_response accepted(const answer& given) {
    CHECK(refusal(given) == errc::none);
    auto tokens =
        parse_token_response({.status = given.status, .content_type = given.type, .body = given.body}, given.known);
    return tokens ? *std::move(tokens) : token_response();
}

/// A body with these members behind an access token and its type.
std::string tokens_with(std::string_view more) {
    return R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer")" + std::string(more) + "}";
}

token_response with_member(std::string_view name, std::string_view value) {
    return accepted({tokens_with(",\"" + std::string(name) + "\":" + std::string(value))});
}

}  // namespace

TEST_CASE("the response of RFC 6749 5.1 has a token type that nobody here can use [rfc6749-7.1-unknown-type]") {
    CHECK(refusal({R"({
       "access_token":"2YotnFZFEjr1zCsicMWpAA",
       "token_type":"example",
       "expires_in":3600,
       "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
       "example_parameter":"example_value"
     })"}) == errc::unsupported_token_type);
    for (const char* type : {"mac", "N_A", "DPoP", "Bea rer", "Bearer ", "BearerX", "urn:x"}) {
        CHECK(refusal({R"({"access_token":"a","token_type":")" + std::string(type) + "\"}"}) ==
              errc::unsupported_token_type);
    }
}

TEST_CASE("the same with a type that is known, in any case [rfc6749-5.1-token-type-case] [oauth21-1.4-opaque]") {
    for (const char* type : {"bearer", "Bearer", "BEARER"}) {
        const std::string body = R"({
           "access_token":"2YotnFZFEjr1zCsicMWpAA",
           "token_type":")" + std::string(type) +
                                 R"(",
           "expires_in":3600,
           "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
           "example_parameter":"example_value"
         })";
        const token_response tokens = accepted({body});
        CHECK(tokens.access_token.reveal() == "2YotnFZFEjr1zCsicMWpAA");
        CHECK(tokens.token_type == type);
        CHECK((tokens.expires_in == seconds{3600}));
        CHECK(tokens.refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA");
        CHECK(tokens.scope.empty());
        CHECK(tokens.tolerated.none());
        CHECK((copied(tokens.extra) == members{{"example_parameter", "example_value"}}));
    }
}

TEST_CASE("Microsoft's responses, version 2 and 1, B2C and managed identity") {
    const token_response v2 = accepted(
        {R"({"token_type":"Bearer","scope":"User.Read profile openid email","expires_in":4557,"ext_expires_in":4557,)"
         R"("access_token":"eyJ0eXAi","refresh_token":"0.ARoAv4j5cv","id_token":"eyJ0eXAi"})",
         200, "application/json; charset=utf-8"});
    CHECK((v2.expires_in == seconds{4557}));
    CHECK((v2.ext_expires_in == seconds{4557}));
    CHECK(v2.scope == "User.Read profile openid email");
    CHECK(v2.refresh_token.reveal() == "0.ARoAv4j5cv");
    CHECK(v2.tolerated.none());

    const token_response v1 = accepted(
        {R"({"token_type":"Bearer","scope":"user_impersonation","expires_in":"3600","ext_expires_in":"3600",)"
         R"("expires_on":"1566165638","not_before":"1566161738","resource":"00000002-0000-0000-c000-000000000000",)"
         R"("access_token":"at","refresh_token":"rt","id_token":"h.p.","client_info":"eyJ1aWQiOiI"})"});
    CHECK((v1.expires_in == seconds{3600}));
    CHECK((v1.ext_expires_in == seconds{3600}));
    CHECK((v1.expires_on == unix_time{1566165638}));
    CHECK((v1.not_before == unix_time{1566161738}));
    CHECK(v1.tolerated.has(tolerance::number_as_string));
    CHECK((copied(v1.extra) ==
           members{{"resource", "00000002-0000-0000-c000-000000000000"}, {"client_info", "eyJ1aWQiOiI"}}));

    // B2C, where the scope asks for no access token
    CHECK(refusal({R"({"id_token":"h.p.s","token_type":"Bearer","not_before":1585658742,"scope":"",)"
                   R"("refresh_token":"eyJraWQi","refresh_token_expires_in":1209600})"}) == errc::missing_member);
    const token_response identity =
        accepted({R"({"access_token":"at","expires_on":"2026-01-01T10:00:00.0000000Z","token_type":"Bearer"})"});
    CHECK_FALSE(identity.expires_on);
    CHECK(identity.tolerated.has(tolerance::expires_in_unusable));
    CHECK((with_member("refresh_in", "1800").refresh_in == seconds{1800}));
}

TEST_CASE("a lifetime is a number, or a number in quotes [rfc6749-5.1-expires-in]") {
    struct spelling {
        std::string_view text;
        std::int64_t count;
    };
    for (const auto& [text, count] :
         {spelling{"3600", 3600}, spelling{"0", 0}, spelling{"-0", 0}, spelling{"3600.0", 3600}, spelling{"36e2", 3600},
          spelling{"86399", 86399}, spelling{"2147483647", 2147483647}}) {
        const std::string spelled(text);  // clang 14 captures no binding
        CAPTURE(spelled);
        CHECK((with_member("expires_in", text).expires_in == seconds{count}));
        CHECK(with_member("expires_in", text).tolerated.none());
        const token_response quoted = with_member("expires_in", "\"" + std::string(text) + "\"");
        CHECK((quoted.expires_in == seconds{count}));
        CHECK(quoted.tolerated.has(tolerance::number_as_string));
        CHECK_FALSE(quoted.tolerated.has(tolerance::expires_in_unusable));
    }
    const token_response absent = accepted({tokens_with("")});
    CHECK_FALSE(absent.expires_in);
    CHECK(absent.tolerated.none());
}

TEST_CASE("a lifetime that is none counts as absent, is reported, and costs nobody the tokens") {
    for (const char* text : {"null",
                             "-1",
                             "-3600",
                             "2147483648",
                             "9007199254740993",
                             "1E400",
                             "1e99",
                             "1.5",
                             "3599.999",
                             "true",
                             "false",
                             "{}",
                             "[]",
                             "[3600]",
                             "{\"a\":1}",
                             "\"\"",
                             "\"soon\"",
                             "\"-1\"",
                             "\"+3600\"",
                             "\" 3600\"",
                             "\"3600 \"",
                             "\"3600s\"",
                             "\"0x10\"",
                             "\"1.5\"",
                             "\"2147483648\"",
                             "\"null\"",
                             "\"99999999999999999999\""}) {
        CAPTURE(text);
        for (const char* member : {"expires_in", "ext_expires_in", "refresh_in"}) {
            const token_response tokens = with_member(member, text);
            CHECK_FALSE(tokens.expires_in);
            CHECK_FALSE(tokens.ext_expires_in);
            CHECK_FALSE(tokens.refresh_in);
            CHECK(tokens.tolerated.has(tolerance::expires_in_unusable));
            CHECK_FALSE(tokens.tolerated.has(tolerance::number_as_string));
        }
    }
}

TEST_CASE("a moment is a number of seconds up to the end of the year 9999") {
    for (const std::string_view member : {"expires_on"sv, "not_before"sv}) {
        for (const char* text : {"253402300799", "\"253402300799\"", "253402300799.0"}) {
            const token_response tokens = with_member(member, text);
            CHECK(((member == "expires_on" ? tokens.expires_on : tokens.not_before) == unix_time{253402300799}));
        }
        for (const char* text : {"253402300800", "-1", "null", "\"01/01/2026 10:00:00\"", "1.5"}) {
            const token_response tokens = with_member(member, text);
            CHECK_FALSE(tokens.expires_on);
            CHECK_FALSE(tokens.not_before);
            CHECK(tokens.tolerated.has(tolerance::expires_in_unusable));
        }
    }
}

TEST_CASE("expires_in and expires_on are each read by itself") {
    struct both {
        std::string_view in;
        std::string_view on;
        bool has_in;
        bool has_on;
    };
    for (const auto& [in, on, has_in, has_on] :
         {both{"3600", "1566165638", true, true}, both{"\"3600\"", "\"1566165638\"", true, true},
          both{"null", "1566165638", false, true}, both{"\"\"", "1566165638", false, true},
          both{"\"soon\"", "\"1566165638\"", false, true}, both{"3600", "null", true, false},
          both{"3600", "\"2026-01-01\"", true, false}, both{"null", "null", false, false},
          both{"-1", "-1", false, false}}) {
        const std::string body =
            tokens_with(",\"expires_in\":" + std::string(in) + ",\"expires_on\":" + std::string(on));
        CAPTURE(body);
        const token_response tokens = accepted({body});
        CHECK(tokens.expires_in.has_value() == has_in);
        CHECK(tokens.expires_on.has_value() == has_on);
    }
}

TEST_CASE("no success without a token and its type [rfc6749-5.1-access-token-required]") {
    for (const char* body :
         {R"({"token_type":"Bearer"})", R"({"access_token":"a"})", R"({"access_token":null,"token_type":"Bearer"})",
          R"({"access_token":"","token_type":"Bearer"})", R"({"access_token":"a","token_type":null})",
          R"({"access_token":"a","token_type":""})", "{}", R"({"Access_Token":"a","token_type":"Bearer"})",
          R"({"data":{"access_token":"a","token_type":"Bearer"}})"}) {
        CAPTURE(body);
        CHECK(refusal({body}) == errc::missing_member);
    }
    for (const char* body :
         {R"({"access_token":123,"token_type":"Bearer"})", R"({"access_token":{},"token_type":"Bearer"})",
          R"({"access_token":["a"],"token_type":"Bearer"})", R"({"access_token":true,"token_type":"Bearer"})",
          R"({"access_token":"a","token_type":1})", R"({"access_token":"a","token_type":"Bearer","refresh_token":1})",
          R"({"access_token":"a","token_type":"Bearer","scope":["read"]})",
          R"({"access_token":"a","token_type":"Bearer","id_token":1})"}) {
        CAPTURE(body);
        CHECK(refusal({body}) == errc::invalid_member);
    }
}

TEST_CASE("tokens are printable ASCII, or they would break the header that they go into [rfc6749-A.12-access-token]") {
    for (const char* text :
         {R"(a\u0001b)", R"(tok\u00e9n)", "tok\xC3\xA9n", R"(a\r\nX: y)", R"(a\u0000)", R"(\u007f)"}) {
        const std::string bad = text;
        CAPTURE(bad);
        CHECK(refusal({R"({"access_token":")" + bad + R"(","token_type":"Bearer"})"}) == errc::invalid_member);
        CHECK(refusal({tokens_with(R"(,"refresh_token":")" + bad + "\"")}) == errc::invalid_member);
    }
    CHECK(accepted({R"({"access_token":"\u0061 \"\\\/~","token_type":"Bearer"})"}).access_token.reveal() == "a \"\\/~");
    CHECK(accepted({R"({"access_token":"not.a.jwt","token_type":"Bearer"})"}).access_token.reveal() == "not.a.jwt");
}

TEST_CASE("null is as good as absent for scope, refresh token and ID token") {
    const token_response tokens =
        accepted({tokens_with(R"(,"scope":null,"refresh_token":null,"id_token":null,"error":null)")});
    CHECK(tokens.scope.empty());
    CHECK(tokens.refresh_token.empty());
    CHECK(tokens.id_token.empty());
    CHECK(tokens.tolerated.none());
    CHECK(with_member("scope", "\"null\"").scope == "null");
}

TEST_CASE("members that nobody knows stay readable, whatever they are [rfc6749-5.1-ignore-unknown]") {
    const token_response tokens =
        accepted({tokens_with(R"(,"foci":"1","n":-1.5e3,"t":true,"z":null,"o":{"a":[1,{"b":"\u00e9"}]},"l":[],)"
                              R"("e":"\"\\\/\b\f\n\r\t\u20ac\ud834\udd1e","\u0066ree":"x","":"empty",)"
                              R"("claims":"c","timestamp":"now","error_codes":[1])")});
    CHECK((copied(tokens.extra) == members{{"foci", "1"},
                                           {"n", "-1.5e3"},
                                           {"t", "true"},
                                           {"z", "null"},
                                           {"o", R"({"a":[1,{"b":"\u00e9"}]})"},
                                           {"l", "[]"},
                                           {"e", "\"\\/\b\f\n\r\t\xE2\x82\xAC\xF0\x9D\x84\x9E"},
                                           {"free", "x"},
                                           {"", "empty"},
                                           {"claims", "c"},
                                           {"timestamp", "now"},
                                           {"error_codes", "[1]"}}));
}

TEST_CASE("names are compared after their escapes [rfc8259-8.3-compare]") {
    CHECK(accepted({R"({"access\u005ftoken":"a","\u0074oken_type":"Bearer"})"}).access_token.reveal() == "a");
}

TEST_CASE("the body is one JSON object [rfc6749-5.1-json]") {
    const std::string good = tokens_with("");
    for (const char* type : {"application/json", "application/json;charset=UTF-8", "Application/JSON ; charset=utf-8",
                             " application/json", "application/vnd.x+json", "application/problem+JSON"}) {
        CAPTURE(type);
        CHECK(accepted({good, 200, type}).tolerated.none());
    }
    CHECK(accepted({good, 200, ""}).tolerated.has(tolerance::content_type_missing));
    CHECK(accepted({"  \r\n\t" + good + "\n"}).tolerated.none());
    for (const char* body : {"[]", "access_token=a&token_type=bearer", "\"a\"", "null", " ", "{", "}", "{}{}",
                             "{\"a\"}", "<html>", "{'a':1}", "{\"a\":1,}", "// {}"}) {
        CAPTURE(body);
        CHECK(refusal({body}) == errc::malformed_json);
    }
}

TEST_CASE("what is not JSON by its type is refused, unless a profile says otherwise") {
    const std::string good = tokens_with("");
    for (const char* type : {"text/html", "text/plain", "text/json", "application/x-www-form-urlencoded",
                             "application/jsonx", "application/xml", "+json", "json", "text/html; application/json"}) {
        CAPTURE(type);
        CHECK(refusal({good, 200, type}) == errc::unexpected_media_type);
    }
    const quirks as_text{.json_as_text_plain = true};
    CHECK(accepted({good, 200, "text/plain; charset=utf-8", as_text}).tolerated.has(tolerance::text_plain));
    CHECK(refusal({good, 200, "text/html", as_text}) == errc::unexpected_media_type);
    CHECK(accepted({good, 200, json, as_text}).tolerated.none());

    const quirks untyped{.missing_token_type = true};
    const token_response supplied = accepted({R"({"access_token":"a"})", 200, json, untyped});
    CHECK(supplied.token_type == "Bearer");
    CHECK(supplied.tolerated.has(tolerance::token_type_supplied));
    CHECK(accepted({good, 200, json, untyped}).tolerated.none());
    CHECK(refusal({R"({"access_token":"a","token_type":"mac"})", 200, json, untyped}) == errc::unsupported_token_type);
}

TEST_CASE("any 2xx with tokens is a success, other than 200 is reported; no other status is one") {
    const std::string good = tokens_with("");
    for (const int status : {201, 202, 206, 299})
        CHECK(accepted({good, status}).tolerated.has(tolerance::unusual_status));
    for (const int status : {100, 199, 400, 401, 404, 418, 500, 503, 599}) {
        CAPTURE(status);
        CHECK(refusal({good, status}) == errc::unexpected_status);
    }
}

TEST_CASE("a byte order mark is passed over and reported") {
    CHECK(accepted({"\xEF\xBB\xBF" + tokens_with("")}).tolerated.has(tolerance::byte_order_mark));
    CHECK(refusal({"\xEF\xBB\xBF"}) == errc::malformed_json);
    CHECK(refusal({"\xFE\xFF{}"}) == errc::malformed_json);
    CHECK(refusal({"\xEF\xBB\xBF\xEF\xBB\xBF{}"}) == errc::malformed_json);
}

TEST_CASE("a member twice is refused, at any depth and in any spelling [rfc8259-4-names]") {
    for (const char* twice : {R"(,"access_token":"b")", R"(,"access\u005ftoken":"b")", R"(,"access_token":null)",
                              R"(,"x":1,"x":1)", R"(,"x":{"a":1,"a":2})", R"(,"x":[{"a":1,"\u0061":2}])"}) {
        CAPTURE(twice);
        CHECK(refusal({tokens_with(twice)}) == errc::duplicate_member);
    }
}

TEST_CASE("bytes behind the object, nesting, numbers and strings that are none") {
    const std::string good = tokens_with("");
    for (const std::string_view behind : {"x"sv, "{}"sv, ","sv, "\0"sv, "]"sv, "\xEF\xBB\xBF"sv}) {
        CHECK(refusal({good + std::string(behind)}) == errc::malformed_json);
    }
    CHECK(refusal({tokens_with(",\"x\":" + std::string(10'000, '['))}) == errc::json_too_deep);
    std::string objects = R"({"x":)";
    for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
    CHECK(refusal_owned(objects) == errc::json_too_deep);
    CHECK(refusal_in_place(objects) != errc::none);
    CHECK(refusal({std::string(10'000, '[')}) == errc::malformed_json);
    for (const char* value : {"01", "+1", ".5", "1.", "0x1", "NaN", "Infinity", "-", "1e", "\"\\uDEAD\"", "\"\\uD834\"",
                              "\"\\x41\"", "\"a\nb\"", "\"\xFF\"", "\"\xC0\x80\"", "tru", "nul"}) {
        CAPTURE(value);
        CHECK(refusal({tokens_with(",\"x\":" + std::string(value))}) == errc::malformed_json);
    }
}

TEST_CASE("too many members, too many bytes: in place there is room for 20 members at least, else for 500") {
    const auto with_members = [](int count) {
        std::string more;
        for (int i = 2; i < count; ++i) more += ",\"" + std::to_string(i) + "\":0";
        return tokens_with(more);
    };
    CHECK(refusal_in_place(with_members(20)) == errc::none);
    CHECK(refusal_in_place(with_members(100)) == errc::json_too_many_members);
    CHECK(refusal_owned(with_members(500)) == errc::none);
    CHECK(refusal_owned(with_members(50'000)) == errc::json_too_many_members);

    std::string large = tokens_with("");
    large.append((1U << 20) - large.size() + 1, ' ');
    CHECK(refusal_in_place(large) == errc::json_too_large);
    CHECK(refusal_owned(large) == errc::json_too_large);
    large.pop_back();
    CHECK(refusal_owned(large) == errc::none);
}

TEST_CASE("cut at every byte, a response is never a success") {
    const std::string whole = tokens_with(R"(,"expires_in":3600,"refresh_token":"tGzv\u0041","scope":"a b",)"
                                          R"("x":{"y":[1,2,"\ud834\udd1e"]},"n":-1.5e+3,"t":true)");
    CHECK(refusal({whole}) == errc::none);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK(refusal({whole.substr(0, size)}) == (size == 0 ? errc::empty_body : errc::malformed_json));
    }
}

TEST_CASE("any byte may be any other: both readers stay together") {
    const std::string whole = tokens_with(R"(,"expires_in":"3600","error_description":"\u0041","x":{"y":[1]})");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char c : "\n \",0:[\\]au{}\x7f\xC3\xff") {  // and NUL, which ends this list
            std::string changed = whole;
            changed[at]         = c;
            CAPTURE(changed);
            static_cast<void>(refusal({changed}));
        }
    }
}

TEST_CASE("tokens of 16384 characters pass unchanged [rfc6749-5.1-sizes]") {
    const std::string token(16384, 't');
    const token_response tokens =
        accepted({R"({"access_token":")" + token + R"(","token_type":"Bearer","refresh_token":")" + token + "\"}"});
    CHECK(tokens.access_token.reveal() == token);
    CHECK(tokens.refresh_token.reveal() == token);
}

TEST_CASE("in place: everything lies in the received memory, and what does not fit is dropped") {
    std::string memory =
        "####" + tokens_with(R"(,"a\u0062":"c\/d","e":5,"f":"g\n","refresh_token":"r\u0041")") + "####";
    const std::span<char> received = std::span<char>(memory).subspan(4, memory.size() - 8);
    std::array<parameter_view, 2> extra;
    const auto tokens =
        parse_token_response_in_place({.status = 200, .content_type = json, .body = received}, {}, extra);
    CHECK(tokens);
    if (!tokens) return;
    const auto inside = [&](std::string_view text) {
        return text.data() >= received.data() && text.data() + text.size() <= received.data() + received.size();
    };
    CHECK(inside(tokens->access_token.reveal()));
    CHECK(inside(tokens->refresh_token.reveal()));
    CHECK(tokens->refresh_token.reveal() == "rA");
    CHECK((copied(tokens->extra) == members{{"ab", "c/d"}, {"e", "5"}}));
    for (const parameter_view& one : extra) CHECK((inside(one.name) && inside(one.value)));
    CHECK(memory.starts_with("####"));
    CHECK(memory.ends_with("####"));

    std::string plain  = tokens_with(R"(,"unknown":1)");
    const auto without = parse_token_response_in_place(200, plain);
    CHECK(without);
    if (without) CHECK(without->extra.empty());
}

TEST_CASE("every status has its kind, to the last one") {
    const auto outcome = [](int status, std::string_view body = R"({"access_token":"a","token_type":"Bearer"})") {
        const auto tokens = oauthpp::parse_token_response({.status = status, .content_type = "application/json", .body = oauthpp::secret_view(body)});
        return tokens ? std::pair(oauthpp::errc::none, 0) : std::pair(tokens.error().reason(), tokens.error().http_status());
    };
    using oauthpp::errc;
    CHECK(outcome(199) == std::pair(errc::unexpected_status, 199));
    CHECK(outcome(200) == std::pair(errc::none, 0));
    CHECK(outcome(299) == std::pair(errc::none, 0));
    CHECK(outcome(300) == std::pair(errc::redirected, 300));
    CHECK(outcome(399) == std::pair(errc::redirected, 399));
    CHECK(outcome(400) == std::pair(errc::unexpected_status, 400));
    CHECK(outcome(503) == std::pair(errc::unexpected_status, 503));
    CHECK(outcome(999) == std::pair(errc::unexpected_status, 999));
    CHECK(outcome(1000) == std::pair(errc::unexpected_status, 0));     // no status of HTTP
    CHECK(outcome(65536 + 200) == std::pair(errc::unexpected_status, 0));
    CHECK(outcome(1) == std::pair(errc::unexpected_status, 1));
    CHECK(outcome(0) == std::pair(errc::unexpected_status, 0));
    CHECK(outcome(-1) == std::pair(errc::unexpected_status, 0));
    CHECK(outcome(500, R"({"error":{}})") == std::pair(errc::invalid_member, 500));
}

TEST_CASE("the server's words are those of an error, and of nothing else") {
    const auto words = [](int status, std::string_view body) {
        const auto tokens = oauthpp::parse_token_response({.status = status, .content_type = "application/json", .body = oauthpp::secret_view(body)});
        return tokens ? std::string("none") : std::string(tokens.error().server_error()) + '|' + std::string(tokens.error().server_description());
    };
    CHECK(words(400, R"({"error":"a","error_description":"b"})") == "a|b");
    CHECK(words(400, R"({"error":7,"error_description":"b"})") == "7|b");
    CHECK(words(400, R"({"error_description":"b"})") == "|b");
    CHECK(words(200, R"({"access_token":7,"token_type":"Bearer","error_description":"b"})") == "|");
    CHECK(words(200, R"({"token_type":"Bearer","error_description":"b"})") == "|");
    CHECK(words(400, R"({"error":"a","error_description":"b")") == "|");
}

TEST_CASE("what may explain an error is just another member beside tokens") {
    const auto tokens = oauthpp::parse_token_response({.status = 200, .content_type = "application/json",
        .body = R"({"access_token":"a","token_type":"Bearer","error":null,"claims":"c","x\u0079":"\u0031"})"});
    REQUIRE(tokens);
    if (!tokens) return;
    REQUIRE(tokens->extra.size() == 2);
    CHECK(tokens->extra[0].name == "claims");
    CHECK(tokens->extra[1].name == "xy");
    CHECK(tokens->extra[1].value == "1");
}

}  // namespace token_response_test
