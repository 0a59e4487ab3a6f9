// SPDX-License-Identifier: MIT
//
// The OpenSSL adapter by the signatures that RFC 7515 and RFC 8037 print, and by its own against its own.
#include <oauthpp/adapter/openssl.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace openssl_test {
namespace {

using oauthpp::errc, oauthpp::openssl_signer, oauthpp::openssl_verifier;

static_assert(oauthpp::signer<openssl_signer>);
static_assert(oauthpp::signature_verifier<openssl_verifier>);

errc verify(const std::string& token, const std::string& key, std::string_view allowed = oauthpp::asymmetric_algorithms) {
    std::string memory(token.size(), '\0');
    const auto jws = oauthpp::parse_jws(token, memory);
    if (!jws) return jws.error().reason;
    const auto keys = oauthpp::parse_jwk_set(R"({"keys":[)" + key + "]}");
    REQUIRE(keys);
    openssl_verifier openssl;
    return verify_jws(*jws, allowed, *keys, openssl).reason;
}

constexpr const char* joe = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const std::string rsa =
    R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"})";
const std::string rs256 = std::string("eyJhbGciOiJSUzI1NiJ9.") + joe +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string p256 = R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
const std::string es256 = std::string("eyJhbGciOiJFUzI1NiJ9.") + joe +
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const std::string p521 =
    R"({"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk","y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"})";
const std::string es512 =
    "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
const std::string ed25519 = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
const std::string eddsa =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

TEST_CASE("RFC 7515 A.2 to A.5 and RFC 8037 A.4") {
    CHECK(verify(rs256, rsa) == errc::none);
    CHECK(verify(es256, p256) == errc::none);
    CHECK(verify(es512, p521) == errc::none);
    CHECK(verify(eddsa, ed25519) == errc::none);
    CHECK(verify(std::string("eyJhbGciOiJub25lIn0.") + joe + ".", rsa, "none RS256") == errc::algorithm_not_allowed);
}

TEST_CASE("a changed signature, a foreign key, an algorithm that was not allowed") {
    for (const auto& [token, key] : {std::pair(&rs256, &rsa), std::pair(&es256, &p256), std::pair(&es512, &p521), std::pair(&eddsa, &ed25519)}) {
        std::string forged = *token;
        char& first = forged[forged.rfind('.') + 4];
        first = first == 'A' ? 'B' : 'A';
        CHECK(verify(forged, *key) == errc::signature_invalid);
        CHECK(verify(*token, *key, "PS256") == errc::algorithm_not_allowed);
    }
    CHECK(verify(rs256, p256) == errc::key_not_found);
    CHECK(verify(es256, R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})") == errc::signature_invalid);
    // A point off the curve: y is x
    CHECK(verify(es256, R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})") == errc::signature_invalid);
    CHECK(verify(es256.substr(0, es256.size() - 4), p256) != errc::none);
}

std::string new_key(const char* kind, const char* option) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        std::string_view(kind) == "RSA" ? EVP_PKEY_Q_keygen(nullptr, nullptr, kind, std::size_t{2048})
        : std::string_view(kind) == "EC" ? EVP_PKEY_Q_keygen(nullptr, nullptr, kind, option) : EVP_PKEY_Q_keygen(nullptr, nullptr, kind),
        EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

TEST_CASE("a signer makes signatures in fixed form, and only those that its key can make") {
    const struct {
        const char* kind;
        const char* option;
        const char* algorithm;
        std::size_t size;
    } cases[] = {{"RSA", "", "RS256", 256}, {"RSA", "", "PS512", 256}, {"EC", "P-256", "ES256", 64}, {"EC", "P-384", "ES384", 96},
                 {"EC", "P-521", "ES512", 132}, {"ED25519", "", "EdDSA", 64}};
    for (const auto& each : cases) {
        CAPTURE(each.algorithm);
        const std::string pem = new_key(each.kind, each.option);
        const auto signer = openssl_signer::from_pem(pem, each.algorithm);
        REQUIRE(signer);
        if (!signer) continue;
        CHECK(signer->algorithm() == each.algorithm);
        std::array<std::byte, oauthpp::max_signature_size> signature{};
        CHECK(signer->sign("text", signature) == each.size);
        CHECK(signer->sign("text", std::span(signature).first(each.size - 1)) == 0);
        CHECK(!openssl_signer::from_pem(pem, "HS256"));
        CHECK(openssl_signer::from_pem(pem, std::string_view(each.kind) == "RSA" ? "ES256" : "RS256").error().field() == "algorithm");
    }
    CHECK(!openssl_signer::from_pem("no key", "RS256"));
}

/// RFC 8705 appendix A
constexpr const char* rfc8705_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx\n"
    "ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG\n"
    "SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ\n"
    "/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID\n"
    "SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV\n"
    "bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=\n"
    "-----END CERTIFICATE-----\n";

TEST_CASE("a certificate's names in a header [rfc8705-3.1-thumbprint]") {
    const std::string twice = std::string(rfc8705_certificate) + rfc8705_certificate;
    const auto certificate = oauthpp::openssl_certificate::from_pem(twice);
    REQUIRE(certificate);
    if (!certificate) return;
    CHECK(certificate->x5t_s256() == "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0");
    CHECK(certificate->x5t().size() == 27);
    REQUIRE(certificate->x5c().size() == 2);
    std::string lines(rfc8705_certificate);
    lines = lines.substr(lines.find('\n') + 1, lines.rfind("\n-----END") - lines.find('\n') - 1);
    std::erase(lines, '\n');
    CHECK(certificate->x5c()[0] == lines);
    CHECK(certificate->x5c()[1] == lines);
    for (const char* bad : {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
        CHECK(oauthpp::openssl_certificate::from_pem(bad).error().reason() == errc::invalid_value);
    }
}

}  // namespace
}  // namespace openssl_test
