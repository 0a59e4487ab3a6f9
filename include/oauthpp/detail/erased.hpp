// SPDX-License-Identifier: MIT
//
// An address without its type, for references that cannot be templates.
#pragma once

namespace oauthpp::inline v0::detail {

/// Also of what is constant: whoever uses the address casts it back to what it was.
template <class T>
constexpr void* erased(T& each) noexcept {
    return const_cast<void*>(static_cast<const void*>(&each));
}

}  // namespace oauthpp::inline v0::detail
