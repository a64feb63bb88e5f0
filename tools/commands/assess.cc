// pufa rank, pufa explain, pufa scheme
#include "tools/commands/assess.h"

#include <iostream>

#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"
#include "projections/assessment/measure_kinds.h"
#include "tools/cli/page.h"
#include "tools/cli/snapshots.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tools {
namespace {

using ledger::OrderedJson;
namespace assessment = projections::assessment;

std::string label(const App& app, const char* type, const char* path, const std::string& code) {
  const ledger::Field* f = nullptr;
  const auto* fields = &ledger::find_type(type)->fields;
  for (std::string rest = path; !rest.empty();) {
    const auto dot = rest.find('.');
    f = ledger::find_field(*fields, rest.substr(0, dot));
    fields = &f->members;
    rest = dot == std::string::npos ? "" : rest.substr(dot + 1);
  }
  for (auto& c : f->choices)
    if (c.name == code) return app.zh ? c.zh : c.en;
  return code;
}

std::string grade_label(const App& app, const assessment::Row& r) { return tools::grade_label(app, r.grade); }
std::string category_label(const App& app, const assessment::Row& r) { return label(app, "UnitRegistered", "category", assessment::name_of(r.category)); }

std::string flags_text(const App& app, const assessment::Row& r) {
  std::string s = r.vetoed ? app.t("一票否决", "vetoed") : "";
  for (auto& f : r.flags) s += (s.empty() ? "" : "; ") + flag_label(app, f);
  return s;
}

std::string title_of(const App& app, const Assessed& a) {
  return a.scheme.name + (a.ranking.provisional ? app.t("(暂定 provisional)", " (provisional)") : "");
}

std::string ranking_csv(const App& app, const Assessed& a) {
  std::string out = "rank,categoryRank,unit,name,category";
  for (auto& id : a.ranking.indicator_ids) out += "," + id;
  out += ",base,bonus,penalty,total,grade,vetoed,flags\n";
  for (auto& r : a.ranking.rows) {
    out += std::to_string(r.rank) + "," + std::to_string(r.category_rank) + "," + std::string(projections::text_of(r.unit)) + "," +
           csv_cell(r.name) + "," + csv_cell(category_label(app, r));
    for (auto& t : r.indicators) out += "," + (t.applicable ? points_text(t.points) : std::string());
    out += "," + points_text(r.base) + "," + points_text(r.bonus.points) + "," + points_text(r.penalty.points) + "," + points_text(r.total) + "," +
           csv_cell(grade_label(app, r)) + "," + (r.vetoed ? "true" : "false") + "," + csv_cell(flags_text(app, r)) + "\n";
  }
  return out;
}

std::string ranking_html(const App& app, const Assessed& a, const std::string& marked) {
  std::string out = "<!doctype html>\n<html lang=\"" + std::string(app.t("zh-CN", "en")) + "\"><meta charset=\"utf-8\"><title>" + html_text(title_of(app, a)) +
                    "</title>\n<style>body{font-family:FangSong,STFangsong,'Noto Serif CJK SC',serif}table{border-collapse:collapse}td,th{border:1px solid #888;padding:.2em .5em}td.n{text-align:right}</style>\n"
                    "<h1>" + html_text(title_of(app, a)) + "</h1>\n<p>" + html_text(marked) + "</p>\n<table>\n<tr>";
  for (auto* h : {app.t("区内排名", "rank"), app.t("同类排名", "in category"), app.t("单位", "unit"), app.t("类别", "category"), app.t("总分", "total"), app.t("等次", "grade"), app.t("备注", "remarks")})
    out += "<th>" + std::string(h) + "</th>";
  out += "</tr>\n";
  for (auto& r : a.ranking.rows)
    out += "<tr><td class=n>" + std::to_string(r.rank) + "</td><td class=n>" + std::to_string(r.category_rank) + "</td><td>" + html_text(r.name) + "</td><td>" +
           html_text(category_label(app, r)) + "</td><td class=n>" + points_text(r.total) + "</td><td>" + html_text(grade_label(app, r)) + "</td><td>" +
           html_text(flags_text(app, r)) + "</td></tr>\n";
  return out + "</table>\n<p>" + app.t("树头 ", "head ") + std::to_string(a.ranking.head.size) + " " + ledger::hex(a.ranking.head.root.view()) + "</p>\n</html>\n";
}

OrderedJson to_json(const assessment::Trace& t) {
  OrderedJson j{{"points", t.points}, {"weight", t.weight}, {"applicable", t.applicable}, {"formula", t.formula}, {"counts", OrderedJson::object()}, {"events", OrderedJson::array()}, {"missing", t.missing}};
  for (auto& [name, n] : t.counts) j["counts"][name] = n;
  for (auto& id : t.events) j["events"].push_back(ledger::format_id(id));
  return j;
}

void print_trace(const App& app, const std::string& title, const assessment::Trace& t) {
  std::cout << title << "  " << points_text(t.points) << " / " << points_text(t.weight) << (t.applicable ? "" : app.t("  不适用", "  not applicable")) << "\n";
  if (!t.formula.empty()) std::cout << "    = " << t.formula << "\n";
  for (auto& [name, n] : t.counts) std::cout << "    " << count_label(app, name) << ": " << n << "\n";
  for (auto& m : t.missing) std::cout << "    " << app.t("缺:", "missing: ") << m << "\n";
  for (auto& id : t.events) std::cout << "    " << ledger::format_id(id) << "\n";
}

std::string ranking_json(const Reader& reader, const Assessed& a) {
  auto j = assessment::to_json(a.ranking);
  if (reader.genesis.demonstration) j["demonstration"] = true;
  return j.dump() + "\n";
}

std::string ranking_page(const App& app, const Assessed& a) {
  const auto& r = a.ranking;
  return title_of(app, a) + "\n" + ranking_text(app, a) + app.t("树头 ", "head ") +
         std::to_string(r.head.size) + " " + ledger::hex(r.head.root.view()) + app.t("  办法 ", "  scheme ") + r.head.scheme + "\n";
}

struct Loaded {
  Reader reader;
  Assessed assessed;
};

// With what explains the points: from the log itself.
ledger::Result<Loaded> load(const AssessOptions& o) {
  Loaded l;
  l.reader = LEDGER_TRY(open_reader(o.dir));
  auto folds = LEDGER_TRY(fold(l.reader, {o.as_of, false, true, {}}));
  auto scheme = LEDGER_TRY(choose_scheme(*folds.facts, o.year, o.scheme));
  l.assessed = LEDGER_TRY(assess_year(*folds.facts, o.year, scheme, {folds.size, folds.root, {}, o.as_of}, projections::assessment::Detail::events));
  return l;
}

}  // namespace

std::string grade_label(const App& app, assessment::Grade g) { return label(app, "ResultPublished", "rows.grade", assessment::name_of(g)); }

std::string ranking_text(const App& app, const Assessed& a) {
  TextTable table({app.t(">区内", ">rank"), app.t(">同类", ">cat."), app.t("单位", "unit"), app.t("类别", "category"), app.t(">工作完成", ">A"), app.t(">各方评估", ">B"),
                   app.t(">投诉整改", ">C"), app.t(">加分", ">bonus"), app.t(">扣分", ">penalty"), app.t(">总分", ">total"), app.t("等次", "grade"), app.t("备注", "remarks")});
  for (auto& r : a.ranking.rows) {
    std::vector<std::string> cells{std::to_string(r.rank), std::to_string(r.category_rank), r.name, category_label(app, r)};
    for (std::size_t b = 0; b < 3; ++b) cells.push_back(b < r.blocks.size() ? points_text(r.blocks[b].second) : "");
    for (auto v : {r.bonus.points, r.penalty.points, r.total}) cells.push_back(points_text(v));
    cells.push_back(grade_label(app, r));
    cells.push_back(flags_text(app, r));
    table.add(std::move(cells));
  }
  return table.str();
}

int run_rank(const App& app, const AssessOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto a = rank_on_demand(*reader, {o.dir, o.scheme, o.as_of, o.year, !o.no_snapshots});
  if (!a) return fail(app, a.error());
  const std::string format = app.json ? "json" : o.format.empty() ? "text" : o.format;
  if (format == "json") std::cout << ranking_json(*reader, *a);
  else if (format == "csv") std::cout << ranking_csv(app, *a);
  else if (format == "html") std::cout << ranking_html(app, *a, mark(app, reader->genesis));
  else if (format == "text") std::cout << mark(app, reader->genesis) << ranking_page(app, *a);
  else return fail(app, {"usage", "", "--format is text, json, csv or html"});
  return kGood;
}

namespace {

// The indicators of a row that were asked for, by their place in the scheme.
std::vector<std::size_t> places_of(const Assessed& a, const AssessOptions& o) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < a.scheme.indicators.size(); ++i)
    if (o.indicator.empty() || o.indicator == a.scheme.indicators[i].id) out.push_back(i);
  return out;
}

void add_whole(OrderedJson& j, const assessment::Row& row) {
  j["bonus"] = to_json(row.bonus), j["penalty"] = to_json(row.penalty), j["veto"] = to_json(row.veto);
  j["base"] = row.base, j["total"] = row.total, j["rank"] = row.rank, j["grade"] = assessment::name_of(row.grade), j["flags"] = row.flags;
}

OrderedJson explain_json(const Loaded& l, const assessment::Row& row, const AssessOptions& o) {
  const auto& a = l.assessed;
  OrderedJson j{{"year", o.year}, {"unit", o.unit}, {"name", row.name}, {"scheme", a.ranking.head.scheme},
                {"head", {{"size", a.ranking.head.size}, {"root", ledger::hex(a.ranking.head.root.view())}}}, {"indicators", OrderedJson::array()}};
  for (const auto i : places_of(a, o)) {
    const auto& indicator = a.scheme.indicators[i];
    OrderedJson one{{"id", indicator.id}, {"name", indicator.name}, {"clause", indicator.clause}};
    one.update(to_json(row.indicators[i]));
    j["indicators"].push_back(std::move(one));
  }
  if (o.indicator.empty()) add_whole(j, row);
  if (l.reader.genesis.demonstration) j["demonstration"] = true;
  return j;
}

void print_whole(const App& app, const assessment::Row& row) {
  print_trace(app, app.t("加分", "bonus"), row.bonus);
  print_trace(app, app.t("扣分", "penalty"), row.penalty);
  if (row.vetoed) print_trace(app, app.t("一票否决", "veto"), row.veto);
  std::cout << app.t("基础分 ", "base ") << points_text(row.base) << app.t("  总分 ", "  total ") << points_text(row.total) << app.t("  排名 ", "  rank ")
            << row.rank << "  " << grade_label(app, row) << "  " << flags_text(app, row) << "\n";
}

void print_explanation(const App& app, const Loaded& l, const assessment::Row& row, const AssessOptions& o) {
  const auto& scheme = l.assessed.scheme;
  std::cout << mark(app, l.reader.genesis) << row.name << " " << o.unit << "  " << scheme.name << "\n";
  for (const auto i : places_of(l.assessed, o)) {
    const auto& indicator = scheme.indicators[i];
    print_trace(app, indicator.id + " " + indicator.name + " (" + indicator.clause + ")", row.indicators[i]);
  }
  if (o.indicator.empty()) print_whole(app, row);
}

}  // namespace

int run_explain(const App& app, const AssessOptions& o) {
  auto l = load(o);
  if (!l) return fail(app, l.error());
  const auto* row = l->assessed.ranking.find(projections::unit_code(o.unit));
  if (row == nullptr) return fail(app, {"not-found", "", "no ranked unit has the code " + o.unit});
  if (!o.indicator.empty() && l->assessed.scheme.find(o.indicator) == nullptr) return fail(app, {"not-found", "", "the scheme has no indicator " + o.indicator});
  if (app.json || o.format == "json") std::cout << explain_json(*l, *row, o).dump() << "\n";
  else print_explanation(app, *l, *row, o);
  return kGood;
}

int run_scheme_default(const App& app, int year) {
  if (year < 1949 || year > 2199) return fail(app, {"usage", "", "--year is 1949 to 2199"});
  const auto toml = assessment::default_scheme_text(year);
  if (app.json) std::cout << OrderedJson{{"year", year}, {"toml", toml}}.dump() << "\n";
  else std::cout << toml;
  return kGood;
}

int run_scheme_check(const App& app, const std::string& file) {
  auto text = read_file(file);
  if (!text) return fail(app, text.error());
  auto scheme = assessment::parse_scheme(*text);
  if (!scheme) return fail(app, scheme.error(), file);
  std::int64_t weight = 0;
  for (auto& i : scheme->indicators) weight += i.weight;
  if (app.json) std::cout << OrderedJson{{"valid", true}, {"year", scheme->year}, {"indicators", scheme->indicators.size()}, {"weight", weight}}.dump() << "\n";
  else std::cout << file << ": " << app.t("有效,指标 ", "valid; indicators ") << scheme->indicators.size() << app.t(" 项,满分 ", ", full marks ") << points_text(weight) << "\n";
  return kGood;
}

namespace {

std::string kind_of(const assessment::Part& part) { return assessment::kind_of(part.kind).name; }

OrderedJson scheme_json(const assessment::Scheme& scheme) {
  OrderedJson j{{"year", scheme.year}, {"name", scheme.name}, {"indicators", OrderedJson::array()}, {"measures", OrderedJson::array()}};
  for (auto& i : scheme.indicators) {
    OrderedJson one{{"id", i.id}, {"name", i.name}, {"clause", i.clause}, {"weight", i.weight}, {"measures", OrderedJson::array()}};
    for (auto& p : i.parts) one["measures"].push_back(kind_of(p));
    j["indicators"].push_back(std::move(one));
  }
  for (auto& k : assessment::measure_kinds()) j["measures"].push_back({{"name", k.name}, {"what", k.what}});
  return j;
}

std::string scheme_text(const App& app, const assessment::Scheme& scheme) {
  TextTable table({app.t("指标", "id"), app.t("名称", "name"), app.t("条款", "clause"), app.t(">分值", ">weight"), app.t("计分方法", "measures")});
  for (auto& i : scheme.indicators) {
    std::string measures;
    for (auto& p : i.parts) measures += (measures.empty() ? "" : " + ") + kind_of(p);
    table.add({i.id, i.name, i.clause, points_text(i.weight), measures});
  }
  TextTable kinds({app.t("计分方法", "measure"), app.t("含义", "what it counts")});
  for (auto& k : assessment::measure_kinds()) kinds.add({k.name, k.what});
  return scheme.name + "\n" + table.str() + "\n" + kinds.str();
}

}  // namespace

int run_scheme_explain(const App& app, const std::string& file) {
  auto text = read_file(file);
  if (!text) return fail(app, text.error());
  auto scheme = assessment::parse_scheme(*text);
  if (!scheme) return fail(app, scheme.error(), file);
  if (app.json) std::cout << scheme_json(*scheme).dump() << "\n";
  else std::cout << scheme_text(app, *scheme);
  return kGood;
}

}  // namespace tools
