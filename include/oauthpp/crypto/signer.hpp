// SPDX-License-Identifier: MIT
//
// The seam to a private key: it signs, and knows the name of its algorithm. The key stays where it is, in a file, a
// token or another machine.
//
//   struct my_key {
//       std::string_view algorithm() { return "ES256"; }
//       std::size_t sign(std::string_view bytes, std::span<std::byte> out) { return sign_with_hardware(bytes, out); }
//   };
//   static_assert(oauthpp::signer<my_key>);
#pragma once

#include <oauthpp/detail/erased.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

namespace oauthpp::inline v0 {

/// The longest signature: RSA with 8192 bits.
inline constexpr std::size_t max_signature_size = 1024;

/// `algorithm`: a name of RFC 7518 3.1 or RFC 8037, such as `ES256`. `sign`: the number of bytes written, 0 for failure;
/// for ECDSA R and S side by side (RFC 7518 3.4), not DER.
template <class T>
concept signer = std::is_class_v<T> && requires(T& each, std::string_view bytes, std::span<std::byte> out) {
    { each.algorithm() } -> std::same_as<std::string_view>;
    { each.sign(bytes, out) } -> std::same_as<std::size_t>;
};

/// Two pointers to a signer, for places that cannot be templates.
///
/// Lifetime: the signer must outlive it.
class signer_ref {
 public:
    template <signer Signer>
        requires(!std::same_as<Signer, signer_ref>)      // which is a signer, too, and would be referred to, not copied
    constexpr signer_ref(Signer& key) noexcept : key_(detail::erased(key)), calls_(&calls_of<Signer>) {}
    template <signer Signer>
    signer_ref(const Signer&&) = delete;

    [[nodiscard]] std::string_view algorithm() const { return calls_->algorithm(key_); }
    [[nodiscard]] std::size_t sign(std::string_view bytes, std::span<std::byte> out) const { return calls_->sign(key_, bytes, out); }

 private:
    struct calls {
        std::string_view (*algorithm)(void*);
        std::size_t (*sign)(void*, std::string_view, std::span<std::byte>);
    };
    template <class Signer>
    static constexpr calls calls_of{
        [](void* key) { return static_cast<Signer*>(key)->algorithm(); },
        [](void* key, std::string_view bytes, std::span<std::byte> out) { return static_cast<Signer*>(key)->sign(bytes, out); },
    };

    void* key_;
    const calls* calls_;
};

}  // namespace oauthpp::inline v0
