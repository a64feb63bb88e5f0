// Checks a whole log from its records alone, in order: the tree, every submission and its signature, the
// keys and roles at each position, the bodies that are shown, and the indexes, all computed anew. The
// procedure's rules are not judged: not every body is shown. Stops at the first failure.
#pragma once

#include <functional>
#include <unordered_set>
#include <vector>

#include "ledger/core/admission.h"
#include "ledger/core/submission_thread.h"
#include "ledger/evidence/check.h"

namespace ledger {

// One record as it came: its bytes, and salt ‖ body where it is shown.
struct LogEntry {
  BytesView record;
  BytesView body;        // empty: not shown
};

class LogCheck {
 public:
  // Told of each event that passed, in order; `body` is nullptr where it is not shown. May fail it.
  using Each = std::function<std::optional<LevelFailure>(const Event&)>;
  explicit LogCheck(Each each) : each_(std::move(each)) {}

  // The next records; the first ever must be the genesis with its body.
  std::optional<LevelFailure> add(const std::vector<LogEntry>&);
  // That the last submission is whole.
  std::optional<LevelFailure> finish() const;

  const Genesis& genesis() const { return genesis_; }
  const Body& genesis_body() const { return *genesis_body_; }
  std::uint64_t size() const { return tree_ ? tree_->size() : 0; }
  Hash root() const { return tree_->root(); }
  std::uint64_t submissions() const { return submissions_; }
  std::uint64_t indexes() const { return indexes_; }
  std::uint64_t index_end() const { return last_index_; }      // records that the last index covers, itself included

 private:
  struct Decoded {
    Record record;
    Header header;
    std::optional<Body> body;
    Hash leaf, header_leaf;
    std::optional<LevelFailure> failure;
  };
  struct Signature {
    std::uint64_t position;
    std::shared_ptr<PublicKey> key;
    Bytes message, signature;
  };

  std::optional<LevelFailure> begin(const LogEntry& first);
  Decoded decode(std::uint64_t position, const LogEntry&) const;
  std::optional<LevelFailure> judge(Decoded&);
  std::optional<LevelFailure> judge_event(const Decoded&);
  std::optional<LevelFailure> open_submission(const Decoded&);
  std::optional<LevelFailure> check_signatures();

  Each each_;
  Genesis genesis_;
  std::optional<Body> genesis_body_;
  const Suite* suite_ = nullptr;
  std::optional<Frontier> tree_;
  std::optional<KeyRing> keys_;
  std::optional<UnitIndex> index_;
  std::optional<SubmissionThread> thread_;
  std::unordered_set<Id> ids_;
  std::vector<Signature> signatures_;
  Instant last_{INT64_MIN};
  std::uint64_t last_index_ = 0, submissions_ = 0, indexes_ = 0;
};

}  // namespace ledger
