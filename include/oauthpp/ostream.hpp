// SPDX-License-Identifier: MIT
//
// Errors into a std::ostream, in the words of `describe`. Secrets have no such operator.
//
//   std::cerr << tokens.error() << '\n';
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <ostream>

namespace oauthpp::inline v0 {

inline std::ostream& operator<<(std::ostream& out, errc reason) { return out << message(reason); }
inline std::ostream& operator<<(std::ostream& out, remedy action) { return out << message(action); }
inline std::ostream& operator<<(std::ostream& out, const error_view& what) { return out << describe(what); }
inline std::ostream& operator<<(std::ostream& out, const error& what) { return out << describe(what.view()); }

}  // namespace oauthpp::inline v0
