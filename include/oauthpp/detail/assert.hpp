// SPDX-License-Identifier: MIT
//
// A hook for broken preconditions (reading a value that is not there), never for bad input. Off unless you define it:
//
//   #define OAUTHPP_ASSERT(condition) assert(condition)
//   #include <oauthpp/oauthpp.hpp>
#pragma once

#ifndef OAUTHPP_ASSERT
#define OAUTHPP_ASSERT(condition) static_cast<void>(0)
#endif
