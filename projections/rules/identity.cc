// Rules of units and officers (events.md 2.1). Keys and roles are judged in ledger/.
#include "projections/rules/identity.h"

#include "ledger/text/encoding.h"
#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::Date;
using ledger::OfficerDesignated;
using ledger::UnitRegistered;
using ledger::UnitRestructured;
using Kind = UnitRestructured::Kind;

bool contains(const std::vector<UnitCode>& list, UnitCode u) {
  return std::find(list.begin(), list.end(), u) != list.end();
}

bool short_name_taken(const IdentityState& s, std::string_view name, UnitCode self, Date on) {
  for (auto code : s.all_sorted()) {
    const Unit& u = *s.find(code);
    bool over = u.ended && on > *u.ended;
    if (code != self && !over && u.short_name == name) return true;
  }
  return false;
}

// Whether `u` is `start` or above it.
bool is_in_parent_chain(const IdentityState& s, UnitCode start, UnitCode u) {
  for (auto at = start; at;) {
    if (at == u) return true;
    auto* unit = s.find(at);
    at = unit ? unit->parent : UnitCode{};
  }
  return false;
}

// amend, and rename under the same code, change one unit that goes on.
bool keeps_code(const UnitRestructured& t) {
  return t.kind() == Kind::amend || (t.kind() == Kind::rename && t.to().empty());
}

bool is_shape_right(const UnitRestructured& t) {
  if (keeps_code(t))
    return t.from().size() == 1 && t.to().empty() && !t.has_records_go_to() && t.has_changes();
  if (t.has_changes() && t.kind() != Kind::rename) return false;
  if (t.kind() == Kind::dissolve) return t.to().empty();
  return t.has_records_go_to() && contains(unit_codes(t.to()), unit_code(t.records_go_to()));
}

// A unit that ended is restructured no more, not even on its last day.
Status check_from_active(const Case& c, const UnitRestructured& t) {
  auto& s = c.state.identity;
  for (auto u : t.from())
    if (!s.active(unit_code(u), c.event.on) || s.find(unit_code(u))->ended)
      return refuse("unit-inactive",
                    "unit " + std::string(u) + " is not active on that day; name only active units",
                    "data.from");
  return {};
}

Status check_to_registered(const Case& c, const UnitRestructured& t) {
  for (auto u : t.to())
    if (!c.state.identity.find(unit_code(u)))
      return refuse("unit-unknown",
                    "unit " + std::string(u) + " is not registered; register it first",
                    "data.to");
  return {};
}

// The unit that `changes` are about: the one that goes on.
UnitCode changed_unit(const UnitRestructured& t) {
  return unit_code(keeps_code(t) ? t.from()[0] : t.records_go_to());
}

bool makes_cycle(const IdentityState& s, const UnitRestructured& t) {
  auto target = s.successor(unit_code(t.records_go_to()));
  if (t.has_records_go_to() && contains(unit_codes(t.from()), target)) return true;
  return t.has_changes() &&
         is_in_parent_chain(s, unit_code(t.changes().parent()), changed_unit(t));
}

void rename_to(Unit& u, std::string_view name) {
  if (u.name == name) return;
  u.former_names.push_back(u.name);
  u.name = name;
}

void apply_changes(Unit& u, const UnitRestructured::Changes& ch) {
  if (ch.has_name()) rename_to(u, ch.name());
  if (ch.has_short_name()) u.short_name = ch.short_name();
  if (auto v = ch.category()) u.category = *v;
  if (auto v = ch.has_enforcement_power()) u.has_enforcement_power = *v;
  if (auto v = ch.case_class()) u.case_class = *v;
  if (ch.has_parent()) u.parent = unit_code(ch.parent());
  if (ch.has_superior()) u.superior = ch.superior();
  if (ch.has_local_supervisor()) u.local_supervisor = unit_code(ch.local_supervisor());
  if (auto v = ch.ranked()) u.ranked = *v;
}

Restructuring restructuring_of(const Event& e, const UnitRestructured& t) {
  return {e.id, e.position, e.on, t.kind()};
}

bool has_successors(Officer::Role r) {
  using R = Officer::Role;
  return r == R::firstResponsible || r == R::officerInCharge || r == R::liaison;
}

// The last day of each officer of a chain: `until`, or the day before the `from` of any later one.
void settle_chain(IdentityState& s, const std::vector<Id>& chain, Officer::Role role) {
  std::optional<Date> bound;
  for (auto id = chain.rbegin(); id != chain.rend(); ++id) {
    Officer& o = s.officers.edit(*id);
    o.last_day = o.until;
    if (bound) o.last_day = o.until ? std::min(*o.until, *bound) : *bound;
    if (has_successors(role)) bound = bound ? std::min(*bound, o.from - 1) : o.from - 1;
  }
}

void insert_by_position(const IdentityState& s, std::vector<Id>& chain, const Officer& o) {
  auto later = std::find_if(chain.begin(), chain.end(), [&](const Id& id) {
    return s.officers.find(id)->position > o.position;
  });
  chain.insert(later, o.id);
}

}  // namespace

IdentityState::IdentityState(Journal& j) : units(j), officers(j), chains(j), reaffirmed(j), compromised(j) {}
IdentityState::~IdentityState() = default;

bool IdentityState::active(UnitCode code, ledger::Date on) const {
  auto* u = find(code);
  return u && on >= u->from && (!u->ended || on <= *u->ended);
}

UnitCode IdentityState::successor(UnitCode code) const {
  for (auto* u = find(code); u && u->records_go_to; u = find(code)) code = u->records_go_to;
  return code;
}

bool IdentityState::names(const std::vector<UnitCode>& list, UnitCode u) const {
  auto to = successor(u);
  return std::any_of(list.begin(), list.end(), [&](UnitCode v) { return successor(v) == to; });
}

std::vector<UnitCode> unit_codes(const ledger::TextList& list) {
  std::vector<UnitCode> out;
  out.reserve(list.size());
  for (auto u : list) out.push_back(unit_code(u));
  return out;
}

bool is_own_matter(const Case& c) {
  auto& owner = c.event.signer->owner_unit();
  return !owner.empty() && c.state.identity.same(unit_code(owner), unit_code(c.event.unit));
}

Status check_not_self_decided(const Case& c) {
  if (!is_own_matter(c)) return {};
  return refuse("self-decision",
                "the signing key belongs to the unit concerned; another authority must decide");
}

Status check(const Case& c, const UnitRegistered& t) {
  auto& s = c.state.identity;
  auto code = unit_code(c.event.unit);
  auto* old = s.find(code);
  if (old && old->id != c.event.id)
    return refuse("unit-exists", "this unit is already registered; record a restructuring instead",
                  "unit");
  if (short_name_taken(s, t.short_name(), code, c.event.on))
    return refuse("short-name-taken", "another active unit has this short name; choose another",
                  "data.shortName");
  if (t.has_parent() && is_in_parent_chain(s, unit_code(t.parent()), code))
    return refuse("parent-cycle", "a unit cannot be above itself; name another parent",
                  "data.parent");
  return {};
}

void apply(Change& c, const UnitRegistered& t) {
  auto code = unit_code(c.event.unit);
  Unit& u = c.state.identity.units.edit(code);
  u.code = code;
  u.id = c.event.id;
  u.position = c.event.position;
  u.registered_on = c.event.on;
  u.name = t.name();
  u.short_name = t.short_name();
  u.category = t.category();
  u.has_enforcement_power = t.has_enforcement_power();
  u.case_class = t.case_class();
  u.parent = unit_code(t.parent());
  u.local_supervisor = unit_code(t.local_supervisor());
  u.superior = t.superior();
  u.district_code = t.district_code();
  u.from = t.from();
  u.ranked = t.ranked().value_or(true);
  for (auto name : t.former_names()) u.former_names.emplace_back(name);
}

Status check(const Case& c, const UnitRestructured& t) {
  if (!is_shape_right(t))
    return refuse("restructure-shape",
                  "`to`, `recordsGoTo` and `changes` do not fit this kind of restructuring",
                  "data.kind");
  LEDGER_CHECK(check_from_active(c, t));
  LEDGER_CHECK(check_to_registered(c, t));
  if (makes_cycle(c.state.identity, t))
    return refuse("restructure-cycle", "a unit's records or parents would lead back to itself",
                  "data.recordsGoTo");
  return {};
}

void apply(Change& c, const UnitRestructured& t) {
  auto& units = c.state.identity.units;
  for (auto code : unit_codes(t.from())) {
    Unit& u = units.edit(code);
    u.history.push_back(restructuring_of(c.event, t));
    if (keeps_code(t)) continue;
    u.ended = c.event.on;
    u.records_go_to = unit_code(t.records_go_to());
  }
  for (auto code : unit_codes(t.to()))
    units.edit(code).history.push_back(restructuring_of(c.event, t));
  if (t.has_changes()) apply_changes(units.edit(changed_unit(t)), t.changes());
}

Status check(const Case&, const OfficerDesignated& t) {
  using R = OfficerDesignated::Role;
  bool needs_dept = t.role() == R::department || t.role() == R::worker;
  if (t.role() != R::department && !t.has_person())
    return refuse("officer-incomplete", "this role needs a person", "data.person");
  if (needs_dept && !t.has_dept())
    return refuse("officer-incomplete", "this role needs a department", "data.dept");
  if (t.until() && *t.until() < t.from())
    return refuse("dates-reversed", "`until` is before `from`", "data.until");
  return {};
}

void apply(Change& c, const OfficerDesignated& t) {
  auto& s = c.state.identity;
  auto unit = unit_code(c.event.unit);
  Officer& o = s.officers.edit(c.event.id);
  o = {c.event.id, c.event.position, c.event.on, unit, t.role(), std::string(t.person()),
       std::string(t.title()), std::string(t.dept()), t.from(), t.until(), t.until()};
  auto& chain = s.chains.edit({unit, t.role()});
  insert_by_position(s, chain, o);
  settle_chain(s, chain, t.role());
  keep_body(c);
}

void release_officer(State& state, const Id& id) {
  auto& s = state.identity;
  auto* o = s.officers.find(id);
  if (!o) return;
  auto& chain = s.chains.edit({o->unit, o->role});
  chain.erase(std::remove(chain.begin(), chain.end(), id), chain.end());
  settle_chain(s, chain, o->role);
}

// Each target must be one that the signer's owner signed and, for a compromise, by a key now revoked
// for it.
Status check(const Case& c, const ledger::RecordsReaffirmed& t) {
  using Reason = ledger::RecordsReaffirmed::Reason;
  for (auto id : t.targets()) {
    const RecordInfo& r = *c.state.records.find(id);
    const bool own = r.holder->owner == c.event.signer->owner();
    const bool needed = t.reason() != Reason::keyCompromised || c.state.identity.compromised.has(r.signer);
    if (!own || !needed)
      return refuse("nothing-to-reaffirm", "a target was not signed by this owner with a key revoked as compromised", "refs.targets");
  }
  return {};
}

void apply(Change& c, const ledger::KeyRevoked& t) {
  auto bytes = ledger::unhex(t.key_id());
  if (bytes && t.compromised_since())
    c.state.identity.compromised.edit(ledger::KeyId::from(*bytes)) = *t.compromised_since();
}

void apply(Change& c, const ledger::RecordsReaffirmed& t) {
  for (auto id : t.targets())
    c.state.identity.reaffirmed.edit(id) = {c.event.id, c.event.position, c.event.on};
}

}  // namespace projections
