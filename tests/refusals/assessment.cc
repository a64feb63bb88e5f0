// The yearly assessment (events.md 2.10). Results are those that the assessment gives at their head.
#include "tests/refusals/assessment.h"

#include "projections/assessment/scheme.h"
#include "tools/cli/results.h"

namespace refusals {
namespace assessment_family {
namespace {

constexpr char kDay[] = "2025-01-03";
// The course of 2025: the objections to the preliminary result are open until kWindowEnd.
constexpr char kPublished[] = "2025-12-12", kWindowEnd[] = "2025-12-19", kFinal[] = "2025-12-22", kAfter[] = "2025-12-24";

Json with_spare(Json d, Json spare) {
  d["spare"] = std::move(spare);
  return d;
}
Spoil on(const char* date) {
  return [=](World&, Json& d) { d["on"] = date; };
}
// Spare is {"year", "scheme"}: a year and its scheme go together.
void use_spare_year(World&, Json& d) { d["data"]["year"] = d["spare"]["year"], d["refs"]["scheme"] = d["spare"]["scheme"]; }

void go_to(World& w, const char* day) { set_now(w, (day + std::string("T00:00:00Z")).c_str()); }

void publish_calendar(World& w, int year) {
  admit(w, "office", draft("WorkCalendarPublished", kDay, {{"year", year}, {"offDays", Json::array()}, {"workDays", Json::array()}, {"source", "国务院办公厅通知"}}));
}
std::string publish_scheme(World& w, int year, Json refs = nullptr) {
  return admit(w, "office", scheme_draft(year, std::move(refs)));
}
std::string begin(World& w) {
  publish_calendars(w);
  return publish_scheme(w, 2025);
}
// Returns the scheme that no longer stands.
std::string begin_with_superseded(World& w) {
  const auto old = begin(w);
  publish_scheme(w, 2025, {{"supersedes", old}});
  return old;
}

// ---- results

// Admitted on the day it is of; the head is closed with an index.
Json result(World& w, const char* stage, const char* day, int year = 2025) {
  go_to(w, day);
  auto made = tools::result_draft(*w.log, {year, stage, *ledger::parse_date(day), w.now});
  if (!made) FAIL("no result: " << made.error().code << " " << made.error().message);
  return *made;
}
std::string publish(World& w, const char* stage, const char* day, int year = 2025) { return admit(w, "office", result(w, stage, day, year)); }
Json first_result(World& w) {
  begin(w);
  return result(w, "preliminary", kPublished);
}
std::string preliminary(World& w) { return admit(w, "office", first_result(w)); }
Json second_preliminary(World& w) {
  preliminary(w);
  return result(w, "preliminary", kFinal);
}
std::string final_result(World& w) {
  preliminary(w);
  return publish(w, "final", kFinal);
}
Json confirmation(const std::string& id) { return draft("FinalResultConfirmed", kFinal, {{"year", 2025}}, {{"result", id}}); }
std::string confirmed(World& w) {
  const auto id = final_result(w);
  admit(w, "reviewer", confirmation(id));
  return id;
}
Json veto(const char* code = "v1") {
  return draft("VetoDecided", kDay, {{"year", 2025}, {"code", code}, {"outcome", "applied"}, {"reason", "弄虚作假"}}, nullptr, world::kCourt);
}
Json superseding(World& w) {
  admit(w, "office", veto());
  return result(w, "superseding", kFinal);
}

// ---- objections

Json objection(const std::string& result, const char* day, const char* indicator = "A1") {
  return draft("ObjectionFiled", day, {{"year", 2025}, {"indicator", indicator}, {"claimed", 300}, {"grounds", "清单已按期报送"}},
               {{"result", result}}, world::kCourt);
}
std::string objected(World& w, const std::string& result, const char* indicator = "A1", const char* day = kPublished) {
  return admit(w, "head", objection(result, day, indicator));
}
Json decision(const std::string& objection, const char* level = "first", const char* day = kPublished) {
  return draft("ObjectionDecided", day, {{"year", 2025}, {"level", level}, {"outcome", "dismissed"}, {"reason", "逾期报送"}},
               {{"objection", objection}}, world::kCourt);
}
Json first_decision(World& w) { return decision(objected(w, preliminary(w))); }
Json adjustments(const char* indicator) { return Json::array({{{"indicator", indicator}, {"from", 0}, {"to", 300}}}); }
Json upholding(World& w) {
  Json d = first_decision(w);
  d["data"]["outcome"] = "upheld", d["data"]["adjustments"] = adjustments("A1");
  return d;
}
// The office's own unit objects, under a key enrolled for its head.
std::string objected_by_office(World& w, const std::string& result) {
  admit(w, "registrar", std::vector<Json>{w.key_draft("stranger", "区司法局", world::kOffice), w.role_draft("stranger", "unitHead", world::kOffice)});
  Json d = objection(result, kPublished);
  d["unit"] = world::kOffice;
  return admit(w, "stranger", d);
}

// ---- other drafts of the family

Json self_assessment(const std::string& scheme, int year = 2025) {
  return draft("SelfAssessmentSubmitted", kDay, {{"year", year}, {"scores", {{{"indicator", "A1"}, {"points", 300}}}}}, {{"scheme", scheme}}, world::kCourt);
}
Json points(World& w) {
  return draft("PointsDecided", kDay, {{"year", 2025}, {"kind", "bonus"}, {"points", 100}, {"matterKey", "m-2"}, {"reason", "创新做法"}},
               {{"basis", {admit(w, "unit", World::training())}}}, world::kCourt);
}

const Register kScenarios(std::vector<Scenario>{
    {"SelfAssessmentSubmitted", "unit", [](World& w) { return self_assessment(begin(w)); }},
    {"ResultPublished", "office", first_result},
    {"FinalResultConfirmed", "reviewer", [](World& w) { return confirmation(final_result(w)); }},
    {"ObjectionFiled", "head", [](World& w) { return objection(preliminary(w), kPublished); }},
    {"ObjectionDecided", "office", first_decision},
    {"VetoDecided", "office", [](World&) { return veto(); }},
    {"PointsDecided", "office", points},
});

const Register kSelfAssessments(std::vector<Case>{
    {"SelfAssessmentSubmitted", "scheme-not-standing", "unit",
     [](World& w) {
       const auto old = publish_scheme(w, 2025);
       return with_spare(self_assessment(publish_scheme(w, 2025, {{"supersedes", old}})), old);
     },
     use_spare("scheme")},
    {"SelfAssessmentSubmitted", "indicator-unknown", "unit", [](World& w) { return self_assessment(begin(w)); },
     [](World&, Json& d) { d["data"]["scores"][0]["indicator"] = "Z9"; }},
    {"SelfAssessmentSubmitted", "out-of-range", "unit", [](World& w) { return self_assessment(begin(w)); },
     [](World&, Json& d) { d["data"]["scores"][0]["points"] = 301; }},
    {"SelfAssessmentSubmitted", "assessment-state", "unit",
     [](World& w) {
       const auto next = publish_scheme(w, 2026), scheme = begin(w);
       publish(w, "preliminary", kPublished);
       return with_spare(self_assessment(next, 2026), {{"year", 2025}, {"scheme", scheme}});
     },
     use_spare_year},
});

const Register kResults(std::vector<Case>{
    {"ResultPublished", "scheme-not-standing", "office",
     [](World& w) {
       const auto old = begin_with_superseded(w);
       return with_spare(result(w, "preliminary", kPublished), old);
     },
     use_spare("scheme")},
    {"ResultPublished", "head-unknown", "office", first_result, set("headRoot", std::string(64, 'a'))},
    {"ResultPublished", "before-cutoff", "office",
     [](World& w) {
       const auto next = publish_scheme(w, 2026);
       return with_spare(first_result(w), {{"year", 2026}, {"scheme", next}});
     },
     use_spare_year},
    {"ResultPublished", "result-exists", "office", second_preliminary, [](World&, Json& d) { d["refs"].erase("replaces"); }},
    {"ResultPublished", "no-preliminary", "office", first_result, set("stage", "final")},
    {"ResultPublished", "objection-window-open", "office",
     [](World& w) {
       preliminary(w);
       return result(w, "final", kFinal);
     },
     on(kWindowEnd)},
    {"ResultPublished", "objection-open", "office",
     [](World& w) {
       objected(w, preliminary(w));
       return result(w, "preliminary", kFinal);
     },
     set("stage", "final")},
    {"ResultPublished", "nothing-to-supersede", "office", first_result, set("stage", "superseding")},
    {"ResultPublished", "index-missing", "office",
     [](World& w) {
       begin(w);
       const Json unindexed{{"headSize", w.log->size()}, {"headRoot", ledger::hex(w.log->root().view())}};
       return with_spare(result(w, "preliminary", kPublished), unindexed);
     },
     [](World&, Json& d) { d["data"].update(d["spare"]); }},  // a head is a size and its root
    {"ResultPublished", "result-differs", "office", first_result,
     [](World&, Json& d) { d["data"]["rows"][0]["total"] = d["data"]["rows"][0]["total"].get<int>() + 1; }},
    {"ResultPublished", "assessment-state", "office",
     [](World& w) {
       confirmed(w);
       return superseding(w);
     },
     set("stage", "final")},
    {"ResultPublished", "calendar-missing", "office",
     [](World& w) {
       publish_calendar(w, 2024), publish_calendar(w, 2025);
       publish_scheme(w, 2025);
       publish(w, "preliminary", "2025-12-29");   // its window ends in 2026
       return result(w, "preliminary", "2025-12-30");
     },
     set("stage", "final")},
});

const Register kConfirmations(std::vector<Case>{
    {"FinalResultConfirmed", "result-not-final", "reviewer",
     [](World& w) {
       const auto first = preliminary(w);
       return with_spare(confirmation(publish(w, "final", kFinal)), first);
     },
     use_spare("result")},
    {"FinalResultConfirmed", "result-already-confirmed", "reviewer",
     [](World& w) {
       const auto done = confirmed(w);
       return with_spare(confirmation(admit(w, "office", superseding(w))), done);
     },
     use_spare("result")},
    {"FinalResultConfirmed", "result-replaced", "reviewer",
     [](World& w) {
       const auto old = final_result(w);
       return with_spare(confirmation(publish(w, "final", kFinal)), old);
     },
     use_spare("result")},
});

const Register kObjections(std::vector<Case>{
    {"ObjectionFiled", "objection-window-closed", "head",
     [](World& w) {
       const auto id = preliminary(w);
       go_to(w, kFinal);
       return objection(id, kWindowEnd);
     },
     on(kFinal)},
    {"ObjectionFiled", "indicator-unknown", "head", [](World& w) { return objection(preliminary(w), kPublished); }, set("indicator", "Z9")},
    {"ObjectionFiled", "objection-duplicate", "head",
     [](World& w) {
       const auto id = preliminary(w);
       objected(w, id, "A2");
       return objection(id, kPublished);
     },
     set("indicator", "A2")},
    {"ObjectionFiled", "assessment-state", "head", [](World& w) { return objection(preliminary(w), kPublished); }, set("year", 2026)},
    {"ObjectionFiled", "calendar-missing", "head",
     [](World& w) {
       publish_scheme(w, 2026);
       begin(w);
       const auto id = publish(w, "preliminary", "2026-12-24");   // its window ends on the year's last day
       const auto later = publish(w, "preliminary", "2026-12-29", 2026);
       return with_spare(objection(id, "2026-12-29"), later);
     },
     use_spare("result")},
});

const Register kDecisions(std::vector<Case>{
    {"ObjectionDecided", "outcome-shape", "office", first_decision, set("adjustments", adjustments("A1"))},
    {"ObjectionDecided", "year-mismatch", "office", first_decision, set("year", 2026)},
    {"ObjectionDecided", "objection-already-decided", "office",
     [](World& w) {
       const auto id = preliminary(w), done = objected(w, id, "A2");
       admit(w, "office", decision(done));
       return with_spare(decision(objected(w, id)), done);
     },
     use_spare("objection")},
    {"ObjectionDecided", "indicator-unknown", "office", upholding, set("adjustments", adjustments("Z9"))},
    {"ObjectionDecided", "review-before-first", "reviewer", first_decision, set("level", "review")},
    {"ObjectionDecided", "self-decision", "office",
     [](World& w) {
       const auto id = preliminary(w), own = objected_by_office(w, id);
       return with_spare(decision(objected(w, id)), own);
     },
     [](World&, Json& d) { d["refs"]["objection"] = d["spare"], d["unit"] = world::kOffice; }},  // an objection and its unit go together
    {"ObjectionDecided", "assessment-state", "reviewer",
     [](World& w) {
       const auto id = confirmed(w);
       go_to(w, kAfter);
       return decision(objected(w, id, "A1", kAfter), "review", kAfter);
     },
     set("level", "first")},
    {"ObjectionDecided", "role-missing", "office", first_decision, set("level", "review")},
});

const Register kOthers(std::vector<Case>{
    {"VetoDecided", "veto-exists", "office",
     [](World& w) {
       admit(w, "office", veto("v2"));
       return veto();
     },
     set("code", "v2")},
    {"VetoDecided", "role-missing", "office", [](World&) { return veto(); }, set("code", "v4")},
    {"VetoDecided", "role-missing", "office", [](World&) { return veto(); }, set("outcome", "lifted")},
    {"PointsDecided", "points-already-derived", "office",
     [](World& w) {
       const Json verified = draft("RecordVerified", kDay, {{"finding", "ok"}, {"method", "documents"}},
                                   {{"targets", {admit(w, "unit", World::training())}}}, world::kCourt);
       return with_spare(points(w), Json::array({admit(w, "office", verified)}));
     },
     use_spare("basis")},
    {"PointsDecided", "points-duplicate", "office",
     [](World& w) {
       Json first = points(w);
       first["data"]["matterKey"] = "m-1";
       admit(w, "office", first);
       return points(w);
     },
     set("matterKey", "m-1")},
});

}  // namespace
}  // namespace assessment_family

Results confirm_results(World& w) {
  using namespace assessment_family;
  Results r;
  r.preliminary = preliminary(w), r.confirmed = publish(w, "final", kFinal);
  admit(w, "reviewer", confirmation(r.confirmed));
  return r;
}

}  // namespace refusals
