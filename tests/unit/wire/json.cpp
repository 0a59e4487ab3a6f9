// SPDX-License-Identifier: MIT
//
// The JSON reader: what RFC 8259 allows is read, and everything else is refused, wherever it stands.
#include <oauthpp/wire/json.hpp>

#include <doctest/doctest.h>
#include <oauthpp/wire/json_elements.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace json_test {
namespace {

using oauthpp::errc, oauthpp::json_elements, oauthpp::json_integer, oauthpp::json_object, oauthpp::json_type;

errc reason(std::string_view text) {
    std::array<std::uint16_t, 256> room{};
    json_object object(text, room);
    while (object.next()) {}
    return object.failed() ? object.failure().reason : errc::none;
}

/// The one member of an object, a string with its escapes undone.
std::string text_of(std::string_view value) {
    const std::string whole = "{\"a\":\"" + std::string(value) + "\"}";
    std::array<std::uint16_t, 8> room{};
    json_object object(whole, room);
    REQUIRE(object.next());
    std::string text(object.value().text);
    text.resize(oauthpp::json_unescape(object.value().text, text.data()));
    return text;
}

TEST_CASE("every kind of value, with white space anywhere (RFC 8259 2 to 7)") {
    const std::string_view text = " \t\r\n{ \"s\" : \"x\" , \"n\":-12.5e+3,\"t\":true,\"f\":false,\"z\":null,\"o\":{\"a\":[1,{}]},\"l\":[ ] } \n";
    std::array<std::uint16_t, 32> room{};
    json_object object(text, room);
    std::vector<json_type> types;
    std::vector<std::string> values;
    while (object.next()) {
        types.push_back(object.value().type);
        values.emplace_back(object.value().text);
    }
    CHECK(!object.failed());
    CHECK(types == std::vector{json_type::string, json_type::number, json_type::boolean, json_type::boolean, json_type::null, json_type::object, json_type::array});
    CHECK(values == std::vector<std::string>{"x", "-12.5e+3", "true", "false", "null", "{\"a\":[1,{}]}", "[ ]"});
    CHECK(reason("{}") == errc::none);
}

TEST_CASE("what is no JSON object") {
    for (const char* text : {"", " ", "[]", "null", "\"x\"", "1", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}",
                             "{\"a\":1}x", "{\"a\":1}{}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}",
                             "{\"a\":Infinity}", "{\"a\":0x1}", "{\"a\":tru}", "{\"a\":True}", "{\"a\":nul}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":[}", "{\"a\":{]}",
                             "{\"a\":\"\n\"}", "{\"a\":\"\x01\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"x}", "/**/{}", "{} //"}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::malformed_json);
    }
    CHECK(reason(std::string_view("{\0}", 3)) == errc::malformed_json);
}

TEST_CASE("duplicate members at any depth, however they are spelled") {
    for (const char* text : {R"({"a":1,"a":2})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":2})", R"({"x":{"a":1,"a":2}})", R"({"x":[{"a":1,"a":2}]})", R"({"\/":1,"/":2})"}) {
        CAPTURE(text);
        CHECK(reason(text) == errc::duplicate_member);
    }
    CHECK(reason(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})") == errc::none);
}

TEST_CASE("UTF-8 and surrogates") {
    CHECK(text_of(R"(\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00)") == "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
    CHECK(text_of("\xC3\xA9") == "\xC3\xA9");
    for (const char* text : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83dx"}) {
        CHECK(reason("{\"a\":\"" + std::string(text) + "\"}") == errc::malformed_json);
        CHECK(reason("{\"" + std::string(text) + "\":1}") == errc::malformed_json);
    }
}

TEST_CASE("bounds: 32 levels, 1 MiB, as many members as there is room") {
    const auto nested = [](std::size_t levels) { return "{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}"; };
    CHECK(reason(nested(31)) == errc::none);
    CHECK(reason(nested(32)) == errc::json_too_deep);
    CHECK(reason(nested(10'000)) == errc::json_too_deep);
    CHECK(reason("{\"a\":\"" + std::string(1 << 20, 'x') + "\"}") == errc::json_too_large);
    std::string many = "{\"m0\":0";
    for (int i = 1; i < 300; ++i) many += ",\"m" + std::to_string(i) + "\":0";
    CHECK(reason(many + "}") == errc::json_too_many_members);
}

TEST_CASE("cut at every byte, it is never whole, and the failure says where") {
    const std::string whole = R"({"access_token":"2Yo\u0074n","token_type":"Bearer","expires_in":3600,"x":[1,{"y":null}]})";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::array<std::uint16_t, 32> room{};
        json_object object(std::string_view(whole).substr(0, size), room);
        while (object.next()) {}
        CHECK(object.failed());
        CHECK(object.failure().offset <= size);
    }
}

TEST_CASE("whole numbers, and nothing else") {
    CHECK(json_integer("3600") == 3600);
    CHECK(json_integer("-1") == -1);
    CHECK(json_integer("3600.00") == 3600);
    CHECK(json_integer("36e2") == 3600);
    CHECK(json_integer("0") == 0);
    for (const char* text : {"", "-", "1.5", "36e-2", "1e400", "99999999999999999999", "x", "1x", " 1"}) CHECK(!json_integer(text));
}

TEST_CASE("the elements of an array, and a value that is none") {
    std::array<std::uint16_t, 32> room{};
    const std::string_view text = R"({"a":[ "x\"]y" , {"k":"]}"}, [1,2] ,-3, true,null ],"b":"alone","c":[]})";
    json_object object(text, room);
    std::vector<std::string> values;
    while (object.next()) {
        json_elements each(object.value());
        while (each.next()) values.emplace_back(each.value().text);
    }
    CHECK(!object.failed());
    CHECK(values == std::vector<std::string>{"x\\\"]y", "{\"k\":\"]}\"}", "[1,2]", "-3", "true", "null", "alone"});
}

}  // namespace
}  // namespace json_test
