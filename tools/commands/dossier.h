// pufa dossier: a unit's dispute over its year, gathered from the log for people who were not there.
#pragma once

#include <map>
#include <set>

#include "projections/assessment/difference.h"
#include "tools/cli/page.h"
#include "tools/cli/what_if.h"

namespace tools {

struct DossierOptions {
  std::string dir, unit, objection, output;
  int year = 0;
  std::vector<std::string> without;
  bool zh = true;
  bool open = false;                                       // sealed grounds and reasons of the dispute too, for those who may see them
};
int run_dossier(const App&, const DossierOptions&);

// An event with what speaks against its time or its standing.
struct DossierEvent {
  std::uint64_t position = 0;
  ledger::Id id;
  ledger::EventType type{};
  ledger::Date on, admitted_on;
  ledger::Instant admitted;
  std::string signer, content;
  bool names_unit = false;                                 // or one that it became, or that became it
  bool names_code = false;                                 // the very code that the dossier is about
  int entry_lag_days = 0;                                  // allowed
  std::vector<std::uint64_t> corrected, annulled;          // positions of what corrects or annuls it
  std::optional<ledger::Instant> compromised_since;        // the signing key, reported later; only if admitted since

  bool late() const { return admitted_on - on > entry_lag_days; }
  bool doubtful() const { return late() || compromised_since; }
  bool noted() const { return doubtful() || !corrected.empty() || !annulled.empty(); }
};

// What is claimed for one indicator against one result: by an objection, or by an external decision of its own.
struct DossierClaim {
  std::string indicator;                                   // empty: no claim is on record, all indicators are shown
  const projections::Objection* objection = nullptr;
  const projections::ObjectionDecision* external = nullptr;
  const projections::PublishedResult* result = nullptr;    // contested; of no claim: the latest
  std::int64_t claimed = 0;                                // 1/100 point
};

// One way the year could be counted.
struct DossierCase {
  enum class Kind { published, granted, without, latest } kind{};
  std::set<std::uint64_t> left_out;                        // positions, of `without`
  std::int64_t points = 0, weight = 0;                     // of the claimed indicator
  projections::assessment::Standing standing;
};

struct DossierMatter {
  DossierClaim claim;
  projections::assessment::Scheme scheme;
  projections::assessment::Row row;                        // at the contested result
  std::vector<ledger::Id> events;                          // that the indicator's points rest on
  std::vector<DossierCase> cases;
};

struct Dossier {
  Reader reader;
  Folds folds;
  std::vector<const projections::PublishedResult*> results;   // of the year, in order
  std::vector<DossierMatter> matters;
  std::map<std::uint64_t, DossierEvent> events;            // that name the unit in the year, or that points rest on
  std::map<ledger::Id, std::uint64_t> positions;           // of these
  std::uint64_t last_index = 0;                            // records before it are in the evidence
};

// Codes: `usage` (unit not ranked, no result of the year, objection not the unit's), those of the reader.
ledger::Result<Dossier> gather_dossier(const App&, const DossierOptions&);

}  // namespace tools
