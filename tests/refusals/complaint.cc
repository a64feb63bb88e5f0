// Complaints, criticism and suggestions (events.md 2.8, 3.1).
#include "tests/refusals/refusals.h"

namespace refusals {
namespace complaint_family {
namespace {

constexpr char kDay[] = "2025-01-03";

// A complaint and the last records of its course.
struct Matter {
  std::string complaint, assignment, answer, request, decision;
  const char* unit = world::kCourt;
};
using Stage = Matter (*)(World&, const char* unit);
using Step = Json (*)(const Matter&);

// ---- the steps, each dated on the first day

Json step(const char* type, const Matter& m, Json data, Json refs = Json::object()) {
  refs["complaint"] = m.complaint;
  return draft(type, kDay, std::move(data), std::move(refs), m.unit);
}
Json filing(const char* unit, const char* kind = "complaint") {
  return draft("ComplaintFiled", kDay,
               {{"kind", kind}, {"channel", "visit"}, {"filerClass", "served"}, {"anonymous", false}, {"filerName", "来访人"}, {"filerContact", "前台登记"},
                {"subject", "窗口服务"}, {"text", "窗口未按时开放"}, {"receivedOn", kDay}},
               nullptr, unit);
}
Json disposal(const Matter& m) { return step("ComplaintDisposed", m, {{"outcome", "accepted"}, {"noticeNo", "SL-1"}}); }
Json assignment(const Matter& m) { return step("ComplaintAssigned", m, {{"answerDue", "2025-01-20"}, {"ground", "first"}}); }
Json acknowledgement(const Matter& m) { return step("ComplaintAcknowledged", m, {{"response", "received"}}); }
Json objection(const Matter& m) { return step("ComplaintAcknowledged", m, {{"response", "objected"}, {"reason", "不属本单位职责"}}); }
Json extension(const Matter& m) {
  return step("ComplaintExtended", m, {{"days", 20}, {"reason", "案情复杂"}, {"approvedBy", "p-aaaa0001"}, {"filerNoticedOn", kDay}});
}
Json answer(const Matter& m) {
  return step("ComplaintAnswered", m, {{"finding", "notUpheld"}, {"text", "经查不属实"}, {"deliveredOn", kDay}, {"remedyNotice", true}});
}
Json withdrawal(const Matter& m) { return step("ComplaintWithdrawn", m, {{"reason", "satisfied"}, {"voluntary", true}}); }
Json review(const Matter& m) { return step("ReviewRequested", m, {{"level", "review"}, {"grounds", "答复不实"}}, {{"answer", m.answer}}); }
Json recheck(const Matter& m) {
  return step("ReviewRequested", m, {{"level", "recheck"}, {"grounds", "答复不实"}}, {{"answer", m.answer}, {"decision", m.decision}});
}
Json decision(const Matter& m) { return step("ReviewDecided", m, {{"outcome", "maintained"}, {"reason", "答复正确"}}, {{"request", m.request}}); }
Json closing(const Matter& m) { return step("ComplaintClosed", m, {{"summary", "已答复"}}); }
Json publication(const Matter& m) {
  return step("ComplaintPublished", m, {{"redactedText", "反映窗口服务"}, {"result", "不属实"}, {"redactions", Json::array()}});
}
Json with_assignment(Json d, const std::string& assignment) {
  d["refs"]["assignment"] = assignment;
  return d;
}
Json dated(Json d, const char* on) {
  d["on"] = on;
  return d;
}

// ---- the stages of the machine

Matter filed(World& w, const char* unit) {
  Matter m;
  m.unit = unit, m.complaint = admit(w, "desk", filing(unit));
  return m;
}
Matter accepted(World& w, const char* unit) {
  const Matter m = filed(w, unit);
  admit(w, "reviewer", disposal(m));
  return m;
}
Matter assigned(World& w, const char* unit) {
  Matter m = accepted(w, unit);
  m.assignment = admit(w, "office", assignment(m));
  return m;
}
Matter acknowledged(World& w, const char* unit) {
  const Matter m = assigned(w, unit);
  admit(w, "unit", acknowledgement(m));
  return m;
}
Matter extended(World& w, const char* unit) {
  const Matter m = assigned(w, unit);
  admit(w, "office", extension(m));
  return m;
}
Matter answered(World& w, const char* unit) {
  Matter m = assigned(w, unit);
  m.answer = admit(w, "head", answer(m));
  return m;
}
Matter upheld(World& w, const char* unit) {
  Matter m = assigned(w, unit);
  Json d = answer(m);
  d["data"]["finding"] = "upheld";
  m.answer = admit(w, "head", d);
  return m;
}
Matter under_review(World& w, const char* unit) {
  Matter m = answered(w, unit);
  m.request = admit(w, "desk", review(m));
  return m;
}
Matter maintained(World& w, const char* unit) {
  Matter m = under_review(w, unit);
  m.decision = admit(w, "reviewer", decision(m));
  return m;
}
Matter closed(World& w, const char* unit) {
  const Matter m = answered(w, unit);
  admit(w, "office", closing(m));
  return m;
}
Matter withdrawn(World& w, const char* unit) {
  const Matter m = filed(w, unit);
  admit(w, "desk", withdrawal(m));
  return m;
}
Matter answered_suggestion(World& w, const char* unit) {
  Matter m;
  m.unit = unit, m.complaint = admit(w, "desk", filing(unit, "suggestion"));
  admit(w, "reviewer", disposal(m));
  m.assignment = admit(w, "office", assignment(m));
  m.answer = admit(w, "head", answer(m));
  return m;
}
// Answered and delivered on that day, which becomes today.
Matter answered_on(World& w, const char* day) {
  Matter m = assigned(w, world::kCourt);
  set_now(w, (std::string(day) + "T00:00:00Z").c_str());
  Json d = dated(answer(m), day);
  d["data"]["deliveredOn"] = day;
  m.answer = admit(w, "head", d);
  return m;
}

// ---- what cases begin with

// The keys of one unit act for the other too, and the office's as desk and reviewer: so a draft about the
// other unit, or by the office about itself, is refused for nothing but that.
void widen_roles(World& w) {
  admit(w, "registrar", std::vector<Json>{w.role_draft("unit", "unit", world::kOffice), w.role_draft("head", "unitHead", world::kOffice)});
  admit(w, "registrar", w.role_draft("office", "intakeDesk", "district"));
  admit(w, "auditAdmin", w.role_draft("office", "reviewer", "district"));
}
void prepare(World& w) {
  widen_roles(w);
  publish_calendars(w);
}
// There is no calendar of 2026.
void prepare_only_2025(World& w) {
  widen_roles(w);
  Json year{{"year", 2025}, {"offDays", Json::array()}, {"workDays", Json::array()}, {"source", "国务院办公厅通知"}};
  admit(w, "office", draft("WorkCalendarPublished", kDay, std::move(year)));
}

std::function<Json(World&)> at(Stage stage, Step step) {
  return [=](World& w) {
    prepare(w);
    return step(stage(w, world::kCourt));
  };
}
// The same, with a complaint at another stage to spare.
std::function<Json(World&)> beside(Stage stage, Step step, Stage spare) {
  return [=](World& w) {
    prepare(w);
    Json d = step(stage(w, world::kCourt));
    d["spare"] = spare(w, world::kCourt).complaint;
    return d;
  };
}
// The same, with the step of another complaint to spare, for `use_spare_matter`.
std::function<Json(World&)> beside_step(Stage stage, Step step, Stage spare, const char* unit) {
  return [=](World& w) {
    prepare(w);
    Json d = step(stage(w, world::kCourt));
    d["spare"] = step(spare(w, unit));
    return d;
  };
}
// Said of the spare's complaint: its unit and references.
void use_spare_matter(World&, Json& d) {
  d["unit"] = d["spare"]["unit"];
  d["refs"] = d["spare"]["refs"];
}
void name_other_unit(World&, Json& d) { d["unit"] = world::kOffice; }
Spoil date(const char* on) {
  return [=](World&, Json& d) { d["on"] = on; };
}

Json first_filing(World& w) {
  prepare(w);
  return filing(world::kCourt);
}
// With the right secret of the complaint's receipt.
Json withdrawal_with_receipt(World& w) {
  prepare(w);
  const ledger::Bytes secret(32, 's');
  Json d = filing(world::kCourt);
  d["data"]["receipt"] = ledger::hex(w.suite.hash(secret).view());
  Matter m;
  m.complaint = admit(w, "desk", d);
  Json twin = withdrawal(m);
  twin["data"]["secret"] = ledger::hex(secret);
  return twin;
}
// On an assignment, with that of another complaint to spare.
std::function<Json(World&)> with_current(Step step) {
  return [=](World& w) {
    prepare(w);
    const Matter m = assigned(w, world::kCourt);
    Json d = with_assignment(step(m), m.assignment);
    d["spare"] = assigned(w, world::kCourt).assignment;
    return d;
  };
}
// Dated later than the first day, today being later yet.
std::function<Json(World&)> later(Stage stage, Step step, const char* on) {
  return [=](World& w) {
    prepare(w);
    const Matter m = stage(w, world::kCourt);
    set_now(w, "2025-03-31T00:00:00Z");
    return dated(step(m), on);
  };
}

Json assignment_before_2026(World& w) {
  prepare_only_2025(w);
  const Matter old = accepted(w, world::kCourt), late = filed(w, world::kCourt);
  set_now(w, "2026-01-05T00:00:00Z");
  admit(w, "reviewer", dated(disposal(late), "2026-01-05"));
  Json d = dated(assignment(old), "2026-01-05");
  d["data"]["answerDue"] = "2026-01-05", d["spare"] = late.complaint;
  return d;
}
Json acknowledgement_in_2026(World& w) {
  prepare_only_2025(w);
  const Matter m = accepted(w, world::kCourt);
  set_now(w, "2026-01-05T00:00:00Z");
  Json late = dated(assignment(m), "2026-01-05");
  late["data"]["answerDue"] = "2026-01-05";
  admit(w, "office", late);
  Json d = dated(objection(m), "2026-01-05");
  d["data"]["response"] = "received";
  return d;
}
Json review_before_2026(World& w) {
  prepare_only_2025(w);
  const Matter first = answered_on(w, "2025-11-28"), second = answered_on(w, "2025-12-20");
  Json d = dated(review(first), "2025-12-20");
  d["spare"] = review(second);
  return d;
}
Json extension_of_short_profile(World& w) {
  prepare(w);
  admit(w, "office", draft("DeadlineProfilePublished", kDay, {{"year", 2025}, {"complaintExtendDays", 20}}));
  return extension(assigned(w, world::kCourt));
}
Json objection_after_receipt(World& w) {
  prepare(w);
  return objection(acknowledged(w, world::kCourt));
}
// A recheck is undecided; the decided review is to spare.
Json decision_on_recheck(World& w) {
  prepare(w);
  Matter m = maintained(w, world::kCourt);
  const std::string first = m.request;
  m.request = admit(w, "desk", recheck(m));
  Json d = decision(m);
  d["spare"] = first;
  return d;
}
Json review_with_answer_to_spare(World& w) {
  prepare(w);
  Json d = review(answered(w, world::kCourt));
  d["spare"] = answered(w, world::kCourt).answer;
  return d;
}

const Register kScenarios(std::vector<Scenario>{
    {"ComplaintFiled", "desk", first_filing},
    {"ComplaintDisposed", "office", at(filed, disposal)},
    {"ComplaintAssigned", "office", at(accepted, assignment)},
    {"ComplaintAcknowledged", "unit", at(assigned, acknowledgement)},
    {"ComplaintExtended", "office", at(assigned, extension)},
    {"ComplaintAnswered", "head", at(assigned, answer)},
    {"ComplaintWithdrawn", "desk", at(filed, withdrawal)},
    {"ReviewRequested", "desk", at(answered, review)},
    {"ReviewDecided", "reviewer", at(under_review, decision)},
    {"ComplaintClosed", "office", at(answered, closing)},
    {"ComplaintPublished", "office", at(accepted, publication)},
});

const Register kCases(std::vector<Case>{
    {"ComplaintFiled", "filer-shape", "desk", first_filing, set("anonymous", true)},
    {"ComplaintFiled", "filer-shape", "desk", first_filing, drop("filerContact")},
    {"ComplaintFiled", "dates-reversed", "desk", first_filing, set("receivedOn", "2025-01-04")},
    {"ComplaintFiled", "desk-conflict", "office", first_filing, name_other_unit},

    {"ComplaintDisposed", "ref-other-unit", "reviewer",
     [](World& w) {
       prepare(w);
       Json d = disposal(filed(w, world::kCourt));
       d["refs"]["repeatOf"] = filed(w, world::kCourt).complaint;
       d["spare"] = filed(w, world::kOffice).complaint;
       return d;
     },
     use_spare("repeatOf")},
    {"ComplaintDisposed", "complaint-state", "office", beside(filed, disposal, accepted), use_spare("complaint")},
    {"ComplaintDisposed", "complaint-unit", "reviewer", at(filed, disposal), name_other_unit},
    {"ComplaintDisposed", "outcome-shape", "office", at(filed, disposal), set("outcome", "notAccepted")},
    {"ComplaintDisposed", "self-decision", "office", beside_step(filed, disposal, filed, world::kOffice), use_spare_matter},

    {"ComplaintAssigned", "complaint-state", "office", beside(accepted, assignment, filed), use_spare("complaint")},
    {"ComplaintAssigned", "assignment-ground", "office", at(accepted, assignment), set("ground", "newEvidence")},
    {"ComplaintAssigned", "answer-due-too-late", "office", at(accepted, assignment), set("answerDue", "2025-03-05")},
    {"ComplaintAssigned", "answer-due-too-early", "office", at(accepted, assignment), set("answerDue", "2025-01-02")},
    {"ComplaintAssigned", "calendar-missing", "office", assignment_before_2026, use_spare("complaint")},

    {"ComplaintAcknowledged", "complaint-state", "unit", beside(assigned, acknowledgement, answered), use_spare("complaint")},
    {"ComplaintAcknowledged", "complaint-unit", "unit", at(assigned, acknowledgement), name_other_unit},
    {"ComplaintAcknowledged", "assignment-not-current", "unit", with_current(acknowledgement), use_spare("assignment")},
    {"ComplaintAcknowledged", "already-acknowledged", "unit", objection_after_receipt, set("response", "received")},
    {"ComplaintAcknowledged", "reason-missing", "unit", at(assigned, objection), drop("reason")},
    {"ComplaintAcknowledged", "assignment-objection-late", "unit", later(assigned, objection, "2025-01-10"), date("2025-01-11")},
    {"ComplaintAcknowledged", "calendar-missing", "unit", acknowledgement_in_2026, set("response", "objected")},

    {"ComplaintExtended", "complaint-state", "office", beside(assigned, extension, accepted), use_spare("complaint")},
    {"ComplaintExtended", "complaint-unit", "office", at(assigned, extension), name_other_unit},
    {"ComplaintExtended", "assignment-not-current", "office", with_current(extension), use_spare("assignment")},
    {"ComplaintExtended", "extension-twice", "office", beside(assigned, extension, extended), use_spare("complaint")},
    {"ComplaintExtended", "extension-after-due", "office", later(assigned, extension, "2025-01-20"), date("2025-01-21")},
    {"ComplaintExtended", "extension-too-long", "office", extension_of_short_profile, set("days", 21)},

    {"ComplaintAnswered", "answer-before-assignment", "head", beside(assigned, answer, accepted), use_spare("complaint")},
    {"ComplaintAnswered", "complaint-answered", "head", beside(assigned, answer, answered), use_spare("complaint")},
    {"ComplaintAnswered", "complaint-under-review", "head", beside(assigned, answer, under_review), use_spare("complaint")},
    {"ComplaintAnswered", "complaint-closed", "head", beside(assigned, answer, closed), use_spare("complaint")},
    {"ComplaintAnswered", "complaint-ended", "head", beside(assigned, answer, withdrawn), use_spare("complaint")},
    {"ComplaintAnswered", "answer-by-other-unit", "head", at(assigned, answer), name_other_unit},
    {"ComplaintAnswered", "assignment-not-current", "head", with_current(answer), use_spare("assignment")},
    {"ComplaintAnswered", "dates-reversed", "head", at(assigned, answer), set("deliveredOn", "2025-01-02")},
    {"ComplaintAnswered", "remedy-notice-missing", "head", at(assigned, answer), set("remedyNotice", false)},

    {"ComplaintWithdrawn", "complaint-state", "desk", beside(filed, withdrawal, withdrawn), use_spare("complaint")},
    {"ComplaintWithdrawn", "complaint-unit", "desk", at(filed, withdrawal), name_other_unit},
    {"ComplaintWithdrawn", "withdrawal-not-voluntary", "desk", at(filed, withdrawal), set("voluntary", false)},
    {"ComplaintWithdrawn", "receipt-wrong", "desk", withdrawal_with_receipt, set("secret", std::string(64, 'a'))},
    {"ComplaintWithdrawn", "withdrawal-after-answer", "desk", beside(filed, withdrawal, answered), use_spare("complaint")},
    {"ComplaintWithdrawn", "complaint-closed", "desk", beside(filed, withdrawal, closed), use_spare("complaint")},

    {"ReviewRequested", "complaint-state", "desk", beside(answered, review, assigned), use_spare("complaint")},
    {"ReviewRequested", "complaint-unit", "desk", at(answered, review), name_other_unit},
    {"ReviewRequested", "review-not-available", "desk", review_with_answer_to_spare, use_spare("answer")},
    {"ReviewRequested", "review-not-available", "desk", beside_step(answered, review, answered_suggestion, world::kCourt), use_spare_matter},
    {"ReviewRequested", "review-window-closed", "desk", later(answered, review, "2025-02-03"), date("2025-02-04")},
    {"ReviewRequested", "recheck-before-review", "desk", at(answered, review), set("level", "recheck")},
    {"ReviewRequested", "review-twice", "desk", at(maintained, recheck), set("level", "review")},
    {"ReviewRequested", "calendar-missing", "desk", review_before_2026, use_spare_matter},

    {"ReviewDecided", "complaint-state", "reviewer", beside(under_review, decision, answered), use_spare("complaint")},
    {"ReviewDecided", "complaint-unit", "reviewer", at(under_review, decision), name_other_unit},
    {"ReviewDecided", "review-already-decided", "reviewer", decision_on_recheck, use_spare("request")},
    {"ReviewDecided", "self-decision", "office", beside_step(under_review, decision, under_review, world::kOffice), use_spare_matter},

    {"ComplaintClosed", "complaint-state", "office", beside(answered, closing, assigned), use_spare("complaint")},
    {"ComplaintClosed", "complaint-unit", "office", at(answered, closing), name_other_unit},
    {"ComplaintClosed", "rectification-missing", "office", beside(answered, closing, upheld), use_spare("complaint")},
    {"ComplaintClosed", "review-pending", "office", beside(answered, closing, under_review), use_spare("complaint")},
    {"ComplaintClosed", "complaint-closed", "office", beside(answered, closing, closed), use_spare("complaint")},

    {"ComplaintPublished", "complaint-unit", "office", at(accepted, publication), name_other_unit},
    {"ComplaintPublished", "publish-before-acceptance", "office", beside(accepted, publication, filed), use_spare("complaint")},
});

}  // namespace
}  // namespace complaint_family
}  // namespace refusals
