// What scoring can read of a log: every scored record in order, whatever the scheme.
//
// Invariants: facts are in order of position; a fact's bytes never move. Events left out leave no
// fact, but still count for the log's size and last admission.
#pragma once

#include <deque>
#include <memory>
#include <unordered_set>
#include <vector>

#include "ledger/core/event.h"
#include "projections/unit_code.h"

namespace projections::assessment {

using ledger::Body;
using ledger::BytesView;
using ledger::Date;
using ledger::Event;
using ledger::EventType;
using ledger::Id;
using ledger::Instant;

class Fact {
 public:
  Fact(const Event& e, BytesView bytes)
      : id(e.id),
        position(e.position),
        admitted(e.admitted),
        admitted_on(e.admitted_on),
        type(e.type),
        unit(unit_code(e.unit)),
        on(e.on),
        bytes_(bytes) {}

  Id id;
  std::uint64_t position = 0;
  Instant admitted;
  Date admitted_on;
  EventType type{};
  UnitCode unit;  // as recorded; none: district-wide
  Date on;        // as recorded

  // Read at the first call and kept; not to be called from two threads at once.
  const Body& body() const;
  template <typename T>
  T as() const {
    return body().as<T>();
  }

 private:
  BytesView bytes_;
  mutable std::unique_ptr<Body> body_;
};

class Facts {
 public:
  Facts() = default;
  // Leaves these events out and, repeatedly, each whose required reference, or last element of a
  // required list of references, was left out.
  explicit Facts(std::unordered_set<Id> without) : without_(std::move(without)) {}

  void reserve(std::uint64_t events) { facts_.reserve(events); }
  void apply(const Event&);

  const std::vector<Fact>& all() const { return facts_; }
  const std::vector<Fact>& schemes() const { return schemes_; }  // AssessmentSchemePublished
  std::uint64_t size() const { return size_; }
  // The admission of the last event below `size`; of none: nullopt.
  std::optional<Instant> last_admission(std::uint64_t size) const;

 private:
  bool leaves_out(const Event&);
  BytesView keep(BytesView);

  std::unordered_set<Id> without_;
  std::vector<Fact> facts_, schemes_;
  std::deque<std::string> chunks_;
  std::vector<std::pair<std::uint64_t, Instant>>
      admissions_;  // position from which each instant holds
  std::uint64_t size_ = 0;
};

}  // namespace projections::assessment
