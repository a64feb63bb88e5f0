// What other families need of an assessment that is over.
#pragma once

#include "tests/refusals/refusals.h"

namespace refusals {

struct Results {
  std::string preliminary, confirmed;
};
// The course of 2025 up to the confirmed final result; it is 2025-12-22 then.
Results confirm_results(World&);

}  // namespace refusals
