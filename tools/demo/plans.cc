// Lists, plans and what the office and the superior authority decide on them.
#include <algorithm>

#include "tools/demo/builder.h"

namespace demo {
namespace {

std::string filing_no(Year& y) { return number("BA-2025-", y.next("filing")); }

void accept(Year& y, const Unit& u, const std::string& submission, Date on) {
  y.act(y.decider(u), on, "FilingDecided", u.code,
        {{"authority", "office"}, {"outcome", "accepted"}, {"filingNo", filing_no(y)}},
        {{"submission", submission}});
}

void give_back(Year& y, const Unit& u, const std::string& submission, Date on, const char* reason) {
  y.act(y.decider(u), on, "FilingDecided", u.code,
        {{"authority", "office"}, {"outcome", "returned"}, {"reasons", {reason}}},
        {{"submission", submission}});
}

void superior_decides(Year& y, const Unit& u, const std::string& plan, Date on, bool accepts) {
  Json data{{"authority", "superior"}, {"outcome", accepts ? "accepted" : "returned"}};
  if (accepts)
    data["filingNo"] = number("SJ-2025-", y.next("superior"));
  else
    data["reasons"] = {"目标任务与上级部署衔接不够"};
  y.act("superior", on, "FilingDecided", u.code, data, {{"submission", plan}});
}

// Good units are early; the weak are after the limit, the weakest long after it.
Date submission_day(Year& y, const Unit& u) {
  if (u.quality >= 58) return y.work_day(day(2, 17) + y.pick(38));
  if (u.quality >= 44) return y.work_day(day(4, 1) + y.pick(10));
  return y.work_day(day(4, 16) + y.pick(5));
}

const std::vector<const char*> kItemKinds{"主题宣传",   "以案释法",   "专题培训", "进社区宣讲",
                                          "进企业服务", "进校园活动", "法律咨询", "旁听庭审"};

// Of complete items a few lack what the others never do.
void leave_out(Json& item, const Unit& u) {
  if (u.index % 16 == 5) item.erase("content");
  if (u.index % 16 == 13) item.erase("due");
}

Json list_item(Year& y, const Unit& u, Item& item) {
  const std::string subject = "《" + y.law(u) + "》" + y.one_of(kItemKinds);
  Json j{{"no", item.no},         {"content", subject},
         {"dept", "政策法规科"},  {"responsible", y.person()},
         {"due", text(item.due)}, {"goal", y.chance(50) ? "pertinence" : "effectiveness"}};
  j["steps"] =
      Json::array({{{"text", "制定方案"}, {"due", text(item.due - 30)}}, {{"text", "组织实施"}}});
  if (y.chance(30)) j["districtItem"] = number("Z", 1 + y.pick(8));
  const int lack = (100 - u.quality) / 3;
  for (auto field : {"dept", "responsible", "steps"})
    if (y.chance(lack)) j.erase(field);
  if (item.no == "6") leave_out(j, u);
  return j;
}

Date month_end(int month) { return month == 12 ? day(12, 10) : day(month + 1, 1) - 1; }

// Due at the end of a month; done in time, in later months, or not at all.
Item make_item(Year& y, const Unit& u, int no) {
  const int month = 5 + y.pick(7);
  Item item{std::to_string(no), month_end(month), month_end(month), false};
  if (y.chance(100 - u.quality)) item.done = month_end(std::min(12, month + 1 + y.pick(3)));
  if (y.chance((100 - u.quality) / 3)) item.done = day(12, 31);
  return item;
}

std::string submit_list(Year& y, Unit& u, Date on, std::vector<Item>& items,
                        const std::string& old) {
  Json list = Json::array();
  for (auto& item : items) list.push_back(list_item(y, u, item));
  Json refs{{"basedOn", y.ids["district-list"]}};
  if (!old.empty()) refs["replaces"] = old;
  const std::string key = y.chance(50) ? y.unit_key(u, on) : y.head_key(u);
  return y.act(key, on, "UnitListSubmitted", u.code, {{"year", 2025}, {"items", list}}, refs);
}

void file_list(Year& y, Unit& u) {
  UnitFile& f = y.file(u);
  Date on = submission_day(y, u);
  const int n = 6 + y.pick(6);
  for (int i = 1; i <= n; ++i) f.items.push_back(make_item(y, u, i));
  f.list = submit_list(y, u, on, f.items, "");
  if (y.chance(15)) {
    give_back(y, u, f.list, y.after_work_days(on, 3), "部分事项缺少责任科室和完成时限");
    on = y.after_work_days(on, 6);
    f.list = submit_list(y, u, on, f.items, f.list);
  }
  accept(y, u, f.list, y.after_work_days(on, 2 + y.pick(5)));
}

void file_learning_list(Year& y, Unit& u) {
  const Date on = y.work_day(day(3, 3) + y.pick(25));
  Json items = Json::array();
  for (int i = 1; i <= 4; ++i)
    items.push_back({{"no", number("X", i)},
                     {"content", "学习《" + y.law(u) + "》"},
                     {"lawRefs", y.laws(u)},
                     {"due", text(month_end(2 + 2 * i))}});
  UnitFile& f = y.file(u);
  f.learning_list = y.act(y.unit_key(u, on), on, "LearningListSubmitted", u.code,
                          {{"year", 2025}, {"items", items}});
  if (y.chance(90))
    accept(y, u, f.learning_list, y.after_work_days(on, 4));
  else
    give_back(y, u, f.learning_list, y.after_work_days(on, 4), "学法内容与岗位职责结合不够");
}

std::string submit_plan(Year& y, Unit& u, Date on, const std::string& old) {
  Json refs = Json::object();
  if (!old.empty()) refs["replaces"] = old;
  return y.act(y.unit_key(u, on), on, "AnnualPlanSubmitted", u.code,
               {{"year", 2025},
                {"goals", {"落实“谁执法谁普法”责任制", "提升《" + y.law(u) + "》知晓率"}},
                {"tasks", {"开展主题宣传", "组织干部学法", "发布典型案例"}},
                {"innovations", {"打造" + u.short_name + "普法品牌"}}},
               refs);
}

void file_plan(Year& y, Unit& u) {
  if (u.quality < 38) return;
  const Date on = submission_day(y, u);
  std::string plan = submit_plan(y, u, on, "");
  accept(y, u, plan, y.after_work_days(on, 5));
  if (u.superior.empty() || u.index % 7 == 3) return;  // the superior authority says nothing
  const bool accepts = u.index % 5 != 2;
  superior_decides(y, u, plan, y.after_work_days(on, 7), accepts);
  if (accepts || u.index % 2 == 0) return;
  const Date again = y.work_day(day(5, 6) + y.pick(8));
  plan = submit_plan(y, u, again, plan);
  accept(y, u, plan, y.after_work_days(again, 5));
  superior_decides(y, u, plan, y.after_work_days(again, 8), true);
}

void amend_item(Year& y, Unit& u, Item& item, int how) {
  static const char* const kChanges[] = {"defer", "edit", "cancel"};
  const Date on = y.work_day(item.due - 19), decided = y.after_work_days(on, 4);
  Json data{{"itemNo", item.no},
            {"change", kChanges[how % 3]},
            {"reason", "上级活动安排调整,原定时间不能实施"}};
  if (how % 3 == 0) data["newDue"] = text(item.due + 31);
  if (how % 3 == 1) data["newContent"] = "调整为线上线下同步开展";
  const std::string request = y.act(y.unit_key(u, on), on, "ListItemAmendmentRequested", u.code,
                                    data, {{"list", y.file(u).list}});
  if (how == 6) return;  // lapses when the item is completed
  const bool approved = how != 5;
  Json decision{{"outcome", approved ? "approved" : "refused"}};
  if (!approved) decision["reason"] = "该事项为区级重点任务,不予取消";
  y.act(y.decider(u), decided, "ListItemAmendmentDecided", u.code, decision,
        {{"request", request}});
  item.cancelled = approved && how % 3 == 2;
}

void amend_lists(Year& y) {
  int how = 0;
  for (auto& u : y.units) {
    if (y.file(u).list.empty()) continue;
    for (auto& item : y.file(u).items)
      if (item.due > day(5, 15) && y.active(u, item.due) && y.chance(9))
        amend_item(y, u, item, how++ % 7);
  }
}

void allocate_budget(Year& y, Unit& u) {
  if (u.index % 11 == 7) return;
  const Date on = y.work_day(u.quality >= 50 ? day(2, 10) + y.pick(40) : day(4, 10) + y.pick(40));
  static const std::vector<const char*> kSources{"fiscal", "own", "special"};
  const std::string id = y.act(
      y.unit_key(u, on), on, "BudgetAllocated", u.code,
      {{"year", 2025}, {"amount", (2 + y.pick(30)) * 1'000'000}, {"source", y.one_of(kSources)}});
  y.keep(u, id, "BudgetAllocated", on);
}

void establish_systems(Year& y, Unit& u) {
  static const std::vector<std::pair<const char*, const char*>> kSystems{
      {"studyExam", "干部学法考试制度"},      {"centralGroupStudy", "党组理论中心组学法制度"},
      {"annualLawReport", "年度述法制度"},    {"lawLecture", "法治讲座制度"},
      {"caseInterpretation", "以案释法制度"}, {"leadingBody", "普法工作领导小组"},
      {"lawTraining", "法治培训制度"},        {"examAssessment", "学法考核评估制度"}};
  for (int i = 0; i < 2; ++i) {
    const Date on = y.work_day(day(2, 8) + y.pick(60));
    auto& s = kSystems[(u.index + 3 * i) % 8];
    const std::string id = y.act(y.unit_key(u, on), on, "SystemEstablished", u.code,
                                 {{"kind", s.first}, {"title", u.short_name + s.second}});
    y.keep(u, id, "SystemEstablished", on);
  }
  if (!y.chance(50)) return;
  const Date on = y.work_day(day(3, 3) + y.pick(30));
  y.act(y.unit_key(u, on), on, "IntegrationRecorded", u.code,
        {{"system", "ownBusiness"},
         {"sameDeployed", true},
         {"sameInspected", true},
         {"sameAssessed", y.chance(80)}});
}

void establish_district_systems(Year& y) {
  for (auto kind : {"workReport", "filing", "bulletin", "jointMeeting"})
    y.act("office", day(1, 17), "SystemEstablished", "",
          {{"kind", kind},
           {"title",
            "普法责任制" + std::string(kind == std::string("filing") ? "备案" : "工作") + "制度"}});
  for (auto system :
       {"performance", "comprehensiveGovernance", "civilizedCity", "ruleOfLawCity", "cadreMerit"})
    y.act("office", day(1, 21), "IntegrationRecorded", "",
          {{"system", system}, {"maxPoints", 300}});
}

Date report_day(Year& y, const Unit& u, int quarter) {
  static const Date kDue[] = {day(4, 10), day(7, 10), day(10, 10), day(12, 5)};
  const Date due = kDue[quarter - 1];
  const bool late = y.chance((100 - u.quality) * 2 / 3);
  if (quarter == 4) return y.work_day(late ? due + 1 : due - 7 + y.pick(7));
  return late ? y.work_day(due + 1 + y.pick(15)) : y.work_day(due - 8 + y.pick(5));
}

std::string submit_report(Year& y, Unit& u, int quarter, Date on, const std::string& old) {
  Json refs = Json::object();
  if (!old.empty()) refs["replaces"] = old;
  return y.act(y.unit_key(u, on), on, "WorkReportSubmitted", u.code,
               {{"year", 2025},
                {"quarter", quarter},
                {"summary", u.short_name + "本季度围绕《" + y.law(u) + "》开展普法活动" +
                                std::to_string(4 + y.pick(12)) + "场。"}},
               refs);
}

void report_quarter(Year& y, Unit& u, int quarter) {
  if (y.chance((100 - u.quality) / 4)) return;
  Date on = report_day(y, u, quarter);
  if (!y.active(u, on)) return;
  std::string report = submit_report(y, u, quarter, on, "");
  if (quarter < 4 && y.chance(8)) {
    give_back(y, u, report, y.after_work_days(on, 2), "缺少数据和典型做法");
    on = y.after_work_days(on, 4);
    if (!y.active(u, on)) return;
    report = submit_report(y, u, quarter, on, report);
  }
  accept(y, u, report, y.after_work_days(on, quarter == 4 ? 1 : 3));
}

}  // namespace

void add_plans(Year& y) {
  establish_district_systems(y);
  for (auto& u : y.units) {
    if (u.short_name != kNoList) file_list(y, u);
    file_learning_list(y, u);
    file_plan(y, u);
    allocate_budget(y, u);
    establish_systems(y, u);
  }
  amend_lists(y);
}

void add_work_reports(Year& y) {
  for (auto& u : y.units)
    for (int quarter = 1; quarter <= 4; ++quarter) report_quarter(y, u, quarter);
}

}  // namespace demo
