// SPDX-License-Identifier: MIT
//
// The parameters of one OpenID Connect issuer of Glewlwyd, in the words of its documentation.
// Everything that it can do is on; a parameter that is not named here is off or empty.

export const makeIssuer = ({ url, jwks, dpopNonceRequired }) => ({
  iss: url,
  'oauth-as-iss-id': true,

  // Signing keys: each needs `alg` and `kid` here.
  'jwt-type': 'rsa',
  'jwt-key-size': '256',
  'jwks-private': JSON.stringify(jwks),
  'default-kid': 'op-rsa-a',
  'client-sign_kid-parameter': 'sign_kid',
  'jwks-show': true,

  // Grants and lifetimes, in seconds.
  'allow-non-oidc': true,
  'auth-type-code-enabled': true,
  'auth-type-code-revoke-replayed': true,
  'auth-type-token-enabled': true,
  'auth-type-id-token-enabled': true,
  'auth-type-none-enabled': true,
  'auth-type-password-enabled': false,
  'auth-type-client-enabled': true,
  'auth-type-device-enabled': true,
  'auth-type-refresh-enabled': true,
  'code-duration': 600,
  'access-token-duration': 3600,
  'refresh-token-duration': 1209600,
  'refresh-token-rolling': true,
  'refresh-token-one-use': 'always',
  'client-refresh-token-one-use-parameter': '',

  // Scopes and claims.
  'allowed-scope': ['openid', 'email', 'profile', 'offline_access', 'read', 'write'],
  scope: [],
  'additional-parameters': [],
  'subject-type': 'public',
  'name-claim': 'on-demand',
  'name-claim-scope': ['profile'],
  'email-claim': 'on-demand',
  'email-claim-scope': ['email'],
  'scope-claim': 'no',
  'address-claim': { type: 'no' },
  claims: [{
    name: 'groups', 'user-property': 'groups', type: 'string', 'on-demand': true, mandatory: false,
    scope: [],
  }],

  'pkce-allowed': true,
  'pkce-required': false,
  'pkce-required-public-client': true,
  'pkce-method-plain-allowed': false,

  // Request objects (RFC 9101), pushed requests (RFC 9126), protected answers (JARM).
  'request-parameter-allow': true,
  'request-parameter-allow-encrypted': true,
  'request-parameter-ietf-strict': false,
  'request-uri-allow-https-non-secure': true,
  'request-maximum-exp': 3600,
  'oauth-par-allowed': true,
  'oauth-par-required': false,
  'oauth-par-duration': 90,
  'oauth-par-request_uri-prefix': 'urn:ietf:params:oauth:request_uri:',
  'oauth-fapi-allow-jarm': true,
  'oauth-fapi-add-s_hash': true,

  // Introspection, revocation, registration.
  'introspection-revocation-allowed': true,
  'introspection-revocation-auth-scope': [],
  'introspection-revocation-allow-target-client': true,
  'register-client-allowed': true,
  'register-client-auth-scope': [],
  'register-client-credentials-scope': ['read'],
  'register-client-management-allowed': true,
  'register-default-properties': {},

  // Sessions and logout.
  'session-management-allowed': true,
  'session-cookie-name': 'GLEWLWYD2_OIDC_SID',
  'session-cookie-expiration': 2419200,
  'front-channel-logout-allowed': true,
  'back-channel-logout-allowed': true,

  // Which property of a client holds what.
  'client-pubkey-parameter': '',
  'client-jwks-parameter': 'jwks',
  'client-jwks_uri-parameter': 'jwks_uri',
  'client-enc-parameter': 'enc',
  'client-alg-parameter': 'alg',
  'client-alg_kid-parameter': 'alg_kid',
  'client-encrypt_code-parameter': 'encrypt_code',
  'client-encrypt_at-parameter': 'encrypt_at',
  'client-encrypt_userinfo-parameter': 'encrypt_userinfo',
  'client-encrypt_id_token-parameter': 'encrypt_id_token',
  'client-encrypt_refresh_token-parameter': 'encrypt_refresh_token',
  'client-encrypt_introspection-parameter': 'encrypt_introspection',
  'encrypt-out-token-allow': true,

  // Device authorization, CIBA.
  'device-authorization-expiration': 600,
  'device-authorization-interval': 2,
  'oauth-ciba-allowed': true,
  'oauth-ciba-default-expiry': 600,
  'oauth-ciba-maximum-expiry': 1200,
  'oauth-ciba-mode-poll-allowed': true,
  'oauth-ciba-mode-ping-allowed': true,
  'oauth-ciba-mode-push-allowed': true,
  'oauth-ciba-allow-https-non-secure': true,
  'oauth-ciba-user-code-allowed': true,
  'oauth-ciba-user-code-property': 'user-code',

  // Tokens that are bound to a certificate or a key.
  'client-cert-source': 'TLS',
  'client-cert-use-endpoint-aliases': true,
  'client-cert-self-signed-allowed': true,
  'oauth-dpop-allowed': true,
  'oauth-dpop-iat-duration': 30,
  'oauth-dpop-iat-gap-duration': 0,
  'oauth-dpop-dpop_bound_access_tokens-property': 'dpop_bound_access_tokens',
  'oauth-dpop-nonce-mandatory': dpopNonceRequired,
  'oauth-dpop-nonce-counter': 10,

  // Resources and authorization details.
  'resource-allowed': true,
  'resource-scope': { read: ['https://api.example.test/'] },
  'resource-client-property': 'resource',
  'oauth-rar-allowed': true,
  'rar-types-client-property': 'authorization_details_types',
  'rar-allow-auth-unsigned': true,
  'rar-allow-auth-unencrypted': true,
  'rar-types': {
    payment_initiation: {
      scopes: ['openid'], locations: [], actions: [], datatypes: [], enriched: [],
    },
  },
});
