// Measures that count records: towards a target, each, distinct, covered, as a ratio.
#include <algorithm>
#include <array>

#include "ledger/core/admission.h"
#include "ledger/text/plain.h"
#include "projections/assessment/field_values.h"
#include "projections/assessment/measures.h"

namespace projections::assessment {
namespace {

// Numbers of cases are compared without white space and width, whatever the field.
void add_values(const Entry& e, const std::string& field, std::set<std::string>& out) {
  for (auto& v : values_of(e.fact->type, e.body(), field)) out.insert(ledger::fold_number(v));
}

std::int64_t distinct(const std::vector<const Entry*>& entries, const std::string& field) {
  if (field.empty()) return static_cast<std::int64_t>(entries.size());
  std::set<std::string> values;
  for (auto* e : entries) add_values(*e, field, values);
  return static_cast<std::int64_t>(values.size());
}

ledger::CaseClass case_class(const UnitFacts& u) {
  using ledger::CaseClass;
  if (u.case_class) return *u.case_class;
  if (u.category == ledger::UnitCategory::judicial) return CaseClass::courtOrProcuratorate;
  return u.has_enforcement_power ? CaseClass::otherEnforcement : CaseClass::none;
}

std::int64_t target_of(const Subject& s, const Part& part) {
  static constexpr const char* kNames[] = {"courtOrProcuratorate", "publicSecurity",
                                           "otherEnforcement", "none"};
  if (part.target_by_class.empty()) return part.number("target");
  return part.target_by_class.at(kNames[static_cast<std::size_t>(case_class(s.unit))]);
}

std::int64_t capped(std::int64_t n, std::int64_t max) { return max == 0 ? n : std::min(n, max); }

std::size_t quarter_of(const Scheme& s, Date d) {
  for (std::size_t q = 0; q < 3; ++q)
    if (d < ledger::make_date(s.year, static_cast<int>(q) * 3 + 4, 1)) return q;
  return 3;
}

// Reads the declared thing when it names the unit, now or before a correction.
template <typename F>
bool asked(const Entry& e, Trace& t, F&& names) {
  const bool now = names(e.body(), e.on);
  if (now || (e.said().last_correction && names(e.fact->body(), e.fact->on))) t.read(e);
  return now && !e.annulled;
}

std::vector<const Entry*> asked_nodes(const Subject& s, Trace& t) {
  std::vector<const Entry*> out;
  for (auto* e : s.layer.all(EventType::PublicityNodeDeclared))
    if (asked(*e, t, [&](const Body& b, Date) {
          const auto n = b.as<ledger::PublicityNodeDeclared>();
          return n.year() == s.scheme().year &&
                 (n.all_units() || s.layer.names(n.units(), s.unit.code));
        }))
      out.push_back(e);
  return out;
}

std::vector<const Entry*> asked_issues(const Subject& s, Trace& t) {
  std::vector<const Entry*> out;
  for (auto* e : s.layer.all(EventType::HotIssueDeclared))
    if (asked(*e, t, [&](const Body& b, Date on) {
          return s.layer.in_window(on) &&
                 s.layer.names(b.as<ledger::HotIssueDeclared>().units(), s.unit.code);
        }))
      out.push_back(e);
  return out;
}

bool has_material(const Part& part, const Entry& activity) {
  return !part.number("attached") || ledger::attachments_of(activity.body()).size() != 0;
}

// How many of the declared things an activity covers, where `covers(activity, thing)` says so.
template <typename Ref, typename Covers>
std::int64_t covered(const Subject& s, const Part& part, const std::vector<const Entry*>& things,
                     Trace& t, Ref&& ref, Covers&& covers) {
  std::set<Id> done;
  for (auto* a : s.layer.of(s.unit.code, EventType::ActivityHeld)) {
    const Id id = ref(a->as<ledger::ActivityHeld>());
    auto thing = std::find_if(things.begin(), things.end(), [&](auto* e) { return e->id() == id; });
    if (!id || thing == things.end()) continue;
    t.read(*a);
    if (s.layer.verified(*a) && has_material(part, *a) && covers(*a, **thing)) done.insert(id);
  }
  return static_cast<std::int64_t>(done.size());
}

PartScore coverage(const Subject& s, const Part& part, Trace& t, std::int64_t n, std::size_t d,
                   const char* what) {
  t.count(what, static_cast<std::int64_t>(d)), t.count("covered", n);
  if (d == 0) return not_applicable(t, s.full(part), std::string("no ") + what + " for the unit");
  return shared(t, s.full(part), n, static_cast<std::int64_t>(d), 0);
}

PartScore cover_nodes(const Subject& s, const Part& part, Trace& t) {
  const auto margin = static_cast<std::int32_t>(part.number("marginDays"));
  const auto nodes = asked_nodes(s, t);
  const auto n = covered(
      s, part, nodes, t, [](auto a) { return a.node(); },
      [&](const Entry& a, const Entry& node) {
        const auto d = node.as<ledger::PublicityNodeDeclared>();
        return d.start() - margin <= a.on && a.on <= d.end() + margin;
      });
  return coverage(s, part, t, n, nodes.size(), "nodes");
}

PartScore cover_issues(const Subject& s, const Part& part, Trace& t) {
  const auto issues = asked_issues(s, t);
  const auto n = covered(
      s, part, issues, t, [](auto a) { return a.hot_issue(); },
      [&](const Entry& a, const Entry&) { return s.layer.in_window(a.on); });
  return coverage(s, part, t, n, issues.size(), "hotIssues");
}

PartScore cover_meetings(const Subject& s, const Part& part, Trace& t) {
  std::size_t convened = 0;
  std::int64_t attended = 0;
  for (auto* e : s.layer.all(EventType::JointMeetingHeld)) {
    if (!asked(*e, t, [&](const Body& b, Date on) {
          return s.layer.in_window(on) &&
                 s.layer.names(b.as<ledger::JointMeetingHeld>().convened(), s.unit.code);
        }))
      continue;
    ++convened;
    attended += s.layer.names(e->as<ledger::JointMeetingHeld>().attended(), s.unit.code);
  }
  return coverage(s, part, t, attended, convened, "meetings");
}

// Codes of the unit's own last declaration, else of the last of a unit merged into it.
std::set<std::string> declared_codes(const Subject& s, Trace& t) {
  const Entry* last = nullptr;
  for (auto* e : s.layer.of(s.unit.code, EventType::EnforcementBasisDeclared)) {
    if (e->on > s.scheme().period_end && !e->said().last_correction) continue;
    t.read(*e);
    if (e->annulled || e->on > s.scheme().period_end) continue;
    const bool own = e->fact->unit == s.unit.code;
    if (last == nullptr || own || last->fact->unit != s.unit.code) last = e;
  }
  std::set<std::string> codes;
  if (last)
    for (auto i : last->as<ledger::EnforcementBasisDeclared>().items()) codes.emplace(i.code());
  return codes;
}

}  // namespace

PartResult measure_count(const Subject& s, const Part& part, Trace& t) {
  const std::int64_t n = distinct(select(s, part, t), part.text("distinct"));
  const std::string name = part.text("distinct").empty() ? ledger::type_of(part.types.front()).name
                                                         : part.text("distinct");
  t.count(name, n);
  if (const std::int64_t each = part.number("each"); each != 0) {
    const std::int64_t counted = capped(n, part.number("max"));
    t.step(std::to_string(each) + "*" + std::to_string(counted));
    return PartScore{each * counted, part.number("max") ? each * part.number("max") : s.full(part),
                     true};
  }
  const std::int64_t target = target_of(s, part);
  if (target == 0) return not_applicable(t, s.full(part), "no target for the unit");
  if (n < target) t.miss(std::to_string(target - n) + " of " + std::to_string(target) + " " + name);
  return shared(t, s.full(part), std::min(n, target), target, 0);
}

PartResult measure_distinct_per_quarter(const Subject& s, const Part& part, Trace& t) {
  std::array<std::set<std::string>, 4> kinds;
  for (auto* e : select(s, part, t))
    add_values(*e, part.text("distinct"), kinds[quarter_of(s.scheme(), e->on)]);
  std::int64_t sum = 0;
  for (std::size_t q = 0; q < 4; ++q) {
    const auto n = static_cast<std::int64_t>(kinds[q].size());
    t.count("Q" + std::to_string(q + 1), n);
    sum += capped(n, part.number("max"));
  }
  const std::int64_t each = part.number("each");
  t.step(std::to_string(each) + "*" + std::to_string(sum));
  return PartScore{each * sum,
                   part.number("max") ? 4 * each * part.number("max") : s.indicator->weight, true};
}

PartResult measure_coverage(const Subject& s, const Part& part, Trace& t) {
  if (part.text("of") == "nodes") return cover_nodes(s, part, t);
  if (part.text("of") == "hotIssues") return cover_issues(s, part, t);
  return cover_meetings(s, part, t);
}

PartResult measure_ratio(const Subject& s, const Part& part, Trace& t) {
  std::int64_t of = 0, over = 0;
  for (auto* e : select(s, part, t)) {
    of += number_of(e->fact->type, e->body(), part.text("of")).value_or(0);
    over += number_of(e->fact->type, e->body(), part.text("over")).value_or(0);
  }
  t.count(part.text("of"), of), t.count(part.text("over"), over);
  if (over == 0) t.miss("no verified " + ledger::type_of(part.types.front()).name);
  return shared(t, s.full(part), of, over, 0);
}

PartResult measure_disclosure(const Subject& s, const Part& part, Trace& t) {
  if (!s.unit.has_enforcement_power)
    return not_applicable(t, s.full(part), "the unit has no enforcement power");
  const auto codes = declared_codes(s, t);
  std::set<std::string> disclosed;
  for (auto* e : s.layer.of(s.unit.code, EventType::EnforcementBasisDisclosed)) {
    t.read(*e);
    const auto d = e->as<ledger::EnforcementBasisDisclosed>();
    if (!s.layer.verified(*e) || d.from() > s.scheme().period_end ||
        (d.until() && *d.until() < s.scheme().period_end))
      continue;
    for (auto code : d.codes())
      if (codes.count(std::string(code))) disclosed.emplace(code);
  }
  t.count("declared", static_cast<std::int64_t>(codes.size())),
      t.count("disclosed", static_cast<std::int64_t>(disclosed.size()));
  if (codes.empty()) t.miss("no declaration of enforcement matters");
  return shared(t, s.full(part), static_cast<std::int64_t>(disclosed.size()),
                static_cast<std::int64_t>(codes.size()), 0);
}

PartResult measure_count_deduction(const Subject& s, const Part& part, Trace& t) {
  const auto found = static_cast<std::int64_t>(select(s, part, t).size());
  const std::int64_t required = part.number("required"), full = s.full(part);
  const std::int64_t n = required ? std::max<std::int64_t>(0, required - found) : found;
  const std::int64_t off = std::min(capped(part.number("per") * n, part.number("cap")), full);
  t.count(required ? "missing" : "records", n);
  t.step(std::to_string(full) + " - " + std::to_string(off));
  return PartScore{full - off, full, true};
}

}  // namespace projections::assessment
