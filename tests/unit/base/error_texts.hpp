// SPDX-License-Identifier: MIT
//
// Every text of an error, for tests of what must stand in none of them.
#pragma once

#include <oauthpp/base/error.hpp>

#include <array>
#include <string_view>

namespace oauthpp_test {

inline std::array<std::string_view, 12> texts_of(const oauthpp::error_view& error) {
    return {error.field,     error.server_error,   error.server_description, error.server_uri,
            error.suberror,  error.claims,         error.error_codes,        error.trace_id,
            error.timestamp, error.correlation_id, error.retry_after,        error.transport_text};
}

}  // namespace oauthpp_test
