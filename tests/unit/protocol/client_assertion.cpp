// SPDX-License-Identifier: MIT
//
// Client authentication by assertion (RFC 7521, RFC 7523, OpenID Connect Core 9; Microsoft's certificate credentials).
// What is written is read by a second hand. The signatures here are HMACs or tags; real keys are in adapter/openssl.cpp.
#include <oauthpp/protocol/client_assertion.hpp>

#include <oauthpp/jose/jws.hpp>
#include <oauthpp/protocol/token_request.hpp>
#include <doctest/doctest.h>
#include <unit/protocol/form_pairs.hpp>

#include <array>
#include <cstddef>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace client_assertion_test {
namespace {

using oauthpp::client, oauthpp::client_assertion, oauthpp::errc, oauthpp::hmac_signer, oauthpp::jwt_assertion;
using oauthpp::jwt_assertion_options, oauthpp::make_token_request, oauthpp::refresh_token_grant_view, oauthpp::unix_time;
using oauthpp_test::form_pairs, oauthpp_test::pairs_of;

constexpr const char* endpoint = "https://as.example/token";
constexpr char secret_of_32[] = "a secret of no less than 32 bytes";

/// Never the same bytes twice.
struct counter {
    unsigned char last = 0;
    bool operator()(std::span<std::byte> out) {
        ++last;
        for (std::byte& byte : out) byte = std::byte{last};
        return true;
    }
};

struct stopped_clock {
    unix_time time{1'700'000'000};
    [[nodiscard]] unix_time now() const { return time; }
};

struct tag_signer {
    std::string_view algorithm() { return "PS256"; }
    std::size_t sign(std::string_view, std::span<std::byte> out) {
        for (std::size_t i = 0; i < 256; ++i) out[i] = std::byte{0x5A};
        return 256;
    }
};

std::string value_in(const form_pairs& pairs, std::string_view name) {
    std::string found;
    int count = 0;
    for (const auto& [each, value] : pairs) {
        if (each == name) found = value, ++count;
    }
    CHECK(count <= 1);
    return found;
}

std::string part(const std::string& jwt, int index) {
    std::size_t begin = 0;
    for (; index > 0; --index) begin = jwt.find('.', begin) + 1;
    std::string text = jwt.substr(begin, jwt.find('.', begin) - begin);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    return oauthpp_test::base64_decoded(text);
}

template <class Source>
form_pairs body_with(Source& source, std::string client_id = "s6BhdRkqt3") {
    const client app{.client_id = std::move(client_id), .authentication = client_assertion{source}};
    const auto request = make_token_request(endpoint, app, refresh_token_grant_view{.refresh_token = "r"});
    CHECK_MESSAGE(request, oauthpp::message(request ? errc::none : request.error().reason()));
    if (!request) return {};
    CHECK(request->authorization.empty());
    return pairs_of(request->body.reveal());
}

template <class Source>
errc refusal_with(Source& source) {
    const client app{.client_id = "s6BhdRkqt3", .authentication = client_assertion{source}};
    const auto request = make_token_request(endpoint, app, refresh_token_grant_view{.refresh_token = "r"});
    return request ? errc::none : request.error().reason();
}

}  // namespace

TEST_CASE("the body has the assertion and its type, and no other proof [rfc7523-2.2-params] [rfc7523-3-iss-sub] "
          "[rfc7523-3-aud] [rfc7523-3-exp] [oidc-core-10.1-kid]") {
    hmac_signer key(secret_of_32);
    jwt_assertion proof(key, {.kid = "k1"}, counter{}, stopped_clock{});
    const form_pairs body = body_with(proof);
    CHECK(value_in(body, "client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    CHECK(value_in(body, "client_id") == "s6BhdRkqt3");
    CHECK(value_in(body, "client_secret").empty());
    const std::string jwt = value_in(body, "client_assertion");
    CHECK(part(jwt, 0) == R"({"alg":"HS256","typ":"JWT","kid":"k1"})");
    CHECK(part(jwt, 1) == R"({"iss":"s6BhdRkqt3","sub":"s6BhdRkqt3","aud":"https://as.example/token",)"
                          R"("jti":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",)"
                          R"("nbf":1700000000,"iat":1700000000,"exp":1700000300})");
    const auto tag = oauthpp::hmac_sha256(secret_of_32, jwt.substr(0, jwt.rfind('.')));
    CHECK(part(jwt, 2) == std::string(reinterpret_cast<const char*>(tag.data()), tag.size()));

    std::string memory(jwt.size(), '\0');
    CHECK(oauthpp::parse_jws(jwt, memory));      // by the library's own strict reader too
}

TEST_CASE("a new jti for each request [oidc-core-9-jti-once]") {
    hmac_signer key(secret_of_32);
    jwt_assertion proof(key, {}, counter{}, stopped_clock{});
    std::set<std::string> seen;
    for (int i = 0; i < 20; ++i) seen.insert(part(value_in(body_with(proof), "client_assertion"), 1));
    CHECK(seen.size() == 20);
}

TEST_CASE("audience and lifetime are the caller's to set; the audience is one string") {
    hmac_signer key(secret_of_32);
    jwt_assertion proof(key, {.audience = "https://as.example", .lifetime = oauthpp::seconds{60}}, counter{}, stopped_clock{});
    const std::string claims = part(value_in(body_with(proof), "client_assertion"), 1);
    CHECK(claims.find(R"("aud":"https://as.example",)") != std::string::npos);
    CHECK(claims.find(R"("exp":1700000060})") != std::string::npos);
}

TEST_CASE("Microsoft's certificate credentials: the certificate's names in the header") {
    tag_signer key;
    const std::array<std::string_view, 2> chain{"MIIB+/8=", "MIIC"};
    jwt_assertion proof(key, {.x5t_s256 = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0", .x5c = chain}, counter{}, stopped_clock{});
    const std::string jwt = value_in(body_with(proof), "client_assertion");
    CHECK(part(jwt, 0) == R"({"alg":"PS256","typ":"JWT","x5t#S256":"A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0",)"
                          R"("x5c":["MIIB+/8=","MIIC"]})");
    CHECK(part(jwt, 2) == std::string(256, 'Z'));
}

TEST_CASE("a client identifier with quotation marks stays inside its string [rfc8259-7-emit]") {
    hmac_signer key(secret_of_32);
    jwt_assertion proof(key, {}, counter{}, stopped_clock{});
    const std::string claims = part(value_in(body_with(proof, R"(a","sub":"b\)"), "client_assertion"), 1);
    CHECK(claims.starts_with(R"({"iss":"a\",\"sub\":\"b\\","sub":"a\",)"));
    std::array<char, 64> memory{};
    oauthpp::buffer_writer out(memory);
    oauthpp::append_json_string(out, std::string_view("\0\x1F\n\"\\/\xC3\xA4", 8));
    CHECK(out.written_since(0) == "\"\\u0000\\u001F\\u000A\\\"\\\\/\xC3\xA4\"");
}

TEST_CASE("a secret below 32 bytes, a key that fails, and no randomness") {
    hmac_signer weak("a secret of 31 bytes, too short");
    jwt_assertion by_weak(weak, {}, counter{}, stopped_clock{});
    CHECK(refusal_with(by_weak) == errc::signing_failed);

    hmac_signer key(secret_of_32);
    jwt_assertion blind(key, {}, [](std::span<std::byte>) { return false; }, stopped_clock{});
    CHECK(refusal_with(blind) == errc::no_entropy);
}

TEST_CASE("an assertion from elsewhere is read anew for each request, and must be one") {
    struct rotating_file {
        std::string content;
        oauthpp::error_view write_assertion(const oauthpp::assertion_subject& subject, oauthpp::buffer_writer& out) {
            CHECK(subject.client_id == "s6BhdRkqt3");
            CHECK(subject.token_endpoint == endpoint);
            out.append(content);
            return content == "unreadable" ? oauthpp::error_view(errc::invalid_value, "token file") : oauthpp::error_view();
        }
    };
    rotating_file file{"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"};
    CHECK(value_in(body_with(file), "client_assertion") == "eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
    file.content = "eyJhbGciOiJSUzI1NiJ9.e30.bmV3";
    CHECK(value_in(body_with(file), "client_assertion") == "eyJhbGciOiJSUzI1NiJ9.e30.bmV3");
    for (const char* bad : {"", "a b", "a\n", "a&client_id=another", "a%41", "<html>", "a=", "unreadable"}) {
        CAPTURE(bad);
        file.content = bad;
        CHECK(refusal_with(file) == (*bad == '\0' ? errc::missing_value : errc::invalid_value));
    }
}

TEST_CASE("lent memory that is too small is an error with the size, and holds nothing of the proof") {
    hmac_signer key(secret_of_32);
    jwt_assertion proof(key, {}, counter{}, stopped_clock{});
    const oauthpp::client_view app{.client_id = "s6BhdRkqt3", .authentication = client_assertion{proof}};
    std::string memory(2000, '\0');
    oauthpp::buffer_writer enough(memory);
    const auto whole = write_token_request(enough, endpoint, app, refresh_token_grant_view{.refresh_token = "r"});
    REQUIRE(whole);
    const std::size_t needed = whole->body.reveal().size();
    for (std::size_t size = 0; size < needed; size += 7) {
        std::string small(size, '\0');
        oauthpp::buffer_writer out(small);
        const auto refused = write_token_request(out, endpoint, app, refresh_token_grant_view{.refresh_token = "r"});
        CHECK_FALSE(refused);
        CHECK((!refused && refused.error().reason == errc::buffer_too_small && refused.error().needed == needed));
        CHECK(small == std::string(size, '\0'));
    }
}

TEST_CASE("mutual TLS: the body names the client, and proves nothing [rfc8705-2-client-id]") {
    const client app{.client_id = "s6BhdRkqt3", .authentication = oauthpp::mutual_tls{}};
    const auto request = make_token_request(endpoint, app, oauthpp::client_credentials_grant_view{.scope = "read"});
    REQUIRE(request);
    if (!request) return;
    CHECK(request->authorization.empty());
    CHECK(request->body.reveal() == "grant_type=client_credentials&scope=read&client_id=s6BhdRkqt3");
}

TEST_CASE("32 bytes are enough for a secret, and for its signature") {
    const hmac_signer signer{oauthpp::secret(std::string(32, 'k'))};
    std::array<std::byte, 32> out{};
    CHECK(signer.sign("text", out) == 32);
    CHECK(signer.sign("text", std::span(out).first(31)) == 0);
    CHECK(hmac_signer{oauthpp::secret(std::string(31, 'k'))}.sign("text", out) == 0);
}

/// Says that it made so many bytes.
struct boasting_signer {
    std::size_t size;
    std::string_view algorithm() { return "RS256"; }
    std::size_t sign(std::string_view, std::span<std::byte>) { return size; }
};

TEST_CASE("a signer that made more than there was room for made nothing") {
    const auto refused = [](std::size_t size) {
        boasting_signer signer{size};
        jwt_assertion<counter, stopped_clock> proof(signer, {}, counter{}, stopped_clock{});
        std::string memory(8192, '\0');
        oauthpp::buffer_writer out(memory);
        return proof.write_assertion({.client_id = "c", .token_endpoint = endpoint}, out).reason;
    };
    CHECK(refused(0) == errc::signing_failed);
    CHECK(refused(oauthpp::max_signature_size) == errc::none);
    CHECK(refused(oauthpp::max_signature_size + 1) == errc::signing_failed);
}

}  // namespace client_assertion_test
