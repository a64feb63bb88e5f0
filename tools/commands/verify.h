// A ledger's verification as commands run and show it.
#pragma once

#include "ledger/log/verify.h"
#include "tools/cli/app.h"

namespace tools {

struct VerifyInput {
  std::vector<std::string> checkpoints;   // signed notes that must be of this history
  std::string policy;                     // a trust policy's text
  std::string vault_keys;                 // path of the key file of sealed values; empty: not looked at
};
// With a bar of progress on a terminal. Fails when there is nothing to verify.
ledger::Result<ledger::VerifyReport> verify_store(const App&, const ledger::Store&, const VerifyInput&);

ledger::OrderedJson to_json(const ledger::VerifyReport&);
void print(const App&, const ledger::VerifyReport&);

}  // namespace tools
