// Checks an evidence file against a trust policy, offline, and says what it established. Shared by
// `pufa check` and the stand-alone `pufa-verify`, which links no storage.
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct CheckOptions {
  std::string file, policy;
  std::string earlier;   // evidence of the same record taken before, or none
};

// 0: everything that the file claims holds; 1: it fails at a level, which is named.
int run_check(const App&, const CheckOptions&);

}  // namespace tools
