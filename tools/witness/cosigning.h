// Asking witnesses for cosignatures of one checkpoint.
#pragma once

#include "ledger/log/cosign.h"
#include "ledger/merkle/tiles.h"
#include "tools/witness/http.h"

namespace tools {

// A witness's clock may differ from ours by this much; one that is further off would bound admission times wrongly.
inline constexpr std::int64_t kWitnessClockMs = 5 * 60'000;

using Post = std::function<ledger::Result<WitnessAnswer>(const std::string& url, const std::string& body)>;

class Cosigning {
 public:
  // The checkpoint's note, and the tree that it is of.
  Cosigning(std::string note, ledger::Checkpoint checkpoint, const ledger::TileTree& tree, Post post, ledger::Clock clock)
      : note_(std::move(note)), checkpoint_(std::move(checkpoint)), tree_(tree), post_(std::move(post)), clock_(std::move(clock)) {}

  // One witness's cosignature, verified. `old`: the size that it is thought to have cosigned last; where it says
  // another, it is asked once more from there. `witness-unreachable`, `witness-refused`, `note-unverified`.
  // From many threads at once.
  ledger::Result<ledger::Cosignature> ask(const ledger::NoteVerifier& witness, const std::string& url, std::uint64_t old);

 private:
  ledger::Result<std::string> request(std::uint64_t old);
  ledger::Result<ledger::Cosignature> take(const ledger::NoteVerifier&, const WitnessAnswer&) const;

  std::string note_;
  ledger::Checkpoint checkpoint_;
  const ledger::TileTree& tree_;   // caches as it reads: under the mutex
  Post post_;
  ledger::Clock clock_;
  std::mutex mutex_;
};

}  // namespace tools
