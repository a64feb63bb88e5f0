#include "tests/damage/ledger_files.h"

#include <rocksdb/db.h>
#include <unistd.h>

#include <algorithm>

#include "tools/cli/workspace.h"
#include "tools/commands/verify.h"

namespace damage {

using command::Contents;
using command::Json;
using ledger::Shelf;

namespace {

// RocksDB's own handle on the ledger's database, for what the store does not offer.
class Database {
 public:
  explicit Database(const std::string& dir) {
    const std::string path = dir + "/db";
    std::vector<std::string> names;
    REQUIRE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (auto& n : names) families.push_back({n, {}});
    rocksdb::DBOptions options;
    options.track_and_verify_wals_in_manifest = true;   // as the store's own
    REQUIRE(rocksdb::DB::Open(options, path, families, &handles_, &db_).ok());
  }
  ~Database() {
    for (auto* h : handles_) db_->DestroyColumnFamilyHandle(h);
    delete db_;
  }
  rocksdb::DB& operator*() { return *db_; }
  const std::vector<rocksdb::ColumnFamilyHandle*>& handles() const { return handles_; }
  rocksdb::ColumnFamilyHandle* handle(Shelf shelf) const {
    return *std::find_if(handles_.begin(), handles_.end(), [&](auto* h) { return h->GetName() == ledger::name_of(shelf); });
  }
  // In the order of their first keys.
  std::vector<rocksdb::LiveFileMetaData> tables_of(Shelf shelf) const {
    std::vector<rocksdb::LiveFileMetaData> out;
    db_->GetLiveFilesMetaData(&out);
    std::erase_if(out, [&](auto& f) { return f.column_family_name != ledger::name_of(shelf); });
    std::sort(out.begin(), out.end(), [](auto& l, auto& r) { return l.smallestkey < r.smallestkey; });
    return out;
  }

 private:
  rocksdb::DB* db_ = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace

void fill(command::Site& site, int trainings) {
  const std::string bytes = "照片";
  site.file("photo.jpg", bytes);
  Json shown = command::training("附照片");
  shown["data"]["attachments"] = Json::array({{{"name", "photo.jpg"}, {"mediaType", "image/jpeg"}, {"size", bytes.size()}, {"sha256", ledger::hex(ledger::sha256(bytes).view())}}});
  std::string lines = shown.dump() + "\n";
  for (int i = 0; i < trainings; ++i) lines += command::training("学习" + std::to_string(i)).dump() + "\n";
  site.admit("unit", lines, {"--attachments", site.folder.str()});
  site.admit("desk", command::complaint().dump());
}

void move_to_tables(const std::string& dir) {
  Database db(dir);
  rocksdb::CompactRangeOptions anew;
  anew.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (auto* h : db.handles()) {
    REQUIRE((*db).Flush({}, h).ok());
    REQUIRE((*db).CompactRange(anew, h, nullptr, nullptr).ok());
  }
}

void move_to_level_one(const std::string& dir, Shelf shelf) {
  Database db(dir);   // opening moves the write-ahead log into tables of level 0
  for (auto& f : db.tables_of(shelf))
    if (f.level == 0) REQUIRE((*db).CompactFiles({}, db.handle(shelf), {f.name}, 1).ok());
}

std::vector<std::string> tables_of(const std::string& dir, Shelf shelf) {
  Database db(dir);
  std::vector<std::string> out;
  for (auto& f : db.tables_of(shelf)) out.push_back(dir + "/db" + f.name);
  return out;
}

std::string table_of(const std::string& dir, Shelf shelf) {
  const auto tables = tables_of(dir, shelf);
  REQUIRE(!tables.empty());
  return tables.front();
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> out;
  for (auto& e : command::fs::recursive_directory_iterator(folder))
    if (e.is_regular_file()) out.push_back(e.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Contents> contents_of(const ledger::Store& store) {
  Contents out;
  for (int s = 0; s < ledger::kShelves; ++s) {
    const auto all = store.scan(static_cast<Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) { return out[{s, ledger::Bytes(k)}] = ledger::Bytes(v), true; });
    if (!all) return std::nullopt;
  }
  return out;
}

Judged judge(const std::string& dir, const Contents& expected, const std::string& checkpoint) {
  ::alarm(60);
  const auto found = tools::open_salvaged(dir);
  if (!found) {
    CHECK((found.error().code == "storage-damaged" || found.error().code == "storage" || found.error().code == "not-a-ledger"));
    CHECK(found.error().message.find(dir) != std::string::npos);
    return ::alarm(0), Judged{Verdict::refused, found.error().code + ": " + found.error().message};
  }
  const auto report = tools::verify_store({}, *found->store, {.checkpoints = {checkpoint}, .vault_keys = dir + "/vault.keys"});
  ::alarm(0);
  if (!report) return {Verdict::refused, report.error().code + ": " + report.error().message};
  if (found->damage) return {Verdict::found, found->damage->code + ": " + found->damage->message};
  if (!report->findings.empty()) return {Verdict::found, report->findings[0].code + ": " + report->findings[0].message};
  if (report->attachments_absent != 0) return {Verdict::found, "attachments are absent"};   // all were there
  auto contents = contents_of(*found->store);
  REQUIRE(contents);
  // The writer signs the newest checkpoint anew, where the write at its closing was lost.
  for (auto& row : expected)
    if (row.second == checkpoint) contents->insert(row);
  for (auto& [place, value] : expected) {
    INFO("the shelf " << ledger::name_of(static_cast<Shelf>(place.first)) << ", " << ledger::hex(place.second));
    CHECK((contents->count(place) != 0 && contents->at(place) == value));
  }
  CHECK(contents->size() == expected.size());
  return {Verdict::harmless, {}};
}

}  // namespace damage
