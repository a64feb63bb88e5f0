// A complaint's withdrawal, reviews, closing and publication. Its course before is in complaint.cc.
#include <algorithm>

#include "projections/rules/complaint.h"
#include "projections/rules/rules.h"

namespace projections {
namespace {

using Phase = ComplaintPhase;
using Level = ledger::ReviewRequested::Level;
using Outcome = ledger::ReviewDecided::Outcome;
using Kind = ledger::ComplaintFiled::Kind;

Status check_withdrawable(const Docket& d) {
  switch (d.phase) {
    case Phase::filed:
    case Phase::accepted:
    case Phase::assigned:
    case Phase::objected:
    case Phase::reopened: return {};
    case Phase::answered:
    case Phase::underReview:
      return refuse("withdrawal-after-answer", "An answered complaint can no longer be withdrawn.",
                    "refs.complaint");
    case Phase::closed:
      return refuse("complaint-closed", "The complaint is closed.", "refs.complaint");
    case Phase::ended:
    case Phase::withdrawn: return wrong_phase(d);
  }
  __builtin_unreachable();
}

bool opens_receipt(const ComplaintState& s, const Docket& d, ledger::BytesView secret) {
  return s.hash && d.receipt && s.hash(secret) == d.receipt;
}

bool recheck_maintained(const Docket::Review& r) {
  return r.level == Level::recheck && r.decision && r.decision->outcome == Outcome::maintained;
}

// Only the last answer is open to review: a reopened complaint gets a new one.
Status check_available(const Docket& d, const ledger::ReviewRequested& r) {
  const auto not_available = [](const char* message, const char* field) -> Status {
    return refuse("review-not-available", message, field);
  };
  if (d.kind != Kind::complaint)
    return not_available("Only complaints are reviewed, not criticism or suggestions.",
                         "refs.complaint");
  if (std::any_of(d.reviews.begin(), d.reviews.end(), recheck_maintained))
    return not_available("The recheck maintained the answer; no further review is open.",
                         "refs.complaint");
  if (r.answer() != d.answers.back().at.event)
    return not_available("The answer is not the last one to this complaint.", "refs.answer");
  return {};
}

// The decision that a recheck contests: of level review, on the same answer.
const Docket::ReviewDecision* contested(const Docket& d, const ledger::ReviewRequested& r) {
  for (const Docket::Review& review : d.reviews)
    if (review.level == Level::review && review.answer == r.answer() && review.decision &&
        review.decision->at.event == r.decision())
      return &*review.decision;
  return nullptr;
}

Status check_window(const Case& c, Date from) {
  const int days = c.state.profiles.of(from).review_request_days;
  const Date latest = LEDGER_TRY(c.state.calendars.add_days_rolled(from, days));
  if (c.event.on <= latest) return {};
  return refuse("review-window-closed",
                "The request was open until " + ledger::format_date(latest) + ".", "on");
}

Status check_once(const Docket& d, const ledger::ReviewRequested& r) {
  for (const Docket::Review& review : d.reviews)
    if (review.level == r.level() && review.answer == r.answer())
      return refuse("review-twice", "This answer was reviewed at this level already.",
                    "data.level");
  return {};
}

Status check_closable(const Docket& d) {
  if (d.phase == Phase::answered) return {};
  if (d.phase == Phase::underReview)
    return refuse("review-pending", "A review is undecided; decide it first.", "refs.complaint");
  if (d.phase == Phase::closed)
    return refuse("complaint-closed", "The complaint is closed already.", "refs.complaint");
  return wrong_phase(d);
}

template <typename Reviews>
auto review_of(Reviews& reviews, const Id& request) {
  return std::find_if(reviews.begin(), reviews.end(),
                      [&](const auto& r) { return r.at.event == request; });
}

}  // namespace

Status check(const Case& c, const ledger::ComplaintWithdrawn& w) {
  const Docket& d = c.state.complaint.docket(w.complaint());
  LEDGER_CHECK(check_withdrawable(d));
  LEDGER_CHECK(check_assignee(c, d));
  if (!w.voluntary())
    return refuse("withdrawal-not-voluntary", "Only a voluntary withdrawal is recorded.",
                  "data.voluntary");
  if (w.has_secret() && !opens_receipt(c.state.complaint, d, w.secret()))
    return refuse("receipt-wrong",
                  "The secret is not that of the complaint's receipt; leave it out.",
                  "data.secret");
  return {};
}

void apply(Change& c, const ledger::ComplaintWithdrawn& w) {
  Docket& d = c.state.complaint.take(c.event, w.complaint());
  d.withdrawal = {stamp_of(c.event), w.reason(), w.has_secret()};
  d.phase = Phase::withdrawn;
}

Status check(const Case& c, const ledger::ReviewRequested& r) {
  const Docket& d = c.state.complaint.docket(r.complaint());
  if (d.phase != Phase::answered && d.phase != Phase::closed) return wrong_phase(d);
  LEDGER_CHECK(check_assignee(c, d));
  LEDGER_CHECK(check_available(d, r));
  if (r.level() == Level::recheck) {
    const auto* decision = contested(d, r);
    if (!decision)
      return refuse("recheck-before-review", "A recheck names the review decision on this answer.",
                    "refs.decision");
    LEDGER_CHECK(check_window(c, decision->at.on));
  } else {
    LEDGER_CHECK(check_window(c, d.answers.back().delivered_on));
  }
  return check_once(d, r);
}

void apply(Change& c, const ledger::ReviewRequested& r) {
  Docket& d = c.state.complaint.take(c.event, r.complaint());
  d.reviews.push_back({.at = stamp_of(c.event),
                       .level = r.level(),
                       .answer = r.answer(),
                       .earlier_decision = r.decision(),
                       .before = d.phase,
                       .decision = {}});
  d.phase = Phase::underReview;
}

Status check(const Case& c, const ledger::ReviewDecided& e) {
  const Docket& d = c.state.complaint.docket(e.complaint());
  if (d.phase != Phase::underReview) return wrong_phase(d);
  const auto review = review_of(d.reviews, e.request());
  if (review == d.reviews.end())
    return refuse("complaint-state", "The request belongs to another complaint.", "refs.request");
  LEDGER_CHECK(check_assignee(c, d));
  if (review->decision)
    return refuse("review-already-decided", "This request is decided already.", "refs.request");
  return check_not_self_decided(c);
}

void apply(Change& c, const ledger::ReviewDecided& e) {
  Docket& d = c.state.complaint.take(c.event, e.complaint());
  const auto review = review_of(d.reviews, e.request());
  review->decision = {stamp_of(c.event), e.outcome(), e.retaliation().value_or(false)};
  d.phase = e.outcome() == Outcome::maintained ? review->before : Phase::reopened;
}

Status check(const Case& c, const ledger::ComplaintClosed& e) {
  const Docket& d = c.state.complaint.docket(e.complaint());
  LEDGER_CHECK(check_closable(d));
  LEDGER_CHECK(check_assignee(c, d));
  const bool needs_order = d.kind == Kind::complaint && d.answers.back().upheld();
  if (needs_order && !c.state.rectification.by_complaint.has(e.complaint()))
    return refuse("rectification-missing",
                  "The complaint was upheld; order a rectification that cites it before closing.",
                  "refs.complaint");
  return {};
}

void apply(Change& c, const ledger::ComplaintClosed& e) {
  Docket& d = c.state.complaint.take(c.event, e.complaint());
  d.closings.push_back({stamp_of(c.event), e.satisfaction()});
  d.phase = Phase::closed;
}

Status check(const Case& c, const ledger::ComplaintPublished& e) {
  const Docket& d = c.state.complaint.docket(e.complaint());
  LEDGER_CHECK(check_assignee(c, d));
  if (d.accepted()) return {};
  return refuse("publish-before-acceptance", "Only a complaint that was accepted is published.",
                "refs.complaint");
}

void apply(Change& c, const ledger::ComplaintPublished& e) {
  c.state.complaint.take(c.event, e.complaint()).publications.push_back(stamp_of(c.event));
}

}  // namespace projections
