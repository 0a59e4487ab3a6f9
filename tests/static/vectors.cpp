// SPDX-License-Identifier: MIT
//
// Published vectors, at compile time: what holds here needs no heap, no operating system and no run. Only views and
// buffers: clang 14 cannot evaluate most of std::string.
#include <oauthpp/oauthpp.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace {

using namespace oauthpp;

/// The bytes that hexadecimal text stands for.
template <std::size_t Characters>
consteval std::array<std::byte, Characters / 2> bytes(const char (&hex)[Characters]) {
    std::array<std::byte, Characters / 2> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = static_cast<std::byte>(detail::hex_value(hex[2 * i]) * 16 + detail::hex_value(hex[2 * i + 1]));
    }
    return all;
}

template <std::size_t Size>
constexpr std::string_view view(const std::array<char, Size>& text) { return {text.data(), Size}; }

/// One character, so many times.
template <std::size_t Size>
consteval std::array<char, Size> repeated(int c) {
    std::array<char, Size> all{};
    for (char& each : all) each = static_cast<char>(c);
    return all;
}

/// Whether `write` leaves exactly `expected`, in a buffer of this size, in one larger, and not in one smaller.
template <class Write>
constexpr bool writes(std::string_view expected, const Write& write) {
    std::array<char, 256> memory{};
    for (const std::size_t more : {0U, 1U}) {
        buffer_writer out(std::span<char>(memory).first(expected.size() + more));
        write(out);
        if (!out.fits() || out.written_since(0) != expected) return false;
    }
    if (expected.empty()) return true;
    buffer_writer small(std::span<char>(memory).first(expected.size() - 1));
    write(small);
    return !small.fits() && small.size() == expected.size();
}

// ---- SHA-256: FIPS 180

static_assert(sha256("") == bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
static_assert(sha256("abc") == bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
static_assert(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
              bytes("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
static_assert(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                     "mnopqrstnopqrstu") == bytes("cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"));

// ---- HMAC-SHA-256: RFC 4231

constexpr auto key_0b = repeated<20>(0x0b);
constexpr auto key_aa = repeated<131>(0xaa);
static_assert(hmac_sha256(view(key_0b), "Hi There") ==
              bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
static_assert(hmac_sha256("Jefe", "what do ya want for nothing?") ==
              bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
static_assert(hmac_sha256(view(key_aa), "Test Using Larger Than Block-Size Key - Hash Key First") ==
              bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));

// ---- base64url: RFC 4648, RFC 7515 appendix C

constexpr bool encodes(std::string_view text, std::string_view expected) {
    return writes(expected, [&](buffer_writer& out) {
        std::array<std::byte, 16> copy{};
        for (std::size_t i = 0; i < text.size(); ++i) copy[i] = static_cast<std::byte>(text[i]);
        append_base64url(out, std::span(copy).first(text.size()));
    });
}

constexpr bool decodes(std::string_view text, std::string_view expected) {
    std::array<char, 16> memory{};
    const auto size = base64url_decode(text, memory);
    return size && std::string_view(memory.data(), *size) == expected;
}

static_assert(encodes("", "") && decodes("", ""));
static_assert(encodes("f", "Zg") && decodes("Zg", "f"));
static_assert(encodes("fo", "Zm8") && decodes("Zm8", "fo"));
static_assert(encodes("foo", "Zm9v") && decodes("Zm9v", "foo"));
static_assert(encodes("foobar", "Zm9vYmFy") && decodes("Zm9vYmFy", "foobar"));
static_assert(encodes("\x03\xEC\xFF\xE0\xC1", "A-z_4ME") && decodes("A-z_4ME", "\x03\xEC\xFF\xE0\xC1"));
static_assert(!decodes("Zh", "f") && !decodes("Zg==", "f") && !decodes("A", "") && !decodes("A+z_", "\x03\xEC\xFF"));
static_assert(base64url_size(0) == 0 && base64url_size(1) == 2 && base64url_size(32) == 43);

// ---- PKCE: RFC 7636 appendix B

/// The example's random octets.
constexpr auto octets = bytes("7418dfb49799e0254ffa607dd8adbbba16d4254d69d6bff05b58055853848d79");
constexpr auto example = [](std::span<std::byte> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = octets[i];
    return out.size() == octets.size();
};
static_assert(make_pkce(example)->code_verifier.reveal() == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
static_assert(view(make_pkce(example)->code_challenge) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
static_assert(!make_pkce([](std::span<std::byte>) { return false; }));

// ---- forms: RFC 6749 appendix B, WHATWG URL

constexpr bool form_decodes(std::string_view text, std::string_view expected) {
    std::array<char, 64> memory{};
    const auto size = form_decode(text, memory.data());
    return size && std::string_view(memory.data(), *size) == expected;
}

static_assert(writes("%20%25%26%2B%C2%A3%E2%82%AC",
                     [](buffer_writer& out) { append_query_escaped(out, " %&+\xC2\xA3\xE2\x82\xAC"); }));
static_assert(writes("a+b~", [](buffer_writer& out) { append_query_escaped(out, "a b~", space::plus); }));
static_assert(form_decodes("+%25%26%2B%C2%A3%E2%82%AC", " %&+\xC2\xA3\xE2\x82\xAC"));
static_assert(form_decodes("a%2Bb+c", "a+b c") && form_decodes("%4a%4A", "JJ"));
static_assert(!form_decodes("%zz", "%zz") && !form_decodes("%", "%") && !form_decodes("%FF", "\xFF"));

constexpr bool splits() {
    form_reader form("&&a=b=c&d&=e");
    return form.next() && form.is("a") && form.value() == "b=c" && form.next() && form.is("d") && form.value() == "" &&
           form.next() && form.is("") && form.value() == "e" && !form.next();
}
static_assert(splits());

// ---- UTF-8: RFC 3629

static_assert(utf8_error("\xE2\x89\xA2\xF0\xA3\x8E\xB4") == 7);
static_assert(utf8_error("\xC0\xAF") == 0 && utf8_error("a\xED\xA0\x80") == 1 && utf8_error("\xF4\x90\x80\x80") == 0);

// ---- URLs: RFC 3986

constexpr auto url = parse_url("foo://example.com:8042/over/there?name=ferret#nose");
static_assert(url && url->scheme == "foo" && url->host == "example.com" && url->port == "8042");
static_assert(url->path == "/over/there" && url->query == "name=ferret" && url->fragment == "nose");
static_assert(!parse_url("//g") && !parse_url("https://as.example@evil.example/") && !parse_url("http://a:65536/"));
static_assert(is_loopback(*parse_url("http://127.0.0.1:51004/")) && is_loopback(*parse_url("http://[::1]/")));
static_assert(!is_loopback(*parse_url("http://127.1/")) && !is_loopback(*parse_url("http://localhost.evil.com/")));

// ---- the floor below

static_assert((unix_time{INT64_MAX} + seconds{1}).count == INT64_MAX);
static_assert((unix_time{INT64_MIN} + seconds{-1}).count == INT64_MIN);
static_assert(writes("18446744073709551615", [](buffer_writer& out) { detail::append_decimal(out, UINT64_MAX); }));
static_assert(secret_view("xyz") == secret_view("xyz") && !(secret_view("xyz") == secret_view("xyZ")));

}  // namespace
