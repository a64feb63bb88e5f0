// Rules of bulletins and of the use of results: events.md 2.11 and 3.5.
#include "projections/rules/bulletin.h"

#include "projections/rules/head.h"

namespace projections {
namespace {

using Phase = BulletinPhase;
using Kind = ledger::BulletinDrafted::Kind;
using Step = ledger::BulletinReviewed::Step;
using Outcome = ledger::BulletinReviewed::Outcome;
using Amendment = ledger::BulletinAmended::Change;

Status check_phase(const Bulletin& b, bool admits, const char* field) {
  if (admits) return {};
  return refuse(
      "bulletin-state",
      "A bulletin that is " + std::string(name_of(b.phase)) + " does not admit this step.", field);
}

Status check_confirmed(const Case& c, const Id& result) {
  if (c.state.assessment.in_force(result)) return {};
  return refuse("result-not-confirmed",
                "Refer to the confirmed result of the year that no later one supersedes.",
                "refs.result");
}

bool tells_result(Kind k) { return k == Kind::assessmentResult || k == Kind::commendation; }

BulletinState::Series series_of(const ledger::DocNo& no) {
  return {std::string(no.prefix()), no.year()};
}

// A series goes on from its last number; a new one starts at 1 or after a paper series' last
// number.
bool is_next(const BulletinState& s, const ledger::BulletinIssued& e) {
  const int* last = s.last_seq.find(series_of(e.doc_no()));
  if (last) return !e.continues() && e.doc_no().seq() == *last + 1;
  return e.doc_no().seq() == e.continues().value_or(0) + 1;
}

bool is_reviewer(const Bulletin& b, std::string_view person) {
  for (const auto& r : b.reviews)
    if (r.step == Step::review && r.person == person) return true;
  return false;
}

Phase phase_after(Step s, Outcome o) {
  if (o == Outcome::returned) return Phase::returned;
  return s == Step::review ? Phase::reviewed : Phase::signed_;
}

std::vector<Id> copy(const ledger::IdList& ids) {
  std::vector<Id> out;
  for (const Id id : ids) out.push_back(id);
  return out;
}

}  // namespace

BulletinState::BulletinState(Journal& j) : drafts(j), draft_of(j), last_seq(j), exports(j) {}
BulletinState::~BulletinState() = default;

std::string_view name_of(BulletinPhase p) {
  constexpr std::string_view kNames[] = {"drafted",   "reviewed",  "signed",  "issued",
                                         "corrected", "withdrawn", "returned"};
  return kNames[static_cast<std::size_t>(p)];
}

Status check(const Case& c, const ledger::BulletinDrafted& d) {
  if (tells_result(d.kind())) LEDGER_CHECK(check_confirmed(c, d.result()));
  if (d.kind() == Kind::criticism && d.units().empty())
    return refuse("units-missing", "A criticism names at least one unit.", "data.units");
  return check_head(c, d.head_size(), d.head_root());
}

void apply(Change& c, const ledger::BulletinDrafted& d) {
  Bulletin& b = c.state.bulletin.drafts.edit(c.event.id);
  b.at = stamp_of(c.event);
  b.kind = d.kind();
  b.title = d.title();
  b.units = unit_codes(d.units());
  b.head_size = static_cast<std::uint64_t>(d.head_size());
  b.head_root = ledger::Hash::from(d.head_root());
  b.body_sha256 = ledger::Hash::from(d.body_sha256());
  b.result = d.result();
  b.replaces = d.replaces();
  b.complaints = copy(d.complaints());
  b.orders = copy(d.orders());
}

Status check(const Case& c, const ledger::BulletinReviewed& r) {
  const Bulletin& b = c.state.bulletin.draft(r.draft());
  const Phase needed = r.step() == Step::review ? Phase::drafted : Phase::reviewed;
  LEDGER_CHECK(check_phase(b, b.phase == needed, "refs.draft"));
  if (r.step() == Step::signOff && is_reviewer(b, r.person()))
    return refuse("same-person", "Another person than the reviewer must sign off.", "data.person");
  return {};
}

void apply(Change& c, const ledger::BulletinReviewed& r) {
  Bulletin& b = c.state.bulletin.drafts.edit(r.draft());
  b.reviews.push_back({stamp_of(c.event), r.step(), r.outcome(), std::string(r.person())});
  b.phase = phase_after(r.step(), r.outcome());
}

Status check(const Case& c, const ledger::BulletinIssued& e) {
  const Bulletin& b = c.state.bulletin.draft(e.draft());
  LEDGER_CHECK(check_phase(b, b.phase == Phase::signed_, "refs.draft"));
  if (!is_next(c.state.bulletin, e))
    return refuse(
        "number-not-next",
        "The number follows the last of its prefix and year; `continues` only starts a series.",
        "data.docNo");
  if (e.doc_no().year() != ledger::year_of(c.event.on))
    return refuse("number-year", "The number's year is that of the event's date.", "data.docNo");
  return {};
}

void apply(Change& c, const ledger::BulletinIssued& e) {
  BulletinState& s = c.state.bulletin;
  const ledger::DocNo no = e.doc_no();
  Bulletin& b = s.drafts.edit(e.draft());
  b.issue = {.at = stamp_of(c.event),
             .prefix = std::string(no.prefix()),
             .year = no.year(),
             .seq = no.seq(),
             .ordinal = no.ordinal().value_or(false),
             .public_on = e.public_on(),
             .printed_copies = e.printed_copies()};
  b.phase = Phase::issued;
  s.draft_of.edit(c.event.id) = e.draft();
  s.last_seq.edit(series_of(no)) = no.seq();
}

Status check(const Case& c, const ledger::BulletinAmended& e) {
  const Bulletin& b = c.state.bulletin.issued(e.bulletin());
  return check_phase(b, b.phase == Phase::issued || b.phase == Phase::corrected, "refs.bulletin");
}

void apply(Change& c, const ledger::BulletinAmended& e) {
  BulletinState& s = c.state.bulletin;
  Bulletin& b = s.drafts.edit(*s.draft_of.find(e.bulletin()));
  b.amendments.push_back({stamp_of(c.event), e.change()});
  b.phase = e.change() == Amendment::withdrawn ? Phase::withdrawn : Phase::corrected;
}

Status check(const Case& c, const ledger::ResultExported& e) {
  return check_confirmed(c, e.result());
}

void apply(Change& c, const ledger::ResultExported& e) {
  c.state.bulletin.exports.edit(c.event.id) = {stamp_of(c.event), e.result(), e.system(),
                                               std::string(e.recipient())};
}

}  // namespace projections
