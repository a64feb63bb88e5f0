#include "ledger/merkle/follow.h"

#include <map>

#include "ledger/merkle/tile_builder.h"

namespace ledger {
namespace {

// Nodes of a published tree, out of its tile files; the first failure is kept.
class PublishedNodes {
 public:
  PublishedNodes(const Suite& s, std::uint64_t size, const TileFileReader& read) : suite_(s), size_(size), read_(read) {}

  Hash operator()(const Subtree& s) {
    const std::uint64_t per_tile = kTileHashes >> (s.level % 8), width = 1u << (s.level % 8);
    const auto* hashes = tile(s.level / 8, s.index / per_tile);
    const std::size_t first = s.index % per_tile * width;
    if (hashes == nullptr || first + width > hashes->size()) return {};
    return tree_hash(suite_, {hashes->begin() + static_cast<std::ptrdiff_t>(first), hashes->begin() + static_cast<std::ptrdiff_t>(first + width)});
  }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  const std::vector<Hash>* tile(int level, std::uint64_t index) {
    const TileFile file = tile_file(level, index, size_);
    if (auto it = tiles_.find({level, index}); it != tiles_.end()) return &it->second;
    auto hashes = read_(file).and_then([&](const Bytes& b) { return parse_tile(file, b); });
    if (hashes) return &(tiles_[{level, index}] = std::move(*hashes));
    if (!failure_) failure_ = hashes.error();
    return nullptr;
  }

  const Suite& suite_;
  std::uint64_t size_;
  const TileFileReader& read_;
  std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> tiles_;
  std::optional<Error> failure_;
};

tl::unexpected<Error> differs(const TileFile& f, const char* from) {
  return refuse("log-damaged", f.path() + " is not what " + from + " give: the log's files are damaged or altered; nothing was taken");
}

// One follower's pass over the new entries.
class Follower {
 public:
  Follower(const Suite& s, std::uint64_t old, std::uint64_t size, const FollowSource& source, const FileSink& sink)
      : suite_(s), old_(old), size_(size), source_(source), sink_(sink), builder_(s) {}

  Result<Hash> run(const Hash& old_root) {
    LEDGER_CHECK(builder_.resume(old_, source_.kept));
    if (builder_.root() != old_root) return refuse("copy-damaged", "the copy's own tiles do not give its checkpoint's root: run again with --whole");
    for (std::uint64_t b = old_ / kTileHashes; b * kTileHashes < size_; ++b) LEDGER_CHECK(take_bundle(tile_file(kEntries, b, size_)));
    LEDGER_CHECK(builder_.finish(old_, compare()));
    return builder_.root();
  }

 private:
  // Entries below old_ were taken before: they are compared with their tile, as all are.
  Status take_bundle(const TileFile& file) {
    const Bytes bytes = LEDGER_TRY(source_.theirs(file));
    const auto entries = LEDGER_TRY(parse_bundle(file, bytes));
    const TileFile tile{0, file.index, file.width};
    tile_ = LEDGER_TRY(source_.theirs(tile));
    const auto hashes = LEDGER_TRY(parse_tile(tile, tile_));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Hash leaf = leaf_hash(suite_, entries[i]);
      if (leaf != hashes[i]) return differs(file, "the tiles");
      if (file.index * kTileHashes + i >= old_) LEDGER_CHECK(builder_.add(leaf, compare()));
    }
    return sink_(file, bytes);
  }

  TileBuilder::Sink compare() {
    return [this](const TileFile& f, const std::vector<Hash>& hashes) -> Status {
      const Bytes bytes = tile_bytes(hashes), theirs = f.level == 0 ? tile_ : LEDGER_TRY(source_.theirs(f));
      if (theirs != bytes) return differs(f, "the entries");
      return sink_(f, bytes);
    };
  }

  const Suite& suite_;
  const std::uint64_t old_, size_;
  const FollowSource& source_;
  const FileSink& sink_;
  TileBuilder builder_;
  Bytes tile_;   // theirs, of the bundle taken last
};

}  // namespace

Result<bool> extends(const Suite& suite, const Checkpoint& old, const Checkpoint& now, const TileFileReader& read) {
  if (old.size == now.size) return old.root == now.root;
  if (old.size == 0) return old.root == empty_root(suite);
  PublishedNodes nodes(suite, now.size, read);
  const HashReader reader = [&](const Subtree& s) { return nodes(s); };
  const Hash theirs = root_of(suite, old.size, reader);
  const Proof proof = prove_consistency(suite, old.size, now.size, reader);
  if (nodes.failure()) return tl::unexpected<Error>(*nodes.failure());
  if (!check_consistency(suite, old.size, now.size, theirs, now.root, proof))
    return refuse("log-damaged", "the tiles do not hash to the root of the checkpoint over " + std::to_string(now.size) + " records");
  return theirs == old.root;
}

Status follow(const Suite& suite, const Checkpoint& old, const Checkpoint& now, const FollowSource& source, const FileSink& sink) {
  if (LEDGER_TRY(Follower(suite, old.size, now.size, source, sink).run(old.root)) != now.root)
    return refuse("log-damaged", "the entries do not hash to the root of the checkpoint over " + std::to_string(now.size) + " records");
  return {};
}

}  // namespace ledger
