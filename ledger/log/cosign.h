// A ledger's checkpoints and the witnesses that vouch for them.
#pragma once

#include <map>

#include "ledger/merkle/policy.h"
#include "ledger/store/store.h"

namespace ledger {

// The newest stored checkpoint, which must cover every record: cosigning one that is behind would say that the
// others came later than they did. `checkpoint-missing`; `policy-mismatch` when no log of the policy signed it.
struct CosignableCheckpoint {
  std::string note;
  Trusted trusted;
};
Result<CosignableCheckpoint> cosignable_checkpoint(const Store&, const Policy&);

// Of each witness of the policy, the size of the newest stored checkpoint that it cosigned; those of none are left out.
Result<std::map<std::string, std::uint64_t>> cosigned_sizes(const Store&, const Policy&);

// Adds cosignatures to the stored checkpoint of that size, by the policy's names of their witnesses, durably.
// Returns the note. Each is verified against the stored text first: `note-unverified` and nothing is written.
Result<std::string> store_cosignatures(Store&, std::uint64_t size, const Policy&, const std::map<std::string, Cosignature>&);

}  // namespace ledger
