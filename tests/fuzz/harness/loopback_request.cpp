// SPDX-License-Identifier: MIT
//
// HTTP requests to the loopback listener: a request that is whole stays what it is when more bytes follow, and no
// shorter one is taken for whole with another target. The page shows no text as markup.
#include "../fuzz.hpp"

#include <oauthpp/adapter/loopback_http.hpp>

namespace fuzzing::loopback_request {

using oauthpp::detail::loopback_progress;

constexpr std::size_t max_size = 2048;

int fuzz(bytes input) {
    const exact received(text_of(input));
    const auto request = oauthpp::detail::read_loopback_request(received.text(), max_size);
    if (request.progress == loopback_progress::whole) {
        require(received.holds(request.method) && received.holds(request.target) && received.holds(request.body));
        require(request.target.starts_with('/') && oauthpp::detail::is_printable(request.target));
        require(request.method.find(' ') == std::string_view::npos && request.body.size() <= max_size);
        const std::string longer = std::string(received.text()) + "more";
        const auto more = oauthpp::detail::read_loopback_request(longer, max_size);
        require(more.progress == loopback_progress::whole && more.target == request.target &&
                more.body == request.body);
    }
    if (request.progress == loopback_progress::more_to_come) require(received.text().size() < 2 * max_size);
    for (const std::size_t size : {received.text().size() / 2, received.text().size() - received.text().size() / 8}) {
        const auto earlier = oauthpp::detail::read_loopback_request(received.text().substr(0, size), max_size);
        if (earlier.progress == loopback_progress::whole) require(request.progress == loopback_progress::whole);
    }
    const std::string page = oauthpp::detail::loopback_page("200 OK", received.text());
    const std::string_view shown = std::string_view(page).substr(page.find("<p>") + 3);
    require(shown.find('<') == shown.find("</p>"));
    return 0;
}

const harness here("loopback_request", fuzz);

}  // namespace fuzzing::loopback_request
