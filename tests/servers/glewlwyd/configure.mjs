// SPDX-License-Identifier: MIT
//
// Configures an empty Glewlwyd by its admin API, as soon as it answers:
// NODE_EXTRA_CA_CERTS=<ca> node configure.mjs <url> <keys> <callback-port>
// Two issuers, <url>/api/oidc and <url>/api/oidcnonce (which requires a DPoP nonce), the user
// alice with the password `password`, four clients, and her consent to all of them.
import { readFileSync } from 'node:fs';
import { makeIssuer } from './issuer.mjs';

const [url, keys, callbackPort] = process.argv.slice(2);
const jwks = (name) => JSON.parse(readFileSync(`${keys}/${name}.json`));

const scopes = ['openid', 'email', 'profile', 'offline_access', 'read', 'write'];

// ---- the admin API

async function untilItAnswers() {
  for (const deadline = Date.now() + 20_000; ;) {
    try {
      return await fetch(`${url}/config`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }
}

// Signs in; the result sends requests with that session.
async function signIn(username) {
  let cookie;
  const send = async (method, path, value) => {
    const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
    const body = JSON.stringify(value);
    const answer = await fetch(`${url}/api/${path}`, { method, headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return answer;
  };
  const answer = await send('POST', 'auth/', { username, password: 'password' });
  cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ');
  return send;
}

// ---- what is registered

const algorithmOf = { RSA: 'RS256', OKP: 'EdDSA' };
const signingKeys = {
  keys: jwks('server').keys
    .filter(({ use }) => use === 'sig')
    .map(({ use, alg, ...key }) => ({ ...key, alg: alg ?? algorithmOf[key.kty] })),
};

const issuer = (name, dpopNonceRequired) => ({
  module: 'oidc',
  name,
  display_name: name,
  parameters: makeIssuer({ url: `${url}/api/${name}`, jwks: signingKeys, dpopNonceRequired }),
});

const alice = {
  username: 'alice',
  password: 'password',
  name: 'Alice \u00c5ngstr\u00f6m',
  email: 'alice@example.test',
  enabled: true,
  scope: ['g_profile', ...scopes],
};

const client = (client_id, confidential, more) => ({
  client_id,
  name: client_id,
  confidential,
  enabled: true,
  // Matched exactly, the port included. One without a path makes 2.7.5 drop the connection.
  redirect_uri: ['127.0.0.1', 'localhost', '[::1]']
    .flatMap((host) => ['', 'cb'].map((path) => `http://${host}:${callbackPort}/${path}`)),
  authorization_type: [
    'code', 'token', 'id_token', 'none', 'client_credentials', 'refresh_token', 'delete_token',
    'device_authorization', 'urn:openid:params:grant-type:ciba',
  ],
  scope: [],
  ...more,
});

const clients = [
  client('public', false),
  client('web', true, {
    client_secret: 'secret-web-0123456789-0123456789',
    token_endpoint_auth_method: [
      'client_secret_basic', 'client_secret_post', 'client_secret_jwt',
    ],
    scope: ['read', 'write'],
    backchannel_token_delivery_mode: 'poll',
    authorization_details_types: ['payment_initiation'],
  }),
  client('pkjwt', true, {
    token_endpoint_auth_method: ['private_key_jwt'],
    jwks: jwks('client-public'),
    scope: ['read'],
  }),
  client('mtls', true, {
    token_endpoint_auth_method: ['tls_client_auth'],
    tls_client_auth_san_dns: 'client.oauthpp.test',
    scope: ['read'],
  }),
];

// ---- doing it

await untilItAnswers();
const asAdmin = await signIn('admin');
for (const name of scopes.slice(1))   // openid is there
  await asAdmin('POST', 'scope/', {
    name, display_name: name, password_required: false, scheme: {},
  });
await asAdmin('POST', 'mod/plugin/', issuer('oidc', false));
await asAdmin('POST', 'mod/plugin/', issuer('oidcnonce', true));
await asAdmin('POST', 'user/', alice);
for (const each of clients) await asAdmin('POST', 'client/', each);

// Her consent, so that /auth can answer without a page.
const asAlice = await signIn('alice');
for (const { client_id } of clients)
  await asAlice('PUT', `auth/grant/${client_id}`, { scope: scopes.join(' ') });
