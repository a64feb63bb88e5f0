#include "ledger/log/stored_tree.h"

#include "ledger/text/encoding.h"

namespace ledger {

Result<Put> submission_row(BytesView key, const Record& first) {
  const auto header = LEDGER_TRY(decode_submission_header(first.submission_header));
  Bytes value(key);
  append_be(value, header.count, 4);
  return Put{Shelf::submissions, Bytes(header.submission_id.view()), value + Bytes(first.submission_hash.view())};
}

Bytes tile_key(const TileId& t) {
  Bytes key(1, static_cast<char>(t.level));
  append_be(key, t.index, 8);
  return key;
}

Result<std::unique_ptr<TileTree>> stored_tree(const Store& store, const Suite& suite, std::uint64_t size) {
  auto tree = std::make_unique<TileTree>(suite, [&store](const TileId& t) -> Result<Bytes> {
    auto bytes = LEDGER_TRY(store.get(Shelf::tiles, tile_key(t)));
    if (!bytes) return refuse("storage-damaged", "a tile of the tree is missing; run pufa verify");
    return std::move(*bytes);
  });
  LEDGER_CHECK(tree->restore(size, [&](std::uint64_t position) -> Result<Hash> {
    auto record = LEDGER_TRY(store.get(Shelf::records, position_key(position)));
    if (!record) return refuse("storage-damaged", "record " + std::to_string(position) + " is missing; run pufa verify");
    return leaf_hash(suite, *record);
  }));
  return tree;
}

}  // namespace ledger
