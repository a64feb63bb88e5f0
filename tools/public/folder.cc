#include "tools/public/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "tools/cli/app.h"

namespace tools {

namespace fs = std::filesystem;
using ledger::Status;
using ledger::TileFile;

namespace {

constexpr char kIncoming[] = "/.incoming";

tl::unexpected<ledger::Error> cannot(const std::string& path, const std::string& why) { return ledger::refuse("file-write", path + " cannot be written: " + why); }

std::string parent(const std::string& path) { return path.substr(0, path.rfind('/')); }

// The published log in whose folder a path lies; empty: it lies in none.
std::string published_around(const std::string& path) {
  std::error_code ec;
  for (auto at = fs::weakly_canonical(path, ec).parent_path(); at.has_relative_path(); at = at.parent_path())
    if (fs::exists(at / "checkpoint", ec) && fs::is_directory(at / "tile", ec)) return at.string();
  return {};
}

// Whether everything there is of a published log, or of a first run that was broken off.
bool only_published(const std::string& path) {
  std::error_code ec;
  for (auto& entry : fs::directory_iterator(path, ec)) {
    const auto name = entry.path().filename().string();
    if (name != "tile" && name != "checkpoint" && name != ".incoming" && !name.starts_with("fork-")) return false;
  }
  return !ec;
}

}  // namespace

ledger::Result<ledger::Bytes> read_published(const std::string& folder, const TileFile& f) {
  std::error_code ec;
  const std::string path = folder + "/" + f.path();
  if (fs::exists(path, ec)) return read_file(path);
  const std::string full = folder + "/" + f.full().path();
  if (f.width == 0 || !fs::exists(full, ec)) return ledger::refuse("log-unreachable", path + " is missing: the published log is not whole");
  return ledger::cut(f, LEDGER_TRY(read_file(full)));
}

ledger::Result<std::unique_ptr<PublishedFolder>> PublishedFolder::open(const std::string& path) {
  std::error_code ec;
  if (fs::exists(path, ec) && !fs::is_directory(path, ec)) return ledger::refuse("file", path + " is a file, not a folder");
  if (fs::exists(path, ec) && !only_published(path)) return ledger::refuse("folder-not-empty", path + " holds other things than a published log: give a new or empty folder");
  if (const auto around = published_around(path); !around.empty()) return ledger::refuse("folder-not-empty", path + " lies in the published log " + around + ": give a folder elsewhere");
  if (fs::create_directories(path, ec); ec) return cannot(path, ec.message());
  const int lock = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return cannot(path, std::strerror(errno));
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return ledger::refuse("folder-busy", "another program is publishing to " + path + ": try again when it is done");
  }
  std::unique_ptr<PublishedFolder> out(new PublishedFolder(path, lock));
  if (fs::remove_all(path + kIncoming, ec); ec) return cannot(path + kIncoming, ec.message());
  return out;
}

PublishedFolder::~PublishedFolder() {
  std::error_code ec;
  fs::remove_all(path_ + kIncoming, ec);
  ::close(lock_);
}

ledger::Result<std::optional<std::string>> PublishedFolder::checkpoint() const {
  std::error_code ec;
  if (!fs::exists(path_ + "/checkpoint", ec)) return std::optional<std::string>();
  return std::optional(LEDGER_TRY(read_file(path_ + "/checkpoint")));
}

Status PublishedFolder::stage(const TileFile& f, ledger::BytesView bytes) {
  const std::string path = path_ + kIncoming + "/" + f.path();
  std::error_code ec;
  if (const auto folder = parent(path); folder != made_) {
    if (fs::create_directories(folder, ec); ec) return cannot(folder, ec.message());
    made_ = folder;
  }
  LEDGER_CHECK(write_file(path, bytes));
  staged_.push_back(f);
  bytes_ += bytes.size();
  return {};
}

Status PublishedFolder::mend(const TileFile& f, ledger::BytesView bytes) {
  auto there = read_file(path_ + "/" + f.path());
  return there && *there == bytes ? Status{} : stage(f, bytes);
}

// Of the whole file system: one call for thousands of files and their folders.
Status PublishedFolder::sync() const {
  if (::syncfs(lock_) != 0) return cannot(path_, std::strerror(errno));
  return {};
}

Status PublishedFolder::move_into_place() {
  std::error_code ec;
  std::string made;
  for (auto& f : staged_) {
    const std::string to = path_ + "/" + f.path();
    if (const auto folder = parent(to); folder != made) {
      if (fs::create_directories(folder, ec); ec) return cannot(folder, ec.message());
      made = folder;
    }
    if (fs::rename(path_ + kIncoming + "/" + f.path(), to, ec); ec) return cannot(to, ec.message());
  }
  return {};
}

Status PublishedFolder::keep(const std::string& name, std::string_view bytes) {
  const std::string part = path_ + kIncoming + "/" + name, path = path_ + "/" + name;
  std::error_code ec;
  if (fs::create_directories(path_ + kIncoming, ec); ec) return cannot(part, ec.message());
  LEDGER_CHECK(write_file(part, bytes, 0644, true));
  if (fs::rename(part, path, ec); ec) return cannot(path, ec.message());
  if (::fsync(lock_) != 0) return cannot(path, std::strerror(errno));
  return {};
}

// Of the earlier tree, where the later one has the full file.
void PublishedFolder::drop_partials(std::uint64_t old, std::uint64_t size) {
  std::error_code ec;
  for (int level = ledger::kEntries; level < ledger::kTileLevels; ++level) {
    const auto partial = ledger::partial_file(level, old);
    if (partial && ledger::tile_file(level, partial->index, size).width == 0) fs::remove_all(path_ + "/" + partial->full().path() + ".p", ec);
  }
}

Status PublishedFolder::commit(std::string_view checkpoint, std::uint64_t old, std::uint64_t size) {
  LEDGER_CHECK(sync());
  LEDGER_CHECK(move_into_place());
  LEDGER_CHECK(sync());
  LEDGER_CHECK(keep("checkpoint", checkpoint));
  drop_partials(old, size);
  return {};
}

}  // namespace tools
