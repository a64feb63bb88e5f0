// A whole ledger made again, in another store, out of what a damaged one still holds.
//
// Taken as they are, each if it is whole by itself: records, bodies, checkpoints, sealed values, attachments; what is
// missing there, from a backup. Made anew out of the records: tiles and indexes. Nothing is judged beyond that:
// verification of the result says what it is worth.
#pragma once

#include "ledger/core/genesis.h"
#include "ledger/log/destroy.h"
#include "ledger/store/store.h"

namespace ledger {

// Records or bodies of these positions, both included, are nowhere.
struct Lost {
  Shelf shelf;
  std::uint64_t first, last;
};

struct Repaired {
  Genesis genesis;
  std::uint64_t size = 0;              // records up to the last one known, by itself or by a checkpoint
  std::uint64_t from_backup = 0;       // values that only the backup had whole
  std::vector<Error> damage;           // what could not be read, or was not whole, before
  std::vector<Lost> lost;
  std::vector<Destruction> destroyed;  // keys whose destruction the records order
  bool tiles_whole = true;             // false: no tree can be made behind the first lost record
};

// `to` is empty. `not-a-ledger`: neither the ledger nor the backup has a genesis; `log-foreign`: they are of two ledgers.
Result<Repaired> repair_ledger(const Store& from, const Store* backup, Store& to);

}  // namespace ledger
