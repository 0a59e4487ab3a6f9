// SPDX-License-Identifier: MIT
//
// Forms: RFC 6749 appendix B, and the rules of the WHATWG URL standard that it points to.
#include <oauthpp/wire/form.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace form_test {
namespace {

using oauthpp::buffer_writer, oauthpp::errc, oauthpp::form_decode, oauthpp::form_reader, oauthpp::space;
using pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view printable =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

std::string query_escaped(std::string_view text, space how = space::percent_20) {
    std::array<char, 512> memory{};
    buffer_writer out{memory};
    oauthpp::append_query_escaped(out, text, how);
    return std::string(out.written_since(0));
}

/// As in a body.
std::string form_escaped(std::string_view text) {
    std::array<char, 512> memory{};
    buffer_writer out{memory};
    oauthpp::detail::append_form_pair(out, 0, "v", text);
    return std::string(out.written_since(text.empty() ? 0 : 2));
}

/// The text, or "error" and where.
std::string decoded(std::string_view text) {
    std::string memory(text.size(), '?');
    const auto size = form_decode(text, memory.data());
    if (size) return memory.substr(0, *size);
    return "error " + std::to_string(size.error().offset) + (size.error().reason == errc::malformed_form ? "" : "?");
}

/// All pairs, as they stand in the form.
pairs split(std::string_view form) {
    pairs all;
    form_reader reader(form);
    while (reader.next()) all.emplace_back(reader.name(), reader.value());
    return all;
}

bool names(std::string_view form, std::string_view plain) {
    form_reader reader(form);
    return reader.next() && reader.is(plain);
}

}  // namespace

TEST_CASE("the example of RFC 6749 appendix B [rfc6749-B-encode]") {
    constexpr std::string_view text = " %&+\xC2\xA3\xE2\x82\xAC";
    CHECK(form_escaped(text) == "+%25%26%2B%C2%A3%E2%82%AC");
    CHECK(query_escaped(text, space::plus) == "+%25%26%2B%C2%A3%E2%82%AC");
    CHECK(query_escaped(text) == "%20%25%26%2B%C2%A3%E2%82%AC");
}

TEST_CASE("the example of RFC 6749 appendix B, read, and octets that are no UTF-8 [rfc6749-B-decode]") {
    CHECK(decoded("+%25%26%2B%C2%A3%E2%82%AC") == " %&+\xC2\xA3\xE2\x82\xAC");
    CHECK(decoded("%C3%28") == "error 0");
    CHECK(decoded("a%FF") == "error 0");
    CHECK(decoded("%ED%A0%80") == "error 0");       // a surrogate
    CHECK(decoded("%C0%AF") == "error 0");          // an overlong slash
    CHECK(decoded("\xC3%A9") == "\xC3\xA9");        // half escaped, and well-formed afterwards
    CHECK(decoded("\xFF") == "error 0");
}

TEST_CASE("a body leaves alone letters, digits and * - . _ [whatwg-form-serialize-set]") {
    CHECK(form_escaped("a b~!'()*-._") == "a+b%7E%21%27%28%29*-._");
    CHECK(form_escaped(printable) ==
          "+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D"
          "%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D%7E");
}

TEST_CASE("a query leaves alone what RFC 3986 does not reserve, in either spelling of the space") {
    constexpr std::string_view rest =
        "%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D"
        "%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~";
    CHECK(query_escaped(printable) == std::string("%20").append(rest));
    CHECK(query_escaped(printable, space::plus) == std::string("+").append(rest));
    CHECK(query_escaped("") == "");
}

TEST_CASE("escapes are written in upper case [rfc3986-2.1-hex-case]") {
    CHECK(query_escaped(":") == "%3A");
    CHECK(form_escaped("\xAB\xCD\xEF/") == "%AB%CD%EF%2F");
    for (int byte = 0; byte < 256; ++byte) {
        const std::string escaped = query_escaped(std::string(1, static_cast<char>(byte)));
        for (const char c : escaped.substr(1)) CHECK((c < 'a' || c > 'f'));
    }
}

TEST_CASE("a text is escaped once and decoded once [rfc3986-2.4-once]") {
    CHECK(query_escaped("100%25") == "100%2525");
    CHECK(form_escaped("100%25") == "100%2525");
    CHECK(decoded("100%2525") == "100%25");
    CHECK(decoded("%2B") == "+");
    CHECK(decoded("%252B") == "%2B");
}

TEST_CASE("every byte below 0x80 and every other character survives both ways") {
    for (int byte = 0; byte < 0x80; ++byte) {
        const std::string text(3, static_cast<char>(byte));
        CHECK(decoded(query_escaped(text)) == text);
        CHECK(decoded(query_escaped(text, space::plus)) == text);
        CHECK(decoded(form_escaped(text)) == text);
    }
    const std::string text = "z\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    CHECK(decoded(form_escaped(text)) == text);
}

TEST_CASE("every encoder's spelling is read [whatwg-vs-rfc6749-b]") {
    CHECK(decoded("client%2Eexample%2Ecom") == "client.example.com");
    CHECK(decoded("client.example.com") == "client.example.com");
    CHECK(decoded("a%20b") == "a b");
    CHECK(decoded("a+b") == "a b");
    CHECK(decoded("account%5Finformation") == "account_information");
    CHECK(decoded("%7E~%2A*!'()") == "~~**!'()");
    CHECK(decoded("https%3a%2f%2fa") == "https://a");
}

TEST_CASE("an escape that is cut or not hexadecimal is refused, and the error says where it begins "
          "[whatwg-form-parse-bad-escape]") {
    CHECK(decoded("%zz") == "error 0");
    CHECK(decoded("%4a") == "J");
    CHECK(decoded("%4A") == "J");
    CHECK(decoded("%") == "error 0");
    CHECK(decoded("a%") == "error 1");
    CHECK(decoded("a%4") == "error 1");
    CHECK(decoded("ab%4g") == "error 2");
    CHECK(decoded("ab%g4") == "error 2");
    CHECK(decoded("%%41") == "error 0");
    CHECK(decoded("%+1") == "error 0");
    CHECK(decoded("%4%31") == "error 0");
    CHECK(decoded("% 41") == "error 0");
    CHECK(decoded("%u0041") == "error 0");
    CHECK(decoded(std::string_view("%41", 2)) == "error 0");    // the rest of the escape is not ours
    CHECK(decoded(std::string_view("%41", 1)) == "error 0");
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool hexadecimal = std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
        CAPTURE(byte);
        CHECK((decoded(std::string("%4") + c) != "error 0") == hexadecimal);
        const bool ascii = c >= '0' && c <= '7';   // above, the byte alone is no UTF-8
        CHECK((decoded(std::string("%") + c + "1") != "error 0") == ascii);
    }
}

TEST_CASE("plus is a space, and an escaped plus is not [whatwg-form-parse-plus]") {
    CHECK(decoded("a%2Bb+c") == "a+b c");
    CHECK(decoded("+++") == "   ");
    CHECK(decoded("%2b") == "+");
}

TEST_CASE("decoding in place, and what it writes is what it measures") {
    for (const std::string_view text : {"", "abc", "a+b%20c", "%41%42%43", "%C2%A3=%E2%82%AC", "a%2", "%zz", "%"}) {
        CAPTURE(text);
        std::string memory(text);
        const auto size = form_decode(memory, memory.data());
        if (size) {
            CHECK(memory.substr(0, *size) == decoded(text));
            CHECK(oauthpp::detail::form_decoded_size(text) == *size);
        } else {
            CHECK(oauthpp::detail::form_decoded_size(text) <= text.size());
        }
    }
}

TEST_CASE("a form is split at & and at the first =, and empty pairs are passed over [whatwg-form-parse-split]") {
    CHECK(split("a=b&c=d") == pairs{{"a", "b"}, {"c", "d"}});
    CHECK(split("&&a=b=c&d&=e") == pairs{{"a", "b=c"}, {"d", ""}, {"", "e"}});
    CHECK(split("a=1;b=2") == pairs{{"a", "1;b=2"}});
    CHECK(split("") == pairs{});
    CHECK(split("&") == pairs{});
    CHECK(split("&&&") == pairs{});
    CHECK(split("a&") == pairs{{"a", ""}});
    CHECK(split("a=") == pairs{{"a", ""}});
    CHECK(split("=") == pairs{{"", ""}});
    CHECK(split("a==") == pairs{{"a", "="}});
}

TEST_CASE("a form is split before it is decoded, so a value cannot become parameters") {
    CHECK(split("state=a%26code%3Devil&code=good") == pairs{{"state", "a%26code%3Devil"}, {"code", "good"}});
    CHECK(split("a%3Db=c") == pairs{{"a%3Db", "c"}});
    CHECK(decoded("a%26code%3Devil") == "a&code=evil");
}

TEST_CASE("a reader at the end stays there") {
    form_reader reader("a=b");
    CHECK(reader.name() == "");
    CHECK(reader.next());
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
}

TEST_CASE("a name is compared decoded, whole and in its case") {
    CHECK(names("code=x", "code"));
    CHECK(names("c%6Fde=x", "code"));
    CHECK(names("%63%6f%64%65=x", "code"));
    CHECK(names("a+b=x", "a b"));
    CHECK(names("a%2Bb=x", "a+b"));
    CHECK(names("code", "code"));
    CHECK(names("=x", ""));
    CHECK_FALSE(names("code=x", "cod"));
    CHECK_FALSE(names("cod=x", "code"));
    CHECK_FALSE(names("Code=x", "code"));
    CHECK_FALSE(names("code%00=x", "code"));
    CHECK_FALSE(names("cod%6=x", "code"));
    CHECK_FALSE(names("%=x", "%"));
    CHECK_FALSE(names("%zz=x", std::string_view("\xFF")));   // a bad escape is no byte
}

TEST_CASE("a body is joined by & in order, without a pair that has no value") {
    std::array<char, 128> memory{};
    buffer_writer out{memory};
    out.append("before ");
    const std::size_t mark = out.size();
    oauthpp::detail::append_form_pair(out, mark, "scope", "");
    CHECK(out.size() == mark);
    oauthpp::detail::append_form_pair(out, mark, "grant_type", "authorization_code");
    oauthpp::detail::append_form_pair(out, mark, "scope", "");
    oauthpp::detail::append_form_pair(out, mark, "code", "a b~c&d%e f:g");
    CHECK(out.written_since(mark) == "grant_type=authorization_code&code=a+b%7Ec%26d%25e+f%3Ag");
    CHECK(split(out.written_since(mark)) ==
          pairs{{"grant_type", "authorization_code"}, {"code", "a+b%7Ec%26d%25e+f%3Ag"}});
    CHECK(decoded("a+b%7Ec%26d%25e+f%3Ag") == "a b~c&d%e f:g");
}

TEST_CASE("an owned parameter can be looked at as a borrowed one") {
    const oauthpp::parameter owned{"name", "value"};
    const oauthpp::parameter_view view = owned;
    CHECK(view.name == "name");
    CHECK(view.value.data() == owned.value.data());
}

}  // namespace form_test
