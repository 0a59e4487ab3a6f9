// SPDX-License-Identifier: MIT
//
// A client that proves itself by a signed statement instead of a password: `private_key_jwt`, `client_secret_jwt`
// (RFC 7521, RFC 7523), Microsoft's certificate credentials, and assertions that somebody else issues.
//
//   auto key = oauthpp::openssl_signer::from_pem(pem, "PS256");
//   oauthpp::jwt_assertion proof(*key, {.x5t_s256 = certificate.x5t_s256()});
//   app.authentication = oauthpp::client_assertion{proof};
#pragma once

#include <oauthpp/base/errc.hpp>
#include <oauthpp/base/error.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/crypto/signer.hpp>
#include <oauthpp/protocol/client_authentication.hpp>
#include <oauthpp/protocol/pkce.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/json_writer.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0 {

/// What a JWT says of itself, beyond who is meant.
///
/// Lifetime: the texts must outlive the assertion.
struct jwt_assertion_options {
    std::string_view audience{};                  ///< empty: the token endpoint. FAPI 2.0 wants the issuer
    std::string_view kid{};                       ///< names the key, if the server knows several
    std::string_view x5t_s256{};                  ///< names the certificate: Microsoft, with PS256
    std::string_view x5t{};                       ///< the same by SHA-1: Microsoft, with RS256
    list_view<std::string_view> x5c{};            ///< the certificate and its chain, DER in base64
    seconds lifetime{300};                        ///< short: a stolen assertion is good for no longer
};

/// Signs a new JWT for each request, with `iss` and `sub` the client and a `jti` that never comes twice.
///
/// Spec: RFC 7523 2.2, 3; OpenID Connect Core 9.
/// Lifetime: the key must outlive it.
template <class Entropy = system_entropy, class Clock = system_clock>
class jwt_assertion {
 public:
    explicit jwt_assertion(signer_ref key, const jwt_assertion_options& options = {}, Entropy entropy = {}, Clock clock = {})
        : key_(key), options_(options), entropy_(std::move(entropy)), clock_(std::move(clock)) {}

    /// Errors: no_entropy; signing_failed, when the key gives no signature.
    error_view write_assertion(const assertion_subject& subject, buffer_writer& out);

 private:
    signer_ref key_;
    jwt_assertion_options options_;
    Entropy entropy_;
    Clock clock_;
};
jwt_assertion(signer_ref, const jwt_assertion_options&) -> jwt_assertion<system_entropy, system_clock>;
explicit jwt_assertion(signer_ref) -> jwt_assertion<system_entropy, system_clock>;

/// `client_secret_jwt`: the client's secret as a key (OpenID Connect Core 9).
///
/// Security: a secret below `min_hmac_key_size` signs nothing.
class hmac_signer {
 public:
    explicit hmac_signer(secret client_secret) noexcept : client_secret_(std::move(client_secret)) {}

    [[nodiscard]] std::string_view algorithm() const noexcept { return "HS256"; }
    [[nodiscard]] std::size_t sign(std::string_view bytes, std::span<std::byte> out) const noexcept {
        if (client_secret_.reveal().size() < min_hmac_key_size) return 0;
        const auto tag = hmac_sha256(client_secret_, bytes);
        if (out.size() < tag.size()) return 0;
        for (std::size_t i = 0; i < tag.size(); ++i) out[i] = tag[i];
        return tag.size();
    }

 private:
    secret client_secret_;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// Members of a JSON object, encoded on the way.
class jwt_part {
 public:
    explicit jwt_part(buffer_writer& out) noexcept : out_(out, base64url_alphabet) {}

    void add(std::string_view name, std::string_view value) noexcept {
        if (value.empty()) return;
        name_of(name);
        append_json_string(out_, value);
    }
    void add(std::string_view name, unix_time value) noexcept {
        std::array<char, 20> digits{};
        buffer_writer number(digits);
        append_decimal(number, static_cast<std::uint64_t>(value.count));
        name_of(name);
        out_.append(number.written_since(0));
    }
    void add_list(std::string_view name, const list_view<std::string_view>& values) noexcept {
        if (values.size() == 0) return;
        name_of(name);
        for (std::size_t i = 0; i < values.size(); ++i) {
            out_.append(i == 0 ? '[' : ',');
            append_json_string(out_, values[i]);
        }
        out_.append(']');
    }
    void finish() noexcept {
        out_.append('}');
        out_.finish(false);
    }

 private:
    void name_of(std::string_view name) noexcept {
        out_.append(first_ ? '{' : ',');
        append_json_string(out_, name);
        out_.append(':');
        first_ = false;
    }

    base64_stream out_;
    bool first_ = true;
};

inline error_view sign_assertion(signer_ref key, const jwt_assertion_options& options, const assertion_subject& subject,
                                 std::string_view jti, unix_time now, buffer_writer& out) {
    const std::size_t begin = out.size();
    jwt_part header(out);
    header.add("alg", key.algorithm());
    header.add("typ", "JWT");
    header.add("kid", options.kid);
    header.add("x5t#S256", options.x5t_s256);
    header.add("x5t", options.x5t);
    header.add_list("x5c", options.x5c);
    header.finish();
    out.append('.');
    jwt_part claims(out);
    claims.add("iss", subject.client_id);
    claims.add("sub", subject.client_id);
    claims.add("aud", options.audience.empty() ? subject.token_endpoint : options.audience);
    claims.add("jti", jti);
    claims.add("nbf", now);
    claims.add("iat", now);
    claims.add("exp", now + options.lifetime);
    claims.finish();

    // Where the memory was too small, only the signature's size counts
    std::array<std::byte, max_signature_size> signature{};
    const std::size_t size = key.sign(out.written_since(begin), signature);
    if (size == 0 || size > signature.size()) return {errc::signing_failed, "client_assertion"};
    out.append('.');
    append_base64url(out, std::span(signature).first(size));
    return {};
}

}  // namespace detail

template <class Entropy, class Clock>
error_view jwt_assertion<Entropy, Clock>::write_assertion(const assertion_subject& subject, buffer_writer& out) {
    const auto jti = make_unguessable(entropy_);
    if (!jti) return jti.error();
    return detail::sign_assertion(key_, options_, subject, jti->reveal(), clock_.now(), out);
}

}  // namespace oauthpp::inline v0
