// The store over RocksDB: a column family a shelf.
//
// Recovery: the write-ahead log must read to its end, so that a bit that flipped on its way from the disk
// drops nothing. Where it does not, its tail may be dropped (a write that was torn, or is under way, and was
// never acknowledged), but only if no whole write follows: else what is damaged was acknowledged, and opening
// refuses with nothing changed. The ledger then checks its newest checkpoint against the tree.
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <chrono>
#include <cstdarg>
#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger/store/rocks.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

using Families = std::vector<rocksdb::ColumnFamilyDescriptor>;

constexpr std::uint64_t kReplayBytesMax = 4 << 20;
constexpr std::size_t kReadersCacheBytes = 64 << 20;   // of all shelves; half is kept for indexes and filters, whatever is scanned: those of 25,000,000 ids
constexpr int kOpeningsMax = 100;   // of a reader beside a writer that is never still; waits of 5 s in all

rocksdb::Slice slice(BytesView v) { return {v.data(), v.size()}; }
BytesView view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

tl::unexpected<Error> storage_error(const rocksdb::Status& s, const std::string& what) {
  const std::string text = s.ToString();
  if (s.IsNoSpace() || text.find("No space left") != std::string::npos)
    return refuse("storage-full", what + ": the disk is full; nothing was acknowledged");
  // The whole words: a path may hold "lock", and a lock file that may not be opened is held by nobody.
  if (text.find("While lock file") != std::string::npos || text.find("lock hold by current process") != std::string::npos)
    return refuse("ledger-locked", "another process is writing to this ledger: try again when it is done");
  if (text.find("ermission denied") != std::string::npos || text.find("Read-only") != std::string::npos)
    return refuse("storage", what + ": the folder cannot be read or written (permissions or a read-only disk)");
  if (s.IsCorruption()) return refuse("storage-damaged", what + ": stored bytes are damaged");
  if (s.IsPathNotFound() || text.find("No such file") != std::string::npos) return refuse("storage-damaged", what + ": a file of the database is missing");
  return refuse("storage", what + ": " + (s.IsIOError() ? "reading or writing failed" : "the store refused"));
}

// `readers`: the cache of a store that is only read, null of one that is written. A reader needs few of the tables' indexes and
// filters, and reads those when it does; a writer asks for ids all day and holds them.
rocksdb::ColumnFamilyOptions family_options(Shelf shelf, const std::shared_ptr<rocksdb::Cache>& readers) {
  rocksdb::ColumnFamilyOptions o;
  const bool compressible = shelf == Shelf::bodies || shelf == Shelf::records || shelf == Shelf::checkpoints;
  o.compression = compressible ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  o.write_buffer_size = 64 << 20;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 << 10;
  table.cache_index_and_filter_blocks = readers != nullptr;
  if (readers) table.block_cache = readers;
  if (shelf == Shelf::ids || shelf == Shelf::submissions) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return o;
}

// RocksDB 7.8 passes over a table whose first block is damaged, in good order, when it comes to it from the one before. No
// key is ever deleted, so the first key of each table must be met; looking for one that was not says what is wrong.
class RocksCursor final : public Cursor {
 public:
  // `firsts`: the first key of each table, in order.
  RocksCursor(std::unique_ptr<rocksdb::Iterator> it, Shelf shelf, std::vector<std::string> firsts, BytesView from)
      : it_(std::move(it)), shelf_(shelf), firsts_(std::move(firsts)), next_first_(std::lower_bound(firsts_.begin(), firsts_.end(), from)) {
    it_->Seek(slice(from));
    meet_firsts();
  }
  bool valid() const override { return it_->Valid(); }
  BytesView key() const override { return view(it_->key()); }
  BytesView value() const override { return view(it_->value()); }
  void next() override {
    it_->Next();
    meet_firsts();
  }
  Status status() const override {
    if (it_->status().ok()) return {};
    return storage_error(it_->status(), std::string("reading ") + name_of(shelf_));
  }

 private:
  // Those up to where the iterator is, or all that are left at the end.
  void meet_firsts() {
    for (; next_first_ != firsts_.end() && (it_->Valid() ? BytesView(*next_first_) <= key() : it_->status().ok()); ++next_first_)
      if (!it_->Valid() || key() != *next_first_) it_->Seek(*next_first_);
  }

  std::unique_ptr<rocksdb::Iterator> it_;
  Shelf shelf_;
  const std::vector<std::string> firsts_;
  std::vector<std::string>::const_iterator next_first_;
};

class RocksStore final : public Store {
 public:
  RocksStore(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> handles, bool writes)
      : db_(std::move(db)), handles_(std::move(handles)), writes_(writes) {}
  ~RocksStore() override {
    if (writes_ && !failed_) flush_large();
    for (auto* h : handles_) db_->DestroyColumnFamilyHandle(h);
  }

  // Number of the last write that was read.
  std::uint64_t last_write() const { return db_->GetLatestSequenceNumber(); }

  Result<std::optional<Bytes>> get(Shelf shelf, BytesView key) const override {
    rocksdb::PinnableSlice value;
    auto s = db_->Get(rocksdb::ReadOptions(), handle(shelf), slice(key), &value);
    if (s.IsNotFound()) return std::optional<Bytes>();
    if (!s.ok()) return storage_error(s, std::string("reading ") + name_of(shelf));
    return std::optional<Bytes>(Bytes(view(value)));
  }

  std::unique_ptr<Cursor> seek(Shelf shelf, BytesView from) const override {
    rocksdb::ReadOptions options;
    options.readahead_size = 2 << 20;
    options.fill_cache = false;   // what is read in order is not read again soon
    auto firsts = first_keys(shelf);   // before the iterator, which then sees them all
    return std::make_unique<RocksCursor>(std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, handle(shelf))), shelf, std::move(firsts), from);
  }

  Result<std::optional<std::pair<Bytes, Bytes>>> last(Shelf shelf) const override {
    std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions(), handle(shelf)));
    it->SeekToLast();
    if (it->Valid()) return std::optional(std::pair{Bytes(view(it->key())), Bytes(view(it->value()))});
    if (!it->status().ok()) return storage_error(it->status(), std::string("reading ") + name_of(shelf));
    return std::optional<std::pair<Bytes, Bytes>>();
  }

  Status write(const Batch& batch, bool sync) override {
    rocksdb::WriteBatch b;
    for (auto& p : batch) b.Put(handle(p.shelf), slice(p.key), slice(p.value));
    rocksdb::WriteOptions options;
    options.sync = sync;
    auto s = db_->Write(options, &b);
    failed_ |= !s.ok();
    if (!s.ok()) return storage_error(s, "writing");
    return {};
  }

 private:
  rocksdb::ColumnFamilyHandle* handle(Shelf s) const { return handles_[static_cast<std::size_t>(s)]; }

  // Of each table of the shelf.
  std::vector<std::string> first_keys(Shelf shelf) const {
    rocksdb::ColumnFamilyMetaData tables;
    db_->GetColumnFamilyMetaData(handle(shelf), &tables);
    std::vector<std::string> out;
    for (auto& level : tables.levels)
      for (auto& table : level.files) out.push_back(table.smallestkey);
    std::sort(out.begin(), out.end());
    return out;
  }

  // What lies in the write-ahead log is replayed at every opening, by readers too: not too much of it.
  void flush_large() {
    if (sum_of("rocksdb.cur-size-all-mem-tables") <= kReplayBytesMax) return;
    // A shelf that is being flushed while the next log is begun would keep the last one: RocksDB advances only empty shelves.
    while (sum_of("rocksdb.num-immutable-mem-table") > 0 && sum_of("rocksdb.background-errors") == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    db_->Flush(rocksdb::FlushOptions(), handles_).PermitUncheckedError();
  }

  // Of all shelves.
  std::uint64_t sum_of(const char* property) const {
    std::uint64_t sum = 0;
    for (auto* h : handles_) {
      std::uint64_t n = 0;
      if (db_->GetIntProperty(h, property, &n)) sum += n;
    }
    return sum;
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;   // of the shelves, in their order, then of any others
  bool writes_, failed_ = false;   // the last: a write
};

}  // namespace

namespace {

// RocksDB's own log file ends the process when a full disk fails it twice, and readers would write it too.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

bool reads_only(OpenMode mode) { return mode == OpenMode::read || mode == OpenMode::salvage; }
bool makes(OpenMode mode) { return mode == OpenMode::create || mode == OpenMode::resume; }

rocksdb::DBOptions db_options(OpenMode mode, rocksdb::Env* env) {
  rocksdb::DBOptions o;
  o.env = env;
  o.create_if_missing = o.create_missing_column_families = makes(mode);
  o.error_if_exists = mode == OpenMode::create;
  o.track_and_verify_wals_in_manifest = true;
  o.skip_stats_update_on_db_open = true;
  o.max_open_files = -1;             // a reader holds all tables from the beginning: a writer deletes those that it merged
  o.max_file_opening_threads = 1;    // else 16 threads a shelf are made at every opening
  o.allow_fallocate = false;         // else each opening for writing takes 64 MiB of the disk for the log, and clears them on one in memory
  o.info_log = std::make_shared<NoLog>();
  o.max_total_wal_size = 64 << 20;   // bounds what an opening after a crash has to replay
  if (mode == OpenMode::salvage) o.paranoid_checks = false;   // missing tables too
  return o;
}

// The shelves first, in their order; a writer must also open families that older versions kept.
Families families_of(const std::string& path, OpenMode mode, const rocksdb::DBOptions& options) {
  const auto readers = reads_only(mode) ? rocksdb::NewLRUCache(kReadersCacheBytes, -1, false, 0.5) : nullptr;
  Families out;
  for (int i = 0; i < kShelves; ++i) {
    const auto shelf = static_cast<Shelf>(i);
    out.push_back({name_of(shelf), family_options(shelf, readers)});
  }
  std::vector<std::string> stored{rocksdb::kDefaultColumnFamilyName};
  if (mode != OpenMode::create) rocksdb::DB::ListColumnFamilies(options, path, &stored).PermitUncheckedError();
  for (auto& name : stored)
    if (std::none_of(out.begin(), out.end(), [&](auto& f) { return f.name == name; })) out.push_back({name, {}});
  return out;
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& directory, OpenMode mode) { return open_rocks(directory, mode, rocksdb::Env::Default()); }

namespace {

using Recovery = rocksdb::WALRecoveryMode;

struct Opening {
  rocksdb::DBOptions options;
  std::string path;
  Families families;
};

rocksdb::Status open_db(const Opening& o, OpenMode mode, Recovery recovery, std::unique_ptr<RocksStore>& out) {
  auto options = o.options;
  options.wal_recovery_mode = recovery;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  auto s = reads_only(mode) ? rocksdb::DB::OpenForReadOnly(options, o.path, o.families, &handles, &db)
                            : rocksdb::DB::Open(options, o.path, o.families, &handles, &db);
  if (s.ok()) out = std::make_unique<RocksStore>(std::unique_ptr<rocksdb::DB>(db), std::move(handles), !reads_only(mode));
  return s;
}

// How far the writes reach when they are read in this way; opening for reading changes nothing.
rocksdb::Status last_write(const Opening& o, Recovery recovery, std::uint64_t& sequence) {
  std::unique_ptr<RocksStore> store;
  auto s = open_db(o, OpenMode::read, recovery, store);
  if (s.ok()) sequence = store->last_write();
  return s;
}

// Of a log that does not read to its end: whether only its last write is torn.
Status check_only_tail_is_torn(const Opening& o, const std::string& directory) {
  std::uint64_t before_damage = 0, whole = 0;
  auto s = last_write(o, Recovery::kSkipAnyCorruptedRecords, whole);
  if (s.ok()) s = last_write(o, Recovery::kPointInTimeRecovery, before_damage);   // second: a writer may have gone on meanwhile
  if (!s.ok()) return storage_error(s, "opening " + directory);
  if (whole <= before_damage) return {};
  return refuse("storage-damaged", "opening " + directory + ": its write-ahead log (db/*.log) is damaged before its last write; nothing was changed: restore the folder from a backup");
}

Result<std::unique_ptr<Store>> open_once(const std::string& directory, OpenMode mode, rocksdb::Env* env) {
  std::error_code ec;
  const std::string path = directory + "/db";
  const bool has_list = fs::exists(path + "/CURRENT", ec);
  if (ec) return refuse("storage", "opening " + directory + ": the folder cannot be read (permissions)");
  if (!makes(mode) && !has_list && fs::exists(path, ec) && !fs::is_empty(path, ec))
    return refuse("storage-damaged", directory + "/db lacks its file CURRENT: restore the folder from a backup");
  if (!makes(mode) && !has_list)
    return refuse("not-a-ledger", "there is no ledger in " + directory + ": make one with pufa init or pufa demo, or restore the lost one from a backup");
  const auto options = db_options(mode, env);
  const Opening opening{options, path, families_of(path, mode, options)};
  std::unique_ptr<RocksStore> store;
  auto s = open_db(opening, mode, mode == OpenMode::salvage ? Recovery::kSkipAnyCorruptedRecords : Recovery::kAbsoluteConsistency, store);
  if (s.IsCorruption() && mode != OpenMode::salvage) {
    LEDGER_CHECK(check_only_tail_is_torn(opening, directory));
    s = open_db(opening, mode, Recovery::kPointInTimeRecovery, store);
  }
  if (!s.ok() && !s.IsIOError() && !s.IsCorruption() && !makes(mode))
    return refuse("storage-damaged", directory + "/db is not as a ledger's: its list of files is damaged, or its making was cut off");
  if (!s.ok()) return storage_error(s, "opening " + directory);
  return std::unique_ptr<Store>(std::move(store));
}

// The list of tables, by its name and size.
std::pair<std::string, std::uintmax_t> list_of_tables(const std::string& path) {
  std::string name;
  std::getline(std::ifstream(path + "/CURRENT"), name);
  std::error_code ec;
  return {name, fs::file_size(path + "/" + name, ec)};
}

}  // namespace

// A writer, opening or while it writes, makes tables of its log of writes, or one of several; it writes so into the list
// of tables, and then deletes what it no longer needs. A reader that has read the list before and looks for the files
// after would miss what it was acknowledged, on some shelves or on all: it reads again where the list has changed.
Result<std::unique_ptr<Store>> open_rocks(const std::string& directory, OpenMode mode, rocksdb::Env* env) {
  for (int i = 0; i < kOpeningsMax; ++i) {
    const auto before = list_of_tables(directory + "/db");
    auto store = open_once(directory, mode, env);
    if (!reads_only(mode) || list_of_tables(directory + "/db") == before) return store;
    std::this_thread::sleep_for(std::chrono::milliseconds(i));
  }
  return refuse("storage", "opening " + directory + ": a writer changed its files again and again meanwhile: try again");
}

Status rebuild_store_lists(const std::string& directory) {
  const std::string path = directory + "/db";
  Families families{{rocksdb::kDefaultColumnFamilyName, {}}};
  for (int i = 0; i < kShelves; ++i) families.push_back({name_of(static_cast<Shelf>(i)), family_options(static_cast<Shelf>(i), nullptr)});
  const auto s = rocksdb::RepairDB(path, db_options(OpenMode::salvage, rocksdb::Env::Default()), families, {});
  if (!s.ok()) return storage_error(s, "making the lists of files in " + path + " anew");
  LEDGER_CHECK(open_store(directory, OpenMode::resume));   // adds the shelves on which nothing was
  return {};
}

}  // namespace ledger
