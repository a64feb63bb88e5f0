// Rules of verification, correction and annulment (events.md 2.5).
#include "projections/rules/correction.h"

#include "ledger/schema/correct.h"
#include "projections/rules/rules.h"

namespace projections {
namespace {

using ledger::Body;
using ledger::Date;
using ledger::RecordAnnulled;
using ledger::RecordCorrected;
using ledger::RecordVerified;
using Finding = RecordVerified::Finding;

bool is_correctable(EventType t) {
  using E = EventType;
  switch (t) {
    case E::ActivityHeld: case E::CaseInterpretationPublished: case E::JudgmentDocumentPublished:
    case E::EnforcementBasisDeclared: case E::EnforcementBasisDisclosed:
    case E::MediaContentReleased: case E::TrainingHeld: case E::ExamHeld: case E::StudySessionHeld:
    case E::DutyReportDelivered: case E::InquiryAnswered: case E::VillageLegalPostRecorded:
    case E::HonourConferred: case E::OfficerDesignated: case E::BudgetAllocated:
    case E::SystemEstablished: case E::IntegrationRecorded: case E::PublicityNodeDeclared:
    case E::HotIssueDeclared: case E::PolicyDocumentIssued: case E::JointMeetingHeld:
    case E::DemandAnalysed: case E::GuidanceGiven:
      return true;
    default:
      return false;
  }
}

bool is_annullable(EventType t) {
  using E = EventType;
  return is_correctable(t) || t == E::ListItemCompleted || t == E::InspectionFindingRecorded ||
         t == E::EffectFeedbackSent || t == E::PromptIssued;
}

Date date_of(const RecordInfo& r) { return r.corrected_on.value_or(r.on); }

// Guidance is about its receiver, but belongs to the unit that gave it.
UnitCode unit_of_record(const RecordInfo& r) {
  return r.type == EventType::GuidanceGiven ? unit_code(r.holder->unit) : r.unit;
}

bool is_of_unit(const Case& c, const RecordInfo& r) {
  auto unit = unit_of_record(r);
  return !r.by_office && unit && c.state.identity.same(unit, unit_code(c.event.unit));
}

// A finding is annulled by none but the one who made it, the office included.
bool is_own_record(const Case& c, const RecordInfo& r) {
  auto& signer = *c.event.signer;
  if (r.type == EventType::InspectionFindingRecorded) return r.holder->owner == signer.owner();
  if (signer.is(Role::office) && r.by_office) return true;
  return signer.is(Role::unitHead) && is_of_unit(c, r);
}

// What correction and annulment demand in common, after their own codes.
Status check_access(const Case& c, const RecordInfo& r) {
  if (c.state.reference.is_past_cutoff(date_of(r), c.event.admitted))
    return refuse("after-cutoff",
                  "the assessment of the record's period is closed; file an objection instead",
                  "refs.target");
  if (!is_own_record(c, r))
    return refuse("not-your-record", "only the side that made the record may change it",
                  "refs.target");
  if (r.finding == Finding::forged)
    return refuse("forged-not-correctable", "the record was found forged and stays as it is",
                  "refs.target");
  return {};
}

Result<Body> body_at(const History& h, std::uint64_t position) {
  std::optional<Result<Body>> found;
  LEDGER_CHECK(h.scan(position, position + 1, [&](const Event& e) {
    found = Body::parse(e.body->bytes());
    return false;
  }));
  if (!found) return refuse("ref-missing", "the ledger does not hold the target", "refs.target");
  return std::move(*found);
}

// The record's value today: its body with the earlier corrections, in order.
Result<Body> current_body(const Case& c, const Id& target, const RecordInfo& r) {
  Body body = LEDGER_TRY(body_at(c.history, r.position));
  auto* dossier = c.state.correction.dossiers.find(target);
  if (!dossier) return body;
  std::optional<Date> on;
  for (auto& correction : dossier->corrections) {
    Body change = LEDGER_TRY(body_at(c.history, correction.position));
    body = LEDGER_TRY(ledger::corrected(body, change.as<RecordCorrected>(), &on));
  }
  return body;
}

// One of the kind that signed the record, as far as the types' rules ask.
ledger::Signer signer_of(const RecordInfo& r) {
  ledger::Signer s;
  s.key = r.signer;
  s.holder = r.holder;
  s.roles = r.by_office ? role_bit(Role::office) : role_bit(Role::unit) | role_bit(Role::unitHead);
  return s;
}

// The target's event with another body and date.
Event event_of(const Id& id, const RecordInfo& r, Date on, const Body& body,
               const ledger::Signer& s) {
  Event e;
  e.position = r.position;
  e.admitted = r.admitted;
  e.admitted_on = ledger::local_date(r.admitted);
  e.id = id;
  e.type = r.type;
  e.unit = text_of(r.unit);
  e.on = on;
  e.body = &body;
  e.signer = &s;
  return e;
}

Status check_result(const Case& c, const RecordCorrected& t, const RecordInfo& r) {
  std::optional<Date> on;
  Body before = LEDGER_TRY(current_body(c, t.target(), r));
  Body after = LEDGER_TRY(ledger::corrected(before, t, &on));
  auto signer = signer_of(r);
  Event e = event_of(t.target(), r, on.value_or(date_of(r)), after, signer);
  LEDGER_CHECK(check_unit_and_dates(Case{c.state, e, c.history}));
  return check_procedure(Case{c.state, e, c.history});
}

// Takes the record out of the states that keep it.
void release(State& s, EventType type, const Id& id) {
  using E = EventType;
  switch (type) {
    case E::OfficerDesignated: return release_officer(s, id);
    case E::PolicyDocumentIssued: return release_document(s, id);
    case E::PublicityNodeDeclared: return release_node(s, id);
    case E::EnforcementBasisDeclared: return release_basis(s, id);
    case E::VillageLegalPostRecorded: return release_post(s, id);
    case E::HonourConferred: return release_honour(s, id);
    case E::ListItemCompleted: return completion_annulled(s, id);
    case E::InspectionFindingRecorded: return finding_annulled(s, id);
    default: return;
  }
}

void apply_kept(Change& c) {
  using E = EventType;
  auto& e = c.event;
  switch (e.type) {
    case E::OfficerDesignated: return apply(c, e.as<ledger::OfficerDesignated>());
    case E::PolicyDocumentIssued: return apply(c, e.as<ledger::PolicyDocumentIssued>());
    case E::PublicityNodeDeclared: return apply(c, e.as<ledger::PublicityNodeDeclared>());
    case E::HotIssueDeclared: return apply(c, e.as<ledger::HotIssueDeclared>());
    case E::EnforcementBasisDeclared: return apply(c, e.as<ledger::EnforcementBasisDeclared>());
    case E::VillageLegalPostRecorded: return apply(c, e.as<ledger::VillageLegalPostRecorded>());
    case E::HonourConferred: return apply(c, e.as<ledger::HonourConferred>());
    default: return;
  }
}

// Puts the corrected values where the old ones are kept. The check has shown that this succeeds.
void reapply(State& s, const RecordCorrected& t, const RecordInfo& r) {
  auto* kept = s.correction.bodies.find(t.target());
  if (!kept) return;
  std::optional<Date> on;
  auto before = Body::parse(*kept);
  auto after = ledger::corrected(*before, t, &on);
  auto signer = signer_of(r);
  Event e = event_of(t.target(), r, on.value_or(date_of(r)), *after, signer);
  release(s, r.type, t.target());
  Change change{s, e};
  apply_kept(change);
}

// The new business date, when the correction has one; its value is a JSON string of a date.
std::optional<Date> changed_on(const RecordCorrected& t) {
  for (auto ch : t.changes()) {
    auto v = ch.value();
    if (ch.field() == "on" && v.size() > 2) return ledger::parse_date(v.substr(1, v.size() - 2));
  }
  return std::nullopt;
}

RecordAmendment amendment_by(const Event& e) { return {e.id, e.position, e.on}; }

Status check_original(const Case& c, const RecordVerified& t) {
  auto missing = [] {
    return refuse("original-missing", "name the record of the same type that this one repeats",
                  "refs.original");
  };
  if (!t.has_original()) return missing();
  auto* original = c.state.records.find(t.original());
  for (auto id : t.targets())
    if (!original || id == t.original() || original->type != c.state.records.find(id)->type)
      return missing();
  return {};
}

}  // namespace

CorrectionState::CorrectionState(Journal& j) : dossiers(j), bodies(j) {}
CorrectionState::~CorrectionState() = default;

RecordState state_of(const RecordInfo& r) {
  if (r.annulled) return RecordState::annulled;
  if (!r.finding) return RecordState::unverified;
  return *r.finding == Finding::ok ? RecordState::ok : RecordState::disallowed;
}

void keep_body(Change& c) { c.state.correction.bodies.edit(c.event.id) = c.event.body->bytes(); }

Status check(const Case& c, const RecordVerified& t) {
  if (t.finding() != Finding::ok && !t.has_reason())
    return refuse("reason-missing", "a finding other than ok needs a reason", "data.reason");
  if (t.finding() == Finding::duplicate) LEDGER_CHECK(check_original(c, t));
  if (is_own_matter(c))
    return refuse("self-verification", "a unit's own key cannot verify the unit's records");
  return {};
}

void apply(Change& c, const RecordVerified& t) {
  for (auto id : t.targets()) {
    c.state.records.by_id.edit(id).finding = t.finding();
    c.state.correction.dossiers.edit(id).verifications.push_back(
        {c.event.id, c.event.position, c.event.on, t.finding(), t.method(), t.original()});
    completion_verified(c.state, id, t.finding());
  }
}

Status check(const Case& c, const RecordCorrected& t) {
  auto& r = *c.state.records.find(t.target());
  if (!is_correctable(r.type))
    return refuse("not-correctable", "records of this type cannot be corrected", "refs.target");
  if (r.annulled) return refuse("target-annulled", "the record was annulled", "refs.target");
  LEDGER_CHECK(check_result(c, t, r));
  return check_access(c, r);
}

void apply(Change& c, const RecordCorrected& t) {
  auto& s = c.state;
  reapply(s, t, *s.records.find(t.target()));
  auto& r = s.records.by_id.edit(t.target());
  r.finding.reset();
  if (auto on = changed_on(t)) r.corrected_on = on;
  s.correction.dossiers.edit(t.target()).corrections.push_back(amendment_by(c.event));
}

Status check(const Case& c, const RecordAnnulled& t) {
  auto& r = *c.state.records.find(t.target());
  if (!is_annullable(r.type))
    return refuse("not-correctable", "records of this type cannot be annulled", "refs.target");
  if (r.annulled) return refuse("annulled-twice", "the record is annulled already", "refs.target");
  return check_access(c, r);
}

void apply(Change& c, const RecordAnnulled& t) {
  auto& s = c.state;
  auto& r = s.records.by_id.edit(t.target());
  r.annulled = true;
  s.correction.dossiers.edit(t.target()).annulment = amendment_by(c.event);
  release(s, r.type, t.target());
}

}  // namespace projections
