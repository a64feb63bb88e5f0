#include "ledger/log/export.h"

#include "ledger/log/stored_tree.h"
#include "ledger/merkle/tile_builder.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

// Reads records in order and makes bundles and tiles of them.
class Exporter {
 public:
  Exporter(const Suite& s, std::uint64_t old, std::uint64_t size, const FileSink& sink) : suite_(s), old_(old), size_(size), sink_(sink), builder_(s) {}

  Status run(const Store& store, const Hash& old_root, const TileFileReader& kept) {
    LEDGER_CHECK(builder_.resume(old_, kept));
    if (builder_.root() != old_root) return refuse("copy-damaged", "the tiles published before do not give their checkpoint's root: run again with --whole");
    std::uint64_t position = old_ / kTileHashes * kTileHashes;
    auto cursor = store.seek(Shelf::records, position_key(position));
    for (; position < size_ && cursor->valid() && cursor->key() == position_key(position); ++position, cursor->next()) LEDGER_CHECK(take(position, cursor->value()));
    LEDGER_CHECK(cursor->status());
    if (position < size_) return refuse("storage-damaged", "record " + std::to_string(position) + " is missing; run pufa verify");
    return builder_.finish(old_, tiles());
  }
  Hash root() const { return builder_.root(); }

 private:
  Status take(std::uint64_t position, BytesView record) {
    LEDGER_CHECK(append_entry(bundle_, record));
    if (position >= old_) LEDGER_CHECK(builder_.add(leaf_hash(suite_, record), tiles_));
    if ((position + 1) % kTileHashes != 0 && position + 1 != size_) return {};
    LEDGER_CHECK(sink_(tile_file(kEntries, position / kTileHashes, size_), bundle_));
    bundle_.clear();
    return {};
  }

  TileBuilder::Sink tiles() const {
    return [this](const TileFile& f, const std::vector<Hash>& hashes) { return sink_(f, tile_bytes(hashes)); };
  }

  const Suite& suite_;
  const std::uint64_t old_, size_;
  const FileSink& sink_;
  TileBuilder builder_;
  TileBuilder::Sink tiles_ = tiles();
  Bytes bundle_;
};

}  // namespace

Result<NewestCheckpoint> newest_checkpoint(const Store& store) {
  auto last = LEDGER_TRY(store.last(Shelf::checkpoints));
  if (!last) return refuse("storage-damaged", "no checkpoint is stored; run pufa verify");
  auto head = parse_note(last->second).and_then([](const Note& n) { return parse_checkpoint(n.text); });
  if (!head) return refuse("storage-damaged", "the newest checkpoint cannot be read; run pufa verify");
  return NewestCheckpoint{std::move(last->second), std::move(*head)};
}

Status check_extends(const Store& store, const Suite& suite, const Checkpoint& published, const Checkpoint& head) {
  const std::string name = "the checkpoint over " + std::to_string(published.size) + " records that was published there ";
  if (published.origin != head.origin) return refuse("log-foreign", name + "is of another log: " + published.origin);
  if (published.size > head.size) return refuse("log-rolled-back", name + "covers more than the " + std::to_string(head.size) + " records of this ledger");
  auto tree = LEDGER_TRY(stored_tree(store, suite, head.size));
  if (LEDGER_TRY(tree->root_at(published.size)) != published.root) return refuse("log-forked", name + "has another root than this ledger had at that size: one of them is a fork");
  return {};
}

Status export_tiles(const Store& store, const Suite& suite, const Checkpoint& published, const Checkpoint& head, const TileFileReader& kept, const FileSink& sink) {
  Exporter exporter(suite, published.size, head.size, sink);
  LEDGER_CHECK(exporter.run(store, published.root, kept));
  if (exporter.root() != head.root) return refuse("checkpoint-mismatch", "the records do not hash to the newest checkpoint's root; run pufa verify");
  return {};
}

}  // namespace ledger
