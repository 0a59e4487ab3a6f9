// SPDX-License-Identifier: MIT
//
// An error keeps what was said of it, by itself: the bytes that were parsed may be gone.
#include <oauthpp/base/error.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace error_test {
namespace {

using oauthpp::errc, oauthpp::error, oauthpp::error_view, oauthpp::remedy, oauthpp::resend;

/// An error with something in every member, whose texts lie in `memory`.
error_view everything(const std::string& memory) {
    std::string_view rest = memory;
    const auto word = [&rest] {
        const auto end = rest.find(' ');
        const std::string_view first(rest.data(), end == std::string_view::npos ? rest.size() : end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return first;
    };
    error_view what(errc::server_refused, "grant_type", 12);
    what.known_action = remedy::ask_administrator;
    what.again = resend::unsafe;
    what.http_status = 400;
    what.transport_code = -7;
    what.needed = 99;
    what.received_at = {1'700'000'000};
    what.server_error = word();
    what.server_description = word();
    what.server_uri = word();
    what.suberror = word();
    what.claims = word();
    what.error_codes = word();
    what.trace_id = word();
    what.correlation_id = word();
    what.timestamp = word();
    what.retry_after = word();
    what.transport_text = word();
    return what;
}

const std::string words =
    "invalid_grant AADSTS70008 https://login.example/error basic_action {\"access_token\":{}} [70008] trace-1 "
    "correlation-2 2024-01-01 120 reset-by-peer";

void check_everything(const error& kept) {
    CHECK(kept.reason() == errc::server_refused);
    CHECK(kept.action() == remedy::ask_administrator);
    CHECK(kept.again() == resend::unsafe);
    CHECK(kept.http_status() == 400);
    CHECK(kept.transport_code() == -7);
    CHECK(kept.field() == "grant_type");
    CHECK(kept.offset() == 12);
    CHECK(kept.needed() == 99);
    CHECK(kept.received_at().count == 1'700'000'000);
    CHECK(kept.server_error() == "invalid_grant");
    CHECK(kept.server_description() == "AADSTS70008");
    CHECK(kept.server_uri() == "https://login.example/error");
    CHECK(kept.suberror() == "basic_action");
    CHECK(kept.claims() == "{\"access_token\":{}}");
    CHECK(kept.error_codes() == "[70008]");
    CHECK(kept.trace_id() == "trace-1");
    CHECK(kept.correlation_id() == "correlation-2");
    CHECK(kept.timestamp() == "2024-01-01");
    CHECK(kept.retry_after() == "120");
    CHECK(kept.transport_text() == "reset-by-peer");
}

}  // namespace

TEST_CASE("an error without words has the usual remedy and empty texts") {
    const error_view view(errc::invalid_url, "redirect_uri", 5);
    CHECK(view.action() == remedy::fix_configuration);
    CHECK(view.field == "redirect_uri");
    CHECK(view.offset == 5);
    CHECK(error_view().reason == errc::none);
    CHECK(error_view().action() == remedy::none);

    const error kept = errc::timed_out;
    CHECK(kept.reason() == errc::timed_out);
    CHECK(kept.action() == remedy::retry_later);
    CHECK(kept.again() == resend::pointless);
    CHECK(kept.http_status() == 0);
    CHECK(kept.server_error() == "");
    CHECK(kept.transport_text() == "");
}

TEST_CASE("a check's failure becomes an error with its field and byte") {
    const oauthpp::detail::failure why{errc::invalid_value, "scope", 3};
    CHECK(why.failed());
    CHECK_FALSE(oauthpp::detail::failure().failed());
    const error_view view = why;
    CHECK(view.reason == errc::invalid_value);
    CHECK(view.field == "scope");
    CHECK(view.offset == 3);
}

TEST_CASE("who must act follows from the reason, the server's error and the status, unless somebody knows better") {
    const auto action = [](errc reason, int status, std::string_view server_error = {},
                           std::string_view suberror = {}) {
        error_view what(reason);
        what.http_status = static_cast<std::uint16_t>(status);
        what.server_error = server_error;
        what.suberror = suberror;
        CHECK(error(what).action() == what.action());
        what.known_action = remedy::report_bug;
        CHECK(what.action() == remedy::report_bug);
        what.known_action = remedy::none;
        return what.action();
    };
    CHECK(action(errc::server_refused, 400, "invalid_grant") == remedy::sign_in_again);
    CHECK(action(errc::server_refused, 400, "invalid_grant", "protection_policy_required") ==
          remedy::ask_administrator);
    CHECK(action(errc::server_refused, 401, "invalid_client") == remedy::fix_configuration);
    CHECK(action(errc::server_refused, 0, "temporarily_unavailable") == remedy::retry_later);
    CHECK(action(errc::malformed_json, 200) == remedy::report_bug);
    CHECK(action(errc::unexpected_media_type, 503) == remedy::retry_later);
    CHECK(action(errc::unexpected_status, 404) == remedy::fix_configuration);
    CHECK(action(errc::redirected, 302) == remedy::fix_configuration);
    CHECK(action(errc::throttled, 429) == remedy::retry_later);
    CHECK(action(errc::timed_out, 0) == remedy::retry_later);
}

TEST_CASE("an error keeps every word after the bytes that it was made from are gone") {
    std::string memory = words;
    const error kept = everything(memory);
    memory.assign(memory.size(), '#');
    check_everything(kept);
}

TEST_CASE("an error is self-contained after copies, moves and assignments") {
    const error original = everything(words);
    error copy = original;
    check_everything(copy);
    error moved = std::move(copy);
    check_everything(moved);
    error assigned = errc::none;
    assigned = moved;
    check_everything(assigned);
    error last = everything("a b");
    last = std::move(moved);
    check_everything(last);
    check_everything(original);
}

TEST_CASE("an error that was moved from says nothing, but can be asked") {
    for (const std::string& text : {std::string("short"), words}) {
        error source = everything(text);
        const error target = std::move(source);
        CHECK(target.server_error() == everything(text).server_error);
        const error_view rest = source.view();
        CHECK(rest.server_error == "");
        CHECK(rest.transport_text == "");
    }
}

TEST_CASE("an error and its view are the same in both directions") {
    const error original = everything(words);
    const error_view view = original.view();
    check_everything(error(view));
    const error_view converted = original;
    check_everything(error(converted));
    CHECK(view.server_error.data() == original.server_error().data());   // a look, no copy
}

TEST_CASE("empty texts between others stay empty") {
    error_view view(errc::server_refused);
    view.server_error = "invalid_client";
    view.timestamp = "now";
    const error kept = view;
    CHECK(kept.server_error() == "invalid_client");
    CHECK(kept.server_description() == "");
    CHECK(kept.suberror() == "");
    CHECK(kept.timestamp() == "now");
    CHECK(kept.transport_text() == "");
}

}  // namespace error_test
