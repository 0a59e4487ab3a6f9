// SPDX-License-Identifier: MIT
//
// The person at the browser. `login_hint` says who it is and what they do:
//   alice, bob, anyone    signs in as that subject and consents (alice when there is no hint)
//   ghost                 signs in, but the account is unknown afterwards
//   deny, deny-consent    refuses to sign in, or signs in and refuses to consent
//   partial               consents to everything but the scope `email`
//   error:<code>          the server answers with that error
//   manual                waits for a human, for ever
import { errors } from './packages.mjs';

const accounts = {
  alice: {
    name: 'Alice \u00c5ngstr\u00f6m \u{1f98a}',
    given_name: 'Alice',
    family_name: '\u00c5ngstr\u00f6m',
    preferred_username: 'alice',
    email: 'alice@example.test',
    email_verified: true,
    phone_number: '+49 30 1234',
    phone_number_verified: true,
    address: { street_address: '1 "Quote" St', country: 'DE' },
    groups: ['admins', 'users'],
    locale: 'de-DE',
    zoneinfo: 'Europe/Berlin',
    picture: 'https://example.test/a.png',
    updated_at: 1700000000,
  },
  bob: { name: 'Bob', email: 'bob@example.test', email_verified: false, groups: [] },
};

export async function findAccount(_context, sub) {
  if (sub === 'ghost') return undefined;
  const account = accounts[sub] ?? { name: sub, email: `${sub}@example.test` };
  return { accountId: sub, claims: async () => ({ sub, ...account }) };
}

// Answers the page at which a browser would show the form to sign in, or to consent.
export async function interact(provider, request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  const hint = params.login_hint ?? 'alice';
  const finish = (result, { keep = true } = {}) => provider.interactionFinished(
    request, response, result, { mergeWithLastSubmission: keep });
  const refuse = (error, error_description) =>
    finish({ error, error_description }, { keep: false });

  if (hint === 'manual') {
    response.setHeader('content-type', 'text/html');
    return response.end(`<h1>waiting for a human: ${prompt.name}</h1>`);
  }
  if (hint === 'deny' || (hint === 'deny-consent' && prompt.name === 'consent'))
    return refuse('access_denied', 'End-User aborted interaction');
  if (hint.startsWith('error:')) return refuse(hint.slice(6), 'forced by login_hint');

  switch (prompt.name) {
    case 'login': {
      const isSubject = !hint.startsWith('deny') && hint !== 'partial';
      const accountId = isSubject ? hint.replace(/@.*/, '') : 'alice';
      const acr = params.acr_values?.split(' ')[0];
      return finish({ login: { accountId, acr, amr: ['pwd'], remember: true } });
    }
    case 'consent': {
      const grant = (grantId && await provider.Grant.find(grantId))
        || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
      allow(grant, prompt.details);
      if (hint === 'partial') grant.rejectOIDCScope('email');
      return finish({ consent: { grantId: await grant.save() } });
    }
    default:   // select_account, create
      return finish({ [prompt.name]: {} }, { keep: false });
  }
}

function allow(grant, asked) {
  if (asked.missingOIDCScope) grant.addOIDCScope(asked.missingOIDCScope.join(' '));
  if (asked.missingOIDCClaims) grant.addOIDCClaims(asked.missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(asked.missingResourceScopes ?? {}))
    grant.addResourceScope(resource, scopes.join(' '));
  for (const detail of asked.rar ?? []) grant.addRar(detail);
}

// Answers on the second device of CIBA after 1.2 s; the hints are deny, never and a subject.
export async function answerLater(provider, request, account, client) {
  const hint = request.params.login_hint;
  if (hint === 'never') return;
  setTimeout(async () => {
    if (hint === 'deny')
      return provider.backchannelResult(request, new errors.AccessDenied('the user said no'));
    const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
    grant.addOIDCScope(request.scope);
    if (request.claims?.id_token) grant.addOIDCClaims(Object.keys(request.claims.id_token));
    for (const resource of [request.resource ?? []].flat())
      grant.addResourceScope(resource, request.scope);
    await grant.save();
    const authTime = Math.floor(Date.now() / 1000);
    return provider.backchannelResult(request, grant, { amr: ['swk'], authTime });
  }, 1200).unref();
}

// Approves or denies a device code without a browser.
export async function decideDevice(provider, userCode, { deny, sub = 'alice' }) {
  const letters = userCode.replace(/[^A-Z]/gi, '').toUpperCase();
  const code = await provider.DeviceCode.findByUserCode(letters);
  if (!code) return false;
  if (deny) {
    Object.assign(code, { error: 'access_denied', errorDescription: 'the user said no' });
  } else {
    const scope = code.params.scope ?? 'openid';
    const grant = new provider.Grant({ accountId: sub, clientId: code.clientId });
    grant.addOIDCScope(scope);
    const authTime = Math.floor(Date.now() / 1000);
    const grantId = await grant.save();
    Object.assign(code, { accountId: sub, scope, grantId, authTime, amr: ['pwd'], claims: {} });
  }
  await code.save();
  return true;
}
