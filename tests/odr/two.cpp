// SPDX-License-Identifier: MIT
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

oauthpp::result<oauthpp::secret> made_in_two(bool good) {
    if (!good) return oauthpp::errc::state_mismatch;
    return oauthpp::secret("from the other file");
}
