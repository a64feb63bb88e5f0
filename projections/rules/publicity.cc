// Rules of publicity work (events.md 2.4).
#include "projections/rules/publicity.h"

#include <algorithm>

#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::ActivityHeld;
using ledger::EnforcementBasisDeclared;
using ledger::EnforcementBasisDisclosed;
using ledger::HonourConferred;
using ledger::VillageLegalPostRecorded;
using ledger::WorkReportSubmitted;

constexpr std::uint32_t kAttachmentsPointer = 0;  // of the event's body

// Adds x to a list that is kept by position.
template <typename T>
void insert_by_position(std::vector<T>& list, T x) {
  auto later = std::find_if(list.begin(), list.end(),
                            [&](const T& y) { return y.position > x.position; });
  list.insert(later, std::move(x));
}

// Takes the step of a record from the list in which it lies, and forgets where it lay.
template <typename Lists, typename Keys>
void release_step(Lists& lists, Keys& keys, const Id& id) {
  auto* key = keys.find(id);
  if (!key) return;
  auto& steps = lists.edit(*key);
  steps.erase(std::remove_if(steps.begin(), steps.end(), [&](auto& s) { return s.id == id; }),
              steps.end());
  keys.erase(id);
}

// The last step before the position that `counts`, or nullptr.
template <typename Step, typename Counts>
const Step* last_step(const std::vector<Step>* steps, std::uint64_t before, Counts counts) {
  const Step* last = nullptr;
  if (!steps) return last;
  for (auto& s : *steps)
    if (s.position < before && counts(s.outcome)) last = &s;
  return last;
}

Status check_node(const Case& c, const ActivityHeld& t) {
  if (!t.has_node()) return {};
  auto& node = *c.state.reference.nodes.find(t.node());
  if (node.all_units || c.state.identity.names(node.units, unit_code(c.event.unit))) return {};
  return refuse("node-not-assigned", "the node does not list this unit", "refs.node");
}

Status check_hot_issue(const Case& c, const ActivityHeld& t) {
  if (!t.has_hot_issue()) return {};
  auto& issue = *c.state.reference.hot_issues.find(t.hot_issue());
  if (c.state.identity.names(issue.units, unit_code(c.event.unit))) return {};
  return refuse("issue-not-assigned", "the hot issue does not list this unit", "refs.hotIssue");
}

PublicityState::PostKey key_of(const VillageLegalPostRecorded& t) {
  return {t.post(), std::string(t.village()), std::string(t.person())};
}

PublicityState::HonourKey key_of(const HonourConferred& t) {
  return {t.honour(), t.level(), std::string(t.matter_key())};
}

// The appointment that stands when the event is judged; an ended one does not.
const PostStep* standing_appointment(const Case& c, const VillageLegalPostRecorded& t) {
  using O = PostStep::Outcome;
  auto* last = last_step(c.state.publicity.posts.find(key_of(t)), c.event.position,
                         [](O o) { return o == O::appointed || o == O::ended; });
  return last && last->outcome == O::appointed ? last : nullptr;
}

bool is_honour_held(const Case& c, const HonourConferred& t) {
  using O = HonourStep::Outcome;
  auto* last = last_step(c.state.publicity.honours.find(key_of(t)), c.event.position,
                         [](O o) { return o != O::nominated; });
  return last && last->outcome != O::revoked;
}

SubmissionKey key_of(const Event& e, const WorkReportSubmitted& t) {
  return {e.type, unit_code(e.unit), t.year(), t.quarter()};
}

}  // namespace

PublicityState::PublicityState(Journal& j) : declarations(j), bases(j), posts(j), post_of(j), honours(j), honour_of(j) {}
PublicityState::~PublicityState() = default;

Status check(const Case& c, const ActivityHeld& t) {
  if (t.end() && *t.end() < c.event.on)
    return refuse("dates-reversed", "the activity ends before it starts", "data.end");
  if (t.end() && *t.end() > c.event.admitted_on)
    return refuse("on-in-future", "the activity has not ended; record it afterwards", "data.end");
  LEDGER_CHECK(check_node(c, t));
  LEDGER_CHECK(check_hot_issue(c, t));
  for (auto u : t.co_units())
    if (u == c.event.unit)
      return refuse("co-unit-self", "the unit itself is no co-unit; leave it out", "data.coUnits");
  return {};
}

Status check(const Case& c, const ledger::JudgmentDocumentPublished&) {
  auto* unit = c.state.identity.find(unit_code(c.event.unit));
  if (unit && unit->category == ledger::UnitCategory::judicial) return {};
  return refuse("not-judicial", "only judicial organs publish judgment documents", "unit");
}

Status check(const Case& c, const EnforcementBasisDeclared& t) {
  auto* unit = c.state.identity.find(unit_code(c.event.unit));
  if (!unit || !unit->has_enforcement_power)
    return refuse("no-enforcement-power", "the unit is registered without enforcement power",
                  "unit");
  std::set<std::string_view> seen;
  for (auto item : t.items())
    if (!seen.insert(item.code()).second)
      return refuse("item-duplicate", "code " + std::string(item.code()) + " occurs twice",
                    "data.items");
  return {};
}

void apply(Change& c, const EnforcementBasisDeclared& t) {
  auto& s = c.state.publicity;
  auto unit = unit_code(c.event.unit);
  auto& basis = s.declarations.edit(c.event.id);
  basis = {c.event.id, c.event.position, c.event.on, unit, {}, t.replaces()};
  for (auto item : t.items()) basis.codes.emplace(item.code());
  auto& ids = s.bases.edit(unit);
  auto later = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return s.declarations.find(id)->position > basis.position;
  });
  ids.insert(later, c.event.id);
  keep_body(c);
}

void release_basis(State& state, const Id& id) {
  auto& s = state.publicity;
  auto* basis = s.declarations.find(id);
  if (!basis) return;
  auto& ids = s.bases.edit(basis->unit);
  ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
}

Status check(const Case& c, const EnforcementBasisDisclosed& t) {
  auto& declared = c.state.publicity.declarations.find(t.declaration())->codes;
  for (auto code : t.codes())
    if (!declared.count(std::string(code)))
      return refuse("item-unknown", "code " + std::string(code) + " is not in the declaration",
                    "data.codes");
  if (t.until() && *t.until() < t.from())
    return refuse("dates-reversed", "`until` is before `from`", "data.until");
  return {};
}

Status check(const Case& c, const ledger::MediaContentReleased& t) {
  if (t.has_on_behalf_of() && t.on_behalf_of() == c.event.unit)
    return refuse("on-behalf-self", "the unit does not act on its own behalf; leave the field out",
                  "data.onBehalfOf");
  if (t.interactions() && !t.interactive().value_or(false))
    return refuse("interaction-shape", "interactions need `interactive` to be true",
                  "data.interactions");
  return {};
}

Status check(const Case&, const ledger::ExamHeld& t) {
  if (t.passed() <= t.sat() && t.sat() <= t.should_sit()) return {};
  return refuse("exam-counts", "passed ≤ sat ≤ shouldSit does not hold", "data.sat");
}

Status check(const Case& c, const ledger::InquiryAnswered& t) {
  if (t.received_on() <= c.event.on) return {};
  return refuse("dates-reversed", "the inquiry was answered before it was received",
                "data.receivedOn");
}

Status check(const Case& c, const WorkReportSubmitted& t) {
  LEDGER_CHECK(check_period_free(c, key_of(c.event, t), "report-already-accepted"));
  if (c.event.on < ledger::make_date(t.year(), 3 * t.quarter() - 2, 1))
    return refuse("report-too-early", "the quarter has not begun", "data.quarter");
  return {};
}

void apply(Change& c, const WorkReportSubmitted& t) {
  add_submission(c, key_of(c.event, t), t.replaces());
}

Status check(const Case& c, const ledger::EvidenceAttached&) {
  if (!c.event.body->root().get_list(kAttachmentsPointer).empty()) return {};
  return refuse("attachments-missing", "evidence needs at least one attachment",
                "data.attachments");
}

// An appointment whose term is over may be renewed without having been ended.
Status check(const Case& c, const VillageLegalPostRecorded& t) {
  using O = PostStep::Outcome;
  auto* standing = standing_appointment(c, t);
  if (t.outcome() == O::ended && !standing)
    return refuse("post-not-held", "no appointment of this person to this post stands",
                  "data.person");
  bool over = standing && standing->until && *standing->until < c.event.on;
  if (t.outcome() == O::appointed && standing && !over)
    return refuse("post-already-held", "this person holds this post already", "data.person");
  return {};
}

void apply(Change& c, const VillageLegalPostRecorded& t) {
  auto& s = c.state.publicity;
  insert_by_position(s.posts.edit(key_of(t)),
                     PostStep{c.event.id, c.event.position, c.event.on, t.outcome(),
                              unit_code(c.event.unit), t.until()});
  s.post_of.edit(c.event.id) = key_of(t);
  keep_body(c);
}

void release_post(State& s, const Id& id) {
  release_step(s.publicity.posts, s.publicity.post_of, id);
}

Status check(const Case& c, const HonourConferred& t) {
  using O = HonourStep::Outcome;
  if (t.honour() == HonourConferred::Honour::democraticVillage && !t.has_village())
    return refuse("honour-shape", "a democratic village needs its name", "data.village");
  bool held = is_honour_held(c, t);
  if ((t.outcome() == O::reconfirmed || t.outcome() == O::revoked) && !held)
    return refuse("honour-not-held", "no conferred honour of this level and matter stands",
                  "data.matterKey");
  if (t.outcome() == O::conferred && held)
    return refuse("honour-already-held", "this honour was conferred already and stands",
                  "data.matterKey");
  return {};
}

void apply(Change& c, const HonourConferred& t) {
  auto& s = c.state.publicity;
  insert_by_position(
      s.honours.edit(key_of(t)),
      HonourStep{c.event.id, c.event.position, c.event.on, t.outcome(), unit_code(c.event.unit),
                 std::string(t.title()), std::string(t.village())});
  s.honour_of.edit(c.event.id) = key_of(t);
  keep_body(c);
}

void release_honour(State& s, const Id& id) {
  release_step(s.publicity.honours, s.publicity.honour_of, id);
}

}  // namespace projections
