#include "ledger/merkle/tile_builder.h"

namespace ledger {

Status TileBuilder::resume(std::uint64_t size, const TileFileReader& read) {
  size_ = size;
  for (int level = 0; level < kTileLevels; ++level)
    if (auto file = partial_file(level, size)) edge_[static_cast<std::size_t>(level)] = LEDGER_TRY(parse_tile(*file, LEDGER_TRY(read(*file))));
  return {};
}

Status TileBuilder::add(const Hash& leaf, const Sink& sink) {
  ++size_;
  Hash hash = leaf;
  for (int level = 0; level < kTileLevels; ++level) {
    auto& tile = edge_[static_cast<std::size_t>(level)];
    tile.push_back(hash);
    if (tile.size() < kTileHashes) return {};
    LEDGER_CHECK(sink({level, hashes_at(level, size_) / kTileHashes - 1, 0}, tile));
    hash = tree_hash(suite_, tile);
    tile.clear();
  }
  return {};
}

Status TileBuilder::finish(std::uint64_t old, const Sink& sink) const {
  for (int level = 0; level < kTileLevels; ++level)
    if (auto file = partial_file(level, size_); file && hashes_at(level, old) != hashes_at(level, size_))
      LEDGER_CHECK(sink(*file, edge_[static_cast<std::size_t>(level)]));
  return {};
}

// The hashes of a level and, as one more, the root of all that lies to the right of them: RFC 6962 splits
// that list where it splits the leaves, as every hash but the last is of a complete subtree.
Hash TileBuilder::root() const {
  std::optional<Hash> right;
  for (auto& tile : edge_) {
    auto hashes = tile;
    if (right) hashes.push_back(*right);
    if (!hashes.empty()) right = tree_hash(suite_, hashes);
  }
  return right ? *right : empty_root(suite_);
}

}  // namespace ledger
