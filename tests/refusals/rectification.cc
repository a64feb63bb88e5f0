// Rectification within a time limit (events.md 2.9).
#include "tests/refusals/refusals.h"

namespace refusals {
namespace rectification_family {
namespace {

constexpr char kDay[] = "2025-01-03";
constexpr char kDue[] = "2025-02-10", kAfterDue[] = "2025-02-11";

// ---- what an order rests on

std::string finding(World& w, const char* unit = world::kCourt) {
  const auto inspection = admit(w, "office", draft("InspectionOpened", kDay, {{"kind", "routine"}, {"title", "一季度督查"}, {"units", {unit}}}));
  return admit(w, "office", draft("InspectionFindingRecorded", kDay, {{"severity", "major"}, {"text", "台账不全"}}, {{"inspection", inspection}}, unit));
}
std::string filed_complaint(World& w) {
  return admit(w, "desk", draft("ComplaintFiled", kDay,
                                {{"kind", "complaint"}, {"channel", "visit"}, {"filerClass", "served"}, {"anonymous", true}, {"subject", "普法"},
                                 {"text", "未开展宣传"}, {"receivedOn", kDay}}, nullptr, world::kCourt));
}
// Returns the answer; the complaint goes to `complaint`.
std::string answered_complaint(World& w, const char* finding, std::string* complaint = nullptr) {
  const auto id = filed_complaint(w);
  const auto on_it = [&](const char* type, Json data) { return draft(type, kDay, std::move(data), {{"complaint", id}}, world::kCourt); };
  admit(w, "office", on_it("ComplaintDisposed", {{"outcome", "accepted"}, {"noticeNo", "SL-1"}}));
  admit(w, "office", on_it("ComplaintAssigned", {{"answerDue", "2025-02-20"}, {"ground", "first"}}));
  if (complaint) *complaint = id;
  return admit(w, "head", on_it("ComplaintAnswered", {{"finding", finding}, {"text", "答复"}, {"deliveredOn", kDay}, {"remedyNotice", true}}));
}
std::string complaint_answered(World& w, const char* finding) {
  std::string id;
  answered_complaint(w, finding, &id);
  return id;
}
// A decision that a cancellation can carry out.
std::string review_decision(World& w) {
  publish_calendars(w);
  std::string id;
  const auto answer = answered_complaint(w, "notUpheld", &id);
  const auto request = admit(w, "desk", draft("ReviewRequested", kDay, {{"level", "review"}, {"grounds", "不服"}},
                                              {{"complaint", id}, {"answer", answer}}, world::kCourt));
  return admit(w, "reviewer", draft("ReviewDecided", kDay, {{"outcome", "maintained"}, {"reason", "答复适当"}},
                                    {{"complaint", id}, {"request", request}}, world::kCourt));
}

// ---- the course of an order

Json order(World& w, const char* number = "ZG-1", const char* unit = world::kCourt) {
  return draft("RectificationOrdered", kDay,
               {{"orderNo", number}, {"ground", "weakMeasures"}, {"requirements", {{{"no", 1}, {"text", "补齐台账"}}}}, {"due", kDue}},
               {{"finding", finding(w, unit)}}, unit);
}
Json order_on_complaint(World& w) {
  publish_calendars(w);
  Json d = order(w);
  d["data"]["ground"] = "upheldComplaint";
  d["refs"] = {{"complaint", complaint_answered(w, "upheld")}};
  return d;
}
std::string ordered(World& w, const char* number = "ZG-1") { return admit(w, "office", order(w, number)); }
Json submission(const std::string& order, const char* stage, const char* unit = world::kCourt) {
  Json data{{"stage", stage}};
  if (stage != std::string("acknowledgement")) data["measures"] = {{{"requirement", 1}, {"action", "已补齐"}}};
  return draft("RectificationSubmitted", kDay, std::move(data), {{"order", order}}, unit);
}
std::string report(World& w, const std::string& order) { return admit(w, "unit", submission(order, "report")); }
std::string reported(World& w, const char* number = "ZG-1") {
  const auto id = ordered(w, number);
  report(w, id);
  return id;
}
Json acceptance(const std::string& order, const char* unit = world::kCourt) {
  return draft("RectificationDecided", kDay, {{"outcome", "accepted"}}, {{"order", order}}, unit);
}
Json rejection(const std::string& order) {
  Json d = acceptance(order);
  d["data"] = {{"outcome", "rejected"}, {"newDue", kDue}, {"reason", "仍不全"}};
  return d;
}
std::string accepted(World& w) {
  const auto id = reported(w, "ZG-0");
  admit(w, "office", acceptance(id));
  return id;
}
Json variation(const std::string& order, const char* on, Json data) {
  data["reason"] = "情况变化";
  return draft("RectificationVaried", on, std::move(data), {{"order", order}}, world::kCourt);
}
Json extension(const std::string& order, const char* on = kDay) { return variation(order, on, {{"change", "extended"}, {"newDue", "2025-03-12"}}); }
Json escalation(World& w) {
  const auto id = ordered(w);
  set_now(w, "2025-03-03T00:00:00Z");
  return variation(id, kAfterDue, {{"change", "escalated"}, {"measure", "interview"}});
}
Json cancellation(World& w) {
  Json d = variation(ordered(w), kDay, {{"change", "cancelled"}});
  d["refs"]["decision"] = review_decision(w);
  return d;
}

// The office's own unit reports, under a key enrolled for it; returns the order.
std::string reported_by_office(World& w) {
  admit(w, "registrar", std::vector<Json>{w.key_draft("stranger", "区司法局", world::kOffice), w.role_draft("stranger", "unit", world::kOffice)});
  const auto id = admit(w, "reviewer", order(w, "ZG-0", world::kOffice));
  admit(w, "stranger", submission(id, "report", world::kOffice));
  return id;
}

Json with_spare(Json d, std::string spare) {
  d["spare"] = std::move(spare);
  return d;
}
Spoil on(const char* date) {
  return [=](World&, Json& d) { d["on"] = date; };
}
Spoil no_ref(const char* ref) {
  return [=](World&, Json& d) { d["refs"].erase(ref); };
}

const Register kScenarios(std::vector<Scenario>{
    {"RectificationOrdered", "office", [](World& w) { return order(w); }},
    {"RectificationSubmitted", "unit", [](World& w) { return submission(ordered(w), "plan"); }},
    {"RectificationDecided", "office", [](World& w) { return acceptance(reported(w)); }},
    {"RectificationVaried", "office", [](World& w) { return extension(ordered(w)); }},
});

const Register kOrders(std::vector<Case>{
    {"RectificationOrdered", "due-not-after-order", "office", [](World& w) { return order(w); }, set("due", kDay)},
    {"RectificationOrdered", "complaint-not-upheld", "office",
     [](World& w) {
       Json d = order_on_complaint(w);
       return with_spare(d, complaint_answered(w, "notUpheld"));
     },
     use_spare("complaint")},
    {"RectificationOrdered", "ground-without-basis", "office", [](World& w) { return order(w); }, no_ref("finding")},
    {"RectificationOrdered", "order-number-taken", "office",
     [](World& w) {
       ordered(w, "ZG-0");
       return order(w);
     },
     set("orderNo", "ZG-0")},
});

const Register kSubmissions(std::vector<Case>{
    {"RectificationSubmitted", "rectification-not-open", "unit",
     [](World& w) {
       const auto done = accepted(w);
       return with_spare(submission(ordered(w), "report"), done);
     },
     use_spare("order")},
    {"RectificationSubmitted", "already-acknowledged", "unit",
     [](World& w) {
       const auto done = ordered(w, "ZG-0");
       admit(w, "unit", submission(done, "acknowledgement"));
       return with_spare(submission(ordered(w), "acknowledgement"), done);
     },
     use_spare("order")},
    {"RectificationSubmitted", "requirement-unanswered", "unit", [](World& w) { return submission(ordered(w), "plan"); },
     [](World&, Json& d) { d["data"]["measures"][0]["requirement"] = 2; }},
    {"RectificationSubmitted", "report-pending", "unit",
     [](World& w) {
       const auto pending = reported(w, "ZG-0");
       return with_spare(submission(ordered(w), "report"), pending);
     },
     use_spare("order")},
});

const Register kDecisions(std::vector<Case>{
    {"RectificationDecided", "rectification-not-open", "office",
     [](World& w) {
       const auto done = accepted(w);
       return with_spare(acceptance(reported(w)), done);
     },
     use_spare("order")},
    {"RectificationDecided", "report-missing", "office",
     [](World& w) {
       const auto unreported = ordered(w, "ZG-0");
       return with_spare(acceptance(reported(w)), unreported);
     },
     use_spare("order")},
    {"RectificationDecided", "report-already-decided", "office",
     [](World& w) {
       const auto id = ordered(w);
       const auto first = report(w, id);
       admit(w, "office", rejection(id));
       Json d = acceptance(id);
       d["refs"]["report"] = report(w, id);
       return with_spare(d, first);
     },
     use_spare("report")},
    {"RectificationDecided", "outcome-shape", "office", [](World& w) { return rejection(reported(w)); }, drop("reason")},
    {"RectificationDecided", "self-decision", "office",
     [](World& w) {
       const auto own = reported_by_office(w);
       return with_spare(acceptance(reported(w)), own);
     },
     [](World&, Json& d) { d["refs"]["order"] = d["spare"], d["unit"] = world::kOffice; }},  // an order and its unit go together
});

const Register kVariations(std::vector<Case>{
    {"RectificationVaried", "rectification-not-open", "office",
     [](World& w) {
       const auto done = accepted(w);
       return with_spare(extension(ordered(w)), done);
     },
     use_spare("order")},
    {"RectificationVaried", "extension-after-due", "office",
     [](World& w) {
       const auto id = ordered(w);
       set_now(w, "2025-03-03T00:00:00Z");
       return extension(id, kDue);
     },
     on(kAfterDue)},
    {"RectificationVaried", "extension-too-long", "office", [](World& w) { return extension(ordered(w)); }, set("newDue", "2025-03-13")},
    {"RectificationVaried", "not-overdue", "office", escalation, on(kDue)},
    {"RectificationVaried", "decision-missing", "office", cancellation, no_ref("decision")},
});

}  // namespace
}  // namespace rectification_family
}  // namespace refusals
