// Following a published log: what a reader who trusts nothing but a signed checkpoint has to check.
#pragma once

#include "ledger/merkle/note.h"
#include "ledger/merkle/tile_files.h"

namespace ledger {

// Whether the tree of checkpoint `now`, whose files `read` gives, extends the tree of checkpoint `old`
// (old.size ≤ now.size). False is proof of a fork: the files show that the tree that `now` signs has another
// root at old.size. `log-damaged` when the files do not hash to now.root, so that they prove nothing.
Result<bool> extends(const Suite&, const Checkpoint& old, const Checkpoint& now, const TileFileReader& read);

struct FollowSource {
  TileFileReader kept;     // files of the tree of `old`, the follower's own
  TileFileReader theirs;   // files of the tree of `now`
};
// Reads everything that `now` has beyond `old`, hashes every new entry, and compares each tile of theirs and
// the root with what the entries give; the sink is told of every file that a copy of the tree needs.
// `log-damaged` names the first file that differs; `copy-damaged`: the follower's own do not give old.root.
// The sink's files are good only when it returns without an error.
using FileSink = std::function<Status(const TileFile&, BytesView)>;
Status follow(const Suite&, const Checkpoint& old, const Checkpoint& now, const FollowSource&, const FileSink&);

}  // namespace ledger
