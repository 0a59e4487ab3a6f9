// SPDX-License-Identifier: MIT
//
// The configuration of one issuer. Everything that the library can do is on, except where an
// issuer is there to refuse something:
//   full        everything allowed
//   nonce       a DPoP nonce is required; registration needs `Bearer initial-access-token`
//   fapi2       the FAPI 2.0 security profile
//   microsoft   paths, scopes and habits of the Microsoft identity platform
import { createHash } from 'node:crypto';
import { clients, fapi2Clients, microsoftClients } from './clients.mjs';
import { errors, interactionPolicy } from './packages.mjs';
import { answerLater, findAccount } from './person.mjs';

export const TENANT = '11111111-2222-4333-8444-555555555555';

const hex256 = (text) => createHash('sha256').update(text).digest('hex');

/** base: origin of the listener, mtlsBase: of the one for client certificates (https only),
    mount: path of the issuer's endpoints, jwks: its signing keys, keys: those of the clients. */
export function makeConfiguration(issuer) {
  const { kind, base, mount, storage, jwks } = issuer;
  const fapi2 = kind === 'fapi2';
  const microsoft = kind === 'microsoft';
  const name = hex256(base + mount).slice(0, 8);
  const clientsOf = { fapi2: fapi2Clients, microsoft: microsoftClients }[kind] ?? clients;
  return {
    adapter: storage,
    jwks,
    clients: clientsOf(issuer),
    findAccount,
    features: features(kind),
    enabledJWA: algorithms,
    claims,
    scopes: ['openid', 'offline_access', 'read', 'write', ...(microsoft ? microsoftScopes : [])],
    responseTypes: [
      'code', 'id_token', 'code id_token', 'code token', 'code id_token token', 'id_token token',
      'none',
    ],
    acrValues: ['urn:mace:incommon:iap:silver', 'urn:mace:incommon:iap:bronze', '1', '2'],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_context, sub, { sectorIdentifier }) =>
      hex256(`${sectorIdentifier}|${sub}`),
    clientAuthMethods: [
      'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt',
      'tls_client_auth', 'self_signed_tls_client_auth', 'none',
    ],
    pkce: { required: (_context, client) => fapi2 || client.clientAuthMethod === 'none' },

    // The library drops `offline_access` unless prompt=consent is sent (OpenID Connect Core 11).
    // The scope `read`, and Microsoft, give a refresh token without it.
    issueRefreshToken: async (_context, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token')
      && (microsoft || scopes.has('offline_access') || scopes.has('read')),
    rotateRefreshToken: ({ oidc }) => !fapi2 && oidc.client.clientId !== 'no-rotate',
    expiresWithSession: async () => false,
    ttl: lifetimes,
    clockTolerance: 0,             // it would lengthen the life of access tokens at userinfo
    conformIdTokenClaims: false,   // the claims of scopes are in the ID token as well
    extraParams: { login_hint_mode: null, domain_hint: null, client_info: null },
    extraTokenClaims: async (_context, { kind: token }) =>
      (token === 'ClientCredentials' ? { via: 'cc' } : undefined),
    formats: { bitsOfOpaqueRandomness: 256 },

    // Cookies know no ports: issuers that share a host need names of their own.
    cookies: {
      keys: ['test-cookie-key'],
      names: { session: `_s_${name}`, interaction: `_i_${name}`, resume: `_r_${name}` },
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    interactions: {
      url: (_context, interaction) => `${mount}/interaction/${interaction.uid}`,
      policy: interactions(),
    },
    discovery: {
      ...mtlsAliases(issuer),
      ui_locales_supported: ['en', 'de'],
      service_documentation: 'https://example.test/docs',
    },
    ...(microsoft && { routes: microsoftRoutes }),

    // The library fetches nothing from loopback; here jwks_uri, CIBA pings and logouts live there.
    fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  };
}

// ---- what a token, a code and a claim are

const lifetime = (usual, short) => (_context, _token, client) =>
  (client.clientId === 'short-lived' ? short : usual);

const lifetimes = {
  AccessToken: (context, token, client) =>
    token.resourceServer?.accessTokenTTL || lifetime(3600, 3)(context, token, client),
  AuthorizationCode: lifetime(60, 3),
  RefreshToken: lifetime(86400, 8),
  DeviceCode: lifetime(600, 3),
  IdToken: lifetime(3600, 3),
  ClientCredentials: (_context, token) => token.resourceServer?.accessTokenTTL || 600,
  BackchannelAuthenticationRequest: (context) =>
    Math.min(600, Number(context?.oidc?.params?.requested_expiry ?? 600)),
  Interaction: 600,
  Session: 86400,
  Grant: 86400,
};

const claims = {
  openid: ['sub'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
  profile: [
    'birthdate', 'family_name', 'gender', 'given_name', 'locale', 'middle_name', 'name',
    'nickname', 'picture', 'preferred_username', 'profile', 'updated_at', 'website', 'zoneinfo',
  ],
  groups: ['groups'],
  acr: null, amr: null, auth_time: null, iss: null, sid: null,
};

const asymmetric = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519',
  'EdDSA',
];
const signing = ['HS256', 'HS384', 'HS512', ...asymmetric];
const keyManagement = [
  'RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512',
  'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW',
  'A128KW', 'A192KW', 'A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW', 'dir',
];
const contentEncryption = [
  'A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM',
];

const algorithms = {
  clientAuthSigningAlgValues: signing,
  dPoPSigningAlgValues: asymmetric,
  attestSigningAlgValues: asymmetric,
};
for (const what of ['idToken', 'requestObject', 'userinfo', 'introspection', 'authorization']) {
  algorithms[`${what}SigningAlgValues`] = signing;
  algorithms[`${what}EncryptionAlgValues`] = keyManagement;
  algorithms[`${what}EncryptionEncValues`] = contentEncryption;
}

// ---- what the person is asked

function interactions() {   // the library has no prompts for select_account and create
  const { Prompt, base } = interactionPolicy;
  const policy = base();
  for (const name of ['select_account', 'create'])
    policy.add(new Prompt({ name, requestable: true }), 0);
  return policy;
}

// ---- extensions

const features = (kind) => ({
  devInteractions: { enabled: false },
  userinfo: { enabled: true },
  jwtUserinfo: { enabled: true },
  claimsParameter: { enabled: true },
  clientCredentials: { enabled: true },
  deviceFlow: { enabled: true, mask: '****-****', charset: 'base-20' },
  encryption: { enabled: true },
  introspection: { enabled: true },
  jwtIntrospection: { enabled: true },
  jwtResponseModes: { enabled: true },
  revocation: { enabled: true },
  rpInitiatedLogout: { enabled: true, logoutSource },
  backchannelLogout: { enabled: true },
  requestObjects: { enabled: true, requireSignedRequestObject: false },
  pushedAuthorizationRequests: {
    enabled: true,
    requirePushedAuthorizationRequests: kind === 'fapi2',
    allowUnregisteredRedirectUris: false,
  },
  registration: {
    enabled: true,
    initialAccessToken: kind === 'nonce' ? 'initial-access-token' : false,
  },
  registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
  rpMetadataChoices: { enabled: true },
  dPoP: {
    enabled: true,
    nonceSecret: Buffer.alloc(32, 7),
    requireNonce: () => kind === 'nonce',
    allowReplay: false,
  },
  mTLS: mutualTls,
  fapi: { enabled: kind === 'fapi2', profile: kind === 'fapi2' ? '2.0' : undefined },
  ciba,
  resourceIndicators,
  richAuthorizationRequests,
});

async function logoutSource(context, form) {
  const attributes = 'type="submit" form="op.logoutForm" name="logout" value="yes"';
  context.body = `<!DOCTYPE html><body>${form}<button ${attributes}>Yes</button></body>`;
}

const mutualTls = {
  enabled: true,
  certificateBoundAccessTokens: true,
  selfSignedTlsClientAuth: true,
  tlsClientAuth: true,
  getCertificate: ({ socket }) => socket.getPeerX509Certificate?.(),
  certificateAuthorized: ({ socket }) => socket.authorized === true,
  certificateSubjectMatches({ socket }, property, expected) {
    const { subject, subjectAltName = '' } = socket.getPeerX509Certificate();
    if (property === 'tls_client_auth_subject_dn')   // RFC 4514: the most specific part first
      return subject.split('\n').reverse().join(',') === expected;
    const prefix = {
      tls_client_auth_san_dns: 'DNS:',
      tls_client_auth_san_uri: 'URI:',
      tls_client_auth_san_ip: 'IP Address:',
      tls_client_auth_san_email: 'email:',
    }[property];
    return subjectAltName.split(/,\s*/).includes(prefix + expected);
  },
};

function mtlsAliases({ kind, mtlsBase, mount }) {   // RFC 8705 section 5
  if (!mtlsBase || kind === 'microsoft') return {};
  const at = (path) => mtlsBase + mount + path;
  return {
    mtls_endpoint_aliases: {
      token_endpoint: at('/token'),
      revocation_endpoint: at('/token/revocation'),
      introspection_endpoint: at('/token/introspection'),
      device_authorization_endpoint: at('/device/auth'),
      pushed_authorization_request_endpoint: at('/request'),
      userinfo_endpoint: at('/me'),
      backchannel_authentication_endpoint: at('/backchannel'),
    },
  };
}

const ciba = {
  enabled: true,
  deliveryModes: ['poll', 'ping'],
  processLoginHint: async (_context, hint) => (hint === 'nobody' ? undefined : hint),
  async processLoginHintToken(_context, token) {
    try {
      return JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).sub;
    } catch {
      throw new errors.InvalidRequest('bad login_hint_token');
    }
  },
  async verifyUserCode({ oidc }, _account, userCode) {
    if (!oidc.client.backchannelUserCodeParameter) return;
    if (!userCode) throw new errors.MissingUserCode();
    if (userCode !== '1234') throw new errors.InvalidUserCode();
  },
  validateBindingMessage: async () => {},
  validateRequestContext: async () => {},
  triggerAuthenticationDevice: async ({ oidc }, request, account, client) =>
    answerLater(oidc.provider, request, account, client),
};

const resources = {
  'urn:api:opaque': { scope: 'read write', accessTokenFormat: 'opaque', accessTokenTTL: 300 },
  'urn:api:rar': {
    scope: 'openid read write pay',
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  },
  'https://api.example.test/': {
    scope: 'read write',
    audience: 'https://api.example.test/',
    accessTokenFormat: 'jwt',
    accessTokenTTL: 120,
    jwt: { sign: { alg: 'PS256' } },
  },
  'https://short.example.test/': {
    scope: 'read write',
    accessTokenFormat: 'jwt',
    accessTokenTTL: 2,
    jwt: { sign: { alg: 'ES256' } },
  },
};

const resourceIndicators = {
  enabled: true,
  async defaultResource({ oidc }, client, oneOf) {   // authorization details need a resource
    if (oneOf) return oneOf[0];
    const needed = oidc.params?.authorization_details || client.clientId === 'rar';
    return needed ? 'urn:api:rar' : undefined;
  },
  useGrantedResource: async ({ oidc }) => oidc.client.clientId === 'rar',
  async getResourceServerInfo(_context, resource) {
    if (!Object.hasOwn(resources, resource)) throw new errors.InvalidTarget();
    return { ...resources[resource] };
  },
};

const detailsAsked = ({ oidc }) =>
  oidc.params.authorization_details && JSON.parse(oidc.params.authorization_details);

const richAuthorizationRequests = {
  enabled: true,
  types: {
    payment_initiation: {
      validate(_context, { instructedAmount }) {
        if (!instructedAmount)
          throw new errors.InvalidAuthorizationDetails('instructedAmount missing');
      },
    },
    account_information: { validate() {} },
  },
  authorizationDetailsForGrantSource: async (context) =>
    context.oidc.grant?.rar ?? detailsAsked(context),
  authorizationDetailsForAccessToken: async (context, _token, source) =>
    detailsAsked(context) ?? source?.rar,
  authorizationDetailsForIntrospection: async (_context, token) => token.rar,
};

// ---- the Microsoft identity platform

const microsoftScopes = [
  'User.Read',
  'https://outlook.office.com/IMAP.AccessAsUser.All',
  'https://outlook.office.com/SMTP.Send',
  'https://outlook.office.com/POP.AccessAsUser.All',
  'https://graph.microsoft.com/.default',
];

const microsoftRoutes = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  device_authorization: '/oauth2/v2.0/devicecode',
  code_verification: '/oauth2/deviceauth',
  end_session: '/oauth2/v2.0/logout',
  jwks: '/discovery/v2.0/keys',
  userinfo: '/oidc/userinfo',
  introspection: '/oauth2/v2.0/introspect',
  revocation: '/oauth2/v2.0/revoke',
  pushed_authorization_request: '/oauth2/v2.0/par',
  registration: '/reg',
  backchannel_authentication: '/backchannel',
  challenge: '/challenge',
  credential: '/credential',
};
