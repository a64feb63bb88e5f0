// A stored log as the files of a published one.
#pragma once

#include "ledger/merkle/follow.h"
#include "ledger/store/store.h"

namespace ledger {

struct NewestCheckpoint {
  std::string note;
  Checkpoint head;
};
// The newest that is stored; `storage-damaged` when there is none or it cannot be read.
Result<NewestCheckpoint> newest_checkpoint(const Store&);

// That the log extends what was published before: `log-foreign` (another origin), `log-forked`,
// `log-rolled-back` (more was published than the log holds).
Status check_extends(const Store&, const Suite&, const Checkpoint& published, const Checkpoint& head);

// Every file that the tree of `head` has beyond that of `published` (size 0: all), out of the records alone,
// in one scan. `kept` reads the files of `published`. `checkpoint-mismatch` when the records do not hash to
// head.root, `copy-damaged` when what was published does not hash to its root: then the files are not good.
Status export_tiles(const Store&, const Suite&, const Checkpoint& published, const Checkpoint& head, const TileFileReader& kept, const FileSink&);

}  // namespace ledger
