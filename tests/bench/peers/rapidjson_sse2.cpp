// SPDX-License-Identifier: MIT
//
// RapidJSON as who knows its manual builds it for this processor.
#define RAPIDJSON_SSE2
#include "rapidjson.cpp"
