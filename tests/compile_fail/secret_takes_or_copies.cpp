// SPDX-License-Identifier: MIT
//
// A string that becomes a secret is taken, or copied by name: a copy made by accident stays behind, unwiped.
// EXPECT g++: conversion from 'std::string' {aka 'std::__cxx11::basic_string<char>'} to non-scalar type
// EXPECT clang++: no viable conversion from 'std::string'
#include <oauthpp/oauthpp.hpp>

#include <string>
#include <string_view>
#include <utility>

std::string from_vault = "7Fjfp0ZBr1KtDRbnfVdmIw";

#ifdef OAUTHPP_SHOULD_COMPILE
oauthpp::secret copied(std::string_view{from_vault});
oauthpp::secret taken = std::move(from_vault);
#else
oauthpp::secret taken = from_vault;
#endif
