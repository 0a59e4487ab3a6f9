// SPDX-License-Identifier: MIT
//
// How a client proves itself to the token endpoint (RFC 6749 2.3). One method at a time, by construction.
//
//   oauthpp::client app{.client_id = id, .authentication = oauthpp::client_secret_post{client_secret}};
#pragma once

#include <oauthpp/base/error.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/detail/erased.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/writer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

namespace oauthpp::inline v0 {

/// A public client: it names itself by `client_id` in the body (RFC 6749 3.2.1), and PKCE protects its codes.
struct no_authentication {};

/// How identifier and secret go into HTTP Basic. Servers differ, and a secret with `+`, `%` or `:` shows it.
enum class basic_encoding : std::uint8_t {
    form,   ///< each form-encoded first (RFC 6749 2.3.1)
    raw,    ///< as they are (RFC 7617)
};

/// Spec: RFC 6749 2.3.1, the Authorization header.
template <class Storage>
struct basic_client_secret_basic {
    typename Storage::secret client_secret{};
    basic_encoding encoding{};
    bool client_id_in_body{};   ///< some servers look for it there too
};

/// Spec: RFC 6749 2.3.1, `client_secret` in the body. Microsoft's documentation uses this one.
template <class Storage>
struct basic_client_secret_post {
    typename Storage::secret client_secret{};
};

/// What an assertion is to say who is meant by.
struct assertion_subject {
    std::string_view client_id{};
    std::string_view token_endpoint{};
};

/// Makes or fetches an assertion, anew for each request: appends it, and says why if it cannot. `jwt_assertion` signs
/// JWTs; a workload's token in a file that rotates is another.
template <class T>
concept assertion_source =
    std::is_class_v<T> && requires(T& each, const assertion_subject& subject, buffer_writer& out) {
        { each.write_assertion(subject, out) } -> std::same_as<error_view>;
    };

namespace detail {

/// RFC 7523 2.2. What a source wrote must need no escape: no assertion of any kind has other characters.
template <class Source>
error_view append_assertion(Source& source, const assertion_subject& subject, buffer_writer& out) {
    constexpr const char* name = "client_assertion";
    out.append("&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=");
    const std::size_t begin = out.size();
    const error_view wrong = source.write_assertion(subject, out);
    if (wrong.reason != errc::none) return wrong;
    if (out.size() == begin) return {errc::missing_value, name};
    const std::string_view written = out.written_since(begin);
    std::size_t at = 0;
    while (at < written.size() && query_unescaped.has(written[at])) ++at;
    return at == written.size() ? error_view() : error_view(errc::invalid_value, name, at);
}

}  // namespace detail

/// Two pointers to a source of assertions. All that it takes to put one into a body is behind the second: a program
/// without assertions has none of it.
///
/// Lifetime: the source must outlive it.
class assertion_source_ref {
 public:
    template <assertion_source Source>
    constexpr assertion_source_ref(Source& source) noexcept
        : source_(detail::erased(source)),
          append_([](void* each, const assertion_subject& subject, buffer_writer& out) {
              return detail::append_assertion(*static_cast<Source*>(each), subject, out);
          }) {}
    template <assertion_source Source>
    assertion_source_ref(const Source&&) = delete;

    /// Errors: the source's; missing_value where it wrote nothing, invalid_value for what is no assertion.
    error_view append_to_body(const assertion_subject& subject, buffer_writer& out) const {
        return append_(source_, subject, out);
    }

 private:
    void* source_;
    error_view (*append_)(void*, const assertion_subject&, buffer_writer&);
};

/// Spec: RFC 7521 4.2, RFC 7523 2.2: `client_assertion` in the body.
struct client_assertion {
    assertion_source_ref source;
};

/// The certificate of the TLS connection is the proof, and presenting it is the transport's part; the body has only
/// `client_id` (RFC 8705 2). For `tls_client_auth` and `self_signed_tls_client_auth`.
struct mutual_tls {};

template <class Storage>
using basic_client_authentication =
    std::variant<no_authentication, basic_client_secret_basic<Storage>, basic_client_secret_post<Storage>, client_assertion,
                 mutual_tls>;

using client_secret_basic = basic_client_secret_basic<owned>;
using client_secret_post = basic_client_secret_post<owned>;
using client_authentication = basic_client_authentication<owned>;
using client_secret_basic_view = basic_client_secret_basic<borrowed>;
using client_secret_post_view = basic_client_secret_post<borrowed>;
using client_authentication_view = basic_client_authentication<borrowed>;

namespace detail {

/// The same method in another storage.
template <class To, class From>
basic_client_authentication<To> convert_authentication(const basic_client_authentication<From>& from) {
    using secret = typename To::secret;
    const auto copy = [](const typename From::secret& source) {
        if constexpr (std::same_as<To, owned>) return secret(source.reveal());
        else return secret(source);
    };
    if (const auto* basic = std::get_if<basic_client_secret_basic<From>>(&from)) {
        return basic_client_secret_basic<To>{copy(basic->client_secret), basic->encoding, basic->client_id_in_body};
    }
    if (const auto* post = std::get_if<basic_client_secret_post<From>>(&from)) {
        return basic_client_secret_post<To>{copy(post->client_secret)};
    }
    if (const auto* assertion = std::get_if<client_assertion>(&from)) return *assertion;
    if (std::holds_alternative<mutual_tls>(from)) return mutual_tls{};
    return no_authentication{};
}

}  // namespace detail
}  // namespace oauthpp::inline v0
