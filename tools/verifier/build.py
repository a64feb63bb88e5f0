#!/usr/bin/env python3
"""Makes the page one file: build.py DIR CATALOGUE OUT. CATALOGUE is what `pufa schema --json` prints."""
import base64
import hashlib
import json
import pathlib
import sys

# In this order: each uses those before it.
MODULES = ["bytes", "fault", "keys", "merkle", "capnp", "container", "wire", "note", "policy", "evidence", "shape", "keyring", "check", "words", "show", "verifier"]
COMMON = ["attachments", "remark"]   # of every body, beside its type's own struct
KEPT = ["name", "zh", "en", "kind", "required", "maxLength", "bytes", "min", "max", "list", "unitOfMeasure", "values", "slot"]


def field(f):
    kept = {k: f[k] for k in KEPT if k in f}
    if "fields" in f:
        kept["fields"] = [field(m) for m in f["fields"]]
    return kept


def event_type(t):
    own = [f for f in t["data"] if f["name"] not in COMMON] + t["refs"]
    return {**{k: t[k] for k in ["type", "zh", "en", "unit", "signers"]}, "fields": [field(f) for f in own]}


def catalogue(text):
    c = json.loads(text)
    assert [t["ordinal"] for t in c["types"]] == list(range(len(c["types"])))
    common = [field(f) for f in c["types"][0]["data"] if f["name"] in COMMON]
    return {"roles": c["roles"], "types": [event_type(t) for t in c["types"]], "common": common}


def vendored(folder, name):
    """A vendored module, of the form that Node loads, as an expression."""
    return f"(() => {{ const module = {{ exports: {{}} }}, exports = module.exports;\n{(folder / 'vendor' / (name + '.js')).read_text()}\nreturn module.exports; }})()"


def script(folder, text):
    """Everything within one function, so that nothing is global; `<` is escaped in the data, lest it end the element."""
    data = json.dumps(catalogue(text), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    licence = "/*\n" + (folder / "vendor" / "LICENSE").read_text().replace("/*\n", "").replace("*/", "") + "\n*/\n"
    vendor = licence + f"const vendored = {{ sm2: {vendored(folder, 'sm2')}, sm3: {vendored(folder, 'sm3')} }};\n"
    modules = "".join((folder / f"{m}.js").read_text() for m in MODULES)
    return f"(() => {{\n{vendor}(() => {{\n'use strict';\nconst catalogue = {data};\n{modules}}})();\n}})();\n"


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def main(folder, catalogue_file, out):
    folder = pathlib.Path(folder)
    code, style = script(folder, pathlib.Path(catalogue_file).read_text()), (folder / "verifier.css").read_text()
    assert "</script" not in code and "<!--" not in code
    policy = f"default-src 'none'; script-src {digest(code)}; style-src {digest(style)}; base-uri 'none'; form-action 'none'"
    page = (folder / "verifier.html").read_text()
    for name, text in [("@POLICY@", policy), ("@STYLE@", style), ("@SCRIPT@", code)]:
        page = page.replace(name, text, 1)
    pathlib.Path(out).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(out).write_text(page)


if __name__ == "__main__":
    main(*sys.argv[1:])
