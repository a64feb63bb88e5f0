// Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature). Texts are byte strings.

const NOTE_BYTES_MAX = 64 * 1024;
const NOTE_SIGNATURES_MAX = 64;
const DASH = '\xe2\x80\x94 ';
const SPACES = /[\u0000-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

const noteFault = (code, detail) => new Fault('included', code, detail);

function isKeyName(name) {
  const text = utf8(unlatin(name));
  return text !== null && text !== '' && !text.includes('+') && !SPACES.test(text);
}

// Key id in notes: 4 bytes of SHA-256, in both suites, in hex.
const noteKeyId = async (name, type, raw) => hex((await sha256(unlatin(name), Uint8Array.of(10), type, raw)).subarray(0, 4));

// name+id+base64(type ‖ key), for logs (`noteType`) or witnesses (`cosignatureType`); null if malformed.
async function parseVkey(vkey, typeName) {
  const [name, id, ...rest] = vkey.split('+');
  const bytes = unbase64(rest.join('+'));
  if (bytes === null || id === undefined || !isKeyName(name)) return null;
  for (const suite of suites) {
    const type = suite[typeName], raw = bytes.subarray(type.length);
    const key = equal(bytes.subarray(0, type.length), type) ? await suite.rawKey(raw) : null;
    if (key) return await noteKeyId(name, type, raw) === id ? { name, id, key, raw: hex(raw) } : null;
  }
  return null;
}

function parseSignatureLine(line) {
  const space = line.indexOf(' ', DASH.length), name = line.slice(DASH.length, space);
  const bytes = space < 0 ? null : unbase64(line.slice(space + 1));
  if (!line.startsWith(DASH) || !isKeyName(name) || !(bytes?.length >= 5)) throw noteFault('note-malformed', 'signature line');
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function parseNote(bytes) {
  const s = latin(bytes), at = s.lastIndexOf('\n\n');
  if (bytes.length > NOTE_BYTES_MAX || utf8(bytes) === null || /[\0-\x09\x0b-\x1f]/.test(s)) throw noteFault('note-malformed', 'text');
  if (at < 0 || !s.endsWith('\n') || at + 2 === s.length) throw noteFault('note-malformed', 'no signatures');
  const lines = s.slice(at + 2, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) throw noteFault('note-malformed', 'too many signatures');
  return { text: s.slice(0, at + 1), signatures: lines.map(parseSignatureLine) };
}

function parseCheckpoint(text) {
  const lines = text.split('\n');
  const size = decimal(lines[1] ?? ''), root = unbase64(lines[2] ?? '');
  if (lines.length !== 4 || lines[3] !== '' || !isKeyName(lines[0]) || size === null || root?.length !== 32)
    throw noteFault('checkpoint-malformed', 'origin, size and root');
  return { origin: lines[0], size, root };
}

const signaturesOf = (note, v) => note.signatures.filter((s) => s.name === v.name && s.id === v.id);

// At least one known key signed, and no known key's signature is wrong.
async function verifyNote(note, known) {
  let verified = false;
  for (const v of known)
    for (const s of signaturesOf(note, v)) {
      if (!await v.key.verify(unlatin(note.text), s.signature)) throw noteFault('note-unverified', s.name);
      verified = true;
    }
  if (!verified) throw noteFault('note-unverified', 'no known key');
}

// The newest time, in seconds, at which a witness cosigned; null if it did not.
async function cosignedAt(note, v) {
  let newest = null;
  for (const s of signaturesOf(note, v)) {
    const time = s.signature.length > 8 ? readBigEndian(s.signature.subarray(0, 8)) : 0n;
    const message = unlatin(`cosignature/v1\ntime ${time}\n${note.text}`);
    if (time === 0n || time >= 1n << 63n || !await v.key.verify(message, s.signature.subarray(8))) throw noteFault('note-unverified', s.name);
    if (newest === null || time > newest) newest = time;
  }
  return newest;
}
