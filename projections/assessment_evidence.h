// Evidence of an assessment: every record of the log, the bodies that scoring reads, and the published
// result, which is computed anew from them (ledger/evidence/bundle.h has the file's form).
#pragma once

#include "ledger/evidence/bundle.h"
#include "projections/assessment/ranking.h"

namespace projections {

// Whether the bodies of a type are part of an assessment's evidence: those that are public and those
// that scoring reads.
bool is_shown(ledger::EventType);

struct AssessmentReport {
  ledger::Genesis genesis;
  ledger::Trusted trusted;
  std::uint64_t records = 0, submissions = 0, indexes = 0, index_end = 0, bodies = 0;
  ledger::ResultPlace place;
  ledger::Id result;
  std::optional<assessment::Ranking> ranking;      // computed anew
  std::vector<ledger::Level> holds;
  std::optional<ledger::LevelFailure> failure;
};

AssessmentReport check_assessment(ledger::EvidenceReader, const ledger::Policy&);

}  // namespace projections
