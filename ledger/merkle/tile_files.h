// The files of a published log (C2SP tlog-tiles) and what is in them.
//
//   checkpoint                       the signed note
//   tile/<L>/<N>[.p/<W>]             W (full: 256) hashes of 32 bytes
//   tile/entries/<N>[.p/<W>]         W (full: 256) records, each after its length as 2 bytes, big-endian
// A tree of `size` leaves has floor(size / 256^L) hashes at level L; what is left over a multiple of 256
// is the level's one partial tile. A partial tile is a prefix of every wider one of its number.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/merkle/tiles.h"

namespace ledger {

inline constexpr int kEntries = -1;                        // the level of entry bundles
inline constexpr int kTileLevels = 8;                      // 256^8 leaves: more than a position counts
inline constexpr std::size_t kEntryBytesMax = 65'535;
inline constexpr std::size_t kBundleBytesMax = kTileHashes * (kEntryBytesMax + 2);

struct TileFile {
  int level;
  std::uint64_t index;
  unsigned width;   // 1 to 255; 0: full
  bool operator==(const TileFile&) const = default;
  std::string path() const { return tile_path(level, index, width); }
  TileFile full() const { return {level, index, 0}; }
  std::size_t count() const { return width == 0 ? kTileHashes : width; }
};

// Hashes (or entries) at a level of a tree.
std::uint64_t hashes_at(int level, std::uint64_t size);
// The file that holds number `index` of a level in a tree of `size`; there must be one.
TileFile tile_file(int level, std::uint64_t index, std::uint64_t size);
// The partial file of a level, if the tree has one.
std::optional<TileFile> partial_file(int level, std::uint64_t size);

// Reads a file of a published log.
using TileFileReader = std::function<Result<Bytes>(const TileFile&)>;

// `log-damaged` where the bytes are not what such a file holds.
Result<std::vector<Hash>> parse_tile(const TileFile&, BytesView);
// Views into `bundle`.
Result<std::vector<BytesView>> parse_bundle(const TileFile&, BytesView bundle);
// Bytes of the file out of those of the full one.
Result<Bytes> cut(const TileFile&, BytesView full);

Bytes tile_bytes(const std::vector<Hash>&);
// `record-too-long` above 65,535 bytes.
Status append_entry(Bytes& bundle, BytesView record);

}  // namespace ledger
