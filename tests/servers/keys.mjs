// SPDX-License-Identifier: MIT
//
// Makes the keys of the servers and of their clients, as JWK sets: keys.mjs <certificates> <keys>
import { X509Certificate, generateKeyPair } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const [certificates, directory] = process.argv.slice(2);

const rsa = ['rsa', { modulusLength: 2048 }];
const p256 = ['ec', { namedCurve: 'P-256' }];
const p384 = ['ec', { namedCurve: 'P-384' }];
const p521 = ['ec', { namedCurve: 'P-521' }];
const ed25519 = ['ed25519', {}];

const generate = promisify(generateKeyPair);

async function key([type, options], use, kid, alg) {
  const { privateKey } = await generate(type, options);
  return { privateKey, jwk: { ...privateKey.export({ format: 'jwk' }), use, kid, alg } };
}

// RSA and Ed25519 keys name no algorithm: they serve RS, PS and both names of EdDSA.
const serverKeys = (name) => Promise.all([
  key(rsa, 'sig', `op-rsa-${name}`),
  key(p256, 'sig', `op-p256-${name}`, 'ES256'),
  key(p384, 'sig', `op-p384-${name}`, 'ES384'),
  key(p521, 'sig', `op-p521-${name}`, 'ES512'),
  key(ed25519, 'sig', `op-ed25519-${name}`),
  key(rsa, 'enc', `op-rsa-enc-${name}`),
  key(p256, 'enc', `op-p256-enc-${name}`),
]);

const clientKeys = () => Promise.all([
  key(rsa, 'sig', 'c-rsa'),
  key(p256, 'sig', 'c-p256', 'ES256'),
  key(ed25519, 'sig', 'c-ed25519'),
  key(rsa, 'enc', 'c-rsa-enc'),
  key(p256, 'enc', 'c-p256-enc'),
]);

// A self-signed certificate is registered as a key that carries the certificate.
function certificateKey(file) {
  const certificate = new X509Certificate(readFileSync(file));
  return {
    ...certificate.publicKey.export({ format: 'jwk' }),
    use: 'sig',
    kid: 'self-signed',
    x5c: [certificate.raw.toString('base64')],
  };
}

const publicPart = ({ d, p, q, dp, dq, qi, ...rest }) => rest;
const writeSet = (name, keys) =>
  writeFileSync(`${directory}/${name}.json`, JSON.stringify({ keys }, null, 1), { mode: 0o600 });

mkdirSync(directory, { recursive: true });
const [a, b, client] = await Promise.all([serverKeys('a'), serverKeys('b'), clientKeys()]);
writeSet('server', a.map(({ jwk }) => jwk));
writeSet('server-rotated', b.map(({ jwk }) => jwk));
writeSet('client-private', client.map(({ jwk }) => jwk));
writeSet('client-public', client.map(({ jwk }) => publicPart(jwk)));
writeSet('self-signed', [certificateKey(`${certificates}/self-signed-client.crt`)]);
for (const { privateKey, jwk } of client) {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(`${directory}/${jwk.kid}.pem`, pem, { mode: 0o600 });
}
