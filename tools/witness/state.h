// What a witness has cosigned last, log by log, on disk.
//
//   pufa-witness/v1 LF ( origin SP size SP base64(root) LF )* "sha256 " hex LF      the hash is over all before it
//
// A new state is written beside the old one, synced, put in its place, and the folder synced: after a crash at any
// point the file holds the old or the new state, whole. FILE.lock keeps a second witness from the same file.
//
// One write at a time. What comes while it runs is accepted in memory, and all of it shares the next write; no cosignature
// of it leaves before that write is through. A write that fails takes with it whatever was accepted since it began.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "ledger/merkle/note.h"

namespace tools {

struct WitnessedHead {
  std::uint64_t size = 0;
  ledger::Hash root;

  friend bool operator==(const WitnessedHead&, const WitnessedHead&) = default;
};

// By origin.
using WitnessedHeads = std::map<std::string, WitnessedHead>;

class WitnessState {
 public:
  // No file yet: an empty state, written at once. `storage-damaged`: the file is not whole; `ledger-locked`: in use.
  static ledger::Result<std::unique_ptr<WitnessState>> open(const std::string& path);
  ~WitnessState();
  WitnessState(const WitnessState&) = delete;

  // What is durable.
  WitnessedHeads heads() const;
  // The log's last head, durable or about to be; nullopt: none yet.
  std::optional<WitnessedHead> last(const std::string& origin) const;

  // Compare and persist, from many threads at once: `to` follows `from`, which last() gave, and is durable on return.
  // `witness-state-moved`: the last head is another by now; `file-write`: not stored, the state is what was durable.
  ledger::Status advance(const std::string& origin, const std::optional<WitnessedHead>& from, const WitnessedHead& to);

 private:
  // What one write makes durable; nullopt while it is not through.
  struct Batch {
    std::optional<ledger::Status> stored;
  };
  using Lock = std::unique_lock<std::mutex>;

  WitnessState(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  ledger::Status load();
  ledger::Status store(const WitnessedHeads&) const;
  std::optional<WitnessedHead> find(const std::string& origin) const;
  void store_forming(Lock&);
  void fail_forming(const ledger::Status& why);
  ledger::Status await(Lock&, const Batch&);

  std::string path_;
  int lock_;                          // descriptor of FILE.lock
  mutable std::mutex mutex_;          // of all below
  std::condition_variable ended_;     // of a write
  WitnessedHeads durable_;
  WitnessedHeads accepted_;           // durable_, and what the batches hold
  std::shared_ptr<Batch> storing_;    // what the write under way holds; null: there is none
  std::shared_ptr<Batch> forming_;    // what the next one will hold; null: nothing
};

}  // namespace tools
