// Verification, correction and annulment of records.
//
// Invariants: a dossier lists the findings and corrections of a record by position, and never loses
// one; `bodies` holds, for each record whose values other states keep, its bytes as corrected so
// far.
#pragma once

#include <optional>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;

enum class RecordState { unverified, ok, disallowed, annulled };

struct Verification {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  ledger::RecordVerified::Finding finding{};
  ledger::RecordVerified::Method method{};
  Id original;
};

// A correction or the annulment of a record.
struct RecordAmendment {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
};

struct Dossier {
  std::vector<Verification> verifications;
  std::vector<RecordAmendment> corrections;
  std::optional<RecordAmendment> annulment;
};

class CorrectionState {
 public:
  explicit CorrectionState(Journal&);
  ~CorrectionState();

  Table<Id, Dossier> dossiers;
  Table<Id, ledger::Bytes> bodies;
};

RecordState state_of(const RecordInfo&);

// To be called when an event is applied whose values its family keeps and a correction may change.
void keep_body(Change&);

Status check(const Case&, const ledger::RecordVerified&);
Status check(const Case&, const ledger::RecordCorrected&);
Status check(const Case&, const ledger::RecordAnnulled&);

void apply(Change&, const ledger::RecordVerified&);
void apply(Change&, const ledger::RecordCorrected&);
void apply(Change&, const ledger::RecordAnnulled&);

}  // namespace projections
