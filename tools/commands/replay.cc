// pufa replay, pufa diff
#include <iostream>

#include "ledger/log/prove.h"
#include "ledger/text/encoding.h"
#include "projections/assessment/difference.h"
#include "tools/cli/table.h"
#include "tools/cli/what_if.h"
#include "tools/commands/assess.h"

namespace tools {
namespace {

using ledger::OrderedJson;
namespace assessment = projections::assessment;
using assessment::RankingDifference;
using Ids = std::unordered_set<ledger::Id>;

// What the published event says, to compare with.
struct PublishedResult {
  ledger::Id id;
  int year = 0;
  std::uint64_t head_size = 0;
  ledger::Bytes hash;
  std::string scheme;
  std::vector<projections::PublishedResult::Row> rows;
};

ledger::Result<PublishedResult> find_result(const Folds& folds, const std::string& text) {
  auto id = id_of(text);
  const auto* r = id ? folds.state().assessment.results.find(*id) : nullptr;
  if (r == nullptr) return ledger::refuse("not-found", "no published result has the id " + text);
  return PublishedResult{*id, r->year, r->head_size, ledger::Bytes(r->result_hash.view()), ledger::format_id(r->scheme), r->rows};
}

std::string grade_name(ledger::ResultPublished::Row::Grade g) { return assessment::name_of(g); }

// The first row that is not the published one; empty: none.
std::string row_difference(const PublishedResult& p, const assessment::Ranking& r) {
  if (p.rows.size() != r.rows.size())
    return "rows: published " + std::to_string(p.rows.size()) + ", recomputed " + std::to_string(r.rows.size());
  for (std::size_t i = 0; i < p.rows.size(); ++i) {
    const auto& a = p.rows[i];
    const auto& b = r.rows[i];
    const std::string where = "row " + std::to_string(i + 1) + ": ";
    auto differs = [&](const std::string& what, const std::string& x, const std::string& y) { return where + what + ": published " + x + ", recomputed " + y; };
    if (a.unit != b.unit) return differs("unit", std::string(a.unit.view()), std::string(b.unit.view()));
    const std::string unit = std::string(a.unit.view()) + " ";
    if (a.total != b.total) return differs(unit + "total", points_text(a.total), points_text(b.total));
    if (a.rank != b.rank) return differs(unit + "rank", std::to_string(a.rank), std::to_string(b.rank));
    if (a.category_rank != b.category_rank) return differs(unit + "category rank", std::to_string(a.category_rank), std::to_string(b.category_rank));
    if (a.grade != b.grade) return differs(unit + "grade", grade_name(a.grade), grade_name(b.grade));
    if (a.vetoed != b.vetoed) return differs(unit + "vetoed", a.vetoed ? "yes" : "no", b.vetoed ? "yes" : "no");
  }
  return {};
}

// The same, with what only the hash covers: head, scheme and indicators.
std::string first_difference(const PublishedResult& p, const assessment::Ranking& r, const ledger::Suite& suite) {
  if (auto d = row_difference(p, r); !d.empty()) return d;
  const auto hash = assessment::result_hash(suite, r);
  if (hash.view() != p.hash) return "result hash: published " + ledger::hex(p.hash) + ", recomputed " + ledger::hex(hash.view());
  return {};
}

// The published scheme, or the one to try instead: of any event of the log, or of a file.
ledger::Result<NamedScheme> scheme_of(const projections::State& state, const std::string& which) {
  const auto id = id_of(which);
  if (!id) return NamedScheme{"file", LEDGER_TRY(read_file(which)), which};
  const auto* s = state.reference.schemes.find(*id);
  if (s == nullptr) return ledger::refuse("not-found", "no scheme has the id " + which);
  return NamedScheme{which, s->toml};
}

struct Replayed {
  Reader reader;
  Assessed again;
  std::string difference;   // empty: the same
  RankingDifference changes;
};

// What the published rows say, as far as they go: without indicators.
assessment::Ranking ranking_of(const PublishedResult& p) {
  assessment::Ranking out;
  for (auto& r : p.rows) {
    assessment::Row row;
    row.unit = r.unit, row.total = r.total, row.rank = r.rank, row.category_rank = r.category_rank, row.grade = r.grade, row.vetoed = r.vetoed;
    out.rows.push_back(std::move(row));
  }
  return out;
}

ledger::Result<Assessed> assess_published(const Reader& reader, const projections::State& state, const PublishedResult& p, assessment::Detail detail) {
  const auto facts = LEDGER_TRY(what_if(reader, p.head_size, {}, {}));
  return assess_year(facts, p.year, LEDGER_TRY(scheme_of(state, p.scheme)), {p.head_size, LEDGER_TRY(root_at(reader, p.head_size)), {}, {}}, detail);
}

// The events that lie between two heads of the log.
ledger::Result<Ids> between(const Reader& reader, std::uint64_t a, std::uint64_t b) {
  Ids out;
  LEDGER_CHECK(ledger::read_events(*reader.store, std::min(a, b), std::max(a, b), [&](const ledger::Event& e, ledger::BytesView) {
    out.insert(e.id);
    return true;
  }));
  return out;
}

std::string amount_difference(const RankingDifference& d) {
  for (auto& u : d.units)
    for (auto& a : u.amounts) return std::string(u.unit.view()) + " " + a.name + " differs";
  return d.empty() ? "" : std::string(d.units[0].unit.view()) + " base differs";
}

// The trial beside the result itself, which stays as it was published.
ledger::Status try_out(Replayed& out, const projections::State& state, const PublishedResult& p, const ReplayOptions& o) {
  const assessment::Ranking before = std::move(out.again.ranking);
  const auto size = o.as_of.empty() ? p.head_size : LEDGER_TRY(ledger::resolve_as_of(*out.reader.store, o.as_of));
  const auto extras = LEDGER_TRY(read_extras(o.with_file, out.reader.genesis));
  auto disputed = LEDGER_TRY(parse_ids(o.without, "--without"));
  const auto facts = LEDGER_TRY(what_if(out.reader, size, disputed, extras));
  const auto scheme = LEDGER_TRY(scheme_of(state, o.scheme.empty() ? p.scheme : o.scheme));
  out.again = LEDGER_TRY(assess_year(facts, p.year, scheme, {size + extras.size(), LEDGER_TRY(root_at(out.reader, size)), {}, o.as_of}, assessment::Detail::events));
  disputed.merge(LEDGER_TRY(between(out.reader, p.head_size, size)));
  for (auto& x : extras) disputed.insert(x.header.id);
  out.changes = assessment::difference_of(before, out.again.ranking, disputed);
  out.difference = row_difference(p, out.again.ranking);
  if (out.difference.empty()) out.difference = amount_difference(out.changes);
  return {};
}

ledger::Result<Replayed> replay(const ReplayOptions& o) {
  Replayed out;
  out.reader = LEDGER_TRY(open_reader(o.dir));
  const auto folds = LEDGER_TRY(fold(out.reader, {}));
  const auto p = LEDGER_TRY(find_result(folds, o.result));
  out.again = LEDGER_TRY(assess_published(out.reader, folds.state(), p, o.is_what_if() ? assessment::Detail::events : assessment::Detail::points));
  out.difference = first_difference(p, out.again.ranking, *out.reader.genesis.suite);
  if (!out.difference.empty()) out.changes = assessment::difference_of(ranking_of(p), out.again.ranking, {});
  else if (o.is_what_if()) LEDGER_CHECK(try_out(out, folds.state(), p, o));
  return out;
}

struct Compared {
  Reader reader;
  RankingDifference changes;
  PublishedResult before, after;
};

ledger::Result<Compared> compare(const DiffOptions& o) {
  Compared out;
  out.reader = LEDGER_TRY(open_reader(o.dir));
  const auto folds = LEDGER_TRY(fold(out.reader, {}));
  out.before = LEDGER_TRY(find_result(folds, o.before));
  out.after = LEDGER_TRY(find_result(folds, o.after));
  if (out.before.year != out.after.year) return ledger::refuse("usage", "the results are of different years: compare two of one year");
  const auto a = LEDGER_TRY(assess_published(out.reader, folds.state(), out.before, assessment::Detail::events));
  const auto b = LEDGER_TRY(assess_published(out.reader, folds.state(), out.after, assessment::Detail::events));
  out.changes = assessment::difference_of(a.ranking, b.ranking, LEDGER_TRY(between(out.reader, out.before.head_size, out.after.head_size)));
  return out;
}

// ---- for people

// Type, place and day of an event beside its id; one of a file of drafts has none of these.
std::string describe(const App& app, const Reader& reader, const ledger::Id& id) {
  std::string out = ledger::format_id(id);
  const auto position = ledger::Prover::position_of(*reader.store, id);
  if (!position) return out + app.t("  (草稿)", "  (draft)");
  (void)ledger::read_events(*reader.store, *position, *position + 1, [&](const ledger::Event& e, ledger::BytesView) {
    const auto& type = ledger::type_of(e.type);
    out += "  @" + std::to_string(e.position) + "  " + ledger::format_date(e.on) + "  " + (app.zh ? type.zh : type.en);
    return false;
  });
  return out;
}

std::string amount_name(const App& app, const std::string& name) {
  return name == "bonus" ? app.t("加分", "bonus") : name == "penalty" ? app.t("扣分", "penalty") : name == "veto" ? app.t("一票否决", "veto") : name;
}

std::string amount_text(const std::string& name, const std::optional<std::int64_t>& v) {
  return !v ? "-" : name == "veto" ? std::to_string(*v) : points_text(*v);
}

void print_events(const App& app, const Reader& reader, const char* title, const std::vector<ledger::Id>& events, const std::vector<ledger::Id>& told) {
  for (auto& id : events)
    if (!std::binary_search(told.begin(), told.end(), id)) std::cout << "        " << title << describe(app, reader, id) << "\n";
}

void print_amount(const App& app, const Reader& reader, const assessment::AmountChange& a) {
  std::cout << "    " << amount_name(app, a.name) << "  " << amount_text(a.name, a.before) << " -> " << amount_text(a.name, a.after);
  if (a.weight_before != a.weight_after) std::cout << app.t("  分值 ", "  weight ") << points_text(a.weight_before) << " -> " << points_text(a.weight_after);
  std::cout << "\n";
  print_events(app, reader, app.t("原因 ", "cause "), a.causes, {});
  print_events(app, reader, app.t("仅在前 ", "only before "), a.only_before, a.causes);
  print_events(app, reader, app.t("仅在后 ", "only after "), a.only_after, a.causes);
}

std::string standing_text(const App& app, const std::optional<assessment::Standing>& s) {
  if (!s) return app.t("未列入", "not ranked");
  return app.t("名次 ", "rank ") + std::to_string(s->rank) + " (" + app.t("同类 ", "category ") + std::to_string(s->category_rank) + ")  " + points_text(s->total) + "  " +
         grade_label(app, s->grade) + (s->vetoed ? app.t("  一票否决", "  vetoed") : "");
}

void print_changes(const App& app, const Reader& reader, const RankingDifference& d) {
  for (auto& u : d.units) {
    std::cout << u.name << " " << u.unit.view() << "\n    " << standing_text(app, u.before) << "  ->  " << standing_text(app, u.after) << "\n";
    for (auto& a : u.amounts) print_amount(app, reader, a);
    if (u.passed.empty()) continue;
    std::cout << "    " << app.t("相对名次变动:", "stands otherwise to: ");
    for (auto& p : u.passed) std::cout << (p == u.passed.front() ? "" : app.t("、", ", ")) << d.find(p)->name;
    std::cout << "\n";
  }
}

void print(const App& app, const Replayed& r) {
  const bool same = r.difference.empty();
  std::cout << mark(app, r.reader.genesis) << (same ? app.t("相同:重算结果与公布的一致", "same: recomputed and published agree") : app.t("不同:", "different: ") + r.difference) << "\n";
  if (same) return;
  print_changes(app, r.reader, r.changes);
  std::cout << ranking_text(app, r.again);
}

}  // namespace

int run_replay(const App& app, const ReplayOptions& o) {
  auto r = replay(o);
  if (!r) return fail(app, r.error());
  const bool same = r->difference.empty();
  if (!app.json) return print(app, *r), same ? kGood : kDifferent;
  OrderedJson j{{"result", o.result}, {"same", same}};
  if (!same) j["difference"] = r->difference;
  j["changes"] = assessment::to_json(r->changes);
  j["ranking"] = assessment::to_json(r->again.ranking);
  if (r->reader.genesis.demonstration) j["demonstration"] = true;
  std::cout << j.dump() << "\n";
  return same ? kGood : kDifferent;
}

int run_diff(const App& app, const DiffOptions& o) {
  auto r = compare(o);
  if (!r) return fail(app, r.error());
  const bool same = r->changes.empty();
  if (app.json) {
    OrderedJson j{{"before", o.before}, {"after", o.after}, {"heads", {r->before.head_size, r->after.head_size}}, {"same", same}, {"changes", assessment::to_json(r->changes)}};
    if (r->reader.genesis.demonstration) j["demonstration"] = true;
    std::cout << j.dump() << "\n";
  } else {
    std::cout << mark(app, r->reader.genesis) << (same ? app.t("两次结果相同", "the results are the same") : app.t("变动单位 ", "units changed: ") + std::to_string(r->changes.units.size())) << "\n";
    print_changes(app, r->reader, r->changes);
  }
  return same ? kGood : kDifferent;
}

}  // namespace tools
