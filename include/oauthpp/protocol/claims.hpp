// SPDX-License-Identifier: MIT
//
// The `claims` parameter of an authorization request (OpenID Connect Core 5.5): a JSON object of objects, made of two
// that want different things.
//
//   auto claims = oauthpp::make_claims(capabilities, challenge->claims);
#pragma once

#include <oauthpp/base/result.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/writer.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace oauthpp::inline v0 {

/// Both in one: members of the same name are put together if they are objects, else `added` has the last word. An empty
/// text is none; the texts of the values stay as they are.
///
/// Spec: OpenID Connect Core 5.5, where `userinfo`, `id_token` (and Microsoft's `access_token`) hold one member a claim.
/// Errors: malformed_json and its relatives, for more than 64 members too; buffer_too_small with the size needed.
constexpr result<std::string_view, error_view> write_claims(buffer_writer& out, std::string_view claims, std::string_view added);
inline result<std::string> make_claims(std::string_view claims, std::string_view added);

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

using claims_room = std::array<std::uint16_t, 128>;

/// The member of that name; its text has no place in memory if there is none.
constexpr json_value member_of(std::string_view object_text, const json_value& name) noexcept {
    claims_room room{};
    json_object object(object_text, room);
    json_value found;
    while (object.next()) {
        if (json_equal(object.name(), name)) found = object.value();
    }
    return found;
}

constexpr void append_json(buffer_writer& out, const json_value& value) noexcept {
    if (value.type == json_type::string) out.append('"');
    out.append(value.text);
    if (value.type == json_type::string) out.append('"');
}

/// Both objects are known to be well-formed. `depth` more levels are put together.
constexpr void append_merged(buffer_writer& out, std::string_view claims, std::string_view added, int depth) noexcept {
    out.append('{');
    const std::size_t mark = out.size();
    const auto append_name = [&](const json_value& name) {
        if (out.size() != mark) out.append(',');
        append_json(out, name);
        out.append(':');
    };
    claims_room room{};
    json_object ours(claims, room);
    while (ours.next()) {
        append_name(ours.name());
        const json_value other = member_of(added, ours.name());
        const bool both = ours.value().type == json_type::object && other.type == json_type::object;
        if (both && depth > 0) append_merged(out, ours.value().text, other.text, depth - 1);
        else append_json(out, other.text.data() != nullptr ? other : ours.value());
    }
    claims_room other_room{};
    json_object theirs(added, other_room);
    while (theirs.next()) {
        if (member_of(claims, theirs.name()).text.data() != nullptr) continue;
        append_name(theirs.name());
        append_json(out, theirs.value());
    }
    out.append('}');
}

constexpr bool check_claims_parameter(std::string_view claims, failure& wrong) noexcept {
    if (claims.empty()) return true;
    claims_room room{};
    json_object object(claims, room);
    while (object.next()) {}
    return !object.failed() || wrong.set(object.failure().reason, "claims", object.failure().offset);
}

}  // namespace detail

constexpr result<std::string_view, error_view> write_claims(buffer_writer& out, std::string_view claims, std::string_view added) {
    for (const std::string_view each : {claims, added}) {
        detail::failure wrong;
        if (!detail::check_claims_parameter(each, wrong)) return wrong;
    }
    const std::size_t mark = out.size();
    if (claims.empty() || added.empty()) out.append(claims.empty() ? added : claims);
    else detail::append_merged(out, claims, added, 1);
    return detail::finish(out, mark);
}

inline result<std::string> make_claims(std::string_view claims, std::string_view added) {
    return detail::write_to_string([&](buffer_writer& out) { return write_claims(out, claims, added); });
}

}  // namespace oauthpp::inline v0
