// Reference data (events.md 2.2) and coordination (2.6).
#include "projections/assessment/scheme.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace reference_family {
namespace {

constexpr char kDay[] = "2025-01-03";

Json document(World&) {
  return draft("PolicyDocumentIssued", kDay, {{"title", "2025年普法工作要点"}, {"issuer", "蔡甸区普法办"}, {"docNo", "蔡普办〔2025〕2号"}, {"level", "district"}});
}

Json calendar(World&) {
  return draft("WorkCalendarPublished", kDay, {{"year", 2025}, {"offDays", {"2025-01-01"}}, {"workDays", {"2025-01-26"}}, {"source", "国务院办公厅通知"}});
}

Json node(const char* code) {
  return draft("PublicityNodeDeclared", kDay,
               {{"code", code}, {"year", 2025}, {"name", "国际消费者权益日"}, {"kind", "day"}, {"start", "2025-03-15"}, {"end", "2025-03-15"}, {"allUnits", false}, {"units", {world::kCourt}}});
}

Json hot_issue(World&) { return draft("HotIssueDeclared", kDay, {{"topic", "物业服务收费"}, {"origin", "complaints"}, {"units", {world::kCourt}}}); }

Json profile(int year) { return draft("DeadlineProfilePublished", kDay, {{"year", year}, {"complaintAnswerDays", 50}}); }

// ---- coordination

Json meeting(World&) {
  return draft("JointMeetingHeld", kDay, {{"title", "第一次联席会议"}, {"convened", {world::kCourt, world::kOffice}}, {"attended", {world::kCourt}}});
}
Json request(World&) { return draft("CoordinationRequested", kDay, {{"issue", "需要场地支持"}}, nullptr, world::kCourt); }
Json resolution(const std::string& id) {
  return draft("CoordinationResolved", kDay, {{"outcome", "resolved"}, {"decision", "由文旅局提供场地"}}, {{"request", id}}, world::kCourt);
}
Json demand(World&) { return draft("DemandAnalysed", kDay, {{"findings", {{{"type", "typical"}, {"text", "劳动争议增多"}}}}, {"measures", {"开展专项普法"}}}); }
Json guidance(World&) {
  return draft("GuidanceGiven", kDay, {{"from", "区普法办"}, {"topic", "以案释法"}, {"form", "visit"}}, nullptr, world::kCourt);
}
// By the court, which is the office's local supervisor then.
Json unit_guidance(World& w) {
  admit(w, "office", draft("UnitRestructured", kDay, {{"kind", "amend"}, {"from", {world::kOffice}}, {"changes", {{"localSupervisor", world::kCourt}}}}));
  Json d = guidance(w);
  d["unit"] = world::kOffice;
  return d;
}
Json prompt(World&) { return draft("PromptIssued", kDay, {{"kind", "monthly"}, {"text", "请按时报送清单"}}, nullptr, world::kCourt); }

const Register kScenarios(std::vector<Scenario>{
    {"PolicyDocumentIssued", "office", document},
    {"WorkCalendarPublished", "office", calendar},
    {"PublicityNodeDeclared", "office", [](World&) { return node("0315"); }},
    {"HotIssueDeclared", "office", hot_issue},
    {"DeadlineProfilePublished", "office", [](World&) { return profile(2025); }},
    {"AssessmentSchemePublished", "office", [](World&) { return scheme_draft(2025); }},
    {"JointMeetingHeld", "office", meeting},
    {"CoordinationRequested", "unit", request},
    {"CoordinationResolved", "office", [](World& w) { return resolution(admit(w, "unit", request(w))); }},
    {"DemandAnalysed", "office", demand},
    {"GuidanceGiven", "office", guidance},
    {"PromptIssued", "office", prompt},
});

const Register kCases(std::vector<Case>{
    {"PolicyDocumentIssued", "document-exists", "office",
     [](World& w) {
       Json first = document(w);
       first["data"]["docNo"] = "蔡普办〔2025〕1号";
       admit(w, "office", first);
       return document(w);
     },
     set("docNo", "蔡普办〔2025〕1号")},
    {"WorkCalendarPublished", "calendar-year", "office", calendar, set("offDays", Json::array({"2026-01-01"}))},
    {"WorkCalendarPublished", "calendar-overlap", "office", calendar, set("workDays", Json::array({"2025-01-01"}))},
    {"PublicityNodeDeclared", "node-exists", "office",
     [](World& w) {
       admit(w, "office", node("1204"));
       return node("0315");
     },
     set("code", "1204")},
    {"PublicityNodeDeclared", "dates-reversed", "office", [](World&) { return node("0315"); }, set("end", "2025-03-14")},
    {"PublicityNodeDeclared", "node-year", "office", [](World&) { return node("0315"); }, set("year", 2024)},
    {"PublicityNodeDeclared", "node-without-units", "office", [](World&) { return node("0315"); }, set("units", Json::array())},
    {"DeadlineProfilePublished", "profile-exists", "office",
     [](World& w) {
       admit(w, "office", profile(2025));
       return profile(2026);
     },
     set("year", 2025)},
    {"DeadlineProfilePublished", "profile-invalid", "office", [](World&) { return profile(2025); }, set("complaintAnswerDays", 0)},
    {"AssessmentSchemePublished", "scheme-exists", "office",
     [](World& w) {
       admit(w, "office", scheme_draft(2025));
       return scheme_draft(2026);
     },
     [](World&, Json& d) { d["data"] = scheme_draft(2025)["data"]; }},
    {"AssessmentSchemePublished", "scheme-invalid", "office", [](World&) { return scheme_draft(2025); }, set("name", "另一个名称")},
    {"AssessmentSchemePublished", "scheme-after-cutoff", "office",
     [](World& w) {
       set_now(w, "2025-12-10T16:00:00Z");
       return scheme_draft(2026);
     },
     [](World&, Json& d) { d["data"] = scheme_draft(2025)["data"]; }},
    {"AssessmentSchemePublished", "dates-reversed", "office", [](World&) { return scheme_draft(2025); }, set("periodEnd", "2024-12-10")},
    {"JointMeetingHeld", "not-convened", "office", meeting, set("convened", Json::array({world::kOffice}))},
    {"CoordinationResolved", "coordination-already-resolved", "office",
     [](World& w) {
       const auto done = admit(w, "unit", request(w));
       admit(w, "office", resolution(done));
       Json twin = resolution(admit(w, "unit", request(w)));
       twin["spare"] = done;   // for the spoiled draft
       return twin;
     },
     [](World&, Json& d) { d["refs"]["request"] = d["spare"]; }},
    {"GuidanceGiven", "guidance-not-competent", "unit", unit_guidance, [](World&, Json& d) { d["unit"] = world::kCourt; }},
});

}  // namespace
}  // namespace reference_family
}  // namespace refusals
