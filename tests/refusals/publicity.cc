// Publicity work (events.md 2.4).
#include "tests/refusals/refusals.h"

namespace refusals {
namespace publicity_family {
namespace {

constexpr char kDay[] = "2025-01-03";
constexpr char kPolice[] = "11420114TA0000032J";
const Json kLaw = Json::array({{{"law", "民法典"}}});

Spoil about(const char* unit) {
  return [=](World&, Json& d) { d["unit"] = unit; };
}
Json own(const char* type, Json data, Json refs = nullptr) { return draft(type, kDay, std::move(data), std::move(refs), world::kCourt); }

Json training(World&) { return World::training(); }
Json exam(World&) { return own("ExamHeld", {{"paper", "学法用法考试"}, {"shouldSit", 10}, {"sat", 9}, {"passed", 8}, {"passMark", 60}, {"group", "all"}}); }
Json activity(World&) {
  return own("ActivityHeld", {{"title", "民法典讲座"}, {"kind", "lecture"}, {"mode", "daily"}, {"audience", {"public"}}, {"venueKind", "square"}, {"place", "文化广场"}, {"headcount", 100}, {"lawRefs", kLaw}});
}
Json interpretation(World&) {
  return own("CaseInterpretationPublished", {{"caseNo", "(2025)鄂0114民初1号"}, {"title", "买卖合同纠纷"}, {"field", "civil"}, {"interpreterRole", "judge"}, {"channelKind", "wechat"}, {"lawRefs", kLaw}});
}
Json judgment(World&) { return own("JudgmentDocumentPublished", {{"documentNo", "(2025)鄂0114民初1号"}, {"url", "https://wenshu.example/1"}, {"reasoned", true}}); }
Json media(World&) { return own("MediaContentReleased", {{"channelKind", "wechat"}, {"title", "一图读懂民法典"}, {"lawRefs", kLaw}, {"interactive", true}, {"interactions", 5}}); }
Json study(World&) { return own("StudySessionHeld", {{"topic", "宪法"}, {"chair", "p-aaaa0001"}, {"attendees", 9}, {"lawRefs", kLaw}, {"form", "centralGroup"}}); }
Json duty_report(World&) { return own("DutyReportDelivered", {{"occasion", "annualDuty"}, {"person", "p-aaaa0001"}, {"year", 2024}}); }
Json inquiry(World&) { return own("InquiryAnswered", {{"channel", "window"}, {"receivedOn", "2025-01-02"}, {"topic", "劳动合同"}}); }
Json work_report(int quarter = 1) { return own("WorkReportSubmitted", {{"year", 2025}, {"quarter", quarter}, {"summary", "一季度工作"}}); }
Json post(const char* outcome, const char* person = "p-aaaa0001") {
  return own("VillageLegalPostRecorded", {{"post", "legalAdviser"}, {"outcome", outcome}, {"village", "奓山村"}, {"person", person}});
}
// The end of an appointment; another unit's to spare.
Json ended_post(World& w) {
  Json other = post("appointed", "p-bbbb0002"), d = post("ended");
  other["unit"] = world::kOffice;
  d["refs"]["previous"] = admit(w, "unit", post("appointed"));
  d["spare"] = admit(w, "elsewhere", other);
  return d;
}
Json honour(const char* outcome, const char* key = "m-1") {
  return own("HonourConferred", {{"honour", "modelUnit"}, {"level", "district"}, {"outcome", outcome}, {"matterKey", key}, {"title", "典型单位"}, {"conferredBy", "区普法办"}});
}

// Lets the unit's key also act for a unit with enforcement power.
void add_police(World& w) {
  Json unit = w.unit_draft(kPolice, "区公安分局");
  unit["data"]["category"] = "enforcement", unit["data"]["hasEnforcementPower"] = true;
  admit(w, "registrar", std::vector<Json>{unit, w.role_draft("unit", "unit", kPolice)});
}
Json basis(World& w) {
  add_police(w);
  return draft("EnforcementBasisDeclared", kDay, {{"items", {{{"code", "A-1"}, {"name", "治安处罚"}, {"lawRefs", kLaw}}, {{"code", "A-2"}, {"name", "户籍办理"}, {"lawRefs", kLaw}}}}}, nullptr, kPolice);
}
Json disclosure(World& w) {
  const auto id = admit(w, "unit", basis(w));
  return draft("EnforcementBasisDisclosed", kDay, {{"codes", {"A-1"}}, {"basisUrl", "https://x.example/a"}, {"processUrl", "https://x.example/b"}, {"from", kDay}}, {{"declaration", id}}, kPolice);
}
Json evidence(World& w) {
  Json attachment{{"name", "p.jpg"}, {"mediaType", "image/jpeg"}, {"size", 4}, {"sha256", std::string(64, 'a')}};
  return own("EvidenceAttached", {{"attachments", {attachment}}}, {{"target", admit(w, "unit", training(w))}});
}

Json decide(const std::string& submission, const char* outcome, const char* number) {
  Json data{{"authority", "office"}, {"outcome", outcome}};
  if (std::string(outcome) == "accepted") data["filingNo"] = number;
  else data["reasons"] = {"内容不全"};
  return own("FilingDecided", data, {{"submission", submission}});
}

const Register kScenarios(std::vector<Scenario>{
    {"TrainingHeld", "unit", training},
    {"ExamHeld", "unit", exam},
    {"ActivityHeld", "unit", activity},
    {"CaseInterpretationPublished", "unit", interpretation},
    {"JudgmentDocumentPublished", "unit", judgment},
    {"MediaContentReleased", "unit", media},
    {"StudySessionHeld", "unit", study},
    {"DutyReportDelivered", "unit", duty_report},
    {"InquiryAnswered", "unit", inquiry},
    {"WorkReportSubmitted", "unit", [](World&) { return work_report(); }},
    {"VillageLegalPostRecorded", "unit", [](World&) { return post("appointed"); }},
    {"HonourConferred", "office", [](World&) { return honour("conferred"); }},
    {"EnforcementBasisDeclared", "unit", basis},
    {"EnforcementBasisDisclosed", "unit", disclosure},
    {"EvidenceAttached", "unit", evidence},
});

const Register kCases(std::vector<Case>{
    {"ExamHeld", "exam-counts", "unit", exam, set("sat", 7)},
    {"ActivityHeld", "dates-reversed", "unit", activity, set("end", "2025-01-02")},
    {"ActivityHeld", "co-unit-self", "unit", activity, set("coUnits", Json::array({world::kCourt}))},
    {"ActivityHeld", "node-not-assigned", "unit",
     [](World& w) {
       auto node = [&](const char* code, bool all) {
         return admit(w, "office", draft("PublicityNodeDeclared", kDay,
                                         {{"code", code}, {"year", 2025}, {"name", code}, {"kind", "day"}, {"start", "2025-03-15"}, {"end", "2025-03-15"},
                                          {"allUnits", all}, {"units", all ? Json::array() : Json::array({world::kOffice})}}));
       };
       Json d = activity(w);
       d["spare"] = node("0315", false);
       d["refs"]["node"] = node("1204", true);
       return d;
     },
     [](World&, Json& d) { d["refs"]["node"] = d["spare"]; }},
    {"ActivityHeld", "issue-not-assigned", "unit",
     [](World& w) {
       auto issue = [&](const char* unit) { return admit(w, "office", draft("HotIssueDeclared", kDay, {{"topic", "收费"}, {"origin", "media"}, {"units", {unit}}})); };
       Json d = activity(w);
       d["spare"] = issue(world::kOffice);
       d["refs"]["hotIssue"] = issue(world::kCourt);
       return d;
     },
     [](World&, Json& d) { d["refs"]["hotIssue"] = d["spare"]; }},
    {"JudgmentDocumentPublished", "not-judicial", "unit",
     [](World& w) {
       add_police(w);
       return judgment(w);
     },
     about(kPolice)},
    {"EnforcementBasisDeclared", "ref-other-unit", "unit",
     [](World& w) {
       Json d = basis(w);
       d["refs"]["replaces"] = admit(w, "unit", d);
       return d;
     },
     about(world::kCourt)},
    {"EnforcementBasisDeclared", "no-enforcement-power", "unit", basis, about(world::kCourt)},
    {"EnforcementBasisDeclared", "item-duplicate", "unit", basis, [](World&, Json& d) { d["data"]["items"][1]["code"] = "A-1"; }},
    {"EnforcementBasisDisclosed", "item-unknown", "unit", disclosure, set("codes", Json::array({"B-9"}))},
    {"EnforcementBasisDisclosed", "dates-reversed", "unit", disclosure, set("until", "2025-01-02")},
    {"MediaContentReleased", "on-behalf-self", "unit", media, set("onBehalfOf", world::kCourt)},
    {"MediaContentReleased", "interaction-shape", "unit", media, set("interactive", false)},
    {"InquiryAnswered", "dates-reversed", "unit", inquiry, set("receivedOn", "2025-01-04")},
    {"WorkReportSubmitted", "report-too-early", "unit", [](World&) { return work_report(); }, set("quarter", 2)},
    {"WorkReportSubmitted", "filing-pending", "unit",
     [](World& w) {
       set_now(w, "2025-04-02T00:00:00Z");
       admit(w, "unit", work_report(1));
       Json d = work_report(2);
       d["on"] = "2025-04-01";
       return d;
     },
     set("quarter", 1)},
    {"WorkReportSubmitted", "report-already-accepted", "unit",
     [](World& w) {
       set_now(w, "2025-04-02T00:00:00Z");
       admit(w, "office", decide(admit(w, "unit", work_report(1)), "accepted", "2025-001"));
       Json d = work_report(2);
       d["on"] = "2025-04-01";
       return d;
     },
     set("quarter", 1)},
    {"EvidenceAttached", "attachments-missing", "unit", evidence, [](World&, Json& d) { d["data"].erase("attachments"); }},
    {"VillageLegalPostRecorded", "ref-other-unit", "unit", ended_post, use_spare("previous")},
    {"VillageLegalPostRecorded", "on-before-reference", "unit", ended_post, [](World&, Json& d) { d["on"] = "2025-01-02"; }},
    {"VillageLegalPostRecorded", "post-not-held", "unit",
     [](World& w) {
       admit(w, "unit", post("appointed"));
       return post("ended");
     },
     set("person", "p-bbbb0002")},
    {"VillageLegalPostRecorded", "post-already-held", "unit",
     [](World& w) {
       admit(w, "unit", post("appointed"));
       return post("appointed", "p-bbbb0002");
     },
     set("person", "p-aaaa0001")},
    {"HonourConferred", "honour-shape", "office",
     [](World&) {
       Json d = honour("conferred");
       d["data"]["honour"] = "democraticVillage", d["data"]["village"] = "奓山村";
       return d;
     },
     [](World&, Json& d) { d["data"].erase("village"); }},
    {"HonourConferred", "honour-not-held", "office",
     [](World& w) {
       admit(w, "office", honour("conferred"));
       return honour("revoked");
     },
     set("matterKey", "m-2")},
    {"HonourConferred", "honour-already-held", "office",
     [](World& w) {
       admit(w, "office", honour("conferred"));
       return honour("conferred", "m-2");
     },
     set("matterKey", "m-1")},
});

}  // namespace
}  // namespace publicity_family
}  // namespace refusals
