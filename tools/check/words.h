// What a check established, level by level, in words and as JSON.
#pragma once

#include "ledger/evidence/check.h"
#include "projections/assessment_evidence.h"
#include "tools/check/docket.h"
#include "tools/cli/app.h"

namespace tools {

// One level's outcome. `holds` false and not the failure: not established, and why.
struct Said {
  ledger::Level level{};
  bool holds = false;
  std::string text;
};

struct Verdict {
  std::optional<ledger::EvidenceKind> kind;   // none: it is no evidence at all
  std::vector<Said> levels;
  std::optional<ledger::LevelFailure> failure;
  std::string failed_file;                           // when the failure is another file's than the one judged
  ledger::Genesis genesis;
  ledger::Trusted trusted;
  std::optional<ledger::OrderedJson> record;         // the subject, as `pufa log --json` shows it
  std::optional<Docket> docket;                      // of a receipt: what followed
  std::optional<ledger::OrderedJson> ranking;        // of an assessment: computed anew
};

std::vector<Said> words_of(const App&, const ledger::Evidence&, const ledger::EvidenceReport&);
std::vector<Said> words_of(const App&, const projections::AssessmentReport&);
// That the record of an earlier checkpoint stands in a later one as it was.
std::string still_there(const App&, const ledger::Checkpoint& earlier, const ledger::Checkpoint& later);
// A record's public header, its signer, and its content as far as the evidence shows it.
ledger::OrderedJson show(const ledger::CheckedItem&);

int print(const App&, const std::string& file, const Verdict&);

}  // namespace tools
