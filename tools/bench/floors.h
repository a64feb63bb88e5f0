// The least that each figure must cost on this machine: the same bytes, the same keys, no ledger.
#pragma once

#include <span>

#include "ledger/log/replay.h"
#include "tools/bench/workload.h"

namespace tools::bench {

// What of a signed submission the verification of its signature needs.
struct Signed {
  std::size_t unit = 0;
  ledger::Bytes message, signature;
};

// Verifying all of them on all cores.
Seconds verify_signatures(const Workload&, std::span<const Signed>);
// Signing that many checkpoints, one after the other.
Seconds sign_checkpoints(const Workload&, std::uint64_t count);

// A plain file that grows by appended, synced writes.
class PlainFile {
 public:
  explicit PlainFile(const std::string& path);
  ~PlainFile();
  PlainFile(const PlainFile&) = delete;
  ledger::Status append_synced(ledger::BytesView);

 private:
  int fd_;
};

// Keys and values of a batch, one after the other.
ledger::Bytes bytes_of(const ledger::Batch&);

// Reads every record and body; nothing is done with them.
ledger::Result<Seconds> scan_only(const ledger::Store&);

// Reads every record and body and, on all cores, computes and checks what no verification can leave
// out: canonical form, leaf, header leaf, commitment, signatures.
ledger::Result<Seconds> scan_and_hash(const ledger::Store&, const ledger::Suite&);

}  // namespace tools::bench
