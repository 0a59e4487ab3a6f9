// SPDX-License-Identifier: MIT
//
// URLs from metadata and callbacks. Against the splitting that RFC 3986 appendix B gives as a regular expression, and
// put together again by 5.3.
#include "../fuzz.hpp"

namespace fuzzing::url {

struct parts {
    std::string_view scheme, authority, path, query, fragment;
    bool has_authority, has_query, has_fragment;
};

/// ^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?
parts appendix_b(std::string_view text) {
    const auto take_until = [&](std::string_view ends) {
        const std::string_view part = text.substr(0, text.find_first_of(ends));
        text.remove_prefix(part.size());
        return part;
    };
    const auto skip = [&](std::string_view mark) {
        const bool there = text.starts_with(mark);
        if (there) text.remove_prefix(mark.size());
        return there;
    };
    parts split{};
    split.scheme = take_until(":/?#");
    skip(":");
    split.has_authority = skip("//");
    if (split.has_authority) split.authority = take_until("/?#");
    split.path = take_until("?#");
    split.has_query = skip("?");
    if (split.has_query) split.query = take_until("#");
    split.has_fragment = skip("#");
    split.fragment = text;
    return split;
}

void check_split(std::string_view text, const oauthpp::url_view& url) {
    const parts expected = appendix_b(text);
    require(url.scheme == expected.scheme && url.path == expected.path);
    require(url.has_authority == expected.has_authority);
    require(url.has_query == expected.has_query && url.query == expected.query);
    require(url.has_fragment == expected.has_fragment && url.fragment == expected.fragment);
    std::string authority(url.host);
    if (expected.authority.size() > url.host.size()) {
        authority.append(":").append(url.port);   // `host:` has an empty port
    }
    require(authority == expected.authority);
}

int fuzz(bytes input) {
    const exact text(text_of(input));
    const auto url = oauthpp::parse_url(text.text());
    const bool endpoint = is_endpoint(text.text());
    oauthpp::detail::failure wrong;
    const bool redirect_uri = oauthpp::detail::check_redirect_uri(text.text(), wrong);
    require(redirect_uri != wrong.failed());
    if (!url) {
        require(url.error().reason == oauthpp::errc::invalid_url && url.error().offset <= input.size());
        require(!endpoint && !redirect_uri);
        return 0;
    }
    for (const std::string_view part :
         {url->scheme, url->host, url->port, url->path, url->query, url->fragment, url->before_query}) {
        require(text.holds(part));
        require(oauthpp::detail::is_printable(part) && part.find(' ') == std::string_view::npos);
    }
    require(url->host.find('@') == std::string_view::npos);
    check_split(text.text(), *url);
    if (endpoint) {
        require(oauthpp::detail::equal_ignoring_case(url->scheme, "https") || oauthpp::is_loopback(*url));
        require(!url->host.empty() && !url->has_fragment && redirect_uri);
    }
    return 0;
}

const harness here("url", fuzz);

}  // namespace fuzzing::url
