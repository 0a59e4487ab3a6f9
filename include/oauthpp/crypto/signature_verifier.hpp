// SPDX-License-Identifier: MIT
//
// The seam to a library that checks signatures with public keys. <oauthpp/adapter/openssl.hpp> has one.
//
//   struct my_verifier {
//       oauthpp::verdict verify(std::string_view algorithm, const oauthpp::public_key_view& key, std::string_view bytes,
//                               std::span<const std::byte> signature);
//   };
//   static_assert(oauthpp::signature_verifier<my_verifier>);
#pragma once

#include <oauthpp/detail/erased.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0 {

enum class key_type : std::uint8_t { rsa, p256, p384, p521, ed25519 };

/// The numbers of a public key, big-endian, as RFC 7518 6 and RFC 8037 2 have them.
///
/// Security: a verifier refuses numbers that are no key: a point off the curve, a modulus that is even or below 2048 bits.
struct public_key_view {
    key_type type{};
    std::span<const std::byte> first{};    ///< RSA: modulus. Others: x
    std::span<const std::byte> second{};   ///< RSA: exponent. EC: y
};

enum class verdict : std::uint8_t {
    valid,
    invalid,
    unsupported,   ///< an algorithm, a curve or a key that this library does not have
};

/// `signature`: for ECDSA R and S side by side (RFC 7518 3.4), not DER.
template <class T>
concept signature_verifier =
    std::is_class_v<T> && requires(T& each, std::string_view text, const public_key_view& key, std::span<const std::byte> signature) {
        { each.verify(text, key, text, signature) } -> std::same_as<verdict>;
    };

/// Two pointers to a verifier, or none.
///
/// Lifetime: the verifier must outlive it.
class signature_verifier_ref {
 public:
    constexpr signature_verifier_ref() noexcept = default;
    template <signature_verifier Verifier>
        requires(!std::same_as<Verifier, signature_verifier_ref>)      // or a copy would refer to the original
    constexpr signature_verifier_ref(Verifier& verifier) noexcept
        : verifier_(detail::erased(verifier)),
          verify_([](void* each, std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                     std::span<const std::byte> signature) {
              return static_cast<Verifier*>(each)->verify(algorithm, key, bytes, signature);
          }) {}
    template <signature_verifier Verifier>
    signature_verifier_ref(const Verifier&&) = delete;

    [[nodiscard]] explicit operator bool() const noexcept { return verify_ != nullptr; }
    [[nodiscard]] verdict verify(std::string_view algorithm, const public_key_view& key, std::string_view bytes,
                                 std::span<const std::byte> signature) const {
        return verify_ == nullptr ? verdict::unsupported : verify_(verifier_, algorithm, key, bytes, signature);
    }

 private:
    void* verifier_{};
    verdict (*verify_)(void*, std::string_view, const public_key_view&, std::string_view, std::span<const std::byte>){};
};

}  // namespace oauthpp::inline v0
