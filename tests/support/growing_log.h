// A log of leaves that grows, signs and proves, for witnesses to judge.
#pragma once

#include "ledger/merkle/note.h"
#include "ledger/merkle/tiles.h"
#include "tools/witness/witness.h"

namespace growing {

using namespace ledger;

class Log {
 public:
  explicit Log(const Suite& s = intl(), const std::string& fork = "")
      : suite(s), key(s.derive(sha256("log").view())), fork_(fork), tree_(s, [this](const TileId& t) -> Result<Bytes> { return tiles_.at({t.level, t.index}); }) {}

  void grow(std::uint64_t size) {
    while (tree_.size() < size)
      tree_.append(leaf_hash(suite, fork_ + std::to_string(tree_.size())), [&](const TileId& t, Bytes b) { tiles_[{t.level, t.index}] = std::move(b); });
  }
  Hash root(std::uint64_t size) const { return *tree_.root_at(size); }
  Proof proof(std::uint64_t old, std::uint64_t size) const { return *tree_.consistency(old, size); }
  std::string note(std::uint64_t size) const { return sign_note(Checkpoint{origin, size, root(size)}.text(), origin, suite, *key); }
  std::string request(std::uint64_t old, std::uint64_t size) const { return tools::format_witness_request({old, proof(old, size), note(size)}); }
  const TileTree& tree() const { return tree_; }
  NoteVerifier verifier() const { return {origin, suite, *suite.parse_public(key->public_key().spki())}; }

  const Suite& suite;
  std::unique_ptr<PrivateKey> key;
  std::string origin = "log.example/a";

 private:
  std::string fork_;
  std::map<std::pair<int, std::uint64_t>, Bytes> tiles_;
  TileTree tree_;
};

}  // namespace growing
