// The bridge from admission to scoring.
#pragma once

#include "projections/rules/rules.h"

namespace projections {

// Scores the year anew at the result's head under the result's scheme and compares projection,
// version, rows and result hash. `result-differs` names the first difference; a year without a work
// calendar is `calendar-missing`. Called only once the head and the scheme are known to be good.
Status check_result(const Case&, const ledger::ResultPublished&);

}  // namespace projections
