// pufa witness, pufa cosign: heads that others vouch for.
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct WitnessOptions {
  std::string state, key, name, passphrase_file, listen, once;
  std::vector<std::string> logs;
};
// Without --listen and --once: says what it is and what it cosigned last.
int run_witness(const App&, const WitnessOptions&);

struct CosignOptions {
  std::string dir, policy;
};
int run_cosign(const App&, const CosignOptions&);

}  // namespace tools
