// SPDX-License-Identifier: MIT
//
// A state with data of the application's own: it comes back as it went, and not from another key. The state that came
// back in the first line, data behind it.
#include "../fuzz.hpp"

namespace fuzzing::state {

constexpr std::string_view key = "0123456789abcdef0123456789abcdef";
constexpr std::string_view other_key = "0123456789abcdef0123456789abcdeF";

int fuzz(bytes input) {
    lines line(input);
    const exact came_back(line.next());
    const exact data(line.rest());
    if (const auto read = oauthpp::data_of_state(came_back.text(), key)) {
        require(!oauthpp::data_of_state(came_back.text(), other_key));
    }
    const auto made = oauthpp::make_state(oauthpp::unguessable{}, data.text(), key);
    require(bool(made));
    const auto read = oauthpp::data_of_state(*made, key);
    require(read && *read == data.text() && !oauthpp::data_of_state(*made, other_key));

    exact memory(made->size());
    oauthpp::buffer_writer out(memory.memory());
    const auto borrowed = oauthpp::write_state(out, oauthpp::unguessable{}, data.text(), key);
    require(borrowed && *borrowed == *made);
    exact small(made->size() - 1);
    oauthpp::buffer_writer full(small.memory());
    const auto none = oauthpp::write_state(full, oauthpp::unguessable{}, data.text(), key);
    require(!none && none.error().needed == made->size());
    return 0;
}

const harness here("state", fuzz);

}  // namespace fuzzing::state
