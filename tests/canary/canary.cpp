// SPDX-License-Identifier: MIT
//
// Every secret of a client carries a mark: its password, the code, the code verifier, the tokens, and what the server
// answers. The program takes them through logins and refreshes that succeed and that fail in every way it knows, then
// looks for the mark: in each error and its text, in what went to the terminal (`run` does that), and, when everything
// has died, in all memory that the process can write, dead stack frames and freed heap among it.
#include <oauthpp/oauthpp.hpp>
#include <oauthpp/ostream.hpp>
#include <oauthpp/system.hpp>

#include <unit/base/error_texts.hpp>

#include <sys/mman.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace oauthpp;

constexpr unix_time now{1'800'000'000};

constexpr std::size_t mark_size = 24;
using hidden_text = std::array<unsigned char, mark_size>;

/// The mark as it is, and what is sure to be of it in base64, as HTTP Basic has it, behind 0, 1 and 2 bytes of something
/// else. Kept upside down, so that these are not what the search finds.
constexpr std::array<hidden_text, 4> hidden_marks = [] {
    constexpr std::string_view mark = "cAnArYthatMustNotBeFound";
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<hidden_text, 4> hidden{};
    for (std::size_t i = 0; i < mark_size; ++i) hidden[0][i] = static_cast<unsigned char>(~mark[i]);
    for (std::size_t before = 0; before < 3; ++before) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned>(mark[at + 3 - before]); };   // whole groups
        for (std::size_t i = 0; i < mark_size; ++i) {
            const std::size_t group = i / 4 * 3;
            const unsigned bits = byte(group) << 16 | byte(group + 1) << 8 | byte(group + 2);
            hidden[before + 1][i] = static_cast<unsigned char>(~alphabet[bits >> (18 - 6 * (i % 4)) & 63]);
        }
    }
    return hidden;
}();

/// Memory of the test's own: what the servers and the configuration hold. Gone before the search.
class own_memory {
 public:
    static constexpr std::size_t size = std::size_t{1} << 22;
    own_memory() : begin_(static_cast<char*>(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
        if (static_cast<void*>(begin_) == MAP_FAILED) std::abort();
    }
    ~own_memory() { munmap(begin_, size); }
    own_memory(const own_memory&) = delete;
    own_memory& operator=(const own_memory&) = delete;

    /// What base64url makes the mark of.
    std::string_view decoded(std::string_view text) {
        const auto written = base64url_decode(text, std::span<char>(begin_ + used_, size - used_));
        if (!written) std::abort();
        used_ += *written;
        return {begin_ + used_ - *written, *written};
    }

    /// The pattern, with the mark for each `@`.
    std::string_view marked(std::string_view pattern) {
        char* const text = begin_ + used_;
        for (const char c : pattern) {
            if (c != '@') begin_[used_++] = c;
            else for (const unsigned char hidden : hidden_marks[0]) begin_[used_++] = static_cast<char>(~hidden);
        }
        if (used_ > size - 4096) std::abort();
        return {text, static_cast<std::size_t>(begin_ + used_ - text)};
    }

 private:
    char* begin_;
    std::size_t used_ = 0;
};

bool is_mark(const char* at) {
    for (const hidden_text& hidden : hidden_marks) {
        std::size_t same = 0;
        while (same < mark_size && static_cast<unsigned char>(~at[same]) == hidden[same]) ++same;
        if (same == mark_size) return true;
    }
    return false;
}

std::size_t marks_in(std::string_view memory) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + mark_size <= memory.size(); ++at) count += std::size_t{is_mark(memory.data() + at)};
    return count;
}

int failures = 0;

void expect_no_mark(std::string_view text, const char* where) {
    if (marks_in(text) == 0) return;
    std::fprintf(stderr, "a secret in %s\n", where);
    ++failures;
}

void look_into(const error_view& error) {
    expect_no_mark(describe(error), "describe()");
    expect_no_mark(message(error.reason), "message()");
    for (const std::string_view text : oauthpp_test::texts_of(error)) expect_no_mark(text, "a member of an error");
    std::cout << error.reason << ' ' << describe(error) << '\n';
}

/// Randomness that becomes the mark where the verifier is made: the third value of a login.
struct marking_entropy {
    std::string_view verifier;   // decoded
    int calls = 0;
    bool operator()(std::span<std::byte> out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::byte>(37 * calls + static_cast<int>(i));
        if (calls++ % 3 == 2) std::memcpy(out.data(), verifier.data(), out.size());
        return true;
    }
};

/// A server that has one answer to everything; 0 is none.
struct server_answer {
    int status;
    std::string_view content_type;
    std::string_view body;

    result<http_response> send(const http_request_view&) const {
        if (status == 0) return errc::timed_out;
        return http_response{.status = status, .content_type = std::string(content_type), .body = secret(body)};
    }
};

struct still_clock {
    [[nodiscard]] unix_time now() const { return ::now; }
};

template <class T>
void look_into(const result<T>& outcome) {
    if (!outcome) look_into(outcome.error().view());
}

constexpr server_answer answers[] = {
    {200, "application/json", R"({"access_token":"@.a","token_type":"Bearer","expires_in":3600,"refresh_token":"@.r","scope":"read","id_token":"@.i.d","more":"@"})"},
    {200, "application/json", R"({"access_token":"@\u0041","token_type":"Bearer","refresh_token":"\u0041@"})"},
    {200, "application/json", R"({"access_token":"@","token_type":"@"})"},
    {200, "application/json", R"({"access_token":["@"],"token_type":"Bearer"})"},
    {200, "application/json", R"({"access_token":"@","access_token":"@","token_type":"Bearer"})"},
    {200, "application/json", R"({"access_token":"@","token_type":"Bearer","scope":"@"}})"},
    {200, "application/json", R"({"access_token":"@","token_type":"Bearer","expires_in":"@"})"},
    {200, "application/json", R"(["@"])"},
    {200, "application/json", "@"},
    {200, "text/html", "<html>@</html>"},
    {302, "text/html", "@"},
    {400, "application/json", R"({"error":"invalid_grant","refresh_token":"@"})"},
    {401, "application/json", R"({"error":"invalid_client","access_token":"@"})"},
    {503, "text/plain", "@"},
    {0, "", ""},
};

void log_in_and_refresh(own_memory& own, const client& app, const server_answer& each) {
    const server_metadata server{.authorization_endpoint = "https://as.example/authorize",
                                 .token_endpoint = "https://as.example/token"};
    const server_answer http{each.status, each.content_type, own.marked(each.body)};
    auto login = start_login(server, app, {.scope = "read"}, marking_entropy{own.decoded(own.marked("@@"))});
    if (!login) std::abort();
    const secret saved = login->save();
    expect_no_mark(login->url(), "the authorization URL");
    auto restored = restore_login(server, app, saved);
    if (!restored) std::abort();

    const std::string_view callback = own.marked("/cb?code=@.c&state=");
    std::string whole(callback);
    whole += login->state();
    look_into(run(login->exchange(whole), http, still_clock{}));
    look_into(run(login->exchange(whole), http, still_clock{}));                     // used up
    whole.back() = whole.back() == 'A' ? 'B' : 'A';
    look_into(run(restored->exchange(whole), http, still_clock{}));                  // another state
    detail::wipe(whole);
    look_into(restore_login(server, app, own.marked("@")));

    const secret old{own.marked("@.o")};
    auto renewed = run(refresh(server, app, secret_view(old)), http, still_clock{});
    look_into(renewed);
    if (renewed) look_into(run(refresh(server, app, *renewed), http, still_clock{}));
    look_into(run(request_tokens(server, app, {.scope = "read"}), http, still_clock{}));
    for (std::size_t cut = 0; cut < http.body.size(); cut += 7) {
        const server_answer cutting{each.status, each.content_type, http.body.substr(0, cut)};
        look_into(run(request_tokens(server, app, {.scope = "read"}), cutting, still_clock{}));
    }
}

void use_every_secret() {
    own_memory own;
    const client clients[] = {
        {.client_id = "app", .authentication = client_secret_basic{secret(own.marked("@"))}, .redirect_uri = "https://app.example/cb"},
        {.client_id = "app", .authentication = client_secret_post{secret(own.marked("@ with +%&"))}, .redirect_uri = "https://app.example/cb"},
        {.client_id = "app", .redirect_uri = "https://app.example/cb"},
    };
    for (const client& app : clients) {
        for (const server_answer& each : answers) log_in_and_refresh(own, app, each);
    }
    const hmac_signer key{secret(own.marked("@@"))};
    jwt_assertion proof(key, {.audience = "https://as.example"});
    const client signing{.client_id = "app", .authentication = client_assertion{proof}, .redirect_uri = "https://app.example/cb"};
    for (const server_answer& each : answers) log_in_and_refresh(own, signing, each);
}

/// All memory of this process that can be written.
std::size_t marks_left() {
    std::ifstream maps("/proc/self/maps");
    std::size_t marks = 0;
    for (std::string line; std::getline(maps, line);) {
        unsigned long begin = 0, end = 0;
        char access[5]{};
        if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, access) != 3 || access[0] != 'r' || access[1] != 'w') continue;
        const std::size_t found = marks_in({reinterpret_cast<const char*>(begin), end - begin});
        if (found > 0) std::fprintf(stderr, "%zu times a secret in memory at %s\n", found, line.c_str());
        marks += found;
    }
    return marks;
}

}  // namespace

int main(int argc, char**) {
    if (argc > 1) {   // shows that the search finds what was left behind
        std::string careless;
        {
            own_memory own;
            careless = own.marked("@");
        }
        return marks_left() > 0 ? 0 : 1;
    }
    use_every_secret();
    const std::size_t left = marks_left();
    std::cout << "secrets left behind: " << left << ", told: " << failures << '\n';
    return left == 0 && failures == 0 ? 0 : 1;
}
