// The two suites: `intl` (SHA-256 and Ed25519, by WebCrypto) and `gm` (SM3 and SM2, by the vendored sm-crypto).
// A key: { spki, raw, id, verify(message, signature) }; its id is the first 16 bytes of H(spki), in hex.

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));

const ED25519_SPKI = unhex('302a300506032b6570032100');
const ED25519_PKCS8 = unhex('302e020100300506032b657004220420');
const SM2_SPKI = unhex('3059301306072a8648ce3d020106082a811ccf5501822d034200');
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

async function makeKey(suite, prefix, raw, verify) {
  const spki = concat(prefix, raw);
  return { spki, raw, id: hex((await suite.hash(spki)).subarray(0, 16)), verify };
}

// The raw key of a SubjectPublicKeyInfo in the one form that the suite writes; null otherwise.
function rawOf(spki, prefix, size) {
  const ours = spki.length === prefix.length + size && equal(spki.subarray(0, prefix.length), prefix);
  return ours ? spki.subarray(prefix.length) : null;
}

const intl = {
  name: 'intl',
  hash: sha256,
  noteType: unlatin('\x01'),
  cosignatureType: unlatin('\x04'),
  publicOf(spki) {
    const raw = rawOf(spki, ED25519_SPKI, 32);
    return raw && this.rawKey(raw);
  },
  async rawKey(raw) {
    if (raw.length !== 32) return null;
    const imported = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']).catch(() => null);
    if (!imported) return null;
    return makeKey(this, ED25519_SPKI, raw, (message, signature) => crypto.subtle.verify('Ed25519', imported, signature, message));
  },
  // The public key that 32 bytes of seed determine.
  async derive(seed) {
    const key = await crypto.subtle.importKey('pkcs8', concat(ED25519_PKCS8, seed), { name: 'Ed25519' }, true, ['sign']);
    const { x } = await crypto.subtle.exportKey('jwk', key);
    return this.rawKey(unbase64(x.replaceAll('-', '+').replaceAll('_', '/').padEnd(44, '=')));
  },
};

// A DER INTEGER that is positive and shortest, at `at`, as 64 hex digits; null otherwise.
function derNumber(der, at) {
  const n = der[at + 1];
  const digits = der.subarray(at + 2, at + 2 + n);
  if (der[at] !== 2 || !(n >= 1 && n <= 33) || digits.length !== n || digits[0] >= 128) return null;
  if (n > 1 && digits[0] === 0 && digits[1] < 128) return null;
  const text = hex(digits[0] === 0 ? digits.subarray(1) : digits);
  return text.length <= 64 ? { text: text.padStart(64, '0'), end: at + 2 + n } : null;
}

// r ‖ s in hex, of a DER SEQUENCE of both and nothing else; null otherwise.
function sm2Signature(der) {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[1] >= 128) return null;
  const r = derNumber(der, 2);
  const s = r && derNumber(der, r.end);
  return s && s.end === der.length ? r.text + s.text : null;
}

const gm = {
  name: 'gm',
  hash: async (...parts) => unhex(vendored.sm3(concat(...parts))),
  noteType: unlatin('\xffsm2-sm3'),
  cosignatureType: unlatin('\xffsm2-sm3-cosignature/v1'),
  publicOf(spki) {
    const raw = rawOf(spki, SM2_SPKI, 65);
    return raw && this.rawKey(raw);
  },
  async rawKey(raw) {
    const point = hex(raw);
    if (raw.length !== 65 || raw[0] !== 4 || !vendored.sm2.verifyPublicKey(point)) return null;
    const verify = async (message, signature) => {
      const rs = sm2Signature(signature);
      return rs !== null && vendored.sm2.doVerifySignature(Array.from(message), rs, point, { hash: true });
    };
    return makeKey(this, SM2_SPKI, raw, verify);
  },
  async derive(seed) {
    const d = 1n + readBigEndian(seed) % (SM2_ORDER - 2n);
    return this.rawKey(unhex(vendored.sm2.getPublicKeyFromPrivateKey(d.toString(16).padStart(64, '0'))));
  },
};

const suites = [intl, gm];
