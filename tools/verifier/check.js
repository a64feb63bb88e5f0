// The check of a record's or a receipt's evidence, in the order and by the levels of the README's section "Evidence".

const LEVELS = ['parsed', 'included', 'witnessed', 'purpose', 'signed', 'entitled', 'body'];
const IDENTITY = ['KeyEnrolled', 'KeyRevoked', 'RoleGranted', 'RoleRevoked'];
const NEEDS_BODY = [...IDENTITY, 'GenesisRecorded', 'IndexCommitted'];
const UNINDEXED_MAX = 4096n + 100000n;   // an honest ledger commits an index within so many records
const EVENT_BYTES_MAX = 60000;

class Checker {
  constructor(evidence, policy) {
    Object.assign(this, { evidence, policy, holds: [], items: [], verified: new Map(), standing: new Set(), enrolled: new Map(), compared: false, index: null });
  }

  find(position) { return this.items.find((c) => c.position === position) ?? null; }

  async run() {
    await this.readGenesis();
    this.holds.push('parsed');
    await this.checkInclusions();
    this.holds.push('included');
    if (!this.trusted.quorum) throw new Fault('witnessed', 'quorum-missing');
    if (this.policy.quorum !== 'none') this.holds.push('witnessed');
    await this.checkPurpose();
    this.holds.push('purpose');
    await this.checkItems();
    await this.checkKeys();
    this.checkIndexFollows();
    this.holds.push('signed', 'entitled', 'body');
    await this.checkSecret();
  }

  async readGenesis() {
    const first = this.evidence.items[0];
    this.genesis = await at('parsed', 0n, () => {
      const body = first.body ? readBody(first.body.subarray(32)) : null;
      if (body === null || typeOf(body.type)?.type !== 'GenesisRecorded') throw new Fault('parsed', 'not-a-ledger');
      checkShape(body);
      return { body, ...valuesOf(typeOf(body.type).fields, body.payload) };
    });
    this.suite = suites.find((s) => s.name === this.genesis.suite);
    for (const i of this.evidence.items)
      if (!i.body && NEEDS_BODY.includes(typeOf(i.header.type)?.type)) throw new Fault('parsed', 'body-missing', '', i.position);
  }

  async checkInclusions() {
    this.trusted = await trust(this.policy, this.evidence.checkpoint);
    const head = this.trusted.checkpoint;
    for (const i of this.evidence.items)
      if (!await isIncluded(this.suite, i.position, head.size, await leafHash(this.suite, i.bytes), i.path, head.root))
        throw new Fault('included', 'not-included', '', i.position);
  }

  async checkPurpose() {
    await at('purpose', 0n, async () => {
      if (u8(this.genesis.origin).length !== this.trusted.checkpoint.origin.length || latin(u8(this.genesis.origin)) !== this.trusted.checkpoint.origin)
        throw new Fault('purpose', 'origin-differs');
      if (this.genesis.purpose === 'production' && await this.namesPublishedKey()) throw new Fault('purpose', 'demonstration-key');
      this.ring = new KeyRing(this.suite);
      await this.ring.begin(this.genesis, this.genesis.body.bytes);
    });
  }

  // Whether the genesis names a key that anyone can make: those of demonstrations.
  async namesPublishedKey() {
    const stated = [this.genesis.operatorKey, this.genesis.registrarKey, this.genesis.auditKey].map((k) => k.keyId);
    for (const name of ['operator', 'registrar', 'auditAdmin']) {
      const key = await this.suite.derive(await sha256(u8(`pufa demo/${this.suite.name}/key/${name}`)));
      if (stated.includes(key.id)) return true;
    }
    return false;
  }

  async checkItems() {
    for (const i of this.evidence.items) {
      const c = { ...i, type: typeOf(i.header.type), content: null, signer: null };
      this.items.push(c);
      this.compareKeys(i.position);
      await at('signed', i.position, () => this.checkSubmission(c));
      const key = await at('entitled', i.position, () => this.signingKey(c));
      await at('signed', i.position, () => this.checkSignature(c, key));
      if (c.body) await at('body', i.position, () => this.checkBody(c));
      await at('entitled', i.position, () => this.checkSigner(c));
    }
    this.compareKeys(null);
  }

  async checkSubmission(c) {
    const broken = (why) => new Fault('signed', 'submission-broken', why);
    c.message = concat(u8('pufa/submission/v1\n'), c.submissionBytes);
    c.submissionHash = await this.suite.hash(c.message, c.signature);
    const r = c.record, first = r.index === 0n;
    if (!equal(c.submissionHash, r.submissionHash)) throw broken('hash');
    if (!equal(r.submissionHeader, first ? c.submissionBytes : EMPTY) || !equal(r.signature, first ? c.signature : EMPTY)) throw broken('header');
    if (!await isIncluded(this.suite, r.index, c.submission.count, await leafHash(this.suite, r.header), c.inner, c.submission.root)) throw broken('inner');
    if (!equal(c.submission.ledgerId, c.position === 0n ? new Uint8Array(16) : this.ring.ledgerId)) throw new Fault('signed', 'ledger-id-mismatch');
  }

  signingKey(c) {
    const key = this.ring.keys.get(c.submission.keyId);
    if (!key) throw entitlement('key-unknown');
    return key;
  }

  async checkSignature(c, key) {
    const id = hex(c.submissionHash);
    if (!this.verified.has(id)) this.verified.set(id, await key.verify(c.message, c.signature));
    if (!this.verified.get(id)) throw new Fault('signed', 'bad-signature');
  }

  async checkBody(c) {
    const salt = c.body.subarray(0, 32), bytes = c.body.subarray(32), h = c.header;
    if (c.record.header.length + bytes.length > EVENT_BYTES_MAX) throw shapeFault('', 'too large');
    const body = readBody(bytes);
    checkShape(body);
    if (!equal(await this.suite.hash(u8('pufa/body/v1\n'), salt, bytes), h.commitment)) throw new Fault('body', 'body-differs');
    if (body.type !== h.type || h.on < DATE_MIN || h.on > DATE_MAX) throw new Fault('body', 'body-differs');
    if (JSON.stringify(namedUnits(body, h.unit)) !== JSON.stringify(h.named)) throw new Fault('body', 'units-differ');
    c.content = body;
    for (const v of c.opened) await this.checkOpened(c, v);
  }

  async checkOpened(c, v) {
    const sealedIn = (fields, s) => fields.filter((f) => f.kind === 'sealed' && latin(u8(f.name)) === v.field).map((f) => s.data(f.slot.pointer));
    const commitments = [...sealedIn(c.type.fields, c.content.payload), ...sealedIn(catalogue.common, c.content.root)];
    const seal = await this.suite.hash(u8('pufa/sealed/v1\n'), this.ring.ledgerId, c.header.id, unlatin(v.field), Uint8Array.of(10), v.salt, v.value);
    if (!commitments.some((x) => equal(x, seal))) throw new Fault('body', 'opened-differs', shownText(unlatin(v.field)));
  }

  async checkSigner(c) {
    const admitted = c.record.admitted;
    if (c.position === 0n) {
      const key = this.ring.keys.get(c.submission.keyId);
      if (!this.ring.holds(key, 'operator', localDay(admitted))) throw entitlement('role-missing');
      c.signer = { key, roles: ['operator'] };
      return;
    }
    c.signer = this.ring.signer(c.submission.keyId, c.type, c.header.unit, admitted);
    if (!IDENTITY.includes(c.type.type)) return;
    const values = valuesOf(c.type.fields, c.content.payload);
    await this.ring.apply({ type: c.type.type, values, signer: c.signer, admitted });
    if (c.type.type === 'KeyEnrolled') this.enrolled.set(values.keyId, c.position);
  }

  // Once the items before the index are folded: are the keys there as the operator committed?
  compareKeys(next) {
    const shown = this.evidence.keys;
    if (!shown.length || this.compared || (next !== null && next <= shown[0].index)) return;
    this.compared = true;
    for (const k of shown) {
      const key = this.ring.keys.get(/^\{"key":"([0-9a-f]{32})"/.exec(k.entry)?.[1]);
      if (!key || latin(u8(keyEntry(key))) !== k.entry) throw new Fault('entitled', 'standing-differs', '', k.index);
      this.standing.add(key.id);
    }
  }

  async checkKeys() {
    const shown = this.evidence.keys;
    if (!shown.length) return;
    const position = shown[0].index, index = this.find(position);
    if (index?.type?.type !== 'IndexCommitted') throw new Fault('entitled', 'index-missing', '', position);
    const x = valuesOf(index.type.fields, index.content.payload);
    for (const k of shown)
      if (!await isIncluded(this.suite, k.place, BigInt(x.keys), await leafHash(this.suite, unlatin(k.entry)), k.path, x.keysRoot))
        throw new Fault('entitled', 'standing-differs', '', position);
    for (const c of this.items) {
      const id = c.signer.key.id, since = this.enrolled.get(id);
      if (!this.standing.has(id) && !(since !== undefined && since > position)) throw new Fault('entitled', 'standing-missing', '', c.position);
    }
    this.index = position;
  }

  checkIndexFollows() {
    const { subject } = this.evidence;
    this.laterIndex = this.index !== null && this.index > subject;
    if (!this.laterIndex && this.trusted.checkpoint.size > subject + UNINDEXED_MAX) throw new Fault('entitled', 'index-missing', '', subject);
  }

  async checkSecret() {
    if (this.evidence.kind !== 'receipt') return;
    const c = this.find(this.evidence.subject);
    const receipt = c.content && c.type.type === 'ComplaintFiled' ? valuesOf(c.type.fields, c.content.payload).receipt : null;
    if (!receipt || !equal(receipt, await this.suite.hash(this.evidence.secret))) throw new Fault('body', 'receipt-wrong', '', c.position);
  }
}

// Of a record's evidence and one taken before, each checked by itself: the log still holds the record, byte for byte where it was.
function checkStillThere(now, before) {
  const a = now.trusted.checkpoint, b = before.trusted.checkpoint, { subject } = now.evidence;
  const fault = (code) => new Fault('included', code, '', subject);
  if (a.origin !== b.origin) throw fault('origin-differs');
  if (a.size < b.size) throw fault('checkpoint-older');
  if (a.size === b.size && !equal(a.root, b.root)) throw fault('checkpoint-mismatch');
  if (before.evidence.subject !== subject || !equal(now.find(subject).bytes, before.find(subject).bytes)) throw fault('record-changed');
}

async function establish(report, file, policy) {
  const container = await Container.open(file);
  report.kind = container.kind;
  report.checker = new Checker(parseEvidence(container), policy);
  report.holds = report.checker.holds;
  await report.checker.run();
}

async function compareEarlier(report, file, policy) {
  const before = {};
  try {
    await establish(before, file, policy);
  } catch (e) {
    if (e instanceof Fault) e.ofEarlier = true;
    throw e;
  }
  checkStillThere(report.checker, before.checker);
  report.earlier = before.checker.trusted.checkpoint;
}

// { kind, holds, fault, checker, earlier }: what a file establishes under a policy's text, perhaps beside earlier evidence of the
// same record, whose checkpoint is `earlier`. A wrong policy: fault.level is `policy`.
async function verify(file, policyBytes, earlierFile) {
  const report = { kind: null, holds: [], fault: null, checker: null, earlier: null };
  try {
    const policy = await new PolicyParser().parse(latin(policyBytes));
    await establish(report, file, policy);
    if (earlierFile) await compareEarlier(report, earlierFile, policy);
  } catch (e) {
    const fault = report.fault = e instanceof Fault ? e : new Fault('parsed', 'internal', String(e?.message));
    report.holds = report.holds.filter((level) => level !== fault.level);
  }
  return report;
}
