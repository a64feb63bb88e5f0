// Self-assessments, results, objections, vetoes and points.
#include "tools/demo/builder.h"

namespace demo {
namespace {

const Date kPreliminary = day(12, 15), kFinal = day(12, 26), kSuperseding = day(1, 9, 2026);

void assess_oneself(Year& y) {
  static const std::vector<std::pair<const char*, int>> kIndicators{
      {"A1", 300},  {"A3", 200},  {"A5", 1400}, {"A9", 400},
      {"A10", 600}, {"A11", 500}, {"A12", 500}, {"A13", 300}};
  for (auto& u : y.units) {
    const Date on = day(12, 3) + u.index % 5;
    if (!y.active(u, on) || u.quality < 40) continue;
    Json scores = Json::array();
    for (auto [id, weight] : kIndicators)
      scores.push_back({{"indicator", id},
                        {"points", weight * std::min(100, u.quality + y.pick(8)) / 100},
                        {"text", "对照办法逐项自查"}});
    y.act(y.unit_key(u, on), on, "SelfAssessmentSubmitted", u.code,
          {{"year", 2025}, {"scores", scores}}, {{"scheme", y.ids["scheme"]}});
  }
}

void publish(Year& y, StepKind kind, const char* name, Date on) {
  y.mark(StepKind::index, "", "operator", Year::at(on, 8));
  y.mark(kind, name, "office", Year::at(on, 9));
}

std::string object(Year& y, const Unit& u, Date on, const char* indicator, int claimed,
                   const char* result) {
  return y.act(y.head_key(u), on, "ObjectionFiled", u.code,
               {{"year", 2025},
                {"indicator", indicator},
                {"claimed", claimed},
                {"grounds", "该项佐证材料已按期报送,申请重新核算"}},
               {{"result", result}});
}

void decide(Year& y, const std::string& by, const Unit& u, Date on, const char* level,
            const char* outcome, const std::string& objection, const Json& adjustments = nullptr) {
  Json data{{"year", 2025},
            {"level", level},
            {"outcome", outcome},
            {"reason", "经复核原始记录与佐证材料作出决定"}},
      refs = Json::object();
  if (!adjustments.is_null()) data["adjustments"] = adjustments;
  if (std::string(level) == "external") data["basis"] = "区人民政府行政复议意见";
  if (!objection.empty()) refs["objection"] = objection;
  y.act(by, on, "ObjectionDecided", u.code, data, refs);
}

Json adjust(const char* indicator, int from, int to) {
  return Json::array({{{"indicator", indicator}, {"from", from}, {"to", to}}});
}

void settle_preliminary(Year& y) {
  const Unit &a = y.unit("区农业农村局"), &b = y.unit("区统计局"), &c = y.unit(kOfficeUnit),
             &d = y.unit("永安街道");
  decide(y, "office", a, day(12, 24), "first", "upheld",
         object(y, a, day(12, 17), "A11", 450, "@preliminary"), adjust("A11", 400, 450));
  decide(y, "office", b, day(12, 24), "first", "dismissed",
         object(y, b, day(12, 18), "C2", 400, "@preliminary"));
  decide(y, "reviewer", c, day(12, 24), "first", "partlyUpheld",
         object(y, c, day(12, 19), "A9", 400, "@preliminary"), adjust("A9", 350, 375));
  decide(y, "office", d, day(12, 25), "first", "notAccepted",
         object(y, d, day(12, 22), "A3", 200, "@preliminary"));
}

// After the final result: reviews, and what makes it be superseded.
void settle_final(Year& y) {
  const Unit &a = y.unit("区统计局"), &b = y.unit("区妇联"), &c = y.unit("区教育局");
  decide(y, "reviewer", a, day(1, 6, 2026), "review", "dismissed",
         object(y, a, day(12, 30), "C2", 400, "@final"));
  decide(y, "reviewer", b, day(1, 6, 2026), "review", "partlyUpheld",
         object(y, b, day(12, 31), "A12", 480, "@final"), adjust("A12", 450, 470));
  decide(y, "reviewer", c, day(1, 7, 2026), "external", "upheld", "", adjust("A14", 50, 100));
}

void confirm(Year& y, Date on, const char* result) {
  y.act("reviewer", on, "FinalResultConfirmed", "", {{"year", 2025}}, {{"result", result}});
}

void veto(Year& y, const std::string& by, const Unit& u, Date on, const char* code,
          const char* outcome, const char* reason) {
  y.act(by, on, "VetoDecided", u.code,
        {{"year", 2025}, {"code", code}, {"outcome", outcome}, {"reason", reason}});
}

void decide_vetoes(Year& y) {
  const Unit &a = y.unit("区城投公司"), &b = y.unit("玉贤街道");
  veto(y, "office", a, day(12, 12), "v2", "applied", "拒不配合专项督查");
  veto(y, "reviewer", a, day(1, 7, 2026), "v2", "lifted", "经核实系联络失误,已完成补查");
  veto(y, "reviewer", b, day(12, 12), "v4", "applied", "对投诉人打击报复,经复查确认");
}

void decide_points(Year& y) {
  for (auto& u : y.units) {
    if (!y.active(u, day(12, 1)) || u.index % 6 != 0) continue;
    const bool bonus = u.quality > 60;
    y.act(y.decider(u), day(12, 11), "PointsDecided", u.code,
          {{"year", 2025},
           {"kind", bonus ? "bonus" : "penalty"},
           {"points", 10 * (1 + y.pick(6))},
           {"matterKey", number("JF-2025-", y.next("points"))},
           {"reason", bonus ? "普法创新做法被上级推广" : "重点任务推进不力"}});
  }
}

}  // namespace

void add_assessment(Year& y) {
  assess_oneself(y);
  decide_vetoes(y);
  decide_points(y);
  publish(y, StepKind::publish_preliminary, "preliminary", kPreliminary);
  settle_preliminary(y);
  publish(y, StepKind::publish_final, "final", kFinal);
  confirm(y, day(12, 29), "@final");
  settle_final(y);
  publish(y, StepKind::publish_superseding, "superseding", kSuperseding);
  confirm(y, day(1, 12, 2026), "@superseding");
}

}  // namespace demo
