// Rules of coordination (events.md 2.6).
#include "projections/rules/coordination.h"

#include <set>

#include "projections/rules/rules.h"

namespace projections {

CoordinationState::CoordinationState(Journal& j) : requests(j) {}
CoordinationState::~CoordinationState() = default;

using ledger::CoordinationRequested;
using ledger::CoordinationResolved;
using ledger::GuidanceGiven;
using ledger::JointMeetingHeld;

Status check(const Case&, const JointMeetingHeld& t) {
  std::set<std::string_view> convened;
  for (auto u : t.convened()) convened.insert(u);
  for (auto u : t.attended())
    if (!convened.count(u))
      return refuse("not-convened",
                    "unit " + std::string(u) + " attended but is not among those convened",
                    "data.attended");
  return {};
}

void apply(Change& c, const CoordinationRequested& t) {
  c.state.coordination.requests.edit(c.event.id) = {c.event.id, c.event.position, c.event.on,
                                                    unit_code(c.event.unit),
                                                    unit_codes(t.with_units()), std::nullopt};
}

Status check(const Case& c, const CoordinationResolved& t) {
  if (c.state.coordination.requests.find(t.request())->resolution)
    return refuse("coordination-already-resolved", "this request is resolved already",
                  "refs.request");
  return {};
}

void apply(Change& c, const CoordinationResolved& t) {
  c.state.coordination.requests.edit(t.request()).resolution = CoordinationRequest::Resolution{
      c.event.id, c.event.position, c.event.on, t.outcome(), t.meeting()};
}

// A unit may guide only those below it, in its line or in its area.
Status check(const Case& c, const GuidanceGiven&) {
  auto& signer = *c.event.signer;
  if (signer.is(Role::office) || signer.is(Role::superior)) return {};
  auto& s = c.state.identity;
  auto* receiver = s.find(unit_code(c.event.unit));
  auto giver = unit_code(signer.owner_unit());
  auto is_giver = [&](UnitCode above) { return above && s.same(above, giver); };
  if (receiver && (is_giver(receiver->parent) || is_giver(receiver->local_supervisor))) return {};
  return refuse("guidance-not-competent",
                "a unit guides only those whose parent or local supervisor it is", "unit");
}

}  // namespace projections
