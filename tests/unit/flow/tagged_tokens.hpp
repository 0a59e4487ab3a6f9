// SPDX-License-Identifier: MIT
//
// ID tokens whose signature is a tag that says by whom it was made, for tests of what happens around a signature.
#pragma once

#include <oauthpp/flow/login.hpp>

#include <doctest/doctest.h>
#include <unit/flow/at_example.hpp>
#include <unit/jose/encoded.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp_test::tagged {

inline constexpr oauthpp::unix_time now{1000};

/// What a JSON object of these members would be signed to by the key `kid`.
inline std::string signed_by(std::string_view kid, const std::string& claims) {
    const std::string header = encoded(R"({"alg":"ES256","kid":")" + std::string(kid) + R"("})");
    return header + '.' + encoded(claims) + '.' + encoded("by " + std::string(kid));
}

/// Knows by whom a token says it was signed; the key's first byte is that name's.
struct tag_verifier {
    int calls = 0;
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view& key, std::string_view,
                   std::span<const std::byte> signature) {
        ++calls;
        const char name = static_cast<char>(key.first.front());
        return !signature.empty() && static_cast<char>(signature.back()) == name ? oauthpp::verdict::valid : oauthpp::verdict::invalid;
    }
};

/// A set of keys with one-letter names.
inline std::string key_set(std::string_view names) {
    std::string keys;
    for (const char name : names) {
        const std::string x = encoded(std::string(32, name));
        keys += (keys.empty() ? "" : ",") +
                (R"({"kty":"EC","crv":"P-256","kid":")" + std::string(1, name) + R"(","x":")" + x + R"(","y":")" + x + "\"}");
    }
    return R"({"keys":[)" + keys + "]}";
}

inline std::string nonce_of(const oauthpp::pending_login& login) { return only(pairs_of_url(login.url()), "nonce"); }

/// The claims of an honest server, and more.
inline std::string claims_for(std::string_view nonce, const std::string& more = {}, std::string_view sub = "248289761001") {
    return R"({"iss":"https://as.example","sub":")" + std::string(sub) + R"(","aud":"s6BhdRkqt3","exp":4600,"iat":990,)" +
           R"("nonce":")" + std::string(nonce) + '"' + (more.empty() ? "" : "," + more) + '}';
}

inline oauthpp::http_response tokens_with(std::string_view id_token, std::string_view more = {}) {
    std::string member;
    if (!id_token.empty()) member = R"(,"id_token":")" + std::string(id_token) + '"';
    return answer(200, R"({"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"r")" + member +
                           std::string(more) + '}');
}

inline std::string callback(const oauthpp::pending_login& login) { return oauthpp_test::callback_of(login); }

/// The half of a SHA-256 that stands for a token or code.
inline std::string half_hash(std::string_view text) {
    const auto digest = oauthpp::sha256(text);
    return encoded({reinterpret_cast<const char*>(digest.data()), digest.size() / 2});
}

inline const oauthpp::login_options openid{.scope = "openid offline_access"};

/// The outcome of a login at which the token endpoint sends these claims, for which `%` is the nonce.
inline oauthpp::result<oauthpp::tokens> login_with(std::string claims, const oauthpp::login_options& options = openid,
                                   const oauthpp::id_token_options& id_token = {}) {
    auto login = begin(options);
    if (const auto at = claims.find('%'); at != std::string::npos) claims.replace(at, 1, nonce_of(login));
    scripted_transport http{{tokens_with(signed_by("k", claims))}};
    return outcome_of(login.exchange(callback(login), {.id_token = id_token}), http);
}

}  // namespace oauthpp_test::tagged
