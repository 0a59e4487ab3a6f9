// SPDX-License-Identifier: MIT
//
// Work to be counted in instructions, one dump of callgrind for each piece: the worst inputs that are known for each
// parser at four sizes, and comparisons of secrets that differ at one place or another.
#include <oauthpp/oauthpp.hpp>

#include <valgrind/callgrind.h>

#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace oauthpp;

std::string times(std::string_view text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

/// `text` with `#` as the number, for each number.
std::string numbered(std::string_view text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        for (const char c : text) all += c == '#' ? std::to_string(1'000'000 + i) : std::string(1, c);
    }
    return all;
}

/// Runs it once to warm up, then counted.
void count(std::string_view kind, std::string_view name, std::size_t variant, const auto& work) {
    work();
    CALLGRIND_TOGGLE_COLLECT;
    work();
    CALLGRIND_TOGGLE_COLLECT;
    const std::string what = std::string(kind) + ' ' + std::string(name) + ' ' + std::to_string(variant);
    CALLGRIND_DUMP_STATS_AT(what.c_str());
}

bool useful = true;   // what a result says must count for something, or it is not made

void token_response_of(std::string_view more) {
    const std::string body = R"({"access_token":"a","token_type":"Bearer")" + std::string(more) + '}';
    useful = useful &&
             parse_token_response({.status = 200, .content_type = "application/json", .body = secret_view(body)});
}

void callback_of(std::string_view query) {
    useful = useful &&
             parse_authorization_response(query, {.state = "s", .max_size = 1'000'000, .max_parameters = 100'000});
}

/// Bytes, members or elements, n of them.
void linear(std::size_t n) {
    const auto measured = [&](std::string_view name, const auto& work) { count("linear", name, n, work); };
    const std::string escapes = times("%41", n);
    const std::string plus = times("+", n);
    const std::string ampersands = times("&", n);
    const std::string strangers = numbered("&x#=%2B", n / 8);
    measured("callback_with_an_escaped_code", [&] { callback_of("/cb?state=s&code=" + escapes); });
    measured("callback_with_a_code_of_plus", [&] { callback_of("/cb?state=s&code=a" + plus); });
    measured("callback_of_empty_pairs", [&] { callback_of("/cb?state=s&code=a" + ampersands); });
    measured("callback_with_strangers", [&] { callback_of("/cb?state=s&code=a" + strangers); });

    const std::string backslashes = times("\\\\", n);
    const std::string units = times("\\u00e9", n);
    const std::string pairs = times("\\ud83d\\ude00", n);
    const std::string four = times("\xF0\x9F\x98\x80", n);
    const std::string spaces = times(" ", n);
    const std::string digits = times("1", n);
    const std::string nests = times("[[[[[]]]]],", n);
    const std::string objects = times(R"({"a":{"a":{}}},)", n);
    const std::string literals = times("null,", n);
    measured("token_response_with_backslashes", [&] { token_response_of(R"(,"x":")" + backslashes + '"'); });
    measured("token_response_with_escaped_units", [&] { token_response_of(R"(,"x":")" + units + '"'); });
    measured("token_response_with_surrogates", [&] { token_response_of(R"(,"x":")" + pairs + '"'); });
    measured("token_response_with_long_characters", [&] { token_response_of(R"(,"x":")" + four + '"'); });
    measured("token_response_with_spaces", [&] { token_response_of(spaces); });
    measured("token_response_with_a_long_number", [&] { token_response_of(R"(,"expires_in":)" + digits); });
    measured("token_response_with_nests", [&] { token_response_of(R"(,"x":[)" + nests + "0]"); });
    measured("token_response_with_objects", [&] { token_response_of(R"(,"x":[)" + objects + "0]"); });
    measured("token_response_with_literals", [&] { token_response_of(R"(,"x":[)" + literals + "0]"); });
    const std::string scope = numbered("x# ", n / 8);
    measured("token_response_with_much_scope", [&] { token_response_of(R"(,"scope":")" + scope + "y\""); });

    const std::string quoted = "Bearer realm=\"" + times("\\\"", n) + '"';
    const std::string commas = "Bearer realm=a" + times(",", n);
    const std::string schemes = "Bearer realm=a" + times(",B", n);
    const std::string blanks = "Bearer realm" + times(" \t", n) + "=a";
    measured("challenge_with_escaped_quotes", [&] { useful = useful && parse_challenge(quoted); });
    measured("challenge_of_commas", [&] { useful = useful && parse_challenge(commas); });
    measured("challenge_of_schemes", [&] { useful = useful && parse_challenge(schemes); });
    measured("challenge_with_blanks", [&] { useful = useful && parse_challenge(blanks); });

    constexpr std::string_view x = R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},)";
    const std::string keys = R"({"keys":[)" + times(R"({"kty":"OKP","crv":"Ed25519",)" + std::string(x), n / 16) + "{}]}";
    const std::string lists =
        R"({"issuer":"https://as.example","response_types_supported":[)" + times("\"a b\",", n) + "\"code\"]}";
    measured("key_set", [&] { useful = useful && parse_jwk_set(keys); });
    measured("metadata_with_long_lists",
             [&] { useful = useful && parse_server_metadata(lists, "https://as.example"); });

    const std::string claims = R"({"iss":"i","aud":[)" + times("\"a\",", n) + "\"c\"]}";
    const std::string payload = base64url_encode(std::as_bytes(std::span(claims)));
    const std::string token = "eyJhbGciOiJub25lIn0." + payload + ".";
    measured("token_with_audiences", [&] {
        std::string memory(token.size(), '\0');
        const auto jws = parse_jws(token, memory);
        useful = useful && jws && parse_jwt_claims(jws->payload);
    });
    measured("sha256", [&] { useful = useful && sha256(claims).size() == 32; });
}

/// The same answer to logins whose secrets differ from what it has at one place or another.
void constant() {
    const std::string key(32, 'k');
    const std::string received(43, 'a');
    const std::string callback = "/cb?code=c&state=" + received;
    const auto encoded = [](std::string_view text) { return base64url_encode(std::as_bytes(std::span(text))); };
    const std::string input = encoded(R"({"alg":"HS256"})") + '.' +
        encoded(R"({"iss":"i","sub":"s","aud":"c","exp":2000,"iat":1000,"nonce":")" + received + "\"}");
    const auto tag = hmac_sha256(key, input);
    const std::string token = input + '.' + base64url_encode(std::span<const std::byte>(tag));
    for (const std::size_t place : {0, 1, 21, 42}) {
        std::string kept = received;
        kept[place] = 'b';
        const auto measured = [&](std::string_view name, const auto& work) { count("constant", name, place, work); };
        measured("comparison", [&] { useful = useful && !detail::equal_constant_time(received, kept); });
        measured("state", [&] { useful = useful && !parse_authorization_response(callback, {.state = kept}); });
        const id_token_expectation expected{
            .issuer = "i", .client_id = "c", .nonce = kept, .algorithms = "HS256", .client_secret = key};
        measured("nonce", [&] { useful = useful && !verify_id_token(token, expected, {1000}); });
    }
}

}  // namespace

int main() {
    for (const std::size_t n : {200, 400, 800, 1600}) linear(n);
    constant();
    if (!useful) std::puts("a result was not what it should be");
    return useful ? 0 : 1;
}
