// From a submission's bytes to events that may be committed, or to a refusal.
//
// Two steps. `prepare` needs no state and runs on the caller's thread: form, shape, commitments, the
// tree over the headers. `Admission::judge` needs the state of the log and runs in its order: keys,
// roles and ids here, references and procedure in the Rules plugged in. A refused submission leaves
// every fold as it was.
#pragma once

#include <memory>
#include <span>

#include "ledger/core/event.h"
#include "ledger/core/keyring.h"
#include "ledger/core/unit_index.h"
#include "ledger/schema/wire.h"

namespace ledger {

inline constexpr std::uint16_t kRulesVersion = 1;

// Which event of a submission was refused (count = the submission as a whole), and why.
struct Refusal {
  static constexpr std::uint32_t kWhole = UINT32_MAX;
  std::uint32_t index = kWhole;
  Id event;
  std::optional<EventType> type;
  Error error;
};

struct PreparedEvent {
  Header header;
  Body body;
};

struct Prepared {
  Submission raw;
  SubmissionHeader header;
  Bytes message;                       // the signed message
  Hash hash;                           // H(signed message ‖ signature)
  std::vector<PreparedEvent> events;
  bool signature_good = false;         // checked already, against a key known before the queue
};

tl::expected<std::unique_ptr<Prepared>, Refusal> prepare(const Suite&, Submission);

// One event's form: canonical header and body, shape, commitment and named units as stated.
Result<PreparedEvent> prepare_event(const Suite&, BytesView header, BytesView salt, BytesView body);

// An admitted event with everything that it points at, and its record.
struct Admitted {
  Event event;
  Signer signer;
  Bytes record;
  Hash leaf;
};

struct Folds {
  KeyRing& keys;
  UnitIndex& index;
  Rules& rules;

  void begin() { keys.begin(), index.begin(), rules.begin(); }
  void commit() { keys.commit(), index.commit(), rules.commit(); }
  void roll_back() { keys.roll_back(), index.roll_back(), rules.roll_back(); }
};

// Whether an event id is taken by an earlier record.
using IdTaken = std::function<bool(const Id&)>;

class Admission {
 public:
  Admission(const Suite& s, Folds folds, const History& history) : suite_(s), folds_(folds), history_(history) {}

  // Judges the submission as the records from `position` on, admitted at `now`. On success the folds
  // hold it, uncommitted: the caller commits or rolls back. On refusal they are rolled back.
  // `pending` grows as events are admitted, so that History can serve them; records and leaves of them
  // are made once all are, or where an index looks at them.
  tl::expected<void, Refusal> judge(Prepared&, std::uint64_t position, Instant now, const IdTaken&,
                                    std::vector<std::unique_ptr<Admitted>>& pending);

 private:
  Status check_submission(Prepared&, Instant now) const;
  Status judge_event(Admitted&, const SubmissionHeader&, const IdTaken&);
  using Range = std::span<const std::unique_ptr<Admitted>>;
  void seal(const Prepared&, std::uint64_t position, Instant now, Range);

  const Suite& suite_;
  Folds folds_;
  const History& history_;
};

// The attachments that a body names.
StructList<Attachment> attachments_of(const Body&);

// The record of an event at its place.
Record make_record(const Prepared&, std::uint32_t index, std::uint64_t position, Instant now);

// Runs f(i) for i in [0, n) on all cores.
void parallel_for(std::size_t n, const std::function<void(std::size_t)>& f);

}  // namespace ledger
