// SPDX-License-Identifier: MIT
//
// The last message of the grant: what the token endpoint answers, tokens or an error (RFC 6749 5.1, 5.2).
//
//   auto tokens = oauthpp::parse_token_response({.status = 200, .content_type = "application/json", .body = bytes});
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/detail/ascii.hpp>
#include <oauthpp/detail/wipe.hpp>
#include <oauthpp/protocol/quirks.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/http_message.hpp>
#include <oauthpp/wire/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oauthpp::inline v0 {

/// Spec: RFC 6749 5.1, OpenID Connect Core 3.1.3.3, and what Microsoft adds.
template <class Storage>
struct basic_token_response {
    typename Storage::secret access_token{};
    typename Storage::text token_type{};         ///< `Bearer`, in the server's spelling
    std::optional<seconds> expires_in{};         ///< 0: expired now. Absent: not known, neither for ever nor never
    typename Storage::secret refresh_token{};    ///< empty: the one that you have stays good
    typename Storage::text scope{};              ///< empty: as requested
    typename Storage::secret id_token{};         ///< a JWT, unverified
    std::optional<seconds> ext_expires_in{};     ///< Microsoft: usable that long while the server is down
    std::optional<seconds> refresh_in{};         ///< Microsoft: better renewed after that long
    std::optional<unix_time> expires_on{};       ///< Microsoft v1: a moment, by the server's clock
    std::optional<unix_time> not_before{};
    typename Storage::template list<basic_parameter<Storage>, parameter_view> extra{};   ///< strings, or JSON as it came
    tolerances tolerated{};
};
using token_response = basic_token_response<owned>;
using token_response_view = basic_token_response<borrowed>;

/// A response in memory that may be rewritten.
struct received_response {
    int status{};
    std::string_view content_type{};
    std::string_view retry_after{};
    std::span<char> body{};
};

/// Security: a body without `access_token` or `token_type` is no success whatever its status, and a body with `error`
///   is none either; a redirect is not followed.
/// Errors: redirected, throttled (ask `retry_at`), empty_body, unexpected_media_type, malformed_json and its
///   relatives with the offset, server_refused with the server's words, unexpected_status, missing_member,
///   invalid_member (of `error` too, with what it holds as the server's words), unsupported_token_type. Each carries
///   the HTTP status and who must act.
inline result<token_response> parse_token_response(const http_response_view& response, const quirks& known = {});

/// The same without a heap, and with room for 28 members. As many further ones as fit are put into `extra`.
///
/// Lifetime: `received` is rewritten, and the views point into it. After a failure only the error's texts are of use.
constexpr result<token_response_view, error_view> parse_token_response_in_place(
    const received_response& received, const quirks& known = {}, std::span<parameter_view> extra = {});

constexpr result<token_response_view, error_view> parse_token_response_in_place(int status, std::span<char> received,
                                                                                const quirks& known = {}) {
    return parse_token_response_in_place({.status = status, .body = received}, known);
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

enum class token_member : std::uint8_t {
    access_token, token_type, expires_in, refresh_token, scope, id_token, ext_expires_in, refresh_in, expires_on, not_before,
    error, error_description, error_uri, error_codes, suberror, claims, trace_id, correlation_id, timestamp, count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(token_member::count)> token_member_names{
    "access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token", "ext_expires_in", "refresh_in",
    "expires_on", "not_before", "error", "error_description", "error_uri", "error_codes", "suberror", "claims", "trace_id",
    "correlation_id", "timestamp"};

enum class media : std::uint8_t { json, missing, text, other };

constexpr media media_of(std::string_view content_type) noexcept {
    const std::string_view type = trimmed(between(content_type, 0, index_of(content_type, ';')));
    if (type.empty()) return media::missing;
    constexpr std::string_view suffix = "+json";                                                // RFC 6839 3.1
    const bool json_suffix = type.size() > suffix.size() && equal_ignoring_case(from(type, type.size() - suffix.size()), suffix);
    if (json_suffix || equal_ignoring_case(type, "application/json")) return media::json;
    return equal_ignoring_case(type, "text/plain") ? media::text : media::other;
}

/// A value as it stands in the text. Behind a quote it is a string, since the reader hands those out without theirs.
constexpr bool is_string(std::string_view value) noexcept { return value.data()[-1] == '"'; }

/// Undoes escapes where they stand. The caller owns the memory and lent it for that; only after the whole text is read.
constexpr std::string_view unescaped(std::string_view value) noexcept {
    if (!is_string(value) || index_of(value, '\\') == value.size()) return value;
    char* memory = const_cast<char*>(value.data());
    return {memory, json_unescape(value, memory)};
}

class token_members {
 public:
    template <class Extra>
    constexpr bool read(std::string_view body, std::span<std::uint16_t> room, tolerances& tolerated, Extra&& extra, failure& wrong) noexcept {
        json_object object(body, room);
        while (object.next()) {
            std::size_t i = 0;
            while (i < token_member_names.size() && !object.is(token_member_names[i])) ++i;
            if (i < token_member_names.size()) values_[i] = object.value().text;
            // Beside tokens, what may explain an error is just another member
            if (i > static_cast<std::size_t>(token_member::error)) extra(parameter_view{object.name().text, object.value().text});
        }
        if (object.had_byte_order_mark()) tolerated.add(tolerance::byte_order_mark);
        wrong = object.failure();
        return !wrong.failed();
    }

    /// Present and not null, which both mean that there is none.
    [[nodiscard]] constexpr bool has(token_member which) const noexcept {
        const std::string_view value = raw(which);
        return value.data() != nullptr && (!equal(value, "null") || is_string(value));
    }

    [[nodiscard]] constexpr bool has_text(token_member which) const noexcept { return has(which) && is_string(raw(which)); }

    /// A string; empty if absent. Another type sets `wrong`.
    constexpr std::string_view text(token_member which, failure& wrong) const noexcept {
        if (!has(which)) return {};
        if (!has_text(which)) wrong = {errc::invalid_member, token_member_names[static_cast<std::size_t>(which)].data()};
        return unescaped(raw(which));
    }

    /// Whatever is there, for errors, where servers put anything.
    [[nodiscard]] constexpr std::string_view words(token_member which) const noexcept {
        return has(which) ? unescaped(raw(which)) : std::string_view();
    }

    /// A whole number from 0 to `most`, also as a string. Another value counts as absent, and that is reported.
    template <class Time>
    constexpr void number(token_member which, std::int64_t most, std::optional<Time>& out, tolerances& tolerated) const noexcept {
        const std::int64_t count = number(which, most, tolerated);
        if (count >= 0) out = Time{count};
    }

 private:
    /// -1: absent.
    constexpr std::int64_t number(token_member which, std::int64_t most, tolerances& tolerated) const noexcept {
        const std::string_view value = raw(which);
        if (value.data() == nullptr) return -1;
        const auto number = json_integer(value);
        if (!number || *number < 0 || *number > most) {
            tolerated.add(tolerance::expires_in_unusable);
            return -1;
        }
        if (is_string(value)) tolerated.add(tolerance::number_as_string);
        return *number;
    }
    [[nodiscard]] constexpr std::string_view raw(token_member which) const noexcept { return values_[static_cast<std::size_t>(which)]; }

    std::array<std::string_view, token_member_names.size()> values_{};
};

constexpr bool is_success(int status) noexcept { return status >= 200 && status <= 299; }

/// Adds what the HTTP layer says.
constexpr void add_http(int status, std::string_view retry_after, error_view& wrong) noexcept {
    wrong.http_status = static_cast<std::uint16_t>(status > 0 && status <= 999 ? status : 0);
    wrong.retry_after = retry_after;
    if (status == 429 || (status == 503 && !retry_after.empty())) {
        wrong.reason = errc::throttled;
        wrong.field = "status";
        wrong.offset = 0;
        wrong.again = resend::safe;                                                             // RFC 6585 4: not processed
    } else if (status >= 500) {
        wrong.again = resend::unsafe;
    }
}

/// Whether there is a body that may be read as JSON.
constexpr bool check_media(int status, std::string_view content_type, bool has_body, const quirks& known, tolerances& tolerated,
                           failure& wrong) noexcept {
    if (status >= 300 && status <= 399) return wrong.set(errc::redirected, "status");   // RFC 9700 4.12
    if (!has_body) return wrong.set(is_success(status) ? errc::empty_body : errc::unexpected_status, "body");
    const media type = media_of(content_type);
    if (type == media::other || (type == media::text && !known.json_as_text_plain)) {
        return wrong.set(errc::unexpected_media_type, "Content-Type");
    }
    if (type == media::missing) tolerated.add(tolerance::content_type_missing);
    if (type == media::text) tolerated.add(tolerance::text_plain);
    return true;
}

inline constexpr struct {
    std::string_view error_view::*to;
    token_member from;
} refusal_words[] = {
    {&error_view::server_error, token_member::error},         {&error_view::server_description, token_member::error_description},
    {&error_view::server_uri, token_member::error_uri},       {&error_view::suberror, token_member::suberror},
    {&error_view::claims, token_member::claims},              {&error_view::error_codes, token_member::error_codes},
    {&error_view::trace_id, token_member::trace_id},          {&error_view::correlation_id, token_member::correlation_id},
    {&error_view::timestamp, token_member::timestamp},
};

/// RFC 6749 5.2, read under every status: some servers send it with 200, others with 500.
constexpr void add_refusal(const token_members& members, error_view& error) noexcept {
    for (const auto& [to, from] : refusal_words) error.*to = members.words(from);
}

constexpr bool check_tokens(const quirks& known, token_response_view& tokens, failure& wrong) noexcept {
    if (tokens.access_token.empty()) return wrong.set(errc::missing_member, "access_token");
    // RFC 6749 appendix A.12, A.17: anything else would break the header or the body that it goes into
    if (!is_printable(tokens.access_token.reveal())) return wrong.set(errc::invalid_member, "access_token");
    if (!is_printable(tokens.refresh_token.reveal())) return wrong.set(errc::invalid_member, "refresh_token");
    if (tokens.token_type.empty()) {
        if (!known.missing_token_type) return wrong.set(errc::missing_member, "token_type");
        tokens.token_type = "Bearer";
        tokens.tolerated.add(tolerance::token_type_supplied);
    }
    // RFC 6749 7.1
    return equal_ignoring_case(tokens.token_type, "Bearer") || wrong.set(errc::unsupported_token_type, "token_type");
}

constexpr bool read_tokens(const token_members& members, token_response_view& tokens, failure& wrong) noexcept {
    constexpr std::int64_t longest = 2'147'483'647;           // seconds: 68 years
    constexpr std::int64_t latest = 253'402'300'799;          // the end of the year 9999
    tokens.access_token = members.text(token_member::access_token, wrong);
    tokens.token_type = members.text(token_member::token_type, wrong);
    tokens.refresh_token = members.text(token_member::refresh_token, wrong);
    tokens.scope = members.text(token_member::scope, wrong);
    tokens.id_token = members.text(token_member::id_token, wrong);
    members.number(token_member::expires_in, longest, tokens.expires_in, tokens.tolerated);
    members.number(token_member::ext_expires_in, longest, tokens.ext_expires_in, tokens.tolerated);
    members.number(token_member::refresh_in, longest, tokens.refresh_in, tokens.tolerated);
    members.number(token_member::expires_on, latest, tokens.expires_on, tokens.tolerated);
    members.number(token_member::not_before, latest, tokens.not_before, tokens.tolerated);
    return !wrong.failed();
}

/// Gives tokens or what is wrong; in the latter case `members` may hold the server's words.
template <class Extra>
constexpr bool read_token_response(const received_response& received, const quirks& known, std::span<std::uint16_t> room,
                                   token_members& members, token_response_view& tokens, Extra&& extra, failure& wrong) {
    const bool has_body = !received.body.empty();
    if (!check_media(received.status, received.content_type, has_body, known, tokens.tolerated, wrong)) return false;
    if (!members.read({received.body.data(), received.body.size()}, room, tokens.tolerated, extra, wrong)) return false;
    if (members.has_text(token_member::error)) return wrong.set(errc::server_refused);
    if (members.has(token_member::error)) return wrong.set(errc::invalid_member, "error");
    if (!is_success(received.status)) return wrong.set(errc::unexpected_status);
    if (received.status != 200) tokens.tolerated.add(tolerance::unusual_status);
    return read_tokens(members, tokens, wrong) && check_tokens(known, tokens, wrong);
}

/// `error` knows the reason.
constexpr void explain(const failure& wrong, const received_response& received, const token_members& members, error_view& error) noexcept {
    const bool unusable_error = wrong.reason == errc::invalid_member && members.has(token_member::error);
    if (wrong.reason == errc::server_refused || wrong.reason == errc::unexpected_status || unusable_error) {
        add_refusal(members, error);
    }
    add_http(received.status, received.retry_after, error);
}

/// Into a result that holds empty tokens: where the stack is small, there is no room for a second one.
constexpr void parse_token_response_into(result<token_response_view, error_view>& tokens, const received_response& received,
                                         const quirks& known, std::span<parameter_view> extra) {
    std::array<std::uint16_t, 56> room{};
    std::size_t count = 0;
    const auto keep = [&](const parameter_view& one) {
        if (count < extra.size()) extra[count++] = one;
    };
    token_members members;
    failure wrong;
    if (!read_token_response(received, known, room, members, *tokens, keep, wrong)) {
        tokens = wrong;
        return explain(wrong, received, members, tokens.error());
    }
    for (parameter_view& one : extra.first(count)) one = {unescaped(one.name), unescaped(one.value)};
    tokens->extra = extra.first(count);
}

}  // namespace detail

constexpr result<token_response_view, error_view> parse_token_response_in_place(const received_response& received, const quirks& known,
                                                                                std::span<parameter_view> extra) {
    result<token_response_view, error_view> tokens(token_response_view{});
    detail::parse_token_response_into(tokens, received, known, extra);
    return tokens;
}

inline result<token_response> parse_token_response(const http_response_view& response, const quirks& known) {
    detail::scratch body(response.body.reveal());
    const received_response received{response.status, response.content_type, response.retry_after, body.text};
    std::array<std::uint16_t, 2048> room{};
    std::vector<parameter_view> extra;
    token_response_view view;
    const auto keep = [&](const parameter_view& one) { if (response.status < 400) extra.push_back(one); };
    detail::token_members members;
    detail::failure wrong;
    if (!detail::read_token_response(received, known, room, members, view, keep, wrong)) {
        error_view error(wrong);
        detail::explain(wrong, received, members, error);
        return error;
    }
    token_response tokens{
        .access_token = secret(view.access_token.reveal()),
        .token_type = std::string(view.token_type),
        .expires_in = view.expires_in,
        .refresh_token = secret(view.refresh_token.reveal()),
        .scope = std::string(view.scope),
        .id_token = secret(view.id_token.reveal()),
        .ext_expires_in = view.ext_expires_in,
        .refresh_in = view.refresh_in,
        .expires_on = view.expires_on,
        .not_before = view.not_before,
        .tolerated = view.tolerated,
    };
    tokens.extra.reserve(extra.size());
    for (const parameter_view& one : extra) {
        tokens.extra.push_back({std::string(detail::unescaped(one.name)), std::string(detail::unescaped(one.value))});
    }
    return tokens;
}

}  // namespace oauthpp::inline v0
