// SPDX-License-Identifier: MIT
//
// Logins out of a store, with a digest that fits, or no fuzzer would come past it: one that is accepted can be saved
// and restored for ever, works once, and is bound to its server and client.
#include "../fuzz.hpp"

namespace fuzzing::saved_login {

std::string with_digest(std::string_view text) {
    const auto digest = oauthpp::base64url_encode(oauthpp::sha256(text));
    return std::string(text).append("&digest=").append(digest.data(), digest.size());
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    const oauthpp::server_metadata server{.issuer = "https://as.example", .token_endpoint = "https://as.example/token"};
    const oauthpp::client app{.client_id = "s6BhdRkqt3", .redirect_uri = "https://client.example.com/cb"};
    const exact as_it_is(text_of(input));
    require(as_it_is.text().find("digest=") != std::string_view::npos ||
            !oauthpp::restore_login(server, app, as_it_is.text()));

    const exact saved(with_digest(text_of(input)));
    auto login = oauthpp::restore_login(server, app, saved.text());
    if (!login) return 0;
    require(!login->state().empty() && login->url().empty());
    const oauthpp::secret text = login->save();
    auto again = oauthpp::restore_login(server, app, text);
    require(again && again->state() == login->state() && again->save() == text);

    oauthpp::client other = app;
    other.client_id = "other";
    const auto stolen = oauthpp::restore_login(server, other, text);
    require(!stolen && stolen.error().reason() == oauthpp::errc::wrong_server);

    auto flow = login->exchange("/cb?state=" + std::string(43, 'x') + "&code=a");
    const auto outcome = std::move(flow).outcome();
    require(!outcome && login->save().empty());
    auto second = login->exchange("/cb?code=a");
    const auto used = std::move(second).outcome();
    require(!used && used.error().reason() == oauthpp::errc::already_used);
    return 0;
}

const harness here("saved_login", fuzz);

}  // namespace fuzzing::saved_login
