// SPDX-License-Identifier: MIT
//
// The server: NODE_MODULES=<dir> node server.mjs <certificates> <keys> <port> <callback-port>
// Three listeners: http on the port, https on the next one, https that asks for a client
// certificate on the one after. Four issuers on http and on https: / /nonce /fapi2 /<tenant>/v2.0
import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { TENANT, makeConfiguration } from './config.mjs';
import { control, misbehave, record } from './control.mjs';
import { Provider } from './packages.mjs';
import { interact } from './person.mjs';
import { makeStorage } from './storage.mjs';

const [certificates, keyDirectory, portText, callbackPort] = process.argv.slice(2);
const port = Number(portText);
const HTTP = `http://127.0.0.1:${port}`;
const HTTPS = `https://localhost:${port + 1}`;
const MTLS = `https://localhost:${port + 2}`;

const certificate = (name) => readFileSync(`${certificates}/${name}`);
const jwks = (name) => JSON.parse(readFileSync(`${keyDirectory}/${name}.json`));
const keys = {
  server: jwks('server'),
  serverRotated: jwks('server-rotated'),
  clientPublic: jwks('client-public'),
  selfSigned: jwks('self-signed'),
};

// ---- issuers

// `mount` is where the endpoints live; the issuer's own path may be longer, as at Microsoft.
function makeIssuer({ base, mtlsBase, kind, mount, path = mount, aliases = [] }) {
  const storage = makeStorage();
  const issuer = { base, kind, mount, path, aliases };
  issuer.build = (serverJwks) => {
    const provider = new Provider(base + path, makeConfiguration({
      kind, base, mtlsBase, mount, storage, keys, callbackPort, jwks: serverJwks,
    }));
    provider.on('server_error', (_context, error) => console.error('server_error', error));
    for (const event of ['authorization.error', 'grant.error'])
      provider.on(event, (_context, error) =>
        console.error(event, error.message, error.error_detail ?? error.error_description));
    Object.assign(issuer, { provider, answer: provider.callback() });
  };
  issuer.build(keys.server);
  return issuer;
}

const issuersOf = (base, mtlsBase) => [
  { kind: 'fapi2', mount: '/fapi2' },
  { kind: 'nonce', mount: '/nonce' },
  {
    kind: 'microsoft',
    mount: `/${TENANT}`,
    path: `/${TENANT}/v2.0`,
    aliases: ['/common', '/organizations', '/consumers'],
  },
  { kind: 'full', mount: '' },   // last: its mount is the beginning of all others
].map((each) => makeIssuer({ base, mtlsBase, ...each }));

// ---- requests

// The path inside the issuer, or undefined if the request is not for it.
function pathInside(issuer, mount, path) {
  const discovery = '/.well-known/openid-configuration';
  if (issuer.kind === 'microsoft' && path === `${mount}/v2.0${discovery}`) return discovery;
  const metadata = '/.well-known/oauth-authorization-server';
  if (issuer.mount && path === metadata + issuer.path) return metadata;   // RFC 8414 section 3
  if (path === mount || path.startsWith(`${mount}/`)) return path.slice(mount.length) || '/';
  return undefined;
}

// Under an alias, Microsoft's discovery names a template instead of the issuer.
function templateIssuer(issuer, response) {
  const end = response.end.bind(response);
  response.end = (body, ...rest) => {
    const template = `${issuer.base}/{tenantid}/v2.0`;
    const text = body.toString().replaceAll(issuer.provider.issuer, template);
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text, ...rest);
  };
}

async function dispatch(issuers, request, response) {
  const url = new URL(request.url, issuers[0].base);
  const path = url.pathname;
  if (path.startsWith('/_test/')) return control(request, response, url, issuers, keys);
  record(request);
  if (await misbehave(path, request, response)) return undefined;

  for (const issuer of issuers) {
    for (const mount of [issuer.mount, ...issuer.aliases]) {
      const inside = pathInside(issuer, mount, path);
      if (inside === undefined) continue;
      if (/^\/interaction\/[^/]+$/.test(inside))
        return interact(issuer.provider, request, response);
      request.url = inside + url.search;
      request.originalUrl = mount + request.url;   // the library finds its mount by the difference
      if (mount !== issuer.mount && inside.endsWith('openid-configuration'))
        templateIssuer(issuer, response);
      return issuer.answer(request, response);
    }
  }
  response.writeHead(404).end();
  return undefined;
}

const handler = (issuers) => (request, response) => dispatch(issuers, request, response)
  .catch((error) => {
    console.error(request.method, request.url, error);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(error.message);
  });

// ---- listeners

const tls = {
  key: certificate('server.key'),
  cert: certificate('server.crt'),
  ca: certificate('ca.crt'),
};
const onHttps = handler(issuersOf(HTTPS, MTLS));
const listeners = [
  http.createServer(handler(issuersOf(HTTP))),
  https.createServer(tls, onHttps),
  // A client without a certificate may connect: the issuer decides what that means.
  https.createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, onHttps),
];
listeners.forEach((listener, index) => listener.listen(port + index, '127.0.0.1'));
