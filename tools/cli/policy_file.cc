#include "tools/cli/policy_file.h"

#include "tools/cli/app.h"

namespace tools {

ledger::Result<ledger::Policy> read_policy(const std::string& file) {
  return ledger::in_file(file, ledger::parse_policy(LEDGER_TRY(read_file(file))));
}

}  // namespace tools
