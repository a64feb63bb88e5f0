// A file system below RocksDB that fails as it is told to: for tests of what a ledger keeps.
//
// Every operation that changes something is counted: a file made, appended to, synced, renamed, deleted, a
// folder synced. A plan fails the n-th of them, or all from the n-th on (the disk is full, the power is gone).
// What no sync has made durable is known, and `lose_unsynced` takes it away as a power cut may: appended bytes
// cut off, torn, or lost in blocks; and what was made, renamed or deleted since the last sync of its folder.
#pragma once

#include <rocksdb/file_system.h>

#include <map>
#include <mutex>
#include <random>
#include <vector>

namespace crash {

enum class Fault { none, error, full, power };
enum class Loss { all, torn, reordered };

class FaultyFiles final : public rocksdb::FileSystemWrapper {
 public:
  using Io = rocksdb::IOStatus;

  // Deleted and replaced files are kept in `attic`, a folder on the same disk, until their folder is synced.
  explicit FaultyFiles(std::string attic);
  const char* Name() const override { return "FaultyFiles"; }

  void plan(Fault, std::uint64_t at);      // the at-th operation from now, from 1
  void flip_read(std::uint64_t at);        // one bit of what the at-th read from now gives; 0: of none
  bool struck() const { return struck_; }  // the plan was reached
  std::uint64_t syncs() const { return syncs_; }

  // The power is back; of what was not durable so much is gone.
  void lose_unsynced(Loss, std::uint64_t seed);

  Io NewWritableFile(const std::string&, const rocksdb::FileOptions&, std::unique_ptr<rocksdb::FSWritableFile>*, rocksdb::IODebugContext*) override;
  Io NewRandomAccessFile(const std::string&, const rocksdb::FileOptions&, std::unique_ptr<rocksdb::FSRandomAccessFile>*, rocksdb::IODebugContext*) override;
  Io NewSequentialFile(const std::string&, const rocksdb::FileOptions&, std::unique_ptr<rocksdb::FSSequentialFile>*, rocksdb::IODebugContext*) override;
  Io NewDirectory(const std::string&, const rocksdb::IOOptions&, std::unique_ptr<rocksdb::FSDirectory>*, rocksdb::IODebugContext*) override;
  Io DeleteFile(const std::string&, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override;
  Io RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override;

 private:
  friend class FaultyWritable;
  friend class FaultyFolder;
  friend class FaultyReads;

  enum class Op { make, append, sync, rename, remove };
  struct File {
    std::uint64_t written = 0, synced = 0;
  };
  // Of a name in a folder that was not synced since. `kept`: what stood there before, in the attic; empty: nothing.
  struct Change {
    Op op{};
    std::string path, from, kept;
    File was;                              // of `kept`
  };

  Io strike(Op);
  Io appended(const std::string& path, std::uint64_t bytes);
  Io synced(const std::string& path);
  Io folder_synced(const std::string& folder);
  void read(rocksdb::Slice* result, char* scratch);
  // Moves what stands at the path to the attic. Empty: nothing stands there.
  std::string keep(const std::string& path);
  void undo(const Change&);

  const std::string attic_;
  mutable std::mutex mutex_;
  Fault fault_ = Fault::none;
  std::uint64_t at_ = 0, operations_ = 0, flip_at_ = 0, reads_ = 0, kept_ = 0, syncs_ = 0;
  std::atomic<bool> struck_{false};
  std::map<std::string, File> files_;
  std::vector<Change> changes_;            // oldest first
};

}  // namespace crash
