// What a single key of the scheme decides: late entries, days beside a node's, records never verified, a report of
// another year, lesser honours. Few of each, of units for which it makes a difference.
#include <algorithm>

#include "tools/demo/builder.h"

namespace demo {
namespace {

constexpr int kUnitsOfEach = 3;

void verify(Year& y, const Unit& u, Date on, const std::string& target) {
  y.act(y.decider(u), on, "RecordVerified", u.code, {{"finding", "ok"}, {"method", "documents"}},
        {{"targets", {target}}});
}

// Filed by the unit on the first work day after it.
std::string file(Year& y, const Unit& u, const char* type, Date on, Json data,
                 Json refs = Json::object()) {
  const Date filed = y.work_day(on + 1);
  return y.add(y.unit_key(u, filed), Year::at(filed, 15), type, u.code, on, std::move(data),
               std::move(refs));
}

std::string file_verified(Year& y, const Unit& u, const char* type, Date on, Json data,
                          Json refs = Json::object()) {
  std::string id = file(y, u, type, on, std::move(data), std::move(refs));
  verify(y, u, y.after_work_days(on, 5), id);
  return id;
}

bool goes_on(Year& y, const Unit& u) { return y.active(u, day(12, 1)) && u.short_name != kLostKey; }

bool has(Year& y, const Unit& u, const char* type) {
  const auto& works = y.file(u).verified;
  return std::any_of(works.begin(), works.end(), [&](const Work& w) { return w.type == type; });
}

// The first few of those that go on and fulfil a condition.
template <typename Condition>
std::vector<Unit*> some(Year& y, Condition fits) {
  std::vector<Unit*> found;
  for (auto& u : y.units)
    if (goes_on(y, u) && fits(u) && found.size() < kUnitsOfEach) found.push_back(&u);
  return found;
}

// Two days after the node's last: within the margin. Nothing else of the unit is of that node.
void hold_beside_nodes(Year& y) {
  const auto missed = [&](const Unit& u) {
    const auto& m = y.file(u).missed;
    return !m.empty() && m.front().end < day(11, 20);
  };
  for (auto* u : some(y, missed)) {
    const Node& n = y.file(*u).missed.front();
    file_verified(y, *u, "ActivityHeld", n.end + 2,
                  {{"title", n.name + "补充宣传活动"},
                   {"kind", "consultation"},
                   {"mode", "daily"},
                   {"audience", {"public"}},
                   {"venueKind", "square"},
                   {"place", "文化广场"},
                   {"headcount", 60},
                   {"lawRefs", y.laws(*u)},
                   {"districtCode", "420114"}},
                  {{"node", n.id}});
  }
}

// The office never gets round to these.
void publish_unverified_cases(Year& y) {
  const auto below = [](const Unit& u) {
    return u.case_class == "otherEnforcement" && u.quality < 60;
  };
  for (auto* u : some(y, below))
    file(y, *u, "CaseInterpretationPublished", day(11, 18),
         {{"caseNo", number("蔡案2025-", y.next("case"))},
          {"title", "以案释法:《" + y.law(*u) + "》典型案例"},
          {"field", "enforcement"},
          {"interpreterRole", "enforcementOfficer"},
          {"channelKind", "website"},
          {"lawRefs", y.laws(*u)},
          {"typical", false}});
}

// A later declaration adds a code; what discloses it stays unverified.
void disclose_unverified(Year& y) {
  for (auto* u : some(y, [](const Unit& v) { return v.power; })) {
    const Json item{{"code", "CF-021"},
                    {"name", "对违反《" + y.law(*u) + "》行为的处罚"},
                    {"lawRefs", y.laws(*u)}};
    const Date on = day(9, 16);
    const std::string id =
        file(y, *u, "EnforcementBasisDeclared", on, {{"items", Json::array({item})}});
    file(y, *u, "EnforcementBasisDisclosed", on,
         {{"codes", {"CF-021"}},
          {"basisUrl", "https://www.caidian.example/fz/basis.html"},
          {"processUrl", "https://www.caidian.example/fz/process.html"},
          {"from", text(on)}},
         {{"declaration", id}});
  }
}

// In the period, but of the year before.
void report_on_last_year(Year& y) {
  for (auto* u : some(y, [&](const Unit& v) { return !has(y, v, "DutyReportDelivered"); }))
    file_verified(y, *u, "DutyReportDelivered", day(12, 24, 2024),
                  {{"occasion", "annualDuty"},
                   {"person", y.person()},
                   {"year", 2024},
                   {"summary", "履行推进法治建设第一责任人职责情况"}});
}

void analyse_twice(Year& y) {
  for (auto* u : some(y, [](const Unit& v) { return v.quality < 60; }))
    for (int month : {5, 8})
      file_verified(
          y, *u, "DemandAnalysed", day(month, 21),
          {{"findings", Json::array({{{"type", "emerging"}, {"text", "群众咨询新业态用工问题增多"}}})},
           {"measures", {"编印办事指南"}}});
}

// Units that hold no other honour, so that no cap hides it.
void confer_lesser_honours(Year& y) {
  static const std::vector<std::pair<const char*, std::vector<const char*>>> kHonours{
      {"themeActivity", {"city", "province", "national"}},
      {"democraticVillage", {"district", "province", "national"}},
      {"advancedUnit", {"district", "province", "national"}}};
  auto u = y.units.begin();
  for (auto& [honour, levels] : kHonours)
    for (auto level : levels) {
      u = std::find_if(u, y.units.end(),
                       [&](const Unit& v) { return goes_on(y, v) && v.quality < 72; });
      if (u == y.units.end()) return;
      Json data{{"honour", honour},
                {"level", level},
                {"outcome", "conferred"},
                {"matterKey", number("QT-2025-", y.next("otherHonour"))},
                {"title", u->short_name + "普法工作典型"},
                {"conferredBy", "上级普法工作领导小组"}};
      if (std::string(honour) == "democraticVillage") data["village"] = "红旗村";
      y.act("office", day(11, 25), "HonourConferred", u++->code, data);
    }
}

void enter_report_late(Year& y) {
  for (auto* u : some(y, [](const Unit& v) { return v.quality >= 60 && !v.power; }))
    add_rectification(y, *u, "inadequateWork", day(8, 6),
                      {{"item", y.file(*u).list}}, Rectify::entered_late);
}

}  // namespace

void add_borderline(Year& y) {
  hold_beside_nodes(y);
  publish_unverified_cases(y);
  disclose_unverified(y);
  report_on_last_year(y);
  analyse_twice(y);
  confer_lesser_honours(y);
  enter_report_late(y);
}

}  // namespace demo
