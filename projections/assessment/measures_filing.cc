// Measures of lists, plans, reports, officers and funds.
#include <algorithm>
#include <map>

#include "projections/assessment/field_values.h"
#include "projections/assessment/measures.h"

namespace projections::assessment {
namespace {

using ledger::UnitListSubmitted;

void read_time_limits(const Subject& s, Trace& t) {
  t.read(s.layer.calendar_events());
  t.read(s.layer.profile_events());
}

// The due date that the part names; none: nullopt.
std::optional<Date> due_of(const Subject& s, const std::string& which, int quarter) {
  const Profile& p = s.layer.profile();
  if (which == "list") return s.due_of_year(p.list_due);
  if (which == "learningList") return s.due_of_year(p.learning_list_due);
  if (which == "plan") return s.due_of_year(p.plan_due);
  if (which != "workReport") return std::nullopt;
  return ledger::month_day(
      p.work_report_due[static_cast<std::size_t>(quarter == 0 ? 3 : quarter - 1)], s.scheme().year);
}

Result<std::int64_t> points_at(const Subject& s, const Part& part, Date date,
                               std::optional<Date> due) {
  if (!due || date <= *due) return part.number("onTime");
  const auto days = static_cast<int>(part.number("lateWorkDays"));
  if (days == 0) return part.number("late");
  const Date end = LEDGER_TRY(s.layer.calendars().add_work_days(*due, days));
  return date <= end ? part.number("late") : part.number("later");
}

bool lacks(const UnitListSubmitted::Item& item, const std::string& field) {
  if (field == "dept") return item.dept().empty();
  if (field == "responsible") return item.responsible().empty();
  if (field == "content") return item.content().empty();
  if (field == "steps") return item.steps().empty();
  return !item.due();
}

std::int64_t lacking_items(const Part& part, const std::vector<const Entry*>& lists) {
  const auto& fields = part.list("itemFields");
  std::int64_t n = 0;
  for (auto* e : lists)
    for (auto item : e->fact->as<UnitListSubmitted>().items())
      n += std::any_of(fields.begin(), fields.end(), [&](auto& f) { return lacks(item, f); });
  return n;
}

Result<std::int64_t> file_once(const Subject& s, const Part& part, int quarter, Trace& t) {
  const EventType type = part.types.front();
  const Filed f = filed(s, type, part.text("authority"), quarter, t);
  const std::string name =
      ledger::type_of(type).name + (quarter ? " Q" + std::to_string(quarter) : "");
  if (!f.date) {
    t.miss("no " + name + " accepted by the " + part.text("authority"));
    t.step("0");
    return 0;
  }
  std::int64_t points =
      LEDGER_TRY(points_at(s, part, *f.date, due_of(s, part.text("due"), quarter)));
  t.step(std::to_string(points));
  if (part.number("itemLack") == 0 || type != EventType::UnitListSubmitted) return points;
  const std::int64_t lacking = lacking_items(part, f.submissions);
  t.count("itemsLacking", lacking);
  t.formula += " - " + std::to_string(part.number("itemLack")) + "*" + std::to_string(lacking);
  return std::max<std::int64_t>(0, points - part.number("itemLack") * lacking);
}

// A role's designation that is in force on the day.
bool holds(const Subject& s, const Entry& e, Date day) {
  using Role = ledger::OfficerDesignated::Role;
  const auto d = e.as<ledger::OfficerDesignated>();
  if (!s.layer.verified(e) || s.layer.effective(e) > day || d.from() > day ||
      (d.until() && *d.until() < day))
    return false;
  if (d.role() == Role::department || d.role() == Role::worker) return true;
  for (auto* later : s.layer.of(s.unit.code, EventType::OfficerDesignated)) {
    if (later->position() <= e.position() || later->annulled || later->fact->unit != e.fact->unit)
      continue;
    const auto l = later->as<ledger::OfficerDesignated>();
    if (l.role() == d.role() && l.from() <= day) return false;
  }
  return true;
}

// One item of an accepted list, with what became of it.
struct Item {
  Date due;
  bool cancelled = false;
  std::optional<Date> completed;
};
using Items = std::map<std::pair<UnitCode, std::string>, Item>;  // by original unit and number

void add_items(const Subject& s, const std::vector<const Entry*>& lists, Items& items) {
  for (auto* e : lists)
    for (auto i : e->fact->as<UnitListSubmitted>().items())
      items.try_emplace({e->fact->unit, std::string(i.no())},
                        Item{i.due().value_or(s.scheme().period_end), false, {}});
}

Item* item_of(const Subject& s, Items& items, const std::vector<const Entry*>& lists,
              const Id& list, std::string_view no) {
  const Entry* e = s.layer.find(list);
  if (e == nullptr || std::find(lists.begin(), lists.end(), e) == lists.end()) return nullptr;
  auto it = items.find({e->fact->unit, std::string(no)});
  return it == items.end() ? nullptr : &it->second;
}

void amend_items(const Subject& s, const std::vector<const Entry*>& lists, Items& items, Trace& t) {
  using Change = ledger::ListItemAmendmentRequested::Change;
  for (auto* e : s.layer.of(s.unit.code, EventType::ListItemAmendmentDecided)) {
    const auto d = e->as<ledger::ListItemAmendmentDecided>();
    const Entry* request = s.layer.find(d.request());
    if (request == nullptr || d.outcome() != ledger::ListItemAmendmentDecided::Outcome::approved)
      continue;
    const auto r = request->as<ledger::ListItemAmendmentRequested>();
    Item* item = item_of(s, items, lists, r.list(), r.item_no());
    if (item == nullptr) continue;
    t.read(*request), t.read(*e);
    if (r.change() == Change::cancel) item->cancelled = true;
    if (r.change() == Change::defer) item->due = r.new_due().value_or(item->due);
  }
}

void complete_items(const Subject& s, const std::vector<const Entry*>& lists, Items& items,
                    Trace& t) {
  for (auto* e : s.layer.of(s.unit.code, EventType::ListItemCompleted)) {
    const auto c = e->as<ledger::ListItemCompleted>();
    Item* item = item_of(s, items, lists, c.list(), c.item_no());
    if (item == nullptr) continue;
    t.read(*e);
    const Date day = s.layer.effective(*e);
    if (s.layer.verified(*e))
      item->completed = item->completed ? std::min(*item->completed, day) : day;
  }
}

}  // namespace

Filed filed(const Subject& s, EventType type, const std::string& authority, int quarter, Trace& t) {
  std::map<UnitCode, Date> first;
  Filed out;
  for (auto* decision : s.layer.of(s.unit.code, EventType::FilingDecided)) {
    const auto d = decision->as<ledger::FilingDecided>();
    const bool office = d.authority() == ledger::FilingDecided::Authority::office;
    const Entry* e = s.layer.find(d.submission());
    if (e == nullptr || e->fact->type != type || office != (authority == "office")) continue;
    if (number_of(type, e->body(), "year") != s.scheme().year) continue;
    if (quarter != 0 && number_of(type, e->body(), "quarter") != quarter) continue;
    t.read(*e), t.read(*decision);
    if (d.outcome() == ledger::FilingDecided::Outcome::accepted) out.submissions.push_back(e);
  }
  std::sort(out.submissions.begin(), out.submissions.end(),
            [](auto* a, auto* b) { return a->position() < b->position(); });
  for (auto* e : out.submissions) first.try_emplace(e->fact->unit, s.layer.effective(*e));
  for (auto& [unit, date] : first) out.date = out.date ? std::min(*out.date, date) : date;
  return out;
}

PartResult measure_filing(const Subject& s, const Part& part, Trace& t) {
  const int times = part.number("quarterly") ? 4 : 1;
  const std::int64_t full = part.number("onTime") * times;
  if (part.number("needsSuperior") && s.unit.superior.empty())
    return not_applicable(t, full, "the unit has no superior");
  read_time_limits(s, t);
  PartScore out{0, full, true};
  for (int q = 1; q <= times; ++q)
    out.points += LEDGER_TRY(file_once(s, part, times == 4 ? q : 0, t));
  return out;
}

PartResult measure_officers(const Subject& s, const Part& part, Trace& t) {
  const Date day = s.due_of_year(s.layer.profile().list_due);
  const auto& type = ledger::type_of(EventType::OfficerDesignated);
  read_time_limits(s, t);
  std::set<std::string> held;
  for (auto* e : s.layer.of(s.unit.code, type.ordinal)) {
    const auto d = e->as<ledger::OfficerDesignated>();
    if (!has_value(type.ordinal, e->body(), "role", part.list("roles")) && !e->said().last_correction)
      continue;
    if (d.from() > day && !e->said().last_correction) continue;
    t.read(*e);
    if (holds(s, *e, day)) held.insert(values_of(type.ordinal, e->body(), "role").front());
  }
  std::int64_t n = 0;
  for (auto& role : part.list("roles")) {
    if (held.count(role))
      ++n;
    else
      t.miss("no " + role + " on " + ledger::format_date(day));
  }
  const std::int64_t each = part.number("each");
  t.count("roles", n);
  t.step(std::to_string(each) + "*" + std::to_string(n));
  return PartScore{each * n, each * static_cast<std::int64_t>(part.list("roles").size()), true};
}

PartResult measure_presence(const Subject& s, const Part& part, Trace& t) {
  const auto due = due_of(s, part.text("due"), 0);
  if (due) read_time_limits(s, t);
  std::optional<Date> first;
  const auto found = select(s, part, t);
  for (auto* e : found)
    first = first ? std::min(*first, s.layer.effective(*e)) : s.layer.effective(*e);
  if (!first) t.miss("no verified " + ledger::type_of(part.types.front()).name);
  const std::int64_t points = !first                   ? 0
                              : !due || *first <= *due ? part.number("points")
                                                       : part.number("late");
  t.count("records", static_cast<std::int64_t>(found.size()));
  t.step(std::to_string(points));
  return PartScore{points, part.number("points"), true};
}

PartResult measure_completion(const Subject& s, const Part& part, Trace& t) {
  const auto lists = filed(s, EventType::UnitListSubmitted, "office", 0, t).submissions;
  Items items;
  add_items(s, lists, items);
  amend_items(s, lists, items, t);
  complete_items(s, lists, items, t);
  std::int64_t cancelled = 0, done = 0, sum = 0;
  for (auto& [key, i] : items) {
    if (i.cancelled) {
      ++cancelled;
      continue;
    }
    if (!i.completed) continue;
    ++done;
    const auto late = *i.completed - i.due;
    sum += part.number(late <= 0 ? "onTime" : late <= part.number("lateDays") ? "late" : "later");
  }
  const auto n = static_cast<std::int64_t>(items.size());
  const std::int64_t divisor = part.number("freeCancelDivisor");
  const std::int64_t counted = n - (divisor ? std::min(cancelled, n / divisor) : 0);
  t.count("items", n), t.count("cancelled", cancelled), t.count("completed", done),
      t.count("weightSum", sum);
  if (n == 0) t.miss("no accepted list for " + std::to_string(s.scheme().year));
  if (done + cancelled < n)
    t.miss(std::to_string(n - done - cancelled) + " items are not completed");
  return shared(t, s.full(part), sum, 100 * counted, 0);
}

}  // namespace projections::assessment
