// Where and when an admitted event stands: what dockets keep and views print of each step.
#pragma once

#include "ledger/core/event.h"

namespace projections {

using ledger::Date;

struct Stamp {
  ledger::Id event;
  std::uint64_t position = 0;
  Date on, admitted_on;
};

inline Stamp stamp_of(const ledger::Event& e) { return {e.id, e.position, e.on, e.admitted_on}; }

}  // namespace projections
