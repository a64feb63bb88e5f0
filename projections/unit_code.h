// A unit's 18-character unified social credit code as a value. All zero: none.
#pragma once

#include <string_view>

#include "ledger/bytes.h"

namespace projections {

using UnitCode = ledger::Fixed<18, struct UnitCodeTag>;

inline UnitCode unit_code(std::string_view s) { return UnitCode::from(s); }
inline std::string_view text_of(const UnitCode& u) { return u ? u.view() : std::string_view(); }

}  // namespace projections
