// The front door of a ledger for its writer: one orderer, many submitters, one synced write a group.
//
// Life of a submission: prepared on the caller's thread (form, shape, commitments, signature), queued;
// one caller at a time leads: it judges what is queued in order, extends the tree, and commits the group
// in one synced batch: *the* commit point. Then it signs a checkpoint over the durable head, wakes the
// group's callers, and leads on while others wait. The checkpoint is stored with the next group, or when
// closing.
//
// Invariants: positions have no gaps; admission times never go back; a checkpoint is signed only over
// a durable head that extends every one signed before. After a failed commit nothing more is accepted
// until the ledger is opened anew ("unknown": the group may or may not be there).
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <variant>

#include "ledger/core/admission.h"
#include "ledger/log/destroy.h"
#include "ledger/log/newest_ids.h"
#include "ledger/log/replay.h"
#include "ledger/merkle/note.h"
#include "ledger/merkle/tiles.h"
#include "ledger/store/store.h"

namespace ledger {

using Clock = std::function<Instant()>;
Instant system_now();

struct ReceiptEvent {
  Id id;
  std::uint64_t position = 0;
  Hash leaf;
  Proof proof;                     // to the checkpoint's root; empty unless asked for
};
struct Receipt {
  Id submission;
  std::uint64_t first = 0;
  std::vector<ReceiptEvent> events;
  std::string checkpoint;          // signed note
  bool again = false;              // the first receipt of a submission sent before
};
struct Unknown {
  Error error;
};
using Outcome = std::variant<Receipt, Refusal, Unknown>;

struct GenesisSpec {
  std::string origin, district, district_name;
  bool demonstration = false;
  const PrivateKey* operator_key = nullptr;
  Bytes registrar_spki, audit_spki;
  KeyId registrar_id, audit_id;
  std::optional<Checkpoint> predecessor;   // the last known head of a lost ledger that this one succeeds
};

struct LedgerOptions {
  std::unique_ptr<PrivateKey> operator_key;
  std::function<std::unique_ptr<Rules>(const Suite&)> rules;
  Clock clock = system_now;
  Random* random = &system_random();
  std::unique_ptr<Vault> vault;    // absent: submissions with sealed values are refused
  bool proofs = true;              // receipts carry inclusion proofs
};

class Ledger {
 public:
  // Writes record 0 into an empty store.
  static Status create(Store&, const Suite&, const GenesisSpec&, Instant at, Random&);
  // Rebuilds the state from the records and checks the newest checkpoint against the tree:
  // `checkpoint-mismatch`, `checkpoint-beyond`, `operator-key-wrong`.
  static Result<std::unique_ptr<Ledger>> open(std::unique_ptr<Store>, LedgerOptions);
  ~Ledger();
  Ledger(const Ledger&) = delete;

  // Blocks until the submission is durable or refused. From many threads at once. `at`: admission
  // time of a demonstration (`at-not-allowed` in production, `at-goes-back`).
  Outcome submit(Submission, std::optional<Instant> at = std::nullopt);

  // Appends an IndexCommitted unless the last record is one; the head then ends with it.
  Outcome ensure_index(std::optional<Instant> at = std::nullopt);

  const Genesis& genesis() const { return genesis_; }
  const Store& store() const { return *store_; }
  const Rules& rules() const { return *rules_; }
  const KeyRing& keys() const { return keys_; }
  std::uint64_t size() const { return tree_.size(); }
  Hash root() const { return tree_.root(); }
  Instant last_admitted() const { return last_; }
  std::string checkpoint() const;  // over the current head, signed now if need be

 private:
  struct Waiter;
  struct Group;
  class LogHistory;

  Ledger(std::unique_ptr<Store>, Genesis, LedgerOptions);
  Status rebuild();
  Status check_newest_checkpoint();
  Outcome wait(Waiter&);
  void lead(std::unique_lock<std::mutex>&);
  std::shared_ptr<Group> join(Waiter&);
  void process(const std::vector<Waiter*>&);
  void judge(Waiter&);
  void admit(Waiter&, Instant now);
  std::optional<Outcome> append_due_index(Instant now);
  Result<std::unordered_set<Id>> stored_ids(const Prepared&);
  void append_index(Waiter&, Instant now);
  std::optional<Outcome> known_submission(const Prepared&);
  Status take(const Prepared&, std::size_t first_pending);
  Status seal_values(const Prepared&, std::size_t first_pending);
  Status flush();
  Result<Instant> admission_time(std::optional<Instant> at) const;
  Result<Receipt> make_receipt(std::uint64_t first, std::uint32_t count, const Id& submission);
  std::string sign_checkpoint();
  Status erase(const Destruction&);

  std::unique_ptr<Store> store_;
  Genesis genesis_;
  const Suite& suite_;
  LedgerOptions options_;
  std::unique_ptr<Rules> rules_;
  KeyRing keys_;
  UnitIndex index_;
  TileTree tree_;
  std::unique_ptr<LogHistory> history_;

  Instant last_{0};
  std::uint64_t committed_ = 0;            // records durable
  std::uint64_t last_index_ = 0;           // position after the newest IndexCommitted
  NewestIds newest_ids_, newest_submissions_;   // of records and submissions, the group's among them
  std::string newest_checkpoint_;          // signed, perhaps not stored yet
  bool checkpoint_stored_ = true;
  std::optional<Error> poison_;

  // The group being built.
  Batch batch_;
  std::vector<std::unique_ptr<Prepared>> group_;             // keeps what pending_ points at
  std::vector<std::unique_ptr<Admitted>> pending_;
  std::map<Id, std::pair<std::uint64_t, std::uint32_t>> group_submissions_;
  std::vector<std::pair<Waiter*, Id>> group_waiters_;        // to be answered after the flush
  std::unordered_set<Id> group_ids_;
  std::map<std::pair<int, std::uint64_t>, Bytes> group_tiles_;
  std::vector<Destruction> destroyed_;

  mutable std::shared_mutex keys_mutex_;   // keys_ is read by submitters while the leader folds
  std::mutex queue_mutex_;
  std::deque<std::shared_ptr<Group>> queue_;
  bool leading_ = false;                   // all state but the queue is the leader's own
};

// A signed submission of drafts' events, ready to send.
Submission sign_submission(const Suite&, const Id& ledger, const PrivateKey&, std::vector<Submittable>,
                           const Id& submission_id, Instant signed_at);

}  // namespace ledger
