#include "projections/rules/state.h"

namespace projections {

Records::Records(Journal& j) : by_id(j) {}
Records::~Records() = default;

State::State(const ledger::Suite& s) : suite(&s) {
  complaint.hash = [&s](ledger::BytesView secret) { return s.hash(secret); };
}

State::~State() = default;

}  // namespace projections
