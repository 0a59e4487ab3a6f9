// SPDX-License-Identifier: MIT
//
// The elements of a JSON array that the reader has handed out.
#include <oauthpp/wire/json_elements.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <ostream>
#include <utility>
#include <string>
#include <string_view>
#include <vector>

namespace json_elements_test {

TEST_CASE("the elements of an array, and a value that is none") {
    std::array<std::uint16_t, 32> room{};
    const std::string_view text = R"({"a":[ "x\"]y" , {"k":"]}"}, [1,2] ,-3, true,null ],"b":"alone","c":[]})";
    oauthpp::json_object object(text, room);
    std::vector<std::string> values;
    while (object.next()) {
        oauthpp::json_elements each(object.value());
        while (each.next()) values.emplace_back(each.value().text);
    }
    CHECK(!object.failed());
    CHECK(values == std::vector<std::string>{"x\\\"]y", "{\"k\":\"]}\"}", "[1,2]", "-3", "true", "null", "alone"});
}

TEST_CASE("each element has its type") {
    std::array<std::uint16_t, 32> room{};
    oauthpp::json_object object(R"({"a":[null,true,false,7,-1.5,"x","\n",{"a":[1]},[2],[]]})", room);
    REQUIRE(object.next());
    oauthpp::json_elements each(object.value());
    const std::pair<oauthpp::json_type, std::string_view> expected[] = {
        {oauthpp::json_type::null, "null"}, {oauthpp::json_type::boolean, "true"}, {oauthpp::json_type::boolean, "false"},
        {oauthpp::json_type::number, "7"}, {oauthpp::json_type::number, "-1.5"}, {oauthpp::json_type::string, "x"},
        {oauthpp::json_type::string, "\\n"}, {oauthpp::json_type::object, R"({"a":[1]})"}, {oauthpp::json_type::array, "[2]"},
        {oauthpp::json_type::array, "[]"}};
    for (const auto& [type, text] : expected) {
        REQUIRE(each.next());
        CHECK(each.value().type == type);
        CHECK(each.value().text == text);
        CHECK(each.value().escaped == (text == "\\n"));
    }
    CHECK(!each.next());
}

}  // namespace json_elements_test
