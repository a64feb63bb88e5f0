// Assessments as commands ask for them, and the event that publishes one.
#pragma once

#include "projections/assessment/ranking.h"
#include "tools/cli/folds.h"

namespace tools {

struct Assessed {
  projections::assessment::Scheme scheme;
  projections::assessment::Ranking ranking;
};

// A scheme's text, the name that a result cites it by (an event's id, "default" or "file"), and the file it was read from.
struct NamedScheme {
  std::string name, toml, file = {};
};
// What `which` names: empty (the year's standing scheme among the facts, else the built-in default),
// an event id, or a TOML file.
ledger::Result<NamedScheme> choose_scheme(const projections::assessment::Facts&, int year, const std::string& which);

// The ranking of a year at a head (its scheme is filled in); a scheme of another year: `usage`.
ledger::Result<Assessed> assess_year(const projections::assessment::Facts&, int year, const NamedScheme&,
                                     projections::assessment::Head, projections::assessment::Detail);

struct PublishSpec {
  int year = 0;
  std::string stage = "preliminary";
  ledger::Date on;
  std::optional<ledger::Instant> at;
};
// The draft of ResultPublished at the ledger's head, which it first closes with an index.
ledger::Result<ledger::Json> result_draft(ledger::Ledger&, const PublishSpec&);

}  // namespace tools
