// SPDX-License-Identifier: MIT
//
// A secret leaves only where somebody says so.
// EXPECT g++: conversion from 'oauthpp::v0::secret' to non-scalar type 'std::string_view'
// EXPECT clang++: no viable conversion from 'oauthpp::secret' to 'std::string_view'
#include <oauthpp/oauthpp.hpp>

#include <string_view>

oauthpp::secret client_secret = "7Fjfp0ZBr1KtDRbnfVdmIw";

#ifdef OAUTHPP_SHOULD_COMPILE
std::string_view text = client_secret.reveal();
#else
std::string_view text = client_secret;
#endif
