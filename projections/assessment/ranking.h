// The assessment of a year: every ranked unit's indicators, sums, order and grade.
#pragma once

#include <string>
#include <vector>

#include "ledger/crypto/suite.h"
#include "ledger/text/json.h"
#include "projections/assessment/merits.h"

namespace projections::assessment {

inline constexpr const char* kProjection = "assessment";
inline constexpr std::int32_t kProjectionVersion = 1;

using Grade = ledger::ResultPublished::Row::Grade;

struct Row {
  UnitCode unit;
  std::string name;
  ledger::UnitCategory category{};
  std::vector<Trace> indicators;                             // in the scheme's order
  std::vector<std::pair<std::string, std::int64_t>> blocks;  // in order of first use
  Trace bonus, penalty, veto;
  std::int64_t base = 0, total = 0, overdue_days = 0;
  std::int32_t rank = 0, category_rank = 0;
  Grade grade{};
  bool vetoed = false;
  std::vector<std::string> flags;
};

struct Ranking {
  Head head;
  int year = 0;
  bool provisional = false;  // the head is from before the cutoff, or the scheme is none that was published
  Date last_day;             // last day whose duties count
  std::vector<std::string> indicator_ids;
  std::vector<Row> rows;  // by rank, then unit

  const Row* find(UnitCode) const;
};

// A year that a work-day rule needs and that has no calendar: `calendar-missing`.
Result<Ranking> assess(const Facts&, const Scheme&, const Head&, Detail = Detail::events);

// Total order of rows but for equals: not vetoed first, then total, then the scheme's tie keys.
bool ranks_before(const Scheme&, const Row& a, const Row& b);
// Ranks, category ranks and grades of rows whose sums are known; sorts them.
void order_and_grade(const Scheme&, std::vector<Row>&);

std::string name_of(Grade);
std::string name_of(ledger::UnitCategory);

// Over the bytes that design section 7, "Result hash", fixes.
ledger::Hash result_hash(const ledger::Suite&, const Ranking&);
std::string result_bytes(const Ranking&);
ledger::OrderedJson to_json(const Ranking&);

}  // namespace projections::assessment
