// SPDX-License-Identifier: MIT
//
// A state that carries data of the application's own, such as the page that the person was on, and comes back verified,
// also in another process (RFC 6749 4.1.1, RFC 9700 4.7).
//
//   auto state = oauthpp::make_state(*unguessable, "/settings", key);
//   auto page  = oauthpp::data_of_state(state_that_came_back, key);          // "/settings"
//
// The form: 43 random characters "." base64url(data) "." base64url(HMAC-SHA-256(key, all before the second period)).
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/protocol/pkce.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <span>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Security: the data is authenticated, not hidden: the person, the server and every log on the way can read it. It
///   does not replace the comparison of the whole state with the one that this browser's login began with.
/// Errors: missing_value or invalid_value for a key below 32 bytes, buffer_too_small.
constexpr result<std::string_view, error_view> write_state(buffer_writer& out, const unguessable& random, std::string_view data,
                                                           secret_view key);

/// Gives the data back, if whoever knows `key` made this state. `out` holds it; it is never longer than the state.
///
/// Errors: invalid_state_data, buffer_too_small.
constexpr result<std::string_view, error_view> read_state_data(std::string_view state, secret_view key, std::span<char> out);

inline result<std::string> make_state(const unguessable& random, std::string_view data, secret_view key) {
    return detail::write_to_string([&](buffer_writer& out) { return write_state(out, random, data, key); });
}

inline result<std::string> data_of_state(std::string_view state, secret_view key) {
    std::string data(state.size(), '\0');
    const auto read = read_state_data(state, key, data);
    if (!read) return read.error();
    data.resize(read->size());
    return data;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

constexpr failure check_state_key(secret_view key) noexcept {
    if (key.empty()) return {errc::missing_value, "key"};
    return key.reveal().size() < min_hmac_key_size ? failure{errc::invalid_value, "key"} : failure{};
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_state(buffer_writer& out, const unguessable& random, std::string_view data,
                                                           secret_view key) {
    if (const detail::failure wrong = detail::check_state_key(key); wrong.failed()) return wrong;
    const std::size_t mark = out.size();
    out.append(random.reveal());
    out.append('.');
    detail::base64_stream encoded(out, detail::base64url_alphabet);
    encoded.append(data);
    encoded.finish(false);
    const auto tag = hmac_sha256(key, out.written_since(mark));
    out.append('.');
    append_base64url(out, tag);
    return detail::finish(out, mark);
}

constexpr result<std::string_view, error_view> read_state_data(std::string_view state, secret_view key, std::span<char> out) {
    if (const detail::failure wrong = detail::check_state_key(key); wrong.failed()) return wrong;
    const std::size_t first = detail::index_of(state, '.');
    const std::size_t last = state.rfind('.');
    if (first == state.size() || last == first) return error_view(errc::invalid_state_data, "state");
    const auto tag = base64url_encode(hmac_sha256(key, detail::between(state, 0, last)));
    if (!detail::equal_constant_time({tag.data(), tag.size()}, detail::from(state, last + 1))) {
        return error_view(errc::invalid_state_data, "state");
    }
    const auto size = base64url_decode(detail::between(state, first + 1, last), out);
    if (!size) return size.error().reason == errc::buffer_too_small ? size.error() : error_view(errc::invalid_state_data, "state");
    return std::string_view(out.data(), *size);
}

}  // namespace oauthpp::inline v0
