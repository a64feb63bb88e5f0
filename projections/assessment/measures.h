// What an indicator of one unit is worth, and every record that this depends on.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "projections/assessment/dockets.h"

namespace projections::assessment {

// Whether an assessment also says why: the events behind each amount.
enum class Detail { points, events };

// Why an amount is what it is. Leaving out a record that is not among `events` changes none of it.
struct Trace {
  Trace() = default;
  explicit Trace(Detail d) : lists_events(d == Detail::events) {}

  std::int64_t points = 0;
  std::int64_t weight = 0;  // applicable weight
  bool applicable = false;
  std::string formula;  // e.g. "r(300, 57, 61)"
  std::vector<std::pair<std::string, std::int64_t>> counts;
  std::vector<Id> events;            // sorted, distinct
  std::vector<std::string> missing;  // what was looked for and is absent
  bool lists_events = true;

  void count(std::string name, std::int64_t n) { counts.emplace_back(std::move(name), n); }
  void miss(std::string what) { missing.push_back(std::move(what)); }
  void step(const std::string& text) { formula += (formula.empty() ? "" : " + ") + text; }
  void read(const Id& id) {
    if (lists_events) events.push_back(id);
  }
  void read(const std::vector<Id>& ids) {
    for (auto& id : ids) read(id);
  }
  // The record and all that was said about it.
  void read(const Entry& e) { read(e.id()), read(e.said().about); }
  void read(const Entry* e) {
    if (e) read(*e);
  }
  // Adds what the events require to be there, and sorts them.
  void settle(const Layer&);
};

struct PartScore {
  std::int64_t points = 0;
  std::int64_t weight = 0;  // what leaves the indicator's weight when not applicable
  bool applicable = true;
};

// What the measures of one unit look at.
struct Subject {
  const Layer& layer;
  const Dockets& dockets;
  const UnitFacts& unit;
  Detail detail = Detail::events;
  const Indicator* indicator = nullptr;

  const Scheme& scheme() const { return layer.scheme(); }
  std::int64_t full(const Part&) const;  // the part's weight, or the indicator's
  Date due_of_year(
      const std::string& month_day) const;  // of the scheme's year, with a new unit's grace
};

// ⌊(2·W·n + d) / (2·d)⌋ with n clamped to [0, d]; d > 0.
std::int64_t share(std::int64_t weight, std::int64_t n, std::int64_t d);
std::string share_text(std::int64_t weight, std::int64_t n, std::int64_t d);
// A share that goes into the trace; d = 0: `without` points.
PartScore shared(Trace&, std::int64_t weight, std::int64_t n, std::int64_t d, std::int64_t without);
PartScore not_applicable(Trace&, std::int64_t weight, const std::string& why);

// Records of the part's types about the unit that its filters and its period let through, verified.
std::vector<const Entry*> select(const Subject&, const Part&, Trace&);

using PartResult = Result<PartScore>;
PartResult measure_filing(const Subject&, const Part&, Trace&);
PartResult measure_officers(const Subject&, const Part&, Trace&);
PartResult measure_presence(const Subject&, const Part&, Trace&);
PartResult measure_completion(const Subject&, const Part&, Trace&);
PartResult measure_disclosure(const Subject&, const Part&, Trace&);
PartResult measure_count(const Subject&, const Part&, Trace&);
PartResult measure_distinct_per_quarter(const Subject&, const Part&, Trace&);
PartResult measure_coverage(const Subject&, const Part&, Trace&);
PartResult measure_ratio(const Subject&, const Part&, Trace&);
PartResult measure_report_score(const Subject&, const Part&, Trace&);
PartResult measure_survey(const Subject&, const Part&, Trace&);
PartResult measure_inspection_score(const Subject&, const Part&, Trace&);
PartResult measure_deduction(const Subject&, const Part&, Trace&);
PartResult measure_count_deduction(const Subject&, const Part&, Trace&);
PartResult measure_in_time(const Subject&, const Part&, Trace&);
PartResult measure_upheld_complaints(const Subject&, const Part&, Trace&);
PartResult measure_closed_once(const Subject&, const Part&, Trace&);

// All parts of the indicator, added and clamped.
Result<Trace> measure(Subject, const Indicator&);

// Days late over the answers and orders that `inTime` counts.
Result<std::int64_t> overdue_days(const Subject&);

// The submissions of the type that the authority accepted for the year (and quarter, when not 0),
// by sequence; reads into the trace.
struct Filed {
  std::vector<const Entry*> submissions;
  std::optional<Date> date;  // the earliest first one over the units that merged
};
Filed filed(const Subject&, EventType, const std::string& authority, int quarter, Trace&);

}  // namespace projections::assessment
