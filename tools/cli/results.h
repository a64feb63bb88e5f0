// Assessments as commands ask for them, and the event that publishes one.
#pragma once

#include "projections/assessment/ranking.h"
#include "tools/cli/folds.h"

namespace tools {

struct Assessed {
  projections::assessment::Scheme scheme;
  projections::assessment::Ranking ranking;
};

// The ranking of a year at the folds' head, under the scheme that `which` names: empty (the year's
// standing one, else the built-in default), an event id, or a TOML file. `extra_facts`: laid between
// the log's own by a what-if run.
ledger::Result<Assessed> assess_year(const Folds&, int year, const std::string& which, const std::string& as_of,
                                       std::uint64_t extra_facts = 0);

struct PublishSpec {
  int year = 0;
  std::string stage = "preliminary";
  ledger::Date on;
  std::optional<ledger::Instant> at;
};
// The draft of ResultPublished at the ledger's head, which it first closes with an index.
ledger::Result<ledger::Json> result_draft(ledger::Ledger&, const PublishSpec&);

}  // namespace tools
