// SPDX-License-Identifier: MIT
//
// What a login is while it is saved: a form of named fields, with a version before them and a digest behind them.
#pragma once

#include <oauthpp/base/secret.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/constant_time.hpp>
#include <oauthpp/protocol/authorization_response.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace oauthpp::inline v0::detail {

enum class saved_field : std::size_t {
    version, issuer, token_endpoint, client_id, redirect_uri, state, nonce, code_verifier, scope, response_type,
    response_mode, acr_values, max_age, count
};

using saved_fields = std::array<std::string_view, static_cast<std::size_t>(saved_field::count)>;

constexpr std::string_view field_of(const saved_fields& values, saved_field which) noexcept {
    return values[static_cast<std::size_t>(which)];
}

inline constexpr saved_fields saved_names{
    "v", "issuer", "token_endpoint", "client_id", "redirect_uri", "state", "nonce", "code_verifier", "scope",
    "response_type", "response_mode", "acr_values", "max_age"};
inline constexpr std::string_view saved_version = "2";

inline constexpr std::string_view before_digest = "&digest=";

/// Finds damage, not forgery: a saved login deserves as much trust as the place where it was kept.
inline std::array<char, 43> digest_of_login(std::string_view text) { return base64url_encode(sha256(text)); }

inline secret write_saved_login(const saved_fields& values) {
    auto text = write_to_string([&](buffer_writer& out) {
        for (std::size_t i = 0; i < values.size(); ++i) append_form_pair(out, 0, saved_names[i], values[i]);
        const auto digest = digest_of_login(out.written_since(0));
        out.append(before_digest);
        out.append({digest.data(), digest.size()});
        return finish(out, 0);
    });
    return text ? secret(*std::move(text)) : secret();
}

/// What was written before the digest; empty if the digest is not that of it.
inline std::string_view undamaged_login(std::string_view saved) {
    const std::size_t end = saved.rfind(before_digest);
    if (end == std::string_view::npos) return {};
    const std::string_view text = between(saved, 0, end);
    const auto digest = digest_of_login(text);
    const bool intact = equal_constant_time(from(saved, end + before_digest.size()), {digest.data(), digest.size()});
    return intact ? text : std::string_view();
}

/// Decodes the fields where they stand. False for another version, for what is no field, twice or broken, and without
/// what no login is without.
inline bool read_saved_login(std::string_view text, saved_fields& values) {
    form_reader pairs(text);
    while (pairs.next()) {
        std::size_t i = 0;
        while (i < values.size() && !pairs.is(saved_names[i])) ++i;
        std::string_view value = pairs.value();
        const bool fits = i < values.size() && values[i].data() == nullptr && decode_in_place(value);
        if (!fits) return false;
        values[i] = value;
    }
    return field_of(values, saved_field::version) == saved_version && !field_of(values, saved_field::state).empty() &&
           !field_of(values, saved_field::code_verifier).empty();
}

}  // namespace oauthpp::inline v0::detail
