// Due dates of events.md 4.2: one function a row of its table.
#include "projections/views/dues.h"

namespace projections::views {
namespace {

MaybeDate known(const Result<Date>& d) { return d ? MaybeDate(*d) : std::nullopt; }

const std::string& fixed_day(const Profile& p, EventType type, int quarter) {
  if (type == EventType::UnitListSubmitted) return p.list_due;
  if (type == EventType::LearningListSubmitted) return p.learning_list_due;
  if (type == EventType::AnnualPlanSubmitted) return p.plan_due;
  return p.work_report_due[static_cast<std::size_t>(quarter - 1)];
}

}  // namespace

MaybeDate Dues::work_days(Date from, int n) const {
  return known(state_.calendars.add_work_days(from, n));
}
MaybeDate Dues::rolled_days(Date from, int n) const {
  return known(state_.calendars.add_days_rolled(from, n));
}

MaybeDate Dues::filing(EventType type, const Unit& unit, int year, int quarter) const {
  const auto due = ledger::month_day(fixed_day(state_.profiles.of_year(year), type, quarter), year);
  if (!due || type == EventType::WorkReportSubmitted) return due;
  return std::max(*due, unit.from + of(unit.from).new_unit_grace_days);
}

MaybeDate Dues::filing_decision(Date d) const { return work_days(d, of(d).filing_decision_days); }
MaybeDate Dues::amendment_decision(Date d) const {
  return work_days(d, of(d).amendment_decision_days);
}
MaybeDate Dues::completion_verified(Date d) const {
  return work_days(d, of(d).completion_verify_days);
}
MaybeDate Dues::coordination(Date d) const { return work_days(d, of(d).coordination_days); }

MaybeDate Dues::disposal(const Docket& d) const {
  return rolled_days(d.received_on, of(d.received_on).dispose_days(d.channel));
}

MaybeDate Dues::assignment(const Docket& d) const {
  if (!d.accepted()) return std::nullopt;
  return work_days(d.disposal->at.on, of(d.disposal->at.on).complaint_assign_days);
}

MaybeDate Dues::acknowledgement(const Docket& d, const Docket::Assignment& a) const {
  return work_days(a.at.on, of(a.at.on).ack_days(d.channel));
}

MaybeDate Dues::review(const Docket::Review& r) const {
  return rolled_days(r.at.on, of(r.at.on).review_decide_days);
}

MaybeDate Dues::publication(const Docket& d) const {
  if (d.closings.empty()) return std::nullopt;
  const Date closed = d.closings.back().at.on;
  return work_days(closed, of(closed).complaint_publish_days);
}

MaybeDate Dues::order_acknowledgement(const RectificationOrder& o) const {
  return work_days(o.at.on, of(o.at.on).rect_ack_days);
}
MaybeDate Dues::order_plan(const RectificationOrder& o) const {
  return work_days(o.at.on, of(o.at.on).rect_plan_days);
}
MaybeDate Dues::order_decision(Date d) const { return work_days(d, of(d).rect_decide_days); }

MaybeDate Dues::objection(Date d, bool first_level) const {
  const Profile& p = of(d);
  return work_days(d, first_level ? p.objection_decide_days : p.objection_review_days);
}
MaybeDate Dues::bulletin(Date d) const { return work_days(d, of(d).bulletin_publish_days); }

}  // namespace projections::views
