// Inspections, surveys, third-party evaluation.
//
// Invariants: an inspection or survey is closed at most once and takes nothing afterwards; the
// tally of a (survey, unit) counts the tokens of that survey and unit; findings of an inspection
// are numbered from 0 without gaps.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;
struct State;

struct Closing {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
};

struct Inspection {
  using Kind = ledger::InspectionOpened::Kind;
  struct Score {
    UnitCode unit;
    int sum = 0, n = 0;
  };
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Kind kind{};
  std::string title, opened_by;
  std::vector<UnitCode> units;
  std::uint32_t findings = 0;
  std::optional<Closing> closed;
  std::vector<UnitCode> refusals;
  std::vector<Score> scores;
};

struct InspectionFinding {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Id inspection;
  UnitCode unit;
  ledger::InspectionFindingRecorded::Severity severity{};
  std::string clause, item_no, owner;
  Id against;
  bool annulled = false;
};

// Counts in the order of the answers: very satisfied, satisfied, fairly, dissatisfied, invalid.
using Tally = std::array<std::int32_t, 5>;
using SurveyToken = ledger::Fixed<16, struct SurveyTokenTag>;

struct Survey {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  int year = 0;
  ledger::SurveyOpened::Kind kind{};
  ledger::SurveyOpened::Method method{};
  std::vector<UnitCode> units;
  int planned_sample = 0;
  Id commission;
  std::optional<Closing> closed;
};

struct Commission {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  int year = 0;
  std::string evaluator, evaluator_code, contract_no;
  std::vector<UnitCode> conflicts;
  std::vector<Id> reports;  // by position
};

struct EvaluationReport {
  struct Score {
    UnitCode unit;
    int score = 0;
  };
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Id commission;
  std::vector<Score> scores;
  Id replaces, replaced_by;
};

class SupervisionState {
 public:
  explicit SupervisionState(Journal&);
  ~SupervisionState();

  Table<Id, Inspection> inspections;
  Table<Id, InspectionFinding> findings;
  Table<std::tuple<Id, std::uint32_t>, Id, TupleHash> finding_at;  // (inspection, number)
  Table<Id, Survey> surveys;
  using Answer = ledger::SurveyResponsesRecorded::Row::Answer;
  Table<std::tuple<Id, UnitCode, SurveyToken>, Answer, TupleHash> answers;
  Table<std::tuple<Id, UnitCode>, Tally, TupleHash> tallies;
  Table<Id, Commission> commissions;
  Table<Id, EvaluationReport> reports;
};

void finding_annulled(State&, const Id&);

Status check(const Case&, const ledger::InspectionOpened&);
Status check(const Case&, const ledger::InspectionFindingRecorded&);
Status check(const Case&, const ledger::InspectionClosed&);
inline Status check(const Case&, const ledger::SurveyOpened&) { return {}; }
Status check(const Case&, const ledger::SurveyResponsesRecorded&);
Status check(const Case&, const ledger::SurveyClosed&);
Status check(const Case&, const ledger::ThirdPartyCommissioned&);
Status check(const Case&, const ledger::ThirdPartyReportDelivered&);
inline Status check(const Case&, const ledger::MediaInvestigationRecorded&) { return {}; }
inline Status check(const Case&, const ledger::EffectFeedbackSent&) { return {}; }

void apply(Change&, const ledger::InspectionOpened&);
void apply(Change&, const ledger::InspectionFindingRecorded&);
void apply(Change&, const ledger::InspectionClosed&);
void apply(Change&, const ledger::SurveyOpened&);
void apply(Change&, const ledger::SurveyResponsesRecorded&);
void apply(Change&, const ledger::SurveyClosed&);
void apply(Change&, const ledger::ThirdPartyCommissioned&);
void apply(Change&, const ledger::ThirdPartyReportDelivered&);
inline void apply(Change&, const ledger::MediaInvestigationRecorded&) {}
inline void apply(Change&, const ledger::EffectFeedbackSent&) {}

}  // namespace projections
