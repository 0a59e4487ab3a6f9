// SPDX-License-Identifier: MIT
//
// A block of SHA-256 by the x86 processor's own instructions, in builds that ask for them (-msha -msse4.1, or a -march
// that has them). Not where it is built for size, nor without optimisation: there the registers' secrets would be left
// on the stack.
#pragma once

#include <cstdint>
#include <cstring>

namespace oauthpp::inline v0::detail {

#if defined(__SHA__) && defined(__SSE4_1__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)

inline constexpr bool has_sha256_instructions = true;

/// `constants` are the 64 of FIPS 180-4 4.2.2.
inline void sha256_block(std::uint32_t* state, const std::uint32_t* block, const std::uint32_t* constants) noexcept {
    using four = int __attribute__((vector_size(16)));
    const auto load = [](const std::uint32_t* words) {
        four lanes;
        std::memcpy(&lanes, words, sizeof lanes);
        return lanes;
    };
    const auto word = [state](int i) { return static_cast<int>(state[i]); };
    four abef{word(5), word(4), word(1), word(0)};
    four cdgh{word(7), word(6), word(3), word(2)};
    const four abef_before = abef, cdgh_before = cdgh;

    four w0 = load(block), w1 = load(block + 4), w2 = load(block + 8), w3 = load(block + 12);
    // Four rounds with `now`, which then becomes the message schedule's words of 16 rounds later
    const auto four_rounds = [&](int i, four& now, const four& next, const four& third, const four& last) {
        using unsigned_four = std::uint32_t __attribute__((vector_size(16)));
        const auto sum = [](four a, four b) { return (four)((unsigned_four)a + (unsigned_four)b); };
        const four input = sum(now, load(constants + 4 * i));
        cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, input);
        abef = __builtin_ia32_sha256rnds2(abef, cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));
        if (i >= 12) return;
        const four recent = __builtin_shufflevector(third, last, 1, 2, 3, 4);
        now = __builtin_ia32_sha256msg2(sum(__builtin_ia32_sha256msg1(now, next), recent), last);
    };
    for (int i = 0; i < 16; i += 4) {
        four_rounds(i + 0, w0, w1, w2, w3);
        four_rounds(i + 1, w1, w2, w3, w0);
        four_rounds(i + 2, w2, w3, w0, w1);
        four_rounds(i + 3, w3, w0, w1, w2);
    }
    const int order[] = {3, 2, 3, 2, 1, 0, 1, 0};   // where a, b, c ... h are: e and f lie beside a and b
    for (int i = 0; i < 8; ++i) {
        const bool in_abef = (i & 2) == 0;
        const four& after = in_abef ? abef : cdgh;
        const four& before = in_abef ? abef_before : cdgh_before;
        state[i] = static_cast<std::uint32_t>(after[order[i]]) + static_cast<std::uint32_t>(before[order[i]]);
    }
}

#else

inline constexpr bool has_sha256_instructions = false;
inline void sha256_block(std::uint32_t*, const std::uint32_t*, const std::uint32_t*) noexcept {}

#endif

}  // namespace oauthpp::inline v0::detail
