// Due dates of events.md 4.2, from the state that stands at the head.
//
// A date that needs a year without a published calendar is unknown (nullopt), never guessed.
#pragma once

#include "projections/rules/state.h"

namespace projections::views {

using MaybeDate = std::optional<Date>;

class Dues {
 public:
  explicit Dues(const State& s) : state_(s) {}

  // `list`, plan or learning list: fixed, but no earlier than the new unit's grace.
  MaybeDate filing(EventType, const Unit&, int year, int quarter) const;
  MaybeDate filing_decision(Date submitted) const;
  MaybeDate amendment_decision(Date requested) const;
  MaybeDate completion_verified(Date admitted) const;
  MaybeDate coordination(Date requested) const;

  MaybeDate disposal(const Docket&) const;
  MaybeDate assignment(const Docket&) const;  // the first; nullopt also when not accepted
  MaybeDate acknowledgement(const Docket&, const Docket::Assignment&) const;
  MaybeDate review(const Docket::Review&) const;
  MaybeDate publication(const Docket&) const;  // nullopt also when never closed

  MaybeDate order_acknowledgement(const RectificationOrder&) const;
  MaybeDate order_plan(const RectificationOrder&) const;
  MaybeDate order_decision(Date reported) const;

  MaybeDate objection(Date filed, bool first_level) const;
  MaybeDate bulletin(Date issued) const;

 private:
  const Profile& of(Date from) const { return state_.profiles.of(from); }
  MaybeDate work_days(Date from, int n) const;
  MaybeDate rolled_days(Date from, int n) const;

  const State& state_;
};

}  // namespace projections::views
