// The store over RocksDB: a column family a shelf.
//
// Recovery is point-in-time: a torn tail of the write-ahead log (a write that was never acknowledged)
// is dropped at opening, and the ledger then checks its newest checkpoint against the tree, so that a
// loss of acknowledged records is found and said.
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <filesystem>

#include "ledger/store/store.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

rocksdb::Slice slice(BytesView v) { return {v.data(), v.size()}; }
BytesView view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

tl::unexpected<Error> storage_error(const rocksdb::Status& s, const std::string& what) {
  const std::string text = s.ToString();
  if (s.IsNoSpace() || text.find("No space left") != std::string::npos)
    return refuse("storage-full", what + ": the disk is full; nothing was acknowledged");
  if (text.find("lock") != std::string::npos && s.IsIOError())
    return refuse("ledger-locked", "another process is writing to this ledger: try again when it is done");
  if (text.find("ermission denied") != std::string::npos || text.find("Read-only") != std::string::npos)
    return refuse("storage", what + ": the folder cannot be written to (permissions or a read-only disk)");
  if (s.IsCorruption()) return refuse("storage-damaged", what + ": stored bytes are damaged");
  return refuse("storage", what + ": " + (s.IsIOError() ? "reading or writing failed" : "the store refused"));
}

rocksdb::ColumnFamilyOptions family_options(Shelf shelf) {
  rocksdb::ColumnFamilyOptions o;
  const bool compressible = shelf == Shelf::bodies || shelf == Shelf::records || shelf == Shelf::checkpoints || shelf == Shelf::snapshots;
  o.compression = compressible ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  o.write_buffer_size = 64 << 20;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 << 10;
  if (shelf == Shelf::ids || shelf == Shelf::submissions) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return o;
}

class RocksStore final : public Store {
 public:
  ~RocksStore() override {
    for (auto* h : handles_) db_->DestroyColumnFamilyHandle(h);
  }

  Result<std::optional<Bytes>> get(Shelf shelf, BytesView key) const override {
    rocksdb::PinnableSlice value;
    auto s = db_->Get(rocksdb::ReadOptions(), handle(shelf), slice(key), &value);
    if (s.IsNotFound()) return std::optional<Bytes>();
    if (!s.ok()) return storage_error(s, std::string("reading ") + name_of(shelf));
    return std::optional<Bytes>(Bytes(view(value)));
  }

  Status scan(Shelf shelf, BytesView from, const std::function<bool(BytesView, BytesView)>& f) const override {
    rocksdb::ReadOptions options;
    options.readahead_size = 2 << 20;
    std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, handle(shelf)));
    for (it->Seek(slice(from)); it->Valid(); it->Next())
      if (!f(view(it->key()), view(it->value()))) return {};
    if (!it->status().ok()) return storage_error(it->status(), std::string("reading ") + name_of(shelf));
    return {};
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
    if (!s.ok()) return storage_error(s, "writing");
    return {};
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;

 private:
  rocksdb::ColumnFamilyHandle* handle(Shelf s) const { return handles_[1 + static_cast<std::size_t>(s)]; }
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& directory, OpenMode mode) {
  std::error_code ec;
  const std::string path = directory + "/db";
  if (mode != OpenMode::create && !fs::exists(path + "/CURRENT", ec))
    return refuse("not-a-ledger", "there is no ledger in " + directory + ": make one with pufa init or pufa demo");
  rocksdb::DBOptions options;
  options.create_if_missing = options.create_missing_column_families = mode == OpenMode::create;
  options.error_if_exists = mode == OpenMode::create;
  options.track_and_verify_wals_in_manifest = true;
  options.keep_log_file_num = 2;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_total_wal_size = 64 << 20;   // bounds what each opening has to replay
  std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, {}}};
  for (int i = 0; i < kShelves; ++i) {
    const auto shelf = static_cast<Shelf>(i);
    families.push_back({name_of(shelf), family_options(shelf)});
  }
  auto store = std::make_unique<RocksStore>();
  rocksdb::DB* db = nullptr;
  auto s = mode == OpenMode::read ? rocksdb::DB::OpenForReadOnly(options, path, families, &store->handles_, &db)
                                  : rocksdb::DB::Open(options, path, families, &store->handles_, &db);
  if (!s.ok()) return storage_error(s, "opening " + directory);
  store->db_.reset(db);
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace ledger
