#include "projections/rules/rules.h"

namespace projections {

Status check_procedure(const Case& c) {
  return ledger::visit(c.event.type, c.event.body->payload(), [&](const auto& t) { return check(c, t); });
}

Status ProcedureRules::apply(const Event& e, const History& history) {
  const Case c{state_, e, history};
  LEDGER_CHECK(check_common(c));
  LEDGER_CHECK(check_procedure(c));
  take(e);
  return {};
}

void ProcedureRules::take(const Event& e) {
  Change change{state_, e};
  apply_common(change);
  ledger::visit(e.type, e.body->payload(), [&](const auto& t) { projections::apply(change, t); });
}

}  // namespace projections
