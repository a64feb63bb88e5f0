#include "ledger/merkle/tiles.h"

#include <cstdio>

namespace ledger {

// The hashes of a tile's bytes, and the seven levels of nodes above them.
void TileTree::Nodes::read(const Suite& suite, BytesView bytes) {
  for (std::size_t i = 0; i < kTileHashes; ++i) hash[i] = Hash::from(bytes.substr(i * 32, 32));
  for (int k = 1; k < 8; ++k)
    for (std::size_t i = 0; i < (kTileHashes >> k); ++i)
      hash[slot(k, i)] = node_hash(suite, hash[slot(k - 1, 2 * i)], hash[slot(k - 1, 2 * i + 1)]);
}

void TileTree::append(const Hash& leaf, const TileSink& sink) {
  frontier_.add(leaf, [&](const Subtree& s, const Hash& h) {
    const int level = s.level / 8, k = s.level % 8;
    const std::uint64_t per_tile = kTileHashes >> k;
    auto& tile = edge_[level];
    if (!tile) tile = std::make_unique<Nodes>();
    tile->hash[slot(k, s.index % per_tile)] = h;
    if (k != 0 || s.index % per_tile != per_tile - 1) return;
    Bytes bytes;
    bytes.reserve(kTileBytes);
    for (std::size_t i = 0; i < kTileHashes; ++i) bytes += tile->hash[slot(0, i)].view();
    sink({level, s.index / per_tile}, std::move(bytes));
  });
}

const TileTree::Nodes* TileTree::nodes(const TileId& id) const {
  const std::uint64_t leaves_per_hash = id.level >= 8 ? 0 : std::uint64_t{1} << (8 * id.level);
  const std::uint64_t full = leaves_per_hash == 0 ? 0 : frontier_.size() / leaves_per_hash / kTileHashes;
  auto edge = edge_.find(id.level);
  if (id.index >= full && edge != edge_.end()) return edge->second.get();
  if (auto it = cache_.find(id); it != cache_.end()) return it->second.get();
  auto bytes = read_(id);
  if (!bytes || bytes->size() != kTileBytes) {
    failure_ = bytes ? Error{"storage-damaged", "", "a tile has a wrong size"} : bytes.error();
    return nullptr;
  }
  auto n = std::make_unique<Nodes>();
  n->read(suite_, *bytes);
  if (order_.size() >= kCachedTilesMax) {
    cache_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(id);
  return (cache_[id] = std::move(n)).get();
}

Hash TileTree::node(const Subtree& s) const {
  const int k = s.level % 8;
  const std::uint64_t per_tile = kTileHashes >> k;
  auto* n = nodes({s.level / 8, s.index / per_tile});
  return n == nullptr ? Hash() : n->hash[slot(k, s.index % per_tile)];
}

template <typename F>
auto TileTree::reading(F&& f) const -> Result<decltype(f(HashReader()))> {
  failure_.reset();
  auto value = f([this](const Subtree& s) { return node(s); });
  if (failure_) return tl::unexpected<Error>(*failure_);
  return value;
}

Result<Hash> TileTree::root_at(std::uint64_t size) const {
  if (size == frontier_.size()) return root();
  return reading([&](const HashReader& r) { return root_of(suite_, size, r); });
}
Result<Proof> TileTree::inclusion(std::uint64_t index, std::uint64_t size) const {
  return reading([&](const HashReader& r) { return prove_inclusion(suite_, index, size, r); });
}
Result<Proof> TileTree::consistency(std::uint64_t old, std::uint64_t size) const {
  return reading([&](const HashReader& r) { return prove_consistency(suite_, old, size, r); });
}

Status TileTree::restore(std::uint64_t size, const std::function<Result<Hash>(std::uint64_t)>& leaf) {
  // Highest level first: what a level's edge holds are roots of full tiles below it, then, at the
  // bottom, leaves. Each is replayed into the frontier as a complete subtree.
  Nodes below;
  for (int level = 7; level >= 0; --level) {
    const std::uint64_t unit = std::uint64_t{1} << (8 * level);
    const std::uint64_t first = level == 7 ? 0 : size / unit / kTileHashes * kTileHashes;
    for (std::uint64_t i = first; i < size / unit; ++i) {
      Hash h;
      if (level == 0) {
        h = LEDGER_TRY(leaf(i));
      } else {
        auto bytes = LEDGER_TRY(read_({level - 1, i}));
        if (bytes.size() != kTileBytes) return refuse("storage-damaged", "a tile has a wrong size");
        below.read(suite_, bytes);
        h = node_hash(suite_, below.hash[slot(7, 0)], below.hash[slot(7, 1)]);
      }
      frontier_.add_subtree(8 * level, h, [&](const Subtree& s, const Hash& node) {
        auto& tile = edge_[s.level / 8];
        if (!tile) tile = std::make_unique<Nodes>();
        const int k = s.level % 8;
        tile->hash[slot(k, s.index % (kTileHashes >> k))] = node;
      });
    }
  }
  return {};
}

std::string tile_path(int level, std::uint64_t index, unsigned width) {
  std::string n;
  char group[8];
  std::snprintf(group, sizeof group, "%03u", static_cast<unsigned>(index % 1000));
  n = group;
  for (index /= 1000; index > 0; index /= 1000) {
    std::snprintf(group, sizeof group, "x%03u", static_cast<unsigned>(index % 1000));
    n = std::string(group) + "/" + n;
  }
  std::string path = "tile/" + (level < 0 ? std::string("entries") : std::to_string(level)) + "/" + n;
  return width == 0 ? path : path + ".p/" + std::to_string(width);
}

}  // namespace ledger
