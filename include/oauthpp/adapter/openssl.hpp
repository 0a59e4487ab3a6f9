// SPDX-License-Identifier: MIT
//
// Signatures with OpenSSL 3: a verifier for tokens, and private keys that sign. Link with libcrypto.
//
//   oauthpp::openssl_verifier openssl;
//   auto who = oauthpp::verify_id_token(token, {.issuer = issuer, .client_id = id, .nonce = nonce, .keys = &keys, .verifier = openssl}, now);
//
//   auto key = oauthpp::openssl_signer::from_pem(pem, "PS256");
//   auto certificate = oauthpp::openssl_certificate::from_pem(pem);
//   oauthpp::jwt_assertion proof(*key, {.x5t_s256 = certificate->x5t_s256()});
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oauthpp::inline v0 {

/// RS, PS and ES with 256, 384 and 512 bits, and Ed25519.
///
/// Security: a key that is none (a point off its curve, an RSA modulus below 2048 bits) makes every signature invalid.
class openssl_verifier {
 public:
    [[nodiscard]] inline verdict verify(std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                                        std::span<const std::byte> signature) const;
};

/// A private key. Copies share it.
class openssl_signer {
 public:
    /// `password` is for an encrypted key.
    ///
    /// Errors: invalid_value for text that holds no private key, or one that cannot make such signatures.
    static inline result<openssl_signer> from_pem(secret_view pem, std::string_view algorithm, secret_view password = {});

    [[nodiscard]] std::string_view algorithm() const noexcept { return algorithm_; }
    [[nodiscard]] inline std::size_t sign(std::string_view bytes, std::span<std::byte> out) const;

 private:
    openssl_signer(std::shared_ptr<EVP_PKEY> key, std::string_view algorithm) : key_(std::move(key)), algorithm_(algorithm) {}

    std::shared_ptr<EVP_PKEY> key_;
    std::string algorithm_;
};

/// A certificate and what a JWT's header says of it (RFC 7515 4.1.6 to 4.1.8).
class openssl_certificate {
 public:
    /// The first certificate of the text; those behind it are its chain.
    ///
    /// Errors: invalid_value for text that holds no certificate.
    static inline result<openssl_certificate> from_pem(std::string_view pem);

    [[nodiscard]] const std::string& x5t_s256() const noexcept { return x5t_s256_; }
    /// SHA-1, for servers that know no other.
    [[nodiscard]] const std::string& x5t() const noexcept { return x5t_; }
    /// DER in base64, not base64url, the client's own certificate first.
    [[nodiscard]] const std::vector<std::string_view>& x5c() const noexcept { return x5c_views_; }

    openssl_certificate(openssl_certificate&&) noexcept = default;
    openssl_certificate& operator=(openssl_certificate&&) noexcept = default;
    openssl_certificate(const openssl_certificate&) = delete;
    openssl_certificate& operator=(const openssl_certificate&) = delete;

 private:
    openssl_certificate() = default;

    std::string x5t_s256_{};
    std::string x5t_{};
    std::vector<std::string> x5c_{};
    std::vector<std::string_view> x5c_views_{};
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

template <auto Free>
struct openssl_free {
    template <class T>
    void operator()(T* each) const noexcept { Free(each); }
};
template <class T, auto Free>
using openssl_ptr = std::unique_ptr<T, openssl_free<Free>>;

using pkey_ptr = openssl_ptr<EVP_PKEY, EVP_PKEY_free>;
using pkey_context_ptr = openssl_ptr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using bignum_ptr = openssl_ptr<BIGNUM, BN_free>;

inline const unsigned char* octets(std::span<const std::byte> bytes) noexcept { return reinterpret_cast<const unsigned char*>(bytes.data()); }
inline const unsigned char* octets(std::string_view text) noexcept { return reinterpret_cast<const unsigned char*>(text.data()); }

inline bignum_ptr big_number(std::span<const std::byte> bytes) { return bignum_ptr(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr)); }

/// The digest of an algorithm that names its bits, or none: Ed25519 hashes by itself.
inline const EVP_MD* digest_of(std::string_view algorithm) noexcept {
    if (algorithm.ends_with("256")) return EVP_sha256();
    if (algorithm.ends_with("384")) return EVP_sha384();
    if (algorithm.ends_with("512")) return EVP_sha512();
    return nullptr;
}

inline const char* group_of(key_type type) noexcept {
    return type == key_type::p256 ? "P-256" : type == key_type::p384 ? "P-384" : "P-521";
}

inline pkey_ptr make_key(const char* kind, OSSL_PARAM_BLD* build) {
    const openssl_ptr<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(build));
    const pkey_context_ptr context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
    pkey_ptr made(key);
    const pkey_context_ptr check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return check && EVP_PKEY_public_check_quick(check.get()) == 1 ? std::move(made) : nullptr;
}

inline pkey_ptr to_openssl(const public_key_view& key) {
    if (key.type == key_type::ed25519) {
        return pkey_ptr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(key.first), key.first.size()));
    }
    const openssl_ptr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
    if (!build) return nullptr;
    if (key.type == key_type::rsa) {
        const bignum_ptr modulus = big_number(key.first);
        const bignum_ptr exponent = big_number(key.second);
        if (!modulus || !exponent || BN_num_bits(modulus.get()) < 2048 || !BN_is_odd(modulus.get())) return nullptr;   // RFC 7518 3.3
        OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
        OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
        return make_key("RSA", build.get());
    }
    std::string point("\x04");     // uncompressed: x and y as they are (SEC 1, 2.3.3)
    point.append(reinterpret_cast<const char*>(key.first.data()), key.first.size());
    point.append(reinterpret_cast<const char*>(key.second.data()), key.second.size());
    OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, group_of(key.type), 0);
    OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return make_key("EC", build.get());
}

/// RFC 7518 3.4 has R and S side by side, OpenSSL has them in DER.
inline std::string der_signature(std::span<const std::byte> fixed) {
    const std::size_t half = fixed.size() / 2;
    const openssl_ptr<ECDSA_SIG, ECDSA_SIG_free> numbers(ECDSA_SIG_new());
    bignum_ptr r = big_number(fixed.first(half));
    bignum_ptr s = big_number(fixed.subspan(half));
    if (!numbers || !r || !s || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();
    (void)s.release();
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(numbers.get(), &bytes);
    if (size <= 0) return {};
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

inline std::size_t fixed_signature(std::string_view der, std::size_t half, std::span<std::byte> out) {
    const unsigned char* bytes = octets(der);
    const openssl_ptr<ECDSA_SIG, ECDSA_SIG_free> numbers(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    if (!numbers || out.size() < 2 * half) return 0;
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    const bool padded = BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), to, static_cast<int>(half)) > 0 &&
                        BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), to + half, static_cast<int>(half)) > 0;
    return padded ? 2 * half : 0;
}

/// RFC 7518 3.5: the salt is as long as the hash.
inline bool set_padding(std::string_view algorithm, EVP_PKEY_CTX* context) {
    if (!algorithm.starts_with("PS")) return true;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

/// OPENSSL_free is a macro.
inline void openssl_free_bytes(unsigned char* bytes) noexcept { OPENSSL_free(bytes); }

/// Of the DER, in base64url.
inline std::string thumbprint(const X509* certificate, const EVP_MD* digest) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (X509_digest(certificate, digest, bytes.data(), &size) != 1) return {};
    return base64url_encode(std::as_bytes(std::span(bytes)).first(size));
}

/// What kind of key this is, for `fits`.
inline std::optional<key_type> type_of(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1) return key_type::rsa;
    if (EVP_PKEY_is_a(key, "ED25519") == 1) return key_type::ed25519;
    std::array<char, 32> group{};
    if (EVP_PKEY_is_a(key, "EC") != 1 || EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1) return std::nullopt;
    const std::string_view name(group.data());
    if (name == "prime256v1") return key_type::p256;
    if (name == "secp384r1") return key_type::p384;
    if (name == "secp521r1") return key_type::p521;
    return std::nullopt;
}

}  // namespace detail

inline verdict openssl_verifier::verify(std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                                        std::span<const std::byte> signature) const {
    if (!detail::fits(algorithm, key.type)) return verdict::unsupported;
    const auto public_key = detail::to_openssl(key);
    const detail::openssl_ptr<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr;
    if (!public_key || !context) return verdict::invalid;
    if (EVP_DigestVerifyInit(context.get(), &options, detail::digest_of(algorithm), nullptr, public_key.get()) != 1 ||
        !detail::set_padding(algorithm, options)) {
        return verdict::unsupported;
    }
    std::string der;
    std::string_view sent(reinterpret_cast<const char*>(signature.data()), signature.size());
    if (algorithm.starts_with("ES")) {
        if (signature.size() != 2 * detail::coordinate_size(key.type)) return verdict::invalid;      // DER, or another curve's
        der = detail::der_signature(signature);
        sent = der;
    }
    return EVP_DigestVerify(context.get(), detail::octets(sent), sent.size(), detail::octets(bytes), bytes.size()) == 1 ? verdict::valid
                                                                                                                        : verdict::invalid;
}

inline result<openssl_signer> openssl_signer::from_pem(secret_view pem, std::string_view algorithm, secret_view password) {
    const std::string_view text = pem.reveal();
    const detail::openssl_ptr<BIO, BIO_free_all> input(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    // Without a password OpenSSL would ask for one on the terminal
    const auto give_password = [](char* into, int size, int, void* given) -> int {
        const std::string_view word = static_cast<const secret_view*>(given)->reveal();
        if (word.size() > static_cast<std::size_t>(size)) return -1;
        word.copy(into, word.size());
        return static_cast<int>(word.size());
    };
    std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(input.get(), nullptr, give_password, &password), EVP_PKEY_free);
    const auto type = key ? detail::type_of(key.get()) : std::nullopt;
    if (!type) return error_view(errc::invalid_value, "private key");
    if (!detail::fits(algorithm, *type)) return error_view(errc::invalid_value, "algorithm");
    return openssl_signer(std::move(key), algorithm);
}

inline std::size_t openssl_signer::sign(std::string_view bytes, std::span<std::byte> out) const {
    const detail::openssl_ptr<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr;
    if (!context || EVP_DigestSignInit(context.get(), &options, detail::digest_of(algorithm_), nullptr, key_.get()) != 1 ||
        !detail::set_padding(algorithm_, options)) {
        return 0;
    }
    std::array<unsigned char, max_signature_size> made{};
    std::size_t size = made.size();
    if (EVP_DigestSign(context.get(), made.data(), &size, detail::octets(bytes), bytes.size()) != 1) return 0;
    const std::string_view signature(reinterpret_cast<const char*>(made.data()), size);
    if (algorithm_.starts_with("ES")) return detail::fixed_signature(signature, detail::coordinate_size(*detail::type_of(key_.get())), out);
    if (size > out.size()) return 0;
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(made[i]);
    return size;
}

inline result<openssl_certificate> openssl_certificate::from_pem(std::string_view pem) {
    const detail::openssl_ptr<BIO, BIO_free_all> input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    openssl_certificate made;
    using x509_ptr = detail::openssl_ptr<X509, X509_free>;
    while (const x509_ptr each{PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr)}) {
        unsigned char* bytes = nullptr;
        const int size = i2d_X509(each.get(), &bytes);
        if (size <= 0) return error_view(errc::invalid_value, "certificate");
        const detail::openssl_ptr<unsigned char, detail::openssl_free_bytes> der(bytes);
        std::string& encoded = made.x5c_.emplace_back((static_cast<std::size_t>(size) + 2) / 3 * 4 + 1, '\0');
        encoded.resize(static_cast<std::size_t>(
            EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), bytes, size)));
        if (made.x5c_.size() > 1) continue;
        made.x5t_s256_ = detail::thumbprint(each.get(), EVP_sha256());
        made.x5t_ = detail::thumbprint(each.get(), EVP_sha1());
    }
    ERR_clear_error();     // the end of the text is an error to OpenSSL
    if (made.x5t_s256_.empty()) return error_view(errc::invalid_value, "certificate");
    for (const std::string& each : made.x5c_) made.x5c_views_.push_back(each);
    return made;
}

}  // namespace oauthpp::inline v0
