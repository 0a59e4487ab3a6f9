// SPDX-License-Identifier: MIT
// A code verifier and its challenge, from 32 bytes of randomness.
#include <oauthpp/protocol/pkce.hpp>

#include <cstring>

extern "C" int feature(char* memory, unsigned) {
    const auto pkce = oauthpp::make_pkce([memory](std::span<std::byte> out) {
        std::memcpy(out.data(), memory, out.size());
        return true;
    });
    if (!pkce) return 1;
    std::memcpy(memory, pkce->code_verifier.reveal().data(), 43);
    std::memcpy(memory + 43, pkce->code_challenge.data(), 43);
    return 0;
}
