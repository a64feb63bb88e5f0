// Reference data: documents, nodes, hot issues, assessment schemes. Calendars and deadline profiles
// stand in State::calendars and State::profiles.
//
// Invariants: `numbers` and `node_codes` name only records that are not annulled; `standing` names
// the one scheme of a year that no later one supersedes.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"

namespace projections {

struct Case;
struct Change;
struct State;

struct Document {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  std::string title, issuer;
  std::string prefix;  // of the document number; empty: no number
  int year = 0, seq = 0;
  bool ordinal = false;
  ledger::PolicyDocumentIssued::Level level{};
  std::optional<ledger::PolicyDocumentIssued::Topic> topic;
  std::optional<ledger::Date> issued_on, in_force_from;
  std::optional<ledger::Instant> published_at;
  Id supersedes, superseded_by;
};

struct Node {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  std::string code, name, theme;
  int year = 0;
  ledger::PublicityNodeDeclared::Kind kind{};
  ledger::Date start, end;
  bool all_units = false;
  std::vector<UnitCode> units;
  Id document;
};

struct HotIssue {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  std::string topic;
  ledger::HotIssueDeclared::Origin origin{};
  std::vector<UnitCode> units;
  Id demand;
};

struct Scheme {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  ledger::Instant admitted;
  int year = 0;
  std::string name;
  std::string toml;
  ledger::Date period_start, period_end;
  ledger::Instant cutoff;
  Id supersedes, superseded_by, document;

  bool holds(ledger::Date d) const { return period_start <= d && d <= period_end; }
};

class ReferenceState {
 public:
  explicit ReferenceState(Journal&);
  ~ReferenceState();

  Table<Id, Document> documents;
  Table<std::tuple<std::string, int, int>, Id, TupleHash> numbers;  // (prefix, year, seq)
  Table<Id, Node> nodes;
  Table<std::tuple<std::string, int>, Id, TupleHash> node_codes;    // (code, year)
  Table<Id, HotIssue> hot_issues;
  Table<Id, Scheme> schemes;
  Table<int, Id> standing;

  const Scheme* standing_scheme(int year) const;
  // Whether a standing scheme whose period holds `on` has its cutoff at or before `now`.
  bool is_past_cutoff(ledger::Date on, ledger::Instant now) const;
};

// Free what a document or node holds for itself alone: it was annulled, or is about to be applied
// anew.
void release_document(State&, const Id&);
void release_node(State&, const Id&);

Status check(const Case&, const ledger::PolicyDocumentIssued&);
Status check(const Case&, const ledger::WorkCalendarPublished&);
Status check(const Case&, const ledger::PublicityNodeDeclared&);
inline Status check(const Case&, const ledger::HotIssueDeclared&) { return {}; }
Status check(const Case&, const ledger::DeadlineProfilePublished&);
Status check(const Case&, const ledger::AssessmentSchemePublished&);

void apply(Change&, const ledger::PolicyDocumentIssued&);
void apply(Change&, const ledger::WorkCalendarPublished&);
void apply(Change&, const ledger::PublicityNodeDeclared&);
void apply(Change&, const ledger::HotIssueDeclared&);
void apply(Change&, const ledger::DeadlineProfilePublished&);
void apply(Change&, const ledger::AssessmentSchemePublished&);

}  // namespace projections
