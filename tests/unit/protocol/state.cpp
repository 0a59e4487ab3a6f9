// SPDX-License-Identifier: MIT
//
// A state with the application's data: it comes back under the same key and unchanged, or not at all.
#include <oauthpp/protocol/state.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace state_test {
namespace {

using namespace std::string_view_literals;
using oauthpp::data_of_state, oauthpp::errc, oauthpp::make_state, oauthpp::read_state_data, oauthpp::unguessable;
using oauthpp::write_state;

constexpr std::string_view key      = "0123456789abcdef0123456789abcdef";
constexpr std::string_view url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

unguessable random_of(char c) {
    unguessable value;
    value.memory().fill(c);
    return value;
}

std::string made(std::string_view data, std::string_view with = key, char c = 'r') {
    const auto state = make_state(random_of(c), data, with);
    CHECK(state);
    return state ? *state : std::string();
}

/// Why there is no data, errc::none if there is. Both storages must agree.
errc refusal(std::string_view state, std::string_view with = key) {
    const auto owned = data_of_state(state, with);
    std::string memory(state.size(), '#');
    const auto borrowed = read_state_data(state, with, memory);
    CHECK(static_cast<bool>(owned) == static_cast<bool>(borrowed));
    if (owned && borrowed) CHECK(*owned == *borrowed);
    if (owned || borrowed) return errc::none;
    CHECK(owned.error().reason() == borrowed.error().reason);
    CHECK(owned.error().field() == borrowed.error().field);
    return owned.error().reason();
}

}  // namespace

TEST_CASE("the form: 43 random characters, the data for anybody to read, and a tag over both") {
    // The tag was computed with Python's hmac and hashlib
    CHECK(made("/settings") == std::string(43, 'r') + ".L3NldHRpbmdz.mkPWkxqXfK4ujl-vAedujU2C1zLBd2zZT5d74mbfTpg");
}

TEST_CASE("any data comes back, in another process too") {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    for (const std::string& data : {std::string("/settings?tab=2&x=%20"), std::string("a"), every_byte,
                                    std::string(100'000, 'd'), std::string(1, '\0'), std::string()}) {
        const std::string state = made(data);
        const auto back         = data_of_state(state, key);
        CHECK(back);
        if (back) CHECK(*back == data);
        CHECK(state.starts_with(std::string(43, 'r') + '.'));
        CHECK(state.find_first_not_of(url_safe) == std::string::npos);
    }
}

TEST_CASE("a changed byte anywhere, or a piece of another state, is noticed [rfc9700-4.7.1-state-integrity]") {
    const std::string state = made("/settings");
    CHECK(refusal(state) == errc::none);
    for (std::size_t at = 0; at < state.size(); ++at) {
        for (const char c : {'A', 'B', 'r', '0', '-', '_', '.', '=', '%', ' ', '\0', '\xFF'}) {
            if (state[at] == c) continue;
            std::string changed = state;
            changed[at]         = c;
            CAPTURE(changed);
            CHECK(refusal(changed) == errc::invalid_state_data);
        }
        CHECK(refusal(state.substr(0, at)) == errc::invalid_state_data);
        CHECK(refusal(state.substr(at + 1)) == errc::invalid_state_data);
        CHECK(refusal(std::string(state).insert(at, "A")) == errc::invalid_state_data);
    }
    for (const std::string& more : {state + "A", state + ".", state + "=", state + "." + state}) {
        CHECK(refusal(more) == errc::invalid_state_data);
    }
    // The parts of two good states, put together in another way
    const std::string other = made("/admin", key, 's');
    const std::string data  = other.substr(43, other.rfind('.') - 43);
    CHECK(refusal(std::string(43, 'r') + data + state.substr(state.rfind('.'))) == errc::invalid_state_data);
    CHECK(refusal(std::string(43, 'r') + data + other.substr(other.rfind('.'))) == errc::invalid_state_data);
}

TEST_CASE("what is no state with data") {
    for (const std::string_view text : {""sv, "."sv, ".."sv, "..."sv, "a.b"sv, "a.b.c"sv, "xyz"sv}) {
        CHECK(refusal(text) == errc::invalid_state_data);
    }
    CHECK(refusal(std::string(43, 'r')) == errc::invalid_state_data);
    // Two parts instead of three, with a tag that fits
    const auto tag = oauthpp::base64url_encode(oauthpp::hmac_sha256(key, std::string(43, 'r')));
    CHECK(refusal(std::string(43, 'r') + '.' + std::string(tag.begin(), tag.end())) == errc::invalid_state_data);
}

TEST_CASE("another key is another key, and a short one is none") {
    const std::string state = made("data");
    std::string other(key);
    other.back() = 'g';
    CHECK(refusal(state, other) == errc::invalid_state_data);
    CHECK(refusal(state, std::string(key) + 'x') == errc::invalid_state_data);
    CHECK(refusal(made("data", std::string(100, 'k')), std::string(100, 'k')) == errc::none);
    for (const std::string_view bad : {""sv, "short"sv, "0123456789abcdef0123456789abcde"sv}) {
        const errc expected = bad.empty() ? errc::missing_value : errc::invalid_value;
        CHECK(refusal(state, bad) == expected);
        const auto refused = make_state(random_of('r'), "data", bad);
        CHECK_FALSE(refused);
        if (!refused) CHECK(refused.error().reason() == expected);
        if (!refused) CHECK(refused.error().field() == "key");
    }
}

TEST_CASE("two logins with the same data have nothing in common but the data") {
    const std::string one = made("data", key, 'a');
    const std::string two = made("data", key, 'b');
    CHECK(one.substr(0, 43) != two.substr(0, 43));
    CHECK(one.substr(one.rfind('.')) != two.substr(two.rfind('.')));
}

TEST_CASE("a buffer below the right size is left clean, and told what would do") {
    const std::string state = made("some data");
    for (std::size_t size = 0; size <= state.size(); ++size) {
        std::string memory(size + 8, '#');
        oauthpp::buffer_writer out(std::span<char>(memory).first(size));
        const auto written = write_state(out, random_of('r'), "some data", key);
        CHECK(static_cast<bool>(written) == (size == state.size()));
        CHECK(memory.ends_with("########"));
        if (written) {
            CHECK(*written == state);
            continue;
        }
        CHECK(written.error().reason == errc::buffer_too_small);
        CHECK(written.error().needed == state.size());
        CHECK(memory.find_first_not_of("\0#"sv) == std::string::npos);
    }
    for (std::size_t size = 0; size <= 9; ++size) {
        std::string memory(size + 8, '#');
        const auto read = read_state_data(state, key, std::span<char>(memory).first(size));
        CHECK(static_cast<bool>(read) == (size == 9));
        CHECK(memory.ends_with("########"));
        if (!read) CHECK(read.error().reason == errc::buffer_too_small);
        if (!read) CHECK(read.error().needed == 9);
    }
}

TEST_CASE("behind another message in one buffer, the tag is over the state alone") {
    std::string memory(512, '#');
    oauthpp::buffer_writer out{memory};
    out.append("earlier");
    const auto written = write_state(out, random_of('r'), "data", key);
    CHECK(written);
    if (written) CHECK(*written == made("data"));
}

TEST_CASE("data that is signed and no base64url is refused, and not for want of room") {
    const std::string secret_key(32, 'k');
    const std::string signed_part = std::string(43, 'a') + ".*";
    const auto tag = oauthpp::base64url_encode(oauthpp::hmac_sha256(secret_key, signed_part));
    std::string memory(100, '\0');
    const auto data = oauthpp::read_state_data(signed_part + '.' + std::string(tag.data(), tag.size()), oauthpp::secret_view(secret_key), memory);
    CHECK((!data && data.error().reason == oauthpp::errc::invalid_state_data));
}

}  // namespace state_test
