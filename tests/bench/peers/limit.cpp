// SPDX-License-Identifier: MIT
//
// The floor: what a program costs that is written for these messages and trusts them. It looks for `"`, `&`, `=` and `%`,
// copies, and checks nothing but the state: any correct client needs more. Portable, with the C library's memchr.
#include "../bench.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <utility>

namespace {

constexpr std::array<bool, 256> bare = [] {
    std::array<bool, 256> set{};
    for (const unsigned char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")) {
        set[c] = true;
    }
    return set;
}();

using named = std::pair<std::string_view, std::string_view>;   // `name=` and its value

std::string form_of(std::string_view before, std::initializer_list<named> pairs) {
    std::size_t most = before.size();
    for (const auto& [name, value] : pairs) most += name.size() + 3 * value.size();
    std::string out(most, '\0');
    char* to = std::copy(before.begin(), before.end(), out.data());
    for (const auto& [name, value] : pairs) {
        to = std::copy(name.begin(), name.end(), to);
        for (auto at = value.begin(); at != value.end();) {
            auto end = at;
            while (end != value.end() && bare[static_cast<unsigned char>(*end)]) ++end;
            to = std::copy(at, end, to);
            if (end == value.end()) break;
            const auto escaped = static_cast<unsigned char>(*end);
            *to++ = '%';
            *to++ = "0123456789ABCDEF"[escaped >> 4];
            *to++ = "0123456789ABCDEF"[escaped & 15];
            at = end + 1;
        }
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

int hexadecimal(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0;;) {
        const std::size_t percent = text.find('%', at);
        out.append(text, at, percent - at);
        if (percent == text.npos) return out;
        out += static_cast<char>(hexadecimal(text[percent + 1]) * 16 + hexadecimal(text[percent + 2]));
        at = percent + 3;
    }
}

/// The members of one flat object: name and value, texts without their quotes and with their escapes.
template <class Use>
void each_member(std::string_view json, Use use) {
    std::size_t at = 1;
    const auto text = [&] {
        const std::size_t begin = at + 1;
        std::size_t end = json.find('"', begin);
        while (json[end - 1] == '\\') end = json.find('"', end + 1);
        at = end + 1;
        return json.substr(begin, end - begin);
    };
    while (json[at] != '}') {
        const std::string_view name = text();
        std::string_view value;
        if (json[++at] == '"') {
            value = text();
        } else {
            const std::size_t end = std::min(json.find(",\"", at), json.size() - 1);
            value = json.substr(at, end - at);
            at = end;
        }
        use(name, value);
        if (json[at] == ',') ++at;
    }
}

std::string plain(std::string_view text) {
    std::string out(text);
    std::size_t to = 0;
    for (std::size_t from = 0; from < out.size(); ++from) {
        char c = out[from];
        if (c == '\\') {
            c = out[++from];
            c = c == 'r' ? '\r' : c == 'n' ? '\n' : c;
        }
        out[to++] = c;
    }
    out.resize(to);
    return out;
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    const std::string url = form_of(in.authorization_endpoint, {{"?response_type=code&client_id=", in.client_id},
                                                                {"&redirect_uri=", in.redirect_uri},
                                                                {"&scope=", in.scope},
                                                                {"&state=", in.state},
                                                                {"&code_challenge=", in.code_challenge},
                                                                {"&code_challenge_method=", "S256"}});
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    std::string code, state;
    for (std::string_view rest = std::string_view(in.callback).substr(in.callback.find('?') + 1); !rest.empty();) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        if (pair.starts_with("code=")) code = unescaped(pair.substr(5));
        if (pair.starts_with("state=")) state = unescaped(pair.substr(6));
        if (pair.starts_with("error=")) std::abort();
    }
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    const std::string body = form_of("grant_type=authorization_code", {{"&code=", in.code},
                                                                       {"&redirect_uri=", in.redirect_uri},
                                                                       {"&code_verifier=", in.code_verifier},
                                                                       {"&client_id=", in.client_id},
                                                                       {"&client_secret=", in.client_secret}});
    done(body, in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    std::string access, type, refresh, scope, id;
    std::int64_t expires_in = 0;
    each_member(in.token_json, [&](std::string_view name, std::string_view value) {
        if (name == "access_token") access = value;
        if (name == "token_type") type = value;
        if (name == "refresh_token") refresh = value;
        if (name == "scope") scope = value;
        if (name == "id_token") id = value;
        if (name == "expires_in") {
            for (const char digit : value) expires_in = expires_in * 10 + (digit - '0');
        }
    });
    done({access, type, refresh, scope, id, expires_in}, in);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    std::string error, description, uri, timestamp, trace, correlation;
    each_member(in.error_json, [&](std::string_view name, std::string_view value) {
        if (name == "error") error = plain(value);
        if (name == "error_description") description = plain(value);
        if (name == "error_uri") uri = plain(value);
        if (name == "timestamp") timestamp = plain(value);
        if (name == "trace_id") trace = plain(value);
        if (name == "correlation_id") correlation = plain(value);
    });
    done({error, description, uri, timestamp, trace, correlation}, in);
}
