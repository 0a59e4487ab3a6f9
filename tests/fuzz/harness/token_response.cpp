// SPDX-License-Identifier: MIT
//
// Answers of the token endpoint: status, Content-Type and Retry-After in the first three lines, the body behind them.
// Owned and borrowed agree, what is accepted is fit to be sent, and no token enters an error.
#include "../fuzz.hpp"

#include <array>

namespace fuzzing::token_response {

/// Every token becomes the marked secret.
std::string with_secrets(std::string_view body) {
    std::string marked;
    for (const char c : body) {
        marked += c;
        for (const std::string_view name : {"access_token\":\"", "refresh_token\":\"", "id_token\":\""}) {
            if (marked.ends_with(name)) marked += marked_secret;
        }
    }
    return marked;
}

void require_same_tokens(const oauthpp::token_response& owned, const oauthpp::token_response_view& view) {
    require(owned.access_token == view.access_token && owned.token_type == view.token_type);
    require(owned.expires_in == view.expires_in && owned.refresh_token == view.refresh_token &&
            owned.scope == view.scope);
    require(owned.id_token == view.id_token && owned.ext_expires_in == view.ext_expires_in &&
            owned.refresh_in == view.refresh_in);
    require(owned.expires_on == view.expires_on && owned.not_before == view.not_before);
    require(owned.extra.size() == view.extra.size());
    for (std::size_t i = 0; i < owned.extra.size(); ++i) {
        require(owned.extra[i].name == view.extra[i].name && owned.extra[i].value == view.extra[i].value);
    }
}

void check_accepted(const oauthpp::token_response& tokens, int status) {
    require(status >= 200 && status <= 299);
    require(!tokens.access_token.empty() && oauthpp::detail::is_printable(tokens.access_token.reveal()));
    require(oauthpp::detail::is_printable(tokens.refresh_token.reveal()));
    require(oauthpp::detail::equal_ignoring_case(tokens.token_type, "Bearer"));
    for (const auto& span : {tokens.expires_in, tokens.ext_expires_in, tokens.refresh_in}) {
        require(!span || (span->count >= 0 && span->count <= INT32_MAX));
    }
}

/// `error` may hold an object, and that anything.
bool is_structured(const oauthpp::error_view& error) {
    return error.server_error.starts_with('{') || error.server_error.starts_with('[');
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    lines line(input);
    const int status = std::atoi(std::string(line.next().substr(0, 4)).c_str());
    const exact content_type(line.next());
    const exact retry_after(line.next());
    const exact body(with_secrets(line.rest()));
    oauthpp::quirks known;
    known.missing_token_type = input.size() % 2 == 0;
    known.json_as_text_plain = input.size() % 3 == 0;

    const auto owned = oauthpp::parse_token_response({.status = status,
                                                      .content_type = std::string(content_type.text()),
                                                      .retry_after = std::string(retry_after.text()),
                                                      .body = oauthpp::secret(body.text())}, known);
    exact received(body.text());
    std::array<oauthpp::parameter_view, 28> extra;
    const auto view = oauthpp::parse_token_response_in_place(
        {status, content_type.text(), retry_after.text(), received.memory()}, known, extra);
    if (!view && view.error().reason == oauthpp::errc::json_too_many_members) return 0;   // the one difference there is
    require(bool(owned) == bool(view));
    if (owned) {
        require_same_tokens(*owned, *view);
        check_accepted(*owned, status);
    } else {
        require_same(owned.error(), view.error());
        if (!is_structured(owned.error())) require_no_secret(owned.error());
    }
    return 0;
}

const harness here("token_response", fuzz);

}  // namespace fuzzing::token_response
