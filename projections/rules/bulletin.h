// Bulletins from draft to amendment, their numbers, and what results were exported to.
//
// Invariants: a draft is issued at most once; the last number of a (prefix, year) grows by one at a
// time, whatever becomes of the bulletins, so a withdrawn number is not used again.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/rules/records.h"
#include "projections/rules/stamp.h"

namespace projections {

struct Case;
struct Change;

// Vocabulary `state.bulletin`.
enum class BulletinPhase : std::uint8_t {
  drafted, reviewed, signed_, issued, corrected, withdrawn, returned,
};
std::string_view name_of(BulletinPhase);

struct Bulletin {
  struct Review {
    Stamp at;
    ledger::BulletinReviewed::Step step{};
    ledger::BulletinReviewed::Outcome outcome{};
    std::string person;
  };
  struct Issue {
    Stamp at;
    std::string prefix;
    int year = 0, seq = 0;
    bool ordinal = false;
    std::optional<Date> public_on;
    std::optional<int> printed_copies;
  };
  struct Amendment {
    Stamp at;
    ledger::BulletinAmended::Change change{};
  };

  Stamp at;  // of the draft
  ledger::BulletinDrafted::Kind kind{};
  std::string title;
  std::vector<UnitCode> units;
  std::uint64_t head_size = 0;
  ledger::Hash head_root, body_sha256;
  Id result, replaces;  // none: no such ref
  std::vector<Id> complaints, orders;

  BulletinPhase phase = BulletinPhase::drafted;
  std::vector<Review> reviews;  // at most one a step
  std::optional<Issue> issue;
  std::vector<Amendment> amendments;
};

struct ResultExport {
  Stamp at;
  Id result;
  ledger::ResultExported::System system{};
  std::string recipient;
};

struct BulletinState {
  explicit BulletinState(Journal&);
  ~BulletinState();
  using Series = std::tuple<std::string, int>;  // prefix, year
  Table<Id, Bulletin> drafts;                   // by BulletinDrafted
  Table<Id, Id> draft_of;                       // BulletinIssued → its draft
  Table<Series, int, TupleHash> last_seq;
  Table<Id, ResultExport> exports;              // by ResultExported

  // The bulletin of an event's ref. The common checks make sure that there is one.
  const Bulletin& draft(const Id& id) const { return *drafts.find(id); }
  const Bulletin& issued(const Id& id) const { return draft(*draft_of.find(id)); }
};

Status check(const Case&, const ledger::BulletinDrafted&);
Status check(const Case&, const ledger::BulletinReviewed&);
Status check(const Case&, const ledger::BulletinIssued&);
Status check(const Case&, const ledger::BulletinAmended&);
Status check(const Case&, const ledger::ResultExported&);

void apply(Change&, const ledger::BulletinDrafted&);
void apply(Change&, const ledger::BulletinReviewed&);
void apply(Change&, const ledger::BulletinIssued&);
void apply(Change&, const ledger::BulletinAmended&);
void apply(Change&, const ledger::ResultExported&);

}  // namespace projections
