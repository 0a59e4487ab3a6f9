// SPDX-License-Identifier: MIT
//
// This machine's randomness and clock, as the defaults of every function that takes an entropy source or a clock.
//
//   #include <oauthpp/oauthpp.hpp>
//   #include <oauthpp/system.hpp>
//   auto login = oauthpp::start_login(server, app, {.scope = "openid"});
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>

#if defined(_WIN32)
// <windows.h> would bring thousands of macros. These two are its own declarations, in the types behind its names.
extern "C" {
__declspec(dllimport) void __stdcall Sleep(unsigned long milliseconds);
unsigned char __stdcall SystemFunction036(void* out, unsigned long size);   // known as RtlGenRandom
}
#ifdef _MSC_VER
#pragma comment(lib, "advapi32")
#endif
#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) || defined(__ANDROID__)
#include <stdlib.h>
#include <time.h>
#elif defined(__unix__) || defined(__wasi__)
#include <sys/random.h>
#include <time.h>
#else
#error "oauthpp: <oauthpp/system.hpp> does not know this system: leave it out, and pass an entropy source and a clock"
#endif

namespace oauthpp::inline v0 {

/// The operating system's cryptographic source. False: it has none, or a sandbox keeps it away.
struct system_entropy {
    bool operator()(std::span<std::byte> out) const noexcept;
};

/// The wall clock.
struct system_clock {
    [[nodiscard]] unix_time now() const noexcept { return {static_cast<std::int64_t>(std::time(nullptr))}; }

    /// Sleeps until the clock shows `when`. A signal does not end it, and a clock that is set meanwhile is noticed
    /// within a minute.
    void wait_until(unix_time when) const noexcept;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// At most 256 bytes: getentropy refuses more.
inline bool fill_randomly(void* out, std::size_t size) noexcept {
#if defined(_WIN32)
    return ::SystemFunction036(out, static_cast<unsigned long>(size)) != 0;
#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) || defined(__ANDROID__)
    ::arc4random_buf(out, size);
    return true;
#else
    return ::getentropy(out, size) == 0;
#endif
}

inline void sleep_milliseconds(unsigned milliseconds) noexcept {
#if defined(_WIN32)
    ::Sleep(milliseconds);
#else
    ::timespec span{};
    span.tv_sec = static_cast<std::time_t>(milliseconds / 1000);
    span.tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000;
    ::nanosleep(&span, nullptr);
#endif
}

}  // namespace detail

inline bool system_entropy::operator()(std::span<std::byte> out) const noexcept {
    constexpr std::size_t chunk = 256;
    for (std::size_t done = 0; done < out.size(); done += chunk) {
        const std::size_t rest = out.size() - done;
        if (!detail::fill_randomly(out.data() + done, rest < chunk ? rest : chunk)) return false;
    }
    return true;
}

inline void system_clock::wait_until(unix_time when) const noexcept {
    for (unix_time time = now(); time < when; time = now()) {
        const std::int64_t rest = time + seconds{60} < when ? 60 : when.count - time.count;
        // The clock shows whole seconds, so the last one is waited for in small steps.
        detail::sleep_milliseconds(rest > 1 ? static_cast<unsigned>(rest - 1) * 1000 : 50);
    }
}

}  // namespace oauthpp::inline v0
