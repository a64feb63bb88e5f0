// Self-assessments, results and their confirmation: events.md 2.10 and 3.4. Objections, vetoes and
// points are in assessment_objection.cc.
#include "projections/rules/assessment.h"

#include <algorithm>

#include "projections/result_check.h"
#include "projections/rules/head.h"
#include "projections/scheme.h"

namespace projections {
namespace {

using Phase = AssessmentPhase;
using Stage = ledger::ResultPublished::Stage;

Result<const Scheme*> standing(const Case& c, int year, const Id& scheme) {
  const Scheme* s = c.state.reference.standing_scheme(year);
  if (s && s->id == scheme) return s;
  return refuse("scheme-not-standing", "Refer to the scheme that stands for the year.",
                "refs.scheme");
}

Status check_cutoff(const Case& c, const Scheme& s) {
  const auto last = std::max(s.cutoff, verification_cutoff(s.toml, s.cutoff));
  if (c.event.admitted >= last) return {};
  return refuse("before-cutoff", "A result is published once both cutoffs are over, at " +
                                     ledger::format_instant(last) + " or later.");
}

// `replaces` names the year's latest result, of the same stage.
bool replaces_latest(const Case& c, const ledger::ResultPublished& r) {
  return r.has_replaces() && c.state.assessment.year(r.year()).latest == r.replaces() &&
         c.state.assessment.result(r.replaces()).stage == r.stage();
}

Status check_preliminary(const Case& c, const ledger::ResultPublished& r) {
  if (!c.state.assessment.year(r.year()).latest || replaces_latest(c, r)) return {};
  return refuse("result-exists",
                "The year has a result; `replaces` must name its latest preliminary one.",
                "refs.replaces");
}

Status check_window_over(const Case& c, Date published) {
  const int days = c.state.profiles.of(published).objection_window_days;
  const Date last = LEDGER_TRY(c.state.calendars.add_work_days(published, days));
  if (c.event.on > last) return {};
  return refuse("objection-window-open",
                "Objections are open until " + ledger::format_date(last) + "; publish after that.",
                "on");
}

Status check_final(const Case& c, const ledger::ResultPublished& r) {
  const AssessmentYear year = c.state.assessment.year(r.year());
  if (year.phase == Phase::none)
    return refuse("no-preliminary", "A final result follows a preliminary one.", "data.stage");
  if (year.phase == Phase::preliminary)
    LEDGER_CHECK(check_window_over(c, c.state.assessment.result(year.latest).at.on));
  if (year.objections_open != 0)
    return refuse(
        "objection-open",
        std::to_string(year.objections_open) + " objections are undecided; decide them first.",
        "data.stage");
  return {};
}

// What is decided since is what the result in force did not read.
Status check_superseding(const Case& c, const ledger::ResultPublished& r) {
  const AssessmentYear year = c.state.assessment.year(r.year());
  if (year.confirmed && year.last_redress &&
      *year.last_redress >= c.state.assessment.result(year.confirmed).head_size)
    return {};
  return refuse(
      "nothing-to-supersede",
      "A superseding result needs a confirmed one, and a review, external or veto decision since.",
      "data.stage");
}

Status check_stage(const Case& c, const ledger::ResultPublished& r) {
  switch (r.stage()) {
    case Stage::preliminary: return check_preliminary(c, r);
    case Stage::final: return check_final(c, r);
    case Stage::superseding: return check_superseding(c, r);
  }
  __builtin_unreachable();
}

Status check_indexed(const Case& c, std::int32_t head_size) {
  const auto records = static_cast<std::uint64_t>(head_size);
  if (records != 0 && c.state.archive.indexes.has(records - 1)) return {};
  return refuse("index-missing", "The record just below headSize must be an IndexCommitted.",
                "data.headSize");
}

bool admits(const Case& c, const ledger::ResultPublished& r) {
  const Phase phase = assessment_phase(c.state, r.year());
  switch (r.stage()) {
    case Stage::preliminary:
      return phase == (r.has_replaces() ? Phase::preliminary : Phase::scheme);
    case Stage::final:
      return phase == Phase::preliminary || (phase == Phase::final && replaces_latest(c, r));
    case Stage::superseding: return phase == Phase::confirmed;
  }
  __builtin_unreachable();
}

Phase phase_of(Stage s) {
  switch (s) {
    case Stage::preliminary: return Phase::preliminary;
    case Stage::final: return Phase::final;
    case Stage::superseding: return Phase::superseding;
  }
  __builtin_unreachable();
}

std::vector<PublishedResult::Row> copy(
    const ledger::StructList<ledger::ResultPublished::Row>& rows) {
  std::vector<PublishedResult::Row> out;
  for (const auto r : rows)
    out.push_back(
        {unit_code(r.unit()), r.total(), r.rank(), r.category_rank(), r.grade(), r.vetoed()});
  return out;
}

}  // namespace

AssessmentState::AssessmentState(Journal& j) : years(j), results(j), self_assessments(j), objections(j), objection_of(j), decisions(j), vetoes(j), points(j) {}
AssessmentState::~AssessmentState() = default;

std::string_view name_of(AssessmentPhase p) {
  constexpr std::string_view kNames[] = {"none",  "scheme",      "preliminary",
                                         "final", "superseding", "confirmed"};
  return kNames[static_cast<std::size_t>(p)];
}

AssessmentYear AssessmentState::year(int y) const {
  const AssessmentYear* found = years.find(y);
  return found ? *found : AssessmentYear();
}

bool AssessmentState::in_force(const Id& id) const {
  const PublishedResult* r = results.find(id);
  return r && r->confirmed && !r->replaced_by;
}

AssessmentPhase assessment_phase(const State& s, int year) {
  const Phase phase = s.assessment.year(year).phase;
  if (phase != Phase::none) return phase;
  return s.reference.standing_scheme(year) ? Phase::scheme : Phase::none;
}

Status check_assessment_phase(const Case& c, int year, bool admits) {
  if (admits) return {};
  return refuse("assessment-state",
                "The assessment of " + std::to_string(year) + " is in state " +
                    std::string(name_of(assessment_phase(c.state, year))) +
                    ", which does not admit this step.",
                "data.year");
}

Status check_indicator(std::string_view toml, std::string_view indicator, const char* field) {
  if (indicator_weight(toml, indicator)) return {};
  return refuse("indicator-unknown",
                "The scheme has no indicator " + std::string(indicator) + "; give one of its own.",
                field);
}

Status check(const Case& c, const ledger::SelfAssessmentSubmitted& s) {
  const Scheme* scheme = LEDGER_TRY(standing(c, s.year(), s.scheme()));
  for (const auto score : s.scores())
    LEDGER_CHECK(check_indicator(scheme->toml, score.indicator(), "data.scores.indicator"));
  for (const auto score : s.scores())
    if (score.points() > *indicator_weight(scheme->toml, score.indicator()))
      return refuse(
          "out-of-range",
          "The points exceed the weight of indicator " + std::string(score.indicator()) + ".",
          "data.scores.points");
  return check_assessment_phase(c, s.year(), assessment_phase(c.state, s.year()) == Phase::scheme);
}

void apply(Change& c, const ledger::SelfAssessmentSubmitted& s) {
  SelfAssessment& kept =
      c.state.assessment.self_assessments.edit({unit_code(c.event.unit), s.year()});
  kept = {.at = stamp_of(c.event), .scheme = s.scheme(), .scores = {}};
  for (const auto score : s.scores())
    kept.scores.push_back({std::string(score.indicator()), score.points()});
}

Status check(const Case& c, const ledger::ResultPublished& r) {
  const Scheme* scheme = LEDGER_TRY(standing(c, r.year(), r.scheme()));
  LEDGER_CHECK(check_head(c, r.head_size(), r.head_root()));
  LEDGER_CHECK(check_cutoff(c, *scheme));
  LEDGER_CHECK(check_stage(c, r));
  LEDGER_CHECK(check_indexed(c, r.head_size()));
  LEDGER_CHECK(check_result(c, r));
  return check_assessment_phase(c, r.year(), admits(c, r));
}

void apply(Change& c, const ledger::ResultPublished& r) {
  AssessmentState& s = c.state.assessment;
  AssessmentYear& year = s.years.edit(r.year());
  if (year.latest) s.results.edit(year.latest).replaced_by = c.event.id;
  year.latest = c.event.id;
  year.phase = phase_of(r.stage());
  s.results.edit(c.event.id) = {.at = stamp_of(c.event),
                                .year = r.year(),
                                .stage = r.stage(),
                                .head_size = static_cast<std::uint64_t>(r.head_size()),
                                .head_root = ledger::Hash::from(r.head_root()),
                                .result_hash = ledger::Hash::from(r.result_hash()),
                                .projection = std::string(r.projection()),
                                .projection_version = r.projection_version(),
                                .scheme = r.scheme(),
                                .replaces = r.replaces(),
                                .rows = copy(r.rows()),
                                .confirmed = {},
                                .replaced_by = {}};
}

Status check(const Case& c, const ledger::FinalResultConfirmed& f) {
  const PublishedResult& r = c.state.assessment.result(f.result());
  if (r.stage == Stage::preliminary || r.year != f.year())
    return refuse("result-not-final", "Refer to the year's final or superseding result.",
                  "refs.result");
  if (r.confirmed)
    return refuse("result-already-confirmed", "This result is confirmed already.", "refs.result");
  if (r.replaced_by)
    return refuse("result-replaced", "A newer result takes its place; confirm that one.",
                  "refs.result");
  return {};
}

void apply(Change& c, const ledger::FinalResultConfirmed& f) {
  AssessmentState& s = c.state.assessment;
  s.results.edit(f.result()).confirmed = stamp_of(c.event);
  AssessmentYear& year = s.years.edit(f.year());
  year.confirmed = f.result();
  year.phase = Phase::confirmed;
}

}  // namespace projections
