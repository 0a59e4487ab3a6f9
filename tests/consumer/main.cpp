// SPDX-License-Identifier: MIT
//
// The program of every consumer. It prints the version that it was built with.
#include <oauthpp/oauthpp.hpp>

#ifdef WITH_CURL
#include <oauthpp/adapter/curl.hpp>
#endif
#ifdef WITH_OPENSSL
#include <oauthpp/adapter/openssl.hpp>
#endif

#include <cstdio>

int main() {
#ifdef WITH_CURL
    oauthpp::curl_transport http;   // libcurl is linked
    static_cast<void>(http);
#endif
#ifdef WITH_OPENSSL
    oauthpp::openssl_verifier verifier;   // libcrypto is linked
    static_cast<void>(verifier.verify("ES256", {}, {}, {}));
#endif
    std::printf("%d.%d.%d\n", OAUTHPP_VERSION_MAJOR, OAUTHPP_VERSION_MINOR, OAUTHPP_VERSION_PATCH);
}
