#!/usr/bin/env python3
"""An independent checker of evidence of one record (kinds `record` and `receipt`, both suites), for comparison with the program:
`evidence.py FILE --policy POLICY --schema SCHEMA.json [--json]`; SCHEMA.json is what `pufa schema --json` prints.

Written from ledger/README.md, "Evidence", alone. Needs the openssl command for signatures, and for SM3 where hashlib has none.
Exit status: 0 all that the file claims holds; 1 it does not, and the level is named; 2 the command is wrong.
`--batch LIST`: each line of LIST is a file and a policy, parted by a tab; prints each verdict on its line."""
import argparse, base64, hashlib, json, re, struct, subprocess, sys, tempfile, unicodedata
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

IDENTITY = {"KeyEnrolled", "KeyRevoked", "RoleGranted", "RoleRevoked"}
BODY_NEEDED = IDENTITY | {"GenesisRecorded", "IndexCommitted"}
GENESIS_KEYS = {"operator": "operatorKey", "registrar": "registrarKey", "auditAdmin": "auditKey"}
SECTION_MAX, ITEMS_MAX, KEY_MAX, RECORD_MAX, NOTE_MAX, UNINDEXED_MAX = 32 << 20, 1_000_000, 64 << 10, 65_535, 64 << 10, 104_096
EPOCH, FIRST_DAY, DAY_MS, DISTRICT_MS = date(1970, 1, 1), date(1949, 10, 1), 86_400_000, 8 * 3_600_000
ELEMENT_BITS, EMPTY_STRUCT, DEPTH_MAX = (0, 1, 8, 16, 32, 64, 64), 0xFFFFFFFC, 64
TLOG_PROOF, KEY_HEAD = rb"c2sp\.org/tlog-proof@v1(?:\nextra ([^\n]*))?\nindex ([0-9]+)", rb"index ([0-9]+)\nplace ([0-9]+)"
SPKI = {"intl": bytes.fromhex("302a300506032b6570032100"),
        "gm": bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")}
PKCS8 = {"intl": "302e020100300506032b657004220420",
         "gm": "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420"}
SM2_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
NOTE_KEYS = {("log", 33): (b"\x01", "intl"), ("log", 73): (b"\xffsm2-sm3", "gm"),
             ("witness", 33): (b"\x04", "intl"), ("witness", 88): (b"\xffsm2-sm3-cosignature/v1", "gm")}

class Failure(Exception):
    """The level, and what does not hold there."""
def at_level(name, check, *args):
    """What is malformed or does not hold within fails at this level."""
    try:
        return check(*args)
    except (ValueError, OverflowError) as e:
        raise Failure(name, str(e)) from None
def need(holds, why):
    if not holds:
        raise ValueError(why)

# --- canonical Cap'n Proto messages of one segment, read without their schema (capnproto.org/encoding.html)
class Struct:
    """Data and pointers; what lies past them reads as zero or absent (None)."""
    def __init__(self, data=b"", pointers=()):
        self.data, self.pointers = data, pointers
    def number(self, bits, offset, signed=False):
        value = int.from_bytes(self.data, "little") >> bits * offset & (1 << bits) - 1
        return value - (value >> bits - 1 << bits) if signed else value
    def get(self, i, kind=bytes):
        value = self.pointers[i] if i < len(self.pointers) else None
        need(value is None or isinstance(value, kind), "a pointer is of another kind")
        return value

class Reader:
    """Objects must lie in preorder without gaps, cut to what is not zero."""
    def __init__(self, message):
        need(message and len(message) % 8 == 0, "no whole words")
        self.message, self.words, self.end = message, struct.unpack(f"<{len(message) // 8}Q", message), 1
    def take(self, count):
        self.end += count
        need(self.end <= len(self.words), "a message runs past its end")
        return self.end - count
    def read(self, at, depth=0):
        """What the pointer at this word leads to: None, a Struct, bytes or a list."""
        word = self.words[at]
        if word in (0, EMPTY_STRUCT):
            return Struct() if word else None
        need(depth < DEPTH_MAX and (word & 3 == 1 or (word & 3 == 0 and word >> 32)), "a far, foreign, empty or too deep pointer")
        need(at + 1 + (word >> 2 & 0x3FFFFFFF) == self.end, "an object is out of order")
        return self.read_list(word >> 32 & 7, word >> 35, depth) if word & 3 else self.structs(1, word, depth)[0]
    def read_list(self, code, count, depth):
        if code == 7:
            tag = self.words[self.take(1)]
            size, width = tag >> 2 & 0x3FFFFFFF, (tag >> 32 & 0xFFFF) + (tag >> 48)
            need(tag & 3 == 0 and size * width == count and size <= len(self.words), "a list's tag is wrong")
            return self.structs(size, tag, depth)
        start = self.take((ELEMENT_BITS[code] * count + 63) // 64)
        if code == 6:
            return [self.read(start + i, depth + 1) for i in range(count)]
        content = self.message[start * 8:self.end * 8]
        need(int.from_bytes(content, "little") >> ELEMENT_BITS[code] * count == 0, "a list's padding is not zero")
        return content[:count] if code == 2 else [0] * min(count, 1)
    def structs(self, count, word, depth):
        """Structs of the sizes in a pointer or tag: a last data word and a last pointer among them are not zero."""
        data, width = word >> 32 & 0xFFFF, (word >> 32 & 0xFFFF) + (word >> 48)
        starts = [self.take(width) for _ in range(count)]
        for size, end in ((data, data), (width - data, width)):
            need(size == 0 or any(self.words[s + end - 1] for s in starts), "a struct is not cut to what is not zero")
        return [Struct(self.message[8 * s:8 * (s + data)], [self.read(s + p, depth + 1) for p in range(data, width)])
                for s in starts]

def parse(message, **lengths):
    """The root struct; byte strings, by pointer, must be of these lengths."""
    reader = Reader(message)
    root = reader.read(0)
    need(isinstance(root, Struct) and reader.end == len(reader.words), "no root struct, or left-over words")
    need(all(len(root.get(int(p[1:])) or b"") == length for p, length in lengths.items()), "a byte string is of another length")
    return root
def text(value):
    """Bytes that are not UTF-8 stay apart as lone surrogates."""
    need(value is None or (isinstance(value, bytes) and value.endswith(b"\0")), "a text is none")
    return value and value[:-1].decode(errors="surrogateescape")

def value_of(holder, f):
    """A field's value in the catalogue's form; None when absent."""
    at, kind, bad = f["slot"], f["kind"], f"{f['name']} is missing or out of its form"
    if "pointer" in at:
        value = holder.get(at["pointer"], Struct if kind == "struct" else bytes)
        need(value is not None or not f["required"], bad)
        return value and pointed(value, kind, f, bad)
    if "presence" in at and not holder.number(1, at["presence"]):
        return None
    value = holder.number(at["bits"], at["offset"], signed=kind != "enum")
    need(kind != "enum" or value < len(f["values"]), bad)
    return f["values"][value]["code"] if kind == "enum" else EPOCH + timedelta(days=value) if kind == "date" else value
def pointed(value, kind, f, bad):
    if kind in ("struct", "hex"):
        need(kind == "struct" or len(value) == f.get("bytes", len(value)), bad)
        return value.hex() if kind == "hex" else {g["name"]: value_of(value, g) for g in f["fields"]}
    value = text(value)
    need(0 < len(value) <= f.get("maxLength", len(value)) and not {unicodedata.category(c) for c in value} & {"Cc", "Cs"}, bad)
    need(kind != "code" or re.fullmatch(r"[A-Za-z0-9._-]+", value), bad)
    return value
def codes(holder, fields):
    """Every unit code in a struct."""
    for f in (f for f in fields if f["kind"] in ("unit", "scope", "struct") and f["name"] != "attachments"):
        kind = list if "list" in f else Struct if f["kind"] == "struct" else bytes
        found = holder.get(f["slot"]["pointer"], kind)
        for one in (found if kind is list else [found]) or []:
            if f["kind"] == "struct":
                yield from codes(one or Struct(), f["fields"])
            elif one is not None and text(one) not in ("", "district"):
                yield text(one)

# --- cryptography, RFC 6962 paths
def openssl(*words, **more):
    return subprocess.run(["openssl", *words], capture_output=True, **more)
def digest(suite, data):
    if suite == "gm" and "sm3" not in hashlib.algorithms_available:
        return openssl("dgst", "-sm3", "-binary", input=data, check=True).stdout
    return hashlib.new("sm3" if suite == "gm" else "sha256", data).digest()
@lru_cache(None)
def verifies(suite, spki, message, signature):
    how = ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"] if suite == "gm" else []
    with tempfile.TemporaryDirectory() as folder:
        key, signed, by = (Path(folder, name) for name in ("key", "message", "signature"))
        key.write_bytes(spki), signed.write_bytes(message), by.write_bytes(signature)
        words = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", signed, "-sigfile", by, *how]
        return openssl(*words).returncode == 0
@lru_cache(None)
def demonstration_spki(suite, name):
    seed = hashlib.sha256(f"pufa demo/{suite}/key/{name}".encode()).hexdigest()
    secret = seed if suite == "intl" else f"{1 + int(seed, 16) % (SM2_ORDER - 2):064x}"
    key = bytes.fromhex(PKCS8[suite] + secret)
    return openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=key, check=True).stdout
def root_of(suite, index, size, leaf, path):
    """The root that a path leads to, by RFC 6962, 2.1.1; None when it is no path of that leaf."""
    if size < 2 or not path:
        return leaf if (index, size, path) == (0, 1, []) else None
    half = 1 << (size - 1).bit_length() - 1
    right = index >= half
    root = root_of(suite, index - half * right, size - half if right else half, leaf, path[:-1])
    return root and digest(suite, b"\x01" + (path[-1] + root if right else root + path[-1]))

# --- texts, signed notes and trust policies (C2SP)
def unbase64(string):
    data = base64.b64decode(string, validate=True)
    need(base64.b64encode(data).decode() == string, "base64 is not canonical")
    return data
def decimal(string, most=2**64 - 1):
    need(re.fullmatch("0|[1-9][0-9]{0,19}", string) and int(string) <= most, "a number is malformed")
    return int(string)
def head_of(pattern, data):
    """The groups of a head, the path in its lines up to the blank one, and what follows."""
    head = re.match(pattern + rb"((?:\n[A-Za-z0-9+/]{43}=){0,64})\n\n", data)
    need(head, "a head is malformed")
    *groups, lines = (g.decode("latin-1") for g in head.groups(b""))
    return groups, [unbase64(line) for line in lines.split()], data[head.end():]
def path_of(data):
    need(len(data) % 32 == 0 and len(data) <= 32 * 64, "a path is malformed")
    return [data[i:i + 32] for i in range(0, len(data), 32)]
def parse_vkey(word, witness, vkey):
    """A key of the policy; `witness` is None for a log."""
    name, key_id, key = vkey.split("+", 2)
    key = unbase64(key)
    kind, suite = NOTE_KEYS.get((word, len(key)), (b"", None))
    known = suite and key.startswith(kind) and hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_id
    need(known, "a key is of no known type, or its id is wrong")
    return SimpleNamespace(name=name, id=bytes.fromhex(key_id), suite=suite, spki=SPKI[suite] + key[len(kind):], witness=witness)
def parse_policy(string):
    policy = SimpleNamespace(keys=[], groups={}, quorum=None)
    for word, *rest in filter(None, (line.split("#")[0].split() for line in string.splitlines())):
        if word in ("log", "witness"):
            policy.keys.append(parse_vkey(word, *([None] + rest)[-2:]))
        elif word == "group":
            policy.groups[rest[0]] = ({"any": 1, "all": len(rest) - 2}.get(rest[1]) or int(rest[1]), rest[2:])
        elif word == "quorum":
            policy.quorum = rest[0]
    return policy
def met(policy, name, have):
    threshold, members = policy.groups.get(name, (1, []))
    return name == "none" or name in have or sum(met(policy, m, have) for m in members) >= threshold
def trusted_checkpoint(note, policy):
    """The checkpoint, signed by a log of the policy, and the witnesses whose cosignatures verify."""
    body, _, lines = note.decode().partition("\n\n")
    need(len(note) <= NOTE_MAX and lines.endswith("\n") and body.count("\n") == 2, "the note is malformed")
    (origin, size, root), by = body.split("\n"), set()
    for parts in (re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line) for line in lines[:-1].split("\n")):
        need(parts and len(unbase64(parts[2])) > 4, "a signature line is malformed")
        data = unbase64(parts[2])
        for key in (k for k in policy.keys if (k.name, k.id) == (parts[1], data[:4])):
            time, at = int.from_bytes(data[4:12], "big", signed=True), 12 if key.witness else 4
            message = (f"cosignature/v1\ntime {time}\n" if key.witness else "") + body + "\n"
            holds = (not key.witness or time > 0) and verifies(key.suite, key.spki, message.encode(), data[at:])
            need(holds, "a known key's signature fails")
            by.add((key.witness, key.name))
    need((None, origin) in by and len(unbase64(root)) == 32, "no root that a log of the policy signed as its origin")
    return SimpleNamespace(origin=origin, size=decimal(size), root=unbase64(root), witnesses={name for name, _ in by if name})

# --- evidence
def read_sections(data):
    """The file's kind, and name and bytes of each section, the last one first."""
    head = re.match(rb"pufa-evidence/v1 (record|receipt)\n", data)
    need(head, "no evidence of a record")
    sections, at = [], head.end()
    while not data.startswith(b"end ", at):
        start = data.index(b"\n", at) + 1
        name, _, length = data[at:start - 1].decode("latin-1").partition(" ")
        at = start + decimal(length, SECTION_MAX) + 1
        need(data[at - 1:at] == b"\n", f"byte {at}: a section is cut")
        sections.append((name, data[start:at - 1]))
    need(data[at:] == b"end " + hashlib.sha256(data[:at]).hexdigest().encode() + b"\n", "the digest is wrong")
    return head[1], sections[::-1]
def covers(scope, role, i):
    free = i.name in ("InspectionOpened", "InspectionClosed") or (i.name, role) == ("GuidanceGiven", "unit")
    return scope == "district" or free or (scope == i.unit if i.unit else i.type["unit"] != "absent")
def entry_of(key):
    """A key's entry in the key directory."""
    roles = [[role, scope, str(start), end and str(end)] for role, scope, start, end in key.roles]
    entry = {"key": key.id, "notAfter": key.until, "notBefore": key.since, "owner": key.owner, "ownerUnit": key.unit,
             "publicKey": base64.b64encode(key.spki).decode(), "revoked": key.revoked, "roles": roles}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()

class Checker:
    def __init__(self, schema, policy):
        self.types, self.policy, self.keys, self.directory = {t["ordinal"]: t for t in schema["types"]}, policy, {}, {}
    def hash(self, *parts):
        return digest(self.suite, b"".join(parts))
    def check(self, data):
        at_level("parsed", self.parse, data)
        at_level("included", self.check_tree)
        at_level("witnessed", need, met(self.policy, self.policy.quorum, self.checkpoint.witnesses), "the quorum is not met")
        at_level("purpose", self.check_purpose)
        for i in self.items:
            at_level("signed", self.check_signed, i)
            at_level("body", self.check_body, i)
            at_level("entitled", self.check_entitled, i)
        at_level("entitled", self.check_index)
        at_level("body", self.check_secret)
    def each(self, name):
        while self.left and self.left[-1][0] == name:
            yield self.left.pop()[1]
    def take(self, name):
        need(self.left and self.left[-1][0] == name, f"section {name} is missing")
        return self.left.pop()[1]
    def parse(self, data):
        self.kind, self.left = read_sections(data)
        (extra, index), self.path, self.note = head_of(TLOG_PROOF, self.take("tlog-proof"))
        self.extra, self.secret = unbase64(extra), self.take("secret") if self.kind == b"receipt" else None
        self.items = [self.parse_item(record) for record in self.each("record")]
        self.shown = [(len(key) <= KEY_MAX, *head_of(KEY_HEAD, key)) for key in self.each("key")]
        at, places = [i.position for i in self.items], [decimal(place) for _, (_, place), _, _ in self.shown]
        need(not self.left and at[:1] == [0] and at == sorted(set(at)) and len(at) <= ITEMS_MAX, "sections or items out of order")
        need([i.position for i in self.items if i.path is None] == [decimal(index)], "not one item without a path: the subject")
        need(places == sorted(set(places)) and all(fits for fits, *_ in self.shown), "keys do not ascend, or one is too long")
        self.index = {decimal(index) for _, (index, _), _, _ in self.shown}
        need(len(self.index) < 2, "keys are of several indexes")
        self.subject, self.genesis = next(i for i in self.items if i.path is None), self.fields(self.items[0], self.types[0])
        self.suite = self.genesis["suite"]
    def parse_item(self, record):
        r = parse(record, p0=32)
        submission, signature, inner = map(self.take, ("submission", "signature", "inner"))
        h, s = parse(r.get(1) or b"", p0=16, p3=32), parse(submission, p0=16, p1=16, p2=16, p3=32)
        i = SimpleNamespace(record=record, submission=submission, signature=signature, inner=path_of(inner), header=r.get(1),
                            position=r.number(64, 0), at=r.number(64, 1, True), place=r.number(32, 5), hash=r.get(0),
                            held=(r.get(2), r.get(3)), type=self.types.get(h.number(16, 0)), id=h.get(0),
                            unit=text(h.get(1)), named=[text(n) for n in h.get(2, list) or []], commitment=h.get(3),
                            count=s.number(32, 2), ledger=s.get(0), key=s.get(2).hex(), root=s.get(3))
        need(i.type, "no such event type")
        i.path, i.body = (next(map(read, self.each(name)), None) for name, read in (("path", path_of), ("body", bytes)))
        opened = [] if i.body is None else [(o.partition(b"\n")[0].decode("latin-1"), o) for o in self.each("opened")]
        i.name, i.opened = i.type["type"], dict(opened)
        need(len(record) <= RECORD_MAX and i.id[6] >> 4 == 7 and i.id[8] >> 6 == 2, "a record is too long, or its id no UUIDv7")
        need(len(i.body) > 32 if i.body is not None else i.name not in BODY_NEEDED and i.position, "a body is cut or missing")
        need([n for n, _ in opened] == sorted(i.opened) and all(len(o) > len(n) + 32 for n, o in opened), "opened values")
        return i
    def fields(self, item, type_):
        """The type's own fields that the checks read, by name."""
        body = parse(item.body[32:])
        need((body.number(16, 0), body.number(16, 1)) == (1, type_["ordinal"]), "a body of another version or type")
        own = body.get(2, Struct) or Struct()
        return {f["name"]: value_of(own, f) for f in type_["data"] if f["kind"] not in ("sealed", "person") and "list" not in f}
    def check_tree(self):
        c = self.checkpoint = trusted_checkpoint(self.note, self.policy)
        for i in self.items:
            path, leaf = self.path if i.path is None else i.path, self.hash(b"\0", i.record)
            need(root_of(self.suite, i.position, c.size, leaf, path) == c.root, f"@{i.position} is not in the tree")
    def check_purpose(self):
        origin, demonstration = self.checkpoint.origin, self.genesis["purpose"] == "demonstration"
        keys = [(self.genesis[field]["keyId"], unbase64(self.genesis[field]["publicKey"])) for field in GENESIS_KEYS.values()]
        need(all(self.hash(spki)[:16].hex() == key_id for key_id, spki in keys), "a genesis key's id is wrong")
        need(self.genesis["origin"] == origin and origin.startswith("demo.") == demonstration, "of another log or purpose")
        published = {demonstration_spki(self.suite, name) for name in GENESIS_KEYS}
        need(demonstration or not published & {spki for _, spki in keys}, "a demonstration poses as a production ledger")
        self.ledger = self.hash(b"pufa/genesis/v1\n", self.items[0].body[32:])[:16]
    def check_signed(self, i):
        message, leaf = b"pufa/submission/v1\n" + i.submission, self.hash(b"\0", i.header)
        held = (None, None) if i.place else (i.submission, i.signature)
        need(self.hash(message, i.signature) == i.hash and i.held == held, "the record is of another submission")
        inside = root_of(self.suite, i.place, i.count, leaf, i.inner) == i.root
        need(inside and i.ledger == (self.ledger if i.position else bytes(16)), "of another submission or ledger")
        if i.position == 0 or i.key in self.keys:
            spki = self.keys[i.key].spki if i.position else unbase64(self.genesis["operatorKey"]["publicKey"])
            need(verifies(self.suite, spki, message, i.signature), "the signature fails")
    def check_body(self, i):
        if i.body is None:
            return
        need(self.hash(b"pufa/body/v1\n", i.body) == i.commitment, "another body")
        body, data = parse(i.body[32:]), i.type["data"]
        own = body.get(2, Struct) or Struct()
        need(body.number(16, 1) == i.type["ordinal"], "a body of another type")
        need(i.named == sorted(set(codes(own, data)) | ({i.unit} if i.unit else set())), "other units are named")
        sealed = {f["name"]: (body if f["name"] == "remark" else own).get(f["slot"]["pointer"])
                  for f in data if f["kind"] == "sealed" and f["name"] in i.opened}
        hashes = {name: self.hash(b"pufa/sealed/v1\n", self.ledger, i.id, opened) for name, opened in i.opened.items()}
        need(hashes == sealed, "a value is not what was sealed")
    def check_entitled(self, i):
        if i.position in self.index:
            self.directory = {entry_of(key): key.id for key in self.keys.values()}
        for owner, field in GENESIS_KEYS.items() if i.position == 0 else ():
            self.enrol(0, self.genesis[field], owner, roles=[(owner, "district", FIRST_DAY, None)])
        key, day = self.keys.get(i.key), EPOCH + timedelta(days=(i.at + DISTRICT_MS) // DAY_MS)
        need(key and not key.revoked, "signed by a key that is not enrolled, or revoked")
        need((key.since is None or key.since <= i.at) and (key.until is None or i.at <= key.until), "the key is out of its time")
        need(any(role in i.type["signers"] and covers(scope, role, i) and start <= day and (end is None or day <= end)
                 for role, scope, start, end in key.roles), "the signer holds no role for it")
        if i.name in IDENTITY:
            self.change_keys(i, self.fields(i, i.type))
    def enrol(self, at, key, owner, unit=None, since=None, until=None, roles=()):
        spki, id_ = unbase64(key["publicKey"]), key["keyId"]
        need(id_ not in self.keys and self.hash(spki)[:16].hex() == id_, "a key id is wrong or taken")
        self.keys[id_] = SimpleNamespace(id=id_, enrolled=at, spki=spki, owner=owner, unit=unit or "", since=since, until=until,
                                         revoked=False, roles=list(roles))
    def change_keys(self, i, f):
        if i.name == "KeyEnrolled":
            return self.enrol(i.position, f, f["owner"], f["ownerUnit"], f["notBefore"], f["notAfter"])
        need(f["keyId"] in self.keys, "no such key is enrolled")
        key = self.keys[f["keyId"]]
        key.revoked |= i.name == "KeyRevoked"
        if i.name == "RoleGranted":
            key.roles.append((f["role"], f["scope"], f["from"], f["until"]))
        elif i.name == "RoleRevoked":
            key.roles = [r for r in key.roles if r[:2] != (f["role"], f["scope"])]
    def check_index(self):
        index = next((i for i in self.items if i.position in self.index), None)
        need(index.name == "IndexCommitted" if index else not self.shown, "the keys' index is not among the items")
        late = (index is None or index.position < self.subject.position) and self.checkpoint.size - self.subject.position - 1
        need(late <= UNINDEXED_MAX, "an index is long due")
        f = self.fields(index, index.type) if index else {}
        for _, (_, place), path, entry in self.shown:
            root = root_of(self.suite, decimal(place), f["keys"], self.hash(b"\0", entry), path)
            need(root == bytes.fromhex(f["keysRoot"]), "a key's entry is not in the directory")
            need(entry in self.directory, "a key's entry is not what the records make of it")
        signers = {i.key for i in self.items if index and self.keys[i.key].enrolled < index.position}
        need(signers <= {self.directory[entry] for *_, entry in self.shown}, "a signer's entry is missing")
    def check_secret(self):
        if self.kind == b"receipt":
            need(self.subject.name == "ComplaintFiled" and self.subject.body is not None, "no complaint is shown")
            need(self.fields(self.subject, self.subject.type)["receipt"] == self.hash(self.secret).hex(), "another secret")

def verdict(schema, policy, file):
    """The level of the failure, or `holds`; and what failed."""
    try:
        Checker(schema, at_level("policy", parse_policy, Path(policy).read_text())).check(Path(file).read_bytes())
        return "holds", ""
    except Failure as failure:
        return failure.args
def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("file", nargs="?")
    for name, more in {"policy": {}, "schema": {"required": True}, "batch": {}, "json": {"action": "store_true"}}.items():
        words.add_argument(f"--{name}", **more)
    a = words.parse_args()
    lines = Path(a.batch).read_text().splitlines() if a.batch else [f"{a.file}\t{a.policy}"]
    for file, policy in (line.split("\t") for line in lines):
        at, why = verdict(json.loads(Path(a.schema).read_text()), policy, file)
        failure = {} if at == "holds" else {"failure": {"level": at, "text": why}}
        print(json.dumps({"valid": not failure, **failure}) if a.json else f"{at}\t{file}\t{why}")
    return 1 if failure and not a.batch else 0
if __name__ == "__main__":
    sys.exit(main())
