"""Keys, hashes, RFC 6962 paths, signed notes and trust policies (C2SP), for evidence.py. Needs the openssl command."""
import base64
import hashlib
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

NOTE_MAX, PATH_MAX = 64 << 10, 64
SPKI = {"intl": bytes.fromhex("302a300506032b6570032100"), "gm": bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")}
PKCS8 = {"intl": bytes.fromhex("302e020100300506032b657004220420"),
         "gm": bytes.fromhex("3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420")}
SM2_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
LOG_TYPES = {b"\x01": ("intl", 32), b"\xffsm2-sm3": ("gm", 65)}
WITNESS_TYPES = {b"\x04": ("intl", 32), b"\xffsm2-sm3-cosignature/v1": ("gm", 65)}


class Failure(Exception):
    def __init__(self, level, text):
        super().__init__(text)
        self.level = level


def need(holds, level, text):
    if not holds:
        raise Failure(level, text)


# --- cryptography

def openssl(*words, **more):
    return subprocess.run(["openssl", *words], capture_output=True, **more)


def digest(suite, data):
    if suite == "intl":
        return hashlib.sha256(data).digest()
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data).digest()
    return openssl("dgst", "-sm3", "-binary", input=data, check=True).stdout


@lru_cache(None)
def verifies(suite, spki, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{folder}/{n}" for n in ("key", "message", "signature")]
        for name, data in zip(names, (spki, message, signature)):
            Path(name).write_bytes(data)
        how = ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"] if suite == "gm" else []
        return openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0], "-rawin", "-in", names[1],
                       "-sigfile", names[2], *how).returncode == 0


@lru_cache(None)
def demonstration_spki(suite, name):
    seed = hashlib.sha256(f"pufa demo/{suite}/key/{name}".encode()).digest()
    if suite == "gm":
        seed = (1 + int.from_bytes(seed, "big") % (SM2_ORDER - 2)).to_bytes(32, "big")
    return openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=PKCS8[suite] + seed, check=True).stdout


def root_of(suite, index, size, leaf, path):
    """The root that an RFC 6962 path leads to; None when it is no path of that leaf."""
    if not 0 <= index < size:
        return None
    at, last, root = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = digest(suite, b"\x01" + sibling + root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = digest(suite, b"\x01" + root + sibling)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


# --- texts

def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def decimal(text, most=2**64 - 1):
    fits = text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) <= 20
    return int(text) if fits and int(text) <= most else None


def hashes(lines, level, text):
    out = [unbase64(line) for line in lines]
    need(len(out) <= PATH_MAX and all(h is not None and len(h) == 32 for h in out), level, text)
    return out


def parse_vkey(vkey, types):
    name, key_id, key = vkey.split("+", 2)
    key = unbase64(key)
    for kind, (suite, width) in types.items():
        if key[:len(kind)] == kind and len(key) == len(kind) + width:
            need(hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_id, "policy", "a key id is wrong")
            return SimpleNamespace(name=name, id=bytes.fromhex(key_id), suite=suite, spki=SPKI[suite] + key[len(kind):])
    raise Failure("policy", "a key is of no known type")


def parse_policy(text):
    policy = SimpleNamespace(logs=[], witnesses={}, groups={}, quorum=None)
    for words in filter(None, (line.split("#")[0].split() for line in text.splitlines())):
        if words[0] == "log":
            policy.logs.append(parse_vkey(words[1], LOG_TYPES))
        elif words[0] == "witness":
            policy.witnesses[words[1]] = parse_vkey(words[2], WITNESS_TYPES)
        elif words[0] == "group":
            members = words[3:]
            policy.groups[words[1]] = ({"any": 1, "all": len(members)}.get(words[2]) or int(words[2]), members)
        elif words[0] == "quorum":
            policy.quorum = words[1]
    return policy


def parse_note(note):
    """Text and (name, key id, signature) of each line."""
    need(len(note) <= NOTE_MAX, "included", "the note is too long")
    try:
        text, _, lines = note.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise Failure("included", "the note is not UTF-8") from None
    need(lines.endswith("\n"), "included", "the note is cut")
    signatures = []
    for line in lines[:-1].split("\n"):
        words = line.split(" ")
        data = unbase64(words[2]) if len(words) == 3 and words[0] == "\u2014" and words[1] else None
        need(data and len(data) > 4, "included", "a signature line is malformed")
        signatures.append((words[1], data[:4], data[4:]))
    return text + "\n", signatures


def met(policy, name, have):
    if name not in policy.groups:
        return name in have
    threshold, members = policy.groups[name]
    return sum(met(policy, m, have) for m in members) >= threshold


def trusted_checkpoint(note, policy):
    """The checkpoint and its suite, of a log of the policy; cosignatures that verify."""
    text, signatures = parse_note(note)
    lines = text.split("\n")
    need(len(lines) == 4, "included", "a checkpoint is three lines")
    size, root = decimal(lines[1]), unbase64(lines[2])
    need(size is not None and root and len(root) == 32, "included", "the checkpoint is malformed")
    by, have = None, set()
    for name, key_id, signature in signatures:
        for log in policy.logs:
            if (log.name, log.id) == (name, key_id):
                need(verifies(log.suite, log.spki, text.encode(), signature), "included", "a log's signature fails")
                by = log.suite if name == lines[0] else by
        for witness, key in policy.witnesses.items():
            if (key.name, key.id) == (name, key_id):
                time = int.from_bytes(signature[:8], "big")
                message = f"cosignature/v1\ntime {time}\n{text}".encode()
                need(0 < time < 2**63 and verifies(key.suite, key.spki, message, signature[8:]), "included", "a cosignature fails")
                have.add(witness)
    need(by, "included", "no log of the policy signed it under its origin")
    return SimpleNamespace(origin=lines[0], size=size, root=root, suite=by, witnesses=have)
