// SPDX-License-Identifier: MIT
//
// Control of the server by a test, under /_test/ on every listener. ?mount= names the issuer.
//   GET  /_test/health
//   GET  /_test/log                                          the requests so far, one line each
//   POST /_test/reset                                        forgets the log and the faults
//   GET  /_test/client-jwks                                  the clients' public keys
//   POST /_test/device?user_code=&action=approve|deny&sub=   decides on a device
//   POST /_test/rotate?back=                                 other signing keys; the first again
//   POST /_test/fault {path, kind, n, ...}                   see `misbehave`; the next n requests
import { decideDevice } from './person.mjs';

const log = [];
const faults = [];

const json = { 'content-type': 'application/json' };
const sendJson = (response, value, status = 200) => {
  response.writeHead(status, json);
  response.end(JSON.stringify(value));
};

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

export async function control(request, response, url, issuers, keys) {
  const query = Object.fromEntries(url.searchParams);
  const issuer = issuers.find(({ mount }) => mount === (query.mount ?? ''));

  switch (`${request.method} ${url.pathname}`) {
    case 'GET /_test/health':
      return sendJson(response, { issuers: issuers.map(({ provider }) => provider.issuer) });
    case 'GET /_test/log':
      return sendJson(response, log);
    case 'POST /_test/reset':
      log.length = faults.length = 0;
      return sendJson(response, {});
    case 'GET /_test/client-jwks':
      return sendJson(response, keys.clientPublic);
    case 'POST /_test/device': {
      const decision = { deny: query.action === 'deny', sub: query.sub };
      const found = await decideDevice(issuer.provider, query.user_code, decision);
      return sendJson(response, {}, found ? 200 : 404);
    }
    case 'POST /_test/rotate':
      issuer.build(query.back ? keys.server : keys.serverRotated);
      return sendJson(response, {});
    case 'POST /_test/fault':
      faults.push({ n: 1, ...await readJson(request) });
      return sendJson(response, faults);
    default:
      return sendJson(response, { error: 'no such control' }, 404);
  }
}

export function record(request) {
  log.push(`${request.method} ${request.url}`);
  if (log.length > 2000) log.shift();
}

// Does what a fault for this path asks; true if that was the answer.
export async function misbehave(path, request, response) {
  const fault = faults.find((each) => each.path === path && each.n > 0);
  if (!fault) return false;
  fault.n -= 1;
  switch (fault.kind) {
    case 'status':     // status, headers, body
      response.writeHead(fault.status ?? 503, { ...json, ...fault.headers });
      response.end(fault.body ?? '');
      return true;
    case 'drop':       // closes the connection
      request.socket.destroy();
      return true;
    case 'truncate':   // closes it in the middle of a token response
      response.writeHead(200, { ...json, 'content-length': 500 });
      response.write('{"access_token":"x');
      setTimeout(() => request.socket.destroy(), 50);
      return true;
    case 'hang':       // never answers
      return true;
    case 'slow':       // answers properly, after `ms`
      await new Promise((resolve) => { setTimeout(resolve, fault.ms ?? 1000); });
      return false;
    default:
      throw new Error(`unknown fault: ${fault.kind}`);
  }
}
