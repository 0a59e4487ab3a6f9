// SPDX-License-Identifier: MIT
//
// SHA-384 and SHA-512 by the vectors that NIST published with FIPS 180, and at every length around the ends of blocks.
#include <oauthpp/crypto/sha512.hpp>

#include <doctest/doctest.h>
#include <unit/crypto/hex.hpp>

#include <cstddef>
#include <string>

namespace sha512_test {

using oauthpp::sha384, oauthpp::sha512;
using oauthpp_test::hex;

TEST_CASE("the examples of FIPS 180-4") {
    CHECK(hex(sha384("abc")) == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
                                "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    CHECK(hex(sha512("abc")) == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    const std::string two_blocks = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
                                   "klmnopqrlmnopqrsmnopqrstnopqrstu";
    CHECK(hex(sha384(two_blocks)) == "09330c33f71147e83d192fc782cd1b4753111b173b3b05d2"
                                     "2fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039");
    CHECK(hex(sha512(two_blocks)) == "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                                     "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909");
}

TEST_CASE("every length, so every padding: the digest of all digests, as OpenSSL makes it") {
    std::string all_384;
    std::string all_512;
    for (std::size_t size = 0; size <= 300; ++size) {
        for (const std::byte byte : sha384(std::string(size, 'a'))) all_384 += static_cast<char>(byte);
        for (const std::byte byte : sha512(std::string(size, 'a'))) all_512 += static_cast<char>(byte);
    }
    CHECK(hex(sha384(all_384)) == "d80b01d0f4d7ebdf1eecf7340637351e167ce7d9a0f265c2"
                                  "4a848d9c99285f850a42df6a46ab7c23af3a387c30ea6faf");
    CHECK(hex(sha512(all_512)) == "b0252e29bae50b5a42c84d684a695d3ce9eb9f45564b98f09503ce01bcdc907c"
                                  "14d2fad620cea072e46915da1321a945dee073b717b9c105a6a57beb402eddc5");
}

}  // namespace sha512_test
