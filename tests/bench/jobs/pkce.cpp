// SPDX-License-Identifier: MIT
//
// Verifier and challenge from 32 bytes: given ones, against RFC 7636 appendix B, and random ones.
#include "../jobs.hpp"

namespace bench {

static void check(const pkce_result& result, const inputs& in) {
    expect("code_verifier", result.code_verifier, in.code_verifier);
    expect("code_challenge", result.code_challenge, in.code_challenge);
}

const job pkce_job{"pkce", pkce != nullptr,
                   [](const inputs& in) { pkce(in, consume); },
                   [](const inputs& in) { pkce(in, check); }};

static std::string drawn, drawn_challenge;

/// The bytes behind a verifier, without a library.
static std::array<unsigned char, 32> bytes_of(std::string_view verifier) {
    std::array<unsigned char, 32> bytes{};
    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    for (const char c : verifier) {
        const std::size_t value =
            std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").find(c);
        expect("character of the verifier", value < 64 ? "known" : "unknown", "known");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if ((held += 6) >= 8) bytes[written++] = static_cast<unsigned char>(bits >> (held -= 8));
    }
    return bytes;
}

/// Twice: two verifiers differ, and the same peer's `pkce`, which has been checked, makes the same of the same bytes.
static void check_random(const inputs& in) {
    const auto take = [](const pkce_result& result, const inputs&) {
        expect("size of the verifier", std::to_string(result.code_verifier.size()), "43");
        expect("new verifier", result.code_verifier == drawn ? "the same" : "another", "another");
        drawn = result.code_verifier;
        drawn_challenge = result.code_challenge;
    };
    pkce_random(in, take);
    pkce_random(in, take);
    inputs again = in;
    again.random = bytes_of(drawn);
    pkce(again, [](const pkce_result& result, const inputs&) {
        expect("code_verifier", drawn, result.code_verifier);
        expect("code_challenge", drawn_challenge, result.code_challenge);
    });
}

const job pkce_random_job{"pkce_random", pkce_random != nullptr,
                          [](const inputs& in) { pkce_random(in, consume); }, check_random};

}  // namespace bench
