// SPDX-License-Identifier: MIT
//
// From a resource server's challenge to the next authorization request: more scope (RFC 6750 3.1), a stronger or fresher
// sign-in (RFC 9470 4), or Microsoft's claims.
//
//   auto more = oauthpp::make_step_up(*challenge, {.scope = tokens->scope});
//   auto login = oauthpp::start_login(server, app, oauthpp::stepped_up(oauthpp::login_options{}, *more));
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>
#include <oauthpp/protocol/challenge.hpp>
#include <oauthpp/protocol/claims.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/wire/writer.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// What the next authorization request has to hold.
template <class Storage>
struct basic_step_up {
    typename Storage::text scope{};       ///< what was asked for before, and what the challenge adds
    typename Storage::text acr_values{};
    std::optional<seconds> max_age{};
    typename Storage::text claims{};      ///< JSON: yours, and those of the challenge

    constexpr operator basic_step_up<borrowed>() const noexcept
        requires std::same_as<Storage, owned> { return {scope, acr_values, max_age, claims}; }
};
using step_up = basic_step_up<owned>;
using step_up_view = basic_step_up<borrowed>;

/// What your requests carry anyway.
struct step_up_options {
    std::string_view scope{};
    std::string_view claims{};            ///< JSON; at Microsoft `provider::microsoft_capabilities`
};

/// Spec: RFC 9470 4, RFC 6750 3.1.
/// Security: a challenge is a resource server's word; that it asks for a scope is no reason to grant it, and the person
///   is asked by the authorization server as ever.
/// Errors: those of `write_claims`; buffer_too_small with the size needed.
/// Lifetime: looks into the challenge and the memory of `out`.
constexpr result<step_up_view, error_view> write_step_up(buffer_writer& out, const challenge_view& received,
                                                         const step_up_options& before = {});
inline result<step_up> make_step_up(const challenge_view& received, const step_up_options& before = {});

/// A login's options, or an authorization request, with what the step-up asks for in place of what it said of that.
///
/// Lifetime: looks into `more`, which must live until the request is written.
template <class Request>
[[nodiscard]] constexpr Request stepped_up(Request request_, const step_up_view& more_) noexcept {
    if (!more_.scope.empty()) request_.scope = more_.scope;
    if (!more_.acr_values.empty()) request_.acr_values = more_.acr_values;
    if (more_.max_age) request_.max_age = more_.max_age;
    if (!more_.claims.empty()) request_.claims = more_.claims;
    return request_;
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

constexpr result<step_up_view, error_view> write_step_up(buffer_writer& out, const challenge_view& received,
                                                         const step_up_options& before) {
    const std::size_t mark = out.size();
    out.append(before.scope);
    scope_reader words(received.scope);
    while (words.next()) {
        if (scope_includes(before.scope, words.token())) continue;
        if (out.size() != mark) out.append(' ');
        out.append(words.token());
    }
    const std::size_t behind_scope = out.size();
    const auto claims = write_claims(out, before.claims, received.claims);
    if (!claims) {
        out.take_back(mark);
        return claims.error();
    }
    const auto written = detail::finish(out, mark);
    if (!written) return written.error();
    return step_up_view{.scope = detail::between(*written, 0, behind_scope - mark),
                        .acr_values = received.acr_values,
                        .max_age = received.max_age,
                        .claims = *claims};
}

inline result<step_up> make_step_up(const challenge_view& received, const step_up_options& before) {
    std::string memory(before.scope.size() + received.scope.size() + before.claims.size() + received.claims.size() + 2, '\0');
    buffer_writer out(memory);
    const auto view = write_step_up(out, received, before);
    if (!view) return view.error();
    return step_up{std::string(view->scope), std::string(view->acr_values), view->max_age, std::string(view->claims)};
}

}  // namespace oauthpp::inline v0
