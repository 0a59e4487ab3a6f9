// SPDX-License-Identifier: MIT
//
// Runs every transcript beside this file, and runs it again with each message cut at each byte.
#include <transcripts/exchange.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace transcripts {
namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::string names_of(const o::tolerances& found) {
    constexpr std::pair<o::tolerance, std::string_view> names[] = {
        {o::tolerance::expires_in_unusable, "expires_in is unusable"},
        {o::tolerance::number_as_string, "a number as a string"},
        {o::tolerance::content_type_missing, "no content type"},
        {o::tolerance::byte_order_mark, "a byte order mark"},
        {o::tolerance::unusual_status, "an unusual status"},
        {o::tolerance::token_type_supplied, "no token type"},
        {o::tolerance::text_plain, "text/plain"},
    };
    std::string text;
    for (const auto& [one, name] : names) {
        if (found.has(one)) text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

std::string action_of(o::resend again) {
    return again == o::resend::safe ? "safe" : again == o::resend::unsafe ? "unsafe" : "pointless";
}

std::string shown(const o::error& failed, std::string_view name) {
    if (name == "refused") return std::string(o::message(failed.reason()));
    if (name == "where") return std::string(failed.field());
    if (name == "who acts") return std::string(o::message(failed.action()));
    if (name == "sending again") return action_of(failed.again());
    if (name == "server's error") return std::string(failed.server_error());
    if (name == "server's description") return std::string(failed.server_description());
    if (name == "suberror") return std::string(failed.suberror());
    if (name == "claims to ask for") return std::string(failed.claims());
    if (name == "come back at") {
        const auto at = o::retry_at(failed);
        return at ? number(at->count) : "not said";
    }
    return "?";
}

std::string shown(const o::tokens& got, std::string_view name) {
    if (name == "access token") return std::string(got.access_token.reveal());
    if (name == "token type") return got.token_type;
    if (name == "expires at") return got.expires_at ? number(got.expires_at->count) : "not said";
    if (name == "refresh at") return got.refresh_at ? number(got.refresh_at->count) : "not said";
    if (name == "refresh token") return got.refresh_token.empty() ? "none" : std::string(got.refresh_token.reveal());
    if (name == "refresh token rotated") return got.refresh_token_rotated ? "yes" : "no";
    if (name == "scope") return got.scope;
    if (name == "missing scope") return got.missing_scope;
    if (name == "extra scope") return got.extra_scope;
    if (name == "tolerated") return names_of(got.tolerated);
    if (name == "subject") return got.identity ? got.identity->sub : "not known";
    if (name == "issuer") return got.identity ? got.identity->iss : "not known";
    if (name == "signature") return got.identity && got.identity->signature_verified ? "verified" : "not verified";
    for (const auto& [extra, value] : got.extra) {
        if (name == "extra " + extra) return value;
    }
    return "?";
}

std::string yes_or_no(o::support said) {
    return said == o::support::yes ? "yes" : said == o::support::no ? "no" : "not said";
}

std::string shown(const o::server_metadata& got, std::string_view name) {
    if (name == "issuer") return got.issuer;
    if (name == "token endpoint") return got.token_endpoint;
    if (name == "authorization endpoint") return got.authorization_endpoint;
    if (name == "S256") return yes_or_no(got.code_challenge_method_s256_supported);
    if (name == "iss in callbacks") return yes_or_no(got.authorization_response_iss_parameter_supported);
    if (name == "authentication methods") return got.token_endpoint_auth_methods_supported;
    return "?";
}

std::string shown(const o::user_info& got, std::string_view name) {
    if (name == "subject") return got.sub;
    if (name == "name") return got.name;
    if (name == "email") return got.email;
    if (name == "email verified") return !got.email_verified ? "not said" : *got.email_verified ? "yes" : "no";
    return "?";
}

bool succeeded(const outcome& of) {
    return std::visit([](const auto& result) { return static_cast<bool>(result); }, of);
}

/// A secret that only this run knows, checked against what the browser was told and put back as its name.
std::string with_names(std::string body, const std::string& url) {
    const std::string verifier = oauthpp_test::only(oauthpp_test::pairs_of(body), "code_verifier");
    if (verifier.empty()) return body;
    const auto made = o::make_code_challenge(verifier);
    const std::string challenge = made ? std::string(made->data(), made->size()) : "none";
    CHECK(challenge == oauthpp_test::only(oauthpp_test::pairs_of_url(url), "code_challenge"));
    return replaced(body, verifier, "{code_verifier}");
}

/// What was sent, as a block `request` shows it.
std::string shown(const o::http_request& sent, const std::string& url) {
    std::string text = std::string(sent.method) + ' ' + sent.url;
    for (const auto& [name, value] : o::http_request_view(sent).headers()) {
        if (!value.empty()) text += '\n' + std::string(name) + ": " + std::string(value);
    }
    if (!sent.body.empty()) text += "\n\n" + with_names(std::string(sent.body.reveal()), url);
    return text;
}

std::string shown(const run_of& was, std::string_view name) {
    if (name == "requests sent") return std::to_string(was.sent.size());
    const auto from = [&](const auto& result) { return result ? shown(*result, name) : shown(result.error(), name); };
    const std::string text = std::visit(from, was.result);
    return text.empty() ? "nothing" : text;
}

void compare(const transcript& of, const run_of& was) {
    const auto expected = fields_of(of.only("outcome"));
    CHECK_MESSAGE(!expected.empty(), "no outcome");
    bool refused = false;
    for (const field& each : expected) {
        INFO(each.first);
        refused = refused || each.first == "refused";
        CHECK(shown(was, each.first) == each.second);
    }
    CHECK_MESSAGE(succeeded(was.result) == !refused, "the outcome says otherwise");
    const auto requests = of.all("request");
    CHECK(requests.size() <= was.sent.size());
    for (std::size_t i = 0; i < requests.size() && i < was.sent.size(); ++i) {
        CHECK(shown(was.sent[i], was.url) == replaced(requests[i], "\n&", "&"));
    }
}

/// How many cuts there were. A callback without its state does nothing, and half an answer is none: what is left of one
/// may be an error, never tokens.
std::size_t cut_everywhere(const exchange& whole) {
    const auto as_it_is = std::identity{};
    std::string callback;
    std::size_t longest = 0;
    whole.run([&](const std::string& text) { return callback = text; },
              [&](std::string text) {
                  longest = std::max(longest, text.size());
                  return text;
              });
    for (std::size_t size = 0; size < longest; ++size) {
        bool is_half = false;
        const auto was = whole.run(as_it_is, [&](const std::string& text) {
            const std::string part = text.substr(0, size);
            const std::size_t end = text.find_last_not_of(" \r\n\t");
            const bool may_be_whole = part.ends_with('}');   // as when two came
            is_half = is_half || (end != std::string::npos && end >= size && !may_be_whole);
            return part;
        });
        CHECK_MESSAGE(!(is_half && succeeded(was.result)), "an answer of ", size, " bytes is taken for a whole one");
    }
    for (std::size_t size = 0; size < callback.size(); ++size) {
        const auto was = whole.run([&](const std::string& text) { return text.substr(0, size); });
        const std::string state = oauthpp_test::only(oauthpp_test::pairs_of_url(was.url), "state");
        const bool does_nothing = was.sent.empty() && !succeeded(was.result);
        CHECK_MESSAGE((does_nothing || callback.substr(0, size).find(state) != std::string::npos),
                      "a callback of ", size, " bytes without its state");
    }
    return longest + callback.size();
}

/// Every transcript of every file beside this one.
std::vector<transcript> all_transcripts() {
    std::vector<transcript> found;
    for (const auto& entry : std::filesystem::directory_iterator(TRANSCRIPTS)) {
        if (entry.path().extension() != ".md" || entry.path().filename() == "README.md") continue;
        for (transcript& each : read_file(entry.path())) found.push_back(std::move(each));
    }
    return found;
}

TEST_CASE("every transcript ends as it says") {
    const auto transcripts = all_transcripts();
    CHECK(transcripts.size() >= 300);
    for (const transcript& each : transcripts) {
        INFO(each.place);
        compare(each, exchange(each).run());
    }
}

TEST_CASE("no message of a transcript counts when it is cut") {
    const auto transcripts = all_transcripts();
    std::size_t cuts = 0;
    for (const transcript& each : transcripts) {
        INFO(each.place);
        cuts += cut_everywhere(exchange(each));
    }
    std::printf("transcripts: %zu exchanges, %zu cuts\n", transcripts.size(), cuts);
}

}  // namespace
}  // namespace transcripts
