// SPDX-License-Identifier: MIT
//
// What real servers do differently, as data: what a profile allows in advance, and what was let pass in one answer.
//
//   server.quirks.missing_token_type = true;               // this provider sends none, and means Bearer
//   if (tokens->tolerated.has(oauthpp::tolerance::expires_in_unusable)) ...
#pragma once

#include <cstdint>

namespace oauthpp::inline v0 {

/// Deviations that are refused unless a profile says that this server has them.
struct quirks {
    /// A token response without `token_type` is taken as Bearer. Security: a token that should have been bound to a key
    /// would be sent as if it were not (RFC 6749 7.1).
    bool missing_token_type{};
    /// `text/plain` is read as JSON. Security: a page that shows somebody's text could pass for an answer.
    bool json_as_text_plain{};
    /// `form_post` bodies are encoded twice (seen at Glewlwyd 2.7). Security: none known: the values are compared as
    /// exactly as ever, but one that holds `%` or `+` of its own arrives changed.
    bool form_post_encoded_twice{};
    /// A `{tenantid}` in the issuer stands for any tenant's name, an ID token's own `tid` (Microsoft's `common` and
    /// `organizations`). Security: whoever has a tenant there can sign people in; which tenants count is yours to say.
    bool tenant_in_issuer{};
};

/// Deviations that are let pass. They can be read in each result, so that nobody has to guess which are still needed.
enum class tolerance : std::uint16_t {
    expires_in_unusable = 1,        ///< null, negative, a fraction, out of range or text: taken as absent
    number_as_string = 2,           ///< `"3600"` for `3600`
    content_type_missing = 4,       ///< read as JSON
    byte_order_mark = 8,            ///< in front of the JSON
    unusual_status = 16,            ///< a success other than 200
    token_type_supplied = 32,       ///< by quirks::missing_token_type
    text_plain = 64,                ///< by quirks::json_as_text_plain
    issuer_not_compared = 128,      ///< `iss` came and the issuer is not known here
    form_post_encoded_twice = 256,  ///< by quirks::form_post_encoded_twice
};

class tolerances {
 public:
    constexpr void add(tolerance one) noexcept { bits_ = static_cast<std::uint16_t>(bits_ | static_cast<unsigned>(one)); }
    [[nodiscard]] constexpr bool has(tolerance one) const noexcept { return (bits_ & static_cast<unsigned>(one)) != 0; }
    [[nodiscard]] constexpr bool none() const noexcept { return bits_ == 0; }

 private:
    std::uint16_t bits_{};
};

}  // namespace oauthpp::inline v0
