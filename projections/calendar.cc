// Day counting over published calendars, and the year's profile of limits.
#include "projections/calendar.h"

namespace projections {
namespace {

using ledger::DeadlineProfilePublished;

tl::unexpected<ledger::Error> calendar_missing(int year) {
  return ledger::refuse("calendar-missing", "No work calendar is published for " +
                                                std::to_string(year) +
                                                "; publish WorkCalendarPublished for it first.");
}

// The profile's fields that count days, each with where an event gives it.
struct DayField {
  int Profile::*field;
  std::optional<std::int32_t> (DeadlineProfilePublished::*given)() const;
};
constexpr DayField kDayFields[] = {
    {&Profile::new_unit_grace_days, &DeadlineProfilePublished::new_unit_grace_days},
    {&Profile::filing_decision_days, &DeadlineProfilePublished::filing_decision_days},
    {&Profile::amendment_decision_days, &DeadlineProfilePublished::amendment_decision_days},
    {&Profile::completion_verify_days, &DeadlineProfilePublished::completion_verify_days},
    {&Profile::coordination_days, &DeadlineProfilePublished::coordination_days},
    {&Profile::inquiry_days, &DeadlineProfilePublished::inquiry_days},
    {&Profile::complaint_dispose_days, &DeadlineProfilePublished::complaint_dispose_days},
    {&Profile::complaint_assign_days, &DeadlineProfilePublished::complaint_assign_days},
    {&Profile::complaint_ack_days, &DeadlineProfilePublished::complaint_ack_days},
    {&Profile::assignment_object_days, &DeadlineProfilePublished::assignment_object_days},
    {&Profile::complaint_answer_days, &DeadlineProfilePublished::complaint_answer_days},
    {&Profile::complaint_extend_days, &DeadlineProfilePublished::complaint_extend_days},
    {&Profile::review_request_days, &DeadlineProfilePublished::review_request_days},
    {&Profile::review_decide_days, &DeadlineProfilePublished::review_decide_days},
    {&Profile::complaint_publish_days, &DeadlineProfilePublished::complaint_publish_days},
    {&Profile::rect_ack_days, &DeadlineProfilePublished::rect_ack_days},
    {&Profile::rect_plan_days, &DeadlineProfilePublished::rect_plan_days},
    {&Profile::rect_decide_days, &DeadlineProfilePublished::rect_decide_days},
    {&Profile::rect_max_extend_days, &DeadlineProfilePublished::rect_max_extend_days},
    {&Profile::objection_window_days, &DeadlineProfilePublished::objection_window_days},
    {&Profile::objection_decide_days, &DeadlineProfilePublished::objection_decide_days},
    {&Profile::objection_review_days, &DeadlineProfilePublished::objection_review_days},
    {&Profile::bulletin_publish_days, &DeadlineProfilePublished::bulletin_publish_days},
    {&Profile::entry_lag_days, &DeadlineProfilePublished::entry_lag_days},
};

void take_fixed_days(Profile& p, const DeadlineProfilePublished& e) {
  if (e.has_list_due()) p.list_due = e.list_due();
  if (e.has_learning_list_due()) p.learning_list_due = e.learning_list_due();
  if (e.has_plan_due()) p.plan_due = e.plan_due();
  const auto reports = e.work_report_due();
  for (std::uint32_t q = 0; q < reports.size() && q < p.work_report_due.size(); ++q)
    p.work_report_due[q] = reports[q];
}

// A given list of channels stands for the whole default list; what a channel leaves out is general.
void take_channels(Profile& p, const DeadlineProfilePublished& e) {
  if (!e.has_channels()) return;
  p.channels = {};
  for (const auto given : e.channels())
    p.channels[static_cast<std::size_t>(given.channel())] = {given.dispose_days(), given.ack_days(),
                                                             given.answer_days()};
}

const Profile::Channel& of_channel(const Profile& p, ledger::ComplaintChannel c) {
  return p.channels[static_cast<std::size_t>(c)];
}

}  // namespace

Calendars::Calendars(Journal& j) : years_(j) {}
Calendars::~Calendars() = default;

Profiles::Profiles(Journal& j) : years_(j) {}
Profiles::~Profiles() = default;

void Calendars::publish(const ledger::WorkCalendarPublished& w) {
  YearCalendar& year = years_.edit(w.year());
  year = {};
  for (const Date d : w.off_days()) year.off_days.insert(d);
  for (const Date d : w.work_days()) year.work_days.insert(d);
}

Result<bool> Calendars::is_work_day(Date d) const {
  const int year = ledger::year_of(d);
  const YearCalendar* calendar = years_.find(year);
  if (!calendar) return calendar_missing(year);
  if (calendar->work_days.count(d) != 0) return true;
  return calendar->off_days.count(d) == 0 && ledger::weekday_of(d) <= 5;
}

Result<Date> Calendars::add_work_days(Date from, int n) const {
  Date d = from;
  while (n > 0) {
    d = d + 1;
    if (LEDGER_TRY(is_work_day(d))) --n;
  }
  return d;
}

Result<Date> Calendars::add_days_rolled(Date from, int n) const {
  // Past the last date of this ledger no calendar can be published, and the sum might not fit.
  if (n > ledger::kDateMax - from) return calendar_missing(ledger::year_of(ledger::kDateMax) + 1);
  Date d = from + n;
  while (!LEDGER_TRY(is_work_day(d))) d = d + 1;
  return d;
}

int Profile::dispose_days(ledger::ComplaintChannel c) const {
  return of_channel(*this, c).dispose_days.value_or(complaint_dispose_days);
}
int Profile::ack_days(ledger::ComplaintChannel c) const {
  return of_channel(*this, c).ack_days.value_or(complaint_ack_days);
}
int Profile::answer_days(ledger::ComplaintChannel c) const {
  return of_channel(*this, c).answer_days.value_or(complaint_answer_days);
}

std::array<Profile::Channel, 6> Profile::default_channels() {
  std::array<Channel, 6> channels;
  channels[static_cast<std::size_t>(ledger::ComplaintChannel::hotline12345)].answer_days = 7;
  return channels;
}

Profile Profile::from(const DeadlineProfilePublished& e) {
  Profile p;
  take_fixed_days(p, e);
  for (const auto& [field, given] : kDayFields) p.*field = (e.*given)().value_or(p.*field);
  take_channels(p, e);
  return p;
}

const Profile& Profiles::of_year(int year) const {
  static const Profile kDefaults;
  const Standing* s = years_.find(year);
  return s ? s->profile : kDefaults;
}

void Profiles::publish(ledger::Id event, const DeadlineProfilePublished& e) {
  years_.edit(e.year()) = {event, Profile::from(e)};
}

}  // namespace projections
