// That a body has the shape that the catalogue gives its type. `catalogue` (inlined at build time) is what
// `pufa schema --json` prints, with the two fields that every body has, `attachments` and `remark`, as `common`.

const DATE_MIN = -7397, DATE_MAX = 84005;   // 1949-10-01, 2199-12-31
const SCHEMA_VERSION = 1;
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const typeOf = (ordinal) => catalogue.types[ordinal] ?? null;
const shapeFault = (path, why) => new Fault('body', 'shape', `${path}: ${why}`);

function organisationCheck(eight) {
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((n, weight, i) => n + weight * parseInt(eight[i], 36), 0);
  return '0X987654321'[sum % 11];
}

// GB 32100: a unified social credit code with both its check characters.
function isUscc(s) {
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(s)) return false;
  let sum = 0, weight = 1;
  for (const c of s.slice(0, 17)) sum += USCC_ALPHABET.indexOf(c) * weight, weight = weight * 3 % 31;
  return USCC_ALPHABET[(31 - sum % 31) % 31] === s[17] && organisationCheck(s.slice(8, 16)) === s[16];
}

// Something that looks like an identity card's or a mobile phone's number, standing free.
function hasPersonalNumber(s) {
  for (const m of s.matchAll(/(?<![0-9A-Za-z])[0-9]+/g)) {
    const rest = s.slice(m.index + m[0].length), free = !/^[0-9A-Za-z]/.test(rest), n = m[0].length;
    if (n === 17 && /^[Xx](?![0-9A-Za-z])/.test(rest) && !isUscc(m[0] + rest[0])) return true;
    if (n === 18 && free && !isUscc(m[0])) return true;
    if (n === 11 && free && /^1[3-9]/.test(m[0])) return true;
  }
  return false;
}

// Why a text is not in the form in which texts are kept; null if it is.
function untidy(text) {
  if (text === null) return 'no UTF-8';
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text)) return 'a control character';
  const edge = /[\u0009-\u000d \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
  if (edge.test(text[0]) || edge.test(text.at(-1))) return 'white space at an end';
  return text.normalize('NFC') === text ? null : 'not in NFC';
}

function isMonthDay(s) {
  const m = /^([0-9]{2})-([0-9]{2})$/.exec(s);
  return m !== null && m[1] >= '01' && m[1] <= '12' && m[2] >= '01' && Number(m[2]) <= new Date(Date.UTC(2001, Number(m[1]), 0)).getUTCDate();
}

// Why a text is none of its field's kind; null if it is.
function textFault(f, bytes) {
  const s = latin(bytes), text = utf8(bytes);
  const limited = /^[A-Za-z0-9._-]*$/.test(s) && s.length <= f.maxLength ? null : 'no code';
  switch (f.kind) {
    case 'text': {
      const url = f.name === 'url' || f.name.endsWith('Url');
      return untidy(text) ?? ([...text].length > f.maxLength ? 'too long' : !url && hasPersonalNumber(s) ? 'personal number' : null);
    }
    case 'code': return limited;
    case 'codeOrStar': return s === '*' ? null : limited;
    case 'scope': return s === 'district' || isUscc(s) ? null : 'no scope';
    case 'unit': case 'uscc': return isUscc(s) ? null : 'no unified social credit code';
    case 'person': return /^p-[a-z0-9]{8,40}$/.test(s) ? null : 'no person';
    case 'monthDay': return isMonthDay(s) ? null : 'no month and day';
    default: return null;
  }
}

function isInRange(f, v) {
  switch (f.kind) {
    case 'enum': return v < f.values.length;
    case 'date': return v >= DATE_MIN && v <= DATE_MAX;
    case 'bool': case 'instant': return true;
    default: return v >= f.min && v <= f.max;
  }
}

// A scalar's value, whether or not it is said to be there.
function scalarOf(f, s) {
  const { bits, offset } = f.slot;
  return bits === 1 ? s.flag(offset) : bits === 16 ? s.u16(offset) : bits === 32 ? s.i32(offset) : s.i64(offset);
}
const isPresent = (f, s) => f.slot.presence === undefined || s.flag(f.slot.presence);

class Shape {
  // `others`: slots of the struct that are no fields.
  fields(fields, s, prefix, others = []) {
    if (!usesOnly([...fields.map((f) => f.slot), ...others], s)) throw shapeFault(prefix, 'has what no field uses');
    for (const f of fields) this.field(f, s, prefix + f.name);
  }

  field(f, s, path) {
    if (f.list) this.list(f, s, path);
    else if (f.slot.pointer === undefined) this.scalar(f, s, path);
    else this.pointer(f, s, path);
  }

  scalar(f, s, path) {
    const v = scalarOf(f, s);
    if (isPresent(f, s) ? !isInRange(f, v) : Number(v) !== 0) throw shapeFault(path, 'value');
  }

  pointer(f, s, path) {
    const i = f.slot.pointer;
    if (s.isAbsent(i)) {
      if (f.required) throw shapeFault(path, 'missing');
    } else if (f.kind === 'struct') {
      this.fields(f.fields, s.child(i), path + '.');
    } else {
      this.bytes(f, ['hex', 'sealed', 'ref'].includes(f.kind) ? s.data(i) : s.text(i), path);
    }
  }

  bytes(f, v, path) {
    const size = { ref: 16, sealed: 32, hex: f.bytes }[f.kind];
    const why = v.length === 0 ? 'empty' : size === undefined ? textFault(f, v) : v.length === size ? null : 'length';
    if (why) throw shapeFault(path, why);
  }

  list(f, s, path) {
    const list = s.list(f.slot.pointer);
    if (!s.isAbsent(f.slot.pointer) && list.count === 0) throw shapeFault(path, 'empty');
    if (list.count === 0 && !(f.required && f.list.min > 0)) return;
    if (list.count < f.list.min || list.count > f.list.max) throw shapeFault(path, 'count');
    const seen = new Set();
    for (let i = 0; i < list.count; ++i) {
      const key = this.item(f, list, i, `${path}.${i}`);
      if (key !== null && seen.has(key)) throw shapeFault(path, 'twice');
      seen.add(key);
    }
  }

  // Checks one item; gives what must not repeat, or null.
  item(f, list, i, path) {
    if (f.kind === 'struct') return this.fields(f.fields, list.expect(7, 'structs').structAt(i), path + '.'), null;
    if (f.kind === 'changes') return this.change(list.expect(7, 'structs').structAt(i), path);
    if (f.kind === 'date' || f.kind === 'enum') {
      const v = f.kind === 'date' ? list.expect(4, 'dates').i32(i) : list.expect(3, 'values').u16(i);
      if (!isInRange(f, v)) throw shapeFault(path, 'value');
      return v;
    }
    const v = f.kind === 'ref' ? list.expect(6, 'ids').data(i) : list.expect(6, 'texts').text(i);
    this.bytes(f, v, path);
    return f.kind === 'text' || f.kind === 'monthDay' ? null : latin(v);
  }

  change(s, path) {
    const field = latin(s.text(0));
    if (!field || s.dataBytes > 0 || s.pointers > 2) throw shapeFault(path, 'field');
    return field;
  }
}

function checkShape(body) {
  const type = typeOf(body.type);
  if (type === null || body.version !== SCHEMA_VERSION) throw shapeFault('type', 'unknown');
  new Shape().fields(type.fields, body.payload, '');
  new Shape().fields(catalogue.common, body.root, '', [{ bits: 32, offset: 0 }, { pointer: 2 }]);   // version and type, payload
}

function collectUnits(fields, s, out) {
  for (const f of fields) {
    const i = f.slot.pointer, code = f.kind === 'unit' || f.kind === 'scope';
    if (f.kind === 'struct' && f.list) {
      for (let k = 0, l = s.list(i); k < l.count; ++k) collectUnits(f.fields, l.structAt(k), out);
    } else if (f.kind === 'struct' && !s.isAbsent(i)) {
      collectUnits(f.fields, s.child(i), out);
    } else if (code && f.list) {
      for (let k = 0, l = s.list(i); k < l.count; ++k) out.add(latin(l.text(k)));
    } else if (code && !s.isAbsent(i) && latin(s.text(i)) !== 'district') {
      out.add(latin(s.text(i)));
    }
  }
}

// The unit codes in a body, with the header's own, sorted and distinct.
function namedUnits(body, unit) {
  const out = new Set(unit ? [unit] : []);
  collectUnits(typeOf(body.type).fields, body.payload, out);
  return [...out].sort((a, b) => (a < b ? -1 : 1));
}
