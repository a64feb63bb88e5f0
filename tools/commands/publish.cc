// pufa publish, pufa replay
#include <iostream>

#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "tools/cli/results.h"
#include "tools/cli/table.h"
#include "tools/commands/assess.h"
#include "tools/import/importer.h"

namespace tools {
namespace {

using ledger::OrderedJson;
namespace assessment = projections::assessment;

// One draft of the tool's own making, signed and submitted.
ledger::Result<ledger::Receipt> submit_draft(ledger::Ledger& ledger, const ledger::PrivateKey& key, const ledger::Json& draft, std::optional<ledger::Instant> at) {
  const ledger::Instant now = at.value_or(ledger::system_now());
  auto& random = ledger::system_random();
  ledger::DraftContext context{*ledger.genesis().suite, ledger.genesis().ledger_id, random, now, {}};
  std::vector<ledger::Error> faults;
  auto read = ledger::read_draft(draft, context, faults);
  if (!read) return tl::unexpected<ledger::Error>(faults.front());
  auto outcome = ledger.submit(ledger::sign_submission(*ledger.genesis().suite, ledger.genesis().ledger_id, key, {read->event}, ledger::make_uuid7(now, random), now), at);
  if (auto* r = std::get_if<ledger::Refusal>(&outcome)) return tl::unexpected<ledger::Error>(r->error);
  if (auto* u = std::get_if<ledger::Unknown>(&outcome)) return tl::unexpected<ledger::Error>(u->error);
  return std::get<ledger::Receipt>(std::move(outcome));
}

// ---- replay

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
  auto id = ledger::parse_id(text);
  const auto* r = id ? folds.state().assessment.results.find(*id) : nullptr;
  if (r == nullptr) return ledger::refuse("usage", "no published result has the id " + text);
  return PublishedResult{*id, r->year, r->head_size, ledger::Bytes(r->result_hash.view()), ledger::format_id(r->scheme), r->rows};
}

std::string grade_name(ledger::ResultPublished::Row::Grade g) { return assessment::name_of(g); }

// The first place where the recomputed ranking is not the published one; empty: the same.
std::string first_difference(const PublishedResult& p, const assessment::Ranking& r, const ledger::Suite& suite) {
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
  const auto hash = assessment::result_hash(suite, r);
  if (hash.view() != p.hash) return "result hash: published " + ledger::hex(p.hash) + ", recomputed " + ledger::hex(hash.view());
  return {};
}

// Events of a file of drafts, to be laid between the log's own by their time.
struct Extra {
  ledger::Instant admitted;
  ledger::Header header;
  ledger::Body body;
};

ledger::Result<std::vector<Extra>> read_extras(const std::string& file, const ledger::Genesis& genesis) {
  std::vector<Extra> out;
  if (file.empty()) return out;
  auto text = LEDGER_TRY(read_file(file));
  std::vector<FileRefusal> faults;
  ledger::DraftContext context{*genesis.suite, genesis.ledger_id, ledger::system_random(), {0}, {}};
  auto sink = [&](ledger::Json j, std::size_t line) {
    std::vector<ledger::Error> own;
    auto draft = ledger::read_draft(j, context, own);
    for (auto& e : own) faults.push_back({file, line, {}, {}, e});
    if (!draft) return;
    auto header = ledger::decode_header(draft->event.header);
    auto body = ledger::Body::parse(draft->event.body);
    // Entered in time: at the end of its own business day.
    out.push_back({{ledger::local_midnight(header->on + 1).ms - 1}, std::move(*header), std::move(*body)});
  };
  if (ends_with(file, ".csv")) read_csv(file, text, "", sink, faults);
  else read_jsonl(file, text, sink, faults);
  if (!faults.empty()) {
    auto e = faults.front().error;
    e.message = file + ":" + std::to_string(faults.front().line) + ": " + e.message;
    return tl::unexpected<ledger::Error>(e);
  }
  std::stable_sort(out.begin(), out.end(), [](const Extra& a, const Extra& b) { return a.admitted < b.admitted; });
  return out;
}

// The facts of the log's first `size` records without some and with others; positions move along.
ledger::Result<assessment::Facts> what_if(const Reader& reader, std::uint64_t size, const std::unordered_set<ledger::Id>& without, const std::vector<Extra>& extras) {
  assessment::Facts facts(without);
  std::size_t next = 0, met = 0;
  std::uint64_t shift = 0;
  auto lay = [&](ledger::Instant until, std::uint64_t position) {
    for (; next < extras.size() && extras[next].admitted < until; ++next, ++shift) {
      const auto& x = extras[next];
      facts.apply({position + shift, x.admitted, ledger::local_date(x.admitted), x.header.id, x.header.type, x.header.unit, x.header.on, &x.body, nullptr, {}, &x.header.named});
    }
  };
  LEDGER_CHECK(ledger::read_events(*reader.store, 0, size, [&](const ledger::Event& e, ledger::BytesView) {
    lay(e.admitted, e.position);
    ledger::Event moved = e;
    moved.position += shift;
    met += without.count(e.id);
    facts.apply(moved);
    return true;
  }));
  if (met != without.size()) return ledger::refuse("usage", "--without names an event that is not among the records of the result's head");
  if (next < extras.size()) return ledger::refuse("usage", "a draft of --with is dated after the result's head");
  return facts;
}

ledger::Result<std::unordered_set<ledger::Id>> parse_ids(const std::vector<std::string>& words) {
  std::unordered_set<ledger::Id> out;
  for (auto& w : words) {
    auto id = ledger::parse_id(w);
    if (!id) return ledger::refuse("usage", "--without takes event ids, not " + w);
    out.insert(*id);
  }
  return out;
}

struct Replayed {
  Reader reader;
  PublishedResult published;
  Assessed again;
  std::string difference;
};

// The published scheme, or the one to try instead: of any event of the log, or of a file.
ledger::Result<NamedScheme> scheme_of(const projections::State& state, const std::string& which) {
  const auto id = ledger::parse_id(which);
  if (!id) return NamedScheme{"file", LEDGER_TRY(read_file(which))};
  const auto* s = state.reference.schemes.find(*id);
  if (s == nullptr) return ledger::refuse("usage", "no scheme has the id " + which);
  return NamedScheme{which, s->toml};
}

ledger::Result<Replayed> replay(const ReplayOptions& o) {
  Replayed out;
  out.reader = LEDGER_TRY(open_reader(o.dir));
  const auto folds = LEDGER_TRY(fold(out.reader, {}));
  out.published = LEDGER_TRY(find_result(folds, o.result));
  const auto& p = out.published;
  auto extras = LEDGER_TRY(read_extras(o.with_file, out.reader.genesis));
  const auto facts = LEDGER_TRY(what_if(out.reader, p.head_size, LEDGER_TRY(parse_ids(o.without)), extras));
  const auto scheme = LEDGER_TRY(scheme_of(folds.state(), o.scheme.empty() ? p.scheme : o.scheme));
  const auto root = LEDGER_TRY(root_at(out.reader, p.head_size));
  out.again = LEDGER_TRY(assess_year(facts, p.year, scheme, {p.head_size + extras.size(), root, {}, {}}, assessment::Detail::points));
  out.difference = first_difference(p, out.again.ranking, *out.reader.genesis.suite);
  return out;
}

}  // namespace

int run_publish(const App& app, const PublishOptions& o) {
  auto at = parse_at(o.at);
  if (!at) return fail(app, at.error());
  auto ledger = open_writer(o.dir, {o.operator_key, "", false, &ledger::system_random()});
  if (!ledger) return fail(app, ledger.error());
  auto key = load_key(o.key, o.passphrase_file);
  if (!key) return fail(app, key.error());
  if (key->suite != (*ledger)->genesis().suite) return fail(app, {"key-file", "", "the key is of another suite than the ledger's"});
  auto on = o.on.empty() ? std::optional(ledger::local_date((*at).value_or(ledger::system_now()))) : ledger::parse_date(o.on);
  if (!on) return fail(app, {"usage", "", "--on takes a date as 2025-12-15"});
  auto draft = result_draft(**ledger, {o.year, o.stage, *on, *at});
  auto receipt = draft ? submit_draft(**ledger, *key->key, *draft, *at) : ledger::Result<ledger::Receipt>(tl::unexpected<ledger::Error>(draft.error()));
  if (!receipt) {
    if (!app.json) return fail(app, receipt.error());
    std::cout << OrderedJson{{"accepted", false}, {"refusals", {to_json(FileRefusal{"", 0, "", "ResultPublished", receipt.error()})}}}.dump() << "\n";
    return exit_of(receipt.error().code);
  }
  auto& e = receipt->events.at(0);
  OrderedJson j{{"accepted", true}, {"submission", ledger::format_id(receipt->submission)}, {"first", receipt->first}, {"count", 1},
                {"events", {{{"id", ledger::format_id(e.id)}, {"position", e.position}, {"leafHash", ledger::hex(e.leaf.view())}}}}, {"checkpoint", receipt->checkpoint}};
  if (app.json) std::cout << j.dump() << "\n";
  else std::cout << mark(app, (*ledger)->genesis()) << app.t("结果已公布:", "result published: ") << ledger::format_id(e.id) << " @" << e.position << "\n" << receipt->checkpoint;
  return kGood;
}

int run_replay(const App& app, const ReplayOptions& o) {
  auto r = replay(o);
  if (!r) return fail(app, r.error());
  const bool same = r->difference.empty();
  if (app.json || o.format == "json") {
    OrderedJson j{{"result", o.result}, {"same", same}};
    if (!same) j["difference"] = r->difference;
    j["ranking"] = assessment::to_json(r->again.ranking);
    if (r->reader.genesis.demonstration) j["demonstration"] = true;
    std::cout << j.dump() << "\n";
  } else {
    std::cout << mark(app, r->reader.genesis) << (same ? app.t("相同:重算结果与公布的一致", "same: recomputed and published agree") : app.t("不同:", "different: ") + r->difference) << "\n";
    if (!same) std::cout << ranking_text(app, r->again);
  }
  return same ? kGood : kDifferent;
}

}  // namespace tools
