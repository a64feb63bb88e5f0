// Heads of this log, as events cite them.
#pragma once

#include "projections/rules/rules.h"

namespace projections {

// A head is a size of this log and the root that it had.
inline Status check_head(const Case& c, std::int32_t size, ledger::BytesView root) {
  const auto records = static_cast<std::uint64_t>(size);
  if (records <= c.event.position) {
    const auto known = c.history.root_at(records);
    if (known && known->view() == root) return {};
  }
  return refuse("head-unknown",
                "headSize and headRoot are no past head of this ledger; take both from one.",
                "data.headRoot");
}

}  // namespace projections
