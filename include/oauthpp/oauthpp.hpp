// SPDX-License-Identifier: MIT
//
// OAuth 2.0 and OpenID Connect for clients: all of it but the opt-in headers (system, chrono, ostream, throwing,
// adapter/), floor by floor.
#pragma once

#include <oauthpp/version.hpp>

#include <oauthpp/base/error.hpp>
#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>

#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/http_message.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>

#include <oauthpp/protocol/pkce.hpp>
