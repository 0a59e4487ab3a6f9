// SPDX-License-Identifier: MIT
//
// The elements of a JSON array that the reader has handed out.
#include <oauthpp/wire/json_elements.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <ostream>
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

}  // namespace json_elements_test
