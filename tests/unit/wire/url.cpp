// SPDX-License-Identifier: MIT
//
// URLs by the grammar and the examples of RFC 3986, hosts that pretend to be somebody else, and what may be an
// endpoint or a redirect URI.
#include <oauthpp/wire/url.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace url_test {
namespace {

using oauthpp::errc, oauthpp::is_loopback, oauthpp::parse_url, oauthpp::url_view;
using oauthpp::detail::check_endpoint, oauthpp::detail::check_redirect_uri, oauthpp::detail::failure;

/// The parts of a URL, or none of them.
url_view parts(std::string_view text) {
    const auto url = parse_url(text);
    CAPTURE(text);
    CHECK(url);
    return url ? *url : url_view();
}

/// Puts the parts together again (RFC 3986 5.3).
std::string recomposed(const url_view& url) {
    std::string text = std::string(url.scheme) + ":";
    if (url.has_authority) text.append("//").append(url.host);
    if (!url.port.empty()) text.append(":").append(url.port);
    text.append(url.path);
    if (url.has_query) text.append("?").append(url.query);
    if (url.has_fragment) text.append("#").append(url.fragment);
    return text;
}

/// Where the error is; `npos` if there is none.
std::size_t error_at(std::string_view text) {
    const auto url = parse_url(text);
    if (url) return std::string_view::npos;
    return url.error().reason == errc::invalid_url ? url.error().offset : 9999;
}

bool refused(std::string_view text) { return error_at(text) != std::string_view::npos; }

bool loopback(std::string_view host) {
    const std::string text = std::string("http://").append(host) + ":8080/cb";
    const auto url = parse_url(text);
    return url && is_loopback(*url);
}

errc endpoint(std::string_view text) {
    failure wrong;
    if (!check_endpoint(text, "token_endpoint", wrong)) CHECK(wrong.field == "token_endpoint");
    return wrong.reason;
}

errc redirect(std::string_view text) {
    failure wrong;
    if (!check_redirect_uri(text, wrong)) CHECK(wrong.field == "redirect_uri");
    return wrong.reason;
}

}  // namespace

TEST_CASE("the parts of the example of RFC 3986 3") {
    const url_view url = parts("foo://example.com:8042/over/there?name=ferret#nose");
    CHECK(url.scheme == "foo");
    CHECK(url.host == "example.com");
    CHECK(url.port == "8042");
    CHECK(url.path == "/over/there");
    CHECK(url.query == "name=ferret");
    CHECK(url.fragment == "nose");
    CHECK(url.before_query == "foo://example.com:8042/over/there");
    CHECK(url.has_authority);
    CHECK(url.has_query);
    CHECK(url.has_fragment);

    const url_view urn = parts("urn:example:animal:ferret:nose");
    CHECK(urn.scheme == "urn");
    CHECK(urn.path == "example:animal:ferret:nose");
    CHECK(urn.host == "");
    CHECK_FALSE(urn.has_authority);
    CHECK_FALSE(urn.has_query);
    CHECK_FALSE(urn.has_fragment);
}

TEST_CASE("the examples of RFC 3986 1.1.2 and 5.4 come apart and together again") {
    for (const std::string_view text : {
             "ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt",
             "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:John.Doe@example.com",
             "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212", "telnet://192.0.2.16:80/",
             "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
             "g:h", "http://a/b/c/g", "http://g", "http://a/b/c/d;p?y", "http://a/b/c/d;p?q#s", "http://a/b/c/g?y#s",
             "http://a/b/c/g;x?y#s", "http://a/b/c/g..", "http://a/b/c/g;x=1/y", "http://a/b/c/g?y/../x",
             "http://a/b/c/g#s/../x", "http://a/./g", "http://a/../g", "http:g"}) {
        CHECK(recomposed(parts(text)) == text);
    }
    CHECK(parts("ldap://[2001:db8::7]/c=GB?objectClass?one").query == "objectClass?one");
    CHECK(parts("mailto:John.Doe@example.com").path == "John.Doe@example.com");
}

TEST_CASE("references that need a base are refused") {
    for (const std::string_view text : {"", "g", "./g", "g/", "/g", "//g", "//g/h", "?y", "g?y", "#s", "g#s", ";x", ".",
                                        "..", "../g", "/cb", "//client.example/cb", "g?y:z", "g#s:t", "./a:b"}) {
        CAPTURE(text);
        CHECK(refused(text));
    }
}

TEST_CASE("a scheme is a letter, then letters, digits, plus, minus and period [rfc3986-3.1-scheme]") {
    CHECK(parts("HTTPS://as.example").scheme == "HTTPS");
    CHECK(parts("a+b-c.d9:x").scheme == "a+b-c.d9");
    CHECK(endpoint("HTTPS://as.example/token") == errc::none);
    CHECK(refused("1http:"));
    CHECK(refused("1http://a"));
    CHECK(refused("://a"));
    CHECK(refused(":"));
    CHECK(refused("+a:b"));
    CHECK(refused("a_b:c"));
    CHECK(refused("ht%74p://a"));
    CHECK(refused(" http://a"));
}

TEST_CASE("an authority is read without confusion [rfc3986-3.2-authority]") {
    const url_view ipv6 = parts("http://[::1]:61023/cb");
    CHECK(ipv6.host == "[::1]");
    CHECK(ipv6.port == "61023");
    CHECK(ipv6.path == "/cb");
    CHECK(parts("https://as.example").path == "");
    CHECK(parts("https://as.example?x").host == "as.example");
    CHECK(parts("https://as.example#x").host == "as.example");
    CHECK(parts("https://as.example:443?x").port == "443");
    CHECK(parts("http://example.com:/").port == "");
    CHECK(parts("http://a:0/").port == "0");
    CHECK(parts("http://a:65535/").port == "65535");
    CHECK(parts("file:///etc/hosts").host == "");
    CHECK(parts("http://a//b").path == "//b");
    CHECK(parts("http://192.0.2.16").host == "192.0.2.16");
    CHECK(parts("http://[::ffff:192.0.2.1]").host == "[::ffff:192.0.2.1]");
    CHECK(parts("http://ex%61mple.com/").host == "ex%61mple.com");

    for (const std::string_view text : {
             "https://as.example@evil.example/", "https://user:password@as.example/", "https://@as.example/",
             "https://as.example:443@evil.example/", "https://as.example%40evil.example:x/",
             "http://a:65536/", "http://a:99999999999999999999/", "http://a:8080x/", "http://a:-1/", "http://a:+1/",
             "http://a:1:2/", "http://a: 1/", "http://[::1/", "http://::1/", "http://[::1]x/", "http://[::1]]/",
             "http://[]/", "http://[::g]/", "http://[fe80::1%25eth0]/", "http://[v1.a]/", "http://a[::1]/",
             "http://a]/", "http://a[/", "http://as.example\\.evil.example/", "http://as.example\\@evil.example/"}) {
        CAPTURE(text);
        CHECK(refused(text));
    }
}

TEST_CASE("every part takes the characters that RFC 3986 gives it, and no other") {
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view sub_delims = "!$&'()*+,;=";
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool reg_name = (std::string(unreserved) + std::string(sub_delims)).find(c) != std::string::npos;
        const bool pchar = reg_name || c == ':' || c == '@';
        const auto accepted = [c](std::string_view before, std::string_view after) {
            return !refused(std::string(before) + c + std::string(after));
        };
        CAPTURE(byte);
        CHECK(accepted("http://a", "b/") == (reg_name || c == '/' || c == '?' || c == '#'));   // these end the host
        CHECK(accepted("http://a/b", "c") == (pchar || c == '/' || c == '?' || c == '#'));
        CHECK(accepted("http://a/b?c", "d") == (pchar || c == '/' || c == '?' || c == '#'));
        CHECK(accepted("http://a/b#c", "d") == (pchar || c == '/' || c == '?'));
        CHECK(accepted("a:b", "c") == (pchar || c == '/' || c == '?' || c == '#'));
    }
}

TEST_CASE("an error says at which byte") {
    CHECK(error_at("https://as.example/a b") == 20);
    CHECK(error_at("https://as.exam ple/") == 15);
    CHECK(error_at("https://as.example@evil.example/") == 18);
    CHECK(error_at("https://as.example/?a=[b]") == 22);
    CHECK(error_at("https://as.example/#a#b") == 21);
    CHECK(error_at("https://as.example/\xC3\xA9") == 19);
    CHECK(error_at("https://as.example/%4") == 19);
    CHECK(error_at("https://as.example/a%4g") == 20);
    CHECK(error_at("https://as.example/%") == 19);
    CHECK(error_at(std::string_view("https://as.example/%41", 21)) == 19);
    CHECK(error_at("https://as.example:x/") == 18);
    CHECK(error_at("https://[::1") == 8);
    CHECK(error_at("as.example") == 0);
}

TEST_CASE("an absolute URI has a scheme; a lone # is a fragment [rfc3986-4.3-absolute]") {
    CHECK_FALSE(parts("https:a").has_fragment);
    CHECK(refused("//a/b"));
    CHECK(refused("a"));
    const url_view url = parts("https://a/#");
    CHECK(url.has_fragment);
    CHECK(url.fragment == "");
    CHECK(endpoint("https://a/#") == errc::url_has_fragment);
    CHECK(redirect("https://a/#") == errc::url_has_fragment);
    CHECK(parts("https://a/?").has_query);
    CHECK(parts("https://a/?").query == "");
    CHECK_FALSE(parts("https://a/#?x").has_query);
    CHECK(parts("https://a/#?x").fragment == "?x");
}

TEST_CASE("nothing is normalised, so what differs stays different [rfc3986-6.2.1-simple]") {
    for (const std::string_view text :
         {"https://a.example", "https://a.example/", "https://A.example", "https://a.example:443", "https://a.example:",
          "HTTP://www.EXAMPLE.com/", "http://a/b/../c", "http://a/%7Euser", "http://a/%7euser", "http://a/~user"}) {
        const url_view url = parts(text);
        CHECK(url.before_query == text);
        CHECK(url.before_query.data() == text.data());
    }
    CHECK(parts("https://A.example").host != parts("https://a.example").host);
    CHECK(parts("https://a.example").path != parts("https://a.example/").path);
}

TEST_CASE("this machine: 127.0.0.0/8, the one spelling of ::1, and the name localhost") {
    CHECK(loopback("127.0.0.1"));
    CHECK(loopback("127.255.255.255"));
    CHECK(loopback("127.0.0.0"));
    CHECK(loopback("127.1.2.3"));
    CHECK(loopback("[::1]"));
    CHECK(loopback("localhost"));
    CHECK(loopback("LOCALHOST"));
    CHECK(loopback("LocalHost"));
}

TEST_CASE("hosts that only look like this machine, or that a resolver may read in another way") {
    for (const std::string_view host : {
             "127.1", "127", "2130706433", "0x7f.0.0.1", "0x7f000001", "0177.0.0.1", "127.0.0.01", "127.00.0.1",
             "127.0.0.1.", "127.0.0.1.5", "127.0.0", "127..0.1", ".127.0.0.1", "127.0.0.256", "127.0.0.1000",
             "128.0.0.1", "126.255.255.255", "1270.0.0.1", "12.7.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254",
             "127.0.0.1.evil.com", "127.0.0.1.nip.io", "127.0.0.l", "127.0.0.-1", "%31%32%37.0.0.1", "127%2E0.0.1",
             "localhost.", "localhost.evil.com", "localhost.localdomain", "evil-localhost", "xlocalhost", "localhos",
             "localhost1", "%6Cocalhost", "[::]", "[::2]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]",
             "[fe80::1]", "[::1:1]", ""}) {
        CAPTURE(host);
        CHECK_FALSE(loopback(host));
    }
    CHECK_FALSE(loopback("localhost@evil.com"));
    CHECK_FALSE(loopback("evil.com#localhost"));
    CHECK_FALSE(loopback("evil.com?localhost"));
    CHECK_FALSE(loopback("evil.com/localhost"));
    CHECK_FALSE(loopback("evil.com\\localhost"));
}

TEST_CASE("an endpoint is https, or http on this machine [oauth21-1.5-https]") {
    CHECK(endpoint("https://as.example/token") == errc::none);
    CHECK(endpoint("https://as.example:8443/token?tenant=42") == errc::none);
    CHECK(endpoint("http://127.0.0.1:8080/token") == errc::none);
    CHECK(endpoint("http://localhost/token") == errc::none);
    CHECK(endpoint("http://[::1]/token") == errc::none);
    CHECK(endpoint("http://as.example/token") == errc::insecure_url);
    CHECK(endpoint("HTTP://as.example/token") == errc::insecure_url);
    CHECK(endpoint("http://localhost.evil.com/token") == errc::insecure_url);
    CHECK(endpoint("http://127.1/token") == errc::insecure_url);
    CHECK(endpoint("ftp://as.example/token") == errc::insecure_url);
    CHECK(endpoint("com.example.app:/token") == errc::insecure_url);
    CHECK(endpoint("ftp://localhost/token") == errc::insecure_url);
    CHECK(redirect("http://client.example.com/cb") == errc::insecure_url);
    CHECK(redirect("http://127.0.0.1/cb") == errc::none);
    CHECK(redirect("http://[::1]/cb") == errc::none);
}

TEST_CASE("an endpoint has a host and no fragment [rfc6749-3.1-no-fragment]") {
    CHECK(endpoint("https://as.example/authorize#x") == errc::url_has_fragment);
    CHECK(endpoint("https://as.example/authorize#") == errc::url_has_fragment);
    CHECK(endpoint("") == errc::missing_value);
    CHECK(endpoint("https:///token") == errc::invalid_url);
    CHECK(endpoint("https:token") == errc::invalid_url);
    CHECK(endpoint("https://as.example@evil.example/token") == errc::invalid_url);
    CHECK(endpoint("as.example/token") == errc::invalid_url);
    failure wrong;
    CHECK_FALSE(check_endpoint("https://as.example/a b", "issuer", wrong));
    CHECK(wrong.offset == 20);
    CHECK(wrong.field == "issuer");
}

TEST_CASE("a redirect URI is absolute [rfc6749-3.1.2-redirect-absolute]") {
    CHECK(redirect("/cb") == errc::invalid_url);
    CHECK(redirect("//client.example/cb") == errc::invalid_url);
    CHECK(redirect("cb") == errc::invalid_url);
    CHECK(redirect("") == errc::invalid_url);
    CHECK(redirect("https:///cb") == errc::invalid_url);
    CHECK(redirect("https:cb") == errc::invalid_url);
    CHECK(redirect("https://client.example.com/cb") == errc::none);
    CHECK(redirect("com.example.app:/cb") == errc::none);
}

TEST_CASE("a redirect URI has no fragment [rfc6749-3.1.2-redirect-no-fragment]") {
    CHECK(redirect("https://client.example.com/cb#frag") == errc::url_has_fragment);
    CHECK(redirect("https://client.example.com/cb#") == errc::url_has_fragment);
    CHECK(redirect("com.example.app:/cb#x") == errc::url_has_fragment);
    CHECK(redirect("https://client.example.com/cb?a=b") == errc::none);
}

TEST_CASE("the scheme of an application is a reversed domain name") {
    CHECK(redirect("com.example.app:/oauth2redirect/example-provider") == errc::none);
    CHECK(redirect("myapp:/cb") == errc::invalid_value);
    CHECK(redirect("myapp://cb") == errc::invalid_value);
    CHECK(redirect("javascript:alert(1)") == errc::invalid_value);
    CHECK(redirect("data:text/html,x") == errc::invalid_value);
    CHECK(redirect("file:///tmp/x") == errc::invalid_value);
}

TEST_CASE("a redirect URI on this machine keeps its port [rfc8252-7.3-loopback]") {
    for (const std::string_view text :
         {"http://127.0.0.1:51004/oauth2redirect/example-provider", "http://[::1]:61023/oauth2redirect/example-provider",
          "http://localhost:8080"}) {
        CHECK(redirect(text) == errc::none);
        CHECK(recomposed(parts(text)) == text);
    }
    CHECK(parts("http://127.0.0.1:51004/oauth2redirect/example-provider").port == "51004");
}

TEST_CASE("IPv6 literals have both brackets and something between, and escapes two digits") {
    const auto parses = [](std::string_view url) { return static_cast<bool>(oauthpp::parse_url(url)); };
    CHECK(parses("https://[::]/"));
    CHECK(parses("https://[1::1]:8443/"));
    CHECK(parses("https://[::ffff:1.2.3.4]/"));
    for (const char* bad : {"https://[:]", "https://[]", "https://[", "https://[::1", "https://[::g]/", "https://::1]/", "https://a[::1]/"}) {
        CAPTURE(bad);
        CHECK(!parses(bad));
    }
    CHECK(parses("https://a/%41%fF"));
    for (const char* bad : {"https://a/%", "https://a/%4", "https://a/%g1", "https://a/%1g", "https://a/%/1"}) CHECK(!parses(bad));
}

}  // namespace url_test
