// Inspections and their findings, surveys, third-party evaluation, honours.
#include "projections/views/views.h"

namespace projections::views {
namespace {

using E = EventType;

Row scores_of(const Inspection& i) {
  Row out = Row::array();
  for (auto& s : i.scores)
    out.push_back({{"unit", text(text_of(s.unit))}, {"sum", s.sum}, {"n", s.n}});
  return out;
}

Row inspection_row(const Inspection& i) {
  Row row = row_of("inspection");
  row["on"] = text(i.on), row["kind"] = code(E::InspectionOpened, "kind", i.kind);
  row["title"] = i.title, row["openedBy"] = i.opened_by;
  row["findings"] = i.findings;
  row["closedOn"] = i.closed ? text(i.closed->on) : Row();
  row["units"] = text(i.units), row["refusals"] = text(i.refusals), row["scores"] = scores_of(i);
  row["event"] = text(i.id);
  return row;
}

Row finding_row(const Query& q, const InspectionFinding& f) {
  Row row = row_of("finding");
  put_unit(q, row, f.unit);
  row["on"] = text(f.on);
  row["severity"] = code(E::InspectionFindingRecorded, "severity", f.severity);
  row["clause"] = text(f.clause), row["itemNo"] = text(f.item_no);
  row["foundBy"] = f.owner, row["annulled"] = f.annulled;
  row["inspection"] = text(f.inspection), row["against"] = text(f.against);
  row["event"] = text(f.id);
  return row;
}

Row survey_row(const Query& q, const Survey& s, UnitCode unit) {
  const Tally* counted = q.state.supervision.tallies.find({s.id, unit});
  const Tally tally = counted ? *counted : Tally{};
  Row row = row_of("survey");
  put_unit(q, row, unit);
  row["year"] = s.year, row["kind"] = code(E::SurveyOpened, "kind", s.kind);
  row["method"] = code(E::SurveyOpened, "method", s.method);
  row["on"] = text(s.on), row["closedOn"] = s.closed ? text(s.closed->on) : Row();
  row["plannedSample"] = s.planned_sample;
  for (std::size_t a = 0; a < tally.size(); ++a)
    row[choice(E::SurveyResponsesRecorded, "rows.answer", a)] = tally[a];
  row["event"] = text(s.id);
  return row;
}

Row commission_row(const Commission& c) {
  Row row = row_of("commission");
  row["year"] = c.year, row["on"] = text(c.on), row["evaluator"] = c.evaluator;
  row["evaluatorCode"] = c.evaluator_code, row["contractNo"] = c.contract_no;
  row["conflicts"] = text(c.conflicts), row["reports"] = text(c.reports);
  row["event"] = text(c.id);
  return row;
}

Row score_row(const Query& q, const EvaluationReport& r, const EvaluationReport::Score& s) {
  Row row = row_of("evaluation");
  put_unit(q, row, s.unit);
  row["on"] = text(r.on), row["score"] = s.score;
  row["replacedBy"] = text(r.replaced_by), row["commission"] = text(r.commission);
  row["event"] = text(r.id);
  return row;
}

Row honour_row(const Query& q, const PublicityState::HonourKey& key, const HonourStep& step) {
  const auto& [honour, level, matter] = key;
  Row row = row_of("honour");
  put_unit(q, row, step.unit);
  row["honour"] = code(E::HonourConferred, "honour", honour);
  row["level"] = code(E::HonourConferred, "level", level);
  row["title"] = step.title, row["village"] = text(step.village);
  row["outcome"] = code(E::HonourConferred, "outcome", step.outcome);
  row["on"] = text(step.on), row["matterKey"] = matter;
  row["event"] = text(step.id);
  return row;
}

void add_surveys(const Query& q, Rows& rows) {
  for (const Survey* s : by_position(q.state.supervision.surveys))
    for (UnitCode unit : s->units)
      if (q.wants(unit) && q.wants_year(s->year)) rows.push_back(survey_row(q, *s, unit));
}

void add_evaluations(const Query& q, Rows& rows) {
  const auto& s = q.state.supervision;
  for (const Commission* c : by_position(s.commissions))
    if (q.wants_year(c->year)) rows.push_back(commission_row(*c));
  for (const EvaluationReport* r : by_position(s.reports))
    for (auto& score : r->scores)
      if (q.wants(score.unit) && q.wants_year(s.commissions.find(r->commission)->year))
        rows.push_back(score_row(q, *r, score));
}

void add_honours(const Query& q, Rows& rows) {
  for (auto& key : q.state.publicity.honours.sorted_keys())
    for (auto& step : *q.state.publicity.honours.find(key))
      if (q.wants(step.unit) && q.wants_year(step.on)) rows.push_back(honour_row(q, key, step));
}

}  // namespace

Rows supervision(const Query& q) {
  Rows rows = Rows::array();
  for (const Inspection* i : by_position(q.state.supervision.inspections))
    if (q.wants_any(i->units) && q.wants_year(i->on)) rows.push_back(inspection_row(*i));
  for (const InspectionFinding* f : by_position(q.state.supervision.findings))
    if (q.wants(f->unit) && q.wants_year(f->on)) rows.push_back(finding_row(q, *f));
  add_surveys(q, rows);
  add_evaluations(q, rows);
  add_honours(q, rows);
  return rows;
}

}  // namespace projections::views
