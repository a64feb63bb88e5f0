// Measures of what others found: the third party, surveys, inspections.
#include <algorithm>

#include "projections/assessment/field_values.h"
#include "projections/assessment/measures.h"

namespace projections::assessment {
namespace {

bool is_kind(const Entry& e, const Part& part) {
  return has_value(e.fact->type, e.body(), "kind", part.list("kinds"));
}

// The unit's row, before those of units merged into it.
std::optional<std::int64_t> score_of(const Subject& s, const ledger::ThirdPartyReportDelivered& r) {
  std::optional<std::int64_t> merged;
  for (auto row : r.scores()) {
    if (unit_code(row.unit()) == s.unit.code) return row.score();
    if (!merged && s.layer.root(row.unit()) == s.unit.code) merged = row.score();
  }
  return merged;
}

struct Inspection {
  const Entry* opened;
  const Entry* closed;
};

// Inspections of the part's kinds that were closed in the window.
std::vector<Inspection> inspections(const Subject& s, const Part& part) {
  std::vector<Inspection> out;
  for (auto* e : s.layer.all(EventType::InspectionClosed)) {
    const Entry* opened = s.layer.standing(e->as<ledger::InspectionClosed>().inspection());
    if (opened && s.layer.in_window(e->on) && is_kind(*opened, part)) out.push_back({opened, e});
  }
  return out;
}

}  // namespace

PartResult measure_report_score(const Subject& s, const Part& part, Trace& t) {
  std::set<Id> replaced;
  std::optional<std::int64_t> score;
  const auto& reports = s.layer.all(EventType::ThirdPartyReportDelivered);
  for (auto it = reports.rbegin(); it != reports.rend(); ++it) {
    const auto r = (*it)->as<ledger::ThirdPartyReportDelivered>();
    const Entry* commission = s.layer.standing(r.commission());
    if (r.has_replaces()) replaced.insert(r.replaces());
    if (commission == nullptr ||
        commission->as<ledger::ThirdPartyCommissioned>().year() != s.scheme().year)
      continue;
    t.read(**it), t.read(*commission);
    if (!score && replaced.count((*it)->id()) == 0) score = score_of(s, r);
  }
  if (!score) return not_applicable(t, s.full(part), "no third-party score");
  t.count("score", *score);
  return shared(t, s.full(part), *score, part.number("scale"), 0);
}

PartResult measure_survey(const Subject& s, const Part& part, Trace& t) {
  std::int64_t a = 0, b = 0, c = 0, e = 0;
  for (auto* closed : s.layer.all(EventType::SurveyClosed)) {
    const auto survey = closed->as<ledger::SurveyClosed>();
    const Entry* opened = s.layer.standing(survey.survey());
    if (opened == nullptr || opened->as<ledger::SurveyOpened>().year() != s.scheme().year ||
        !is_kind(*opened, part))
      continue;
    for (auto row : survey.tallies()) {
      if (s.layer.root(row.unit()) != s.unit.code) continue;
      t.read(*closed), t.read(*opened);
      a += row.very_satisfied(), b += row.satisfied(), c += row.fairly_satisfied(),
          e += row.dissatisfied();
    }
  }
  const std::int64_t valid = a + b + c + e;
  t.count("verySatisfied", a), t.count("satisfied", b), t.count("fairlySatisfied", c),
      t.count("dissatisfied", e);
  if (valid == 0 || valid < part.number("minValid"))
    return not_applicable(t, s.full(part), "too few valid answers");
  const std::int64_t sum = part.number("verySatisfied") * a + part.number("satisfied") * b +
                           part.number("fairlySatisfied") * c + part.number("dissatisfied") * e;
  return shared(t, s.full(part), sum, part.number("fullPercent") * valid, 0);
}

PartResult measure_inspection_score(const Subject& s, const Part& part, Trace& t) {
  std::int64_t sum = 0, n = 0;
  for (auto& i : inspections(s, part))
    for (auto row : i.closed->as<ledger::InspectionClosed>().scores()) {
      if (s.layer.root(row.unit()) != s.unit.code) continue;
      t.read(*i.closed), t.read(*i.opened);
      sum += row.sum(), n += row.n();
    }
  t.count("sum", sum), t.count("n", n);
  if (n == 0) return not_applicable(t, s.full(part), "no score of an inspection");
  return shared(t, s.full(part), sum, 100 * n, 0);
}

PartResult measure_deduction(const Subject& s, const Part& part, Trace& t) {
  std::set<Id> inspected;
  for (auto& i : inspections(s, part)) {
    if (!s.layer.names(i.opened->as<ledger::InspectionOpened>().units(), s.unit.code)) continue;
    t.read(*i.opened), t.read(*i.closed);
    inspected.insert(i.opened->id());
  }
  if (inspected.empty() && !part.number("fullWithout"))
    return not_applicable(t, s.full(part), "no inspection");
  std::int64_t found[3] = {};  // minor, general, major
  for (auto* e : s.layer.of(s.unit.code, EventType::InspectionFindingRecorded)) {
    const auto f = e->as<ledger::InspectionFindingRecorded>();
    if (inspected.count(f.inspection()) == 0) continue;
    t.read(*e);
    if (!e->annulled) ++found[static_cast<std::size_t>(f.severity())];
  }
  t.count("major", found[2]), t.count("general", found[1]), t.count("minor", found[0]);
  std::int64_t off = part.number("major") * found[2] + part.number("general") * found[1] +
                     part.number("minor") * found[0];
  if (part.number("cap")) off = std::min(off, part.number("cap"));
  const std::int64_t full = s.full(part);
  off = std::min(off, full);
  t.step(std::to_string(full) + " - " + std::to_string(off));
  return PartScore{full - off, full, true};
}

}  // namespace projections::assessment
