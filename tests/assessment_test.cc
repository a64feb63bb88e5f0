// The golden vector of the default scheme, and that traces name exactly what an indicator depends
// on.
#include "scored_log.h"

using namespace scoring_test;

namespace {

const Json kLaws = Json::array({Json{{"law", "宪法"}}});

Json activity(const std::string& kind, const std::string& tour = "") {
  Json j{{"title", "活动"},       {"kind", kind},    {"mode", "daily"}, {"audience", {"public"}},
         {"venueKind", "square"}, {"place", "广场"}, {"headcount", 10}, {"lawRefs", kLaws}};
  if (!tour.empty()) j["tourKind"] = tour;
  return j;
}

void register_unit(ScoredLog& log) {
  log.district("WorkCalendarPublished", "2025-11-01",
               {{"year", 2025},
                {"offDays", Json::array()},
                {"workDays", Json::array()},
                {"source", "国办"}});
  log.district("WorkCalendarPublished", "2025-11-02",
               {{"year", 2026},
                {"offDays", Json::array()},
                {"workDays", Json::array()},
                {"source", "国办"}});
  log.add("UnitRegistered", "2025-12-01",
          {{"name", "某局"},
           {"shortName", "某局"},
           {"category", "party"},
           {"hasEnforcementPower", false},
           {"caseClass", "none"},
           {"superior", "市局"},
           {"districtCode", "420114"},
           {"from", "2020-01-01"}});
}

void accept(ScoredLog& log, const std::string& on, const std::string& label,
            const std::string& authority, const std::string& no) {
  log.add("FilingDecided", on,
          {{"authority", authority}, {"outcome", "accepted"}, {"filingNo", no}},
          {{"submission", "#" + label}});
}

void list_and_items(ScoredLog& log) {
  Json items = Json::array();
  for (int i = 1; i <= 12; ++i) {
    Json item{{"no", std::to_string(i)},       {"dept", "法规科"},
              {"responsible", "p-7f3a9c01"},   {"content", "工作"},
              {"steps", {{{"text", "步骤"}}}}, {"due", "2026-06-30"}};
    if (i == 12) item.erase("dept");
    items.push_back(item);
  }
  log.add("UnitListSubmitted", "2026-03-20", {{"year", 2026}, {"items", items}}, Json::object(),
          "list");
  accept(log, "2026-03-24", "list", "office", "L-1");
  log.verified("ActivityHeld", "2026-03-01", activity("exhibition"));
  for (int i = 1; i <= 11; ++i) {
    const std::string on = i <= 9 ? "2026-06-20" : "2026-07-20";
    log.verified("ListItemCompleted", on, {{"itemNo", std::to_string(i)}, {"summary", "完成"}},
                 {{"list", "#list"}, {"works", {"#v-1"}}});
  }
}

void filings(ScoredLog& log) {
  const Json plan{{"year", 2026}, {"goals", {"目标"}}, {"tasks", {"任务"}}};
  log.add("AnnualPlanSubmitted", "2026-03-10", plan, Json::object(), "plan-1");
  accept(log, "2026-03-15", "plan-1", "office", "P-1");
  log.add("FilingDecided", "2026-03-16",
          {{"authority", "superior"}, {"outcome", "returned"}, {"reasons", {"不全"}}},
          {{"submission", "#plan-1"}});
  log.add("AnnualPlanSubmitted", "2026-04-20", plan, Json::object(), "plan-2");
  accept(log, "2026-04-25", "plan-2", "superior", "P-2");
  for (auto role : {"firstResponsible", "officerInCharge", "liaison"})
    log.add("OfficerDesignated", "2026-01-10",
            {{"role", role}, {"person", "p-7f3a9c01"}, {"from", "2026-01-01"}});
  log.add("OfficerDesignated", "2026-01-10",
          {{"role", "department"}, {"dept", "法规科"}, {"from", "2026-01-01"}});
  log.verified("BudgetAllocated", "2026-02-10",
               {{"year", 2026}, {"amount", 100}, {"source", "fiscal"}});
  const char* on[] = {"2026-04-08", "2026-07-08", "2026-10-20", "2026-12-04"};
  for (int q = 1; q <= 4; ++q) {
    const std::string label = "report-" + std::to_string(q);
    log.add("WorkReportSubmitted", on[q - 1], {{"year", 2026}, {"quarter", q}, {"summary", "报告"}},
            Json::object(), label);
    accept(log, "2026-12-05", label, "office", "W-" + std::to_string(q));
  }
}

void publicity(ScoredLog& log) {
  for (int i = 1; i <= 3; ++i)
    log.district("HotIssueDeclared", "2026-02-01",
                 {{"topic", "热点"}, {"origin", "media"}, {"units", {kUnit}}}, Json::object(),
                 "hot-" + std::to_string(i));
  for (int i = 1; i <= 2; ++i)
    log.verified("ActivityHeld", "2026-05-01", activity("hearing"),
                 {{"hotIssue", "#hot-" + std::to_string(i)}});
  const char* channels[] = {"website", "wechat", "weibo", "app"};
  const int per_quarter[] = {4, 3, 4, 2};
  const char* days[] = {"2026-02-02", "2026-05-02", "2026-08-02", "2026-11-02"};
  for (int q = 0; q < 4; ++q)
    for (int c = 0; c < per_quarter[q]; ++c)
      log.verified("MediaContentReleased", days[q],
                   {{"channelKind", channels[c]}, {"title", "内容"}, {"lawRefs", kLaws}});
  for (int i = 1; i <= 9; ++i)
    log.district("PublicityNodeDeclared", "2026-01-05",
                 {{"code", "n" + std::to_string(i)},
                  {"year", 2026},
                  {"name", "节点"},
                  {"kind", "day"},
                  {"start", "2026-09-10"},
                  {"end", "2026-09-10"},
                  {"allUnits", true}},
                 Json::object(), "node-" + std::to_string(i));
  for (int i = 1; i <= 7; ++i)
    log.verified("ActivityHeld", i == 1 ? "2026-09-13" : "2026-09-10", activity("consultation"),
                 {{"node", "#node-" + std::to_string(i)}});
  for (auto tour : {"organ", "school", "community", "enterprise", "village"})
    log.verified("ActivityHeld", "2026-04-01", activity("lecture", tour));
  for (int i = 0; i < 3; ++i) log.verified("ActivityHeld", "2026-04-02", activity("receptionDay"));
}

void study(ScoredLog& log) {
  for (int i = 0; i < 2; ++i)
    log.verified("TrainingHeld", "2026-04-03",
                 {{"title", "培训"},
                  {"audienceGroup", "civilServants"},
                  {"minutes", 60},
                  {"headcount", 30},
                  {"lawRefs", kLaws}});
  log.verified("ExamHeld", "2026-06-18",
               {{"paper", "考试"},
                {"shouldSit", 61},
                {"sat", 60},
                {"passed", 57},
                {"passMark", 60},
                {"group", "all"}});
  log.verified("DutyReportDelivered", "2026-11-18",
               {{"occasion", "annualDuty"}, {"person", "p-7f3a9c01"}, {"year", 2026}});
  for (int i = 0; i < 2; ++i)
    log.verified("StudySessionHeld", "2026-05-18",
                 {{"topic", "学法"},
                  {"chair", "p-7f3a9c01"},
                  {"attendees", 9},
                  {"lawRefs", kLaws},
                  {"form", "centralGroup"}});
  for (int i = 0; i < 4; ++i)
    log.district("JointMeetingHeld", "2026-03-03",
                 {{"title", "联席会议"},
                  {"convened", {kUnit}},
                  {"attended", i < 3 ? Json{kUnit} : Json::array()}});
  log.verified("DemandAnalysed", "2026-03-05",
               {{"findings", {{{"type", "typical"}, {"text", "需求"}}}}, {"measures", {"措施"}}});
}

void reviews(ScoredLog& log) {
  log.district("ThirdPartyCommissioned", "2026-09-01",
               {{"year", 2026},
                {"evaluator", "某大学"},
                {"evaluatorCode", kUnit},
                {"contractNo", "C-1"},
                {"scope", "全区"},
                {"conflicts", Json::array()},
                {"conflictDeclared", true}},
               Json::object(), "commission");
  log.district("ThirdPartyReportDelivered", "2026-11-01",
               {{"method", "抽样"}, {"scores", {{{"unit", kUnit}, {"score", 8765}}}}},
               {{"commission", "#commission"}});
  log.district("SurveyOpened", "2026-10-01",
               {{"year", 2026},
                {"kind", "satisfaction"},
                {"method", "street"},
                {"frame", "居民"},
                {"questions", {"满意吗"}},
                {"units", {kUnit}},
                {"plannedSample", 200}},
               Json::object(), "survey");
  log.district("SurveyClosed", "2026-10-30",
               {{"tallies",
                 {{{"unit", kUnit},
                   {"verySatisfied", 101},
                   {"satisfied", 72},
                   {"fairlySatisfied", 28},
                   {"dissatisfied", 11},
                   {"invalid", 4}}}}},
               {{"survey", "#survey"}});
  log.district("InspectionOpened", "2026-08-01",
               {{"kind", "deputyVisit"}, {"title", "视察"}, {"units", {kUnit}}}, Json::object(),
               "visit");
  log.district("InspectionClosed", "2026-08-10",
               {{"scores", {{{"unit", kUnit}, {"sum", 434}, {"n", 5}}}}, {"summary", "好"}},
               {{"inspection", "#visit"}});
  log.district("InspectionOpened", "2026-08-01",
               {{"kind", "routine"}, {"title", "督查"}, {"units", {kUnit}}}, Json::object(),
               "routine");
  for (auto severity : {"general", "minor"})
    log.add("InspectionFindingRecorded", "2026-08-02", {{"severity", severity}, {"text", "问题"}},
            {{"inspection", "#routine"}});
  log.district("InspectionClosed", "2026-08-11", {{"summary", "可"}}, {{"inspection", "#routine"}});
}

void complaint(ScoredLog& log, int i) {
  const std::string c = "c-" + std::to_string(i), a = "as-" + std::to_string(i),
                    w = "an-" + std::to_string(i);
  log.add("ComplaintFiled", "2026-05-06",
          {{"kind", "complaint"},
           {"channel", "phone"},
           {"filerClass", "other"},
           {"anonymous", true},
           {"subject", "事"},
           {"text", "文"},
           {"receivedOn", "2026-05-06"}},
          Json::object(), c);
  log.add("ComplaintDisposed", "2026-05-11",
          {{"outcome", "accepted"}, {"noticeNo", "N-" + std::to_string(i)}},
          {{"complaint", "#" + c}});
  log.add("ComplaintAssigned", "2026-05-12", {{"answerDue", "2026-07-10"}, {"ground", "first"}},
          {{"complaint", "#" + c}}, a);
  log.add("ComplaintAcknowledged", "2026-05-13", {{"response", "received"}},
          {{"complaint", "#" + c}, {"assignment", "#" + a}});
  log.add("ComplaintAnswered", i == 7 ? "2026-07-15" : "2026-06-30",
          {{"finding", i == 1 ? "upheld" : "notUpheld"},
           {"text", "答复"},
           {"deliveredOn", "2026-07-15"},
           {"remedyNotice", true}},
          {{"complaint", "#" + c}}, w);
  log.add("ComplaintClosed", "2026-08-20", {{"summary", "办结"}}, {{"complaint", "#" + c}});
  if (i != 2) return;
  log.add("ReviewRequested", "2026-08-21", {{"level", "review"}, {"grounds", "不服"}},
          {{"complaint", "#" + c}, {"answer", "#" + w}}, "review");
  log.add("ReviewDecided", "2026-09-01", {{"outcome", "reopened"}, {"reason", "重办"}},
          {{"complaint", "#" + c}, {"request", "#review"}});
}

void order(ScoredLog& log, int i) {
  const std::string o = "o-" + std::to_string(i);
  log.add("RectificationOrdered", "2026-07-03",
          {{"orderNo", "ZG-" + std::to_string(i)},
           {"ground", "weakMeasures"},
           {"requirements", {{{"no", 1}, {"text", "改"}}}},
           {"due", "2026-08-03"}},
          Json::object(), o);
  log.add("RectificationSubmitted", i == 3 ? "2026-08-10" : "2026-07-28",
          {{"stage", "report"}, {"measures", {{{"requirement", 1}, {"action", "已改"}}}}},
          {{"order", "#" + o}});
  log.add("RectificationDecided", "2026-08-15", {{"outcome", "accepted"}}, {{"order", "#" + o}});
}

void honours_and_criticism(ScoredLog& log) {
  for (auto honour : {"modelUnit", "themeActivity"})
    log.add("HonourConferred", "2026-06-01",
            {{"honour", honour},
             {"level", "district"},
             {"outcome", "conferred"},
             {"matterKey", std::string("m-") + honour},
             {"title", "先进"},
             {"conferredBy", "区委"}});
  log.district("BulletinDrafted", "2026-09-01",
               {{"kind", "criticism"},
                {"title", "通报"},
                {"addressees", {"各单位"}},
                {"units", {kUnit}},
                {"headSize", 1},
                {"headRoot", std::string(64, 'a')},
                {"bodySha256", std::string(64, 'b')}},
               Json::object(), "draft");
  log.district("BulletinIssued", "2026-09-02",
               {{"docNo", {{"prefix", "蔡普办"}, {"year", 2026}, {"seq", 1}}}},
               {{"draft", "#draft"}});
}

ScoredLog golden_log() {
  ScoredLog log;
  register_unit(log);
  list_and_items(log);
  filings(log);
  publicity(log);
  study(log);
  reviews(log);
  for (int i = 1; i <= 7; ++i) complaint(log, i);
  for (int i = 1; i <= 3; ++i) order(log, i);
  honours_and_criticism(log);
  log.district("InspectionOpened", "2026-12-20",
               {{"kind", "routine"}, {"title", "下年"}, {"units", {kUnit}}});
  return log;
}

std::int64_t points(const Ranking& r, const std::string& id, std::size_t row = 0) {
  for (std::size_t i = 0; i < r.indicator_ids.size(); ++i)
    if (r.indicator_ids[i] == id) return r.rows.at(row).indicators[i].points;
  return -1;
}

// Everything about a row that a reader may see, but for the lists of events.
std::string print(const Trace& t) {
  std::string out = std::to_string(t.points) + "/" + std::to_string(t.weight) + " " + t.formula;
  for (auto& [name, n] : t.counts) out += " " + name + "=" + std::to_string(n);
  for (auto& m : t.missing) out += "; " + m;
  return out;
}

}  // namespace

TEST_CASE("the golden vector of the default scheme", "[assessment]") {
  const Ranking r = golden_log().rank(default_scheme(2026));
  REQUIRE(r.rows.size() == 1);
  const std::pair<const char*, std::int64_t> kExpected[] = {
      {"A1", 280},  {"A2", 150}, {"A3", 200},  {"A4", 100},  {"A5", 1190}, {"A6", 0},
      {"A7", 0},    {"A8", 333}, {"A9", 325},  {"A10", 467}, {"A11", 400}, {"A12", 480},
      {"A13", 250}, {"A14", 88}, {"A15", 175}, {"B1", 701},  {"B2", 662},  {"B3", 434},
      {"B4", 360},  {"C1", 300}, {"C2", 343},  {"C3", 267},  {"C4", 250},  {"C5", 86}};
  for (std::size_t i = 0; i < r.indicator_ids.size(); ++i)
    UNSCOPED_INFO(r.indicator_ids[i] << " " << print(r.rows[0].indicators[i]));
  for (auto& [id, expected] : kExpected) {
    INFO(id);
    CHECK(points(r, id) == expected);
  }
  const Row& row = r.rows[0];
  CHECK(row.blocks ==
        std::vector<std::pair<std::string, std::int64_t>>{{"A", 4438}, {"B", 2157}, {"C", 1246}});
  CHECK(row.base == 8523);
  CHECK(row.bonus.points == 150);
  CHECK(row.penalty.points == 100);
  CHECK(row.total == 8573);
  CHECK(row.grade == Grade::good);
  CHECK_FALSE(row.vetoed);
  CHECK_FALSE(r.provisional);
}

TEST_CASE("a trace lists every record that its points depend on", "[assessment]") {
  const ScoredLog log = golden_log();
  const Ranking whole = log.rank(default_scheme(2026));
  for (std::size_t i = 0; i < log.size(); ++i) {
    const auto type = log.type_at(i);
    if (type == ledger::EventType::UnitRegistered ||
        type == ledger::EventType::WorkCalendarPublished)
      continue;
    const Ranking less = log.rank(default_scheme(2026), {log.id_at(i)});
    for (std::size_t k = 0; k < whole.indicator_ids.size(); ++k) {
      const Trace& before = whole.rows[0].indicators[k];
      const Trace& after = less.rows[0].indicators[k];
      INFO(whole.indicator_ids[k] << " without " << ledger::type_of(type).name << " at " << i);
      if (std::binary_search(before.events.begin(), before.events.end(), log.id_at(i))) {
        CHECK((print(before) != print(after) || before.events != after.events));
      } else {
        CHECK(print(before) == print(after));
        CHECK(before.events == after.events);
      }
    }
  }
}

TEST_CASE("the result hash is over the contract's bytes", "[assessment]") {
  const Ranking r = golden_log().rank(default_scheme(2026));
  const std::string bytes = result_bytes(r);
  CHECK(bytes.find(R"({"year":2026,"scheme":"of-the-test","headSize":)") == 0);
  CHECK(
      bytes.find(
          R"("projection":"assessment","projectionVersion":1,"rows":[{"unit":"11420114TA00000750","indicators":[["A1",280,300],)") !=
      std::string::npos);
  CHECK(bytes.find(R"(["A6",0,0])") != std::string::npos);
  CHECK(
      bytes.find(
          R"("base":8523,"bonus":150,"penalty":100,"total":8573,"rank":1,"categoryRank":1,"grade":"good","vetoed":false}]})") !=
      std::string::npos);
}

namespace {

bool is_flagged(const ScoredLog& log, const std::string& flag) {
  const auto flags = log.rank(default_scheme(2026)).rows[0].flags;
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

void late_entry(ScoredLog& log) {
  register_unit(log);
  log.add("ActivityHeld", "2026-03-01", activity("lecture"), Json::object(),
          {kUnit, "late", "2026-05-01T12:00:00+08:00"});
}

void correct_day(ScoredLog& log, const std::string& label, const std::string& day) {
  log.add("RecordCorrected", "2026-05-02", {{"changes", {{"on", day}}}, {"reason", "笔误"}},
          {{"target", "#" + label}});
}

const std::string kMergedFirst = "11420114TA0000016W", kMergedLater = "11420114TA0000024P";

void merge(ScoredLog& log, const std::string& on, const std::string& from, const std::string& to) {
  log.district("UnitRestructured", on,
               {{"kind", "merge"}, {"from", {from}}, {"to", {to}}, {"recordsGoTo", to}});
}

}  // namespace

TEST_CASE("a late entry is flagged by the record's value", "[assessment]") {
  ScoredLog late, annulled, earlier;
  late_entry(late);
  CHECK(is_flagged(late, "lateEntry"));
  correct_day(late, "late", "2026-04-20");
  CHECK_FALSE(is_flagged(late, "lateEntry"));

  late_entry(annulled);
  annulled.add("RecordAnnulled", "2026-05-02", {{"reason", "重复"}}, {{"target", "#late"}});
  CHECK_FALSE(is_flagged(annulled, "lateEntry"));

  register_unit(earlier);
  earlier.add("ActivityHeld", "2026-05-01", activity("lecture"), Json::object(), "timely");
  CHECK_FALSE(is_flagged(earlier, "lateEntry"));
  correct_day(earlier, "timely", "2026-03-01");
  CHECK(is_flagged(earlier, "lateEntry"));
}

TEST_CASE("records go on where a unit's successor has gone, whichever merged first", "[assessment]") {
  ScoredLog log;
  register_unit(log);
  log.add("TrainingHeld", "2026-04-03",
          {{"title", "培训"}, {"audienceGroup", "members"}, {"minutes", 60}, {"headcount", 30}, {"lawRefs", kLaws}},
          Json::object(), {kMergedLater, "t", ""});
  log.add("RecordVerified", "2026-04-05", {{"finding", "ok"}, {"method", "documents"}}, {{"targets", {"#t"}}},
          {kMergedLater, "", ""});
  CHECK(points(log.rank(default_scheme(2026)), "A12") == 0);
  merge(log, "2026-06-01", kMergedFirst, kUnit);
  merge(log, "2026-07-01", kMergedLater, kMergedFirst);
  CHECK(points(log.rank(default_scheme(2026)), "A12") == 100);
}
