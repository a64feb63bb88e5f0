// A world's ledger in a folder, as the command finds it.
#pragma once

#include <map>

#include "tests/refusals/refusals.h"
#include "tests/support/command.h"

namespace refusals {

using Contents = std::map<std::pair<int, ledger::Bytes>, ledger::Bytes>;

// Who answers to drafts.
class Desk {
 public:
  virtual ~Desk() = default;
  // "accepted", or the codes of its refusals, each after a space.
  virtual std::string submit(const std::string& key, const Json& drafts) = 0;
  // Of another ledger that begins with this genesis.
  virtual std::string found(const Json& genesis) = 0;
  // Every key and value of every shelf.
  virtual Contents contents() const = 0;
};

// `pufa submit`, and `pufa init` for a genesis, which cannot be drafted and comes as a signed submission.
class OnDisk final : public Desk {
 public:
  // Copies every stored byte, the vault and the keys. The world's own ledger is closed and opened anew,
  // so that its newest checkpoint is stored.
  explicit OnDisk(World&);
  std::string submit(const std::string& key, const Json& drafts) override;
  std::string found(const Json& genesis) override;
  Contents contents() const override;

 private:
  std::string dir() const { return folder_ / "L"; }
  std::string file_of(const std::string& key, const Json& drafts);
  std::string key_file(const Json& key_ref) const;

  World& world_;
  command::Folder folder_;
};

}  // namespace refusals
