// Tiles of a growing tree, from leaf hashes in order; its state is what the partial tiles hold.
#pragma once

#include "ledger/merkle/tile_files.h"

namespace ledger {

class TileBuilder {
 public:
  using Sink = std::function<Status(const TileFile&, const std::vector<Hash>&)>;

  explicit TileBuilder(const Suite& s) : suite_(s), edge_(kTileLevels) {}
  // Goes on from the published tree of `size` leaves, whose partial tiles are read. Compare root() with the
  // checkpoint's: what was read is not trusted.
  Status resume(std::uint64_t size, const TileFileReader&);

  // Tells of each full tile that the leaf completes, lowest level first.
  Status add(const Hash& leaf, const Sink&);
  // Tells of the partial tiles that the tree of `old` leaves did not have.
  Status finish(std::uint64_t old, const Sink&) const;

  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  const Suite& suite_;
  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash>> edge_;   // by level: at most 255 hashes
};

}  // namespace ledger
