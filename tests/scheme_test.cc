// What a scheme must be, and how rows are ordered and graded.
#include "scored_log.h"
#include "support/command.h"

using namespace scoring_test;

namespace {

const std::string kHead =
    "year = 2026\nname = \"办法\"\nperiodStart = \"2025-12-11\"\nperiodEnd = \"2026-12-10\"\n"
    "cutoff = \"2026-12-11T00:00:00+08:00\"\n";

std::string code_of(const std::string& toml) {
  auto scheme = parse_scheme(toml);
  return scheme ? "" : scheme.error().code;
}
std::string field_of(const std::string& toml) {
  auto scheme = parse_scheme(toml);
  return scheme ? "" : scheme.error().field;
}

std::string indicator(const std::string& part) {
  return kHead + "[[indicator]]\nid = \"D1\"\nblock = \"D\"\nweight = 1200\nparts = [" + part +
         "]\n[final]\ntie = [\"D1 desc\"]\n";
}

Row row(char unit, std::int64_t total, std::int64_t first = 0, std::int64_t days = 0,
        bool vetoed = false) {
  Row r;
  r.unit.b[0] = static_cast<std::uint8_t>(unit);
  r.total = total, r.overdue_days = days, r.vetoed = vetoed;
  for (auto& i : default_scheme(2026).indicators) {
    r.indicators.emplace_back();
    if (i.id == "A5") r.indicators.back().points = first;
  }
  return r;
}

std::string order_of(const std::vector<Row>& rows) {
  std::string out;
  for (auto& r : rows)
    out += static_cast<char>(r.unit.b[0]),
        out += std::to_string(r.rank) + name_of(r.grade)[0] + " ";
  return out;
}

void register_two(ScoredLog& log) {
  log.district("WorkCalendarPublished", "2025-11-02",
               {{"year", 2026},
                {"offDays", Json::array()},
                {"workDays", Json::array()},
                {"source", "国办"}});
  log.add("UnitRegistered", "2025-12-01",
          {{"name", "某局"},
           {"shortName", "某局"},
           {"category", "enforcement"},
           {"hasEnforcementPower", true},
           {"districtCode", "420114"},
           {"from", "2020-01-01"}});
}

// The worked example of a scheme of deductions, tests/data/s3.toml; a function an input.

Json held(const std::string& mode) {
  return {{"title", "活动"},       {"kind", "lecture"}, {"mode", mode},    {"audience", {"public"}},
          {"venueKind", "square"}, {"place", "广场"},   {"headcount", 10}, {"lawRefs", {{{"law", "宪法"}}}}};
}

void publicity(ScoredLog& log) {
  log.verified("ActivityHeld", "2026-03-01", held("daily"));
  for (int i = 0; i < 4; ++i)
    log.verified("MediaContentReleased", "2026-03-02",
                 {{"channelKind", "website"}, {"title", "信息"}, {"lawRefs", {{{"law", "宪法"}}}}, {"workNews", i < 3}});
  log.add("WorkReportSubmitted", "2026-04-02", {{"year", 2026}, {"quarter", 1}, {"summary", "报告"}});
}

void findings(ScoredLog& log) {
  log.district("InspectionOpened", "2026-08-01", {{"kind", "routine"}, {"title", "督查"}, {"units", {kUnit}}},
               Json::object(), "routine");
  for (auto severity : {"minor", "minor", "minor", "general", "general", "major", "major"})
    log.add("InspectionFindingRecorded", "2026-08-02", {{"severity", severity}, {"text", "问题"}},
            {{"inspection", "#routine"}});
  log.district("InspectionClosed", "2026-08-11", {{"summary", "可"}}, {{"inspection", "#routine"}});
}

void order(ScoredLog& log, const std::string& no) {
  log.add("RectificationOrdered", "2026-07-03",
          {{"orderNo", no},
           {"ground", "weakMeasures"},
           {"requirements", {{{"no", 1}, {"text", "整改"}}}},
           {"due", "2026-08-03"}},
          Json::object(), no);
}

void submit(ScoredLog& log, const std::string& no, const std::string& stage, const std::string& on) {
  log.add("RectificationSubmitted", on, {{"stage", stage}}, {{"order", "#" + no}});
}

// Ordered on a Friday: three work days end on Wednesday the 8th.
void orders(ScoredLog& log) {
  for (auto no : {"in-time", "late", "silent", "cancelled"}) order(log, no);
  submit(log, "in-time", "plan", "2026-07-08");
  submit(log, "late", "report", "2026-07-09");
  submit(log, "silent", "acknowledgement", "2026-07-06");
  log.add("RectificationVaried", "2026-07-20", {{"change", "cancelled"}, {"reason", "撤销"}}, {{"order", "#cancelled"}});
}

void suggestions(ScoredLog& log) {
  for (auto topic : {"procuratorial", "other"})
    log.add("ComplaintFiled", "2026-05-06",
            {{"kind", "suggestion"},
             {"channel", "letter"},
             {"filerClass", "other"},
             {"anonymous", true},
             {"topic", topic},
             {"subject", "事"},
             {"text", "文"},
             {"receivedOn", "2026-05-06"}});
}

// Two half-yearly and three quarterly ledgers, and an item that is none.
void ledgers(ScoredLog& log) {
  const std::vector<std::string> numbers{"TZ-H1", "TZ-H2", "TZ-Q1", "TZ-Q2", "TZ-Q3", "1"};
  Json items = Json::array();
  for (auto& no : numbers) items.push_back({{"no", no}});
  log.add("UnitListSubmitted", "2026-03-20", {{"year", 2026}, {"items", items}}, Json::object(), "list");
  log.add("SystemEstablished", "2026-03-21", {{"kind", "filing"}, {"title", "台账"}}, Json::object(), "ledger");
  for (auto& no : numbers)
    log.verified("ListItemCompleted", "2026-11-02", {{"itemNo", no}, {"summary", "已报送"}},
                 {{"list", "#list"}, {"works", {"#ledger"}}});
}

// Eleven themes: eight held with material, two without, one not held.
void themes(ScoredLog& log) {
  const Json material{{"name", "现场.jpg"}, {"mediaType", "image/jpeg"}, {"size", 4}, {"sha256", std::string(64, 'a')}};
  for (int i = 1; i <= 11; ++i) {
    const std::string no = "n-" + std::to_string(i);
    log.district("PublicityNodeDeclared", "2026-01-05",
                 {{"code", no},
                  {"year", 2026},
                  {"name", "主题"},
                  {"kind", "day"},
                  {"start", "2026-05-04"},
                  {"end", "2026-05-04"},
                  {"allUnits", true}},
                 Json::object(), no);
    Json activity = held("concentrated");
    if (i <= 8) activity["attachments"] = {material};
    if (i <= 10) log.verified("ActivityHeld", "2026-05-04", activity, {{"node", "#" + no}});
  }
}

void survey(ScoredLog& log, const std::string& kind, int good) {
  log.district("SurveyOpened", "2026-10-01",
               {{"year", 2026},
                {"kind", kind},
                {"method", "street"},
                {"frame", "居民"},
                {"questions", {"问"}},
                {"units", {kUnit}},
                {"plannedSample", 10'000}},
               Json::object(), kind);
  const Json tally{{"unit", kUnit},         {"verySatisfied", good - 2000},  {"satisfied", 1500}, {"fairlySatisfied", 500},
                   {"dissatisfied", 10'000 - good}, {"invalid", 7}};
  log.district("SurveyClosed", "2026-10-30", {{"tallies", {tally}}}, {{"survey", "#" + kind}});
}

void bonuses(ScoredLog& log, const std::vector<int>& points) {
  for (int p : points)
    log.add("PointsDecided", "2026-11-20",
            {{"year", 2026}, {"kind", "bonus"}, {"points", p}, {"matterKey", "m-" + std::to_string(p)}, {"reason", "典型"}});
}

void deductions_year(ScoredLog& log) {
  register_two(log);
  publicity(log), findings(log), orders(log), suggestions(log), ledgers(log), themes(log);
  survey(log, "awareness", 8735), survey(log, "satisfaction", 9312);
  // Admitted after the cutoff: every day of the period counts.
  log.district("InspectionOpened", "2026-12-20", {{"kind", "routine"}, {"title", "下年"}, {"units", {kUnit}}});
}

const std::string kDeductions = TEST_DATA "/s3.toml";

}  // namespace

TEST_CASE("a scheme of the head alone is the default", "[scheme]") {
  const Scheme s = parse_scheme(kHead).value();
  CHECK(s.indicators.size() == 24);
  CHECK(s.find("A5")->weight == 1400);
  CHECK(s.verification_cutoff == s.cutoff);
  CHECK(s.ranked_if_from_by == ledger::parse_date("2026-06-30"));
  CHECK(s.final.tie.size() == 4);
  CHECK(parse_scheme(default_scheme_text(2030))->year == 2030);
}

TEST_CASE("faults of a scheme", "[scheme]") {
  CHECK(code_of("year = 2026\n") == "scheme-invalid");
  CHECK(code_of("year = \n") == "scheme-invalid");
  CHECK(field_of(kHead + "colour = 1\n") == "colour");
  CHECK(field_of(kHead + "backdateGraceDays = -1\n") == "backdateGraceDays");
  CHECK(field_of(kHead + "procedureGraceDays = 2.0\n") == "procedureGraceDays");
  CHECK(field_of(kHead + "mustVerify = [\"Nothing\"]\n") == "mustVerify");
  CHECK(field_of(kHead + "verificationCutoff = \"2026-12-10T00:00:00+08:00\"\n") ==
        "verificationCutoff");
  CHECK(field_of(kHead + "[bonus]\ncap = -5\n") == "bonus.cap");
  CHECK(field_of(kHead + "[final]\ntie = [\"Z9 desc\"]\n") == "final.tie");
  CHECK(field_of(kHead + "[[indicator]]\nid = \"A1\"\nweight = 0\n") == "indicator");
  CHECK(field_of(indicator("{ kind = \"magic\" }")) == "indicator[0].parts[0].kind");
  CHECK(field_of(indicator("{ kind = \"count\", types = [\"Nothing\"] }")) ==
        "indicator[0].parts[0].types");
  CHECK(field_of(indicator("{ kind = \"count\", types = [\"ActivityHeld\"], colour = 1 }")) ==
        "indicator[0].parts[0].colour");
  CHECK(field_of(
            indicator("{ kind = \"count\", types = [\"ActivityHeld\"], distinct = \"colour\" }")) ==
        "indicator[0].parts[0].distinct");
  CHECK(field_of(indicator(
            "{ kind = \"count\", types = [\"ActivityHeld\"], where = { kind = [\"magic\"] } }")) ==
        "indicator[0].parts[0].where.kind");
  CHECK(code_of(kHead + "[final]\ntie = []\n[[indicator]]\nid = \"A1\"\nweight = 0\n") ==
        "scheme-invalid");
}

TEST_CASE("a scheme of deductions with a cap", "[scheme]") {
  const auto scheme =
      parse_scheme(indicator("{ kind = \"countDeduction\", types = [\"ActivityHeld\"], required = "
                             "6, per = 30, cap = 120 }"));
  REQUIRE(scheme);
  ScoredLog log;
  register_two(log);
  const Ranking r = log.rank(*scheme);
  CHECK(r.rows[0].indicators[0].points == 1080);
  CHECK(r.rows[0].base == 9000);
}

TEST_CASE("the worked example of a scheme of deductions", "[scheme]") {
  const command::Ran checked = command::pufa({"scheme", "check", kDeductions});
  INFO(checked.err);
  REQUIRE(checked.status == 0);
  const Scheme scheme = parse_scheme(command::read(kDeductions)).value();
  ScoredLog log;
  deductions_year(log);
  bonuses(log, {800, 600, 500, 300});
  const Ranking r = log.rank(scheme);
  const std::vector<std::int64_t> expected{1080, 75, 0, 360, 400, 400, 500, 1800, 2038, 2100};
  REQUIRE(r.indicator_ids.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO(r.indicator_ids[i] << " " << r.rows[0].indicators[i].formula);
    CHECK(r.rows[0].indicators[i].points == expected[i]);
  }
  CHECK(r.rows[0].base == 8753);
  CHECK(r.rows[0].bonus.points == 2000);
  CHECK(r.rows[0].total == 10'753);
  CHECK(r.rows[0].grade == Grade::qualified);
}

TEST_CASE("a bonus below its cap is added whole, and a deduction has nothing to deduct from nothing", "[scheme]") {
  const Scheme scheme = parse_scheme(command::read(kDeductions)).value();
  ScoredLog log;
  register_two(log);
  bonuses(log, {800, 600, 500});
  const Row row = log.rank(scheme).rows[0];
  CHECK(row.bonus.points == 1900);
  CHECK(row.indicators[3].points == 500);
  CHECK(row.indicators[4].points == 500);
  CHECK_FALSE(row.indicators[8].applicable);
}

TEST_CASE("rows of the deductions go by total, base, then the theme events", "[scheme]") {
  const Scheme scheme = parse_scheme(command::read(kDeductions)).value();
  auto unit = [&](char name, std::int64_t base, std::int64_t themes) {
    Row r = row(name, 9000);
    r.base = base, r.indicators[7].points = themes;
    return r;
  };
  std::vector<Row> rows{unit('a', 8000, 1800), unit('b', 8000, 1900), unit('c', 8500, 100), unit('d', 8000, 1800)};
  order_and_grade(scheme, rows);
  CHECK(order_of(rows) == "c1q b2q a3q d3q ");
}

TEST_CASE("what is not applicable leaves the base", "[scheme]") {
  ScoredLog log;
  register_two(log);
  const Ranking r = log.rank(default_scheme(2026));
  std::int64_t weight = 0;
  for (auto& t : r.rows[0].indicators) weight += t.weight;
  // No superior, hot issue, node, meeting, report, survey, visit or inspection.
  CHECK(weight == 10'000 - 100 - 200 - 600 - 50 - 800 - 800 - 500 - 400);
  CHECK(r.provisional);
}

TEST_CASE("a year without calendar is not assessed", "[scheme]") {
  auto ranking = assess(Facts(), default_scheme(2026), {});
  REQUIRE_FALSE(ranking);
  CHECK(ranking.error().code == "calendar-missing");
}

TEST_CASE("order, equal ranks and the share of excellent units", "[scheme]") {
  const Scheme& s = default_scheme(2026);
  std::vector<Row> rows{row('d', 9100),       row('c', 9500, 10),         row('b', 9500, 20),
                        row('a', 9500, 10),   row('e', 9900, 0, 0, true), row('f', 8000),
                        row('g', 7999, 0, 3), row('h', 7999, 0, 2),       row('i', 5999),
                        row('j', 6000)};
  order_and_grade(s, rows);
  // K = 3: all three of 9500 stay, 9100 is capped.
  CHECK(order_of(rows) == "b1e a2e c2e d4g f5g h6q g7q j8q i9u e10u ");
  CHECK(rows[3].flags == std::vector<std::string>{"excellentCapped"});
}

TEST_CASE("vetoes are derived, applied and lifted", "[scheme]") {
  ScoredLog log;
  register_two(log);
  log.add("TrainingHeld", "2026-04-03",
          {{"title", "培训"},
           {"audienceGroup", "members"},
           {"minutes", 60},
           {"headcount", 30},
           {"lawRefs", Json::array({Json{{"law", "宪法"}}})}},
          Json::object(), "t");
  log.add("RecordVerified", "2026-04-05",
          {{"finding", "forged"}, {"method", "onSite"}, {"reason", "伪造"}}, {{"targets", {"#t"}}});
  Ranking r = log.rank(default_scheme(2026));
  CHECK(r.rows[0].vetoed);
  CHECK(r.rows[0].penalty.points == 200);
  CHECK(r.rows[0].grade == Grade::unqualified);
  log.add("VetoDecided", "2026-12-20",
          {{"year", 2026}, {"code", "v1"}, {"outcome", "lifted"}, {"reason", "查实"}});
  CHECK_FALSE(log.rank(default_scheme(2026)).rows[0].vetoed);
  log.add("VetoDecided", "2026-12-21",
          {{"year", 2026}, {"code", "v4"}, {"outcome", "applied"}, {"reason", "报复"}});
  CHECK(log.rank(default_scheme(2026)).rows[0].vetoed);
}

TEST_CASE("an objection's adjustment replaces the points", "[scheme]") {
  ScoredLog log;
  register_two(log);
  log.add("ObjectionDecided", "2026-12-22",
          {{"year", 2026},
           {"level", "external"},
           {"outcome", "upheld"},
           {"adjustments", {{{"indicator", "B1"}, {"from", 5}, {"to", 9000}}}},
           {"reason", "判决"},
           {"basis", "法院"}});
  const Ranking r = log.rank(default_scheme(2026));
  for (std::size_t i = 0; i < r.indicator_ids.size(); ++i)
    if (r.indicator_ids[i] == "B1")
      CHECK((r.rows[0].indicators[i].points == 800 && r.rows[0].indicators[i].weight == 800));
  CHECK(r.rows[0].flags.front() == "adjustment-base-differs:B1");
}
