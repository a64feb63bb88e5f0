#include "tests/crash/faulty_files.h"

#include <cstring>
#include <filesystem>
#include <fstream>

namespace crash {

namespace fs = std::filesystem;
using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSRandomAccessFile;
using rocksdb::FSSequentialFile;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::Slice;
using Io = FaultyFiles::Io;

namespace {

constexpr std::uint64_t kDiskBlock = 512;

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

}  // namespace

// ---- the files that RocksDB holds

class FaultyWritable final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyWritable(std::unique_ptr<FSWritableFile> file, std::string path, FaultyFiles& files)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), files_(files) {}

  Io Append(const Slice& data, const IOOptions& o, IODebugContext* d) override {
    if (auto s = files_.appended(path_, data.size()); !s.ok()) return s;
    return FSWritableFileOwnerWrapper::Append(data, o, d);
  }
  Io Append(const Slice& data, const IOOptions& o, const rocksdb::DataVerificationInfo&, IODebugContext* d) override { return Append(data, o, d); }
  Io Sync(const IOOptions& o, IODebugContext* d) override {
    auto s = FSWritableFileOwnerWrapper::Flush(o, d);   // the disk below is memory: no need to wait for it
    return s.ok() ? files_.synced(path_) : s;
  }
  Io Fsync(const IOOptions& o, IODebugContext* d) override { return Sync(o, d); }
  Io RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override { return Io::OK(); }   // promises nothing

 private:
  std::string path_;
  FaultyFiles& files_;
};

class FaultyFolder final : public FSDirectory {
 public:
  FaultyFolder(std::string path, FaultyFiles& files) : path_(std::move(path)), files_(files) {}
  Io Fsync(const IOOptions&, IODebugContext*) override { return files_.folder_synced(path_); }

 private:
  std::string path_;
  FaultyFiles& files_;
};

class FaultyReads {
 public:
  explicit FaultyReads(FaultyFiles& files) : files_(files) {}
  Io pass(Io s, Slice* result, char* scratch) const {
    if (s.ok()) files_.read(result, scratch);
    return s;
  }

 private:
  FaultyFiles& files_;
};

namespace {

class FaultyRandomAccess final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  FaultyRandomAccess(std::unique_ptr<FSRandomAccessFile> file, FaultyFiles& files) : FSRandomAccessFileOwnerWrapper(std::move(file)), reads_(files) {}
  Io Read(std::uint64_t offset, std::size_t n, const IOOptions& o, Slice* result, char* scratch, IODebugContext* d) const override {
    return reads_.pass(FSRandomAccessFileOwnerWrapper::Read(offset, n, o, result, scratch, d), result, scratch);
  }
  Io MultiRead(rocksdb::FSReadRequest* all, std::size_t n, const IOOptions& o, IODebugContext* d) override {
    for (std::size_t i = 0; i < n; ++i) all[i].status = Read(all[i].offset, all[i].len, o, &all[i].result, all[i].scratch, d);
    return Io::OK();
  }
  Io Prefetch(std::uint64_t, std::size_t, const IOOptions&, IODebugContext*) override { return Io::NotSupported(); }

 private:
  FaultyReads reads_;
};

class FaultySequential final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  FaultySequential(std::unique_ptr<FSSequentialFile> file, FaultyFiles& files) : FSSequentialFileOwnerWrapper(std::move(file)), reads_(files) {}
  Io Read(std::size_t n, const IOOptions& o, Slice* result, char* scratch, IODebugContext* d) override {
    return reads_.pass(FSSequentialFileOwnerWrapper::Read(n, o, result, scratch, d), result, scratch);
  }

 private:
  FaultyReads reads_;
};

}  // namespace

// ---- the plan

FaultyFiles::FaultyFiles(std::string attic) : FileSystemWrapper(rocksdb::FileSystem::Default()), attic_(std::move(attic)) { fs::create_directories(attic_); }

void FaultyFiles::plan(Fault fault, std::uint64_t at) {
  std::lock_guard lock(mutex_);
  fault_ = fault, at_ = at, operations_ = 0, struck_ = false;
}

void FaultyFiles::flip_read(std::uint64_t at) {
  std::lock_guard lock(mutex_);
  flip_at_ = at, reads_ = 0, struck_ = false;
}

Io FaultyFiles::strike(Op op) {
  if (fault_ == Fault::none) return Io::OK();
  ++operations_;
  const bool here = fault_ == Fault::error ? operations_ == at_ : operations_ >= at_;
  if (!here || (fault_ == Fault::full && op != Op::make && op != Op::append)) return Io::OK();
  struck_ = true;
  if (fault_ == Fault::full) return Io::NoSpace("No space left on device");
  return Io::IOError(fault_ == Fault::error ? "made to fail" : "no power");
}

void FaultyFiles::read(Slice* result, char* scratch) {
  std::lock_guard lock(mutex_);
  if (result->empty() || flip_at_ == 0 || ++reads_ != flip_at_) return;
  if (result->data() != scratch) std::memcpy(scratch, result->data(), result->size());
  scratch[(flip_at_ * 7919) % result->size()] ^= static_cast<char>(1 << flip_at_ % 8);
  *result = Slice(scratch, result->size());
  struck_ = true;
}

// ---- what is durable

Io FaultyFiles::appended(const std::string& path, std::uint64_t bytes) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::append); !s.ok()) return s;
  files_[path].written += bytes;
  return Io::OK();
}

Io FaultyFiles::synced(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::sync); !s.ok()) return s;
  ++syncs_;
  files_[path].synced = files_[path].written;
  return Io::OK();
}

Io FaultyFiles::folder_synced(const std::string& folder) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::sync); !s.ok()) return s;
  std::erase_if(changes_, [&](auto& c) { return folder_of(c.path) == folder; });
  return Io::OK();
}

std::string FaultyFiles::keep(const std::string& path) {
  if (!fs::exists(path)) return {};
  const std::string kept = attic_ + "/" + std::to_string(kept_++);
  fs::rename(path, kept);
  return kept;
}

Io FaultyFiles::NewWritableFile(const std::string& path, const FileOptions& o, std::unique_ptr<FSWritableFile>* out, IODebugContext* d) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::make); !s.ok()) return s;
  Change change{Op::make, path, {}, {}, files_[path]};
  change.kept = keep(path);
  std::unique_ptr<FSWritableFile> file;
  if (auto s = FileSystemWrapper::NewWritableFile(path, o, &file, d); !s.ok()) return s;
  changes_.push_back(std::move(change)), files_[path] = {};
  *out = std::make_unique<FaultyWritable>(std::move(file), path, *this);
  return Io::OK();
}

Io FaultyFiles::DeleteFile(const std::string& path, const IOOptions& o, IODebugContext* d) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::remove); !s.ok()) return s;
  if (!fs::exists(path)) return FileSystemWrapper::DeleteFile(path, o, d);
  Change change{Op::remove, path, {}, {}, files_[path]};
  change.kept = keep(path);
  changes_.push_back(std::move(change)), files_.erase(path);
  return Io::OK();
}

Io FaultyFiles::RenameFile(const std::string& from, const std::string& to, const IOOptions& o, IODebugContext* d) {
  std::lock_guard lock(mutex_);
  if (auto s = strike(Op::rename); !s.ok()) return s;
  Change change{Op::rename, to, from, {}, files_[to]};
  change.kept = keep(to);
  if (auto s = FileSystemWrapper::RenameFile(from, to, o, d); !s.ok()) return s;
  changes_.push_back(std::move(change)), files_[to] = files_[from];
  files_.erase(from);
  return Io::OK();
}

Io FaultyFiles::NewDirectory(const std::string& path, const IOOptions&, std::unique_ptr<FSDirectory>* out, IODebugContext*) {
  *out = std::make_unique<FaultyFolder>(path, *this);
  return Io::OK();
}

Io FaultyFiles::NewRandomAccessFile(const std::string& path, const FileOptions& o, std::unique_ptr<FSRandomAccessFile>* out, IODebugContext* d) {
  std::unique_ptr<FSRandomAccessFile> file;
  auto s = FileSystemWrapper::NewRandomAccessFile(path, o, &file, d);
  if (s.ok()) *out = std::make_unique<FaultyRandomAccess>(std::move(file), *this);
  return s;
}

Io FaultyFiles::NewSequentialFile(const std::string& path, const FileOptions& o, std::unique_ptr<FSSequentialFile>* out, IODebugContext* d) {
  std::unique_ptr<FSSequentialFile> file;
  auto s = FileSystemWrapper::NewSequentialFile(path, o, &file, d);
  if (s.ok()) *out = std::make_unique<FaultySequential>(std::move(file), *this);
  return s;
}

// ---- the power cut

void FaultyFiles::undo(const Change& c) {
  if (c.op == Op::make) fs::remove(c.path), files_.erase(c.path);
  if (c.op == Op::rename) fs::rename(c.path, c.from), files_[c.from] = files_[c.path], files_.erase(c.path);
  if (!c.kept.empty()) fs::rename(c.kept, c.path), files_[c.path] = c.was;
}

void FaultyFiles::lose_unsynced(Loss loss, std::uint64_t seed) {
  std::lock_guard lock(mutex_);
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t n) { return n == 0 ? 0 : random() % n; };
  // A folder's changes reach the disk in their order: some of the last are lost.
  for (std::uint64_t n = loss == Loss::all ? changes_.size() : below(changes_.size() + 1); n > 0; --n) undo(changes_.back()), changes_.pop_back();
  for (auto& [path, f] : files_) {
    if (f.written <= f.synced || !fs::exists(path)) continue;
    const std::uint64_t unsynced = f.written - f.synced;
    if (loss != Loss::reordered) {
      fs::resize_file(path, f.synced + (loss == Loss::all ? 0 : below(unsynced + 1)));
      continue;
    }
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    for (std::uint64_t at = f.synced; at < f.written; at += kDiskBlock) {
      if (below(2) == 0) continue;
      file.seekp(static_cast<std::streamoff>(at));
      file << std::string(std::min(kDiskBlock, f.written - at), '\0');
    }
  }
  files_.clear(), changes_.clear();
  fault_ = Fault::none, struck_ = false;
}

}  // namespace crash
