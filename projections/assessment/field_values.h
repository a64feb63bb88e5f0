// Fields of any record by name, through the catalogue.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/schema/catalogue.h"

namespace projections::assessment {

// An integer, amount or flag; absent, or no such field: nullopt.
std::optional<std::int64_t> number_of(ledger::EventType, const ledger::Body&,
                                      std::string_view field);

// The values of a field as drafts write them: none when absent, several of a list.
std::vector<std::string> values_of(ledger::EventType, const ledger::Body&, std::string_view field);

// Whether one of the field's values is among those.
bool has_value(ledger::EventType, const ledger::Body&, std::string_view field,
               const std::vector<std::string>&);

}  // namespace projections::assessment
