// SPDX-License-Identifier: MIT
//
// HMAC-SHA-256 by the vectors of RFC 4231 4.
#include <oauthpp/crypto/hmac.hpp>

#include <doctest/doctest.h>
#include <unit/crypto/hex.hpp>

#include <ostream>
#include <string>
#include <string_view>

namespace hmac_test {
namespace {

std::string tag(std::string_view key, std::string_view data) {
    return oauthpp_test::hex(oauthpp::hmac_sha256(key, data));
}

}  // namespace

TEST_CASE("the test cases of RFC 4231") {
    std::string counting;
    for (char c = 1; c <= 25; ++c) counting += c;
    CHECK(tag(std::string(20, '\x0b'), "Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(tag("Jefe", "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(tag(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
          "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    CHECK(tag(counting, std::string(50, '\xcd')) == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    // Case 5 publishes the first 128 bits only.
    CHECK(tag(std::string(20, '\x0c'), "Test With Truncation").substr(0, 32) == "a3b6167473100ee06e0c796c2955552b");
    CHECK(tag(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK(tag(std::string(131, '\xaa'),
              "This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
              "be hashed before being used by the HMAC algorithm.") ==
          "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("keys of no length, of one block and of one byte more, by Python's hmac") {
    CHECK(tag("", "") == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    CHECK(tag(std::string(64, 'k'), "m") == "3b7a8d453e76edb519238a515105a57508d0f169f480ebeee120a9e7803289fa");
    CHECK(tag(std::string(65, 'k'), "m") == "c2d7d4c2256ddb097409ec0c67e1d58fa1a007fc6932cac0d892a525d08af7cc");
}

TEST_CASE("a secret can be the key") {
    const oauthpp::secret key = "Jefe";
    CHECK(oauthpp::hmac_sha256(key, "m") == oauthpp::hmac_sha256("Jefe", "m"));
    CHECK(oauthpp::hmac_sha256(key, "m") != oauthpp::hmac_sha256("Jefd", "m"));
}

}  // namespace hmac_test
