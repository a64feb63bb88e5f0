#!/usr/bin/env python3
"""An independent checker of evidence of one record, written from ledger/README.md, "Evidence", alone. It judges neither the forms
of values, nor `named`, nor each key change's own rules; what it judges is told at the page's levels. Needs the openssl command.

`evidence.py SCHEMA.json (FILE POLICY)...`, by `pufa schema --json`, tells of each: `holds` or what fails; status 1 if any."""
import base64, functools, hashlib, json, pathlib, re, struct, subprocess, sys, tempfile, types
from datetime import date, timedelta
IDENTITY = {"KeyEnrolled", "KeyRevoked", "RoleGranted", "RoleRevoked"}
BODY_NEEDED = IDENTITY | {"GenesisRecorded", "IndexCommitted"}
GENESIS_KEYS = {"operator": "operatorKey", "registrar": "registrarKey", "auditAdmin": "auditKey"}
SECTION_MAX, ITEMS_MAX, NOTE_MAX, UNINDEXED_MAX = {"record": 65_535, "key": 64 << 10}, 1_000_000, 64 << 10, 104_096
EPOCH, FIRST_DAY, DAY_MS, DISTRICT_MS = date(1970, 1, 1), "1949-10-01", 86_400_000, 8 * 3_600_000
ELEMENT_BITS, EMPTY_STRUCT, DEPTH_MAX = (0, 1, 8, 16, 32, 64, 64), 0xFFFFFFFC, 64
HEAD, KEY_HEAD = b"pufa-evidence/v1 record\n", rb"index ([0-9]+)\nplace ([0-9]+)"
TLOG_PROOF = rb"c2sp\.org/tlog-proof@v1(?:\nextra [A-Za-z0-9+/]*={0,2})?\nindex ([0-9]+)"
SPKI = {"intl": "302a300506032b6570032100", "gm": "3059301306072a8648ce3d020106082a811ccf5501822d034200"}
DEMO_KEYS = {"9ae91670c8ac1e433f4f9a6e9d6b0392", "c5de2dcfc072cc24ff1dab224cf695ab", "9d6e541c0b8b529181bf546b2e9446d0",  # intl
             "168dc8eb46498815c9dff1b726671afa", "5e69f89ce37e19ab69089e03ea689904", "832d57fabbf923b558670b261f376c7c"}  # gm
def need(holds, why):
    if not holds: raise ValueError(why)

# --- canonical Cap'n Proto messages of one segment, read without their schema (capnproto.org/encoding.html)
class Struct:
    """Data and pointers; what lies past them reads as zero or absent (None)."""
    def __init__(self, data=b"", pointers=()):
        self.data, self.pointers = data, pointers
    def number(self, bits, offset, signed=False):
        value = int.from_bytes(self.data, "little") >> bits * offset & (1 << bits) - 1
        return value - (value >> bits - 1 << bits) if signed else value
    def get(self, i):
        return self.pointers[i] if i < len(self.pointers) else None
class Message:
    """Its root struct; objects must lie in preorder without gaps, cut to what is not zero."""
    def __init__(self, message):
        self.message, self.words, self.end = message, struct.unpack(f"<{len(message) // 8}Q", message), 1
        self.root = self.read(0)
        need(isinstance(self.root, Struct) and self.end == len(self.words), "no root struct, or left-over words")
    def take(self, count):
        self.end += count
        return self.end - count
    def read(self, at, depth=0):
        """What the pointer at this word leads to: None, a Struct, bytes or a list."""
        word, code, count = self.words[at], self.words[at] >> 32 & 7, self.words[at] >> 35
        if word in (0, EMPTY_STRUCT):
            return Struct() if word else None
        need(depth < DEPTH_MAX and (word & 3 == 1 or (word & 3 == 0 and word >> 32)), "a far, foreign, empty or too deep pointer")
        need(at + 1 + (word >> 2 & 0x3FFFFFFF) == self.end, "an object is out of order")
        if word & 3 == 0:
            return self.structs(1, word, depth)[0]
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
        return content[:count] if code == 2 else list(content)
    def structs(self, count, word, depth):
        """Structs of the sizes in a pointer or tag: a last data word and a last pointer among them are not zero."""
        data, width = word >> 32 & 0xFFFF, (word >> 32 & 0xFFFF) + (word >> 48)
        starts = [self.take(width) for _ in range(count)]
        for size, end in ((data, data), (width - data, width)):
            need(size == 0 or any(self.words[s + end - 1] for s in starts), "a struct is not cut to what is not zero")
        return [Struct(self.message[8 * s:8 * (s + data)], [self.read(s + p, depth + 1) for p in range(data, width)])
                for s in starts]

def text(value):
    need(value is None or value.endswith(b"\0"), "a text has no end")
    return value and value[:-1].decode()
def value_of(holder, f):
    """A field's value, days as texts; None when absent."""
    at, kind = f["slot"], f["kind"]
    if "pointer" in at:
        value = holder.get(at["pointer"])
        need(value is not None or not f["required"], f"{f['name']} is missing")
        if kind == "struct":
            return value and {g["name"]: value_of(value, g) for g in f["fields"]}
        return value and value.hex() if kind == "hex" else text(value)
    if "presence" in at and not holder.number(1, at["presence"]):
        return None
    value = holder.number(at["bits"], at["offset"], signed=kind != "enum")
    return f["values"][value]["code"] if kind == "enum" else str(EPOCH + timedelta(value)) if kind == "date" else value

# --- cryptography, RFC 6962 paths
def digest(suite, *parts):
    return hashlib.new("sm3" if suite == "gm" else "sha256", b"".join(parts)).digest()
@functools.cache
def verifies(suite, spki, message, signature):
    how = ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"] if suite == "gm" else []
    with tempfile.TemporaryDirectory() as folder:
        key, signed, by = (pathlib.Path(folder, name) for name in ("key", "message", "signature"))
        key.write_bytes(spki), signed.write_bytes(message), by.write_bytes(signature)
        words = ["-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", signed, "-sigfile", by, *how]
        return subprocess.run(["openssl", "pkeyutl", "-verify", *words], capture_output=True).returncode == 0
def root_of(suite, index, size, leaf, path):
    """The root that a path leads to, by RFC 6962, 2.1.1; None when it is no path of that leaf."""
    if size < 2 or not path:
        return leaf if (index, size, path) == (0, 1, []) else None
    half = 1 << (size - 1).bit_length() - 1
    right = index >= half
    root = root_of(suite, index - half * right, size - half if right else half, leaf, path[:-1])
    return root and digest(suite, b"\x01", *((path[-1], root) if right else (root, path[-1])))

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
    return [data[i:i + 32] for i in range(0, len(data), 32)]
def parse_policy(string):
    policy = types.SimpleNamespace(keys=[], groups={}, quorum=None)
    for word, *rest in filter(None, (re.findall(r"[^ \t]+", re.sub(r"(^|[ \t])#.*", "", line)) for line in string.split("\n"))):
        if word == "quorum":
            policy.quorum = rest[0]
        elif word == "group":
            policy.groups[rest[0]] = ({"any": 1, "all": len(rest) - 2}.get(rest[1]) or int(rest[1]), rest[2:])
        else:
            name, key_id, key = rest[1 if word == "witness" else 0].split("+", 2)
            suite, length = ("intl", 32) if len(unbase64(key)) == 33 else ("gm", 65)
            spki, witness = bytes.fromhex(SPKI[suite]) + unbase64(key)[-length:], rest[0] if word == "witness" else None
            policy.keys.append((name, bytes.fromhex(key_id), suite, spki, witness))
    once = [*((k[3], k[4] is None) for k in policy.keys), *(m for _, members in policy.groups.values() for m in members)]
    need(len(once) == len({*once}) and not re.search(r"[\0-\x08\x0b-\x1f\x7f]", string), "counted twice, or a control character")
    return policy
def met(policy, name, have):
    threshold, members = policy.groups.get(name, (1, []))
    return name == "none" or name in have or sum(met(policy, m, have) for m in members) >= threshold
def trusted_checkpoint(note, policy):
    """Origin, size and root, signed by a log of the policy, and the witnesses whose cosignatures verify."""
    parts = re.fullmatch("((.+)\n(.+)\n(.+)\n)\n((?:\u2014 [^ \n]+ [^ \n]+\n)+)", note.decode())
    need(parts and len(note) <= NOTE_MAX, "the note is malformed")
    (body, origin, size, root, lines), by = parts.groups(), set()
    for name, data in ((name, unbase64(line)) for name, line in re.findall("\u2014 (.+) (.+)\n", lines)):
        need(len(data) > 4, "a signature line is malformed")
        for suite, spki, witness in (k[2:] for k in policy.keys if k[:2] == (name, data[:4])):
            time, at = int.from_bytes(data[4:12], "big", signed=True), 12 if witness else 4
            message = (f"cosignature/v1\ntime {time}\n" if witness else "") + body
            need(verifies(suite, spki, message.encode(), data[at:]) and (time > 0 or not witness), "a signature fails")
            by.add((witness, name))
    need((None, origin) in by and len(unbase64(root)) == 32, "no root that a log of the policy signed as its origin")
    return origin, decimal(size), unbase64(root), {name for name, _ in by if name}

# --- evidence
def read_sections(data):
    """Name and bytes of each section, the last one first."""
    data, end, sections, at = data[:-69], data[-69:], [], len(HEAD)
    need(data.startswith(HEAD) and end == f"end {hashlib.sha256(data).hexdigest()}\n".encode(), "no record, or a wrong digest")
    while at < len(data):
        start = data.index(b"\n", at) + 1
        name, length = data[at:start - 1].decode().split(" ")
        at = start + decimal(length, SECTION_MAX.get(name, 32 << 20)) + 1
        need(data[at - 1:at] == b"\n", f"byte {at}: a section is cut")
        sections.append((name, data[start:at - 1]))
    return sections[::-1]
def covers(scope, role, i):
    free = i.name in ("InspectionOpened", "InspectionClosed") or (i.name, role) == ("GuidanceGiven", "unit")
    return scope == "district" or free or (scope == i.unit if i.unit else i.type["unit"] != "absent")

class Checker:
    def __init__(self, catalogue, policy):   # keys: each key's entry as the records make it; directory: those before the index
        self.catalogue, self.policy, self.keys, self.directory = catalogue, policy, {}, {}
    def steps(self, data):
        """Level and check, with its arguments, in the order of the page."""
        yield "parsed", self.parse, data
        yield "included", self.check_tree
        yield "witnessed", need, met(self.policy, self.policy.quorum, self.witnesses), "the quorum is not met"
        yield "purpose", self.check_purpose
        for i in self.items:
            yield "signed", self.check_signed, i
            if i.body:
                yield "body", self.check_body, i
            yield "entitled", self.check_entitled, i
        yield "entitled", self.check_index
    def each(self, name):
        while self.left and self.left[-1][0] == name:
            yield self.left.pop()[1]
    def parse(self, data):
        self.left = read_sections(data)
        (proof,) = self.each("tlog-proof")
        (index,), self.path, self.note = head_of(TLOG_PROOF, proof)
        self.items = [self.parse_item(record) for record in self.each("record")]
        self.shown = [head_of(KEY_HEAD, key) for key in self.each("key")]
        self.subject, at = decimal(index), [i.position for i in self.items]
        need(not self.left and at[:1] == [0] and at == sorted(set(at)) and len(at) <= ITEMS_MAX, "sections or items out of order")
        need([i.position for i in self.items if i.path is None] == [self.subject], "not one item without a path: the subject")
        places, self.index = [decimal(place) for (_, place), *_ in self.shown], {decimal(index) for (index, _), *_ in self.shown}
        need(places == sorted(set(places)) and len(self.index) < 2, "keys out of order, or of several indexes")
        self.genesis, self.suite = self.items[0].fields, self.items[0].fields["suite"]
    def parse_item(self, record):
        (submission,), (signature,), (inner,) = map(self.each, ("submission", "signature", "inner"))
        path, body = next(self.each("path"), None), next(self.each("body"), None)
        opened = [] if body is None else [(o.partition(b"\n")[0].decode(), o) for o in self.each("opened")]
        r, s = Message(record).root, Message(submission).root
        h = Message(r.get(1)).root
        need(not any(r.data[18:20] + h.data[2:4] + s.data[12:]) and r.data[24:] == h.data[8:] == b"" and b"" not in r.pointers + [h.get(1)] and
             [] not in h.pointers and h.get(1) != b"\0" and max(map(len, (r.pointers, h.pointers, s.pointers))) == 4, "bits or values that no field uses")
        i = types.SimpleNamespace(
            record=record, submission=submission, signature=signature, inner=path_of(inner), body=body, opened=dict(opened),
            path=None if path is None else path_of(path), position=r.number(64, 0), at=r.number(64, 1, True), hash=r.get(0),
            place=r.number(32, 5), header=r.get(1), held=(r.get(2), r.get(3)), type=self.catalogue[h.number(16, 0)], id=h.get(0),
            unit=text(h.get(1)), commitment=h.get(3), count=s.number(32, 2), ledger=s.get(0), key=s.get(2).hex(), root=s.get(3))
        i.name = i.type["type"]
        need([len(b) for b in (i.id, i.commitment, s.get(1), i.root)] == [16, 32, 16, 32], "a byte string is of another length")
        need(i.id[6] >> 4 == 7 and i.id[8] >> 6 == 2, "an event id is no UUIDv7")
        need([n for n, _ in opened] == sorted(i.opened) and all(len(o) > len(n) + 32 for n, o in opened), "opened values")
        need(body or (body is None and i.name not in BODY_NEEDED and i.position), "a body is missing")
        i.content, read = Message(body[32:]).root if body else Struct(), i.type["data"] if i.name in BODY_NEEDED else []
        i.own = i.content.get(2) or Struct()
        i.fields = {f["name"]: value_of(i.own, f) for f in read if f["kind"] not in ("sealed", "person") and "list" not in f}
        return i
    def check_tree(self):
        self.origin, self.size, root, self.witnesses = trusted_checkpoint(self.note, self.policy)
        for i in self.items:
            path, leaf = self.path if i.path is None else i.path, digest(self.suite, b"\0", i.record)
            need(root_of(self.suite, i.position, self.size, leaf, path) == root, f"@{i.position} is not in the tree")
    def check_purpose(self):
        purpose = "demonstration" if self.origin.startswith("demo.") else "production"
        need((self.genesis["origin"], self.genesis["purpose"]) == (self.origin, purpose), "a genesis of another log or purpose")
        self.ledger = digest(self.suite, b"pufa/genesis/v1\n", self.items[0].body[32:])[:16]
        for owner, field in GENESIS_KEYS.items():
            self.enrol({**self.genesis[field], "owner": owner}, [owner, "district", FIRST_DAY, None])
        need(purpose == "demonstration" or not DEMO_KEYS & {*self.keys}, "a demonstration poses as a production ledger")
    def check_signed(self, i):
        message, held = b"pufa/submission/v1\n" + i.submission, (None, None) if i.place else (i.submission, i.signature)
        need(digest(self.suite, message, i.signature) == i.hash and i.held == held, "the record is of another submission")
        inside = root_of(self.suite, i.place, i.count, digest(self.suite, b"\0", i.header), i.inner) == i.root
        need(inside and i.ledger == (self.ledger if i.position else bytes(16)), "of another submission or ledger")
        if i.key in self.keys:
            need(verifies(self.suite, unbase64(self.keys[i.key]["publicKey"]), message, i.signature), "the signature fails")
    def check_body(self, i):
        need(digest(self.suite, b"pufa/body/v1\n", i.body) == i.commitment, "another body")
        need((i.content.number(16, 0), i.content.number(16, 1)) == (1, i.type["ordinal"]), "a body of another version or type")
        sealed = {f["name"]: (i.content if f["name"] == "remark" else i.own).get(f["slot"]["pointer"])
                  for f in i.type["data"] if f["kind"] == "sealed" and f["name"] in i.opened}
        hashes = {name: digest(self.suite, b"pufa/sealed/v1\n", self.ledger, i.id, opened) for name, opened in i.opened.items()}
        need(hashes == sealed, "a value is not what was sealed")
    def check_entitled(self, i):
        if i.position in self.index:
            entry = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
            self.directory = {entry(key).encode(): id_ for id_, key in self.keys.items()}
        key, day = self.keys.get(i.key), str(EPOCH + timedelta((i.at + DISTRICT_MS) // DAY_MS))
        need(key and not key["revoked"], "signed by a key that is not enrolled, or revoked")
        since, until = key["notBefore"], key["notAfter"]
        need((since is None or since <= i.at) and (until is None or i.at <= until), "the key is out of its time")
        need(any(role in i.type["signers"] and covers(scope, role, i) and start <= day and (end is None or day <= end)
                 for role, scope, start, end in key["roles"]), "the signer holds no role for it")
        if i.name in IDENTITY:
            self.change_keys(i.name, i.fields)
    def enrol(self, f, *roles):
        id_, spki = f["keyId"], unbase64(f["publicKey"])
        known = id_ not in self.keys and digest(self.suite, spki)[:16].hex() == id_ and spki.hex().startswith(SPKI[self.suite])
        need(known, "a key's id is wrong or taken, or it is of another suite")
        self.keys[id_] = {"key": id_, "notAfter": f.get("notAfter"), "notBefore": f.get("notBefore"), "owner": f["owner"],
                          "ownerUnit": f.get("ownerUnit") or "", "publicKey": f["publicKey"], "revoked": False, "roles": [*roles]}
        return self.keys[id_]
    def change_keys(self, how, f):
        key = self.enrol(f) if how == "KeyEnrolled" else self.keys[f["keyId"]]
        key["revoked"] |= how == "KeyRevoked"
        if how == "RoleGranted":
            key["roles"].append([f["role"], f["scope"], f["from"], f["until"]])
        elif how == "RoleRevoked":
            key["roles"] = [r for r in key["roles"] if r[:2] != [f["role"], f["scope"]]]
    def check_index(self):
        index = next((i for i in self.items if i.position in self.index), None)
        need(index.name == "IndexCommitted" if index else not self.shown, "the keys' index is not among the items")
        need(self.size - self.subject <= 1 + UNINDEXED_MAX or (index and index.position >= self.subject), "an index is long due")
        for (_, place), path, entry in self.shown:
            root = root_of(self.suite, decimal(place), index.fields["keys"], digest(self.suite, b"\0", entry), path)
            holds = root == bytes.fromhex(index.fields["keysRoot"]) and entry in self.directory
            need(holds, "a key's entry is not in the directory, or not what the records make of it")
        signers = {i.key for i in self.items} & {*self.directory.values()}
        need(signers <= {self.directory[entry] for *_, entry in self.shown}, "a signer's entry is missing")

def main(schema, *files):
    catalogue = {t["ordinal"]: t for t in json.loads(pathlib.Path(schema).read_text())["types"]}
    paths, failed = map(pathlib.Path, files), False
    for file, policy in zip(paths, paths, strict=True):
        level, why = "policy", ""
        try:
            for level, check, *args in Checker(catalogue, parse_policy(policy.read_bytes().decode())).steps(file.read_bytes()):
                check(*args)
            level = "holds"
        except Exception as e:   # whatever goes wrong in a check fails at its level
            why, failed = repr(e), True
        print(level, file, why, sep="\t")
    return failed
if __name__ == "__main__": sys.exit(main(*sys.argv[1:]))
