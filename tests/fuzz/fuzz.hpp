// SPDX-License-Identifier: MIT
//
// What every harness has in common: how it says its name, how it insists on a property, and input that ends exactly
// where its memory does.
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <unit/base/error_texts.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fuzzing {

using bytes = std::span<const std::uint8_t>;

/// One for each untrusted input; constructed in its own file, it enters itself into the list.
struct harness {
    harness(const char* name_, int (*fuzz_)(bytes)) : name(name_), fuzz(fuzz_), next(first) { first = this; }

    const char* name;
    int (*fuzz)(bytes);
    harness* next;

    static inline harness* first = nullptr;
};

/// Where it was called from. clang 14 has no std::source_location.
struct place {
    const char* file;
    int line;
    static constexpr place here(const char* file_ = __builtin_FILE(), int line_ = __builtin_LINE()) {
        return {file_, line_};
    }
};

/// Says where, since a fuzzer's own report ends at the abort.
inline void require(bool holds, place where = place::here()) {
    if (holds) return;
    std::fprintf(stderr, "%s:%d: a property does not hold\n", where.file, where.line);
    std::abort();
}

inline std::string_view text_of(bytes input) { return {reinterpret_cast<const char*>(input.data()), input.size()}; }

/// A copy in memory of exactly its size: AddressSanitizer sees the first byte that is read or written beyond.
class exact {
 public:
    explicit exact(std::string_view text) : exact(text.size()) { std::memcpy(memory_.get(), text.data(), text.size()); }
    explicit exact(std::size_t size) : memory_(new char[size]), size_(size) {}

    [[nodiscard]] std::string_view text() const { return {memory_.get(), size_}; }
    [[nodiscard]] std::span<char> memory() { return {memory_.get(), size_}; }
    [[nodiscard]] bool holds(std::string_view part) const {
        return part.empty() || (part.data() >= memory_.get() && part.data() + part.size() <= memory_.get() + size_);
    }

 private:
    std::unique_ptr<char[]> memory_;
    std::size_t size_;
};

/// Several texts from one input, a line for each, so that seeds can be read and written by hand.
class lines {
 public:
    explicit lines(bytes input) : rest_(text_of(input)) {}

    std::string_view next() {
        const std::size_t end = rest_.find('\n');
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        return line;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
    std::string_view rest_;
};

/// Stands for every secret. What a stranger wrote may hold it by chance; then nothing can be said.
inline constexpr std::string_view marked_secret = "mArKeD-sEcReT";
inline bool speaks_of_secret(std::string_view text) { return text.find(marked_secret) != std::string_view::npos; }

inline void require_no_secret(const oauthpp::error_view& error, place where = place::here()) {
    require(!speaks_of_secret(oauthpp::describe(error)), where);
    for (const std::string_view text : oauthpp_test::texts_of(error)) require(!speaks_of_secret(text), where);
}

inline bool is_endpoint(std::string_view url) {
    oauthpp::detail::failure wrong;
    return oauthpp::detail::check_endpoint(url, "endpoint", wrong);
}

/// Two ways to the same result failed alike.
inline void require_same(const oauthpp::error_view& a, const oauthpp::error_view& b, place where = place::here()) {
    require(a.reason == b.reason && a.field == b.field && a.offset == b.offset && a.action() == b.action() &&
                a.again == b.again,
            where);
    require(oauthpp::describe(a) == oauthpp::describe(b), where);
}

}  // namespace fuzzing
