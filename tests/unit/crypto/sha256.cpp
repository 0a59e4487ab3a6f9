// SPDX-License-Identifier: MIT
//
// SHA-256 by the vectors that NIST published with FIPS 180, and by lengths around the ends of its blocks.
#include <oauthpp/crypto/sha256.hpp>

#include <doctest/doctest.h>
#include <unit/crypto/hex.hpp>
#include <unit/detail/storage_of.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace sha256_test {
namespace {

using oauthpp::sha256, oauthpp::sha256_stream;
using oauthpp_test::hex;

/// Bytes of every value, so that a byte in the wrong place shows.
std::string bytes_of(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((i * 7 + 3) & 255);
    return bytes;
}

}  // namespace

TEST_CASE("the vectors of FIPS 180") {
    CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
                     "lmnopqrsmnopqrstnopqrstu")) ==
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a million bytes in portions that fit no block") {
    sha256_stream stream;
    const std::string portion(997, 'a');
    std::size_t left = 1'000'000;
    for (; left >= portion.size(); left -= portion.size()) stream.update(portion);
    stream.update(std::string(left, 'a'));
    CHECK(hex(stream.digest()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("lengths around the ends of one and two blocks") {
    const struct { std::size_t size; std::string_view digest; } cases[] = {
        {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
        {57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6"},
        {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
        {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
        {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
        {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
        {127, "c57e9278af78fa3cab38667bef4ce29d783787a2f731d4e12200270f0c32320a"},
        {128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"},
    };
    for (const auto& c : cases) CHECK(hex(sha256(std::string(c.size, 'a'))) == c.digest);
}

TEST_CASE("every length from 0 to 130, and every way to feed it in two portions") {
    sha256_stream all;
    for (std::size_t size = 0; size <= 130; ++size) {
        const std::string bytes = bytes_of(size);
        const auto whole = sha256(bytes);
        for (std::size_t split = 0; split <= size; ++split) {
            sha256_stream stream;
            stream.update({bytes.data(), split});
            stream.update({bytes.data() + split, size - split});
            CAPTURE(size);
            CAPTURE(split);
            CHECK((stream.digest() == whole));
        }
        for (const std::byte byte : whole) {
            const char c = static_cast<char>(byte);
            all.update({&c, 1});
        }
    }
    // The digest of the 131 digests, by Python's hashlib.
    CHECK(hex(all.digest()) == "b3d31aa6b4f0810cff11dc15fd1017d7ba047ad10e757b0e36ed68897e6d1851");
}

TEST_CASE("a copy of a stream goes its own way") {
    sha256_stream one;
    one.update("ab");
    sha256_stream two = one;
    one.update("c");
    two.update("x");
    CHECK(hex(one.digest()) == hex(sha256("abc")));
    CHECK(hex(two.digest()) == hex(sha256("abx")));
    two = sha256_stream();
    CHECK(hex(two.digest()) == hex(sha256("")));
}

TEST_CASE("what a dead stream leaves in its memory does not depend on what it was fed") {
    for (const bool ended : {false, true}) {
        oauthpp_test::storage_of<sha256_stream> one, two;
        sha256_stream& secret = one.make();
        secret.update(std::string(100, 'S'));
        sha256_stream& other = two.make();
        other.update(std::string(100, 'T'));
        if (ended) CHECK((secret.digest() != other.digest()));
        secret.~sha256_stream();
        other.~sha256_stream();
        CHECK(one.same_as(two));
    }
}

}  // namespace sha256_test
