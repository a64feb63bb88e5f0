// Where a new ledger, or a backup of one, may be made.
#pragma once

#include "ledger/result.h"

namespace tools {

// That nothing is at that path yet, or an empty folder. Codes: `ledger-exists`, `folder-not-empty`, `file`.
ledger::Status check_new_folder(const std::string& dir);
// That the folder, if there is one, holds nothing of a ledger; other files (keys, say) may lie there. The same codes.
ledger::Status check_no_ledger(const std::string& dir);

// A backup is a ledger's folder with a file BACKUP, by which it is told from a ledger that is written to.
bool is_backup(const std::string& dir);
// Makes the folder of a backup, with the ledger's settings, as far as it is not there: the codes of check_new_folder, `file-write`.
ledger::Status make_backup_folder(const std::string& of, const std::string& dir);

// That what is to be made does not lie in the ledger's own folder, with which it would be lost: `usage`.
ledger::Status check_outside(const std::string& own, const std::string& made);

// The settings, durable, whole or not at all; there are none: nothing is done.
ledger::Status copy_settings(const std::string& from, const std::string& to);

}  // namespace tools
