// SPDX-License-Identifier: MIT
//
// The registered clients. A client's name says what it is for; its comment what is special.

export const SECRET = 'a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789';

// An id and a secret that reach the server only if the client encodes them as it must.
export const SPECIAL_ID = 'special client:1/u~';
export const SPECIAL_SECRET = 'a+b~c&d%e f:g s3cr%t=/?#[]@!$\'()*,;"<>|^`{}\\ end';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const CIBA = 'urn:openid:params:grant-type:ciba';

const code = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
const none = { token_endpoint_auth_method: 'none' };
const basic = { token_endpoint_auth_method: 'client_secret_basic' };
const post = { token_endpoint_auth_method: 'client_secret_post' };
const secretJwt = { token_endpoint_auth_method: 'client_secret_jwt' };
const keyJwt = { token_endpoint_auth_method: 'private_key_jwt' };
const mtls = { token_endpoint_auth_method: 'tls_client_auth' };
const certificateBound = { tls_client_certificate_bound_access_tokens: true };
const dpopBound = { dpop_bound_access_tokens: true };

const withDevice = { grant_types: [...code.grant_types, DEVICE] };
const withoutBrowser = (...grant_types) => ({ redirect_uris: [], response_types: [], grant_types });

const anyHybrid = {
  grant_types: [...code.grant_types, 'implicit'],
  response_types: [
    'code', 'id_token', 'code id_token', 'code token', 'code id_token token', 'id_token token',
    'none',
  ],
};

// Native: any port of the loopback address will do (RFC 8252 7.3), and consent is always asked.
const native = {
  application_type: 'native',
  redirect_uris: [
    'http://127.0.0.1/cb', 'http://localhost/cb', 'http://[::1]/cb',
    'http://127.0.0.1', 'http://localhost', 'http://[::1]',
    'com.example.app:/cb',
  ],
  post_logout_redirect_uris: ['http://127.0.0.1/post-logout'],
};

// Web: the redirect URI is exact, and a second visit finds the session (prompt=none works).
const web = (callbackPort) => ({
  application_type: 'web',
  redirect_uris: [
    `http://127.0.0.1:${callbackPort}/cb`,
    'https://rp.example.test/cb',
    'https://rp.example.test/cb?x=1&y=a%20b',
  ],
  post_logout_redirect_uris: [`http://127.0.0.1:${callbackPort}/post-logout`],
});

const client = (client_id, ...parts) => Object.assign({ client_id, ...code }, ...parts);
const secretClient = (client_id, ...parts) =>
  client(client_id, { client_secret: SECRET }, ...parts);

export function clients({ base, keys, callbackPort }) {
  const anyKey = { jwks: keys.clientPublic };
  const only = (...kids) => ({
    jwks: { keys: keys.clientPublic.keys.filter(({ kid }) => kids.includes(kid)) },
  });
  const signingKeys = only('c-p256', 'c-rsa', 'c-ed25519');
  const selfSigned = {
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    jwks: keys.selfSigned,
  };
  const special = { client_id: SPECIAL_ID, client_secret: SPECIAL_SECRET };

  return [
    // How the client authenticates.
    client('public', native, none, withDevice),
    client('public-web', web(callbackPort), none),
    client('short-lived', native, none, withDevice),   // everything expires after 3 to 8 seconds
    client('no-rotate', native, none),                 // refresh tokens stay the same
    secretClient('web-basic', web(callbackPort), basic),
    secretClient('web-post', web(callbackPort), post),
    secretClient('native-basic', native, basic),
    secretClient('native-post', native, post),
    secretClient(SPECIAL_ID, native, basic, special),
    secretClient(`${SPECIAL_ID} post`, native, post, { client_secret: SPECIAL_SECRET }),
    secretClient('secret-jwt', native, secretJwt),
    secretClient('secret-jwt-512', native, secretJwt, { token_endpoint_auth_signing_alg: 'HS512' }),
    client('pkjwt', native, keyJwt, anyKey),
    client('pkjwt-jwksuri', native, keyJwt, { jwks_uri: `${base}/_test/client-jwks` }),
    client('mtls-ca', native, mtls, certificateBound,
      { tls_client_auth_subject_dn: 'CN=client,O=oauthpp test' }),
    client('mtls-san', native, mtls, { tls_client_auth_san_dns: 'client.oauthpp.test' }),
    client('mtls-self', native, selfSigned, certificateBound),
    client('mtls-bound-public', native, none, certificateBound),

    // Grants without a browser, or with one elsewhere.
    secretClient('cc', withoutBrowser('client_credentials'), basic),
    client('cc-pkjwt', withoutBrowser('client_credentials'), keyJwt, signingKeys),
    client('cc-mtls', withoutBrowser('client_credentials'), selfSigned, certificateBound),
    client('device', withoutBrowser(DEVICE, 'refresh_token'), none, { application_type: 'native' }),
    secretClient('ciba-poll', withoutBrowser(CIBA, 'refresh_token'),
      { backchannel_token_delivery_mode: 'poll' }),
    secretClient('ciba-poll-usercode', withoutBrowser(CIBA),
      { backchannel_token_delivery_mode: 'poll', backchannel_user_code_parameter: true }),
    secretClient('ciba-ping', withoutBrowser(CIBA, 'refresh_token'), {
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: `https://127.0.0.1:${callbackPort}/ciba`,
    }),

    // Variants of the authorization request and of its answer.
    secretClient('hybrid', native, anyHybrid),
    client('hybrid-public', native, none, anyHybrid),
    client('par-required', native, none, { require_pushed_authorization_requests: true }),
    client('jar', native, none, signingKeys),
    client('jar-required', native, none, only('c-p256'),
      { require_signed_request_object: true, request_object_signing_alg: 'ES256' }),
    client('jarm-es256', native, none, { authorization_signed_response_alg: 'ES256' }),
    client('jarm-enc', native, none, only('c-p256-enc'), {
      authorization_signed_response_alg: 'ES256',
      authorization_encrypted_response_alg: 'ECDH-ES',
      authorization_encrypted_response_enc: 'A256GCM',
    }),
    client('dpop-bound', native, none, dpopBound, withDevice),
    secretClient('rar', native,
      { authorization_details_types: ['payment_initiation', 'account_information'] }),
    client('pairwise', native, none,
      { redirect_uris: ['http://127.0.0.1/cb'], subject_type: 'pairwise' }),
    secretClient('backchannel', web(callbackPort), {
      backchannel_logout_uri: `http://127.0.0.1:${callbackPort}/bclo`,
      backchannel_logout_session_required: true,
    }),

    // Signed and encrypted answers.
    ...['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits))
      .concat('EdDSA', 'Ed25519')
      .map((alg) => client(`idt-${alg}`, native, none,
        { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg })),
    ...['HS256', 'HS384', 'HS512'].map((alg) =>
      secretClient(`idt-${alg}`, native, { id_token_signed_response_alg: alg })),
    ...['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'].map((alg) =>
      client(`idt-enc-${alg}`, native, none, {
        id_token_signed_response_alg: 'ES256',
        id_token_encrypted_response_alg: alg,
        id_token_encrypted_response_enc: alg.startsWith('RSA') ? 'A128CBC-HS256' : 'A256GCM',
        userinfo_signed_response_alg: 'ES256',
        userinfo_encrypted_response_alg: alg,
        userinfo_encrypted_response_enc: 'A256GCM',
      }, only(alg.startsWith('RSA') ? 'c-rsa-enc' : 'c-p256-enc'))),
    ...['dir', 'A128KW', 'A256KW', 'A256GCMKW'].map((alg) =>
      secretClient(`idt-enc-${alg}`, native, {
        id_token_signed_response_alg: 'RS256',
        id_token_encrypted_response_alg: alg,
        id_token_encrypted_response_enc: 'A128CBC-HS256',
      })),

    // Resource servers, which only ask what a token is.
    secretClient('rs-introspect', withoutBrowser('client_credentials'),
      { introspection_signed_response_alg: 'ES256' }),
    client('rs-introspect-enc', withoutBrowser(), keyJwt, only('c-p256', 'c-p256-enc'), {
      introspection_signed_response_alg: 'ES256',
      introspection_encrypted_response_alg: 'ECDH-ES',
      introspection_encrypted_response_enc: 'A256GCM',
    }),
  ];
}

// The two ways to authenticate, times the two ways to bind a token, that FAPI 2.0 allows.
export function fapi2Clients({ keys, callbackPort }) {
  const common = {
    application_type: 'web',
    redirect_uris: ['https://rp.example.test/cb', `http://127.0.0.1:${callbackPort}/cb`],
    require_pushed_authorization_requests: true,
    id_token_signed_response_alg: 'PS256',
  };
  const byKey = { ...keyJwt, jwks: keys.clientPublic };
  const byCertificate = {
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    jwks: keys.selfSigned,
  };
  const messageSigning = {
    require_signed_request_object: true,
    request_object_signing_alg: 'ES256',
    response_modes: ['jwt'],
    authorization_signed_response_alg: 'PS256',
  };
  return [
    client('fapi2-pkjwt-dpop', common, byKey, dpopBound),
    client('fapi2-pkjwt-mtls', common, byKey, certificateBound),
    client('fapi2-mtls-mtls', common, byCertificate, certificateBound),
    client('fapi2-mtls-dpop', common, byCertificate, dpopBound),
    client('fapi2ms-pkjwt-dpop', common, byKey, dpopBound, messageSigning),
  ];
}

// Registrations as the portal makes them: public, with a secret, with a key.
export function microsoftClients({ keys }) {
  const replyUrls = {
    application_type: 'native',
    redirect_uris: [
      'http://localhost', 'http://127.0.0.1', 'http://localhost/cb', 'http://127.0.0.1/cb',
      'https://login.microsoftonline.com/common/oauth2/nativeclient',
    ],
  };
  const alsoForItself = { grant_types: [...code.grant_types, 'client_credentials'] };
  return [
    client('9e5f94bc-e8a4-4e73-b8be-63364c29d753', replyUrls, none, withDevice),
    secretClient('00000000-0000-4000-8000-000000000001', replyUrls, post, {
      grant_types: [...alsoForItself.grant_types, 'implicit'],
      response_types: ['code', 'code id_token', 'id_token'],
    }),
    client('00000000-0000-4000-8000-000000000002', replyUrls, keyJwt, alsoForItself,
      { jwks: keys.clientPublic }),
  ];
}
