// Units, their restructurings and their officers.
//
// Invariants: a unit is never erased; following `records_go_to` from any unit ends, and so does
// following `parent`; `chains` holds the officers that stand, by position, one list a role.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;
struct State;

struct Restructuring {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  ledger::UnitRestructured::Kind kind{};
};

// A unit as it is now: as registered, with all later changes.
struct Unit {
  UnitCode code;
  Id id;
  std::uint64_t position = 0;
  ledger::Date registered_on;
  std::string name, short_name;
  ledger::UnitCategory category{};
  bool has_enforcement_power = false;
  std::optional<ledger::CaseClass> case_class;
  UnitCode parent, local_supervisor;
  std::string superior, district_code;
  ledger::Date from;
  bool ranked = true;
  std::vector<std::string> former_names;
  std::optional<ledger::Date> ended;  // last day: merged, split, dissolved, or given a new code
  UnitCode records_go_to;
  std::vector<Restructuring> history;
};

struct Officer {
  using Role = ledger::OfficerDesignated::Role;
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  UnitCode unit;
  Role role{};
  std::string person, title, dept;
  ledger::Date from;
  std::optional<ledger::Date> until;     // as designated
  std::optional<ledger::Date> last_day;  // in force: `until`, or earlier because of a successor
};

struct Reaffirmation {
  Id by;
  std::uint64_t position = 0;
  ledger::Date on;
};

class IdentityState {
 public:
  explicit IdentityState(Journal&);
  ~IdentityState();

  Table<UnitCode, Unit> units;
  Table<Id, Officer> officers;
  Table<std::tuple<UnitCode, Officer::Role>, std::vector<Id>, TupleHash> chains;
  Table<Id, Reaffirmation> reaffirmed;
  Table<ledger::KeyId, ledger::Instant> compromised;  // since when, by KeyRevoked

  const Unit* find(UnitCode u) const { return units.find(u); }
  // Registered, `on` not before its `from`, and not after the day on which it ended.
  bool active(UnitCode, ledger::Date on) const;
  // Where its records went, or the unit itself.
  UnitCode successor(UnitCode) const;
  bool same(UnitCode a, UnitCode b) const { return successor(a) == successor(b); }
  // Whether the list names the unit, or one whose records go where the unit's go.
  bool names(const std::vector<UnitCode>& list, UnitCode) const;
  std::vector<UnitCode> all_sorted() const { return units.sorted_keys(); }
};

std::vector<UnitCode> unit_codes(const ledger::TextList&);

// Whether the signing key belongs to the unit that the event is about.
bool is_own_matter(const Case&);
// The refusal `self-decision`.
Status check_not_self_decided(const Case&);

// Takes a designation out of its chain, because it was annulled or is about to be applied anew.
void release_officer(State&, const Id&);

// Keys and roles are judged in ledger/.
inline Status check(const Case&, const ledger::GenesisRecorded&) { return {}; }
inline Status check(const Case&, const ledger::KeyEnrolled&) { return {}; }
inline Status check(const Case&, const ledger::KeyRevoked&) { return {}; }
inline Status check(const Case&, const ledger::RoleGranted&) { return {}; }
inline Status check(const Case&, const ledger::RoleRevoked&) { return {}; }
Status check(const Case&, const ledger::RecordsReaffirmed&);
Status check(const Case&, const ledger::UnitRegistered&);
Status check(const Case&, const ledger::UnitRestructured&);
Status check(const Case&, const ledger::OfficerDesignated&);

inline void apply(Change&, const ledger::GenesisRecorded&) {}
inline void apply(Change&, const ledger::KeyEnrolled&) {}
void apply(Change&, const ledger::KeyRevoked&);
inline void apply(Change&, const ledger::RoleGranted&) {}
inline void apply(Change&, const ledger::RoleRevoked&) {}
void apply(Change&, const ledger::RecordsReaffirmed&);
void apply(Change&, const ledger::UnitRegistered&);
void apply(Change&, const ledger::UnitRestructured&);
void apply(Change&, const ledger::OfficerDesignated&);

}  // namespace projections
