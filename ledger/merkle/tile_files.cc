#include "ledger/merkle/tile_files.h"

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

tl::unexpected<Error> damaged(const TileFile& f) {
  return refuse("log-damaged", f.path() + " does not hold " + std::to_string(f.count()) + (f.level == kEntries ? " entries" : " hashes"));
}

}  // namespace

std::uint64_t hashes_at(int level, std::uint64_t size) {
  if (level == kEntries) return size;
  return level >= kTileLevels ? 0 : size >> (8 * level);
}

TileFile tile_file(int level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  return {level, index, index < hashes / kTileHashes ? 0 : static_cast<unsigned>(hashes % kTileHashes)};
}

std::optional<TileFile> partial_file(int level, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  if (hashes % kTileHashes == 0) return std::nullopt;
  return tile_file(level, hashes / kTileHashes, size);
}

Result<std::vector<Hash>> parse_tile(const TileFile& f, BytesView bytes) {
  if (bytes.size() != f.count() * 32) return damaged(f);
  std::vector<Hash> out;
  out.reserve(f.count());
  for (std::size_t i = 0; i < f.count(); ++i) out.push_back(Hash::from(bytes.substr(i * 32, 32)));
  return out;
}

namespace {

// Takes `count` entries off the front of `bytes`; false when they are not there.
bool take_entries(BytesView& bytes, std::size_t count, std::vector<BytesView>& out) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = bytes.size() < 2 ? 0 : read_be(bytes.substr(0, 2));
    if (bytes.size() < 2 + length) return false;
    out.push_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  return true;
}

}  // namespace

Result<std::vector<BytesView>> parse_bundle(const TileFile& f, BytesView bundle) {
  std::vector<BytesView> out;
  out.reserve(f.count());
  if (!take_entries(bundle, f.count(), out) || !bundle.empty()) return damaged(f);
  return out;
}

Result<Bytes> cut(const TileFile& f, BytesView full) {
  std::size_t bytes = f.count() * 32;
  if (f.level == kEntries) {
    std::vector<BytesView> entries;
    BytesView rest = full;
    if (!take_entries(rest, f.count(), entries)) return damaged(f.full());
    bytes = full.size() - rest.size();
  }
  if (full.size() < bytes) return damaged(f.full());
  return Bytes(full.substr(0, bytes));
}

Bytes tile_bytes(const std::vector<Hash>& hashes) {
  Bytes out;
  out.reserve(hashes.size() * 32);
  for (auto& h : hashes) out += h.view();
  return out;
}

Status append_entry(Bytes& bundle, BytesView record) {
  if (record.size() > kEntryBytesMax) return refuse("record-too-long", "a record is over 65,535 bytes: no entry bundle can hold it");
  append_be(bundle, record.size(), 2);
  bundle += record;
  return {};
}

}  // namespace ledger
