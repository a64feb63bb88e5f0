// Everything that somebody still owes at the head, with the day by which it is due.
#include "projections/views/dues.h"
#include "projections/views/views.h"

namespace projections::views {
namespace {

using Authority = OrganisationState::Authority;
using Level = Objection::Level;

// What the unit has yet to file this year: nothing accepted, nothing waiting for a decision.
void missing_filings(const Query& q, Rows& rows) {
  const int year = ledger::year_of(q.today);
  for (UnitCode code : q.state.identity.all_sorted()) {
    const Unit& u = *q.state.identity.find(code);
    if (!q.state.identity.active(code, q.today)) continue;
    for (auto& d : kFiledDocuments) {
      const SubmissionKey key{d.type, code, year, d.quarter};
      const auto due = Dues(q.state).filing(d.type, u, year, d.quarter);
      const auto period = filing_period(q.state, key);
      const bool waiting = q.state.organisation.is_pending(key, {});
      if (period.accepted || waiting || !due || !owes(u, year, *due)) continue;
      const auto detail = std::to_string(year) + (d.quarter ? " Q" + std::to_string(d.quarter) : "");
      const Id last = period.last ? period.last->id : Id();
      add(q, rows, {"unit", ledger::type_of(d.type).name.c_str(), code, due, last, detail});
    }
  }
}

// A plan that the office returned is filed anew; its superior has no more to decide on it.
bool awaits_superior(const State& s, const FiledSubmission& f) {
  const Unit* u = s.identity.find(f.key.unit);
  return f.key.type == EventType::AnnualPlanSubmitted && u && !u->superior.empty() &&
         s.organisation.filing_state(f.id, Authority::office) != FilingState::returned &&
         s.organisation.filing_state(f.id, Authority::superior) == FilingState::submitted;
}

void undecided_filings(const Query& q, Rows& rows) {
  for (const FiledSubmission* f : by_position(q.state.organisation.submissions)) {
    const auto due = Dues(q.state).filing_decision(f->on);
    const auto& name = ledger::type_of(f->key.type).name;
    if (q.state.organisation.filing_state(f->id, Authority::office) == FilingState::submitted)
      add(q, rows, {"office", "filingDecision", f->key.unit, due, f->id, name});
    if (awaits_superior(q.state, *f))
      add(q, rows, {"superior", "filingDecision", f->key.unit, due, f->id, name});
  }
}

// Of the list that the office accepted.
void open_items(const Query& q, const FiledSubmission& list, Rows& rows) {
  for (auto& no : list.item_nos) {
    const ListItem& item = *q.state.organisation.find_item(list.id, no);
    const bool open = item.state == ListItemState::open || item.state == ListItemState::amending;
    if (open && item.due) add(q, rows, {"unit", "listItem", item.unit, item.due, list.id, no});
  }
}

void list_items(const Query& q, Rows& rows) {
  const auto& s = q.state.organisation;
  for (const FiledSubmission* f : by_position(s.submissions))
    if (s.filing_state(f->id, Authority::office) == FilingState::accepted) open_items(q, *f, rows);
  for (const ItemAmendment* a : by_position(s.amendments))
    if (a->state == AmendmentState::pending)
      add(q, rows, {"office", "amendmentDecision", s.find_item(a->list, a->item_no)->unit,
                    Dues(q.state).amendment_decision(a->on), a->id, a->item_no});
  for (const Completion* c : by_position(s.completions))
    if (c->state == CompletionState::pending)
      add(q, rows, {"office", "completionVerification", s.find_item(c->list, c->item_no)->unit,
                    Dues(q.state).completion_verified(c->admitted_on), c->id, c->item_no});
}

void coordination(const Query& q, Rows& rows) {
  for (const CoordinationRequest* r : by_position(q.state.coordination.requests))
    if (!r->resolution)
      add(q, rows, {"office", "coordination", r->unit, Dues(q.state).coordination(r->on), r->id, ""});
}

// Objections to a preliminary result are first the office's, those to a final one the reviewer's.
void objections(const Query& q, Rows& rows) {
  using Stage = ledger::ResultPublished::Stage;
  const auto& s = q.state.assessment;
  for (const Objection* o : by_position<Id, Objection, std::hash<Id>>(
           s.objections, [](const Objection& x) { return x.at.position; })) {
    const bool first = s.result(o->result).stage == Stage::preliminary;
    if (o->decision(first ? Level::first : Level::review)) continue;
    add(q, rows, {first ? "office" : "reviewer", "objectionDecision", o->unit,
                  Dues(q.state).objection(o->at.on, first), o->at.event, o->indicator});
  }
}

bool is_to_be_public(const Bulletin& b, Date today) {
  const bool stands = b.phase == BulletinPhase::issued || b.phase == BulletinPhase::corrected;
  return stands && !(b.issue->public_on && *b.issue->public_on <= today);
}

void bulletins(const Query& q, Rows& rows) {
  for (const Bulletin* b : by_position<Id, Bulletin, std::hash<Id>>(
           q.state.bulletin.drafts, [](const Bulletin& x) { return x.at.position; }))
    if (is_to_be_public(*b, q.today))
      add(q, rows, {"office", "bulletinPublication", {}, Dues(q.state).bulletin(b->issue->at.on),
                    b->issue->at.event, b->title});
}

// Unknown due dates last; equal ones as they were found.
bool is_earlier(const Row& a, const Row& b) {
  const Row &x = a["due"], &y = b["due"];
  if (x.is_null() || y.is_null()) return !x.is_null() && y.is_null();
  return x.get_ref<const std::string&>() < y.get_ref<const std::string&>();
}

}  // namespace

void add(const Query& q, Rows& rows, const Deadline& d) {
  if (!q.wants(d.unit) || (d.due && !q.wants_year(*d.due))) return;
  Row row = row_of("deadline");
  row["party"] = d.party;
  put_unit(q, row, d.unit);
  row["what"] = d.what, row["detail"] = text(d.detail);
  row["due"] = text(d.due);
  put_open(row, q.today, d.due);
  row["event"] = text(d.event);
  rows.push_back(std::move(row));
}

Rows deadlines(const Query& q) {
  Rows rows = Rows::array();
  for (auto* collect : {missing_filings, undecided_filings, list_items, coordination,
                        complaint_deadlines, order_deadlines, objections, bulletins})
    collect(q, rows);
  std::vector<Row> sorted(rows.begin(), rows.end());
  std::stable_sort(sorted.begin(), sorted.end(), is_earlier);
  return Rows(sorted);
}

}  // namespace projections::views
