// The check of event bytes against the catalogue: the same rules that the importer keeps to.
#pragma once

#include <vector>

#include "ledger/result.h"
#include "ledger/schema/catalogue.h"

namespace ledger {

inline constexpr std::size_t kEventBytesMax = 60'000;   // an entry must fit C2SP's 65,535 bytes
inline constexpr std::uint16_t kSchemaVersion = 1;

// All faults of a body, in field order; empty when it keeps the shape of its type.
// Codes: unknown-type, field-missing, wrong-type, enum-unknown, out-of-range, too-long,
// date-impossible, uscc-checksum, not-canonical, item-duplicate, personal-data-in-clear.
std::vector<Error> check_shape(const Body&);

// The check of one text, number or identifier, shared with the importer: nullopt when it may stand. Where it stands,
// Error::field, is for the caller to say.
std::optional<Error> check_text(const Field&, std::string_view value);
std::optional<Error> check_number(const Field&, std::int64_t value);

// Every unit code in the body and `unit`, sorted, distinct (Header.named): views into both.
std::vector<std::string_view> named_units(const Body&, std::string_view unit);

}  // namespace ledger
