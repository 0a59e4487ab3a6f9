// SPDX-License-Identifier: MIT
// A typed token response, or the server's error, read where it was received.
#include <oauthpp/protocol/token_response.hpp>

extern "C" int feature(char* memory, unsigned size) {
    unsigned length = 0;
    while (length < size && memory[length] != '\0') ++length;
    const auto tokens = oauthpp::parse_token_response_in_place(200, {memory, length});
    if (!tokens) return static_cast<int>(tokens.error().reason);
    const bool good = tokens->access_token.reveal().size() == 5 && tokens->refresh_token.reveal() == "tGzv3JOkF0XG5Qx2TlKWIA" &&
                      tokens->expires_in && tokens->expires_in->count == 3600;
    return good ? 0 : 1;
}
