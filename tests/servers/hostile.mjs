// SPDX-License-Identifier: MIT
//
// A server that does everything wrong: hostile.mjs <certificates> <port>
//
// Six listeners on neighbouring ports, all on 127.0.0.1 and all with the same paths:
//   http, https, https-expired, https-wrong-host, https-rogue (unknown CA), https-tls11 (at most)
//
// A path is the name of a behaviour below; the request's body is read first, except by /close.
// A query is ignored, and kept by redirects: with ?test=7 a test finds its own requests at
// GET /_log?test=7, an array of {listener, method, url, headers, body}.
import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';

const [certificates, portText] = process.argv.slice(2);
const firstPort = Number(portText);

// ---- what it answers, byte for byte

const token = '{"access_token":"from-the-hostile-server","token_type":"Bearer","expires_in":3600}';
const json = 'Content-Type: application/json\r\n';

const response = (status, headers = '', body = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n`
  + `Connection: close\r\n\r\n${body}`;

const headersOnly = (headers) => `HTTP/1.1 200 OK\r\n${json}${headers}\r\n`;

const chunked = 'Transfer-Encoding: chunked\r\n';
const huge = `{"padding":"${'x'.repeat(2 << 20)}",${token.slice(1)}`;   // 2 MiB, otherwise fine

const httpDate = (seconds) => new Date(Date.now() + seconds * 1000).toUTCString();
const tooMany = (retryAfter) => response('429 Too Many Requests',
  `Content-Type: text/plain\r\nRetry-After: ${retryAfter}\r\n`, 'Slow down, please.');

// ---- how it behaves: functions of the connection

const say = (text) => (socket) => socket.end(text);
const sayAndClose = (text) => (socket) => socket.write(text, () => socket.destroy());
const sayAndHang = (text) => (socket) => socket.write(text);

// Repeats a piece as fast as it is read, or one every `ms`, until the client has had enough.
const sayForEver = (start, piece, ms = 0) => (socket) => {
  socket.write(start);
  const more = () => {
    if (socket.destroyed) return;
    const keepsUp = socket.write(piece);
    if (ms) setTimeout(more, ms);
    else if (keepsUp) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
};

const redirect = (status, target) => (socket, { url, headers }) => {
  const location = new URL(url, `${socket.encrypted ? 'https' : 'http'}://${headers.host}`);
  if (target === 'other') {
    location.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    location.pathname = '/token';
  }
  socket.end(response(`${status} Redirect`, `Location: ${location}\r\n`));
};

const behaviours = {
  // the one that behaves: a redirect that is followed ends here
  '/token': say(response('200 OK', json, token)),

  // keeps the connection, and closes it at its next request: libraries like to send that again
  '/token-once': (socket, _request, out) => {
    if (socket.spent) return socket.destroy();
    socket.spent = true;
    return out.writeHead(200, { 'content-type': 'application/json' }).end(token);
  },

  // ends too early
  '/close': (socket) => socket.destroy(),
  '/close-after-request': (socket) => socket.destroy(),
  '/close-in-status-line': sayAndClose('HTTP/1.1 20'),
  '/close-in-headers': sayAndClose('HTTP/1.1 200 OK\r\nContent-Type: applica'),
  '/close-in-body': sayAndClose(headersOnly('Content-Length: 500\r\n') + token),
  '/close-in-chunk': sayAndClose(`${headersOnly(chunked)}1f4\r\n${token}`),

  // never ends
  '/hang': () => {},
  '/hang-in-headers': sayAndHang('HTTP/1.1 200 OK\r\nContent-Type: applica'),
  '/hang-in-body': sayAndHang(headersOnly('Content-Length: 500\r\n') + token),
  '/slow-headers': sayForEver('HTTP/1.1 200 OK\r\n', 'X-Slow: x\r\n', 100),
  '/slow-body': sayForEver(headersOnly(chunked), '1\r\n \r\n', 100),
  '/endless-header': sayForEver('HTTP/1.1 200 OK\r\nX-Long: ', 'x'.repeat(1000)),
  '/endless-headers': sayForEver('HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(80)}\r\n`.repeat(10)),
  '/endless-body': sayForEver(headersOnly('Connection: close\r\n'), ' '.repeat(1000)),
  '/endless-chunks': sayForEver(headersOnly(chunked), `3e8\r\n${' '.repeat(1000)}\r\n`),

  // too large
  '/huge': say(response('200 OK', json, huge)),
  '/huge-without-length': say(headersOnly('Connection: close\r\n') + huge),
  '/huge-length': sayAndHang(headersOnly('Content-Length: 99999999999\r\n') + token),

  // not HTTP, not JSON, not what was asked for
  '/garbage': say('SSH-2.0-OpenSSH_9.2\r\n'),
  '/html': say(response('200 OK', 'Content-Type: text/html\r\n', '<h1>Sign in to the hotel</h1>')),
  '/wrong-type': say(response('200 OK', 'Content-Type: text/plain\r\n', token)),
  '/no-type': say(response('200 OK', '', token)),
  '/truncated-json': say(response('200 OK', json, token.slice(0, 40))),
  '/empty': say(response('200 OK', json)),
  '/204': say('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'),
  '/404': say(response('404 Not Found')),
  '/500-html': say(response('500 Oops', 'Content-Type: text/html\r\n', '<h1>Oops</h1>')),
  '/503': say(response('503 Service Unavailable', 'Retry-After: 7\r\n')),
  '/429-seconds': say(tooMany('17')),
  '/429-date': (socket) => socket.end(tooMany(httpDate(60))),
  '/200-error': say(response('200 OK', json, '{"error":"invalid_grant"}')),
};

// to itself, and to the same server under its other name (localhost, 127.0.0.1)
for (const status of [301, 302, 303, 307, 308])
  for (const target of ['self', 'other'])
    behaviours[`/${status}-${target}`] = redirect(status, target);

// ---- listeners

const received = [];

function showLog(url, out) {
  const queryOf = (text) => text.split('?')[1];
  const matching = received.filter((each) => !queryOf(url) || queryOf(each.url) === queryOf(url));
  out.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(matching));
}

const handler = (listener) => async (request, out) => {
  const { method, url, headers, socket } = request;
  const [path] = url.split('?');
  if (path === '/_log') return showLog(url, out);

  const entry = { listener, method, url, headers, body: '' };
  received.push(entry);
  if (path !== '/close')
    for await (const chunk of request.setEncoding('utf8')) entry.body += chunk;
  const behave = behaviours[path];
  if (!behave) return out.writeHead(404).end('no such behaviour\n');
  return behave(socket, request, out);
};

const withCertificate = (name, more) => (onRequest) => https.createServer({
  key: readFileSync(`${certificates}/${name}.key`),
  cert: readFileSync(`${certificates}/${name}.crt`),
  ...more,
}, onRequest);

// OpenSSL has put TLS 1.1 out of reach of its default security level.
const oldTls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };

Object.entries({
  http: http.createServer,
  https: withCertificate('server'),
  'https-expired': withCertificate('expired'),
  'https-wrong-host': withCertificate('wrong-host'),
  'https-rogue': withCertificate('rogue'),
  'https-tls11': withCertificate('server', oldTls),
}).forEach(([name, create], index) => {
  const onRequest = handler(name);
  create((request, out) => onRequest(request, out).catch(() => request.socket.destroy()))
    .on('connection', (socket) => socket.on('error', () => {}))   // clients that hang up
    .listen(firstPort + index, '127.0.0.1');
});
