// SPDX-License-Identifier: MIT
//
// Sets of keys: as many as nlohmann/json counts, each fit for its algorithm, each read again from what nlohmann/json
// writes of it.
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>

namespace fuzzing::jwk_set {

std::string encoded(std::string_view bytes) {
    return oauthpp::base64url_encode(std::as_bytes(std::span(bytes)));
}

std::string written(const oauthpp::jwk& key) {
    constexpr const char* curves[] = {"", "P-256", "P-384", "P-521", "Ed25519"};
    nlohmann::json json{{"kid", key.kid}, {"use", "sig"}};
    if (!key.alg.empty()) json["alg"] = key.alg;
    const bool rsa = key.type == oauthpp::key_type::rsa;
    json["kty"] = rsa ? "RSA" : key.type == oauthpp::key_type::ed25519 ? "OKP" : "EC";
    if (!rsa) json["crv"] = curves[static_cast<unsigned>(key.type)];
    json[rsa ? "n" : "x"] = encoded(key.first);
    json[rsa ? "e" : "y"] = encoded(key.second);
    return json.dump();
}

void check_key(const oauthpp::jwk& key) {
    const auto back = oauthpp::parse_jwk(written(key));
    require(back && back->type == key.type && back->kid == key.kid && back->alg == key.alg);
    require(back->first == key.first && back->second == key.second);
    require(oauthpp::jwk_thumbprint(*back) == oauthpp::jwk_thumbprint(key) &&
            oauthpp::jwk_thumbprint(key).size() == 43);
    require(key.type == oauthpp::key_type::rsa ? key.first.size() >= 256 : key.first.size() <= 66);
}

void check_search(const oauthpp::jwk_set& set, std::string_view algorithm, std::string_view kid) {
    const auto found = oauthpp::find_key(set, algorithm, kid);
    if (!found) return;
    const oauthpp::jwk& key = **found;
    require(&key >= set.keys.data() && &key < set.keys.data() + set.keys.size());
    require(oauthpp::detail::fits(algorithm, key.type) && (key.alg.empty() || key.alg == algorithm));
    require(kid.empty() || key.kid == kid);
}

int fuzz(bytes input) {
    const exact text(text_of(input));
    const auto set = oauthpp::parse_jwk_set(text.text());
    if (!set) return 0;
    for (const auto& key : set->keys) {
        check_key(key);
        for (const std::string_view algorithm : {"RS256", "ES256", "EdDSA", "HS256", "none"}) {
            check_search(*set, algorithm, key.kid);
        }
    }
    check_search(*set, "RS256", "");
    const auto json = nlohmann::json::parse(text.text(), nullptr, false);
    if (!json.is_discarded()) require(json["keys"].size() == set->keys.size() + set->skipped);
    return 0;
}

const harness here("jwk_set", fuzz);

}  // namespace fuzzing::jwk_set
