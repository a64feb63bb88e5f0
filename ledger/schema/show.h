// Event bodies as JSON, for display and for corrections.
#pragma once

#include "ledger/schema/catalogue.h"
#include "ledger/text/json.h"

namespace ledger {

// The data of a body as a draft would write it; sealed fields as {"sealed": commitment}.
OrderedJson show_data(const Body&);
OrderedJson show_refs(const Body&);
// Name of an enum value or role ordinal, or "?" for one of a newer schema.
std::string choice_name(const Field&, std::uint16_t ordinal);

}  // namespace ledger
