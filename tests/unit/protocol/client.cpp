// SPDX-License-Identifier: MIT
//
// A client in the caller's memory and in its own.
#include <oauthpp/protocol/client.hpp>

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <variant>

namespace client_test {
namespace {

using oauthpp::client, oauthpp::client_secret_post, oauthpp::client_view;

}  // namespace

TEST_CASE("a client says who it is, and is public unless it says more") {
    const client app{.client_id = "s6BhdRkqt3", .redirect_uri = "http://localhost:8080"};
    CHECK(std::holds_alternative<oauthpp::no_authentication>(app.authentication));
    const client_view view = app;
    CHECK(view.client_id.data() == app.client_id.data());
    CHECK(view.redirect_uri == "http://localhost:8080");
}

TEST_CASE("an owned copy lives on, with its secret and its redirect URI to the letter") {
    client copy;
    {
        const client app{.client_id      = std::string(100, 'i'),
                         .authentication = client_secret_post{"hush"},
                         .redirect_uri   = "https://C.example/CB?x=%2f"};
        copy = oauthpp::detail::owned_copy(app);
    }
    CHECK(copy.client_id == std::string(100, 'i'));
    CHECK(copy.redirect_uri == "https://C.example/CB?x=%2f");
    const auto* post = std::get_if<client_secret_post>(&copy.authentication);
    CHECK(post != nullptr);
    if (post != nullptr) CHECK(post->client_secret.reveal() == "hush");
}

}  // namespace client_test
