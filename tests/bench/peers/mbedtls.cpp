// SPDX-License-Identifier: MIT
//
// mbed TLS: job 5, with and without its random source, which is seeded once.
#include "../bench.hpp"

#include <mbedtls/base64.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/sha256.h>

#include <cstdlib>

namespace {

std::string base64url(const unsigned char (&bytes)[32]) {
    std::string text(45, '\0');
    std::size_t size = 0;
    if (mbedtls_base64_encode(reinterpret_cast<unsigned char*>(text.data()), 45, &size, bytes, 32) != 0) std::abort();
    text.resize(43);
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

void make_pkce(const unsigned char (&random)[32], const bench::inputs& in, bench::keep<bench::pkce_result> done) {
    const std::string verifier = base64url(random);
    unsigned char digest[32];
    mbedtls_sha256_ret(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), digest, 0);
    const std::string challenge = base64url(digest);
    done({verifier, challenge}, in);
}

struct generator {
    generator() {
        mbedtls_entropy_init(&entropy);
        mbedtls_ctr_drbg_init(&drbg);
        if (mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, nullptr, 0) != 0) std::abort();
    }
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context drbg;
};

}  // namespace

void bench::pkce(const inputs& in, keep<pkce_result> done) {
    unsigned char random[32];
    std::copy(in.random.begin(), in.random.end(), random);
    make_pkce(random, in, done);
}

void bench::pkce_random(const inputs& in, keep<pkce_result> done) {
    static generator source;
    unsigned char random[32];
    if (mbedtls_ctr_drbg_random(&source.drbg, random, sizeof random) != 0) std::abort();
    make_pkce(random, in, done);
}
