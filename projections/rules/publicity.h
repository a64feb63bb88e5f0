// Publicity work: what later records must agree with.
//
// Invariants: the steps of a post or honour are by position, and none of them is annulled;
// `post_of` and `honour_of` name the key under which a record's step lies; `bases` lists a unit's
// declarations that stand, by position, the last being the one in force.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;
struct State;

struct EnforcementBasis {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  UnitCode unit;
  std::set<std::string> codes;
  Id replaces;
};

struct PostStep {
  using Outcome = ledger::VillageLegalPostRecorded::Outcome;
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Outcome outcome{};
  UnitCode unit;
  std::optional<ledger::Date> until;
};

struct HonourStep {
  using Outcome = ledger::HonourConferred::Outcome;
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Outcome outcome{};
  UnitCode unit;
  std::string title, village;
};

class PublicityState {
 public:
  // (post, village, person) and (honour, level, matterKey)
  using PostKey = std::tuple<ledger::VillageLegalPostRecorded::Post, std::string, std::string>;
  using HonourKey =
      std::tuple<ledger::HonourConferred::Honour, ledger::HonourConferred::Level, std::string>;
  explicit PublicityState(Journal&);
  ~PublicityState();

  Table<Id, EnforcementBasis> declarations;
  Table<UnitCode, std::vector<Id>> bases;
  Table<PostKey, std::vector<PostStep>, TupleHash> posts;
  Table<Id, PostKey> post_of;
  Table<HonourKey, std::vector<HonourStep>, TupleHash> honours;
  Table<Id, HonourKey> honour_of;
};

// Take a record out of these tables: it was annulled or is about to be applied anew.
void release_basis(State&, const Id&);
void release_post(State&, const Id&);
void release_honour(State&, const Id&);

Status check(const Case&, const ledger::ActivityHeld&);
inline Status check(const Case&, const ledger::CaseInterpretationPublished&) { return {}; }
Status check(const Case&, const ledger::JudgmentDocumentPublished&);
Status check(const Case&, const ledger::EnforcementBasisDeclared&);
Status check(const Case&, const ledger::EnforcementBasisDisclosed&);
Status check(const Case&, const ledger::MediaContentReleased&);
inline Status check(const Case&, const ledger::TrainingHeld&) { return {}; }
Status check(const Case&, const ledger::ExamHeld&);
inline Status check(const Case&, const ledger::StudySessionHeld&) { return {}; }
inline Status check(const Case&, const ledger::DutyReportDelivered&) { return {}; }
Status check(const Case&, const ledger::InquiryAnswered&);
Status check(const Case&, const ledger::WorkReportSubmitted&);
Status check(const Case&, const ledger::EvidenceAttached&);
Status check(const Case&, const ledger::VillageLegalPostRecorded&);
Status check(const Case&, const ledger::HonourConferred&);

inline void apply(Change&, const ledger::ActivityHeld&) {}
inline void apply(Change&, const ledger::CaseInterpretationPublished&) {}
inline void apply(Change&, const ledger::JudgmentDocumentPublished&) {}
void apply(Change&, const ledger::EnforcementBasisDeclared&);
inline void apply(Change&, const ledger::EnforcementBasisDisclosed&) {}
inline void apply(Change&, const ledger::MediaContentReleased&) {}
inline void apply(Change&, const ledger::TrainingHeld&) {}
inline void apply(Change&, const ledger::ExamHeld&) {}
inline void apply(Change&, const ledger::StudySessionHeld&) {}
inline void apply(Change&, const ledger::DutyReportDelivered&) {}
inline void apply(Change&, const ledger::InquiryAnswered&) {}
void apply(Change&, const ledger::WorkReportSubmitted&);
inline void apply(Change&, const ledger::EvidenceAttached&) {}
void apply(Change&, const ledger::VillageLegalPostRecorded&);
void apply(Change&, const ledger::HonourConferred&);

}  // namespace projections
