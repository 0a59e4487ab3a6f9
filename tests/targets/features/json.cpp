// SPDX-License-Identifier: MIT
// The JSON scanner: goes over a token response, reads one number and takes one text out of its escapes.
#include <oauthpp/wire/json.hpp>

#include <array>
#include <cstdint>
#include <cstring>

extern "C" int feature(char* memory, unsigned) {
    std::array<std::uint16_t, 32> room;
    oauthpp::json_object object({memory, std::strlen(memory)}, room);
    std::string_view token;
    while (object.next()) {
        if (object.is("access_token")) token = object.value().text;
        if (object.is("expires_in") && oauthpp::json_integer(object.value().text) != 3600) return 1;
    }
    if (object.failed()) return 1;
    return oauthpp::json_unescape(token, memory) == 7 ? 0 : 1;
}
