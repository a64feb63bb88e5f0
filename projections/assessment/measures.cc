// The frame of all measures: shares, selection of records, and the sum of an indicator's parts.
#include "projections/assessment/measures.h"

#include <algorithm>

#include "ledger/schema/catalogue.h"
#include "projections/assessment/field_values.h"

namespace projections::assessment {
namespace {

using Function = PartResult (*)(const Subject&, const Part&, Trace&);

Function function_of(Measure m) {
  switch (m) {
    case Measure::filing:
      return measure_filing;
    case Measure::officers:
      return measure_officers;
    case Measure::presence:
      return measure_presence;
    case Measure::completion:
      return measure_completion;
    case Measure::disclosure:
      return measure_disclosure;
    case Measure::count:
      return measure_count;
    case Measure::distinctPerQuarter:
      return measure_distinct_per_quarter;
    case Measure::coverage:
      return measure_coverage;
    case Measure::ratio:
      return measure_ratio;
    case Measure::reportScore:
      return measure_report_score;
    case Measure::survey:
      return measure_survey;
    case Measure::inspectionScore:
      return measure_inspection_score;
    case Measure::deduction:
      return measure_deduction;
    case Measure::countDeduction:
      return measure_count_deduction;
    case Measure::inTime:
      return measure_in_time;
    case Measure::upheldComplaints:
      return measure_upheld_complaints;
    case Measure::closedOnce:
      return measure_closed_once;
  }
  __builtin_unreachable();
}

// Whether the part's period and filters let a record of that value through. `of` is the entry, or its
// fact for the value before corrections: its body is read only where the part looks into it.
template <typename T>
bool passes(const Subject& s, const Part& part, EventType type, const T& of, Date on) {
  auto by = part.texts.find("by");
  if (by != part.texts.end() && by->second == "year") {
    if (number_of(type, of.body(), "year") != s.scheme().year) return false;
  } else if (!s.layer.in_window(on)) {
    return false;
  }
  for (auto& f : part.where)
    if (!has_value(type, of.body(), f.field, f.values)) return false;
  return true;
}

// Records that pass now, passed before a correction, or might pass without one of several.
bool matters(const Subject& s, const Part& part, const Entry& e) {
  if (!e.said().last_correction) return passes(s, part, e.fact->type, e, e.on);
  return std::count_if(e.said().about.begin(), e.said().about.end(),
                       [&](auto& id) {
                         auto* a = s.layer.find(id);
                         return a && a->fact->type == EventType::RecordCorrected;
                       }) > 1 ||
         passes(s, part, e.fact->type, e, e.on) ||
         passes(s, part, e.fact->type, *e.fact, e.fact->on);
}

// The records each of which the fact cannot do without.
std::vector<Id> sole_requirements(const Fact& f) {
  std::vector<Id> out;
  const auto payload = f.body().payload();
  for (auto& field : ledger::type_of(f.type).fields) {
    if (!field.is_ref() || !field.need) continue;
    if (!field.list)
      out.push_back(payload.get_id(field.offset));
    else if (const ledger::IdList ids(payload.get_list(field.offset)); ids.size() == 1)
      out.push_back(ids[0]);
  }
  return out;
}

}  // namespace

// Without a record that it requires, an event would be left out too (events.md 5.1).
void Trace::settle(const Layer& layer) {
  if (!lists_events) return;
  std::set<Id> seen(events.begin(), events.end());
  for (std::size_t i = 0; i < events.size(); ++i)
    if (const Entry* e = layer.find(events[i]))
      for (auto& id : sole_requirements(*e->fact))
        if (seen.insert(id).second) events.push_back(id);
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
}

std::int64_t Subject::full(const Part& part) const {
  auto it = part.numbers.find("weight");
  return it == part.numbers.end() || it->second < 0 ? indicator->weight : it->second;
}

Date Subject::due_of_year(const std::string& month_day) const {
  const Date due = ledger::month_day(month_day, scheme().year).value_or(scheme().period_end);
  return std::max(due, unit.from + layer.profiles().of(unit.from).new_unit_grace_days);
}

std::int64_t share(std::int64_t weight, std::int64_t n, std::int64_t d) {
  n = std::clamp<std::int64_t>(n, 0, d);
  return static_cast<std::int64_t>((static_cast<__int128>(2) * weight * n + d) /
                                   (static_cast<__int128>(2) * d));
}

std::string share_text(std::int64_t weight, std::int64_t n, std::int64_t d) {
  return "r(" + std::to_string(weight) + ", " + std::to_string(n) + ", " + std::to_string(d) + ")";
}

PartScore shared(Trace& t, std::int64_t weight, std::int64_t n, std::int64_t d,
                 std::int64_t without) {
  if (d == 0) {
    t.step(std::to_string(without));
    return {without, weight, true};
  }
  t.step(share_text(weight, n, d));
  return {share(weight, n, d), weight, true};
}

PartScore not_applicable(Trace& t, std::int64_t weight, const std::string& why) {
  t.miss(why);
  return {0, weight, false};
}

// Recorded about the unit, or with the part's `orFor` field naming it.
static bool is_about(const Subject& s, const Part& part, const Entry& e) {
  if (e.unit == s.unit.code) return true;
  auto it = part.texts.find("orFor");
  if (it == part.texts.end() || it->second.empty()) return false;
  for (auto& v : values_of(e.fact->type, e.body(), it->second))
    if (s.layer.root(v) == s.unit.code) return true;
  return false;
}

std::vector<const Entry*> select(const Subject& s, const Part& part, Trace& t) {
  std::vector<const Entry*> out;
  std::int64_t unverified = 0;
  for (auto type : part.types)
    for (auto* e : s.layer.of(s.unit.code, type)) {
      if ((!is_about(s, part, *e) && !e->said().last_correction) || !matters(s, part, *e)) continue;
      t.read(*e);
      if (e->annulled || !is_about(s, part, *e) || !passes(s, part, type, *e, e->on))
        continue;
      if (s.layer.verified(*e))
        out.push_back(e);
      else
        ++unverified;
    }
  if (unverified != 0) t.miss(std::to_string(unverified) + " records are not verified");
  return out;
}

Result<Trace> measure(Subject s, const Indicator& indicator) {
  s.indicator = &indicator;
  Trace t(s.detail);
  t.weight = indicator.weight;
  t.read(s.unit.events);
  std::size_t applicable = 0;
  for (auto& part : indicator.parts) {
    const PartScore score = LEDGER_TRY(function_of(part.kind)(s, part, t));
    if (score.applicable)
      ++applicable, t.points += score.points;
    else
      t.weight -= score.weight;
  }
  t.applicable = applicable != 0 && t.weight > 0;
  if (!t.applicable) t.weight = t.points = 0;
  t.points = std::clamp<std::int64_t>(t.points, 0, t.weight);
  t.settle(s.layer);
  return t;
}

}  // namespace projections::assessment
