// SPDX-License-Identifier: MIT
//
// The smallest clocks, and what tells another time.
#include <oauthpp/flow/run.hpp>

#include <cstdint>

namespace clock_source_exemplar {

using oauthpp::clock_source, oauthpp::seconds, oauthpp::unix_time;

struct smallest { unix_time now(); };
struct constant { unix_time now() const; };
struct without_state { static unix_time now(); };
static_assert(clock_source<smallest> && !clock_source<const smallest>);
static_assert(clock_source<constant> && clock_source<const constant>);
static_assert(clock_source<without_state>);

struct tells_a_number { std::int64_t now(); };   // of seconds? of milliseconds?
struct tells_a_span { seconds now(); };
struct tells_nothing { void now(); };
struct has_another_name { unix_time time(); };
static_assert(!clock_source<tells_a_number>);
static_assert(!clock_source<tells_a_span>);
static_assert(!clock_source<tells_nothing>);
static_assert(!clock_source<has_another_name>);
static_assert(!clock_source<unix_time>);

}  // namespace clock_source_exemplar
