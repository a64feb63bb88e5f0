// The bridge from admission to scoring.
#pragma once

#include "projections/assessment/ranking.h"
#include "projections/rules/rules.h"

namespace projections {

// Scores the year anew at the result's head under the result's scheme and compares projection,
// version, rows and result hash. `result-differs` names the first difference; a year without a work
// calendar is `calendar-missing`. Called only once the head and the scheme are known to be good.
Status check_result(const Case&, const ledger::ResultPublished&);

// Compares a published result with what was computed anew: `result-differs`, with the first difference.
Status compare_result(const ledger::ResultPublished&, const assessment::Ranking&, const ledger::Suite&);

}  // namespace projections
