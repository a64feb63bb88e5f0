// Rectification orders: each with its cycles, submissions and variations.
//
// Invariants: an order has at least one cycle, the last one runs; a rejection starts the next with
// its newDue; only the running cycle has an undecided report, and exactly in phase reported; lists
// are in order of position and only grow; an order's number is taken for good.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/rules/records.h"
#include "projections/rules/stamp.h"

namespace projections {

struct Case;
struct Change;

// Vocabulary `state.rectification`.
enum class RectificationPhase : std::uint8_t {
  ordered, acknowledged, planned, reported, rejected, accepted, cancelled,
};
std::string_view name_of(RectificationPhase);

struct RectificationOrder {
  using Stage = ledger::RectificationSubmitted::Stage;

  struct Submission {
    Stamp at;
    Stage stage{};
  };
  struct Extension {
    Stamp at;
    Date new_due;
  };
  struct Decision {
    Stamp at;
    ledger::RectificationDecided::Outcome outcome{};
    std::optional<Date> new_due;
  };
  // From the order, or a rejection, to the next decision on a report.
  struct Cycle {
    Date due;                           // original; extensions are measured from it
    std::vector<Extension> extensions;  // each later than the one before
    std::optional<Stamp> report;
    std::optional<Decision> decision;
    Date due_in_force() const { return extensions.empty() ? due : extensions.back().new_due; }
  };
  struct Escalation {
    Stamp at;
    ledger::RectificationVaried::Measure measure{};
  };
  struct Cancellation {
    Stamp at;
    Id decision;
  };

  Stamp at;
  UnitCode unit;
  std::string order_no;
  ledger::RectificationOrdered::Ground ground{};
  std::vector<int> requirements;         // their numbers
  Id finding, complaint, item, bulletin;  // none: no such ref

  RectificationPhase phase = RectificationPhase::ordered;
  std::vector<Cycle> cycles;
  std::vector<Submission> submissions;
  std::vector<Escalation> escalations;
  std::optional<Cancellation> cancellation;

  bool open() const {
    return phase != RectificationPhase::accepted && phase != RectificationPhase::cancelled;
  }
  const Cycle& cycle() const { return cycles.back(); }
};

struct RectificationState {
  explicit RectificationState(Journal&);
  ~RectificationState();
  Table<Id, RectificationOrder> orders;        // by RectificationOrdered
  Table<Id, Id> order_of;                      // every event of an order's course, the order too
  Table<std::string, Id> by_number;            // orderNo → order
  Table<Id, std::vector<Id>> by_complaint;     // complaint → orders citing it

  // The order that an event refers to. The common checks make sure that there is one.
  const RectificationOrder& order(const Id& id) const { return *orders.find(id); }
  // The order to change by an event of its course.
  RectificationOrder& take(const Event&, const Id& order);
};

Status check(const Case&, const ledger::RectificationOrdered&);
Status check(const Case&, const ledger::RectificationSubmitted&);
Status check(const Case&, const ledger::RectificationDecided&);
Status check(const Case&, const ledger::RectificationVaried&);

void apply(Change&, const ledger::RectificationOrdered&);
void apply(Change&, const ledger::RectificationSubmitted&);
void apply(Change&, const ledger::RectificationDecided&);
void apply(Change&, const ledger::RectificationVaried&);

}  // namespace projections
