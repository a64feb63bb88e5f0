// The registers of the ledger as rows, each a pure function of the state.
#pragma once

#include "projections/views/rows.h"

namespace projections::views {

Rows units(const Query&);
Rows duties(const Query&);
Rows complaints(const Query&);
Rows rectifications(const Query&);
Rows supervision(const Query&);
// All that is due or overdue at the head, by due date; what has no known due date comes last.
Rows deadlines(const Query&);

// Those of the view `deadlines` that complaints, and orders, give.
void complaint_deadlines(const Query&, Rows&);
void order_deadlines(const Query&, Rows&);

// One row of the view `deadlines`.
struct Deadline {
  const char* party;  // unit, office, superior, reviewer
  const char* what;
  UnitCode unit;
  std::optional<Date> due;
  Id event;           // what it runs from, or is about; none: nothing is recorded yet
  std::string detail;
};
void add(const Query&, Rows&, const Deadline&);

// A unit's filing of a period: what was submitted, and what was decided.
struct FilingPeriod {
  const FiledSubmission* last = nullptr;
  int submissions = 0;
  const FiledSubmission* accepted = nullptr;  // the first that the office accepted
  const FiledSubmission* accepted_by_superior = nullptr;
};
FilingPeriod filing_period(const State&, const SubmissionKey&);
// The unit owes a filing that is due then: registered, and not ended before.
bool owes(const Unit&, int year, Date due);

struct FiledDocument {
  EventType type;
  int quarter;
};
inline constexpr FiledDocument kFiledDocuments[] = {
    {EventType::UnitListSubmitted, 0},   {EventType::LearningListSubmitted, 0},
    {EventType::AnnualPlanSubmitted, 0}, {EventType::WorkReportSubmitted, 1},
    {EventType::WorkReportSubmitted, 2}, {EventType::WorkReportSubmitted, 3},
    {EventType::WorkReportSubmitted, 4}};

}  // namespace projections::views
