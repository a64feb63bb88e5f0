#include "tools/cli/folder.h"

#include <filesystem>

#include "tools/cli/app.h"

namespace tools {

namespace fs = std::filesystem;

namespace {

ledger::Status check_folder(const std::string& dir) {
  std::error_code ec;
  if (!fs::exists(dir, ec)) return {};
  if (!fs::is_directory(dir, ec)) return ledger::refuse("file", dir + " is a file, not a folder");
  if (fs::exists(dir + "/db/CURRENT", ec)) return ledger::refuse("ledger-exists", dir + " holds a ledger already: give a new or empty folder");
  return {};
}

}  // namespace

ledger::Status check_new_folder(const std::string& dir) {
  LEDGER_CHECK(check_folder(dir));
  std::error_code ec;
  const bool free = !fs::exists(dir, ec) || fs::is_empty(dir, ec);
  if (ec) return ledger::refuse("file", dir + " cannot be read: " + ec.message());
  if (!free) return ledger::refuse("folder-not-empty", dir + " is not empty: give a new or empty folder");
  return {};
}

ledger::Status check_no_ledger(const std::string& dir) {
  LEDGER_CHECK(check_folder(dir));
  std::error_code ec;
  for (auto* name : {"db", "vault.keys", "settings.json", "outbox", "snapshots"})
    if (fs::exists(dir + "/" + name, ec))
      return ledger::refuse("folder-not-empty", dir + "/" + name + " is the rest of another ledger: give a new folder, or move it away");
  return {};
}

namespace {

constexpr std::string_view kBackupText = "pufa/backup/v1\nA backup of a ledger: pufa backup adds to it, pufa restore makes a ledger of it.\n";

}  // namespace

// A beginning of the text is enough: the first run may have been cut off.
bool is_backup(const std::string& dir) {
  const auto text = read_file(dir + "/BACKUP");
  return text && kBackupText.starts_with(*text);
}

namespace {

ledger::Status mark_as_backup(const std::string& dir) {
  LEDGER_CHECK(check_new_folder(dir));
  std::error_code ec;
  fs::create_directories(dir, ec);
  if (ec) return ledger::refuse("file-write", dir + " cannot be made: " + ec.message());
  return write_file(dir + "/BACKUP", kBackupText, 0644, true);
}

}  // namespace

ledger::Status make_backup_folder(const std::string& of, const std::string& dir) {
  if (!is_backup(dir)) LEDGER_CHECK(mark_as_backup(dir));
  std::error_code ec;
  if (fs::exists(dir + "/settings.json", ec)) return {};
  return copy_settings(of, dir);   // before all else: what a cut-off run leaves can be restored
}

ledger::Status check_outside(const std::string& own, const std::string& made) {
  std::error_code ec;
  const auto from = fs::weakly_canonical(own, ec).string() + "/", to = fs::weakly_canonical(made, ec).string() + "/";
  if (!to.starts_with(from)) return {};
  return ledger::refuse("usage", made + " would lie in the ledger's own folder: give one elsewhere, best on another disk");
}

ledger::Status copy_settings(const std::string& from, const std::string& to) {
  std::error_code ec;
  if (!fs::exists(from + "/settings.json", ec)) return {};
  return replace_file(to + "/settings.json", LEDGER_TRY(read_file(from + "/settings.json")), 0644);
}

}  // namespace tools
