// Records, headers and submission headers, by the layout of the README's table.

const RECORD_BYTES_MAX = 65535;
const scalars = (...slots) => slots.map(([bits, offset]) => ({ bits, offset }));
const RECORD = [...scalars([64, 0], [64, 1], [16, 8], [32, 5]), { pointer: 3 }];
const HEADER = [...scalars([16, 0], [32, 1]), { pointer: 3 }];
const SUBMISSION_HEADER = [...scalars([64, 0], [32, 2]), { pointer: 3 }];

// What is empty is absent.
function noneEmpty(s, pointers, length) {
  for (const i of pointers) if (!s.isAbsent(i) && length(i) === 0) throw notCanonical('an empty value must be absent');
}

function sized(bytes, n, what) {
  if (bytes.length !== n) throw notCanonical(`${what} has a wrong length`);
  return bytes;
}

function readRecord(bytes) {
  if (bytes.length > RECORD_BYTES_MAX) throw malformed('a record has at most 65,535 bytes');
  const s = canonical(bytes, RECORD);
  noneEmpty(s, [1, 2, 3], (i) => s.data(i).length);
  return {
    position: s.u64(0), admitted: s.i64(1), index: BigInt(s.u32(5)), submissionHash: sized(s.data(0), 32, 'the submission hash'),
    header: s.data(1), submissionHeader: s.data(2), signature: s.data(3),
  };
}

const isUuid7 = (id) => id[6] >> 4 === 7 && id[8] >> 6 === 2;

// `unit` and `named` are unit codes as byte strings (`latin`).
function readHeader(bytes) {
  const s = canonical(bytes, HEADER);
  const list = s.list(2).expect(6, 'texts');
  noneEmpty(s, [1], (i) => s.text(i).length), noneEmpty(s, [2], () => list.count);
  const named = Array.from({ length: list.count }, (_, i) => latin(list.text(i)));
  const h = { type: s.u16(0), on: s.i32(1), id: sized(s.data(0), 16, 'the id'), unit: latin(s.text(1)), named, commitment: sized(s.data(3), 32, 'the commitment') };
  if (!typeOf(h.type)) throw new Fault('parsed', 'unknown-type');
  if (named.some((u, i) => i > 0 && named[i - 1] >= u)) throw notCanonical('the units are not sorted and distinct');
  if (!isUuid7(h.id)) throw notCanonical('the id is no UUIDv7');
  return h;
}

function readSubmissionHeader(bytes) {
  const s = canonical(bytes, SUBMISSION_HEADER);
  return {
    signedAt: s.i64(0), count: BigInt(s.u32(2)), ledgerId: sized(s.data(0), 16, 'the ledger id'),
    submissionId: sized(s.data(1), 16, 'the submission id'), keyId: hex(sized(s.data(2), 16, 'the key id')), root: sized(s.data(3), 32, 'the root'),
  };
}

function readBody(bytes) {
  const root = canonical(bytes);
  return { bytes, root, type: root.u16(1), version: root.u16(0), payload: root.child(2) };
}
