// JSON in and out. Parsing refuses what silently loses data: duplicate keys and bad UTF-8.
#pragma once

#include <nlohmann/json.hpp>

#include "ledger/result.h"

namespace ledger {

using Json = nlohmann::json;                  // keys sorted: canonical when dumped
using OrderedJson = nlohmann::ordered_json;   // keys as inserted: documents for people and contracts

// Codes: not-utf8, not-json (with the byte where reading stopped), duplicate-key.
Result<Json> parse_json(std::string_view);

}  // namespace ledger
