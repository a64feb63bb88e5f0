// Publicity work (events.md 2.4).
#include "tests/refusals/refusals.h"

namespace refusals {
namespace {

const Json kLaw = Json::array({{{"law", "民法典"}}});

Json training(World&) { return World::training(); }

Json exam(World&) {
  return draft("ExamHeld", "2025-01-03", {{"paper", "学法用法考试"}, {"shouldSit", 10}, {"sat", 9}, {"passed", 8}, {"passMark", 60}, {"group", "all"}}, nullptr, world::kCourt);
}

Json activity(World&) {
  return draft("ActivityHeld", "2025-01-03",
               {{"title", "民法典讲座"}, {"kind", "lecture"}, {"mode", "daily"}, {"audience", {"public"}}, {"venueKind", "square"}, {"place", "文化广场"}, {"headcount", 100}, {"lawRefs", kLaw}},
               nullptr, world::kCourt);
}

const Register kScenarios(std::vector<Scenario>{
    {"TrainingHeld", "unit", training},
    {"ExamHeld", "unit", exam},
    {"ActivityHeld", "unit", activity},
});

const Register kCases(std::vector<Case>{
    {"ExamHeld", "exam-counts", "unit", exam, [](World&, Json& d) { d["data"]["sat"] = 7; }},
    {"ActivityHeld", "dates-reversed", "unit", activity, [](World&, Json& d) { d["data"]["end"] = "2025-01-02"; }},
    {"ActivityHeld", "co-unit-self", "unit", activity, [](World&, Json& d) { d["data"]["coUnits"] = {world::kCourt}; }},
    {"ActivityHeld", "node-not-assigned", "unit",
     [](World& w) {
       auto node = [&](const char* code, bool all) {
         return draft("PublicityNodeDeclared", "2025-01-03",
                      {{"code", code}, {"year", 2025}, {"name", code}, {"kind", "day"}, {"start", "2025-03-15"}, {"end", "2025-03-15"}, {"allUnits", all}, {"units", all ? Json::array() : Json::array({world::kOffice})}});
       };
       admit(w, "office", node("0315", false));
       Json d = activity(w);
       d["refs"]["node"] = admit(w, "office", node("1204", true));
       return d;
     },
     [](World& w, Json& d) {
       ledger::Id other;
       REQUIRE(w.store->scan(ledger::Shelf::bodies, {}, [&](ledger::BytesView k, ledger::BytesView v) {
         auto body = ledger::Body::parse(v.substr(32));
         if (body->type_ordinal() != static_cast<std::uint16_t>(ledger::EventType::PublicityNodeDeclared)) return true;
         other = ledger::load(*w.store, ledger::read_be(k))->header.id;
         return false;
       }));
       d["refs"]["node"] = ledger::format_id(other);
     }},
});

}  // namespace
}  // namespace refusals
