// Complaints, criticism and suggestions: one docket a complaint, with its whole course.
//
// Invariants: a docket's lists are in order of position and only grow; its phase is the fold of its
// events by events.md 3.1; in phases assigned and objected the last assignment is the current one;
// in phase underReview exactly one review is undecided, the last.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "projections/rules/records.h"
#include "projections/rules/stamp.h"

namespace projections {

struct Case;
struct Change;
struct State;

// Vocabulary `state.complaint`.
enum class ComplaintPhase : std::uint8_t {
  filed, accepted, assigned, objected, answered, underReview, reopened, closed, ended, withdrawn,
};
std::string_view name_of(ComplaintPhase);
// No further step is due: closed, ended or withdrawn.
bool is_over(ComplaintPhase);

struct Docket {
  using Finding = ledger::ComplaintAnswered::Finding;

  struct Disposal {
    Stamp at;
    ledger::ComplaintDisposed::Outcome outcome{};
    std::string notice_no, transfer_to;
    Id repeat_of;  // none: not a repeat
  };
  struct Acknowledgement {
    Stamp at;
    ledger::ComplaintAcknowledged::Response response{};
  };
  struct Extension {
    Stamp at;
    int days = 0;
    Date filer_noticed_on;
  };
  struct Assignment {
    Stamp at;
    UnitCode unit;
    ledger::ComplaintAssigned::Ground ground{};
    Id objection;  // none: no ref given
    Date answer_due;
    std::vector<Acknowledgement> acknowledgements;  // at most one a response
    std::optional<Extension> extension;
    Date due() const { return extension ? answer_due + extension->days : answer_due; }
    const Acknowledgement* acknowledged(ledger::ComplaintAcknowledged::Response) const;
  };
  struct Answer {
    Stamp at;
    UnitCode unit;
    Id assignment;
    Finding finding{};
    Date delivered_on;
    bool remedy_notice = false;
    bool upheld() const { return finding != Finding::notUpheld; }  // wholly or partly
  };
  struct Withdrawal {
    Stamp at;
    ledger::ComplaintWithdrawn::Reason reason{};
    bool receipt_shown = false;  // false: "withdrawn without the filer's receipt"
  };
  struct ReviewDecision {
    Stamp at;
    ledger::ReviewDecided::Outcome outcome{};
    bool retaliation = false;
  };
  struct Review {
    Stamp at;  // of the request
    ledger::ReviewRequested::Level level{};
    Id answer, earlier_decision;
    ComplaintPhase before{};  // where `maintained` leads back to
    std::optional<ReviewDecision> decision;
  };
  struct Closing {
    Stamp at;
    std::optional<int> satisfaction;
  };

  Stamp filed;
  UnitCode unit;  // complained of
  ledger::ComplaintFiled::Kind kind{};
  ledger::ComplaintChannel channel{};
  ledger::ComplaintFiled::FilerClass filer_class{};
  bool anonymous = false;
  std::string topic;
  ledger::Hash receipt;  // none: no receipt was made
  Date received_on;
  Id about;

  ComplaintPhase phase = ComplaintPhase::filed;
  std::optional<Disposal> disposal;
  std::vector<Assignment> assignments;
  std::vector<Answer> answers;
  std::optional<Withdrawal> withdrawal;
  std::vector<Review> reviews;
  std::vector<Closing> closings;
  std::vector<Stamp> publications;  // the last one stands

  // The current assignee; before any assignment the unit complained of.
  UnitCode assignee() const { return assignments.empty() ? unit : assignments.back().unit; }
  bool accepted() const;
};

struct ComplaintState {
  explicit ComplaintState(Journal&);
  ~ComplaintState();
  Table<Id, Docket> dockets;    // by ComplaintFiled
  Table<Id, Id> complaint_of;   // every event of a complaint's course, the filing too

  // The suite's hash, for receipts. Empty: no secret is accepted.
  std::function<ledger::Hash(ledger::BytesView)> hash;

  // The docket that an event refers to. The common checks make sure that there is one.
  const Docket& docket(const Id& complaint) const { return *dockets.find(complaint); }
  // The docket to change by an event of its course.
  Docket& take(const Event&, const Id& complaint);
};

// The unit's last answer to the complaint found it upheld, wholly or partly.
bool answered_upheld_by(const State&, const Id& complaint, UnitCode unit);

// Shared by the rules of complaints.
Status check_assignee(const Case&, const Docket&, const char* code = "complaint-unit");
tl::unexpected<ledger::Error> wrong_phase(const Docket&);

Status check(const Case&, const ledger::ComplaintFiled&);
Status check(const Case&, const ledger::ComplaintDisposed&);
Status check(const Case&, const ledger::ComplaintAssigned&);
Status check(const Case&, const ledger::ComplaintAcknowledged&);
Status check(const Case&, const ledger::ComplaintExtended&);
Status check(const Case&, const ledger::ComplaintAnswered&);
Status check(const Case&, const ledger::ComplaintWithdrawn&);
Status check(const Case&, const ledger::ReviewRequested&);
Status check(const Case&, const ledger::ReviewDecided&);
Status check(const Case&, const ledger::ComplaintClosed&);
Status check(const Case&, const ledger::ComplaintPublished&);

void apply(Change&, const ledger::ComplaintFiled&);
void apply(Change&, const ledger::ComplaintDisposed&);
void apply(Change&, const ledger::ComplaintAssigned&);
void apply(Change&, const ledger::ComplaintAcknowledged&);
void apply(Change&, const ledger::ComplaintExtended&);
void apply(Change&, const ledger::ComplaintAnswered&);
void apply(Change&, const ledger::ComplaintWithdrawn&);
void apply(Change&, const ledger::ReviewRequested&);
void apply(Change&, const ledger::ReviewDecided&);
void apply(Change&, const ledger::ComplaintClosed&);
void apply(Change&, const ledger::ComplaintPublished&);

}  // namespace projections
