// The tree as C2SP tiles (tlog-tiles): full tiles come from a store, the ragged right edge is in memory.
//
// Tile n at level l holds the 256 hashes MTH(D[(n·256 + i)·256^l : (n·256 + i + 1)·256^l]). In memory a
// tile also keeps the seven levels of nodes above its hashes, so that a proof reads, never hashes.
#pragma once

#include <array>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "ledger/merkle/merkle.h"

namespace ledger {

inline constexpr std::size_t kTileHashes = 256;
inline constexpr std::size_t kTileBytes = kTileHashes * 32;

struct TileId {
  int level;
  std::uint64_t index;
  bool operator==(const TileId&) const = default;
};

class TileTree {
 public:
  // Bytes of a full tile; must be there for every tile below the tree's size.
  using TileReader = std::function<Result<Bytes>(const TileId&)>;
  using TileSink = std::function<void(const TileId&, Bytes)>;

  TileTree(const Suite& s, TileReader read) : suite_(s), read_(std::move(read)), frontier_(s) {}

  // The tree of `size` leaves whose full tiles are in the store; `leaf` gives the leaf hashes of the
  // last, partial tile (at most 255).
  Status restore(std::uint64_t size, const std::function<Result<Hash>(std::uint64_t position)>& leaf);

  void append(const Hash& leaf, const TileSink&);
  std::uint64_t size() const { return frontier_.size(); }
  Hash root() const { return frontier_.root(); }

  // Proofs and roots of any size ≤ size(); a tile that cannot be read: its error.
  Result<Hash> root_at(std::uint64_t size) const;
  Result<Proof> inclusion(std::uint64_t index, std::uint64_t size) const;
  Result<Proof> consistency(std::uint64_t old, std::uint64_t size) const;

 private:
  // Nodes of one tile: level k of it (k = 0…7) has 256 >> k, after those of the levels below.
  struct Nodes {
    std::array<Hash, 510> hash;
    void read(const Suite&, BytesView tile);
  };
  static std::size_t slot(int k, std::uint64_t i) { return 512 - (512 >> k) + i; }

  const Nodes* nodes(const TileId&) const;
  Hash node(const Subtree&) const;
  template <typename F>
  auto reading(F&& f) const -> Result<decltype(f(HashReader()))>;

  const Suite& suite_;
  TileReader read_;
  Frontier frontier_;
  std::unordered_map<int, std::unique_ptr<Nodes>> edge_;   // the partial tile of each level

  struct TileHash {
    std::size_t operator()(const TileId& t) const { return t.index * 31 + static_cast<std::size_t>(t.level); }
  };
  static constexpr std::size_t kCachedTilesMax = 16'384;   // 256 MiB of nodes at most
  mutable std::unordered_map<TileId, std::unique_ptr<Nodes>, TileHash> cache_;
  mutable std::list<TileId> order_;                        // oldest first
  mutable std::optional<Error> failure_;                   // of the read under way
};

// `tile/<L>/<N>[.p/<W>]`, N in groups of three digits (C2SP tlog-tiles).
std::string tile_path(int level, std::uint64_t index, unsigned width);

}  // namespace ledger
