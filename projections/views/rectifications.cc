// Rectification orders: their cycles, due dates in force, and how late they are.
#include "projections/views/dues.h"
#include "projections/views/views.h"

namespace projections::views {
namespace {

using E = EventType;
using Order = RectificationOrder;
using Phase = RectificationPhase;

std::vector<const Order*> orders_of(const Query& q) {
  return by_position<Id, Order, std::hash<Id>>(q.state.rectification.orders,
                                               [](const Order& o) { return o.at.position; });
}

// A plan or a report counts as acknowledgement, a report as plan.
const Order::Submission* first_of(const Order& o, Order::Stage at_least) {
  for (auto& s : o.submissions)
    if (s.stage >= at_least) return &s;
  return nullptr;
}

// Days by which the running cycle's report is late, or missing still.
int overdue_days(const Order& o, Date today) {
  if (o.phase == Phase::cancelled) return 0;
  const auto& cycle = o.cycle();
  return std::max(0, (cycle.report ? cycle.report->on : today) - cycle.due_in_force());
}

Row cycles_of(const Query& q, const Order& o) {
  Row out = Row::array();
  for (auto& c : o.cycles) {
    Row row{{"due", text(c.due)}, {"dueInForce", text(c.due_in_force())}};
    row["extensions"] = c.extensions.size();
    row["reportedOn"] = c.report ? text(c.report->on) : Row();
    row["decisionDue"] = c.report ? text(Dues(q.state).order_decision(c.report->on)) : Row();
    row["outcome"] =
        c.decision ? Row(code(E::RectificationDecided, "outcome", c.decision->outcome)) : Row();
    row["decidedOn"] = c.decision ? text(c.decision->at.on) : Row();
    out.push_back(std::move(row));
  }
  return out;
}

Row escalations_of(const Order& o) {
  Row out = Row::array();
  for (auto& e : o.escalations)
    out.push_back({{"on", text(e.at.on)},
                   {"measure", code(E::RectificationVaried, "measure", e.measure)},
                   {"event", text(e.at.event)}});
  return out;
}

void put_steps(const Query& q, Row& row, const Order& o) {
  const auto* acknowledged = first_of(o, Order::Stage::acknowledgement);
  const auto* planned = first_of(o, Order::Stage::plan);
  const auto& c = o.cycle();
  row["acknowledgementDue"] = text(Dues(q.state).order_acknowledgement(o));
  row["acknowledgedOn"] = acknowledged ? text(acknowledged->at.on) : Row();
  row["planDue"] = text(Dues(q.state).order_plan(o));
  row["plannedOn"] = planned ? text(planned->at.on) : Row();
  row["reportedOn"] = c.report ? text(c.report->on) : Row();
  row["decidedOn"] = c.decision ? text(c.decision->at.on) : Row();
  row["cancelledOn"] = o.cancellation ? text(o.cancellation->at.on) : Row();
}

Row order_row(const Query& q, const Order& o) {
  const Date due = o.cycle().due_in_force();
  Row row = row_of("order");
  row["event"] = text(o.at.event), row["orderNo"] = o.order_no;
  put_unit(q, row, o.unit);
  row["ground"] = code(E::RectificationOrdered, "ground", o.ground);
  row["on"] = text(o.at.on), row["requirements"] = o.requirements.size();
  row["state"] = std::string(name_of(o.phase));
  row["cycle"] = o.cycles.size();
  row["due"] = text(due);
  row["daysLeft"] = o.open() && !o.cycle().report ? Row(due - q.today) : Row();
  row["overdueDays"] = overdue_days(o, q.today);
  put_steps(q, row, o);
  row["finding"] = text(o.finding), row["complaint"] = text(o.complaint);
  row["item"] = text(o.item), row["bulletin"] = text(o.bulletin);
  row["cycles"] = cycles_of(q, o), row["escalations"] = escalations_of(o);
  return row;
}

// What the unit still owes, its report being the last.
void unit_deadlines(const Query& q, const Order& o, Rows& rows) {
  const Dues dues(q.state);
  const auto owe = [&](const char* what, MaybeDate due) {
    add(q, rows, {"unit", what, o.unit, due, o.at.event, o.order_no});
  };
  if (!first_of(o, Order::Stage::acknowledgement))
    owe("rectificationAcknowledgement", dues.order_acknowledgement(o));
  if (!first_of(o, Order::Stage::plan)) owe("rectificationPlan", dues.order_plan(o));
  owe("rectificationReport", o.cycle().due_in_force());
}

}  // namespace

Rows rectifications(const Query& q) {
  Rows rows = Rows::array();
  for (const Order* o : orders_of(q))
    if (q.wants(o->unit) && q.wants_year(o->at.on)) rows.push_back(order_row(q, *o));
  return rows;
}

void order_deadlines(const Query& q, Rows& rows) {
  for (const Order* o : orders_of(q)) {
    if (!o->open()) continue;
    if (o->phase != Phase::reported) {
      unit_deadlines(q, *o, rows);
      continue;
    }
    const Stamp& report = *o->cycle().report;
    add(q, rows, {"office", "rectificationDecision", o->unit,
                  Dues(q.state).order_decision(report.on), report.event, o->order_no});
  }
}

}  // namespace projections::views
