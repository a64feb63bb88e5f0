// Whose keys may sign what, at a position: the four identity events folded in order.
// A grant: { role, scope, from, until, ended }; days since 1970-01-01. A key's bounds are ms, null for none.

const DISTRICT = 'district';
const PROTECTED = ['operator', 'registrar', 'auditAdmin', 'reviewer', 'witness'];
const UNIT_ROLES = ['unit', 'unitHead', 'superior'];

const entitlement = (code) => new Fault('entitled', code);

// The day at UTC+08:00 of an instant in ms.
const localDay = (ms) => Number((t => (t - ((t % 86400000n) + 86400000n) % 86400000n) / 86400000n)(ms + 28800000n));

const isoDay = (days) => new Date(days * 86400000).toISOString().slice(0, 10);

// The values of an event's own struct by their fields' names: texts as strings, Data as bytes; absent: null.
function valuesOf(fields, s) {
  const value = (f) => {
    if (f.list) return null;
    if (f.slot.pointer === undefined) return !isPresent(f, s) ? null : f.kind === 'enum' ? f.values[scalarOf(f, s)].code : scalarOf(f, s);
    if (s.isAbsent(f.slot.pointer)) return null;
    if (f.kind === 'struct') return valuesOf(f.fields, s.child(f.slot.pointer));
    return ['hex', 'sealed', 'ref'].includes(f.kind) ? s.data(f.slot.pointer) : utf8(s.text(f.slot.pointer));
  };
  return Object.fromEntries(fields.map((f) => [f.name, value(f)]));
}

const isInForce = (g, day) => !g.ended && g.from <= day && (g.until === null || day <= g.until);

function covers(g, type, unit) {
  if (g.scope === DISTRICT || g.scope === unit) return true;
  if (unit === '' && (type.unit === 'own' || type.unit === 'any')) return true;
  if (type.type === 'InspectionOpened' || type.type === 'InspectionClosed') return true;
  return type.type === 'GuidanceGiven' && g.role === 'unit';
}

class KeyRing {
  constructor(suite) { this.suite = suite, this.keys = new Map(), this.ledgerId = null; }

  async parsed(publicKey) {
    const spki = unbase64(publicKey);
    return spki === null ? null : this.suite.publicOf(spki);
  }

  add(key, owner, ownerUnit, notBefore, notAfter, grants) {
    this.keys.set(key.id, { ...key, owner, ownerUnit, notBefore, notAfter, revoked: false, grants });
  }

  async begin(genesis, body) {
    const founders = [[genesis.operatorKey, 'operator'], [genesis.registrarKey, 'registrar'], [genesis.auditKey, 'auditAdmin']];
    if (genesis.origin.startsWith('demo.') !== (genesis.purpose === 'demonstration')) throw entitlement('origin-purpose');
    for (const [ref, role] of founders) {
      const key = await this.parsed(ref.publicKey);
      if (key?.id !== ref.keyId) throw entitlement('key-id-mismatch');
      if (this.keys.has(key.id)) throw entitlement('keys-not-distinct');
      this.add(key, role, '', null, null, [{ role, scope: DISTRICT, from: DATE_MIN, until: null, ended: false }]);
    }
    this.ledgerId = (await this.suite.hash(u8('pufa/genesis/v1\n'), body)).subarray(0, 16);
  }

  checkKey(id, admitted) {
    const key = this.keys.get(id);
    if (!key) throw entitlement('key-unknown');
    if (key.notBefore !== null && admitted < key.notBefore) throw entitlement('key-not-yet-valid');
    if (key.notAfter !== null && admitted > key.notAfter) throw entitlement('key-expired');
    if (key.revoked) throw entitlement('key-revoked');
    return key;
  }

  // The signer with the roles by which it may sign an event of this type about this unit.
  signer(id, type, unit, admitted) {
    const key = this.checkKey(id, admitted), day = localDay(admitted);
    const grants = key.grants.filter((g) => isInForce(g, day) && type?.signers.includes(g.role));
    if (!grants.length) throw entitlement('role-missing');
    const roles = grants.filter((g) => covers(g, type, unit)).map((g) => g.role);
    if (!roles.length) throw entitlement('scope-mismatch');
    return { key, roles: [...new Set(roles)] };
  }

  holds(key, role, day) { return !key.revoked && key.grants.some((g) => g.role === role && isInForce(g, day)); }

  // e: { type, values, signer, admitted }
  async apply(e) {
    const change = { KeyEnrolled: this.enrol, KeyRevoked: this.revoke, RoleGranted: this.grant, RoleRevoked: this.endGrant }[e.type];
    if (e.type === 'GenesisRecorded') throw entitlement('genesis-twice');
    if (change) await change.call(this, e, e.values);
  }

  async enrol(e, x) {
    const key = await this.parsed(x.publicKey);
    if (this.keys.has(x.keyId) || (key && this.keys.has(key.id))) throw entitlement('key-exists');
    if (x.notAfter < x.notBefore) throw entitlement('dates-reversed');
    if (key?.id !== x.keyId) throw entitlement('key-id-mismatch');
    const possession = unbase64(x.possession), message = concat(u8('pufa/enrol/v1\n'), this.ledgerId, unhex(key.id));
    if (possession === null || !await key.verify(message, possession)) throw entitlement('possession-wrong');
    this.add(key, x.owner, x.ownerUnit ?? '', x.notBefore, x.notAfter, []);
  }

  isLastOf(role, key, e) {
    const day = localDay(e.admitted);
    const within = (k) => (k.notBefore === null || k.notBefore <= e.admitted) && (k.notAfter === null || e.admitted <= k.notAfter);
    const valid = [...this.keys.values()].filter((k) => within(k) && this.holds(k, role, day));
    return valid.length === 1 && valid[0] === key;
  }

  async revoke(e, x) {
    const key = this.keys.get(x.keyId);
    if (!key) throw entitlement('key-unknown');
    if (key.revoked) throw entitlement('key-revoked');
    if ((x.reason === 'compromised') !== (x.compromisedSince !== null)) throw entitlement('revocation-shape');
    if (this.isLastOf('auditAdmin', key, e) || this.isLastOf('registrar', key, e)) throw entitlement('last-key');
    key.revoked = true;
  }

  checkProtected(e, role) {
    if (PROTECTED.includes(role) && !e.signer.roles.includes('auditAdmin')) throw entitlement('role-needs-audit-admin');
  }

  async grant(e, x) {
    const key = this.keys.get(x.keyId);
    if (!key) throw entitlement('key-unknown');
    if (key.revoked) throw entitlement('key-revoked');
    if (UNIT_ROLES.includes(x.role) === (x.scope === DISTRICT)) throw entitlement('scope-kind');
    this.checkProtected(e, x.role);
    if (key === e.signer.key) throw entitlement('self-grant');
    if (key.grants.some((g) => !g.ended && g.role === x.role && g.scope === x.scope && (g.until === null || x.from <= g.until))) throw entitlement('role-held');
    key.grants.push({ role: x.role, scope: x.scope, from: x.from, until: x.until, ended: false });
  }

  async endGrant(e, x) {
    const held = (this.keys.get(x.keyId)?.grants ?? []).filter((g) => !g.ended && g.role === x.role && g.scope === x.scope);
    if (!held.length) throw entitlement('role-not-held');
    this.checkProtected(e, x.role);
    for (const g of held) g.ended = true;
  }
}

// A key's entry in the key directory: canonical JSON, members in this order.
function keyEntry(k) {
  const text = JSON.stringify, bound = (ms) => (ms === null || ms === -(1n << 63n) || ms === (1n << 63n) - 1n ? 'null' : String(ms));
  const grants = k.grants.filter((g) => !g.ended).map((g) => text([g.role, g.scope, isoDay(g.from), g.until === null ? null : isoDay(g.until)]));
  return `{"key":${text(k.id)},"notAfter":${bound(k.notAfter)},"notBefore":${bound(k.notBefore)},"owner":${text(k.owner)},` +
    `"ownerUnit":${text(k.ownerUnit)},"publicKey":${text(base64(k.spki))},"revoked":${k.revoked},"roles":[${grants.join(',')}]}`;
}
