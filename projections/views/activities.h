// Publicity work (events.md 2.4) as the log tells it: the state keeps none of these records' bodies.
//
// Invariant: a record's bytes are its value with the corrections so far.
#pragma once

#include <map>

#include "projections/views/rows.h"

namespace projections::views {

class Activities {
 public:
  void apply(const ledger::Event&);
  // A row a record, then one a unit with its totals.
  Rows rows(const Query&) const;

 private:
  struct Record {
    Id id;
    EventType type{};
    UnitCode unit;
    Date on, admitted_on;
    ledger::Bytes body;
  };
  void take(const ledger::Event&);
  void correct(const ledger::RecordCorrected&);
  void note_attachments(const ledger::Event&);
  Row row(const Query&, const Record&) const;
  // Other records than `id` with one of its attachments.
  std::vector<Id> twins_of(const Query&, const Id& id) const;

  std::vector<Record> records_;  // in the order of the log
  std::unordered_map<Id, std::size_t> index_;
  std::unordered_map<Id, std::vector<ledger::Bytes>> hashes_of_;
  std::map<ledger::Bytes, std::vector<Id>> holders_;  // attachment hash → records, in order
};

}  // namespace projections::views
