// pufa repair
#include <filesystem>
#include <iostream>

#include "ledger/log/repair.h"
#include "tools/cli/folder.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/commands/verify.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using ledger::OrderedJson;

struct Outcome {
  ledger::Repaired repaired;
  ledger::VerifyReport report;
};

// A store whose lists of files are lost is read from a copy, in which they are made anew.
ledger::Result<Salvaged> open_or_rebuild(const RepairOptions& o) {
  auto found = open_salvaged(o.dir);
  if (found || found.error().code != "storage-damaged") return found;
  std::error_code ec;
  fs::create_directories(o.output + "/salvaged", ec);
  fs::copy(o.dir + "/db", o.output + "/salvaged/db", fs::copy_options::recursive, ec);
  if (ec) return ledger::refuse("file-write", o.dir + "/db cannot be copied: " + ec.message());
  LEDGER_CHECK(ledger::rebuild_store_lists(o.output + "/salvaged"));
  auto again = LEDGER_TRY(open_salvaged(o.output + "/salvaged"));
  again.damage = found.error();
  return again;
}

ledger::Status copy_outbox(const RepairOptions& o) {
  std::error_code ec;
  if (fs::exists(o.dir + "/outbox", ec)) fs::copy(o.dir + "/outbox", o.output + "/outbox", fs::copy_options::recursive, ec);
  if (ec) return ledger::refuse("file-write", o.dir + "/outbox cannot be copied: " + ec.message());
  return {};
}

ledger::Result<ledger::Repaired> gather(const RepairOptions& o) {
  Reader backup;
  if (!o.backup.empty()) backup = LEDGER_TRY(ledger::in_file(o.backup, open_reader(o.backup)));
  const auto found = LEDGER_TRY(ledger::in_file(o.dir, open_or_rebuild(o)));
  auto to = LEDGER_TRY(ledger::open_store(o.output, ledger::OpenMode::create));
  auto repaired = LEDGER_TRY(ledger::repair_ledger(*found.store, backup.store.get(), *to));
  if (found.damage) repaired.damage.insert(repaired.damage.begin(), *found.damage);
  LEDGER_CHECK(ledger::repair_key_slots(o.dir + "/vault.keys", o.backup.empty() ? "" : o.backup + "/vault.keys", o.output + "/vault.keys", *repaired.genesis.suite));
  LEDGER_CHECK(ledger::erase_destroyed(*to, repaired.destroyed, o.output + "/vault.keys", *repaired.genesis.suite));
  if (const auto settings = read_settings(o.dir)) LEDGER_CHECK(copy_settings(o.dir, o.output));
  else repaired.damage.push_back(settings.error());
  if (std::error_code ec; !o.backup.empty() && !fs::exists(o.output + "/settings.json", ec) && read_settings(o.backup)) LEDGER_CHECK(copy_settings(o.backup, o.output));
  LEDGER_CHECK(copy_outbox(o));
  return repaired;
}

ledger::Result<Outcome> gather_and_verify(const App& app, const RepairOptions& o) {
  auto repaired = LEDGER_TRY(gather(o));
  std::error_code ec;
  fs::remove_all(o.output + "/salvaged", ec);
  const auto store = LEDGER_TRY(ledger::open_store(o.output, ledger::OpenMode::read));
  auto report = LEDGER_TRY(verify_store(app, *store, {.vault_keys = o.output + "/vault.keys"}));
  return Outcome{std::move(repaired), std::move(report)};
}

ledger::Status check_places(const RepairOptions& o) {
  LEDGER_CHECK(check_outside(o.dir, o.output));
  if (!o.backup.empty()) LEDGER_CHECK(check_outside(o.backup, o.output));
  return {};
}

constexpr char kMarker[] = "/UNFINISHED";   // by which the folder of an interrupted repair is known

// What an interrupted repair left there is taken away; anything else stays: the codes of check_new_folder.
ledger::Status make_part(const std::string& dir) {
  std::error_code ec;
  if (fs::exists(dir + kMarker, ec)) fs::remove_all(dir, ec);
  LEDGER_CHECK(check_new_folder(dir));
  fs::create_directories(dir, ec);
  if (ec) return ledger::refuse("file-write", dir + " cannot be made: " + ec.message());
  return write_file(dir + kMarker, "");
}

// Under another name until it is whole.
ledger::Result<Outcome> repair(const App& app, const RepairOptions& o) {
  const RepairOptions part{o.dir, fs::path(o.output + "/").parent_path().string() + ".unfinished", o.backup};
  for (auto& place : {o, part}) LEDGER_CHECK(check_places(place));
  LEDGER_CHECK(check_new_folder(o.output));
  LEDGER_CHECK(make_part(part.output));
  auto out = gather_and_verify(app, part);
  std::error_code ec, gone;
  if (out) fs::rename(part.output, o.output, ec);
  if (out && !ec) fs::remove(o.output + kMarker, gone);
  else fs::remove_all(part.output, gone);
  if (ec) return ledger::refuse("file-write", o.output + " cannot be made: " + ec.message());
  return out;
}

OrderedJson json_of(const RepairOptions& o, const Outcome& out) {
  OrderedJson j{{"ledger", o.output}};
  j.update(to_json(out.report));
  j["fromBackup"] = out.repaired.from_backup;
  j["damage"] = OrderedJson::array(), j["lost"] = OrderedJson::array();
  for (auto& d : out.repaired.damage) j["damage"].push_back(d.message);
  for (auto& l : out.repaired.lost) j["lost"].push_back({{"shelf", ledger::name_of(l.shelf)}, {"first", l.first}, {"last", l.last}});
  return j;
}

void print_lost(const App& app, const ledger::Repaired& r) {
  for (auto& l : r.lost)
    std::cout << app.t("缺失:", "lost: ") << (l.shelf == ledger::Shelf::records ? app.t("记录 @", "records @") : app.t("内容 @", "bodies @")) << l.first
              << app.t(" 至 @", " to @") << l.last << "\n";
  if (!r.tiles_whole) std::cout << app.t("首条缺失记录之后的树无法重建\n", "no tree can be made behind the first lost record\n");
  if (!r.lost.empty()) std::cout << app.t("请用 --backup 给出含有这些记录的备份\n", "give --backup a backup that has them\n");
}

void print(const App& app, const RepairOptions& o, const Outcome& out) {
  const auto& r = out.repaired;
  std::cout << mark(app, r.genesis);
  for (auto& d : r.damage) std::cout << app.t("损坏:", "damaged: ") << d.message << "\n";
  if (r.damage.empty()) std::cout << app.t("数据库中没有读不出的数据\n", "the database could be read as a whole\n");
  std::cout << app.t("已重建:树块、事件与提交的索引;快照在需要时重建\n", "made anew: tiles, the indexes of events and submissions; snapshots are made when needed\n");
  if (r.from_backup != 0) std::cout << app.t("取自备份的数据:", "values taken from the backup: ") << r.from_backup << "\n";
  print_lost(app, r);
  print(app, out.report);
  if (!out.report.findings.empty()) std::cout << app.t("尚有缺陷的账本:", "the ledger as far as it could be made whole: ") << o.output << "\n";
  else std::cout << app.t("账本已修复:", "ledger repaired: ") << o.output << app.t(",可取代原文件夹\n", "; put it in the place of the damaged folder\n");
}

}  // namespace

int run_repair(const App& app, const RepairOptions& o) {
  const auto out = repair(app, o);
  if (!out) return fail(app, out.error());
  if (app.json) std::cout << json_of(o, *out).dump() << "\n";
  else print(app, o, *out);
  return out->report.findings.empty() ? kGood : kDifferent;
}

}  // namespace tools
