// Joint meetings, coordination requests, demand analysis, guidance, prompts.
//
// Invariant: a request is resolved at most once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;

struct CoordinationRequest {
  struct Resolution {
    Id id;
    std::uint64_t position = 0;
    ledger::Date on;
    ledger::CoordinationResolved::Outcome outcome{};
    Id meeting;
  };
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  UnitCode unit;
  std::vector<UnitCode> with_units;
  std::optional<Resolution> resolution;
};

class CoordinationState {
 public:
  explicit CoordinationState(Journal&);
  ~CoordinationState();

  Table<Id, CoordinationRequest> requests;
};

Status check(const Case&, const ledger::JointMeetingHeld&);
inline Status check(const Case&, const ledger::CoordinationRequested&) { return {}; }
Status check(const Case&, const ledger::CoordinationResolved&);
inline Status check(const Case&, const ledger::DemandAnalysed&) { return {}; }
Status check(const Case&, const ledger::GuidanceGiven&);
inline Status check(const Case&, const ledger::PromptIssued&) { return {}; }

inline void apply(Change&, const ledger::JointMeetingHeld&) {}
void apply(Change&, const ledger::CoordinationRequested&);
void apply(Change&, const ledger::CoordinationResolved&);
inline void apply(Change&, const ledger::DemandAnalysed&) {}
inline void apply(Change&, const ledger::GuidanceGiven&) {}
inline void apply(Change&, const ledger::PromptIssued&) {}

}  // namespace projections
