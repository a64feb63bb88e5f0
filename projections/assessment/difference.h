// What differs between two rankings of a year, unit by unit, and the events behind it.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "projections/assessment/ranking.h"

namespace projections::assessment {

struct Standing {
  std::int64_t base = 0, total = 0;   // 1/100 point
  std::int32_t rank = 0, category_rank = 0;
  Grade grade{};
  bool vetoed = false;
  bool operator==(const Standing&) const = default;
};

// An amount that differs. Its events are known where both rankings list theirs (Detail::events).
struct AmountChange {
  std::string name;                                   // an indicator's id, "bonus", "penalty" or "veto"
  std::optional<std::int64_t> before, after;          // 1/100 point, of the veto 0 or 1; none: not in that scheme
  std::int64_t weight_before = 0, weight_after = 0;   // applicable weight
  std::vector<Id> only_before, only_after;            // what one trace lists and the other does not; sorted
  std::vector<Id> causes;                             // of the disputed events, those that either trace lists; sorted
};

struct UnitChange {
  UnitCode unit;
  std::string name;
  std::optional<Standing> before, after;   // none: not ranked there
  std::vector<AmountChange> amounts;       // in the scheme's order
  // Units that it stands otherwise to than before, where they, not it, changed their amounts: what
  // moves a rank without an amount of the unit's own.
  std::vector<UnitCode> passed;
};

struct RankingDifference {
  std::vector<UnitChange> units;   // by the rank after, then before, then code
  std::vector<Id> causes;          // of all units; sorted, distinct

  bool empty() const { return units.empty(); }
  const UnitChange* find(UnitCode) const;
};

// `disputed`: the events that the two rankings do not share: left out, added, or between their heads.
// Amounts are compared where both rankings have indicators.
RankingDifference difference_of(const Ranking& before, const Ranking& after, const std::unordered_set<Id>& disputed);

ledger::OrderedJson to_json(const RankingDifference&);

}  // namespace projections::assessment
