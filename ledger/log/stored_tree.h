// The tree over stored records as readers rebuild it: full tiles, and the last leaves from their records; and other rows that records call for.
#pragma once

#include "ledger/merkle/tiles.h"
#include "ledger/schema/wire.h"
#include "ledger/store/store.h"

namespace ledger {

// Key of a tile on its shelf: level (1) ‖ index (8).
Bytes tile_key(const TileId&);

// The tree over the first `size` records; `storage-damaged` when a tile or record that it needs is
// missing. It trusts the tiles: only verification hashes every record.
Result<std::unique_ptr<TileTree>> stored_tree(const Store&, const Suite&, std::uint64_t size);

// The row of the shelf submissions that a submission's first record, at that key, calls for.
Result<Put> submission_row(BytesView key, const Record& first);

}  // namespace ledger
