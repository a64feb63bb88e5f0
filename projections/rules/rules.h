// The procedure's rules, version 1: what each type demands beyond its shape, its signer and its ids.
//
// A family's file has, for each of its types T,
//   Status check(const Case&, const T&)  pure: the type's own codes, in the order that the catalogue gives
//   void   apply(Change&, const T&)      takes an admitted event into the state; cannot fail
// so that a correction can be judged by the rules of its target without being applied.
#pragma once

#include <memory>

#include "ledger/core/event.h"
#include "projections/rules/state.h"

namespace projections {

// What a check may look at.
struct Case {
  const State& state;
  const Event& event;
  const History& history;
};

// What an apply may change.
struct Change {
  State& state;
  const Event& event;
};

class ProcedureRules final : public ledger::Rules {
 public:
  explicit ProcedureRules(const ledger::Suite& s) : state_(s) {}

  void begin() override { state_.journal.begin(); }
  Status apply(const Event&, const History&) override;
  void take(const Event&) override;
  void commit() override { state_.journal.commit(); }
  void roll_back() override { state_.journal.roll_back(); }
  const State& state() const { return state_; }

 private:
  State state_;
};

// References, unit and dates: common to all types, driven by the catalogue. In common.cc.
Status check_common(const Case&);
Status check_unit_and_dates(const Case&);   // without the references: for a corrected record
void apply_common(Change&);

// The rules of the type of `c.event`, alone.
Status check_procedure(const Case& c);

}  // namespace projections
