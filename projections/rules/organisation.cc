// Rules of lists, plans, filing and list items (events.md 2.3, 3.3).
#include "projections/rules/organisation.h"

#include <algorithm>
#include <set>

#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::Date;
using ledger::FilingDecided;
using ledger::ListItemAmendmentDecided;
using ledger::ListItemAmendmentRequested;
using ledger::ListItemCompleted;
using ledger::UnitListSubmitted;
using Authority = FilingDecided::Authority;

constexpr int kDueMarginDays = 31;  // an item's due date may lie so far outside its year

template <typename Items>
Status check_item_numbers(const Items& items) {
  std::set<std::string_view> seen;
  for (auto item : items)
    if (!seen.insert(item.no()).second)
      return refuse("item-duplicate", "number " + std::string(item.no()) + " occurs twice",
                    "data.items");
  return {};
}

template <typename Items>
Status check_due_dates(const Items& items, int year) {
  auto first = ledger::make_date(year, 1, 1) - kDueMarginDays;
  auto last = ledger::make_date(year, 12, 31) + kDueMarginDays;
  for (auto item : items)
    if (auto due = item.due(); due && (*due < first || *due > last))
      return refuse("due-outside-year",
                    "item " + std::string(item.no()) + " is due outside the list's year",
                    "data.items");
  return {};
}

void add_numbers(const DistrictList* list, std::set<std::string>& numbers) {
  if (!list) return;
  for (auto& item : list->items) numbers.insert(item.no);
}

// The numbers that an item may point at: those of the list named, else of the standing lists.
std::set<std::string> district_numbers(const OrganisationState& s, const UnitListSubmitted& t) {
  using Kind = ledger::DistrictListIssued::Kind;
  std::set<std::string> numbers;
  if (t.has_based_on()) {
    add_numbers(s.district_lists.find(t.based_on()), numbers);
    return numbers;
  }
  for (auto kind : {Kind::responsibility, Kind::project})
    if (auto* id = s.standing_lists.find({t.year(), kind}))
      add_numbers(s.district_lists.find(*id), numbers);
  return numbers;
}

Status check_district_items(const OrganisationState& s, const UnitListSubmitted& t) {
  auto numbers = district_numbers(s, t);
  for (auto item : t.items())
    if (item.has_district_item() && !numbers.count(std::string(item.district_item())))
      return refuse("district-item-unknown",
                    "item " + std::string(item.no()) + " names no item of the district list",
                    "data.items");
  return {};
}

SubmissionKey key_of(const Event& e, int year) { return {e.type, unit_code(e.unit), year, 0}; }

Status check_authority(const ledger::Signer& signer, Authority a) {
  bool fits = a == Authority::superior ? signer.is(Role::superior)
                                       : signer.is(Role::office) || signer.is(Role::reviewer);
  if (fits) return {};
  return refuse("role-missing", "the signing key does not decide for this authority",
                "data.authority");
}

std::tuple<Authority, std::string, std::string> number_of(const ledger::Signer& signer,
                                                          const FilingDecided& t) {
  bool superior = t.authority() == Authority::superior;
  return {t.authority(), superior ? signer.owner() : std::string(), std::string(t.filing_no())};
}

ListItem& edit_item(State& s, const Id& list, const std::string& no) {
  return s.organisation.items.edit({list, no});
}

// The codes that amendment and completion share; the item is there when they pass.
Status check_item(const Case& c, const Id& list, std::string_view no) {
  auto& s = c.state.organisation;
  if (s.filing_state(list, Authority::office) != FilingState::accepted)
    return refuse("list-not-accepted", "the office has not accepted this list", "refs.list");
  auto* item = s.find_item(list, no);
  if (!item) return refuse("item-unknown", "the list has no item with this number", "data.itemNo");
  if (item->state == ListItemState::cancelled)
    return refuse("item-cancelled", "this item was cancelled", "data.itemNo");
  if (item->state == ListItemState::closed)
    return refuse("item-closed", "this item's completion was verified", "data.itemNo");
  return {};
}

bool is_shape_right(const ListItemAmendmentRequested& t, const ListItem& item) {
  using Kind = ListItemAmendmentRequested::Change;
  bool defers = t.change() == Kind::defer, edits = t.change() == Kind::edit;
  if (t.new_due().has_value() != defers || t.has_new_content() != edits) return false;
  return !defers || !item.due || *t.new_due() > *item.due;
}

// What the approved change makes of the item.
void amend(ListItem& item, const ItemAmendment& a) {
  using Kind = ListItemAmendmentRequested::Change;
  if (a.change == Kind::defer) item.due = a.new_due;
  if (a.change == Kind::edit) item.content = a.new_content;
  if (a.change == Kind::cancel) item.state = ListItemState::cancelled;
}

void lapse_pending(OrganisationState& s, const ListItem& item) {
  if (item.amendments.empty()) return;
  auto& last = item.amendments.back();
  if (s.amendments.find(last)->state == AmendmentState::pending)
    s.amendments.edit(last).state = AmendmentState::lapsed;
}

bool has_completion(const OrganisationState& s, const ListItem& item, CompletionState state) {
  return std::any_of(item.completions.begin(), item.completions.end(),
                     [&](const Id& id) { return s.completions.find(id)->state == state; });
}

// The state that the item's completions leave it in. A request that waits when a completion is
// reported or found good lapses; one made after a completion failed goes on waiting.
void settle(State& state, const Completion& done) {
  auto& s = state.organisation;
  ListItem& item = edit_item(state, done.list, done.item_no);
  if (item.state == ListItemState::cancelled) return;
  bool verified = has_completion(s, item, CompletionState::verified);
  if (verified || has_completion(s, item, CompletionState::pending)) {
    lapse_pending(s, item);
    item.state = verified ? ListItemState::closed : ListItemState::completed;
  } else if (item.state != ListItemState::amending) {
    item.state = ListItemState::open;
  }
}

void set_completion(State& s, const Id& id, CompletionState state) {
  if (!s.organisation.completions.has(id)) return;
  auto& done = s.organisation.completions.edit(id);
  done.state = state;
  settle(s, done);
}

}  // namespace

OrganisationState::OrganisationState(Journal& j) : district_lists(j), standing_lists(j), submissions(j), by_period(j), filings(j), filing_numbers(j), items(j), amendments(j), completions(j) {}
OrganisationState::~OrganisationState() = default;

FilingState OrganisationState::filing_state(const Id& submission, Authority a) const {
  auto* f = filings.find({submission, a});
  return f ? f->state : FilingState::submitted;
}

bool OrganisationState::is_filed(const SubmissionKey& key, Authority a, const Id& except) const {
  auto* ids = by_period.find(key.tuple());
  return ids && std::any_of(ids->begin(), ids->end(), [&](const Id& id) {
    return id != except && filing_state(id, a) == FilingState::accepted;
  });
}

bool OrganisationState::is_pending(const SubmissionKey& key, const Id& except) const {
  auto* ids = by_period.find(key.tuple());
  return ids && std::any_of(ids->begin(), ids->end(), [&](const Id& id) {
    return id != except && filing_state(id, Authority::office) == FilingState::submitted;
  });
}

const ListItem* OrganisationState::find_item(const Id& list, std::string_view no) const {
  return items.find({list, std::string(no)});
}

Status check_period_free(const Case& c, const SubmissionKey& key, const char* accepted_code) {
  auto& s = c.state.organisation;
  if (s.is_filed(key, Authority::office, c.event.id))
    return refuse(accepted_code, "one of this unit and period is accepted already", "data.year");
  if (s.is_pending(key, c.event.id))
    return refuse("filing-pending", "the office has yet to decide an earlier one of this period",
                  "data.year");
  return {};
}

FiledSubmission& add_submission(Change& c, const SubmissionKey& key, const Id& replaces) {
  auto& s = c.state.organisation;
  s.by_period.edit(key.tuple()).push_back(c.event.id);
  auto& added = s.submissions.edit(c.event.id);
  added = {c.event.id, c.event.position, c.event.on, key, replaces, {}};
  return added;
}

void completion_verified(State& s, const Id& id, ledger::RecordVerified::Finding finding) {
  bool ok = finding == ledger::RecordVerified::Finding::ok;
  set_completion(s, id, ok ? CompletionState::verified : CompletionState::rejected);
}

void completion_annulled(State& s, const Id& id) {
  set_completion(s, id, CompletionState::annulled);
}

Status check(const Case& c, const ledger::DistrictListIssued& t) {
  LEDGER_CHECK(check_item_numbers(t.items()));
  auto* standing = c.state.organisation.standing_lists.find({t.year(), t.kind()});
  if (standing && *standing != t.supersedes())
    return refuse("list-exists", "the year has a list of this kind; supersede the standing one",
                  "refs.supersedes");
  return {};
}

void apply(Change& c, const ledger::DistrictListIssued& t) {
  auto& s = c.state.organisation;
  if (auto* old = s.standing_lists.find({t.year(), t.kind()}))
    s.district_lists.edit(*old).superseded_by = c.event.id;
  auto& list = s.district_lists.edit(c.event.id);
  list = {c.event.id, c.event.position, c.event.on, t.year(), t.kind(), {}, t.supersedes(), {}};
  for (auto item : t.items())
    list.items.push_back(
        {std::string(item.no()), std::string(item.content()), unit_codes(item.units())});
  s.standing_lists.edit({t.year(), t.kind()}) = c.event.id;
}

Status check(const Case& c, const UnitListSubmitted& t) {
  LEDGER_CHECK(check_item_numbers(t.items()));
  LEDGER_CHECK(check_period_free(c, key_of(c.event, t.year()), "list-already-accepted"));
  LEDGER_CHECK(check_due_dates(t.items(), t.year()));
  return check_district_items(c.state.organisation, t);
}

void apply(Change& c, const UnitListSubmitted& t) {
  auto key = key_of(c.event, t.year());
  auto& submission = add_submission(c, key, t.replaces());
  for (auto i : t.items()) {
    std::string no(i.no());
    submission.item_nos.push_back(no);
    edit_item(c.state, c.event.id, no) = {
        c.event.id, no, key.unit, ListItemState::open, std::string(i.dept()),
        std::string(i.responsible()), std::string(i.content()), std::string(i.district_item()),
        i.due(), i.due(), {}, {}};
  }
}

Status check(const Case& c, const ledger::LearningListSubmitted& t) {
  LEDGER_CHECK(check_item_numbers(t.items()));
  LEDGER_CHECK(check_period_free(c, key_of(c.event, t.year()), "list-already-accepted"));
  return check_due_dates(t.items(), t.year());
}

void apply(Change& c, const ledger::LearningListSubmitted& t) {
  add_submission(c, key_of(c.event, t.year()), t.replaces());
}

// A plan that the superior returned may be filed again although the office accepted it.
Status check(const Case& c, const ledger::AnnualPlanSubmitted& t) {
  auto& s = c.state.organisation;
  auto key = key_of(c.event, t.year());
  auto* unit = c.state.identity.find(key.unit);
  bool needs_superior = unit && !unit->superior.empty();
  if (s.is_filed(key, Authority::office, c.event.id) &&
      (!needs_superior || s.is_filed(key, Authority::superior, c.event.id)))
    return refuse("plan-already-accepted", "the plan of this unit and year is accepted already",
                  "data.year");
  if (s.is_pending(key, c.event.id))
    return refuse("filing-pending", "the office has yet to decide an earlier plan of this year",
                  "data.year");
  return {};
}

void apply(Change& c, const ledger::AnnualPlanSubmitted& t) {
  add_submission(c, key_of(c.event, t.year()), t.replaces());
}

Status check(const Case& c, const FilingDecided& t) {
  auto& s = c.state.organisation;
  LEDGER_CHECK(check_authority(*c.event.signer, t.authority()));
  bool accepted = t.outcome() == FilingDecided::Outcome::accepted;
  if (t.has_filing_no() != accepted || t.reasons().empty() != accepted)
    return refuse("outcome-shape", "give a filing number when accepted, reasons when returned",
                  "data.outcome");
  if (s.filings.has({t.submission(), t.authority()}))
    return refuse("filing-already-decided", "this authority has decided this submission",
                  "refs.submission");
  if (t.authority() == Authority::superior &&
      c.state.records.find(t.submission())->type != EventType::AnnualPlanSubmitted)
    return refuse("authority-not-competent", "a superior authority decides annual plans only",
                  "data.authority");
  if (accepted && s.filing_numbers.has(number_of(*c.event.signer, t)))
    return refuse("filing-number-taken", "this filing number is taken; use the next",
                  "data.filingNo");
  return check_not_self_decided(c);
}

void apply(Change& c, const FilingDecided& t) {
  auto& s = c.state.organisation;
  bool accepted = t.outcome() == FilingDecided::Outcome::accepted;
  auto& f = s.filings.edit({t.submission(), t.authority()});
  f = {accepted ? FilingState::accepted : FilingState::returned, c.event.id, c.event.position,
       c.event.on, std::string(t.filing_no()), {}};
  for (auto reason : t.reasons()) f.reasons.emplace_back(reason);
  if (accepted) s.filing_numbers.edit(number_of(*c.event.signer, t)) = c.event.id;
}

// A completion that waits for verification closes the item to amendments as a verified one does.
Status check(const Case& c, const ListItemAmendmentRequested& t) {
  LEDGER_CHECK(check_item(c, t.list(), t.item_no()));
  auto& item = *c.state.organisation.find_item(t.list(), t.item_no());
  if (item.state == ListItemState::completed)
    return refuse("item-closed", "this item's completion waits for verification", "data.itemNo");
  if (item.due && c.event.on > *item.due)
    return refuse("amendment-after-due", "the item's due date is past", "data.itemNo");
  if (item.state == ListItemState::amending)
    return refuse("amendment-pending", "an earlier request on this item is undecided",
                  "data.itemNo");
  if (!is_shape_right(t, item))
    return refuse("amendment-shape",
                  "`newDue` goes with defer and is later than the due date, `newContent` with edit",
                  "data.change");
  return {};
}

void apply(Change& c, const ListItemAmendmentRequested& t) {
  std::string no(t.item_no());
  auto& item = edit_item(c.state, t.list(), no);
  item.state = ListItemState::amending;
  item.amendments.push_back(c.event.id);
  auto& a = c.state.organisation.amendments.edit(c.event.id);
  a.id = c.event.id;
  a.position = c.event.position;
  a.on = c.event.on;
  a.list = t.list();
  a.item_no = no;
  a.change = t.change();
  a.new_due = t.new_due();
  a.new_content = t.new_content();
}

Status check(const Case& c, const ListItemAmendmentDecided& t) {
  if (c.state.organisation.amendments.find(t.request())->state != AmendmentState::pending)
    return refuse("amendment-already-decided", "this request is decided or has lapsed",
                  "refs.request");
  if (t.outcome() == ListItemAmendmentDecided::Outcome::refused && !t.has_reason())
    return refuse("outcome-shape", "a refusal needs a reason", "data.reason");
  return check_not_self_decided(c);
}

void apply(Change& c, const ListItemAmendmentDecided& t) {
  bool approved = t.outcome() == ListItemAmendmentDecided::Outcome::approved;
  auto& a = c.state.organisation.amendments.edit(t.request());
  a.state = approved ? AmendmentState::approved : AmendmentState::refused;
  a.decision = c.event.id;
  a.decided_at = c.event.position;
  a.decided_on = c.event.on;
  auto& item = edit_item(c.state, a.list, a.item_no);
  item.state = ListItemState::open;
  if (approved) amend(item, a);
}

Status check(const Case& c, const ListItemCompleted& t) {
  LEDGER_CHECK(check_item(c, t.list(), t.item_no()));
  if (c.state.organisation.find_item(t.list(), t.item_no())->state == ListItemState::completed)
    return refuse("completion-pending", "an earlier completion of this item waits for verification",
                  "data.itemNo");
  return {};
}

void apply(Change& c, const ListItemCompleted& t) {
  std::string no(t.item_no());
  edit_item(c.state, t.list(), no).completions.push_back(c.event.id);
  auto& done = c.state.organisation.completions.edit(c.event.id);
  done = {c.event.id, c.event.position, c.event.on, c.event.admitted_on, t.list(), no, {},
          CompletionState::pending};
  for (auto work : t.works()) done.works.push_back(work);
  settle(c.state, done);
}

Status check(const Case&, const ledger::BudgetAllocated& t) {
  if (t.amount() >= 1) return {};
  return refuse("amount-zero", "the amount must be at least one fen", "data.amount");
}

Status check(const Case& c, const ledger::IntegrationRecorded& t) {
  if (t.system() != ledger::IntegrationSystem::ownBusiness) return {};
  bool flags = t.same_deployed() && t.same_inspected() && t.same_assessed();
  if (flags && !c.event.unit.empty()) return {};
  return refuse("integration-shape", "ownBusiness needs the unit and all three flags",
                "data.system");
}

}  // namespace projections
