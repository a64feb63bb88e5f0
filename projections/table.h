// The roll-back tables of ledger/core, under this room's names.
#pragma once

#include "ledger/core/table.h"

namespace projections {

using ledger::Journal;
using ledger::Table;
using ledger::TupleHash;

}  // namespace projections
