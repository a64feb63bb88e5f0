// The yearly assessment: results, confirmations, objections and decisions.
//
// Invariants: a year's phase is the fold of its events by events.md 3.4; its latest result is
// replaced by none, every earlier one by the next; `objections_open` counts the objections to its
// preliminary results that have no first decision; `last_redress` only grows.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"
#include "projections/rules/stamp.h"

namespace projections {

struct Case;
struct Change;
struct State;

// Vocabulary `state.assessment`.
enum class AssessmentPhase : std::uint8_t {
  none, scheme, preliminary, final, superseding, confirmed,
};
std::string_view name_of(AssessmentPhase);

struct AssessmentYear {
  // The results' part of the phase; whether a scheme stands is known to the reference data.
  AssessmentPhase phase = AssessmentPhase::none;
  Id latest;     // result; none: none yet
  Id confirmed;  // the last result confirmed; none: none yet
  std::uint64_t objections_open = 0;
  // Of the last review or external decision or veto decision, which a result may have to follow.
  std::optional<std::uint64_t> last_redress;
};

struct PublishedResult {
  struct Row {
    UnitCode unit;
    std::int64_t total = 0;
    int rank = 0, category_rank = 0;
    ledger::ResultPublished::Row::Grade grade{};
    bool vetoed = false;
  };

  Stamp at;
  int year = 0;
  ledger::ResultPublished::Stage stage{};
  std::uint64_t head_size = 0;
  ledger::Hash head_root, result_hash;
  std::string projection;
  int projection_version = 0;
  Id scheme, replaces;
  std::vector<Row> rows;
  std::optional<Stamp> confirmed;
  Id replaced_by;  // the next result of the year; none: the latest
};

struct SelfAssessment {
  struct Score {
    std::string indicator;
    std::int64_t points = 0;
  };
  Stamp at;
  Id scheme;
  std::vector<Score> scores;
};

struct Objection {
  using Level = ledger::ObjectionDecided::Level;

  Stamp at;
  int year = 0;
  UnitCode unit;
  Id result;
  std::string indicator;
  std::int64_t claimed = 0;
  std::array<Id, 3> decisions{};  // one a level; none: not decided
  const Id& decision(Level l) const { return decisions[static_cast<std::size_t>(l)]; }
};

struct ObjectionDecision {
  struct Adjustment {
    std::string indicator;
    std::int64_t from = 0, to = 0;
  };
  Stamp at;
  int year = 0;
  UnitCode unit;
  Objection::Level level{};
  ledger::ObjectionDecided::Outcome outcome{};
  Id objection;  // none: an external decision of its own
  std::vector<Adjustment> adjustments;
};

struct VetoStep {
  Stamp at;
  ledger::VetoDecided::Outcome outcome{};
};

struct PointsDecision {
  Stamp at;
  int points = 0;
};

struct AssessmentState {
  explicit AssessmentState(Journal&);
  ~AssessmentState();
  using UnitYear = std::tuple<UnitCode, int>;
  using Objected = std::tuple<UnitCode, Id, std::string>;  // unit, result, indicator
  using Veto = std::tuple<UnitCode, int, ledger::VetoDecided::Code>;
  // unit, year, kind, matterKey
  using Points = std::tuple<UnitCode, int, ledger::PointsDecided::Kind, std::string>;

  Table<int, AssessmentYear> years;
  Table<Id, PublishedResult> results;                          // by ResultPublished
  Table<UnitYear, SelfAssessment, TupleHash> self_assessments;  // the last one
  Table<Id, Objection> objections;                             // by ObjectionFiled
  Table<Objected, Id, TupleHash> objection_of;
  Table<Id, ObjectionDecision> decisions;                      // by ObjectionDecided
  Table<Veto, std::vector<VetoStep>, TupleHash> vetoes;        // the last step stands
  Table<Points, PointsDecision, TupleHash> points;

  // The result of an event's ref. The common checks make sure that there is one.
  const PublishedResult& result(const Id& id) const { return *results.find(id); }
  AssessmentYear year(int y) const;
  // Confirmed, and no later result, confirmed or not, takes its place.
  bool in_force(const Id& result) const;
};

// The phase of the year's machine, with the scheme's part.
AssessmentPhase assessment_phase(const State&, int year);

// Shared by the rules of the assessment.
Status check_assessment_phase(const Case&, int year, bool admits);
Status check_indicator(std::string_view scheme_toml, std::string_view indicator, const char* field);

Status check(const Case&, const ledger::SelfAssessmentSubmitted&);
Status check(const Case&, const ledger::ResultPublished&);
Status check(const Case&, const ledger::FinalResultConfirmed&);
Status check(const Case&, const ledger::ObjectionFiled&);
Status check(const Case&, const ledger::ObjectionDecided&);
Status check(const Case&, const ledger::VetoDecided&);
Status check(const Case&, const ledger::PointsDecided&);

void apply(Change&, const ledger::SelfAssessmentSubmitted&);
void apply(Change&, const ledger::ResultPublished&);
void apply(Change&, const ledger::FinalResultConfirmed&);
void apply(Change&, const ledger::ObjectionFiled&);
void apply(Change&, const ledger::ObjectionDecided&);
void apply(Change&, const ledger::VetoDecided&);
void apply(Change&, const ledger::PointsDecided&);

}  // namespace projections
