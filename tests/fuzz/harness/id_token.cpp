// SPDX-License-Identifier: MIT
//
// ID tokens that are truly signed, with claims from nowhere: header in the first line, nonce in the second, claims
// behind them. What is accepted meets the rules as nlohmann/json reads the claims; owned and borrowed agree.
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>

namespace fuzzing::id_token {

using nlohmann::json;

constexpr std::int64_t now = 1311281000;      // of the example in OpenID Connect Core 2
constexpr std::string_view issuer = "https://server.example.com";
constexpr std::string_view client_id = "s6BhdRkqt3";

void append_encoded(std::string& token, std::span<const std::byte> bytes) {
    const std::size_t at = token.size();
    token.resize(at + oauthpp::base64url_size(bytes.size()));
    oauthpp::buffer_writer out{std::span<char>(token).subspan(at)};
    oauthpp::append_base64url(out, bytes);
}

std::string signed_token(std::string_view header, std::string_view claims) {
    std::string token;
    append_encoded(token, std::as_bytes(std::span(header)));
    token += '.';
    append_encoded(token, std::as_bytes(std::span(claims)));
    const auto tag = oauthpp::hmac_sha256(marked_secret, token);
    token += '.';
    append_encoded(token, tag);
    return token;
}

bool names(const json& audience, std::string_view who) {
    if (!audience.is_array()) return audience == who;
    for (const auto& each : audience) {
        if (each == who) return true;
    }
    return false;
}

void check_accepted(const oauthpp::id_token& token, const oauthpp::id_token_expectation& expected,
                    std::string_view claims) {
    require(token.claims == claims);
    const json said = json::parse(claims, nullptr, false);
    if (said.is_discarded()) return;      // a number that no double holds
    require(said.at("iss") == issuer && token.iss == issuer);
    require(said.at("sub") == token.sub && !token.sub.empty());
    const json& audience = said.at("aud");
    require(names(audience, client_id));
    require(!audience.is_array() || audience.size() == 1 || (said.contains("azp") && said["azp"] == client_id));
    require(said.at("exp").get<double>() > double(now - 60) && said.at("iat").get<double>() < double(now + 61));
    if (said.contains("nbf")) require(said["nbf"].get<double>() < double(now + 61));
    require(said.value("nonce", "") == expected.nonce);
    if (expected.max_age) {
        require(said.at("auth_time").get<double>() + double(expected.max_age->count) >= double(now - 61));
    }
}

int fuzz(bytes input) {
    if (speaks_of_secret(text_of(input))) return -1;
    lines line(input);
    const std::string_view header = line.next();
    const exact nonce(line.next());
    const exact claims(line.rest());
    const exact token(signed_token(header, claims.text()));
    oauthpp::id_token_expectation expected{.issuer = issuer, .client_id = client_id};
    expected.nonce = nonce.text();
    expected.algorithms = "HS256 RS256";
    expected.client_secret = marked_secret;
    if (input.size() % 2 == 0) expected.max_age = oauthpp::seconds{600};
    expected.from_browser = input.size() % 3 == 0;

    const auto owned = oauthpp::verify_id_token(token.text(), expected, {now});
    exact memory(token.text().size() * 2);
    const auto view = oauthpp::verify_id_token_in_place(token.text(), memory.memory(), expected, {now});
    require(bool(owned) == bool(view));
    if (!owned) {
        require_same(owned.error(), view.error());
        require_no_secret(owned.error());
        return 0;
    }
    require(owned->iss == view->iss && owned->sub == view->sub && owned->acr == view->acr && owned->sid == view->sid);
    require(owned->expires_at == view->expires_at && owned->issued_at == view->issued_at &&
            owned->auth_time == view->auth_time);
    require(owned->claims == view->claims && owned->signature_verified == view->signature_verified);
    require(owned->signature_verified || !expected.from_browser);
    check_accepted(*owned, expected, claims.text());

    std::string forged(token.text());
    forged.back() = forged.back() == 'A' ? 'E' : 'A';
    require(!owned->signature_verified || !oauthpp::verify_id_token(forged, expected, {now}));
    return 0;
}

const harness here("id_token", fuzz);

}  // namespace fuzzing::id_token
