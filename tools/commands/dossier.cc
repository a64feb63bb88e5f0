#include "tools/commands/dossier.h"

#include <iostream>

#include "ledger/text/encoding.h"
#include "projections/assessment/measure_kinds.h"
#include "tools/cli/output.h"
#include "tools/cli/say.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"
#include "tools/commands/assess.h"
#include "tools/commands/prove.h"

namespace tools {
namespace {

using ledger::EventType;
using ledger::OrderedJson;
namespace assessment = projections::assessment;

class Writer {
 public:
  Writer(const App& app, const DossierOptions& o, const Dossier& d) : app_(app), o_(o), d_(d) {}

  Page page() {
    page_.language = app_.t("zh-CN", "en");
    page_.mark = mark(app_, d_.reader.genesis);
    if (!page_.mark.empty()) page_.mark.pop_back();
    page_.title = d_.matters[0].row.name + " " + o_.unit + " " + std::to_string(o_.year) +
                  app_.t("年度考核争议卷宗", " assessment: dispute dossier");
    for (auto& m : d_.matters) add_matter(m);
    add_decisions();
    add_time();
    add_evidence();
    add_foot();
    return std::move(page_);
  }

 private:
  std::string number(std::size_t n) const { return std::to_string(n) + app_.t("、", ". "); }
  PageSection& section(const std::string& heading) {
    page_.sections.push_back({number(page_.sections.size() + 1) + heading, {}, {}});
    return page_.sections.back();
  }
  std::string when(ledger::Date on, ledger::Date admitted_on, std::uint64_t position) const {
    return app_.t("业务日期 ", "business date ") + ledger::format_date(on) + app_.t(",受理 ", ", admitted ") + ledger::format_date(admitted_on) +
           app_.t(",位置 @", ", position @") + std::to_string(position);
  }
  std::string when(const projections::Stamp& s) const { return when(s.on, s.admitted_on, s.position); }
  std::string stage(const projections::PublishedResult& r) const { return say_choice(app_, EventType::ResultPublished, "stage", static_cast<std::size_t>(r.stage)); }

  void add_matter(const DossierMatter& m) {
    add_claim(m);
    add_rule(m);
    add_events(m);
    add_cases(m);
  }

  void add_claim(const DossierMatter& m) {
    const auto& c = m.claim;
    auto& s = section(app_.t("主张", "Claim") + (c.indicator.empty() ? std::string() : " " + c.indicator));
    if (c.objection != nullptr) {
      s.paragraphs.push_back(app_.t("异议 ", "objection ") + ledger::format_id(c.objection->at.event) + app_.t(":", ": ") + when(c.objection->at));
      s.paragraphs.push_back(app_.t("主张得分 ", "claimed points ") + points_text(c.claimed));
      add_content(s, c.objection->at.event);
    } else if (c.external != nullptr) {
      s.paragraphs.push_back(app_.t("外部决定 ", "external decision ") + ledger::format_id(c.external->at.event) + app_.t(":", ": ") + when(c.external->at));
      s.paragraphs.push_back(app_.t("决定得分 ", "points decided ") + points_text(c.claimed));
    } else {
      s.paragraphs.push_back(app_.t("账本中没有该单位本年度的异议;以下列出全部指标。", "The ledger holds no objection of the unit for the year; all indicators are shown."));
    }
    s.paragraphs.push_back(app_.t("所争议的结果:", "result in dispute: ") + stage(*c.result) + " " + ledger::format_id(c.result->at.event) +
                           app_.t(",", ", ") + when(c.result->at) + app_.t(",树头 ", ", head ") + std::to_string(c.result->head_size));
  }

  void add_content(PageSection& s, const ledger::Id& id) const {
    const auto at = d_.positions.find(id);
    if (at == d_.positions.end()) return;
    const auto& e = d_.events.at(at->second);
    s.paragraphs.push_back(e.signer + app_.t(":", ": ") + e.content);
  }

  // ---- the rule and what it gave

  void add_rule(const DossierMatter& m) {
    auto& s = section(app_.t("指标与规则", "Indicator and rule"));
    s.paragraphs.push_back(m.scheme.name);
    for (std::size_t i = 0; i < m.scheme.indicators.size(); ++i)
      if (m.claim.indicator.empty() || m.claim.indicator == m.scheme.indicators[i].id) add_indicator(s, m.scheme.indicators[i], m.row.indicators[i]);
  }

  void add_indicator(PageSection& s, const assessment::Indicator& i, const assessment::Trace& t) const {
    s.paragraphs.push_back(i.id + " " + i.name + app_.t(",依据 ", ", clause ") + i.clause + app_.t(",分值 ", ", weight ") + points_text(i.weight));
    for (auto& part : i.parts) s.paragraphs.push_back(app_.t("计分方法:", "measure: ") + part_text(part));
    std::string got = app_.t("得分 ", "points ") + points_text(t.points) + " / " + points_text(t.weight) +
                      (t.applicable ? "" : app_.t("(不适用)", " (not applicable)")) + (t.formula.empty() ? "" : " = " + t.formula);
    for (auto& [name, n] : t.counts) got += app_.t(";", "; ") + count_label(app_, name) + " " + std::to_string(n);
    for (auto& missing : t.missing) got += app_.t(";缺:", "; missing: ") + missing;
    s.paragraphs.push_back(got);
  }

  // The measure's words, then its parameters as the scheme writes them, in 1/100 point where they are points.
  std::string part_text(const assessment::Part& p) const {
    const auto& kind = assessment::kind_of(p.kind);
    const char* word = word_of(app_, "measure", kind.name);
    std::string out = std::string(word ? word : kind.what) + " [" + kind.name;
    for (auto& t : p.types) out += app_.t(";", "; ") + std::string(app_.zh ? ledger::type_of(t).zh : ledger::type_of(t).en);
    for (auto& [name, n] : p.numbers)
      if (n != assessment::kIndicatorWeight) out += "; " + name + " = " + std::to_string(n);
    for (auto& [name, text] : p.texts)
      if (!text.empty()) out += "; " + name + " = " + text;
    for (auto& [name, list] : p.lists)
      if (!list.empty()) out += "; " + name + " = " + joined(list);
    for (auto& w : p.where) out += "; " + w.field + " = " + joined(w.values);
    return out + "]";
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (auto& w : words) out += (out.empty() ? "" : " | ") + w;
    return out;
  }

  // ---- events

  std::vector<std::string> event_headers() const {
    return {app_.t("位置", "position"), app_.t("业务日期", "business date"), app_.t("受理时间(UTC)", "admitted (UTC)"), app_.t("类型", "type"), app_.t("签署方", "signed by"),
            app_.t("提示", "notes"), app_.t("证据", "evidence"), app_.t("编号", "id"), app_.t("内容", "content")};
  }

  std::vector<std::string> event_row(const DossierEvent& e) const {
    const auto& type = ledger::type_of(e.type);
    return {"@" + std::to_string(e.position), ledger::format_date(e.on), ledger::format_instant(e.admitted), app_.zh ? type.zh : type.en, e.signer,
            notes(e), evidence(e), ledger::format_id(e.id), e.content};
  }

  std::string notes(const DossierEvent& e) const {
    std::string out;
    auto add = [&](const std::string& what) { out += (out.empty() ? "" : app_.t(";", "; ")) + what; };
    if (e.late()) add(app_.t("迟录:发生后 ", "late entry: after ") + std::to_string(e.admitted_on - e.on) +
                      app_.t(" 天,限 ", " days, allowed ") + std::to_string(e.entry_lag_days) + app_.t(" 天", ""));
    for (auto p : e.corrected) add(app_.t("被更正 @", "corrected by @") + std::to_string(p));
    for (auto p : e.annulled) add(app_.t("被作废 @", "annulled by @") + std::to_string(p));
    if (e.compromised_since) add(app_.t("签署密钥后报泄露,自 ", "key later reported compromised since ") + ledger::format_instant(*e.compromised_since));
    return out;
  }

  // What of the event the unit's evidence file lets one check.
  std::string evidence(const DossierEvent& e) const {
    if (!e.names_unit || e.position >= d_.last_index) return app_.t("另取", "apart");
    return e.names_code && ledger::year_of(e.on) == o_.year ? app_.t("内容", "content") : app_.t("记录", "record");
  }

  void add_events(const DossierMatter& m) {
    std::set<std::uint64_t> positions;
    for (auto& id : m.events)
      if (const auto at = d_.positions.find(id); at != d_.positions.end()) positions.insert(at->second);
    auto& s = section(app_.t("得分所依据的事件", "Events that the points rest on"));
    s.paragraphs.push_back(app_.t("共 ", "in all ") + std::to_string(positions.size()));
    s.table.headers = event_headers();
    for (auto p : positions) s.table.rows.push_back(event_row(d_.events.at(p)));
  }

  // ---- what if

  std::string case_name(const DossierCase& c) const {
    if (c.kind == DossierCase::Kind::published) return app_.t("所争议的结果", "the result in dispute");
    if (c.kind == DossierCase::Kind::granted) return app_.t("主张成立", "the claim granted");
    if (c.kind == DossierCase::Kind::latest) return app_.t("最近公布的结果:", "the latest result: ") + stage(*d_.results.back());
    std::string out = app_.t("不计以下事件:", "without the events:");
    for (auto p : c.left_out) out += " @" + std::to_string(p);
    return out;
  }

  void add_cases(const DossierMatter& m) {
    auto& s = section(app_.t("假设比较", "What if"));
    s.table.headers = {app_.t("情形", "case"), m.claim.indicator.empty() ? app_.t("指标", "indicator") : m.claim.indicator,
                       app_.t("总分", "total"), app_.t("区内排名", "rank"), app_.t("同类排名", "in category"), app_.t("等次", "grade")};
    for (auto& c : m.cases)
      s.table.rows.push_back({case_name(c), m.claim.indicator.empty() ? "-" : points_text(c.points) + " / " + points_text(c.weight),
                              points_text(c.standing.total), std::to_string(c.standing.rank),
                              std::to_string(c.standing.category_rank), grade_label(app_, c.standing.grade)});
  }

  // ---- decisions, times, evidence

  void add_decisions() {
    auto& s = section(app_.t("决定", "Decisions"));
    s.table.headers = event_headers();
    for (auto& [position, e] : d_.events)
      if (e.names_unit && (e.type == EventType::ObjectionDecided || e.type == EventType::VetoDecided || e.type == EventType::PointsDecided))
        s.table.rows.push_back(event_row(e));
    if (s.table.rows.empty()) s.paragraphs.push_back(app_.t("没有关于该单位的决定。", "There is no decision about the unit.")), s.table.headers.clear();
  }

  void add_time() {
    std::size_t late = 0, corrected = 0, annulled = 0, compromised = 0;
    auto& s = section(app_.t("时间完整性", "Completeness of time"));
    s.table.headers = event_headers();
    for (auto& [position, e] : d_.events) {
      late += e.late(), corrected += !e.corrected.empty();
      annulled += !e.annulled.empty(), compromised += e.compromised_since.has_value();
      if (e.noted()) s.table.rows.push_back(event_row(e));
    }
    s.paragraphs.push_back(app_.t("所查事件(该单位本年度的,及得分所依据的)", "events looked at (the unit's of the year, and those that points rest on) ") +
                           std::to_string(d_.events.size()) + app_.t(";迟录 ", "; late ") + std::to_string(late) +
                           app_.t(";被更正 ", "; corrected ") + std::to_string(corrected) + app_.t(";被作废 ", "; annulled ") + std::to_string(annulled) +
                           app_.t(";签署密钥后报泄露 ", "; signed by a key later reported compromised ") + std::to_string(compromised));
    if (s.table.rows.empty()) s.table.headers.clear();
  }

  void add_evidence() {
    auto& s = section(app_.t("查证", "How to check"));
    s.paragraphs.push_back(app_.t("离线查证:pufa check FILE.evidence --policy POLICY(或 pufa-verify)。FILE 即本卷宗的文件名;POLICY 为信任策略文件,须另从可信渠道取得。",
                                  "Offline: pufa check FILE.evidence --policy POLICY (or pufa-verify). FILE is this dossier's name; the trust policy comes by a way of its own."));
    if (o_.open)
      s.paragraphs.push_back(app_.t("密封内容(理由等)不在证据文件内;核对用 pufa prove DIR --event 编号 --open 字段。",
                                    "Sealed values (grounds, reasons) are not in the evidence file; pufa prove DIR --event ID --open FIELD lets one check them."));
    s.paragraphs.push_back(app_.t("“证据”一栏:内容 = 证据文件含该记录的内容;记录 = 仅含其记录;另取 = 不在该单位档案内,用 pufa prove DIR --event 编号 取得。",
                                  "Column evidence: content = the evidence file holds the record with its content; record = the record alone; apart = not of the unit's file, got by pufa prove DIR --event ID."));
  }

  void add_foot() {
    const auto& latest = *d_.results.back();
    page_.foot = {{app_.t("账本", "ledger"), d_.reader.genesis.origin},
                  {app_.t("树头", "head"), std::to_string(d_.folds.size) + " " + ledger::hex(d_.folds.root.view())},
                  {app_.t("最近结果", "latest result"), ledger::format_id(latest.at.event) + " @" + std::to_string(latest.at.position)},
                  {app_.t("考核办法", "scheme"), ledger::format_id(latest.scheme)},
                  {app_.t("投影", "projection"), std::string(assessment::kProjection) + " " + std::to_string(assessment::kProjectionVersion)}};
  }

  const App& app_;
  const DossierOptions& o_;
  const Dossier& d_;
  Page page_;
};

// Size of the log that it is drawn from; `marked`: the line that tells a demonstration.
ledger::Result<std::uint64_t> write_dossier(const App& app, const DossierOptions& o, std::string& marked) {
  const auto d = LEDGER_TRY(gather_dossier(app, o));
  const Page page = Writer(app, o, d).page();
  const std::string html = to_html(page), text = to_text(page);
  ProveOptions options;
  options.dir = o.dir, options.unit = o.unit, options.year = o.year, options.body = true;
  ledger::Bytes evidence;
  LEDGER_TRY(prove(d.reader, options, [&](ledger::BytesView b) { evidence += b; }));
  // Sealed values are for nobody else on this machine.
  LEDGER_CHECK(write_beside(o.output, {{".html", html}, {".txt", text}, {".evidence", evidence}}, o.open ? 0600 : 0644));
  marked = mark(app, d.reader.genesis);
  return d.folds.size;
}

}  // namespace

int run_dossier(const App& app, const DossierOptions& o) {
  App words = app;
  words.zh = o.zh;
  std::string marked;
  const auto size = write_dossier(words, o, marked);
  if (!size) return fail(app, size.error());
  if (app.json) {
    OrderedJson j{{"unit", o.unit}, {"year", o.year}, {"size", *size}, {"files", OrderedJson::array()}};
    for (auto* ending : {".html", ".txt", ".evidence"}) j["files"].push_back(o.output + ending);
    if (!marked.empty()) j["demonstration"] = true;
    std::cout << j.dump() << "\n";
    return kGood;
  }
  std::cout << marked;
  for (auto* ending : {".html", ".txt", ".evidence"}) std::cout << o.output << ending << "\n";
  return kGood;
}

}  // namespace tools
