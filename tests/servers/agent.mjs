#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// A browser and the person in front of it: agent.mjs [options] <authorization-url>
// Signs in, consents, follows the redirects inside the server, and prints the callback in one line:
//   GET <url>                     or, for response_mode=form_post,
//   POST <action> <form body>
// Options, also taken from the variable AGENT_OPTIONS (so that it can be the BROWSER of a program):
//   --deliver    performs the callback, as a browser would, and prints its status and page
//   --glewlwyd   signs in as Glewlwyd wants it
//   --ca FILE    trusts this certificate authority
// Exit: 0 called back, 1 the server did not call back (or nobody took it), 2 wrong usage.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { parseArgs } from 'node:util';

const formType = 'application/x-www-form-urlencoded';

function readArguments() {
  const fromEnvironment = (process.env.AGENT_OPTIONS ?? '').split(/\s+/).filter(Boolean);
  try {
    const { values, positionals } = parseArgs({
      args: [...fromEnvironment, ...process.argv.slice(2)],
      allowPositionals: true,
      options: {
        deliver: { type: 'boolean' },
        glewlwyd: { type: 'boolean' },
        ca: { type: 'string' },
      },
    });
    if (positionals.length !== 1) throw new Error('one authorization URL, please');
    return { ...values, url: new URL(positionals[0]) };
  } catch (error) {
    console.error(`agent: ${error.message}`);
    return process.exit(2);
  }
}

const options = readArguments();
const ca = options.ca && readFileSync(options.ca);

// ---- HTTP: one request, no redirects followed

const cookies = new Map();   // of one server; by name and path

function remember(setCookie) {
  const [pair, ...attributes] = setCookie.split(/;\s*/);
  const attribute = (name) =>
    attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const name = pair.slice(0, pair.indexOf('='));
  const path = attribute('path') ?? '/';
  const expired = new Date(attribute('expires') ?? '9999-01-01') < new Date();
  if (expired) cookies.delete(`${name} ${path}`);
  else cookies.set(`${name} ${path}`, { pair, path });
}

const cookiesFor = (url) => [...cookies.values()]
  .filter(({ path }) => url.pathname.startsWith(path))
  .map(({ pair }) => pair)
  .join('; ');

function send(method, url, { type, body = '', withCookies = true } = {}) {
  const headers = { accept: 'text/html', 'content-length': Buffer.byteLength(body) };
  if (type) headers['content-type'] = type;
  if (withCookies) headers.cookie = cookiesFor(url);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    request(url, { method, headers, ca, agent: false }, async (response) => {
      const chunks = [];
      try {
        for await (const chunk of response) chunks.push(chunk);
      } catch (error) {
        return reject(error);
      }
      if (withCookies) (response.headers['set-cookie'] ?? []).forEach(remember);
      const { statusCode: status, headers: { location } } = response;
      return resolve({ status, location, page: Buffer.concat(chunks).toString() });
    }).on('error', reject).end(body);
  });
}

// ---- HTML, as far as forms with hidden fields and error pages need it

const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescapeHtml = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
  (entity, hex, decimal, name) =>
    (name ? named[name] ?? entity : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10))));

const textOf = (page) =>
  unescapeHtml(page.replace(/<style.*?<\/style>|<[^>]*>/gis, ' ')).replace(/\s+/g, ' ').trim();

const attributeOf = (tag, name) =>
  unescapeHtml(tag.match(new RegExp(`\\s${name}=(["'])(.*?)\\1`, 'is'))?.[2] ?? '');

function formIn(page, base) {
  const [form] = page.match(/<form\b[^>]*>/i) ?? [];
  if (!form) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of page.matchAll(/<input\b[^>]*>/gi)) {
    const name = attributeOf(input, 'name');
    if (name) fields.append(name, attributeOf(input, 'value'));
  }
  return { action: new URL(attributeOf(form, 'action'), base), body: fields.toString() };
}

// ---- from the authorization URL to the callback

// Glewlwyd's pages need scripts; its API does the same. `g_continue` is what the last page adds.
async function signInAtGlewlwyd(url) {
  const body = JSON.stringify({ username: 'alice', password: 'password' });
  const api = new URL('/api/auth/', url);
  const { status } = await send('POST', api, { type: 'application/json', body });
  if (status !== 200) throw new Error(`signing in was answered with ${status}`);
  return new URL(`${url}&g_continue`);
}

async function authorize(start) {
  let url = options.glewlwyd ? await signInAtGlewlwyd(start) : start;
  for (let hops = 0; hops < 20; hops += 1) {
    const { status, location, page } = await send('GET', url);
    if (location) {
      // Byte for byte: URL would rewrite what the client must be able to read as it was sent.
      const target = new URL(location, url);
      if (target.origin !== start.origin) return { method: 'GET', target: location };
      url = target;
      continue;
    }
    const form = status === 200 && formIn(page, url);
    if (form && form.action.origin !== start.origin)
      return { method: 'POST', target: form.action.href, body: form.body };
    throw new Error(`${url.pathname} was answered with ${status}: ${textOf(page)}`);
  }
  throw new Error('too many redirects');
}

// ---- from the callback to the client

// A server on the redirect URI cannot see a fragment: its page sends it with a script, as a POST.
async function deliver({ method, target, body }) {
  const url = new URL(target);
  const fragment = url.hash.slice(1);
  url.hash = '';
  const post = (text) => send('POST', url, { type: formType, body: text, withCookies: false });
  if (method === 'POST') return post(body);
  const answer = await send('GET', url, { withCookies: false });
  return fragment && answer.status === 200 ? post(fragment) : answer;
}

try {
  const callback = await authorize(options.url);
  if (options.deliver) {
    const { status, page } = await deliver(callback);
    console.log(`${status}\n${page}`);
  } else {
    console.log([callback.method, callback.target, callback.body].filter(Boolean).join(' '));
  }
} catch (error) {
  console.error(`agent: ${error.message || error.code}`);
  process.exitCode = 1;
}
