// Supervision and evaluation (events.md 2.7).
#include "tests/refusals/refusals.h"

namespace refusals {
namespace supervision_family {
namespace {

constexpr char kDay[] = "2025-01-03";

// Surveyor and evaluator are roles of the reviewer's key here: one key may hold several.
void add_evaluators(World& w) {
  admit(w, "registrar", std::vector<Json>{w.role_draft("reviewer", "surveyor", "district"), w.role_draft("reviewer", "evaluator", "district")});
}

Json inspection(const char* kind = "routine", Json units = Json::array({world::kCourt})) {
  return draft("InspectionOpened", kDay, {{"kind", kind}, {"title", "一季度督查"}, {"units", units}});
}
Json finding(const std::string& id) {
  return draft("InspectionFindingRecorded", kDay, {{"severity", "minor"}, {"text", "台账不全"}}, {{"inspection", id}}, world::kCourt);
}
Json closing(const std::string& id) { return draft("InspectionClosed", kDay, {{"summary", "总体良好"}}, {{"inspection", id}}); }
Json scored_closing(const std::string& id) {
  Json d = closing(id);
  d["data"]["scores"] = Json::array({{{"unit", world::kCourt}, {"sum", 450}, {"n", 5}}});
  return d;
}

Json survey() {
  return draft("SurveyOpened", kDay, {{"year", 2025}, {"kind", "satisfaction"}, {"method", "online"}, {"frame", "服务对象"}, {"questions", {"是否满意"}}, {"units", {world::kCourt}}, {"plannedSample", 50}});
}
Json answer(const char* token) { return {{"token", token}, {"answer", "satisfied"}}; }
constexpr char kToken[] = "00112233445566778899aabbccddeeff", kOther[] = "00112233445566778899aabbccddee00";
Json responses(const std::string& id, const char* token = kToken) {
  return draft("SurveyResponsesRecorded", kDay, {{"rows", Json::array({answer(token)})}}, {{"survey", id}}, world::kCourt);
}
Json tally(const std::string& id, int satisfied) {
  return draft("SurveyClosed", kDay, {{"tallies", Json::array({{{"unit", world::kCourt}, {"verySatisfied", 0}, {"satisfied", satisfied}, {"fairlySatisfied", 0}, {"dissatisfied", 0}, {"invalid", 0}}})}}, {{"survey", id}});
}
std::string opened_survey(World& w) {
  add_evaluators(w);
  return admit(w, "reviewer", survey());
}

Json commission() {
  return draft("ThirdPartyCommissioned", kDay,
               {{"year", 2025}, {"evaluator", "第三方评估中心"}, {"evaluatorCode", "91350100M000100Y43"}, {"contractNo", "HT-1"}, {"scope", "全区"}, {"conflicts", {world::kOffice}}, {"conflictDeclared", true}});
}
Json report(World& w) {
  add_evaluators(w);
  return draft("ThirdPartyReportDelivered", kDay, {{"method", "实地暗访"}, {"scores", Json::array({{{"unit", world::kCourt}, {"score", 8765}}})}}, {{"commission", admit(w, "office", commission())}});
}
Json investigation(World&) { return draft("MediaInvestigationRecorded", kDay, {{"medium", "区融媒体中心"}, {"finding", "positive"}, {"text", "效果良好"}}, nullptr, world::kCourt); }
Json feedback(World& w) {
  return draft("EffectFeedbackSent", kDay, {{"text", "请改进"}}, {{"sources", Json::array({admit(w, "office", investigation(w))})}}, world::kCourt);
}

const Register kScenarios(std::vector<Scenario>{
    {"InspectionOpened", "office", [](World&) { return inspection(); }},
    {"InspectionFindingRecorded", "office", [](World& w) { return finding(admit(w, "office", inspection())); }},
    {"InspectionClosed", "office", [](World& w) { return closing(admit(w, "office", inspection())); }},
    {"SurveyOpened", "office", [](World&) { return survey(); }},
    {"SurveyResponsesRecorded", "reviewer", [](World& w) { return responses(opened_survey(w)); }},
    {"SurveyClosed", "reviewer", [](World& w) { return tally(opened_survey(w), 0); }},
    {"ThirdPartyCommissioned", "office", [](World&) { return commission(); }},
    {"ThirdPartyReportDelivered", "reviewer", report},
    {"MediaInvestigationRecorded", "office", investigation},
    {"EffectFeedbackSent", "office", feedback},
});

const Register kCases(std::vector<Case>{
    {"InspectionOpened", "sample-seed-missing", "office",
     [](World&) {
       Json d = inspection("spot", Json::array({world::kCourt, world::kOffice}));
       d["data"]["sampleSeed"] = std::string(64, 'a');
       return d;
     },
     [](World&, Json& d) { d["data"].erase("sampleSeed"); }},
    {"InspectionFindingRecorded", "unit-not-inspected", "office", [](World& w) { return finding(admit(w, "office", inspection())); },
     [](World&, Json& d) { d["unit"] = world::kOffice; }},
    {"InspectionFindingRecorded", "inspection-closed", "office",
     [](World& w) {
       const auto done = admit(w, "office", inspection());
       admit(w, "office", closing(done));
       Json d = finding(admit(w, "office", inspection()));
       d["spare"] = done;
       return d;
     },
     use_spare("inspection")},
    {"InspectionClosed", "inspection-closed", "office",
     [](World& w) {
       const auto done = admit(w, "office", inspection());
       admit(w, "office", closing(done));
       Json d = closing(admit(w, "office", inspection()));
       d["spare"] = done;
       return d;
     },
     use_spare("inspection")},
    {"InspectionClosed", "score-shape", "office", [](World& w) { return scored_closing(admit(w, "office", inspection("deputyVisit"))); },
     [](World&, Json& d) { d["data"]["scores"][0]["sum"] = 501; }},
    {"InspectionClosed", "unit-not-inspected", "office", [](World& w) { return scored_closing(admit(w, "office", inspection("deputyVisit"))); },
     [](World&, Json& d) { d["data"]["scores"][0]["unit"] = world::kOffice; }},
    {"SurveyResponsesRecorded", "unit-not-surveyed", "reviewer", [](World& w) { return responses(opened_survey(w)); },
     [](World&, Json& d) { d["unit"] = world::kOffice; }},
    {"SurveyResponsesRecorded", "survey-token-reused", "reviewer",
     [](World& w) {
       const auto id = opened_survey(w);
       admit(w, "reviewer", responses(id, kToken));
       return responses(id, kOther);
     },
     [](World&, Json& d) { d["data"]["rows"][0]["token"] = kToken; }},
    {"SurveyResponsesRecorded", "survey-closed", "reviewer",
     [](World& w) {
       const auto done = opened_survey(w);
       admit(w, "reviewer", tally(done, 0));
       Json d = responses(admit(w, "reviewer", survey()));
       d["spare"] = done;
       return d;
     },
     use_spare("survey")},
    {"SurveyClosed", "survey-closed", "reviewer",
     [](World& w) {
       const auto done = opened_survey(w);
       admit(w, "reviewer", tally(done, 0));
       Json d = tally(admit(w, "reviewer", survey()), 0);
       d["spare"] = done;
       return d;
     },
     use_spare("survey")},
    {"SurveyClosed", "tally-mismatch", "reviewer", [](World& w) { return tally(opened_survey(w), 0); },
     [](World&, Json& d) { d["data"]["tallies"][0]["satisfied"] = 1; }},
    {"ThirdPartyCommissioned", "conflict-not-declared", "office", [](World&) { return commission(); }, set("conflictDeclared", false)},
    {"ThirdPartyReportDelivered", "evaluator-conflict", "reviewer", report, [](World&, Json& d) { d["data"]["scores"][0]["unit"] = world::kOffice; }},
    {"ThirdPartyReportDelivered", "score-duplicate", "reviewer", report, [](World&, Json& d) { d["data"]["scores"].push_back(d["data"]["scores"][0]); }},
});

}  // namespace
}  // namespace supervision_family
}  // namespace refusals
