// A complaint from its filing to its answer. Its end and its reviews are in complaint_review.cc.
#include "projections/rules/complaint.h"

#include <algorithm>

#include "projections/rules/rules.h"

namespace projections {
namespace {

using Phase = ComplaintPhase;
using Outcome = ledger::ComplaintDisposed::Outcome;
using Ground = ledger::ComplaintAssigned::Ground;
using Response = ledger::ComplaintAcknowledged::Response;

// "–" of the machine's Assigned column, whatever the ground.
bool awaits_assignment(Phase p) {
  return p == Phase::accepted || p == Phase::objected || p == Phase::reopened || p == Phase::closed;
}

Phase phase_for(Ground g) {
  switch (g) {
    case Ground::first: return Phase::accepted;
    case Ground::objectionMaintained:
    case Ground::objectionUpheld: return Phase::objected;
    case Ground::reviewOrdered: return Phase::reopened;
    case Ground::newEvidence: return Phase::closed;
  }
  __builtin_unreachable();
}

Status check_objection_answer(const Case& c, const Docket& d, const ledger::ComplaintAssigned& a) {
  const Docket::Assignment& current = d.assignments.back();
  const bool same = c.state.identity.same(current.unit, unit_code(c.event.unit));
  if (same != (a.ground() == Ground::objectionMaintained))
    return refuse("assignment-ground",
                  "A maintained assignment names the same unit, an upheld objection another one.",
                  "unit");
  const auto* objection = current.acknowledged(Response::objected);
  if (a.has_objection() && (!objection || objection->at.event != a.objection()))
    return refuse("assignment-ground", "The objection is not that of the current assignment.",
                  "refs.objection");
  return {};
}

Status check_ground(const Case& c, const Docket& d, const ledger::ComplaintAssigned& a) {
  if (phase_for(a.ground()) != d.phase)
    return refuse(
        "assignment-ground",
        "The ground does not fit a complaint that is " + std::string(name_of(d.phase)) + ".",
        "data.ground");
  if (d.phase == Phase::objected) return check_objection_answer(c, d, a);
  return {};
}

Status check_answer_due(const Case& c, const Docket& d, const ledger::ComplaintAssigned& a) {
  const Date from = a.ground() == Ground::first ? d.disposal->at.on : c.event.on;
  const int days = c.state.profiles.of(from).answer_days(d.channel);
  // A complaint that is assigned only after its time to answer can still be assigned: due at once.
  const Date latest = std::max(c.event.on, LEDGER_TRY(c.state.calendars.add_days_rolled(from, days)));
  if (a.answer_due() > latest)
    return refuse("answer-due-too-late",
                  "The answer is due by " + ledger::format_date(latest) + " at the latest.",
                  "data.answerDue");
  if (a.answer_due() < c.event.on)
    return refuse("answer-due-too-early",
                  "The answer cannot be due before the assignment's own date.", "data.answerDue");
  return {};
}

Status check_current(const Docket& d, const Id& assignment) {
  if (!assignment || assignment == d.assignments.back().at.event) return {};
  return refuse(
      "assignment-not-current",
      "The assignment is not the current one of this complaint; refer to the last or to none.",
      "refs.assignment");
}

Status check_assignment_objection(const Case& c, const Docket::Assignment& current,
                                  bool has_reason) {
  if (!has_reason)
    return refuse("reason-missing", "An objection to an assignment needs a reason.", "data.reason");
  const int days = c.state.profiles.of(current.at.on).assignment_object_days;
  const Date latest = LEDGER_TRY(c.state.calendars.add_work_days(current.at.on, days));
  if (c.event.on > latest)
    return refuse(
        "assignment-objection-late",
        "The objection was open until " + ledger::format_date(latest) + "; answer instead.", "on");
  return {};
}

Status check_answerable(const Docket& d) {
  const auto barred = [](const char* code, const char* message) -> Status {
    return refuse(code, message, "refs.complaint");
  };
  switch (d.phase) {
    case Phase::assigned:
    case Phase::objected: return {};
    case Phase::filed:
    case Phase::accepted:
    case Phase::reopened:
      return barred("answer-before-assignment",
                    "No assignment is to be answered; assign it first.");
    case Phase::answered: return barred("complaint-answered", "The complaint is answered already.");
    case Phase::underReview:
      return barred("complaint-under-review", "The answer is under review; wait for the decision.");
    case Phase::closed: return barred("complaint-closed", "The complaint is closed.");
    case Phase::ended:
    case Phase::withdrawn:
      return barred("complaint-ended", "The complaint was ended or withdrawn.");
  }
  __builtin_unreachable();
}

Status check_delivery(const Case& c, Date delivered_on) {
  if (delivered_on < c.event.on)
    return refuse("dates-reversed", "An answer is delivered on or after its own date.",
                  "data.deliveredOn");
  if (delivered_on > c.event.admitted_on)
    return refuse("on-in-future", "Record the answer once it is delivered.", "data.deliveredOn");
  return {};
}

}  // namespace

ComplaintState::ComplaintState(Journal& j) : dockets(j), complaint_of(j) {}
ComplaintState::~ComplaintState() = default;

std::string_view name_of(ComplaintPhase p) {
  constexpr std::string_view kNames[] = {"filed",    "accepted",    "assigned", "objected",
                                         "answered", "underReview", "reopened", "closed",
                                         "ended",    "withdrawn"};
  return kNames[static_cast<std::size_t>(p)];
}

bool is_over(ComplaintPhase p) {
  return p == Phase::closed || p == Phase::ended || p == Phase::withdrawn;
}

bool Docket::accepted() const { return disposal && disposal->outcome == Outcome::accepted; }

const Docket::Acknowledgement* Docket::Assignment::acknowledged(Response r) const {
  for (const Acknowledgement& a : acknowledgements)
    if (a.response == r) return &a;
  return nullptr;
}

Docket& ComplaintState::take(const Event& e, const Id& complaint) {
  complaint_of.edit(e.id) = complaint;
  return dockets.edit(complaint);
}

bool answered_upheld_by(const State& s, const Id& complaint, UnitCode unit) {
  const auto& answers = s.complaint.docket(complaint).answers;
  const auto last = std::find_if(answers.rbegin(), answers.rend(),
                                 [&](const auto& a) { return s.identity.same(a.unit, unit); });
  return last != answers.rend() && last->upheld();
}

Status check_assignee(const Case& c, const Docket& d, const char* code) {
  if (c.state.identity.same(d.assignee(), unit_code(c.event.unit))) return {};
  return refuse(code,
                "The complaint is now with unit " + std::string(text_of(d.assignee())) +
                    "; the event must name it.",
                "unit");
}

tl::unexpected<ledger::Error> wrong_phase(const Docket& d) {
  return refuse(
      "complaint-state",
      "A complaint that is " + std::string(name_of(d.phase)) + " does not admit this step.",
      "refs.complaint");
}

Status check(const Case& c, const ledger::ComplaintFiled& f) {
  if (f.has_filer_name() == f.anonymous())
    return refuse("filer-shape", "filerName is absent if and only if the filer is anonymous.",
                  "data.filerName");
  if (f.has_filer_contact() == f.anonymous())
    return refuse("filer-shape", "filerContact is absent if and only if the filer is anonymous.",
                  "data.filerContact");
  if (f.received_on() > c.event.on)
    return refuse("dates-reversed", "receivedOn is after the filing's own date.",
                  "data.receivedOn");
  if (is_own_matter(c))
    return refuse("desk-conflict",
                  "The desk belongs to the unit complained of; another desk must file this.",
                  "unit");
  return {};
}

void apply(Change& c, const ledger::ComplaintFiled& f) {
  Docket& d = c.state.complaint.take(c.event, c.event.id);
  d.filed = stamp_of(c.event);
  d.unit = unit_code(c.event.unit);
  d.kind = f.kind();
  d.channel = f.channel();
  d.filer_class = f.filer_class();
  d.anonymous = f.anonymous();
  d.topic = f.topic();
  d.receipt = ledger::Hash::from(f.receipt());
  d.received_on = f.received_on();
  d.about = f.about();
}

Status check(const Case& c, const ledger::ComplaintDisposed& e) {
  const Docket& d = c.state.complaint.docket(e.complaint());
  if (d.phase != Phase::filed) return wrong_phase(d);
  LEDGER_CHECK(check_assignee(c, d));
  if (e.has_reason() != (e.outcome() == Outcome::notAccepted))
    return refuse("outcome-shape", "A reason is given if and only if the outcome is notAccepted.",
                  "data.reason");
  if (e.has_transfer_to() != (e.outcome() == Outcome::transferred))
    return refuse("outcome-shape", "transferTo is given if and only if the outcome is transferred.",
                  "data.transferTo");
  return check_not_self_decided(c);
}

void apply(Change& c, const ledger::ComplaintDisposed& e) {
  Docket& d = c.state.complaint.take(c.event, e.complaint());
  d.disposal = {.at = stamp_of(c.event),
                .outcome = e.outcome(),
                .notice_no = std::string(e.notice_no()),
                .transfer_to = std::string(e.transfer_to()),
                .repeat_of = e.repeat_of()};
  d.phase = d.accepted() ? Phase::accepted : Phase::ended;
}

Status check(const Case& c, const ledger::ComplaintAssigned& a) {
  const Docket& d = c.state.complaint.docket(a.complaint());
  if (!awaits_assignment(d.phase)) return wrong_phase(d);
  LEDGER_CHECK(check_ground(c, d, a));
  return check_answer_due(c, d, a);
}

void apply(Change& c, const ledger::ComplaintAssigned& a) {
  Docket& d = c.state.complaint.take(c.event, a.complaint());
  d.assignments.push_back({.at = stamp_of(c.event),
                           .unit = unit_code(c.event.unit),
                           .ground = a.ground(),
                           .objection = a.objection(),
                           .answer_due = a.answer_due(),
                           .acknowledgements = {},
                           .extension = {}});
  d.phase = Phase::assigned;
}

Status check(const Case& c, const ledger::ComplaintAcknowledged& a) {
  const Docket& d = c.state.complaint.docket(a.complaint());
  const bool objects = a.response() == Response::objected;
  if (d.phase != Phase::assigned && (objects || d.phase != Phase::objected)) return wrong_phase(d);
  LEDGER_CHECK(check_assignee(c, d));
  LEDGER_CHECK(check_current(d, a.assignment()));
  const Docket::Assignment& current = d.assignments.back();
  if (current.acknowledged(a.response()))
    return refuse("already-acknowledged", "The assignment has this response already.",
                  "data.response");
  return objects ? check_assignment_objection(c, current, a.has_reason()) : Status();
}

void apply(Change& c, const ledger::ComplaintAcknowledged& a) {
  Docket& d = c.state.complaint.take(c.event, a.complaint());
  d.assignments.back().acknowledgements.push_back({stamp_of(c.event), a.response()});
  d.phase = a.response() == Response::objected ? Phase::objected : Phase::assigned;
}

Status check(const Case& c, const ledger::ComplaintExtended& e) {
  const Docket& d = c.state.complaint.docket(e.complaint());
  if (d.phase != Phase::assigned) return wrong_phase(d);
  LEDGER_CHECK(check_assignee(c, d));
  LEDGER_CHECK(check_current(d, e.assignment()));
  const Docket::Assignment& current = d.assignments.back();
  if (current.extension)
    return refuse("extension-twice", "An assignment is extended only once.", "refs.assignment");
  if (c.event.on > current.answer_due)
    return refuse("extension-after-due",
                  "The answer was due on " + ledger::format_date(current.answer_due) +
                      "; it is too late to extend.",
                  "on");
  const int most = c.state.profiles.of(current.answer_due).complaint_extend_days;
  if (e.days() > most)
    return refuse("extension-too-long",
                  "An extension has " + std::to_string(most) + " days at the most.", "data.days");
  return {};
}

void apply(Change& c, const ledger::ComplaintExtended& e) {
  Docket& d = c.state.complaint.take(c.event, e.complaint());
  d.assignments.back().extension = {stamp_of(c.event), e.days(), e.filer_noticed_on()};
}

Status check(const Case& c, const ledger::ComplaintAnswered& a) {
  const Docket& d = c.state.complaint.docket(a.complaint());
  LEDGER_CHECK(check_answerable(d));
  if (c.event.on < d.assignments.back().at.on)
    return refuse("answer-before-assignment", "The answer is dated before the current assignment.",
                  "on");
  LEDGER_CHECK(check_assignee(c, d, "answer-by-other-unit"));
  LEDGER_CHECK(check_current(d, a.assignment()));
  LEDGER_CHECK(check_delivery(c, a.delivered_on()));
  if (d.kind == ledger::ComplaintFiled::Kind::complaint && !a.remedy_notice())
    return refuse("remedy-notice-missing",
                  "The answer to a complaint states the remedies; set remedyNotice once it does.",
                  "data.remedyNotice");
  return {};
}

void apply(Change& c, const ledger::ComplaintAnswered& a) {
  Docket& d = c.state.complaint.take(c.event, a.complaint());
  d.answers.push_back({.at = stamp_of(c.event),
                       .unit = unit_code(c.event.unit),
                       .assignment = d.assignments.back().at.event,
                       .finding = a.finding(),
                       .delivered_on = a.delivered_on(),
                       .remedy_notice = a.remedy_notice()});
  d.phase = Phase::answered;
}

}  // namespace projections
