// Bulletins of every kind, from draft to issue, and the use of the result.
#include "tools/demo/builder.h"

namespace demo {
namespace {

struct Bulletin {
  Year& y;
  const char* kind;
  const char* title;
  Date on;
  Json units = Json::array(), refs = Json::object();

  std::string draft() {
    return y.act("office", on, "BulletinDrafted", "",
                 {{"kind", kind},
                  {"title", title},
                  {"addressees", {"各责任单位"}},
                  {"copies", {"区委办公室", "区政府办公室"}},
                  {"units", units},
                  {"headSize", "@size"},
                  {"headRoot", "@root"},
                  {"bodySha256", y.hex(32)}},
                 refs);
  }

  void check(const std::string& draft, const char* step, const char* by, Date d,
             bool approved = true) {
    Json data{{"step", step},
              {"outcome", approved ? "approved" : "returned"},
              {"person", std::string(step) == "review" ? "p-4a7c21e0" : "p-90be13d5"}};
    if (!approved) data["reason"] = "数据口径需进一步核实";
    y.act(by, d, "BulletinReviewed", "", data, {{"draft", draft}});
  }

  std::string issue(const std::string& draft) {
    check(draft, "review", "office", y.after_work_days(on, 1));
    check(draft, "signOff", "reviewer", y.after_work_days(on, 2));
    const Date issued = y.after_work_days(on, 3);
    const int year = ledger::year_of(issued);
    const int seq = y.next("bulletin" + std::to_string(year)) + (year == 2025 ? 3 : 0);
    Json data{{"docNo", {{"prefix", "蔡普通报"}, {"year", year}, {"seq", seq}}},
              {"publicOn", text(issued)},
              {"printedCopies", 80}};
    if (seq == 4 && year == 2025) data["continues"] = 3;
    return y.act("office", issued, "BulletinIssued", "", data, {{"draft", draft}});
  }

  std::string make() { return issue(draft()); }
};

void amend(Year& y, const std::string& bulletin, Date on, const char* change) {
  y.act("office", on, "BulletinAmended", "",
        {{"change", change}, {"text", "有关单位数据经核实后更正"}}, {{"bulletin", bulletin}});
}

Json weakest(Year& y, int below) {
  Json list = Json::array();
  for (auto& u : y.units)
    if (u.quality < below && y.active(u, day(12, 1)) && list.size() < 4) list.push_back(u.code);
  return list;
}

void return_one(Year& y) {
  Bulletin first{y, "duty", "二季度普法责任制落实情况通报", day(7, 14)};
  const std::string returned = first.draft();
  first.check(returned, "review", "office", day(7, 16), false);
  Bulletin second{y,          "duty",        "二季度普法责任制落实情况通报",
                  day(7, 21), Json::array(), {{"replaces", returned}}};
  amend(y, second.make(), day(8, 4), "corrected");
  Bulletin third{y, "duty", "普法宣传月活动情况通报", day(6, 9)};
  const std::string stopped = third.draft();
  third.check(stopped, "review", "office", day(6, 10));
  third.check(stopped, "signOff", "reviewer", day(6, 11), false);
}

// Two that go no further in the year.
void leave_unfinished(Year& y) {
  Bulletin waiting{y, "duty", "2026年一季度重点工作提示", day(1, 14, 2026)};
  waiting.draft();
  Bulletin reviewed{y, "duty", "普法专栏开设情况通报", day(1, 13, 2026)};
  const std::string a = reviewed.draft();
  reviewed.check(a, "review", "office", day(1, 14, 2026));
  Bulletin signed_off{y, "duty", "村居法律顾问工作通报", day(1, 12, 2026)};
  const std::string b = signed_off.draft();
  signed_off.check(b, "review", "office", day(1, 13, 2026));
  signed_off.check(b, "signOff", "reviewer", day(1, 14, 2026));
}

void tell_result(Year& y) {
  const Json refs{{"result", "@superseding"}};
  Bulletin{y,
           "assessmentResult",
           "2025年度普法责任制考核结果通报",
           day(1, 14, 2026),
           y.codes(day(12, 31)),
           refs}
      .make();
  Bulletin{y,
           "commendation",
           "2025年度普法工作表扬通报",
           day(1, 15, 2026),
           Json::array({y.units[0].code, y.units[6].code}),
           refs}
      .make();
  for (auto system : {"performance", "cadreMerit"}) {
    Json rows = Json::array();
    for (auto& u : y.units)
      if (y.active(u, day(12, 1))) rows.push_back({{"unit", u.code}, {"points", 150 + u.quality}});
    y.act("office", day(1, 16, 2026), "ResultExported", "",
          {{"system", system}, {"rows", rows}, {"recipient", "区委绩效考评办公室"}}, refs);
  }
}

}  // namespace

void add_bulletins(Year& y) {
  Bulletin{y, "duty", "一季度普法责任制落实情况通报", day(4, 21)}.make();
  return_one(y);
  Bulletin{y, "complaintRectification", "上半年投诉与整改情况通报", day(8, 11)}.make();
  const std::string harsh =
      Bulletin{y, "criticism", "关于普法责任落实不力的通报", day(9, 10), weakest(y, 60)}.make();
  add_rectification(y, y.unit("区信访局"), "unfinishedTask", day(9, 22), {{"bulletin", harsh}},
                    Rectify::late);
  const std::string wrong = Bulletin{y, "duty", "三季度普法责任制落实情况通报", day(10, 20)}.make();
  amend(y, wrong, day(10, 30), "withdrawn");
  Bulletin{y, "duty", "三季度普法责任制落实情况通报(重发)", day(11, 3)}.make();
  Bulletin{y, "criticism", "关于清单任务逾期单位的通报", day(11, 17), weakest(y, 46)}.make();
  tell_result(y);
  leave_unfinished(y);
}

}  // namespace demo
