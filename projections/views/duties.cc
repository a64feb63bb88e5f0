// What each unit files in a year, and the items of its list.
#include <set>

#include "projections/views/dues.h"
#include "projections/views/views.h"

namespace projections::views {
namespace {

using Authority = OrganisationState::Authority;

std::string filing_state(const Query& q, const FilingPeriod& p) {
  if (p.accepted) return "accepted";
  if (!p.last) return "missing";
  return std::string(name_of(q.state.organisation.filing_state(p.last->id, Authority::office)));
}

Row superior_state(const Query& q, const SubmissionKey& key, const Unit& u, const FilingPeriod& p) {
  if (key.type != EventType::AnnualPlanSubmitted || u.superior.empty()) return {};
  if (p.accepted_by_superior) return "accepted";
  if (!p.last) return "missing";
  return std::string(name_of(q.state.organisation.filing_state(p.last->id, Authority::superior)));
}

const Filing* decision_on(const Query& q, const FiledSubmission* s, Authority a) {
  return s ? q.state.organisation.filings.find({s->id, a}) : nullptr;
}

// Late by what was accepted first; without it, overdue.
void put_lateness(const Query& q, Row& row, const FilingPeriod& p, std::optional<Date> due) {
  const bool filed = p.accepted != nullptr;
  row["lateDays"] = due && filed ? Row(std::max(0, p.accepted->on - *due)) : Row();
  row["overdueDays"] = due && !filed ? Row(std::max(0, q.today - *due)) : Row();
}

Row filing_row(const Query& q, const Unit& u, const SubmissionKey& key, const FilingPeriod& p,
               std::optional<Date> due) {
  const FiledSubmission* shown = p.accepted ? p.accepted : p.last;
  const Filing* decided = decision_on(q, shown, Authority::office);
  Row row = row_of("filing");
  put_unit(q, row, u.code);
  row["year"] = key.year, row["quarter"] = key.quarter ? Row(key.quarter) : Row();
  row["document"] = ledger::type_of(key.type).name;
  row["due"] = text(due);
  row["submittedOn"] = shown ? text(shown->on) : Row();
  row["submissions"] = p.submissions;
  row["state"] = filing_state(q, p);
  row["decidedOn"] = decided ? text(decided->on) : Row();
  row["filingNo"] = decided ? text(decided->filing_no) : Row();
  row["superiorState"] = superior_state(q, key, u, p);
  const Filing* above = decision_on(q, p.accepted_by_superior, Authority::superior);
  row["superiorDecidedOn"] = above ? text(above->on) : Row();
  put_lateness(q, row, p, due);
  row["event"] = shown ? text(shown->id) : Row();
  return row;
}

std::set<int> years_of(const Query& q) {
  if (q.year != 0) return {q.year};
  std::set<int> years{ledger::year_of(q.today)};
  for (auto& key : q.state.organisation.by_period.sorted_keys()) years.insert(std::get<2>(key));
  return years;
}

void add_filings(const Query& q, const Unit& u, int year, Rows& rows) {
  for (auto& document : kFiledDocuments) {
    const SubmissionKey key{document.type, u.code, year, document.quarter};
    const FilingPeriod p = filing_period(q.state, key);
    const auto due = Dues(q.state).filing(key.type, u, year, key.quarter);
    if (p.last || (due && owes(u, year, *due))) rows.push_back(filing_row(q, u, key, p, due));
  }
}

const Completion* last_completion(const Query& q, const ListItem& item) {
  return item.completions.empty()
             ? nullptr
             : q.state.organisation.completions.find(item.completions.back());
}

bool is_unfinished(ListItemState s) {
  return s == ListItemState::open || s == ListItemState::amending;
}

Row item_row(const Query& q, const ListItem& item, int year) {
  const Completion* done = last_completion(q, item);
  Row row = row_of("item");
  put_unit(q, row, item.unit);
  row["year"] = year, row["itemNo"] = item.no;
  row["state"] = std::string(name_of(item.state));
  row["content"] = text(item.content);
  row["dept"] = text(item.dept), row["responsible"] = text(item.responsible);
  row["districtItem"] = text(item.district_item);
  row["firstDue"] = text(item.first_due), row["due"] = text(item.due);
  row["amendments"] = item.amendments.size();
  row["completedOn"] = done ? text(done->on) : Row();
  if (is_unfinished(item.state)) put_open(row, q.today, item.due);
  row["list"] = text(item.list), row["completion"] = done ? text(done->id) : Row();
  return row;
}

void add_items(const Query& q, const Unit& u, int year, Rows& rows) {
  const FilingPeriod p = filing_period(q.state, {EventType::UnitListSubmitted, u.code, year, 0});
  const FiledSubmission* list = p.accepted ? p.accepted : p.last;
  if (!list) return;
  for (auto& no : list->item_nos)
    rows.push_back(item_row(q, *q.state.organisation.find_item(list->id, no), year));
}

}  // namespace

FilingPeriod filing_period(const State& s, const SubmissionKey& key) {
  FilingPeriod p;
  const auto* ids = s.organisation.by_period.find(key.tuple());
  if (!ids) return p;
  p.submissions = static_cast<int>(ids->size());
  for (auto& id : *ids) {
    p.last = s.organisation.submissions.find(id);
    const auto accepted = [&](Authority a) {
      return s.organisation.filing_state(id, a) == FilingState::accepted;
    };
    if (!p.accepted && accepted(Authority::office)) p.accepted = p.last;
    if (!p.accepted_by_superior && accepted(Authority::superior)) p.accepted_by_superior = p.last;
  }
  return p;
}

bool owes(const Unit& u, int year, Date due) {
  return ledger::year_of(u.from) <= year && u.from <= due && (!u.ended || due <= *u.ended);
}

Rows duties(const Query& q) {
  Rows rows = Rows::array();
  const auto units = q.state.identity.all_sorted();
  const auto each = [&](auto add) {
    for (UnitCode u : units)
      for (int year : years_of(q))
        if (q.wants(u)) add(q, *q.state.identity.find(u), year, rows);
  };
  each(add_filings);
  each(add_items);
  return rows;
}

}  // namespace projections::views
