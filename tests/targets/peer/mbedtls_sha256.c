// SPDX-License-Identifier: MIT
// The peer of features/sha256.cpp: mbed TLS in its smallest configuration.
#include "mbedtls/sha256.h"

int feature(char* memory, unsigned size) {
    return mbedtls_sha256_ret((const unsigned char*)memory, size - 32, (unsigned char*)memory + size - 32, 0);
}
