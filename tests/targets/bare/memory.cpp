// SPDX-License-Identifier: MIT
// The six functions that a compiler may ask for and that the library may use: the whole C library of these targets.
#include <cstddef>

// Or the compiler sees that these loops are memcpy and memset, and makes them call themselves.
#pragma GCC optimize("no-tree-loop-distribute-patterns")

extern "C" {
void* memcpy(void* to, const void* from, std::size_t n) {
    auto* t = static_cast<unsigned char*>(to);
    for (auto* f = static_cast<const unsigned char*>(from); n; --n) *t++ = *f++;
    return to;
}

void* memmove(void* to, const void* from, std::size_t n) {
    auto* t = static_cast<unsigned char*>(to);
    auto* f = static_cast<const unsigned char*>(from);
    if (t < f) return memcpy(to, from, n);
    while (n) --n, t[n] = f[n];
    return to;
}

void* memset(void* to, int value, std::size_t n) {
    for (auto* t = static_cast<unsigned char*>(to); n; --n) *t++ = static_cast<unsigned char>(value);
    return to;
}

int memcmp(const void* a, const void* b, std::size_t n) {
    auto *x = static_cast<const unsigned char*>(a), *y = static_cast<const unsigned char*>(b);
    for (; n; --n, ++x, ++y)
        if (*x != *y) return *x - *y;
    return 0;
}

void* memchr(const void* in, int value, std::size_t n) {
    for (auto* p = static_cast<const unsigned char*>(in); n; --n, ++p)
        if (*p == static_cast<unsigned char>(value)) return const_cast<unsigned char*>(p);
    return nullptr;
}

std::size_t strlen(const char* text) {
    std::size_t n = 0;
    while (text[n]) ++n;
    return n;
}
}
