// Rules of reference data (events.md 2.2).
#include "projections/rules/reference.h"

#include <set>

#include "projections/rules/rules.h"
#include "projections/scheme.h"

namespace projections {
namespace {

using ledger::AssessmentSchemePublished;
using ledger::Date;
using ledger::DeadlineProfilePublished;
using ledger::PolicyDocumentIssued;
using ledger::PublicityNodeDeclared;
using ledger::WorkCalendarPublished;

using Days = std::optional<std::int32_t>;

// No limit of the procedure is longer than ten years; a date plus a limit then always exists.
constexpr std::int32_t kMaxDays = 3660;
constexpr int kCommonYear = 2025;  // MM-DD must exist in every year

bool is_within(Days v, std::int32_t least) { return !v || (*v >= least && *v <= kMaxDays); }

// Limits that may be zero: a grace, a lag, or no extension at all.
bool are_graces_valid(const DeadlineProfilePublished& t) {
  for (auto v : {t.new_unit_grace_days(), t.complaint_extend_days(), t.rect_max_extend_days(),
                 t.entry_lag_days()})
    if (!is_within(v, 0)) return false;
  return true;
}

// Periods in which somebody must act: at least a day.
bool are_periods_valid(const DeadlineProfilePublished& t) {
  for (auto v : {t.filing_decision_days(), t.amendment_decision_days(), t.completion_verify_days(),
                 t.coordination_days(), t.inquiry_days(), t.complaint_dispose_days(),
                 t.complaint_assign_days(), t.complaint_ack_days(), t.assignment_object_days(),
                 t.complaint_answer_days(), t.review_request_days(), t.review_decide_days(),
                 t.complaint_publish_days(), t.rect_ack_days(), t.rect_plan_days(),
                 t.rect_decide_days(), t.objection_window_days(), t.objection_decide_days(),
                 t.objection_review_days(), t.bulletin_publish_days()})
    if (!is_within(v, 1)) return false;
  return true;
}

bool are_channels_valid(const DeadlineProfilePublished& t) {
  std::set<ledger::ComplaintChannel> seen;
  for (auto ch : t.channels()) {
    if (!seen.insert(ch.channel()).second) return false;
    for (auto v : {ch.dispose_days(), ch.ack_days(), ch.answer_days()})
      if (!is_within(v, 1)) return false;
  }
  return true;
}

bool is_month_day(bool present, std::string_view text) {
  return !present || ledger::month_day(text, kCommonYear);
}

bool are_report_days_valid(const DeadlineProfilePublished& t) {
  std::optional<Date> last;
  for (auto text : t.work_report_due()) {
    auto day = ledger::month_day(text, kCommonYear);
    if (!day || (last && *day <= *last)) return false;
    last = day;
  }
  return true;
}

Status check_profile(const DeadlineProfilePublished& t) {
  auto invalid = [](std::string why, std::string field) {
    return refuse("profile-invalid", std::move(why), std::move(field));
  };
  if (!is_month_day(t.has_list_due(), t.list_due()))
    return invalid("`listDue` is no day of every year", "data.listDue");
  if (!is_month_day(t.has_learning_list_due(), t.learning_list_due()))
    return invalid("`learningListDue` is no day of every year", "data.learningListDue");
  if (!is_month_day(t.has_plan_due(), t.plan_due()))
    return invalid("`planDue` is no day of every year", "data.planDue");
  if (!are_report_days_valid(t))
    return invalid("the four days must exist in every year, each after the one before",
                   "data.workReportDue");
  if (!are_channels_valid(t))
    return invalid("name each channel once, with limits of 1 to 3660 days", "data.channels");
  if (!are_graces_valid(t) || !are_periods_valid(t))
    return invalid("a limit must be 1 to 3660 days; only a grace or an extension may be 0", "data");
  return {};
}

std::tuple<std::string, int, int> number_of(const ledger::DocNo& n) {
  return {std::string(n.prefix()), n.year(), n.seq()};
}

std::tuple<std::string, int> code_of(const PublicityNodeDeclared& t) {
  return {std::string(t.code()), t.year()};
}

}  // namespace

ReferenceState::ReferenceState(Journal& j) : documents(j), numbers(j), nodes(j), node_codes(j), hot_issues(j), schemes(j), standing(j) {}
ReferenceState::~ReferenceState() = default;

const Scheme* ReferenceState::standing_scheme(int year) const {
  auto* id = standing.find(year);
  return id ? schemes.find(*id) : nullptr;
}

bool ReferenceState::is_past_cutoff(ledger::Date on, ledger::Instant now) const {
  for (int year : standing.sorted_keys()) {
    auto* s = standing_scheme(year);
    if (s->holds(on) && now >= s->cutoff) return true;
  }
  return false;
}

Status check(const Case& c, const PolicyDocumentIssued& t) {
  if (!t.has_doc_no()) return {};
  auto* holder = c.state.reference.numbers.find(number_of(t.doc_no()));
  if (holder && *holder != c.event.id)
    return refuse("document-exists", "a document with this number is already recorded",
                  "data.docNo");
  return {};
}

void apply(Change& c, const PolicyDocumentIssued& t) {
  auto& s = c.state.reference;
  Document& d = s.documents.edit(c.event.id);
  d = {c.event.id, c.event.position, c.event.on, std::string(t.title()), std::string(t.issuer()),
       {}, 0, 0, false, t.level(), t.topic(), t.issued_on(), t.in_force_from(), t.published_at(),
       t.supersedes(), d.superseded_by};
  if (t.has_doc_no()) {
    s.numbers.edit(number_of(t.doc_no())) = c.event.id;
    std::tie(d.prefix, d.year, d.seq) = number_of(t.doc_no());
    d.ordinal = t.doc_no().ordinal().value_or(false);
  }
  if (t.has_supersedes()) s.documents.edit(t.supersedes()).superseded_by = c.event.id;
  keep_body(c);
}

void release_document(State& state, const Id& id) {
  auto& s = state.reference;
  auto* d = s.documents.find(id);
  if (!d) return;
  if (!d->prefix.empty()) s.numbers.erase({d->prefix, d->year, d->seq});
  if (!d->supersedes) return;
  auto& older = s.documents.edit(d->supersedes);
  if (older.superseded_by == id) older.superseded_by = {};
}

Status check(const Case&, const WorkCalendarPublished& t) {
  std::set<Date> off;
  for (auto d : t.off_days()) off.insert(d);
  for (auto d : t.off_days())
    if (ledger::year_of(d) != t.year())
      return refuse("calendar-year", "a day off lies outside the calendar's year", "data.offDays");
  for (auto d : t.work_days())
    if (ledger::year_of(d) != t.year())
      return refuse("calendar-year", "a work day lies outside the calendar's year",
                    "data.workDays");
  for (auto d : t.work_days())
    if (off.count(d))
      return refuse("calendar-overlap", "a day is both off and a work day; leave it in one list",
                    "data.workDays");
  return {};
}

void apply(Change& c, const WorkCalendarPublished& t) { c.state.calendars.publish(t); }

Status check(const Case& c, const PublicityNodeDeclared& t) {
  auto* holder = c.state.reference.node_codes.find(code_of(t));
  if (holder && *holder != c.event.id)
    return refuse("node-exists", "a node with this code is already declared for the year",
                  "data.code");
  if (t.end() < t.start()) return refuse("dates-reversed", "`end` is before `start`", "data.end");
  if (ledger::year_of(t.start()) != t.year())
    return refuse("node-year", "the node does not start in its year", "data.start");
  if (!t.all_units() && t.units().empty())
    return refuse("node-without-units", "name the units, or set `allUnits`", "data.units");
  return {};
}

void apply(Change& c, const PublicityNodeDeclared& t) {
  auto& s = c.state.reference;
  s.nodes.edit(c.event.id) = {c.event.id, c.event.position, c.event.on, std::string(t.code()),
                              std::string(t.name()), std::string(t.theme()), t.year(), t.kind(),
                              t.start(), t.end(), t.all_units(), unit_codes(t.units()),
                              t.document()};
  s.node_codes.edit(code_of(t)) = c.event.id;
  keep_body(c);
}

void release_node(State& state, const Id& id) {
  auto& s = state.reference;
  if (auto* n = s.nodes.find(id)) s.node_codes.erase({n->code, n->year});
}

void apply(Change& c, const ledger::HotIssueDeclared& t) {
  c.state.reference.hot_issues.edit(c.event.id) = {c.event.id, c.event.position, c.event.on,
                                                   std::string(t.topic()), t.origin(),
                                                   unit_codes(t.units()), t.demand()};
  keep_body(c);
}

Status check(const Case& c, const DeadlineProfilePublished& t) {
  auto* standing = c.state.profiles.standing(t.year());
  if (standing && standing->event != t.supersedes())
    return refuse("profile-exists", "the year has a profile; supersede the standing one",
                  "refs.supersedes");
  return check_profile(t);
}

void apply(Change& c, const DeadlineProfilePublished& t) {
  c.state.profiles.publish(c.event.id, t);
}

// Once a standing scheme's cutoff is past, its year is being settled: no other may replace it.
Status check(const Case& c, const AssessmentSchemePublished& t) {
  auto* standing = c.state.reference.standing_scheme(t.year());
  if (standing && standing->id != t.supersedes())
    return refuse("scheme-exists", "the year has a scheme; supersede the standing one",
                  "refs.supersedes");
  // Before the text, which cannot be valid with such a period: it would hide this code.
  if (t.period_end() < t.period_start())
    return refuse("dates-reversed", "`periodEnd` is before `periodStart`", "data.periodEnd");
  LEDGER_CHECK(check_scheme(t));
  if (c.event.admitted >= t.cutoff() || (standing && c.event.admitted >= standing->cutoff))
    return refuse("scheme-after-cutoff", "a scheme must be published before its year's cutoff",
                  "data.cutoff");
  return {};
}

void apply(Change& c, const AssessmentSchemePublished& t) {
  auto& s = c.state.reference;
  if (auto* old = s.standing.find(t.year())) s.schemes.edit(*old).superseded_by = c.event.id;
  s.schemes.edit(c.event.id) = {
      c.event.id, c.event.position, c.event.on, c.event.admitted, t.year(), std::string(t.name()),
      std::string(t.toml()),
      t.period_start(), t.period_end(), t.cutoff(), t.supersedes(), {}, t.document()};
  s.standing.edit(t.year()) = c.event.id;
}

}  // namespace projections
