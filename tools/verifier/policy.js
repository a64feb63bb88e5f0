// Trust policies (C2SP tlog-policy), and the checkpoint that one trusts.

const policyFault = (line) => new Fault('policy', 'policy-malformed', String(line));

class PolicyParser {
  constructor() {
    this.policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };
    this.seen = new Set();   // keys of logs, keys of witnesses, members: each once, so that each witness counts once
  }

  async parse(text) {
    for (const [i, line] of text.split('\n').entries()) {
      if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) throw policyFault(i + 1);
      const words = line.replace(/(^|[ \t])#.*/, '').split(/[ \t]+/).filter(Boolean);
      if (words.length && !await this.take(words)) throw policyFault(i + 1);
    }
    if (this.policy.quorum === undefined || !this.policy.logs.length) throw policyFault('log, quorum');
    return this.policy;
  }

  take(w) {
    const n = w.length;
    if (w[0] === 'log' && (n === 2 || n === 3)) return this.log(w);
    if (w[0] === 'witness' && (n === 3 || n === 4)) return this.witness(w);
    if (w[0] === 'group' && n >= 4) return this.group(w);
    return w[0] === 'quorum' && n === 2 && this.quorum(w[1]);
  }

  isFirst(what) { return !this.seen.has(what) && Boolean(this.seen.add(what)); }

  known(name) { return this.policy.witnesses.has(name) || this.policy.groups.has(name); }

  async log(w) {
    const v = await parseVkey(w[1], 'noteType');
    return v !== null && this.isFirst(`log ${v.raw}`) && this.policy.logs.push(v) > 0;
  }

  async witness(w) {
    const v = await parseVkey(w[2], 'cosignatureType');
    if (v === null || w[1] === 'none' || this.known(w[1]) || !this.isFirst(`witness ${v.raw}`)) return false;
    return Boolean(this.policy.witnesses.set(w[1], v));
  }

  group([, name, k, ...members]) {
    if (name === 'none' || this.known(name) || !members.every((m) => this.known(m))) return false;
    const threshold = k === 'any' ? 1 : k === 'all' ? members.length : /^[0-9]+$/.test(k) ? Number(k) : 0;
    if (threshold < 1 || threshold > members.length || !members.every((m) => this.isFirst(`member ${m}`))) return false;
    return Boolean(this.policy.groups.set(name, { threshold, members }));
  }

  quorum(name) {
    if (this.policy.quorum !== undefined || (name !== 'none' && !this.known(name))) return false;
    this.policy.quorum = name;
    return true;
  }
}

function isMet(policy, name, seen) {
  const group = policy.groups.get(name);
  if (!group) return name === 'none' || seen.has(name);
  return group.members.filter((m) => isMet(policy, m, seen)).length >= group.threshold;
}

// The checkpoint of a note, the witnesses with their times, and whether the quorum is met.
async function trust(policy, bytes) {
  const note = parseNote(bytes), checkpoint = parseCheckpoint(note.text), seen = new Map();
  await verifyNote(note, policy.logs);
  await verifyNote(note, policy.logs.filter((v) => v.name === checkpoint.origin));
  for (const [name, v] of policy.witnesses) {
    const time = await cosignedAt(note, v);
    if (time !== null) seen.set(name, time);
  }
  return { checkpoint, witnesses: seen, quorum: isMet(policy, policy.quorum, seen) };
}
