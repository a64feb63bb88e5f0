// The checks that every type shares, driven by the catalogue: references, unit, dates, in that order.
#include <algorithm>

#include "ledger/schema/catalogue.h"
#include "ledger/schema/shape.h"
#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::Field;
using ledger::UnitRule;

bool has_own_annulment_code(EventType t) { return t == EventType::RecordCorrected || t == EventType::RecordAnnulled; }

// Types that may concern a unit which is no longer active: what it left behind still gets settled.
bool may_concern_former_unit(EventType t) {
  switch (t) {
    case EventType::FilingDecided: case EventType::RecordVerified: case EventType::RecordCorrected:
    case EventType::RecordAnnulled: case EventType::ComplaintAnswered: case EventType::InquiryAnswered:
    case EventType::RectificationOrdered: case EventType::RectificationSubmitted:
    case EventType::RectificationDecided: case EventType::RectificationVaried:
    case EventType::ObjectionFiled: case EventType::ObjectionDecided: return true;
    default: return false;
  }
}

bool needs_unit(EventType t) {
  const UnitRule rule = ledger::type_of(t).unit;
  return rule == UnitRule::own || rule == UnitRule::any;
}

Status check_ref(const Case& c, const Field& f, const Id& id) {
  const std::string path = "refs." + f.name;
  const RecordInfo* r = c.state.records.find(id);
  if (r == nullptr || r->position >= c.event.position) return refuse("ref-missing", "no earlier record has this id", path);
  if (!f.to.empty() && std::find(f.to.begin(), f.to.end(), r->type) == f.to.end())
    return refuse("ref-type", "the reference points at a " + ledger::type_of(r->type).name, path);
  if (r->annulled && !has_own_annulment_code(c.event.type)) return refuse("ref-annulled", "the record that it points at was annulled", path);
  // An event that lacks the unit that it needs is refused for that (`unit-missing`).
  const bool lacks_unit = c.event.unit.empty() && needs_unit(c.event.type);
  if (f.same_unit && !lacks_unit && !c.state.identity.same(r->unit, unit_code(c.event.unit)))
    return refuse("ref-other-unit", "the record that it points at belongs to another unit", path);
  return {};
}

template <typename F>
Status each_ref(const Event& e, F&& f) {
  for (auto& field : ledger::type_of(e.type).fields) {
    if (!field.is_ref() || e.body->payload().is_absent(field.offset)) continue;
    if (!field.list) {
      LEDGER_CHECK(f(field, e.body->payload().get_id(field.offset)));
      continue;
    }
    for (auto id : ledger::IdList(e.body->payload().get_list(field.offset))) LEDGER_CHECK(f(field, id));
  }
  return {};
}

Status check_named_registered(const Case& c) {
  const bool registers = c.event.type == EventType::UnitRegistered;
  auto known = [&](std::string_view unit) -> Status {
    if ((registers && unit == c.event.unit) || c.state.identity.find(unit_code(unit)) != nullptr) return {};
    return refuse("unit-unknown", "no unit is registered under " + std::string(unit), unit == c.event.unit ? "unit" : "data");
  };
  if (c.event.named != nullptr) {
    for (auto& unit : *c.event.named) LEDGER_CHECK(known(unit));
    return {};
  }
  for (auto& unit : ledger::named_units(*c.event.body, c.event.unit)) LEDGER_CHECK(known(unit));
  return {};
}

Status check_unit(const Case& c) {
  const UnitRule rule = ledger::type_of(c.event.type).unit;
  const bool given = !c.event.unit.empty();
  if (!given && needs_unit(c.event.type)) return refuse("unit-missing", "the event must say which unit it is about", "unit");
  if (given && rule == UnitRule::absent) return refuse("unit-not-allowed", "an event of this type is about no single unit: leave unit out", "unit");
  LEDGER_CHECK(check_named_registered(c));
  if (!given || c.event.type == EventType::UnitRegistered || may_concern_former_unit(c.event.type)) return {};
  if (!c.state.identity.active(unit_code(c.event.unit), c.event.on))
    return refuse("unit-inactive", "the unit was not active on that day", "unit");
  return {};
}

Status check_dates(const Case& c) {
  if (c.event.on > c.event.admitted_on) return refuse("on-in-future", "the business date lies after today", "on");
  return each_ref(c.event, [&](const Field& f, const Id& id) -> Status {
    const RecordInfo* r = c.state.records.find(id);
    if (f.not_later && c.event.on < r->corrected_on.value_or(r->on))
      return refuse("on-before-reference", "the business date lies before that of refs." + f.name, "on");
    return {};
  });
}

}  // namespace

Status check_common(const Case& c) {
  LEDGER_CHECK(each_ref(c.event, [&](const Field& f, const Id& id) { return check_ref(c, f, id); }));
  return check_unit_and_dates(c);
}

Status check_unit_and_dates(const Case& c) {
  LEDGER_CHECK(check_unit(c));
  return check_dates(c);
}

void apply_common(Change& c) {
  const Event& e = c.event;
  RecordInfo& r = c.state.records.by_id.edit(e.id);
  r.position = e.position, r.type = e.type, r.unit = unit_code(e.unit), r.on = e.on, r.admitted = e.admitted;
  r.signer = e.signer->key, r.holder = e.signer->holder;
  r.by_office = !e.signer->is(Role::unit) && !e.signer->is(Role::unitHead);
}

}  // namespace projections
