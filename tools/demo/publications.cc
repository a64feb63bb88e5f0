// Content, cases, judgments, study, inquiries, enforcement bases, village posts and honours.
#include <algorithm>

#include "tools/demo/works.h"

namespace demo {
namespace {

const std::vector<const char*> kChannels{"wechat",     "website",   "bulletinBoard", "streetScreen",
                                         "microVideo", "busScreen", "weibo"};
const std::vector<const char*> kMedia{"television", "radio",           "newspaper",   "app",
                                      "wechat",     "busStop",         "touchScreen", "square",
                                      "park",       "journal",         "microFilm",   "shopFront",
                                      "siteWall",   "publicTransport", "other"};
const std::vector<const char*> kInquiries{"办事流程", "处罚依据", "补贴政策",
                                          "许可条件", "投诉渠道", "证照办理"};

std::string url(Year& y) { return "https://www.caidian.example/fz/" + y.hex(4) + ".html"; }

Json content(Year& y, Unit& u, const char* channel) {
  return {
      {"channelKind", channel}, {"title", "一图读懂《" + y.law(u) + "》"}, {"lawRefs", y.laws(u)}};
}

std::string field_of(const Unit& u) {
  if (u.category == "judicial") return u.short_name == "区法院" ? "civil" : "criminal";
  return "enforcement";
}

int monthly_cases(Year& y, const Unit& u) {
  if (u.case_class == "courtOrProcuratorate") return 1 + y.pick(2);
  if (u.case_class == "publicSecurity") return y.chance(u.quality - 10) ? 1 : 0;
  return u.case_class == "otherEnforcement" && y.chance(u.quality / 3) ? 1 : 0;
}

void publish_judgments(Filing& f) {
  for (int i = 0; i < 3; ++i)
    f.keep("JudgmentDocumentPublished", f.some_day(),
           {{"documentNo", number("(2025)鄂0114民初", f.year.next("judgment"))},
            {"url", url(f.year)},
            {"reasoned", f.year.chance(90)}});
}

void train(Filing& f) {
  f.keep("TrainingHeld", f.some_day(),
         {{"title", "《" + f.year.law(f.unit) + "》专题培训"},
          {"audienceGroup", "civilServants"},
          {"minutes", 90},
          {"headcount", 20 + f.year.pick(80)},
          {"lawRefs", f.year.laws(f.unit)}});
}

void examine(Filing& f) {
  const int should = 30 + f.year.pick(90), sat = should - f.year.pick(4);
  const int passed = sat * std::min(99, f.unit.quality + 4) / 100;
  f.keep("ExamHeld", f.some_day(),
         {{"paper", "2025年度学法用法考试"},
          {"shouldSit", should},
          {"sat", sat},
          {"passed", passed},
          {"passMark", 60},
          {"group", "all"}});
}

void meet(Filing& f, const char* form) {
  Json refs = Json::object();
  const std::string& list = f.year.file(f.unit).learning_list;
  if (!list.empty() && f.month.number >= 5) refs["learningList"] = list;
  f.keep("StudySessionHeld", f.some_day(),
         {{"topic", "学习《" + f.year.law(f.unit) + "》"},
          {"chair", f.year.person()},
          {"attendees", 8 + f.year.pick(12)},
          {"lawRefs", f.year.laws(f.unit)},
          {"form", form}},
         refs);
}

void report_duty(Filing& f, const char* occasion) {
  f.keep("DutyReportDelivered", f.some_day(),
         {{"occasion", occasion},
          {"person", f.year.person()},
          {"year", 2025},
          {"summary", "履行推进法治建设第一责任人职责情况"}});
}

void analyse(Filing& f) {
  f.keep("DemandAnalysed", f.some_day(),
         {{"findings",
           Json::array({{{"type", "typical"},
                         {"text", "群众对《" + f.year.law(f.unit) + "》的具体办理规定了解不足"}}})},
          {"measures", {"编印办事指南", "开展现场答疑"}}});
}

void add_basis(Filing& f) {
  Json items = Json::array(), codes = Json::array();
  const int n = 5 + f.year.pick(8);
  for (int i = 1; i <= n; ++i) {
    items.push_back({{"code", number("CF-", i)},
                     {"name", "对违反《" + f.year.law(f.unit) + "》行为的处罚"},
                     {"lawRefs", f.year.laws(f.unit)}});
    if (f.year.chance(f.unit.quality)) codes.push_back(number("CF-", i));
  }
  const std::string id = f.keep("EnforcementBasisDeclared", f.month.last, {{"items", items}});
  if (codes.empty()) return;
  f.keep("EnforcementBasisDisclosed", f.month.last,
         {{"codes", codes},
          {"basisUrl", url(f.year)},
          {"processUrl", url(f.year)},
          {"from", text(f.month.last)}},
         {{"declaration", id}});
}

}  // namespace

// Each quarter starts anew with the unit's first channels: a weak unit has only one or two.
void release_content(Filing& f) {
  Year& y = f.year;
  const int kinds = std::clamp((f.unit.quality - 20) / 15, 1, 6);
  const int n = 2 + f.unit.quality / 30 + y.pick(3);
  for (int i = 0; i < n; ++i) {
    Json data = content(y, f.unit, kChannels[(f.unit.index + y.pick(kinds)) % kChannels.size()]);
    if (y.chance(40)) data["url"] = url(y);
    if (y.chance(10)) data["interactive"] = true, data["interactions"] = 20 + y.pick(800);
    if (y.chance(10)) data["workNews"] = true;
    f.keep("MediaContentReleased", f.some_day(), data);
  }
}

void publish_cases(Filing& f) {
  Year& y = f.year;
  static const std::vector<const char*> kWhere{"wechat", "website", "bulletinBoard"};
  const bool court = f.unit.category == "judicial";
  const int n = monthly_cases(y, f.unit);
  for (int i = 0; i < n; ++i)
    f.keep("CaseInterpretationPublished", f.some_day(),
           {{"caseNo", number("蔡案2025-", y.next("case"))},
            {"title", "以案释法:《" + y.law(f.unit) + "》典型案例"},
            {"field", field_of(f.unit)},
            {"interpreterRole", court ? "judge" : "enforcementOfficer"},
            {"channelKind", y.one_of(kWhere)},
            {"lawRefs", y.laws(f.unit)},
            {"typical", y.chance(40)}});
  if (court) publish_judgments(f);
}

void study(Filing& f) {
  Year& y = f.year;
  const int q = f.unit.quality, m = f.month.number;
  if (y.chance(q / 5)) train(f);
  if ((m == 6 || m == 10) && y.chance(q)) examine(f);
  if (y.chance(q / 4)) meet(f, "centralGroup");
  if (y.chance(8)) meet(f, "lawLecture");
  if (m == 11 && y.chance(q)) report_duty(f, "annualDuty");
  if (m == 1 && y.chance(q - 10)) report_duty(f, "democraticLife");
  if (m == 9 && y.chance(15)) report_duty(f, "dutyReview");
  if (m == 4 && y.chance(q - 5)) analyse(f);
}

void answer_inquiries(Filing& f) {
  static const std::vector<const char*> kWays{"window",       "phone", "online",
                                              "hotline12345", "mail",  "visit"};
  const int n = 1 + f.year.pick(3);
  for (int i = 0; i < n; ++i) {
    const Date on = f.some_day();
    f.add("InquiryAnswered", on,
          {{"channel", f.year.one_of(kWays)},
           {"question", "咨询有关规定"},
           {"answer", "已按《" + f.year.law(f.unit) + "》予以解答"},
           {"receivedOn", text(on - f.year.pick(6))},
           {"topic", f.year.one_of(kInquiries)}});
  }
}

void disclose_bases(Filing& f) {
  if (f.unit.power && f.month.number == 2) add_basis(f);
}

// The media centre publishes for others, too.
void add_media_month(Year& y, const Month& m) {
  Unit& u = y.unit("区融媒体中心");
  const Date filed = m.number == 12 ? m.last : m.last + 1;
  Filing f{y, u, m, "media", Year::at(filed, 18)};
  for (int i = 0; i < 24; ++i) {
    Unit& other = y.units[y.pick(static_cast<int>(y.units.size()))];
    if (other.code == u.code || !y.active(other, filed)) continue;
    Json data = content(y, other, y.one_of(kMedia));
    data["onBehalfOf"] = other.code;
    f.keep("MediaContentReleased", f.some_day(), data);
  }
}

void add_village_posts(Year& y, const Month& m) {
  static const std::vector<const char*> kVillages{"星光村", "红旗村", "老世陈村",
                                                  "天鹅村", "龙王村", "莲溪社区"};
  if (m.number < 3 || m.number > 11 || m.number % 3 != 0) return;
  for (auto& u : y.units) {
    if (u.category != "street" || !y.active(u, m.last + 1)) continue;
    Filing f{y, u, m, y.unit_key(u, m.last + 1), Year::at(m.last + 1, 15)};
    Json post{{"post", m.number == 3 ? "legalAdviser" : "legalHelper"},
              {"outcome", "appointed"},
              {"village", u.short_name + y.one_of(kVillages)},
              {"person", y.person()}};
    Date on = f.some_day();
    const std::string first = f.keep("VillageLegalPostRecorded", on, post);
    for (auto next : {"trained", "certified", "ended"}) {
      if (std::string(next) == "ended" && !y.chance(20)) continue;
      post["outcome"] = next, on = m.last;
      f.keep("VillageLegalPostRecorded", on, post, {{"previous", first}});
    }
  }
}

namespace {

std::string confer(Year& y, const Unit& u, Date on, const char* honour, const char* level,
                   const char* outcome, const std::string& matter, Json refs = Json::object()) {
  Json data{{"honour", honour},
            {"level", level},
            {"outcome", outcome},
            {"matterKey", matter},
            {"title", u.short_name + "普法工作典型"},
            {"conferredBy", "蔡甸区普法工作办公室"}};
  if (std::string(honour) == "democraticVillage") data["village"] = "星光村";
  return y.act("office", on, "HonourConferred", u.code, std::move(data), std::move(refs));
}

}  // namespace

void add_honours(Year& y) {
  static const std::vector<const char*> kLevels{"district", "city", "province", "national"};
  for (auto& u : y.units) {
    if (u.quality < 72 || !y.active(u, day(12, 1))) continue;
    const std::string matter = number("DX-2025-", y.next("honour"));
    const std::string first =
        confer(y, u, day(5, 14), "modelUnit", "district", "nominated", matter);
    const std::string held = confer(y, u, day(6, 18), "modelUnit", "district", "conferred", matter,
                                    {{"previous", first}});
    if (u.quality > 94)
      confer(y, u, day(10, 16), "modelUnit", kLevels[1 + y.pick(3)], "conferred", matter,
             {{"previous", held}});
    if (u.quality % 8 == 0)
      confer(y, u, day(11, 6), "modelUnit", "district", "reconfirmed", matter,
             {{"previous", held}});
    if (u.quality % 10 == 3)
      confer(y, u, day(11, 7), "modelUnit", "district", "revoked", matter, {{"previous", held}});
    if (u.quality % 4 == 1)
      confer(y, u, day(11, 20), "themeActivity", "district", "conferred",
             number("ZT-2025-", y.next("theme")));
    if (u.category == "street")
      confer(y, u, day(9, 25), "democraticVillage", "city", "conferred",
             number("MC-2025-", y.next("village")));
    if (u.quality % 5 == 2)
      confer(y, u, day(11, 27), "advancedUnit", "city", "conferred",
             number("XJ-2025-", y.next("advanced")));
  }
}

}  // namespace demo
