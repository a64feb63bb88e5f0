// The measured and the decision layer of one assessment: each record at its value, with what was
// said about it, in the order of the log, found by type and by the unit that it is attributed to.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <tsl/robin_map.h>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/assessment/facts.h"
#include "projections/assessment/scheme.h"
#include "projections/calendar.h"

namespace projections::assessment {

// The state of the log that is assessed, and how the caller asked for it.
struct Head {
  std::uint64_t size = 0;
  ledger::Hash root;
  std::string scheme = "default";  // the scheme event's id, or "default"
  std::string as_of;
};

struct Verdict {
  std::string finding;
  std::uint64_t position = 0;
  Date on;
  Id id;
};

// What later records said about one.
struct Said {
  std::unique_ptr<const Body> overlaid;  // the record with its corrections
  std::optional<Verdict> verdict;        // of the last RecordVerified
  std::optional<std::uint64_t> last_correction;
  std::vector<Id> about;  // verifications, corrections, annulments
};

struct Entry {
  const Fact* fact = nullptr;
  Date on;        // its value
  UnitCode unit;  // attributed
  bool annulled = false;

  const Id& id() const { return fact->id; }
  std::uint64_t position() const { return fact->position; }
  const Body& body() const { return said().overlaid ? *said().overlaid : fact->body(); }
  template <typename T>
  T as() const {
    return body().as<T>();
  }

  const Said& said() const {
    static const Said kNothing;
    return said_ ? *said_ : kNothing;
  }
  Said& say() {
    if (!said_) said_ = std::make_unique<Said>();
    return *said_;
  }

 private:
  std::unique_ptr<Said> said_;   // most records: nothing
};

// A unit as of the period's end.
struct UnitFacts {
  UnitCode code;
  std::string name, superior;
  ledger::UnitCategory category{};
  bool has_enforcement_power = false, ranked = true, ended = false;
  std::optional<ledger::CaseClass> case_class;
  Date from;
  std::vector<Id> events;  // registrations and restructurings of it and of what was merged into it
};

// Whether a record of that type, admitted then, is read by an assessment under the scheme.
bool is_read(const Scheme&, EventType, Instant admitted);

// How far duties count: min(periodEnd, the last day before the cutoff, the last day that was over at
// the last admission; none: nullopt), and whether that was before the cutoff.
struct Reach {
  Date last_day;
  bool provisional = true;
};
Reach reach_of(const Scheme&, std::optional<Instant> last_admission);

class Layer {
 public:
  Layer(const Facts&, const Scheme&, const Head&);
  Layer(const Layer&) = delete;

  using Entries = std::vector<const Entry*>;
  const Scheme& scheme() const { return scheme_; }
  const Head& head() const { return head_; }

  const Entries& all(EventType t) const { return by_type_[static_cast<std::size_t>(t)]; }
  // Records attributed to the unit; of MediaContentReleased also those that are, or were before a
  // correction, on its behalf.
  const Entries& of(UnitCode root, EventType) const;
  const Entry* find(const Id&) const;
  // Null for an annulled record and one that is not in the layer.
  const Entry* standing(const Id&) const;

  UnitCode root(UnitCode) const;
  UnitCode root(std::string_view u) const { return root(unit_code(u)); }
  bool names(const ledger::TextList&, UnitCode root) const;
  const std::map<UnitCode, UnitFacts>& units() const { return units_; }  // all registered
  bool is_ranked(const UnitFacts&) const;

  bool verified(const Entry&) const;
  bool in_window(Date d) const { return scheme_.period_start <= d && d <= scheme_.period_end; }
  bool due_in_window(Date d) const { return scheme_.period_start <= d && d <= reach_.last_day; }
  Date last_day() const { return reach_.last_day; }
  bool provisional() const { return reach_.provisional; }
  Date effective(const Entry& e) const { return dated(e, scheme_.backdate_grace_days); }
  Date punctual(const Entry& e) const { return dated(e, scheme_.procedure_grace_days); }

  const Calendars& calendars() const { return calendars_; }
  const Profiles& profiles() const { return profiles_; }
  const Profile& profile() const { return profiles_.of_year(scheme_.year); }
  const std::vector<Id>& calendar_events() const { return calendar_events_; }
  const std::vector<Id>& profile_events() const { return profile_events_; }

 private:
  void take(const Fact&);
  void take_reference(const Fact&);
  void take_unit(const Fact&);
  void overlay(Entry&, const Fact& correction);
  void attribute();
  Date dated(const Entry&, std::int32_t grace) const;
  Entry* editable(const Id&);

  const Scheme& scheme_;
  Head head_;
  Journal journal_;
  Calendars calendars_{journal_};
  Profiles profiles_{journal_};
  std::vector<Entry> entries_;   // never moved: as many as there are facts at most
  tsl::robin_map<Id, Entry*> by_id_;
  std::array<Entries, ledger::kEventTypes> by_type_;
  std::unordered_map<std::tuple<UnitCode, EventType>, Entries, TupleHash> by_unit_;
  std::map<UnitCode, UnitFacts> units_;
  std::map<UnitCode, UnitCode> goes_to_;
  std::vector<Id> calendar_events_, profile_events_;
  Reach reach_;
};

}  // namespace projections::assessment
