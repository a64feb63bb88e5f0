// Verification of the month's records, corrections, annulments, evidence and reaffirmation.
#include <algorithm>

#include "tools/demo/builder.h"

namespace demo {
namespace {

void verify(Year& y, const Unit& u, Date on, const std::vector<std::string>& targets,
            const char* finding, const char* method, const char* reason = nullptr,
            const std::string& original = {}) {
  Json data{{"finding", finding}, {"method", method}};
  if (reason) data["reason"] = reason;
  Json refs{{"targets", targets}};
  if (!original.empty()) refs["original"] = original;
  y.act(y.decider(u), on, "RecordVerified", u.code, data, refs);
}

// One record of a kind that a finding other than ok is made on: an activity or a publication.
bool is_event(const Work& w) {
  return w.type == "ActivityHeld" || w.type == "MediaContentReleased";
}

void judge(Year& y, Unit& u, Date on, const Work& w, const std::vector<Work>& good) {
  const int how = y.pick(3);
  if (how == 0)
    return verify(y, u, on, {w.id}, "notHeld", "telephone", "经电话核实,活动未按申报时间开展");
  if (how == 1)
    return verify(y, u, on, {w.id}, "inflated", "spotCheck", "抽查人数明显少于申报人数");
  auto same =
      std::find_if(good.begin(), good.end(), [&](const Work& g) { return g.type == w.type; });
  if (same == good.end()) return;
  verify(y, u, on, {w.id}, "duplicate", "system", "与已申报活动重复", same->id);
}

// The office works through what it was given; a little stays unverified.
void verify_unit(Year& y, Unit& u, Date last, Date on) {
  static const std::vector<const char*> kMethods{"documents", "onSite", "system"};
  UnitFile& f = y.file(u);
  std::vector<std::string> targets;
  std::vector<Work> bad, later;
  for (auto& w : f.works) {
    if (w.on > last) {
      later.push_back(w);
      continue;
    }
    const bool fails = is_event(w) && y.pick(1000) < (100 - u.quality) / 3 && y.chance(60);
    if (fails)
      bad.push_back(w);
    else if (!y.chance(w.type == "ActivityHeld" ? 3 : 1))
      targets.push_back(w.id), f.verified.push_back(w);
  }
  f.works = later;
  for (auto at = targets.begin(); at != targets.end();) {
    const auto end = at + std::min<std::ptrdiff_t>(12, targets.end() - at);
    verify(y, u, on, {at, end}, "ok", y.one_of(kMethods));
    at = end;
  }
  for (auto& w : bad) judge(y, u, on, w, f.verified);
}

const Work* find_verified(Year& y, const Unit& u, const char* type, Date from, Date to) {
  for (auto& w : y.file(u).verified)
    if (w.type == type && w.on >= from && w.on <= to) return &w;
  return nullptr;
}

// A report of a completed item that does not hold: the item is open again.
void reject_completion(Year& y, Unit& u) {
  const Work* w = find_verified(y, u, "ListItemCompleted", day(6, 1), day(10, 31));
  if (w) verify(y, u, day(11, 13), {w->id}, "inflated", "onSite", "现场核查发现后续工作未完成");
}

void find_forgery(Year& y) {
  Unit& u = y.unit(kForger);
  const Work* w = find_verified(y, u, "ActivityHeld", day(7, 1), day(9, 30));
  if (!w) return;
  y.file(u).forged = w->id;
  verify(y, u, day(11, 12), {w->id}, "forged", "onSite", "签到表与现场照片系伪造,活动并未举办");
}

void correct(Year& y, Unit& u, const Work& w, Date on) {
  y.act(
      y.head_key(u), on, "RecordCorrected", u.code,
      {{"changes", {{"headcount", 30 + y.pick(60)}}}, {"reason", "人数统计口径有误,按签到表更正"}},
      {{"target", w.id}});
  if (y.chance(80)) verify(y, u, on + 3, {w.id}, "ok", "documents");
}

void annul(Year& y, Unit& u, const Work& w, Date on) {
  y.act(y.head_key(u), on, "RecordAnnulled", u.code,
        {{"reason", "经办人误报,该活动由其他单位举办"}}, {{"target", w.id}});
}

void correct_unit(Year& y, Unit& u) {
  if (const Work* w = find_verified(y, u, "ActivityHeld", day(2, 1), day(3, 31));
      w && u.index % 3 == 0)
    correct(y, u, *w, day(5, 14) + u.index % 5);
  if (const Work* w = find_verified(y, u, "ActivityHeld", day(4, 1), day(4, 30));
      w && u.index % 6 == 1)
    annul(y, u, *w, day(6, 4));
}

void attach_evidence(Year& y, Unit& u) {
  const Work* w = find_verified(y, u, "TrainingHeld", day(1, 1), day(12, 31));
  if (!w || !y.active(u, day(12, 1))) return;
  const Date on = y.work_day(std::max(w->on + 20, day(7, 16)) + y.pick(20));
  if (on > day(12, 9)) return;
  y.act(y.unit_key(u, on), on, "EvidenceAttached", u.code,
        {{"attachments", Json::array({{{"name", "签到表.pdf"},
                                       {"mediaType", "application/pdf"},
                                       {"size", 48'000 + y.pick(9000)},
                                       {"sha256", y.hex(32)}}})},
         {"lateReason", "资料整理归档后补充"}},
        {{"target", w->id}});
}

// What the office corrects and annuls of its own.
void correct_office(Year& y) {
  y.act("office", day(2, 20), "RecordCorrected", "",
        {{"changes", {{"theme", "弘扬宪法精神,共建法治蔡甸"}}}, {"reason", "补充年度主题"}},
        {{"target", y.nodes.back().id}});
  y.act("office", day(2, 21), "RecordCorrected", "",
        {{"changes", {{"summary", "明确年度普法重点任务"}}}, {"reason", "补充摘要"}},
        {{"target", y.ids["document-workPoints"]}});
  const std::string prompt = y.act("office", day(3, 5), "PromptIssued", y.units[9].code,
                                   {{"kind", "other"}, {"text", "请补报普法联络员名单"}});
  y.act("office", day(3, 7), "RecordAnnulled", y.units[9].code,
        {{"reason", "该单位此前已报送,提示单误发"}}, {{"target", prompt}});
}

// What the lost key signed since it was lost is affirmed by its successor.
void reaffirm(Year& y) {
  Unit& u = y.unit(kLostKey);
  std::vector<std::string> targets;
  for (auto& w : y.file(u).verified)
    if (w.on >= day(6, 10) && w.on <= day(6, 30)) targets.push_back(w.id);
  if (targets.empty()) return;
  y.act(y.unit_key(u, kCompromised + 2), kCompromised + 2, "RecordsReaffirmed", u.code,
        {{"reason", "keyCompromised"}}, {{"targets", targets}});
}

}  // namespace

void add_verification(Year& y, Date last, Date on) {
  for (auto& u : y.units) verify_unit(y, u, last, on);
}

void add_corrections(Year& y) {
  correct_office(y);
  for (auto& u : y.units) {
    if (!y.active(u, day(8, 1))) continue;
    correct_unit(y, u);
    attach_evidence(y, u);
    if (u.index % 8 == 2) reject_completion(y, u);
  }
  find_forgery(y);
  reaffirm(y);
}

}  // namespace demo
