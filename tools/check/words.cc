#include "tools/check/words.h"

#include <algorithm>
#include <iostream>

#include "ledger/schema/catalogue.h"
#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"

namespace tools {
namespace {

using ledger::CheckedItem;
using ledger::Evidence;
using ledger::EvidenceReport;
using ledger::Level;
using ledger::OrderedJson;

const char* level_name(const App& app, Level l) {
  static constexpr const char* kChinese[] = {"格式", "收录", "见证", "用途", "签名", "权限", "内容", "完整", "得分"};
  return app.zh ? kChinese[static_cast<std::size_t>(l)] : ledger::name_of(l);
}

std::string number(std::uint64_t n) { return std::to_string(n); }

std::string roles_of(const App& app, const ledger::Signer& s) {
  std::string out;
  for (std::size_t r = 0; r < ledger::roles().size(); ++r)
    if ((s.roles >> r & 1) != 0) out += (out.empty() ? "" : ", ") + (app.zh ? ledger::roles()[r].zh : ledger::roles()[r].en);
  return out;
}

std::string included(const App& app, const Evidence& e, const EvidenceReport& r) {
  const auto& head = r.trusted.checkpoint;
  const std::string tree = number(head.size) + app.t(" 条记录,签署者 ", " records that ") + head.origin + app.t("", " signed");
  if (e.kind != ledger::EvidenceKind::unit) return app.t("第 ", "record ") + number(e.subject) + app.t(" 条记录在树中:", " is in the tree of ") + tree;
  const auto full = std::count_if(e.items.begin(), e.items.end(), [](auto& i) { return i.full; });
  return number(static_cast<std::uint64_t>(full)) + app.t(" 条记录在树中:", " records are in the tree of ") + tree;
}

std::string witnessed(const App& app, const EvidenceReport& r) {
  std::string out;
  for (auto& [name, time] : r.trusted.witnesses)
    out += (out.empty() ? "" : "; ") + name + app.t(" 于 ", " at ") + ledger::format_instant({static_cast<std::int64_t>(time) * 1000});
  return out;
}

std::string purpose(const App& app, const EvidenceReport& r) {
  return (r.genesis.demonstration ? app.t("演示数据,不是真实账本:", "DEMONSTRATION data, no real ledger: ") : app.t("正式账本:", "production: ")) +
         r.genesis.district_name + " " + r.genesis.district + ", " + r.genesis.suite->name();
}

std::string signed_by(const App& app, const CheckedItem& c) {
  return app.t("签署者 ", "by ") + c.signer.owner() + (c.signer.owner_unit().empty() ? "" : " " + c.signer.owner_unit()) + app.t(",密钥 ", ", key ") +
         ledger::hex(c.signer.key.view()) + app.t(",同签 ", ", in a submission of ") + number(c.item->submission.count) + app.t(" 条", "") + ", " +
         ledger::format_instant(c.item->submission.signed_at);
}

std::string standing(const App& app, const Evidence& e, const EvidenceReport& r) {
  if (!r.index) return app.t("账本尚无索引,不能排除漏示的撤销", "no index yet: a revocation could have been left out");
  if (e.kind == ledger::EvidenceKind::unit || r.later_index) return app.t("由索引证实 @", "confirmed by the index at @") + number(*r.index);
  return app.t("由此前的索引证实 @", "confirmed by the index before it, at @") + number(*r.index) + app.t(",其后的撤销不能排除", "; a revocation since then could have been left out");
}

std::string entitled(const App& app, const Evidence& e, const EvidenceReport& r) {
  if (e.kind == ledger::EvidenceKind::unit) return app.t("各签署者均有权限,", "every signer was, ") + standing(app, e, r);
  return app.t("以 ", "as ") + roles_of(app, r.find(e.subject)->signer) + "; " + standing(app, e, r);
}

std::string body(const App& app, const Evidence& e, const EvidenceReport& r) {
  const auto shown = std::count_if(r.items.begin(), r.items.end(), [](auto& c) { return c.body.has_value(); });
  std::string out = number(static_cast<std::uint64_t>(shown)) + app.t(" 条记录的内容与承诺一致", " bodies match their commitments");
  const CheckedItem* subject = e.kind == ledger::EvidenceKind::unit ? nullptr : r.find(e.subject);
  if (subject && !subject->body) out = app.t("未出示内容", "not shown");
  if (subject && !subject->item->opened.empty()) out += app.t(",密封内容一致 ", "; opened values match: ") + number(subject->item->opened.size());
  return out;
}

std::string complete(const App& app, const EvidenceReport& r) {
  std::string out = app.t("由经办者承诺,至 @", "as committed by the operator, up to @") + number(*r.index) + ": ";
  for (auto& u : r.complete) out += (&u == &r.complete.front() ? "" : ", ") + u;
  const auto later = r.trusted.checkpoint.size - *r.index - 1;
  return out + (later == 0 ? "" : app.t(";其后 ", "; not the ") + number(later) + app.t(" 条不在其内", " records after it"));
}

void print_record(const App& app, const OrderedJson& record) {
  std::cout << app.t("记录", "record") << "\n";
  for (auto& [name, value] : record.items()) std::cout << "  " << name << ": " << (value.is_string() ? value.get<std::string>() : value.dump()) << "\n";
}

void print_docket(const App& app, const Docket& d) {
  std::cout << app.t("办理情况", "what followed, as far as this file shows") << "\n";
  for (auto& s : d.steps) std::cout << "  " << s.on << " " << s.what << "  @" << s.position << "\n";
  std::cout << "  " << app.t("目前:", "now: ") << d.state << "\n";
}

}  // namespace

std::vector<Said> words_of(const App& app, const Evidence& e, const EvidenceReport& r) {
  auto holds = [&](Level l) { return std::find(r.holds.begin(), r.holds.end(), l) != r.holds.end(); };
  std::vector<Said> out{{Level::parsed, holds(Level::parsed), app.t("文件完整,格式正确", "the file is whole and in its form")}};
  if (holds(Level::included)) out.push_back({Level::included, true, included(app, e, r)});
  if (holds(Level::witnessed)) out.push_back({Level::witnessed, true, witnessed(app, r)});
  else if (holds(Level::purpose)) out.push_back({Level::witnessed, false, app.t("信任策略未要求见证", "the policy asks for no witness")});
  if (holds(Level::purpose)) out.push_back({Level::purpose, true, purpose(app, r)});
  if (holds(Level::body)) {
    const auto* subject = e.kind == ledger::EvidenceKind::unit ? nullptr : r.find(e.subject);
    out.push_back({Level::signature, true, subject ? signed_by(app, *subject) : app.t("各记录均由其签署者签名", "every record by its signer")});
    out.push_back({Level::entitled, true, entitled(app, e, r)});
    out.push_back({Level::body, subject == nullptr || subject->body.has_value(), body(app, e, r)});
  }
  if (holds(Level::complete)) out.push_back({Level::complete, true, complete(app, r)});
  return out;
}

std::vector<Said> words_of(const App& app, const projections::AssessmentReport& r) {
  if (r.holds.empty()) return {};
  const auto& head = r.trusted.checkpoint;
  std::string by;
  for (auto& [name, time] : r.trusted.witnesses) by += (by.empty() ? "" : "; ") + name + " " + ledger::format_instant({static_cast<std::int64_t>(time) * 1000});
  std::vector<Said> out{
      {Level::parsed, true, app.t("文件完整,格式正确", "the file is whole and in its form")},
      {Level::included, true, app.t("全部 ", "all ") + number(r.records) + app.t(" 条记录重算出树根,签署者 ", " records give the root that ") + head.origin + app.t("", " signed")},
      {Level::witnessed, !by.empty(), by.empty() ? app.t("信任策略未要求见证", "the policy asks for no witness") : by},
      {Level::purpose, true, (r.genesis.demonstration ? app.t("演示数据,不是真实账本:", "DEMONSTRATION data, no real ledger: ") : app.t("正式账本:", "production: ")) + r.genesis.district_name + " " + r.genesis.district + ", " + r.genesis.suite->name()},
      {Level::signature, true, number(r.submissions) + app.t(" 次提交的签名全部有效", " submissions, every signature good")},
      {Level::entitled, true, app.t("每条记录的签署者当时均有权限(程序规则未重判)", "every signer was entitled at its position (the procedure's rules are not judged)")},
      {Level::body, true, number(r.bodies) + app.t(" 条记录的内容与承诺一致", " bodies match their commitments")},
      {Level::complete, true, app.t("重算:无遗漏记录,", "recomputed: no record is left out, ") + number(r.indexes) + app.t(" 个索引相符", " indexes agree")}};
  if (r.ranking) out.push_back({Level::scored, true, number(static_cast<std::uint64_t>(r.ranking->year)) + app.t(" 年度排名重算与公布一致,单位 ", " ranking recomputed as published, units: ") + number(r.ranking->rows.size())});
  return out;
}

std::string still_there(const App& app, const ledger::Checkpoint& earlier, const ledger::Checkpoint& later) {
  return app.t("仍在账本中,未变动:", "still in the log, unchanged: ") + number(earlier.size) + app.t(" 条记录时的同一条,在 ", " records then, ") + number(later.size) + app.t(" 条记录的树中", " now");
}

OrderedJson show(const CheckedItem& c) {
  const auto& h = c.item->header;
  OrderedJson j{{"position", c.item->record.position}, {"id", ledger::format_id(h.id)}, {"type", ledger::type_of(h.type).name}};
  if (!h.unit.empty()) j["unit"] = h.unit;
  j["on"] = ledger::format_date(h.on);
  j["admittedAt"] = ledger::format_instant(c.item->record.admitted);
  if (c.item->full) j["key"] = ledger::hex(c.signer.key.view()), j["owner"] = c.signer.owner();
  if (!c.body) return j;
  if (auto refs = ledger::show_refs(*c.body); !refs.empty()) j["refs"] = refs;
  j["data"] = ledger::show_data(*c.body);
  for (auto& v : c.item->opened) j["opened"][std::string(v.field)] = std::string(v.value);
  return j;
}

int print(const App& app, const std::string& file, const Verdict& v) {
  if (app.json) {
    OrderedJson j{{"valid", !v.failure}};
    if (v.kind) j["kind"] = name_of(*v.kind);
    j["levels"] = OrderedJson::array();
    for (auto& s : v.levels) j["levels"].push_back({{"level", ledger::name_of(s.level)}, {"holds", s.holds}, {"text", s.text}});
    if (v.failure) {
      j["failure"] = {{"level", ledger::name_of(v.failure->level)}, {"code", v.failure->error.code}, {"message", v.failure->error.message}};
      if (v.failure->position) j["failure"]["position"] = *v.failure->position;
    }
    if (v.trusted.checkpoint.size != 0)
      j["checkpoint"] = {{"origin", v.trusted.checkpoint.origin}, {"size", v.trusted.checkpoint.size}, {"root", ledger::hex(v.trusted.checkpoint.root.view())}};
    if (v.record) j["record"] = *v.record;
    if (v.docket) {
      j["docket"] = {{"state", v.docket->state}, {"steps", OrderedJson::array()}};
      for (auto& step : v.docket->steps) j["docket"]["steps"].push_back({{"position", step.position}, {"on", step.on}, {"what", step.what}});
    }
    if (v.ranking) j["ranking"] = *v.ranking;
    if (v.genesis.demonstration) j["demonstration"] = true;
    std::cout << j.dump() << "\n";
    return v.failure ? kDifferent : kGood;
  }
  for (auto& s : v.levels) std::cout << (s.holds ? "✓ " : "– ") << level_name(app, s.level) << ": " << s.text << "\n";
  if (v.failure) {
    std::cout << "✗ " << level_name(app, v.failure->level) << ": " << (v.failure->position ? "@" + number(*v.failure->position) + " " : "") << explain_code(app, v.failure->error)
              << " [" << v.failure->error.code << "]\n" << (v.failed_file.empty() ? file : v.failed_file) << app.t(": 不成立\n", ": does not hold\n");
    return kDifferent;
  }
  if (v.record) print_record(app, *v.record);
  if (v.docket) print_docket(app, *v.docket);
  std::cout << file << app.t(": 成立\n", ": holds\n");
  return kGood;
}

}  // namespace tools
