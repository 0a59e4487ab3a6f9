// SPDX-License-Identifier: MIT
//
// Signed tokens: the parts, encoded again, are the token; a verifier that says yes to everything is not enough for what
// was not allowed; the least memory is enough.
#include "../fuzz.hpp"

#include <string>

namespace fuzzing::jws {

struct credulous {
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view&, std::string_view,
                            std::span<const std::byte>) {
        return oauthpp::verdict::valid;
    }
};

const oauthpp::jwk_set& some_keys() {
    static const oauthpp::jwk_set keys{
        {{oauthpp::key_type::p256, "1", "", std::string(32, '\1'), std::string(32, '\2')},
         {oauthpp::key_type::rsa, "2", "RS256", std::string(256, '\3'), "\1"},
         {oauthpp::key_type::ed25519, "3", "", std::string(32, '\4'), ""}}};
    return keys;
}

void check_verdict(const oauthpp::jws_view& jws) {
    credulous verifier;
    const auto verdict = oauthpp::verify_jws(jws, oauthpp::asymmetric_algorithms, some_keys(), verifier);
    if (verdict.reason == oauthpp::errc::none) {
        require(oauthpp::detail::has_word(oauthpp::asymmetric_algorithms, jws.alg));
    }
    require(oauthpp::verify_jws(jws, "none HS256 HS384 HS512", some_keys(), verifier).reason ==
            oauthpp::errc::algorithm_not_allowed);
    require(oauthpp::verify_jws(jws, jws.alg, some_keys(), {}).reason != oauthpp::errc::none);
}

int fuzz(bytes input) {
    const exact token(text_of(input));
    exact memory(input.size());
    const auto jws = oauthpp::parse_jws(token.text(), memory.memory());
    if (!jws) {
        require(jws.error().reason != oauthpp::errc::buffer_too_small && jws.error().offset <= input.size());
        return 0;
    }
    for (const std::string_view part : {jws->alg, jws->kid, jws->typ}) require(memory.holds(part));
    require(!jws->alg.empty() && token.holds(jws->signing_input));
    const std::string_view header = jws->signing_input.substr(0, jws->signing_input.find('.'));
    const std::string rest = oauthpp::base64url_encode(std::as_bytes(jws->payload)) + "." + oauthpp::base64url_encode(jws->signature);
    require(std::string(header) + "." + rest == token.text());
    check_verdict(*jws);

    const std::size_t least = header.size() * 3 / 4 + jws->payload.size() + jws->signature.size();
    exact enough(least);
    require(bool(oauthpp::parse_jws(token.text(), enough.memory())));
    exact small(least - 1);
    const auto full = oauthpp::parse_jws(token.text(), small.memory());
    require(!full && full.error().reason == oauthpp::errc::buffer_too_small && full.error().needed == least);
    return 0;
}

const harness here("jws", fuzz);

}  // namespace fuzzing::jws
