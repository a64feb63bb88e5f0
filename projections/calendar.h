// The work calendar and the arithmetic of time limits (民法典 201, 203; events.md-style W and C).
//
// Rules: W n from d is the n-th work day strictly after d. C n from d is d + n calendar days and, when
// that is no work day, the next work day. The first day is never counted. A year without a published
// calendar refuses (`calendar-missing`), it is never guessed.
#pragma once

#include <set>

#include "ledger/result.h"
#include "ledger/text/date.h"
#include "ledger/types.h"
#include "projections/table.h"

namespace projections {

using ledger::Date;
using ledger::Result;
using ledger::Status;

struct YearCalendar {
  std::set<Date> off_days, work_days;  // exceptions to Monday…Friday
};

class Calendars {
 public:
  explicit Calendars(Journal&);
  ~Calendars();
  // A later calendar of a year replaces the former.
  void publish(const ledger::WorkCalendarPublished&);
  Result<bool> is_work_day(Date) const;
  Result<Date> add_work_days(Date from, int n) const;      // W
  Result<Date> add_days_rolled(Date from, int n) const;    // C

 private:
  Table<int, YearCalendar> years_;
};

// Days of the procedure's limits for one year; defaults where the year's profile is silent or absent.
struct Profile {
  std::string list_due = "03-31", learning_list_due = "03-31", plan_due = "03-31";
  std::array<std::string, 4> work_report_due{"04-10", "07-10", "10-10", "12-05"};
  int new_unit_grace_days = 30, filing_decision_days = 10, amendment_decision_days = 10,
      completion_verify_days = 20, coordination_days = 15, inquiry_days = 15,
      complaint_dispose_days = 15, complaint_assign_days = 5, complaint_ack_days = 3,
      assignment_object_days = 5, complaint_answer_days = 60, complaint_extend_days = 30,
      review_request_days = 30, review_decide_days = 30, complaint_publish_days = 20,
      rect_ack_days = 3, rect_plan_days = 5, rect_decide_days = 10, rect_max_extend_days = 30,
      objection_window_days = 5, objection_decide_days = 10, objection_review_days = 10,
      bulletin_publish_days = 20, entry_lag_days = 30;
  struct Channel { std::optional<int> dispose_days, ack_days, answer_days; };
  // One entry a ComplaintChannel ordinal; the default profile overrides hotline12345's answer days: 7.
  std::array<Channel, 6> channels = default_channels();

  int dispose_days(ledger::ComplaintChannel) const;
  int ack_days(ledger::ComplaintChannel) const;
  int answer_days(ledger::ComplaintChannel) const;

  static std::array<Channel, 6> default_channels();
  static Profile from(const ledger::DeadlineProfilePublished&);
};

class Profiles {
 public:
  explicit Profiles(Journal&);
  ~Profiles();
  struct Standing { ledger::Id event; Profile profile; };
  // The profile of the year of the date that a period runs from.
  const Profile& of_year(int year) const;
  const Profile& of(Date from) const { return of_year(ledger::year_of(from)); }
  const Standing* standing(int year) const { return years_.find(year); }
  void publish(ledger::Id event, const ledger::DeadlineProfilePublished&);

 private:
  Table<int, Standing> years_;
};

}  // namespace projections
