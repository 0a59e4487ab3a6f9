// SPDX-License-Identifier: MIT
//
// JSON by RFC 8259: what the grammar has is read, and nothing else. Most cases are one member, {"a":...}.
#include <oauthpp/wire/json.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_test {
namespace {

using oauthpp::errc, oauthpp::json_integer, oauthpp::json_object, oauthpp::json_type, oauthpp::json_unescape;
using namespace std::string_view_literals;
using texts = std::initializer_list<std::string_view>;

struct outcome {
    errc reason{};
    std::size_t offset{};
    std::vector<std::pair<std::string, std::string>> members{};     // the names with their escapes undone
    std::vector<json_type> types{};

    std::string value(std::size_t i) const { return i < members.size() ? members[i].second : "no such member"; }
};

std::string unescaped(std::string_view text) {
    std::string memory(text);
    memory.resize(json_unescape(memory, memory.data()));
    return memory;
}

/// In memory of exactly its size, so that a sanitizer sees a step too far.
outcome read(std::string_view text, std::size_t members = 128) {
    const std::vector<char> exact(text.begin(), text.end());
    std::vector<std::uint16_t> room(2 * members);
    json_object object({exact.data(), exact.size()}, room);
    outcome all;
    while (object.next()) {
        all.members.emplace_back(unescaped(object.name().text), object.value().text);
        all.types.push_back(object.value().type);
    }
    CHECK(!object.next());
    all.reason = object.failure().reason;
    all.offset = object.failure().offset;
    return all;
}

errc reason(std::string_view text) { return read(text).reason; }

std::vector<std::string> names(const outcome& all) {
    std::vector<std::string> only;
    for (const auto& each : all.members) only.push_back(each.first);
    return only;
}

std::string member(std::string_view value) { return "{\"a\":" + std::string(value) + "}"; }
std::string text_member(std::string_view text) { return member("\"" + std::string(text) + "\""); }
std::string nested(std::size_t levels) { return member(std::string(levels - 1, '[') + std::string(levels - 1, ']')); }

bool has_name(std::string_view text, std::string_view name) {
    std::array<std::uint16_t, 8> room{};
    json_object object(text, room);
    return object.next() && object.is(name);
}

constexpr std::string_view token_response =
    "{\"access_token\":\"2YotnFZFEjr1zCsicMWpAA\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
    "\"scope\":\"a\\u0020b \xC3\xA9\",\"x\":{\"y\":[1,-2.5e+3,true,false,null,{}],\"z\":[[]]}}\r\n";

}  // namespace

TEST_CASE("the first example of RFC 8259 13, read member by member") {
    const outcome all = read(R"(
      {
        "Image": {
            "Width":  800,
            "Height": 600,
            "Title":  "View from 15th Floor",
            "Thumbnail": {
                "Url":    "http://www.example.com/image/481989943",
                "Height": 125,
                "Width":  100
            },
            "Animated" : false,
            "IDs": [116, 943, 234, 38793]
          }
      })");
    CHECK(all.reason == errc::none);
    CHECK(names(all) == std::vector<std::string>{"Image"});
    const outcome image = read(all.value(0));
    CHECK(image.reason == errc::none);
    CHECK(names(image) == std::vector<std::string>{"Width", "Height", "Title", "Thumbnail", "Animated", "IDs"});
    CHECK(image.value(0) == "800");
    CHECK(image.value(2) == "View from 15th Floor");
    CHECK(image.value(4) == "false");
    CHECK(image.value(5) == "[116, 943, 234, 38793]");
    CHECK(image.types == std::vector{json_type::number, json_type::number, json_type::string, json_type::object,
                                     json_type::boolean, json_type::array});
}

TEST_CASE("all that the grammar has is read, with white space anywhere [rfc8259-grammar]") {
    for (const auto text : texts{
            R"({})", "\t\n\r {\t\n\r }\t\n\r ", R"({"":""})", R"({"a":null})", R"({"a":true,"b":false})",
            R"({"a":[]})", R"({"a":{}})", R"({"a":[[],{},[{}],{"b":[]}]})",
            R"({"a":[1,"1",true,null,[1],{"a":1}]})", "{ \"a\" : [ 1 , { \"b\" : 2 } ] , \"c\" : \"d\" } ",
            "{\n\"a\"\r:\t1\n,\"b\":2}", R"({"a":"}","b":"]","c":"{","d":"[","e":",","f":":"})",
            R"({"a":"/* no comment */","b":"// nor this"})", "{\"\x7F\":\"\x7F\"}", R"({"\\":"\\\\","\"":"\""})"}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::none);
    }
    CHECK(read(" { \"a\" : [ 1 , true , null ] } ").value(0) == "[ 1 , true , null ]");
}

TEST_CASE("what is no JSON object is refused [rfc8259-grammar]") {
    for (const auto text : texts{
            // no object, or no end of it
            "", " ", "\0"sv, "null", "true", "1", "\"a\"", "[]", "[{}]", "a", "{", "}", "{{", "{]", "[}", "<html>",
            "access_token=a&token_type=bearer", "callback({})", "while(1);{}", ")]}',\n{}",
            // something behind it
            R"({"a":1}x)", R"({"a":1}{"a":1})", "{}}", "{}]", "{},", "{}\0"sv, "{} \"x", "{} \"x\"", "{} 1",
            "{} tru", "{}\x01", "{}\x03", "{}\xFF", "{}\xEF\xBB\xBF",
            // separators
            R"({"a"})", R"({"a":})", R"({"a" 1})", R"({"a"::1})", R"({:1})", R"({"a":1,})", R"({,"a":1})", "{,}",
            R"({"a":1,,"b":2})", R"({"a":1 "b":2})", R"({"a":1;"b":2})", R"({"a"=1})", R"({"a","b"})",
            R"({"a":1:2})",
            // names
            "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{[]:1}", "{\"a:1}", "{\x03:1}", "{\"a\"\x03:1}",
            // comments
            "/**/{}", "{/**/}", "{}//", "#\n{}", "{\"a\":1/**/}",
            // white space of other kinds
            "\v{}", "\f{}", "{\xC2\xA0}", "\xE2\x80\x83{}"}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::malformed_json);
    }
    for (const auto value : texts{
            ",", ":", "]", "}", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1:2]", "[\"a\":1]", "[1}", "{]", "[[]",
            "[]]", "{\"a\":1]", "{\"a\":[}", "[{]}", "{1}", "{\"a\",}", "{\"a\":1,}", "[\"a\", ]", "\0"sv, "\x01",
            "\x02", "\x03", "'a'", "`a`", "a", "\"a", "a\"", "\"a\"\"b\"", "\"a\" \"b\"", "tru", "truee", "true1",
            "tRUE", "True", "TRUE", "fals", "falsee", "nul", "nulll", "Null", "nil", "None", "undefined", "t",
            "tr ue", "true false", "nullnull", "trul", "fale", "nule", "frue", "nalse", "true\0"sv, "true2"}) {
        CAPTURE(value);
        CHECK(reason(member(value)) == errc::malformed_json);
    }
}

TEST_CASE("a text cut at any byte is refused at its end") {
    CHECK(reason(token_response) == errc::none);
    const std::size_t size = token_response.size() - 2;       // CR LF may be missing
    for (std::size_t cut = 0; cut < size; ++cut) {
        const outcome all = read(token_response.substr(0, cut));
        CAPTURE(cut);
        CHECK(all.reason == errc::malformed_json);
        CHECK(all.offset == cut);
    }
}

TEST_CASE("a failure says where") {
    const struct { std::string_view text; errc reason; std::size_t offset; } cases[] = {
        {"[]", errc::malformed_json, 0},
        {"  x", errc::malformed_json, 2},
        {R"({"a" 1})", errc::malformed_json, 5},
        {R"({"a":1]})", errc::malformed_json, 6},
        {R"({"a":trux})", errc::malformed_json, 8},
        {R"({"a":1.x})", errc::malformed_json, 7},
        {R"({"a":"\x"})", errc::malformed_json, 7},
        {R"({"a":"\u00g0"})", errc::malformed_json, 10},
        {"{\"a\":\"b\xC3(\"}", errc::malformed_json, 8},
        {"{\"a\":\"b\nc\"}", errc::malformed_json, 7},
        {"{\"a\":\"b\"}x", errc::malformed_json, 9},
        {R"({"a":1,"a":2})", errc::duplicate_member, 9},
    };
    for (const auto& c : cases) {
        const outcome all = read(c.text);
        CAPTURE(c.text);
        CHECK(all.reason == c.reason);
        CHECK(all.offset == c.offset);
    }
}

TEST_CASE("duplicate members are refused at any depth, however they are spelled [rfc8259-4-names]") {
    for (const auto text : texts{
            R"({"access_token":"a","access_token":"b"})", R"({"a":1,"b":2,"c":3,"a":1})", R"({"":1,"":1})",
            R"({"a":1,"a":1})", R"({"a":{"b":1,"b":2}})", R"({"a":[{"b":1,"b":2}]})",
            R"({"a":[[{"c":{"b":1,"x":[],"b":2}}]]})", R"({"a":{"b":{"c":1}},"x":{},"a":1})",
            R"({"a":[{"a":[{"a":1}]}],"b":1,"a":1})", R"({"a":1,"\u0061":2})", R"({"\u0061":1,"a":2})",
            R"({"\u0061b":1,"a\u0062":2})", R"({"/":1,"\/":2})", R"({"\u002f":1,"\/":2})", R"({"\"":1,"\u0022":2})",
            R"({"\\":1,"\u005C":2})", R"({"\n":1,"\u000A":2})", R"({"\u0000":1,"\u0000":2})",
            "{\"\xC3\xA9\":1,\"\\u00E9\":2}", "{\"\xF0\x9D\x84\x9E\":1,\"\\uD834\\uDD1E\":2}",
            "{\"\\ud834\\udd1e\":1,\"\\uD834\\uDD1E\":2}"}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::duplicate_member);
    }
    for (const auto text : texts{
            R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})", R"({"a":{},"b":{"a":1},"c":{"a":1}})",
            R"({"a":1,"A":2,"aa":3,"":4," a":5,"a ":6})", R"({"ab":1,"a":2,"abc":3,"b":4})",
            R"({"a":1,"a\u0000":2,"\u0000a":3})", R"({"a":"\",\"a\":\""})", R"({"a":1,"\\u0061":2})",
            R"({"a":{"b":1},"b":2})", R"({"x":{"b":1,"c":{}},"y":{"c":1,"b":{}},"b":1,"c":2})",
            "{\"\xF0\x9D\x84\x9E\x31\":1,\"\xF0\x9D\x84\x9E\x32\":2}",
            "{\"\xC3\xA9\":1,\"e\xCC\x81\":2}"}) {          // composed and not: no normalisation
        CAPTURE(text);
        CHECK(reason(text) == errc::none);
    }
}

TEST_CASE("a duplicate is found across any distance") {
    for (const std::size_t distance : {7U, 255U, 256U, 32'760U, 32'768U, 65'535U, 65'536U, 1'000'000U}) {
        CAPTURE(distance);
        const std::string distant = std::string(distance, 'x');
        CHECK(reason("{\"a\":\"" + distant + "\",\"b\":{\"a\":1},\"a\":1}") == errc::duplicate_member);
        CHECK(reason("{\"a\":\"" + distant + "\",\"b\":{\"a\":1},\"c\":1}") == errc::none);
        CHECK(reason("{\"x\":\"" + distant + "\",\"a\":1,\"b\":{\"a\":1},\"a\":1}") == errc::duplicate_member);
        CHECK(reason("{\"x\":\"" + distant + "\",\"a\":1,\"b\":{\"a\":1},\"c\":1}") == errc::none);
    }
}

TEST_CASE("names are compared as they read [rfc8259-8.3-compare]") {
    CHECK(has_name(R"({"access\u005ftoken":"a"})", "access_token"));
    CHECK(has_name(R"({"a\u0062c":1})", "abc"));
    CHECK(has_name(R"({"https:\/\/as.example":1})", "https://as.example"));
    CHECK(has_name(R"({"":1})", ""));
    CHECK(has_name(R"({"\"\\\/\b\f\n\r\t":1})", "\"\\/\b\f\n\r\t"));
    CHECK(has_name("{\"\\u00e9\\uD834\\uDD1E\":1}", "\xC3\xA9\xF0\x9D\x84\x9E"));
    CHECK(has_name("{\"\xC3\xA9\xF0\x9D\x84\x9E\":1}", "\xC3\xA9\xF0\x9D\x84\x9E"));
    CHECK(has_name(R"({"a\u0000b":1})", "a\0b"sv));

    CHECK(!has_name(R"({"abc":1})", "ab"));
    CHECK(!has_name(R"({"abc":1})", "abcd"));
    CHECK(!has_name(R"({"abc":1})", "abC"));
    CHECK(!has_name(R"({"abc":1})", ""));
    CHECK(!has_name(R"({"":1})", "a"));
    CHECK(!has_name(R"({"\u0061":1})", R"(\u0061)"));         // a plain backslash is one
    CHECK(!has_name(R"({"a":1})", R"(\u0061)"));
    CHECK(has_name(R"({"\\u0061":1})", R"(\u0061)"));
    CHECK(!has_name(R"({"a":1})", "a\""));
    CHECK(!has_name(R"({"a":1})", "a\":1}"));
    CHECK(!has_name(R"({"a":1})", "a\0"sv));
    CHECK(!has_name(R"({"a\u0000b":1})", "a"));
    CHECK(!has_name("{\"\xC3\xA9\":1}", "e\xCC\x81"));
    CHECK(!has_name("{\"\xC3\xA9\":1}", "\xC3"));
    CHECK(!has_name("{\"\xF0\x9D\x84\x9Ez\":1}", "\xF0\x9D\x84\x9Ey"));
}

TEST_CASE("a name is that of the member at hand, and there is none before the first and after the last") {
    std::array<std::uint16_t, 18> memory{};
    json_object object(R"({"a\n":{"b":[{"c":1}],"d":2},"e":"f\t","g":[]})", std::span(memory).subspan(2));
    CHECK(!object.is("a\n"));
    CHECK(!object.is(""));
    CHECK(object.name().text.data() == nullptr);
    CHECK(object.next());
    CHECK(object.is("a\n"));
    CHECK(object.name().text == R"(a\n)");
    CHECK(object.name().escaped);
    CHECK(object.value().text == R"({"b":[{"c":1}],"d":2})");
    CHECK(!object.value().escaped);
    CHECK(object.next());
    CHECK(object.is("e"));
    CHECK(object.name().text == "e");
    CHECK(!object.name().escaped);
    CHECK(object.value().text == R"(f\t)");
    CHECK(object.value().escaped);
    CHECK(object.next());
    CHECK(!object.value().escaped);
    CHECK(!object.next());
    CHECK(!object.is("g"));
    CHECK(object.name().text.data() == nullptr);
    CHECK(!object.failed());
    CHECK(!object.next());
}

TEST_CASE("what came before a failure is handed out, and nothing after it") {
    std::array<std::uint16_t, 16> room{};
    json_object object(R"({"a":1,"b":[2}],"c":3})", room);
    CHECK(object.next());
    CHECK(object.is("a"));
    CHECK(!object.failed());
    CHECK(!object.next());
    CHECK(object.failed());
    CHECK(!object.next());
    CHECK(!object.is("b"));
    CHECK(object.failure().reason == errc::malformed_json);
}

TEST_CASE("numbers by the grammar [rfc8259-6-numbers]") {
    for (const auto number : texts{
            "0", "-0", "1", "-1", "9", "10", "1234567890", "0.0", "0.5", "-0.5", "1.50", "1e3", "1E3", "1e+3", "1E-3",
            "0e0", "-0e-0", "0.00e00", "1.5e300", "1e400", "-1E400", "1e-400", "9007199254740993",
            "123456789012345678901234567890.123456789012345678901234567890e123456789012345678901234567890"}) {
        CAPTURE(number);
        const outcome all = read(member(number));
        CHECK(all.reason == errc::none);
        CHECK(all.value(0) == number);
        CHECK(all.types == std::vector{json_type::number});
        CHECK(reason(member("[" + std::string(number) + "," + std::string(number) + " ]")) == errc::none);
    }
    for (const auto number : texts{
            "01", "00", "-01", "-00", "+1", "+0", "-", "--1", "-+1", "- 1", ".5", "-.5", ".", "1.", "0.", "1.e1",
            "1..2", "1.2.3", "e1", "1e", "1e+", "1e-", "1E+-1", "1e1.5", "1e1e1", "1e.5", "0x1", "0b1", "0o7",
            "1_000", "1,000", "1 000", "1f", "1L", "NaN", "nan", "Infinity", "-Infinity", "inf", "1-1", "1+1",
            "1e1-1", "\xD9\xA1", "\xEF\xBC\x91", "1\0"sv, "0.1\0"sv}) {
        CAPTURE(number);
        CHECK(reason(member(number)) == errc::malformed_json);
        CHECK(!json_integer(number));
    }
}

TEST_CASE("whole numbers below 10^15, and no other [rfc8259-6-numbers]") {
    const std::pair<std::string_view, std::int64_t> whole[] = {
        {"0", 0}, {"-0", 0}, {"1", 1}, {"-1", -1}, {"3600", 3600}, {"3600.0", 3600}, {"36e2", 3600}, {"36E2", 3600},
        {"3600.000000000000000000000000", 3600}, {"36e+2", 3600}, {"36.0e2", 3600}, {"36e02", 3600}, {"-36e2", -3600},
        {"36e0000000000000000002", 3600}, {"0e5", 0}, {"0.0e0", 0}, {"1e14", 100'000'000'000'000},
        {"268435455", 268'435'455}, {"268435456", 268'435'456}, {"4294967295", 4'294'967'295},
        {"4294967296", 4'294'967'296}, {"1300819380", 1'300'819'380}, {"1e10", 10'000'000'000},
        {"123456789012345", 123'456'789'012'345}, {"999999999999999", 999'999'999'999'999},
        {"-999999999999999", -999'999'999'999'999},
    };
    for (const auto& number : whole) {
        CAPTURE(number.first);
        CHECK(json_integer(number.first) == number.second);
    }
    for (const auto text : texts{
            "", " ", " 1", "1 ", "3600x", "x", "true", "null", "\"1\"", "[1]", "0.1", "1.5", "3600.01", "1.5e1",
            "0.00000000000000000001", "1.18446744073709551616", "1.4294967296", "36e-2", "3600e-2", "1e15", "10e14",
            "1000000000000000", "-1000000000000000", "1e400", "1e4294967296", "1e4294967297",
            "1e18446744073709551617", "9007199254740993", "18446744073709551616", "18446744073709551617",
            "340282366920938463463374607431768211456", "1\0"sv, "\0"sv}) {
        CAPTURE(text);
        CHECK(!json_integer(text));
    }
    CHECK(!json_integer(std::string(100'000, '1')));
}

TEST_CASE("all escapes are decoded [rfc8259-7-escapes]") {
    CHECK(unescaped(R"(\u0041\n\/\uD834\uDD1E)") == "A\n/\xF0\x9D\x84\x9E");
    CHECK(unescaped(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(unescaped(R"(\u0000)") == "\0"sv);
    CHECK(unescaped(R"(\u007f\u0080\u07FF\u0800\uFFFF)") == "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
    CHECK(unescaped(R"(\ud800\udc00\uDBFF\uDFFF)") == "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
    CHECK(unescaped(R"(\ud7ff\ue000)") == "\xED\x9F\xBF\xEE\x80\x80");
    CHECK(unescaped(R"(\\u0041\\)") == R"(\u0041\)");
    CHECK(unescaped("plain \xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E") == "plain \xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E");
    CHECK(unescaped("").empty());
}

TEST_CASE("behind a backslash stand eight characters or four hexadecimal digits [rfc8259-7-escapes]") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const char c = static_cast<char>(byte);
        const bool simple = "\"\\/bfnrt"sv.find(c) != std::string_view::npos;
        CHECK((reason(text_member(std::string{'\\', c, ' '})) == errc::none) == simple);
        const bool hexadecimal = "0123456789abcdefABCDEF"sv.find(c) != std::string_view::npos;
        for (std::size_t i = 2; i < 6; ++i) {
            std::string escape = R"(\u1234)";
            escape[i] = c;
            CHECK((reason(text_member(escape)) == errc::none) == hexadecimal);
        }
    }
    for (const auto text : texts{R"(\)", R"(\u)", R"(\u1)", R"(\u12)", R"(\u123)", R"(\u-123)", R"(\u 123)",
                                 R"(\u0x41)", R"(\U0041)", R"(\x41)"}) {
        CAPTURE(text);
        CHECK(reason(text_member(text)) == errc::malformed_json);
    }
}

TEST_CASE("half a surrogate pair is refused [rfc8259-8.2-surrogate]") {
    for (const auto text : texts{
            R"(\uDEAD)", R"(\uD800)", R"(\uDBFF)", R"(\uDC00)", R"(\uDFFF)", R"(\uD800x)", R"(\uD800\n)",
            R"(\uD800\u0041)", R"(\uD800\uD800)", R"(\uD800\uE000)", R"(\uD800\uDBFF)", R"(\uDC00\uD800)",
            R"(\uDC00\uDC00)", R"(\uDFFF\uDFFF)", R"(\uD834\uD834\uDD1E)", R"(\uD834\uDD1E\uDD1E)", R"(\uD834\\uDD1E)",
            R"(\uD834uDD1E)", R"(\uD834xuDD1E)", R"(\uD834\uDD1)", "\xED\xA0\x80", "\xED\xBF\xBF",
            "\xED\xA0\xB4\xED\xB4\x9E", "\\uD834\xED\xB4\x9E"}) {
        CAPTURE(text);
        CHECK(reason(text_member(text)) == errc::malformed_json);
        CHECK(reason("{\"" + std::string(text) + "\":1}") == errc::malformed_json);
        CHECK(reason(member("[{\"a\":\"" + std::string(text) + "\"}]")) == errc::malformed_json);
    }
    CHECK(reason(text_member(R"(\uD834\uDD1E\uD834\uDD1E)")) == errc::none);
}

TEST_CASE("invalid UTF-8 is refused [rfc8259-8.1-utf8]") {
    for (const auto text : texts{
            "\x80", "\xBF", "\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xC2", "\xC2\x7F", "\xC2\xC0", "\xDF\x7F",
            "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE0\xA0", "\xE1\x80\x7F", "\xE2\x82", "\xEF\xBF", "\xF0\x80\x80\x80",
            "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF7\xBF\xBF\xBF",
            "\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF", "\xC3\xA9\xA9", "\xC3\xC3\xA9",
            "\xE9"}) {
        CAPTURE(text);
        CHECK(reason(text_member(text)) == errc::malformed_json);
        CHECK(reason("{\"" + std::string(text) + "\":1}") == errc::malformed_json);
        CHECK(reason(text_member("0123456789" + std::string(text) + "0123456789")) == errc::malformed_json);
    }
    for (const auto text : texts{"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                                 "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(reason(text_member(text)) == errc::none);
    }
}

TEST_CASE("every byte at every place of a string") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool stands_for_itself = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(20, 'x');
            text[at] = static_cast<char>(byte);
            const outcome all = read(text_member(text));
            const bool same = all.reason == errc::none && all.value(0) == text;
            if (same != stands_for_itself) FAIL_CHECK("byte " << byte << " at " << at);
        }
    }
}

TEST_CASE("strings of every length end where they should") {
    for (std::size_t size = 0; size < 40; ++size) {
        for (const auto end : texts{"", R"(\")", R"(\\)", R"(\u0022)", "\xC3\xA9"}) {
            const std::string text = std::string(size, 'x') + std::string(end);
            const outcome all = read("{\"" + text + "\":\"" + text + "\",\"b\":\"" + text + text + "\"}");
            CAPTURE(text);
            CHECK(all.reason == errc::none);
            CHECK(names(all) == std::vector<std::string>{unescaped(text), "b"});
            CHECK(all.value(0) == text);
            CHECK(all.value(1) == text + text);
        }
    }
}

TEST_CASE("a byte order mark is passed over at the very start, once, and reported [rfc8259-8.1-utf8]") {
    std::array<std::uint16_t, 8> room{};
    json_object marked("\xEF\xBB\xBF{\"a\":\"\xEF\xBB\xBF\"}", room);
    CHECK(marked.next());
    CHECK(marked.is("a"));
    CHECK(marked.value().text == "\xEF\xBB\xBF");
    CHECK(!marked.next());
    CHECK(!marked.failed());
    CHECK(marked.had_byte_order_mark());

    json_object unmarked("{}", room);
    CHECK(!unmarked.next());
    CHECK(!unmarked.failed());
    CHECK(!unmarked.had_byte_order_mark());

    CHECK(reason("\xEF\xBB\xBF{}") == errc::none);
    for (const auto text : texts{
            "\xEF\xBB\xBF", "\xEF\xBB\xBF\xEF\xBB\xBF{}", " \xEF\xBB\xBF{}", "\xEF\xBB{}", "\xEF\xBB\xBE{}",
            "\\uFEFF{}", "{\xEF\xBB\xBF}", "\xFE\xFF\0{\0}"sv, "\xFF\xFE{\0}\0"sv, "{\0}\0"sv}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::malformed_json);
    }
}

TEST_CASE("32 levels, and not one more [rfc8259-9-limits]") {
    CHECK(reason(nested(32)) == errc::none);
    CHECK(reason(nested(33)) == errc::json_too_deep);
    CHECK(reason(nested(10'000)) == errc::json_too_deep);
    CHECK(reason(member(std::string(100'000, '['))) == errc::json_too_deep);
    std::string objects = "1";
    for (int level = 0; level < 32; ++level) objects = member(objects);
    CHECK(reason(objects) == errc::none);
    CHECK(reason(member(objects)) == errc::json_too_deep);
    CHECK(reason("{\"b\":" + objects + "}") == errc::json_too_deep);
    std::string opened;
    for (int level = 0; level < 10'000; ++level) opened += "{\"a\":";
    CHECK(reason(opened) == errc::json_too_deep);
    const std::string within = std::string(15, '[') + nested(16) + std::string(15, ']');
    CHECK(reason(member(within)) == errc::none);
    CHECK(reason(member("[" + within + "]")) == errc::json_too_deep);
}

TEST_CASE("1 MiB, and not one byte more [rfc8259-9-limits]") {
    const std::string largest = text_member(std::string((1U << 20) - text_member("").size(), 'x'));
    CHECK(largest.size() == 1U << 20);
    CHECK(reason(largest) == errc::none);
    CHECK(reason(largest + " ") == errc::json_too_large);
    CHECK(reason(text_member(std::string((1U << 20) + 1, 'x'))) == errc::json_too_large);
    CHECK(reason(std::string((1U << 20) + 1, ' ')) == errc::json_too_large);
}

TEST_CASE("as many members as there is room for, on the way from the outermost object [rfc8259-9-limits]") {
    CHECK(read("{}", 0).reason == errc::none);
    CHECK(read(R"({"a":1})", 0).reason == errc::json_too_many_members);
    CHECK(read(R"({"a":1,"b":2,"c":3})", 3).reason == errc::none);
    CHECK(read(R"({"a":1,"b":2,"c":3,"d":4})", 3).reason == errc::json_too_many_members);
    CHECK(read(R"({"a":{"b":{"c":1}}})", 3).reason == errc::none);
    CHECK(read(R"({"a":{"b":{"c":1,"d":2}}})", 3).reason == errc::json_too_many_members);
    CHECK(read(R"({"a":[{"b":1,"c":1},{"b":1,"c":1},{},{"b":1,"c":1}],"d":{"b":1}})", 3).reason == errc::none);
    CHECK(read(R"({"a":[1,2,3,4,[5,6,7,8]]})", 1).reason == errc::none);
    std::vector<std::uint16_t> odd(3);
    json_object object(R"({"a":1,"b":2})", odd);
    CHECK(object.next());
    CHECK(!object.next());
    CHECK(object.failure().reason == errc::json_too_many_members);
}

TEST_CASE("names made to look alike cost no more than their size times the members before them") {
    // Told apart at their last character only.
    std::string objects = "{\"a\":[";
    while (objects.size() < 1'000'000) objects += R"({"aaaaaaaa0":0,"aaaaaaaa1":0,"aaaaaaaa\u0032":0},)";
    CHECK(reason(objects + "0]}") == errc::none);
    std::string long_names = "{";
    for (char c = 'a'; c <= 'z'; ++c) long_names += "\"" + std::string(4'000, 'x') + c + "\":0,";
    CHECK(reason(long_names + "\"\":0}") == errc::none);
    CHECK(reason(long_names + "\"" + std::string(4'000, 'x') + "b\":0}") == errc::duplicate_member);
}

TEST_CASE("escapes are undone where the text stands, once it is read") {
    std::string text = R"({"a\u0062":"x\u00e9\ud834\udd1e\n","c":"\\\"","d":3600})";
    std::array<std::uint16_t, 16> room{};
    json_object object(text, room);
    std::array<std::string_view, 3> values;
    for (std::size_t i = 0; object.next(); ++i) values[i] = object.value().text;
    CHECK(!object.failed());
    const auto in_place = [&](std::string_view value) {
        char* const memory = text.data() + (value.data() - text.data());
        return std::string_view(memory, json_unescape(value, memory));
    };
    CHECK(in_place(values[0]) == "x\xC3\xA9\xF0\x9D\x84\x9E\n");
    CHECK(in_place(values[1]) == "\\\"");
    CHECK(values[2] == "3600");
}

TEST_CASE("undoing escapes in what the reader would refuse stops there") {
    CHECK(unescaped("ab\\ud800") == "ab");
    CHECK(unescaped("ab\\") == "ab");
    CHECK(unescaped("ab\\uD83") == "ab");
    CHECK(unescaped("ab\xC3") == "ab");
    CHECK(unescaped("ab\"cd") == "ab");
}

TEST_CASE("two values are the same text, whether escaped or not") {
    const auto equal = [](std::string_view a, bool a_escaped, std::string_view b, bool b_escaped) {
        return oauthpp::detail::json_equal({json_type::string, a_escaped, a}, {json_type::string, b_escaped, b});
    };
    CHECK(equal("ab", false, "ab", false));
    CHECK(equal("a\\u0062", true, "ab", false));
    CHECK(equal("ab", false, "\\u0061b", true));
    CHECK(equal("\\u0061b", true, "a\\u0062", true));
    CHECK(equal("", false, "", true));
    CHECK(!equal("a\\u0062", false, "ab", false));            // said to be plain
    CHECK(!equal("ab", false, "abc", false));
    CHECK(!equal("abc", false, "ab", false));
    CHECK(!equal("a\\u0062", true, "a", false));
    CHECK(!equal("", false, "a", false));
}

namespace {

/// The whole of it at compile time, in views and arrays.
constexpr std::int64_t sum_of_numbers(std::string_view text) {
    std::array<std::uint16_t, 16> room{};
    json_object object(text, room);
    std::int64_t sum = 0;
    while (object.next()) {
        if (object.value().type == json_type::number) sum += json_integer(object.value().text).value_or(1000);
        if (object.is("skip\n")) sum -= 5;
    }
    return object.failed() ? -1 : sum;
}

constexpr bool reads_as(std::string_view text, std::string_view expected) {
    char memory[32]{};
    return std::string_view(memory, json_unescape(text, memory)) == expected;
}

static_assert(sum_of_numbers("\xEF\xBB\xBF { \"a\":1, \"b\":[2,{\"a\":3}], \"c\":4e1, \"skip\\n\":5 } ") == 41);
static_assert(sum_of_numbers("{\"longer than eight bytes\":\"\xC3\xA9\\u00e9\",\"a\":-2}") == -2);
static_assert(sum_of_numbers(R"({"a":1,"\u0061":1})") == -1);
static_assert(sum_of_numbers("{\"a\":\"") == -1);
static_assert(sum_of_numbers("") == -1);
static_assert(reads_as(R"(\u20ac\ud834\udd1e\\)", "\xE2\x82\xAC\xF0\x9D\x84\x9E\\"));
static_assert(json_integer("-36.00e2") == -3600 && !json_integer("36e-2"));

}  // namespace
}  // namespace json_test
