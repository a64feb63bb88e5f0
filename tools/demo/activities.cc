// Activities: at publicity nodes, on hot issues, and all the others.
#include <algorithm>

#include "tools/demo/works.h"

namespace demo {
namespace {

struct Venue {
  const char* tour;
  const char* venue;
  const char* place;
};

// By tour kind, the easy ones first.
constexpr Venue kVenues[] = {
    {"community", "community", "莲花湖社区党群服务中心"}, {"organ", "organ", "区行政中心会议厅"},
    {"enterprise", "enterprise", "蔡甸经济开发区产业园"}, {"school", "school", "蔡甸区第一中学"},
    {"village", "village", "星光村村民文化广场"},         {"unit", "organ", "区政务服务中心"}};

constexpr const char* kPlaces[] = {"文化广场", "知音湖大道集贸市场", "中法半岛小镇广场",
                                   "正街商业步行街", "后官湖湿地公园"};

const std::vector<const char*> kKinds{"lecture",    "consultation", "exhibition", "contest",
                                      "mediaEvent", "performance",  "other"};
const std::vector<const char*> kVisits{"onSiteEnforcement", "pressConference", "receptionDay",
                                       "serviceWindow",     "lawLecture",      "lawReport"};
const std::vector<const char*> kMeetings{"hearing", "symposium", "coordinationMeeting"};
const std::vector<const char*> kCourt{"trialBroadcast", "publicHearingAttendance", "caseLecture"};
const std::vector<const char*> kForms{"主题宣讲", "集中宣传", "咨询服务", "知识竞赛",
                                      "图片展览", "法治讲堂", "普法宣传"};

Json attachment(Year& y) {
  return {{"name", "现场照片.jpg"},
          {"mediaType", "image/jpeg"},
          {"size", 20'000 + y.pick(900'000)},
          {"sha256", y.hex(32)}};
}

Json activity(Filing& f, const char* kind, const std::string& title) {
  Year& y = f.year;
  Json data{{"title", title},
            {"kind", kind},
            {"mode", "daily"},
            {"audience", {"public"}},
            {"venueKind", "square"},
            {"place", kPlaces[y.pick(5)]},
            {"headcount", 40 + y.pick(400)},
            {"materials", y.pick(1500)},
            {"lawRefs", y.laws(f.unit)},
            {"districtCode", "420114"}};
  if (y.chance(30)) data["audience"].push_back(f.unit.power ? "enforced" : "served");
  if (y.chance(20)) data["attachments"] = Json::array({attachment(y)});
  return data;
}

std::string title_of(Filing& f) { return "《" + f.year.law(f.unit) + "》" + f.year.one_of(kForms); }

void mark_nodes(Filing& f) {
  for (auto& n : f.year.nodes) {
    if (!n.names(f.unit) || n.start < f.month.first || n.start > f.month.last) continue;
    if (!f.year.chance(std::min(97, f.unit.quality + 5))) {
      f.year.file(f.unit).missed.push_back(n);
      continue;
    }
    const int days = std::min(n.end, f.month.last) - n.start + 1;
    const Date on = n.start + f.year.pick(days);
    Json data = activity(f, "consultation", n.name + "集中宣传活动");
    data["mode"] = "concentrated";
    f.keep("ActivityHeld", on, data, {{"node", n.id}});
  }
}

void answer_issues(Filing& f) {
  for (auto& issue : f.year.hot_issues) {
    if (!issue.units.count(f.unit.code) || issue.on > f.month.last || issue.on < f.month.first)
      continue;
    if (!f.year.chance(f.unit.quality)) continue;
    const Date on = issue.on + f.year.pick(f.month.last - issue.on + 1);
    Json data = activity(f, "symposium", "热点问题专题普法座谈");
    if (f.year.chance(60)) data["kind"] = "lecture";
    f.keep("ActivityHeld", on, data, {{"hotIssue", issue.id}});
  }
}

// On tour: the weaker the unit, the fewer kinds of places it goes to.
void tour(Filing& f) {
  const int kinds = std::clamp((f.unit.quality - 25) / 12, 1, 6);
  const Venue& v = kVenues[f.year.pick(kinds)];
  Json data =
      activity(f, f.year.one_of(kKinds), title_of(f) + "走进" + std::string(v.place).substr(0, 9));
  data["tourKind"] = v.tour, data["venueKind"] = v.venue, data["place"] = v.place;
  f.keep("ActivityHeld", f.some_day(), data);
}

void hold(Filing& f, const std::vector<const char*>& kinds, const Json& extra = Json::object()) {
  Json data = activity(f, f.year.one_of(kinds), title_of(f));
  data.update(extra);
  f.keep("ActivityHeld", f.some_day(), data);
}

void join_forces(Filing& f) {
  const Unit& other = f.year.one_of(f.year.units);
  if (other.code == f.unit.code || !f.year.active(other, f.month.last)) return;
  hold(f, kKinds, {{"coUnits", {other.code}}, {"governance", "结合基层治理联合开展"}});
}

}  // namespace

void hold_activities(Filing& f) {
  Year& y = f.year;
  mark_nodes(f);
  answer_issues(f);
  const int quality = f.unit.quality, short_month = f.month.number == 12 || f.month.number == 0;
  const int tours = short_month ? 1 : 1 + quality / 40 + y.pick(2);
  for (int i = 0; i < tours; ++i) tour(f);
  if (y.chance(quality - 25)) hold(f, kKinds);
  if (y.chance(quality / 3)) hold(f, kVisits);
  if (y.chance(quality / 5)) hold(f, kMeetings);
  if (f.unit.power)
    hold(f, {"inEnforcement"},
         {{"process", "enforcement"},
          {"audience", {"enforced"}},
          {"caseNo", number("蔡执罚2025-", 1 + y.pick(900))}});
  if (f.unit.category == "judicial")
    hold(f, kCourt, {{"process", "trial"}, {"venueKind", "court"}});
  if (y.chance(15)) join_forces(f);
}

}  // namespace demo
