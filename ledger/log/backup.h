// A ledger copied into another store, checked record by record, going on where the last copy ended.
//
// Copied are records, bodies, checkpoints, sealed values and attachments; tiles and indexes are made anew out of the
// records, which the checkpoints prove. Every write ends with a checkpoint over all that is there, so that the copy is
// a whole ledger whenever it stops.
#pragma once

#include "ledger/core/genesis.h"
#include "ledger/log/destroy.h"
#include "ledger/merkle/note.h"

namespace ledger {

struct Copied {
  Genesis genesis;
  Checkpoint head;                       // of the copy, now
  std::uint64_t old = 0;                 // records that it held before
  std::uint64_t waiting = 0;             // records of the ledger after its newest stored checkpoint: not copied
  Instant last_admitted;
  std::vector<Destruction> destroyed;    // keys whose destruction the copy records, from its first record on
  std::vector<NoteVerifier> operators;   // who may have signed its checkpoints
};

// Brings the copy up to the newest checkpoint stored in `from`, which another process may be writing to. Takes no damaged
// byte: `storage-damaged`, and what was copied before stands. `log-foreign`, `log-forked`, `log-rolled-back`: the copy is of
// another history, and nothing is written. Of two notes over one head, the one with more signatures is kept.
Result<Copied> copy_ledger(const Store& from, Store& to);

}  // namespace ledger
