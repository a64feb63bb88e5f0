// Bonus, penalty and veto of one unit.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "projections/assessment/measures.h"

namespace projections::assessment {

inline constexpr std::size_t kVetoCodes = 4;  // v1 … v4, as VetoDecided.code

struct Veto {
  std::array<bool, kVetoCodes> met{};
  Trace trace;
  std::vector<std::string> flags;  // grounds recorded without a decision

  bool any() const { return met[0] || met[1] || met[2] || met[3]; }
};

// `points` after the cap.
Trace bonus_of(const Subject&);
Trace penalty_of(const Subject&);
Veto veto_of(const Subject&);

}  // namespace projections::assessment
