// Rules of privacy, archives and the index: events.md 2.12.
#include "projections/rules/archive.h"

#include <algorithm>

#include "ledger/schema/catalogue.h"
#include "projections/rules/head.h"

namespace projections {
namespace {

using Basis = ledger::PersonalDataKeyDestroyed::LegalBasis;
using Kind = ledger::SubjectRequestDecided::Kind;
using Outcome = ledger::SubjectRequestDecided::Outcome;

bool order_open(const State& s, const Id& order) { return s.rectification.order(order).open(); }

bool complaint_open(const State& s, const Id& complaint) {
  if (!is_over(s.complaint.docket(complaint).phase)) return true;
  const auto* orders = s.rectification.by_complaint.find(complaint);
  return orders && std::any_of(orders->begin(), orders->end(),
                               [&](const Id& order) { return order_open(s, order); });
}

// The record belongs to a complaint or a rectification that still runs.
bool procedure_open(const State& s, const Id& record) {
  if (const Id* complaint = s.complaint.complaint_of.find(record))
    return complaint_open(s, *complaint);
  const Id* order = s.rectification.order_of.find(record);
  if (!order) return false;
  const Id& complaint = s.rectification.order(*order).complaint;
  return order_open(s, *order) || (complaint && complaint_open(s, complaint));
}

// An erasure granted in part is carried out field by field.
bool grants_erasure(const State& s, const ledger::PersonalDataKeyDestroyed& d) {
  const SubjectRequest* r = s.archive.requests.find(d.request());
  return r && r->kind == Kind::erasure && r->outcome != Outcome::refused && r->target == d.target();
}

}  // namespace

ArchiveState::ArchiveState(Journal& j) : requests(j), destroyed(j), packages(j), indexes(j), access_days(j), last_index_(j), last_access_day_(j) {}
ArchiveState::~ArchiveState() = default;

bool ArchiveState::is_destroyed(const Id& record, std::string_view field) const {
  return destroyed.has({record, std::string(field)}) || destroyed.has({record, "*"});
}

std::optional<std::uint64_t> ArchiveState::last_index() const {
  const auto* position = last_index_.find(kOnly);
  return position ? std::optional(*position) : std::nullopt;
}

std::optional<Date> ArchiveState::last_access_day() const {
  const Date* day = last_access_day_.find(kOnly);
  return day ? std::optional(*day) : std::nullopt;
}

void ArchiveState::commit_index(const Event& e, const ledger::IndexCommitted& i) {
  indexes.edit(e.position) = {.at = stamp_of(e),
                              .units_root = ledger::Hash::from(i.units_root()),
                              .keys_root = ledger::Hash::from(i.keys_root()),
                              .units = static_cast<std::uint64_t>(i.units()),
                              .keys = static_cast<std::uint64_t>(i.keys())};
  last_index_.edit(kOnly) = e.position;
}

void ArchiveState::commit_access_log(const Event& e, const ledger::AccessLogCommitted& a) {
  access_days.edit(a.day().days) = {stamp_of(e), static_cast<std::uint64_t>(a.entries()),
                                    ledger::Hash::from(a.head())};
  last_access_day_.edit(kOnly) = a.day();
}

// `ref-type` here, because the catalogue's list of types cannot say "any with a sealed field".
Status check(const Case& c, const ledger::SubjectRequestDecided& r) {
  if (ledger::has_sealed_field(c.state.records.find(r.target())->type, "*")) return {};
  return refuse("ref-type", "The target's type has no sealed field.", "refs.target");
}

void apply(Change& c, const ledger::SubjectRequestDecided& r) {
  c.state.archive.requests.edit(c.event.id) = {stamp_of(c.event), r.kind(), r.outcome(),
                                               r.received_on(), r.target()};
}

Status check(const Case& c, const ledger::PersonalDataKeyDestroyed& d) {
  if (!ledger::has_sealed_field(c.state.records.find(d.target())->type, d.field()))
    return refuse("not-sealed", "The target's type has no such sealed field.", "data.field");
  if (c.state.archive.is_destroyed(d.target(), d.field()))
    return refuse("already-destroyed", "The key of this value was destroyed before.", "data.field");
  if (d.retention_ended() > c.event.on)
    return refuse("retention-running", "The retention period is not over; wait until it is.",
                  "data.retentionEnded");
  if (procedure_open(c.state, d.target()))
    return refuse("procedure-open",
                  "A complaint or rectification on the record is open; wait for its end.",
                  "refs.target");
  if (d.legal_basis() == Basis::request && !grants_erasure(c.state, d))
    return refuse("request-not-granted",
                  "The basis needs a granted erasure request for this record.", "refs.request");
  return {};
}

void apply(Change& c, const ledger::PersonalDataKeyDestroyed& d) {
  c.state.archive.destroyed.edit({d.target(), std::string(d.field())}) = {
      stamp_of(c.event), d.legal_basis(), d.retention_ended(), d.request()};
}

Status check(const Case& c, const ledger::ArchivePackageExported& p) {
  LEDGER_CHECK(check_head(c, p.head_size(), p.head_root()));
  if (c.state.archive.packages.has(std::string(p.package_no())))
    return refuse("package-exists", "Another package has this number; give the next free one.",
                  "data.packageNo");
  return {};
}

void apply(Change& c, const ledger::ArchivePackageExported& p) {
  c.state.archive.packages.edit(std::string(p.package_no())) = {
      .at = stamp_of(c.event),
      .year = p.year(),
      .head_size = static_cast<std::uint64_t>(p.head_size()),
      .head_root = ledger::Hash::from(p.head_root()),
      .sha256 = ledger::Hash::from(p.sha256()),
      .retention = p.retention()};
}

Status check(const Case&, const ledger::IndexCommitted&) { return {}; }

void apply(Change& c, const ledger::IndexCommitted& i) { c.state.archive.commit_index(c.event, i); }

Status check(const Case& c, const ledger::AccessLogCommitted& a) {
  const auto last = c.state.archive.last_access_day();
  if (!last || a.day() > *last) return {};
  return refuse(
      "access-day-order",
      "The access log is committed up to " + ledger::format_date(*last) + "; give a later day.",
      "data.day");
}

void apply(Change& c, const ledger::AccessLogCommitted& a) {
  c.state.archive.commit_access_log(c.event, a);
}

}  // namespace projections
