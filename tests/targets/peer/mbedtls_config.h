// SPDX-License-Identifier: MIT
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA256_SMALLER
