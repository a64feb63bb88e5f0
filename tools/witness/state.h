// What a witness has cosigned last, log by log, on disk.
//
//   pufa-witness/v1 LF ( origin SP size SP base64(root) LF )* "sha256 " hex LF      the hash is over all before it
//
// A new state is written beside the old one, synced, put in its place, and the folder synced: after a crash at any
// point the file holds the old or the new state, whole. FILE.lock keeps a second witness from the same file.
#pragma once

#include <map>
#include <memory>

#include "ledger/merkle/note.h"

namespace tools {

struct WitnessedHead {
  std::uint64_t size = 0;
  ledger::Hash root;
};

class WitnessState {
 public:
  // No file yet: an empty state, written at once. `storage-damaged`: the file is not whole; `ledger-locked`: in use.
  static ledger::Result<std::unique_ptr<WitnessState>> open(const std::string& path);
  ~WitnessState();
  WitnessState(const WitnessState&) = delete;

  const std::map<std::string, WitnessedHead>& heads() const { return heads_; }
  // Durable on return; on an error the state is as it was.
  ledger::Status advance(const std::string& origin, const WitnessedHead&);

 private:
  WitnessState(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  ledger::Status load();
  ledger::Status store(const std::map<std::string, WitnessedHead>&) const;

  std::string path_;
  int lock_;                                       // descriptor of FILE.lock
  std::map<std::string, WitnessedHead> heads_;     // by origin
};

}  // namespace tools
