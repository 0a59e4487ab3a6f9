// SPDX-License-Identifier: MIT
//
// What one issuer stores, in memory. (The library's own memory storage forgets after 1000 entries.)

export function makeStorage() {
  const entries = new Map();
  const sessionByUid = new Map();
  const idByUserCode = new Map();
  const keysByGrant = new Map();

  function read(key) {
    const entry = entries.get(key);
    if (entry && entry.expires > Date.now()) return entry.value;
    entries.delete(key);
    return undefined;
  }

  function remember(grantId, key) {
    if (!keysByGrant.has(grantId)) keysByGrant.set(grantId, new Set());
    keysByGrant.get(grantId).add(key);
  }

  return (model) => {
    const keyOf = (id) => `${model}:${id}`;
    return {
      async upsert(id, value, seconds) {
        // A minute longer than it is valid, so that the answer is "expired" and not "unknown".
        const expires = seconds ? Date.now() + (seconds + 60) * 1000 : Infinity;
        entries.set(keyOf(id), { value, expires });
        if (model === 'Session') sessionByUid.set(value.uid, id);
        else if (value.grantId) remember(value.grantId, keyOf(id));
        if (value.userCode) idByUserCode.set(value.userCode, id);
      },
      async find(id) { return read(keyOf(id)); },
      async findByUid(uid) { return read(keyOf(sessionByUid.get(uid))); },
      async findByUserCode(code) { return read(keyOf(idByUserCode.get(code))); },
      async consume(id) { read(keyOf(id)).consumed = Math.floor(Date.now() / 1000); },
      async destroy(id) { entries.delete(keyOf(id)); },
      async revokeByGrantId(grantId) {
        for (const key of keysByGrant.get(grantId) ?? []) entries.delete(key);
        keysByGrant.delete(grantId);
      },
    };
  };
}
