// The files that a command is asked to write: each whole or not at all, those written together all or none.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "ledger/bytes.h"
#include "ledger/result.h"

namespace tools {

// Written beside its place as PATH.part and moved there at the end; dropped when it does not come to that.
class OutputFile {
 public:
  // `file-write`: the place cannot be written, or holds what is never overwritten: a folder, a device, a pipe, a
  // private key, a key of sealed values, a trust policy, drafts, a scheme, a ledger's own file. Links are followed.
  static ledger::Result<OutputFile> open(const std::string& path, int mode = 0644);
  OutputFile(OutputFile&&) = default;

  void write(ledger::BytesView);
  std::uint64_t size() const { return size_; }

  ledger::Status close();   // all of it is on the disk
  ledger::Status place();   // and at its place

 private:
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  struct Unlink {
    void operator()(std::string* part) const;
  };
  OutputFile(std::string path, std::FILE* f) : path_(std::move(path)), file_(f), part_(new std::string(path_ + ".part")) {}

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::unique_ptr<std::string, Unlink> part_;   // none: moved to its place
  std::uint64_t size_ = 0;
  bool failed_ = false;
};

struct OutputText {
  std::string path;
  ledger::BytesView bytes;
};
ledger::Status write_outputs(const std::vector<OutputText>&, int mode = 0644);
// The same for files whose names begin alike; such a beginning cannot be a folder's: `usage`.
ledger::Status write_beside(const std::string& stem, const std::vector<std::pair<const char*, ledger::BytesView>>& endings, int mode);

}  // namespace tools
