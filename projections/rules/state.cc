#include "projections/rules/state.h"

namespace projections {

State::State(const ledger::Suite& s) : suite(&s) {
  complaint.hash = [&s](ledger::BytesView secret) { return s.hash(secret); };
}

State::~State() = default;

}  // namespace projections
