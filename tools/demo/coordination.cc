// Joint meetings, coordination, guidance, prompts and demand analysis of the district.
#include "tools/demo/builder.h"

namespace demo {
namespace {

std::string meet(Year& y, Date on, const char* title, int share) {
  Json convened = Json::array(), attended = Json::array();
  for (auto& u : y.units) {
    if (!y.active(u, on) || !y.chance(share)) continue;
    convened.push_back(u.code);
    if (y.chance(u.quality)) attended.push_back(u.code);
  }
  return y.act("office", on, "JointMeetingHeld", "",
               {{"title", title},
                {"convened", convened},
                {"attended", attended},
                {"agenda", "通报进展、会商热点、部署任务"},
                {"decisions", "明确责任分工"}});
}

void hold_meetings(Year& y) {
  const Date days[] = {day(1, 22), day(3, 19),  day(4, 23), day(6, 19),
                       day(9, 17), day(10, 22), day(11, 19)};
  for (int i = 0; i < 7; ++i)
    y.ids["meeting" + std::to_string(i)] =
        meet(y, days[i], "普法责任制联席会议", i == 0 ? 100 : 70);
}

void correct_meeting(Year& y) {
  y.act("office", day(3, 21), "RecordCorrected", "",
        {{"changes", {{"agenda", "通报一季度进展,研究校园食品安全专题普法"}}},
         {"reason", "议题表述更正"}},
        {{"target", y.ids["meeting1"]}});
}

void coordinate(Year& y) {
  static const std::vector<const char*> kOutcomes{"resolved", "resolved", "declined", "referred"};
  for (int i = 0; i < 24; ++i) {
    Unit& u = y.units[y.pick(64)];
    const Date on = y.work_day(day(2, 10) + y.pick(270));
    if (on == kCompromised) continue;
    const std::string request =
        y.act(y.unit_key(u, on), on, "CoordinationRequested", u.code,
              {{"issue", "请协调相关单位联合开展《" + y.law(u) + "》专题宣传"},
               {"withUnits", {y.unit("区委宣传部").code}}});
    if (i % 8 == 7) continue;
    y.act("office", y.after_work_days(on, 5 + y.pick(14)), "CoordinationResolved", u.code,
          {{"outcome", y.one_of(kOutcomes)}, {"decision", "由区普法办牵头统筹,相关单位配合"}},
          {{"request", request}, {"meeting", y.ids["meeting0"]}});
  }
}

void analyse_demand(Year& y) {
  for (int i = 0; i < 3; ++i)
    y.act("office", day(3 + 3 * i, 24), "DemandAnalysed", "",
          {{"findings", Json::array({{{"type", "typical"}, {"text", "群众关注消费维权与物业纠纷"}},
                                     {{"type", "emerging"}, {"text", "网络直播消费新问题增多"}}})},
           {"measures", {"组织联合宣讲", "发布典型案例"}}},
          {{"meeting", y.ids["meeting1"]}});
}

void guide(Year& y) {
  static const std::vector<const char*> kForms{"visit", "document", "training", "meeting",
                                               "online"};
  for (auto& u : y.units) {
    const Date on = y.work_day(day(3, 10) + y.pick(90));
    y.act("office", on, "GuidanceGiven", u.code,
          {{"from", "蔡甸区普法工作办公室"},
           {"topic", "《" + y.law(u) + "》宣传工作指导"},
           {"form", y.one_of(kForms)},
           {"classified", y.chance(50) ? "byCategory" : "byProblem"}});
    if (!u.superior.empty() && y.chance(40))
      y.act("superior", on + 3, "GuidanceGiven", u.code,
            {{"from", u.superior}, {"topic", "年度普法重点任务指导"}, {"form", y.one_of(kForms)}});
    if (u.supervisor.empty()) continue;
    Unit& above = y.unit(u.supervisor);
    y.act(y.unit_key(above, on), on, "GuidanceGiven", u.code,
          {{"from", above.name}, {"topic", "行业普法工作指导"}, {"form", "meeting"}});
  }
}

void prompt(Year& y) {
  static const std::vector<const char*> kKinds{"monthly", "dueSoon", "overdue"};
  for (int month = 1; month <= 11; ++month)
    for (auto& u : y.units)
      if (y.active(u, day(month, 25)) && y.chance(month % 3 == 2 ? 60 : 20))
        y.act("office", y.work_day(day(month, 23)), "PromptIssued", u.code,
              {{"kind", y.one_of(kKinds)},
               {"text", "请于月底前完成本月普法任务并报送佐证材料"},
               {"due", text(day(month + 1, 1) - 1)}});
}

}  // namespace

void add_coordination(Year& y) {
  hold_meetings(y);
  correct_meeting(y);
  coordinate(y);
  analyse_demand(y);
  guide(y);
  prompt(y);
}

}  // namespace demo
