// SPDX-License-Identifier: MIT
//
// The OpenSSL adapter by the signatures that RFC 7515 and RFC 8037 print, and by its own against its own.
#include <oauthpp/adapter/openssl.hpp>

#include <doctest/doctest.h>
#include <unit/jose/encoded.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace openssl_test {
namespace {

using oauthpp::errc, oauthpp::openssl_signer, oauthpp::openssl_verifier;
using oauthpp_test::encoded;

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

TEST_CASE("a changed signature, a foreign key, a point off the curve, an algorithm that was not allowed [rfc8725-3.4-points]") {
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

using key_ptr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

key_ptr new_key(std::string_view kind, const char* option) {
    const std::string name(kind);
    if (kind == "RSA") return {EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}), EVP_PKEY_free};
    if (kind == "EC") return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", option), EVP_PKEY_free};
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, name.c_str()), EVP_PKEY_free};
}

std::string pem_of(EVP_PKEY* key, const char* password = nullptr) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    const auto* word = reinterpret_cast<const unsigned char*>(password);
    PEM_write_bio_PrivateKey(out.get(), key, password != nullptr ? EVP_aes_128_cbc() : nullptr, word,
                             password != nullptr ? static_cast<int>(std::string_view(password).size()) : 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

/// A number of the key, in base64url, at its full length.
std::string number_of(EVP_PKEY* key, const char* name, std::size_t size) {
    BIGNUM* number = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> owner(number, BN_free);
    std::string bytes(size, '\0');
    CHECK(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) > 0);
    return encoded(bytes);
}

std::string jwk_of(EVP_PKEY* key, std::string_view kind, std::string_view curve) {
    if (kind == "RSA") return R"({"kty":"RSA","n":")" + number_of(key, "n", 256) + R"(","e":")" + number_of(key, "e", 3) + "\"}";
    if (kind == "EC") {
        const std::size_t size = curve == "P-256" ? 32 : curve == "P-384" ? 48 : 66;
        return R"({"kty":"EC","crv":")" + std::string(curve) + R"(","x":")" + number_of(key, "qx", size) + R"(","y":")" + number_of(key, "qy", size) + "\"}";
    }
    std::string bytes(32, '\0');
    std::size_t size = bytes.size();
    CHECK(EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()), &size) == 1);
    return R"({"kty":"OKP","crv":"Ed25519","x":")" + encoded(bytes) + "\"}";
}

/// With so many bytes of the signature missing.
std::string token_by(const openssl_signer& signer, std::size_t missing = 0) {
    const std::string input = encoded(R"({"alg":")" + std::string(signer.algorithm()) + "\"}") + ".e30";
    std::array<std::byte, oauthpp::max_signature_size> signature{};
    const std::size_t size = signer.sign(input, signature);
    return input + '.' + oauthpp::base64url_encode(std::span(signature).first(size - missing));
}

TEST_CASE("a signer makes signatures in fixed form, which verify, and only those that its key can make [rfc7518-3.4-ecdsa-format]") {
    const struct {
        const char* kind;
        const char* option;
        std::size_t size;
        std::string_view algorithms[6];
    } cases[] = {{"RSA", "", 256, {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}},
                 {"EC", "P-256", 64, {"ES256"}},
                 {"EC", "P-384", 96, {"ES384"}},
                 {"EC", "P-521", 132, {"ES512"}},
                 {"ED25519", "", 64, {"EdDSA", "Ed25519"}}};
    for (const auto& each : cases) {
        const key_ptr key = new_key(each.kind, each.option);
        const std::string pem = pem_of(key.get());
        const std::string jwk = jwk_of(key.get(), each.kind, each.option);
        for (const std::string_view algorithm : each.algorithms) {
            if (algorithm.empty()) continue;
            CAPTURE(std::string(algorithm));
            const auto signer = openssl_signer::from_pem(pem, algorithm);
            REQUIRE(signer);
            if (!signer) continue;
            CHECK(signer->algorithm() == algorithm);
            std::array<std::byte, oauthpp::max_signature_size> signature{};
            CHECK(signer->sign("text", signature) == each.size);
            CHECK(signer->sign("text", std::span(signature).first(each.size - 1)) == 0);
            const std::string token = token_by(*signer);
            CHECK(verify(token, jwk) == errc::none);
            CHECK(verify(token_by(*signer, 1), jwk) == errc::signature_invalid);
            CHECK(verify(token + "AAAA", jwk) == errc::signature_invalid);
            CHECK(verify(token.substr(0, token.rfind('.') + 1), jwk) == errc::signature_invalid);
        }
        CHECK(!openssl_signer::from_pem(pem, "HS256"));
        CHECK(openssl_signer::from_pem(pem, std::string_view(each.kind) == "RSA" ? "ES256" : "RS256").error().field() == "algorithm");
    }
}

TEST_CASE("a salt is as long as the hash [rfc7518-3.5-pss]") {
    const key_ptr key = new_key("RSA", "");
    const auto signer = openssl_signer::from_pem(pem_of(key.get()), "PS384");
    REQUIRE(signer);
    if (!signer) return;
    std::array<std::byte, oauthpp::max_signature_size> signature{};
    const std::size_t size = signer->sign("text", signature);
    const auto verified_with_salt_of = [&](int salt) {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        EVP_PKEY_CTX* options = nullptr;
        EVP_DigestVerifyInit(context.get(), &options, EVP_sha384(), nullptr, key.get());
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, salt);
        return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), size,
                                reinterpret_cast<const unsigned char*>("text"), 4) == 1;
    };
    CHECK(verified_with_salt_of(48));
    CHECK(!verified_with_salt_of(32));
}

TEST_CASE("a private key comes from PEM, with its password, and never from a terminal") {
    const key_ptr key = new_key("EC", "P-256");
    const std::string locked = pem_of(key.get(), "opensesame");
    CHECK(openssl_signer::from_pem(locked, "ES256", "opensesame"));
    CHECK(openssl_signer::from_pem(locked, "ES256").error().field() == "private key");
    CHECK(openssl_signer::from_pem(locked, "ES256", "opensesam").error().field() == "private key");
    CHECK(openssl_signer::from_pem(locked, "ES256", std::string(2000, 'x')).error().field() == "private key");
    CHECK(openssl_signer::from_pem(pem_of(new_key("EC", "secp256k1").get()), "ES256").error().field() == "private key");
    CHECK(openssl_signer::from_pem(pem_of(new_key("X25519", "").get()), "EdDSA").error().field() == "private key");
    CHECK(!openssl_signer::from_pem("no key", "RS256"));
}

TEST_CASE("a key that is no key is told apart from a signature that is wrong") {
    openssl_verifier openssl;
    const auto verdict_of = [&](std::string_view algorithm, oauthpp::key_type type, const std::string& first, const std::string& second) {
        const std::array<std::byte, 256> signature{};
        const std::size_t size = algorithm == "ES256" ? 64 : 256;
        return openssl.verify(algorithm, {type, std::as_bytes(std::span(first)), std::as_bytes(std::span(second))}, "text", std::span(signature).first(size));
    };
    using oauthpp::key_type, oauthpp::verdict;
    const std::string odd(256, '\xC1');
    const std::string e("\x01\x00\x01", 3);
    CHECK(verdict_of("ES256", key_type::rsa, odd, e) == verdict::unsupported);
    CHECK(verdict_of("RS256", key_type::rsa, odd, e) == verdict::invalid);
    CHECK(verdict_of("RS256", key_type::rsa, odd.substr(128), e) == verdict::invalid);
    CHECK(verdict_of("RS256", key_type::rsa, std::string(256, '\xC2'), e) == verdict::invalid);
    CHECK(verdict_of("ES256", key_type::p256, std::string(32, 'x'), std::string(32, 'y')) == verdict::invalid);
    CHECK(verdict_of("EdDSA", key_type::ed25519, std::string(31, 'x'), {}) == verdict::invalid);
}

TEST_CASE("a signature that is right, by a key that is too short, is none [rfc7518-3.3-rsa-size]") {
    const key_ptr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}), EVP_PKEY_free);
    const auto signer = openssl_signer::from_pem(pem_of(key.get()), "RS256");
    REQUIRE(signer);
    if (!signer) return;
    std::array<std::byte, oauthpp::max_signature_size> signature{};
    const std::size_t size = signer->sign("text", signature);
    CHECK(size == 128);
    const auto octets_of = [&](const char* name) {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key.get(), name, &number);
        const std::unique_ptr<BIGNUM, decltype(&BN_free)> owner(number, BN_free);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
        BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
        return bytes;
    };
    const std::string n = octets_of("n"), e = octets_of("e");
    const oauthpp::public_key_view short_key{oauthpp::key_type::rsa, std::as_bytes(std::span(n)), std::as_bytes(std::span(e))};
    CHECK(openssl_verifier{}.verify("RS256", short_key, "text", std::span(signature).first(size)) == oauthpp::verdict::invalid);
}

TEST_CASE("R and S with a zero before each are not the signature that was made [rfc7518-3.4-ecdsa-format]") {
    const key_ptr key = new_key("EC", "P-256");
    const auto signer = openssl_signer::from_pem(pem_of(key.get()), "ES256");
    REQUIRE(signer);
    if (!signer) return;
    const std::string token = token_by(*signer);
    const std::string input = token.substr(0, token.rfind('.'));
    std::array<std::byte, oauthpp::max_signature_size> signature{};
    REQUIRE(signer->sign(input, signature) == 64);
    std::array<std::byte, 66> longer{};
    for (std::size_t i = 0; i < 32; ++i) {
        longer[1 + i] = signature[i];
        longer[34 + i] = signature[32 + i];
    }
    const std::string jwk = jwk_of(key.get(), "EC", "P-256");
    CHECK(verify(input + '.' + oauthpp::base64url_encode(std::span(signature).first(64)), jwk) == errc::none);
    CHECK(verify(input + '.' + oauthpp::base64url_encode(std::span<const std::byte>(longer)), jwk) == errc::signature_invalid);
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
    // The client's own comes first, and only it is named
    const key_ptr key = new_key("EC", "P-256");
    const std::unique_ptr<X509, decltype(&X509_free)> issuer(X509_new(), X509_free);
    X509_set_version(issuer.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(issuer.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(issuer.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(issuer.get()), 3600);
    X509_set_pubkey(issuer.get(), key.get());
    X509_sign(issuer.get(), key.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_X509(out.get(), issuer.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    const auto chain = oauthpp::openssl_certificate::from_pem(rfc8705_certificate + std::string(text, static_cast<std::size_t>(size)));
    REQUIRE(chain);
    if (!chain) return;
    CHECK(chain->x5t_s256() == certificate->x5t_s256());
    CHECK(chain->x5c().size() == 2);
    CHECK(chain->x5c()[1] != lines);
    for (const char* bad : {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
        CHECK(oauthpp::openssl_certificate::from_pem(bad).error().reason() == errc::invalid_value);
    }
}

}  // namespace
}  // namespace openssl_test
