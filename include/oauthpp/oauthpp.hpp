// SPDX-License-Identifier: MIT
//
// OAuth 2.0 and OpenID Connect for clients: all of it but the opt-in headers (system, chrono, ostream, throwing,
// adapter/), floor by floor.
#pragma once

#include <oauthpp/version.hpp>

#include <oauthpp/base/describe.hpp>
#include <oauthpp/base/error.hpp>
#include <oauthpp/base/remedy.hpp>
#include <oauthpp/base/result.hpp>
#include <oauthpp/base/secret.hpp>
#include <oauthpp/base/storage.hpp>
#include <oauthpp/base/time.hpp>

#include <oauthpp/crypto/entropy.hpp>
#include <oauthpp/crypto/hmac.hpp>
#include <oauthpp/crypto/sha256.hpp>
#include <oauthpp/crypto/sha512.hpp>
#include <oauthpp/crypto/signature_verifier.hpp>
#include <oauthpp/crypto/signer.hpp>
#include <oauthpp/wire/base64url.hpp>
#include <oauthpp/wire/form.hpp>
#include <oauthpp/wire/http_message.hpp>
#include <oauthpp/wire/json.hpp>
#include <oauthpp/wire/json_elements.hpp>
#include <oauthpp/wire/json_writer.hpp>
#include <oauthpp/wire/private_address.hpp>
#include <oauthpp/wire/retry_after.hpp>
#include <oauthpp/wire/url.hpp>
#include <oauthpp/wire/writer.hpp>
#include <oauthpp/wire/www_authenticate.hpp>

#include <oauthpp/jose/jwk.hpp>
#include <oauthpp/jose/jws.hpp>
#include <oauthpp/jose/jwt.hpp>

#include <oauthpp/protocol/authentication_choice.hpp>
#include <oauthpp/protocol/client.hpp>
#include <oauthpp/protocol/client_assertion.hpp>
#include <oauthpp/protocol/discovery.hpp>
#include <oauthpp/protocol/pkce.hpp>
#include <oauthpp/protocol/scope.hpp>
#include <oauthpp/protocol/server_metadata.hpp>
#include <oauthpp/protocol/state.hpp>

#include <oauthpp/protocol/authorization_request.hpp>
#include <oauthpp/protocol/authorization_response.hpp>
#include <oauthpp/protocol/token_request.hpp>
#include <oauthpp/protocol/token_response.hpp>

#include <oauthpp/protocol/challenge.hpp>
#include <oauthpp/protocol/claims.hpp>
#include <oauthpp/protocol/resource_metadata.hpp>
#include <oauthpp/protocol/resource_request.hpp>
#include <oauthpp/protocol/step_up.hpp>

#include <oauthpp/oidc/id_token.hpp>
#include <oauthpp/oidc/issuer_discovery.hpp>
#include <oauthpp/oidc/logout_request.hpp>
#include <oauthpp/oidc/logout_token.hpp>
#include <oauthpp/oidc/user_info.hpp>

#include <oauthpp/provider/microsoft.hpp>
#include <oauthpp/provider/microsoft_hint.hpp>

#include <oauthpp/flow/discover.hpp>
#include <oauthpp/flow/discover_resource.hpp>
#include <oauthpp/flow/keys.hpp>
#include <oauthpp/flow/login.hpp>
#include <oauthpp/flow/refresh.hpp>
#include <oauthpp/flow/run.hpp>
#include <oauthpp/flow/user_info.hpp>
