// The catalogue as `pufa schema --json` prints it.
#pragma once

#include "ledger/schema/catalogue.h"
#include "ledger/text/json.h"

namespace tools {

const char* unit_rule_name(ledger::UnitRule);
// Of all types, or of one.
ledger::OrderedJson catalogue_json(const ledger::Type* one = nullptr);

}  // namespace tools
