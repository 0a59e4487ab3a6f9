// SPDX-License-Identifier: MIT
//
// Refusals: what the server said arrives as nlohmann/json reads it, in the view as in the error that owns its words,
// and becomes one printable line of bounded length. Status and Retry-After in the first two lines.
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>

namespace fuzzing::error_response {

void check_words(const oauthpp::error& error, const nlohmann::json& body) {
    const auto same = [&](const char* name, std::string_view said) {
        const auto member = body.find(name);
        if (member == body.end() || member->is_null()) require(said.empty());
        else if (member->is_string()) require(said == member->get_ref<const std::string&>());
        else require(nlohmann::json::parse(said, nullptr, false) == *member);
    };
    same("error", error.server_error());
    same("error_description", error.server_description());
    same("error_uri", error.server_uri());
    same("suberror", error.suberror());
    same("claims", error.claims());
    same("error_codes", error.error_codes());
    same("trace_id", error.trace_id());
    same("correlation_id", error.correlation_id());
    same("timestamp", error.timestamp());
}

void check_line(const oauthpp::error& error) {
    const std::string line = oauthpp::describe(error);
    require(oauthpp::detail::is_printable(line) && line.size() < 10'000);
    oauthpp::error copy = error;
    require(oauthpp::describe(copy) == line);
    const oauthpp::error moved = std::move(copy);
    require(oauthpp::describe(moved) == line && oauthpp::describe(oauthpp::error(moved.view())) == line);
    require(!oauthpp::message(error.action()).empty());
    if (const auto when = oauthpp::retry_at(error)) require(when->count >= 0);
}

int fuzz(bytes input) {
    lines line(input);
    const int status = std::atoi(std::string(line.next().substr(0, 4)).c_str());
    const exact retry_after(line.next());
    const exact body(line.rest());
    const auto tokens = oauthpp::parse_token_response({.status = status,
                                                       .content_type = "application/json",
                                                       .retry_after = std::string(retry_after.text()),
                                                       .body = oauthpp::secret(body.text())});
    if (tokens) return 0;
    check_line(tokens.error());
    if (tokens.error().reason() != oauthpp::errc::server_refused) return 0;
    const auto json = nlohmann::json::parse(body.text(), nullptr, false);
    if (!json.is_discarded()) check_words(tokens.error(), json);     // discarded: a number that no double holds
    return 0;
}

const harness here("error_response", fuzz);

}  // namespace fuzzing::error_response
