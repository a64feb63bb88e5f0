// One pass over a ledger that feeds whatever folds a command needs.
#pragma once

#include "projections/assessment/facts.h"
#include "projections/rules/rules.h"
#include "tools/cli/workspace.h"

namespace tools {

struct Folds {
  std::uint64_t size = 0;                              // records folded: the head asked for
  ledger::Hash root;                                   // of that head
  ledger::Instant last_admitted;
  std::unique_ptr<projections::ProcedureRules> rules;  // registers and dockets
  std::unique_ptr<projections::assessment::Facts> facts;

  const projections::State& state() const { return rules->state(); }
};

struct FoldOptions {
  std::string as_of;
  bool rules = true;
  bool facts = false;
  std::function<void(const ledger::Event&)> each;      // also told of every event; of its signer only with rules
};

ledger::Result<Folds> fold(const Reader&, const FoldOptions&);

// Root of the first `size` records, from their bytes.
ledger::Result<ledger::Hash> root_at(const Reader&, std::uint64_t size);

}  // namespace tools
