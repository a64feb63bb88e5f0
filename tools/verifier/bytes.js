// Bytes, and the encodings that evidence files use. Byte strings are Uint8Arrays; `latin` makes of one a string
// with a character a byte, which compares and searches as the bytes do.

const u8 = (text) => new TextEncoder().encode(text);

function latin(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}
const unlatin = (s) => Uint8Array.from(s, (c) => c.charCodeAt(0));

// The text of UTF-8 bytes; null if they are none.
function utf8(bytes) {
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return null; }
}
// For display alone: replaces what is no UTF-8.
const shownText = (bytes) => new TextDecoder('utf-8').decode(bytes);

function concat(...parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) out.set(p, at), at += p.length;
  return out;
}

const equal = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

// Of lower-case digits; null if malformed.
function unhex(s) {
  if (s.length % 2 || !/^[0-9a-f]*$/.test(s)) return null;
  return Uint8Array.from(s.match(/../g) ?? [], (x) => parseInt(x, 16));
}

const base64 = (bytes) => btoa(latin(bytes));

// Canonical base64 with its padding; null if malformed.
function unbase64(s) {
  if (s.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(s)) return null;
  const bytes = unlatin(atob(s));
  return base64(bytes) === s ? bytes : null;
}

function bigEndian(value, width) {
  const out = new Uint8Array(width);
  for (let i = width - 1, v = BigInt(value); i >= 0; --i, v >>= 8n) out[i] = Number(v & 255n);
  return out;
}
const readBigEndian = (bytes) => bytes.reduce((n, b) => n << 8n | BigInt(b), 0n);

// A decimal number without leading zeros that fits 64 bits; null otherwise.
function decimal(s) {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(s)) return null;
  const n = BigInt(s);
  return n < 1n << 64n ? n : null;
}
