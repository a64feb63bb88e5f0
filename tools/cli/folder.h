// Where a new ledger may be made.
#pragma once

#include "ledger/result.h"

namespace tools {

// That nothing is at that path yet, or an empty folder.
// Codes: `ledger-exists`, `folder-not-empty` (the rests of another ledger among them), `file`.
ledger::Status check_new_folder(const std::string& dir);

}  // namespace tools
