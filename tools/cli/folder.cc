#include "tools/cli/folder.h"

#include <filesystem>

namespace tools {

namespace fs = std::filesystem;

ledger::Status check_new_folder(const std::string& dir) {
  std::error_code ec;
  if (!fs::exists(dir, ec)) return {};
  if (!fs::is_directory(dir, ec)) return ledger::refuse("file", dir + " is a file, not a folder");
  if (fs::exists(dir + "/db/CURRENT", ec)) return ledger::refuse("ledger-exists", dir + " holds a ledger already: give a new or empty folder");
  const bool empty = fs::is_empty(dir, ec);
  if (ec) return ledger::refuse("file", dir + " cannot be read: " + ec.message());
  if (!empty) return ledger::refuse("folder-not-empty", dir + " is not empty: give a new or empty folder");
  return {};
}

}  // namespace tools
