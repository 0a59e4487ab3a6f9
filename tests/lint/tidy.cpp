// SPDX-License-Identifier: MIT
//
// Everything there is, for clang-tidy; .clang-tidy says which checks are off, and why.
#include <oauthpp/oauthpp.hpp>

#include <oauthpp/adapter/curl.hpp>
#include <oauthpp/adapter/loopback.hpp>
#include <oauthpp/adapter/openssl.hpp>
#include <oauthpp/chrono.hpp>
#include <oauthpp/ostream.hpp>
#include <oauthpp/policy.hpp>
#include <oauthpp/system.hpp>
#include <oauthpp/throwing.hpp>
