// What RecordCorrected makes of the record that it points at.
#pragma once

#include "ledger/schema/shape.h"

namespace ledger {

// The original's body with the correction's changes laid over it, and its new business date when
// `on` is among them. Refusals: `not-correctable` for sealed fields and references, and the shape
// codes of what results.
Result<Body> corrected(const Body& original, const RecordCorrected& correction, std::optional<Date>* on);

}  // namespace ledger
