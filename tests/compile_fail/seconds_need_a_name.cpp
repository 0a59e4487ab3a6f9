// SPDX-License-Identifier: MIT
//
// A bare number is no duration: is it seconds or milliseconds?
// EXPECT g++: conversion from 'int' to non-scalar type 'oauthpp::v0::seconds' requested
// EXPECT clang++: no viable conversion from 'int' to 'oauthpp::seconds'
#include <oauthpp/oauthpp.hpp>

#ifdef OAUTHPP_SHOULD_COMPILE
oauthpp::seconds leeway = oauthpp::seconds{300};
#else
oauthpp::seconds leeway = 300;
#endif
