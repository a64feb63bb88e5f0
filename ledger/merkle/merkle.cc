#include "ledger/merkle/merkle.h"

#include <bit>
#include <cassert>

namespace ledger {
namespace {

// Largest power of two below n, n > 1.
std::uint64_t split_point(std::uint64_t n) { return std::uint64_t{1} << (std::bit_width(n - 1) - 1); }

// MTH(D[first : first + count]) of a range that begins at a multiple of the power of two ≥ its size.
Hash range_hash(const Suite& s, std::uint64_t first, std::uint64_t count, const HashReader& read) {
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return read({level, first >> level});
  }
  const std::uint64_t k = split_point(count);
  return node_hash(s, range_hash(s, first, k, read), range_hash(s, first + k, count - k, read));
}

void inclusion(const Suite& s, std::uint64_t index, std::uint64_t first, std::uint64_t count,
               const HashReader& read, Proof& out) {
  if (count == 1) return;
  const std::uint64_t k = split_point(count);
  if (index < k) {
    inclusion(s, index, first, k, read, out);
    out.push_back(range_hash(s, first + k, count - k, read));
  } else {
    inclusion(s, index - k, first + k, count - k, read, out);
    out.push_back(range_hash(s, first, k, read));
  }
}

// SUBPROOF(m, D[first : first + count], whole) of section 2.1.2.
void consistency(const Suite& s, std::uint64_t m, std::uint64_t first, std::uint64_t count, bool whole,
                 const HashReader& read, Proof& out) {
  if (m == count) {
    if (!whole) out.push_back(range_hash(s, first, count, read));
    return;
  }
  const std::uint64_t k = split_point(count);
  if (m <= k) {
    consistency(s, m, first, k, whole, read, out);
    out.push_back(range_hash(s, first + k, count - k, read));
  } else {
    consistency(s, m - k, first + k, count - k, false, read, out);
    out.push_back(range_hash(s, first, k, read));
  }
}

}  // namespace

Hash leaf_hash(const Suite& s, BytesView record) { return s.hash_pair(0, record, {}); }
Hash node_hash(const Suite& s, const Hash& l, const Hash& r) { return s.hash_pair(1, l.view(), r.view()); }
Hash empty_root(const Suite& s) { return s.hash(BytesView()); }

Hash tree_hash(const Suite& s, const std::vector<Hash>& leaves) {
  Frontier f(s);
  for (auto& leaf : leaves) f.add(leaf);
  return f.root();
}

std::vector<Subtree> roots_of(std::uint64_t size) {
  std::vector<Subtree> out;
  std::uint64_t first = 0;
  for (int level = 63; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    out.push_back({level, first >> level});
    first += std::uint64_t{1} << level;
  }
  return out;
}

Hash root_of(const Suite& s, std::uint64_t size, const HashReader& read) {
  return size == 0 ? empty_root(s) : range_hash(s, 0, size, read);
}

Proof prove_inclusion(const Suite& s, std::uint64_t index, std::uint64_t size, const HashReader& read) {
  assert(index < size);
  Proof out;
  inclusion(s, index, 0, size, read, out);
  return out;
}

Proof prove_inclusion(const Suite& s, std::uint64_t index, const std::vector<Hash>& leaves) {
  std::vector<std::vector<Hash>> levels{leaves};   // complete subtrees only, lowest first
  while (levels.back().size() > 1) {
    auto& below = levels.back();
    std::vector<Hash> level;
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(node_hash(s, below[i], below[i + 1]));
    levels.push_back(std::move(level));
  }
  return prove_inclusion(s, index, leaves.size(),
                         [&](const Subtree& t) { return levels[static_cast<std::size_t>(t.level)][t.index]; });
}

Proof prove_consistency(const Suite& s, std::uint64_t old, std::uint64_t size, const HashReader& read) {
  assert(old <= size);
  Proof out;
  if (old > 0 && old < size) consistency(s, old, 0, size, true, read, out);
  return out;
}

bool check_inclusion(const Suite& s, std::uint64_t index, std::uint64_t size, const Hash& leaf,
                     const Proof& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t fn = index, sn = size - 1;
  Hash r = leaf;
  for (auto& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(s, p, r);
      while ((fn & 1) == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      r = node_hash(s, r, p);
    }
    fn >>= 1, sn >>= 1;
  }
  return sn == 0 && r == root;
}

bool check_consistency(const Suite& s, std::uint64_t old, std::uint64_t size, const Hash& old_root,
                       const Hash& root, const Proof& proof) {
  if (old > size) return false;
  if (old == size) return proof.empty() && old_root == root && (size != 0 || root == empty_root(s));
  if (old == 0) return proof.empty() && old_root == empty_root(s);
  std::size_t at = 0;
  const bool complete = std::has_single_bit(old);
  if (!complete && proof.empty()) return false;
  std::uint64_t fn = old - 1, sn = size - 1;
  while ((fn & 1) != 0) fn >>= 1, sn >>= 1;
  Hash fr = complete ? old_root : proof[at++], sr = fr;
  for (; at < proof.size(); ++at) {
    const Hash& c = proof[at];
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(s, c, fr);
      sr = node_hash(s, c, sr);
      while ((fn & 1) == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      sr = node_hash(s, sr, c);
    }
    fn >>= 1, sn >>= 1;
  }
  return sn == 0 && fr == old_root && sr == root;
}

void Frontier::add_subtree(int level, const Hash& root, const Sink& f) {
  assert((size_ & ((std::uint64_t{1} << level) - 1)) == 0);
  Hash h = root;
  int at = level;
  if (f) f({at, size_ >> at}, h);
  for (std::uint64_t rest = size_ >> level; (rest & 1) != 0; rest >>= 1) {
    h = node_hash(*suite_, edge_.back(), h);
    edge_.pop_back();
    ++at;
    if (f) f({at, size_ >> at}, h);
  }
  edge_.push_back(h);
  size_ += std::uint64_t{1} << level;
}

Hash Frontier::root() const {
  if (edge_.empty()) return empty_root(*suite_);
  Hash h = edge_.back();
  for (std::size_t i = edge_.size() - 1; i-- > 0;) h = node_hash(*suite_, edge_[i], h);
  return h;
}

}  // namespace ledger
