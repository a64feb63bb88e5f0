// Where a ledger's bytes lie: ordered tables of keys and values, and one atomic synced write.
//
// Tables and their keys (integers big-endian, so that byte order is number order):
//   records      position (8)                  → record bytes, the Merkle leaf
//   bodies       position (8)                  → salt (32) ‖ body bytes
//   tiles        level (1) ‖ index (8)         → 256 hashes (8,192 bytes); full tiles only
//   ids          event id (16)                 → position (8)
//   submissions  submission id (16)            → first (8) ‖ count (4) ‖ submission hash (32)
//   checkpoints  size (8)                      → signed note
//   vault        position (8) ‖ field name     → key slot (8) ‖ encrypted salt and value ‖ hash of both
//   attachments  SHA-256 (32)                  → key slot (8) ‖ encrypted bytes ‖ hash of both
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/bytes.h"
#include "ledger/result.h"

namespace ledger {

enum class Shelf { records, bodies, tiles, ids, submissions, checkpoints, vault, attachments };
inline constexpr int kShelves = 8;
const char* name_of(Shelf);

struct Put {
  Shelf shelf;
  Bytes key, value;
};
using Batch = std::vector<Put>;

// A place in a shelf, going up. Views hold until next().
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool valid() const = 0;
  virtual BytesView key() const = 0;
  virtual BytesView value() const = 0;
  virtual void next() = 0;
  // A damaged block makes the cursor invalid, with `storage-damaged` here.
  virtual Status status() const = 0;
};

// A stretch of a shelf that cannot be read: from `from` up to the next key that can be; none: to the shelf's end.
struct Gap {
  Bytes from;
  std::optional<Bytes> to;
};
Error damage_of(Shelf, const Gap&);   // `storage-damaged`
using GapSink = std::function<void(const Gap&)>;

// Codes of failures: `not-a-ledger`, `ledger-locked`, `storage-full`, `storage` (with the cause in
// plain words). Reading is safe from many threads.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::optional<Bytes>> get(Shelf, BytesView key) const = 0;
  // At the first key ≥ from.
  virtual std::unique_ptr<Cursor> seek(Shelf, BytesView from) const = 0;
  // Calls f with each key ≥ from, in order, until it returns false. A damaged block ends the scan
  // with `storage-damaged`, after everything readable before it.
  Status scan(Shelf, BytesView from, const std::function<bool(BytesView key, BytesView value)>& f) const;
  // The same two past damaged blocks: reading goes on behind each, after `gap` was told of it.
  std::unique_ptr<Cursor> seek_past(Shelf, BytesView from, GapSink gap) const;
  void scan_past(Shelf, BytesView from, const std::function<bool(BytesView key, BytesView value)>& f, GapSink gap) const;
  virtual Result<std::optional<std::pair<Bytes, Bytes>>> last(Shelf) const = 0;
  // All or nothing. Synced: durable when it returns.
  virtual Status write(const Batch&, bool sync) = 0;
};

// `resume` makes what is not there yet, and goes on with what is. `salvage` reads a damaged store as far as it can be read,
// the write-ahead log past its damage included: for those who judge what they get. Beside a writer, `read` gives a whole
// prefix with all that was acknowledged before it began; `storage`: the writer left it no moment for that, try again.
enum class OpenMode { create, resume, write, read, salvage };
Result<std::unique_ptr<Store>> open_store(const std::string& directory, OpenMode);
// Makes the lists of files of a damaged store anew (RocksDB's MANIFEST and CURRENT), out of its tables and logs. It changes the
// folder: for a copy.
Status rebuild_store_lists(const std::string& directory);
std::unique_ptr<Store> memory_store();   // for tests: nothing is durable

Bytes position_key(std::uint64_t position);

}  // namespace ledger
