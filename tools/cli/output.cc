#include "tools/cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "ledger/merkle/policy.h"

namespace tools {

namespace fs = std::filesystem;
using ledger::Status;

namespace {

tl::unexpected<ledger::Error> cannot(const std::string& path, const std::string& why) { return ledger::refuse("file-write", path + " cannot be written: " + why); }

// Of what a ledger's folder holds (workspace.h).
bool is_of_a_ledger(const fs::path& path) {
  static const std::set<std::string> kOwn{"db", "outbox", "snapshots", "settings.json", "vault.keys", "BACKUP"};
  std::error_code ec;
  fs::path below;
  for (auto at = path; at.has_relative_path(); at = at.parent_path()) {
    below = at.filename();
    if (kOwn.count(below.string()) && fs::exists(at.parent_path() / "db/CURRENT", ec)) return true;
  }
  return false;
}

std::string beginning(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(64 << 10, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

bool is_vault_key(const std::string& text) {
  const auto end = text.find_first_not_of("0123456789abcdef");
  return text.size() >= 64 && (end == text.npos || (end == 64 && text.find_first_not_of("\r\n", end) == text.npos));
}

// What nobody can make again, or made by hand; the programs never write any of it with -o.
std::string preciousness(const fs::path& path) {
  static const std::set<std::string> kByHand{".jsonl", ".csv", ".toml"};
  if (kByHand.count(path.extension().string())) return "a file of drafts or a scheme is never overwritten";
  const auto head = beginning(path);
  if (head.find("PRIVATE KEY-----") != head.npos) return "a private key is never overwritten";
  if (is_vault_key(head)) return "a key of sealed values is never overwritten";
  return ledger::parse_policy(head) ? "a trust policy is never overwritten" : "";
}

// Why what is there is not overwritten; nothing is there, or an ordinary file: empty.
std::string protection(const fs::path& path) {
  std::error_code ec;
  if (is_of_a_ledger(path)) return "it is a ledger's own";
  if (!fs::exists(path, ec)) return {};
  if (fs::is_directory(path, ec)) return "it is a folder";
  if (!fs::is_regular_file(path, ec)) return "it is no ordinary file";
  return preciousness(path);
}

}  // namespace

void OutputFile::Unlink::operator()(std::string* part) const {
  ::unlink(part->c_str());
  delete part;
}

ledger::Result<OutputFile> OutputFile::open(const std::string& path, int mode) {
  std::error_code ec;
  const auto real = fs::weakly_canonical(path, ec);
  if (path.empty() || ec) return cannot(path, ec ? ec.message() : "it has no name");
  if (const auto why = protection(real); !why.empty()) return cannot(path, why + ": give another name");
  const int fd = ::open((real.string() + ".part").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, static_cast<mode_t>(mode));
  if (fd < 0) return cannot(path, errno == ENOENT ? "its folder is not there: make it first" : std::strerror(errno));
  return OutputFile(real.string(), ::fdopen(fd, "wb"));
}

void OutputFile::write(ledger::BytesView bytes) {
  failed_ |= std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size();
  size_ += bytes.size();
}

Status OutputFile::close() {
  const bool flushed = std::fflush(file_.get()) == 0 && !failed_ && ::fsync(::fileno(file_.get())) == 0;
  if (!flushed) return cannot(path_, std::strerror(errno));
  file_.reset();
  return {};
}

Status OutputFile::place() {
  if (std::rename(part_->c_str(), path_.c_str()) != 0) return cannot(path_, std::strerror(errno));
  delete part_.release();
  return {};
}

Status write_beside(const std::string& stem, const std::vector<std::pair<const char*, ledger::BytesView>>& endings, int mode) {
  std::error_code ec;
  if (fs::path(stem).filename().empty()) return ledger::refuse("usage", "-o takes the beginning of the files' names, as out/receipt, not a folder: " + stem);
  if (fs::exists(stem, ec) && !fs::is_regular_file(stem, ec) && !fs::is_directory(stem, ec)) return cannot(stem, "it is no ordinary file");
  std::vector<OutputText> texts;
  for (auto& [ending, bytes] : endings) texts.push_back({stem + ending, bytes});
  return write_outputs(texts, mode);
}

Status write_outputs(const std::vector<OutputText>& texts, int mode) {
  std::vector<OutputFile> files;
  for (auto& t : texts) {
    files.push_back(LEDGER_TRY(OutputFile::open(t.path, mode)));
    files.back().write(t.bytes);
  }
  for (auto& f : files) LEDGER_CHECK(f.close());
  for (auto& f : files) LEDGER_CHECK(f.place());
  return {};
}

}  // namespace tools
