// Rules of rectification within a time limit: events.md 2.9 and 3.2.
#include "projections/rules/rectification.h"

#include <algorithm>

#include "projections/rules/rules.h"

namespace projections {
namespace {

using Phase = RectificationPhase;
using Order = RectificationOrder;
using Stage = ledger::RectificationSubmitted::Stage;
using Outcome = ledger::RectificationDecided::Outcome;
using Variation = ledger::RectificationVaried::Change;
using Ground = ledger::RectificationOrdered::Ground;

Status check_open(const Order& o) {
  if (o.open()) return {};
  return refuse(
      "rectification-not-open",
      "The rectification is " + std::string(name_of(o.phase)) + "; nothing more is due on it.",
      "refs.order");
}

Status check_basis(const Case& c, const ledger::RectificationOrdered& o) {
  if (o.ground() == Ground::upheldComplaint) {
    if (o.has_complaint() && answered_upheld_by(c.state, o.complaint(), unit_code(c.event.unit)))
      return {};
    return refuse(
        "complaint-not-upheld",
        "The ground needs a complaint that this unit answered as upheld, wholly or partly.",
        "refs.complaint");
  }
  if (o.has_finding() || o.has_complaint() || o.has_item() || o.has_bulletin()) return {};
  return refuse("ground-without-basis",
                "The order must refer to a finding, a complaint, a list or a bulletin.",
                "data.ground");
}

bool answers_requirement(const ledger::RectificationSubmitted& s, int no) {
  for (const auto measure : s.measures())
    if (measure.requirement() == no) return true;
  return false;
}

Status check_measures(const Order& o, const ledger::RectificationSubmitted& s) {
  for (const int no : o.requirements)
    if (!answers_requirement(s, no))
      return refuse("requirement-unanswered",
                    "No measure answers requirement " + std::to_string(no) + "; give one for each.",
                    "data.measures");
  return {};
}

bool is_report_of(const Order& o, const Id& id) {
  return std::any_of(o.submissions.begin(), o.submissions.end(),
                     [&](const auto& s) { return s.stage == Stage::report && s.at.event == id; });
}

Status check_report(const Order& o, const Id& report) {
  if (o.phase != Phase::reported || (report && !is_report_of(o, report)))
    return refuse("report-missing", "No undecided report of this order is there to decide on.",
                  "refs.report");
  if (report && report != o.cycle().report->event)
    return refuse("report-already-decided", "This report is decided; decide the pending one.",
                  "refs.report");
  return {};
}

Status check_extension(const Case& c, const Order::Cycle& cycle, std::optional<Date> new_due) {
  const Date due = cycle.due_in_force();
  if (!new_due || c.event.on > due)
    return refuse(
        "extension-after-due",
        "An extension gives newDue, and is made by the due date " + ledger::format_date(due) + ".",
        new_due ? "on" : "data.newDue");
  const int most = c.state.profiles.of(cycle.due).rect_max_extend_days;
  if (*new_due <= due || *new_due - cycle.due > most)
    return refuse("extension-too-long",
                  "newDue is after " + ledger::format_date(due) + " and at most " +
                      std::to_string(most) + " days after " + ledger::format_date(cycle.due) + ".",
                  "data.newDue");
  return {};
}

Status check_escalation(const Case& c, const Order& o, bool has_measure) {
  if (has_measure && c.event.on > o.cycle().due_in_force()) return {};
  return refuse("not-overdue",
                "An escalation gives a measure, and comes after the due date " +
                    ledger::format_date(o.cycle().due_in_force()) + ".",
                has_measure ? "on" : "data.measure");
}

Phase phase_after(Stage s) {
  switch (s) {
    case Stage::acknowledgement: return Phase::acknowledged;
    case Stage::plan: return Phase::planned;
    case Stage::report: return Phase::reported;
  }
  __builtin_unreachable();
}

Order::Cycle cycle_due(Date due) {
  Order::Cycle cycle;
  cycle.due = due;
  return cycle;
}

}  // namespace

RectificationState::RectificationState(Journal& j) : orders(j), order_of(j), by_number(j), by_complaint(j) {}
RectificationState::~RectificationState() = default;

std::string_view name_of(RectificationPhase p) {
  constexpr std::string_view kNames[] = {"ordered",  "acknowledged", "planned",  "reported",
                                         "rejected", "accepted",     "cancelled"};
  return kNames[static_cast<std::size_t>(p)];
}

RectificationOrder& RectificationState::take(const Event& e, const Id& order) {
  order_of.edit(e.id) = order;
  return orders.edit(order);
}

Status check(const Case& c, const ledger::RectificationOrdered& o) {
  if (o.due() <= c.event.on)
    return refuse("due-not-after-order", "The due date must be after the order's own date.",
                  "data.due");
  LEDGER_CHECK(check_basis(c, o));
  if (c.state.rectification.by_number.has(std::string(o.order_no())))
    return refuse("order-number-taken", "Another order has this number; give the next free one.",
                  "data.orderNo");
  return {};
}

void apply(Change& c, const ledger::RectificationOrdered& o) {
  RectificationState& s = c.state.rectification;
  Order& order = s.take(c.event, c.event.id);
  order.at = stamp_of(c.event);
  order.unit = unit_code(c.event.unit);
  order.order_no = o.order_no();
  order.ground = o.ground();
  for (const auto requirement : o.requirements()) order.requirements.push_back(requirement.no());
  order.finding = o.finding();
  order.complaint = o.complaint();
  order.item = o.item();
  order.bulletin = o.bulletin();
  order.cycles.push_back(cycle_due(o.due()));
  s.by_number.edit(order.order_no) = c.event.id;
  if (o.has_complaint()) s.by_complaint.edit(o.complaint()).push_back(c.event.id);
}

Status check(const Case& c, const ledger::RectificationSubmitted& s) {
  const Order& o = c.state.rectification.order(s.order());
  LEDGER_CHECK(check_open(o));
  if (s.stage() == Stage::acknowledgement) {
    if (o.phase == Phase::ordered) return {};
    return refuse("already-acknowledged",
                  "The order is acknowledged; a plan or a report counts as acknowledgement.",
                  "data.stage");
  }
  LEDGER_CHECK(check_measures(o, s));
  if (o.phase == Phase::reported)
    return refuse("report-pending", "A report awaits its decision; submit again if it is rejected.",
                  "data.stage");
  return {};
}

void apply(Change& c, const ledger::RectificationSubmitted& s) {
  Order& o = c.state.rectification.take(c.event, s.order());
  o.submissions.push_back({stamp_of(c.event), s.stage()});
  if (s.stage() == Stage::report) o.cycles.back().report = stamp_of(c.event);
  o.phase = phase_after(s.stage());
}

Status check(const Case& c, const ledger::RectificationDecided& e) {
  const Order& o = c.state.rectification.order(e.order());
  LEDGER_CHECK(check_open(o));
  LEDGER_CHECK(check_report(o, e.report()));
  if (e.outcome() == Outcome::rejected) {
    if (!e.new_due() || *e.new_due() <= c.event.on)
      return refuse("outcome-shape", "A rejection sets newDue after its own date.", "data.newDue");
    if (!e.has_reason())
      return refuse("outcome-shape", "A rejection gives a reason.", "data.reason");
  }
  return check_not_self_decided(c);
}

void apply(Change& c, const ledger::RectificationDecided& e) {
  Order& o = c.state.rectification.take(c.event, e.order());
  o.cycles.back().decision = {stamp_of(c.event), e.outcome(), e.new_due()};
  const bool rejected = e.outcome() == Outcome::rejected;
  if (rejected) o.cycles.push_back(cycle_due(*e.new_due()));
  o.phase = rejected ? Phase::rejected : Phase::accepted;
}

Status check(const Case& c, const ledger::RectificationVaried& v) {
  const Order& o = c.state.rectification.order(v.order());
  LEDGER_CHECK(check_open(o));
  switch (v.change()) {
    case Variation::extended: return check_extension(c, o.cycle(), v.new_due());
    case Variation::escalated: return check_escalation(c, o, v.measure().has_value());
    case Variation::cancelled:
      if (v.has_decision()) return {};
      return refuse("decision-missing",
                    "A cancellation refers to the decision that it carries out.", "refs.decision");
  }
  __builtin_unreachable();
}

void apply(Change& c, const ledger::RectificationVaried& v) {
  Order& o = c.state.rectification.take(c.event, v.order());
  switch (v.change()) {
    case Variation::extended:
      o.cycles.back().extensions.push_back({stamp_of(c.event), *v.new_due()});
      break;
    case Variation::escalated: o.escalations.push_back({stamp_of(c.event), *v.measure()}); break;
    case Variation::cancelled:
      o.cancellation = {stamp_of(c.event), v.decision()};
      o.phase = Phase::cancelled;
      break;
  }
}

}  // namespace projections
