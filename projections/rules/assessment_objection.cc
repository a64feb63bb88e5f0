// Objections to results, and the decisions on them, on vetoes and on points: events.md 2.10.
#include <algorithm>

#include "projections/rules/assessment.h"
#include "projections/rules/rules.h"
#include "projections/scheme.h"

namespace projections {
namespace {

using Phase = AssessmentPhase;
using Stage = ledger::ResultPublished::Stage;
using Level = ledger::ObjectionDecided::Level;
using Outcome = ledger::ObjectionDecided::Outcome;
using Veto = ledger::VetoDecided;

// `what` completes "Only the reviewing authority …".
Status check_reviewer(const Case& c, bool needed, const char* what) {
  if (!needed || c.event.signer->is(Role::reviewer)) return {};
  return refuse("role-missing", std::string("Only the reviewing authority ") + what + ".");
}

Status window_closed(const char* message) {
  return refuse("objection-window-closed", message, "refs.result");
}

Status check_window(const Case& c, Date from) {
  const int days = c.state.profiles.of(from).objection_window_days;
  const Date last = LEDGER_TRY(c.state.calendars.add_work_days(from, days));
  if (c.event.on <= last) return {};
  return refuse("objection-window-closed",
                "Objections were open until " + ledger::format_date(last) + ".", "on");
}

// A final result not yet confirmed has no window yet: that is for the machine to refuse.
Status check_objectable(const Case& c, const PublishedResult& r) {
  if (r.stage == Stage::superseding)
    return window_closed(
        "A superseding result has no objections; only an external decision follows.");
  if (r.confirmed) return check_window(c, r.confirmed->on);
  if (r.replaced_by) return window_closed("A newer result takes its place; object to that one.");
  return r.stage == Stage::preliminary ? check_window(c, r.at.on) : Status();
}

bool admits(const State& s, const PublishedResult& r) {
  const Phase needed = r.stage == Stage::preliminary ? Phase::preliminary : Phase::confirmed;
  return assessment_phase(s, r.year) == needed;
}

bool in_favour(Outcome o) { return o == Outcome::upheld || o == Outcome::partlyUpheld; }

Status check_grounds(const ledger::ObjectionDecided& e) {
  if (e.level() != Level::external && !e.has_objection())
    return refuse("outcome-shape", "A decision refers to its objection unless it is external.",
                  "refs.objection");
  if (e.level() == Level::external && !e.has_basis())
    return refuse("outcome-shape", "An external decision gives its basis.", "data.basis");
  return {};
}

Status check_undecided(const Objection& o, const ledger::ObjectionDecided& e) {
  if (e.year() != o.year)
    return refuse("year-mismatch", "The year is that of the objection.", "data.year");
  if (o.decision(e.level()))
    return refuse("objection-already-decided", "The objection is decided at this level already.",
                  "data.level");
  return {};
}

Status check_adjustments(const Case& c, const ledger::ObjectionDecided& e) {
  if (e.has_adjustments() != in_favour(e.outcome()))
    return refuse("outcome-shape",
                  "Adjustments are given if and only if the objection is upheld or partly so.",
                  "data.adjustments");
  const Scheme* scheme = c.state.reference.standing_scheme(e.year());
  const std::string_view toml = scheme ? std::string_view(scheme->toml) : std::string_view();
  for (const auto adjustment : e.adjustments())
    LEDGER_CHECK(check_indicator(toml, adjustment.indicator(), "data.adjustments.indicator"));
  return {};
}

Status check_first_decided(const Case& c, const Objection& o, Level level) {
  const bool preliminary = c.state.assessment.result(o.result).stage == Stage::preliminary;
  if (level != Level::review || !preliminary || o.decision(Level::first)) return {};
  return refuse("review-before-first",
                "The objection must be decided at level first before its review.", "data.level");
}

// The scoring derives these from their own records (events.md 5.5).
bool derived_already(const State& s, const Id& basis) {
  switch (s.records.find(basis)->type) {
    case EventType::HonourConferred:
    case EventType::RecordVerified:
    case EventType::RectificationOrdered: return true;
    case EventType::BulletinIssued:
      return s.bulletin.issued(basis).kind == ledger::BulletinDrafted::Kind::criticism;
    default: return false;
  }
}

AssessmentState::Points points_key(const Event& e, const ledger::PointsDecided& p) {
  return {unit_code(e.unit), p.year(), p.kind(), std::string(p.matter_key())};
}

AssessmentState::Objected objected_key(const Event& e, const ledger::ObjectionFiled& o) {
  return {unit_code(e.unit), o.result(), std::string(o.indicator())};
}

}  // namespace

Status check(const Case& c, const ledger::ObjectionFiled& o) {
  const PublishedResult& r = c.state.assessment.result(o.result());
  LEDGER_CHECK(check_objectable(c, r));
  LEDGER_CHECK(check_indicator(c.state.reference.schemes.find(r.scheme)->toml, o.indicator(),
                               "data.indicator"));
  if (c.state.assessment.objection_of.has(objected_key(c.event, o)))
    return refuse("objection-duplicate",
                  "The unit objected to this indicator of this result already.", "data.indicator");
  return check_assessment_phase(c, o.year(), o.year() == r.year && admits(c.state, r));
}

void apply(Change& c, const ledger::ObjectionFiled& o) {
  AssessmentState& s = c.state.assessment;
  s.objections.edit(c.event.id) = {.at = stamp_of(c.event),
                                   .year = o.year(),
                                   .unit = unit_code(c.event.unit),
                                   .result = o.result(),
                                   .indicator = std::string(o.indicator()),
                                   .claimed = o.claimed(),
                                   .decisions = {}};
  s.objection_of.edit(objected_key(c.event, o)) = c.event.id;
  if (s.result(o.result()).stage == Stage::preliminary) ++s.years.edit(o.year()).objections_open;
}

Status check(const Case& c, const ledger::ObjectionDecided& e) {
  LEDGER_CHECK(
      check_reviewer(c, e.level() != Level::first, "decides at levels review and external"));
  LEDGER_CHECK(check_grounds(e));
  const Objection* o =
      e.has_objection() ? c.state.assessment.objections.find(e.objection()) : nullptr;
  if (o) LEDGER_CHECK(check_undecided(*o, e));
  LEDGER_CHECK(check_adjustments(c, e));
  if (o) LEDGER_CHECK(check_first_decided(c, *o, e.level()));
  LEDGER_CHECK(check_not_self_decided(c));
  const Phase needed = e.level() == Level::first ? Phase::preliminary : Phase::confirmed;
  return check_assessment_phase(c, e.year(), assessment_phase(c.state, e.year()) == needed);
}

void apply(Change& c, const ledger::ObjectionDecided& e) {
  AssessmentState& s = c.state.assessment;
  ObjectionDecision& d = s.decisions.edit(c.event.id);
  d = {.at = stamp_of(c.event),
       .year = e.year(),
       .unit = unit_code(c.event.unit),
       .level = e.level(),
       .outcome = e.outcome(),
       .objection = e.objection(),
       .adjustments = {}};
  for (const auto a : e.adjustments())
    d.adjustments.push_back({std::string(a.indicator()), a.from(), a.to()});
  if (e.has_objection())
    s.objections.edit(e.objection()).decisions[static_cast<std::size_t>(e.level())] = c.event.id;
  AssessmentYear& year = s.years.edit(e.year());
  if (e.level() == Level::first)
    --year.objections_open;
  else
    year.last_redress = c.event.position;
}

Status check(const Case& c, const Veto& v) {
  const bool applied = v.outcome() == Veto::Outcome::applied;
  LEDGER_CHECK(
      check_reviewer(c, applied && v.code() == Veto::Code::v4, "applies a veto for retaliation"));
  LEDGER_CHECK(check_reviewer(c, !applied, "lifts a veto"));
  const auto* steps = c.state.assessment.vetoes.find({unit_code(c.event.unit), v.year(), v.code()});
  if (applied && steps && steps->back().outcome == Veto::Outcome::applied)
    return refuse("veto-exists", "This veto is applied already.", "data.code");
  return {};
}

void apply(Change& c, const Veto& v) {
  AssessmentState& s = c.state.assessment;
  s.vetoes.edit({unit_code(c.event.unit), v.year(), v.code()})
      .push_back({stamp_of(c.event), v.outcome()});
  s.years.edit(v.year()).last_redress = c.event.position;
}

Status check(const Case& c, const ledger::PointsDecided& p) {
  for (const Id basis : p.basis())
    if (derived_already(c.state, basis))
      return refuse("points-already-derived",
                    "The scoring reads this basis itself; decide points only on other grounds.",
                    "refs.basis");
  if (c.state.assessment.points.has(points_key(c.event, p)))
    return refuse("points-duplicate",
                  "Points were decided for this unit, year, kind and matterKey.", "data.matterKey");
  return {};
}

void apply(Change& c, const ledger::PointsDecided& p) {
  c.state.assessment.points.edit(points_key(c.event, p)) = {stamp_of(c.event), p.points()};
}

}  // namespace projections
