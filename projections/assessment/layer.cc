#include "projections/assessment/layer.h"

#include <algorithm>

#include "ledger/schema/catalogue.h"
#include "ledger/schema/correct.h"
#include "ledger/schema/show.h"
#include "projections/assessment/measure_kinds.h"

namespace projections::assessment {
namespace {

bool is_decision(EventType t) {
  return t == EventType::ObjectionDecided || t == EventType::VetoDecided ||
         t == EventType::PointsDecided || t == EventType::UnitRestructured;
}

void change(UnitFacts& u, const ledger::UnitRestructured::Changes& c) {
  if (c.has_name()) u.name = c.name();
  if (auto v = c.category()) u.category = *v;
  if (auto v = c.has_enforcement_power()) u.has_enforcement_power = *v;
  if (auto v = c.case_class()) u.case_class = v;
  if (c.has_superior()) u.superior = c.superior();
  if (auto v = c.ranked()) u.ranked = *v;
}

bool keeps_code(const ledger::UnitRestructured& r) {
  using Kind = ledger::UnitRestructured::Kind;
  return r.kind() == Kind::amend || (r.kind() == Kind::rename && r.to().empty());
}

}  // namespace

bool is_read(const Scheme& s, EventType type, Instant admitted) {
  if (!is_scored(type)) return false;
  if (is_decision(type)) return true;
  const bool decided_on_later =
      type == EventType::RecordVerified || type == EventType::FilingDecided;
  return admitted < (decided_on_later ? s.verification_cutoff : s.cutoff);
}

Reach reach_of(const Scheme& s, std::optional<Instant> last) {
  const Date until_cutoff =
      std::min(s.period_end, ledger::local_date(Instant{s.cutoff.ms - 1}));
  const Date over = last ? ledger::local_date(*last) - 1 : s.period_start - 1;
  return {std::min(until_cutoff, over), !last || *last < s.cutoff};
}

Layer::Layer(const Facts& facts, const Scheme& scheme, const Head& head)
    : scheme_(scheme), head_(head), reach_(reach_of(scheme, facts.last_admission(head.size))) {
  entries_.reserve(facts.all().size());
  by_id_.reserve(facts.all().size());
  for (auto& f : facts.all()) {
    if (f.position >= head.size) break;
    if (is_read(scheme, f.type, f.admitted)) take(f);
  }
  attribute();
}

void Layer::take(const Fact& f) {
  Entry& e = entries_.emplace_back();
  e.fact = &f;
  e.on = f.on;
  by_id_[f.id] = &e;
  by_type_[static_cast<std::size_t>(f.type)].push_back(&e);
  take_reference(f);
}

// The events that change how others are read.
void Layer::take_reference(const Fact& f) {
  switch (f.type) {
    case EventType::UnitRegistered:
    case EventType::UnitRestructured:
      return take_unit(f);
    case EventType::WorkCalendarPublished:
      calendars_.publish(f.as<ledger::WorkCalendarPublished>());
      return calendar_events_.push_back(f.id);
    case EventType::DeadlineProfilePublished:
      profiles_.publish(f.id, f.as<ledger::DeadlineProfilePublished>());
      return profile_events_.push_back(f.id);
    case EventType::RecordCorrected:
      if (Entry* e = editable(f.as<ledger::RecordCorrected>().target())) overlay(*e, f);
      return;
    case EventType::RecordAnnulled:
      if (Entry* e = editable(f.as<ledger::RecordAnnulled>().target()))
        e->annulled = true, e->say().about.push_back(f.id);
      return;
    case EventType::RecordVerified: {
      const auto v = f.as<ledger::RecordVerified>();
      static const auto& kFinding = *ledger::find_field(ledger::type_of(f.type).fields, "finding");
      const auto finding = ledger::choice_name(kFinding, static_cast<std::uint16_t>(v.finding()));
      for (auto id : v.targets())
        if (Entry* e = editable(id))
          e->say().verdict = Verdict{finding, f.position, f.on, f.id}, e->say().about.push_back(f.id);
      return;
    }
    default:
      return;
  }
}

// A correction was admitted only because it fits; one that does not is of no effect.
void Layer::overlay(Entry& e, const Fact& f) {
  std::optional<Date> on;
  auto body = ledger::corrected(e.body(), f.as<ledger::RecordCorrected>(), &on);
  Said& said = e.say();
  said.last_correction = f.position;
  said.about.push_back(f.id);
  if (!body) return;
  said.overlaid = std::make_unique<const Body>(std::move(*body));
  if (on) e.on = *on;
}

void Layer::take_unit(const Fact& f) {
  if (f.type == EventType::UnitRegistered) {
    const auto r = f.as<ledger::UnitRegistered>();
    UnitFacts& u = units_[f.unit];
    u = {f.unit,
         std::string(r.name()),
         std::string(r.superior()),
         r.category(),
         r.has_enforcement_power(),
         r.ranked().value_or(true),
         false,
         r.case_class(),
         r.from(),
         {f.id}};
    return;
  }
  if (f.on > scheme_.period_end) return;
  const auto r = f.as<ledger::UnitRestructured>();
  auto edit = [&](UnitCode code) {
    auto it = units_.find(code);
    return it == units_.end() ? nullptr : &it->second;
  };
  for (auto from : r.from()) {
    if (UnitFacts* u = edit(unit_code(from))) {
      u->events.push_back(f.id);
      u->ended |= !keeps_code(r);
    }
    if (r.has_records_go_to()) goes_to_[unit_code(from)] = unit_code(r.records_go_to());
  }
  if (!r.has_changes()) return;
  if (UnitFacts* u = edit(keeps_code(r) ? unit_code(r.from()[0]) : unit_code(r.records_go_to()))) {
    change(*u, r.changes());
    if (!keeps_code(r)) u->events.push_back(f.id);
  }
}

// Once every restructuring is known.
void Layer::attribute() {
  for (auto& [code, u] : units_) {
    const UnitCode to = root(code);
    auto target = units_.find(to);
    if (to == code || target == units_.end()) continue;
    target->second.events.insert(target->second.events.end(), u.events.begin(), u.events.end());
  }
  for (auto& e : entries_) {
    e.unit = root(e.fact->unit);
    if (e.unit) by_unit_[{e.unit, e.fact->type}].push_back(&e);
    if (e.fact->type != EventType::MediaContentReleased) continue;
    const UnitCode now = root(e.as<ledger::MediaContentReleased>().on_behalf_of());
    const UnitCode before = root(e.fact->as<ledger::MediaContentReleased>().on_behalf_of());
    if (now && now != e.unit) by_unit_[{now, e.fact->type}].push_back(&e);
    if (before && before != e.unit && before != now) by_unit_[{before, e.fact->type}].push_back(&e);
  }
}

Date Layer::dated(const Entry& e, std::int32_t grace) const {
  return e.fact->admitted_on - e.on > grace ? e.fact->admitted_on : e.on;
}

Entry* Layer::editable(const Id& id) {
  auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : it->second;
}

const Entry* Layer::find(const Id& id) const {
  auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : it->second;
}

const Entry* Layer::standing(const Id& id) const {
  const Entry* e = find(id);
  return e && !e->annulled ? e : nullptr;
}

const Layer::Entries& Layer::of(UnitCode root, EventType t) const {
  static const Entries kNone;
  auto it = by_unit_.find({root, t});
  return it == by_unit_.end() ? kNone : it->second;
}

UnitCode Layer::root(UnitCode u) const {
  std::size_t steps = 0;
  for (auto it = goes_to_.find(u); it != goes_to_.end() && steps <= goes_to_.size();
       it = goes_to_.find(u), ++steps)
    u = it->second;
  return u;
}

bool Layer::names(const ledger::TextList& list, UnitCode r) const {
  for (auto u : list)
    if (root(u) == r) return true;
  return false;
}

bool Layer::is_ranked(const UnitFacts& u) const {
  return u.ranked && !u.ended && u.from <= scheme_.ranked_if_from_by && root(u.code) == u.code;
}

bool Layer::verified(const Entry& e) const {
  if (e.annulled) return false;
  const Said& s = e.said();
  if (!scheme_.must_be_verified(e.fact->type)) return !s.verdict || s.verdict->finding == "ok";
  return s.verdict && s.verdict->finding == "ok" &&
         (!s.last_correction || s.verdict->position > *s.last_correction);
}

}  // namespace projections::assessment
