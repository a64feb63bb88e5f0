// pufa backup, pufa restore
#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

#include "ledger/log/backup.h"
#include "ledger/text/encoding.h"
#include "tools/cli/folder.h"
#include "tools/cli/folds.h"
#include "tools/commands/commands.h"
#include "tools/commands/verify.h"
#include "tools/import/checkpoints.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using ledger::OrderedJson;

// Every sealed value of a copy has a key slot, live or erased: the key file it was made of was there, and not cut.
ledger::Status check_key_slots(const ledger::Store& store, const std::string& from, const std::string& to) {
  std::error_code ec;
  const auto size = fs::is_regular_file(to, ec) ? fs::file_size(to, ec) : 0;
  std::uint64_t needed = 0;
  for (auto shelf : {ledger::Shelf::vault, ledger::Shelf::attachments})
    LEDGER_CHECK(store.scan(shelf, {}, [&](ledger::BytesView, ledger::BytesView value) {
      if (value.size() >= 8) needed = std::max(needed, ledger::key_slots_end(ledger::read_be(value.substr(0, 8))));
      return true;
    }));
  if (size >= needed) return {};
  return ledger::refuse("vault-missing", from + " is missing or cut: sealed values would have no keys; put it back before you go on");
}

// Records first: a copy of another history must not get this one's key slots.
ledger::Result<ledger::Copied> copy_folder(const ledger::Store& source, const std::string& from, const std::string& to) {
  auto target = LEDGER_TRY(ledger::open_store(to, ledger::OpenMode::resume));
  auto copied = LEDGER_TRY(ledger::copy_ledger(source, *target));
  LEDGER_CHECK(ledger::copy_key_slots(from + "/vault.keys", to + "/vault.keys"));
  LEDGER_CHECK(check_key_slots(*target, from + "/vault.keys", to + "/vault.keys"));
  LEDGER_CHECK(ledger::erase_destroyed(*target, copied.destroyed, to + "/vault.keys", *copied.genesis.suite));
  LEDGER_CHECK(copy_settings(from, to));
  return copied;
}

// What is written is read again: every record of the backup, not only the new ones.
ledger::Status read_back(const std::string& dir, const ledger::Checkpoint& head) {
  const auto reader = LEDGER_TRY(open_reader(dir));
  const auto root = root_at(reader, head.size);
  if (root && *root == head.root) return {};
  return ledger::refuse("copy-damaged", "the records of the backup do not hash to its checkpoint's root: make a new one in another folder");
}

ledger::Result<ledger::Copied> copy_once(const BackupOptions& o) {
  const auto source = LEDGER_TRY(open_reader(o.dir));
  LEDGER_CHECK(make_backup_folder(o.dir, o.output));
  return copy_folder(*source.store, o.dir, o.output);
}

// Whoever opens a store in the moment in which a writer does may see it as it was before, or miss a file of it.
bool may_be_passing(const ledger::Error& e) { return e.code == "storage" || e.code == "storage-damaged" || e.code == "log-rolled-back"; }

ledger::Result<ledger::Copied> back_up(const BackupOptions& o) {
  LEDGER_CHECK(check_outside(o.dir, o.output));
  constexpr int kTries = 3;
  auto copied = copy_once(o);
  for (int i = 1; i < kTries && !copied && may_be_passing(copied.error()); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    copied = copy_once(o);
  }
  if (copied) LEDGER_CHECK(read_back(o.output, copied->head));
  return copied;
}

OrderedJson head_json(const ledger::Checkpoint& head) {
  return {{"origin", head.origin}, {"size", head.size}, {"root", ledger::hex(head.root.view())}};
}

// The paths of what a backup never holds.
std::string keys_text(const App& app, const std::string& dir) {
  const auto settings = read_settings(dir).value_or(Settings{});
  std::string out;
  for (auto& path : {settings.operator_key, settings.vault_key})
    if (!path.empty()) out += "  " + path + "\n";
  return out.empty() ? out : app.t("备份不含以下密钥,请另行保管:\n", "not in the backup, keep copies of them elsewhere:\n") + out;
}

void print(const App& app, const BackupOptions& o, const ledger::Copied& c) {
  std::cout << mark(app, c.genesis) << o.output << ": " << c.head.size << app.t(" 条记录,新增 ", " records, ") << c.head.size - c.old
            << app.t(" 条,均已核验\n", " of them new; all checked\n") << app.t("树根 ", "root ") << ledger::hex(c.head.root.view()) << "\n";
  if (c.waiting != 0)
    std::cout << app.t("尚无检查点、未备份的记录:", "not copied, having no stored checkpoint yet: ") << c.waiting << app.t(" 条\n", " records\n");
  std::cout << keys_text(app, o.dir);
}

}  // namespace

int run_backup(const App& app, const BackupOptions& o) {
  const auto copied = back_up(o);
  if (!copied) return fail(app, copied.error(), o.output);
  if (!app.json) return print(app, o, *copied), kGood;
  OrderedJson j{{"backup", o.output}};
  j.update(head_json(copied->head));
  j["oldSize"] = copied->old, j["waiting"] = copied->waiting;
  std::cout << j.dump() << "\n";
  return kGood;
}

namespace {

struct Restored {
  ledger::Copied copied;
  ledger::VerifyReport report;
  std::optional<ledger::Checkpoint> newest;   // known from elsewhere, over more than was restored
};

// The head of a note that this ledger's operator signed over more records than there are.
std::optional<ledger::Checkpoint> newer_head(const std::string& text, const ledger::Copied& copied) {
  const auto note = ledger::parse_note(text);
  if (!note || !ledger::verify_note(*note, copied.operators)) return std::nullopt;
  const auto head = ledger::parse_checkpoint(note->text);
  if (!head || head->origin != copied.head.origin || head->size <= copied.head.size) return std::nullopt;
  return *head;
}

// Checks the notes that are of what was restored, and keeps the newest of the others.
ledger::Status verify_restored(const App& app, const std::string& dir, const std::vector<std::string>& notes, Restored& r) {
  VerifyInput in;
  for (auto& note : notes) {
    auto head = newer_head(note, r.copied);
    if (!head) in.checkpoints.push_back(note);
    else if (!r.newest || head->size > r.newest->size) r.newest = std::move(*head);
  }
  in.vault_keys = dir + "/vault.keys";
  const auto store = LEDGER_TRY(ledger::open_store(dir, ledger::OpenMode::read));
  r.report = LEDGER_TRY(verify_store(app, *store, in));
  return {};
}

// What could not be copied whole is taken away again.
void take_away(const std::string& dir, bool made) {
  std::error_code ec;
  for (auto* name : {"/db", "/vault.keys", "/settings.json", "/settings.json.part"}) fs::remove_all(dir + name, ec);
  if (made) fs::remove(dir, ec);
}

ledger::Result<Reader> open_backup(const std::string& dir) {
  if (!is_backup(dir)) return ledger::refuse("not-a-backup", dir + " holds no backup: pufa backup makes one");
  auto source = open_reader(dir);
  if (source || source.error().code != "not-a-ledger") return source;
  return ledger::refuse("not-a-backup", dir + " holds nothing yet, its first run was cut off: run pufa backup again");
}

ledger::Result<ledger::Copied> copy_backup(const RestoreOptions& o) {
  const auto source = LEDGER_TRY(open_backup(o.backup));
  LEDGER_CHECK(check_outside(o.backup, o.dir));
  LEDGER_CHECK(check_new_folder(o.dir));
  std::error_code ec;
  const bool made = fs::create_directories(o.dir, ec);
  if (ec) return ledger::refuse("file-write", o.dir + " cannot be made: " + ec.message());
  auto copied = copy_folder(*source.store, o.backup, o.dir);
  if (!copied) take_away(o.dir, made);
  return copied;
}

ledger::Result<Restored> restore(const App& app, const RestoreOptions& o) {
  const auto notes = LEDGER_TRY(read_checkpoint_files(o.checkpoints));
  Restored out{LEDGER_TRY(copy_backup(o)), {}, {}};
  LEDGER_CHECK(verify_restored(app, o.dir, notes, out));
  return out;
}

OrderedJson json_of(const RestoreOptions& o, const Restored& r) {
  OrderedJson j{{"ledger", o.dir}};
  j.update(to_json(r.report));
  j["lastAdmitted"] = ledger::format_instant(r.copied.last_admitted);
  j["destroyed"] = r.copied.destroyed.size();
  if (r.newest) j["lost"] = {{"first", r.copied.head.size}, {"last", r.newest->size - 1}, {"head", head_json(*r.newest)}};
  return j;
}

void print_lost(const App& app, const RestoreOptions& o, const Restored& r) {
  const auto first = "@" + std::to_string(r.copied.head.size), last = "@" + std::to_string(r.newest->size - 1);
  std::cout << app.t("缺失:备份之后还有记录 ", "lost: after the backup came the records ") << first << app.t(" 至 ", " to ") << last
            << app.t(",已知检查点的树根 ", "; the checkpoint known has root ") << ledger::hex(r.newest->root.view()) << "\n"
            << app.t("在恢复的账本上继续写入即为分叉,见证方、镜像和回执都会发现。请先寻找较新的备份;\n"
                     "确实找不到时,用 pufa succeed 另立后继账本,以该检查点为前身:--after ",
                     "Going on in the restored ledger would be a fork, which witnesses, mirrors and receipts show. Look for a newer backup;\n"
                     "when there is none, make a successor with pufa succeed, of that checkpoint: --after ")
            << o.checkpoints.front() << "\n";
}

void print(const App& app, const RestoreOptions& o, const Restored& r) {
  std::cout << mark(app, r.copied.genesis) << succession(app, r.copied.genesis);
  print(app, r.report);
  std::cout << app.t("最后受理时间 ", "last admitted ") << ledger::format_instant(r.copied.last_admitted) << "\n";
  if (const auto n = r.copied.destroyed.size(); n != 0) std::cout << app.t("已按记录再次销毁密钥:", "destructions of keys done again: ") << n << "\n";
  if (r.newest) return print_lost(app, o, r);
  if (r.report.findings.empty()) std::cout << app.t("账本已恢复:", "ledger restored: ") << o.dir << "\n";
}

}  // namespace

int run_restore(const App& app, const RestoreOptions& o) {
  const auto restored = restore(app, o);
  if (!restored) return fail(app, restored.error());
  if (app.json) std::cout << json_of(o, *restored).dump() << "\n";
  else print(app, o, *restored);
  return restored->report.findings.empty() && !restored->newest ? kGood : kDifferent;
}

}  // namespace tools
