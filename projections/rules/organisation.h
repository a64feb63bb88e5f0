// Lists, plans, their filing, and the items of units' lists.
//
// Invariants: a (submission, authority) is decided at most once; an item is `amending` exactly when
// its last request is pending, and then has no completion that is pending or verified.
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

enum class FilingState { submitted, accepted, returned };
enum class ListItemState { open, amending, completed, closed, cancelled };
enum class AmendmentState { pending, approved, refused, lapsed };
enum class CompletionState { pending, verified, rejected, annulled };

struct DistrictList {
  struct Item {
    std::string no, content;
    std::vector<UnitCode> units;
  };
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  int year = 0;
  ledger::DistrictListIssued::Kind kind{};
  std::vector<Item> items;
  Id supersedes, superseded_by;
};

// What is submitted once a period: UnitListSubmitted, LearningListSubmitted, AnnualPlanSubmitted,
// WorkReportSubmitted (the only one with a quarter).
struct SubmissionKey {
  EventType type{};
  UnitCode unit;
  int year = 0, quarter = 0;
  auto tuple() const { return std::tuple(type, unit, year, quarter); }
};

struct FiledSubmission {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  SubmissionKey key;
  Id replaces;
  std::vector<std::string> item_nos;  // of a unit's list, in its order
};

struct Filing {
  FilingState state = FilingState::submitted;
  Id decision;
  std::uint64_t position = 0;
  ledger::Date on;
  std::string filing_no;
  std::vector<std::string> reasons;
};

struct ListItem {
  Id list;
  std::string no;
  UnitCode unit;
  ListItemState state = ListItemState::open;
  std::string dept, responsible, content, district_item;
  std::optional<ledger::Date> first_due, due;  // as submitted; in force
  std::vector<Id> amendments, completions;     // by position
};

struct ItemAmendment {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on;
  Id list;
  std::string item_no;
  ledger::ListItemAmendmentRequested::Change change{};
  std::optional<ledger::Date> new_due;
  std::string new_content;
  AmendmentState state = AmendmentState::pending;
  Id decision;
  std::uint64_t decided_at = 0;
  std::optional<ledger::Date> decided_on;
};

struct Completion {
  Id id;
  std::uint64_t position = 0;
  ledger::Date on, admitted_on;
  Id list;
  std::string item_no;
  std::vector<Id> works;
  CompletionState state = CompletionState::pending;
};

class OrganisationState {
 public:
  using Authority = ledger::FilingDecided::Authority;
  explicit OrganisationState(Journal&);
  ~OrganisationState();

  Table<Id, DistrictList> district_lists;
  Table<std::tuple<int, ledger::DistrictListIssued::Kind>, Id, TupleHash> standing_lists;
  Table<Id, FiledSubmission> submissions;
  Table<std::tuple<EventType, UnitCode, int, int>, std::vector<Id>, TupleHash> by_period;
  Table<std::tuple<Id, Authority>, Filing, TupleHash> filings;
  // (authority, owner of the superior's key or empty, number): each authority numbers for itself.
  Table<std::tuple<Authority, std::string, std::string>, Id, TupleHash> filing_numbers;
  Table<std::tuple<Id, std::string>, ListItem, TupleHash> items;  // (list, no)
  Table<Id, ItemAmendment> amendments;
  Table<Id, Completion> completions;

  FilingState filing_state(const Id& submission, Authority) const;
  // Whether the authority accepted any submission of the period; leaves `except` out.
  bool is_filed(const SubmissionKey&, Authority, const Id& except) const;
  // Whether the office has yet to decide one of the period; leaves `except` out.
  bool is_pending(const SubmissionKey&, const Id& except) const;
  const ListItem* find_item(const Id& list, std::string_view no) const;
};

// `accepted_code` when the office accepted one of the period, `filing-pending` when it has yet to
// decide one.
Status check_period_free(const Case&, const SubmissionKey&, const char* accepted_code);
FiledSubmission& add_submission(Change&, const SubmissionKey&, const Id& replaces);

// No effect on records that are no completions.
void completion_verified(State&, const Id& completion, ledger::RecordVerified::Finding);
void completion_annulled(State&, const Id& completion);

Status check(const Case&, const ledger::DistrictListIssued&);
Status check(const Case&, const ledger::UnitListSubmitted&);
Status check(const Case&, const ledger::LearningListSubmitted&);
Status check(const Case&, const ledger::AnnualPlanSubmitted&);
Status check(const Case&, const ledger::FilingDecided&);
Status check(const Case&, const ledger::ListItemAmendmentRequested&);
Status check(const Case&, const ledger::ListItemAmendmentDecided&);
Status check(const Case&, const ledger::ListItemCompleted&);
Status check(const Case&, const ledger::BudgetAllocated&);
inline Status check(const Case&, const ledger::SystemEstablished&) { return {}; }
Status check(const Case&, const ledger::IntegrationRecorded&);

void apply(Change&, const ledger::DistrictListIssued&);
void apply(Change&, const ledger::UnitListSubmitted&);
void apply(Change&, const ledger::LearningListSubmitted&);
void apply(Change&, const ledger::AnnualPlanSubmitted&);
void apply(Change&, const ledger::FilingDecided&);
void apply(Change&, const ledger::ListItemAmendmentRequested&);
void apply(Change&, const ledger::ListItemAmendmentDecided&);
void apply(Change&, const ledger::ListItemCompleted&);
inline void apply(Change&, const ledger::BudgetAllocated&) {}
inline void apply(Change&, const ledger::SystemEstablished&) {}
inline void apply(Change&, const ledger::IntegrationRecorded&) {}

}  // namespace projections
