// Where a new ledger may be made.
#pragma once

#include "ledger/result.h"

namespace tools {

// That nothing is at that path yet, or an empty folder. Codes: `ledger-exists`, `folder-not-empty`, `file`.
ledger::Status check_new_folder(const std::string& dir);
// That the folder, if there is one, holds nothing of a ledger; other files (keys, say) may lie there. The same codes.
ledger::Status check_no_ledger(const std::string& dir);

}  // namespace tools
