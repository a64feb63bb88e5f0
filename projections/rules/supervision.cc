// Rules of supervision and evaluation (events.md 2.7).
#include "projections/rules/supervision.h"

#include <algorithm>
#include <set>

#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::InspectionClosed;
using ledger::InspectionFindingRecorded;
using ledger::InspectionOpened;
using ledger::SurveyClosed;
using ledger::SurveyOpened;
using ledger::SurveyResponsesRecorded;
using ledger::ThirdPartyCommissioned;
using ledger::ThirdPartyReportDelivered;
using Kind = InspectionOpened::Kind;

Closing closing_by(const Event& e) { return {e.id, e.position, e.on}; }

Status check_superior(const Case& c, const InspectionOpened& t) {
  std::vector<UnitCode> supervised;
  for (auto& scope : c.event.signer->superior_scopes) supervised.push_back(unit_code(scope));
  for (auto u : unit_codes(t.units()))
    if (!c.state.identity.names(supervised, u))
      return refuse("scope-mismatch", "a superior authority inspects only what it supervises",
                    "data.units");
  if (t.kind() == Kind::deputyVisit || t.kind() == Kind::dutyReview)
    return refuse("role-missing", "only the office opens an inspection of this kind", "data.kind");
  return {};
}

Status refuse_not_inspected(std::string_view field) {
  return refuse("unit-not-inspected", "the inspection does not cover this unit",
                std::string(field));
}

Status refuse_inspection_closed() {
  return refuse("inspection-closed", "the inspection is closed", "refs.inspection");
}

bool are_scores_right(const Inspection& i, const InspectionClosed& t) {
  if (t.scores().empty()) return true;
  if (i.kind != Kind::deputyVisit && i.kind != Kind::dutyReview) return false;
  for (auto s : t.scores())
    if (s.sum() > 100 * s.n()) return false;
  return true;
}

// The unit of the survey under which answers about `u` are counted: itself, else the first one
// whose records go where its own go; none when the survey does not cover it.
UnitCode surveyed_unit(const IdentityState& s, const Survey& survey, UnitCode u) {
  auto& units = survey.units;
  if (std::find(units.begin(), units.end(), u) != units.end()) return u;
  auto it = std::find_if(units.begin(), units.end(), [&](UnitCode v) { return s.same(u, v); });
  return it == units.end() ? UnitCode{} : *it;
}

Status refuse_survey_closed() {
  return refuse("survey-closed", "the survey is closed", "refs.survey");
}

Tally tally_of(const SurveyClosed::Tally& t) {
  return {t.very_satisfied(), t.satisfied(), t.fairly_satisfied(), t.dissatisfied(), t.invalid()};
}

Tally recorded(const SupervisionState& s, const Id& survey, UnitCode u) {
  auto* tally = s.tallies.find({survey, u});
  return tally ? *tally : Tally{};
}

}  // namespace

SupervisionState::SupervisionState(Journal& j) : inspections(j), findings(j), finding_at(j), surveys(j), answers(j), tallies(j), commissions(j), reports(j) {}
SupervisionState::~SupervisionState() = default;

Status check(const Case& c, const InspectionOpened& t) {
  if (!c.event.signer->is(Role::office)) LEDGER_CHECK(check_superior(c, t));
  if (t.kind() == Kind::spot && t.units().size() > 1 && !t.has_sample_seed())
    return refuse("sample-seed-missing", "a spot check of several units needs its drawing's seed",
                  "data.sampleSeed");
  return {};
}

void apply(Change& c, const InspectionOpened& t) {
  auto& i = c.state.supervision.inspections.edit(c.event.id);
  i.id = c.event.id;
  i.position = c.event.position;
  i.on = c.event.on;
  i.kind = t.kind();
  i.title = t.title();
  i.opened_by = c.event.signer->owner();
  i.units = unit_codes(t.units());
}

Status check(const Case& c, const InspectionFindingRecorded& t) {
  auto& i = *c.state.supervision.inspections.find(t.inspection());
  auto& signer = *c.event.signer;
  if (!c.state.identity.names(i.units, unit_code(c.event.unit)))
    return refuse_not_inspected("unit");
  if (i.closed) return refuse_inspection_closed();
  bool only_deputy = !signer.is(Role::office) && !signer.is(Role::superior);
  if (only_deputy && i.kind != Kind::deputyVisit)
    return refuse("role-missing", "a deputy records findings of deputies' visits only",
                  "refs.inspection");
  return {};
}

void apply(Change& c, const InspectionFindingRecorded& t) {
  auto& s = c.state.supervision;
  s.findings.edit(c.event.id) = {c.event.id, c.event.position, c.event.on, t.inspection(),
                                 unit_code(c.event.unit), t.severity(), std::string(t.clause()),
                                 std::string(t.item_no()), c.event.signer->owner(), t.against(),
                                 false};
  auto number = s.inspections.edit(t.inspection()).findings++;
  s.finding_at.edit({t.inspection(), number}) = c.event.id;
}

void finding_annulled(State& s, const Id& id) { s.supervision.findings.edit(id).annulled = true; }

Status check(const Case& c, const InspectionClosed& t) {
  auto& i = *c.state.supervision.inspections.find(t.inspection());
  if (i.closed) return refuse_inspection_closed();
  if (!are_scores_right(i, t))
    return refuse("score-shape",
                  "scores go with deputies' visits and duty reviews, each sum at most 100 a person",
                  "data.scores");
  for (auto u : unit_codes(t.refusals()))
    if (!c.state.identity.names(i.units, u)) return refuse_not_inspected("data.refusals");
  for (auto s : t.scores())
    if (!c.state.identity.names(i.units, unit_code(s.unit())))
      return refuse_not_inspected("data.scores");
  return {};
}

void apply(Change& c, const InspectionClosed& t) {
  auto& i = c.state.supervision.inspections.edit(t.inspection());
  i.closed = closing_by(c.event);
  i.refusals = unit_codes(t.refusals());
  for (auto s : t.scores()) i.scores.push_back({unit_code(s.unit()), s.sum(), s.n()});
}

void apply(Change& c, const SurveyOpened& t) {
  c.state.supervision.surveys.edit(c.event.id) = {
      c.event.id, c.event.position, c.event.on, t.year(), t.kind(), t.method(),
      unit_codes(t.units()), t.planned_sample(), t.commission(), std::nullopt};
}

Status check(const Case& c, const SurveyResponsesRecorded& t) {
  auto& s = c.state.supervision;
  auto& survey = *s.surveys.find(t.survey());
  if (survey.closed) return refuse_survey_closed();
  auto unit = surveyed_unit(c.state.identity, survey, unit_code(c.event.unit));
  if (!unit) return refuse("unit-not-surveyed", "the survey does not cover this unit", "unit");
  std::set<SurveyToken> seen;
  for (auto row : t.rows()) {
    auto token = SurveyToken::from(row.token());
    if (!seen.insert(token).second || s.answers.has({t.survey(), unit, token}))
      return refuse("survey-token-reused", "a token answers once a survey and unit", "data.rows");
  }
  return {};
}

void apply(Change& c, const SurveyResponsesRecorded& t) {
  auto& s = c.state.supervision;
  auto unit = surveyed_unit(c.state.identity, *s.surveys.find(t.survey()), unit_code(c.event.unit));
  auto& tally = s.tallies.edit({t.survey(), unit});
  for (auto row : t.rows()) {
    s.answers.edit({t.survey(), unit, SurveyToken::from(row.token())}) = row.answer();
    ++tally[static_cast<std::size_t>(row.answer())];
  }
}

Status check(const Case& c, const SurveyClosed& t) {
  auto& s = c.state.supervision;
  auto& survey = *s.surveys.find(t.survey());
  if (survey.closed) return refuse_survey_closed();
  std::set<UnitCode> left(survey.units.begin(), survey.units.end());
  for (auto row : t.tallies()) {
    auto unit = unit_code(row.unit());
    if (!left.erase(unit) || tally_of(row) != recorded(s, t.survey(), unit))
      return refuse("tally-mismatch",
                    "the counts of " + std::string(row.unit()) + " are not those of its answers",
                    "data.tallies");
  }
  if (!left.empty())
    return refuse("tally-mismatch", "a unit of the survey has no counts", "data.tallies");
  return {};
}

void apply(Change& c, const SurveyClosed& t) {
  c.state.supervision.surveys.edit(t.survey()).closed = closing_by(c.event);
}

Status check(const Case&, const ThirdPartyCommissioned& t) {
  if (t.conflict_declared()) return {};
  return refuse("conflict-not-declared", "the evaluator must declare its conflicts of interest",
                "data.conflictDeclared");
}

void apply(Change& c, const ThirdPartyCommissioned& t) {
  c.state.supervision.commissions.edit(c.event.id) = {
      c.event.id, c.event.position, c.event.on, t.year(), std::string(t.evaluator()),
      std::string(t.evaluator_code()), std::string(t.contract_no()), unit_codes(t.conflicts()), {}};
}

Status check(const Case& c, const ThirdPartyReportDelivered& t) {
  auto& conflicts = c.state.supervision.commissions.find(t.commission())->conflicts;
  std::set<UnitCode> seen;
  for (auto s : t.scores())
    if (c.state.identity.names(conflicts, unit_code(s.unit())))
      return refuse("evaluator-conflict", "the evaluator declared a conflict with a unit it scores",
                    "data.scores");
  for (auto s : t.scores())
    if (!seen.insert(unit_code(s.unit())).second)
      return refuse("score-duplicate", "a unit is scored twice", "data.scores");
  return {};
}

void apply(Change& c, const ThirdPartyReportDelivered& t) {
  auto& s = c.state.supervision;
  auto& report = s.reports.edit(c.event.id);
  report = {c.event.id, c.event.position, c.event.on, t.commission(), {}, t.replaces(), {}};
  for (auto row : t.scores()) report.scores.push_back({unit_code(row.unit()), row.score()});
  s.commissions.edit(t.commission()).reports.push_back(c.event.id);
  if (t.has_replaces()) s.reports.edit(t.replaces()).replaced_by = c.event.id;
}

}  // namespace projections
