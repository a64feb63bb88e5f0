// What rules of any family need to know of every earlier record.
#pragma once

#include "ledger/core/event.h"
#include "projections/table.h"
#include "projections/unit_code.h"

namespace projections {

using ledger::Event;
using ledger::EventType;
using ledger::History;
using ledger::Id;
using ledger::Result;
using ledger::Role;
using ledger::Status;
using ledger::refuse;

struct RecordInfo {
  std::uint64_t position = 0;
  EventType type{};
  UnitCode unit;                 // none: district-wide
  ledger::Date on;               // as recorded; corrections of `on` are kept in `corrected_on`
  ledger::Instant admitted;
  ledger::KeyId signer;
  std::shared_ptr<const ledger::Holder> holder;   // of the signing key
  bool by_office = false;        // signed in a district-wide role, not as a unit
  bool annulled = false;
  // The last RecordVerified that names it; absent: unverified.
  std::optional<ledger::RecordVerified::Finding> finding;
  std::optional<ledger::Date> corrected_on;
};

class Records {
 public:
  explicit Records(Journal&);
  ~Records();
  Table<Id, RecordInfo> by_id;
  const RecordInfo* find(const Id& id) const { return by_id.find(id); }
};

}  // namespace projections
