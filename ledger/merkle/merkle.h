// Merkle tree hashing and proofs, exactly as RFC 6962 section 2.1. Pure: no I/O, no state.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ledger/crypto/suite.h"

namespace ledger {

using Proof = std::vector<Hash>;

Hash leaf_hash(const Suite&, BytesView record);                     // H(0x00 ‖ record)
Hash node_hash(const Suite&, const Hash& left, const Hash& right);  // H(0x01 ‖ left ‖ right)
Hash empty_root(const Suite&);                                      // H("")

// MTH of leaf hashes held in memory (submission headers, small trees).
Hash tree_hash(const Suite&, const std::vector<Hash>& leaves);

// A complete subtree: its 2^level leaves begin at index · 2^level.
struct Subtree {
  int level;
  std::uint64_t index;
};
// Where a prover finds the hashes of complete subtrees.
using HashReader = std::function<Hash(const Subtree&)>;

// The complete subtrees, largest first, that a tree of `size` leaves is made of.
std::vector<Subtree> roots_of(std::uint64_t size);
Hash root_of(const Suite&, std::uint64_t size, const HashReader&);

// PATH(m, D[n]), section 2.1.1: the leaf's sibling first. Requires index < size.
Proof prove_inclusion(const Suite&, std::uint64_t index, std::uint64_t size, const HashReader&);
// The same over leaf hashes held in memory. Requires index < leaves.size().
Proof prove_inclusion(const Suite&, std::uint64_t index, const std::vector<Hash>& leaves);
// PROOF(m, D[n]), section 2.1.2. Requires old ≤ size; empty when old is 0 or size.
Proof prove_consistency(const Suite&, std::uint64_t old, std::uint64_t size, const HashReader&);

// RFC 9162 sections 2.1.3.2 and 2.1.4.2; false for a wrong length, index ≥ size or anything left over.
bool check_inclusion(const Suite&, std::uint64_t index, std::uint64_t size, const Hash& leaf,
                     const Proof&, const Hash& root);
bool check_consistency(const Suite&, std::uint64_t old, std::uint64_t size, const Hash& old_root,
                       const Hash& root, const Proof&);

// The right edge of a growing tree: one hash a set bit of its size, largest subtree first.
class Frontier {
 public:
  explicit Frontier(const Suite& s) : suite_(&s) {}
  // Adds a leaf; f is told of each complete subtree that it completes, lowest level first.
  using Sink = std::function<void(const Subtree&, const Hash&)>;
  void add(const Hash& leaf, const Sink& f = {}) { add_subtree(0, leaf, f); }
  // Adds a complete subtree of 2^level leaves; the size must be a multiple of that.
  void add_subtree(int level, const Hash& root, const Sink& f = {});
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  const Suite* suite_;
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;
};

}  // namespace ledger
