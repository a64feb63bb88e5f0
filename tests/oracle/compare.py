"""compare.py PUFA DIR YEAR: `pufa rank` against the independent reading of the scoring in scoring.py.

First under the ledger's own scheme at several heads; then, for every key of the default scheme, under that scheme
with this one key changed: both must agree in every field of every row, and some score must differ from the unchanged scheme's.
A key is moved to the first of its candidates that has an effect by scoring.py; of a list, each element is dropped.
Without an effect on the default scheme it is moved on other bases, named in parentheses.
A key whose every other value the program refuses as no valid scheme is `bound` by the keys beside it.
Exit status 1 if a key disagrees or has no effect.
"""
import copy
import json
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, timedelta
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import scoring  # noqa: E402

SCORELESS = {"id", "name", "clause", "kind"}  # `kind` of a part names the measure: another one has other keys
SCORES = ("indicators", "total", "rank", "categoryRank", "grade", "vetoed")
DATES = {"periodStart", "periodEnd", "cutoff", "verificationCutoff", "rankedIfFromBy"}
OTHER_VALUES = {
    "block": ["A", "B", "C"], "authority": ["superior", "office"], "due": ["plan", "list", "workReport"],
    "by": ["window"], "orFor": [""],
    "type": ["AnnualPlanSubmitted", "LearningListSubmitted", "UnitListSubmitted"],
    "types": ["MediaContentReleased", "TrainingHeld", "ActivityHeld", "StudySessionHeld", "BudgetAllocated",
              "CaseInterpretationPublished", "DutyReportDelivered"],
    "distinct": ["title", "kind", "venueKind"], "over": ["sat", "passed"],
    "tie": [], "kinds": ["routine", "spot", "special", "deputyVisit", "dutyReview", "awareness", "media"],
    "occasion": ["dutyReview", "annualDuty", "democraticLife"], "form": ["lawLecture", "partyMeeting"],
    "v1Findings": ["notHeld", "inflated", "duplicate"],
}
SHARING = {"indicator", "bonus", "penalty", "veto", "final"}  # tables that leave the head data alone
OF_VALUES = {"coverage": ["hotIssues", "nodes", "meetings"], "ratio": ["sat", "shouldSit"],
             "inTime": ["acknowledgement", "answer", "rectification", "feedback"]}


# --- the scheme as TOML, its leaves and their other values

def toml_value(v):
    if isinstance(v, dict):
        return "{ " + ", ".join(f"{k} = {toml_value(x)}" for k, x in v.items()) + " }"
    if isinstance(v, list):
        return "[" + ", ".join(map(toml_value, v)) + "]"
    return json.dumps(v, ensure_ascii=False)


def toml_text(scheme):
    tables = {k: v for k, v in scheme.items() if isinstance(v, dict)}
    titled = [("[[indicator]]", i) for i in scheme["indicator"]] + [(f"[{k}]", v) for k, v in tables.items()]
    lines = [f"{k} = {toml_value(v)}" for k, v in scheme.items() if k not in tables and k != "indicator"]
    for title, table in titled:
        lines += ["", title] + [f"{k} = {toml_value(v)}" for k, v in table.items()]
    return "\n".join(lines) + "\n"


def leaves(value, path=()):
    """Paths of all leaf values; elements of lists of words are leaves of their own."""
    if isinstance(value, dict):
        for k, v in value.items():
            if k not in SCORELESS or path[-1:] == ("where",):
                yield from leaves(v, path + (k,))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from leaves(v, path + (i,))
    else:
        yield path


def at(scheme, path):
    for step in path:
        scheme = scheme[step]
    return scheme


def changed(scheme, path, value):
    other = copy.deepcopy(scheme)
    at(other, path[:-1])[path[-1]] = value
    return other


def candidates(scheme, path):
    """Schemes with the one key moved; of a list, the element dropped, or another value in its place."""
    value, key = at(scheme, path), path[-1]
    if isinstance(key, int):
        shorter = copy.deepcopy(scheme)
        del at(shorter, path[:-1])[key]
        others = [x for x in OTHER_VALUES.get(path[-2], []) if x not in at(scheme, path[:-1])]
        dropped = [shorter] if at(shorter, path[:-1]) else []
        return dropped + [changed(scheme, path, x) for x in others]
    return [changed(scheme, path, x) for x in other_values(scheme, path, value) if x != value]


def other_values(scheme, path, value):
    key = path[-1]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1] if key == "year" else other_numbers(value)
    if key in DATES:
        return [moved_date(value, d) for d in date_moves(key)]
    if key == "of":
        return OF_VALUES[at(scheme, path[:-1])["kind"]]
    return OTHER_VALUES.get(key, [])


def other_numbers(value):
    return [value + 1, max(0, value - 1), value * 2, value // 2, 0, value + 10, value * 10 + 100, value + 7000]


def date_moves(key):
    """A period is only shortened; a verification cutoff before the cutoff gives way as no valid scheme."""
    return (31, 90, -36) if key in ("periodStart", "verificationCutoff") else (-31, -90, -400, -4000)


def moved_date(text, days):
    return (date.fromisoformat(text[:10]) + timedelta(days=days)).isoformat() + text[10:]


def name_of(scheme, path):
    if path[0] == "indicator":
        path = (scheme["indicator"][path[1]]["id"],) + path[2:]
    return ".".join(map(str, path))


# --- rows

def has_effect(rows, unchanged, fields):
    scores = lambda rs: {r["unit"]: [r[f] for f in fields] for r in rs}
    return scores(rows) != scores(unchanged)


def differences(ours, theirs):
    """Field by field; an empty list is agreement."""
    if [r["unit"] for r in ours] != [r["unit"] for r in theirs]:
        return ["other units or order"]
    found = []
    for o, t in zip(ours, theirs):
        for field in sorted(set(o) | set(t)):
            if o.get(field) != t.get(field):
                found.append(f"{o['unit']} {field}: oracle {detail(o, t, field)}, program {detail(t, o, field)}")
    return found


def detail(row, other, field):
    value = row.get(field)
    if isinstance(value, dict) and isinstance(other.get(field), dict):
        return {k: v for k, v in value.items() if other[field].get(k) != v}
    return value


def program_rows(pufa, ledger, year, scheme_text=None, head_size=None):
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as f:
        command = [pufa, "rank", ledger, "--year", str(year), "--json"]
        if head_size is not None:
            command += ["--as-of", f"@{head_size}"]
        if scheme_text is not None:
            f.write(scheme_text)
            f.flush()
            command += ["--scheme", f.name, "--no-snapshots"]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1) or not done.stdout.lstrip().startswith("{"):
        raise RuntimeError((done.stderr or done.stdout).strip().splitlines()[0])
    return json.loads(done.stdout)["rows"]


# --- the comparison

STATE = {}


def start(pufa, ledger, year, log_text, default):
    """Each of the two workers reads the log once."""
    log = scoring.load(log_text.splitlines())
    STATE.update(pufa=pufa, ledger=ledger, log=log, default=default, layers={})


# Schemes on which a key is moved that has no effect on the default one: key, title, what is changed beforehand.
# With all totals capped alike the ties decide; with other dates, what is verified, filed or read differs.
TIED = {("final", "max"): 1000}
JUNE = "2025-06-16T00:00:00+08:00"
BASES = [
    ("tie", "all totals tied", TIED),
    ("tie", "all tied, nothing in A5, B2, C", TIED),
    ("mustVerify", "cutoffs in June", {("cutoff",): JUNE, ("verificationCutoff",): JUNE}),
    ("verificationCutoff", "cutoff in November", {("cutoff",): "2025-11-01T00:00:00+08:00"}),
    ("by", "period from June", {("periodStart",): "2025-06-01"}),
]


def base_scheme(title, changes):
    scheme = copy.deepcopy(STATE["default"])
    for path, value in changes.items():
        at(scheme, path[:-1])[path[-1]] = value
    for i in scheme["indicator"] if "nothing in" in title else []:
        if i["block"] == "C" or i["id"] in ("A5", "B2"):
            i["weight"] = 0
    return scheme


def oracle_rows(scheme, path=("final",)):
    shared = STATE["layers"] if path[0] in SHARING else None
    return scoring.assess(STATE["log"], scheme, layers=shared)


def assessed(base, path):
    """The candidates that the oracle can assess: (scheme, rows, effect); those with an effect first."""
    fields = SCORES + (("blocks",) if path[-1] == "block" else ())
    unchanged, without = oracle_rows(base), []
    for scheme in candidates(base, path):
        try:
            rows = oracle_rows(scheme, path)
        except KeyError:
            continue
        if has_effect(rows, unchanged, fields):
            yield scheme, rows, True
        else:
            without.append((scheme, rows, False))
    yield from without


def check_on(base, path):
    """(value, agreement, effect, differences) of the first candidate that is a valid scheme; none: bound."""
    for scheme, rows, effect in assessed(base, path):
        try:
            theirs = program_rows(STATE["pufa"], STATE["ledger"], scheme["year"], toml_text(scheme))
        except RuntimeError as e:
            if "scheme-invalid" in str(e):
                continue
            return "?", "refused", effect, [str(e)]
        found = differences(rows, theirs)
        value = at(scheme, path) if path_holds(scheme, path) else "dropped"
        return value, "different" if found else "same", effect, found
    return "no other valid value", "bound", False, []


def check_key(path):
    """On the default scheme; without effect there, on each other base until one shows an effect."""
    name = name_of(STATE["default"], path)
    for title, changes in [("", {})] + [b[1:] for b in BASES if b[0] in path]:
        value, agreement, effect, found = check_on(base_scheme(title, changes), path)
        if effect or agreement != "same":
            break
    return f"{name} -> {value}" + (f" ({title})" if title and effect else ""), agreement, effect, found


def path_holds(scheme, path):
    at_end = at(scheme, path[:-1])
    return not isinstance(at_end, list) or len(at_end) == len(at(STATE["default"], path[:-1]))


def report(result):
    name, agreement, effect, found = result
    print(f"{agreement:12} effect {'yes' if effect else 'no ':3} {name}", flush=True)
    for line in found[:3]:
        print("    " + line)
    return agreement == "bound" or (agreement == "same" and effect)


def heads(log):
    """The whole log and eight heads from the year's course, after the scheme stands."""
    first = next(e.seq for e in log.events if e.type == "AssessmentSchemePublished") + 500
    size = len(log.events)
    return [size] + [first + (size - first) * k // 8 for k in range(8)]


def check_head(log, scheme, size, pufa, ledger, year):
    found = differences(scoring.assess(log, scheme, size), program_rows(pufa, ledger, year, head_size=size))
    return report((f"the ledger's own scheme at head {size}", "different" if found else "same", True, found))


def main(pufa, ledger, year):
    log_text = subprocess.run([pufa, "log", ledger, "--json"], capture_output=True, text=True, check=True).stdout
    default = subprocess.run([pufa, "scheme", "default", "--year", year], capture_output=True, text=True, check=True)
    log, default = scoring.load(log_text.splitlines()), tomllib.loads(default.stdout)
    own = tomllib.loads(scoring.standing_scheme(log, int(year)))
    good = [check_head(log, own, size, pufa, ledger, year) for size in heads(log)]
    with Pool(2, start, (pufa, ledger, year, log_text, default)) as pool:
        good += [report(result) for result in pool.imap(check_key, list(leaves(default)))]
    print(f"{len(good)} checks, {good.count(False)} of them different or without effect")
    return 0 if all(good) else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
