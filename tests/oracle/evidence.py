#!/usr/bin/env python3
"""An independent checker of evidence of one record: `evidence.py FILE --policy POLICY --schema SCHEMA.json [--json]`.

Written from ledger/README.md, "Evidence", alone, for comparison with the program. SCHEMA.json is what `pufa schema --json`
prints. Kinds `record` and `receipt`, both suites. Needs the openssl command for signatures, and for SM3 where hashlib has none.
Exit status: 0 all that the file claims holds; 1 it does not, and the level is named; 2 the command is wrong.
`--batch LIST`: each line of LIST is a file and a policy, parted by a tab; prints each verdict on its line.
"""
import argparse
import base64
import copy
import hashlib
import json
import re
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from capnp import Struct, as_text, parse
from notes import (PATH_MAX, Failure, decimal, demonstration_spki, digest, hashes, met, need, parse_policy, root_of, trusted_checkpoint,
                   unbase64, verifies)

LEVELS = ["parsed", "included", "witnessed", "purpose", "signed", "body", "entitled"]
IDENTITY = {"KeyEnrolled", "KeyRevoked", "RoleGranted", "RoleRevoked"}
BODY_NEEDED = IDENTITY | {"GenesisRecorded", "IndexCommitted"}
ANY_SCOPE = {("InspectionOpened", None), ("InspectionClosed", None), ("GuidanceGiven", "unit")}
SECTION_MAX, ITEMS_MAX, KEY_MAX, RECORD_MAX = 32 << 20, 1_000_000, 64 << 10, 65_535
UNINDEXED_MAX = 104_096
EPOCH, DAY_MS, DISTRICT_MS = date(1970, 1, 1), 86_400_000, 8 * 3_600_000


# --- the file

def read_sections(data):
    """Kind and (name, bytes) of each section."""
    head, newline, rest = data.partition(b"\n")
    kind = head.removeprefix(b"pufa-evidence/v1 ").decode("latin-1")
    need(newline and head.startswith(b"pufa-evidence/v1 ") and kind in ("record", "receipt"), "parsed", "no evidence of a record")
    sections, at = [], len(head) + 1
    while rest and not data.startswith(b"end ", at):
        line = data[at:data.find(b"\n", at)].decode("latin-1")
        name, _, length = line.partition(" ")
        size = decimal(length, SECTION_MAX)
        at += len(line) + 1
        need(size is not None and data[at + size:at + size + 1] == b"\n", "parsed", f"byte {at}: a section is cut or malformed")
        sections.append((name, data[at:at + size]))
        at += size + 1
    need(data[at:] == b"end " + hashlib.sha256(data[:at]).hexdigest().encode() + b"\n", "parsed", "the digest is wrong")
    return kind, sections


def parse_proof(data):
    head, blank, note = data.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    need(blank and lines[0] == "c2sp.org/tlog-proof@v1", "parsed", "no tlog-proof")
    if lines[1:2] and lines[1].startswith("extra "):
        need(unbase64(lines.pop(1)[6:]) is not None, "parsed", "extra is no base64")
    index = decimal(lines[1][6:]) if lines[1:2] and lines[1].startswith("index ") else None
    need(index is not None, "parsed", "the index is malformed")
    return index, hashes(lines[2:], "parsed", "the path is malformed"), note


def split_path(data):
    need(len(data) % 32 == 0 and len(data) <= 32 * PATH_MAX, "parsed", "a path is malformed")
    return [data[i:i + 32] for i in range(0, len(data), 32)]


def parse_key(data):
    need(len(data) <= KEY_MAX, "parsed", "a key section is too long")
    head, blank, entry = data.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    named = [decimal(line[len(word):]) if line.startswith(word) else None for word, line in zip(("index ", "place "), lines)]
    need(blank and len(named) == 2 and None not in named, "parsed", "a key section is malformed")
    return SimpleNamespace(index=named[0], place=named[1], path=hashes(lines[2:], "parsed", "a key's path is malformed"), entry=entry)


def canonical(data, **lengths):
    """A struct whose byte strings, by pointer, are of these lengths."""
    root = parse(data)
    for pointer, length in lengths.items():
        need(len(root.bytes(int(pointer[1:])) or b"") == length, "parsed", "a byte string is of another length")
    return root


def is_uuid7(data):
    return data[6] >> 4 == 7 and data[8] >> 6 == 2


# --- bodies

def slot(struct, field):
    """The value in the catalogue's form; None when absent."""
    at = field["slot"]
    if "pointer" in at:
        value = pointed(struct, field)
        if value is None and field["required"]:
            raise ValueError(f"{field['name']} is missing")
        return value
    if "presence" in at and not struct.number(1, at["presence"]):
        return None
    value = struct.number(at["bits"], at["offset"], signed=field["kind"] != "enum")
    if field["kind"] == "enum":
        return field["values"][value]["code"]
    return EPOCH + timedelta(days=value) if field["kind"] == "date" else value


def pointed(struct, field):
    at, kind = field["slot"]["pointer"], field["kind"]
    if kind == "struct":
        value = struct.struct(at)
        return value and {f["name"]: slot(value, f) for f in field["fields"]}
    value = struct.bytes(at) if kind == "hex" else struct.text(at)
    if value is None:
        return None
    most = field.get("bytes" if kind == "hex" else "maxLength", len(value))
    fits = len(value) == most if kind == "hex" else 0 < len(value) <= most and not any(unicodedata.category(c) in ("Cc", "Cs") for c in value)
    if not fits or (kind == "code" and not re.fullmatch(r"[A-Za-z0-9._-]+", value)):
        raise ValueError(f"{field['name']} is out of its form")
    return value.hex() if kind == "hex" else value


def codes(struct, fields):
    """Every unit code in a struct."""
    for f in fields:
        at, many = f["slot"].get("pointer"), "list" in f
        if f["kind"] in ("unit", "scope"):
            found = struct.list(at) if many else [struct.pointer(at)]
            yield from (c for c in (as_text(v) for v in found if v is not None) if c not in ("", "district"))
        elif f["kind"] == "struct" and f["name"] != "attachments":
            for one in struct.list(at) if many else [struct.struct(at) or Struct()]:
                yield from codes(one, f["fields"])


def opened_name(opened):
    return opened.partition(b"\n")[0].decode("latin-1")


def covers(scope, role, item):
    if scope == "district" or (item.unit and scope == item.unit):
        return True
    return (not item.unit and item.type["unit"] != "absent") or (item.name, None) in ANY_SCOPE or (item.name, role) in ANY_SCOPE


def entry_of(key_id, key):
    roles = [[role, scope, str(start), end and str(end)] for role, scope, start, end in key.roles]
    entry = {"key": key_id, "notAfter": key.not_after, "notBefore": key.not_before, "owner": key.owner, "ownerUnit": key.unit,
             "publicKey": base64.b64encode(key.spki).decode(), "revoked": key.revoked, "roles": roles}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


class Checker:
    def __init__(self, schema, policy):
        self.types = {t["ordinal"]: t for t in schema["types"]}
        self.policy, self.keys, self.enrolled_at, self.before = policy, {}, {}, {}

    # 1. parsed

    def parse(self, data):
        self.kind, sections = read_sections(data)
        self.left = sections[::-1]
        self.index, self.path, self.note = parse_proof(self.take("tlog-proof"))
        self.secret = self.take("secret") if self.kind == "receipt" else None
        self.items, self.shown_keys = [], []
        while self.next() == "record":
            self.items.append(self.parse_item())
        while self.next() == "key":
            self.shown_keys.append(parse_key(self.take("key")))
        need(not self.left, "parsed", f"section {self.next()} is out of order")
        self.check_order()

    def next(self):
        return self.left[-1][0] if self.left else None

    def take(self, name):
        need(self.next() == name, "parsed", f"section {name} is missing")
        return self.left.pop()[1]

    def parse_item(self):
        record = self.take("record")
        need(len(record) <= RECORD_MAX, "parsed", "a record is too long")
        r = canonical(record, p0=32)
        item = SimpleNamespace(record=record, position=r.number(64, 0), at=r.number(64, 1, True), place=r.number(32, 5), hash=r.bytes(0),
                               submission=self.take("submission"), signature=self.take("signature"), inner=split_path(self.take("inner")),
                               held=(r.bytes(2), r.bytes(3)), header_bytes=r.bytes(1) or b"", body=None, path=None, opened=[])
        h = canonical(item.header_bytes, p0=16, p3=32)
        s = canonical(item.submission, p0=16, p1=16, p2=16, p3=32)
        need(is_uuid7(h.bytes(0)), "parsed", "an event's id is no UUIDv7")
        item.type = self.types.get(h.number(16, 0), {"type": "", "ordinal": -1, "unit": "absent", "signers": [], "data": []})
        item.id, item.unit, item.commitment = h.bytes(0), h.text(1), h.bytes(3)
        item.named, item.name = [as_text(n) for n in h.list(2)], item.type["type"]
        item.count, item.ledger, item.root, item.key = s.number(32, 2), s.bytes(0), s.bytes(3), (s.bytes(2) or b"").hex()
        if self.next() == "path":
            item.path = split_path(self.take("path"))
        if self.next() == "body":
            item.body = self.take("body")
            while self.next() == "opened":
                item.opened.append(self.take("opened"))
        need(item.body is not None or item.name not in BODY_NEEDED, "parsed", f"the body of @{item.position} is missing")
        need(item.body is None or len(item.body) > 32, "parsed", f"the body of @{item.position} is cut")
        names = [opened_name(o) for o in item.opened]
        need(names == sorted(set(names)) and all(len(o) > len(n) + 32 for n, o in zip(names, item.opened)), "parsed", "opened values")
        return item

    def check_order(self):
        at = [i.position for i in self.items]
        need(at and at[0] == 0 and len(at) <= ITEMS_MAX and at == sorted(set(at)), "parsed", "items do not ascend from the genesis")
        need(self.items[0].body is not None, "parsed", "the genesis' body is missing")
        need([i.position for i in self.items if i.path is None] == [self.index], "parsed", "the subject is not the one item without a path")
        places = [k.place for k in self.shown_keys]
        need(places == sorted(set(places)) and len({k.index for k in self.shown_keys}) < 2, "parsed", "keys do not ascend in one index")
        self.genesis = self.fields(self.items[0], "parsed")
        self.subject = next(i for i in self.items if i.position == self.index)

    # 2. to 4.

    def check_tree(self):
        c = self.checkpoint = trusted_checkpoint(self.note, self.policy)
        self.suite = self.genesis["suite"]
        for i in self.items:
            path = self.path if i is self.subject else i.path
            need(root_of(self.suite, i.position, c.size, self.hash(b"\0", i.record), path) == c.root, "included", f"@{i.position} is not in the tree")

    def hash(self, *parts):
        return digest(self.suite, b"".join(parts))

    def check_witnesses(self):
        quorum = self.policy.quorum
        need(quorum == "none" or met(self.policy, quorum, self.checkpoint.witnesses), "witnessed", "the quorum is not met")

    def check_purpose(self):
        genesis, keys = self.genesis, [self.genesis[k] for k in ("operatorKey", "registrarKey", "auditKey")]
        need(all(self.hash(unbase64(k["publicKey"]) or b"")[:16].hex() == k["keyId"] for k in keys), "purpose", "a genesis key's id is wrong")
        origin, demonstration = self.checkpoint.origin, genesis["purpose"] == "demonstration"
        need(genesis["origin"] == origin, "purpose", "the genesis is of another log")
        need(origin.startswith("demo.") == demonstration, "purpose", "the origin does not say what the ledger is for")
        published = {demonstration_spki(self.suite, n) for n in ("operator", "registrar", "auditAdmin")}
        named = {unbase64(k["publicKey"]) for k in keys}
        need(demonstration or not published & named, "purpose", "a demonstration poses as a production ledger")
        self.ledger = self.hash(b"pufa/genesis/v1\n", self.items[0].body[32:])[:16]

    # 5. signed, body, entitled, item by item

    def check_item(self, item):
        if self.shown_keys and item.position == self.shown_keys[0].index:
            self.before = copy.deepcopy(self.keys)
        self.check_signed(item)
        if item.body is not None:
            self.check_body(item)
        if item.position == 0:
            self.begin()
        need(item.key in self.keys, "entitled", f"@{item.position} is signed by a key that is not enrolled")
        self.check_entitled(item, self.keys[item.key])
        if item.name in IDENTITY:
            self.change_keys(item, self.fields(item, "entitled"))

    def check_signed(self, item):
        at, message = f"@{item.position}", b"pufa/submission/v1\n" + item.submission
        need(self.hash(message, item.signature) == item.hash, "signed", f"{at}: another submission")
        held = (item.submission, item.signature) if item.place == 0 else (None, None)
        need(item.held == held, "signed", f"{at}: the record holds another submission")
        leaf = self.hash(b"\0", item.header_bytes)
        need(root_of(self.suite, item.place, item.count, leaf, item.inner) == item.root, "signed", f"{at} is not in its submission")
        need(item.ledger == (bytes(16) if item.position == 0 else self.ledger), "signed", f"{at}: of another ledger")
        if item.position == 0:
            spki = unbase64(self.genesis["operatorKey"]["publicKey"])
        else:
            spki = self.keys[item.key].spki if item.key in self.keys else None
        need(spki is None or verifies(self.suite, spki, message, item.signature), "signed", f"{at}: the signature fails")

    def check_body(self, item):
        at = f"@{item.position}"
        need(self.hash(b"pufa/body/v1\n", item.body) == item.commitment, "body", f"{at}: another body")
        try:
            body = parse(item.body[32:])
            need(body.number(16, 1) == item.type["ordinal"], "body", f"{at}: a body of another type")
            named = set(codes(body.struct(2) or Struct(), item.type["data"])) | ({item.unit} if item.unit else set())
            values = {f["name"]: (body if f["name"] == "remark" else body.struct(2)).bytes(f["slot"]["pointer"])
                      for f in item.type["data"] if f["kind"] == "sealed"} if item.opened else {}
        except ValueError as e:
            raise Failure("body", f"{at}: {e}") from None
        need(item.named == sorted(named), "body", f"{at}: other units are named")
        for opened in item.opened:
            sealed = self.hash(b"pufa/sealed/v1\n", self.ledger, item.id, opened)
            need(values.get(opened_name(opened)) == sealed, "body", f"{at}: a value is not what was sealed")

    def check_entitled(self, item, key):
        day = EPOCH + timedelta(days=(item.at + DISTRICT_MS) // DAY_MS)
        within = (key.not_before is None or key.not_before <= item.at) and (key.not_after is None or item.at <= key.not_after)
        need(not key.revoked and within, "entitled", f"@{item.position}: the key is revoked or out of its time")
        held = [(role, scope) for role, scope, start, end in key.roles if start <= day and (end is None or day <= end)]
        need(any(role in item.type["signers"] and covers(scope, role, item) for role, scope in held), "entitled",
             f"@{item.position}: the signer holds no role for it")

    def begin(self):
        for name, field in (("operator", "operatorKey"), ("registrar", "registrarKey"), ("auditAdmin", "auditKey")):
            self.enrol(0, self.genesis[field], name, "", None, None)
            self.keys[self.genesis[field]["keyId"]].roles.append((name, "district", date(1949, 10, 1), None))

    def enrol(self, position, key, owner, unit, start, end):
        spki = unbase64(key["publicKey"])
        need(key["keyId"] not in self.keys and self.hash(spki or b"")[:16].hex() == key["keyId"], "entitled", "a key id is wrong or taken")
        self.keys[key["keyId"]] = SimpleNamespace(spki=spki, owner=owner, unit=unit, not_before=start, not_after=end, revoked=False, roles=[])
        self.enrolled_at[key["keyId"]] = position

    def change_keys(self, item, f):
        if item.name == "KeyEnrolled":
            return self.enrol(item.position, f, f["owner"], f["ownerUnit"] or "", f["notBefore"], f["notAfter"])
        need(f["keyId"] in self.keys, "entitled", f"@{item.position}: no such key is enrolled")
        key = self.keys[f["keyId"]]
        if item.name == "KeyRevoked":
            key.revoked = True
        elif item.name == "RoleGranted":
            key.roles.append((f["role"], f["scope"], f["from"], f["until"]))
        else:
            key.roles = [r for r in key.roles if r[:2] != (f["role"], f["scope"])]

    # 6. entitled, against records left out

    def check_index(self):
        index = next((i for i in self.items if self.shown_keys and i.position == self.shown_keys[0].index), None)
        need(index is None or index.name == "IndexCommitted", "entitled", "no index stands there")
        need(index or not self.shown_keys, "entitled", "the keys' index is not among the items")
        if index is None or index.position < self.index:
            need(self.checkpoint.size - self.index - 1 <= UNINDEXED_MAX, "entitled", "an index is long due")
        if index is None:
            return
        f = self.fields(index, "entitled")
        shown = set()
        for key in self.shown_keys:
            root = root_of(self.suite, key.place, f["keys"], self.hash(b"\0", key.entry), key.path)
            need(root == bytes.fromhex(f["keysRoot"]), "entitled", "a key's entry is not in the directory")
            shown.add(next((k for k in self.before if entry_of(k, self.before[k]) == key.entry), None))
        need(None not in shown, "entitled", "a key's entry is not what the records make of it")
        signers = {i.key for i in self.items if self.enrolled_at[i.key] < index.position}
        need(signers <= shown, "entitled", "a signer's entry is missing")

    def check_secret(self):
        need(self.kind != "receipt" or (self.subject.name == "ComplaintFiled" and self.subject.body is not None), "body", "no complaint is shown")
        if self.kind == "receipt":
            need(self.fields(self.subject, "body")["receipt"] == self.hash(self.secret).hex(), "body", "another secret")

    def fields(self, item, level):
        """The type's own fields that the checks read, by name."""
        try:
            body = parse(item.body[32:])
            own = body.struct(2) or Struct()
            type_ = self.types[0] if item.position == 0 else item.type
            if body.data[:4] != bytes([1, 0]) + type_["ordinal"].to_bytes(2, "little"):
                raise ValueError("a body of another version or type")
            return {f["name"]: slot(own, f) for f in type_["data"] if f["kind"] not in ("sealed", "person") and "list" not in f}
        except (ValueError, IndexError, OverflowError) as e:
            raise Failure(level, f"@{item.position}: {e}") from None

    def check(self, data):
        try:
            self.parse(data)
        except (UnicodeDecodeError, ValueError) as e:
            raise Failure("parsed", str(e)) from None
        self.check_tree()
        self.check_witnesses()
        self.check_purpose()
        for item in self.items:
            self.check_item(item)
        self.check_index()
        self.check_secret()


def verdict(schema, policy, file):
    """None, or the failure."""
    try:
        Checker(schema, parse_policy(Path(policy).read_text())).check(Path(file).read_bytes())
    except Failure as e:
        return e
    return None


def show(failure, as_json):
    if as_json:
        print(json.dumps({"valid": failure is None, **({"failure": {"level": failure.level, "text": str(failure)}} if failure else {})}))
        return
    for level in LEVELS[:LEVELS.index(failure.level) if failure else None]:
        print("\u2713", level)
    print(f"\u2717 {failure.level}: {failure}" if failure else "holds")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("file", nargs="?")
    for name in ("policy", "schema", "batch"):
        words.add_argument(f"--{name}", required=name == "schema")
    words.add_argument("--json", action="store_true")
    a = words.parse_args()
    schema = json.loads(Path(a.schema).read_text())
    if a.batch:
        for file, policy in (line.split("\t") for line in Path(a.batch).read_text().splitlines()):
            failure = verdict(schema, policy, file)
            print(failure.level if failure else "holds", file, failure or "", sep="\t")
        return 0
    failure = verdict(schema, a.policy, a.file)
    show(failure, a.json)
    return 1 if failure else 0


if __name__ == "__main__":
    sys.exit(main())
