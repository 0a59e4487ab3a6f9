// SPDX-License-Identifier: MIT
//
// Wiped is wiped: to the capacity, in the small buffer and on the heap.
#include <oauthpp/detail/wipe.hpp>

#include <doctest/doctest.h>
#include <unit/detail/storage_of.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace wipe_test {
namespace {

/// Whether all of the string's memory is zero, what lies behind its end included.
bool all_zero(const std::string& text) {
    const volatile char* memory = text.data();
    for (std::size_t i = 0; i < text.capacity(); ++i) {
        if (memory[i] != 0) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("memory is wiped from the first element to the last, and no further") {
    std::array<char, 6> bytes{'a', 'b', 'c', 'd', 'e', 'f'};
    oauthpp::detail::wipe(bytes.data() + 1, 4);
    CHECK(bytes == std::array<char, 6>{'a', 0, 0, 0, 0, 'f'});

    std::array<std::uint32_t, 3> words{1, 2, 3};
    oauthpp::detail::wipe(words.data(), 2);
    CHECK(words == std::array<std::uint32_t, 3>{0, 0, 3});

    oauthpp::detail::wipe(bytes.data(), 0);
    CHECK(bytes[0] == 'a');
}

TEST_CASE("a string is wiped wherever it keeps its bytes, and usable afterwards") {
    for (const std::size_t size : {1U, 7U, 15U, 22U, 23U, 300U}) {
        CAPTURE(size);
        std::string text(size, 's');
        oauthpp::detail::wipe(text);
        CHECK(text.empty());
        CHECK(all_zero(text));
        text = "again";
        CHECK(text == "again");
    }
}

TEST_CASE("what a longer content left behind the end of a string goes too") {
    std::string text(200, 's');
    text.resize(3);
    oauthpp::detail::wipe(text);
    CHECK(text.capacity() >= 200);
    CHECK(all_zero(text));
}

TEST_CASE("memory to work in is a copy, and wiped when it dies, be it short or long") {
    for (const std::size_t size : {8U, 200U, 10'000U}) {
        oauthpp_test::storage_of<oauthpp::detail::scratch> storage;
        const std::string source(size, 'S');
        auto& work = storage.make(source);
        CHECK(std::string_view(work.text.data(), work.text.size()) == source);
        const bool lies_inside = storage.holds("SSSSSSSS");
        CHECK(lies_inside == (size <= (sizeof(void*) >= 8 ? 8192U : 256U)));
        work.~scratch();
        CHECK_FALSE(storage.holds("SSSS"));
        CHECK(source == std::string(size, 'S'));
    }
}

}  // namespace wipe_test
