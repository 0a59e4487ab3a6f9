// SPDX-License-Identifier: MIT
//
// Base64url of text, as the parts of a token and the numbers of a key are written.
#pragma once

#include <oauthpp/wire/base64url.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace oauthpp_test {

inline std::string encoded(std::string_view text) {
    return oauthpp::base64url_encode(std::as_bytes(std::span<const char>(text.data(), text.size())));
}

}  // namespace oauthpp_test
