// Lists, plans, filings and organisation (events.md 2.3), verification and correction (2.5).
#include "projections/assessment/scheme.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace organisation_family {
namespace {

constexpr char kDay[] = "2025-01-03";

Json own(const char* type, Json data, Json refs = nullptr) { return draft(type, kDay, std::move(data), std::move(refs), world::kCourt); }

Json district_list(const char* kind) {
  return draft("DistrictListIssued", kDay, {{"year", 2025}, {"kind", kind}, {"items", {{{"no", "1"}, {"content", "民法典宣传"}, {"units", {world::kCourt}}}, {{"no", "2"}, {"content", "宪法宣传"}, {"units", {world::kCourt}}}}}});
}
Json unit_list(int year = 2025) {
  Json item{{"no", "1"}, {"dept", "办公室"}, {"responsible", "p-aaaa0001"}, {"content", "宣传"}, {"steps", {{{"text", "一"}}}}, {"due", std::to_string(year) + "-06-30"}};
  Json second = item;
  second["no"] = "2";
  return own("UnitListSubmitted", {{"year", year}, {"items", {item, second}}});
}
Json learning_list(int year = 2025) { return own("LearningListSubmitted", {{"year", year}, {"items", {{{"no", "1"}, {"content", "宪法"}}, {{"no", "2"}, {"content", "民法典"}}}}}); }
Json plan(int year = 2025) { return own("AnnualPlanSubmitted", {{"year", year}, {"goals", {"目标"}}, {"tasks", {"任务"}}}); }

Json filing(const std::string& submission, const char* number = "2025-001") {
  return own("FilingDecided", {{"authority", "office"}, {"outcome", "accepted"}, {"filingNo", number}}, {{"submission", submission}});
}
// An accepted list.
std::string accepted_list(World& w) {
  const auto id = admit(w, "unit", unit_list());
  admit(w, "office", filing(id));
  return id;
}
Json amendment(const std::string& list, const char* no = "1") {
  return own("ListItemAmendmentRequested", {{"itemNo", no}, {"change", "defer"}, {"newDue", "2025-07-31"}, {"reason", "场地"}}, {{"list", list}});
}
Json amendment_decision(const std::string& request) { return own("ListItemAmendmentDecided", {{"outcome", "approved"}}, {{"request", request}}); }
Json completion(World& w, const std::string& list, const char* no = "1") {
  return own("ListItemCompleted", {{"itemNo", no}, {"summary", "办结"}}, {{"list", list}, {"works", {admit(w, "unit", World::training())}}});
}
Json verified(const std::string& target) { return own("RecordVerified", {{"finding", "ok"}, {"method", "documents"}}, {{"targets", {target}}}); }
Json correction(const std::string& target) { return own("RecordCorrected", {{"changes", {{"minutes", 90}}}, {"reason", "笔误"}}, {{"target", target}}); }
Json annulment(const std::string& target) { return own("RecordAnnulled", {{"reason", "重复"}}, {{"target", target}}); }
Json budget(World&) { return own("BudgetAllocated", {{"year", 2025}, {"amount", 100}, {"source", "fiscal"}}); }
Json system(World&) { return own("SystemEstablished", {{"kind", "studyExam"}, {"title", "学法制度"}}); }
Json integration(World&) { return own("IntegrationRecorded", {{"system", "ownBusiness"}, {"sameDeployed", true}, {"sameInspected", true}, {"sameAssessed", true}}); }
std::string trained(World& w) { return admit(w, "unit", World::training()); }

// ---- matters of the office's own unit, for which the unit's key acts too

Json about_office(Json d) {
  d["unit"] = world::kOffice;
  return d;
}
void add_office_filer(World& w) { admit(w, "registrar", w.role_draft("unit", "unit", world::kOffice)); }
// The spare's reference and its unit go together.
Spoil use_office_spare(const char* ref) {
  return [=](World&, Json& d) { d["refs"][ref] = d["spare"], d["unit"] = world::kOffice; };
}
std::string office_request(World& w) {
  add_office_filer(w);
  const auto list = admit(w, "unit", about_office(unit_list()));
  admit(w, "reviewer", about_office(filing(list, "2025-009")));
  return admit(w, "unit", about_office(amendment(list)));
}

// The superior of the court decides its plan; a list is to spare.
Json superior_filing(World& w) {
  admit(w, "registrar", std::vector<Json>{w.key_draft("stranger", "市中级法院"), w.role_draft("stranger", "superior", world::kCourt)});
  Json d = filing(admit(w, "unit", plan()));
  d["data"]["authority"] = "superior", d["spare"] = admit(w, "unit", unit_list());
  return d;
}

// ---- records that their unit cannot change

// A record of the year whose cutoff is past is to spare.
std::function<Json(World&)> after_cutoff(Json (*change)(const std::string&)) {
  return [=](World& w) {
    admit(w, "office", scheme_draft(2025));
    const auto settled = trained(w);
    set_now(w, "2025-12-12T00:00:00Z");
    Json d = change(admit(w, "unit", World::training("宪法学习", "2025-12-11")));
    d["on"] = "2025-12-12", d["spare"] = settled;
    return d;
  };
}
Json retitling(const std::string& target) { return own("RecordCorrected", {{"changes", {{"title", "另一标题"}}}, {"reason", "笔误"}}, {{"target", target}}); }
// A record about the unit that the office made is to spare.
std::function<Json(World&)> beside_office_record(Json (*change)(const std::string&)) {
  return [=](World& w) {
    Json d = change(trained(w));
    d["spare"] = admit(w, "office", own("HonourConferred", {{"honour", "modelUnit"}, {"level", "district"}, {"outcome", "conferred"}, {"matterKey", "m-1"},
                                                            {"title", "典型单位"}, {"conferredBy", "区普法办"}}));
    return d;
  };
}

const Register kScenarios(std::vector<Scenario>{
    {"DistrictListIssued", "office", [](World&) { return district_list("responsibility"); }},
    {"UnitListSubmitted", "unit", [](World&) { return unit_list(); }},
    {"LearningListSubmitted", "unit", [](World&) { return learning_list(); }},
    {"AnnualPlanSubmitted", "unit", [](World&) { return plan(); }},
    {"FilingDecided", "office", [](World& w) { return filing(admit(w, "unit", unit_list())); }},
    {"ListItemAmendmentRequested", "unit", [](World& w) { return amendment(accepted_list(w)); }},
    {"ListItemAmendmentDecided", "office", [](World& w) { return amendment_decision(admit(w, "unit", amendment(accepted_list(w)))); }},
    {"ListItemCompleted", "unit", [](World& w) { return completion(w, accepted_list(w)); }},
    {"BudgetAllocated", "unit", budget},
    {"SystemEstablished", "unit", system},
    {"IntegrationRecorded", "unit", integration},
    {"RecordVerified", "office", [](World& w) { return verified(trained(w)); }},
    {"RecordCorrected", "head", [](World& w) { return correction(trained(w)); }},
    {"RecordAnnulled", "head", [](World& w) { return annulment(trained(w)); }},
});

// A draft about a second list item or record, while "spare" or the first is in the state refused.
const Register kCases(std::vector<Case>{
    {"DistrictListIssued", "item-duplicate", "office", [](World&) { return district_list("project"); }, [](World&, Json& d) { d["data"]["items"][1]["no"] = "1"; }},
    {"DistrictListIssued", "list-exists", "office",
     [](World& w) {
       admit(w, "office", district_list("responsibility"));
       return district_list("project");
     },
     set("kind", "responsibility")},
    {"UnitListSubmitted", "item-duplicate", "unit", [](World&) { return unit_list(); }, [](World&, Json& d) { d["data"]["items"][1]["no"] = "1"; }},
    {"UnitListSubmitted", "due-outside-year", "unit", [](World&) { return unit_list(); }, [](World&, Json& d) { d["data"]["items"][0]["due"] = "2026-03-01"; }},
    {"UnitListSubmitted", "district-item-unknown", "unit",
     [](World& w) {
       Json d = unit_list();
       d["refs"]["basedOn"] = admit(w, "office", district_list("responsibility"));
       d["data"]["items"][0]["districtItem"] = "1";
       return d;
     },
     [](World&, Json& d) { d["data"]["items"][0]["districtItem"] = "9"; }},
    {"UnitListSubmitted", "filing-pending", "unit",
     [](World& w) {
       admit(w, "unit", unit_list());
       return unit_list(2024);
     },
     [](World&, Json& d) { d["data"] = unit_list()["data"]; }},
    {"UnitListSubmitted", "list-already-accepted", "unit",
     [](World& w) {
       accepted_list(w);
       return unit_list(2024);
     },
     [](World&, Json& d) { d["data"] = unit_list()["data"]; }},
    {"LearningListSubmitted", "item-duplicate", "unit", [](World&) { return learning_list(); }, [](World&, Json& d) { d["data"]["items"][1]["no"] = "1"; }},
    {"LearningListSubmitted", "due-outside-year", "unit",
     [](World&) {
       Json d = learning_list();
       d["data"]["items"][0]["due"] = "2025-06-30";
       return d;
     },
     [](World&, Json& d) { d["data"]["items"][0]["due"] = "2026-03-01"; }},
    {"LearningListSubmitted", "filing-pending", "unit",
     [](World& w) {
       admit(w, "unit", learning_list());
       return learning_list(2024);
     },
     set("year", 2025)},
    {"LearningListSubmitted", "list-already-accepted", "unit",
     [](World& w) {
       admit(w, "office", filing(admit(w, "unit", learning_list())));
       return learning_list(2024);
     },
     set("year", 2025)},
    {"AnnualPlanSubmitted", "filing-pending", "unit",
     [](World& w) {
       admit(w, "unit", plan());
       return plan(2024);
     },
     set("year", 2025)},
    {"AnnualPlanSubmitted", "plan-already-accepted", "unit",
     [](World& w) {
       admit(w, "office", filing(admit(w, "unit", plan())));
       return plan(2024);
     },
     set("year", 2025)},
    {"FilingDecided", "outcome-shape", "office", [](World& w) { return filing(admit(w, "unit", unit_list())); }, drop("filingNo")},
    {"FilingDecided", "filing-already-decided", "office",
     [](World& w) {
       const auto done = accepted_list(w);
       Json d = filing(admit(w, "unit", plan()), "2025-002");
       d["spare"] = done;
       return d;
     },
     use_spare("submission")},
    {"FilingDecided", "filing-number-taken", "office",
     [](World& w) {
       accepted_list(w);
       return filing(admit(w, "unit", plan()), "2025-002");
     },
     set("filingNo", "2025-001")},
    {"ListItemAmendmentRequested", "list-not-accepted", "unit",
     [](World& w) {
       Json d = amendment(accepted_list(w));
       d["spare"] = admit(w, "unit", unit_list(2024));
       return d;
     },
     use_spare("list")},
    {"ListItemAmendmentRequested", "item-unknown", "unit", [](World& w) { return amendment(accepted_list(w)); }, set("itemNo", "9")},
    {"ListItemAmendmentRequested", "amendment-shape", "unit", [](World& w) { return amendment(accepted_list(w)); }, drop("newDue")},
    {"ListItemAmendmentRequested", "amendment-pending", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       admit(w, "unit", amendment(list));
       return amendment(list, "2");
     },
     set("itemNo", "1")},
    {"ListItemAmendmentRequested", "item-cancelled", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       Json cancel = amendment(list);
       cancel["data"] = {{"itemNo", "1"}, {"change", "cancel"}, {"reason", "取消"}};
       admit(w, "office", amendment_decision(admit(w, "unit", cancel)));
       return amendment(list, "2");
     },
     set("itemNo", "1")},
    {"ListItemAmendmentRequested", "item-closed", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       admit(w, "office", verified(admit(w, "unit", completion(w, list))));
       return amendment(list, "2");
     },
     set("itemNo", "1")},
    {"ListItemAmendmentRequested", "amendment-after-due", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       set_now(w, "2025-07-02T00:00:00Z");
       Json d = amendment(list);
       d["on"] = "2025-06-30";
       return d;
     },
     [](World&, Json& d) { d["on"] = "2025-07-01"; }},
    {"ListItemAmendmentDecided", "amendment-already-decided", "office",
     [](World& w) {
       const auto list = accepted_list(w);
       const auto done = admit(w, "unit", amendment(list));
       admit(w, "office", amendment_decision(done));
       Json d = amendment_decision(admit(w, "unit", amendment(list, "2")));
       d["spare"] = done;
       return d;
     },
     use_spare("request")},
    {"ListItemAmendmentDecided", "outcome-shape", "office",
     [](World& w) { return amendment_decision(admit(w, "unit", amendment(accepted_list(w)))); }, set("outcome", "refused")},
    {"ListItemCompleted", "list-not-accepted", "unit",
     [](World& w) {
       Json d = completion(w, accepted_list(w));
       d["spare"] = admit(w, "unit", unit_list(2024));
       return d;
     },
     use_spare("list")},
    {"ListItemCompleted", "item-unknown", "unit", [](World& w) { return completion(w, accepted_list(w)); }, set("itemNo", "9")},
    {"ListItemCompleted", "completion-pending", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       admit(w, "unit", completion(w, list));
       return completion(w, list, "2");
     },
     set("itemNo", "1")},
    {"ListItemCompleted", "item-closed", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       admit(w, "office", verified(admit(w, "unit", completion(w, list))));
       return completion(w, list, "2");
     },
     set("itemNo", "1")},
    {"ListItemCompleted", "item-cancelled", "unit",
     [](World& w) {
       const auto list = accepted_list(w);
       Json cancel = amendment(list);
       cancel["data"] = {{"itemNo", "1"}, {"change", "cancel"}, {"reason", "取消"}};
       admit(w, "office", amendment_decision(admit(w, "unit", cancel)));
       return completion(w, list, "2");
     },
     set("itemNo", "1")},
    {"BudgetAllocated", "amount-zero", "unit", budget, set("amount", 0)},
    {"IntegrationRecorded", "integration-shape", "unit", integration, drop("sameInspected")},
    {"RecordVerified", "reason-missing", "office",
     [](World& w) {
       Json d = verified(trained(w));
       d["data"]["finding"] = "inflated", d["data"]["reason"] = "人数不符";
       return d;
     },
     drop("reason")},
    {"RecordVerified", "original-missing", "office",
     [](World& w) {
       const auto first = trained(w);
       Json d = verified(trained(w));
       d["data"]["finding"] = "duplicate", d["data"]["reason"] = "同一培训", d["refs"]["original"] = first;
       return d;
     },
     [](World&, Json& d) { d["refs"].erase("original"); }},
    {"RecordCorrected", "not-correctable", "head",
     [](World& w) {
       Json d = correction(trained(w));
       d["spare"] = admit(w, "unit", unit_list());
       return d;
     },
     use_spare("target")},
    {"RecordCorrected", "target-annulled", "head",
     [](World& w) {
       const auto gone = trained(w);
       admit(w, "head", annulment(gone));
       Json d = correction(trained(w));
       d["spare"] = gone;
       return d;
     },
     use_spare("target")},
    {"RecordCorrected", "forged-not-correctable", "head",
     [](World& w) {
       const auto forged = trained(w);
       Json finding = verified(forged);
       finding["data"]["finding"] = "forged", finding["data"]["reason"] = "照片系伪造";
       admit(w, "office", finding);
       Json d = correction(trained(w));
       d["spare"] = forged;
       return d;
     },
     use_spare("target")},
    {"RecordAnnulled", "annulled-twice", "head",
     [](World& w) {
       const auto gone = trained(w);
       admit(w, "head", annulment(gone));
       Json d = annulment(trained(w));
       d["spare"] = gone;
       return d;
     },
     use_spare("target")},
    {"RecordAnnulled", "not-correctable", "head",
     [](World& w) {
       Json d = annulment(trained(w));
       d["spare"] = admit(w, "unit", unit_list());
       return d;
     },
     use_spare("target")},
    {"RecordAnnulled", "forged-not-correctable", "head",
     [](World& w) {
       const auto forged = trained(w);
       Json finding = verified(forged);
       finding["data"]["finding"] = "forged", finding["data"]["reason"] = "照片系伪造";
       admit(w, "office", finding);
       Json d = annulment(trained(w));
       d["spare"] = forged;
       return d;
     },
     use_spare("target")},
});

const Register kCompetence(std::vector<Case>{
    {"FilingDecided", "authority-not-competent", "stranger", superior_filing, use_spare("submission")},
    {"FilingDecided", "self-decision", "office",
     [](World& w) {
       add_office_filer(w);
       Json d = filing(admit(w, "unit", unit_list()));
       d["spare"] = admit(w, "unit", about_office(unit_list()));
       return d;
     },
     use_office_spare("submission")},
    {"ListItemAmendmentDecided", "self-decision", "office",
     [](World& w) {
       Json d = amendment_decision(admit(w, "unit", amendment(accepted_list(w))));
       d["spare"] = office_request(w);
       return d;
     },
     use_office_spare("request")},
    {"RecordVerified", "self-verification", "office",
     [](World& w) {
       add_office_filer(w);
       Json d = verified(trained(w));
       d["spare"] = Json::array({admit(w, "unit", about_office(World::training()))});
       return d;
     },
     use_office_spare("targets")},
    {"RecordCorrected", "after-cutoff", "head", after_cutoff(correction), use_spare("target")},
    {"RecordCorrected", "not-your-record", "head", beside_office_record(retitling), use_spare("target")},
    {"RecordAnnulled", "after-cutoff", "head", after_cutoff(annulment), use_spare("target")},
    {"RecordAnnulled", "not-your-record", "head", beside_office_record(annulment), use_spare("target")},
});

}  // namespace
}  // namespace organisation_family
}  // namespace refusals
