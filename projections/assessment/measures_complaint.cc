// Measures of complaints and rectification: in time, upheld, closed once.
#include <algorithm>

#include "projections/assessment/measures.h"

namespace projections::assessment {
namespace {

using ledger::ComplaintAnswered;
using ledger::ComplaintAssigned;

struct Duty {
  Date due;
  std::optional<Date> done;
  bool in_time = false;
};

void read_docket(Trace& t, const ComplaintDocket& d) {
  for (auto* e : {d.filed, d.disposed, d.withdrawn}) t.read(e);
  for (auto& a : d.assignments) {
    t.read(a.entry);
    for (auto* list : {&a.responses, &a.extensions, &a.answers})
      for (auto* e : *list) t.read(e);
  }
  for (auto* list : {&d.answers, &d.reviews, &d.closings})
    for (auto* e : *list) t.read(e);
}

void read_docket(Trace& t, const OrderDocket& d) {
  t.read(d.order), t.read(d.cancelled);
  for (auto& c : d.cycles) {
    t.read(c.report), t.read(c.decision);
    for (auto* e : c.extensions) t.read(e);
  }
}

bool superseded_by(const ComplaintDocket& d, std::size_t i, ComplaintAssigned::Ground ground) {
  return i + 1 < d.assignments.size() &&
         d.assignments[i + 1].entry->as<ComplaintAssigned>().ground() == ground;
}

bool superseded_unanswered(const ComplaintDocket& d, std::size_t i) {
  if (i + 1 >= d.assignments.size()) return false;
  const auto& answers = d.assignments[i].answers;
  const auto next = d.assignments[i + 1].entry->position();
  return std::none_of(answers.begin(), answers.end(),
                      [&](auto* a) { return a->position() < next; });
}

// Whether a duty due that day fell away with the complaint.
bool fell_away(const ComplaintDocket& d, Date due) { return d.withdrawn && due >= d.withdrawn->on; }

// No time limit in work days is longer, so that calendars far outside the window are not needed.
constexpr std::int32_t kWorkDaysAtMost = 400;

bool may_fall_due(const Subject& s, Date on) {
  return on <= s.layer.last_day() && on + kWorkDaysAtMost >= s.scheme().period_start;
}

std::optional<Date> received_on(const Subject& s, const Assignment& a) {
  for (auto* r : a.responses)
    if (r->as<ledger::ComplaintAcknowledged>().response() ==
        ledger::ComplaintAcknowledged::Response::received)
      return s.layer.punctual(*r);
  return std::nullopt;
}

bool objected(const Assignment& a) {
  return std::any_of(a.responses.begin(), a.responses.end(), [](auto* r) {
    return r->template as<ledger::ComplaintAcknowledged>().response() ==
           ledger::ComplaintAcknowledged::Response::objected;
  });
}

Result<std::optional<Duty>> acknowledgement(const Subject& s, const ComplaintDocket& d,
                                            std::size_t i, Trace& t) {
  const Assignment& a = d.assignments[i];
  const Date on = a.entry->on;
  if (!may_fall_due(s, on)) return std::nullopt;
  const int days =
      s.layer.profiles().of(on).ack_days(d.filed->as<ledger::ComplaintFiled>().channel());
  const Date due = LEDGER_TRY(s.layer.calendars().add_work_days(on, days));
  if (!s.layer.due_in_window(due)) return std::nullopt;
  read_docket(t, d);
  if (superseded_by(d, i, ComplaintAssigned::Ground::objectionUpheld) || fell_away(d, due))
    return std::nullopt;
  const auto received = received_on(s, a);
  return Duty{due, received, objected(a) || (received && *received <= due)};
}

std::optional<Duty> answer(const Subject& s, const ComplaintDocket& d, std::size_t i, Trace& t) {
  const Assignment& a = d.assignments[i];
  const Date given = a.entry->as<ComplaintAssigned>().answer_due();
  Date due = given;
  for (auto* e : a.extensions) due = due + e->as<ledger::ComplaintExtended>().days();
  if (!s.layer.due_in_window(due) && !s.layer.due_in_window(given)) return std::nullopt;
  read_docket(t, d);
  if (!s.layer.due_in_window(due) || superseded_unanswered(d, i) || fell_away(d, due))
    return std::nullopt;
  if (a.answers.empty()) return Duty{due, std::nullopt, false};
  const Date done = s.layer.punctual(*a.answers.front());
  return Duty{due, done, done <= due};
}

Result<std::vector<Duty>> complaint_duties(const Subject& s, bool answers, Trace& t) {
  std::vector<Duty> out;
  for (auto* d : s.dockets.complaints_of(s.unit.code))
    for (std::size_t i = 0; i < d->assignments.size(); ++i) {
      if (d->assignments[i].entry->unit != s.unit.code) continue;
      auto duty = answers ? answer(s, *d, i, t) : LEDGER_TRY(acknowledgement(s, *d, i, t));
      if (duty) out.push_back(*duty);
    }
  return out;
}

// The report that was accepted; none: nullptr.
const Entry* accepted_report(const Layer& layer, const OrderDocket& d) {
  for (auto& c : d.cycles) {
    if (!c.accepted) continue;
    const auto decision = c.decision->as<ledger::RectificationDecided>();
    return decision.has_report() ? layer.find(decision.report()) : c.report;
  }
  return nullptr;
}

std::vector<Duty> order_duties(const Subject& s, Trace& t) {
  std::vector<Duty> out;
  for (auto* d : s.dockets.orders_of(s.unit.code)) {
    const Date due = d->cycles.front().due;
    const bool inside = s.layer.due_in_window(due);
    if (!inside && !s.layer.due_in_window(d->order->as<ledger::RectificationOrdered>().due()))
      continue;
    read_docket(t, *d);
    if (!inside || d->cancelled) continue;
    const Entry* report = accepted_report(s.layer, *d);
    const auto done = report ? std::optional(s.layer.punctual(*report)) : std::nullopt;
    out.push_back({due, done, done && *done <= due});
  }
  return out;
}

// An order's duty is fixed by the day of the order: extensions and rejections do not move it.
Result<std::vector<Duty>> feedback_duties(const Subject& s, int work_days, Trace& t) {
  std::vector<Duty> out;
  for (auto* d : s.dockets.orders_of(s.unit.code)) {
    if (!may_fall_due(s, d->order->on)) continue;
    const Date due = LEDGER_TRY(s.layer.calendars().add_work_days(d->order->on, work_days));
    if (!s.layer.due_in_window(due)) continue;
    t.read(d->order), t.read(d->cancelled), t.read(d->feedback);
    if (d->cancelled) continue;
    const auto done = d->feedback ? std::optional(s.layer.punctual(*d->feedback)) : std::nullopt;
    out.push_back({due, done, done && *done <= due});
  }
  return out;
}

Result<std::vector<Duty>> duties_of(const Subject& s, const Part& part, Trace& t) {
  const std::string& of = part.text("of");
  if (of == "acknowledgement") t.read(s.layer.profile_events());
  if (of == "acknowledgement" || of == "feedback") t.read(s.layer.calendar_events());
  if (of == "feedback")
    return feedback_duties(s, static_cast<int>(part.number("workDays")), t);
  if (of == "rectification") return order_duties(s, t);
  return complaint_duties(s, of == "answer", t);
}

PartScore less(Trace& t, std::int64_t full, std::int64_t off) {
  t.step(std::to_string(full) + " - " + std::to_string(off));
  return {std::max<std::int64_t>(0, full - off), full, true};
}

bool upheld(const Entry& answer) {
  return answer.as<ComplaintAnswered>().finding() != ComplaintAnswered::Finding::notUpheld;
}

bool repeats(const Subject& s, const ComplaintDocket& d, Trace& t) {
  if (!d.disposed || !d.disposed->as<ledger::ComplaintDisposed>().has_repeat_of()) return false;
  const auto* earlier =
      s.dockets.complaint(d.disposed->as<ledger::ComplaintDisposed>().repeat_of());
  if (earlier == nullptr) return false;
  read_docket(t, *earlier);
  return std::any_of(earlier->answers.begin(), earlier->answers.end(),
                     [&](auto* a) { return a->unit == s.unit.code && upheld(*a); });
}

bool reopened_after(const ComplaintDocket& d, const Entry& closing) {
  auto after = [&](const Entry* e) {
    return e->on >= closing.on && e->position() > closing.position();
  };
  for (auto& a : d.assignments)
    if (after(a.entry) &&
        a.entry->as<ComplaintAssigned>().ground() == ComplaintAssigned::Ground::newEvidence)
      return true;
  return std::any_of(d.reviews.begin(), d.reviews.end(), [&](auto* r) {
    return after(r) && r->template as<ledger::ReviewDecided>().outcome() ==
                           ledger::ReviewDecided::Outcome::reopened;
  });
}

}  // namespace

PartResult measure_in_time(const Subject& s, const Part& part, Trace& t) {
  const auto duties = LEDGER_TRY(duties_of(s, part, t));
  const auto d = static_cast<std::int64_t>(duties.size());
  const auto n = std::count_if(duties.begin(), duties.end(), [](auto& x) { return x.in_time; });
  t.count("due", d), t.count("inTime", n);
  if (n < d) t.miss(std::to_string(d - n) + " not in time");
  if (const std::int64_t per = part.number("per")) return less(t, s.full(part), per * (d - n));
  return shared(t, s.full(part), n, d, s.full(part));
}

PartResult measure_upheld_complaints(const Subject& s, const Part& part, Trace& t) {
  std::int64_t u = 0, p = 0;
  for (auto* d : s.dockets.complaints_of(s.unit.code)) {
    if (d->filed->as<ledger::ComplaintFiled>().kind() != ledger::ComplaintFiled::Kind::complaint)
      continue;
    if (std::none_of(d->answers.begin(), d->answers.end(),
                     [&](auto* a) { return a->unit == s.unit.code && s.layer.in_window(a->on); }))
      continue;
    read_docket(t, *d);
    const Entry& last = *d->answers.back();
    if (last.unit != s.unit.code || !s.layer.in_window(last.on) || !upheld(last)) continue;
    ++u;
    p += repeats(s, *d, t);
  }
  t.count("upheld", u), t.count("repeat", p);
  return less(t, s.full(part), part.number("upheld") * u + part.number("repeat") * p);
}

PartResult measure_closed_once(const Subject& s, const Part& part, Trace& t) {
  std::int64_t closed = 0, again = 0;
  for (auto* d : s.dockets.complaints_of(s.unit.code)) {
    auto closing = std::find_if(d->closings.begin(), d->closings.end(),
                                [&](auto* e) { return s.layer.in_window(e->on); });
    if (closing == d->closings.end()) continue;
    read_docket(t, *d);
    const auto i = d->assigned_before((*closing)->position());
    if (!i || d->assignments[*i].entry->unit != s.unit.code) continue;
    ++closed;
    again += reopened_after(*d, **closing);
  }
  t.count("closed", closed), t.count("reopened", again);
  return shared(t, s.full(part), closed - again, closed, s.full(part));
}

Result<std::int64_t> overdue_days(const Subject& s) {
  Trace ignored;
  auto duties = LEDGER_TRY(complaint_duties(s, true, ignored));
  const auto orders = order_duties(s, ignored);
  duties.insert(duties.end(), orders.begin(), orders.end());
  std::int64_t sum = 0;
  for (auto& d : duties)
    sum += std::max<std::int64_t>(0, d.done.value_or(s.layer.last_day()) - d.due);
  return sum;
}

}  // namespace projections::assessment
