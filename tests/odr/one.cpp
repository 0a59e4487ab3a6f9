// SPDX-License-Identifier: MIT
//
// Two files that include the library, one built without exceptions and RTTI, make one program: nothing is defined
// twice, and what crosses from one to the other means the same in both.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

oauthpp::result<oauthpp::secret> made_in_two(bool good);

int main() {
    const auto good = made_in_two(true);
    const auto bad = made_in_two(false);
    return good && good->reveal() == "from the other file" && !bad ? 0 : 1;
}
