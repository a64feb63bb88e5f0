// The indexes that IndexCommitted commits to (README.md, "Indexes").
//
// Units: each unit has a sub-log, an RFC 6962 tree over (position, 8 bytes big-endian ‖ leaf hash) of
// the records whose header names it; records that name none belong to the empty code. The directory is
// a tree over (code ‖ count, 8 bytes ‖ sub-log root), sorted by code.
// Keys: a tree over each key's entry, sorted by key id; an entry is the canonical JSON
// {"key","notAfter","notBefore","owner","ownerUnit","publicKey","revoked","roles":[[role,scope,from,until]…]}
// with instants in ms (null: none), roles not ended, in the order they were granted.
#pragma once

#include "ledger/core/keyring.h"
#include "ledger/core/table.h"
#include "ledger/merkle/merkle.h"

namespace ledger {

// An IndexCommitted is due when as many records have come since the last.
inline constexpr std::uint64_t kIndexEvery = 4'096;

// The leaves of those trees, before they are hashed.
Bytes sub_log_entry(std::uint64_t position, const Hash& leaf);
Bytes directory_entry(std::string_view unit, std::uint64_t count, const Hash& sub_log_root);
Bytes key_entry(const Key&);

// Where an entry stands in a directory, and its inclusion path there.
struct DirectoryPath {
  std::uint64_t place = 0;
  Proof path;
};

class UnitIndex {
 public:
  explicit UnitIndex(const Suite&);
  ~UnitIndex();
  void begin() { journal_.begin(); }
  void commit() { journal_.commit(); }
  void roll_back() { journal_.roll_back(); }

  void add(std::uint64_t position, const Hash& leaf, const std::vector<std::string>& named);

  struct Roots {
    Hash units, keys;
    std::int32_t unit_count = 0, key_count = 0;
  };
  Roots roots(const KeyRing&) const;
  // Of a unit without records, or a key that is not enrolled: nullopt.
  std::optional<DirectoryPath> unit_path(const std::string& code) const;
  std::optional<DirectoryPath> key_path(const KeyRing&, const KeyId&) const;
  // index-not-current, index-root-wrong.
  Status check(std::uint64_t position, const IndexCommitted&, const KeyRing&) const;

 private:
  struct SubLog {
    std::optional<Frontier> tree;
  };
  void add_to(const std::string& code, const Hash& entry);
  std::vector<Hash> unit_leaves() const;
  std::vector<Hash> key_leaves(const KeyRing&) const;

  const Suite& suite_;
  Journal journal_;
  Table<std::string, SubLog> sub_logs_;
};

}  // namespace ledger
