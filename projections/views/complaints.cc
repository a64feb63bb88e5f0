// Dockets of complaints: their steps, states and due dates. No sealed value is ever read here.
#include "projections/views/dues.h"
#include "projections/views/views.h"

namespace projections::views {
namespace {

using E = EventType;
using Phase = ComplaintPhase;

std::vector<const Docket*> dockets_of(const Query& q) {
  return by_position<Id, Docket, std::hash<Id>>(q.state.complaint.dockets,
                                                [](const Docket& d) { return d.filed.position; });
}

bool concerns(const Query& q, const Docket& d) {
  return q.wants(d.unit) ||
         std::any_of(d.assignments.begin(), d.assignments.end(),
                     [&](const Docket::Assignment& a) { return q.wants(a.unit); });
}

bool awaits_answer(const Docket& d) {
  return d.phase == Phase::assigned || d.phase == Phase::objected;
}

// The answer to the assignment, or none.
const Docket::Answer* answer_to(const Docket& d, const Docket::Assignment& a) {
  for (auto& answer : d.answers)
    if (answer.assignment == a.at.event) return &answer;
  return nullptr;
}

Row acknowledgements_of(const Docket::Assignment& a) {
  Row out = Row::array();
  for (auto& k : a.acknowledgements)
    out.push_back({{"on", text(k.at.on)},
                   {"response", code(E::ComplaintAcknowledged, "response", k.response)},
                   {"event", text(k.at.event)}});
  return out;
}

Row assignment_row(const Query& q, const Docket& d, const Docket::Assignment& a) {
  const Docket::Answer* answer = answer_to(d, a);
  Row row{{"on", text(a.at.on)}};
  put_unit(q, row, a.unit);
  row["ground"] = code(E::ComplaintAssigned, "ground", a.ground);
  row["acknowledgementDue"] = text(Dues(q.state).acknowledgement(d, a));
  row["acknowledgements"] = acknowledgements_of(a);
  row["answerDue"] = text(a.answer_due);
  row["extendedDays"] = a.extension ? Row(a.extension->days) : Row();
  row["answerDueInForce"] = text(a.due());
  row["answeredOn"] = answer ? text(answer->at.on) : Row();
  row["finding"] = answer ? Row(code(E::ComplaintAnswered, "finding", answer->finding)) : Row();
  row["event"] = text(a.at.event);
  return row;
}

Row assignments_of(const Query& q, const Docket& d) {
  Row out = Row::array();
  for (auto& a : d.assignments) out.push_back(assignment_row(q, d, a));
  return out;
}

Row reviews_of(const Query& q, const Docket& d) {
  Row out = Row::array();
  for (auto& r : d.reviews) {
    Row row{{"level", code(E::ReviewRequested, "level", r.level)},
            {"on", text(r.at.on)},
            {"due", text(Dues(q.state).review(r))}};
    row["outcome"] =
        r.decision ? Row(code(E::ReviewDecided, "outcome", r.decision->outcome)) : Row();
    row["decidedOn"] = r.decision ? text(r.decision->at.on) : Row();
    row["retaliation"] = r.decision ? Row(r.decision->retaliation) : Row();
    row["event"] = text(r.at.event);
    out.push_back(std::move(row));
  }
  return out;
}

void put_disposal(const Query& q, Row& row, const Docket& d) {
  row["disposalDue"] = text(Dues(q.state).disposal(d));
  row["disposal"] =
      d.disposal ? Row(code(E::ComplaintDisposed, "outcome", d.disposal->outcome)) : Row();
  row["disposedOn"] = d.disposal ? text(d.disposal->at.on) : Row();
  row["noticeNo"] = d.disposal ? text(d.disposal->notice_no) : Row();
  row["repeatOf"] = d.disposal ? text(d.disposal->repeat_of) : Row();
  row["assignmentDue"] = text(Dues(q.state).assignment(d));
}

// Of the current assignment, and the answer to it.
void put_answer(const Query& q, Row& row, const Docket& d) {
  const Docket::Assignment* a = d.assignments.empty() ? nullptr : &d.assignments.back();
  const Docket::Answer* answer = a ? answer_to(d, *a) : nullptr;
  row["assignedOn"] = a ? text(a->at.on) : Row();
  row["acknowledgedOn"] =
      a && !a->acknowledgements.empty() ? text(a->acknowledgements.front().at.on) : Row();
  row["answerDue"] = a ? text(a->due()) : Row();
  row["answeredOn"] = answer ? text(answer->at.on) : Row();
  row["finding"] = answer ? Row(code(E::ComplaintAnswered, "finding", answer->finding)) : Row();
  row["answerLateDays"] = answer ? Row(std::max(0, answer->at.on - a->due())) : Row();
  if (a && awaits_answer(d)) put_open(row, q.today, a->due());
}

void put_end(const Query& q, Row& row, const Docket& d) {
  const Docket::Closing* closing = d.closings.empty() ? nullptr : &d.closings.back();
  row["closedOn"] = closing ? text(closing->at.on) : Row();
  row["satisfaction"] = closing && closing->satisfaction ? Row(*closing->satisfaction) : Row();
  row["publicationDue"] = text(Dues(q.state).publication(d));
  row["publishedOn"] = d.publications.empty() ? Row() : text(d.publications.back().on);
  row["withdrawnOn"] = d.withdrawal ? text(d.withdrawal->at.on) : Row();
  row["remark"] = d.withdrawal && !d.withdrawal->receipt_shown
                      ? Row("withdrawn without the filer's receipt")
                      : Row();
}

Row docket_row(const Query& q, const Docket& d) {
  Row row = row_of("complaint");
  row["event"] = text(d.filed.event);
  put_unit(q, row, d.unit);
  row["kind"] = code(E::ComplaintFiled, "kind", d.kind);
  row["channel"] = code(E::ComplaintFiled, "channel", d.channel);
  row["filerClass"] = code(E::ComplaintFiled, "filerClass", d.filer_class);
  row["anonymous"] = d.anonymous, row["topic"] = text(d.topic);
  row["state"] = std::string(name_of(d.phase));
  put_unit(q, row, d.assignee(), "assignee");
  row["filedOn"] = text(d.filed.on), row["receivedOn"] = text(d.received_on);
  put_disposal(q, row, d);
  put_answer(q, row, d);
  put_end(q, row, d);
  row["assignments"] = assignments_of(q, d), row["reviews"] = reviews_of(q, d);
  const auto* orders = q.state.rectification.by_complaint.find(d.filed.event);
  row["orders"] = orders ? text(*orders) : Row::array();
  return row;
}

void assignment_deadlines(const Query& q, const Docket& d, Rows& rows) {
  const auto& a = d.assignments.back();
  if (a.acknowledgements.empty())
    add(q, rows, {"unit", "complaintAcknowledgement", a.unit, Dues(q.state).acknowledgement(d, a),
                  a.at.event, d.topic});
  add(q, rows, {"unit", "complaintAnswer", a.unit, a.due(), a.at.event, d.topic});
}

void docket_deadlines(const Query& q, const Docket& d, Rows& rows) {
  const Dues dues(q.state);
  if (d.phase == Phase::filed)
    add(q, rows, {"office", "complaintDisposal", d.unit, dues.disposal(d), d.filed.event, d.topic});
  if (d.phase == Phase::accepted)
    add(q, rows, {"office", "complaintAssignment", d.unit, dues.assignment(d), d.disposal->at.event,
                  d.topic});
  if (awaits_answer(d)) assignment_deadlines(q, d, rows);
  if (d.phase == Phase::underReview)
    add(q, rows, {"reviewer", "complaintReview", d.assignee(), dues.review(d.reviews.back()),
                  d.reviews.back().at.event, d.topic});
  if (d.phase == Phase::closed && d.publications.empty())
    add(q, rows, {"office", "complaintPublication", d.assignee(), dues.publication(d),
                  d.closings.back().at.event, d.topic});
}

}  // namespace

Rows complaints(const Query& q) {
  Rows rows = Rows::array();
  for (const Docket* d : dockets_of(q))
    if (concerns(q, *d) && q.wants_year(d->filed.on)) rows.push_back(docket_row(q, *d));
  return rows;
}

void complaint_deadlines(const Query& q, Rows& rows) {
  for (const Docket* d : dockets_of(q)) docket_deadlines(q, *d, rows);
}

}  // namespace projections::views
