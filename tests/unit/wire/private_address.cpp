// SPDX-License-Identifier: MIT
//
// Hosts that must not be reached by an address that somebody else named (RFC 6890, RFC 9728 7.7).
#include <oauthpp/wire/private_address.hpp>

#include <doctest/doctest.h>

namespace private_address_test {
namespace {

using oauthpp::is_private_address;

TEST_CASE("this machine, its network and what is reserved") {
    for (const char* host : {"localhost", "LocalHost", "localhost.", "api.localhost", "127.0.0.1", "127.255.255.254", "0.0.0.0",
                             "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "169.254.169.254", "172.16.0.1",
                             "172.31.255.255", "192.0.0.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "224.0.0.1",
                             "240.0.0.1", "255.255.255.255", "127.0.0.1.", ""}) {
        CAPTURE(host);
        CHECK(is_private_address(host));
    }
    for (const char* host : {"[::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:8.8.8.8]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]",
                             "[ff02::1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[1fff::1]", "[4000::]", "[12000::]"}) {
        CAPTURE(host);
        CHECK(is_private_address(host));
    }
}

TEST_CASE("an IPv4 address that is not four decimal numbers, which stacks read in different ways") {
    for (const char* host : {"2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.01", "8.8.8",
                             "1.2.3.4.5", "256.1.1.1", "1.2.3.0x4", "a.1"}) {
        CAPTURE(host);
        CHECK(is_private_address(host));
    }
}

TEST_CASE("the public internet") {
    for (const char* host : {"as.example", "localhost.example", "notlocalhost", "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0",
                             "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.0.1", "169.255.0.1",
                             "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
                             "198.20.0.0", "223.255.255.255", "[2001:4860:4860::8888]", "[2000::]", "[3fff:ffff::]", "10.example",
                             "xn--4gbrim.example"}) {
        CAPTURE(host);
        CHECK_FALSE(is_private_address(host));
    }
}

TEST_CASE("names that end in no number are no addresses") {
    for (const char* name : {"example.com", "example.com.", "a..b", "xn--a", "10.example"}) CHECK(!oauthpp::is_private_address(name));
    for (const char* odd : {"", ".", "localhost", "LOCALHOST.", "a.localhost", "10", "0x7f.1", "1.2.3.4.5", "example.10", "1.2.3.0400"}) {
        CAPTURE(odd);
        CHECK(oauthpp::is_private_address(odd));
    }
}

TEST_CASE("an address is not what its numbers wrap round to") {
    CHECK(oauthpp::is_private_address("4294967423.0.0.1"));       // 127 and 2^32: no spelling that means the same everywhere
    CHECK(!oauthpp::detail::ipv4_address("4294967304.8.8.8"));    // 8 and 2^32
    CHECK(oauthpp::detail::ipv4_address("8.8.8.8") == 0x08080808U);
    CHECK(!oauthpp::is_private_address("a.."));
    CHECK(oauthpp::is_private_address("10"));
}

}  // namespace
}  // namespace private_address_test
