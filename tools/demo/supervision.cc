// Inspections, deputies' visits, surveys, the third-party evaluation and media investigations.
#include <algorithm>

#include "tools/demo/builder.h"

namespace demo {
namespace {

struct Inspection {
  Year& y;
  std::string key, id;
  Date on;
  Json units = Json::array();

  void open(const char* kind, const char* title, bool seed = false) {
    Json data{{"kind", kind},
              {"title", title},
              {"units", units},
              {"members", {y.person(), y.person()}},
              {"plan", "查阅台账、走访群众、现场测试"}};
    if (seed) data["sampleSeed"] = y.hex(32);
    id = y.act(key, on, "InspectionOpened", "", data);
  }

  std::string find(const std::string& by, const Unit& u, const char* severity, Date found,
                   Json refs = Json::object()) {
    refs["inspection"] = id;
    return y.act(
        by, found, "InspectionFindingRecorded", u.code,
        {{"severity", severity}, {"text", "普法台账记录不完整,佐证材料缺失"}, {"clause", "三(二)"}},
        refs);
  }

  std::string close(Date closed, const Json& scores = nullptr, const Json& refusals = nullptr) {
    Json data{{"summary", "督查总体情况良好,个别单位存在薄弱环节"}};
    if (!scores.is_null()) data["scores"] = scores;
    if (!refusals.is_null()) data["refusals"] = refusals;
    return y.act(key, closed, "InspectionClosed", "", data, {{"inspection", id}});
  }
};

const char* severity_for(Year& y, const Unit& u) {
  if (y.chance((100 - u.quality) / 3)) return "major";
  return y.chance(50) ? "general" : "minor";
}

// One order is rejected twice; the others go as the unit's care brings about.
Rectify course_for(Year& y, const Unit& u) {
  static const std::vector<Rectify> kWeak{Rectify::late, Rectify::rejected, Rectify::escalated,
                                          Rectify::extended};
  if (y.next("inspected") == 5) return Rectify::rejected_twice;
  return y.chance(u.quality) ? Rectify::on_time : y.one_of(kWeak);
}

void inspect(Year& y, Date on, const char* kind, const char* title, int share) {
  Inspection i{y, "office", {}, on};
  std::vector<const Unit*> chosen;
  for (auto& u : y.units)
    if (y.active(u, on + 30) && u.short_name != kMerged && y.chance(share))
      chosen.push_back(&u), i.units.push_back(u.code);
  i.open(kind, title, std::string(kind) == "spot");
  const Date found = y.work_day(on + 9), ordered = y.work_day(on + 20);
  for (auto* u : chosen) {
    if (!y.chance(115 - u->quality)) continue;
    const char* severity = severity_for(y, *u);
    const std::string finding = i.find("office", *u, severity, found);
    if (std::string(severity) == "major" || y.chance(30))
      add_rectification(y, *u, y.chance(50) ? "weakMeasures" : "inadequateWork", ordered,
                        {{"finding", finding}}, course_for(y, *u));
  }
  Json refusals;
  if (std::string(kind) == "special") refusals = Json::array({i.units[0]});
  y.ids["inspection"] = i.close(y.work_day(on + 16), nullptr, refusals);
}

void inspect_by_superior(Year& y) {
  Inspection i{y, "superior", {}, day(6, 10)};
  const Unit& u = y.unit("区市场监管局");
  i.units.push_back(u.code);
  i.open("special", "食品安全普法专项督查");
  const std::string first = i.find("superior", u, "minor", day(6, 12)),
                    second = i.find("superior", u, "general", day(6, 12));
  y.act("superior", day(6, 13), "RecordAnnulled", u.code, {{"reason", "经复核,该问题不成立"}},
        {{"target", second}});
  i.close(day(6, 20));
  y.ids["finding"] = first;
}

Json scores_of(Year& y, int people) {
  Json scores = Json::array();
  for (auto& u : y.units)
    if (y.active(u, day(12, 1)))
      scores.push_back(
          {{"unit", u.code}, {"sum", people * (u.quality / 2 + 40 + y.pick(8))}, {"n", people}});
  return scores;
}

void visit_with_deputies(Year& y) {
  for (auto [opened, closed] :
       {std::pair(day(8, 12), day(8, 26)), std::pair(day(11, 4), day(11, 18))}) {
    Inspection i{y, "office", {}, opened, y.codes(day(12, 1))};
    i.open("deputyVisit", "人大代表、政协委员视察普法工作");
    i.find("deputy", y.units[12], "minor", opened + 3);
    const std::string wrong = i.find("deputy", y.units[20], "general", opened + 3);
    y.act("deputy", opened + 6, "RecordAnnulled", y.units[20].code, {{"reason", "对象记录有误"}},
          {{"target", wrong}});
    i.close(closed, scores_of(y, 8 + y.pick(5)));
  }
}

void review_duty(Year& y) {
  Inspection i{y, "office", {}, day(10, 14), Json::array()};
  for (int u : {4, 6, 18, 24}) i.units.push_back(y.units[u].code);
  i.open("dutyReview", "履职报告评议");
  Json scores = Json::array();
  for (auto& code : i.units)
    scores.push_back({{"unit", code}, {"sum", 1500 + y.pick(400)}, {"n", 20}});
  i.close(day(10, 28), scores);
}

constexpr const char* kAnswers[] = {"verySatisfied", "satisfied", "fairlySatisfied", "dissatisfied",
                                    "invalid"};

int answer_of(Year& y, const Unit& u) {
  if (y.chance(3)) return 4;
  if (y.chance(u.quality - 25)) return 0;
  if (y.chance(u.quality - 10)) return 1;
  return y.chance(60) ? 2 : 3;
}

Json record_answers(Year& y, const Unit& u, const std::string& survey, Date on, int n) {
  Json rows = Json::array(), tally{{"unit", u.code}};
  for (auto a : kAnswers) tally[a] = 0;
  for (int i = 0; i < n; ++i) {
    const char* answer = kAnswers[answer_of(y, u)];
    rows.push_back({{"token", y.hex(16)}, {"answer", answer}});
    tally[answer] = tally[answer].get<int>() + 1;
  }
  y.act("surveyor", on, "SurveyResponsesRecorded", u.code, {{"rows", rows}}, {{"survey", survey}});
  return tally;
}

void survey(Year& y, Date on, const char* kind, const char* method, const std::string& commission,
            int n) {
  Json refs = Json::object();
  if (!commission.empty()) refs["commission"] = commission;
  const std::string id =
      y.act("surveyor", on, "SurveyOpened", "",
            {{"year", 2025},
             {"kind", kind},
             {"method", method},
             {"frame", "全区常住居民按街道分层抽样"},
             {"questions", {"您对该单位普法工作是否满意?", "您是否了解与该单位有关的法律?"}},
             {"units", y.codes(day(12, 1))},
             {"plannedSample", n * 65}},
            refs);
  Json tallies = Json::array();
  for (auto& u : y.units)
    if (y.active(u, day(12, 1)))
      tallies.push_back(record_answers(y, u, id, on + 3 + u.index % 5, n + y.pick(8)));
  y.ids[std::string("survey-") + kind] =
      y.act("surveyor", on + 10, "SurveyClosed", "", {{"tallies", tallies}}, {{"survey", id}});
}

void evaluate(Year& y, const std::string& commission) {
  Json scores = Json::array();
  for (auto& u : y.units)
    if (y.active(u, day(12, 1)))
      scores.push_back(
          {{"unit", u.code}, {"score", std::min(9900, u.quality * 60 + 3000 + y.pick(900))}});
  const std::string first = y.act("evaluator", day(11, 14), "ThirdPartyReportDelivered", "",
                                  {{"method", "问卷、访谈与文本分析相结合"}, {"scores", scores}},
                                  {{"commission", commission}});
  scores[0]["score"] = 8120;
  y.ids["report"] = y.act("evaluator", day(11, 21), "ThirdPartyReportDelivered", "",
                          {{"method", "问卷、访谈与文本分析相结合(勘误版)"}, {"scores", scores}},
                          {{"commission", commission}, {"replaces", first}});
}

std::string commission(Year& y) {
  return y.act("office", day(9, 3), "ThirdPartyCommissioned", "",
               {{"year", 2025},
                {"evaluator", "湖北法治评估研究院"},
                {"evaluatorCode", "91350100M000100Y43"},
                {"contractNo", "PG-2025-01"},
                {"scope", "全区普法责任单位履职成效评估"},
                {"conflicts", Json::array()},
                {"conflictDeclared", true}});
}

void investigate(Year& y) {
  static const std::vector<const char*> kFindings{"positive", "positive", "neutral", "negative"};
  for (int i = 0; i < 30; ++i) {
    Unit& u = y.units[y.pick(64)];
    const Date on = y.work_day(day(3, 3) + y.pick(240));
    const std::string id =
        y.act(i % 3 == 0 ? "office" : "media", on, "MediaInvestigationRecorded", u.code,
              {{"medium", "蔡甸融媒"},
               {"finding", y.one_of(kFindings)},
               {"text", "记者实地走访办事窗口与宣传点位"}});
    if (i % 3 == 1)
      y.act("office", on + 7, "EffectFeedbackSent", u.code,
            {{"text", "请结合媒体反映情况改进普法方式"}, {"due", text(on + 30)}},
            {{"sources", {id}}});
  }
}

void feed_back(Year& y) {
  for (auto& u : y.units) {
    if (!y.active(u, day(12, 1)) || !y.chance(60)) continue;
    const std::string id = y.act("office", day(11, 26), "EffectFeedbackSent", u.code,
                                 {{"text", "现将群众满意度与第三方评估结果反馈,请制定改进措施"}},
                                 {{"sources", {y.ids["survey-satisfaction"], y.ids["report"]}}});
    if (u.index == 33)
      y.act("office", day(11, 27), "RecordAnnulled", u.code, {{"reason", "反馈对象有误"}},
            {{"target", id}});
  }
}

}  // namespace

void add_supervision(Year& y) {
  inspect(y, day(2, 19), "routine", "一季度普法责任制督查", 60);
  inspect(y, day(4, 9), "spot", "随机抽查普法台账", 30);
  inspect(y, day(5, 22), "routine", "二季度普法责任制督查", 60);
  inspect(y, day(7, 24), "special", "优化营商环境普法专项督查", 40);
  inspect(y, day(9, 4), "routine", "三季度普法责任制督查", 60);
  inspect(y, day(10, 29), "spot", "宪法宣传周准备情况抽查", 30);
  inspect_by_superior(y);
  visit_with_deputies(y);
  review_duty(y);
  const std::string contract = commission(y);
  survey(y, day(10, 13), "satisfaction", "street", contract, 40);
  survey(y, day(10, 27), "awareness", "online", contract, 32);
  survey(y, day(11, 3), "media", "telephone", "", 6);
  evaluate(y, contract);
  investigate(y);
  feed_back(y);
}

}  // namespace demo
