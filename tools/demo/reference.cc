// Documents, calendars, publicity nodes, hot issues, the profile and the scheme, district lists.
#include <algorithm>

#include "tools/demo/builder.h"
#include "tools/demo/tables.h"

namespace demo {
namespace {

void publish_calendar(Year& y, int year) {
  Json off = Json::array(), work = Json::array();
  for (auto& row : table("calendar-" + std::to_string(year)))
    (row.at("kind") == "off" ? off : work).push_back(row.at("date"));
  y.act("office", day(12, 3, 2024), "WorkCalendarPublished", "",
        {{"year", year},
         {"offDays", off},
         {"workDays", work},
         {"source", "国务院办公厅关于" + std::to_string(year) + "年部分节假日安排的通知"}});
}

struct Document {
  int month, day_of_month;
  const char* topic;
  const char* level;
  const char* title;
};

constexpr Document kDocuments[] = {
    {1, 10, "workPoints", "district", "2025年全区普法依法治理工作要点"},
    {1, 14, "listFiling", "district", "关于报送2025年普法责任清单的通知"},
    {2, 12, "legalAdvisers", "district", "关于加强村(社区)法律顾问工作的通知"},
    {2, 26, "legalHelpers", "district", "乡村“法律明白人”培养工作方案"},
    {3, 18, "themeSelection", "district", "关于评选普法十大主题活动的通知"},
    {4, 22, "civilCodeMonth", "district", "关于开展“美好生活·民法典相伴”主题宣传月的通知"},
    {6, 5, "democraticVillage", "city", "关于申报民主法治示范村(社区)的通知"},
    {8, 20, "general", "province", "湖北省法治宣传教育条例"},
    {9, 11, "dutyReview", "district", "关于开展履职报告评议的通知"},
    {11, 18, "general", "district", "关于开展2025年宪法宣传周活动的通知"}};

void issue_documents(Year& y) {
  for (auto& d : kDocuments) {
    const Date on = day(d.month, d.day_of_month);
    y.ids[std::string("document-") + d.topic] =
        y.act("office", on, "PolicyDocumentIssued", "",
              {{"title", d.title},
               {"issuer", "蔡甸区普法工作办公室"},
               {"level", d.level},
               {"topic", d.topic},
               {"issuedOn", text(on)},
               {"inForceFrom", text(on)},
               {"docNo", {{"prefix", "蔡普办"}, {"year", 2025}, {"seq", y.next("document")}}},
               {"recipients", {"各责任单位", "各街道乡镇"}}});
  }
}

void declare_nodes(Year& y) {
  for (auto& row : table("nodes")) {
    Node n{"",
           row.at("code"),
           row.at("name"),
           *ledger::parse_date(row.at("start2025")),
           *ledger::parse_date(row.at("end2025")),
           row.at("allUnits") == "true",
           {}};
    Json codes = Json::array();
    for (auto& u : y.units)
      if (!n.all_units && std::count(u.nodes.begin(), u.nodes.end(), n.code))
        codes.push_back(u.code);
    for (auto& c : codes) n.units.insert(c);
    Json data{{"code", n.code},         {"year", 2025},
              {"name", n.name},         {"kind", row.at("ruleKind")},
              {"start", text(n.start)}, {"end", text(n.end)},
              {"allUnits", n.all_units}};
    if (!codes.empty()) data["units"] = codes;
    n.id = y.act("office", day(12, 20, 2024), "PublicityNodeDeclared", "", data);
    y.nodes.push_back(n);
  }
}

struct Issue {
  int month, day_of_month;
  const char* origin;
  const char* topic;
};

constexpr Issue kIssues[] = {{1, 20, "complaints", "农民工工资拖欠"},
                             {2, 18, "media", "网络直播带货虚假宣传"},
                             {3, 12, "inspection", "校园周边食品安全"},
                             {3, 27, "court", "物业服务纠纷"},
                             {4, 16, "complaints", "电动自行车违规充电"},
                             {5, 21, "jointMeeting", "预付卡消费退款难"},
                             {6, 18, "media", "电信网络诈骗"},
                             {7, 22, "inspection", "汛期河湖管护"},
                             {8, 19, "court", "农村土地承包经营纠纷"},
                             {9, 17, "complaints", "占道经营与噪声扰民"},
                             {10, 15, "other", "老年人保健品消费陷阱"}};

void declare_hot_issues(Year& y) {
  for (auto& i : kIssues) {
    HotIssue issue{"", day(i.month, i.day_of_month), {}};
    for (auto& u : y.units)
      if (y.active(u, day(12, 1)) && y.chance(32)) issue.units.insert(u.code);
    issue.id = y.act("office", issue.on, "HotIssueDeclared", "",
                     {{"topic", i.topic},
                      {"origin", i.origin},
                      {"units", issue.units},
                      {"measures", "由相关责任单位结合职能开展专题普法"}});
    y.hot_issues.push_back(issue);
  }
}

void publish_rules(Year& y) {
  const Date on = day(12, 10, 2024);
  const std::string first = y.act("office", on, "DeadlineProfilePublished", "", {{"year", 2025}});
  y.act("office", on + 2, "DeadlineProfilePublished", "",
        {{"year", 2025}, {"complaintDisposeDays", 15}, {"complaintAckDays", 3}, {"rectAckDays", 3}},
        {{"supersedes", first}});
  y.ids["scheme"] = y.act("office", on, "AssessmentSchemePublished", "",
                          {{"year", 2025},
                           {"name", "2025年度普法责任制考核办法"},
                           {"periodStart", "2024-12-11"},
                           {"periodEnd", "2025-12-10"},
                           {"cutoff", "2025-12-11T00:00:00+08:00"},
                           {"toml", y.scheme_toml}});
}

void issue_district_lists(Year& y) {
  static const std::vector<std::string> kItems{
      "宪法宣传教育", "民法典普法",           "领导干部学法用法", "青少年法治教育",
      "以案释法",     "优化营商环境法治宣传", "乡村普法依法治理", "媒体公益普法"};
  Json items = Json::array();
  for (std::size_t i = 0; i < kItems.size(); ++i)
    items.push_back({{"no", number("Z", static_cast<int>(i) + 1)},
                     {"content", kItems[i]},
                     {"units", i < 2 ? y.codes(day(1, 10)) : Json::array()},
                     {"clause", "二(三)"}});
  y.ids["district-list"] = y.act("office", day(1, 15), "DistrictListIssued", "",
                                 {{"year", 2025},
                                  {"kind", "responsibility"},
                                  {"items", items},
                                  {"goals", {"增强普法针对性", "提升普法实效性"}}});
  y.act("office", day(1, 15), "DistrictListIssued", "",
        {{"year", 2025},
         {"kind", "project"},
         {"items",
          {{{"no", "X001"},
            {"content", "法治文化公园提升工程"},
            {"units", {y.unit("区园林和林业局").code}}}}}});
}

}  // namespace

void add_reference(Year& y) {
  for (int year : {2024, 2025, 2026}) publish_calendar(y, year);
  publish_rules(y);
  issue_documents(y);
  declare_nodes(y);
  declare_hot_issues(y);
  issue_district_lists(y);
}

}  // namespace demo
