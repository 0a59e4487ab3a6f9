// SPDX-License-Identifier: MIT
//
// Callbacks: the mode and type that were asked for in the first two lines, the callback behind them. What is accepted
// is the answer to this login, owned and borrowed agree, and no code or token enters an error.
#include "../fuzz.hpp"

#include <array>

namespace fuzzing::authorization_response {

constexpr std::string_view state = "af0ifjsldkj";
constexpr std::string_view issuer = "https://server.example.com";

/// Every code and token becomes the marked secret.
std::string with_secrets(std::string_view callback) {
    std::string marked;
    for (std::size_t at = 0; at < callback.size(); ++at) {
        marked += callback[at];
        for (const std::string_view name : {"code=", "access_token=", "id_token="}) {
            if (marked.ends_with(name)) marked += marked_secret;
        }
    }
    return marked;
}

bool tells_in_error_of(std::string_view callback) {
    while (!callback.empty()) {
        const std::string_view piece = callback.substr(0, callback.find_first_of("&#"));
        callback.remove_prefix(piece.size() == callback.size() ? piece.size() : piece.size() + 1);
        const std::string_view name = piece.substr(0, piece.find('='));
        const bool may_be_error =
            name.find("error") != std::string_view::npos || name.find('%') != std::string_view::npos;
        if (may_be_error && speaks_of_secret(piece)) return true;
    }
    return false;
}

/// The words of an error may hold anything; then the secret was the server's to tell. The query begins behind the first
/// `?`, which may stand in what would be a value otherwise.
bool tells_in_error(std::string_view callback) {
    return tells_in_error_of(callback) || tells_in_error_of(callback.substr(callback.find('?') + 1));
}

void require_same_response(const oauthpp::authorization_response& owned,
                           const oauthpp::authorization_response_view& view) {
    require(owned.code == view.code && owned.state == view.state && owned.iss == view.iss && owned.scope == view.scope);
    require(owned.access_token == view.access_token && owned.token_type == view.token_type);
    require(owned.expires_in == view.expires_in && owned.id_token == view.id_token);
    require(owned.extra.size() == view.extra.size());
    for (std::size_t i = 0; i < owned.extra.size(); ++i) {
        require(owned.extra[i].name == view.extra[i].name && owned.extra[i].value == view.extra[i].value);
    }
}

void check_accepted(const oauthpp::authorization_response& response, const oauthpp::expected_response& expected,
                    std::string_view callback) {
    require(response.state == state);
    const bool issuer_may_miss = !expected.iss_required || !response.id_token.empty();
    require(response.iss.empty() ? issuer_may_miss : response.iss == issuer);
    require(response.code.empty() == !oauthpp::scope_includes(expected.response_type, "code"));
    require(response.id_token.empty() == !oauthpp::scope_includes(expected.response_type, "id_token"));
    require(response.access_token.empty() == !oauthpp::scope_includes(expected.response_type, "token"));
    require(oauthpp::detail::is_printable(response.code.reveal()));
    const auto found = oauthpp::state_of_callback(callback);
    require(!found || *found == state);
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    lines line(input);
    const exact mode(line.next());
    const exact type(line.next());
    const exact callback(with_secrets(line.rest()));
    oauthpp::expected_response expected{
        .state = state, .issuer = issuer, .redirect_uri = "https://client.example.com/cb?t=1"};
    expected.response_mode = mode.text();
    if (!type.text().empty()) expected.response_type = type.text();
    if (mode.text().empty()) expected.redirect_uri = {};
    expected.iss_required = input.size() % 2 == 0;
    expected.quirks.form_post_encoded_twice = input.size() % 3 == 0;

    const auto owned = oauthpp::parse_authorization_response(callback.text(), expected);
    exact received(callback.text());
    std::array<oauthpp::parameter_view, 100> extra;
    const auto view = oauthpp::parse_authorization_response_in_place(received.memory(), expected, extra);
    require(bool(owned) == bool(view));
    if (owned) {
        require_same_response(*owned, *view);
        check_accepted(*owned, expected, callback.text());
    } else {
        require_same(owned.error(), view.error());
        if (!tells_in_error(callback.text())) require_no_secret(owned.error());
    }
    return 0;
}

const harness here("authorization_response", fuzz);

}  // namespace fuzzing::authorization_response
