"""An independent reading of the yearly scoring: `pufa log --json` lines and a scheme in, `pufa rank --json` rows out.

Written from the scoring rules alone, for comparison with the program. Integers only. Days are ordinals.
Indicators are cited by their ids in the default scheme (A1 ... C5), other rules by their subject.
"""
import json
import unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from types import SimpleNamespace

DISTRICT_TIME = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
DECISIONS = {"ObjectionDecided", "VetoDecided", "PointsDecided", "UnitRestructured"}
BY_VERIFICATION_CUTOFF = {"RecordVerified", "FilingDecided"}
SUCCEEDING_ROLES = {"firstResponsible", "officerInCharge", "liaison"}
PROFILE_DEFAULTS = {
    "listDue": "03-31", "learningListDue": "03-31", "planDue": "03-31",
    "workReportDue": ["04-10", "07-10", "10-10", "12-05"], "newUnitGraceDays": 30,
    "complaintAckDays": 3, "entryLagDays": 30, "channels": [{"channel": "hotline12345", "answerDays": 7}],
}


# --- days, instants, rounding

@lru_cache(None)
def day(text):
    return date.fromisoformat(text).toordinal()


@lru_cache(None)
def milliseconds(text):
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)


@lru_cache(None)
def district_day(ms):
    return (EPOCH + timedelta(milliseconds=ms)).astimezone(DISTRICT_TIME).date().toordinal()


def share(weight, n, d):
    """r(W, n, d), half up, n clamped to [0, d]."""
    n = max(0, min(n, d))
    return (2 * weight * n + d) // (2 * d)


# --- the log

class Log:
    def __init__(self, events):
        self.events = events
        self.by_id = {e.id: e for e in events}


def read_event(line):
    j = json.loads(line)
    admitted = milliseconds(j["admittedAt"])
    return SimpleNamespace(seq=j["position"], id=j["id"], type=j["type"], unit=j.get("unit"), on=day(j["on"]),
                           admitted=admitted, admitted_day=district_day(admitted), refs=j["refs"], data=j["data"])


def load(lines):
    return Log([read_event(line) for line in lines if line.strip()])


def standing_scheme(log, year):
    """The TOML text of the year's standing scheme: the last one published."""
    texts = [e.data["toml"] for e in log.events if e.type == "AssessmentSchemePublished" and e.data["year"] == year]
    return texts[-1]


# --- the scheme's head data

def head_data(toml):
    """The scheme's dates as days and instants; an absent verificationCutoff is the cutoff."""
    cutoff = milliseconds(toml["cutoff"])
    return SimpleNamespace(
        year=toml["year"], start=day(toml["periodStart"]), end=day(toml["periodEnd"]), cutoff=cutoff,
        verification_cutoff=milliseconds(toml.get("verificationCutoff", toml["cutoff"])),
        ranked_by=day(toml["rankedIfFromBy"]), grace=toml["backdateGraceDays"],
        procedure_grace=toml["procedureGraceDays"], must_verify=frozenset(toml["mustVerify"]))


# --- the measured layer: values, annulments, verification, attribution

class Layer:
    """What an assessment reads: records below the head and before the cutoff, with the values that stand."""

    def __init__(self, log, toml, head_size=None):
        self.head_size = len(log.events) if head_size is None else head_size
        self.head, self.log, self.memo = head_data(toml), log, {}
        self.all = [e for e in log.events if e.seq < self.head_size]
        self.measured = [e for e in self.all if self.in_time(e)]
        self.decided = [e for e in self.all if e.type in DECISIONS]
        self.last_day = self.find_last_day()
        self.read_corrections()
        self.read_units()
        self.read_records()
        self.read_reference_data()

    def in_time(self, e):
        late = e.type in BY_VERIFICATION_CUTOFF
        return e.admitted < (self.head.verification_cutoff if late else self.head.cutoff)

    def find_last_day(self):
        cutoff_day = district_day(self.head.cutoff - 1)
        return min(self.head.end, cutoff_day, self.all[-1].admitted_day - 1)

    def read_corrections(self):
        self.corrections, self.verifications, self.annulled = defaultdict(list), defaultdict(list), set()
        for e in self.measured:
            if e.type == "RecordCorrected":
                self.corrections[e.refs["target"]].append(e)
            elif e.type == "RecordAnnulled":
                self.annulled.add(e.refs["target"])
            elif e.type == "RecordVerified":
                for target in e.refs["targets"]:
                    self.verifications[target].append(e)

    def read_units(self):
        """Attribution and attributes as of periodEnd: every UnitRestructured with `on` <= periodEnd, in order."""
        self.units = {e.unit: dict(e.data) for e in self.measured if e.type == "UnitRegistered"}
        self.goes_to, self.dissolved = {}, set()
        for e in self.decided:
            if e.type == "UnitRestructured" and e.on <= self.head.end:
                self.restructure(e.data)
        self.target = {u: self.followed(u) for u in self.units}

    def restructure(self, data):
        for source in data["from"]:
            if data.get("changes") and not data.get("to"):
                self.units[source].update(data["changes"])
            elif data["kind"] == "dissolve":
                self.dissolved.add(source)
            if data.get("recordsGoTo"):
                self.goes_to[source] = data["recordsGoTo"]

    def followed(self, unit):
        """Transitively: a unit merged into one that was merged before it ends where that one did."""
        while unit in self.goes_to:
            unit = self.goes_to[unit]
        return unit

    def attributed(self, unit):
        return self.target.get(unit, unit)

    def read_records(self):
        self.records, self.by_id, self.of_unit = defaultdict(list), {}, defaultdict(list)
        self.entries_of = defaultdict(list)
        for e in self.measured:
            if e.id in self.annulled:
                continue
            r = self.valued(e)
            self.records[r.type].append(r)
            self.by_id[r.id] = r
            self.of_unit[r.type, r.unit].append(r)
            self.entries_of[r.unit].append(r)
            behalf = self.attributed(r.data.get("onBehalfOf")) if r.type == "MediaContentReleased" else None
            if behalf and behalf != r.unit:
                self.of_unit["onBehalfOf", behalf].append(r)
                self.entries_of[behalf].append(r)

    def valued(self, e):
        """The record's value: its data and `on`, overlaid by its corrections in sequence order."""
        data, on = e.data, e.on
        for c in self.corrections.get(e.id, ()):
            data = dict(data)
            for field, value in changes_of(c):
                if field == "on":
                    on = day(value)
                elif value is None:
                    data.pop(field, None)
                else:
                    data[field] = value
        return SimpleNamespace(seq=e.seq, id=e.id, type=e.type, unit=self.attributed(e.unit), original=e.unit, on=on,
                               admitted_day=e.admitted_day, refs=e.refs, data=data, verified=self.is_verified(e))

    def is_verified(self, e):
        """The last verification is `ok` and later than the last correction; outside mustVerify none is needed."""
        found = self.verifications.get(e.id)
        if e.type not in self.head.must_verify:
            return not found or found[-1].data["finding"] == "ok"
        corrections = self.corrections.get(e.id)
        corrected = corrections[-1].seq if corrections else -1
        return bool(found) and found[-1].data["finding"] == "ok" and found[-1].seq > corrected

    def read_reference_data(self):
        self.calendars, self.profiles = {}, {}
        for r in self.records["WorkCalendarPublished"]:
            self.calendars[r.data["year"]] = (set(map(day, r.data["workDays"])), set(map(day, r.data["offDays"])))
        for r in self.records["DeadlineProfilePublished"]:
            self.profiles[r.data["year"]] = r.data

    # dates

    def in_window(self, r):
        return self.head.start <= r.on <= self.head.end

    def due_in_window(self, due):
        return self.head.start <= due <= self.last_day

    def effective(self, r):
        return r.admitted_day if r.admitted_day - r.on > self.head.grace else r.on

    def punctual(self, r):
        return r.admitted_day if r.admitted_day - r.on > self.head.procedure_grace else r.on

    def is_work_day(self, d):
        work, off = self.calendars[date.fromordinal(d).year]
        return d in work or (d not in off and date.fromordinal(d).weekday() < 5)

    def work_days_after(self, d, n):
        while n > 0:
            d += 1
            n -= self.is_work_day(d)
        return d

    def profile(self, year, field):
        return self.profiles.get(year, {}).get(field, PROFILE_DEFAULTS[field])

    def fixed_due(self, unit, which):
        """listDue(Y, U): the later of the profile's date and the unit's `from` plus the grace of a new unit."""
        year = self.head.year
        fixed = day(f"{year}-{self.profile(year, which + 'Due')}")
        return max(fixed, day(self.units[unit]["from"]) + self.profile(year, "newUnitGraceDays"))

    def quarters(self):
        y, h = self.head.year, self.head
        return [(h.start, day(f"{y}-03-31")), (day(f"{y}-04-01"), day(f"{y}-06-30")),
                (day(f"{y}-07-01"), day(f"{y}-09-30")), (day(f"{y}-10-01"), h.end)]

    # records

    def ranked_units(self):
        return [u for u, a in self.units.items()
                if day(a["from"]) <= self.head.ranked_by and self.target[u] == u
                and u not in self.dissolved and a.get("ranked", True)]

    def names(self, units, unit):
        return any(self.attributed(u) == unit for u in units)

    def ref(self, r, name):
        """The record referred to; a reference to an annulled record is void."""
        return self.by_id.get(r.refs.get(name))

    def verified(self, unit, types, part):
        found = [r for t in types for r in self.of_unit[t, unit]]
        if part.get("orFor"):
            found += [r for r in self.of_unit["onBehalfOf", unit] if r.type in types]
        return [r for r in found if r.verified and self.selected(r, part)]

    def selected(self, r, part):
        if part.get("by", "window") == "year":
            timely = r.data.get("year") == self.head.year
        else:
            timely = self.in_window(r)
        return timely and all(matches(r.data.get(f), allowed) for f, allowed in part.get("where", {}).items())


def changes_of(correction):
    changes = correction.data["changes"]
    if isinstance(changes, dict):
        return list(changes.items())
    return [(c["field"], c["value"]) for c in changes]


def matches(value, allowed):
    """A filter's values are texts: numbers and flags are compared as they are written; an absent field has none."""
    return any(as_text(v) in allowed for v in (value if isinstance(value, list) else [value]) if v is not None)


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def folded(value):
    """A7: white space removed, full-width forms folded."""
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value


# --- filings: A1, A2, A15, and the items of A5

def accepted_filings(layer, unit, filing, authority, quarter=None):
    """Submissions of the year with an accepting decision of the authority, in sequence order."""
    return [s for s in layer.of_unit[filing, unit]
            if s.data["year"] == layer.head.year and s.id in accepted_ids(layer, authority)
            and (quarter is None or s.data.get("quarter") == quarter)]


def accepted_ids(layer, authority):
    if not hasattr(layer, "accepted"):
        layer.accepted = defaultdict(set)
        for d in layer.records["FilingDecided"]:
            if d.data["outcome"] == "accepted":
                layer.accepted[d.data["authority"]].add(d.refs["submission"])
    return layer.accepted[authority]


def filing_date(layer, filings):
    """A unit's first by sequence; of several merged units the earliest."""
    first = {}
    for s in filings:
        first.setdefault(s.original, layer.effective(s))
    return min(first.values())


def filing_due(layer, unit, part, quarter):
    """Without quarters the date of the work report is the year's last one."""
    if part["due"] == "workReport":
        return day(f"{layer.head.year}-{layer.profile(layer.head.year, 'workReportDue')[(quarter or 4) - 1]}")
    return layer.fixed_due(unit, part["due"])


def filing_points(layer, unit, part, quarter):
    filings = accepted_filings(layer, unit, part["type"], part.get("authority", "office"), quarter)
    if not filings:
        return 0
    when, due = filing_date(layer, filings), filing_due(layer, unit, part, quarter)
    points = lateness_points(layer, part, when, due)
    lacking = sum(lacks(i, part.get("itemFields", [])) for f in filings for i in f.data.get("items", []))
    return max(0, points - part.get("itemLack", 0) * lacking)


def lateness_points(layer, part, when, due):
    late_days = part.get("lateWorkDays", 0)
    if when <= due:
        return part["onTime"]
    if late_days == 0 or when <= layer.work_days_after(due, late_days):
        return part.get("late", 0)
    return part.get("later", 0)


def lacks(item, fields):
    return any(not item.get(f) for f in fields)


def filing(layer, unit, part, weight):
    if part.get("needsSuperior") and not layer.units[unit].get("superior"):
        return None, part["onTime"]
    quarters = (1, 2, 3, 4) if part.get("quarterly") else (None,)
    return sum(filing_points(layer, unit, part, q) for q in quarters), part["onTime"] * len(quarters)


def officers(layer, unit, part, weight):
    due = layer.fixed_due(unit, "list")
    named = layer.of_unit["OfficerDesignated", unit]
    filled = sum(any(in_office(layer, r, named, due) for r in named if r.data["role"] == role)
                 for role in part["roles"])
    return part.get("each", 50) * filled, part.get("each", 50) * len(part["roles"])


def in_office(layer, r, named, due):
    """A3: in force on the list's due date and not ended by any later designation of the role."""
    ended = r.data["role"] in SUCCEEDING_ROLES and any(
        s.seq > r.seq and s.data["role"] == r.data["role"] and day(s.data["from"]) <= due for s in named)
    until = r.data.get("until")
    return (r.verified and not ended and layer.effective(r) <= due and day(r.data["from"]) <= due
            and (until is None or due <= day(until)))


def presence(layer, unit, part, weight):
    found = [r for r in layer.verified(unit, part["types"], part) if r.data.get("amount", 1) >= 1]
    if not found:
        return 0, part["points"]
    due = part.get("due")
    timely = not due or min(map(layer.effective, found)) <= filing_due(layer, unit, part, None)
    return (part["points"] if timely else part.get("late", 0)), part["points"]


# --- list items: A5

def list_items(layer, unit):
    """Items of the accepted lists, keyed (list, number), with due dates moved and cancellations."""
    items = {}
    for filed in accepted_filings(layer, unit, "UnitListSubmitted", "office"):
        for i in filed.data.get("items", []):
            due = day(i["due"]) if i.get("due") else layer.head.end
            items[filed.id, i["no"]] = SimpleNamespace(due=due, cancelled=False, done=None)
    amend_items(layer, unit, items)
    complete_items(layer, unit, items)
    return items.values()


def amend_items(layer, unit, items):
    for decided in layer.of_unit["ListItemAmendmentDecided", unit]:
        request = layer.ref(decided, "request")
        item = items.get((request.refs["list"], request.data["itemNo"]))
        if item is None or decided.data["outcome"] != "approved":
            continue
        if request.data["change"] == "defer":
            item.due = day(request.data["newDue"])
        elif request.data["change"] == "cancel":
            item.cancelled = True


def complete_items(layer, unit, items):
    for r in layer.of_unit["ListItemCompleted", unit]:
        item = items.get((r.refs["list"], r.data["itemNo"]))
        if item is not None and r.verified:
            when = layer.effective(r)
            item.done = when if item.done is None else min(item.done, when)


def completion(layer, unit, part, weight):
    items = list(list_items(layer, unit))
    cancelled = sum(i.cancelled for i in items)
    divisor = part.get("freeCancelDivisor", 5)
    free = min(cancelled, len(items) // divisor) if divisor else 0
    n = len(items) - free
    if n == 0:
        return 0, weight
    return share(weight, sum(item_percent(i, part) for i in items), 100 * n), weight


def item_percent(item, part):
    if item.cancelled or item.done is None:
        return 0
    if item.done <= item.due:
        return part.get("onTime", 100)
    return part.get("late", 60) if item.done <= item.due + part.get("lateDays", 30) else part.get("later", 30)


# --- A6, counts, coverage, ratio

def disclosure(layer, unit, part, weight):
    if not layer.units[unit]["hasEnforcementPower"]:
        return None, weight
    declared = [r for r in layer.of_unit["EnforcementBasisDeclared", unit] if r.on <= layer.head.end]
    declared = [r for r in declared if r.original == unit] or declared
    codes = {i["code"] for i in declared[-1].data["items"]} if declared else set()
    if not codes:
        return 0, weight
    shown = {c for r in layer.of_unit["EnforcementBasisDisclosed", unit] if is_shown(layer, r) for c in r.data["codes"]}
    return share(weight, len(codes & shown), len(codes)), weight


def is_shown(layer, r):
    until = r.data.get("until")
    return r.verified and day(r.data["from"]) <= layer.head.end and (until is None or day(until) >= layer.head.end)


def case_class(attributes):
    """A7: an absent caseClass follows the category, then the enforcement power."""
    if attributes.get("caseClass"):
        return attributes["caseClass"]
    if attributes["category"] == "judicial":
        return "courtOrProcuratorate"
    return "otherEnforcement" if attributes["hasEnforcementPower"] else "none"


def count(layer, unit, part, weight):
    found = layer.verified(unit, part["types"], part)
    n = distinct(found, part["distinct"]) if part.get("distinct") else len(found)
    if "targetByClass" in part or part.get("target"):
        target = part.get("target", 0)
        if "targetByClass" in part:
            target = part["targetByClass"].get(case_class(layer.units[unit]), 0)
        return (share(weight, n, target), weight) if target else (None, weight)
    return part.get("each", 0) * (min(n, part["max"]) if part.get("max") else n), weight


def distinct(records, field):
    return len({folded(r.data[field]) for r in records if r.data.get(field) is not None})


def distinct_per_quarter(layer, unit, part, weight):
    found, points = layer.verified(unit, part["types"], part), 0
    for first, last in layer.quarters():
        k = distinct([r for r in found if first <= r.on <= last], part["distinct"])
        points += part["each"] * (min(k, part["max"]) if part.get("max") else k)
    return points, weight


def coverage(layer, unit, part, weight):
    counted = {"nodes": covered_nodes, "hotIssues": covered_issues, "meetings": attended_meetings}
    n, d = counted[part["of"]](layer, unit, part)
    return (share(weight, n, d), weight) if d else (None, weight)


def covered_nodes(layer, unit, part):
    """A10: the window is not asked, only the node's days with their margin."""
    nodes = [n for n in layer.records["PublicityNodeDeclared"] if n.data["year"] == layer.head.year
             and (n.data["allUnits"] or layer.names(n.data.get("units", []), unit))]
    days = defaultdict(list)
    for a in layer.of_unit["ActivityHeld", unit]:
        if a.verified and "node" in a.refs and has_material(a, part):
            days[a.refs["node"]].append(a.on)
    margin = part.get("marginDays", 0)
    near = [n for n in nodes if any(day(n.data["start"]) - margin <= on <= day(n.data["end"]) + margin
                                    for on in days[n.id])]
    return len(near), len(nodes)


def has_material(activity, part):
    return not part.get("attached") or bool(activity.data.get("attachments"))


def covered_issues(layer, unit, part):
    issues = [i for i in layer.records["HotIssueDeclared"]
              if layer.in_window(i) and layer.names(i.data["units"], unit)]
    treated = {a.refs.get("hotIssue") for a in layer.of_unit["ActivityHeld", unit]
               if a.verified and layer.in_window(a) and has_material(a, part)}
    return sum(i.id in treated for i in issues), len(issues)


def attended_meetings(layer, unit, part):
    meetings = [m for m in layer.records["JointMeetingHeld"]
                if layer.in_window(m) and layer.names(m.data["convened"], unit)]
    return sum(layer.names(m.data.get("attended", []), unit) for m in meetings), len(meetings)


def ratio(layer, unit, part, weight):
    found = layer.verified(unit, part["types"], part)
    over = sum(r.data.get(part["over"], 0) for r in found)
    return (share(weight, sum(r.data.get(part["of"], 0) for r in found), over) if over else 0), weight


# --- B1 ... B4

def report_score(layer, unit, part, weight):
    """B1: the last report that scores the unit and is not replaced; its own row before merged units' rows."""
    reports = layer.records["ThirdPartyReportDelivered"]
    replaced = {r.refs.get("replaces") for r in reports}
    for r in reversed(reports):
        year = layer.ref(r, "commission").data["year"]
        rows = [s for s in r.data["scores"] if layer.attributed(s["unit"]) == unit]
        if r.id not in replaced and year == layer.head.year and rows:
            row = next((s for s in rows if s["unit"] == unit), rows[0])
            return share(weight, row["score"], part.get("scale", 10000)), weight
    return None, weight


def survey(layer, unit, part, weight):
    answers = ("verySatisfied", "satisfied", "fairlySatisfied", "dissatisfied")
    total = dict.fromkeys(answers, 0)
    for closed in layer.records["SurveyClosed"]:
        opened = layer.ref(closed, "survey").data
        if opened["year"] == layer.head.year and opened["kind"] in part["kinds"]:
            for t in closed.data["tallies"]:
                if layer.attributed(t["unit"]) == unit:
                    total = {a: total[a] + t[a] for a in answers}
    valid = sum(total.values())
    if valid == 0 or valid < part.get("minValid", 30):
        return None, weight
    full = part.get("fullPercent", 100) * valid
    return (share(weight, sum(part[a] * total[a] for a in answers), full) if full else 0), weight


def closed_inspections(layer, part):
    return [(c, layer.ref(c, "inspection")) for c in layer.records["InspectionClosed"]
            if layer.in_window(c) and layer.ref(c, "inspection").data["kind"] in part["kinds"]]


def inspection_score(layer, unit, part, weight):
    rows = [s for c, _ in closed_inspections(layer, part) for s in c.data.get("scores", [])
            if layer.attributed(s["unit"]) == unit]
    n = sum(s["n"] for s in rows)
    return (share(weight, sum(s["sum"] for s in rows), 100 * n), weight) if n else (None, weight)


def deduction(layer, unit, part, weight):
    held = {i.id for _, i in closed_inspections(layer, part) if layer.names(i.data["units"], unit)}
    if not held and not part.get("fullWithout"):
        return None, weight
    off = sum(part[f.data["severity"]] for f in layer.of_unit["InspectionFindingRecorded", unit]
              if f.refs["inspection"] in held)
    return max(0, weight - (min(off, part["cap"]) if part.get("cap") else off)), weight


def count_deduction(layer, unit, part, weight):
    n, required = len(layer.verified(unit, part["types"], part)), part.get("required", 0)
    off = part["per"] * (max(0, required - n) if required else n)
    return max(0, weight - (min(off, part["cap"]) if part.get("cap") else off)), weight


# --- complaints: C1, C2, C4, C5

COMPLAINT_PARTS = {"ComplaintAssigned": "assignments", "ComplaintAcknowledged": "acknowledgements",
                   "ComplaintExtended": "extensions", "ComplaintAnswered": "answers", "ComplaintDisposed": "disposals",
                   "ComplaintWithdrawn": "withdrawals", "ReviewDecided": "reviews", "ComplaintClosed": "closings"}


def complaints(layer):
    """The dockets; an acknowledgement, extension or answer without `assignment` is of the current one."""
    if hasattr(layer, "dockets"):
        return layer.dockets
    layer.dockets = {c.id: SimpleNamespace(filed=c, **{p: [] for p in COMPLAINT_PARTS.values()})
                     for c in layer.records["ComplaintFiled"]}
    for r in sorted((r for t in COMPLAINT_PARTS for r in layer.records[t]), key=lambda r: r.seq):
        docket = layer.dockets[r.refs["complaint"]]
        current = docket.assignments[-1].id if docket.assignments else None
        r.assignment = r.refs.get("assignment", current)
        getattr(docket, COMPLAINT_PARTS[r.type]).append(r)
    return layer.dockets


def counts_in_spite_of_withdrawal(docket, due):
    return all(due < w.on for w in docket.withdrawals)


def channel_days(layer, docket, year, field, override):
    for c in layer.profile(year, "channels"):
        if c["channel"] == docket.filed.data["channel"] and c.get(override) is not None:
            return c[override]
    return layer.profile(year, field)


def acknowledgement_duties(layer, unit):
    for docket in complaints(layer).values():
        for a, later in zip(docket.assignments, docket.assignments[1:] + [None]):
            if a.unit != unit or (later and later.data["ground"] == "objectionUpheld"):
                continue
            days = channel_days(layer, docket, date.fromordinal(a.on).year, "complaintAckDays", "ackDays")
            due = layer.work_days_after(a.on, days)
            if layer.due_in_window(due) and counts_in_spite_of_withdrawal(docket, due):
                yield any(acknowledged(layer, k, due) for k in docket.acknowledgements if k.assignment == a.id)


def acknowledged(layer, k, due):
    return k.data["response"] == "objected" or layer.punctual(k) <= due


def answer_duties(layer, unit):
    """C2: (due, answer) of every assignment that no later one superseded before it was answered."""
    for docket in complaints(layer).values():
        for a, later in zip(docket.assignments, docket.assignments[1:] + [None]):
            answers = [r for r in docket.answers if r.assignment == a.id]
            superseded = later and not any(r.seq < later.seq for r in answers)
            due = day(a.data["answerDue"]) + sum(x.data["days"] for x in docket.extensions if x.assignment == a.id)
            if (a.unit == unit and not superseded and layer.due_in_window(due)
                    and counts_in_spite_of_withdrawal(docket, due)):
                yield due, (answers[0] if answers else None)


def upheld(answer):
    return answer.data["finding"] in ("upheld", "partlyUpheld")


def upheld_complaints(layer, unit, part, weight):
    dockets = complaints(layer)
    found = [d for d in dockets.values() if d.filed.data["kind"] == "complaint" and d.answers
             and d.answers[-1].unit == unit and upheld(d.answers[-1]) and layer.in_window(d.answers[-1])]
    repeats = sum(is_repeat(dockets, d, unit) for d in found)
    return max(0, weight - part.get("upheld", 50) * len(found) - part.get("repeat", 100) * repeats), weight


def is_repeat(dockets, docket, unit):
    earlier = [dockets.get(x.refs.get("repeatOf")) for x in docket.disposals]
    return any(e and any(a.unit == unit and upheld(a) for a in e.answers) for e in earlier)


def closed_once(layer, unit, part, weight):
    closed = reopened = 0
    for d in complaints(layer).values():
        closing = next((c for c in d.closings if layer.in_window(c)), None)
        before = [a for a in d.assignments if closing and a.seq < closing.seq]
        if before and before[-1].unit == unit:
            closed += 1
            reopened += was_reopened(d, closing)
    return (share(weight, closed - reopened, closed) if closed else weight), weight


def was_reopened(docket, closing):
    return (any(a.data["ground"] == "newEvidence" and a.on >= closing.on for a in docket.assignments)
            or any(r.data["outcome"] == "reopened" and r.on >= closing.on and r.seq > closing.seq
                   for r in docket.reviews))


# --- rectification: C3, overdue penalty, V3

def orders(layer, unit):
    if not hasattr(layer, "orders"):
        layer.orders = {o.id: SimpleNamespace(order=o, cycles=[new_cycle(day(o.data["due"]))], cancelled=False,
                                              accepted=None, feedback=None, rejections=[])
                        for o in layer.records["RectificationOrdered"]}
        steps = ("RectificationSubmitted", "RectificationDecided", "RectificationVaried")
        for r in sorted((r for t in steps for r in layer.records[t]), key=lambda r: r.seq):
            rectification_step(layer.orders[r.refs["order"]], r)
    return [o for o in layer.orders.values() if o.order.unit == unit]


def new_cycle(due):
    return SimpleNamespace(due=due, report=None)


def rectification_step(o, r):
    """A cycle runs from the order or a rejection to the next one; extensions move the due date of theirs."""
    cycle = o.cycles[-1]
    if r.type == "RectificationSubmitted":
        cycle.report = r if r.data["stage"] == "report" else cycle.report
        o.feedback = o.feedback or (r if r.data["stage"] != "acknowledgement" else None)
    elif r.type == "RectificationVaried":
        o.cancelled = o.cancelled or r.data["change"] == "cancelled"
        cycle.due = day(r.data["newDue"]) if r.data["change"] == "extended" else cycle.due
    elif r.data["outcome"] == "accepted":
        o.accepted = cycle.report
    else:
        o.rejections.append(r)
        o.cycles.append(new_cycle(day(r.data["newDue"])))


def rectification_duties(layer, unit):
    """C3: (D0, accepted report); rejections do not move D0."""
    for o in orders(layer, unit):
        due = o.cycles[0].due
        if not o.cancelled and layer.due_in_window(due):
            yield due, o.accepted


def feedback_duties(layer, unit, work_days):
    """(due, first plan or report) of every order that was not cancelled; extensions do not move the due day."""
    for o in orders(layer, unit):
        if o.cancelled or o.order.on > layer.last_day:
            continue
        due = layer.work_days_after(o.order.on, work_days)
        if layer.due_in_window(due):
            yield due, o.feedback


def crosses(layer, o, days):
    """A cycle's due date was passed by more than `days`, the crossing day being in the window."""
    for cycle in o.cycles:
        crossing = cycle.due + days + 1
        late = cycle.report is None or layer.punctual(cycle.report) >= crossing
        if not o.cancelled and late and layer.due_in_window(crossing):
            return True
    return False


def are_met(layer, duties):
    return [r is not None and layer.punctual(r) <= due for due, r in duties]


def in_time(layer, unit, part, weight):
    if part["of"] == "acknowledgement":
        met = list(acknowledgement_duties(layer, unit))
    elif part["of"] == "feedback":
        met = are_met(layer, feedback_duties(layer, unit, part.get("workDays", 3)))
    else:
        met = are_met(layer, (answer_duties if part["of"] == "answer" else rectification_duties)(layer, unit))
    if part.get("per"):
        return max(0, weight - part["per"] * (len(met) - sum(met))), weight
    return (share(weight, sum(met), len(met)) if met else weight), weight


def overdue_days(layer, unit):
    """Days late over the duties of C2 and C3; an open duty runs to the last day."""
    duties = list(answer_duties(layer, unit)) + list(rectification_duties(layer, unit))
    return sum(max(0, (layer.punctual(r) if r else layer.last_day) - due) for due, r in duties)


# --- indicators

MEASURES = {
    "filing": filing, "officers": officers, "presence": presence, "completion": completion, "disclosure": disclosure,
    "count": count, "distinctPerQuarter": distinct_per_quarter, "coverage": coverage, "ratio": ratio,
    "reportScore": report_score, "survey": survey, "inspectionScore": inspection_score, "deduction": deduction,
    "countDeduction": count_deduction, "inTime": in_time, "upheldComplaints": upheld_complaints,
    "closedOnce": closed_once,
}


def indicator_score(layer, unit, indicator):
    """Each part rounded once, summed, clamped; a part that is not applicable takes its weight out."""
    full = indicator["weight"]
    results = [MEASURES[p["kind"]](layer, unit, p, p.get("weight", full)) for p in indicator["parts"]]
    weight = max(0, full - sum(w for points, w in results if points is None))
    applicable = full > 0 and any(points is not None for points, _ in results)
    points = sum(points for points, _ in results if points is not None)
    if not applicable:
        return {"points": 0, "weight": 0, "applicable": False}
    return {"points": max(0, min(points, weight)), "weight": weight, "applicable": True}


def decisions(layer, kind, unit):
    return [e for e in layer.decided
            if e.type == kind and layer.attributed(e.unit) == unit and e.data.get("year") == layer.head.year]


def adjust(layer, unit, toml, scores):
    """The highest sequence wins, in one event the last entry; a wholly inapplicable indicator becomes applicable."""
    final = {a["indicator"]: a for e in decisions(layer, "ObjectionDecided", unit)
             if e.data["outcome"] in ("upheld", "partlyUpheld") for a in e.data.get("adjustments", [])}
    flags = []
    for indicator in toml["indicator"]:
        a, score = final.get(indicator["id"]), scores[indicator["id"]]
        if a:
            if a["from"] != score["points"]:
                flags.append("adjustment-base-differs:" + indicator["id"])
            weight = score["weight"] if score["applicable"] else indicator["weight"]
            score.update(points=max(0, min(a["to"], weight)), weight=weight, applicable=True)
    return flags


# --- bonus, penalty, veto

def points_decided(layer, unit, kind):
    return sum(e.data["points"] for e in decisions(layer, "PointsDecided", unit) if e.data["kind"] == kind)


def bonus(layer, unit, table):
    honours, best = layer.of_unit["HonourConferred", unit], {}
    key = lambda r: (r.data["honour"], r.data["level"], r.data["matterKey"])
    revoked = {key(r) for r in honours if r.data["outcome"] == "revoked"}
    for r in honours:
        if r.data["outcome"] in ("conferred", "reconfirmed") and layer.in_window(r) and key(r) not in revoked:
            value = table[r.data["honour"]][r.data["level"]]
            best[r.data["matterKey"]] = max(best.get(r.data["matterKey"], 0), value)
    return min(table["cap"], sum(best.values()) + points_decided(layer, unit, "bonus"))


def criticisms(layer, unit):
    withdrawn = {a.refs["bulletin"] for a in layer.records["BulletinAmended"] if a.data["change"] == "withdrawn"}
    drafts = [layer.ref(b, "draft").data for b in layer.records["BulletinIssued"]
              if b.id not in withdrawn and layer.in_window(b)]
    return sum(d["kind"] == "criticism" and layer.names(d["units"], unit) for d in drafts)


def false_findings(layer, unit, findings):
    """The last verifications, in the window, with such a finding; annulling the record does not remove it."""
    if not hasattr(layer, "last_findings"):
        layer.last_findings = defaultdict(list)
        for target, found in layer.verifications.items():
            record = layer.log.by_id[target]
            if found[-1].data["finding"] != "ok" and layer.in_window(found[-1]) and layer.in_time(record):
                layer.last_findings[layer.attributed(record.unit)].append(found[-1])
    return [v for v in layer.last_findings[unit] if v.data["finding"] in findings]


def penalty(layer, unit, table):
    overdue = sum(crosses(layer, o, table["overdueRectDays"]) for o in orders(layer, unit))
    return (table["criticism"] * criticisms(layer, unit)
            + table["falseRecord"] * len(false_findings(layer, unit, table["falseFindings"]))
            + table["overdueRect"] * overdue + points_decided(layer, unit, "penalty"))


def veto_grounds(layer, unit, table):
    """code -> sequences of its grounds; V2 and V4 only by decision."""
    grounds = defaultdict(list)
    grounds["v1"] += [v.seq for v in false_findings(layer, unit, table["v1Findings"])]
    for o in orders(layer, unit):
        nth = o.rejections[table["v3Rejections"] - 1:table["v3Rejections"]] if table["v3Rejections"] else []
        grounds["v3"] += [r.seq for r in nth if layer.in_window(r)]
        if crosses(layer, o, table["v3OverdueDays"]):
            grounds["v3"].append(o.order.seq)
    for e in decisions(layer, "VetoDecided", unit):
        if e.data["outcome"] == "applied":
            grounds[e.data["code"]].append(e.seq)
    return grounds


def is_vetoed(layer, unit, table):
    lifted = {e.data["code"]: e.seq for e in decisions(layer, "VetoDecided", unit) if e.data["outcome"] == "lifted"}
    return any(found and lifted.get(code, -1) < max(found) for code, found in veto_grounds(layer, unit, table).items())


def ground_flags(layer, unit):
    """Recorded grounds of V2 and V4 without a decision are shown, never inferred."""
    decided = {e.data["code"] for e in decisions(layer, "VetoDecided", unit)}
    refused = any(layer.names(c.data.get("refusals", []), unit) for c in layer.records["InspectionClosed"]
                  if layer.in_window(c))
    retaliated = any(r.data.get("retaliation") and layer.in_window(r) for r in layer.of_unit["ReviewDecided", unit])
    shown = [("v2", refused), ("v4", retaliated)]
    return [code + "-ground-recorded-no-decision" for code, there in shown if there and code not in decided]


def late_entry_flag(layer, unit):
    """A record of the unit, or on its behalf, in the window was admitted more than entryLagDays after its day."""
    late = any(r.admitted_day - r.on > layer.profile(date.fromordinal(r.on).year, "entryLagDays")
               for r in layer.entries_of[unit] if layer.in_window(r))
    return ["lateEntry"] if late else []


# --- rows, order, grades

def kept(layer, function, *arguments):
    """The function's value over the layer, computed once for equal arguments."""
    key = (function, repr(arguments))
    if key not in layer.memo:
        layer.memo[key] = function(layer, *arguments)
    return layer.memo[key]


def row(layer, unit, toml):
    scores = {i["id"]: dict(kept(layer, indicator_score, unit, i)) for i in toml["indicator"]}
    flags = adjust(layer, unit, toml, scores)
    points, weight = sum(s["points"] for s in scores.values()), sum(s["weight"] for s in scores.values())
    base = share(10000, points, weight) if weight else 0
    gain, loss = bonus(layer, unit, toml["bonus"]), penalty(layer, unit, toml["penalty"])
    final, attributes = toml["final"], layer.units[unit]
    return {"unit": unit, "name": attributes["name"], "category": attributes["category"], "indicators": scores,
            "blocks": blocks(toml, scores), "base": base, "bonus": gain, "penalty": loss,
            "total": max(final["min"], min(base + gain - loss, final["max"])),
            "vetoed": is_vetoed(layer, unit, toml["veto"]), "overdueDays": kept(layer, overdue_days, unit),
            "flags": flags + kept(layer, ground_flags, unit) + kept(layer, late_entry_flag, unit)}


def blocks(toml, scores):
    sums = defaultdict(int)
    for i in toml["indicator"]:
        sums[i["block"]] += scores[i["id"]]["points"]
    return dict(sums)


def order_key(r, ties):
    key = [r["vetoed"], -r["total"]]
    for tie in ties:
        name, direction = tie.split()
        value = r[name] if name in ("base", "overdueDays") else (
            r["indicators"][name]["points"] if name in r["indicators"] else r["blocks"].get(name, 0))
        key.append(-value if direction == "desc" else value)
    return key


def give_ranks(rows, ties, field):
    """Equal keys share a rank (1, 1, 3)."""
    keys = [order_key(r, ties) for r in rows]
    for r, key in zip(rows, keys):
        r[field] = 1 + keys.index(key)


def give_grades(rows, final):
    for r in rows:
        grades = [g for g in ("excellent", "good", "qualified") if r["total"] >= final[g] and not r["vetoed"]]
        r["grade"] = grades[0] if grades else "unqualified"
    allowed = final["excellentSharePercent"] * len(rows) // 100
    excellent = [r for r in rows if r["grade"] == "excellent"]
    for r in excellent if len(excellent) > allowed else []:
        if r["rank"] > allowed:
            r["grade"] = "good"
            r["flags"].append("excellentCapped")


def assess(log, toml, head_size=None, layers=None):
    """The rows of the year's assessment, in printing order; `layers` keeps layers for schemes of equal head data."""
    layers, key = {} if layers is None else layers, (repr(head_data(toml)), head_size)
    if key not in layers:
        layers[key] = Layer(log, toml, head_size)
    layer, final = layers[key], toml["final"]
    rows = [row(layer, unit, toml) for unit in layer.ranked_units()]
    rows.sort(key=lambda r: (order_key(r, final["tie"]), r["unit"]))
    give_ranks(rows, final["tie"], "rank")
    for category in {r["category"] for r in rows}:
        give_ranks([r for r in rows if r["category"] == category], final["tie"], "categoryRank")
    give_grades(rows, final)
    return rows
