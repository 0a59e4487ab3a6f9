// SPDX-License-Identifier: MIT
//
// A method of client authentication stays the same one, and its secret the same, in either storage.
#include <oauthpp/protocol/client_authentication.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <variant>

namespace client_authentication_test {
namespace {

using oauthpp::basic_encoding, oauthpp::borrowed, oauthpp::client_authentication, oauthpp::client_secret_basic;
using oauthpp::client_secret_basic_view, oauthpp::client_secret_post, oauthpp::client_secret_post_view;
using oauthpp::no_authentication, oauthpp::owned, oauthpp::detail::convert_authentication;

}  // namespace

TEST_CASE("a client authenticates in no way unless it says which") {
    CHECK(std::holds_alternative<no_authentication>(client_authentication()));
    CHECK(client_secret_basic{}.encoding == basic_encoding::form);
    CHECK_FALSE(client_secret_basic{}.client_id_in_body);
}

TEST_CASE("Basic keeps its secret, encoding and habit in both directions") {
    const client_authentication ours = client_secret_basic{"hush", basic_encoding::raw, true};
    const auto view                  = convert_authentication<borrowed>(ours);
    const auto* look                 = std::get_if<client_secret_basic_view>(&view);
    CHECK(look != nullptr);
    if (look == nullptr) return;
    CHECK(look->client_secret.reveal().data() ==
          std::get_if<client_secret_basic>(&ours)->client_secret.reveal().data());
    CHECK(look->encoding == basic_encoding::raw);
    CHECK(look->client_id_in_body);

    const auto copy   = convert_authentication<owned>(view);
    const auto* again = std::get_if<client_secret_basic>(&copy);
    CHECK(again != nullptr);
    if (again == nullptr) return;
    CHECK(again->client_secret.reveal() == "hush");
    CHECK(again->client_secret.reveal().data() != look->client_secret.reveal().data());
    CHECK(again->encoding == basic_encoding::raw);
    CHECK(again->client_id_in_body);
}

TEST_CASE("so do a secret in the body, and no authentication") {
    const client_authentication post = client_secret_post{"hush"};
    const auto view                  = convert_authentication<borrowed>(post);
    const auto copy                  = convert_authentication<owned>(view);
    CHECK(std::holds_alternative<client_secret_post_view>(view));
    CHECK(std::holds_alternative<client_secret_post>(copy));
    if (const auto* again = std::get_if<client_secret_post>(&copy)) CHECK(again->client_secret.reveal() == "hush");
    const auto none = convert_authentication<owned>(convert_authentication<borrowed>(client_authentication()));
    CHECK(std::holds_alternative<no_authentication>(none));
}

}  // namespace client_authentication_test
