// SPDX-License-Identifier: MIT
// SHA-256 of two portions: a streaming hash, as the peer's is.
#include <oauthpp/crypto/sha256.hpp>

extern "C" int feature(char* memory, unsigned size) {
    oauthpp::sha256_stream stream;
    stream.update({memory, size / 2});
    stream.update({memory + size / 2, size / 2});
    const auto digest = stream.digest();
    for (unsigned i = 0; i < 32; ++i) memory[i] = static_cast<char>(digest[i]);
    return 0;
}
