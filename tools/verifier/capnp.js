// Canonical Cap'n Proto messages of one segment, without a segment table (capnproto.org/encoding.html).

const NESTING_MAX = 16;
const ELEMENT_BITS = [0, 1, 8, 16, 32, 64, 64];

class Message {
  constructor(bytes) {
    if (bytes.length === 0 || bytes.length % 8) throw notCanonical('a message is no whole number of words');
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  bounded(at, length) {
    if (at < 0 || at + length > this.bytes.length) throw notCanonical('a pointer leads out of its message');
  }

  isNull(at) { return this.view.getUint32(at, true) === 0 && this.view.getUint32(at + 4, true) === 0; }

  // Where the pointer at byte `at` leads: a struct or a list; null for the null pointer.
  target(at) {
    if (this.isNull(at)) return null;
    const low = this.view.getUint32(at, true), high = this.view.getUint32(at + 4, true);
    const to = at + 8 + ((low | 0) >> 2) * 8;
    if ((low & 3) === 0) return this.struct(to, high & 0xffff, high >>> 16);
    if ((low & 3) === 1) return this.list(to, high & 7, high >>> 3);
    throw notCanonical('a pointer is neither of a struct nor of a list');
  }

  struct(at, dataWords, pointers) {
    this.bounded(at, (dataWords + pointers) * 8);
    return new Struct(this, at, dataWords * 8, pointers);
  }

  list(at, size, count) {
    if (size !== 7) {
      this.bounded(at, Math.ceil(count * ELEMENT_BITS[size] / 64) * 8);
      return new List(this, at, size, count);
    }
    this.bounded(at, 8 + count * 8);
    const low = this.view.getUint32(at, true), shape = this.view.getUint32(at + 4, true);
    const list = new List(this, at + 8, size, low >>> 2, (shape & 0xffff) * 8, shape >>> 16);
    if ((low & 3) !== 0 || list.count * list.stride > count * 8) throw notCanonical('a list of structs is malformed');
    list.words = count;
    return list;
  }

  root() { return this.target(0) ?? new Struct(this, 0, 0, 0); }
}

class List {
  constructor(message, at, size, count, dataBytes = 0, pointers = 0) {
    Object.assign(this, { message, at, size, count, dataBytes, pointers, stride: dataBytes + pointers * 8 });
  }
  expect(size, what) {
    if (this.size !== size && this.count > 0) throw notCanonical(`a list is not one of ${what}`);
    return this;
  }
  structAt(i) { return new Struct(this.message, this.at + i * this.stride, this.dataBytes, this.pointers); }
  u16(i) { return this.message.view.getUint16(this.at + i * 2, true); }
  i32(i) { return this.message.view.getInt32(this.at + i * 4, true); }
  text(i) { return textOf(this.message.target(this.at + i * 8)); }
  data(i) { return dataOf(this.message.target(this.at + i * 8)); }
}

const EMPTY = new Uint8Array(0);

function dataOf(target) {
  if (target === null) return EMPTY;
  if (!(target instanceof List) || target.size !== 2) throw notCanonical('a pointer is not of bytes');
  return target.message.bytes.subarray(target.at, target.at + target.count);
}

function textOf(target) {
  const bytes = dataOf(target);
  if (target === null) return bytes;
  if (bytes.length === 0 || bytes[bytes.length - 1] !== 0) throw notCanonical('a text lacks its end');
  return bytes.subarray(0, bytes.length - 1);
}

// Fields by their slots: a pointer's index, or a scalar's offset in units of its size. Past the end: zero, absent.
class Struct {
  constructor(message, at, dataBytes, pointers) { Object.assign(this, { message, at, dataBytes, pointers }); }

  scalar(offset, width, read, zero) {
    return (offset + 1) * width <= this.dataBytes ? read.call(this.message.view, this.at + offset * width, true) : zero;
  }
  flag(bit) { return (this.scalar(bit >> 3, 1, DataView.prototype.getUint8, 0) >> (bit & 7) & 1) === 1; }
  u16(o) { return this.scalar(o, 2, DataView.prototype.getUint16, 0); }
  u32(o) { return this.scalar(o, 4, DataView.prototype.getUint32, 0); }
  i32(o) { return this.scalar(o, 4, DataView.prototype.getInt32, 0); }
  i64(o) { return this.scalar(o, 8, DataView.prototype.getBigInt64, 0n); }
  u64(o) { return this.scalar(o, 8, DataView.prototype.getBigUint64, 0n); }

  pointer(i) { return i < this.pointers ? this.message.target(this.at + this.dataBytes + i * 8) : null; }
  isAbsent(i) { return i >= this.pointers || this.message.isNull(this.at + this.dataBytes + i * 8); }
  text(i) { return textOf(this.pointer(i)); }
  data(i) { return dataOf(this.pointer(i)); }
  child(i) {
    const target = this.pointer(i) ?? new Struct(this.message, 0, 0, 0);
    if (!(target instanceof Struct)) throw notCanonical('a pointer is not of a struct');
    return target;
  }
  list(i) {
    const target = this.pointer(i) ?? new List(this.message, 0, 0, 0);
    if (!(target instanceof List)) throw notCanonical('a pointer is not of a list');
    return target;
  }
}

// That a message is canonical: every object follows the one before in preorder, none is longer than it need be.
class Canon {
  constructor(message) { this.message = message, this.head = 8; }

  whole() { return this.pointer(0, NESTING_MAX) && this.head === this.message.bytes.length; }

  pointer(at, depth) {
    if (depth === 0) throw notCanonical('a message is nested too deeply');
    const target = this.message.target(at);
    if (target === null) return true;
    if (target instanceof List) return this.list(target, depth - 1);
    if (target.dataBytes === 0 && target.pointers === 0) return target.at === at;
    const { ok, data, pointers } = this.struct(target, depth - 1);
    return ok && data && pointers;
  }

  // Whether it stands at the head, and whether its last words are in use.
  placed(s) {
    if (s.at !== this.head) return null;
    this.head += s.dataBytes + s.pointers * 8;
    return {
      data: s.dataBytes === 0 || s.i64(s.dataBytes / 8 - 1) !== 0n,
      pointers: s.pointers === 0 || !s.isAbsent(s.pointers - 1),
    };
  }

  pointers(at, count, depth) {
    for (let i = 0; i < count; ++i) if (!this.pointer(at + i * 8, depth)) return false;
    return true;
  }

  struct(s, depth) {
    const place = this.placed(s);
    return { ok: place !== null && this.pointers(s.at + s.dataBytes, s.pointers, depth), ...place };
  }

  list(l, depth) {
    if (l.size === 7) return this.structs(l, depth);
    if (l.at !== this.head) return false;
    const bits = l.count * ELEMENT_BITS[l.size];
    this.head += Math.ceil(bits / 64) * 8;
    return l.size === 6 ? this.pointers(l.at, l.count, depth) : this.padded(l.at, bits);
  }

  // Whether the bits from the end of a list to that of its last word are zero.
  padded(at, bits) {
    let from = at + (bits >> 3);
    if (bits & 7 && this.message.bytes[from++] >> (bits & 7)) return false;
    for (; from < this.head; ++from) if (this.message.bytes[from] !== 0) return false;
    return true;
  }

  structs(l, depth) {
    this.head += 8;
    if (l.at !== this.head || l.count * l.stride !== l.words * 8) return false;
    if (l.stride === 0) return true;
    let data = false, pointers = false;
    for (let i = 0; i < l.count; ++i) {
      const place = this.placed(l.structAt(i));
      data ||= place.data, pointers ||= place.pointers;
    }
    for (let i = 0; i < l.count; ++i) {
      const s = l.structAt(i);
      if (!this.pointers(s.at + s.dataBytes, s.pointers, depth)) return false;
    }
    return data && pointers;
  }
}

// Whether a struct has nothing but what these slots use: { pointer }, or { bits, offset, presence }.
function usesOnly(slots, s) {
  const used = new Set();
  let pointers = 0;
  for (const slot of slots) {
    if (slot.pointer !== undefined) pointers = Math.max(pointers, slot.pointer + 1);
    else for (let b = 0; b < slot.bits; ++b) used.add(slot.offset * slot.bits + b);
    if (slot.presence !== undefined) used.add(slot.presence);
  }
  for (let b = 0; b < s.dataBytes * 8; ++b) if (s.flag(b) && !used.has(b)) return false;
  return s.pointers <= pointers;
}

// The root of a message that is canonical and, where slots are given, has nothing but them.
function canonical(bytes, slots) {
  const message = new Message(bytes);
  if (!new Canon(message).whole()) throw notCanonical('a message is not in canonical form');
  const root = message.root();
  if (slots && !usesOnly(slots, root)) throw notCanonical('a message has bits or values that no field uses');
  return root;
}
