// A world's ledger in a folder, as the command finds it.
#pragma once

#include <map>

#include "tests/refusals/refusals.h"
#include "tests/support/command.h"

namespace refusals {

class OnDisk {
 public:
  // Copies every stored byte, the vault and the keys. The world's own ledger is closed and opened anew,
  // so that its newest checkpoint is stored.
  explicit OnDisk(World&);

  // What `pufa submit` says of drafts: "accepted", or the codes of its refusals, each after a space. A
  // genesis, which cannot be drafted, comes as a signed submission.
  std::string submit(const std::string& key, const Json& drafts);
  // What `pufa init` says of another ledger that begins with this genesis.
  std::string found(const Json& genesis);
  // Every key and value of every shelf.
  std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> contents() const;

 private:
  std::string dir() const { return folder_ / "L"; }
  std::string file_of(const std::string& key, const Json& drafts);
  std::string key_file(const Json& key_ref) const;

  World& world_;
  command::Folder folder_;
};

}  // namespace refusals
