// The sections of a file of kind `record` or `receipt`, as values.

const ITEMS_MAX = 1_000_000;
const TEXT_SECTION_MAX = 64 * 1024;
const PATH_MAX = 64;

// Lines taken off the front of a byte string.
class Lines {
  constructor(text) { this.rest = text; }
  line() {
    const end = this.rest.indexOf('\n');
    if (end < 0) return null;
    const line = this.rest.slice(0, end);
    this.rest = this.rest.slice(end + 1);
    return line;
  }
  number(name) {
    const line = this.line();
    return line !== null && line.startsWith(name + ' ') ? decimal(line.slice(name.length + 1)) : null;
  }
  // Hashes in base64 up to an empty line, which is taken; null if malformed.
  path() {
    const out = [];
    for (let line; (line = this.line()) !== '';) {
      const hash = line === null ? null : unbase64(line);
      if (hash?.length !== 32 || out.length === PATH_MAX) return null;
      out.push(hash);
    }
    return out;
  }
}

function parseProof(bytes) {
  const bad = (detail) => new Fault('parsed', 'proof-malformed', detail);
  const lines = new Lines(latin(bytes));
  if (bytes.length > 2 * NOTE_BYTES_MAX || lines.line() !== 'c2sp.org/tlog-proof@v1') throw bad('no tlog-proof');
  if (lines.rest.startsWith('extra ') && unbase64(lines.line()?.slice(6) ?? '-') === null) throw bad('extra');
  const index = lines.number('index'), path = index === null ? null : lines.path();
  if (path === null) throw bad('index or path');
  return { index, path, checkpoint: unlatin(lines.rest) };
}

function splitPath(bytes) {
  if (bytes.length % 32 || bytes.length / 32 > PATH_MAX) throw malformed('a path is no whole number of hashes');
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

function parseOpened(item, bytes) {
  const end = bytes.indexOf(10);
  if (end < 0 || bytes.length < end + 33 || !item.body) throw malformed('an opened value is malformed');
  const v = { field: latin(bytes.subarray(0, end)), salt: bytes.subarray(end + 1, end + 33), value: bytes.subarray(end + 33) };
  if (item.opened.length && v.field <= item.opened.at(-1).field) throw malformed('opened fields do not ascend');
  return v;
}

function parseItem(container, subject) {
  const bytes = container.take('record'), record = readRecord(bytes);
  const item = { bytes, record, header: readHeader(record.header), position: record.position, opened: [], body: null };
  item.submissionBytes = container.take('submission');
  item.submission = readSubmissionHeader(item.submissionBytes);
  item.signature = container.take('signature');
  item.inner = splitPath(container.take('inner'));
  item.path = item.position === subject.index ? subject.path : splitPath(container.take('path'));
  if (container.next === 'body') {
    item.body = container.take('body');
    if (item.body.length < 32) throw malformed('a body is shorter than its salt');
  }
  while (container.next === 'opened') item.opened.push(parseOpened(item, container.take('opened')));
  return item;
}

function parseKey(bytes) {
  const lines = new Lines(latin(bytes));
  const index = lines.number('index'), place = lines.number('place');
  const path = index === null || place === null ? null : lines.path();
  if (bytes.length > TEXT_SECTION_MAX || path === null) throw malformed('the section key is not in its form');
  return { index, place, path, entry: lines.rest };
}

function ascending(items, item, precedes) {
  if (items.length && !precedes(items.at(-1), item)) throw malformed('sections are not in their order');
  items.push(item);
}

function parseEvidence(container) {
  if (!['record', 'receipt'].includes(container.kind)) throw new Fault('parsed', 'kind-not-here', container.kind);
  const subject = parseProof(container.take('tlog-proof'));
  const e = { kind: container.kind, subject: subject.index, checkpoint: subject.checkpoint, items: [], keys: [], secret: null };
  if (e.kind === 'receipt' && (e.secret = container.take('secret')).length !== 32) throw malformed('a secret has 32 bytes');
  while (container.next === 'record' && e.items.length < ITEMS_MAX) ascending(e.items, parseItem(container, subject), (a, b) => a.position < b.position);
  if (e.items[0]?.position !== 0n) throw malformed('the items do not begin with the genesis');
  if (!e.items.some((i) => i.position === e.subject)) throw malformed('the record that the proof is of is not among the items');
  while (container.next === 'key') ascending(e.keys, parseKey(container.take('key')), (a, b) => a.index === b.index && a.place < b.place);
  container.finish();
  return e;
}
